"""A number with its slope: value + slope × ε, ε smaller than any number but more than nothing. Exact, and one-sided by nature.

The rules of settlement and distribution run on it as they run on fractions. Of two numbers with the same value the one with the
larger slope is larger, so that a rule with a kink (a ceiling, a pool) takes the side that ε lies on: an hour more with +ε, an hour
less with -ε. Nothing is rounded to cents: a cent has no slope.

Fractions of a year are long, and adding two long ones that share little is slow. So value and slope are each worked out when they are
asked for: of an amount in cents mostly the slope alone is, and of a total neither.
"""

from __future__ import annotations

from enum import Enum, auto
from fractions import Fraction
from functools import total_ordering
from typing import cast

from puntlanding.explain import Node
from puntlanding.quantities import ONE, ZERO


class _Way(Enum):
    SUM = auto()
    DIFFERENCE = auto()
    PRODUCT = auto()
    QUOTIENT = auto()


@total_ordering
class Sloped:
    """``_one`` and ``_other`` are what it is made of, where it is not given."""

    __slots__ = ("_bend", "_one", "_other", "_slope", "_value", "_way")

    _way: _Way
    _one: Sloped
    _other: Sloped

    def __init__(self, value: Fraction | None, slope: Fraction | None = ZERO) -> None:
        self._value, self._slope = value, slope
        self._bend: Fraction | None = None

    @property
    def value(self) -> Fraction:
        if self._value is None:
            self._value = self._worked_out()
        return self._value

    @property
    def slope(self) -> Fraction:
        if self._slope is None:
            self._slope = self._slope_worked_out()
        return self._slope

    @property
    def bend(self) -> Fraction:
        """Slope ÷ value²: by which whatever is divided by this number falls. Once for all that are."""
        if self._bend is None:
            self._bend = self.slope / (self.value * self.value) if self.slope else ZERO
        return self._bend

    def _worked_out(self) -> Fraction:
        one, other = self._one, self._other
        match self._way:
            case _Way.SUM:
                first, rest = _terms(self)
                return sum((term.value for term in rest), first.value)
            case _Way.DIFFERENCE:
                return one.value - other.value
            case _Way.PRODUCT:
                return one.value * other.value
            case _Way.QUOTIENT:
                return one.value / other.value

    def _slope_worked_out(self) -> Fraction:
        one, other = self._one, self._other
        match self._way:
            case _Way.SUM:
                first, rest = _terms(self)
                return sum((term.slope for term in (first, *rest) if term.slope), ZERO)
            case _Way.DIFFERENCE:
                return one.slope - other.slope if one.slope and other.slope else one.slope or -other.slope
            case _Way.PRODUCT:
                left = one.slope * other.value if one.slope else ZERO
                right = one.value * other.slope if other.slope else ZERO
                return left + right if left and right else left or right
            case _Way.QUOTIENT:
                left = one.slope / other.value if one.slope else ZERO
                right = one.value * other.bend if other.bend else ZERO
                return left - right if left and right else left or -right

    def __add__(self, other: object) -> Sloped:
        if type(other) is not Sloped and not other:
            return self
        return _made(_Way.SUM, self, _sloped(other))

    __radd__ = __add__

    def __neg__(self) -> Sloped:
        return _made(_Way.DIFFERENCE, _NOTHING, self)

    def __sub__(self, other: object) -> Sloped:
        return _made(_Way.DIFFERENCE, self, _sloped(other))

    def __rsub__(self, other: object) -> Sloped:
        return _made(_Way.DIFFERENCE, _sloped(other), self)

    def __mul__(self, other: object) -> Sloped:
        if other is ONE:  # where every product begins
            return self
        return _made(_Way.PRODUCT, self, _sloped(other))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Sloped:
        """Two numbers that are both nothing but their slope have a ratio (one ε-th of a pool over one ε-th of over-production);
        how that ratio changes with ε is beyond the first order and meets only numbers that are as small.
        """
        them = _sloped(other)
        if them.value:
            return _made(_Way.QUOTIENT, self, them)
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
        return self.value == them.value and self.slope == them.slope

    def __lt__(self, other: object) -> bool:
        them = _sloped(other)
        return self.value < them.value or (self.value == them.value and self.slope < them.slope)

    __hash__ = None  # type: ignore[assignment]


def sloped(value: Fraction, slope: Fraction) -> Fraction:
    """As the number of a `Node`, which is a fraction everywhere else."""
    return cast(Fraction, Sloped(value, slope))


def slope_of(node: Node) -> Fraction:
    return _sloped(node.value).slope


def _made(way: _Way, one: Sloped, other: Sloped) -> Sloped:
    made = Sloped(None, None)
    made._way, made._one, made._other = way, one, other
    return made


def _terms(whole: Sloped) -> tuple[Sloped, list[Sloped]]:
    """Of a long sum, which was made term by term; no recursion, because it may be of any number of groups."""
    rest = [whole._other]
    first = whole._one
    while first._value is None and first._slope is None and first._way is _Way.SUM:
        rest.append(first._other)
        first = first._one
    return first, rest[::-1]


def _sloped(value: object) -> Sloped:
    return value if type(value) is Sloped else Sloped(cast(Fraction, value))


_NOTHING = Sloped(ZERO)
