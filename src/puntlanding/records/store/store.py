"""Loading deliveries and asking what was known when."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import chain, count
from os import SEEK_END
from pathlib import Path
from secrets import token_hex
from typing import Any

import polars as pl
from filelock import FileLock, Timeout

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.compare import Changes, compare
from puntlanding.records.delivery import Delivery
from puntlanding.records.store.layout import (
    FORMAT,
    INDEX,
    LOCK,
    MANIFEST,
    MARK,
    STAGING,
    Index,
    Kept,
    as_json,
    check_hospital,
    is_delivery,
    read_index,
    read_manifest,
    replace_file,
    sync_folder,
)  # fmt: skip
from puntlanding.records.store.manifest import manifest
from puntlanding.records.store.write import ROW_OF, Years, by_year, content_of, write_years
from puntlanding.records.tables import TableName, schema

LOCK_PATIENCE = 10  # seconds
MAGIC = b"PAR1"  # the first and the last bytes of a Parquet file


@dataclass(frozen=True, slots=True)
class Records:
    """One hospital's trajectories opened in one year, with their activities, as one delivery knew them.

    ``stored_trajectories`` and ``stored_activities`` are the files: their codes are an Enum of that file's own codes, and
    (``by_row``) an activity has the row of its trajectory, `ROW_OF`; what was stored before 22 November 2026 has neither.
    """

    kept: Kept
    stored_trajectories: pl.LazyFrame
    stored_activities: pl.LazyFrame
    manifest: Mapping[str, Any]
    by_row: bool = False

    @property
    def trajectories(self) -> pl.LazyFrame:
        """With codes as text, as `tables.schema` has them."""
        return _as_told(self.stored_trajectories, TableName.TRAJECTORIES)

    @property
    def activities(self) -> pl.LazyFrame:
        return _as_told(self.stored_activities, TableName.ACTIVITIES)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``changes``: for each year that replaced an earlier version of the same date, what is different.

    Years are in at most one of ``added``, ``unchanged`` and ``changes``.
    """

    delivered: date
    added: tuple[int, ...]
    unchanged: tuple[int, ...]
    changes: Mapping[int, Mapping[TableName, Changes]]


