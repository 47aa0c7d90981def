"""A number with its slope: value + slope × ε, ε smaller than any number but more than nothing. Exact, and one-sided by nature.

The rules of settlement and distribution run on it as they run on fractions. Of two numbers with the same value the one with the
larger slope is larger, so that a rule with a kink (a ceiling, a pool) takes the side that ε lies on: an hour more with +ε, an hour
less with -ε. Nothing is rounded to cents: a cent has no slope.
"""

from __future__ import annotations

from fractions import Fraction
from functools import total_ordering
from typing import cast

from puntlanding.explain import Node
from puntlanding.quantities import ZERO


@total_ordering
class Sloped:
    __slots__ = ("slope", "value")

    def __init__(self, value: Fraction, slope: Fraction = ZERO) -> None:
        self.value, self.slope = value, slope

    def __add__(self, other: object) -> Sloped:
        if type(other) is not Sloped:
            return Sloped(self.value + _fraction(other), self.slope)
        return Sloped(self.value + other.value, _sum(self.slope, other.slope))

    __radd__ = __add__

    def __neg__(self) -> Sloped:
        return Sloped(-self.value, -self.slope)

    def __sub__(self, other: object) -> Sloped:
        return self + (-_sloped(other) if type(other) is Sloped else -_fraction(other))

    def __rsub__(self, other: object) -> Sloped:
        return -self + other

    def __mul__(self, other: object) -> Sloped:
        if type(other) is not Sloped:
            number = _fraction(other)
            return Sloped(self.value * number, _product(self.slope, number))
        slope = _sum(_product(self.value, other.slope), _product(self.slope, other.value))
        return Sloped(self.value * other.value, slope)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Sloped:
        """Two numbers that are both nothing but their slope have a ratio (one ε-th of a pool over one ε-th of over-production);
        how that ratio changes with ε is beyond the first order and meets only numbers that are as small.
        """
        them = _sloped(other)
        if them.value:
            value = self.value / them.value
            if not self.slope and not them.slope:
                return Sloped(value)
            return Sloped(value, (self.slope - _product(value, them.slope)) / them.value)
        if self.value or not them.slope:
            raise ZeroDivisionError("division by a number that is nothing")
        return Sloped(self.slope / them.slope)

    def __rtruediv__(self, other: object) -> Sloped:
        return _sloped(other) / self

    def __bool__(self) -> bool:
        return bool(self.value or self.slope)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sloped | Fraction | int):
            return NotImplemented
        them = _sloped(other)
        return (self.value, self.slope) == (them.value, them.slope)

    def __lt__(self, other: object) -> bool:
        them = _sloped(other)
        return (self.value, self.slope) < (them.value, them.slope)

    __hash__ = None  # type: ignore[assignment]


def sloped(value: Fraction, slope: Fraction) -> Fraction:
    """As the number of a `Node`, which is a fraction everywhere else."""
    return cast(Fraction, Sloped(value, slope))


def slope_of(node: Node) -> Fraction:
    return _sloped(node.value).slope


def _sum(one: Fraction, other: Fraction) -> Fraction:
    """Most slopes are nothing: those need no arithmetic."""
    return one + other if one and other else one or other


def _product(one: Fraction, other: Fraction) -> Fraction:
    return one * other if one and other else ZERO


def _fraction(value: object) -> Fraction:
    return cast(Fraction, value)


def _sloped(value: object) -> Sloped:
    return value if isinstance(value, Sloped) else Sloped(cast(Fraction, value))
