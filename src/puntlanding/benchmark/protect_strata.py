"""The efficiency strata of a contribution without small rows: what is too small is told in a coarser one.

Told as one number for the year to date, in the column of its last quarter: differences between quarters would be smaller
still. So a stratum's figures are cumulative at the quarter in which the contribution was made, and only there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.protect_policy import Method, Policy
from puntlanding.benchmark.suppress import Stratum, merged_strata, nearest
from puntlanding.contribution.tables import (
    ALL,
    HOSPITAL,
    LAYOUTS,
    QUARTERS,
    REST,
    UNITS,
    Counted,
    TableName,
    per_quarter,
)  # fmt: skip

CENTS = 100
_KEYS = ("diagnosegroep", "leeftijd", "geslacht")
_COUNTED = (Counted.PATIENTS, *UNITS)

Counts = tuple[int | None, ...]  # patients, then `UNITS`; None: not known


@dataclass(frozen=True, slots=True)
class StrataAccount:
    """What happened to the strata of one specialism. ``patients``: as many were told at each level, from the finest (diagnosis
    group, age, sex) to the coarsest (the specialism); ``shift``: how far the mean per patient moved, as a share of all.
    """

    hospital: str
    specialism: str
    rows: int
    told: int
    patients: tuple[int, int, int, int]
    shift: Mapping[str, Fraction]
    withheld: bool = False


def protected_strata(
    frame: pl.DataFrame, policy: Policy, previous: pl.DataFrame | None
) -> tuple[pl.DataFrame, tuple[StrataAccount, ...]]:
    """The protected table, and per specialism what was done."""
    last = _last_quarter(frame)
    before = {} if previous is None else dict(_specialisms(previous))
    records: list[tuple[object, ...]] = []
    accounts = []
    for (hospital, specialism), rows in _specialisms(frame):
        told, row_of = _told(rows, before.get((hospital, specialism), {}), policy)
        accounts.append(_account(hospital, specialism, rows, told, row_of))
        records += [(hospital, specialism, *key, *_quarters(counts, last)) for key, counts in sorted(told.items())]
    return pl.DataFrame(records, schema=LAYOUTS[TableName.STRATA].schema, orient="row"), tuple(accounts)


def _last_quarter(frame: pl.DataFrame) -> int:
    filled = [quarter for quarter in QUARTERS if (frame[f"k{quarter}_{Counted.PATIENTS}"] != 0).any()]
    return filled[-1] if filled else QUARTERS[-1]


def _specialisms(frame: pl.DataFrame) -> Iterator[tuple[tuple[str, str], Mapping[Stratum, Counts]]]:
    sums = [
        pl.when(pl.any_horizontal(pl.col(list(per_quarter(one))).is_not_null()))
        .then(pl.sum_horizontal(pl.col(list(per_quarter(one))).fill_null(0)))
        .alias(one.value)
        for one in _COUNTED
    ]
    yearly = frame.select(HOSPITAL, "specialisme", *_KEYS, *sums).sort(HOSPITAL, "specialisme", *_KEYS)
    for part in yearly.partition_by(HOSPITAL, "specialisme", maintain_order=True):
        rows = {(row[2], row[3], row[4]): tuple(row[5:]) for row in part.iter_rows()}
        yield (part.item(0, 0), part.item(0, 1)), rows


def _told(
    rows: Mapping[Stratum, Counts], before: Mapping[Stratum, Counts], policy: Policy
) -> tuple[Mapping[Stratum, Counts], Mapping[Stratum, Stratum] | None]:
    """What is told, and in which row each stratum is; None where nothing may be."""
    if policy.method is Method.ROUND:
        rounded = {key: _rounded(counts, policy.base) for key, counts in rows.items()}
        told = {key: counts for key, counts in rounded.items() if counts[0]}
        return told, {key: key for key in told}

    def passes(members: Collection[Stratum]) -> bool:
        patients, *units = added([rows[one] for one in members])[:-1]  # cents say nothing about how many patients
        small = patients is None or patients < policy.minimum
        return not small and not any(unit and unit < policy.units for unit in units)

    forced = [key for key, counts in rows.items() if _differs_little(counts, before.get(key), policy)]
    row_of = merged_strata({key: counts[0] or 0 for key, counts in rows.items()}, passes, forced)
    if row_of is None:
        return {}, None
    members: dict[Stratum, list[Counts]] = {}
    for stratum, row in row_of.items():
        members.setdefault(row, []).append(rows[stratum])
    return {row: added(found) for row, found in members.items()}, row_of


def _differs_little(now: Counts, then: Counts | None, policy: Policy) -> bool:
    if then is None:
        return False
    return any(0 < abs((a or 0) - (b or 0)) < policy.minimum for a, b in zip(now[:-1], then[:-1], strict=True))


def added(rows: Sequence[Counts]) -> Counts:
    """Column by column; unknown where nothing is known."""
    columns = zip(*rows, strict=True)
    return tuple(sum(known) if (known := [one for one in column if one is not None]) else None for column in columns)


def _rounded(counts: Counts, base: int) -> Counts:
    steps = [base] * (len(counts) - 1) + [base * CENTS]
    return tuple(None if count is None else nearest(count, step) for count, step in zip(counts, steps, strict=True))


def _quarters(counts: Counts, last: int) -> Iterator[int | None]:
    for count in counts:
        yield from (count if quarter == last else None if count is None else 0 for quarter in QUARTERS)


def level(row: Stratum) -> int:
    """0 is the finest."""
    return 3 if row[0] == REST else 2 if row[1] == ALL else 1 if row[2] == ALL else 0


def _account(
    hospital: str,
    specialism: str,
    rows: Mapping[Stratum, Counts],
    told: Mapping[Stratum, Counts],
    row_of: Mapping[Stratum, Stratum] | None,
) -> StrataAccount:
    if row_of is None:
        return StrataAccount(hospital, specialism, len(rows), 0, (0, 0, 0, 0), {}, withheld=True)
    patients = [0, 0, 0, 0]
    for stratum, row in row_of.items():
        patients[level(row)] += rows[stratum][0] or 0
    shift = {}
    for at, unit in enumerate(UNITS, start=1):
        whole = sum(counts[at] or 0 for counts in rows.values())
        if whole:
            moved = sum((_moved(rows[one], told[row], at) for one, row in row_of.items()), Fraction(0))
            shift[unit.value] = moved / whole
    return StrataAccount(
        hospital, specialism, len(rows), len(told), (patients[0], patients[1], patients[2], patients[3]), shift
    )


def _moved(stratum: Counts, row: Counts, at: int) -> Fraction:
    """How far the number expected of the stratum's patients by the mean of its row is from what they had."""
    if not row[0]:
        return Fraction(0)
    return abs(Fraction((stratum[0] or 0) * (row[at] or 0), row[0]) - (stratum[at] or 0))
