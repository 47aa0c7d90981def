"""Tables whose cells have types (Parquet, a workbook's sheet) → text, as a CSV of the same table would hold it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from puntlanding.files.parquet_form import is_parquet
from puntlanding.files.workbook_form import DAMAGE, not_a_workbook, open_workbook, sheet_label, sheet_rows
from puntlanding.files.workbook_formulas import formulas_of, without_value
from puntlanding.intake.columns import find_columns, plain
from puntlanding.problems import InputError, Problem
from puntlanding.records.tables import ROW

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

WORKBOOKS = (".xlsx", ".xlsm")
_EXACT = 2.0**53  # whole numbers up to here are themselves as floats


def read_parquet(path: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> pl.DataFrame:
    """As `delimited.read_text_table`. Rows count as in a sheet with the header on row 1."""
    size = path.stat().st_size
    damaged = Problem("not_parquet", path.name, details={"size": size})
    if size == 0:
        raise InputError([Problem("empty_file", path.name)])
    if not is_parquet(path):
        raise InputError([damaged])
    try:
        header = list(pl.read_parquet_schema(path.absolute()))
        found = find_columns(path.name, header, needed, optional)
        titles = {name: header[position] for name, position in found.items()}
        frame = pl.read_parquet(path.absolute(), columns=list(dict.fromkeys(titles.values())), glob=False)
        frame = frame.select(pl.col(title).alias(name) for name, title in titles.items())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise InputError([damaged]) from error
    odd = [Problem("column_type", path.name, None, name) for name, kind in frame.schema.items() if not plain_type(kind)]
    if odd:
        raise InputError(odd)
    return frame.select(as_text(frame[name]) for name in found).with_row_index(ROW, 2)


def plain_type(kind: pl.DataType) -> bool:
    return not (kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration))


def as_text(column: pl.Series) -> pl.Series:
    """Dates as ISO, without a time of day where none has one; 12.0, as tables with gaps hold whole numbers, is 12."""
    kind = column.dtype
    if kind.is_float():
        whole = ((column == column.round()) & (column.abs() < _EXACT)).fill_null(value=False)
        numbers = column.fill_nan(None)
        as_whole = numbers.set(~whole, None).cast(pl.Int64).cast(pl.String)
        return as_whole.zip_with(whole, numbers.cast(pl.String))
    if isinstance(kind, pl.Decimal):
        return column.cast(pl.String).str.replace(r"\.0+$", "")
    if isinstance(kind, pl.Datetime):
        midnight = (column.dt.time() == time()).all()
        return column.dt.to_string("%Y-%m-%d" if midnight else "%Y-%m-%dT%H:%M:%S")
    text = column.cast(pl.String)
    return text.replace("", None) if kind == pl.String else text


def read_sheet(path: Path, needed: Sequence[str], optional: Sequence[str], sheet: str | None) -> pl.DataFrame:
    """As `delimited.read_text_table`; without ``sheet`` the workbook's only one."""
    if (problem := not_a_workbook(path)) is not None:
        raise InputError([problem])
    try:
        with path.open("rb") as file:  # openpyxl would leave a damaged file open
            return _read_sheet(path, open_workbook(file, data_only=True), needed, optional, sheet)
    except DAMAGE as error:
        raise InputError([Problem("not_workbook", path.name, details={"size": path.stat().st_size})]) from error


def sheet_titles(path: Path) -> list[str]:
    if (problem := not_a_workbook(path)) is not None:
        raise InputError([problem])
    try:
        with path.open("rb") as file:
            return [sheet.title for sheet in open_workbook(file, data_only=True).worksheets]
    except DAMAGE as error:
        raise InputError([Problem("not_workbook", path.name, details={"size": path.stat().st_size})]) from error


def _read_sheet(
    path: Path, book: Workbook, needed: Sequence[str], optional: Sequence[str], sheet: str | None
) -> pl.DataFrame:
    titles = [one.title for one in book.worksheets]
    chosen = [one for one in titles if sheet is None or plain(one) == plain(sheet)]
    if len(chosen) != 1:
        code = "sheet_not_found" if sheet is not None else "sheet_not_named"
        raise InputError([Problem(code, path.name, value=sheet, details={"sheets": ", ".join(titles)})])
    label = sheet_label(path, chosen[0])
    formulas = formulas_of(path, chosen)[chosen[0]]
    cells_of = (lambda row: [cell.value for cell in row]) if formulas else list
    rows = sheet_rows(book[chosen[0]], values_only=not formulas)
    number, first = next(rows, (0, ()))
    cells = cells_of(first)
    header = ["" if cell is None else str(cell) for cell in cells]
    if number != 1 or not any(header):
        raise InputError([Problem("empty_file" if not number else "sheet_header", label)])
    found = find_columns(label, header, needed, optional)
    places: list[int] = []
    columns: list[list[str | None]] = [[] for _ in found]
    problems = []
    for number, row in rows:
        for position in without_value(row, formulas.get(number, {})):
            title = next((name for name, at in found.items() if at == position), None)
            if title is not None:
                problems.append(Problem("formula_without_value", label, number, title))
        cells = cells_of(row)
        if any(cell is not None for cell in cells):
            places.append(number)
            for column, position in zip(columns, found.values(), strict=True):
                column.append(cell_text(cells[position]) if position < len(cells) else None)
    if problems:
        raise InputError(problems)
    texts = {name: pl.Series(name, column, pl.String) for name, column in zip(found, columns, strict=True)}
    return pl.DataFrame({ROW: pl.Series(ROW, places, pl.UInt32), **texts})


def cell_text(cell: Any) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < _EXACT:
            return str(int(cell))
        case _:
            return str(cell)
