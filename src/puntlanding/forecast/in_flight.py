"""Hours of trajectories that are open: means of trajectories that were in the same state earlier, with credibility and calibration.

The method that was measured, §4.2: month-end snapshots of half a year to a year and a half ago, whose outcome is known by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.fold.arrays import dense
from puntlanding.forecast.history import FOLLOW_UP, NEVER, REGULAR, Activities, ActivityClass, History, Ints, Mask
from puntlanding.forecast.result import PER_HOUR

Floats = NDArray[np.float64]
CREDIBILITY = 15.0  # K: as many trajectories of its own as weigh like the coarser cell
BALANCE = 50.0  # hours that pull a calibration factor to one
AGE_STEP, AGES, VISIT_STEPS, CARE_TYPES, STATES = 14, 10, 4, 4, 12
TRAINING_FROM, TRAINING_SNAPSHOTS = 183, 12  # days before the cut-off; month-ends
LONGEST = 400  # days: what opened longer ago and has no product will not get one
USUALLY, MARGIN = (
    0.99,
    14,
)  # of a group's products known within so many days, and a fortnight more: nor will what took longer


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The trajectories open on ``day``: positions, and the cell of each on every level, with what was known that day.

    ``coarse``: group × care type × state; ``middle``: × age × visits; ``balance``: group × care type × age. The finest level,
    × diagnosis, is numbered over all snapshots together by `Cells`.
    """

    day: int
    rows: Ints
    coarse: Ints
    middle: Ints
    balance: Ints


