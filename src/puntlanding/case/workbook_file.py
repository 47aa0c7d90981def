"""One workbook → raw tables, one per sheet with the name of a table, and the sheet afspraak."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case.parquet_file import exact
from puntlanding.case.raw import Cell, RawTable
from puntlanding.problems import Problem

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LARGEST_UNPACKED = 1 << 30
LARGEST_RATIO = 500


def read_workbook(path: Path, names: Iterable[str]) -> tuple[dict[str, RawTable], list[Problem]]:
    """The sheets among ``names`` that are there. A formula whose outcome was never stored is an error: it cannot be read."""
    problem = _not_a_workbook(path)
    if problem is not None:
        return {}, [problem]
    values = _open(path, data_only=True)
    if values is None:
        return {}, [Problem("not_workbook", path.name, details={"size": path.stat().st_size})]
    tables: dict[str, RawTable] = {}
    problems: list[Problem] = []
    sheets = {title.strip().lower(): title for title in values.sheetnames}
    wanted = [name for name in names if name in sheets]
    formulas = _formulas(path, [sheets[name] for name in wanted])
    for name in wanted:
        label = sheet_label(path, sheets[name])
        table, found = _read_sheet(values[sheets[name]], formulas.get(sheets[name], {}), name, label)
        problems += found
        if table is not None:
            tables[name] = table
    values.close()
    return tables, problems


def sheet_label(path: Path, title: str) -> str:
    return f"{path.name}[{title}]"


def _not_a_workbook(path: Path) -> Problem | None:
    size = path.stat().st_size
    if size == 0:
        return Problem("empty_file", path.name)
    if not zipfile.is_zipfile(path):
        return Problem("not_workbook", path.name, details={"size": size})
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return Problem("not_workbook", path.name, details={"size": size})
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or any(p.file_size > LARGEST_RATIO * max(p.compress_size, 1000) for p in parts):
        return Problem("workbook_unpacks_too_large", path.name, details={"size": unpacked})
    return None


def _open(path: Path, *, data_only: bool) -> Workbook | None:
    import warnings
    from xml.etree.ElementTree import ParseError

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it leaves out; none is data
            return openpyxl.load_workbook(path, read_only=True, data_only=data_only)
    except (InvalidFileException, KeyError, ValueError, ParseError, zipfile.BadZipFile, OSError):
        return None


def _formulas(path: Path, titles: Sequence[str]) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that hold a formula, by sheet: where the stored value is missing too, nothing can be read there."""
    book = _open(path, data_only=False)
    if book is None:
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    for title in titles:
        cells = {}
        for row, cells_of_row in enumerate(book[title].iter_rows(values_only=True), start=1):
            for column, value in enumerate(cells_of_row):
                if isinstance(value, str) and value.startswith("="):
                    cells[(row, column)] = value
        found[title] = cells
    book.close()
    return found


def _read_sheet(
    sheet: Any, formulas: dict[tuple[int, int], str], name: str, label: str
) -> tuple[RawTable | None, list[Problem]]:
    problems: list[Problem] = []
    header: list[str] | None = None
    header_row = 1
    records: list[list[Cell]] = []
    rows: list[int] = []
    for number, raw in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [exact(value) for value in raw]
        if header is None:
            if any(cell is not None for cell in cells) and not str(cells[0] or "").startswith("#"):
                header, header_row = [str(cell).strip() if cell is not None else "" for cell in cells], number
            continue
        for column, title in enumerate(header):
            formula = formulas.get((number, column))
            if title and formula is not None and column < len(cells) and cells[column] is None:
                problems.append(Problem("formula_without_value", label, number, title, formula))
        if any(cell is not None for cell in cells) or any(row == number for row, _ in formulas):
            rows.append(number)
            records.append([*cells, *[None] * (len(header) - len(cells))])
    if header is None:
        return None, [Problem("empty_file", label)]
    columns = {title: [_tidy(record[i]) for record in records] for i, title in enumerate(header) if title}
    twice = {title for title in header if title and header.count(title) > 1}
    problems += [Problem("column_twice", label, header_row, title) for title in sorted(twice)]
    return RawTable(name, label, columns, rows, None, header_row), problems


def _tidy(cell: Cell) -> Cell:
    """A whole number that a spreadsheet stores as 12.0 is 12."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return int(cell)
    return cell
