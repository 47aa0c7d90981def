"""What the records of one day say of one year: per group and opening month closed, open and still to open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast import openings as o
from puntlanding.forecast.day_weights import DailyOpenings, daily_openings, fit_weights, monthly, still_ahead
from puntlanding.forecast.history import Ints, Mask, day_number, day_of, month_end, month_number, month_of
from puntlanding.forecast.in_flight import LONGEST, CellMeans, added, expected_hours, train
from puntlanding.forecast.intervals import Spread, dip_sd, step_sd
from puntlanding.forecast.new_paths import told_by_new_paths
from puntlanding.forecast.prepared import Prepared
from puntlanding.forecast.result import PER_HOUR, Method

Floats = NDArray[np.float64]
YEAR = 12
IN_FLIGHT_ERROR, PER_OPENING_ERROR = 0.015, 0.015  # shares, common to all open trajectories and all openings of a group
HOURS_MONTHS = 6  # opening months that say how many hours come with an opening


@dataclass(frozen=True, slots=True)
class Hours:
    """Known on the day, per group and opening month of the year (and contract): hundredths of a minute, and hours."""

    closed: Ints  # group × 12 × contract
    in_flight: Floats  # group × 12 × contract
    seen: Ints  # group × 12 × contract
    per_opening: Floats  # group
    spread: Floats  # group: sd of one trajectory's hours
    in_flight_sd: Floats  # group
    unpriced: Mask
    corrected: Mask
    contract_share: Floats  # group × contract, of the openings of the last year
    closed_share: Floats  # group: of the year before, closed on this day of that year ÷ by now; NaN where not known


@dataclass(frozen=True, slots=True)
class View:
    """One year seen on one day. Hours per group × opening month; ``spread``: how far they may be off.

    ``share``, ``pace``: the year's hours by the opening share and the run rate of openings; NaN where the history lacks it.
    """

    day: int
    year: int
    hours: Hours
    late: Floats
    expected: Floats
    to_open: Floats
    working_days: Floats
    spread: Spread
    share: Floats
    pace: Floats
    method: Method
    presence: o.Presence
    coming: o.Coming
    months: int
    shock: Mask

    @property
    def closed(self) -> Ints:
        found: Ints = self.hours.closed.sum(axis=(1, 2))
        return found

    @property
    def in_flight(self) -> Floats:
        found: Floats = self.hours.in_flight.sum(axis=(1, 2)) + self.late.sum(axis=1)
        return found

    @property
    def forecast(self) -> Floats:
        found: Floats = self.closed / PER_HOUR + self.in_flight + self.to_open.sum(axis=1)
        return found


def view(known: Prepared, day: int, year: int, method: Method, means: CellMeans | None = None) -> View:
    """``method`` gives way to the run rate where the history does not carry it."""
    rows, groups = known.history.trajectories, len(known.history.groups)
    until = min(day, day_number(date(year, 12, 31)))  # a year that is over is not read on
    daily = daily_openings(rows, groups, known.first, day, until)
    size = until - known.first + 1
    weights = fit_weights(daily.developed, known.kinds[:size], known.months[:size], known.room[:, :size])
    days = weights.days(known.kinds, known.room)
    past = _months(known, daily, days[:, :size], days, until)
    start = (year - 1970) * YEAR
    effective = _in_year(days, known.months, start)
    passed = _in_year(np.where(np.arange(days.shape[1]) < size, days, 0.0), known.months, start)
    left = effective - passed
    hours = _hours(known, day, year, means if means is not None else train(known.history, known.snapshots, day))
    opened, seen = (_in_year(part, known.months[:size], start) for part in (daily.developed, daily.seen))
    late = (opened - seen) * hours.per_opening[:, None]
    presence = o.presence(past)
    ahead = np.arange(month_number(day_of(until + 1)), start + YEAR, dtype=np.int64)
    rest = still_ahead(days, known.months, ahead, size)
    turns = told_by_new_paths(known, daily, ahead, day, presence.whole)
    coming = o.pooled(past, ahead, rest, presence, turns)
    share = o.by_share(opened.sum(axis=1), o.earlier_shares(past, year, effective, passed), left)
    pace = o.by_pace(opened.sum(axis=1), passed, left)
    inside = ahead >= start
    from_pool = np.zeros((groups, YEAR))
    from_pool[:, ahead[inside] - start] = coming.openings[:, inside]
    months = month_number(day_of(day + 1)) - month_number(day_of(known.first))
    to_come, used = _chosen(method, from_pool, share, pace)
    to_come = np.where(presence.stopped[:, None] | presence.empty[:, None], 0.0, to_come)
    known_hours = hours.closed.sum(axis=(1, 2)) / PER_HOUR + hours.in_flight.sum(axis=(1, 2)) + late.sum(axis=1)
    return View(
        day, year, hours, late, opened + to_come, to_come * hours.per_opening[:, None], effective,
        _spread(_sd(hours, coming, inside, to_come.sum(axis=1)), to_come.sum(axis=1) * hours.per_opening, day, year),
        known_hours + share.sum(axis=1) * hours.per_opening, known_hours + pace.sum(axis=1) * hours.per_opening,
        used, presence, coming, months, _shocked(coming, presence) | turns.dip,
    )  # fmt: skip


def _chosen(method: Method, pooled: Floats, share: Floats, pace: Floats) -> tuple[Floats, Method]:
    """A group for which the simple method has no ground (it began this year) keeps what the pooled model says of it."""
    for name, found in ((Method.OPENING_SHARE, share), (Method.RUN_RATE, pace)):
        if method in (name, Method.OPENING_SHARE) and np.isfinite(found).any():
            return np.where(np.isfinite(found), found, pooled), name
    return pooled, Method.POOLED


def _months(known: Prepared, daily: DailyOpenings, passed: Floats, days: Floats, day: int) -> o.Months:
    """The months up to the cut-off. One that has hardly begun is left to what is to come."""
    size = passed.shape[1]
    months = known.months[:size]
    counts, effective = monthly(daily.developed, months), monthly(passed, months)
    starts = np.flatnonzero(np.diff(months, prepend=months[0] - 1))
    peak = np.maximum.reduceat(daily.developed, starts, axis=1)
    whole = monthly(days, known.months)[:, counts.shape[1] - 1].sum()
    part = 1.0 if day == day_number(month_end(int(months[-1]))) else float(effective[:, -1].sum() / max(whole, 1e-9))
    return o.Months(int(months[0]), counts, effective, peak, min(max(part, 0.02), 1.0))


def _in_year(daily: Floats, months: Ints, start: int) -> Floats:
    """Group × 12 of a year that begins with month ``start``."""
    found = np.zeros((len(daily), YEAR))
    inside = (months >= start) & (months < start + YEAR)
    if inside.any():
        at = months[inside] - start
        for group, row in enumerate(daily[:, inside]):
            found[group] = np.bincount(at, weights=row, minlength=YEAR)
    return found


def _hours(known: Prepared, day: int, year: int, means: CellMeans) -> Hours:
    rows, groups = known.history.trajectories, len(known.history.groups)
    contracts = max(len(known.history.contracts), 1)
    start = (year - 1970) * YEAR
    low, high = np.searchsorted(rows.opened, [min(day - LONGEST, day_number(date(year, 1, 1))), day + 1])
    at = np.flatnonzero(rows.recorded[low:high] <= day) + low
    done = at[rows.known[at] <= day]
    month = month_of(rows.opened)
    flying, hours = expected_hours(known.snapshots, means, day)

    def table(chosen: Ints, weights: Floats | None) -> Floats:
        chosen_month = month[chosen] - start
        inside = (chosen_month >= 0) & (chosen_month < YEAR)
        place = (rows.group[chosen] * YEAR + chosen_month) * contracts + rows.contract[chosen]
        found = np.bincount(
            place[inside], weights=None if weights is None else weights[inside], minlength=groups * YEAR * contracts
        )
        return np.asarray(found.reshape(groups, YEAR, contracts))

    # Whole numbers below 2**53 are exact as floats: a year's hundredths of minutes are far below.
    closed = np.rint(table(done, rows.minutes[done].astype(np.float64))).astype(np.int64)
    of_flying = np.bincount(rows.group[flying], weights=means.sd[rows.group[flying]] ** 2, minlength=groups)
    in_year = flying[(month[flying] >= start) & (month[flying] < start + YEAR)]
    share = np.bincount(rows.group[in_year], minlength=groups) / np.maximum(
        np.bincount(rows.group[flying], minlength=groups), 1
    )
    in_flight = table(flying, hours)
    per_opening, spread = _per_opening(known, day, at, done, flying, hours)
    of_year = done[(month[done] >= start) & (month[done] < start + YEAR)]
    return Hours(
        closed,
        in_flight,
        np.asarray(table(at, None), dtype=np.int64),
        per_opening,
        spread,
        np.sqrt(of_flying * share + (IN_FLIGHT_ERROR * in_flight.sum(axis=(1, 2))) ** 2),
        np.bincount(rows.group[of_year], weights=~rows.priced[of_year], minlength=groups) > 0,
        np.bincount(rows.group[of_year], weights=rows.minutes[of_year] < 0, minlength=groups) > 0,
        _contract_share(rows.group[at], rows.contract[at], rows.opened[at] > day - 365, groups, contracts),
        _closed_share(known, day, year),
    )


def _contract_share(group: Ints, contract: Ints, recent: Mask, groups: int, contracts: int) -> Floats:
    """Groups lean on the hospital: with nothing of its own a group has the hospital's contracts."""
    counts = np.bincount((group * contracts + contract)[recent], minlength=groups * contracts).reshape(
        groups, contracts
    )
    together = counts.sum(axis=0) + 1e-9
    own: Floats = counts + 5.0 * together / together.sum()
    return np.asarray(own / own.sum(axis=1, keepdims=True))


