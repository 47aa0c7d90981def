"""A place among others as a small strip in the row: from the lowest to the highest, the middle half, the own one; lengths in whole pixels.

All rows share one scale, in shares of each group's benchmark, so that rows can be read beside each other and never as a ranking.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index
from puntlanding.quantities import half_up
from puntlanding.report.standing import Place
from puntlanding.web.presenters.bars import EDGE, LEAST_SPAN

WIDTH = 240
MOST_SPAN = Fraction(1, 2)  # of the benchmark: a small group far off would leave the others no room
POINT = 4  # pixels: half of the own mark


@dataclass(frozen=True, slots=True)
class Strip:
    """``mark`` is the benchmark. ``low`` to ``high`` the whole spread, ``left`` to ``right`` its middle half; None: not told."""

    mark: int
    own: int | None
    low: int | None
    left: int | None
    middle: int | None
    right: int | None
    high: int | None
    words: str

    @property
    def wide(self) -> int:
        return (self.right or 0) - (self.left or 0)


def strips(places: Sequence[Place], language: Language) -> tuple[list[Strip | None], str]:
    """And what the full width stands for."""
    shares = [_shares(one) for one in places]
    off = [abs(value - 1) for one in shares if one is not None for value in one if value is not None]
    span = min(max([LEAST_SPAN, *off]), MOST_SPAN)
    found = [
        None if one is None else _strip(place, one, span, language) for place, one in zip(places, shares, strict=True)
    ]
    return found, number(span * 100, 0, language)


def _shares(one: Place) -> tuple[Fraction | None, ...] | None:
    """Own, and the five of the spread, as shares of the benchmark; None where there is nothing to draw."""
    if one.rate is None or not one.rate.value or (one.own is None and one.spread is None):
        return None
    shape = one.spread
    spread = (None,) * 5 if shape is None else (shape.minimum, shape.lower, shape.median, shape.upper, shape.maximum)
    values = (None if one.own is None else one.own.value, *spread)
    return tuple(None if value is None else value / one.rate.value for value in values)


def _strip(place: Place, shares: tuple[Fraction | None, ...], span: Fraction, language: Language) -> Strip:
    middle = WIDTH // 2

    def at(share: Fraction | None) -> int | None:
        """What is beyond the edge stands at it."""
        if share is None:
            return None
        off = min(max((share - 1) / span, Fraction(-1)), Fraction(1))
        return middle + int(half_up(off * (middle - EDGE - POINT), 0))

    own, low, left, median, right, high = (at(share) for share in shares)
    return Strip(middle, own, low, left, median, right, high, words(place, language))


def words(one: Place, language: Language) -> str:
    which, told = index(language), []
    if one.own is not None:
        told.append(("eigen {0}", "own {0}")[which].format(number(one.own.value, 0, language)))
    if one.rate is not None:
        told.append(f"benchmark {number(one.rate.value, 0, language)}")
    if one.spread is not None:
        ends = (number(value, 0, language) for value in (one.spread.lower, one.spread.upper))
        told.append(("de middelste helft van {0} tot {1}", "the middle half from {0} to {1}")[which].format(*ends))
    if one.position is not None:
        below = ("{0} van de {1} anderen lager", "{0} of the {1} others lower")[which]
        told.append(below.format(one.position.below, one.position.others))
    return ", ".join(told)
