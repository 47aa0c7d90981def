"""The one door for files that somebody sends: what may come in, and what is said of everything that may not, all at once.

``received(request.FILES.getlist("bestanden"), exports())``. What was sent lies on disk encrypted (`upload_handler.py`) and is gone when the
request is over, unless it is kept. Names and contents are checked here; who may send anything at all is the page's permission.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from puntlanding.problems import InputError, Problem
from puntlanding.web.snapshots import MOST_FILES, SUFFIXES
from puntlanding.web.upload_content import PACKED, content_problems, rows_in
from puntlanding.web.upload_names import SHOWN, name_problem, same_names, suffix
from puntlanding.web.upload_packed import BROKEN, Bounds, entries, unpacked

_MB = 1 << 20
MOST_ROWS = 1_000_000  # of a case: a large budget has half of that; they are read while somebody waits
_UNPACKED = 8  # times what may be sent: a workbook or a column of codes packs so
_SKIPPED = ("__MACOSX/",)  # what a Mac adds to a zip of its own accord
EXPORT_SUFFIXES = (".csv", ".txt", ".asc", ".parquet", ".xlsx", ".xlsm", ".toml", PACKED)


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes. ``deep``: packed files are unpacked to see whether they say true, and a zip becomes the files in it."""

    suffixes: tuple[str, ...]
    each: int
    together: int
    files: int
    deep: bool
    rows: int = 0  # of all tables together; 0: whoever reads them counts

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.together * _UNPACKED)


def exports() -> Limits:
    """A hospital's exports: large, and looked into further by who reads them."""
    most = settings.UPLOAD_MB * _MB
    return Limits(EXPORT_SUFFIXES, most, most, MOST_FILES, deep=False)


def case_files() -> Limits:
    """The files of a case, or a zip of them."""
    most = settings.CASE_MB * _MB
    return Limits((*SUFFIXES, PACKED), most, most, MOST_FILES, deep=True, rows=MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that passed. ``name`` is safe as the name of a file."""

    name: str
    size: int
    file: BinaryIO

    def read(self) -> bytes:
        self.file.seek(0)
        return self.file.read()


def received(files: Sequence[UploadedFile[Any]], limits: Limits) -> Mapping[str, Upload]:
    """Name → file, in the order in which they were sent. Raises InputError with everything that is wrong with any of them."""
    found = list(_too_much(files, limits))
    uploads: list[Upload] = []
    for one in files:
        problems = list(_problems(one, limits))
        found += problems
        if not problems:
            inside, wrong = _inside(_upload(one), limits)
            uploads += inside
            found += wrong
    found += same_names(one.name for one in uploads)
    if limits.rows and not found and sum(rows_in(one.name, one.file, one.size) for one in uploads) > limits.rows:
        found.append(Problem("upload_rows", "-", details={"most": limits.rows}))
    if not found and not uploads:
        found.append(Problem("upload_none", "-"))
    if found:
        raise InputError(found)
    return {one.name: one for one in uploads}


def _too_much(files: Sequence[UploadedFile[Any]], limits: Limits) -> Iterator[Problem]:
    if len(files) > limits.files:
        yield Problem("upload_too_many", "-", details={"most": limits.files})
    if len(files) > 1 and sum(one.size or 0 for one in files) > limits.together:
        yield Problem("upload_together", "-", details={"megabytes": limits.together // _MB})


def _problems(one: UploadedFile[Any], limits: Limits) -> Iterator[Problem]:
    name, size = one.name or "", one.size or 0
    wrong = name_problem(name)
    if wrong is not None:
        yield wrong
    if suffix(name) not in limits.suffixes:
        yield Problem("upload_kind", name[:SHOWN], details={"known": ", ".join(limits.suffixes)})
        return
    refused = getattr(one, "refused", "")
    if size > limits.each:
        yield Problem("upload_too_large", name[:SHOWN], details={"megabytes": limits.each // _MB})
    elif refused:
        yield Problem("upload_failed", name[:SHOWN], details={"reason": refused})
    elif wrong is None:
        yield from content_problems(name, _binary(one), size, limits.bounds, deep=limits.deep)


def _upload(one: UploadedFile[Any]) -> Upload:
    return Upload(one.name or "", one.size or 0, _binary(one))


def _binary(one: UploadedFile[Any]) -> BinaryIO:
    return cast("BinaryIO", one.file)


def _inside(one: Upload, limits: Limits) -> tuple[list[Upload], list[Problem]]:
    """The files of a zip, in memory; anything else is itself."""
    if suffix(one.name) != PACKED or not limits.deep:
        return [one], []
    try:
        found = zip_members(one.file)
        wrong = list(member_problems(one.name, found, limits))
        if wrong:
            return [], wrong
        made = [Upload(name, entry.file_size, _memory(one.file, entry)) for name, entry in found]
    except BROKEN:
        return [], [Problem("upload_broken", one.name)]
    inner = [problem for each in made for problem in content_problems(each.name, each.file, each.size, limits.bounds, deep=True)]  # fmt: skip
    return made, inner


def zip_members(file: BinaryIO) -> list[tuple[str, zipfile.ZipInfo]]:
    """Under which name each comes out; the one folder that they may all be in falls away. Raises one of BROKEN."""
    found = [one for one in entries(file) if not one.filename.startswith(_SKIPPED)]
    roots = {PurePosixPath(one.filename).parts[:-1] for one in found}
    (root,) = roots if len(roots) == 1 else ((),)
    drop = len(root) if len(root) == 1 and root[0] not in ("..", "/") else 0
    return [("/".join(one.filename.split("/")[drop:]), one) for one in found]


def member_problems(file: str, found: Sequence[tuple[str, zipfile.ZipInfo]], limits: Limits) -> Iterator[Problem]:
    """Names that lead out of the folder, kinds that do not belong, files in files."""
    if len(found) > limits.files:
        yield Problem("upload_too_many", file, details={"most": limits.files})
        return
    if not found:
        yield Problem("upload_empty", file)
    if limits.deep and sum(entry.file_size for _, entry in found) > limits.together:
        yield Problem("upload_bomb", file, details={"megabytes": limits.together // _MB, "entries": limits.files})
    for name, entry in found:
        if name_problem(name) is not None:
            yield Problem("upload_inside", file, value=entry.filename[:SHOWN])
        elif suffix(name) == PACKED or suffix(name) not in limits.suffixes:
            known = ", ".join(one for one in limits.suffixes if one != PACKED)
            yield Problem("upload_inside_kind", file, value=entry.filename[:SHOWN], details={"known": known})
    yield from same_names(name for name, _ in found)


def _memory(file: BinaryIO, entry: zipfile.ZipInfo) -> BinaryIO:
    return io.BytesIO(b"".join(unpacked(file, entry)))
