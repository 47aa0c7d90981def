"""A table that a hospital exported (CSV or other delimited text, Parquet, a workbook's sheet) → its columns as text."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from puntlanding.files.rows_form import BLOCK, LONGEST_CELL, Rows, fields_and_rows, scan
from puntlanding.files.rows_form import plain as plain_form
from puntlanding.files.text_form import SEPARATORS, SNIFFED, find_separator, not_text
from puntlanding.intake.columns import find_columns, plain
from puntlanding.intake.convert import FIRST_DAY
from puntlanding.intake.typed_tables import WORKBOOKS, read_parquet, read_sheet
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.tables import ROW

T = TypeVar("T")
COUNTED = 1 << 20  # bytes at a time, so that they stay within a processor's cache
# One byte per character, and the same bytes as UTF-8 for separators, quotes and line ends.
ENCODINGS: Mapping[str, str] = {
    "utf-8": "utf-8",
    "cp1252": "cp1252",
    "iso8859-1": "latin-1",
    "iso8859-15": "iso8859-15",
}


def read_text_table(
    path: Path,
    needed: Sequence[str],
    optional: Sequence[str] = (),
    *,
    encoding: str = "utf-8",
    sheet: str | None = None,
    packed: Collection[str] = (),
    hoped: Mapping[str, pl.DataType] | None = None,
) -> pl.DataFrame:
    """The wanted columns as text, under the names asked for, with `ROW` as a spreadsheet counts; empty cells are null.

    ``packed`` columns, in which few different texts stand, come as Categorical where that is possible, and ``hoped`` ones
    with that type where every single value has it.

    Names match whatever their case and the blanks around them; an optional column that is not there is not in the result.
    Rows without any cell are left out. Raises InputError where the file is not, whole and beyond doubt, such a table.
    """
    try:
        if not path.is_file():
            raise InputError([Problem("source_not_found", path.name)])
        if path.suffix.lower() == ".parquet":
            return read_parquet(path, needed, optional)
        if path.suffix.lower() in WORKBOOKS:
            return read_sheet(path, needed, optional, sheet)
        return _read_delimited(path, needed, optional, encoding, packed, hoped or {})
    except OSError as error:
        raise InputError([Problem("unreadable", path.name, details={"reason": os_reason(error)})]) from error


def _read_delimited(
    path: Path,
    needed: Sequence[str],
    optional: Sequence[str],
    encoding: str,
    packed: Collection[str],
    hoped: Mapping[str, pl.DataType],
) -> pl.DataFrame:
    codec = ENCODINGS.get(_codec(encoding))
    if codec is None:
        details = {"known": ", ".join(["utf-8", "windows-1252", "iso-8859-1", "iso-8859-15"])}
        raise InputError([Problem("encoding_unknown", path.name, value=encoding, details=details)])
    if (problem := not_text(path)) is not None:
        raise InputError([problem])
    data = None if codec == "utf-8" else _as_utf8(path, codec)
    head = _head(path, data)
    header, separator = _header(path.name, head, needed)
    found = find_columns(path.name, header, needed, optional)
    if data is None and len(set(found.values())) == len(header):
        whole = _read_plain(path, separator, found, packed, hoped)
        if whole is not None:
            return whole
    rows = scan(_blocks(path, data, head), path.name, separator, len(header))
    if rows.problems:
        raise InputError(rows.problems)
    # An absolute path: Polars gives a meaning of its own to "~" and "s3:" at the start, and to "*" without `glob`.
    source = data if data is not None else path.absolute()
    positions = sorted(set(found.values()))
    frame = _parse(path.name, source, separator, positions, rows)
    frame = frame.select(frame.to_series(positions.index(at)).alias(name) for name, at in found.items())
    frame = frame.with_row_index(ROW, 2)
    if rows.quoted:  # "" between quotes is an empty cell as well
        frame = frame.with_columns(pl.col(name).replace("", None) for name in found)
    return _without_empty_rows(path.name, frame, source, separator, len(header), rows)


def _read_plain(
    path: Path,
    separator: str,
    found: Mapping[str, int],
    packed: Collection[str],
    hoped: Mapping[str, pl.DataType],
) -> pl.DataFrame | None:
    """A file without a single quote of which all columns are wanted; None where anything about it is not plain.

    Polars refuses a row that is too long, as long as it reads all columns, and fills up one that is too short. So where
    the last column is filled in every row, every row is whole; else the separators are counted, which then shows the same.
    """
    signs = _Signs()
    if not _of_blocks(path, lambda blocks: plain_form(signs.seen(blocks))):
        return None
    if signs.found:
        hoped = {name: kind for name, kind in hoped.items() if kind != pl.Date}
    names = sorted(found, key=lambda name: found[name])
    texts = {name: pl.Categorical() if name in packed else pl.String() for name in names}
    frame = None
    if hoped:
        frame = _typed(path, separator, {name: hoped.get(name, kind) for name, kind in texts.items()})
    if frame is None:
        frame = _typed(path, separator, texts)
    if frame is None:
        return None
    if frame[names[-1]].has_nulls():
        fields, rows = _of_blocks(path, lambda blocks: fields_and_rows(blocks, separator))
        empty = frame.select(pl.all_horizontal(pl.all().is_null()).any()).item()
        if empty or rows != frame.height + 1 or fields != rows * (len(names) - 1):
            return None
    longest = frame.select(pl.max_horizontal(pl.lit(0), pl.col(pl.String).str.len_bytes().max())).item()
    return frame.select(list(found)).with_row_index(ROW, 2) if longest <= LONGEST_CELL else None


class _Signs:
    """Whether a slash or a point stands anywhere: Polars reads 31-01-2025, 31/01/2025 and 31.01.2025 in one column as dates,
    where a column has one way of writing them and anything else in it is told.
    """

    def __init__(self) -> None:
        self.found = False

    def seen(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        for block in blocks:
            self.found = self.found or b"/" in block or b"." in block
            yield block


def _typed(path: Path, separator: str, types: Mapping[str, pl.DataType]) -> pl.DataFrame | None:
    try:
        frame = pl.read_csv(path.absolute(), separator=separator, schema=types, quote_char=None, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    strange = [~pl.col(pl.Date).is_between(FIRST_DAY, date.max).all(), pl.lit(value=False)]  # as text they are told
    return None if frame.select(pl.any_horizontal(strange)).item() else frame


def _of_blocks(path: Path, ask: Callable[[Iterator[bytes]], T]) -> T:
    with path.open("rb") as file:
        return ask(iter(lambda: file.read(COUNTED), b""))


def _parse(name: str, source: bytes | Path, separator: str, columns: list[int], rows: Rows) -> pl.DataFrame:
    """Every row was found whole just before, so an error means that the file is another now; its text may hold a row."""
    try:
        frame = pl.read_csv(
            source, separator=separator, columns=columns, infer_schema=False, glob=False,
            quote_char='"' if rows.quoted else None,
        )  # fmt: skip
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise InputError([Problem("file_changed", name)]) from None
    if frame.height != rows.count - 1:
        raise InputError([Problem("file_changed", name)])
    return frame


def _without_empty_rows(
    name: str, frame: pl.DataFrame, source: bytes | Path, separator: str, width: int, rows: Rows
) -> pl.DataFrame:
    """Lines that are empty or hold separators only, as spreadsheets leave them, go. Where just the wanted cells are empty, the row stays."""
    empty = frame.select(pl.all_horizontal(pl.exclude(ROW).is_null())).to_series()
    if not empty.any():
        return frame
    every = _parse(name, source, separator, list(range(width)), rows)
    wholly = every.select(pl.all_horizontal(pl.all().is_null() | (pl.all() == ""))).to_series()
    return frame.filter(~wholly)


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return ""


def _as_utf8(path: Path, codec: str) -> bytes:
    data = path.read_bytes()
    try:
        return data.decode(codec).encode("utf-8")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        details = {"byte": f"0x{data[error.start]:02X}", "encoding": codec}
        raise InputError(
            [Problem("text_not_encoding", path.name, row, details=details)]
        ) from None  # the error holds the text


def _head(path: Path, data: bytes | None) -> bytes:
    if data is not None:
        return data[:SNIFFED]
    with path.open("rb") as file:
        return file.read(SNIFFED)


def _blocks(path: Path, data: bytes | None, head: bytes) -> Iterator[bytes]:
    """Without the byte order mark: it would stand before the first cell's quote."""
    start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    if data is not None:
        yield from (data[at : at + BLOCK] for at in range(start, len(data), BLOCK))
        return
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK):
            yield block


def _header(name: str, head: bytes, needed: Sequence[str]) -> tuple[list[str], str]:
    """The column names and the separator. The names are shown in no message: the first line may hold data instead."""
    names = {"columns": ", ".join(needed)}
    text = head.decode("utf-8-sig", errors="replace")
    line, end, _ = text.partition("\n")
    if not end and len(head) == SNIFFED:
        raise InputError([Problem("no_table", name, 1, details=names)])
    usual = find_separator(line)
    if usual is None:
        raise InputError([Problem("no_separator", name, 1, details=names)])
    headers = {separator: _titles(text, separator) for separator in sorted(SEPARATORS, key=lambda one: one != usual)}
    wanted = {plain(one) for one in needed}
    for separator, header in headers.items():  # a column's own name may hold more commas than the line has semicolons
        if header is not None and len(header) > 1 and wanted <= {plain(title) for title in header}:
            return header, separator
    header = headers[usual]
    if header is None:
        raise InputError([Problem("quotes", name, 1)])
    return header, usual


def _titles(text: str, separator: str) -> list[str] | None:
    """None where the quotes of the first row do not match."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return None
