"""Last year's realised volumes from the records, made in the background and put beside a group's budget."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from puntlanding.case.decimal_text import csv_file
from puntlanding.case.linked import Link
from puntlanding.case.realised_before import realised_before
from puntlanding.case.standing import as_files
from puntlanding.case.written import ended
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.norms.product_lines import ProductLine
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Source, Year
from puntlanding.web.rules import Permission
from puntlanding.web.work import kept
from puntlanding.web.work.kinds import Work
from puntlanding.web.work.models import Asked, Job, JobState
from puntlanding.web.work.progress import Progress

NAME, FILE = "budget_before", "vorig_jaar.csv"
_TITLES = ("vakgroep", "contract", "zorgproduct", "aantal", "minuten")


def run(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    source = Source.objects.get(pk=int(str(asked["source"])))
    progress.step(0, 1, ("de registratie wordt gelezen", "reading the records"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in as_files(snapshots().folder(str(asked["snapshot"]))).items():
            (folder / name).write_bytes(data)
        link = Link(Path(source.store), source.hospital, source.year.year, folder, source.as_of, forecast=False)
        lines = realised_before(link)
    rows = ((one.group, one.contract, one.code, ended(one.volume), one.minutes) for one in lines)
    return {FILE: csv_file(_TITLES, ((None, dict(zip(_TITLES, row, strict=True))) for row in rows))}


def about(job: Job, language: Language) -> str:
    year = "" if job.year is None else job.year.year - 1
    return (f"wat in {year} is gerealiseerd", f"what was realised in {year}")[index(language)]


def last_year(year: Year) -> tuple[ProductLine, ...]:
    """As it was last asked for; nothing where nobody did, or its files were cleared."""
    done = Job.objects.filter(work=NAME, year=year, state=JobState.DONE, swept=None).order_by("-finished").first()
    if done is None:
        return ()
    try:
        text = kept.read(done, FILE).decode("utf-8-sig")
    except kept.DamagedError:
        return ()
    return tuple(
        ProductLine(
            row["vakgroep"], row["contract"], row["zorgproduct"], _number(row["aantal"]), _number(row["minuten"])
        )
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    )


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


WORK = Work(
    NAME,
    ("Vorig jaar naast de begroting", "Last year beside the budget"),
    Permission.DELIVER,
    run,
    about=about,
)
