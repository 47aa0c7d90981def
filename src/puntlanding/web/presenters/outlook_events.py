"""The year with its events, and without each: side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from puntlanding.case.linked_pieces import Below, WithoutEvent
from puntlanding.forecast.outlook import Outlook, Row
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_words import decimal
from puntlanding.web.presenters.planned import event_phrase


@dataclass(frozen=True, slots=True)
class Effect:
    """``event`` in a phrase; ``told``: what the forecast would be without it."""

    event: str
    told: str


def effects(found: Outlook, below: Below, row: Row | None, language: Language) -> tuple[Effect, ...]:
    """Of the whole, or of ``row`` alone: then only what makes a difference to it."""
    return tuple(_effects(found, below, row, language))


def effect_of(event: Event, found: Outlook, below: Below, language: Language) -> str:
    """Empty where it was not worked out."""
    one = next((one for one in below.events if one.event == event), None)
    return "" if one is None else _told(found, one, language)


def _effects(found: Outlook, below: Below, row: Row | None, language: Language) -> Iterator[Effect]:
    for one in below.events:
        if row is None:
            yield Effect(event_phrase(one.event, language), _told(found, one, language))
        elif row.name in one.groups:
            hours = one.groups[row.name]
            yield Effect(event_phrase(one.event, language), _without(row.beside.share(hours), hours, language))


def _told(found: Outlook, one: WithoutEvent, language: Language) -> str:
    text = _without(found.total.share(one.total), one.total, language)
    groups = [row for row in found.rows if row.name in one.groups]
    if one.event.group is not None and len(groups) == 1:
        (row,), hours = groups, one.groups[groups[0].name]
        text += f"; {visible(row.name)} {_much(row.beside.share(hours), hours, language)}"
    return text


def _without(share: float | None, hours: float, language: Language) -> str:
    much = _much(share, hours, language)
    return (f"zonder deze gebeurtenis {much}", f"without this event {much}")[index(language)]


def _much(share: float | None, hours: float, language: Language) -> str:
    if share is not None:
        return f"{decimal(share * 100, 1, language)} %"
    return f"{decimal(hours, 0, language)} {('normuren', 'norm hours')[index(language)]}"
