"""The year of groups that work for others: norm minutes of what they executed, by day of execution, and what is still to be done.

As with openings: work per effective working day with the rhythm of the year that these groups have in common, the same rules for
bounds. Nothing is in flight but what was done and not recorded yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import numpy as np

from puntlanding.forecast import openings as o
from puntlanding.forecast.day_weights import OLDEST, Floats, fit_weights, monthly
from puntlanding.forecast.history import (
    History,
    Ints,
    Supporting,
    day_number,
    day_of,
    month_end,
    month_number,
    month_of,
    month_start,
)
from puntlanding.forecast.result import PER_HOUR, Checks, Estimate, FanPoint, Flag, Forecast, GroupForecast, MonthParts
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.working_days import Event, kinds, nearest_region, room_of

YEAR = 12
CORRELATION = 0.25  # of groups, where too few years tell
LATE_ERROR = 0.15  # share of what was done and is not recorded yet
LEAN = 4.0  # cut-offs of all groups that weigh like a group's own
RUN_IN = 4  # months: as long as a trajectory lasts at most
NEAR = 1  # months before and after the cut-off's own, in the years before


@dataclass(frozen=True, slots=True)
class _View:
    """Hours on one day, group × opening month of the year; ``closed`` in hundredths of a minute."""

    closed: Ints
    late: Floats
    to_do: Floats
    working_days: Floats
    sd: Floats
    presence: o.Presence
    moved: np.ndarray[tuple[int], np.dtype[np.bool_]]

    @property
    def known(self) -> Floats:
        found: Floats = self.closed.sum(axis=1) / PER_HOUR
        return found

    @property
    def forecast(self) -> Floats:
        found: Floats = self.known + self.late.sum(axis=1) + self.to_do.sum(axis=1)
        return found


def supporting_forecast(
    history: History, gatekeeping: Forecast, settings: Settings, events: Sequence[Event] = ()
) -> Forecast | None:
    """As a forecast of its own, on the day of ``gatekeeping``; None where nothing was done for others yet."""
    if not len(history.supporting):
        return None
    made = _forecast(history, gatekeeping, settings, events)
    if made is None or not events:
        return made
    bare = _forecast(history, gatekeeping, settings, ())
    return replace(made, without_events=bare)


def _forecast(history: History, gatekeeping: Forecast, settings: Settings, events: Sequence[Event]) -> Forecast | None:
    work = history.supporting
    first = _first_day(history)
    last = day_number(date(max(history.year, history.as_of.year), 12, 31))
    at = day_number(history.as_of)
    if first > at:
        return None
    region = settings.region or nearest_region(
        _per_day(work, first, at, at).sum(axis=0), first, settings.school_holidays
    )
    cells = kinds(first, last, region, settings.school_holidays)
    room = room_of((*settings.closures, *events), work.groups, first, last)
    now = _view(work, first, last, at, history.year, cells, room)
    scale = _back_tested(work, first, last, at, history.year, cells, room) if settings.back_test else None
    sds = _bounds(now, scale)
    earlier = _earlier(work, first, last, history, cells, room, scale) if settings.fan else ()
    groups = tuple(_group(name, place, now, sds, history, earlier) for place, name in enumerate(work.groups))
    total = _sum([one.estimate for one in groups])
    fan = tuple(FanPoint(day, _sum(parts)) for day, parts in earlier)
    months = month_number(day_of(at + 1)) - month_number(day_of(first))
    return Forecast(
        history.as_of, history.year, groups, total, {}, CORRELATION, gatekeeping.method, gatekeeping.reason, months, None, (), fan
    )  # fmt: skip


def together(sds: Sequence[float], correlation: float) -> float:
    """Never by adding bounds up."""
    return sqrt((1 - correlation) * sum(sd * sd for sd in sds) + correlation * sum(sds) ** 2)


def _sum(parts: Sequence[Estimate]) -> Estimate:
    return Estimate(
        sum(one.closed for one in parts),
        sum(one.in_flight for one in parts),
        sum(one.to_open for one in parts),
        together([one.sd for one in parts], CORRELATION),
    )


def _first_day(history: History) -> int:
    """Work of what opened before the first year has no records, so that the first months of that year look quiet: they do not
    count where there is enough after them.
    """
    begin = day_number(history.first) if history.first is not None else int(history.supporting.day.min())
    month = month_number(day_of(begin))
    if begin > day_number(month_start(month)):
        month += 1
    enough = month_number(history.as_of) - month >= YEAR + RUN_IN
    return day_number(month_start(month + RUN_IN if enough else month))


def _per_day(work: Supporting, first: int, last: int, at: int) -> Floats:
    """Group × day: hours executed, of what was recorded on day ``at``."""
    size = last - first + 1
    here = (work.day >= first) & (work.day <= min(last, at)) & (work.recorded <= at)
    place = work.group[here] * size + work.day[here] - first
    sums = np.bincount(place, weights=work.minutes[here], minlength=len(work.groups) * size)
    found: Floats = sums.reshape(len(work.groups), size) / PER_HOUR
    return found


def _recorded(work: Supporting, at: int) -> Floats:
    """Group × age in days: share of hours recorded by that age, of the last year that is old enough to know."""
    delay = work.recorded - work.day
    mature = (work.day <= at - OLDEST) & (work.day > at - OLDEST - 365) & (delay < OLDEST) & (work.recorded <= at)
    place = work.group[mature] * OLDEST + delay[mature]
    counts = np.bincount(place, weights=work.minutes[mature], minlength=len(work.groups) * OLDEST)
    table = np.maximum(counts.reshape(len(work.groups), OLDEST), 0.0) / PER_HOUR
    pooled = table.sum(axis=0)
    if pooled.sum() <= 0:
        return np.ones((len(work.groups), OLDEST))
    own = (table + 300.0 * pooled / pooled.sum()) / (table.sum(axis=1, keepdims=True) + 300.0)
    found: Floats = np.clip(np.cumsum(own, axis=1), 0.05, 1.0)
    return found


def _view(work: Supporting, first: int, last: int, at: int, year: int, cells: Ints, room: Floats) -> _View:
    groups, size = len(work.groups), at - first + 1
    seen = _per_day(work, first, at, at)
    developed = np.maximum(seen, 0.0)
    tail = min(size, OLDEST)
    developed[:, size - tail :] /= _recorded(work, at)[:, np.arange(tail)[::-1]]
    months = month_of(np.arange(first, last + 1, dtype=np.int64))
    weights = fit_weights(developed, cells[:size], months[:size], room[:, :size])
    days = weights.days(cells, room)
    start = (year - 1970) * YEAR
    counts, effective = monthly(developed, months[:size]), monthly(days[:, :size], months[:size])
    whole = monthly(days, months)
    begun = counts.shape[1] - 1
    over = at == day_number(month_end(int(months[size - 1])))
    part = 1.0 if over else float(effective[:, begun].sum() / max(whole[:, begun].sum(), 1e-9))
    past = o.Months(int(months[0]), counts, effective, np.zeros_like(counts), min(max(part, 0.02), 1.0))
    presence = o.presence(past)
    ahead = np.arange(month_number(day_of(min(at + 1, last))), start + YEAR, dtype=np.int64)
    if at >= last:
        ahead = ahead[:0]
    left = whole - np.pad(effective, ((0, 0), (0, whole.shape[1] - effective.shape[1])))
    rest = left[:, ahead - int(months[0])] if len(ahead) else np.zeros((groups, 0))
    coming = o.pooled(past, ahead, rest, presence)
    inside = ahead >= start
    to_do = np.zeros((groups, YEAR))
    to_do[:, ahead[inside] - start] = coming.openings[:, inside]
    late = _of_year(developed - np.maximum(seen, 0.0), months[:size], start)
    closed = _exact(work, at, start)
    return _View(
        closed, late, to_do, _of_year(days, months, start), _model_sd(coming, inside, late), presence, coming.moved
    )


def _of_year(daily: Floats, months: Ints, start: int) -> Floats:
    inside = (months >= start) & (months < start + YEAR)
    place = months[inside] - start
    return np.stack([np.bincount(place, weights=row, minlength=YEAR) for row in daily[:, inside]])


def _exact(work: Supporting, at: int, start: int) -> Ints:
    """Hundredths of a minute by month of execution: whole numbers, which floats below 2**53 hold exactly."""
    month = month_of(work.day) - start
    here = (month >= 0) & (month < YEAR) & (work.recorded <= at) & (work.day <= at)
    place = work.group[here] * YEAR + month[here]
    sums = np.bincount(place, weights=work.minutes[here], minlength=len(work.groups) * YEAR)
    return np.rint(sums).astype(np.int64).reshape(len(work.groups), YEAR)


def _model_sd(coming: o.Coming, inside: np.ndarray[tuple[int], np.dtype[np.bool_]], late: Floats) -> Floats:
    counts = coming.openings[:, inside]
    total = counts.sum(axis=1)
    share = counts / np.maximum(total, 1e-9)[:, None]
    pace = np.einsum("vk,vkl,vl->v", share, coming.covariance[:, inside][:, :, inside], share)
    found: Floats = np.sqrt(total**2 * pace + total + (LATE_ERROR * late.sum(axis=1)) ** 2)
    return found


def _back_tested(
    work: Supporting, first: int, last: int, at: int, year: int, cells: Ints, room: Floats
) -> Floats | None:
    """Per group the spread of (outcome − forecast) ÷ what was unknown, of the same time of the two years before."""
    month = month_number(day_of(at + 1)) - 1
    ratios = []
    for back in (1, 2):
        for shift in range(-NEAR, NEAR + 1):
            day = day_number(month_end(month - YEAR * back + shift))
            of = year - back
            whole = day_number(date(of, 12, 31)) <= at and first <= day_number(date(of, 1, 1))
            if day - first < 365 or not whole or day >= day_number(date(of, 12, 31)):
                continue
            then = _view(work, first, last, day, of, cells, room)
            outcome = _exact(work, at, (of - 1970) * YEAR).sum(axis=1) / PER_HOUR
            unknown = np.maximum(then.forecast - then.known, 1e-9)
            ratios.append(np.clip((outcome - then.forecast) / unknown, -5.0, 5.0))
    if not ratios:
        return None
    table = np.square(np.stack(ratios))
    count = len(table)
    found: Floats = np.sqrt((count * table.mean(axis=0) + LEAN * table.mean()) / (count + LEAN))
    return found


def _bounds(view: _View, scale: Floats | None) -> Floats:
    """The larger of the model's and the back-test's."""
    if scale is None:
        return view.sd
    found: Floats = np.maximum(view.sd, scale * (view.forecast - view.known))
    return found


def _estimates(view: _View, sds: Floats) -> tuple[Estimate, ...]:
    return tuple(
        Estimate(int(closed.sum()), float(late.sum()), float(to_do.sum()), float(sd))
        for closed, late, to_do, sd in zip(view.closed, view.late, view.to_do, sds, strict=True)
    )


def _group(
    name: str,
    place: int,
    view: _View,
    sds: Floats,
    history: History,
    earlier: Sequence[tuple[date, tuple[Estimate, ...]]],
) -> GroupForecast:
    closed, late, to_do = view.closed[place], view.late[place], view.to_do[place]
    estimate = _estimates(view, sds)[place]
    months = tuple(
        MonthParts(
            date(history.year, month + 1, 1), 0, 0.0, int(closed[month]), float(late[month]), float(to_do[month]),
            float(view.working_days[place][month]),
        )
        for month in range(YEAR)
    )  # fmt: skip
    flags = {
        Flag.STARTED: view.presence.started[place],
        Flag.STOPPED: view.presence.stopped[place],
        Flag.GAP: view.presence.gap[place],
        Flag.LEVEL_MOVED: view.moved[place],
        Flag.NO_OPENINGS: view.presence.empty[place],
    }
    passed = _passed(history)
    rate = estimate.closed_hours * YEAR / passed if passed > 0 else None
    return GroupForecast(
        name,
        estimate,
        months,
        Checks(None, rate, None),
        0.0,
        {},
        tuple(flag for flag, on in flags.items() if on),
        tuple(FanPoint(day, parts[place]) for day, parts in earlier),
    )


def _passed(history: History) -> float:
    """Months of the year that have passed."""
    as_of = history.as_of
    if as_of.year != history.year:
        return float(YEAR) if as_of.year > history.year else 0.0
    return as_of.month - 1 + as_of.day / month_end(month_number(as_of)).day


def _earlier(
    work: Supporting, first: int, last: int, history: History, cells: Ints, room: Floats, scale: Floats | None
) -> tuple[tuple[date, tuple[Estimate, ...]], ...]:
    """The groups' estimates at each month-end of the year so far."""
    start = (history.year - 1970) * YEAR
    at = day_number(history.as_of)
    ends = [day_number(month_end(month)) for month in range(start, start + YEAR)]
    found = []
    for day in (end for end in ends if first + 30 <= end < at):
        then = _view(work, first, last, day, history.year, cells, room)
        found.append((day_of(day), _estimates(then, _bounds(then, scale))))
    return tuple(found)
