"""One case written in every form that a case can have."""

from __future__ import annotations

import csv
import shutil
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl

from puntlanding.case.layout import LAYOUTS, ColumnKind

NUMBERS = (ColumnKind.NUMBER, ColumnKind.SIGNED, ColumnKind.EUROS)
Rows = list[dict[str, str]]


def read(case: Path) -> dict[str, Rows]:
    """Tables by name, numbers with a decimal point."""
    tables = {}
    for path in sorted(case.glob("*.csv")):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        separator = ";" if ";" in lines[0] else ","
        rows = list(csv.DictReader(lines, delimiter=separator))
        for row in rows:
            for name in row:
                if kind(path.stem, name) in NUMBERS and separator == ";":
                    row[name] = row[name].replace(",", ".")
        tables[path.stem] = rows
    return tables


def kind(table: str, column: str) -> ColumnKind | None:
    found = LAYOUTS[table].column(column)
    return found.kind if found else None


def csv_form(separator: str, sign: str, encoding: str, line_end: str) -> Callable[[Path, Path], Path]:
    def write(case: Path, target: Path) -> Path:
        target.mkdir()
        shutil.copy(case / "afspraak.toml", target)
        for table, rows in read(case).items():
            with (target / f"{table}.csv").open("w", encoding=encoding, newline="") as file:
                writer = csv.writer(file, delimiter=separator, lineterminator=line_end)
                writer.writerow(rows[0])
                for row in rows:
                    numbers = {name for name in row if kind(table, name) in NUMBERS}
                    writer.writerow(v.replace(".", sign) if name in numbers else v for name, v in row.items())
        return target

    return write


def parquet(
    number: Callable[[str], object], kind_of_number: pl.DataType | type[pl.DataType]
) -> Callable[[Path, Path], Path]:
    def write(case: Path, target: Path) -> Path:
        target.mkdir()
        shutil.copy(case / "afspraak.toml", target)
        for table, rows in read(case).items():
            columns = {}
            for name in rows[0]:
                cells = [row[name] or None for row in rows]
                if kind(table, name) in NUMBERS:
                    columns[name] = pl.Series(name, [number(c) if c else None for c in cells], dtype=kind_of_number)
                elif kind(table, name) is ColumnKind.YEAR:
                    columns[name] = pl.Series(name, [int(c) if c else None for c in cells], dtype=pl.Int32)
                else:
                    columns[name] = pl.Series(name, cells, dtype=pl.String)
            pl.DataFrame(columns).write_parquet(target / f"{table}.parquet")
        return target

    return write


def workbook(case: Path, target: Path) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("afspraak")
    sheet.append(["onderdeel", "sleutel", "waarde", "toelichting"])
    for row in agreement_rows(case / "afspraak.toml"):
        sheet.append(row)
    for table, rows in read(case).items():
        sheet = book.create_sheet(table)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([typed(table, name, cell) for name, cell in row.items()])
    path = target.with_suffix(".xlsx")
    book.save(path)
    return path


def typed(table: str, column: str, cell: str) -> object:
    if not cell:
        return None
    if kind(table, column) in NUMBERS:
        return float(cell)
    return int(cell) if kind(table, column) is ColumnKind.YEAR else cell


def agreement_rows(path: Path) -> list[list[object]]:
    rows: list[list[object]] = []

    def section(name: str, values: dict[str, object]) -> None:
        for key, value in values.items():
            if isinstance(value, dict):
                section(f"{name}.{key}", value)
            else:
                shown = "; ".join(map(str, value)) if isinstance(value, list) else value
                rows.append([name, key, float(shown) if isinstance(shown, Decimal) else shown])

    for name, values in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).items():
        for number, one in enumerate(values if isinstance(values, list) else [values], start=1):
            section(f"{name} {number}" if isinstance(values, list) else name, one)
    return rows


FORMS: dict[str, Callable[[Path, Path], Path]] = {
    "comma and point": csv_form(",", ".", "utf-8", "\n"),
    "comma and point, byte order mark, CRLF": csv_form(",", ".", "utf-8-sig", "\r\n"),
    "semicolon and comma": csv_form(";", ",", "utf-8", "\n"),
    "semicolon and comma, byte order mark, CRLF": csv_form(";", ",", "utf-8-sig", "\r\n"),
    "semicolon and comma, old Mac line ends": csv_form(";", ",", "utf-8", "\r"),
    "tab and comma": csv_form("\t", ",", "utf-8-sig", "\r\n"),
    "Parquet, floats": parquet(float, pl.Float64),
    "Parquet, floats of half the width": parquet(float, pl.Float32),
    "Parquet, decimals": parquet(Decimal, pl.Decimal(20, 6)),
    "Parquet, text": parquet(str, pl.String),
    "workbook": workbook,
}
