"""Tables of ChipSoft HiX as a database client exports them (data-facts §5.4), with what such an export holds besides records.

Local specialism codes and doctors instead of AGB codes, times of day on every date, NULL for empty; and noise, seeded and
counted, under the names that the catalogue of checks has for them: trajectories that were cancelled, trajectories of the
local care type W, corrected activities, activities with a local code only, and a line for each product that was claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, chance, some, write_table
from puntlanding.demo.exports.classes import with_class
from puntlanding.demo.exports.doctors import doctor, doctors, local_specialism, specialisms
from puntlanding.demo.exports.dwh import short
from puntlanding.demo.truth import Truth

# Shares of the rows, an assumption: large enough to be seen in a small hospital.
CANCELLED, LOCAL_TYPE, CORRECTED, LOCAL_CODE = 0.01, 0.005, 0.01, 0.002
_MIDNIGHT = "%Y-%m-%d 00:00:00.000"


def write(truth: Truth, folder: Path, *, as_of: date | None = None) -> Written:
    known = as_known(truth, as_of)
    noise = chance(truth, "hix")
    cancelled = some(known.trajectories, CANCELLED, noise)
    local = some(known.trajectories, LOCAL_TYPE, noise)
    extra = {
        "hix_of_left_out": _of_left_out(known, cancelled),
        "hix_correction": _corrections(some(known.activities, CORRECTED, noise)),
        "hix_local_code": _local_codes(some(known.activities, LOCAL_CODE, noise)),
        "hix_claim_line": _claim_lines(known.trajectories),
    }
    executed = _executed(known, extra)
    tables = {
        "PATIENT_PATIENT": _patients(known),
        "EPISODE_EPISODE": _care_paths(known),
        "EPISODE_DBCPER": _trajectories(known, cancelled, local),
        "FAKTUUR_VERRICHT": _activities(executed),
        "FAKTUUR_VERRSEC": _coding(executed),
        "EPISODE_DBCVERRO": _classes(known),
        "EPISODE_DIAG": _diagnoses(known),
        "OPNAME_OPNAME": _admissions(known),
        "CSZISLIB_ARTS": doctors(known),
        "CSZISLIB_SPEC": specialisms(known),
    }
    files = tuple(
        write_table(frame, folder / f"{name}.csv", separator=",", null="NULL") for name, frame in tables.items()
    )
    left_out = {name: frame.height for name, frame in extra.items()}
    return Written(files, {"hix_cancelled": cancelled.height, "hix_local_type": local.height, **left_out})


def moment(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime(_MIDNIGHT)


def nothing(dtype: type[pl.DataType] = pl.String) -> pl.Expr:
    return pl.lit(None, dtype)


def _patients(known: Truth) -> pl.DataFrame:
    return known.patients.select(
        PATIENTNR="patient",
        ACHTERNAAM="naam",
        ADRES="adres",
        POSTCODE="postcode",
        BSN="bsn",
        GESLACHT="geslacht",
        GEBDAT=moment("geboortedatum"),
    )


def _care_paths(known: Truth) -> pl.DataFrame:
    paths = known.trajectories.sort("zorgtraject_id", "openingsdatum", "subtraject_id").unique(
        "zorgtraject_id", keep="first", maintain_order=True
    )
    return paths.select(
        EPISODE="zorgtraject_id",
        PATIENTNR="patient",
        VERWIJSNR=nothing(),
        SPECIALISM=local_specialism("specialisme"),
        LOCATIE=pl.lit("HOOFD"),
        ZORGTYPE="zorgtype",
        HOOFDDIAG=short("diagnose"),
        BEGINDAT=moment("openingsdatum"),
        EINDDAT=nothing(),
        EINDDATDBC=nothing(),
    )


def _trajectories(known: Truth, cancelled: pl.DataFrame, local: pl.DataFrame) -> pl.DataFrame:
    """The copies carry a number of their own; the activities stay with the one that counts."""
    kept = known.trajectories.with_columns(_vervallen=pl.lit("0"))
    copies = [
        cancelled.with_columns(subtraject_id=pl.concat_str(pl.lit("V"), "subtraject_id"), _vervallen=pl.lit("1")),
        local.with_columns(
            subtraject_id=pl.concat_str(pl.lit("W"), "subtraject_id"), zorgtype=pl.lit("W"), _vervallen=pl.lit("0")
        ),
    ]
    claimed = pl.col("declaratiecode").is_not_null()
    status = pl.when(claimed).then(pl.lit("D")).when(pl.col("sluitdatum").is_not_null()).then(pl.lit("N"))
    return pl.concat([kept, *copies]).select(
        DBCNUMMER="subtraject_id",
        EPISODE="zorgtraject_id",
        UITVOERDER=doctor("specialisme"),
        SPECIALISM=local_specialism("specialisme"),
        SUBSPEC=nothing(),
        AFSLUIT="afsluitreden",
        ZORGTYPE="zorgtype",
        ZORGVRAAG="zorgvraag",
        HOOFDDIAG=short("diagnose"),
        ICD10=nothing(),
        ZORGPROD="zorgproduct",
        DECLCODE="declaratiecode",
        LOCATIE=pl.lit("HOOFD"),
        STATUS=status,
        KLEUR=nothing(),
        BEGINDAT=moment("openingsdatum"),
        EINDDAT=moment("sluitdatum"),
        FAKTUURDAT=pl.when(claimed).then(moment("product_bekend_op")),
        VERZEKERIN="verzekeraar",
        HOOFDDBC=nothing(),
        VERVALLEN="_vervallen",
    )


def _of_left_out(known: Truth, cancelled: pl.DataFrame) -> pl.DataFrame:
    """The first activity of each cancelled trajectory was left hanging on it."""
    first = known.activities.filter(pl.col("subtraject_id").is_first_distinct())
    left = first.join(cancelled.select("subtraject_id"), on="subtraject_id", how="semi", maintain_order="left")
    return left.with_columns(
        verrichting=pl.concat_str(pl.lit("V"), "verrichting"), subtraject_id=pl.concat_str(pl.lit("V"), "subtraject_id")
    )


def _corrections(chosen: pl.DataFrame) -> pl.DataFrame:
    """The activity once more, marked, with its quantity undone."""
    return chosen.with_columns(
        verrichting=pl.concat_str(pl.lit("C"), "verrichting"), aantal=-pl.col("aantal"), _correctie=pl.lit("0001")
    )


def _local_codes(chosen: pl.DataFrame) -> pl.DataFrame:
    return chosen.with_columns(verrichting=pl.concat_str(pl.lit("L"), "verrichting"), za_code=nothing())


def _claim_lines(trajectories: pl.DataFrame) -> pl.DataFrame:
    """A claimed product stands among the activities, with its claim code."""
    claimed = trajectories.filter(pl.col("declaratiecode").is_not_null())
    return claimed.select(
        "subtraject_id",
        verrichting=pl.concat_str(pl.lit("D"), "subtraject_id"),
        za_code="declaratiecode",
        datum="sluitdatum",
        aantal=pl.lit(1, pl.Int32),
        specialisme_uitvoerder="specialisme",
    )


def _executed(known: Truth, extra: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Activities, and what else stands among them, with what both tables of them need."""
    trajectories = known.trajectories.select("subtraject_id", "patient", "opname", "verzekeraar")
    rows = pl.concat([known.activities, *extra.values()], how="diagonal_relaxed")
    return rows.with_columns(pl.col("_correctie").fill_null("0000")).join(
        trajectories, on="subtraject_id", how="left", maintain_order="left"
    )


