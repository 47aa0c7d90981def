"""What the worker does with a delivery: open it in memory, read and check it, and put it into the store. All of it, or nothing.

The outcome is a file of JSON, also where the delivery is refused: a refusal is a result, and a job that failed is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from puntlanding.intake import READERS, reader
from puntlanding.intake.base import Options
from puntlanding.intake.examine import examined
from puntlanding.intake.examine import load as load_delivery
from puntlanding.intake.receive import receive
from puntlanding.intake.recognise import files_of, recognised, rows_expected
from puntlanding.problems import InputError, Problem
from puntlanding.records.compare import compare
from puntlanding.records.delivery import Delivery as Records
from puntlanding.records.pseudonyms import Key, save_key
from puntlanding.records.store import Loaded, Store
from puntlanding.records.tables import TableName, schema
from puntlanding.report.checked import checked
from puntlanding.web.deliveries import sealed_files
from puntlanding.web.deliveries.beside import Counted, beside
from puntlanding.web.deliveries.kept_report import kept
from puntlanding.web.deliveries.models import Delivery
from puntlanding.web.deliveries.stores import Home, codes, home_of
from puntlanding.web.work.memory import private_folder
from puntlanding.web.work.models import Asked
from puntlanding.web.work.progress import Progress
from puntlanding.web.work.tasks import told

OUTCOME = "uitkomst.json"
_OPENING = ("Openen in het geheugen", "Opening in memory")
_READING = ("Lezen, en van elk nummer een pseudoniem maken", "Reading, and making a pseudonym of each number")
_CHECKING = ("Controleren", "Checking")
_STORING = ("In de opslag zetten", "Putting into the store")
_MAPPING = ".toml"


def check(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    """With a key that is gone when it is over; beside what the store knows of the hospital, which is only counts."""
    row = _row(asked)
    home = home_of(row.year.collective)
    store = Store(home.store) if home.known else None

    def work(counted: Counted, folder: Path) -> dict[str, Any]:
        records = _read(folder, row, Key.fresh(), counted)
        counted.step(_CHECKING)
        found = examined(records, codes(), store, home.hospital if store else None)
        return {"verslag": kept(checked(found))}

    return _outcome(progress, row, work)


def load(progress: Progress, asked: Mapping[str, Asked]) -> Mapping[str, bytes]:
    """With the hospital's own key, which is made where this is the first delivery. What is there already stays as it is."""
    row = _row(asked)
    home = home_of(row.year.collective)

    def work(counted: Counted, folder: Path) -> dict[str, Any]:
        secret, fresh = home.secret()
        store = Store(home.store)
        records = _read(folder, row, secret, counted)
        counted.step(_CHECKING)

        def passed() -> None:
            """Only now: a delivery that is refused leaves no key."""
            counted.last(_STORING)
            if fresh:
                save_key(home.key, secret)

        records, loaded = load_delivery(records, codes(), store, home.hospital, passed)
        made = {} if loaded is None else _loaded(loaded, store, home)
        return {"verslag": kept(checked(records)), "geladen": made}

    return _outcome(progress, row, work)


def outcome(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", json.loads(files[OUTCOME]))


def _row(asked: Mapping[str, Asked]) -> Delivery:
    row = Delivery.objects.select_related("year__collective").filter(pk=str(asked["delivery"])).first()
    if row is None or not row.open:
        raise InputError([Problem("delivery_gone", "-")])
    return row


def _outcome(progress: Progress, row: Delivery, work: Any) -> Mapping[str, bytes]:
    """Work that only this machine keeps from being done (no memory, a store that is busy) fails; what is wrong in the files refuses."""
    sealed_files.sweep()
    with private_folder(sealed_files.needed(row)) as folder:

        def whole(counted: Counted) -> dict[str, Any]:
            counted.step(_OPENING)
            sealed_files.open_into(row, folder)
            result: dict[str, Any] = work(counted, folder)
            return result

        try:
            found = beside(progress, whole)
        except InputError as error:
            if any(one.code in _OURS for one in error.problems):
                raise
            found = {"problemen": told([_outside(one, folder) for one in error.problems])}
    return {OUTCOME: (json.dumps(found, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()}


_OURS = (
    "delivery_gone", "delivery_no_key", "delivery_no_memory", "delivery_memory_full", "delivery_not_read", "store_busy", "output_failed", "key_unreadable",
    "key_open_to_others", "key_damaged", "store_damaged", "not_a_store", "store_format",
)  # fmt: skip


def _outside(problem: Problem, folder: Path) -> Problem:
    """As somebody reads it who chose files in a browser: where they lay open is nobody's business."""
    code = "delivery_form_unknown" if problem.code == "format_unknown" else problem.code
    file = "-" if problem.file == folder.name else problem.file
    value = None if problem.value is not None and str(folder) in problem.value else problem.value
    return replace(problem, code=code, file=file, value=value)


def _read(folder: Path, row: Delivery, key: Key, counted: Counted) -> Records:
    mappings = [one for one in files_of(folder) if one.suffix.lower() == _MAPPING]
    mapping = mappings[0] if mappings else None
    source = _source(folder, mappings)
    name = row.form or recognised(source, mapping, tuple(READERS))
    counted.step(_READING, rows_expected(source))
    return receive(reader(name), source, Options(mapping), key, row.as_of, counted)


def _source(folder: Path, mappings: Sequence[Path]) -> Path:
    """One file is itself: a workbook by itself is read as one."""
    files = [one for one in files_of(folder) if one not in mappings]
    return files[0] if len(files) == 1 else folder


def _loaded(loaded: Loaded, store: Store, home: Home) -> dict[str, Any]:
    years = sorted({*loaded.added, *loaded.unchanged, *loaded.changes})
    kept_now = {one.year: one for one in store.deliveries(home.hospital) if one.delivered == loaded.delivered}
    return {
        "nieuw": list(loaded.added),
        "ongewijzigd": list(loaded.unchanged),
        "vervangen": {str(year): _records(tables) for year, tables in loaded.changes.items()},
        "inhoud": {str(year): kept_now[year].content for year in years if year in kept_now},
        "sinds": {str(year): told for year in years if (told := _since(store, home.hospital, year, loaded.delivered))},
        "ziekenhuis": home.hospital,
    }


def _since(store: Store, hospital: str, year: int, day: date) -> dict[str, Any] | None:
    """What is different in the year's trajectories from the delivery before this one; None for the first."""
    earlier = [one for one in store.deliveries(hospital) if one.year == year and one.delivered < day]
    if not earlier:
        return None
    last = max(one.delivered for one in earlier)
    columns = list(schema(TableName.TRAJECTORIES))
    was, now = (store.records(hospital, year, one).trajectories.select(columns).collect() for one in (last, day))
    return {"van": last.isoformat(), **compare(TableName.TRAJECTORIES, was, now).as_record()}


def _records(tables: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): one.as_record() for name, one in tables.items()}