def _per_opening(
    known: Prepared, day: int, seen: Ints, done: Ints, flying: Ints, expected: Floats
) -> tuple[Floats, Floats]:
    """Hours per opening over the last months (closed and expected), leaning on the last year's; and their spread."""
    rows, groups = known.history.trajectories, len(known.history.groups)

    def sums(since: int) -> tuple[Floats, Floats]:
        some, closed, still = (part[rows.opened[part] > since] for part in (seen, done, flying))
        hours = added(rows.group[closed], rows.minutes[closed] / PER_HOUR, groups)
        hours += added(rows.group[still], expected[rows.opened[flying] > since], groups)
        return hours, added(rows.group[some], np.ones(len(some)), groups)

    long, many = sums(day - 365)
    overall = long.sum() / max(many.sum(), 1.0)
    lean = (long + 10.0 * overall) / (many + 10.0)
    short, few = sums(day - int(HOURS_MONTHS * 30.4))
    square = np.bincount(rows.group[done], weights=(rows.minutes[done] / PER_HOUR) ** 2, minlength=groups)
    mean = np.bincount(rows.group[done], weights=rows.minutes[done] / PER_HOUR, minlength=groups)
    count = np.maximum(np.bincount(rows.group[done], minlength=groups), 1)
    variance = np.maximum(square / count - (mean / count) ** 2, 0.0)
    return np.maximum((short + 100.0 * lean) / (few + 100.0), 0.0), np.sqrt(variance)


