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
        known = rules.norm_times.by_key(rules.year)
        keys = [
            (self.specialisms[one], self.kind, self.codes[two])
            for one, two in zip(of.tolist(), code.tolist(), strict=True)
        ]
        told = pl.Series([known.get(key) for key in keys], dtype=pl.Int64)[line]
        without = np.flatnonzero(~self.counts[:-1].any(axis=0) & told.is_not_null().to_numpy())
        return told.scatter(without, 0) if len(without) else told


def production(found: Trajectories, passed: ActivityPass, helped: Helped, rules: FoldRules) -> pl.DataFrame:
    """Gatekeeping groups: products of trajectories of their specialism, by month of opening and of closing. Supporting groups: the
    activities they executed for others; both months are that of execution.
    """
    parts = (_products(found), _activities(passed, helped))
    names = sorted({name for part in parts for name in part.specialisms})
    own = [np.array([names.index(name) for name in part.specialisms], dtype=np.int64) for part in parts]
    of = np.concatenate([one.take(part.specialism) for one, part in zip(own, parts, strict=True)])
    role = np.repeat([ROLES.index(part.role) for part in parts], [len(part.code) for part in parts])
    first, second = parts
    code = np.concatenate((first.code, len(first.codes) + second.code))
    order = np.argsort(of * len(ROLES) + role, kind="stable")
    counts = np.concatenate([part.counts for part in parts], axis=1).take(order, axis=1)
    norm_times = pl.concat([part.norm_times(rules) for part in parts]).gather(order)
    role = role.take(order)
    texts = {
        "specialisme": picked(names, of.take(order)),
        "rol": picked(ROLES, role),
        "soort": picked([part.kind for part in sorted(parts, key=lambda part: ROLES.index(part.role))], role),
        "code": picked([*first.codes, *second.codes], code.take(order)),
        "contract": picked(found.contracts, np.concatenate((first.contract, second.contract)).take(order)),
    }
    return _rows(texts, {**dict(zip((*OPENED, *CLOSED, "patienten"), counts, strict=True)), NORM_TIME: norm_times})


def _rows(texts: Mapping[str, pl.Series], counts: Mapping[str, Ints | pl.Series]) -> pl.DataFrame:
    return pl.DataFrame({**texts, **counts})


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
    columns: dict[str, Ints | pl.Series] = dict(zip(per_quarter(Counted.PATIENTS), people, strict=True))
    units = np.ascontiguousarray(passed.units.transpose(2, 1, 0))
    for name, quarters in zip(UNIT_NAMES, units[: len(UNIT_NAMES)], strict=True):
        columns |= dict(zip(per_quarter(Counted(name)), quarters, strict=True))
    if rules.cost_prices is None:
        unknown = pl.Series([None], dtype=pl.Int64).new_from_index(0, found.strata.height)
        columns |= dict.fromkeys(per_quarter(Counted.DIAGNOSTICS), unknown)
    return _rows(found.strata.to_dict(), columns)


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
    columns = np.ascontiguousarray(counts[at, role].T)
    texts = {"specialisme": picked(names, at), "rol": picked(ROLES, role)}
    return _rows(texts, dict(zip((*ACTIVE, *NEW_PATIENTS), columns, strict=True)))


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
    texts = {
        "specialisme": picked(found.specialism.texts, of.take(order)),
        "diagnose": picked(found.diagnosis.texts, diagnosis.take(order)),
        "zorgproduct": picked(found.product.texts, product.take(order)),
    }
    return _rows(texts, {"aantal": count.take(order), "patienten": people.take(order)})
