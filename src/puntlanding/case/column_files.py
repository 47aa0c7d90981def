"""CSV and Parquet files as columns of text, for the fast reader: accepted whole, or left to the row reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.case.csv_file import LONGEST_CELL
from puntlanding.case.layout import LAYOUTS, ColumnKind
from puntlanding.files.parquet_form import is_parquet
from puntlanding.files.text_form import SNIFFED, find_separator, not_text, plain_line_ends

if TYPE_CHECKING:
    import polars as pl

SPACE = " \t\u00a0"
_NUMBERS = frozenset({ColumnKind.NUMBER, ColumnKind.YEAR})


class DoubtError(Exception):
    """This file is for the row reader."""


def require(condition: object) -> None:
    if not condition:
        raise DoubtError


def read_columns(path: Path, name: str) -> tuple[pl.DataFrame, str | None]:
    """All cells as stripped text, with the spreadsheet row of each line; empty lines left out. The separator is the CSV's.

    Raises DoubtError where anything about the file is not plain.
    """
    if path.suffix.lower() == ".parquet":
        return _read_parquet(path, name), None
    return _read_csv(path, name)


def _read_parquet(path: Path, name: str) -> pl.DataFrame:
    """Typed numbers become the text they print as; text that may be a broken number needs a notation: for the row reader."""
    import polars as pl

    require(is_parquet(path))
    try:
        frame = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise DoubtError from error
    titles = frame.columns
    _check_titles(titles, name)
    texts = []
    for title, dtype in frame.schema.items():
        column = LAYOUTS[name].column(title)
        as_number = column is not None and column.kind in _NUMBERS
        require(dtype == pl.String or dtype.is_integer() or (dtype == pl.Float64 and as_number))
        if dtype == pl.String:
            require(not as_number or not frame[title].str.contains(r"[.,]").any())
        else:
            texts.append(pl.col(title).cast(pl.String).str.replace(r"\.0$", ""))
    return _stripped(frame.with_columns(texts).with_row_index("row", 2), titles)


def _check_titles(titles: list[str], name: str) -> None:
    layout = LAYOUTS[name]
    require(len(set(titles)) == len(titles) and all(layout.column(title) for title in titles))
    require(all(column.name in titles for column in layout.columns if column.required))


def _stripped(frame: pl.DataFrame, titles: list[str]) -> pl.DataFrame:
    import polars as pl

    longest = frame.select(pl.max_horizontal(pl.col(titles).str.len_bytes().max())).item()
    require(longest is None or longest <= LONGEST_CELL)
    empty = pl.all_horizontal(pl.col(title).is_null() | (pl.col(title) == "") for title in titles)
    return frame.with_columns(pl.col(titles).str.strip_chars(SPACE)).filter(~empty)


def _read_csv(path: Path, name: str) -> tuple[pl.DataFrame, str]:
    import polars as pl

    require(not_text(path) is None)
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    require(plain_line_ends(path))
    header = head.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").removesuffix("\r")
    separator = find_separator(header)
    require(separator is not None and not any(sign in header for sign in '#"\r\ufffd'))
    try:
        # glob: in a folder called case[1], Polars would otherwise read the files of a folder case1
        frame = pl.read_csv(
            path, separator=separator or ",", infer_schema=False, row_index_name="row", row_index_offset=2, glob=False
        )
    except pl.exceptions.PolarsError as error:
        raise DoubtError from error
    titles = [title.strip(SPACE) for title in header.split(separator)]
    require(len(titles) == frame.width - 1)
    _check_titles(titles, name)
    frame.columns = ["row", *titles]
    frame = _stripped(frame, titles)
    if frame[titles[-1]].has_nulls():
        _whole_rows(path, separator or ",", len(titles))
    return frame, separator or ","


def _whole_rows(path: Path, separator: str, width: int) -> None:
    """Polars fills up a row that is too short with the same nulls as it gives for empty cells at the end of a whole one."""
    import polars as pl

    text = path.read_bytes().decode("utf-8", errors="replace")
    require('"' not in text)
    lines = pl.Series(text.split("\n"))
    blank = lines.str.strip_chars(SPACE + "\r") == ""
    require((blank | (lines.str.count_matches(separator, literal=True) == width - 1)).all())
