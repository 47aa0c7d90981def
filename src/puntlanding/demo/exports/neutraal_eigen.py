"""The same tables as a hospital would have made them itself: other headers, Dutch dates, sex in digits; with the mapping."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, write_table
from puntlanding.demo.truth import Truth

MAPPING = "koppeling.toml"
_DAY = "%d-%m-%Y"
_EMPTY = "NULL"
_SEXES = {"M": "1", "V": "2", "O": "9"}

# Our column → theirs, per table and file.
_TRAJECTORY = {
    "subtraject_id": "DBC nummer",
    "zorgtraject_id": "Zorgtraject",
    "patient": "Pat.nr.",
    "specialisme": "Spec (AGB)",
    "diagnose": "Diagn",
    "zorgtype": "Type",
    "openingsdatum": "Begindatum",
    "sluitdatum": "Einddatum",
    "afsluitreden": "Reden sluiten",
    "zorgproduct": "Product",
    "declaratiecode": "Declaratie",
    "verzekeraar": "UZOVI",
    "geregistreerd_op": "Ingevoerd",
    "product_bekend_op": "Afgeleid op",
}
_ACTIVITY = {
    "subtraject_id": "DBC nummer",
    "za_code": "Verrichting",
    "datum": "Datum",
    "aantal": "Aantal",
    "specialisme_uitvoerder": "Door",
    "specialisme_aanvrager": "Voor",
    "geregistreerd_op": "Ingevoerd",
}
_PATIENT = {"patient": "Pat.nr.", "geboortedatum": "Geb.datum", "geslacht": "M/V"}
_FILES = {"subtrajecten": "DBC.csv", "zorgactiviteiten": "Verrichtingen.csv", "patienten": "Personen.csv"}
_COLUMNS = {"subtrajecten": _TRAJECTORY, "zorgactiviteiten": _ACTIVITY, "patienten": _PATIENT}


def write(truth: Truth, folder: Path, *, as_of: date | None = None) -> Written:
    known = as_known(truth, as_of)
    patients = known.patients.with_columns(pl.col("geslacht").replace_strict(_SEXES, return_dtype=pl.String))
    frames = {"subtrajecten": known.trajectories, "zorgactiviteiten": known.activities, "patienten": patients}
    paths = [
        write_table(_renamed(frame, _COLUMNS[name]), folder / _FILES[name], null=_EMPTY)
        for name, frame in frames.items()
    ]
    mapping = folder / MAPPING
    mapping.write_text("\n".join(_section(name) for name in frames), encoding="utf-8", newline="\n")
    return Written((*paths, mapping))


def _renamed(frame: pl.DataFrame, columns: Mapping[str, str]) -> pl.DataFrame:
    dates = [pl.col(name).dt.strftime(_DAY) for name in columns if frame.schema[name] == pl.Date]
    return frame.with_columns(dates).select(pl.col(ours).alias(theirs) for ours, theirs in columns.items())


def _section(table: str) -> str:
    lines = [f"[{table}]", f'bestand = "{_FILES[table]}"', 'datumvorm = "dd-mm-jjjj"', f'leeg = ["{_EMPTY}"]', ""]
    lines += [f"[{table}.kolommen]", *(f'{ours} = "{theirs}"' for ours, theirs in _COLUMNS[table].items()), ""]
    if table == "patienten":
        lines += [f"[{table}.waarden.geslacht]", *(f'"{theirs}" = "{ours}"' for ours, theirs in _SEXES.items()), ""]
    return "\n".join(lines)
