"""The tables as they stand in the file: with the norm time of a row in place of its minutes, which are four fifths of all bytes.

Minutes are volume × norm time, so the norm time tells all twenty-four. Where it does not (rows that disclosure control put
together or rounded), the minutes stand in a table of their own, in which those rows are and no others. Writing and reading
are each other's inverse, to the last empty cell.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from puntlanding.contribution.tables import (
    CLOSED,
    CLOSED_MINUTES,
    LAYOUTS,
    OPENED,
    OPENED_MINUTES,
    Layout,
    TableName,
)

NORM_TIME = "normtijd"
MINUTES = "minuten"  # the table of rows whose minutes no norm time tells; not there where there are none
_PRODUCTION = LAYOUTS[TableName.PRODUCTION]
VOLUME_OF = dict(zip((*OPENED_MINUTES, *CLOSED_MINUTES), (*OPENED, *CLOSED), strict=True))
STORED: Mapping[str, Layout] = {
    **{name.value: layout for name, layout in LAYOUTS.items()},
    TableName.PRODUCTION.value: Layout(
        _PRODUCTION.keys, (*OPENED, *CLOSED, NORM_TIME, "patienten"), frozenset({NORM_TIME})
    ),
    MINUTES: Layout(_PRODUCTION.keys, tuple(VOLUME_OF), frozenset(VOLUME_OF)),
}
_IN_ORDER = tuple(_PRODUCTION.schema)
_OWN = "_eigen"


def to_stored(tables: Mapping[TableName, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """`STORED` of whole tables with `LAYOUTS`."""
    production = _with_norm_time(tables[TableName.PRODUCTION])
    own = production.filter(pl.col(_OWN)).select(list(STORED[MINUTES].schema))
    told = {name.value: tables[name] for name in TableName}
    told[TableName.PRODUCTION.value] = production.select(list(STORED[TableName.PRODUCTION].schema))
    return told if own.is_empty() else {**told, MINUTES: own}


def _with_norm_time(production: pl.DataFrame) -> pl.DataFrame:
    """The norm time is what any month's minutes ÷ volume is; of a row without volume it does not matter, and is 0.

    By division, because the product of two odd numbers may not fit.
    """
    pairs = [(pl.col(minutes), pl.col(volume)) for minutes, volume in VOLUME_OF.items()]
    norm_time = pl.coalesce(*(minutes // volume for minutes, volume in pairs), 0)
    told = production.with_columns(norm_time.alias(NORM_TIME))
    whole = [
        pl.when(volume == 0).then(minutes == 0).otherwise(
            (minutes // volume == pl.col(NORM_TIME)) & (minutes % volume == 0)
        ).fill_null(value=False)
        for minutes, volume in pairs
    ]  # fmt: skip
    without = pl.all_horizontal(minutes.is_null() for minutes, _ in pairs)
    regular = told.with_columns(pl.all_horizontal(whole).alias(_OWN), without.alias("_zonder"))
    return regular.with_columns(
        pl.when(_OWN).then(NORM_TIME).alias(NORM_TIME), (~pl.col(_OWN) & ~pl.col("_zonder")).alias(_OWN)
    )


def stored_columns(asked: Mapping[TableName, Collection[str]]) -> dict[str, Collection[str]]:
    """Which columns of `STORED` are needed for these of `LAYOUTS`: for minutes also their volumes, and the keys of rows that have
    minutes of their own.
    """
    needed: dict[str, Collection[str]] = {name.value: columns for name, columns in asked.items()}
    wanted = asked.get(TableName.PRODUCTION, ())
    minutes = [column for column in VOLUME_OF if column in wanted]
    if minutes:
        plain = {VOLUME_OF.get(column, column) for column in wanted} | {NORM_TIME, *_PRODUCTION.keys}
        layout = STORED[TableName.PRODUCTION]
        needed[TableName.PRODUCTION.value] = [one for one in (*layout.keys, *layout.counts) if one in plain]
        needed[MINUTES] = (*_PRODUCTION.keys, *minutes)
    return needed


def from_stored(
    production: pl.DataFrame, own: pl.DataFrame | None, asked: Collection[str], largest: int
) -> pl.DataFrame | None:
    """The columns ``asked``, in order; None where the tables do not belong together, or where minutes are beyond ``largest``."""
    columns = {column.name: column for column in production.get_columns()}
    minutes = [column for column in VOLUME_OF if column in asked]
    if minutes and not _within([columns[VOLUME_OF[one]] for one in minutes], columns[NORM_TIME], largest):
        return None
    columns |= {one: (columns[VOLUME_OF[one]] * columns[NORM_TIME]).alias(one) for one in minutes}
    if minutes and own is not None:
        joined = _with_own(pl.DataFrame(list(columns.values())), own, minutes)
        if joined is None:
            return None
        columns = {column.name: column for column in joined.get_columns()}
    return pl.DataFrame([columns[column] for column in _IN_ORDER if column in asked])


def _within(volumes: Collection[pl.Series], norm_times: pl.Series, largest: int) -> bool:
    """By the extremes of all, which settles nearly every file; cell by cell where that is too coarse."""
    if max(map(_extreme, volumes)) * _extreme(norm_times) <= largest:
        return True
    room = (
        largest // norm_times.replace(0, None).abs()
    )  # empty where the norm time is 0 or unknown: then any volume goes
    return all((volume.abs() <= room).fill_null(value=True).all() for volume in volumes)


def _extreme(column: pl.Series) -> int:
    return max((abs(one) for one in (column.min(), column.max()) if isinstance(one, int)), default=0)


def _with_own(whole: pl.DataFrame, own: pl.DataFrame, minutes: Collection[str]) -> pl.DataFrame | None:
    """A row has a norm time or minutes of its own; rows of minutes without production are no rows."""
    keys = list(_PRODUCTION.keys)
    mine = own.select(*keys, *(pl.col(one).alias(f"{one}{_OWN}") for one in minutes), pl.lit(value=True).alias(_OWN))
    joined = whole.join(mine, on=keys, how="left", maintain_order="left")
    placed = joined.filter(pl.col(_OWN))
    if placed.height != own.height or placed[NORM_TIME].null_count() != own.height:
        return None
    return joined.with_columns(pl.when(_OWN).then(f"{one}{_OWN}").otherwise(one).alias(one) for one in minutes)
