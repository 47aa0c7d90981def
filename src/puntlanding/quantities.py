"""Exact numbers: fractions for norm hours and norm fte, integers for cents.

Nothing here is a float. A quantity is rounded once, when it is shown (methods §7, "Rounding"); money is split by a
named allocation mode and always adds up (methods §8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
SHOWN_DECIMALS = 6

_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")


def parse_decimal(text: str) -> Fraction:
    """The exact value of a plain decimal number such as ``-12.50``.

    Raises ValueError where the text is anything else (exponents and thousands separators included).
    """
    if not _DECIMAL.fullmatch(text) or not text.isascii():
        raise ValueError(f"not a plain decimal number: {text!r}")
    return Fraction(text)


def half_up(value: Fraction, decimals: int) -> int:
    """``value`` × 10**decimals as an integer, halves rounded away from zero (as the worked examples do)."""
    scaled = abs(value) * int(10**decimals)
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return rounded if value >= 0 else -rounded


def fixed(value: Fraction, decimals: int = SHOWN_DECIMALS) -> str:
    """``value`` with exactly ``decimals`` decimals and a decimal point, rounded half-up: the notation of the JSON."""
    scaled = half_up(value, decimals)
    sign, digits = ("-" if scaled < 0 else ""), str(abs(scaled)).rjust(decimals + 1, "0")
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"


class AllocationMode(StrEnum):
    """How cents that do not divide evenly are given out; the value is what the agreement writes."""

    LARGEST_REMAINDER = "grootste_rest"


def allocate(
    total: int, weights: Sequence[Fraction], mode: AllocationMode = AllocationMode.LARGEST_REMAINDER
) -> tuple[int, ...]:
    """Split ``total`` cents over ``weights``; the parts add up to ``total`` exactly.

    Largest remainder: each part is rounded down and the cents left go one each to the largest fractions; equal
    fractions go by position, so the caller's order decides ties (methods §8: names in code-point order).
    Raises ValueError for a negative weight, or where there is nothing to divide on.
    """
    if mode is not AllocationMode.LARGEST_REMAINDER:
        raise ValueError(f"unknown allocation mode: {mode!r}")
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is negative")
    whole = sum(weights, ZERO)
    if whole == 0:
        raise ValueError("the weights add up to zero")
    exact = [total * weight / whole for weight in weights]
    parts = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)
