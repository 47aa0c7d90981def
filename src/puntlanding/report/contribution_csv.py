"""A contribution as long CSV tables, one number per row: for a privacy officer who wants to see all of it, and for Power BI."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import (
    ACTIVE,
    CLOSED,
    CLOSED_MINUTES,
    HOSPITAL,
    LAYOUTS,
    NEW_PATIENTS,
    OPENED,
    OPENED_MINUTES,
    TableName,
)  # fmt: skip
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed

PREFIX = "bijdrage-"
_FORMULA = r"^[=+\-@\t\r]"


def csv_files(one: Contribution, folder: Path, language: Language) -> dict[Path, bytes]:
    """In Dutch with semicolons and decimal commas, in English with commas and decimal points. What is zero has no row."""
    dutch = language is Language.DUTCH
    tables = {
        TableName.PRODUCTION.value: _production(one.production, dutch=dutch),
        TableName.STRATA.value: _strata(one.strata),
        TableName.INPUT.value: _input(one.input),
        TableName.DIAGNOSES.value: one.diagnoses,
        "formatie": _formation(one, dutch=dutch),
    }
    return {folder / f"{PREFIX}{name}.csv": _csv(frame, dutch=dutch) for name, frame in tables.items()}


def _production(frame: pl.DataFrame, *, dutch: bool) -> pl.DataFrame:
    """``patienten`` is of the year and stands in rows of its own (month empty): over months it would be counted twelve times."""
    keys = list(LAYOUTS[TableName.PRODUCTION].keys)
    both = [
        _long(frame, keys, list(volumes), "maand", "aantal").join(
            _long(frame, keys, list(minutes), "maand", "minuten"), on=[*keys, "maand"], how="left", nulls_equal=True
        ).with_columns(grootheid=pl.lit(name))
        for name, volumes, minutes in (("geopend", OPENED, OPENED_MINUTES), ("gesloten", CLOSED, CLOSED_MINUTES))
    ]  # fmt: skip
    patients = frame.select(
        *keys, maand=pl.lit(None, pl.String), aantal="patienten", minuten=pl.lit(None, pl.Int64), grootheid=pl.lit("patienten")
    )  # fmt: skip
    whole = pl.concat([*both, patients.filter(pl.col("aantal") != 0)]).sort([*keys, "grootheid", "maand"])
    return whole.select(*keys, "grootheid", "maand", "aantal", _decimal("minuten", dutch=dutch))


def _strata(frame: pl.DataFrame) -> pl.DataFrame:
    """``eenheid`` diagnostiek is in cents."""
    keys = list(LAYOUTS[TableName.STRATA].keys)
    counts = list(LAYOUTS[TableName.STRATA].counts)
    long = frame.unpivot(counts, index=keys, variable_name="naam", value_name="aantal").filter(pl.col("aantal") != 0)
    parts = long.with_columns(kwartaal=pl.col("naam").str.slice(1, 1), eenheid=pl.col("naam").str.slice(3))
    return parts.select(*keys, "eenheid", "kwartaal", "aantal").sort([*keys, "eenheid", "kwartaal"])


def _input(frame: pl.DataFrame) -> pl.DataFrame:
    keys = list(LAYOUTS[TableName.INPUT].keys)
    parts = [
        _long(frame, keys, list(block), "maand", "aantal").with_columns(grootheid=pl.lit(name))
        for name, block in (("activiteiten", ACTIVE), ("patienten", NEW_PATIENTS))
    ]
    return pl.concat(parts).select(*keys, "grootheid", "maand", "aantal").sort([*keys, "grootheid", "maand"])


def _long(frame: pl.DataFrame, keys: Sequence[str], columns: Sequence[str], name: str, value: str) -> pl.DataFrame:
    long = frame.unpivot(columns, index=keys, variable_name=name, value_name=value)
    return long.filter(pl.col(value) != 0).with_columns(pl.col(name).str.slice(-2))


def _formation(one: Contribution, *, dutch: bool) -> pl.DataFrame:
    def shown(value: str) -> str:
        return value.replace(".", ",") if dutch else value

    rows = [
        (about.hospital, group.specialism, group.role, shown(fixed(group.care)), shown(fixed(group.working)))
        for about in one.hospitals
        for group in about.fte
    ]
    names = (HOSPITAL, "specialisme", "rol", "zorgverlening_fte", "werkzame_fte")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")


def _decimal(column: str, *, dutch: bool) -> pl.Expr:
    """Hundredths as a number with two decimals, without passing through a float."""
    whole, rest = pl.col(column) // 100, (pl.col(column) % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(whole.cast(pl.String), pl.lit("," if dutch else "."), rest).alias(column)


def _csv(frame: pl.DataFrame, *, dutch: bool) -> bytes:
    """No text can start a formula in a spreadsheet; with a byte order mark, which a Dutch Excel needs."""
    text = [name for name, kind in frame.schema.items() if kind == pl.String() and name not in ("minuten",)]
    safe = frame.with_columns(
        pl.when(pl.col(name).str.contains(_FORMULA)).then("'" + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name in text
    )
    out = io.BytesIO()
    safe.write_csv(out, separator=";" if dutch else ",", include_bom=True, line_terminator="\r\n")
    return out.getvalue()
