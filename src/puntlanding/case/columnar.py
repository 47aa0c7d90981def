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

from puntlanding.case.csv_file import LONGEST_CELL, SNIFFED, find_separator, not_text
from puntlanding.case.layout import LAYOUTS
from puntlanding.case.production_rows import Context
from puntlanding.norms.columnar import MILLIONTHS, FrameProduction

if TYPE_CHECKING:
    import polars as pl

LARGE = 1_000_000  # bytes; below it the row reader is as fast, and Polars need not be loaded
SPACE = " \t\u00a0"
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


class _DoubtError(Exception):
    """This file is for the row reader."""


def read_large_production(
    paths: Mapping[str, Path], norm_path: Path | None, context: Context, large: int = LARGE
) -> ByColumn:
    """The files among ``paths`` that are large, clean and fully covered by norm times, as frames."""
    wanted = {name: path for name, path in paths.items() if path.stat().st_size >= large}
    if (
        not wanted
        or norm_path is None
        or norm_path.suffix.lower() != ".csv"
        or not context.contracts
        or not context.year
    ):
        return ByColumn()
    try:
        norm_times, norm_note = _norm_times(norm_path)
    except (_DoubtError, OSError):  # the row reader says what is wrong
        return ByColumn()
    found: dict[str, FrameProduction] = {}
    notes: list[Note] = []
    for name, path in wanted.items():
        try:
            frame, note = _production(name, path, norm_times, context)
        except (_DoubtError, OSError):
            continue
        found[name] = FrameProduction(path.name, norm_path.name, frame)
        notes.append(note)
    return ByColumn(found, tuple(notes), norm_note if found else None)


def _require(condition: object) -> None:
    if not condition:
        raise _DoubtError


def _read(path: Path, name: str) -> tuple[pl.DataFrame, str]:
    """All cells as stripped text, with the spreadsheet row of each line; empty lines left out."""
    import polars as pl

    _require(not_text(path) is None)
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    header = head.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").removesuffix("\r")
    separator = find_separator(header)
    _require(separator is not None and not any(sign in header for sign in '#"\r\ufffd'))
    try:
        # glob: in a folder called case[1], Polars would otherwise read the files of a folder case1
        frame = pl.read_csv(
            path, separator=separator or ",", infer_schema=False, row_index_name="row", row_index_offset=2, glob=False
        )
    except pl.exceptions.PolarsError as error:
        raise _DoubtError from error
    titles = [title.strip(SPACE) for title in header.split(separator)]
    _require(len(set(titles)) == len(titles) == frame.width - 1)
    layout = LAYOUTS[name]
    _require(all(layout.column(title) for title in titles))
    _require(all(column.name in titles for column in layout.columns if column.required))
    frame.columns = ["row", *titles]
    longest = frame.select(pl.max_horizontal(pl.col(titles).str.len_bytes().max())).item()
    _require(longest is None or longest <= LONGEST_CELL)
    stripped = [pl.col(title).str.strip_chars(SPACE) for title in titles]
    empty = pl.all_horizontal(pl.col(title).is_null() | (pl.col(title) == "") for title in titles)
    frame = frame.with_columns(stripped).filter(~empty)
    if frame[titles[-1]].has_nulls():
        _whole_rows(path, separator or ",", len(titles))
    return frame, separator or ","


def _whole_rows(path: Path, separator: str, width: int) -> None:
    """Polars fills up a row that is too short with the same nulls as it gives for empty cells at the end of a whole one."""
    import polars as pl

    text = path.read_bytes().decode("utf-8", errors="replace")
    _require('"' not in text)
    lines = pl.Series(text.split("\n"))
    blank = lines.str.strip_chars(SPACE + "\r") == ""
    _require((blank | (lines.str.count_matches(separator, literal=True) == width - 1)).all())


def _only(frame: pl.DataFrame, column: str, pattern: str) -> None:
    _require(not frame[column].has_nulls() and frame[column].str.contains(pattern).all())


def _unused(frame: pl.DataFrame, *columns: str) -> None:
    for column in columns:
        if column in frame.columns:
            _require((frame[column].is_null() | (frame[column] == "")).all())


