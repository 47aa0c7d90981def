"""Opening a workbook that may be damaged, or made to fill the memory."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

from puntlanding.problems import Problem

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

LARGEST_UNPACKED = 1 << 29
LARGEST_RATIO = 200  # sheets full of equal numbers pack some 30 times smaller
# What openpyxl lets through of a damaged file: it reads a sheet only when its rows are asked for.
DAMAGE = (
    KeyError, IndexError, ValueError, TypeError, AttributeError, ParseError, zipfile.BadZipFile, zlib.error,
    NotImplementedError, EOFError, OSError,
)  # fmt: skip


def sheet_label(path: Path, title: str) -> str:
    return f"{path.name}[{title}]"


def not_a_workbook(path: Path) -> Problem | None:
    size = path.stat().st_size
    if size == 0:
        return Problem("empty_file", path.name)
    damaged = Problem("not_workbook", path.name, details={"size": size})
    if not zipfile.is_zipfile(path):
        return damaged
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return damaged
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED or any(p.file_size > LARGEST_RATIO * max(p.compress_size, 10_000) for p in parts):
        return Problem("workbook_unpacks_too_large", path.name, details={"size": unpacked})
    return None


def open_workbook(file: BinaryIO, *, data_only: bool) -> Workbook:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions it leaves out; none is data
        return openpyxl.load_workbook(file, read_only=True, data_only=data_only)


def sheet_rows(sheet: Any, *, values_only: bool) -> Iterator[tuple[int, Sequence[Any]]]:
    """Row number and cells of each row that holds any; the size that a sheet claims to have is not believed."""
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=values_only), start=1):
        if cells:
            yield number, cells
