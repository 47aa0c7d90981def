"""From a hospital's export to its records in the store: delivered, checked, then loaded by somebody who read what the checks say."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from puntlanding.intake import READERS
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions import jobs
from puntlanding.web.actions.allowed import require
from puntlanding.web.audit import EventKind, record
from puntlanding.web.deliveries import sealed_files
from puntlanding.web.deliveries.from_store import BACK_TEST, FOLD, asked_of
from puntlanding.web.deliveries.models import OPEN, Delivery, DeliveryState
from puntlanding.web.deliveries.works import CHECK, LOAD, end, told
from puntlanding.web.desk.models import Kind, Year
from puntlanding.web.desk.queries import current, source_of
from puntlanding.web.rules import Permission
from puntlanding.web.snapshots import content_hash
from puntlanding.web.upload_handler import SealedUpload
from puntlanding.web.work.kinds import Work
from puntlanding.web.work.memory import require_memory
from puntlanding.web.work.models import Job

FORGOTTEN = timedelta(days=14)  # nobody keeps records here that nobody does anything with
MOST_OPEN = 10  # per collective: an open delivery takes room until somebody decides on it
FILES = (Kind.ADJUSTMENT, Kind.BUDGET, Kind.AGREEMENT, Kind.SETTLEMENT)  # whose groups and norm times count
EARLIEST = date(2005, 1, 1)  # DBCs began on this day


def receive(access: Access, year: Year, files: Sequence[SealedUpload], as_of: date, form: str = "") -> Delivery:
    """``files`` passed the door (`uploads.received`). They are kept sealed, and checking them begins.

    Raises InputError where records cannot be read on this machine, for a day that cannot be, and where the disk refuses.
    """
    require(access, Permission.LOAD_RECORDS)
    if not EARLIEST <= as_of <= timezone.localdate():
        raise InputError([Problem("delivery_day", "-", value=as_of.isoformat())])
    if form and form not in READERS:
        raise InputError([Problem("delivery_form", "-", value=form[:40])])
    require_memory(sum(one.size or 0 for one in files))
    told_files = [[one.name, one.size, one.sha256] for one in files]
    pk = uuid.uuid4()
    key = sealed_files.keep(pk, files)
    try:
        with transaction.atomic():
            found = _year(access, year)
            _forget(found)
            _require_room(found)
            delivery = Delivery.objects.create(
                id=pk, year=found, as_of=as_of, form=form, by=access.user, at=timezone.now(), files=told_files,
                content_hash=content_hash({str(name): str(digest) for name, _, digest in told_files}), key=key,
            )  # fmt: skip
            record(EventKind.DELIVERY_RECEIVED, access.user, access.collective, told(delivery))
            jobs.start(access, CHECK.name, {"delivery": str(pk)}, found)
    except BaseException:
        sealed_files.forget(pk)
        raise
    return delivery


def check_again(access: Access, delivery: Delivery) -> Job:
    """Where a check was not finished: a worker that was killed, a memory that was full."""
    require(access, Permission.LOAD_RECORDS)
    with transaction.atomic():
        found = _open(access, delivery)
        return jobs.start(access, CHECK.name, {"delivery": str(found.pk)}, found.year)


def load(access: Access, delivery: Delivery, report: str) -> Job:
    """``report``: the hash of the report that was read. Raises InputError where it is another by now, or there is none."""
    require(access, Permission.LOAD_RECORDS)
    with transaction.atomic():
        found = _open(access, delivery)
        if found.state != DeliveryState.CHECKED or not report or found.report_hash != report:
            raise InputError([Problem("delivery_other_report", "-")])
        return jobs.start(access, LOAD.name, {"delivery": str(found.pk)}, found.year)


def withdraw(access: Access, delivery: Delivery) -> Delivery:
    """Its files and their key are gone. Raises InputError where it was loaded, refused or withdrawn already."""
    require(access, Permission.LOAD_RECORDS)
    with transaction.atomic():
        found = _open(access, delivery)
        end(found, DeliveryState.WITHDRAWN, access.user)
        found.save()
        record(EventKind.DELIVERY_WITHDRAWN, access.user, access.collective, told(found))
    return found


def _forget(year: Year) -> None:
    old = Delivery.objects.select_for_update(of=("self",)).filter(year__collective=year.collective, state__in=OPEN)
    for one in old.filter(at__lt=timezone.now() - FORGOTTEN).select_related("year"):
        end(one, DeliveryState.WITHDRAWN, None)
        one.save()
        record(EventKind.DELIVERY_WITHDRAWN, None, year.collective, told(one))


def _require_room(year: Year) -> None:
    if Delivery.objects.filter(year__collective=year.collective, state__in=OPEN).count() >= MOST_OPEN:
        raise InputError([Problem("delivery_many_open", "-", details={"most": MOST_OPEN})])


def _year(access: Access, year: Year) -> Year:
    found = Year.objects.select_for_update(of=("self",)).filter(pk=year.pk, collective=access.collective)
    locked = found.select_related("collective").first()
    if locked is None:
        raise InputError([Problem("not_yours", "-")])
    return locked


def _open(access: Access, delivery: Delivery) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery.pk, year__collective=access.collective)
    locked = found.select_related("year__collective").first()
    if locked is None:
        raise InputError([Problem("not_yours", "-")])
    if not locked.open:
        raise InputError([Problem("delivery_over", "-")])
    return locked


def fold(access: Access, year: Year) -> Job:
    """Raises InputError where there are no records, or no files with groups and norm times."""
    return _made(access, year, FOLD)


def back_test(access: Access, year: Year) -> Job:
    return _made(access, year, BACK_TEST)


def _made(access: Access, year: Year, work: Work) -> Job:
    require(access, work.permission)
    source, version = source_of(year), next((one for kind in FILES if (one := current(year, kind)) is not None), None)
    found = [Problem("data_no_source", "-")] if source is None else []
    if version is None:
        found.append(Problem("data_no_version", "-"))
    if source is None or version is None:
        raise InputError(found)
    return jobs.start(access, work.name, asked_of(source, version.snapshot), year)
