"""Whether a file is what its name says, by what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from puntlanding.problems import Problem
from puntlanding.web.upload_names import suffix
from puntlanding.web.upload_packed import (
    BROKEN,
    Bounds,
    EndlessError,
    declared_problems,
    entries,
    true_problems,
    unpacked,
)
from puntlanding.web.upload_parquet import NotParquetError, told

HEAD = 1 << 16
Words = tuple[str, str]

TEXT = (".csv", ".txt", ".asc", ".toml")
WORKBOOKS = (".xlsx", ".xlsm")
PACKED = ".zip"
PARQUET = ".parquet"

_WANTED: Mapping[str, Words] = {
    **dict.fromkeys(TEXT, ("tekst", "text")),
    **dict.fromkeys(WORKBOOKS, ("een werkmap", "a workbook")),
    PACKED: ("een zip-bestand", "a zip file"),
    PARQUET: ("Parquet", "Parquet"),
}
_SIGNS: tuple[tuple[bytes, Words], ...] = (
    (b"PK\x03\x04", ("een ingepakt bestand (zip of een werkmap)", "a packed file (zip or a workbook)")),
    (b"PK\x05\x06", ("een leeg zip-bestand", "an empty zip file")),
    (b"PAR1", ("Parquet", "Parquet")),
    (b"%PDF", ("een PDF", "a PDF")),
    (b"\x89PNG", ("een afbeelding", "an image")),
    (b"\xff\xd8\xff", ("een afbeelding", "an image")),
    (b"GIF8", ("een afbeelding", "an image")),
    (b"\xd0\xcf\x11\xe0", ("een oud Office-bestand (.xls)", "an old Office file (.xls)")),
    (b"\x1f\x8b", ("een gz-bestand", "a gz file")),
    (b"7z\xbc\xaf", ("een 7z-bestand", "a 7z file")),
    (b"Rar!", ("een rar-bestand", "a rar file")),
    (b"MZ", ("een programma", "a program")),
    (b"\x7fELF", ("een programma", "a program")),
)
_MARKUP = ("een webpagina of XML", "a web page or XML")
_BINARY = ("geen leesbare tekst", "no readable text")
_MARKS = (b"\xef\xbb\xbf",)
_WORKBOOK = "xl/workbook."


def content_problems(name: str, file: BinaryIO, size: int, bounds: Bounds, *, deep: bool) -> Iterator[Problem]:
    """``deep``: unpack what is packed, which takes as long as reading it does."""
    if not size:
        yield Problem("upload_empty", name)
        return
    file.seek(0)
    head, kind = file.read(HEAD), suffix(name)
    if kind in TEXT:
        yield from _text(name, head)
    elif kind == PARQUET:
        yield from _parquet(name, file, size, bounds)
    else:
        yield from _packed(name, file, head, bounds, deep=deep)


def rows_in(name: str, file: BinaryIO, size: int) -> int:
    """About how many rows reading it takes; of a sheet also what its cells say that it has no row for. The file is sound."""
    kind = suffix(name)
    if kind == PARQUET:
        return told(file, size).rows
    if kind in WORKBOOKS:
        sheets = (one for one in entries(file) if one.filename.lower().endswith(".xml"))
        return sum(part.count(b"<row") + part.count(b"<c ") // 10 for one in sheets for part in unpacked(file, one))
    file.seek(0)
    return sum(max(part.count(b"\n"), part.count(b"\r")) for part in iter(lambda: file.read(HEAD), b""))


def other(name: str, found: Words) -> Problem:
    return Problem("upload_content", name, details={"wanted": _WANTED[suffix(name)], "found": found})


def found_in(head: bytes) -> Words | None:
    """What the first bytes are of; None where nothing says so."""
    for sign, words in _SIGNS:
        if head.startswith(sign) and not (sign == b"MZ" and b"\0" not in head):  # a column may be called so
            return words
    plain = head.removeprefix(_MARKS[0]).lstrip()
    return _MARKUP if plain.startswith(b"<") else None


def _text(name: str, head: bytes) -> Iterator[Problem]:
    found = found_in(head)
    if found is None and b"\0" in head:
        found = _BINARY
    if found is not None:
        yield other(name, found)


def _parquet(name: str, file: BinaryIO, size: int, bounds: Bounds) -> Iterator[Problem]:
    file.seek(0)
    head = file.read(HEAD)
    if not head.startswith(b"PAR1"):
        yield other(name, found_in(head) or _BINARY)
        return
    try:
        about = told(file, size)
    except NotParquetError:
        yield Problem("upload_broken", name)
        return
    if max(about.unpacked, about.rows) > bounds.unpacked:
        yield Problem("upload_bomb", name, details=bounds.told)


def _packed(name: str, file: BinaryIO, head: bytes, bounds: Bounds, *, deep: bool) -> Iterator[Problem]:
    if not head.startswith(b"PK\x03\x04"):
        yield other(name, found_in(head) or _BINARY)
        return
    try:
        found = entries(file)
    except EndlessError:
        yield Problem("upload_bomb", name, details=bounds.told)
        return
    except BROKEN:
        yield Problem("upload_broken", name)
        return
    names = {one.filename for one in found}
    is_workbook = any(one.startswith(_WORKBOOK) for one in names) and "[Content_Types].xml" in names
    if suffix(name) in WORKBOOKS and not is_workbook:
        yield other(name, _WANTED[PACKED])
        return
    if suffix(name) == PACKED and is_workbook:
        yield other(name, _WANTED[".xlsx"])
        return
    problems = list(declared_problems(name, found, bounds))
    yield from problems
    if deep and not problems:
        yield from true_problems(name, file, found)
