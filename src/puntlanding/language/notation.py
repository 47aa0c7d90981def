"""How a number is written: 1.234,56 in Dutch, 1,234.56 in English; rounded half-up, only to show. And how a day is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from puntlanding.quantities import fixed


class Language(StrEnum):
    DUTCH = "nl"
    ENGLISH = "en"


_SIGNS = {Language.DUTCH: (".", ","), Language.ENGLISH: (",", ".")}


def number(value: Fraction | int, decimals: int, language: Language) -> str:
    """``value`` with thousands separators and ``decimals`` decimals."""
    thousands, sign = _SIGNS[language]
    whole, _, rest = fixed(Fraction(value), decimals).partition(".")
    negative, digits = whole.startswith("-"), whole.lstrip("-")
    groups = [digits[max(0, end - 3) : end] for end in range(len(digits), 0, -3)]
    shown = thousands.join(reversed(groups)) + (sign + rest if rest else "")
    return f"\u2212{shown}" if negative else shown


def precise(value: Fraction, language: Language, most: int = 6) -> str:
    """``value`` with as many decimals as it needs, from none to ``most``; an ellipsis says that more follow."""
    decimals = next((n for n in range(most) if (value * 10**n).denominator == 1), most)
    exact = (value * 10**most).denominator == 1
    return number(value, max(decimals, 0), language) + ("" if exact else "\u2026")


def euros(cents: Fraction | int, language: Language) -> str:
    return number(Fraction(cents) / 100, 2, language)


_MONTHS = {
    Language.DUTCH: (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    Language.ENGLISH: (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def day(when: date, language: Language) -> str:
    """2 maart 2026, 2 March 2026."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}"
