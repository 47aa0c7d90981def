"""The fold: a hospital's records of one year → its contribution (architecture, "The one idea"; methods §1-4).

What is counted, table by table, stands in docs/reference/bijdrage.md. Only whole numbers are added, so that no order of
rows, threads or machines can make a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from puntlanding import __version__
from puntlanding.contribution import About, Basis, Contribution, Origin, packed, unpacked
from puntlanding.contribution.stored import NORM_TIME, STORED
from puntlanding.contribution.tables import HOSPITAL, OPENED, Counted, TableName, per_quarter
from puntlanding.fold.activities import ActivityPass, activities
from puntlanding.fold.arrays import always
from puntlanding.fold.rows import activity_input, diagnoses, production, strata
from puntlanding.fold.rules import UNIT_NAMES, FoldJob, FoldRules
from puntlanding.fold.trajectories import FATES, Trajectories, trajectories
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Records, Store


@dataclass(frozen=True, slots=True)
class Folded:
    """A contribution as it stands in its file: ``tables`` are those of `stored.STORED`, in order."""

    basis: Basis
    about: About
    tables: Mapping[str, pl.DataFrame]

    def to_bytes(self) -> bytes:
        return packed(self.basis, [self.about], self.tables)

    def contribution(self) -> Contribution:
        return unpacked(self.basis, [self.about], self.tables)


def fold_year(job: FoldJob) -> bytes:
    """The contribution's file. Raises InputError where the store has no such year, or where corrections make a cell negative."""
    return _folded(job).to_bytes()


def fold(job: FoldJob) -> Contribution:
    return _folded(job).contribution()


def _folded(job: FoldJob) -> Folded:
    store = Store(job.store)
    records = store.records(job.hospital, job.rules.year, job.as_of)
    return fold_records(job.hospital, records, year_before(store, job), job.rules)


def year_before(store: Store, job: FoldJob) -> Records | None:
    """What opened in the year before, as known on the same day: it may have closed, or been worked on, in the year itself."""
    earlier = job.rules.year - 1
    known = [
        one
        for one in store.deliveries(job.hospital)
        if one.year == earlier and (job.as_of is None or one.delivered <= job.as_of)
    ]
    return store.records(job.hospital, earlier, job.as_of) if known else None


def fold_records(hospital: str, records: Records, before: Records | None, rules: FoldRules) -> Folded:
    """``before``: the year before, where the store has it; without it what closed early in the year is missing, and counted so."""
    delivered = [one for one in (before, records) if one is not None]
    earlier = before.stored_trajectories if before is not None else None
    with_ids = not all(one.by_row for one in delivered)
    found = trajectories(records.stored_trajectories, earlier, rules, with_ids=with_ids)
    passed = ActivityPass(found, rules)
    for source, one in zip(found.sources, delivered, strict=True):
        passed.take(activities(one.stored_activities, source))
    helped = passed.helped()
    tables = {
        TableName.PRODUCTION.value: production(found, passed, helped, rules),
        TableName.STRATA.value: strata(found, passed, rules),
        TableName.INPUT.value: activity_input(found, passed, helped),
        TableName.DIAGNOSES.value: diagnoses(found),
    }
    _refuse_negative(hospital, tables)
    own = {name: _of(hospital, frame).select(list(STORED[name].schema)) for name, frame in tables.items()}
    origins = tuple(Origin(one.kept.year, one.kept.delivered, one.kept.content) for one in delivered)
    counts = _counts(found, passed, tables[TableName.PRODUCTION.value], with_before=before is not None)
    return Folded(rules.basis(), About(hospital, rules.kind, origins, rules.fte, counts, __version__), own)


def _of(hospital: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(always(hospital, frame.height).alias(HOSPITAL))


def _counts(found: Trajectories, passed: ActivityPass, rows: pl.DataFrame, *, with_before: bool) -> dict[str, int]:
    """Counts for the checks; the fates are those of the trajectories opened in the year."""
    opened = found.opened > 0
    fates = np.bincount(found.fate[opened], minlength=len(FATES)).tolist()
    unpriced = rows.filter(pl.col(NORM_TIME).is_null())
    return {
        "geopend": int(opened.sum()),
        "gesloten": int((found.closed > 0).sum()),
        **dict(zip(FATES, fates, strict=True)),
        "zonder_specialisme": int((~found.with_specialism).sum()),
        "zonder_normtijd": sum(int(unpriced[month].sum()) for month in OPENED),
        "activiteiten": passed.rows,
        "activiteiten_ondersteunend": passed.assisted,
        "jaar_ervoor_in_opslag": int(with_before),
    }


def _refuse_negative(hospital: str, tables: Mapping[str, pl.DataFrame]) -> None:
    """Corrections may outweigh what was done in a month; over a year and a cell that is a mistake in the records."""
    products, strata = tables[TableName.PRODUCTION.value], tables[TableName.STRATA.value]
    problems = []
    for row in _negative(products, {"volume": OPENED}):
        details = {"specialism": row["specialisme"], "contract": row["contract"], "code": row["code"]}
        problems.append(Problem("negative_cell", hospital, value=str(row["jaar"]), details=details))
    for row in _negative(strata, {name: per_quarter(Counted(name)) for name in UNIT_NAMES}):
        stratum = ", ".join(row[key] for key in ("diagnosegroep", "leeftijd", "geslacht"))
        details = {"specialism": row["specialisme"], "stratum": stratum, "unit": row["wat"]}
        problems.append(Problem("negative_stratum", hospital, value=str(row["jaar"]), details=details))
    if problems:
        raise InputError(problems)


def _negative(rows: pl.DataFrame, sums: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
    """The rows of which one of ``sums`` is below nothing, with that as `jaar` and its name as `wat`."""
    least = rows.select(pl.sum_horizontal(columns).min().alias(name) for name, columns in sums.items()).row(0)
    for name in [name for name, one in zip(sums, least, strict=True) if one is not None and one < 0]:
        year = rows.with_columns(pl.sum_horizontal(sums[name]).alias("jaar"), pl.lit(name).alias("wat"))
        yield from year.filter(pl.col("jaar") < 0).iter_rows(named=True)
