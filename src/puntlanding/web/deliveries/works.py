"""The kinds of long work on a delivery, and what each writes in the rows when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index
from puntlanding.web.ahead import ahead
from puntlanding.web.audit import Detailed, EventKind, record
from puntlanding.web.deliveries import sealed_files
from puntlanding.web.deliveries.kept_report import checked_of, hash_of
from puntlanding.web.deliveries.models import Delivery, DeliveryState
from puntlanding.web.deliveries.reading import check, load, outcome
from puntlanding.web.deliveries.stores import home_of
from puntlanding.web.desk.models import Source, Year
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import Files, Result, Work
from puntlanding.web.work.models import Job


def told(delivery: Delivery) -> dict[str, Detailed]:
    """What the log says of a delivery: enough to find it, and nothing of anybody in it."""
    return {
        "delivery": str(delivery.pk),
        "year": delivery.year.year,
        "as_of": delivery.as_of.isoformat(),
        "content_hash": delivery.content_hash,
        "report_hash": delivery.report_hash,
    }


def end(delivery: Delivery, state: DeliveryState, by: Any) -> None:
    """Its key goes with this row, its files right after."""
    delivery.state, delivery.key, delivery.ended, delivery.ended_by = state, None, timezone.now(), by
    pk = delivery.pk
    transaction.on_commit(lambda: sealed_files.forget(pk))


def _checked(job: Job, files: Files) -> None:
    delivery, found = _locked(job), outcome(files)
    if delivery is None or not delivery.open:
        return
    _report(delivery, found)
    loadable = bool(delivery.report) and checked_of(delivery.report).loadable
    if loadable:
        delivery.state = DeliveryState.CHECKED
        record(EventKind.DELIVERY_CHECKED, job.by, job.collective, told(delivery))
    else:
        end(delivery, DeliveryState.REFUSED, job.by)
        record(EventKind.DELIVERY_REFUSED, job.by, job.collective, told(delivery))
    delivery.save()


def _loaded(job: Job, files: Files) -> None:
    delivery, found = _locked(job), outcome(files)
    if delivery is None:
        return
    _report(delivery, found)
    if not found.get("geladen"):
        end(delivery, DeliveryState.REFUSED, job.by)
        record(EventKind.DELIVERY_REFUSED, job.by, job.collective, told(delivery))
    else:
        delivery.loaded = found["geladen"]
        end(delivery, DeliveryState.LOADED, job.by)
        record(EventKind.DELIVERY_LOADED, job.by, job.collective, told(delivery))
        _choose(job, delivery)
    delivery.save()


def _report(delivery: Delivery, found: Mapping[str, Any]) -> None:
    delivery.report, delivery.problems = found.get("verslag", {}), found.get("problemen", [])
    delivery.report_hash = hash_of(delivery.report) if delivery.report else ""


def _choose(job: Job, delivery: Delivery) -> None:
    """Of the years in it, and of the one it was delivered for, of which it may hold only the years before, from which a budget is made:
    where nobody said where their records are, they are here from now on.
    """
    home = home_of(job.collective)
    known = {delivery.year.year, *(int(year) for year in delivery.loaded["inhoud"])}
    for year in Year.objects.filter(collective=job.collective, year__in=known).order_by("year"):
        defaults = {"store": str(home.store), "hospital": home.hospital, "as_of": None}
        _, made = Source.objects.get_or_create(year=year, defaults=defaults)
        if made:
            details: dict[str, Detailed] = {"year": year.year, "hospital": home.hospital, "as_of": None}
            record(EventKind.SOURCE_CHOSEN, job.by, job.collective, details)
        transaction.on_commit(partial(ahead, year), robust=True)


def _locked(job: Job) -> Delivery | None:
    found = Delivery.objects.select_for_update(of=("self",)).filter(
        pk=str(job.asked["delivery"]), year__collective=job.collective
    )
    return found.select_related("year").first()


def _about(job: Job, language: Language) -> str:
    found = Delivery.objects.filter(pk=str(job.asked["delivery"])).first()
    if found is None:
        return ""
    when = day(found.as_of, language)
    return (f"De levering met de stand van {when}.", f"The delivery as of {when}.")[index(language)]


def _page(job: Job, _read: object, _language: Language) -> Result:
    return Result("web/data_job.html", {"delivery": UUID(str(job.asked["delivery"]))})


CHECK = Work(
    "delivery_check",
    ("Een levering controleren", "Checking a delivery"),
    Permission.LOAD_RECORDS,
    check,
    _checked,
    _about,
    _page,
)
LOAD = Work(
    "delivery_load",
    ("Een levering in de opslag zetten", "Putting a delivery into the store"),
    Permission.LOAD_RECORDS,
    load,
    _loaded,
    _about,
    _page,
)
