"""One delivery's files: sorted, so that the same records are the same bytes, whatever the order they came in."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.records.findings import EARLIEST
from puntlanding.records.tables import TABLES, Kind, TableName, schema

OPENED = "openingsdatum"
ID = "subtraject_id"
ROW_OF = "subtraject_rij"  # row of an activity's trajectory in the other file, from 0
PLACE, YEAR = "_plaats", "_jaar"
DAY_BITS = 15  # days from 2000 to 2089; what lies outside is no delivery that passed its checks
_FIRST_DAY = pl.lit(date(2000, 1, 1)).to_physical()
Years = Mapping[int, Mapping[TableName, pl.DataFrame]]


def by_year(trajectories: pl.DataFrame, activities: pl.DataFrame) -> Years:
    """Opening year → its trajectories and their activities, in stored order. What has no year since DBCs exist falls away, and
    orphans do.

    Runs beside the checks: a number that stands twice is theirs to refuse, and may not multiply its activities meanwhile.
    """
    dated = trajectories.select(ID, pl.col(OPENED).dt.year().alias(YEAR)).drop_nulls()
    dated = dated.filter(pl.col(YEAR) >= EARLIEST.year).sort(ID, YEAR)
    first = dated.filter(pl.col(ID).ne_missing(pl.col(ID).shift()))
    order = first.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).over(YEAR).alias(PLACE))
    placed = activities.join(order, on=ID, how="inner", maintain_order="left")
    years = order[YEAR].unique().sort()
    return {
        year: {
            TableName.TRAJECTORIES: _coded(
                TableName.TRAJECTORIES, trajectories.filter(pl.col(OPENED).dt.year() == year).sort(ID)
            ),
            TableName.ACTIVITIES: _coded(
                TableName.ACTIVITIES, _ordered(placed.filter(pl.col(YEAR) == year) if len(years) > 1 else placed)
            ),
        }
        for year in years
    }


def _ordered(activities: pl.DataFrame) -> pl.DataFrame:
    """By trajectory, day, and for the rest by a hash of the whole row: an order that depends on nothing but the year's records.

    The three in one whole number, because that sorts in half the time. Where two hashes are too alike in their last bits
    (once in hundreds of loads) the whole hash decides.
    """
    rows = activities.select(list(schema(TableName.ACTIVITIES)))
    hashes = rows.hash_rows(seed=1)
    last = activities[PLACE].max()
    rest = 64 - DAY_BITS - max(1, (last if isinstance(last, int) else 0).bit_length())
    days = (
        (pl.col("datum").to_physical() - _FIRST_DAY)
        .cast(pl.Int64)
        .clip(0, 2**DAY_BITS - 1)
        .fill_null(0)
        .cast(pl.UInt64)
    )
    key = pl.col(PLACE).cast(pl.UInt64) * 2 ** (rest + DAY_BITS) + days * 2**rest + pl.lit(hashes) % 2**rest
    keys = activities.select(key.alias("sleutel")).to_series()
    order = keys.arg_sort()
    sorted_keys, sorted_hashes = keys.gather(order), hashes.gather(order)
    if ((sorted_keys == sorted_keys.shift()) & (sorted_hashes != sorted_hashes.shift())).any():
        order = pl.DataFrame([keys, hashes.alias("hash")]).select(pl.arg_sort_by("sleutel", "hash")).to_series()
    return rows[order]


def _coded(name: TableName, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(list(schema(name))).with_columns(*_codes_only(name, frame), *_no_births(name, frame))


def _no_births(name: TableName, frame: pl.DataFrame) -> list[pl.Series]:
    """Dates from before there were DBCs may be of a birth, in a column that was mixed up: they are not kept."""
    dates = [one.name for one in TABLES[name] if one.kind is Kind.DATE]
    old = [one for one in dates if isinstance(first := frame[one].min(), date) and first < EARLIEST]
    return frame.select(pl.when(pl.col(one) >= EARLIEST).then(pl.col(one)) for one in old).get_columns()


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


def write_years(years: Years, folder: Path) -> dict[str, str]:
    """All tables under ``folder``, on disk when this returns; path inside it → SHA-256."""
    jobs: list[tuple[Path, pl.DataFrame, pl.Series | None]] = []
    for year, tables in years.items():
        (folder / str(year)).mkdir()
        ids = {name: tables[name][ID] for name in tables}
        for name, frame in tables.items():
            of = ids[TableName.TRAJECTORIES] if name is TableName.ACTIVITIES else None
            jobs.append((folder / str(year) / f"{name}.parquet", frame, of))
    with ThreadPoolExecutor(max_workers=2) as pool:
        hashes = list(pool.map(lambda job: _write(job[0], _numbered(job[1], job[2])), jobs))
    return {path.relative_to(folder).as_posix(): digest for (path, *_), digest in zip(jobs, hashes, strict=True)}


def _numbered(frame: pl.DataFrame, trajectories: pl.Series | None) -> pl.DataFrame:
    """Codes as their places among the different ones, and behind an activity the row of its trajectory: half the work to write,
    and who reads them for sums gets whole numbers.

    In Parquet codes are text all the same; only Polars and Arrow see that there are few.
    """
    codes = [column for column in frame.get_columns() if column.dtype == pl.String]
    numbered = [column.cast(pl.Enum(column.drop_nulls().unique().sort())) for column in codes]
    if trajectories is not None:
        numbered.append(_rows_of(frame[ID], trajectories))
    return frame.with_columns(numbered)


def _rows_of(own: pl.Series, trajectories: pl.Series) -> pl.Series:
    """Both rise, and every activity has a trajectory."""
    first = own.ne_missing(own.shift())
    places = trajectories.search_sorted(own.filter(first))
    return places.gather(first.cum_sum() - 1).cast(pl.UInt32).alias(ROW_OF)


def _write(path: Path, frame: pl.DataFrame) -> str:
    try:
        frame.write_parquet(path, compression="zstd", compression_level=1, statistics=True)
    except pl.exceptions.PolarsError as error:  # a full disk among them: Polars says so in words alone
        number = re.search(r"os error (\d+)", str(error))
        if number is None:
            raise
        raise OSError(int(number[1]), os.strerror(int(number[1]))) from error
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
