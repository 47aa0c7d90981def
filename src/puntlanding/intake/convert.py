"""Columns of text → canonical types, with an account of every value that would not go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from puntlanding.intake.base import Account
from puntlanding.records.tables import ROW, TABLES, Column, Kind, TableName, identifying, schema

SPACE = " \t\u00a0"
# In the order in which they are tried: ISO, then day-month-year as the Dutch write it. Times of day are cut off.
DATE_FORMATS = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y", "%Y/%m/%d", "%d.%m.%Y", "%d%m%Y", "%m/%d/%Y")
_TIME = r"[T ]\d{1,2}:\d{2}.*$"
_YEAR = r"^\d{4}$"
FIRST_DAY = date(1000, 1, 1)
SAMPLE = 5000  # values from which a date format is found
SEXES: Mapping[str, str] = {
    "m": "M", "man": "M", "1": "M", "male": "M",
    "v": "V", "vrouw": "V", "2": "V", "f": "V", "female": "V", "w": "V",
    "o": "O", "onbekend": "O", "9": "O", "0": "O", "u": "O", "un": "O", "x": "O",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where a canonical column comes from. ``values`` maps what stands there (lower case) to ours; ``dates`` fixes a format."""

    theirs: str
    values: Mapping[str, str] = field(default_factory=dict)
    dates: str | None = None


def convert(
    frame: pl.DataFrame, table: TableName, sources: Mapping[str, Source], account: Account, file: str
) -> pl.DataFrame:
    """``frame`` (text, with `ROW`) → the canonical columns, raw: missing ones empty, in the stored order.

    A value that cannot be read becomes empty and is counted: "unreadable" with its column. A code outside a value map is
    counted as "unmapped_value". Columns may come packed (Categorical), or as dates and numbers: the same outcome,
    sooner.
    """
    wanted = [one for one in TABLES[table] if one.name in sources]
    kinds = {one.name: frame.schema[sources[one.name].theirs] for one in wanted}
    packed = [one for one in wanted if kinds[one.name] == pl.Categorical]
    plain = [one for one in wanted if kinds[one.name] == pl.String]
    ready = [one for one in wanted if one not in packed and one not in plain]
    typed = _converted(frame, plain, sources, account, file).hstack(
        [_unpacked(frame, one, sources, account, file) for one in packed]
        + [_ready(frame[sources[one.name].theirs], one) for one in ready]
    )
    types = schema(table, raw=True)
    empty = [pl.lit(None, types[name]).alias(name) for name in types if name not in typed.columns]
    return typed.with_columns(empty).select(list(types))


def _converted(
    frame: pl.DataFrame, wanted: Sequence[Column], sources: Mapping[str, Source], account: Account, file: str
) -> pl.DataFrame:
    texts, typed = _read(frame, wanted, sources)
    _count_lost(texts, typed, wanted, sources, account, file)
    return typed


