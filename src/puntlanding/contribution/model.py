"""A contribution: a hospital's year as whole numbers. Everything after the fold is computed from contributions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from puntlanding.contribution.about import About, Basis
from puntlanding.contribution.container import Sealed, fingerprint_of, pack, unpack
from puntlanding.contribution.order import Order, order_of
from puntlanding.contribution.stored import MINUTES, STORED, from_stored, stored_columns, to_stored
from puntlanding.contribution.tables import GROUP, HOSPITAL, LAYOUTS, TableName, ordered
from puntlanding.problems import InputError, Problem, os_reason

KIND, VERSION = "puntlanding-bijdrage", 1
SUFFIX = ".bijdrage"
AT_ONCE = 4  # files: what takes the time is hashing and decoding, which threads do beside each other
LARGEST_COUNT = 10**11  # in one cell: a national year of such cells still adds up within 64 bits
_SCHEMAS = {name: layout.schema for name, layout in STORED.items()}


@dataclass(frozen=True, slots=True)
class Contribution:
    """One hospital, or several that `merge` put together. ``tables`` have the schemas of `tables.LAYOUTS`, in their order.

    ``file`` and ``fingerprint`` are those of the file it was read from. ``order``: what reading found out about the order of rows;
    where it is not there, whoever needs it looks for itself.
    """

    basis: Basis
    hospitals: tuple[About, ...]
    tables: Mapping[TableName, pl.DataFrame]
    file: str | None = None
    fingerprint: str | None = None
    signatures: tuple[Mapping[str, str], ...] = field(default=())
    order: Mapping[TableName, Order] = field(default_factory=dict, repr=False, compare=False)

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
        """The whole file; the same contribution gives the same bytes. Raises ValueError where only a part of it was read."""
        part = [
            name
            for name, layout in LAYOUTS.items()
            if name not in self.tables or self.tables[name].schema != layout.schema
        ]
        if part:
            raise ValueError(f"read in part, which is no contribution to write: {', '.join(part)}")
        return packed(self.basis, self.hospitals, to_stored(self.tables))


def packed(basis: Basis, hospitals: Sequence[About], stored: Mapping[str, pl.DataFrame]) -> bytes:
    """The file of tables that have the form and the order of `stored.STORED` already."""
    about = {"basis": basis.as_record(), "ziekenhuizen": [one.as_record() for one in hospitals]}
    return pack(KIND, VERSION, about, stored)


def unpacked(basis: Basis, hospitals: Sequence[About], stored: Mapping[str, pl.DataFrame]) -> Contribution:
    """What is read from the file that `packed` makes of them. Raises ValueError where norm minutes do not fit in a cell."""
    tables = {TableName(name): frame for name, frame in stored.items() if name != MINUTES}
    whole = LAYOUTS[TableName.PRODUCTION].schema
    production = from_stored(tables[TableName.PRODUCTION], stored.get(MINUTES), whole, LARGEST_COUNT)
    if production is None:
        raise ValueError("norm minutes that no cell of a contribution holds")
    return Contribution(basis, tuple(hospitals), {**tables, TableName.PRODUCTION: production})


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


def read_contributions(
    paths: Iterable[Path], columns: Mapping[TableName, Collection[str]] | None = None
) -> list[Contribution]:
    """Several at once, in the order of ``paths``. Raises InputError with what is wrong with any of them."""

    def one(path: Path) -> Contribution | InputError:
        try:
            return read_contribution(path, columns)
        except InputError as error:
            return error

    with ThreadPoolExecutor(AT_ONCE) as pool:
        read = list(pool.map(one, paths))
    problems = [problem for part in read if isinstance(part, InputError) for problem in part.problems]
    if problems:
        raise InputError(problems)
    return [part for part in read if isinstance(part, Contribution)]


def from_bytes(data: bytes, file: str, columns: Mapping[TableName, Collection[str]] | None = None) -> Contribution:
    needed = None if columns is None else stored_columns(columns)
    sealed = unpack(data, file, KIND, VERSION, _SCHEMAS, needed, (MINUTES,))
    basis, hospitals = _described(sealed, file)
    names = {one.hospital for one in hospitals}
    found = {name: _require_sound(name, frame, names, file) for name, frame in sealed.tables.items()}
    tables = {TableName(name): frame for name, frame in sealed.tables.items() if name != MINUTES}
    if TableName.PRODUCTION in tables:
        wanted = LAYOUTS[TableName.PRODUCTION].schema if columns is None else columns[TableName.PRODUCTION]
        whole = from_stored(tables[TableName.PRODUCTION], sealed.tables.get(MINUTES), wanted, LARGEST_COUNT)
        if whole is None:
            raise InputError([Problem("sealed_damaged", file, value=MINUTES)])
        tables[TableName.PRODUCTION] = whole
    order = {name: one for name in tables if (one := found[name]) is not None}
    return Contribution(basis, hospitals, tables, file, sealed.fingerprint, sealed.signatures, order)


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


def _require_sound(name: str, frame: pl.DataFrame, hospitals: Collection[str], file: str) -> Order | None:
    """A signed file can still be made by somebody who knows no better: rows of hospitals that are not in it, empty cells, keys
    that stand twice or out of order (`merge` counts on it), counts so large that sums of them would not fit.

    Column by column: a query costs more than all of this, and there are many files. Of a table with all its keys, their order.
    """
    layout = STORED[name]
    columns = {column.name: column for column in frame.get_columns()}
    keys = [columns[key] for key in layout.keys if key in columns]
    empty = any(column.null_count() for key, column in columns.items() if key not in layout.unknown)
    named = _values(columns[HOSPITAL]) if HOSPITAL in columns else set()
    strangers, alone = not named <= set(hospitals), len(named) == 1  # one hospital, whose name tells no rows apart
    whole = len(keys) == len(layout.keys) and not empty
    order = order_of(keys[1:] if alone else keys, sum(key in GROUP for key in layout.keys) - alone) if whole else None
    disordered = whole and order is None
    counts = [column for key, column in columns.items() if key not in layout.keys]
    if empty or strangers or disordered or not all(_possible(column) for column in counts):
        raise InputError([Problem("sealed_damaged", file, value=name)])
    return order


def _values(column: pl.Series) -> set[object]:
    """Nearly always one, and then no search is needed."""
    ends: set[object] = {column.min(), column.max()} if column.len() else set()
    return ends if len(ends) < 2 else set(column.unique())


def _possible(counts: pl.Series) -> bool:
    """A month may be negative, by corrections of an earlier one."""
    return all(abs(one) <= LARGEST_COUNT for one in (counts.min(), counts.max()) if isinstance(one, int))


def fingerprint(data: bytes) -> str:
    return fingerprint_of(data)
