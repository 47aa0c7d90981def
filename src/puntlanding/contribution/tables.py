"""The tables of a contribution: whole numbers per hospital, group and month, and nothing about a patient.

Column names are Dutch, because users meet them in exported files; docs/reference/bijdrage.md shows them all. A month stands in
a column, so that a row is what a controller would call a line: one product of one group in one contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

HOSPITAL = "ziekenhuis"
GROUP = (HOSPITAL, "specialisme", "rol")  # the first keys of every table that has them
MONTHS = tuple(range(1, 13))
QUARTERS = tuple(range(1, 5))
OPENED = tuple(f"open_{month:02}" for month in MONTHS)
CLOSED = tuple(f"sluit_{month:02}" for month in MONTHS)
OPENED_MINUTES = tuple(f"open_min_{month:02}" for month in MONTHS)
CLOSED_MINUTES = tuple(f"sluit_min_{month:02}" for month in MONTHS)
ACTIVE = tuple(f"activiteiten_{month:02}" for month in MONTHS)
NEW_PATIENTS = tuple(f"patienten_{month:02}" for month in MONTHS)
REST = "overig"  # in place of a code or a diagnosis group: what is left when the others are told
ALL = "alle"  # in place of an age band, a sex or a contract: not told apart


class Counted(StrEnum):
    """What an efficiency stratum counts per quarter of closing; the units are methods §3, cents of diagnostics among them."""

    PATIENTS = "patienten"
    VISITS = "fysiek"
    REMOTE = "teleconsult"
    DAY_ADMISSIONS = "dagopname"
    NURSING_DAYS = "verpleegdag"
    INTENSIVE_CARE = "ic_dag"
    DIAGNOSTICS = "diagnostiek"


UNITS = tuple(one for one in Counted if one is not Counted.PATIENTS)


def per_quarter(counted: Counted) -> tuple[str, ...]:
    return tuple(f"k{quarter}_{counted}" for quarter in QUARTERS)


class TableName(StrEnum):
    PRODUCTION = "productie"
    STRATA = "strata"
    INPUT = "input"
    DIAGNOSES = "diagnoses"


@dataclass(frozen=True, slots=True)
class Layout:
    """``keys`` name a row, once; ``counts`` are Int64. In ``unknown`` an empty cell means that it cannot be known."""

    keys: tuple[str, ...]
    counts: tuple[str, ...]
    unknown: frozenset[str] = frozenset()

    @property
    def schema(self) -> pl.Schema:
        return pl.Schema({**dict.fromkeys(self.keys, pl.String()), **dict.fromkeys(self.counts, pl.Int64())})


LAYOUTS: Mapping[TableName, Layout] = {
    # Volumes and norm minutes (in hundredths) of what opened and what closed in a month; of a supporting group's activities
    # both are the month in which they were done. Minutes are empty where there is no norm time. `patienten` had it opened.
    TableName.PRODUCTION: Layout(
        (HOSPITAL, "specialisme", "rol", "soort", "code", "contract"),
        (*OPENED, *CLOSED, *OPENED_MINUTES, *CLOSED_MINUTES, "patienten"),
        frozenset((*OPENED_MINUTES, *CLOSED_MINUTES)),
    ),
    # A patient counts in the first quarter of the year in which a trajectory of the stratum closed, so quarters add up.
    TableName.STRATA: Layout(
        (HOSPITAL, "specialisme", "diagnosegroep", "leeftijd", "geslacht"),
        tuple(column for counted in Counted for column in per_quarter(counted)),
        frozenset(per_quarter(Counted.DIAGNOSTICS)),
    ),
    # The input parameter of the old model: activities by the month they were done, patients by the first month they were seen.
    TableName.INPUT: Layout((HOSPITAL, "specialisme", "rol"), (*ACTIVE, *NEW_PATIENTS)),
    # What opened in the year, by diagnosis and product: for the balance between routes of care.
    TableName.DIAGNOSES: Layout((HOSPITAL, "specialisme", "diagnose", "zorgproduct"), ("aantal", "patienten")),
}


def empty(name: TableName) -> pl.DataFrame:
    return pl.DataFrame(schema=LAYOUTS[name].schema)


def ordered(name: TableName, frame: pl.DataFrame) -> pl.DataFrame:
    """In the one order and with the one schema that files have."""
    layout = LAYOUTS[name]
    return frame.select(list(layout.schema)).cast(layout.schema).sort(layout.keys)