def _activities(executed: pl.DataFrame) -> pl.DataFrame:
    return executed.select(
        ID="verrichting",
        PATIENTNR="patient",
        DATUM=moment("datum"),
        UITVOERDER=doctor("specialisme_uitvoerder"),
        AANVRAGER=doctor("specialisme_aanvrager"),
        CASENR="subtraject_id",
        OPNAMENR="opname",
        AFDELING=pl.lit("POLI"),
        LOCATIE=pl.lit("HOOFD"),
        VERZEKERIN="verzekeraar",
        FAKTUURNUM=nothing(),
        FAKTUURDAT=nothing(),
        BRON=pl.lit("EPD"),
    )


def _coding(executed: pl.DataFrame) -> pl.DataFrame:
    return executed.select(
        ID="verrichting",
        CODE=pl.concat_str(pl.lit("H"), "za_code"),
        CTGCODE="za_code",
        AANTAL="aantal",
        KOSTPLAATS=pl.lit("1000"),
        CORRECTIE="_correctie",
        BRONSTATUS=pl.lit("P"),
        BEDRAGSPEC=nothing(),
        BEDRAGZIEK=nothing(),
    )


def _classes(known: Truth) -> pl.DataFrame:
    codes = with_class(known.activities.select(pl.col("za_code").unique().sort()).drop_nulls())
    return codes.select(
        CODE="za_code", ZORGKLASSE="klasse", BEGINDATUM=pl.lit("2012-01-01 00:00:00.000"), EINDDATUM=nothing()
    )


def _diagnoses(known: Truth) -> pl.DataFrame:
    met = known.trajectories.select("specialisme", "diagnose").unique().sort("specialisme", "diagnose")
    return met.select(
        CODE=short("diagnose"),
        OMSCHRIJV=pl.concat_str(pl.lit("diagnose "), short("diagnose")),
        LANGEOMSCH=nothing(),
        SPECIALISM=local_specialism("specialisme"),
        DATUM=pl.lit("2012-01-01 00:00:00.000"),
        EINDDATUM=nothing(),
    )


def _admissions(known: Truth) -> pl.DataFrame:
    return known.admissions.select(
        PLANNR="opname",
        PATIENTNR="patient",
        OPNTYPE=pl.when("dagopname").then(pl.lit("D")).otherwise(pl.lit("K")),
        SPECIALISM=local_specialism("specialisme"),
        LOCATIE=pl.lit("HOOFD"),
        HERKOMST=pl.lit("THUIS"),
        OPNDUUR=(pl.col("ontslagen") - pl.col("opgenomen")).dt.total_days(),
        OPNDAT=moment("opgenomen"),
        OPNTIJD=pl.lit("08:00"),
        ONTSLDAT=moment("ontslagen"),
        ONTSLTIJD=pl.when(pl.col("ontslagen").is_not_null()).then(pl.lit("16:00")),
    )
