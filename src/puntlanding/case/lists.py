"""One list file → a typed table, and the lists that the fold needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl

from puntlanding.case.csv_file import read_csv
from puntlanding.case.groups import Once
from puntlanding.case.list_layouts import LISTS
from puntlanding.case.norm_columns import norm_frame
from puntlanding.case.parquet_file import read_parquet
from puntlanding.case.raw import RawTable
from puntlanding.case.typed import Row, TypedTable, typed_table
from puntlanding.fold.rules import CostPrices, DiagnosisGroups
from puntlanding.norms.table import HUNDREDTHS, NormTable
from puntlanding.norms.table import SCHEMA as NORM_SCHEMA
from puntlanding.problems import InputError, Problem, Severity, errors, limited, os_reason

LARGEST_TIME = 100_000  # minutes: times the largest count of a contribution it still fits in 64 bits


def read_list(path: Path, name: str) -> TypedTable:
    """The file at ``path`` (CSV or Parquet) as the list ``name``. Raises InputError with every error in its form."""
    layout = LISTS[name]
    raw: RawTable | None
    try:
        if path.suffix.lower() == ".parquet":
            raw, problems = read_parquet(path, name)
        else:
            raw, problems = read_csv(path, layout)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    typed = typed_table(raw, layout) if raw is not None else None
    problems = [*problems, *(typed.problems if typed else ())]
    require(_refused(problems, typed))
    if typed is None:
        raise AssertionError("a list that cannot be read has problems")
    return typed


def _refused(problems: Sequence[Problem], table: TypedTable | None) -> Sequence[Problem]:
    """Nobody hears warnings about a list. An unknown column is harmless, unless one that may be left out is not there: ‘new’ for
    ‘nieuw’ would make of every replaced code a dropped one.
    """
    lacking = [] if table is None else [one.name for one in table.layout.columns if one.name not in table.titles]
    if not lacking:
        return problems
    return [
        replace(one, code="list_column_unknown", details={"missing": ", ".join(lacking)}, severity=Severity.ERROR)
        if one.code == "column_unknown" and not errors(problems)
        else one
        for one in problems
    ]


def require(problems: Iterable[Problem]) -> None:
    """Raises InputError where one of ``problems`` is an error."""
    kept = list(problems)
    if errors(kept):
        raise InputError(limited(kept))


def read_norm_table(path: Path) -> NormTable:
    """Norm times of all years in the file. Raises InputError where a time is finer than a hundredth of a minute or stands twice."""
    frame = norm_frame(path, LARGEST_TIME)
    return NormTable(frame, path.name) if frame is not None else norm_table_by_row(path)


def norm_table_by_row(path: Path) -> NormTable:
    """The same of any file: what is right and what is wrong is said here."""
    table = read_list(path, "normtijden")
    once, problems = Once(table, "code", "list_row_twice"), list[Problem]()
    rows = []
    for row in table.rows:
        key = (row.get("jaar"), row.get("specialisme"), row.get("soort"), row.get("code"))
        minutes = _whole(table, row, "minuten", HUNDREDTHS, "norm_time_too_fine", problems)
        if minutes is not None and minutes > LARGEST_TIME * HUNDREDTHS:
            problems.append(table.problem("norm_time_too_large", row, "minuten", most=LARGEST_TIME))
        elif minutes is not None and once.claim(key, row, problems):
            rows.append((*key, minutes))
    require(problems)
    return NormTable(pl.DataFrame(rows, schema=NORM_SCHEMA, orient="row"), table.file)


def read_cost_prices(path: Path, year: int) -> CostPrices:
    """Raises InputError where the list has no prices of ``year``, or one twice."""
    table = read_list(path, "kostprijzen")
    once, problems = Once(table, "zorgactiviteit", "list_row_twice"), list[Problem]()
    cents: dict[str, int] = {}
    for row in table.rows:
        key = (row.get("jaar"), row.get("zorgactiviteit"))
        amount = row.get("bedrag")
        if amount is not None and amount < 0:
            problems.append(table.problem("negative", row, "bedrag"))
        if once.claim(key, row, problems) and row.get("jaar") == year and amount is not None:
            cents[row.get("zorgactiviteit")] = int(amount)
    if not cents:
        problems.append(Problem("list_without_year", table.file, None, "jaar", details={"year": year}))
    require(problems)
    return CostPrices(cents, _hash(f"{code},{price}" for code, price in sorted(cents.items())))


def read_diagnosis_groups(path: Path, year: int) -> DiagnosisGroups:
    """Raises InputError where the list says nothing of ``year``, or two things of one diagnosis."""
    table = read_list(path, "diagnosegroepen")
    once, problems = Once(table, "diagnose", "list_row_twice"), list[Problem]()
    groups: dict[tuple[str, str], str] = {}
    for row in table.rows:
        of, diagnosis = row.get("specialisme"), str(row.get("diagnose")).zfill(4)
        if once.claim((row.get("jaar"), of, diagnosis), row, problems) and row.get("jaar") == year:
            groups[of, diagnosis] = row.get("diagnosegroep")
    if not groups:
        problems.append(Problem("list_without_year", table.file, None, "jaar", details={"year": year}))
    require(problems)
    return DiagnosisGroups(groups, _hash(f"{key},{group}" for key, group in sorted(groups.items())))


def read_hospital_kinds(path: Path) -> Mapping[str, str]:
    """Hospital → type. Raises InputError where a hospital stands twice."""
    table = read_list(path, "ziekenhuizen")
    once, problems = Once(table, "ziekenhuis", "list_row_twice"), list[Problem]()
    kinds = {
        row.get("ziekenhuis"): row.get("type") for row in table.rows if once.claim(row.get("ziekenhuis"), row, problems)
    }
    require(problems)
    return kinds


def _whole(table: TypedTable, row: Row, column: str, steps: int, code: str, problems: list[Problem]) -> int | None:
    """The value × ``steps``; a problem where that is no whole number."""
    value: Fraction | None = row.get(column)
    if value is None:
        return None
    scaled = value * steps
    if scaled.denominator != 1:
        problems.append(table.problem(code, row, column))
        return None
    return scaled.numerator


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
