"""Columns of text → canonical types, with an account of every value that would not go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from puntlanding.intake.base import Account
from puntlanding.records.tables import ROW, TABLES, Column, Kind, TableName, identifying, schema

SPACE = " \t\u00a0"
# In the order in which they are tried: ISO, then day-month-year as the Dutch write it. Times of day are cut off.
DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y", "%d%m%Y", "%m/%d/%Y")
_TIME = r"[T ]\d{1,2}:\d{2}.*$"
SEXES: Mapping[str, str] = {
    "m": "M", "man": "M", "1": "M", "male": "M",
    "v": "V", "vrouw": "V", "2": "V", "f": "V", "female": "V", "w": "V",
    "o": "O", "onbekend": "O", "9": "O", "0": "O", "u": "O", "un": "O", "x": "O",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a canonical column comes from. ``values`` maps what stands there (lower case) to ours; ``dates`` fixes a format.

    ``unknown`` is what a value outside ``values`` becomes: None counts it as unmapped and leaves the cell empty.
    """

    theirs: str
    values: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None


def convert(
    frame: pl.DataFrame, table: TableName, sources: Mapping[str, Source], account: Account, file: str
) -> pl.DataFrame:
    """``frame`` (text, with `ROW`) → the canonical columns, raw: missing ones empty, in the stored order.

    A value that cannot be read becomes empty and is counted: "unreadable" with its column. A code outside a value map is
    counted as "unmapped_value".
    """
    wanted = [one for one in TABLES[table] if one.name in sources]
    texts = frame.select(ROW, *(pl.col(sources[c.name].theirs).str.strip_chars(SPACE).alias(c.name) for c in wanted))
    texts = texts.with_columns(pl.col(c.name).replace("", None) for c in wanted)
    typed = texts.select(ROW, *(_typed(texts[c.name], c, sources[c.name]) for c in wanted))
    _count_lost(texts, typed, wanted, sources, account, file)
    types = schema(table, raw=True)
    empty = [pl.lit(None, types[name]).alias(name) for name in types if name not in typed.columns]
    return typed.with_columns(empty).select(list(types))


def _typed(texts: pl.Series, column: Column, source: Source) -> pl.Series:
    if column.name == "geboortejaar":
        return birth_year(texts, source.dates)
    if column.name == "geslacht" and not source.values:
        return _mapped(texts, SEXES)
    if source.values:
        texts = _mapped(texts, source.values)
    match column.kind:
        case Kind.DATE:
            return to_date(texts, source.dates)
        case Kind.NUMBER:
            return to_whole(texts)
        case Kind.CODE if column.width:
            return texts.str.pad_start(column.width, "0")
        case _:
            return texts


def _mapped(texts: pl.Series, values: Mapping[str, str]) -> pl.Series:
    return texts.str.to_lowercase().replace_strict(dict(values), default=None, return_dtype=pl.String)


def birth_year(texts: pl.Series, dates: str | None) -> pl.Series:
    """A birth date, or a year already, → the year; the date itself goes no further than this function."""
    only_year = texts.str.contains(r"^\d{4}$")
    if only_year.all():
        return texts.cast(pl.Int32, strict=False)
    return to_date(texts, dates).dt.year().cast(pl.Int32)


def to_whole(texts: pl.Series) -> pl.Series:
    """Whole numbers; "2,0" and "2.00" are 2, "1,5" is not one."""
    return texts.str.replace(r"[.,]0+$", "").cast(pl.Int32, strict=False)


def to_date(texts: pl.Series, dates: str | None = None) -> pl.Series:
    """Dates in one format for the whole column: the given one, or the first that reads the most values."""
    if texts.dtype == pl.Date:
        return texts
    days = texts.str.replace(_TIME, "") if texts.str.contains(_TIME).any() else texts
    if dates is not None:
        return days.str.to_date(dates, strict=False)
    some = days.drop_nulls().unique().head(5000)
    best = max(DATE_FORMATS, key=lambda one: some.str.to_date(one, strict=False).count()) if len(some) else "%Y-%m-%d"
    return days.str.to_date(best, strict=False)


def _count_lost(
    texts: pl.DataFrame,
    typed: pl.DataFrame,
    wanted: Sequence[Column],
    sources: Mapping[str, Source],
    account: Account,
    file: str,
) -> None:
    for column in wanted:
        before, after = texts[column.name], typed[column.name]
        lost = before.is_not_null() & after.is_null()
        count = int(lost.sum())
        if not count:
            continue
        theirs = sources[column.name].theirs
        kind = "unmapped_value" if column.kind is Kind.CODE else "unreadable"
        wrong = texts.filter(lost).select(ROW, column.name).rename({column.name: theirs})
        account.rows(kind, wrong, texts.height, file, () if identifying(column.name) else (theirs,), theirs)
