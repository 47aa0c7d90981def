"""The planned events of a year as they are now: the last row of each."""

from __future__ import annotations

from django.db.models import QuerySet

from puntlanding.forecast.working_days import Event
from puntlanding.web.desk.models import PlannedEvent, Year
from puntlanding.web.presenters.planned import STEPS


def planned_events(year: Year) -> QuerySet[PlannedEvent]:
    """Those that count, by number."""
    found = PlannedEvent.objects.filter(year=year, replaced_by__isnull=True, ended=False)
    return found.select_related("by").order_by("number")


def earlier_events(year: Year) -> QuerySet[PlannedEvent]:
    """What counts no more: rows that were replaced, and ends. The newest first."""
    found = PlannedEvent.objects.filter(year=year).exclude(replaced_by__isnull=True, ended=False)
    return found.select_related("by").order_by("-pk")


def as_event(one: PlannedEvent) -> Event:
    return Event(one.first, one.last, one.group or None, one.capacity / STEPS, one.reason)


def events_beside(year: Year) -> tuple[Event, ...]:
    """For the forecast, beside those of the list in the files."""
    return tuple(as_event(one) for one in planned_events(year))
