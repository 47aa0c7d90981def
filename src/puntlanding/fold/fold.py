"""The fold: a hospital's records of one year → its contribution (architecture, "The one idea"; methods §1-4).

What is counted, table by table, stands in docs/reference/bijdrage.md. Only whole numbers are added, so that no order of
rows, threads or machines can make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import polars as pl

from puntlanding import __version__
from puntlanding.contribution import About, Contribution, Origin, contribution
from puntlanding.contribution.tables import (
    ACTIVE,
    CLOSED,
    CLOSED_MINUTES,
    HOSPITAL,
    LAYOUTS,
    MONTHS,
    NEW_PATIENTS,
    OPENED,
    OPENED_MINUTES,
    QUARTERS,
    Counted,
    TableName,
    per_quarter,
)
from puntlanding.fold.activities import ActivityPass, blocks
from puntlanding.fold.arrays import (
    FOUR_BYTES,
    NOWHERE,
    Ints,
    as_four_characters,
    dense,
    digits,
    first_moments,
    people_per_cell,
    per_moment,
)
from puntlanding.fold.rules import UNIT_NAMES, FoldJob, FoldRules
from puntlanding.fold.trajectories import FATES, PRODUCTS, Trajectories, trajectories
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Records, Store

GATEKEEPING, SUPPORTING = "poort", "ondersteunend"
PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_CELL = ("specialisme", "code", "contract")
Helped = tuple[Ints, Ints, Ints, Ints, Ints]  # as `ActivityPass.helped_cells` gives them


def fold_year(job: FoldJob) -> bytes:
    """The contribution's file. Raises InputError where the store has no such year, or where corrections make a cell negative."""
    return fold(job).to_bytes()


def fold(job: FoldJob) -> Contribution:
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


def fold_records(hospital: str, records: Records, before: Records | None, rules: FoldRules) -> Contribution:
    """``before``: the year before, where the store has it; without it what closed early in the year is missing, and counted so."""
    found = trajectories(records.trajectories, before.trajectories if before is not None else None, rules)
    passed = ActivityPass(found, rules)
    delivered = [one for one in (before, records) if one is not None]
    for source, one in zip(found.sources, delivered, strict=True):
        for block in blocks(one.activities, source):
            passed.take(block)
    helped = passed.helped_cells()
    production = _priced(pl.concat([_products(found), _activities(passed.supporters, found.contracts, helped)]), rules)
    strata = _strata(found, passed, rules)
    _refuse_negative(hospital, production, strata)
    tables = {
        TableName.PRODUCTION: production,
        TableName.STRATA: strata,
        TableName.INPUT: _input(found, passed, helped),
        TableName.DIAGNOSES: _diagnoses(found),
    }
    own = {name: frame.with_columns(pl.lit(hospital).alias(HOSPITAL)) for name, frame in tables.items()}
    origins = tuple(Origin(one.kept.year, one.kept.delivered, one.kept.content) for one in delivered)
    counts = _counts(found, passed, production, with_before=before is not None)
    return contribution(rules.basis(), [About(hospital, rules.kind, origins, rules.fte, counts, __version__)], own)


def _with_counts(texts: Mapping[str, pl.Series], names: Iterable[str], counts: Ints) -> pl.DataFrame:
    """Text columns, and a column of ``counts`` for each of ``names``."""
    whole = [pl.Series(name, np.ascontiguousarray(column)) for name, column in zip(names, counts.T, strict=True)]
    return pl.DataFrame([*(column.alias(name) for name, column in texts.items()), *whole])


def _picked(names: Sequence[str], places: Ints) -> pl.Series:
    return pl.Series(names, dtype=pl.String).gather(places)


def _always(text: str, rows: int) -> pl.Series:
    return pl.Series([text], dtype=pl.String).new_from_index(0, rows)


