"""From which records a year's forecast comes: said by who runs the machine, for it names a folder there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction

from puntlanding.case.linked import Link, the_store
from puntlanding.problems import InputError, Problem
from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.desk.models import Collective, Source, Year


def choose_source(collective: Collective, year: int, store: Path, hospital: str, as_of: date | None = None) -> Source:
    """Instead of what was chosen before. Raises InputError where there is no such year, store or hospital in it."""
    place = store.resolve()
    the_store(Link(place, hospital))
    with transaction.atomic():
        found = Year.objects.select_for_update().filter(collective=collective, year=year).first()
        if found is None:
            there = ", ".join(map(str, Year.objects.filter(collective=collective).values_list("year", flat=True)))
            raise InputError([Problem("year_not_open", "--year", value=str(year), details={"years": there or "–"})])
        chosen, _ = Source.objects.update_or_create(
            year=found, defaults={"store": str(place), "hospital": hospital, "as_of": as_of}
        )
        day = None if as_of is None else as_of.isoformat()
        details: dict[str, Detailed] = {"year": year, "hospital": hospital, "as_of": day}
        record(EventKind.SOURCE_CHOSEN, None, collective, details)
    return chosen