class Store:
    """A folder with the records of any number of hospitals. Reading needs no lock; loads of one hospital wait for each other."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def hospitals(self) -> tuple[str, ...]:
        if not self.root.is_dir():
            return ()
        return tuple(sorted(one.name for one in self.root.iterdir() if (one / INDEX).is_file()))

    def index(self, hospital: str) -> Index:
        check_hospital(hospital)
        return read_index(self.root / hospital)

    def deliveries(self, hospital: str) -> tuple[Kept, ...]:
        """One for each date and year, oldest first."""
        return self.index(hospital).deliveries

    def kept(self, hospital: str, year: int, as_of: date | None = None) -> Kept:
        """The last delivery that holds ``year`` and was there on ``as_of``. Raises InputError where there is none."""
        holding = [one for one in self.deliveries(hospital) if one.year == year]
        known = [one for one in holding if as_of is None or one.delivered <= as_of]
        if not known:
            code = "nothing_known_then" if holding else "year_not_in_store"
            there = ", ".join(map(str, sorted({one.year for one in self.deliveries(hospital)})))
            first = holding[0].delivered.isoformat() if holding else ""
            details = {"year": year, "first": first, "years": f": {there}" if there else ""}
            raise InputError([Problem(code, hospital, value=as_of.isoformat() if as_of else None, details=details)])
        return known[-1]

    def records(self, hospital: str, year: int, as_of: date | None = None) -> Records:
        """What was known on ``as_of`` (default: now) of the trajectories opened in ``year``."""
        kept = self.kept(hospital, year, as_of)
        folder = self.root / hospital / kept.folder
        places = {name: folder / str(year) / f"{name}.parquet" for name in TableName}
        _require_whole(places.values())
        tables = {name: pl.scan_parquet(path, glob=False) for name, path in places.items()}
        by_row = _by_row(places[TableName.ACTIVITIES])
        return Records(
            kept, tables[TableName.TRAJECTORIES], tables[TableName.ACTIVITIES], read_manifest(folder), by_row
        )

    def before(self, hospital: str, year: int, delivered: date) -> int | None:
        """Trajectories of ``year`` in the delivery that one of ``delivered`` follows or replaces; None for the first."""
        try:
            kept = self.kept(hospital, year, delivered)
        except InputError:
            return None
        return int(read_manifest(self.root / hospital / kept.folder)["jaren"][str(year)][TableName.TRAJECTORIES])

    def load(self, hospital: str, delivery: Delivery, years: Years | None = None) -> Loaded:
        """Put a delivery, checked by the caller, into the store: all of it or nothing.

        The same records of the same date change nothing; others of that date replace them. Raises InputError where the
        key or the institution is another one than before, another load is busy, or the disk refuses. ``years`` is the
        delivery by `by_year`, where the caller has had that done already.
        """
        check_hospital(hospital)
        with _disk_errors(self.root), self._alone(hospital):
            index = read_index(self.root / hospital)
            _require_same_hospital(index, delivery)
            self._sweep(hospital, index)
            return self._load(index, delivery, years or by_year(delivery.trajectories, delivery.activities))

    def _load(self, index: Index, delivery: Delivery, years: Years) -> Loaded:
        """Write beside what is there, then name it in the index: only that last step is seen by anybody."""
        home = self.root / index.hospital
        before = {one.year: one for one in index.deliveries if one.delivered == delivery.delivered}
        staged = home / f"{STAGING}{token_hex(6)}"
        staged.mkdir()
        try:
            hashes = write_years(years, staged)
            contents = {year: content_of(hashes, year) for year in years}
            changes = {
                year: self._changes(index.hospital, before[year], years[year])
                for year in years
                if year in before and before[year].content != contents[year]
            }
            same = [year for year in years if year in before and not _differs(changes.get(year, {}))]
            loaded = Loaded(
                delivery.delivered,
                added=tuple(year for year in years if year not in before),
                unchanged=tuple(same),
                changes={year: tables for year, tables in changes.items() if year not in same},
            )
            if len(same) == len(years):
                return loaded
            folder = _free(home, f"{delivery.delivered}-{sha256(as_json(hashes)).hexdigest()[:12]}")
            about = manifest(index.hospital, delivery, years, hashes, before, loaded.changes)
            (staged / MANIFEST).write_bytes(as_json(about))
            sync_folder(staged)
            staged.rename(home / folder)
            sync_folder(home)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        fresh = [Kept(delivery.delivered, year, folder, content) for year, content in contents.items()]
        stay = [one for one in index.deliveries if one.delivered != delivery.delivered or one.year not in years]
        after = replace(
            index,
            key=delivery.key_fingerprint,
            institution=next(iter(delivery.hospitals), index.institution),
            deliveries=tuple(sorted([*stay, *fresh], key=lambda one: (one.delivered, one.year))),
        )
        replace_file(home / INDEX, after.as_bytes())
        return loaded

    def _changes(self, hospital: str, before: Kept, now: Mapping[TableName, pl.DataFrame]) -> dict[TableName, Changes]:
        folder = self.root / hospital / before.folder / str(before.year)
        return {
            name: compare(name, pl.read_parquet(folder / f"{name}.parquet", glob=False).cast(schema(name)), now[name])
            for name in TableName
        }

    def _sweep(self, hospital: str, index: Index) -> None:
        """Remove what killed loads and replaced deliveries left; what cannot be removed now is removed next time.

        Only when the next load begins: whoever was reading a delivery while it was replaced can read on.
        """
        home = self.root / hospital
        counted = {one.folder for one in index.deliveries}
        for one in home.iterdir():
            if one.is_dir() and one.name not in counted and is_delivery(one.name):
                shutil.rmtree(one, ignore_errors=True)
            elif one.name.startswith(STAGING):
                with contextlib.suppress(OSError):
                    one.unlink()

    @contextlib.contextmanager
    def _alone(self, hospital: str) -> Iterator[None]:
        self._make()
        home = self.root / hospital
        home.mkdir(exist_ok=True)
        try:
            with FileLock(home / LOCK, timeout=LOCK_PATIENCE):
                yield
        except Timeout as error:
            raise InputError([Problem("store_busy", hospital)]) from error

    def _make(self) -> None:
        """A new store, but never in a folder that holds something else."""
        mark = self.root / MARK
        if mark.is_file():
            return
        self.root.mkdir(parents=True, exist_ok=True)
        others = any(not one.name.startswith(STAGING) for one in self.root.iterdir())
        if others and not mark.is_file():  # asked again: another load may have made the store meanwhile
            raise InputError([Problem("not_a_store", self.root.name, value=str(self.root))])
        replace_file(mark, as_json({"soort": "puntlanding-opslag", "formaat": FORMAT}))


def _as_told(stored: pl.LazyFrame, name: TableName) -> pl.LazyFrame:
    columns = schema(name)
    return stored.select(list(columns)).cast(columns)


@contextlib.contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", root.name, value=str(root), details=details)]) from error


def _free(home: Path, name: str) -> str:
    """The same records may be there already, for a year that another delivery of that date did not bring."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(one for one in names if not (home / one).exists())


def _differs(tables: Mapping[TableName, Changes]) -> bool:
    """Other bytes need not be other records: another version may write the same ones differently."""
    return any(one.any for one in tables.values())


def _require_same_hospital(index: Index, delivery: Delivery) -> None:
    problems = []
    if index.key is not None and index.key != delivery.key_fingerprint:
        problems.append(Problem("other_key", index.hospital))
    institution = next(iter(delivery.hospitals), None)
    if index.institution is not None and institution is not None and institution != index.institution:
        problems.append(
            Problem("other_institution", index.hospital, value=institution, details={"known": index.institution})
        )
    if problems:
        raise InputError(problems)


__all__ = ["Kept", "Loaded", "Records", "Store"]


def _require_whole(paths: Iterable[Path]) -> None:
    """A copy that broke off is told as that: these files are read lazily, where nobody knows any more what they were."""
    problems = []
    for path in paths:
        try:
            with path.open("rb") as file:
                first = file.read(len(MAGIC))
                file.seek(-len(MAGIC), SEEK_END)
                whole = first == MAGIC == file.read()
        except OSError:
            whole = False
        if not whole:
            problems.append(Problem("store_damaged", path.name, value=str(path)))
    if problems:
        raise InputError(problems)


def _by_row(path: Path) -> bool:
    try:
        return ROW_OF in pl.read_parquet_schema(path)
    except pl.exceptions.PolarsError as error:
        raise InputError([Problem("store_damaged", path.name, value=str(path))]) from error
