"""Planned events: said, said otherwise, taken back. Each is a new row, and a line of the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from puntlanding.case.forecast_lists import given_events
from puntlanding.case.raw import Cell
from puntlanding.forecast.working_days import Event
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.desk.models import PlannedEvent, Year
from puntlanding.web.desk.planned import planned_events
from puntlanding.web.presenters.planned import STEPS
from puntlanding.web.rules import Permission

PLACE = "gebeurtenissen"
MOST, LONGEST_REASON = 100, 300


def checked(rows: Mapping[str, Cell], groups: Collection[str]) -> Event:
    """A row by column, as the list has it. Raises InputError with all that is wrong, in the list's own words."""
    (event,) = given_events([rows], groups, PLACE)
    problems = []
    if len(event.reason) > LONGEST_REASON:
        problems.append(Problem("event_reason_long", PLACE, 1, "reden", details={"most": LONGEST_REASON}))
    if (Fraction(Decimal(repr(event.percent))) * STEPS).denominator != 1:
        value = str(rows.get("capaciteit"))
        problems.append(Problem("event_too_fine", PLACE, 1, "capaciteit", value))
    if problems:
        raise InputError(problems)
    return event


def add_event(access: Access, year: Year, event: Event) -> PlannedEvent:
    """Raises InputError where the role may not, where exactly this event is there already, or where there are too many."""
    require(access, Permission.DELIVER)
    with transaction.atomic():
        locked = _locked(access, year)
        now = list(planned_events(locked))
        if len(now) >= MOST:
            raise InputError([Problem("event_too_many", PLACE, details={"most": MOST})])
        _once(now, event)
        last = PlannedEvent.objects.filter(year=locked).order_by("-number").first()
        made = _row(access, locked, 1 if last is None else last.number + 1, event)
        record(EventKind.PLANNED_EVENT_ADDED, access.user, access.collective, _told(made))
    return made


def change_event(access: Access, before: PlannedEvent, event: Event) -> PlannedEvent:
    """A row in place of ``before``. Raises InputError where that is not the last word on it any more."""
    require(access, Permission.DELIVER)
    with transaction.atomic():
        locked = _locked(access, before.year)
        now = _still(locked, before)
        _once([one for one in planned_events(locked) if one.pk != now.pk], event)
        made = _row(access, locked, now.number, event, replaces=now)
        record(EventKind.PLANNED_EVENT_CHANGED, access.user, access.collective, _told(made))
    return made


def end_event(access: Access, before: PlannedEvent) -> PlannedEvent:
    """It counts no more; that it did stays known. Raises InputError as `change_event`."""
    require(access, Permission.DELIVER)
    with transaction.atomic():
        locked = _locked(access, before.year)
        now = _still(locked, before)
        made = PlannedEvent.objects.create(
            year=locked, number=now.number, first=now.first, last=now.last, group=now.group, capacity=now.capacity,
            reason=now.reason, ended=True, replaces=now, by=access.user, at=timezone.now(),
        )  # fmt: skip
        record(EventKind.PLANNED_EVENT_ENDED, access.user, access.collective, _told(made))
    return made


def _locked(access: Access, year: Year) -> Year:
    found = Year.objects.select_for_update().filter(pk=year.pk, collective=access.collective).first()
    if found is None:
        raise InputError([Problem("not_yours", "-")])
    return found


def _still(year: Year, before: PlannedEvent) -> PlannedEvent:
    """Of two who change the same event at once, the second is told."""
    found = planned_events(year).filter(pk=before.pk).first()
    if found is None:
        raise InputError([Problem("event_not_last", PLACE, value=str(before.number))])
    return found


def _once(there: Collection[PlannedEvent], event: Event) -> None:
    """Twice the same would count twice: a form that was sent again."""
    same = (event.first, event.last, event.group or "", _capacity(event), event.reason)
    for one in there:
        if (one.first, one.last, one.group, one.capacity, one.reason) == same:
            raise InputError([Problem("event_twice", PLACE, value=str(one.number))])


def _row(access: Access, year: Year, number: int, event: Event, replaces: PlannedEvent | None = None) -> PlannedEvent:
    return PlannedEvent.objects.create(
        year=year, number=number, first=event.first, last=event.last, group=event.group or "", capacity=_capacity(event),
        reason=event.reason, replaces=replaces, by=access.user, at=timezone.now(),
    )  # fmt: skip


def _capacity(event: Event) -> int:
    """Hundredths of a percent."""
    return int(Fraction(Decimal(repr(event.percent))) * STEPS)


def _told(one: PlannedEvent) -> dict[str, Detailed]:
    return {
        "year": one.year.year,
        "number": one.number,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
        "group": one.group,
        "capacity": one.capacity,
        "reason": one.reason,
    }
