"""Production and input of a contribution without small cells: by quarter, all contracts together, rare codes together.

Volumes and norm minutes of a group stay exact, so its rate does. Only with rounding they do not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from puntlanding.benchmark.protect_policy import Method, Period, Policy
from puntlanding.benchmark.suppress import Limits, Line, nearest, rest_of, settled, sound_rest
from puntlanding.contribution.tables import (
    ACTIVE,
    ALL,
    CLOSED,
    CLOSED_MINUTES,
    HOSPITAL,
    LAYOUTS,
    MONTHS,
    NEW_PATIENTS,
    OPENED,
    OPENED_MINUTES,
    QUARTERS,
    REST,
    TableName,
)  # fmt: skip

REST_UNTIMED = "overig zonder normtijd"  # its volumes are known, its minutes are not
TWO = 2
LAST_MONTHS = tuple(MONTHS[3 * quarter - 1] for quarter in QUARTERS)  # where the volume of a quarter stands
_GROUP = [HOSPITAL, "specialisme", "rol", "soort"]
_KEYS = [*_GROUP, "code"]
_BLOCKS = (OPENED, CLOSED, OPENED_MINUTES, CLOSED_MINUTES)


@dataclass(frozen=True, slots=True)
class GroupAccount:
    """What happened to one group. Volumes and minutes (hundredths) are those opened in the year; ``untimed``: codes without
    norm time that could not be told apart from the others; ``moved``: a quarter too small to tell was added to another.
    """

    hospital: str
    specialism: str
    role: str
    codes: int
    hidden: int
    volume: int
    volume_hidden: int
    minutes: int
    minutes_hidden: int
    minutes_after: int
    untimed: int = 0
    moved: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    minutes: tuple[int, ...]  # as `Line.cells`
    timed: bool


def protected_production(
    frame: pl.DataFrame, policy: Policy, previous: pl.DataFrame | None
) -> tuple[pl.DataFrame, tuple[GroupAccount, ...]]:
    """The protected table, and per group what was done."""
    before = {} if previous is None else dict(_previous(previous))
    records: list[tuple[object, ...]] = []
    accounts = []
    for group, rows in _groups(frame):
        kept, account = _protected_group(group, rows, policy, before.get(group, {}))
        accounts.append(account)
        records += [(*group, one.line.code, ALL, *_months(one)) for one in kept]
    return pl.DataFrame(records, schema=LAYOUTS[TableName.PRODUCTION].schema, orient="row"), tuple(accounts)


def _groups(frame: pl.DataFrame) -> Iterator[tuple[tuple[str, ...], list[_Row]]]:
    """Per group its codes, contracts together, months as quarters.

    Patients are added over contracts: who has one insurer all year is in one contract. Never more than volumes allow.
    """
    sums = [
        pl.sum_horizontal(pl.col(list(block[3 * at : 3 * at + 3])).fill_null(0)).sum().alias(f"{number}_{at}")
        for number, block in enumerate(_BLOCKS)
        for at in range(len(QUARTERS))
    ]
    timed = pl.any_horizontal(pl.col([*OPENED_MINUTES, *CLOSED_MINUTES]).is_not_null()).any().alias("timed")
    found = frame.group_by(_KEYS).agg(*sums, timed, pl.col("patienten").sum()).sort(_KEYS)
    for part in found.partition_by(_GROUP, maintain_order=True):
        rows = []
        for *_, code, a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q, with_time, patients in part.iter_rows():
            line = Line(code, (a, b, c, d, e, f, g, h), min(patients, a + b + c + d))
            rows.append(_Row(line, (i, j, k, m, n, o, p, q), with_time))
        yield tuple(part.row(0)[: len(_GROUP)]), rows


def _previous(frame: pl.DataFrame) -> Iterator[tuple[tuple[str, ...], Mapping[str, Line]]]:
    for group, rows in _groups(frame):
        yield group, {row.line.code: row.line for row in rows}


def _changed(rows: Iterable[_Row], before: Mapping[str, Line], policy: Policy) -> frozenset[str]:
    """Codes that were told before and differ from then by less than the minimum in a cell, or in patients."""
    found = set()
    for row in rows:
        old = before.get(row.line.code)
        if old is not None:
            pairs = zip((*row.line.cells, row.line.patients), (*old.cells, old.patients), strict=True)
            if any(0 < abs(now - then) < policy.minimum for now, then in pairs):
                found.add(row.line.code)
    return frozenset(found)


def _protected_group(
    group: tuple[str, ...], rows: list[_Row], policy: Policy, before: Mapping[str, Line]
) -> tuple[list[_Row], GroupAccount]:
    hospital, specialism, role, _ = group
    account = GroupAccount(
        hospital, specialism, role, codes=len(rows), hidden=0, volume=sum(_opened(one) for one in rows), volume_hidden=0,
        minutes=sum(_opened_minutes(one) for one in rows), minutes_hidden=0, minutes_after=0,
    )  # fmt: skip
    if policy.method is Method.ROUND:
        kept = [one for row in rows if (one := _rounded(_by_period(row, policy, rows), policy.base)) is not None]
        gone = account.codes - len(kept)
        account = replace(account, hidden=gone, minutes_after=sum(_opened_minutes(one) for one in kept))
        return kept, replace(account, withheld=not kept)
    rows = [_by_period(row, policy, rows) for row in rows]
    rows, moved = _settled(rows, policy.minimum)
    chosen = _chosen(rows, policy, _changed(rows, before, policy))
    if chosen is None:
        return [], replace(account, withheld=True, hidden=len(rows), volume_hidden=account.volume)
    rest, untimed = chosen
    told = [row for row in rows if row.line.code not in rest | untimed]
    hidden = [row for row in rows if row.line.code in rest | untimed]
    kept = told + [
        _together(name, [row for row in rows if row.line.code in codes], timed=timed)
        for name, codes, timed in ((REST, rest, True), (REST_UNTIMED, untimed, False))
        if codes
    ]
    account = replace(
        account, hidden=len(hidden), volume_hidden=sum(_opened(one) for one in hidden),
        minutes_hidden=sum(_opened_minutes(one) for one in hidden), minutes_after=sum(_opened_minutes(one) for one in kept),
        untimed=sum(not row.timed for row in rows if row.line.code in rest), moved=moved,
    )  # fmt: skip
    return kept, account


def _chosen(
    rows: Sequence[_Row], policy: Policy, forced: Collection[str]
) -> tuple[frozenset[str], frozenset[str]] | None:
    """The codes told together, with and without norm time; None where not even the whole group may be told.

    Codes without norm time have a rest of their own, because minutes of the one cannot be minutes of both. Where they are
    too few for that, their volumes count with the others, whose minutes stay what they are.
    """
    limits = Limits(policy.minimum, policy.codes)
    everything = [row.line for row in rows]
    timed = [row.line for row in rows if row.timed]
    pair = Limits(policy.minimum, min(policy.codes, TWO))  # no minutes, so nothing to take apart
    untimed, stands = rest_of([row.line for row in rows if not row.timed], pair, forced)
    joined = frozenset[str]() if stands else untimed
    if stands or not timed:
        lines = timed
    else:
        lines = timed + [line for line in everything if line.code in joined]
        untimed = frozenset()
    rest, stands = rest_of(lines, limits, {*forced, *joined})
    if stands and (timed or not joined):
        return rest, untimed
    if not sound_rest(everything, limits):
        return None
    codes = frozenset(line.code for line in everything)
    return (codes, frozenset()) if timed else (frozenset(), codes)


def _by_period(row: _Row, policy: Policy, rows: Sequence[_Row]) -> _Row:
    if policy.period is Period.QUARTER:
        return row
    last = max((at % 4 for one in rows for at, count in enumerate(one.line.cells) if count), default=3)
    return _moved(row, (last,) * 4, (last,) * 4)


def _settled(rows: Sequence[_Row], minimum: int) -> tuple[list[_Row], bool]:
    """Quarters in which the whole group is too small to be told go to the next one."""
    to = []
    for half in (range(4), range(4, 8)):
        cells = [sum(row.line.cells[at] for row in rows) for at in half]
        people = [sum(row.line.people_in(at) for row in rows) for at in half]
        to.append(settled(cells, people, minimum))
    stay = tuple(range(4))
    if to == [stay, stay]:
        return list(rows), False
    return [_moved(row, to[0], to[1]) for row in rows], True


def _moved(row: _Row, opened: Sequence[int], closed: Sequence[int]) -> _Row:
    def put(counts: Sequence[int]) -> tuple[int, ...]:
        found = [0] * 8
        for at, count in enumerate(counts):
            found[opened[at] if at < 4 else 4 + closed[at - 4]] += count
        return tuple(found)

    return _Row(replace(row.line, cells=put(row.line.cells)), put(row.minutes), row.timed)


def _together(name: str, rows: Sequence[_Row], *, timed: bool) -> _Row:
    """One row of several. Its patients are those of the largest: at least so many, and one person can be in all."""
    cells = tuple(map(sum, zip(*(row.line.cells for row in rows), strict=True)))
    minutes = tuple(map(sum, zip(*(row.minutes for row in rows), strict=True)))
    return _Row(Line(name, cells, max(row.line.patients for row in rows)), minutes, timed)


def _rounded(row: _Row, base: int) -> _Row | None:
    """Minutes follow from the rounded volume, or they would tell what it was. None where nothing is left."""
    cells = tuple(nearest(count, base) for count in row.line.cells)
    if not any(cells):
        return None
    time = sum(row.minutes) // row.line.volume
    line = replace(row.line, cells=cells, patients=nearest(row.line.patients, base))
    return _Row(line, tuple(count * time for count in cells), row.timed)


def _months(row: _Row) -> tuple[int | None, ...]:
    """The counts of a row of the table: each quarter in its last month, nothing in the others."""
    counts: list[int | None] = []
    for values, known in ((row.line.cells, True), (row.minutes, row.timed)):
        for half in (values[:4], values[4:]):
            at = dict(zip(LAST_MONTHS, half, strict=True))
            counts += [at.get(month, 0) if known else None for month in MONTHS]
    return (*counts, row.line.patients)


def _opened(row: _Row) -> int:
    return sum(row.line.cells[:4])


def _opened_minutes(row: _Row) -> int:
    return sum(row.minutes[:4])


def protected_input(frame: pl.DataFrame, policy: Policy, withheld: Collection[tuple[str, str, str]]) -> pl.DataFrame:
    """By quarter, with the same minimum in each; a group whose year is too small is left out."""
    records: list[tuple[object, ...]] = []
    for hospital, specialism, role, *counts in frame.select(
        HOSPITAL, "specialisme", "rol", *ACTIVE, *NEW_PATIENTS
    ).iter_rows():
        if (hospital, specialism, role) in withheld:
            continue
        done, new = (_quarters(block) for block in (counts[: len(MONTHS)], counts[len(MONTHS) :]))
        told = _told_input(done, new, policy)
        if told is not None:
            months = (dict(zip(LAST_MONTHS, one, strict=True)) for one in told)
            records.append((hospital, specialism, role, *(at.get(month, 0) for at in months for month in MONTHS)))
    return pl.DataFrame(records, schema=LAYOUTS[TableName.INPUT].schema, orient="row")


def _quarters(months: Sequence[int]) -> list[int]:
    return [sum(months[3 * at : 3 * at + 3]) for at in range(4)]


def _told_input(done: Sequence[int], new: Sequence[int], policy: Policy) -> tuple[list[int], list[int]] | None:
    if policy.method is Method.ROUND:
        rounded = [nearest(one, policy.base) for one in done], [nearest(one, policy.base) for one in new]
        return rounded if any(rounded[0]) or any(rounded[1]) else None
    people = [min(a, b) if a and b else a or b for a, b in zip(done, new, strict=True)]
    if policy.period is Period.YEAR:
        last = max((at for at in range(4) if done[at] or new[at]), default=3)
        to: tuple[int, ...] = (last,) * 4
    else:
        to = settled([a + b for a, b in zip(done, new, strict=True)], people, policy.minimum)
    told = [0, 0, 0, 0], [0, 0, 0, 0]
    for at in range(4):
        for side, counts in zip(told, (done, new), strict=True):
            side[to[at]] += counts[at]
    small = any(0 < count < policy.minimum for side in told for count in side)
    return None if small or not any(told[0] + told[1]) else told
