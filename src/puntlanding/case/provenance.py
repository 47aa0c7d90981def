"""Where a result comes from: the hash of the agreement's content and of every table that was read.

A table in a file has the hash of that file, byte for byte: anybody can work it out again (sha256sum). A sheet has that of its cells,
because a workbook is one file; records of a store have the hash that the store keeps of each year's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from puntlanding.agreement.content import Content
from puntlanding.agreement.seal import Seal
from puntlanding.case.raw import RawTable

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class TableHash:
    """``file`` is what it was read from, without its folder."""

    table: str
    file: str
    hash: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """``agreement_file`` is the version that counts, ``effective`` from when it holds."""

    agreement_file: str
    content: Content
    effective: date
    version: str
    tables: tuple[TableHash, ...]
    seal: Seal | None = None

    @property
    def data_hash(self) -> str:
        """SHA-256 over a line per table, in order: its name, a blank, its hash."""
        lines = "".join(f"{one.table} {one.hash}\n" for one in self.tables)
        return hashlib.sha256(lines.encode()).hexdigest()

    def with_tables(self, more: Iterable[TableHash]) -> Provenance:
        """Each table once, whoever read it."""
        every = {(one.table, one.file): one for one in (*self.tables, *more)}
        return replace(self, tables=_ordered(every.values()))


def hashes(paths: Mapping[str, Path], sheets: Mapping[str, RawTable]) -> tuple[TableHash, ...]:
    """Raises OSError where a file can no longer be read."""
    of_files = [TableHash(name, path.name, file_hash(path)) for name, path in paths.items()]
    return _ordered((*of_files, *(TableHash(name, one.file, _cells_hash(one)) for name, one in sheets.items())))


def file_hashes(paths: Iterable[Path]) -> tuple[TableHash, ...]:
    """Of lists that stand beside the case's tables."""
    return tuple(TableHash(path.stem.lower(), path.name, file_hash(path)) for path in paths)


def _ordered(tables: Iterable[TableHash]) -> tuple[TableHash, ...]:
    return tuple(sorted(tables, key=lambda one: (one.table, one.file)))


def file_hash(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def _cells_hash(table: RawTable) -> str:
    """Over the titles and then the rows that hold anything, as JSON, each cell as text."""
    found = hashlib.sha256()
    for row in (list(table.columns), *zip(*table.columns.values(), strict=True)):
        cells = [None if cell is None else str(cell) for cell in row]
        found.update(json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()
