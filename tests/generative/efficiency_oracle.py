"""Efficiency in dictionaries and fractions, from the words of methods §3: what the fast one must equal."""

from __future__ import annotations

from fractions import Fraction
from math import floor

UNITS = ("fysiek", "teleconsult", "dagopname", "verpleegdag", "ic_dag", "diagnostiek")
OF = {"poliklinisch": UNITS[:2], "klinisch": UNITS[2:5], "diagnostisch": UNITS[5:]}
COST = dict(zip(UNITS, (10000, 5000, 30000, 50000, 200000, 1), strict=True))


def own_level(row):
    if row["diagnosegroep"] == "overig":
        return 3
    return 2 if row["leeftijd"] == "alle" else 1 if row["geslacht"] == "alle" else 0


def key(row, level):
    return tuple(row[k] for k in ("specialisme", "diagnosegroep", "leeftijd", "geslacht"))[: 4 - level]


def counted(row, what, quarter):
    cells = [row[f"k{q}_{what}"] for q in range(1, quarter + 1)]
    return None if None in cells else sum(cells)


def plus(values):
    values = list(values)
    return None if None in values else sum(values)


def rounded(value):
    """To 12 decimals, half up."""
    return Fraction(floor(value * 10**12 + Fraction(1, 2)), 10**12)


def reference(rows, row, quarter, minimum):
    """The peers' rows at the finest level with enough patients."""
    for level in range(own_level(row), 4):
        found = [one for one in rows if own_level(one) <= level and key(one, level) == key(row, level)]
        if sum(counted(one, "patienten", quarter) for one in found) >= minimum:
            return level, found
    return None, []


def efficiency(rows, hospital, specialism, peers, quarter, minimum, weights=None):
    """Everything that is known of one group, as a plain dictionary."""
    weight = {
        **COST,
        "ehealth": Fraction(1, 10),
        "ehealth_grens": 2,
        "kostenaandeel": 1,
        **dict.fromkeys(OF, 1),
        **(weights or {}),
    }
    closed = [one for one in rows if any(counted(one, what, quarter) for what in ("patienten", *UNITS))]
    own = [one for one in closed if (one["ziekenhuis"], one["specialisme"]) == (hospital, specialism)]
    there = [one for one in closed if one["ziekenhuis"] in peers and one["specialisme"] == specialism]
    strata, left_out, levels = [], 0, [0, 0, 0, 0]
    for row in own:
        patients = counted(row, "patienten", quarter)
        level, found = reference(there, row, quarter, minimum)
        if level is None:
            left_out += patients
            continue
        levels[level] += patients
        many = sum(counted(one, "patienten", quarter) for one in found)
        sums = {unit: plus(counted(one, unit, quarter) for one in found) for unit in UNITS}
        means = {unit: None if total is None else rounded(Fraction(total, many)) for unit, total in sums.items()}
        strata.append((patients, {unit: counted(row, unit, quarter) for unit in UNITS}, means))
    actual, expected = {}, {}
    for unit in UNITS:
        dark = any(took[unit] is None or means[unit] is None for _, took, means in strata)
        actual[unit] = None if dark else sum(took[unit] for _, took, _ in strata)
        expected[unit] = None if dark else sum((patients * means[unit] for patients, _, means in strata), Fraction(0))
    components, shares = {}, {}
    for name, units in OF.items():
        if any(actual[unit] is None for unit in units):
            continue
        cost = sum(weight[unit] * actual[unit] for unit in units)
        if cost > 0:
            components[name] = sum(weight[unit] * expected[unit] for unit in units) / cost
            shares[name] = weight[name] * (cost if weight["kostenaandeel"] else 1)
    volume, w = components.get("poliklinisch"), weight["ehealth"]
    if volume is not None and w and expected["teleconsult"] > 0:
        share = Fraction(actual["teleconsult"], actual["fysiek"] + actual["teleconsult"])
        normal = expected["teleconsult"] / (expected["fysiek"] + expected["teleconsult"])
        components["poliklinisch"] = (1 - w) * volume + w * min(share / normal, weight["ehealth_grens"])
    whole = sum(shares.values())
    value = sum(shares[name] * components[name] for name in shares) / whole if whole else None
    return {
        "value": value, "components": components, "actual": actual, "expected": expected, "levels": tuple(levels),
        "left_out": left_out,
    }  # fmt: skip
