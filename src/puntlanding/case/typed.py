"""A raw table against its layout: columns, types and required values; every cell that is wrong, at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.case import numbers
from puntlanding.case.layout import Column, ColumnKind, Layout
from puntlanding.case.raw import Cell, RawTable
from puntlanding.explain import Source
from puntlanding.problems import Problem, Severity

NUMERIC = frozenset({ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.EUROS})


@dataclass(frozen=True, slots=True)
class Row:
    """One row with only its valid, non-empty values; ``broken`` says that a cell of it became a problem."""

    number: int
    values: Mapping[str, Any]
    typed: Mapping[str, str]
    broken: bool = False

    def get(self, column: str) -> Any:
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class TypedTable:
    layout: Layout
    file: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notation: numbers.Notation = field(default_factory=lambda: numbers.Notation(None, None))
    separator: str | None = None
    titles: frozenset[str] = frozenset()

    def source(self, row: Row, column: str) -> Source:
        return Source(self.file, row.number, column)

    def problem(self, code: str, row: Row, column: str, **details: object) -> Problem:
        return Problem(code, self.file, row.number, column, row.typed.get(column), details)


def typed_table(raw: RawTable, layout: Layout) -> TypedTable:
    problems = list(check_columns(raw, layout))
    known = {name: cells for name, cells in raw.columns.items() if layout.column(name)}
    notation = numbers.detect(_number_texts(raw, layout), raw.separator)
    problems += _notation_problems(notation, raw.file)
    unreadable = {(place.row, place.column) for place in (*notation.mixed, *notation.ambiguous)} | raw.unreadable
    rows = []
    for index, number in enumerate(raw.rows):
        cells = {name: column[index] for name, column in known.items()}
        rows.append(_row(raw.file, layout, number, cells, notation.sign, unreadable, problems))
    return TypedTable(layout, raw.file, tuple(rows), tuple(problems), notation, raw.separator, frozenset(raw.columns))


def check_columns(raw: RawTable, layout: Layout) -> Iterator[Problem]:
    """Missing columns are errors, unknown ones warnings; a near miss is named in both."""
    names = [column.name for column in layout.columns]
    unknown = [name for name in raw.columns if name not in names]
    for column in layout.columns:
        if column.required and column.name not in raw.columns:
            details: dict[str, object] = {"meaning": (column.nl, column.en)}
            if close := difflib.get_close_matches(column.name, [_plain(name) for name in unknown], 1):
                title = next(name for name in unknown if _plain(name) == close[0])
                unknown.remove(title)
                yield Problem("column_misnamed", raw.file, raw.header_row, column.name, title, details)
            else:
                yield Problem("column_missing", raw.file, raw.header_row, column.name, None, details)
    if layout.at_least_one and not any(name in raw.columns for name in layout.at_least_one):
        details = {"columns": ", ".join(layout.at_least_one)}
        yield Problem("measure_missing", raw.file, raw.header_row, layout.at_least_one[0], None, details)
    for name in unknown:
        if any(cell is not None for cell in raw.columns[name]):
            close = difflib.get_close_matches(_plain(name), names, 1)
            details = {"close": close[0] if close else None}
            yield Problem("column_unknown", raw.file, raw.header_row, name, None, details, Severity.WARNING)


def _plain(title: str) -> str:
    return title.strip().lower().replace(" ", "_").replace("-", "_")


def _number_texts(raw: RawTable, layout: Layout) -> Iterator[numbers.Place]:
    for column in layout.columns:
        if column.kind in NUMERIC and column.name in raw.columns:
            for row, cell in zip(raw.rows, raw.columns[column.name], strict=True):
                if isinstance(cell, str) and ("." in cell or "," in cell):
                    yield numbers.Place(row, column.name, cell)


def _notation_problems(notation: numbers.Notation, file: str) -> Iterator[Problem]:
    for place in notation.mixed:
        first = notation.first
        details = {
            "other": first.text if first else "",
            "other_row": first.row if first else "",
            "plain": place.text.replace(".", "#").replace(",", ".").replace("#", ","),
        }
        yield Problem("decimals_mixed", file, place.row, place.column, place.text, details)
    for place in notation.ambiguous:
        details = {
            "whole": place.text.replace(".", "").replace(",", ""),
            "broken": place.text.replace(",", ".") + "0",
            "broken_comma": place.text.replace(".", ",") + "0",
        }
        yield Problem("number_ambiguous", file, place.row, place.column, place.text, details)


def _row(
    file: str,
    layout: Layout,
    number: int,
    cells: Mapping[str, Cell],
    sign: str | None,
    unreadable: set[tuple[int, str]],
    problems: list[Problem],
) -> Row:
    values: dict[str, Any] = {}
    before = len(problems)
    broken = False
    for column in layout.columns:
        cell = cells.get(column.name)
        if cell is None:
            if column.required and column.name in cells:
                problems.append(Problem("value_missing", file, number, column.name))
        elif (number, column.name) in unreadable:
            broken = True
        else:
            value, problem = read_cell(column, cell, sign)
            if problem is None:
                values[column.name] = value
            else:
                code, details = problem
                problems.append(Problem(code, file, number, column.name, str(cell), details))
    typed = {name: str(cell) for name, cell in cells.items() if cell is not None}
    return Row(number, values, typed, broken or len(problems) > before)


Wrong = tuple[str, dict[str, object]]


def read_cell(column: Column, cell: Cell, sign: str | None) -> tuple[Any, Wrong | None]:
    """The typed value of a non-empty cell, or what is wrong with it."""
    if column.kind in (ColumnKind.TEXT, ColumnKind.CODE):
        return _read_text(column, str(cell))
    value = Fraction(cell) if isinstance(cell, int | Decimal) else numbers.parse(str(cell), sign)
    if value is None:
        return None, _not_a_number(str(cell), sign)
    if column.kind is ColumnKind.YEAR:
        if value.denominator != 1 or not 1990 <= value <= 2100:
            return None, ("year_wrong", {})
        return int(value), None
    if column.kind is ColumnKind.EUROS:
        cents = value * 100
        return (None, ("cents_wrong", {})) if cents.denominator != 1 else (int(cents), None)
    if value < 0 and column.kind is ColumnKind.NUMBER:
        return None, ("negative", {})
    return value, None


def _read_text(column: Column, text: str) -> tuple[Any, Wrong | None]:
    if not text.isprintable():
        return None, ("control_character", {})
    if column.choices and text not in column.choices:
        chosen = column.also.get(text.lower(), text.lower())
        if chosen in column.choices:
            return chosen, None
        close = difflib.get_close_matches(text.lower(), column.choices, 1)
        return None, ("choice_unknown", {"close": close[0] if close else None, "allowed": ", ".join(column.choices)})
    return text, None


def _not_a_number(text: str, sign: str | None) -> Wrong:
    plain = numbers.without_thousands(text)
    if plain is not None:
        return "thousands", {"plain": plain.replace(".", sign or ".").replace(",", sign or ",")}
    if text.endswith("%"):
        return "percentage", {}
    if text.startswith("#"):
        return "spreadsheet_error", {}
    return "not_a_number", {"sign": sign or ","}
