"""One workbook → raw tables, one per sheet with the name of a table, and the sheet afspraak."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case.csv_file import header_problems
from puntlanding.case.parquet_file import exact
from puntlanding.case.raw import Cell, RawTable
from puntlanding.files.workbook_form import DAMAGE, not_a_workbook, open_workbook, sheet_label, sheet_rows
from puntlanding.files.workbook_formulas import Formulas, formulas_of, without_value
from puntlanding.problems import Problem

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook


def read_workbook(path: Path, names: Iterable[str]) -> tuple[dict[str, RawTable], list[Problem]]:
    """The sheets among ``names`` that are there. A formula whose outcome was never stored is an error: it cannot be read."""
    problem = not_a_workbook(path)
    if problem is not None:
        return {}, [problem]
    try:
        with path.open("rb") as file:  # openpyxl would leave a damaged file open
            return _read_sheets(path, open_workbook(file, data_only=True), names)
    except DAMAGE:
        return {}, [Problem("not_workbook", path.name, details={"size": path.stat().st_size})]


def _read_sheets(path: Path, values: Workbook, names: Iterable[str]) -> tuple[dict[str, RawTable], list[Problem]]:
    tables: dict[str, RawTable] = {}
    problems: list[Problem] = []
    sheets = {sheet.title.strip().lower(): sheet.title for sheet in values.worksheets}
    wanted = [name for name in names if name in sheets]
    formulas = formulas_of(path, [sheets[name] for name in wanted])
    for name in wanted:
        label = sheet_label(path, sheets[name])
        table, found = _read_sheet(values[sheets[name]], formulas[sheets[name]], name, label)
        problems += found
        if table is not None:
            tables[name] = table
    return tables, problems


def _read_sheet(sheet: Any, formulas: Formulas, name: str, label: str) -> tuple[RawTable | None, list[Problem]]:
    problems: list[Problem] = []
    header: list[str] | None = None
    header_row = 1
    records: list[list[Cell]] = []
    rows: list[int] = []
    unreadable: set[tuple[int, str]] = set()
    for number, cells_of_row in sheet_rows(sheet, values_only=not formulas):
        cells = [exact(cell.value if formulas else cell) for cell in cells_of_row]
        if header is None:
            if any(cell is not None for cell in cells) and not str(cells[0] or "").startswith("#"):
                header, header_row = [str(cell).strip() if cell is not None else "" for cell in cells], number
            continue
        header += [""] * (len(cells) - len(header))
        unknown = without_value(cells_of_row, formulas.get(number, {}))
        for column, formula in unknown.items():
            if header[column]:
                problems.append(Problem("formula_without_value", label, number, header[column], formula))
                cells[column] = formula
                unreadable.add((number, header[column]))
        if any(cell is not None for cell in cells):
            rows.append(number)
            records.append(cells)
    if header is None:
        return None, [Problem("empty_file", label)]
    width = len(header)
    full = [[*record, *[None] * (width - len(record))] for record in records]
    columns = {title: [_tidy(record[i]) for record in full] for i, title in enumerate(header) if title}
    problems += header_problems(header, full, label, header_row)
    return RawTable(name, label, columns, rows, None, header_row, frozenset(unreadable)), problems


def _tidy(cell: Cell) -> Cell:
    """A whole number that a spreadsheet stores as 12.0 is 12."""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return int(cell)
    return cell
