"""One delivery's files: sorted, so that the same records are the same bytes, whatever the order they came in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from puntlanding.records.tables import TABLES, TableName, schema

OPENED = "openingsdatum"
ID = "subtraject_id"
_ORDER = {TableName.TRAJECTORIES: (ID,), TableName.ACTIVITIES: (ID, "datum", "za_code")}
_TIE = "_regel"


def by_year(trajectories: pl.DataFrame, activities: pl.DataFrame) -> dict[int, dict[TableName, pl.DataFrame]]:
    """Opening year → its trajectories and their activities, in stored order. Orphans fall away: they have no year."""
    years = trajectories.select(ID, pl.col(OPENED).dt.year().alias("_jaar"))
    placed = activities.join(years, on=ID, how="inner")
    found: dict[int, dict[TableName, pl.DataFrame]] = {}
    for year in sorted(years["_jaar"].unique()):
        found[year] = {
            TableName.TRAJECTORIES: stored(
                TableName.TRAJECTORIES, trajectories.filter(pl.col(OPENED).dt.year() == year)
            ),
            TableName.ACTIVITIES: stored(TableName.ACTIVITIES, placed.filter(pl.col("_jaar") == year)),
        }
    return found


def stored(name: TableName, frame: pl.DataFrame) -> pl.DataFrame:
    """The canonical columns, in the one order that depends on nothing but the records.

    Ties go by a hash of the whole row: sorting on every column takes three times as long.
    """
    rows = frame.select(list(schema(name))).with_columns(_codes_only(name, frame))
    return rows.with_columns(rows.hash_rows(seed=1).alias(_TIE)).sort(*_ORDER[name], _TIE).drop(_TIE)


def _codes_only(name: TableName, frame: pl.DataFrame) -> list[pl.Series]:
    """Columns of codes in which something else stood, without it. The checks count such values, and tolerate a few."""
    found = []
    for column in TABLES[name]:
        if column.form is None:
            continue
        other = frame[column.name].drop_nulls().unique()
        other = other.filter(~other.str.contains(f"^(?:{column.form})$"))
        if len(other):
            codes = frame.select(pl.when(~pl.col(column.name).is_in(other.implode())).then(pl.col(column.name)))
            found.append(codes.to_series().alias(column.name))
    return found


def write_years(years: Mapping[int, Mapping[TableName, pl.DataFrame]], folder: Path) -> dict[str, str]:
    """All tables under ``folder``, on disk when this returns; path inside it → SHA-256."""
    jobs: list[tuple[Path, pl.DataFrame]] = []
    for year, tables in years.items():
        (folder / str(year)).mkdir()
        jobs += [(folder / str(year) / f"{name}.parquet", frame) for name, frame in tables.items()]
    with ThreadPoolExecutor(max_workers=2) as pool:
        hashes = list(pool.map(lambda job: _write(*job), jobs))
    return {path.relative_to(folder).as_posix(): digest for (path, _), digest in zip(jobs, hashes, strict=True)}


def _write(path: Path, frame: pl.DataFrame) -> str:
    frame.write_parquet(path, compression="zstd", compression_level=1, statistics=True)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        os.fsync(file.fileno())
        while block := file.read(1 << 22):
            digest.update(block)
    return digest.hexdigest()


def content_of(hashes: Mapping[str, str], year: int) -> str:
    """One hash for all tables of one year."""
    own = sorted((path, digest) for path, digest in hashes.items() if path.startswith(f"{year}/"))
    return hashlib.sha256("\n".join(f"{path} {digest}" for path, digest in own).encode()).hexdigest()
