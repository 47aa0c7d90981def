"""Files that hold files: how large they become, what is in them, and whether they say so truly."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from puntlanding.problems import Problem
from puntlanding.web.upload_names import SHOWN

MOST_ENTRIES = 5_000
MOST_DIRECTORY = MOST_ENTRIES * 1_000  # bytes: the list of what is in it is read whole
_DIRECTORY = 5  # where zipfile keeps its size
MOST_RATIO = 250  # a column of equal codes packs a hundredfold; a bomb a thousandfold
SMALL = 1 << 20  # below this no ratio says anything
_BLOCK = 1 << 18
_LOCKED = 0x1
_DOCTYPE = (b"<!DOCTYPE", b"<!ENTITY")
BROKEN = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Bounds:
    """``unpacked`` in bytes, of all entries together."""

    unpacked: int
    entries: int = MOST_ENTRIES

    @property
    def told(self) -> dict[str, object]:
        return {"megabytes": self.unpacked // 2**20, "entries": self.entries}


class EndlessError(zipfile.BadZipFile):
    """The list of what is in it is so long that reading it would take all memory."""


def entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Folders are left out. Raises EndlessError, or one of BROKEN."""
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # as it will look for it itself
    if end and end[_DIRECTORY] > MOST_DIRECTORY:
        raise EndlessError
    with zipfile.ZipFile(file) as archive:
        return [one for one in archive.infolist() if not one.is_dir()]


def declared_problems(name: str, found: list[zipfile.ZipInfo], bounds: Bounds) -> Iterator[Problem]:
    """By what the file says of itself: seen at once, however large it is."""
    if any(one.flag_bits & _LOCKED for one in found):
        yield Problem("upload_locked", name)
    if any(stat.S_ISLNK(one.external_attr >> 16) for one in found):
        yield Problem("upload_link", name)
    total = sum(one.file_size for one in found)
    too_tight = any(one.file_size > max(SMALL, MOST_RATIO * max(one.compress_size, 1)) for one in found)
    if len(found) > bounds.entries or total > bounds.unpacked or too_tight:
        yield Problem("upload_bomb", name, details=bounds.told)
    if any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in found):
        yield Problem("upload_packing", name)


def true_problems(name: str, file: BinaryIO, found: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """By unpacking it: no entry is larger than it says, and no XML in it defines what would grow while it is read."""
    for one in found:
        tail, xml = b"", one.filename.lower().endswith((".xml", ".rels", ".vml"))
        try:
            for part in unpacked(file, one):
                if xml and any(mark in (tail + part).replace(b"\0", b"").upper() for mark in _DOCTYPE):
                    yield Problem("upload_entities", name, value=one.filename[:SHOWN])
                    return
                tail = part[-32:]
        except BROKEN:
            yield Problem("upload_broken", name, value=one.filename[:SHOWN])
            return


def unpacked(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry, block by block, and never more than it declares: Python's own reader stops there silently, others do not.

    Raises zipfile.BadZipFile where it goes on, stops early, or is not what its sum says.
    """
    file.seek(entry.header_offset)
    head = file.read(30)
    if len(head) != 30 or head[:4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    file.seek(entry.header_offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"))
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    left, made, summed, waiting = entry.compress_size, 0, 0, b""
    while left or waiting:
        if not waiting:
            waiting = file.read(min(_BLOCK, left))
            if not waiting:
                raise zipfile.BadZipFile
            left -= len(waiting)
        if inflate is None:
            part, waiting = waiting, b""
        else:
            part, waiting = inflate.decompress(waiting, _BLOCK), inflate.unconsumed_tail
        made += len(part)
        if made > entry.file_size or (inflate is not None and inflate.unused_data):
            raise zipfile.BadZipFile
        summed = zlib.crc32(part, summed)
        if part:
            yield part
    if inflate is not None:
        part = inflate.flush()
        made, summed = made + len(part), zlib.crc32(part, summed)
        if not inflate.eof or made > entry.file_size:
            raise zipfile.BadZipFile
        if part:
            yield part
    if made != entry.file_size or summed != entry.CRC:
        raise zipfile.BadZipFile
