"""A number as somebody types it in their own notation: 1.234,5 in Dutch, 1,234.5 in English. Never guessed: what the other notation
would read otherwise is no number here.
"""

from __future__ import annotations

import re
from decimal import Decimal

from puntlanding.language.notation import Language

MOST_DIGITS = 30
_PLAIN = {Language.DUTCH: (".", ","), Language.ENGLISH: (",", ".")}


def typed_number(text: str, language: Language) -> Decimal | None:
    """None for what is no number in this notation. Thousands signs are there in every place or in none."""
    thousands, sign = _PLAIN[language]
    bare = text.strip().replace("\u2212", "-").replace("\u00a0", "")
    form = rf"-?(?:\d+|\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+)(?:{re.escape(sign)}\d+)?"
    if len(bare) > MOST_DIGITS or not re.fullmatch(form, bare, re.ASCII):
        return None
    return Decimal(bare.replace(thousands, "").replace(sign, "."))


def as_typed(value: Decimal, language: Language) -> str:
    """The text that `typed_number` reads as ``value``, without thousands signs: for a field that is typed in."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", _PLAIN[language][1])
