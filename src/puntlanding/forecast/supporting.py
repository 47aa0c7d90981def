"""The year of groups that work for others: norm minutes of what they executed, by day of execution, and what is still to be done.

In total and by contract of the trajectories they worked in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

import numpy as np

from puntlanding.forecast.day_weights import Floats
from puntlanding.forecast.history import (
    History,
    Ints,
    Supporting,
    day_number,
    day_of,
    month_end,
    month_number,
    month_start,
)
from puntlanding.forecast.result import PER_HOUR, Checks, Estimate, FanPoint, Flag, Forecast, GroupForecast, MonthParts
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.supporting_view import YEAR, View, back_tested, exact, per_day, told, view
from puntlanding.forecast.working_days import Event, kinds, nearest_region, room_of

CORRELATION = 0.25  # of groups, where too few years tell
RUN_IN = 4  # months: as long as a trajectory lasts at most
OWN_HOURS = 20.0  # of all groups' division over contracts, that weigh like a group's own


def supporting_forecast(
    history: History, gatekeeping: Forecast, settings: Settings, events: Sequence[Event] = ()
) -> Forecast | None:
    """As a forecast of its own, on the day of ``gatekeeping``; None where nothing was done for others yet."""
    if not len(history.supporting):
        return None
    work, first, at = history.supporting, _first_day(history), day_number(history.as_of)
    if first > at:
        return None
    days = per_day(work, first, at, at).sum(axis=0)
    region = settings.region or nearest_region(days, first, settings.school_holidays)
    settings = replace(settings, region=region)
    earlier = _earlier(history, settings) if settings.fan else ()
    made = _forecast(history, gatekeeping, settings, events, earlier)
    return replace(made, without_events=_forecast(history, gatekeeping, settings, (), earlier)) if events else made


@dataclass(frozen=True, slots=True)
class _Seen:
    """``sds``: of ``view``, per group. ``first``: the day from which work counts."""

    view: View
    sds: Floats
    first: int


def _seen(history: History, settings: Settings, events: Sequence[Event]) -> _Seen:
    """Today's or an earlier day's: all that it rests on is in ``history``, but for the region."""
    work, first, at = history.supporting, _first_day(history), day_number(history.as_of)
    last = day_number(date(max(history.year, history.as_of.year), 12, 31))
    cells = kinds(first, last, settings.region, settings.school_holidays)
    room = room_of(events, work.groups, first, last)
    now = view(work, first, last, at, history.year, cells, room)
    scale = back_tested(work, first, last, at, history.year, cells, room) if settings.back_test else None
    return _Seen(now, _bounds(now, scale), first)


def _forecast(
    history: History,
    gatekeeping: Forecast,
    settings: Settings,
    events: Sequence[Event],
    earlier: Sequence[tuple[date, tuple[Estimate, ...]]],
) -> Forecast:
    work, at = history.supporting, day_number(history.as_of)
    seen = _seen(history, settings, events)
    now, sds = seen.view, seen.sds
    by_contract = _closed(history), _shares(work, at, len(history.contracts))
    groups = tuple(
        _group(name, place, now, sds, history, earlier, by_contract) for place, name in enumerate(work.groups)
    )
    total = _sum([one.estimate for one in groups])
    contracts = {name: _sum([one.contracts[name] for one in groups]) for name in history.contracts}
    fan = tuple(FanPoint(day, _sum(parts)) for day, parts in earlier)
    months = month_number(day_of(at + 1)) - month_number(day_of(seen.first))
    return Forecast(
        history.as_of, history.year, groups, total, contracts, CORRELATION, gatekeeping.method, gatekeeping.reason, months, None, (), fan
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


def _bounds(seen: View, scale: Floats | None) -> Floats:
    """The larger of the model's and the back-test's."""
    if scale is None:
        return seen.sd
    found: Floats = np.maximum(seen.sd, scale * (seen.forecast - seen.known))
    return found


def _estimates(seen: View, sds: Floats) -> tuple[Estimate, ...]:
    return tuple(
        Estimate(int(closed.sum()), float(late.sum()), float(to_do.sum()), float(sd))
        for closed, late, to_do, sd in zip(seen.closed, seen.late, seen.to_do, sds, strict=True)
    )


def _group(
    name: str,
    place: int,
    seen: View,
    sds: Floats,
    history: History,
    earlier: Sequence[tuple[date, tuple[Estimate, ...]]],
    contracts: tuple[Ints, Floats],
) -> GroupForecast:
    """``contracts``: group × contract, what is closed and the division of what is not."""
    closed, late, to_do = seen.closed[place], seen.late[place], seen.to_do[place]
    estimate = _estimates(seen, sds)[place]
    months = tuple(
        MonthParts(
            date(history.year, month + 1, 1), 0, 0.0, int(closed[month]), float(late[month]), float(to_do[month]),
            float(seen.working_days[place][month]),
        )
        for month in range(YEAR)
    )  # fmt: skip
    there = seen.presence
    flags = {
        Flag.STARTED: there.started[place],
        Flag.STOPPED: there.stopped[place],
        Flag.RESUMED: there.resumed[place],
        Flag.GAP: there.gap[place] and not there.resumed[place],
        Flag.LEVEL_MOVED: seen.moved[place],
        Flag.NO_OPENINGS: there.empty[place],
    }
    passed = _passed(history)
    rate = estimate.closed_hours * YEAR / passed if passed > 0 else None
    return GroupForecast(
        name,
        estimate,
        months,
        Checks(None, rate, None),
        0.0,
        _contracts(history.contracts, contracts[0][place], estimate, contracts[1][place]),
        tuple(flag for flag, on in flags.items() if on),
        tuple(FanPoint(day, parts[place]) for day, parts in earlier),
    )


def _shares(work: Supporting, at: int, contracts: int) -> Floats:
    """Group × contract: of what was done in the last year, leaning on all groups together."""
    late = np.flatnonzero((work.day > at - 365) & (work.day <= at) & (work.recorded <= at))
    place = work.group[late] * contracts + work.contract[late]
    counts = np.bincount(place, weights=work.minutes[late], minlength=len(work.groups) * contracts)
    own = np.maximum(counts.reshape(len(work.groups), contracts), 0.0) / PER_HOUR
    together_ = own.sum(axis=0) + 1e-9
    own += OWN_HOURS * together_ / together_.sum()
    found: Floats = own / own.sum(axis=1, keepdims=True)
    return found


def _contracts(names: Sequence[str], closed: Ints, whole: Estimate, share: Floats) -> dict[str, Estimate]:
    """What is closed by the trajectories' contracts, the rest by the division of the last year. Spread: as if contracts moved
    apart, so that each has its part of the variance.
    """
    return {
        name: Estimate(
            int(closed[at]),
            float(share[at] * whole.in_flight),
            float(share[at] * whole.to_open),
            whole.sd * sqrt(share[at]),
        )
        for at, name in enumerate(names)
    }


def _closed(history: History) -> Ints:
    """Group × contract: hundredths of a minute of the year."""
    work, at, start = history.supporting, day_number(history.as_of), (history.year - 1970) * YEAR
    parts = (work.take(work.contract == contract) for contract in range(len(history.contracts)))
    return np.stack([exact(part, at, start).sum(axis=1) for part in parts], axis=1)


def _passed(history: History) -> float:
    """Months of the year that have passed."""
    as_of = history.as_of
    if as_of.year != history.year:
        return float(YEAR) if as_of.year > history.year else 0.0
    return as_of.month - 1 + as_of.day / month_end(month_number(as_of)).day


def _earlier(history: History, settings: Settings) -> tuple[tuple[date, tuple[Estimate, ...]], ...]:
    """The groups' estimates at each month-end of the year so far, as a forecast made on that day; no events."""
    work, start, at = history.supporting, (history.year - 1970) * YEAR, day_number(history.as_of)
    first = _first_day(history)
    ends = [day_number(month_end(month)) for month in range(start, start + YEAR)]
    found = []
    for day in (end for end in ends if first + 30 <= end < at and told(work, end)):
        known = work.take((work.recorded <= day) & (work.day <= day))
        then = replace(history, as_of=day_of(day), supporting=known)
        if len(known) and _first_day(then) <= day:
            seen = _seen(then, settings, ())
            found.append((day_of(day), _estimates(seen.view, seen.sds)))
    return tuple(found)
