"""What is made of the records in the store: the year's contribution, and how far the forecast was off in years that are over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, cast

from puntlanding.case.fold_rules import FoldLists
from puntlanding.case.linked import Link, kind_of
from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.case.linked_lists import CaseLists
from puntlanding.contribution.model import SUFFIX
from puntlanding.fold.fold import fold_year
from puntlanding.fold.kept import is_current, note, note_of
from puntlanding.fold.rules import FoldJob
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Store
from puntlanding.report.folded import as_record, line
from puntlanding.report.outlook_record import as_record as outlook_record
from puntlanding.web.ahead import ahead
from puntlanding.web.deliveries.beside import Counted, beside
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Source
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import Result, Work
from puntlanding.web.work.models import Asked, Job
from puntlanding.web.work.progress import Progress
from puntlanding.whole_file import write_whole

FOLDED, TESTED = "bijdrage.json", "terugtoets.json"
_FOLDING = ("Vouwen", "Folding")
_REPLAYING = ("Eerdere jaren naspelen", "Replaying earlier years")


def asked_of(source: Source, snapshot: str) -> dict[str, Asked]:
    """By what cannot change: the files, the records, and the day; so that asking again for the same is not working again.

    Raises InputError where the store has nothing of the year.
    """
    kept = Store(Path(source.store)).kept(source.hospital, source.year.year)
    day = source.as_of or kept.delivered
    return {"source": source.pk, "snapshot": snapshot, "content": kept.content, "as_of": day.isoformat()}


def fold(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    """Beside the records, where everybody who makes a budget or a benchmark from the store looks for it."""
    source, snapshot = _source(asked)
    store, year = Path(source.store), source.year.year
    folder = snapshots().folder(snapshot)
    kind = kind_of(Link(store, source.hospital, year, folder), CaseLists(folder))
    job = FoldJob(store, source.hospital, FoldLists(year, {}).rules(folder, kind), source.as_of)
    of = year if source.as_of is None else f"{year}-{source.as_of}"
    place = store / source.hospital / f"bijdrage-{of}{SUFFIX}"

    def work(counted: Counted) -> bool:
        counted.step(_FOLDING)
        if is_current(job, place):
            return False
        made = fold_year(job)
        counted.last(_FOLDING)
        write_whole({place: made, note_of(place): note(job, made)})
        return True

    folded = beside(progress, work)
    ahead(source.year)
    (found,) = as_record(year, [line(place, folded=folded)], ())["bijdragen"]
    return {FOLDED: _json({**found, "bestand": place.name, "bekend_op": asked["as_of"]})}


def back_test(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    source, snapshot = _source(asked)
    day = date.fromisoformat(str(asked["as_of"]))
    wanted = ForecastAsked(Path(source.store), source.hospital, source.year.year, day, snapshots().folder(snapshot))

    def work(counted: Counted) -> dict[str, Any]:
        counted.step(_REPLAYING)
        return outlook_record(linked_outlook(wanted).outlook)

    record = beside(progress, work)
    return {TESTED: _json({"bekend_op": asked["as_of"], "nagerekend": record["nagerekend"]})}


def read(data: bytes) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", json.loads(data))


def _source(asked: Mapping[str, Asked]) -> tuple[Source, str]:
    source = Source.objects.select_related("year").filter(pk=cast("int", asked["source"])).first()
    if source is None:
        raise InputError([Problem("data_no_source", "-")])
    return source, str(asked["snapshot"])


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _fold_page(_job: Job, file: Any, language: Any) -> Result:
    from puntlanding.web.presenters.data_results import fold_facts

    return Result("web/data_fold.html", {"facts": fold_facts(read(file(FOLDED)), language)})


def _test_page(_job: Job, file: Any, language: Any) -> Result:
    from puntlanding.web.presenters.data_results import back_test_page

    return Result("web/data_back_test.html", {"test": back_test_page(read(file(TESTED)), language)})


FOLD = Work(
    "fold", ("De bijdrage van het jaar maken", "Making the year’s contribution"), Permission.LOAD_RECORDS, fold, page=_fold_page
)  # fmt: skip
BACK_TEST = Work(
    "back_test", ("De prognose terugtoetsen op eerdere jaren", "Trying the forecast on earlier years"), Permission.CALCULATE, back_test,
    page=_test_page,
)  # fmt: skip
