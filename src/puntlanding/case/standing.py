"""The tables of a case as they stand in its files: what each cell holds, to change a few of them and keep the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from puntlanding.case.csv_file import read_csv
from puntlanding.case.decimal_text import Rows, Value, csv_file
from puntlanding.case.layout import AGREEMENT, LAYOUTS, ColumnKind, Layout
from puntlanding.case.parquet_file import read_parquet
from puntlanding.case.raw import RawTable
from puntlanding.case.sources import Sources, find_sources
from puntlanding.case.typed import TypedTable, typed_table
from puntlanding.problems import InputError, errors

_NUMBERS = frozenset({ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.EUROS, ColumnKind.YEAR})


@dataclass(frozen=True, slots=True)
class StandingTable:
    """``titles`` in their order, also of columns that no case knows; values are exact, texts as typed."""

    layout: Layout
    file: str
    titles: tuple[str, ...]
    rows: Rows
    typed: TypedTable

    def csv(self, rows: Rows | None = None, titles: tuple[str, ...] | None = None) -> bytes:
        return csv_file(titles or self.titles, self.rows if rows is None else rows)

    @property
    def said(self) -> tuple[tuple[tuple[str, Value], ...], ...]:
        """What its rows say, however they were written: two tables that say the same are the same."""
        known = [title for title in self.titles if self.layout.column(title)]
        return tuple(
            tuple((title, cells[title]) for title in sorted(known) if cells.get(title) is not None)
            for _, cells in self.rows
        )


def standing(folder: Path, sources: Sources | None = None) -> Mapping[str, StandingTable]:
    """Raises InputError where the case cannot be read; what is wrong within its tables is for `load_case` to say."""
    found = sources or find_sources(folder)
    if errors(found.problems):
        raise InputError(errors(found.problems))
    tables = dict(found.tables)
    for name, path in found.paths.items():
        raw, problems = read_parquet(path, name) if path.suffix == ".parquet" else read_csv(path, LAYOUTS[name])
        if raw is None:
            raise InputError(problems)
        tables[name] = raw
    return {name: table_of(raw) for name, raw in tables.items()}


def table_of(raw: RawTable) -> StandingTable:
    layout = LAYOUTS[raw.name]
    typed = typed_table(raw, layout)
    titles = tuple(raw.columns)
    rows = []
    for at, row in enumerate(typed.rows):
        cells = {title: _value(layout, row.values, title, raw.columns[title][at]) for title in titles}
        rows.append((row.number, cells))
    return StandingTable(layout, raw.file, titles, tuple(rows), typed)


def _value(layout: Layout, values: Mapping[str, Any], title: str, cell: object) -> Value:
    column = layout.column(title)
    if column is not None and column.kind in _NUMBERS and title in values:
        value = Fraction(values[title])
        return value / 100 if column.kind is ColumnKind.EUROS else value
    if cell is None:
        return None
    return Fraction(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else str(cell)


def as_files(folder: Path) -> dict[str, bytes]:
    """The case as a folder of files: as they stand, or, of a workbook, a file for each of its sheets.

    Raises InputError where it cannot be read.
    """
    sources = find_sources(folder)
    if errors(sources.problems):
        raise InputError(errors(sources.problems))
    own = {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()}
    if not sources.tables:
        return own
    kept = {name: data for name, data in own.items() if Path(name).suffix.lower() not in (".xlsx", ".xlsm")}
    for name, table in standing(folder, sources).items():
        kept[f"{name}.csv"] = table.csv()
    kept.setdefault(f"{AGREEMENT}.toml", toml_of(sources.agreement or {}))
    return kept


def toml_of(agreement: Mapping[str, Any]) -> bytes:
    """Plain values of an agreement as its file."""
    lines: list[str] = []
    for name, value in agreement.items():
        for table in value if isinstance(value, list) else [value]:
            lines += _section(f"[[{name}]]" if isinstance(value, list) else f"[{name}]", name, table)
    return ("\n".join(lines) + "\n").encode()


def _section(head: str, name: str, table: Mapping[str, Any]) -> list[str]:
    own = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    lines = [head, *(f"{_key(key)} = {_toml(value)}" for key, value in own.items()), ""]
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += _section(f"[{name}.{_key(key)}]", f"{name}.{_key(key)}", value)
    return lines


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else _toml(key)


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            text = str(value).replace("\\", "\\\\").replace('"', '\\"')
            return '"' + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text) + '"'
