"""Many draws of one number, in place of a fraction: what the rules of settlement and distribution make of each, all at once.

Floats: a simulation is statistics, not a result. Nothing is rounded to cents. A rule that asks whether "the" number is larger than
another has no answer for many of them and raises TypeError; it must say what it wants with `minimum`, `maximum` or `excess`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from puntlanding.explain import Node

Floats = NDArray[np.float64]


class Draws:
    """``values``: one float per draw."""

    __slots__ = ("values",)

    def __init__(self, values: Floats) -> None:
        self.values = values

    def __add__(self, other: object) -> Draws:
        return Draws(self.values + _plain(other))

    def __radd__(self, other: object) -> Draws:
        """Sums begin with nothing."""
        return self if type(other) is Fraction and not other else self + other

    def __sub__(self, other: object) -> Draws:
        return Draws(self.values - _plain(other))

    def __rsub__(self, other: object) -> Draws:
        return Draws(_plain(other) - self.values)

    def __mul__(self, other: object) -> Draws:
        return Draws(self.values * _plain(other))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Draws:
        return _divided(self.values, _plain(other))

    def __rtruediv__(self, other: object) -> Draws:
        return _divided(_plain(other), self.values)

    def __neg__(self) -> Draws:
        return Draws(-self.values)

    def __bool__(self) -> bool:
        """Whether it is other than zero in any draw: a rule may leave out what is nothing in all."""
        return bool(self.values.any())

    def __lt__(self, other: object) -> bool:
        raise TypeError("many draws have no order: use minimum, maximum or excess")

    __gt__ = __le__ = __ge__ = __lt__

    def filled(self, over: Sequence[object], limits: Sequence[object]) -> list[Fraction]:
        """Of what there is in each draw: min(limit, λ × over) to each, with the smallest λ in [0, 1] that gives out all of it.

        As `settlement.redistribution` finds it one by one: whose limit is below the pro rata share gets the limit, and the rest is
        divided anew, until nobody is added. A limit is at most what it limits; sums go in the order given.
        """
        shape = self.values.shape
        wants = [np.broadcast_to(_plain(one), shape) for one in over]
        most = [np.broadcast_to(_plain(one), shape) for one in limits]
        capped = [np.zeros(shape, dtype=bool) for _ in wants]
        while True:
            left, still = self.values.copy(), np.zeros(shape)
            for want, limit, full in zip(wants, most, capped, strict=True):
                left -= np.where(full, limit, 0.0)
                still += np.where(full, 0.0, want)
            some = still > 0
            rate = np.divide(np.maximum(left, 0.0), still, out=np.ones(shape), where=some)
            rate = np.minimum(rate, 1.0)
            found = [full | (limit < rate * want) for want, limit, full in zip(wants, most, capped, strict=True)]
            if all(np.array_equal(new, full) for new, full in zip(found, capped, strict=True)):
                break
            capped = found
        return [drawn(np.minimum(limit, rate * want)) for want, limit in zip(wants, most, strict=True)]

    @staticmethod
    def least(one: object, other: object) -> Any:
        return Draws(np.minimum(_plain(one), _plain(other)))

    @staticmethod
    def greatest(one: object, other: object) -> Any:
        return Draws(np.maximum(_plain(one), _plain(other)))


def drawn(values: Floats) -> Fraction:
    """As the number of a `Node`, which is a fraction everywhere else."""
    return cast(Fraction, Draws(values))


def part_of(value: Fraction, first: int, last: int) -> Fraction:
    """Draws ``first`` up to ``last`` of what is drawn; what is not stays as it is."""
    number: object = value
    return drawn(number.values[first:last]) if isinstance(number, Draws) else value


def floats(node: Node, count: int) -> Floats:
    """One float per draw of what ``node`` came to; the same in all where nothing in it was drawn."""
    return np.broadcast_to(np.asarray(_plain(node.value), dtype=np.float64), (count,))


def _plain(value: object) -> Any:
    return value.values if isinstance(value, Draws) else float(cast(Fraction, value))


def _divided(numerator: Any, denominator: Any) -> Draws:
    """Nothing divided over nothing is nothing: in a draw where nobody has a key, nobody gets a share of it."""
    if isinstance(denominator, float) and denominator != 0:
        return Draws(numerator / denominator)
    top, bottom = np.broadcast_arrays(
        np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    )
    empty = bottom == 0
    if (empty & (top != 0)).any():
        raise ZeroDivisionError("in some draw there is nothing to divide on")
    return Draws(np.divide(top, bottom, out=np.zeros_like(top), where=~empty))
