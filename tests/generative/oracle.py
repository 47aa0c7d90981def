"""The plain oracle: every stage from methods.md in dictionaries and Fractions. Nothing here is imported from the program.

Slow and obvious on purpose: it adds up rows one at a time, searches λ instead of solving it, hands out cents one by one.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

ZERO, ONE = Fraction(0), Fraction(1)
UNPAID = "niet uitgekeerd"


def norm_hours_and_fte(case, rows, year):
    """§1: (group, contract) → norm hours and norm fte, before scoring."""
    hours, fte = {}, {}
    specialism = {group.name: group.specialism for group in case.groups}
    for row in rows:
        if row.year != year:
            continue
        key = (row.group, row.contract)
        rate = case.rates.get(row.group)
        if row.measure == "norm_fte":
            fte[key] = row.amount
            hours[key] = row.amount * rate if rate else None
        else:
            minutes = case.norm_times[year, specialism[row.group], row.code] if row.measure == "aantal" else 60
            hours[key] = hours.get(key, ZERO) + row.amount * minutes / 60
            fte[key] = hours[key] / rate
    return hours, fte


def efficiency(case, group, year, *, corrected=False):
    """§3: the figure of a group in a year, components weighed; None without."""
    above, below = ZERO, ZERO
    for one in case.efficiency:
        if (one.group, one.year) == (group, year):
            weight = ONE if one.component is None or not case.components else case.components.get(one.component, ZERO)
            above += weight * (one.value + (one.correction or 0 if corrected else 0))
            below += weight
    return above / below if below else None


def factor(case, group, figure):
    """§4. Without efficiency figures it counts as 1."""
    output, weight, care = case.weights
    return output + weight * (ONE if figure is None else figure) + care * case.care.get(group, ZERO)


def budget_factor(case, group, year):
    figure = efficiency(case, group, year - 1)
    return factor(case, group, efficiency(case, group, case.year - 1) if figure is None else figure)


def realisation_factor(case, group):
    figure, before = efficiency(case, group, case.year, corrected=True), efficiency(case, group, case.year - 1)
    if not case.rise_counts and figure is not None and before is not None:
        figure = min(figure, before)
    return factor(case, group, figure)


def budget(case, year):
    _, fte = norm_hours_and_fte(case, case.budget, year)
    return {key: value * budget_factor(case, key[0], year) for key, value in fte.items()}


def realisation(case):
    _, fte = norm_hours_and_fte(case, case.realised, case.year)
    return {key: value * realisation_factor(case, key[0]) for key, value in fte.items()}


def smallest_lambda(over, limit, pool):
    """The smallest λ in [0, 1] with Σ min(limit, λ × over) = pool: along the points where one more limit starts to bind."""

    def extra(rate):
        return sum((min(limit[g], rate * over[g]) for g in over), ZERO)

    points = sorted({ZERO, ONE} | {limit[g] / over[g] for g in over})
    if extra(ZERO) == pool:
        return ZERO
    for low, high in pairwise(points):
        if extra(low) < pool <= extra(high):
            return low + (pool - extra(low)) * (high - low) / (extra(high) - extra(low))
    raise AssertionError("no λ pays the pool")


def redistribution(pool, cap):
    """§7: group → extra, from {group: (realised, budgeted)}."""
    over = {g: r - b for g, (r, b) in pool.items() if r > b}
    limit = {g: over[g] if cap is None else min(over[g], cap * pool[g][1]) for g in over}
    under = sum((b - r for r, b in pool.values() if b > r), ZERO)
    rate = smallest_lambda(over, limit, min(under, sum(limit.values(), ZERO)))
    return {g: min(limit[g], rate * over[g]) for g in over}


def pay(contract, r, b, before):
    """§7: base and extra of one group."""
    over = max(r - b, ZERO)
    match contract.kind:
        case "plafond":
            return min(r, b), ZERO
        case "plafond_bandbreedte":
            return min(r, b), min(over, contract.setting * b)
        case "aanneemsom":
            return b, ZERO
        case "meerjaren_aanneemsom":
            return b, contract.setting * max(before - b, ZERO)
        case "schaduwdraaien":
            return r, ZERO
    raise AssertionError(contract.kind)


def settle_contracts(case):
    """(group, contract) → (paid, extra)."""
    b, r, before = budget(case, case.year), realisation(case), budget(case, case.year - 1)
    supporting = {group.name for group in case.groups if group.role == "ondersteunend"}
    outside = set() if case.supporting == "gelijk" else supporting
    paid = {}
    for contract in case.contracts:
        keys = [key for key in b if key[1] == contract.name]
        for key in keys:
            if key[0] not in outside:
                base, extra = pay(contract, r[key], b[key], before.get(key))
                paid[key] = (base + extra, extra)
            elif case.supporting == "realisatie":
                paid[key] = (r[key], ZERO)
            else:
                gate = [one for one in keys if one[0] not in supporting]
                paid[key] = (b[key] * sum(r[g] for g in gate) / sum(b[g] for g in gate), ZERO)
        if contract.kind == "plafond" and case.redistribute:
            pool = {key[0]: (r[key], b[key]) for key in keys if key[0] not in outside}
            for name, extra in redistribution(pool, case.maximum).items():
                key = (name, contract.name)
                paid[key] = (min(r[key], b[key]) + extra, extra)
    return paid


def settle(case):
    """group → paid norm fte over all contracts, within the bandwidth on care fte."""
    parts, paid = settle_contracts(case), {}
    for group in case.groups:
        own = sum((value for (name, _), (value, _) in parts.items() if name == group.name), ZERO)
        if case.bandwidth:
            lower, upper = (bound * care_fte(case, group.name) for bound in case.bandwidth)
            own = lower if own < lower else upper if own > upper else own
        paid[group.name] = own
    return paid


def care_fte(case, group):
    """§5."""
    found = ZERO
    for one in case.formation:
        if one.group == group and one.category in ("1a", "1b"):
            weeks = ONE if one.weeks is None else one.weeks / case.weeks_per_year
            found += one.half_days * case.role_weights.get(one.role.lower(), ONE) * weeks
    return found / case.half_days_per_fte


def hand_out(cents, weights):
    """§8: rounded down, then a cent at a time to the largest fraction; ties by name, "niet uitgekeerd" last."""
    whole = sum(weights.values())
    exact = {name: cents * weight / whole for name, weight in weights.items()}
    given = {name: share.__floor__() for name, share in exact.items()}
    waiting = sorted(weights, key=lambda name: (name == UNPAID, name))
    while sum(given.values()) < cents:
        lucky = max(waiting, key=lambda name: exact[name] - given[name])  # max takes the first of equals
        given[lucky] += 1
        waiting.remove(lucky)
    return given


def pots(cents, share):
    """An amount in two by the fixed component; of a cent that both have half a claim on, the fixed part gets it."""
    fixed, norm = (cents * part for part in (share, 1 - share))
    down = fixed.__floor__()
    if down + norm.__floor__() < cents and fixed - down >= norm - norm.__floor__():
        down += 1
    return down, cents - down


def distribute(case):
    """group → (fixed, norm, costs) in cents, and what is not paid out."""
    paid = settle(case)
    care = {name: care_fte(case, name) for name in paid if any(one.group == name for one in case.formation)}
    fixed_pot, norm_pot = pots(case.frame, case.fixed)
    keys = dict(paid)
    if case.unpaid == "blijft":
        keys[UNPAID] = max(sum(budget(case, case.year).values()) - sum(paid.values()), ZERO)
    fixed = hand_out(fixed_pot, care) if fixed_pot else {}
    norm = hand_out(norm_pot, keys) if norm_pot else {}
    costs = dict.fromkeys(paid, 0)
    for one in case.costs:
        on_care, on_norm = {"zorgverlening_fte": (one.cents, 0), "norm_fte": (0, one.cents)}.get(
            one.key, pots(one.cents, case.fixed)
        )
        for amount, weights in ((on_care, care), (on_norm, paid)):
            for name, part in (hand_out(amount, weights) if amount else {}).items():
                costs[name] += part
    rows = {name: (fixed.get(name, 0), norm.get(name, 0), costs[name]) for name in paid}
    return rows, norm.get(UNPAID, 0)
