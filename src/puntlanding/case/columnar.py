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
_WHOLE = r"^[0-9]{1,9}$"
_MAYBE_THOUSANDS = r"^[1-9][0-9]{0,2}\.[0-9]{3}$"
CODE = r"^[0-9A-Za-z]+$"
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


def only(frame: pl.DataFrame, column: str, pattern: str) -> None:
    require(not frame[column].has_nulls() and frame[column].str.contains(pattern).all())


def _unused(frame: pl.DataFrame, *columns: str) -> None:
    for column in columns:
        if column in frame.columns:
            require((frame[column].is_null() | (frame[column] == "")).all())


def millionths(frame: pl.DataFrame, column: str, separator: str | None) -> tuple[pl.DataFrame, str | None]:
    """Text amounts as Int64 millionths, by the same rules for the decimal sign as `numbers.detect`."""
    import polars as pl

    text = frame[column]
    require(not text.has_nulls())
    if text.str.contains(_WHOLE).all():
        return frame.with_columns((pl.col(column).cast(pl.Int64) * MILLIONTHS).alias(column)), None
    signs = [sign for sign in (".", ",") if text.str.contains(sign, literal=True).any()]
    require(len(signs) < 2)
    text = text.str.replace(",", ".", literal=True)
    require(text.str.contains(_AMOUNT).all())
    sign = signs[0] if signs and separator else None
    if sign is not None:
        broken = text.filter(text.str.contains(".", literal=True))
        decisive = (~broken.str.contains(_MAYBE_THOUSANDS)).any()
        require(decisive or sign == {",": ".", ";": ",", "\t": ","}[separator or ""])
    # exact: the pattern leaves at most 9 + 6 digits, and the cast from text knows no floats
    scaled = text.cast(pl.Decimal(18, 6)).to_physical().cast(pl.Int64)
    return frame.with_columns(scaled.alias(column)), sign


def with_year(frame: pl.DataFrame, default: int | None) -> pl.DataFrame:
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
    frame = with_year(frame, None)
    only(frame, "specialisme", CODE)
    only(frame, "code", CODE)
    only(frame, "soort", r"^(zorgproduct|zorgactiviteit)$")
    frame, sign = millionths(frame, "minuten", separator)
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
    only(frame, "zorgproduct", CODE)
    frame = _contract(with_year(frame, context.year), context)
    frame, sign = millionths(frame, "aantal", separator)
    frame = _known(frame, "vakgroep", list(context.groups))
    specialism = {name: group.specialism for name, group in context.groups.items()}
    frame = frame.with_columns(
        pl.col("vakgroep").replace_strict(specialism, return_dtype=pl.String).alias("specialism")
    )
    used = [year for year in (context.year, (context.year or 0) - 1) if year and context.uses(year)]
    in_use = frame["year"].is_in(used)
    if not in_use.all():  # rows of other years are checked for form and then left out
        others = frame.filter(~in_use).select("vakgroep", "contract", "year", "zorgproduct")
        require(not others.is_duplicated().any())
        frame = frame.filter(in_use)
    joined = frame.join(
        norm_times, left_on=["year", "specialism", "zorgproduct"], right_on=["year", "specialism", "code"], how="left"
    )
    require(not joined["minutes"].has_nulls())
    _once(joined, len(context.contracts or ()))
    kept = joined.select(
        pl.col("row").cast(pl.Int64), pl.col("vakgroep").alias("group"), "contract", "year",
        pl.col("zorgproduct").alias("code"), pl.col("aantal").alias("volume"), "minutes", "norm_row",
    )  # fmt: skip
    return kept, (name, path.name, rows, separator, sign)


def _once(joined: pl.DataFrame, contracts: int) -> None:
    """No group has a product twice in a contract; a norm time's row stands for year, specialism and code together."""
    import polars as pl

    group, contract, norm_row = pl.col("vakgroep").to_physical(), pl.col("contract").to_physical(), pl.col("norm_row")
    largest = joined.select(norm_row.max()).item() or 0
    key = (group.cast(pl.Int64) * contracts + contract.cast(pl.Int64)) * (largest + 1) + norm_row
    require(joined.select(key.n_unique()).item() == joined.height)


def _known(frame: pl.DataFrame, column: str, names: list[str]) -> pl.DataFrame:
    """The column as an enumeration of ``names``: joined and grouped as fast as integers."""
    import polars as pl

    frame = frame.with_columns(pl.col(column).cast(pl.Enum(list(dict.fromkeys(names))), strict=False))
    require(not frame[column].has_nulls())
    return frame


def _contract(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    import polars as pl

    known = list(context.contracts or ())
    if "contract" not in frame.columns:
        frame = frame.with_columns(pl.lit(None, pl.String).alias("contract"))
    empty = frame["contract"].is_null() | (frame["contract"] == "")
    if empty.any():
        require(len(known) == 1)
        filled = pl.when(empty).then(pl.lit(known[0])).otherwise(pl.col("contract"))
        frame = frame.with_columns(filled.alias("contract"))
    return _known(frame, "contract", known)
