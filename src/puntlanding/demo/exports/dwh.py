"""The tables of a hospital's data warehouse as its analysts have them (data-facts §5.5)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, write_table
from puntlanding.demo.exports.classes import EMERGENCY_CONTACTS, OPERATIVE, with_class
from puntlanding.demo.truth import Truth

_DAY = "%Y-%m-%d"
_DEPARTMENTS = ("A1", "B2", "C3", "D4")


def write(truth: Truth, folder: Path, *, as_of: date | None = None) -> Written:
    known = as_known(truth, as_of)
    activities = _activities(known)
    tables = {
        "Patient": _patients(known),
        "Subtraject": _trajectories(known),
        "Verrichting": activities.drop("_seh"),
        "Opname": _admissions(known),
        "Operatie": _operations(activities),
        "SEH": _emergency(activities),
    }
    return Written(tuple(write_table(frame, folder / f"{name}.csv") for name, frame in tables.items()))


def short(code: str) -> pl.Expr:
    """A diagnosis as its own table writes it, without the zeros that make it four characters."""
    return pl.col(code).str.strip_chars_start("0")


def _patients(known: Truth) -> pl.DataFrame:
    return known.patients.select(
        PatientNr="patient",
        Geslacht="geslacht",
        GeboorteDatum=pl.col("geboortedatum").dt.strftime(_DAY),
        OverlijdensDatum=pl.lit(None, pl.String),
    )


def _trajectories(known: Truth) -> pl.DataFrame:
    return known.trajectories.select(
        PatientNr="patient",
        SubtrajectNr="subtraject_id",
        AGB_Code="specialisme",
        DiagnoseCode=short("diagnose"),
        OpeningsDatumDBC=pl.col("openingsdatum").dt.strftime(_DAY),
        SluitingsDatumDBC=pl.col("sluitdatum").dt.strftime(_DAY),
        ZorgType="zorgtype",
    )


def _activities(known: Truth) -> pl.DataFrame:
    """An operation is numbered after its trajectory; one trajectory has at most one here."""
    trajectories = known.trajectories.select("subtraject_id", "patient", "opname")
    return (
        with_class(known.activities)
        .join(trajectories, on="subtraject_id", how="left", maintain_order="left")
        .select(
            PatientNr="patient",
            SubtrajectNr="subtraject_id",
            OpnameNr="opname",
            OperatieNr=pl.when(pl.col("klasse") == OPERATIVE).then(pl.concat_str(pl.lit("OK"), "subtraject_id")),
            ZACode="za_code",
            ZAOmschrijving=pl.lit("zorgactiviteit"),
            VerrichtingDatum=pl.col("datum").dt.strftime(_DAY),
            AGB_CodeAanvrager="specialisme_aanvrager",
            AGB_CodeUitvoerder="specialisme_uitvoerder",
            Aantal="aantal",
            ZorgprofielKlasse="klasse",
            _seh=pl.col("za_code").is_in(EMERGENCY_CONTACTS),
        )
    )


def _admissions(known: Truth) -> pl.DataFrame:
    """Setting 2 is day nursing and 3 a clinical stay, as the classes of the care profile count them (data-facts §4.5)."""
    return known.admissions.select(
        PatientNr="patient",
        OpnameNr="opname",
        SubtrajectNr="subtraject_id",
        OpnameDatumTijd=pl.col("opgenomen").dt.strftime(f"{_DAY} 08:00:00"),
        OntslagDatumTijd=pl.col("ontslagen").dt.strftime(f"{_DAY} 16:00:00"),
        AGB_CodeOpnameSpecialisme="specialisme",
        BehandelSettingCode=pl.when("dagopname").then(pl.lit("2")).otherwise(pl.lit("3")),
        Spoed=pl.lit("0"),
        OpnameAfdeling=pl.lit(list(_DEPARTMENTS)).list.get(pl.int_range(pl.len()) % len(_DEPARTMENTS)),
    )


def _operations(activities: pl.DataFrame) -> pl.DataFrame:
    """One row per operation; times of day are the same for all, because nothing is counted from them."""
    day = pl.col("VerrichtingDatum")
    return (
        activities.filter(pl.col("OperatieNr").is_not_null())
        .unique("OperatieNr", keep="first", maintain_order=True)
        .select(
            "OperatieNr",
            "SubtrajectNr",
            OperatieDatum=day,
            BrutoStart=day + pl.lit(" 08:30:00"),
            NettoStart=day + pl.lit(" 08:50:00"),
            BrutoEind=day + pl.lit(" 10:10:00"),
            NettoEind=day + pl.lit(" 09:50:00"),
            AanvragendSpecialisme=pl.coalesce("AGB_CodeAanvrager", "AGB_CodeUitvoerder"),
            UitvoerendSpecialisme="AGB_CodeUitvoerder",
            ASA_Score=pl.lit("2"),
        )
    )


def _emergency(activities: pl.DataFrame) -> pl.DataFrame:
    return activities.filter(pl.col("_seh")).select(TijdsduurSehBezoek=pl.lit("150"), OpnameNr="OpnameNr")
