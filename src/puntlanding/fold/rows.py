"""The tables of a contribution from whole-number arrays, row by row in the order that files have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from puntlanding.contribution.stored import NORM_TIME
from puntlanding.contribution.tables import (
    ACTIVE,
    CLOSED,
    MONTHS,
    NEW_PATIENTS,
    OPENED,
    QUARTERS,
    Counted,
    per_quarter,
)
from puntlanding.fold.activities import MONTH_SLOTS, NOBODY, ActivityPass, Helped
from puntlanding.fold.arrays import (
    NOWHERE,
    Ints,
    always,
    dense,
    first_moments,
    people_per_cell,
    per_moment,
    picked,
)
from puntlanding.fold.rules import UNIT_NAMES, FoldRules
from puntlanding.fold.trajectories import Trajectories

GATEKEEPING, SUPPORTING = "poort", "ondersteunend"
ROLES = (SUPPORTING, GATEKEEPING)  # in the order of files
PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows of one role, in order. ``specialism`` and ``code`` are places in their texts; ``counts``: 25 × rows, which are 12 months
    opened, 12 closed, and patients.
    """

    role: str
    kind: str
    specialisms: Sequence[str]
    codes: Sequence[str]
    specialism: Ints
    code: Ints
    contract: Ints
    counts: Ints

    def norm_times(self, rules: FoldRules) -> pl.Series:
        """Of the year, in hundredths of a minute; unknown where there is none. Of a row without any volume it does not matter, and
        is 0.
        """
        if rules.norm_times is None:
            return pl.Series([None], dtype=pl.Int64).new_from_index(0, len(self.code))
        line, lines = dense(self.specialism * len(self.codes) + self.code)
        of, code = np.divmod(lines, max(len(self.codes), 1))
        keys = {"specialisme": picked(self.specialisms, of), "code": picked(self.codes, code)}
        year = rules.norm_times.of(rules.year).filter(pl.col("soort") == self.kind)
        told = pl.DataFrame(keys).join(year, on=list(keys), how="left", maintain_order="left")["minuten"].gather(line)
        volume = pl.Series(self.counts[:-1].any(axis=0))
        return pl.select(pl.when(pl.lit(volume) | pl.lit(told).is_null()).then(pl.lit(told)).otherwise(0)).to_series()


def production(found: Trajectories, passed: ActivityPass, helped: Helped, rules: FoldRules) -> pl.DataFrame:
    """Gatekeeping groups: products of trajectories of their specialism, by month of opening and of closing. Supporting groups: the
    activities they executed for others; both months are that of execution.
    """
    parts = (_products(found), _activities(passed, helped))
    names = sorted({name for part in parts for name in part.specialisms})
    of = [np.array([names.index(name) for name in part.specialisms])[part.specialism] for part in parts]
    rank = np.concatenate([one * len(ROLES) + ROLES.index(part.role) for one, part in zip(of, parts, strict=True)])
    order = np.argsort(rank, kind="stable")
    counts = np.concatenate([part.counts for part in parts], axis=1).take(order, axis=1)
    texts = [
        [picked(part.specialisms, part.specialism), always(part.role, len(part.code)), always(part.kind, len(part.code)),
         picked(part.codes, part.code), picked(found.contracts, part.contract), part.norm_times(rules)]
        for part in parts
    ]  # fmt: skip
    columns = ("specialisme", "rol", "soort", "code", "contract", NORM_TIME)
    rows = {name: pl.concat(both).gather(order) for name, both in zip(columns, zip(*texts, strict=True), strict=True)}
    return _with_counts(pl.DataFrame(rows), dict(zip((*OPENED, *CLOSED, "patienten"), counts, strict=True)))


def _with_counts(rows: pl.DataFrame, counts: Mapping[str, Ints]) -> pl.DataFrame:
    return rows.with_columns(pl.Series(name, np.ascontiguousarray(column)) for name, column in counts.items())


