"""A budget or a settlement made from the hospital's records, as files of their own: what is signed does not hang on the store."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from puntlanding.case import load_case
from puntlanding.case.linked import From, Link, Linked, load_linked
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.standing import as_files, standing
from puntlanding.case.written import typed_files
from puntlanding.language.notation import Language, day
from puntlanding.language.sentences import index, sentence
from puntlanding.problems import InputError, Problem, errors
from puntlanding.records.store.layout import INDEX
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Kind, Source
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import Result, Work
from puntlanding.web.work.models import Asked, Job
from puntlanding.web.work.progress import Progress

NAME, TOLD = "budget_records", "herkomst.json"
WHAT: Mapping[Kind, tuple[str, tuple[str, str]]] = {
    Kind.BUDGET: ("begroting", ("de begroting", "the budget")),
    Kind.ADJUSTMENT: ("begroting", ("de bijstelling", "the adjustment")),
    Kind.SETTLEMENT: ("realisatie", ("de afrekening", "the settlement")),
}
_GOES: Mapping[str, tuple[str, ...]] = {
    "begroting": ("begroting", "realisatie", "prognose"),
    "realisatie": ("realisatie", "prognose"),
}


def asked_for(source: Source, snapshot: str, kind: Kind, *, benchmark: bool) -> Mapping[str, Asked]:
    """Named by what cannot change: the files, and what the store held when it was asked."""
    index_file = Path(source.store) / source.hospital / INDEX
    held = hashlib.sha256(index_file.read_bytes()).hexdigest() if index_file.is_file() else ""
    return {"source": source.pk, "snapshot": snapshot, "kind": kind.value, "benchmark": benchmark, "held": held}


def run(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    """Raises InputError where the records do not carry it, with what is missing."""
    source = Source.objects.get(pk=int(str(asked["source"])))
    kind = Kind(str(asked["kind"]))
    table = WHAT[kind][0]
    progress.step(0, 3, ("de registratie wordt gelezen", "reading the records"))
    files = as_files(snapshots().folder(str(asked["snapshot"])))
    gone = {*_GOES[table], *(["benchmark"] if asked["benchmark"] else [])}
    kept = {name: data for name, data in files.items() if Path(name).stem.lower() not in gone}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _written(folder, kept)
        linked = _linked(source, folder)
        progress.step(1, 3, ("de tabellen worden geschreven", "writing the tables"))
        case = linked.loaded.checked()
        made = _made(linked, folder, table, benchmark="benchmark" in gone or not case.rates)
        whole = {name: data for name, data in kept.items() if name not in made} | dict(made)
        progress.step(2, 3, ("alles wordt nagekeken", "checking everything"))
        for name, data in made.items():
            (folder / name).write_bytes(data)
        load_case(folder).checked()
    told = _told(linked, table)
    return {**whole, TOLD: json.dumps(told, ensure_ascii=False).encode()}


def _written(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _linked(source: Source, folder: Path) -> Linked:
    link = Link(Path(source.store), source.hospital, source.year.year, folder, source.as_of, forecast=False)
    found = load_linked(link)
    if found.loaded.case is None:
        raise InputError(errors(found.loaded.problems))
    return found


def _made(linked: Linked, folder: Path, table: str, *, benchmark: bool) -> Mapping[str, bytes]:
    case = linked.loaded.checked()
    there = case.budget if table == "begroting" else case.realisation
    if there is None:
        said = [one for one in linked.loaded.problems if one.code.startswith("linked_year")]
        raise InputError([Problem("records_nothing", table), *said])
    wanted = [table, *(["benchmark"] if benchmark else []), *(["efficiency"] if _efficiency(linked) else [])]
    return typed_files(case, wanted, CaseLists(folder).norm_times, standing(folder))


def _efficiency(linked: Linked) -> bool:
    return any(one.table == "efficiency" and one.source is From.CONTRIBUTIONS for one in linked.origins)


def _told(linked: Linked, table: str) -> list[tuple[str, ...]]:
    """Where each table came from that was made, and what the records leave open."""
    found: list[tuple[str, ...]] = []
    for one in linked.origins:
        if one.source in (From.RECORDS, From.BENCHMARK, From.NATIONAL) and one.table in (table, "benchmark"):
            found.append(tuple(_origin(one.table, one.base, one.files, one.day, each) for each in Language))
    for problem in linked.loaded.problems:
        about = problem.details.get("table", table)
        if problem.code.startswith("linked_") and problem.code not in _BESIDE[table] and about == table:
            found.append(tuple(sentence(problem, each) for each in Language))
    return found


# What says nothing of the table that was made.
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "begroting": ("linked_forecast", "linked_no_efficiency", "linked_unfinished"),
    "realisatie": ("linked_forecast", "linked_no_efficiency"),
}


def _origin(table: str, base: int | None, files: tuple[str, ...], known: object, language: Language) -> str:
    from datetime import date

    which = index(language)
    if base is None:
        return (f"{table}: uit {', '.join(files)}.", f"{table}: from {', '.join(files)}.")[which]
    when = day(known, language) if isinstance(known, date) else ""
    return (
        f"{table}: de volumes van {base}, zoals bekend op {when}.",
        f"{table}: the volumes of {base}, as known on {when}.",
    )[which]


def about(job: Job, language: Language) -> str:
    which, kind = index(language), Kind(str(job.asked["kind"]))
    year = "" if job.year is None else job.year.year
    what = WHAT[kind][1][which]
    return (f"{what} van {year}", f"{what} of {year}")[which]


def page(job: Job, read: Callable[[str], bytes], language: Language) -> Result:
    told = [one[index(language)] for one in json.loads(read(TOLD))]
    return Result("web/budget_made.html", {"told": told, "made": job.pk})


WORK = Work(
    NAME,
    ("Begroting of afrekening uit de registratie", "Budget or settlement from the records"),
    Permission.DELIVER,
    run,
    about=about,
    page=page,
    inner=(TOLD,),
)
