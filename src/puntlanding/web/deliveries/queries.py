"""What pages ask of deliveries, and of the store beside them. Everything by a number from an address within the reader's collective."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from puntlanding.case.linked import BENCHMARKS, Link, the_store
from puntlanding.contribution.model import SUFFIX, read_contribution
from puntlanding.problems import InputError
from puntlanding.records.findings import Status
from puntlanding.records.store.layout import read_manifest
from puntlanding.records.tables import TableName
from puntlanding.web.access import Access
from puntlanding.web.deliveries.models import Delivery
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Source, Version, Year
from puntlanding.web.desk.standings import CONTRIBUTIONS
from puntlanding.web.snapshots import SUFFIXES
from puntlanding.web.work.models import Job, JobState

OF_DELIVERY = ("delivery_check", "delivery_load")
_BLOCK = 1 << 20


def deliveries(year: Year) -> QuerySet[Delivery]:
    """The newest first."""
    return Delivery.objects.filter(year=year).select_related("by", "ended_by", "year__collective").order_by("-at")


def delivery_of(access: Access, pk: UUID) -> Delivery:
    """Raises Http404 for one of another collective, as for one that does not exist."""
    found = Delivery.objects.filter(pk=pk, year__collective=access.collective)
    delivery = found.select_related("by", "ended_by", "year__collective").first()
    if delivery is None:
        raise Http404
    return delivery


def job_of_delivery(delivery: Delivery) -> Job | None:
    """The last that was asked for it."""
    found = Job.objects.filter(
        collective=delivery.year.collective, work__in=OF_DELIVERY, asked__delivery=str(delivery.pk)
    )
    return found.select_related("by", "year").order_by("-at").first()


def last_done(year: Year, work: str) -> Job | None:
    found = Job.objects.filter(year=year, work=work, state=JobState.DONE)
    return found.select_related("by", "year").order_by("-at").first()


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of one year by one delivery. ``files``: (name, SHA-256) of the hospital's own files."""

    known_on: date
    reader: str
    counts: dict[str, int]
    attention: int
    content: str
    files: tuple[tuple[str, str], ...]


def in_store(source: Source) -> tuple[Known, ...]:
    """Of the source's year, the newest first. Raises InputError where the store cannot be read."""
    store = the_store(Link(Path(source.store), source.hospital))
    found = []
    for kept in store.deliveries(source.hospital):
        if kept.year != source.year.year:
            continue
        about = read_manifest(store.root / source.hospital / kept.folder)
        counts = {one.value: int(about["jaren"][str(kept.year)][one.value]) for one in TableName}
        attention = sum(one["uitkomst"] == Status.ATTENTION for one in about["controles"])
        files = tuple((str(one["naam"]), str(one["sha256"])) for one in about["bronnen"])
        found.append(Known(kept.delivered, str(about["lezer"]["naam"]), counts, attention, kept.content, files))
    return tuple(sorted(found, key=lambda one: one.known_on, reverse=True))


@dataclass(frozen=True, slots=True)
class StoredFile:
    """``known_on`` and ``content``: which records of the year it was made from, where it says so."""

    name: str
    mark: str
    known_on: date | None = None
    content: str = ""


def contribution_of(source: Source) -> StoredFile | None:
    """The year's own in the store, else the one among those of all hospitals; None where there is none, or it is none any more."""
    of = source.year.year if source.as_of is None else f"{source.year.year}-{source.as_of}"
    own = Path(source.store) / source.hospital / f"bijdrage-{of}{SUFFIX}"
    among = Path(source.store) / CONTRIBUTIONS / f"{source.hospital}-{source.year.year}{SUFFIX}"
    place = next((one for one in (own, among) if one.is_file()), None)
    if place is None:
        return None
    try:
        found = read_contribution(place, {})
    except InputError:
        return None
    origins = [one for about in found.hospitals for one in about.origins if one.year == source.year.year]
    made_of = origins[0] if origins else None
    return StoredFile(
        place.name, found.fingerprint or "", None if made_of is None else made_of.delivered, "" if made_of is None else made_of.content
    )  # fmt: skip


def benchmarks_of(source: Source) -> tuple[StoredFile, ...]:
    """Published ones beside the records, by name."""
    folder = Path(source.store) / BENCHMARKS
    if not folder.is_dir():
        return ()
    return tuple(StoredFile(one.name, _hash(one)) for one in sorted(folder.iterdir()) if one.is_file())


def files_of_version(version: Version) -> tuple[StoredFile, ...]:
    """As they were kept; empty where they are gone."""
    return tuple(_files(snapshots().folder(version.snapshot)))


def _files(folder: Path) -> Iterator[StoredFile]:
    if folder.is_dir():
        for one in sorted(folder.iterdir()):
            if one.suffix.lower() in SUFFIXES:
                yield StoredFile(one.name, _hash(one))


def _hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()
