"""The distribution over peers, exact: quartiles by linear interpolation between order statistics.

Of n sorted values the quantile q stands at place (n − 1) × q, counted from 0; between two places on the line between them
(what spreadsheets call the inclusive quartile, and the most common default of statistical programs).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

QUARTER, HALF, THREE_QUARTERS = Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)


@dataclass(frozen=True, slots=True)
class Spread:
    """``count`` is the number of peers."""

    count: int
    minimum: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    maximum: Fraction


@dataclass(frozen=True, slots=True)
class Position:
    """Where one value stands among others: how many of ``others`` are below it, and how many equal."""

    below: int
    equal: int
    others: int


def quantile(ordered: Sequence[Fraction], q: Fraction) -> Fraction:
    """Of values in ascending order, at least one."""
    place = (len(ordered) - 1) * q
    at = place.numerator // place.denominator
    rest = place - at
    return ordered[at] if not rest else ordered[at] + (ordered[at + 1] - ordered[at]) * rest


def spread(ordered: Sequence[Fraction]) -> Spread:
    """Of values in ascending order, at least one."""
    lower, median, upper = (quantile(ordered, q) for q in (QUARTER, HALF, THREE_QUARTERS))
    return Spread(len(ordered), ordered[0], lower, median, upper, ordered[-1])


def position(own: Fraction, others: Sequence[Fraction]) -> Position:
    """Among values in ascending order, the own one not in it."""
    below = bisect_left(others, own)
    return Position(below, bisect_right(others, own) - below, len(others))
