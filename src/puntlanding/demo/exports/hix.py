"""Tables of ChipSoft HiX as a database client exports them (data-facts §5.4), with what such an export holds besides records.

Local specialism codes and doctors instead of AGB codes, times of day on every date, NULL for empty; and noise, seeded and
counted: trajectories that were cancelled, trajectories of the local care type W, and corrected activities.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, chance, some, write_table
from puntlanding.demo.exports.classes import with_class
from puntlanding.demo.exports.doctors import doctor, doctors, local_specialism, specialisms
from puntlanding.demo.exports.dwh import short
from puntlanding.demo.truth import Truth

# Shares of the rows, an assumption: large enough to be seen in a small hospital.
CANCELLED, LOCAL_TYPE, CORRECTED = 0.01, 0.005, 0.01
_MIDNIGHT = "%Y-%m-%d 00:00:00.000"


def write(truth: Truth, folder: Path, *, as_of: date | None = None) -> Written:
    known = as_known(truth, as_of)
    noise = chance(truth, "hix")
    cancelled = some(known.trajectories, CANCELLED, noise)
    local = some(known.trajectories, LOCAL_TYPE, noise)
    corrected = some(known.activities, CORRECTED, noise)
    executed = _executed(known, corrected)
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
    left_out = {"cancelled": cancelled.height, "local_type": local.height, "corrected": corrected.height}
    return Written(files, left_out)


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


def _executed(known: Truth, corrected: pl.DataFrame) -> pl.DataFrame:
    """Activities with what both tables of them need; a corrected one is there once more, marked, with its quantity undone."""
    columns = ("verrichting", *(name for name in known.activities.columns if name != "verrichting"))
    undone = corrected.with_columns(
        verrichting=pl.concat_str(pl.lit("C"), "verrichting"), aantal=-pl.col("aantal"), _correctie=pl.lit("0001")
    )
    rows = pl.concat([known.activities.select(columns).with_columns(_correctie=pl.lit("0000")), undone])
    trajectories = known.trajectories.select("subtraject_id", "patient", "opname", "verzekeraar")
    return rows.join(trajectories, on="subtraject_id", how="left", maintain_order="left")


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
