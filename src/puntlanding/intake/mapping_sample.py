"""A look at the files of a delivery: their column names and some of their rows, from all over the file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from puntlanding.files.parquet_form import is_parquet
from puntlanding.files.rows_form import BLOCK
from puntlanding.files.text_form import find_separator, not_text
from puntlanding.files.workbook_form import DAMAGE, not_a_workbook, open_workbook, sheet_rows
from puntlanding.intake.convert import SPACE
from puntlanding.intake.places import SUFFIXES
from puntlanding.intake.typed_tables import WORKBOOKS, as_text, cell_text, plain_type
from puntlanding.problems import InputError, Problem, os_reason

WINDOW = 1 << 18  # bytes at the start, in the middle and at the end: exports are often sorted by date
ROWS = 5000
# A first row of data instead of names: shown to nobody, for it may be a patient's.
_DATA = re.compile(r"[\d\s.,:/+-]+")


@dataclass(frozen=True, slots=True)
class Sample:
    """``columns``: title → the filled cells that were looked at. Titles that stand twice or are empty are left out."""

    file: str
    sheet: str | None
    encoding: str
    columns: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Looked:
    samples: list[Sample]
    unreadable: list[Problem]


def look(source: Path) -> Looked:
    """Raises InputError where there is nothing to look at; a file that is no table is listed with the reason."""
    found = Looked([], [])
    for path in _files(source):
        try:
            found.samples.extend(_samples(path))
        except InputError as error:
            found.unreadable.extend(error.problems)
        except OSError as error:
            found.unreadable.append(Problem("unreadable", path.name, details={"reason": os_reason(error)}))
    return found


def _files(source: Path) -> list[Path]:
    try:
        if source.is_file():
            return [source]
        if not source.is_dir():
            raise InputError([Problem("source_not_found", source.name, value=str(source))])
        known = (*SUFFIXES, *WORKBOOKS)
        found = [one for one in sorted(source.iterdir()) if one.suffix.lower() in known and one.is_file()]
    except OSError as error:
        raise InputError([Problem("unreadable", source.name, details={"reason": os_reason(error)})]) from error
    if not found:
        raise InputError([Problem("source_without_tables", source.name, details={"known": ", ".join(known)})])
    return found


def _samples(path: Path) -> Iterator[Sample]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        yield from _of_workbook(path)
    elif suffix == ".parquet":
        yield _of_parquet(path)
    else:
        yield _of_text(path)


def _sample(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]], **about: str | None) -> Sample:
    titles = [title.strip(SPACE + "\ufeff\r\n") for title in header]
    if any(_DATA.fullmatch(title) for title in titles if title):
        raise InputError([Problem("no_column_names", path.name, 1)])
    kept = [list(row) for row in rows]
    columns = {
        title: [text for row in kept if at < len(row) and (text := row[at].strip(SPACE))]
        for at, title in enumerate(titles)
        if title and titles.count(title) == 1
    }
    return Sample(path.name, about.get("sheet"), about.get("encoding") or "utf-8", columns)


def _of_text(path: Path) -> Sample:
    if (problem := not_text(path)) is not None:
        raise InputError([problem])
    encoding = "utf-8" if _is_utf8(path) else "windows-1252"
    windows = [window.decode(encoding, errors="replace") for window in _windows(path)]
    first = windows[0].removeprefix("\ufeff")
    separator = find_separator(first.partition("\n")[0])
    if separator is None:
        raise InputError([Problem("no_column_names", path.name, 1)])
    header, *rows = list(_rows(first, separator)) or [[]]
    for window in windows[1:]:
        rows.extend(_rows(window, separator))
    return _sample(path, header, (row for row in rows if len(row) == len(header)), encoding=encoding)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
    return True


def _windows(path: Path) -> list[bytes]:
    """Whole lines only; the first window begins with the header."""
    size = path.stat().st_size
    starts = [0] if size <= 3 * WINDOW else [0, size // 2, size - WINDOW]
    found = []
    with path.open("rb") as file:
        for start in starts:
            file.seek(start)
            data = file.read(3 * WINDOW if len(starts) == 1 else WINDOW)
            if start:
                data = data.partition(b"\n")[2]
            if start + WINDOW < size and len(starts) > 1:
                data = data.rpartition(b"\n")[0]
            found.append(data)
    return found


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Up to the first row that no reader understands: a sample need not be complete."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for _ in range(ROWS):
        try:
            yield next(reader)
        except (csv.Error, StopIteration):
            return


def _of_parquet(path: Path) -> Sample:
    damaged = Problem("not_parquet", path.name, details={"size": path.stat().st_size})
    if not is_parquet(path):
        raise InputError([damaged])
    try:
        frame = pl.read_parquet(path.absolute(), n_rows=ROWS, glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise InputError([damaged]) from error
    kept = [name for name, kind in frame.schema.items() if plain_type(kind)]
    texts = frame.select(as_text(frame[name]).fill_null("") for name in kept)
    return _sample(path, kept, texts.iter_rows())


def _of_workbook(path: Path) -> Iterator[Sample]:
    if (problem := not_a_workbook(path)) is not None:
        raise InputError([problem])
    try:
        with path.open("rb") as file:
            for sheet in open_workbook(file, data_only=True).worksheets:
                rows = [
                    [cell_text(cell) or "" for cell in cells]
                    for number, cells in sheet_rows(sheet, values_only=True)
                    if number <= ROWS
                ]
                if rows:
                    yield _sample(path, rows[0], rows[1:], sheet=sheet.title)
    except DAMAGE as error:
        raise InputError([Problem("not_workbook", path.name, details={"size": path.stat().st_size})]) from error
