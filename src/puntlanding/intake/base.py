"""What a reader is: an outside format → the canonical tables, part by part, and a stated account of what it left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from puntlanding.records.findings import EXAMPLES, Example, Finding, shown
from puntlanding.records.tables import ROW, TableName

Progress = Callable[[int], None]  # rows read since the last call
_INSTITUTION = re.compile(r"(06|22)\d{6}")  # AGB codes of hospitals and of independent clinics (data-facts §4.1)


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a format's documented field map.

    ``ours`` is a canonical column ("subtrajecten.openingsdatum"); ``theirs`` where it stands in the format, as its users
    call it; ``rule`` what is done on the way, in Dutch and English. ``status`` is how sure the map is, as in data-facts:
    C confirmed by a source, D derived, I interpreted, M from memory.
    """

    ours: str
    theirs: str
    status: str = "C"
    nl: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """A canonical column that this format does not carry, or not as others do, and why; two formats are compared with it."""

    ours: str
    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a delivery, typed as `records.tables.schema(…, raw=True)`: identifiers are still text.

    A small format comes in one part; a large one in many, so that memory stays bounded. ``files`` says for each table
    which source file its row numbers count in.
    """

    tables: Mapping[TableName, pl.DataFrame]
    files: Mapping[TableName, str]


@dataclass(slots=True)
class Account:
    """What a reader says beside the records: findings while mapping, the source files, the hospital codes it met."""

    findings: list[Finding] = field(default_factory=list)
    sources: list[Path] = field(default_factory=list)
    hospitals: dict[str, int] = field(default_factory=dict)  # AGB code of the institution, or its form → rows

    def add(self, check: str, count: int, of: int, examples: Sequence[Example] = (), column: str | None = None) -> None:
        self.findings.append(Finding(check, count, of, tuple(examples[:EXAMPLES]), column))

    def institution(self, code: str, rows: int) -> None:
        """Count the rows of an institution; the zero that a spreadsheet dropped from its code is put back.

        The code goes into messages and into the store. What is not one may be a patient's number or a birth date in the
        wrong column: only its form is kept.
        """
        whole = code.zfill(8)
        name = whole if _INSTITUTION.fullmatch(whole) else shown(code)
        self.hospitals[name] = self.hospitals.get(name, 0) + rows

    def rows(
        self, check: str, wrong: pl.DataFrame, of: int, file: str, shows: Sequence[str] = (), column: str | None = None
    ) -> None:
        """Count ``wrong`` rows (with `ROW`) and show the first few; ``shows`` are columns whose values may be seen."""
        first = wrong.head(EXAMPLES)
        examples = [
            Example(file, row[ROW], {name: shown(row[name]) for name in shows if row[name] is not None})
            for row in first.iter_rows(named=True)
        ]
        self.add(check, wrong.height, of, examples, column)


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say of a delivery. ``mapping`` is the file of the neutral format; ``codes`` the NZa tables' folder."""

    mapping: Path | None = None
    codes: Path | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One outside format. ``read`` yields parts and fills the account; it writes nothing to disk.

    It raises InputError, with all problems at once, where the files cannot be what they are called; values that cannot be
    mapped are findings.
    """

    name: str
    version: int
    nl: str
    en: str
    files: str  # what it expects to find, in one line
    fields: tuple[Field, ...]
    absent: tuple[Absent, ...]
    read: Callable[[Path, Options, Account, Progress], Iterator[Part]]
    patient_domain: str = "patient"  # "bsn" where that is all a format has: other pseudonyms, and never mixed up


@dataclass(frozen=True, slots=True)
class ReferenceFormat:
    """Tables that are not a hospital's: code tables and national figures. They have a field map like every format."""

    name: str
    nl: str
    en: str
    fields: tuple[Field, ...]