def _read(
    frame: pl.DataFrame, wanted: Sequence[Column], sources: Mapping[str, Source]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The stripped text and what was read from it, both with `ROW`."""
    texts = frame.select(ROW, *(_text(sources[one.name].theirs, one.name) for one in wanted))
    typed = texts.select(ROW, *(_typed(texts[one.name], one, sources[one.name]) for one in wanted))
    again = [one for one in wanted if _dated(one) and typed[one.name].null_count() > texts[one.name].null_count()]
    if again:  # the sample did not show it all
        typed = typed.with_columns(_thorough(texts[one.name], one, sources[one.name]) for one in again)
    return texts, typed


def _ready(column: pl.Series, ours: Column) -> pl.Series:
    """What was read as a date or a number already: no value was lost, or it would have come as text."""
    days = column.dt.year().cast(pl.Int32) if ours.name == "geboortejaar" and column.dtype == pl.Date else column
    return days.alias(ours.name)


def _unpacked(
    frame: pl.DataFrame, column: Column, sources: Mapping[str, Source], account: Account, file: str
) -> pl.Series:
    """A packed column (each distinct text once, and a number per row): only the distinct texts are converted."""
    packed = frame[sources[column.name].theirs]
    numbers = packed.to_physical().cast(pl.UInt32)
    distinct = packed.unique().drop_nulls()
    small = pl.DataFrame({ROW: distinct.to_physical().cast(pl.UInt32), packed.name: distinct.cast(pl.String)})
    texts, typed = _read(small, [column], sources)
    lost = typed.filter(texts[column.name].is_not_null() & typed[column.name].is_null())[ROW]
    if len(lost):
        wrong = frame.filter(numbers.is_in(lost.implode())).select(ROW, pl.col(packed.name).cast(pl.String))
        _tell_lost(wrong, column, packed.name, frame.height, account, file)
    highest = max(small[ROW].to_list(), default=-1)
    places = pl.DataFrame({ROW: pl.int_range(highest + 1, dtype=pl.UInt32, eager=True)})
    values = places.join(typed, on=ROW, how="left", maintain_order="left")[column.name]
    return values.gather(numbers).alias(column.name)


def _text(theirs: str, ours: str) -> pl.Expr:
    """Without blanks around it; nothing is nothing."""
    stripped = pl.col(theirs).str.strip_chars(SPACE)
    return pl.when(stripped != "").then(stripped).alias(ours)


def _dated(column: Column) -> bool:
    return column.kind is Kind.DATE or column.name == "geboortejaar"


def _typed(texts: pl.Series, column: Column, source: Source) -> pl.Expr:
    """An expression, so that Polars works on all columns at once."""
    text = pl.col(column.name)
    if _dated(column):
        return _sampled(texts, column, source)
    if column.name == "geslacht" and not source.values:
        return _mapped(text, SEXES)
    if source.values:
        text = _mapped(text, source.values)
    if column.kind is Kind.NUMBER:
        return _whole(text)
    return text.str.pad_start(column.width, "0") if column.width else text


def _sampled(texts: pl.Series, column: Column, source: Source) -> pl.Expr:
    """Dates in the format of a sample; where that loses a value, `_thorough` looks at all of them."""
    some = texts.gather_every(max(1, len(texts) // SAMPLE)).drop_nulls()
    if column.name == "geboortejaar" and len(some) and some.str.contains(_YEAR).all():
        return pl.col(column.name).cast(pl.Int32, strict=False)
    timed = some.str.contains(_TIME).any()
    days = pl.col(column.name).str.replace(_TIME, "") if timed else pl.col(column.name)
    form = source.dates or best_format(some.str.replace(_TIME, ""))
    day = within_calendar(days.str.to_date(form, strict=False))
    return day.dt.year().cast(pl.Int32) if column.name == "geboortejaar" else day


def _thorough(texts: pl.Series, column: Column, source: Source) -> pl.Series:
    return birth_year(texts, source.dates) if column.name == "geboortejaar" else to_date(texts, source.dates)


def _mapped(text: pl.Expr, values: Mapping[str, str]) -> pl.Expr:
    return text.str.to_lowercase().replace_strict(dict(values), default=None, return_dtype=pl.String)


def birth_year(texts: pl.Series, dates: str | None) -> pl.Series:
    """A birth date, or a year already, → the year; the date itself goes no further than this function."""
    if texts.str.contains(_YEAR).all():
        return texts.cast(pl.Int32, strict=False)
    return to_date(texts, dates).dt.year().cast(pl.Int32)


def _whole(text: pl.Expr) -> pl.Expr:
    return text.str.replace(r"[.,]0+$", "").cast(pl.Int32, strict=False)


def to_whole(texts: pl.Series) -> pl.Series:
    """Whole numbers; "2,0" and "2.00" are 2, "1,5" is not one."""
    return texts.to_frame().select(_whole(pl.col(texts.name))).to_series()


def to_date(texts: pl.Series, dates: str | None = None) -> pl.Series:
    """Dates in one format for the whole column: the given one, or the first that reads the most values."""
    if texts.dtype == pl.Date:
        return texts
    days = texts.str.replace(_TIME, "") if texts.str.contains(_TIME).any() else texts
    form = dates or best_format(days.drop_nulls().unique(maintain_order=True).head(SAMPLE))
    day = within_calendar(pl.col(texts.name).str.to_date(form, strict=False))
    return days.to_frame().select(day).to_series()


def within_calendar(day: pl.Expr) -> pl.Expr:
    """Polars reads a year 0 and a year 12025, which no other part of the program can hold; 01-02-25 it reads as of the year 25."""
    return pl.when(day.is_between(FIRST_DAY, date.max)).then(day)


def best_format(some: pl.Series) -> str:
    """The first of `DATE_FORMATS` that reads most of these."""
    return (
        max(DATE_FORMATS, key=lambda one: some.str.to_date(one, strict=False).count()) if len(some) else DATE_FORMATS[0]
    )


def _count_lost(
    texts: pl.DataFrame,
    typed: pl.DataFrame,
    wanted: Sequence[Column],
    sources: Mapping[str, Source],
    account: Account,
    file: str,
) -> None:
    for column in wanted:
        lost = texts[column.name].is_not_null() & typed[column.name].is_null()
        if lost.any():
            theirs = sources[column.name].theirs
            wrong = texts.filter(lost).select(ROW, pl.col(column.name).alias(theirs))
            _tell_lost(wrong, column, theirs, texts.height, account, file)


def _tell_lost(wrong: pl.DataFrame, column: Column, theirs: str, of: int, account: Account, file: str) -> None:
    kind = "unmapped_value" if column.kind is Kind.CODE else "unreadable"
    account.rows(kind, wrong, of, file, () if identifying(column.name) else (theirs,), theirs)
