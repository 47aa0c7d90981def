"""A raw table against its layout: columns, types and required values; every cell that is wrong, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.case import numbers
from puntlanding.case.layout import Column, ColumnKind, Layout
from puntlanding.case.raw import Cell, RawTable
from puntlanding.explain import Source
from puntlanding.problems import Problem, Severity, near_miss

Wrong = tuple[str, dict[str, object]]
Reader = Callable[[Column, Cell], tuple[Any, Wrong | None]]

NUMERIC = frozenset({ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.EUROS})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its valid values, and its cells as read; ``broken`` says that a cell of it became a problem."""

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, Cell]
    broken: bool = False

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def as_typed(self, column: str) -> str | None:
        """What stands in the cell, None where it is empty."""
        cell = self.cells.get(column)
        return None if cell is None else str(cell)


@dataclass(frozen=True, slots=True)
class TypedTable:
    layout: Layout
    file: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notation: numbers.Notation = field(default_factory=lambda: numbers.Notation(None, None))
    separator: str | None = None
    titles: frozenset[str] = frozenset()
    header_row: int = 1

    def source(self, row: Row, column: str) -> Source:
        return Source(self.file, row.number, column)

    def problem(self, code: str, row: Row, column: str, **details: object) -> Problem:
        return Problem(code, self.file, row.number, column, row.as_typed(column), details)


def typed_table(raw: RawTable, layout: Layout) -> TypedTable:
    problems = list(check_columns(raw, layout))
    known = {name: cells for name, cells in raw.columns.items() if layout.column(name)}
    notation = numbers.detect(_number_texts(raw, layout), raw.separator)
    problems += _notation_problems(notation, raw.file)
    unreadable = {(place.row, place.column) for place in (*notation.mixed, *notation.ambiguous)} | raw.unreadable
    rows = []
    read = _reader(notation.sign, notation.sign or ("." if raw.separator == "," else ","))
    for index, number in enumerate(raw.rows):
        cells = {name: column[index] for name, column in known.items()}
        rows.append(_row(raw.file, layout, number, cells, read, unreadable, problems))
    return TypedTable(
        layout, raw.file, tuple(rows), tuple(problems), notation, raw.separator, frozenset(raw.columns), raw.header_row
    )


def check_columns(raw: RawTable, layout: Layout) -> Iterator[Problem]:
    """Missing columns are errors, unknown ones warnings; a near miss is named in both."""
    names = [column.name for column in layout.columns]
    unknown = [name for name in raw.columns if name not in names]
    for column in layout.columns:
        if column.required and column.name not in raw.columns:
            details: dict[str, object] = {"meaning": (column.nl, column.en)}
            if title := _misnamed(column.name, unknown):
                unknown.remove(title)
                yield Problem("column_misnamed", raw.file, raw.header_row, column.name, title, details)
            else:
                yield Problem("column_missing", raw.file, raw.header_row, column.name, None, details)
    if layout.at_least_one and not any(name in raw.columns for name in layout.at_least_one):
        yield _measure_missing(raw, layout, unknown)
    for name in unknown:
        if any(cell is not None for cell in raw.columns[name]):
            close = {"close": near_miss(_plain(name), names)}
            yield Problem("column_unknown", raw.file, raw.header_row, name, None, close, Severity.WARNING)


def _misnamed(column: str, titles: list[str]) -> str | None:
    """The title that was probably meant for ``column``: written a little differently, or with a slip."""
    by_plain = {_plain(title): title for title in reversed(titles)}
    close = near_miss(column, by_plain)
    return by_plain[close] if close else None


def _measure_missing(raw: RawTable, layout: Layout, unknown: list[str]) -> Problem:
    for column in layout.columns:
        if column.name in layout.at_least_one and (title := _misnamed(column.name, unknown)):
            unknown.remove(title)
            details: dict[str, object] = {"meaning": (column.nl, column.en)}
            return Problem("column_misnamed", raw.file, raw.header_row, column.name, title, details)
    details = {"columns": ", ".join(layout.at_least_one)}
    return Problem("measure_missing", raw.file, raw.header_row, layout.at_least_one[0], None, details)


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
    read: Reader,
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
            value, problem = read(column, cell)
            if problem is None:
                values[column.name] = value
            else:
                code, details = problem
                problems.append(Problem(code, file, number, column.name, str(cell), details))
    return Row(number, values, cells, broken or len(problems) > before)


def _reader(sign: str | None, usual: str) -> Reader:
    """`read_cell` that remembers: in a column of 100,000 rows the same names, codes and amounts come back."""
    known: dict[tuple[str, type, Cell], tuple[Any, Wrong | None]] = {}

    def read(column: Column, cell: Cell) -> tuple[Any, Wrong | None]:
        key = (column.name, type(cell), cell)
        if key not in known:
            known[key] = read_cell(column, cell, sign, usual)
        return known[key]

    return read


def read_cell(column: Column, cell: Cell, sign: str | None, usual: str = ",") -> tuple[Any, Wrong | None]:
    """The typed value of a non-empty cell, or what is wrong with it; ``usual`` is the decimal sign that the remedy names."""
    if column.kind in (ColumnKind.TEXT, ColumnKind.CODE):
        return _read_text(column, str(cell))
    value = Fraction(cell) if isinstance(cell, int | Decimal) else numbers.parse(str(cell), sign)
    if value is None:
        return None, _not_a_number(str(cell), usual)
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
        return None, (
            "choice_unknown",
            {"close": near_miss(text, column.choices), "allowed": ", ".join(column.choices)},
        )
    return text, None


def _not_a_number(text: str, usual: str) -> Wrong:
    plain = numbers.without_thousands(text)
    if plain is not None:
        return "thousands", {"plain": plain.replace(".", usual).replace(",", usual)}
    if text.endswith("%"):
        return "percentage", {}
    if text.startswith("#"):
        return "spreadsheet_error", {}
    return "not_a_number", {"sign": usual}
