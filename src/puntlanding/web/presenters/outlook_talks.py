"""Who there is to talk with: groups of which the budget lies outside the 80 % interval, how far, since when, and what would end it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from puntlanding.forecast.outlook import Outlook, Row
from puntlanding.forecast.signals import Signal, since
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_words import decimal

_COUNTS = (
    ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_SIDES = {
    Signal.OVER: ("{} normuren boven de begroting", "{} norm hours above the budget"),
    Signal.UNDER: ("{} normuren onder de begroting", "{} norm hours below the budget"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """``number``: of the group, in addresses. ``side``: over or under, also told in ``told``."""

    name: str
    number: int | None
    side: str
    told: str


def talks(found: Outlook, numbers: Mapping[str, int], language: Language) -> tuple[Talk, ...]:
    """The largest difference first; nobody once the year is over, when there is nothing left to steer."""
    if found.as_of >= date(found.year, 12, 31):
        return ()
    return tuple(_talks(found, numbers, language))


def calling(many: int, language: Language) -> str:
    """“Drie vakgroepen vragen een gesprek.”; empty for nobody."""
    if not many:
        return ""
    which = index(language)
    count = _COUNTS[which][many - 1] if many <= len(_COUNTS[which]) else str(many)
    count = count[:1].upper() + count[1:]
    if which:
        return f"{count} group{'s ask' if many > 1 else ' asks'} for a talk."
    return f"{count} vakgroep{'en vragen' if many > 1 else ' vraagt'} een gesprek."


def _talks(found: Outlook, numbers: Mapping[str, int], language: Language) -> Iterator[Talk]:
    for row in found.signals:
        if row.beside.signal is not None and row.beside.budget is not None:
            yield Talk(visible(row.name), numbers.get(row.name), row.beside.signal.value, talk(row, language))


def talk(row: Row, language: Language) -> str:
    """“52 normuren boven de begroting, sinds 31 maart 2025; nodig: …”"""
    which, one = index(language), row.beside
    if one.signal is None or one.budget is None:
        return ""
    off = abs(one.estimate.forecast - float(one.budget))
    text = _SIDES[one.signal][which].format(decimal(off, 0, language))
    first = since(row.fan, float(one.budget))
    if first is not None:
        text += (", zo bekend sinds {}", ", known so since {}")[which].format(day(first, language))
    if row.need is not None:
        text += ("; om precies te landen: {}", "; to land exactly: {}")[which].format(need_text(row, language))
    return visible(f"{text}.")
