"""The components in dictionaries and Fractions, in the order that is written down (methods §8; [CB] bijlage 3; [PZ] hoofdstuk 4).

Nothing here is imported from the program. With ``cents`` False nothing is rounded anywhere: the rule behind the euros, which
slopes are taken from.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import oracle

ZERO, ONE = Fraction(0), Fraction(1)
ORDER = (
    "harmonisatie", "disutility", "kwaliteit", "geoormerkt",  # these four in any order the same
    "mutatiereserve", "gedeelde_besparing", "overgang", "vangnet",
)  # fmt: skip
BASES = ("geen", "zorgverlening_fte", "norm_fte", "begroting")


class NobodyError(Exception):
    """An amount with nobody who has a key to it."""


@dataclass
class Outcome:
    """Cents by group; ``parts`` by component, pots of one kind by name behind a dot."""

    fixed: dict
    norm: dict
    parts: dict
    costs: dict
    unpaid: Fraction
    pots: dict
    stays: dict
    brings: dict
    needed: Fraction = ZERO  # of the net
    room: Fraction = ZERO
    floors: dict | None = None
    before_net: dict | None = None

    @property
    def paid(self):
        return {
            name: self.fixed[name]
            + self.norm[name]
            + sum(part[name] for part in self.parts.values())
            - self.costs[name]
            for name in self.fixed
        }


def down(amount, cents):
    return amount.__floor__() if cents else amount


def give(amount, keys, names, cents):
    """``amount`` over those of ``names`` that have a key."""
    own = {name: keys[name] for name in keys if name in names or name == oracle.UNPAID}
    if not amount:
        return dict.fromkeys([*names, *own], ZERO)
    if not sum(own.values()):
        raise NobodyError
    given = oracle.hand_out(amount, own) if cents else {n: amount * k / sum(own.values()) for n, k in own.items()}
    return {name: given.get(name, ZERO) for name in [*names, *own]}


def in_two(amount, share, cents):
    return oracle.pots(amount, share) if cents else (amount * share, amount * (1 - share))


def by_group(case, name):
    return {row[0]: row[1] for row in case.lists.get(name, ())}


def points(case):
    if case.agreed["disutility"].get("bron", "waarden") == "waarden":
        return by_group(case, "disutility")
    found = {}
    for group, _, frequency, intensity, hours in case.lists.get("diensten", ()):
        known = [(since, w) for i, since, w in case.lists["dienstgewichten"] if i == intensity and since <= case.year]
        found[group] = found.get(group, ZERO) + frequency * max(known)[1] * hours
    return found


def norm_fte(case, paid):
    """Paid norm fte, and disutility where it was turned into norm fte."""
    found = dict(paid)
    agreed = case.agreed.get("disutility", {})
    if agreed.get("vorm") == "norm_fte":
        for group, value in points(case).items():
            found[group] += value / agreed["punten_per_norm_fte"]
    return found


def care_of(case, names):
    return {n: oracle.care_fte(case, n) for n in names if any(one.group == n for one in case.formation)}


def sections(case):
    """(key, keys of the agreement) of every component in the order in which they apply, pots of one kind each by themselves."""
    for name in ORDER:
        content = case.agreed.get(name, [])
        if isinstance(content, list):
            for one in content:
                yield f"{name}.{one['naam']}", one
        else:
            yield name, content


def pot_of(case, key, agreed, care, cents):
    if key in ("gedeelde_besparing", "vangnet") or agreed.get("vorm") == "norm_fte":
        return ZERO
    if key == "overgang" and agreed["jaar"] != case.year:
        return ZERO
    if "bedrag_per_fte" in agreed:
        return down(agreed["bedrag_per_fte"] * sum(care.values(), ZERO), cents)
    if "bedrag" in agreed:
        return Fraction(agreed["bedrag"])
    return down(case.frame * agreed["aandeel"], cents)


def score_keys(case, agreed, which, base, known):
    """score × base, by group."""
    if which == "scores":
        scores = {group: value for pot, group, value in case.lists.get("scores", ()) if pot == agreed["naam"]}
    else:
        scores = case.care if which == "passende_zorg" else by_group(case, which)
    bases = {"zorgverlening_fte": known.care, "norm_fte": known.norm, "begroting": known.budgeted}
    of = bases.get(base)
    return {name: s * (ONE if of is None else of[name]) for name, s in scores.items() if of is None or name in of}


def per_group(values, names):
    return {name: sum((v for (group, _), v in values.items() if group == name), ZERO) for name in names}


@dataclass
class Known:
    """What the components divide on, by group; ``keys`` with the line "niet uitgekeerd"."""

    names: list
    care: dict
    budgeted: dict
    realised: dict
    paid: dict
    norm: dict
    keys: dict
    norm_pot: Fraction
    cents: bool


def known_of(case, cents):
    paid = oracle.settle(case)
    names = list(paid)
    budgeted = per_group(oracle.budget(case, case.year), names)
    realised = per_group(oracle.realisation(case), names)
    norm = norm_fte(case, paid)
    keys = dict(norm)
    if case.unpaid == "blijft":
        keys[oracle.UNPAID] = max(sum(budgeted.values()) - sum(paid.values()), ZERO)
    return Known(names, care_of(case, names), budgeted, realised, paid, norm, keys, ZERO, cents)


def distribute(case, cents=True):
    known = known_of(case, cents)
    pots = {key: pot_of(case, key, agreed, known.care, cents) for key, agreed in sections(case)}
    fixed_pot, known.norm_pot = in_two(case.frame - sum(pots.values()), case.fixed, cents)
    fixed = give(fixed_pot, known.care, known.names, cents)
    norm = give(known.norm_pot, known.keys, known.names, cents)
    unpaid = norm.pop(oracle.UNPAID, ZERO)
    found = Outcome({n: fixed[n] for n in known.names}, norm, {}, {}, unpaid, pots, {}, {})
    for key, agreed in sections(case):
        so_far = [found.fixed, found.norm, *found.parts.values()]
        amounts = {name: sum(part[name] for part in so_far) for name in known.names}
        part, found.stays[key] = RULES[key.partition(".")[0]](case, agreed, pots[key], known, amounts, found)
        found.parts[key] = {name: part.get(name, ZERO) for name in known.names}
    on_care, harmonised = case.fixed, pots.get("harmonisatie", ZERO)
    if harmonised:
        on_care = Fraction(harmonised + fixed_pot) / (harmonised + fixed_pot + known.norm_pot)
    found.costs = charged(case, on_care, known)
    return found


def charged(case, on_care, known):
    costs = dict.fromkeys(known.names, ZERO)
    for one in case.costs:
        halves = {"zorgverlening_fte": (one.cents, 0), "norm_fte": (0, one.cents)}
        first, second = halves.get(one.key) or in_two(Fraction(one.cents), on_care, known.cents)
        for amount, of in ((first, known.care), (second, known.norm)):
            for name, part in give(amount, of, known.names, known.cents).items():
                costs[name] += part
    return costs


# Every rule gives (part by group, what stays).


def harmonisation(case, agreed, pot, known, amounts, found):
    return give(pot, known.care, known.names, known.cents), ZERO


def disutility(case, agreed, pot, known, amounts, found):
    return give(pot, points(case), known.names, known.cents), ZERO


def quality(case, agreed, pot, known, amounts, found):
    keys = score_keys(case, agreed, "kwaliteit", agreed.get("grondslag", "geen"), known)
    return give(pot, keys, known.names, known.cents), ZERO


def earmarked(case, agreed, pot, known, amounts, found):
    keys = score_keys(case, agreed, agreed.get("scores", "passende_zorg"), agreed.get("grondslag", "begroting"), known)
    return give(pot, keys, known.names, known.cents), ZERO


def with_rest(agreed, part, rest, known):
    """What is left stays, or is divided on paid norm fte."""
    if agreed.get("rest", "blijft") == "blijft":
        return part, rest
    more = give(rest, known.norm, known.names, known.cents)
    return {name: part[name] + more[name] for name in known.names}, ZERO


def reserve(case, agreed, pot, known, amounts, found):
    if agreed.get("gebruik") == "besluiten":
        part = dict.fromkeys(known.names, ZERO)
        for group, amount, _ in case.lists["mutaties"]:
            part[group] += amount
        return with_rest(agreed, part, pot - sum(part.values(), ZERO), known)
    threshold = agreed.get("drempel", ZERO)
    claims = {n: max(known.realised[n] - known.paid[n] - threshold * known.budgeted[n], ZERO) for n in known.names}
    claimed = sum(claims.values(), ZERO)
    if agreed.get("gebruik", "netto") == "netto":
        left_over = max(sum(known.budgeted.values()) - sum(known.paid.values()), ZERO)  # under-production nobody had
        claimed = max(claimed - left_over, ZERO)
    price = known.norm_pot / sum(known.keys.values(), ZERO) if known.norm_pot else ZERO  # cents of a norm fte
    used = min(Fraction(pot), Fraction(down(claimed * price, known.cents)))
    return with_rest(agreed, give(used, claims, known.names, known.cents), pot - used, known)


def savings(case, agreed, pot, known, amounts, found):
    found.brings["gedeelde_besparing"] = ZERO
    whole, own = ZERO, dict.fromkeys(known.names, ZERO)
    for _, group, baseline, actual in case.lists["besparingen"]:
        whole += baseline - actual
        if group:
            own[group] += baseline - actual
    if not whole:
        return {}, ZERO
    brought = agreed["aandeel"] * whole
    if "ten_hoogste" in agreed:
        brought = min(brought, Fraction(agreed["ten_hoogste"]))
    brought = down(brought, known.cents)
    to_own, to_all = in_two(brought, agreed.get("vakgroep_deel", ONE) * sum(own.values()) / whole, known.cents)
    first = give(to_own, own, known.names, known.cents)
    second = give(to_all, known.norm, known.names, known.cents)
    found.brings["gedeelde_besparing"] = brought
    return {name: first[name] + second[name] for name in known.names}, ZERO


def transition(case, agreed, pot, known, amounts, found):
    if agreed["jaar"] != case.year:
        return {}, ZERO
    before = by_group(case, "vorig_model")
    claims = {
        name: agreed.get("vergoeding", ONE) * max(before[name] * (1 - agreed.get("drempel", ZERO)) - amount, ZERO)
        for name, amount in amounts.items()
    }
    used = min(Fraction(pot), Fraction(down(sum(claims.values(), ZERO), known.cents)))
    return with_rest(agreed, give(used, claims, known.names, known.cents), pot - used, known)


def net(case, agreed, pot, known, amounts, found):
    """Everybody above his own limit pays for those below theirs, as far as there is anything above."""
    if not agreed["eerste_jaar"] <= case.year <= agreed["laatste_jaar"]:
        return {}, ZERO
    last, protected = by_group(case, "vorig_jaar"), agreed.get("vakgroepen") or known.names
    floors = {n: Fraction(down(last[n] * (1 - agreed["maximale_daling"]), known.cents)) for n in known.names}
    short = {n: max(floors[n] - amounts[n], ZERO) for n in known.names if n in protected}
    room = {n: max(amounts[n] - floors[n], ZERO) for n in known.names}
    found.needed, found.room = sum(short.values(), ZERO), sum(room.values(), ZERO)
    found.floors, found.before_net = floors, dict(amounts)
    moved = min(found.needed, found.room)
    got, paid = (give(moved, keys, known.names, known.cents) for keys in (short, room))
    return {name: got[name] - paid[name] for name in known.names}, ZERO


RULES = dict(
    zip(ORDER, (harmonisation, disutility, quality, earmarked, reserve, savings, transition, net), strict=True)
)
