"""The fast reader for large production files: by column, and only for what is beyond doubt.

It accepts a file or it does not; it never reports a problem. Whatever it does not accept goes to the row reader
(`production_rows`), which is the reference for what is right and words every error. So there is one definition of an
error, and speed where files are large and clean. Tests hold both readers equal on generated files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.case.column_files import DoubtError, read_columns, require
from puntlanding.case.production_rows import Context
from puntlanding.norms.columnar import MILLIONTHS, FrameProduction

if TYPE_CHECKING:
    import polars as pl

LARGE = 1_000_000  # bytes; below it the row reader is as fast, and Polars need not be loaded
# [0-9] and not \d, which matches the digits of every script
_AMOUNT = r"^[0-9]{1,9}(\.[0-9]{1,6})?$"
_MAYBE_THOUSANDS = r"^[1-9][0-9]{0,2}\.[0-9]{3}$"
_CODE = r"^[0-9A-Za-z]+$"
_YEAR = r"^(199[0-9]|20[0-9]{2})$"

Note = tuple[str, str, int, str | None, str | None]


@dataclass(frozen=True, slots=True)
class ByColumn:
    found: Mapping[str, FrameProduction] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    norm_note: Note | None = None


def read_large_production(
    paths: Mapping[str, Path], norm_path: Path | None, context: Context, large: int = LARGE
) -> ByColumn:
    """The files among ``paths`` that are large, clean and fully covered by norm times, as frames."""
    wanted = {
        name: path
        for name, path in paths.items()
        if path.suffix.lower() == ".parquet" or path.stat().st_size >= large  # Parquet needs Polars in any case
    }
    if not wanted or norm_path is None or not context.contracts or not context.year:
        return ByColumn()
    try:
        norm_times, norm_note = _norm_times(norm_path)
    except (DoubtError, OSError):  # the row reader says what is wrong
        return ByColumn()
    found: dict[str, FrameProduction] = {}
    notes: list[Note] = []
    for name, path in wanted.items():
        try:
            frame, note = _production(name, path, norm_times, context)
        except (DoubtError, OSError):
            continue
        found[name] = FrameProduction(path.name, norm_path.name, frame)
        notes.append(note)
    return ByColumn(found, tuple(notes), norm_note if found else None)


def _only(frame: pl.DataFrame, column: str, pattern: str) -> None:
    require(not frame[column].has_nulls() and frame[column].str.contains(pattern).all())


def _unused(frame: pl.DataFrame, *columns: str) -> None:
    for column in columns:
        if column in frame.columns:
            require((frame[column].is_null() | (frame[column] == "")).all())


def _millionths(frame: pl.DataFrame, column: str, separator: str | None) -> tuple[pl.DataFrame, str | None]:
    """Text amounts as Int64 millionths, by the same rules for the decimal sign as `numbers.detect`."""
    import polars as pl

    text = frame[column]
    signs = [sign for sign in (".", ",") if text.str.contains(sign, literal=True).any()]
    require(len(signs) < 2)
    sign = signs[0] if signs else None
    text = text.str.replace(",", ".", literal=True)
    frame = frame.with_columns(text.alias(column))
    _only(frame, column, _AMOUNT)
    if sign is not None and separator is not None:
        broken = text.filter(text.str.contains(".", literal=True))
        decisive = (~broken.str.contains(_MAYBE_THOUSANDS)).any()
        require(decisive or sign == {",": ".", ";": ",", "\t": ","}[separator])
    parts = pl.col(column).str.splitn(".", 2).struct
    whole = parts.field("field_0").cast(pl.Int64) * MILLIONTHS
    rest = parts.field("field_1").fill_null("").str.pad_end(6, "0").cast(pl.Int64)
    if sign is None:
        return frame.with_columns((pl.col(column).cast(pl.Int64) * MILLIONTHS).alias(column)), sign
    return frame.with_columns((whole + rest).alias(column)), sign if separator else None


def _year(frame: pl.DataFrame, default: int | None) -> pl.DataFrame:
    import polars as pl

    if "jaar" not in frame.columns:
        return frame.with_columns(pl.lit(default, pl.Int64).alias("year"))
    given = frame["jaar"].is_not_null() & (frame["jaar"] != "")
    require(default is not None or given.all())
    require(frame["jaar"].filter(given).str.contains(_YEAR).all())
    year = pl.when(given).then(pl.col("jaar")).otherwise(pl.lit(str(default))).cast(pl.Int64)
    return frame.with_columns(year.alias("year"))


def _norm_times(path: Path) -> tuple[pl.DataFrame, Note]:
    import polars as pl

    frame, separator = read_columns(path, "normtijden")
    rows = frame.height
    require(rows)
    frame = _year(frame, None)
    _only(frame, "specialisme", _CODE)
    _only(frame, "code", _CODE)
    _only(frame, "soort", r"^(zorgproduct|zorgactiviteit)$")
    frame, sign = _millionths(frame, "minuten", separator)
    found = frame.select(
        "year", pl.col("specialisme").alias("specialism"), "code", pl.col("minuten").alias("minutes"),
        pl.col("row").cast(pl.Int64).alias("norm_row"),
    )  # fmt: skip
    require(not found.select("year", "specialism", "code").is_duplicated().any())
    return found, ("normtijden", path.name, rows, separator, sign)


def _production(name: str, path: Path, norm_times: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, Note]:
    import polars as pl

    frame, separator = read_columns(path, name)
    rows = frame.height
    require(rows and {"zorgproduct", "aantal"} <= set(frame.columns))
    _unused(frame, "normuren", "norm_fte", "soort")
    _only(frame, "zorgproduct", _CODE)
    frame = _contract(_year(frame, context.year), context)
    frame, sign = _millionths(frame, "aantal", separator)
    specialisms = pl.DataFrame(
        {"vakgroep": list(context.groups), "specialism": [group.specialism for group in context.groups.values()]},
        schema={"vakgroep": pl.String, "specialism": pl.String},
    )
    frame = frame.join(specialisms, on="vakgroep", how="left", maintain_order="left")
    require(not frame["specialism"].has_nulls())
    require(not frame.select("vakgroep", "contract", "year", "zorgproduct").is_duplicated().any())
    used = [year for year in (context.year, (context.year or 0) - 1) if year and context.uses(year)]
    joined = frame.filter(pl.col("year").is_in(used)).join(
        norm_times, left_on=["year", "specialism", "zorgproduct"], right_on=["year", "specialism", "code"], how="left"
    )
    require(not joined["minutes"].has_nulls())
    kept = joined.select(
        pl.col("row").cast(pl.Int64), pl.col("vakgroep").alias("group"), "contract", "year",
        pl.col("zorgproduct").alias("code"), pl.col("aantal").alias("volume"), "minutes", "norm_row",
    )  # fmt: skip
    return kept, (name, path.name, rows, separator, sign)


def _contract(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    import polars as pl

    known = context.contracts or ()
    if "contract" not in frame.columns:
        require(len(known) == 1)
        return frame.with_columns(pl.lit(known[0]).alias("contract"))
    empty = frame["contract"].is_null() | (frame["contract"] == "")
    if empty.any():
        require(len(known) == 1)
        frame = frame.with_columns(
            pl.when(empty).then(pl.lit(known[0])).otherwise(pl.col("contract")).alias("contract")
        )
    require(frame["contract"].is_in(list(known)).all())
    return frame