def _millionths(frame: pl.DataFrame, column: str, separator: str) -> tuple[pl.DataFrame, str | None]:
    """Text amounts as Int64 millionths, by the same rules for the decimal sign as `numbers.detect`."""
    import polars as pl

    text = frame[column]
    signs = [sign for sign in (".", ",") if text.str.contains(sign, literal=True).any()]
    _require(len(signs) < 2)
    sign = signs[0] if signs else None
    text = text.str.replace(",", ".", literal=True)
    frame = frame.with_columns(text.alias(column))
    _only(frame, column, _AMOUNT)
    if sign is not None:
        broken = text.filter(text.str.contains(".", literal=True))
        decisive = (~broken.str.contains(_MAYBE_THOUSANDS)).any()
        _require(decisive or sign == {",": ".", ";": ",", "\t": ","}[separator])
    parts = pl.col(column).str.splitn(".", 2).struct
    whole = parts.field("field_0").cast(pl.Int64) * MILLIONTHS
    rest = parts.field("field_1").fill_null("").str.pad_end(6, "0").cast(pl.Int64)
    if sign is None:
        return frame.with_columns((pl.col(column).cast(pl.Int64) * MILLIONTHS).alias(column)), sign
    return frame.with_columns((whole + rest).alias(column)), sign


def _year(frame: pl.DataFrame, default: int | None) -> pl.DataFrame:
    import polars as pl

    if "jaar" not in frame.columns:
        return frame.with_columns(pl.lit(default, pl.Int64).alias("year"))
    given = frame["jaar"].is_not_null() & (frame["jaar"] != "")
    _require(default is not None or given.all())
    _require(frame["jaar"].filter(given).str.contains(_YEAR).all())
    year = pl.when(given).then(pl.col("jaar")).otherwise(pl.lit(str(default))).cast(pl.Int64)
    return frame.with_columns(year.alias("year"))


def _norm_times(path: Path) -> tuple[pl.DataFrame, Note]:
    import polars as pl

    frame, separator = _read(path, "normtijden")
    rows = frame.height
    _require(rows)
    frame = _year(frame, None)
    _only(frame, "specialisme", _CODE)
    _only(frame, "code", _CODE)
    _only(frame, "soort", r"^(zorgproduct|zorgactiviteit)$")
    frame, sign = _millionths(frame, "minuten", separator)
    found = frame.select(
        "year", pl.col("specialisme").alias("specialism"), "code", pl.col("minuten").alias("minutes"),
        pl.col("row").cast(pl.Int64).alias("norm_row"),
    )  # fmt: skip
    _require(not found.select("year", "specialism", "code").is_duplicated().any())
    return found, ("normtijden", path.name, rows, separator, sign)


def _production(name: str, path: Path, norm_times: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, Note]:
    import polars as pl

    frame, separator = _read(path, name)
    rows = frame.height
    _require(rows and {"zorgproduct", "aantal"} <= set(frame.columns))
    _unused(frame, "normuren", "norm_fte", "soort")
    _only(frame, "zorgproduct", _CODE)
    frame = _contract(_year(frame, context.year), context)
    frame, sign = _millionths(frame, "aantal", separator)
    specialisms = pl.DataFrame(
        {"vakgroep": list(context.groups), "specialism": [group.specialism for group in context.groups.values()]},
        schema={"vakgroep": pl.String, "specialism": pl.String},
    )
    frame = frame.join(specialisms, on="vakgroep", how="left", maintain_order="left")
    _require(not frame["specialism"].has_nulls())
    _require(not frame.select("vakgroep", "contract", "year", "zorgproduct").is_duplicated().any())
    used = [year for year in (context.year, (context.year or 0) - 1) if year and context.uses(year)]
    joined = frame.filter(pl.col("year").is_in(used)).join(
        norm_times, left_on=["year", "specialism", "zorgproduct"], right_on=["year", "specialism", "code"], how="left"
    )
    _require(not joined["minutes"].has_nulls())
    kept = joined.select(
        pl.col("row").cast(pl.Int64), pl.col("vakgroep").alias("group"), "contract", "year",
        pl.col("zorgproduct").alias("code"), pl.col("aantal").alias("volume"), "minutes", "norm_row",
    )  # fmt: skip
    return kept, (name, path.name, rows, separator, sign)


def _contract(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    import polars as pl

    known = context.contracts or ()
    if "contract" not in frame.columns:
        _require(len(known) == 1)
        return frame.with_columns(pl.lit(known[0]).alias("contract"))
    empty = frame["contract"].is_null() | (frame["contract"] == "")
    if empty.any():
        _require(len(known) == 1)
        frame = frame.with_columns(
            pl.when(empty).then(pl.lit(known[0])).otherwise(pl.col("contract")).alias("contract")
        )
    _require(frame["contract"].is_in(list(known)).all())
    return frame
