"""Decimal point or decimal comma: found out per table, never per cell, and never guessed where it matters.

`1.234` in a Dutch export may mean 1234 or 1,234. Reading it wrong is a factor of a thousand in somebody's pay, so what
the table itself does not settle is an error with the remedy, not a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.quantities import parse_decimal

_POINT = re.compile(r"[+-]?\d+\.\d+")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_DUTCH_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_ENGLISH_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d+")
LONGEST = 40  # characters; a longer number is a slip, and thousands of digits would only burn time


@dataclass(frozen=True, slots=True)
class Place:
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Notation:
    """``sign`` is the decimal sign of the table, None where no cell has one; the others list cells it cannot be read with."""

    sign: str | None
    first: Place | None
    mixed: tuple[Place, ...] = ()
    ambiguous: tuple[Place, ...] = ()


def detect(places: Iterable[Place], separator: str | None) -> Notation:
    """The decimal sign that all number cells of one table share."""
    points: list[Place] = []
    commas: list[Place] = []
    unsure: list[Place] = []
    for place in places:
        if _MAYBE_THOUSANDS.fullmatch(place.text):
            unsure.append(place)
        elif _POINT.fullmatch(place.text):
            points.append(place)
        elif _COMMA.fullmatch(place.text):
            commas.append(place)
    if points and commas:
        fewer, more = sorted((points, commas), key=len)
        sign = "." if more is points else ","
        return Notation(sign, more[0], mixed=tuple(fewer))
    if points or commas:
        return Notation("." if points else ",", (points or commas)[0])
    return _from_unsure(unsure, separator)


def _from_unsure(unsure: list[Place], separator: str | None) -> Notation:
    """Only cells like 1.234: a comma-separated file has decimal points, a semicolon-separated one decimal commas."""
    signs = {"." if "." in place.text else "," for place in unsure}
    if not unsure:
        return Notation(None, None)
    expected = {",": ".", ";": ",", "\t": ","}.get(separator or "")
    if signs == {expected}:
        return Notation(expected, unsure[0])
    return Notation(None, None, ambiguous=tuple(unsure))


def without_thousands(text: str) -> str | None:
    """What a number with thousands separators would be without: the remedy in the message; None for other text."""
    if _DUTCH_THOUSANDS.fullmatch(text):
        return text.replace(".", "")
    if _ENGLISH_THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return None


def parse(text: str, sign: str | None) -> Fraction | None:
    """The exact value of ``text`` with decimal sign ``sign``; None where it is not a number in that notation.

    In a table with decimal commas 1.234 is not a number: it may be read neither as 1234 nor as 1,234.
    """
    if len(text) > LONGEST:
        return None
    if _PLAIN.fullmatch(text) and text.isascii():
        return Fraction(int(text))
    if sign == ",":
        text = text.replace(".", "#").replace(",", ".")
    elif "," in text:
        return None
    try:
        return parse_decimal(text)
    except ValueError:
        return None
