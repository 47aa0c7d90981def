"""The lists that a hospital may put beside a case for its forecast: events, school holidays of its own, sizes of sessions."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from puntlanding.case.list_layouts import LISTS
from puntlanding.case.lists import read_list, require
from puntlanding.case.raw import Cell, RawTable
from puntlanding.case.typed import Row, TypedTable, typed_table
from puntlanding.files.formulas import as_it_was, harmless
from puntlanding.forecast.landing import SessionSize
from puntlanding.forecast.working_days import Event, SchoolHoliday
from puntlanding.problems import Problem, near_miss

EVENTS, HOLIDAYS, SESSIONS = "gebeurtenissen", "vakanties", "dagdelen"
EVERYBODY = "alle"
OWN_REGION = "eigen"  # of holidays that the hospital gives itself
MOST_CAPACITY = 3  # three times the usual room: more is a percentage typed as such
_DAY_FIRST = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")


@dataclass(frozen=True, slots=True)
class ForecastLists:
    """``holidays`` None: the table that comes along. ``sessions``: by name of the group. ``files``: what was read."""

    events: tuple[Event, ...] = ()
    holidays: tuple[SchoolHoliday, ...] | None = None
    sessions: Mapping[str, tuple[SessionSize, ...]] | None = None
    files: tuple[Path, ...] = ()


def read_forecast_lists(folder: Path, groups: Collection[str]) -> ForecastLists:
    """Those that are in the case's folder. Raises InputError with all that is wrong in one of them."""
    paths = {name: folder / f"{name}.csv" for name in (EVENTS, HOLIDAYS, SESSIONS)}
    there = {name: path for name, path in paths.items() if path.is_file()}
    return ForecastLists(
        read_events(there[EVENTS], groups) if EVENTS in there else (),
        read_holidays(there[HOLIDAYS]) if HOLIDAYS in there else None,
        read_sessions(there[SESSIONS], groups) if SESSIONS in there else {},
        tuple(there.values()),
    )


def read_events(path: Path, groups: Collection[str]) -> tuple[Event, ...]:
    """``group`` of an event is the group's name; None: of all."""
    return _events(read_list(path, EVENTS), groups)


def given_events(rows: Sequence[Mapping[str, Cell]], groups: Collection[str], place: str) -> tuple[Event, ...]:
    """Of rows by column, as if they stood in the list: refused for the same reasons in the same words, with ``place`` for its name."""
    columns = [column.name for column in LISTS[EVENTS].columns]
    cells = {name: [_stripped(row.get(name)) for row in rows] for name in columns}
    table = typed_table(RawTable(EVENTS, place, cells, range(1, len(rows) + 1)), LISTS[EVENTS])
    require(table.problems)
    return _events(table, groups)


def _stripped(cell: Cell) -> Cell:
    return (cell.strip() or None) if isinstance(cell, str) else cell


def events_csv(events: Sequence[Event]) -> bytes:
    """The list as `read_events` takes it, each number exact, and no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in LISTS[EVENTS].columns])
    for one in events:
        share = f"{Decimal(repr(one.percent)) / 100:f}".replace(".", ",")
        whose, why = harmless(one.group or EVERYBODY), harmless(one.reason)
        writer.writerow([one.first.isoformat(), one.last.isoformat(), whose, share, why])
    return text.getvalue().encode("utf-8-sig")


def _events(table: TypedTable, groups: Collection[str]) -> tuple[Event, ...]:
    problems, found = list[Problem](), []
    for row in table.rows:
        first, last = _period(table, row, problems)
        name = _group(table, row, groups, problems)
        share = row.get("capaciteit")
        if share is not None and share > MOST_CAPACITY:
            problems.append(table.problem("event_capacity", row, "capaciteit"))
        elif first is not None and last is not None and share is not None:
            found.append(Event(first, last, name, float(share * 100), as_it_was(row.get("reden") or "")))
    require(problems)
    return tuple(found)


def read_holidays(path: Path) -> tuple[SchoolHoliday, ...]:
    """Those of the hospital's own region, in place of the table that comes along."""
    table, problems, found = read_list(path, HOLIDAYS), list[Problem](), []
    for row in table.rows:
        first, last = _period(table, row, problems)
        if first is not None and last is not None and row.get("vakantie") is not None:
            found.append(SchoolHoliday(row.get("vakantie"), OWN_REGION, first, last))
    if not table.rows:
        problems.append(Problem("no_rows", table.file))
    require(problems)
    return tuple(found)


def read_sessions(path: Path, groups: Collection[str]) -> Mapping[str, tuple[SessionSize, ...]]:
    """Raises InputError where a row gives both openings and hours, or neither, or nothing at all of them."""
    table, problems = read_list(path, SESSIONS), list[Problem]()
    found: dict[str, tuple[SessionSize, ...]] = {}
    for row in table.rows:
        name = _group(table, row, groups, problems, every=False)
        openings, hours = row.get("openingen"), row.get("normuren")
        if bool(openings) == bool(hours):
            problems.append(table.problem("session_measure", row, "openingen"))
        elif name is not None:
            size = SessionSize(
                row.get("dagdeel"), float(openings) if openings else None, float(hours) if hours else None
            )
            found[name] = (*found.get(name, ()), size)
    require(problems)
    return found


def _group(
    table: TypedTable, row: Row, groups: Collection[str], problems: list[Problem], *, every: bool = True
) -> str | None:
    """As `vakgroepen` writes it, whatever the capitals; None for all groups, or for one that does not exist."""
    typed: str | None = row.get("vakgroep")
    if typed is None or (every and typed.strip().lower() == EVERYBODY):
        return None
    known = {name.lower(): name for name in groups}
    found = known.get(as_it_was(typed.strip()).lower())
    if found is None:
        details = {"close": near_miss(typed, groups), "allowed": ", ".join((*groups, EVERYBODY) if every else groups)}
        problems.append(table.problem("forecast_group", row, "vakgroep", **details))
    return found


def _period(table: TypedTable, row: Row, problems: list[Problem]) -> tuple[date | None, date | None]:
    first, last = (_date(table, row, name, problems) for name in ("van", "tot"))
    if first is not None and last is not None and last < first:
        problems.append(table.problem("period_reversed", row, "tot"))
    return first, last


def _date(table: TypedTable, row: Row, column: str, problems: list[Problem]) -> date | None:
    text: str | None = row.get(column)
    if text is None:
        return None
    spelled = _DAY_FIRST.fullmatch(text.strip())
    try:
        if spelled:
            day, month, year = map(int, spelled.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError:
        problems.append(table.problem("list_date", row, column))
        return None
