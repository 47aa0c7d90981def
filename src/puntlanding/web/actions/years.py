"""A collective and its years."""

from __future__ import annotations

from django.db import transaction

from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.audit import EventKind, record
from puntlanding.web.desk.models import Collective, User, Year
from puntlanding.web.rules import Permission

FIRST, LAST = 2000, 2100


def add_collective(name: str, hospital: str, *, by: User | None = None) -> Collective:
    """Raises InputError where there is one of this name."""
    with transaction.atomic():
        if Collective.objects.filter(name=name).exists():
            raise InputError([Problem("collective_exists", "-", value=name)])
        found = Collective.objects.create(name=name, hospital=hospital)
        record(EventKind.COLLECTIVE_ADDED, by, found, {"name": name, "hospital": hospital})
    return found


def open_year(access: Access, year: int) -> Year:
    """The year, which is opened where it was not yet."""
    require(access, Permission.DELIVER)
    if not FIRST <= year <= LAST:
        raise InputError([Problem("year_impossible", "-", value=str(year), details={"first": FIRST, "last": LAST})])
    with transaction.atomic():
        Collective.objects.select_for_update().get(pk=access.collective.pk)
        found, made = Year.objects.get_or_create(collective=access.collective, year=year)
        if made:
            record(EventKind.YEAR_OPENED, access.user, access.collective, {"year": year})
    return found
