"""What supporting groups did and will do, as seen on one day; and how far that was off on the days of years before.

As with openings: work per effective working day with the rhythm of the year that these groups have in common, the same rules for
bounds. Nothing is in flight but what was done and not recorded yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from puntlanding.forecast import openings as o
from puntlanding.forecast.day_weights import OLDEST, Floats, fit_weights, monthly, sums_by
from puntlanding.forecast.history import Ints, Mask, Supporting, day_number, day_of, month_end, month_number, month_of
from puntlanding.forecast.result import PER_HOUR

YEAR = 12
LATE_ERROR = 0.15  # share of what was done and is not recorded yet
LEAN = 4.0  # cut-offs of all groups that weigh like a group's own
LUMP_DAYS, LUMP_SHARE = 7, 0.25  # a day that recorded so large a part of a month's work, so long after it was done
NEAR = 1  # months before and after the cut-off's own, in the years before


@dataclass(frozen=True, slots=True)
class View:
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


def per_day(work: Supporting, first: int, last: int, at: int) -> Floats:
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
    mature &= ~_lumped(work, mature)
    place = work.group[mature] * OLDEST + delay[mature]
    counts = np.bincount(place, weights=work.minutes[mature], minlength=len(work.groups) * OLDEST)
    table = np.maximum(counts.reshape(len(work.groups), OLDEST), 0.0) / PER_HOUR
    pooled = table.sum(axis=0)
    if pooled.sum() <= 0:
        return np.ones((len(work.groups), OLDEST))
    own = (table + 300.0 * pooled / pooled.sum()) / (table.sum(axis=1, keepdims=True) + 300.0)
    found: Floats = np.clip(np.cumsum(own, axis=1), 0.05, 1.0)
    return found


def told(work: Supporting, day: int) -> bool:
    """Whether most of what was done by ``day`` was recorded then: before a system was filled there is nothing to look back on."""
    done = work.day <= day
    return bool(2 * work.minutes[done & (work.recorded <= day)].sum() > work.minutes[done].sum())


def _lumped(work: Supporting, here: Mask) -> Mask:
    """Work of which a system was filled on one day, long after it was done: that tells nothing of how late work is recorded."""
    late = here & (work.recorded - work.day > LUMP_DAYS)
    if not late.any():
        return late
    first = int(work.recorded[late].min())
    minutes = np.bincount(work.recorded[late] - first, weights=work.minutes[late])
    much = minutes > LUMP_SHARE * float(work.minutes[here].sum()) / YEAR
    found: Mask = late & much[np.where(late, work.recorded - first, 0)]
    return found


def view(work: Supporting, first: int, last: int, at: int, year: int, cells: Ints, room: Floats) -> View:
    groups, size = len(work.groups), at - first + 1
    seen = per_day(work, first, at, at)
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
    closed = exact(work, at, start)
    return View(
        closed, late, to_do, _of_year(days, months, start), _model_sd(coming, inside, late), presence, coming.moved
    )


def _of_year(daily: Floats, months: Ints, start: int) -> Floats:
    inside = (months >= start) & (months < start + YEAR)
    place = months[inside] - start
    return sums_by(place, daily[:, inside], YEAR)


def exact(work: Supporting, at: int, start: int) -> Ints:
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


def back_tested(
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
            if day - first < 365 or not whole or day >= day_number(date(of, 12, 31)) or not told(work, day):
                continue
            then = view(work, first, last, day, of, cells, room)
            outcome = exact(work, at, (of - 1970) * YEAR).sum(axis=1) / PER_HOUR
            unknown = np.maximum(then.forecast - then.known, 1e-9)
            ratios.append(np.clip((outcome - then.forecast) / unknown, -5.0, 5.0))
    if not ratios:
        return None
    table = np.square(np.stack(ratios))
    count = len(table)
    found: Floats = np.sqrt((count * table.mean(axis=0) + LEAN * table.mean()) / (count + LEAN))
    return found
