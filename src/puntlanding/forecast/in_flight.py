"""Hours of trajectories that are open: means of trajectories that were in the same state earlier, with credibility and calibration.

The method that was measured, §4.2: month-end snapshots of half a year to a year and a half ago, whose outcome is known by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    state, visits = _state(history.activities, int(low), int(high), day)
    state, visits = state[rows - low], visits[rows - low]
    kind = all_rows.care_type[rows]
    care_type = np.where(kind == REGULAR, 0, np.where(kind == FOLLOW_UP, 1, np.where(kind == 13, 2, 3)))
    age = np.minimum((day - all_rows.opened[rows]) // AGE_STEP, AGES - 1)
    typed = all_rows.group[rows] * CARE_TYPES + care_type
    coarse = typed * STATES + state
    return Snapshot(day, rows, coarse, (coarse * AGES + age) * VISIT_STEPS + visits, typed * AGES + age)


def _state(done: Activities, low: int, high: int, day: int) -> tuple[Ints, Ints]:
    """Per trajectory from ``low``: state (operation, day treatment, nursing days 0, 1-4 or more) and 1, 2, 3 or 4 visits."""
    begin, end = np.searchsorted(done.trajectory, [low, high])
    part = slice(begin, end)
    seen = (done.recorded[part] <= day) & (done.day[part] <= day)
    at, kind, many = done.trajectory[part][seen] - low, done.kind[part][seen], done.quantity[part][seen]
    counts = np.bincount(
        kind * (high - low) + at, weights=many.astype(np.float64), minlength=len(ActivityClass) * (high - low)
    ).reshape(len(ActivityClass), high - low)
    nursing = counts[ActivityClass.NURSING_DAY]
    stay = (nursing > 0).astype(np.int64) + (nursing > 4)
    state = (counts[ActivityClass.OPERATION] > 0) * 6 + (counts[ActivityClass.DAY_TREATMENT] > 0) * 3 + stay
    visits = np.clip(counts[ActivityClass.VISIT].astype(np.int64), 1, VISIT_STEPS) - 1
    return state.astype(np.int64), visits


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

    def at(self, day: int) -> int:
        """The place of the snapshot of that day."""
        return next(place for place, one in enumerate(self.snapshots) if one.day == day)


def cells(history: History, days: Sequence[int]) -> Cells:
    snapshots = tuple(snapshot(history, day) for day in sorted(set(days)))
    diagnosis = history.trajectories.diagnosis
    width = int(diagnosis.max(initial=0)) + 1
    codes = [one.middle * width + diagnosis[one.rows] for one in snapshots]
    different, place = np.unique(np.concatenate([*codes, np.zeros(0, dtype=np.int64)]), return_inverse=True)
    edges = np.cumsum([len(one) for one in codes], dtype=np.int64)[:-1]
    groups = len(history.groups)
    middles = np.arange(groups * CARE_TYPES * STATES * AGES * VISIT_STEPS) // (AGES * VISIT_STEPS)
    fine = tuple(np.asarray(part, dtype=np.int64) for part in np.split(place, edges))
    return Cells(groups, snapshots, fine, different // width, middles, len(different))


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
    chosen = [at for at, one in enumerate(known.snapshots) if one.day <= cut_off - TRAINING_FROM][-TRAINING_SNAPSHOTS:]
    rows = history.trajectories
    fine, balance, group, hours = [], [], [], []
    limit = _limits(history, cut_off)
    for at in chosen:
        one = known.snapshots[at]
        use, outcome = _outcome(history, one.rows, cut_off, limit)
        fine.append(known.fine[at][use])
        balance.append(one.balance[use])
        group.append(rows.group[one.rows][use])
        hours.append(outcome[use])
    if not chosen:
        return _untrained(known, _closed_means(history, cut_off))
    all_of = [np.concatenate(part) for part in (fine, balance, group)]
    return cell_means(known, all_of[0], all_of[1], all_of[2], np.concatenate(hours), _closed_means(history, cut_off))


def _limits(history: History, cut_off: int) -> Ints:
    """Per group the days within which a product comes, if it comes."""
    rows, groups = history.trajectories, len(history.groups)
    done = np.flatnonzero(rows.known <= cut_off)
    days = np.clip(rows.known[done] - rows.opened[done], 0, LONGEST)
    counts = np.bincount(rows.group[done] * (LONGEST + 1) + days, minlength=groups * (LONGEST + 1))
    share = np.cumsum(counts.reshape(groups, LONGEST + 1), axis=1)
    enough = share >= USUALLY * np.maximum(share[:, -1:], 1)
    return np.where(enough.any(axis=1), np.minimum(enough.argmax(axis=1) + MARGIN, LONGEST), LONGEST)


def _outcome(history: History, rows: Ints, cut_off: int, limit: Ints) -> tuple[Mask, Floats]:
    """Which rows have an outcome by now, and its hours: closed without a product, or open for ever, is nought."""
    table = history.trajectories
    has = table.known[rows] <= cut_off
    without = (table.known[rows] == NEVER) & (table.closed[rows] <= cut_off)
    outdated = cut_off - table.opened[rows] > limit[table.group[rows]]
    return has | without | outdated, np.where(has, table.minutes[rows], 0) / PER_HOUR


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


def cell_means(known: Cells, fine: Ints, balance: Ints, group: Ints, hours: Floats, closed: Floats) -> CellMeans:
    """ĥ_c = (Σ h + K ĥ_parent) / (n + K), from coarse to fine; then the balance per group, care type and age.

    ``closed``: per group, what a group leans on that is too young for the snapshots.
    """
    count, total = _sums(fine, hours, known.count)
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
    expected = np.bincount(balance, weights=mean[fine], minlength=size)
    found = np.bincount(balance, weights=hours, minlength=size)
    calibration = np.clip((found + BALANCE) / (expected + BALANCE), 0.2, 5.0)
    rest = hours - mean[fine] * calibration[balance]
    trained = np.bincount(group, minlength=known.groups)
    variance = np.bincount(group, weights=rest * rest, minlength=known.groups) / np.maximum(trained, 1)
    return CellMeans(mean, calibration, np.sqrt(variance), trained)


def _sums(cell: Ints, hours: Floats, size: int) -> tuple[Floats, Floats]:
    return added(cell, np.ones(len(cell)), size), added(cell, hours, size)


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