def _products(found: Trajectories) -> pl.DataFrame:
    """Gatekeeping groups: products of trajectories of their specialism, by month of opening and of closing."""
    out = found.with_output & ((found.opened > 0) | (found.closed > 0))
    opened, closed, contracts = found.opened[out], found.closed[out], len(found.contracts)
    line, lines = dense(found.specialism[out] * PRODUCTS + found.product[out])
    cell, cells = line * contracts + found.contract[out], len(lines) * contracts
    counts = np.column_stack(
        (
            per_moment(cell, cells, opened, len(MONTHS)),
            per_moment(cell, cells, closed, len(MONTHS)),
            people_per_cell(cell[opened > 0], cells, found.patient[out][opened > 0], found.patients),
        )
    )
    kept = np.flatnonzero(counts.any(axis=1))
    of, code = np.divmod(lines[kept // contracts], PRODUCTS)
    texts = {
        "specialisme": digits(of, 4),
        "rol": _always(GATEKEEPING, len(kept)),
        "soort": _always(PRODUCT, len(kept)),
        "code": digits(code, 9),
        "contract": _picked(found.contracts, kept % contracts),
    }
    return _with_counts(texts, (*OPENED, *CLOSED, "patienten"), counts[kept])


def _activities(supporters: Sequence[str], contracts: Sequence[str], helped: Helped) -> pl.DataFrame:
    """Supporting groups: the activities they executed for others; both months are that of execution."""
    by, code, contract, months, people = helped
    texts = {
        "specialisme": _picked(supporters, by),
        "rol": _always(SUPPORTING, len(by)),
        "soort": _always(ACTIVITY, len(by)),
        "code": digits(code, 6),
        "contract": _picked(contracts, contract),
    }
    return _with_counts(texts, (*OPENED, *CLOSED, "patienten"), np.column_stack((months, months, people)))


def _priced(production: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    """With norm minutes: volume × norm time of the year, in hundredths of a minute; unknown where there is no norm time."""
    if rules.norm_times is None:
        priced = production.with_columns(pl.lit(None, pl.Int64).alias("minuten"))
    else:
        priced = production.join(rules.norm_times.of(rules.year), on=["specialisme", "soort", "code"], how="left")
    volumes, minutes = (*OPENED, *CLOSED), (*OPENED_MINUTES, *CLOSED_MINUTES)
    return priced.with_columns(
        (pl.col(a) * pl.col("minuten")).alias(b) for a, b in zip(volumes, minutes, strict=True)
    ).select([name for name in LAYOUTS[TableName.PRODUCTION].schema if name != HOSPITAL])


def _strata(found: Trajectories, passed: ActivityPass, rules: FoldRules) -> pl.DataFrame:
    """Patients and units of what closed in the year; a patient in the first quarter in which one of the stratum closed."""
    here = found.stratum != NOWHERE
    quarter = (found.closed[here] + 2) // 3
    people = first_moments(
        found.stratum[here], found.strata.height, found.patient[here], found.patients, quarter, len(QUARTERS)
    )
    columns = dict(zip(per_quarter(Counted.PATIENTS), people.T, strict=True))
    for place, name in enumerate(UNIT_NAMES):
        columns |= dict(zip(per_quarter(Counted(name)), passed.units[:, :, place].T, strict=True))
    rows = found.strata.with_columns(pl.Series(name, np.ascontiguousarray(one)) for name, one in columns.items())
    if rules.cost_prices is None:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in per_quarter(Counted.DIAGNOSTICS))
    return rows


def _input(found: Trajectories, passed: ActivityPass, helped: Helped) -> pl.DataFrame:
    """Activities by who did them and when; patients by the first month in which they were seen (methods §4, ex-post model).

    A gatekeeping group sees a patient when a trajectory of it opens; a supporting one when it does something for the patient.
    """
    many = len(MONTHS)
    own, assisting = np.zeros((2, len(passed.active), 2 * many), dtype=np.int64)
    supporters = np.array([int(one) for one in passed.supporters])
    np.add.at(assisting[:, :many], supporters[helped[0]], helped[3])
    own[:, :many] = passed.active[:, 1:] - assisting[:, :many]
    opened = (found.opened > 0) & (found.specialism > 0)
    own[:, many:] = first_moments(
        found.specialism[opened], len(own), found.patient[opened], found.patients, found.opened[opened], many
    )
    for code, met in zip(supporters, passed.met, strict=True):
        assisting[code, many:] = np.bincount(met, minlength=many + 2)[1 : many + 1]
    own[0] = 0  # nobody knows whose these were
    parts = []
    for role, counts in ((GATEKEEPING, own), (SUPPORTING, assisting)):
        kept = np.flatnonzero(counts.any(axis=1))
        texts = {"specialisme": digits(kept, 4), "rol": _always(role, len(kept))}
        parts.append(_with_counts(texts, (*ACTIVE, *NEW_PATIENTS), counts[kept]))
    return pl.concat(parts)


def _diagnoses(found: Trajectories) -> pl.DataFrame:
    out = found.with_output & (found.opened > 0) & (found.diagnosis != NOWHERE)
    line, lines = dense(found.specialism[out] * PRODUCTS + found.product[out])
    cell, known = dense(line * FOUR_BYTES + found.diagnosis[out])
    people = people_per_cell(cell, len(known), found.patient[out], found.patients)
    counts = np.column_stack((np.bincount(cell, minlength=len(known)), people))
    of, product = np.divmod(lines[known // FOUR_BYTES], PRODUCTS)
    texts = {
        "specialisme": digits(of, 4),
        "diagnose": as_four_characters(known % FOUR_BYTES),
        "zorgproduct": digits(product, 9),
    }
    return _with_counts(texts, ("aantal", "patienten"), counts)


def _counts(
    found: Trajectories, passed: ActivityPass, production: pl.DataFrame, *, with_before: bool
) -> dict[str, int]:
    """Counts for the checks; the fates are those of the trajectories opened in the year."""
    opened = found.opened > 0
    fates = np.bincount(found.fate[opened], minlength=len(FATES)).tolist()
    unpriced = production.filter(pl.col(OPENED_MINUTES[0]).is_null())
    return {
        "geopend": int(opened.sum()),
        "gesloten": int((found.closed > 0).sum()),
        **dict(zip(FATES, fates, strict=True)),
        "zonder_specialisme": int((found.specialism == 0).sum()),
        "zonder_normtijd": int(unpriced.select(pl.sum_horizontal(OPENED).sum()).item()),
        "activiteiten": passed.rows,
        "activiteiten_ondersteunend": passed.assisted,
        "jaar_ervoor_in_opslag": int(with_before),
    }


def _refuse_negative(hospital: str, production: pl.DataFrame, strata: pl.DataFrame) -> None:
    """Corrections may outweigh what was done in a month; over a year and a cell that is a mistake in the records."""
    whole = production.with_columns(pl.sum_horizontal(OPENED).alias("jaar")).filter(pl.col("jaar") < 0).sort(_CELL)
    problems = []
    for row in whole.iter_rows(named=True):
        details = {"specialism": row["specialisme"], "contract": row["contract"], "code": row["code"]}
        problems.append(Problem("negative_cell", hospital, value=str(row["jaar"]), details=details))
    keys = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
    for name in UNIT_NAMES:
        year = pl.sum_horizontal(per_quarter(Counted(name))).alias("jaar")
        for row in strata.with_columns(year).filter(pl.col("jaar") < 0).sort(keys).iter_rows(named=True):
            stratum = ", ".join(row[key] for key in keys[1:])
            details = {"specialism": row["specialisme"], "stratum": stratum, "unit": name}
            problems.append(Problem("negative_stratum", hospital, value=str(row["jaar"]), details=details))
    if problems:
        raise InputError(problems)