def _closed_share(known: Prepared, day: int, year: int) -> Floats:
    """Of last year's hours, as known now, the share that was closed on this day a year ago."""
    rows, groups = known.history.trajectories, len(known.history.groups)
    low, high = np.searchsorted(rows.opened, [day_number(date(year - 1, 1, 1)), day_number(date(year, 1, 1))])
    if known.first > day_number(date(year - 1, 1, 1)) or low == high:
        return np.full(groups, np.nan)
    ago = _year_before(day)
    part = slice(low, high)
    now = np.bincount(
        rows.group[part], weights=np.where(rows.known[part] <= day, rows.minutes[part], 0), minlength=groups
    )
    then = np.bincount(
        rows.group[part], weights=np.where(rows.known[part] <= ago, rows.minutes[part], 0), minlength=groups
    )
    return np.where((now > 0) & (then > 0), then / np.where(now > 0, now, 1), np.nan)


def _year_before(day: int) -> int:
    found = day_of(day + 1)  # the day after, so that the last day of February stays one
    return day_number(found.replace(year=found.year - 1, day=min(found.day, 28))) - 1 + max(found.day - 28, 0)


def _sd(hours: Hours, coming: o.Coming, inside: Mask, to_come: Floats) -> Floats:
    """Of the model: the pace of openings, their counting and mix, hours per opening, and what is open."""
    counts = coming.openings[:, inside]
    total = np.maximum(counts.sum(axis=1), 1e-9)
    part = counts / total[:, None]
    pace = np.einsum("vk,vkl,vl->v", part, coming.covariance[:, inside][:, :, inside], part)
    each = hours.per_opening
    variance = (to_come * each) ** 2 * (pace + PER_OPENING_ERROR**2)
    variance += to_come * (each**2 + hours.spread**2)
    return np.asarray(np.sqrt(variance + hours.in_flight_sd**2))


def _spread(model: Floats, to_open: Floats, day: int, year: int) -> Spread:
    begin, end = day_number(date(year, 1, 1)), day_number(date(year + 1, 1, 1))
    ahead = max(begin - day - 1, 0) / 365
    left = max(end - max(day + 1, begin), 0) / 365
    return Spread(model, step_sd(ahead, left) * to_open, dip_sd(left) * to_open)


def _shocked(coming: o.Coming, presence: o.Presence) -> Mask:
    """Groups of which months of the last year weigh next to nothing."""
    found = np.zeros(len(presence.small), dtype=bool)
    if coming.seasons is not None:
        fit = np.flatnonzero(~presence.small & ~presence.empty & (presence.weights > 0).any(axis=1))
        low = (coming.seasons.weights < o.SHOCK_LIMIT) & (presence.weights[fit] >= o.SHOCK_LIMIT)
        found[fit] = low[:, -YEAR:].any(axis=1)
    return found
