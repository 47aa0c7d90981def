"""The canonical tables themselves: with our headers, and as a hospital would have them, with a mapping that fits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from puntlanding.demo.exports.base import Written, as_known, write_table
from puntlanding.demo.truth import Truth
from puntlanding.records.tables import ACTIVITIES, TRAJECTORIES

_OF_THE_PATIENT = ("geboortejaar", "geslacht", "verzekeraar")
_TRAJECTORY = [one.name for one in TRAJECTORIES if one.name not in _OF_THE_PATIENT]
_ACTIVITY = [one.name for one in ACTIVITIES]
_PATIENT = ["patient", "geboortedatum", "geslacht", "verzekeraar"]


def write(truth: Truth, folder: Path, *, as_of: date | None = None, parquet: bool = False) -> Written:
    """``subtrajecten``, ``zorgactiviteiten`` and ``patienten``: who somebody is stands once, with the patient."""
    known = as_known(truth, as_of)
    tables = {
        "subtrajecten": known.trajectories.select(_TRAJECTORY),
        "zorgactiviteiten": known.activities.select(_ACTIVITY),
        "patienten": known.patients.select(_PATIENT),
    }
    if not parquet:
        return Written(tuple(write_table(frame, folder / f"{name}.csv") for name, frame in tables.items()))
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd")
    return Written(tuple(folder / f"{name}.parquet" for name in tables))
