"""The ex-ante benchmark in dictionaries and fractions, from the words of methods §2 and of `benchmark/output.py`.

A group's rows: code → (volume, own minutes or None). A row "overig" follows the group's other rows.
"""

from __future__ import annotations

from fractions import Fraction
from statistics import median

NOTHING = (Fraction(0),) * 4  # structure, trends, norm times, coverage


def group_minutes(rows, prices, moved, grown):
    """(own, effects, priced, unpriced volume, rest): ``moved`` and ``grown`` are volumes after structure and after trends.

    ``rest``: (minutes or None, volume) of "overig", None where there is none.
    """
    own = steady = unpriced = Fraction(0)
    effects = list(NOTHING)
    priced = False
    for code in sorted({*rows, *moved} - {"overig"}):
        before, minutes = rows.get(code, (Fraction(0), None))
        after, later, price = moved.get(code, Fraction(0)), grown.get(code, Fraction(0)), prices.get(code)
        was, worth = minutes or 0, price or 0
        own += was
        gained = after * worth - was
        uncovered = before == after and before != 0 and (price is None) != (minutes is None)
        effects[0 if before != after else 3 if uncovered else 2] += gained
        effects[1] += (later - after) * worth
        steady += 0 if uncovered else was
        priced = priced or (price is not None and later != 0)
        unpriced += later if price is None else 0
    rest = rows.get("overig")
    return own, tuple(effects), steady, priced, unpriced, (rest[1], grown["overig"]) if rest and rest[0] else None


def with_rest(groups):
    """What rows "overig" add: (minutes before, effects, known) per group; ``groups`` are all of one specialism and role."""
    wide = sum((one[2] for one in groups.values()), Fraction(0))
    wide_effects = [sum((one[1][i] for one in groups.values()), Fraction(0)) for i in range(4)]
    found = {}
    for name, (own, effects, steady, priced, _, rest) in groups.items():
        if rest is None:
            found[name] = (own, effects, priced)
            continue
        minutes = rest[0] or Fraction(0)
        base, by = (steady, effects) if steady else (wide, wide_effects)
        if rest[0] is None or not base:
            found[name] = (own + minutes, (*effects[:3], effects[3] - minutes), priced)
        else:
            share = minutes / base
            found[name] = (own + minutes, (*(effects[i] + by[i] * share for i in range(3)), effects[3]), True)
    return found


def rate_of(peers, method):
    """``peers``: (hundredths of a minute, fte) each."""
    if not peers:
        return None
    each = [Fraction(minutes, 6000) / fte for minutes, fte in peers]
    if method == "gepoold":
        return sum(Fraction(minutes, 6000) for minutes, _ in peers) / sum(fte for _, fte in peers)
    return median(each) if method == "mediaan" else sum(each) / len(each)
