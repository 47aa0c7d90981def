"""What each format carries of a hospital whose truth is known, and what it does not: counted per column, each with a reason.

The reason is one that the reader itself states (`Reader.absent`); a difference without one is a fault in reader or writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from puntlanding.demo.truth import Truth
from puntlanding.intake.base import Absent, Reader
from puntlanding.records.compare import Changes, changes
from puntlanding.records.delivery import Delivery
from puntlanding.records.pseudonyms import Key
from puntlanding.records.tables import DOMAINS, TableName, schema

ID = "subtraject_id"
CLAIMED_ONLY = "zh308"  # declarations: closed trajectories with a claim code and an insurer, and their activities
_UNINSURED = Absent(
    "subtrajecten.verzekeraar",
    "wie geen verzekeraar heeft, staat in geen declaratie aan een verzekeraar",
    "who has no insurer is in no declaration to an insurer",
)
DERIVED = "zorgtraject_id"


@dataclass(frozen=True, slots=True)
class Difference:
    """``count`` of ``of`` rows. ``column`` None: whole rows that the format lacks. Without ``nl`` nothing explains it."""

    format: str
    table: TableName
    column: str | None
    count: int
    of: int
    nl: str = ""
    en: str = ""

    @property
    def explained(self) -> bool:
        return bool(self.nl)


def true_records(truth: Truth, key: Key, domain: str = "patient") -> Mapping[TableName, pl.DataFrame]:
    """The canonical tables of ``truth``, pseudonymised; the patient by number, or by BSN where a format has only that."""
    trajectories = truth.trajectories
    if domain == "bsn":
        numbers = truth.patients.select("patient", "bsn")
        trajectories = trajectories.join(numbers, on="patient", how="left", maintain_order="left")
        trajectories = trajectories.with_columns(patient="bsn")
    found = {}
    for table, frame in ((TableName.TRAJECTORIES, trajectories), (TableName.ACTIVITIES, truth.activities)):
        canonical = frame.select(list(schema(table)))
        found[table] = canonical.with_columns(
            key.pseudonyms(canonical[name], domain if name == "patient" else kind)
            for name, kind in DOMAINS.items()
            if name in canonical.columns
        )
    return found


def differences(truth: Truth, delivery: Delivery, reader: Reader, key: Key) -> list[Difference]:
    """What ``delivery``, read from an export of ``truth`` with the same ``key``, has otherwise; in the order of the tables."""
    absent = {one.ours: one for one in reader.absent}
    truly = true_records(truth, key, reader.patient_domain)
    found: list[Difference] = []
    expected = truly[TableName.TRAJECTORIES]
    activities = truly[TableName.ACTIVITIES]
    if reader.name == CLAIMED_ONLY:
        claimed = pl.col("sluitdatum").is_not_null() & pl.col("declaratiecode").is_not_null()
        for condition, why in (
            (claimed, absent.get("subtrajecten.sluitdatum")),
            (pl.col("verzekeraar").is_not_null(), _UNINSURED),
        ):
            declared = expected.filter(condition)
            theirs = activities.join(declared.select(ID), on=ID, how="semi")
            found += _missing(reader, TableName.TRAJECTORIES, expected, declared, why)
            found += _missing(reader, TableName.ACTIVITIES, activities, theirs, why)
            expected, activities = declared, theirs
    found += _trajectories(reader, expected, delivery.trajectories, absent)
    found += _activities(reader, activities, delivery.activities, absent)
    return found


def _missing(
    reader: Reader, table: TableName, whole: pl.DataFrame, carried: pl.DataFrame, why: Absent | None
) -> list[Difference]:
    count = whole.height - carried.height
    return [_difference(reader, table, None, count, whole.height, why)] if count else []


def _difference(
    reader: Reader, table: TableName, column: str | None, count: int, of: int, why: Absent | None
) -> Difference:
    return Difference(reader.name, table, column, count, of, why.nl if why else "", why.en if why else "")


def _trajectories(
    reader: Reader, truly: pl.DataFrame, read: pl.DataFrame, absent: Mapping[str, Absent]
) -> list[Difference]:
    """Row by row. A column that is said to be absent must be empty, or derived."""
    table = TableName.TRAJECTORIES
    columns = [name for name in schema(table) if name != ID]
    told = changes(truly, read, [ID], columns)
    found = _rows(reader, table, told)
    for name, count in told.columns.items():
        why = absent.get(f"{table}.{name}")
        if why is not None and name == DERIVED:
            count = _grouped_otherwise(truly, read)
            found += [_difference(reader, table, name, count, truly.height, why)] if count else []
            continue
        lost = read[name].null_count() - truly[name].null_count()
        # A column that is there after all, with other values than the truth, is explained by nothing.
        found.append(_difference(reader, table, name, count, truly.height, why if lost == count else None))
    return found


def _grouped_otherwise(truly: pl.DataFrame, read: pl.DataFrame) -> int:
    """A derived care path has a name of its own; what counts is who is in it. Trajectories in a path with other members."""
    both = truly.select(ID, eerst=DERIVED).join(read.select(ID, nu=DERIVED), on=ID, how="inner")
    same = pl.len().over("eerst", "nu")
    return int(both.select(((pl.len().over("eerst") != same) | (pl.len().over("nu") != same)).sum()).item())


def _activities(
    reader: Reader, truly: pl.DataFrame, read: pl.DataFrame, absent: Mapping[str, Absent]
) -> list[Difference]:
    """An activity has no number of its own, so rows are counted as often as they occur; first on the columns carried."""
    table = TableName.ACTIVITIES
    lost = [name for name in schema(table) if f"{table}.{name}" in absent and not read[name].count()]
    carried = [name for name in schema(table) if name not in lost]
    found = _rows(reader, table, changes(truly, read, (), carried))
    for name in lost:
        if count := truly[name].count():
            found.append(_difference(reader, table, name, count, truly.height, absent[f"{table}.{name}"]))
    return found


def _rows(reader: Reader, table: TableName, told: Changes) -> list[Difference]:
    """Rows that only one of the two has: nothing explains those."""
    count = told.added + told.removed
    return [Difference(reader.name, table, None, count, told.before)] if count else []