def _products(found: Trajectories) -> _Lines:
    out = np.flatnonzero(found.with_output & ((found.opened > 0) | (found.closed > 0)))
    opened, closed, contracts = found.opened.take(out), found.closed.take(out), len(found.contracts)
    many = len(found.product.texts) + 1
    line, lines = dense(found.specialism.places.take(out).astype(np.int64) * many + found.product.places.take(out))
    cell, cells = line * contracts + found.contract.take(out), len(lines) * contracts
    began = np.flatnonzero(opened)
    people = people_per_cell(cell.take(began), cells, found.patient.take(out.take(began)), found.patients)
    months = [per_moment(cell, cells, moment, len(MONTHS)) for moment in (opened, closed)]
    counts = np.concatenate((*months, people[None]))
    kept = np.flatnonzero(counts.any(axis=0))
    of, code = np.divmod(lines.take(kept // contracts), many)
    texts = (found.specialism.texts, found.product.texts)
    return _Lines(GATEKEEPING, PRODUCT, *texts, of, code, kept % contracts, counts.take(kept, axis=1))


def _activities(passed: ActivityPass, helped: Helped) -> _Lines:
    counts = np.concatenate((helped.months.T, helped.months.T, helped.people[None]))
    texts = (passed.supporters, helped.codes)
    return _Lines(SUPPORTING, ACTIVITY, *texts, helped.by, helped.code, helped.contract, counts)


def strata(found: Trajectories, passed: ActivityPass, rules: FoldRules) -> pl.DataFrame:
    """Patients and units of what closed in the year; a patient in the first quarter in which one of the stratum closed."""
    here = np.flatnonzero(found.stratum != NOWHERE)
    quarter = (found.closed[here] + 2) // 3
    people = first_moments(
        found.stratum[here], found.strata.height, found.patient[here], found.patients, quarter, len(QUARTERS)
    )
    columns = dict(zip(per_quarter(Counted.PATIENTS), people, strict=True))
    units = np.ascontiguousarray(passed.units.transpose(2, 1, 0))
    for name, quarters in zip(UNIT_NAMES, units[: len(UNIT_NAMES)], strict=True):
        columns |= dict(zip(per_quarter(Counted(name)), quarters, strict=True))
    rows = _with_counts(found.strata, columns)
    if rules.cost_prices is None:
        rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in per_quarter(Counted.DIAGNOSTICS))
    return rows


def activity_input(found: Trajectories, passed: ActivityPass, helped: Helped) -> pl.DataFrame:
    """Activities by who did them and when; patients by the first month in which they were seen (methods §4, ex-post model).

    A gatekeeping group sees a patient when a trajectory of it opens; a supporting one when it does something for the patient.
    What nobody executed is nobody's.
    """
    many = len(MONTHS)
    executed = {name: counts for name, counts in passed.active.items() if name != NOBODY}
    names = sorted({*executed, *passed.supporters, *found.specialism.texts})
    place = {name: number for number, name in enumerate(names)}
    counts = np.zeros((len(names), len(ROLES), 2 * many), dtype=np.int64)
    assisting, own = counts[:, ROLES.index(SUPPORTING)], counts[:, ROLES.index(GATEKEEPING)]
    supporters = np.array([place[name] for name in passed.supporters], dtype=np.int64)
    np.add.at(assisting[:, :many], supporters[helped.by], helped.months)
    for name, active in executed.items():
        own[place[name], :many] = active[1:]
    own[:, :many] -= assisting[:, :many]
    opened = np.flatnonzero((found.opened > 0) & found.with_specialism)
    of = np.array([place[name] for name in found.specialism.texts], dtype=np.int64)
    own[:, many:] = first_moments(
        of.take(found.specialism.places[opened]), len(names), found.patient[opened], found.patients,
        found.opened[opened], many,
    ).T  # fmt: skip
    met = np.flatnonzero(passed.met < MONTH_SLOTS)
    first = passed.met.reshape(-1).take(met)
    assisting[supporters, many:] = per_moment(met // max(found.patients, 1), len(supporters), first, many).T
    at, role = np.nonzero(counts.any(axis=2))
    rows = pl.DataFrame({"specialisme": picked(names, at), "rol": picked(ROLES, role)})
    return _with_counts(rows, dict(zip((*ACTIVE, *NEW_PATIENTS), counts[at, role].T, strict=True)))


def diagnoses(found: Trajectories) -> pl.DataFrame:
    known = found.diagnosis.places != found.diagnosis.empty
    out = np.flatnonzero(found.with_output & (found.opened > 0) & known)
    many, most = len(found.product.texts) + 1, len(found.diagnosis.texts)
    line, lines = dense(found.specialism.places.take(out).astype(np.int64) * many + found.product.places.take(out))
    cell, cells = dense(line * most + found.diagnosis.places.take(out))
    people = people_per_cell(cell, len(cells), found.patient.take(out), found.patients)
    count = np.bincount(cell, minlength=len(cells))
    at, diagnosis = np.divmod(cells, max(most, 1))
    of, product = np.divmod(lines.take(at), many)
    order = np.argsort((of * most + diagnosis) * many + product)
    rows = {
        "specialisme": picked(found.specialism.texts, of.take(order)),
        "diagnose": picked(found.diagnosis.texts, diagnosis.take(order)),
        "zorgproduct": picked(found.product.texts, product.take(order)),
    }
    return _with_counts(pl.DataFrame(rows), {"aantal": count.take(order), "patienten": people.take(order)})
