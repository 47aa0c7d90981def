"""All checks of the catalogue on one delivery: every check is answered, also with none found or not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from puntlanding.records.checks import ROW_CHECKS, SEARCHES, Material, NotDone, RowCheck, Search
from puntlanding.records.checks.base import CLOSED, OPENED
from puntlanding.records.codes import CodeTables
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import EXAMPLES, Example, Finding, catalogue, merged, shown
from puntlanding.records.reference import embedded_codes
from puntlanding.records.tables import ROW, TableName, identifying

AT_ONCE = 4
_SHOWN_AS = {OPENED: "openingsdatum", CLOSED: "sluitdatum"}
_SEVERAL = {check for check, times in Counter(one.id for one in ROW_CHECKS).items() if times > 1}
_CODES = ("products", "activities", "diagnoses", "specialisms", "care_types", "closing_reasons")


def run_checks(
    delivery: Delivery, codes: CodeTables | None = None, absent: Collection[str] = frozenset()
) -> tuple[Finding, ...]:
    """One finding per check, or per column where a check is put to several and more than none is found; catalogue order.

    ``absent`` are the columns ("subtrajecten.zorgtraject_id") that the format does not carry.
    """
    material = Material(delivery, codes or CodeTables(), _known(codes), absent)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # each search keeps Polars busy for a part of the time only
        searched = pool.map(lambda one: _searched(one, material), SEARCHES)
        return merged([*_rows(material), *searched])


def _known(codes: CodeTables | None) -> CodeTables:
    """What the user gave, and for what was not given the embedded list, with what is said of it (partial)."""
    own = embedded_codes()
    if codes is None:
        return own
    missing = {name: getattr(own, name) for name in _CODES if getattr(codes, name) is None}
    return replace(codes, **missing, partial=codes.partial | (own.partial & missing.keys()))


def _rows(material: Material) -> list[Finding]:
    """The conditions of each table in one pass; then, for those that are met, the first rows."""
    findings: list[Finding] = []
    for table in TableName:
        asked: list[tuple[RowCheck, pl.Expr]] = []
        for one in ROW_CHECKS:
            if one.table is not table:
                continue
            note = _undone(material, ((table, name) for name in one.needs))
            wrong = one.wrong(material) if note is None else None
            if wrong is not None:
                asked.append((one, wrong))
            else:
                of = material.delivery.table(table).height if note is None else 0
                findings.append(Finding(one.id, 0, of, note=note))
        findings += _counted(material, table, asked)
    return _once(findings)


def _counted(material: Material, table: TableName, asked: Sequence[tuple[RowCheck, pl.Expr]]) -> list[Finding]:
    frame = material.table(table)
    counts = frame.select(wrong.sum().alias(str(n)) for n, (_, wrong) in enumerate(asked)).row(0)
    found = []
    for (check, wrong), count in zip(asked, counts, strict=True):
        first = frame.lazy().filter(wrong).head(EXAMPLES).collect() if count else frame.clear()
        examples = _examples(first, check.shows, material.delivery.files.get(table, ""))
        found.append(
            Finding(check.id, count or 0, frame.height, examples, check.column if check.id in _SEVERAL else None)
        )
    return found


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Of a check that is put to several columns: those where something was found, or one that says that nothing was."""
    told = [one for one in findings if one.count]
    named = {one.check for one in told}
    quiet = {one.check: replace(one, column=None) for one in findings if one.check not in named}
    return [*told, *quiet.values()]


def _searched(search: Search, material: Material) -> Finding:
    note = _undone(material, search.needs)
    found = search.find(material) if note is None else note
    if isinstance(found, NotDone):
        return Finding(search.id, 0, 0, note=found)
    file = material.delivery.files.get(_table(search.id), "")
    return Finding(search.id, found.rows.height, found.of, _examples(found.rows.head(EXAMPLES), search.shows, file))


def _table(check: str) -> TableName:
    return TableName.ACTIVITIES if catalogue()[check].table == TableName.ACTIVITIES else TableName.TRAJECTORIES


def _undone(material: Material, needs: Iterable[tuple[TableName, str]]) -> NotDone | None:
    return NotDone.COLUMN_EMPTY if any(material.never_filled(table, name) for table, name in needs) else None


def _examples(rows: pl.DataFrame, shows: Sequence[str], file: str) -> tuple[Example, ...]:
    """A place and the values that identify nobody. Rows without `ROW` are months, and rows of no file."""
    if not shows:
        return ()
    return tuple(
        Example(
            file,
            row.get(ROW),
            {
                _SHOWN_AS.get(name, name): shown(row[name])
                for name in shows
                if row[name] is not None and not identifying(name)
            },
        )
        for row in rows.iter_rows(named=True)
    )
