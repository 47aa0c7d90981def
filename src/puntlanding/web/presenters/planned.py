"""A planned event in one phrase, for the log and for a page: when, of whom, how much of the usual, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language, day, precise
from puntlanding.language.sentences import index, visible

STEPS = 100  # hundredths of a percent
EVERY_GROUP = ("alle vakgroepen", "all groups")
_PHRASE = (
    "{first} tot en met {last}, {group}, {capacity} % van de gewone capaciteit ({reason})",
    "{first} to {last}, {group}, {capacity} % of the usual capacity ({reason})",
)


def planned(details: Mapping[str, Any], language: Language) -> str:
    which = index(language)
    return _PHRASE[which].format(
        first=day(date.fromisoformat(details["first"]), language),
        last=day(date.fromisoformat(details["last"]), language),
        group=details["group"] or EVERY_GROUP[which],
        capacity=percent_of(details["capacity"], language),
        reason=details["reason"],
    )


def percent_of(capacity: int, language: Language) -> str:
    """``capacity`` in hundredths of a percent."""
    return precise(Fraction(capacity, STEPS), language)


def event_phrase(one: Event, language: Language) -> str:
    capacity = round(one.percent * STEPS)
    details = {
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "group": one.group or "",
        "capacity": capacity,
        "reason": one.reason,
    }
    return visible(planned(details, language))
