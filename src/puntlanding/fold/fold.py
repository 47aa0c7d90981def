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
from puntlanding.fold.arrays import NOWHERE, Ints, dense, first_moments, people_per_cell, per_moment
from puntlanding.fold.rules import UNIT_NAMES, FoldJob, FoldRules
from puntlanding.fold.trajectories import FATES, Trajectories, trajectories
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Records, Store

GATEKEEPING, SUPPORTING = "poort", "ondersteunend"
PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_CELL = ("specialisme", "code", "contract")


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
    sources = [one for one in (before, records) if one is not None]
    for source in sources:
        for block in blocks(source.activities, found.ids):
            passed.take(block)
    production = _priced(pl.concat([_products(found), _activities(passed, found.contracts)]), rules)
    strata = _strata(found, passed, rules)
    _refuse_negative(hospital, production, strata)
    tables = {
        TableName.PRODUCTION: production,
        TableName.STRATA: strata,
        TableName.INPUT: _input(found, passed),
        TableName.DIAGNOSES: _diagnoses(found),
    }
    own = {name: frame.with_columns(pl.lit(hospital).alias(HOSPITAL)) for name, frame in tables.items()}
    origins = tuple(Origin(one.kept.year, one.kept.delivered, one.kept.content) for one in sources)
    counts = _counts(found, passed, production, with_before=before is not None)
    return contribution(rules.basis(), [About(hospital, rules.kind, origins, rules.fte, counts, __version__)], own)


def _frame(texts: Mapping[str, Sequence[str]], names: Iterable[str], counts: Ints) -> pl.DataFrame:
    """Text columns, and a column of ``counts`` for each of ``names``."""
    whole = {name: np.ascontiguousarray(column) for name, column in zip(names, counts.T, strict=True)}
    schema = dict.fromkeys(texts, pl.String()) | dict.fromkeys(whole, pl.Int64())
    return pl.DataFrame({**texts, **whole}, schema=schema)


def _products(found: Trajectories) -> pl.DataFrame:
    """Gatekeeping groups: products of trajectories of their specialism, by month of opening and of closing."""
    out = found.with_output & ((found.opened > 0) | (found.closed > 0))
    opened, closed, patient = found.opened[out], found.closed[out], found.patient[out]
    contracts, products = len(found.contracts), len(found.products)
    keys = (found.specialism[out] * products + found.product[out]) * contracts + found.contract[out]
    cell, known = dense(keys)
    counts = np.column_stack(
        (
            per_moment(cell, len(known), opened, len(MONTHS)),
            per_moment(cell, len(known), closed, len(MONTHS)),
            people_per_cell(cell[opened > 0], len(known), patient[opened > 0], found.patients),
        )
    )
    of, code = np.divmod(known // max(contracts, 1), max(products, 1))
    texts = {
        "specialisme": [f"{one:04}" for one in of.tolist()],
        "rol": [GATEKEEPING] * len(known),
        "soort": [PRODUCT] * len(known),
        "code": [found.products[one] for one in code.tolist()],
        "contract": [found.contracts[one] for one in (known % max(contracts, 1)).tolist()],
    }
    return _frame(texts, (*OPENED, *CLOSED, "patienten"), counts)


def _activities(passed: ActivityPass, contracts: Sequence[str]) -> pl.DataFrame:
    """Supporting groups: the activities they executed for others; both months are that of execution."""
    people = passed.patients_helped()
    rows = []
    for by, code, contract, months in passed.helped_rows():
        known = people.get((by, code, contract), 0)
        rows.append((by, SUPPORTING, ACTIVITY, f"{code:06}", contracts[contract], *months, *months, known))
    texts = ("specialisme", "rol", "soort", "code", "contract")
    schema = dict.fromkeys(texts, pl.String()) | dict.fromkeys((*OPENED, *CLOSED, "patienten"), pl.Int64())
    return pl.DataFrame(rows, schema=schema, orient="row")


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


def _input(found: Trajectories, passed: ActivityPass) -> pl.DataFrame:
    """Activities by who did them and when; patients by the first month in which they were seen (methods §4, ex-post model).

    A gatekeeping group sees a patient when a trajectory of it opens; a supporting one when it does something for the patient.
    """
    many = len(MONTHS)
    rows: dict[tuple[str, str], Ints] = {}

    def row(specialism: str, role: str) -> Ints:
        return rows.setdefault((specialism, role), np.zeros(2 * many, dtype=np.int64))

    for specialism, month, count in passed.active_rows():
        row(specialism, GATEKEEPING)[month - 1] += count
    for specialism, _, _, months in passed.helped_rows():
        row(specialism, SUPPORTING)[:many] += months
        row(specialism, GATEKEEPING)[:many] -= months
    opened = (found.opened > 0) & (found.specialism > 0)
    cell, specialisms = dense(found.specialism[opened])
    seen = first_moments(cell, len(specialisms), found.patient[opened], found.patients, found.opened[opened], many)
    for code, new in zip(specialisms.tolist(), seen, strict=True):
        row(f"{code:04}", GATEKEEPING)[many:] += new
    for code, met in zip(passed.supporters, passed.met, strict=True):
        row(code, SUPPORTING)[many:] += np.bincount(met, minlength=many + 2)[1 : many + 1]
    kept = {key: counts for key, counts in rows.items() if counts.any()}
    texts = {"specialisme": [of for of, _ in kept], "rol": [role for _, role in kept]}
    counts = np.array(list(kept.values()), dtype=np.int64).reshape(len(kept), 2 * many)
    return _frame(texts, (*ACTIVE, *NEW_PATIENTS), counts)


def _diagnoses(found: Trajectories) -> pl.DataFrame:
    out = found.with_output & (found.opened > 0) & (found.diagnosis != NOWHERE)
    many = len(found.products)
    keys = (found.specialism[out] * len(found.diagnoses) + found.diagnosis[out]) * many + found.product[out]
    cell, known = dense(keys)
    people = people_per_cell(cell, len(known), found.patient[out], found.patients)
    counts = np.column_stack((np.bincount(cell, minlength=len(known)), people))
    of, diagnosis = np.divmod(known // max(many, 1), max(len(found.diagnoses), 1))
    texts = {
        "specialisme": [f"{one:04}" for one in of.tolist()],
        "diagnose": [found.diagnoses[one] for one in diagnosis.tolist()],
        "zorgproduct": [found.products[one] for one in (known % max(many, 1)).tolist()],
    }
    return _frame(texts, ("aantal", "patienten"), counts)


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
        details = {"specialism": row["specialisme"], "contract": row["contract"]}
        problems.append(Problem("negative_cell", hospital, None, row["code"], str(row["jaar"]), details))
    keys = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
    for name in UNIT_NAMES:
        year = pl.sum_horizontal(per_quarter(Counted(name))).alias("jaar")
        for row in strata.with_columns(year).filter(pl.col("jaar") < 0).sort(keys).iter_rows(named=True):
            stratum = ", ".join(row[key] for key in keys[1:])
            details = {"specialism": row["specialisme"], "stratum": stratum}
            problems.append(Problem("negative_stratum", hospital, None, name, str(row["jaar"]), details))
    if problems:
        raise InputError(problems)
