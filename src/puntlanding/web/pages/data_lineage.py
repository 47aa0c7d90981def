"""The line from a figure back to the files it came from: version, its files, the records, the contribution, the benchmark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index
from puntlanding.web.access import Access
from puntlanding.web.deliveries.models import Delivery, DeliveryState
from puntlanding.web.deliveries.queries import (
    Known,
    benchmarks_of,
    contribution_of,
    files_of_version,
    last_done,
)
from puntlanding.web.desk.models import Kind, Source, Year
from puntlanding.web.desk.queries import current
from puntlanding.web.outputs import may_read
from puntlanding.web.presenters.data_page import LineageLine, LineagePart, file_name, lineage_part
from puntlanding.web.presenters.facts import KINDS, STATES
from puntlanding.web.rules import Permission

_VERSIONS = ("Wat beide partijen voor zich hebben", "What both parties have before them")
_NO_VERSION = ("Er is nog geen versie van de bestanden.", "There is no version of the files yet.")
_RECORDS = ("De registratie waarmee het jaar wordt gevolgd", "The records by which the year is followed")
_NO_RECORDS = ("Er staan nog geen records van dit jaar in de opslag.", "The store has no records of this year yet.")
_CONTRIBUTION = ("De bijdrage: sommen uit de registratie", "The contribution: sums from the records")
_NO_CONTRIBUTION = ("Van dit jaar is nog geen bijdrage gemaakt.", "No contribution of this year was made yet.")
_BENCHMARK = ("De benchmark waarlangs wordt gemeten", "The benchmark that is measured by")
_NO_BENCHMARK = (
    "Bij de registratie staat geen gepubliceerde benchmark; dan geldt wat in de bestanden is ingevuld.",
    "No published benchmark stands with the records; then what was filled in in the files holds.",
)
_KNOWN = ("stand van {}", "as of {}")
_OLDER = ("{}; de registratie is nieuwer, maak haar opnieuw", "{}; the records are newer, make it again")
_SAME = ("{} bestanden als hierboven", "{} files as above")
_THEIRS = (
    "van het gremium: om het geld te verdelen; u ziet het kenmerk, niet de inhoud",
    "the collective’s: for dividing the money; you see the mark, not the content",
)
_SENT = ("bestand van het ziekenhuis", "file of the hospital")


def lineage(
    access: Access,
    year: Year,
    source: Source | None,
    stored: Sequence[Known],
    rows: Sequence[Delivery],
    language: Language,
) -> tuple[LineagePart, ...]:
    """Read from top to bottom: what is decided on first, then what it was made from."""
    own = list(_versions(access, year, language))
    return (
        lineage_part(_VERSIONS, own, _NO_VERSION, language),
        lineage_part(_RECORDS, list(_records(access, year, stored, rows, language)), _NO_RECORDS, language),
        lineage_part(_CONTRIBUTION, list(_contribution(year, source, stored, language)), _NO_CONTRIBUTION, language),
        lineage_part(_BENCHMARK, list(_benchmarks(source)), _NO_BENCHMARK, language),
    )


def _versions(access: Access, year: Year, language: Language) -> Iterator[LineageLine]:
    """A file that stands in several versions is told at the first."""
    which, told = index(language), set[tuple[str, str]]()
    for kind in (Kind.SETTLEMENT, Kind.ADJUSTMENT, Kind.BUDGET, Kind.AGREEMENT):
        version = current(year, kind)
        if version is None:
            continue
        name = f"{KINDS[version.kind][which].capitalize()} {version.number}, {STATES[version.state][which]}"
        files = files_of_version(version) if access.may(Permission.SEE_FILES) else ()
        same = sum((one.name, one.mark) in told for one in files)
        yield LineageLine(
            name, _SAME[which].format(same) if same else "", version.by.display_name, version.at, version.content_hash,
            reverse("version", args=[version.pk]),
        )  # fmt: skip
        for one in files:
            if (one.name, one.mark) not in told:
                told.add((one.name, one.mark))
                readable = may_read(access, one.name)
                address = reverse("version_file", args=[version.pk, one.name]) if readable else ""
                about = "" if readable else _THEIRS[which]
                yield LineageLine(file_name(one.name), about, "", None, one.mark, address, part=True)


def _records(
    access: Access, year: Year, stored: Sequence[Known], rows: Sequence[Delivery], language: Language
) -> Iterator[LineageLine]:
    which = index(language)
    for known in stored[:1]:
        loaded = next((one for one in rows if _is(one, known, year)), None)
        name = _KNOWN[which].format(day(known.known_on, language))
        yield LineageLine(
            name[:1].upper() + name[1:], known.reader, "" if loaded is None else _by(loaded), None if loaded is None else loaded.ended,
            known.content, "" if loaded is None else reverse("delivery", args=[loaded.pk]),
        )  # fmt: skip
        if access.may(Permission.SEE_FILES):
            for file, mark in known.files:
                yield LineageLine(file_name(file), _SENT[which], "", None, mark, part=True)


def _by(delivery: Delivery) -> str:
    return (delivery.ended_by or delivery.by).display_name


def _is(delivery: Delivery, known: Known, year: Year) -> bool:
    content = delivery.loaded.get("inhoud", {}).get(str(year.year))
    return delivery.state == DeliveryState.LOADED and delivery.as_of == known.known_on and content == known.content


def _contribution(
    year: Year, source: Source | None, stored: Sequence[Known], language: Language
) -> Iterator[LineageLine]:
    """One that was made before the newest records came in, says so."""
    found = None if source is None else contribution_of(source)
    if found is None:
        return
    which, job = index(language), last_done(year, "fold")
    who, at = ("", None) if job is None else (job.by.display_name, job.finished)
    told = "" if found.known_on is None else _KNOWN[which].format(day(found.known_on, language))
    if told and stored and stored[0].content != found.content:
        told = _OLDER[which].format(told)
    yield LineageLine(file_name(found.name), told, who, at, found.mark)


def _benchmarks(source: Source | None) -> Iterator[LineageLine]:
    for one in () if source is None else benchmarks_of(source):
        yield LineageLine(file_name(one.name), "", "", None, one.mark)
