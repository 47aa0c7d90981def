"""One Parquet file → a raw table; typed numbers stay exact."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.case.raw import Cell, RawTable
from puntlanding.files.parquet_form import is_parquet
from puntlanding.problems import Problem

if TYPE_CHECKING:
    import polars as pl


def read_parquet(path: Path, name: str) -> tuple[RawTable | None, list[Problem]]:
    """The table, or None with what is wrong. Row numbers count the header as row 1, as the same table in a sheet would."""
    size = path.stat().st_size
    if size == 0:
        return None, [Problem("empty_file", path.name)]
    if not is_parquet(path):
        return None, [Problem("not_parquet", path.name, details={"size": size})]
    import polars as pl

    try:
        frame = pl.read_parquet(path, glob=False)  # a folder called case[1] is no pattern
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        return None, [Problem("not_parquet", path.name, details={"size": size})]
    columns = {title: _cells(frame[title]) for title in frame.columns}
    kept = [i for i in range(frame.height) if any(column[i] is not None for column in columns.values())]
    if len(kept) < frame.height:  # empty rows mean as little as they do in a sheet
        columns = {title: [column[i] for i in kept] for title, column in columns.items()}
    return RawTable(name, path.name, columns, [i + 2 for i in kept]), []


def _cells(column: pl.Series) -> list[Cell]:
    import polars as pl

    if column.dtype == pl.Float32:  # as a Python float 4.045 would become 4.045000076…
        return [None if text is None else exact(float(text)) for text in column.cast(pl.String)]
    return [exact(value) for value in column.to_list()]


def exact(value: object) -> Cell:
    """A typed cell without loss: a float is the decimal number that it prints as (4.045, not 4.04499…)."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case int():
            return value
        case float():
            return Decimal(repr(value)) if value == value and abs(value) != float("inf") else str(value)
        case Decimal():
            return value
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value).replace("\u00a0", " ").strip() or None
