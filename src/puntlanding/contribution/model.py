"""A contribution: a hospital's year as whole numbers. Everything after the fold is computed from contributions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from puntlanding.contribution.about import About, Basis
from puntlanding.contribution.container import Sealed, fingerprint_of, pack, unpack
from puntlanding.contribution.tables import HOSPITAL, LAYOUTS, TableName, ordered
from puntlanding.problems import InputError, Problem, os_reason

KIND, VERSION = "puntlanding-bijdrage", 1
SUFFIX = ".bijdrage"
LARGEST_COUNT = 10**11  # in one cell: a national year of such cells still adds up within 64 bits


@dataclass(frozen=True, slots=True)
class Contribution:
    """One hospital, or several that `merge` put together. ``tables`` have the schemas of `tables.LAYOUTS`, in their order.

    ``file`` and ``fingerprint`` are those of the file it was read from.
    """

    basis: Basis
    hospitals: tuple[About, ...]
    tables: Mapping[TableName, pl.DataFrame]
    file: str | None = None
    fingerprint: str | None = None
    signatures: tuple[Mapping[str, str], ...] = field(default=())

    @property
    def production(self) -> pl.DataFrame:
        return self.tables[TableName.PRODUCTION]

    @property
    def strata(self) -> pl.DataFrame:
        return self.tables[TableName.STRATA]

    @property
    def input(self) -> pl.DataFrame:
        return self.tables[TableName.INPUT]

    @property
    def diagnoses(self) -> pl.DataFrame:
        return self.tables[TableName.DIAGNOSES]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.hospital for one in self.hospitals)

    def about(self, hospital: str) -> About:
        return next(one for one in self.hospitals if one.hospital == hospital)

    def only(self, hospitals: Collection[str]) -> Contribution:
        """The part of these hospitals."""
        kept = {name: frame.filter(pl.col(HOSPITAL).is_in(list(hospitals))) for name, frame in self.tables.items()}
        return Contribution(self.basis, tuple(one for one in self.hospitals if one.hospital in hospitals), kept)

    def to_bytes(self) -> bytes:
        """The whole file; the same contribution gives the same bytes."""
        return pack(KIND, VERSION, self._record(), {name.value: self.tables[name] for name in TableName})

    def _record(self) -> dict[str, Any]:
        return {"basis": self.basis.as_record(), "ziekenhuizen": [one.as_record() for one in self.hospitals]}


def contribution(basis: Basis, hospitals: Iterable[About], tables: Mapping[TableName, pl.DataFrame]) -> Contribution:
    """A contribution with its rows and hospitals in the order that files have."""
    kept = {name: ordered(name, tables[name]) for name in TableName}
    return Contribution(basis, tuple(sorted(hospitals, key=lambda one: one.hospital)), kept)


def read_contribution(path: Path, columns: Mapping[TableName, Collection[str]] | None = None) -> Contribution:
    """Raises InputError where the file cannot be read, is of another kind or version, was changed, or breaks a rule.

    ``columns`` limits which tables and columns are read, for who needs only sums.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error
    return from_bytes(data, path.name, columns)


def from_bytes(data: bytes, file: str, columns: Mapping[TableName, Collection[str]] | None = None) -> Contribution:
    schemas = {name.value: layout.schema for name, layout in LAYOUTS.items()}
    limited = None if columns is None else {name.value: asked for name, asked in columns.items()}
    sealed = unpack(data, file, KIND, VERSION, schemas, limited)
    basis, hospitals = _described(sealed, file)
    tables = {TableName(name): frame for name, frame in sealed.tables.items()}
    for name, frame in tables.items():
        _require_sound(name, frame, {one.hospital for one in hospitals}, file)
    return Contribution(basis, hospitals, tables, file, sealed.fingerprint, sealed.signatures)


def _described(sealed: Sealed, file: str) -> tuple[Basis, tuple[About, ...]]:
    try:
        basis = Basis.of(sealed.about["basis"])
        hospitals = tuple(About.of(one) for one in sealed.about["ziekenhuizen"])
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        raise InputError([Problem("sealed_damaged", file, value="inhoud.json")]) from error
    names = [one.hospital for one in hospitals]
    negative = any(group.care < 0 or group.working < 0 for one in hospitals for group in one.fte)
    twice = any(len(one.care_fte()) != len(one.fte) for one in hospitals)
    if not names or names != sorted(set(names)) or negative or twice:
        raise InputError([Problem("sealed_damaged", file, value="ziekenhuizen")])
    return basis, hospitals


def _require_sound(name: TableName, frame: pl.DataFrame, hospitals: Collection[str], file: str) -> None:
    """A signed file can still be made by somebody who knows no better: rows of hospitals that are not in it, empty cells, keys
    that stand twice or out of order (`merge` counts on it), counts so large that sums of them would not fit.
    """
    layout = LAYOUTS[name]
    keys = [key for key in layout.keys if key in frame.columns]
    empty = [column for column in frame.columns if column not in layout.unknown and frame[column].null_count()]
    strangers = HOSPITAL in keys and not set(frame[HOSPITAL].unique()) <= set(hospitals)
    disordered = len(keys) == len(layout.keys) and not _rising(frame, keys)
    if empty or strangers or disordered or not _possible(frame.select(pl.col(pl.Int64))):
        raise InputError([Problem("sealed_damaged", file, value=name.value)])


def _rising(frame: pl.DataFrame, keys: Sequence[str]) -> bool:
    """Whether each row comes after the one before it, so that none stands twice."""
    after = pl.lit(value=False)
    for key in reversed(keys):
        before = pl.col(key).shift(1)
        after = (pl.col(key) > before) | ((pl.col(key) == before) & after)
    return bool(frame.select(after.slice(1).all()).item())


def _possible(counts: pl.DataFrame) -> bool:
    """A month may be negative, by corrections of an earlier one."""
    within = (pl.all().min().fill_null(0) >= -LARGEST_COUNT) & (pl.all().max().fill_null(0) <= LARGEST_COUNT)
    return counts.is_empty() or all(counts.select(within).row(0))


def fingerprint(data: bytes) -> str:
    return fingerprint_of(data)