def snapshot(history: History, day: int) -> Snapshot:
    """Contiguous rows only: opened at most LONGEST days before ``day``."""
    all_rows = history.trajectories
    low, high = np.searchsorted(all_rows.opened, [day - LONGEST, day + 1])
    is_open = (all_rows.recorded[low:high] <= day) & (all_rows.known[low:high] > day)
    rows = np.flatnonzero(is_open) + low
    state, visits = _state(history.activities, int(low), is_open, day)
    kind = all_rows.care_type[rows]
    care_type = np.where(kind == REGULAR, 0, np.where(kind == FOLLOW_UP, 1, np.where(kind == 13, 2, 3)))
    age = np.minimum((day - all_rows.opened[rows]) // AGE_STEP, AGES - 1)
    typed = all_rows.group[rows] * CARE_TYPES + care_type
    coarse = typed * STATES + state
    return Snapshot(day, rows, coarse, (coarse * AGES + age) * VISIT_STEPS + visits, typed * AGES + age)


def _state(done: Activities, low: int, is_open: Mask, day: int) -> tuple[Ints, Ints]:
    """Per open trajectory, from ``low``: state (operation, day treatment, nursing days 0, 1-4 or more) and 1, 2, 3 or 4 visits."""
    begin, end = np.searchsorted(done.trajectory, [low, low + len(is_open)])
    part = slice(begin, end)
    of = done.trajectory[part] - low
    seen = np.flatnonzero((done.recorded[part] <= day) & (done.day[part] <= day) & is_open.take(of))
    size = int(is_open.sum())
    at = (np.cumsum(is_open) - 1).take(of.take(seen))
    counts = np.bincount(
        done.kind[part].take(seen) * size + at,
        weights=done.quantity[part].take(seen),
        minlength=len(ActivityClass) * size,
    ).reshape(len(ActivityClass), size)
    nursing = counts[ActivityClass.NURSING_DAY]
    stay = (nursing > 0).astype(np.int64) + (nursing > 4)
    state = (counts[ActivityClass.OPERATION] > 0) * 6 + (counts[ActivityClass.DAY_TREATMENT] > 0) * 3 + stay
    visits = np.clip(counts[ActivityClass.VISIT].astype(np.int64), 1, VISIT_STEPS) - 1
    return state.astype(np.int64), visits


@dataclass(frozen=True, slots=True)
class Lined:
    """The rows of all snapshots behind each other, the oldest first, so that what a cut-off learns from is one piece of it.

    ``starts``: of each snapshot, and the end. ``known``, ``closed``, ``opened``: days. ``hours``: of the product.
    ``products``: the days on which products became known, rising, and per product group × days since its opening.
    """

    starts: Ints
    fine: Ints
    balance: Ints
    group: Ints
    known: Ints
    closed: Ints
    opened: Ints
    hours: Floats
    products: tuple[Ints, Ints]


@dataclass(frozen=True, slots=True)
class Cells:
    """The finest cells that occur in any snapshot, numbered from 0, and the coarser cell that each belongs to.

    ``fine``: per snapshot, the number of each row's cell.
    """

    groups: int
    snapshots: tuple[Snapshot, ...]
    fine: tuple[Ints, ...]
    middle_of: Ints
    coarse_of_middle: Ints  # over all middle cells that can be
    count: int
    lined: Lined | None = None

    def at(self, day: int) -> int:
        """The place of the snapshot of that day."""
        return next(place for place, one in enumerate(self.snapshots) if one.day == day)


def cells(history: History, days: Sequence[int]) -> Cells:
    snapshots = tuple(snapshot(history, day) for day in sorted(set(days)))
    diagnosis = history.trajectories.diagnosis
    width = int(diagnosis.max(initial=0)) + 1
    codes = [one.middle * width + diagnosis[one.rows] for one in snapshots]
    place, different = dense(np.concatenate([*codes, np.zeros(0, dtype=np.int64)]))
    starts = np.cumsum([0, *map(len, codes)], dtype=np.int64)
    groups = len(history.groups)
    middles = np.arange(groups * CARE_TYPES * STATES * AGES * VISIT_STEPS) // (AGES * VISIT_STEPS)
    fine = tuple(np.split(place, starts[1:-1])) if snapshots else ()
    lined = _lined(history, snapshots, starts, place)
    return Cells(groups, snapshots, fine, different // width, middles, len(different), lined)


def _lined(history: History, snapshots: Sequence[Snapshot], starts: Ints, fine: Ints) -> Lined:
    table, none = history.trajectories, np.zeros(0, dtype=np.int64)
    rows = np.concatenate([none, *(one.rows for one in snapshots)])
    done = np.flatnonzero(table.known != NEVER)
    order = done.take(np.argsort(table.known.take(done), kind="stable"))
    days = np.clip(table.known.take(order) - table.opened.take(order), 0, LONGEST)
    return Lined(
        starts,
        fine,
        np.concatenate([none, *(one.balance for one in snapshots)]),
        table.group.take(rows),
        table.known.take(rows),
        table.closed.take(rows),
        table.opened.take(rows),
        table.minutes.take(rows) / PER_HOUR,
        (table.known.take(order), table.group.take(order) * (LONGEST + 1) + days),
    )


@dataclass(frozen=True, slots=True)
class CellMeans:
    """Hours per trajectory of each finest cell, calibration per balance cell, and the spread within groups.

    ``sd``: of one trajectory around its cell's mean, per group. ``trained``: rows per group.
    """

    fine: Floats
    calibration: Floats
    sd: Floats
    trained: Ints


def train(history: History, known: Cells, cut_off: int) -> CellMeans:
    """From the snapshots that lie TRAINING_FROM days before the cut-off, the last 12; with outcomes known at the cut-off."""
    many = sum(one.day <= cut_off - TRAINING_FROM for one in known.snapshots)
    if not many or known.lined is None:
        return _untrained(known, _closed_means(history, cut_off))
    of = known.lined
    part = slice(of.starts[max(many - TRAINING_SNAPSHOTS, 0)], of.starts[many])
    use, hours = _outcome(of, part, cut_off, _limits(of, known.groups, cut_off))
    return cell_means(
        known, of.fine[part], of.balance[part], of.group[part], hours, _closed_means(history, cut_off), use
    )


def _limits(of: Lined, groups: int, cut_off: int) -> Ints:
    """Per group the days within which a product comes, if it comes."""
    days, products = of.products
    there = products[: np.searchsorted(days, cut_off, side="right")]
    counts = np.bincount(there, minlength=groups * (LONGEST + 1))
    share = np.cumsum(counts.reshape(groups, LONGEST + 1), axis=1)
    enough = share >= USUALLY * np.maximum(share[:, -1:], 1)
    return np.where(enough.any(axis=1), np.minimum(enough.argmax(axis=1) + MARGIN, LONGEST), LONGEST)


def _outcome(of: Lined, part: slice, cut_off: int, limit: Ints) -> tuple[Mask, Floats]:
    """Which rows have an outcome by now, and its hours: closed without a product, or open for ever, is nought."""
    known = of.known[part]
    has = known <= cut_off
    without = (known == NEVER) & (of.closed[part] <= cut_off)
    outdated = of.opened[part] < (cut_off - limit).take(of.group[part])
    return has | without | outdated, np.where(has, of.hours[part], 0.0)


def _closed_means(history: History, cut_off: int) -> Floats:
    """Hours per trajectory of each group that closed lately, leaning on those of all groups."""
    rows, groups = history.trajectories, len(history.groups)
    low = int(np.searchsorted(rows.opened, cut_off - LONGEST))
    done = np.flatnonzero(rows.known[low:] <= cut_off) + low
    count = added(rows.group[done], np.ones(len(done)), groups)
    total = added(rows.group[done], rows.minutes[done] / PER_HOUR, groups)
    return _credible(count, total, np.full(groups, total.sum() / max(count.sum(), 1.0)))


def _untrained(known: Cells, closed: Floats) -> CellMeans:
    groups = known.groups
    of_fine = closed[known.coarse_of_middle[known.middle_of] // (CARE_TYPES * STATES)]
    return CellMeans(of_fine, np.ones(groups * CARE_TYPES * AGES), closed.copy(), np.zeros(groups, dtype=np.int64))


def cell_means(
    known: Cells, fine: Ints, balance: Ints, group: Ints, hours: Floats, closed: Floats, use: Mask | None = None
) -> CellMeans:
    """ĥ_c = (Σ h + K ĥ_parent) / (n + K), from coarse to fine; then the balance per group, care type and age.

    ``closed``: per group, what a group leans on that is too young for the snapshots. ``use``: rows that have an outcome; those
    without have no hours, and are counted as nought: leaving them out would take longer.
    """
    counts = np.ones(len(fine)) if use is None else use.astype(np.float64)
    count, total = added(fine, counts, known.count), added(fine, hours, known.count)
    middle_size = len(known.coarse_of_middle)
    middle_count = added(known.middle_of, count, middle_size)
    middle_total = added(known.middle_of, total, middle_size)
    coarse_size = known.groups * CARE_TYPES * STATES
    coarse_count = added(known.coarse_of_middle, middle_count, coarse_size)
    coarse_total = added(known.coarse_of_middle, middle_total, coarse_size)
    of_group = np.arange(coarse_size) // (CARE_TYPES * STATES)
    group_count = added(of_group, coarse_count, known.groups)
    group_total = added(of_group, coarse_total, known.groups)
    mean = _credible(group_count, group_total, closed)
    mean = _credible(coarse_count, coarse_total, mean[of_group])
    mean = _credible(middle_count, middle_total, mean[known.coarse_of_middle])
    mean = _credible(count, total, mean[known.middle_of])
    size = known.groups * CARE_TYPES * AGES
    usual = mean.take(fine) * counts
    expected = np.bincount(balance, weights=usual, minlength=size)
    found = np.bincount(balance, weights=hours, minlength=size)
    calibration = np.clip((found + BALANCE) / (expected + BALANCE), 0.2, 5.0)
    rest = hours - usual * calibration.take(balance)
    trained = np.bincount(group, weights=counts, minlength=known.groups)
    variance = np.bincount(group, weights=rest * rest, minlength=known.groups) / np.maximum(trained, 1)
    return CellMeans(mean, calibration, np.sqrt(variance), trained.astype(np.int64))


def added(place: Ints, weights: Floats, size: int) -> Floats:
    """Sums of ``weights`` per place, 0 to ``size``; in the order of the rows."""
    found: Floats = np.bincount(place, weights=weights, minlength=size)[:size].astype(np.float64)
    return found


def _credible(count: Floats, total: Floats, parent: Floats) -> Floats:
    found: Floats = (total + CREDIBILITY * parent) / (count + CREDIBILITY)
    return found


def expected_hours(known: Cells, means: CellMeans, day: int) -> tuple[Ints, Floats]:
    """Positions of the trajectories open on ``day``, and the hours that each is expected to come to."""
    at = known.at(day)
    one = known.snapshots[at]
    return one.rows, means.fine[known.fine[at]] * means.calibration[one.balance]
