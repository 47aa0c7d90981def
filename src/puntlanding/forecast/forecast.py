"""The forecast of a year from what was known on a day: closed, open and still to open, with bounds. See ARCHITECTURE, forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.cut_off import View, view
from puntlanding.forecast.history import STALE, History, day_number, day_of, month_end, month_start
from puntlanding.forecast.intervals import Scale, bounds, sd_of_sum
from puntlanding.forecast.prepared import Prepared, prepare
from puntlanding.forecast.replay import Replayed, chosen, cut_offs, held_against, quality, replay, scale_of
from puntlanding.forecast.result import (
    PER_HOUR,
    Checks,
    Estimate,
    FanPoint,
    Flag,
    Forecast,
    GroupForecast,
    Method,
    MonthParts,
    NoForecast,
    Reason,
    Refusal,
)
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.working_days import Event, room_of

Floats = NDArray[np.float64]
LEAST_CLOSED = 30  # trajectories of which the norm hours are known


def forecast(history: History, settings: Settings | None = None, events: Sequence[Event] = ()) -> Forecast | NoForecast:
    """Of ``history.year``, with only what ``history`` knows. ``events``: capacity other than usual; shown with and without."""
    settings = settings or Settings()
    refusal = refused(history)
    if refusal is not None:
        return NoForecast(history.as_of, history.year, refusal)
    as_of = day_number(history.as_of)
    fan = _fan_days(history) if settings.fan else []
    plain = prepare(history, settings, (), [])
    if plain is None:
        return NoForecast(history.as_of, history.year, Refusal.NO_HISTORY)
    past = cut_offs(plain.first, as_of, history.year, plain.told_from) if settings.back_test else []
    fan = [day for day in fan if day >= max(plain.told_from, plain.first + 31)]
    settings = replace(settings, region=plain.region or settings.region)
    plain = prepare(history, settings, (), [as_of, *fan, *(day for day, _ in past)]) or plain
    replayed = replay(plain, past)
    here = view(plain, as_of, history.year, Method.POOLED)
    method, reason = chosen(here.months, replayed, settings.method)
    tested = scale_of(replayed, method, len(history.groups))
    earlier = [_then(plain, day, replayed, settings) for day in fan]
    found = None
    for given in ((), tuple(events)) if events else ((),):
        known = replace(plain, room=_room(plain, history, given))
        now = here if not given and method is here.method else view(known, as_of, history.year, method)
        if now.method is Method.POOLED and method is not Method.POOLED:
            reason = Reason.EARLY
        groups = _groups(known, now, tested, earlier)
        made = _whole(history, groups, now, tested, earlier)
        found = replace(
            made, reason=reason, quality=quality(replayed, method), flags=_hospital_flags(known), without_events=found
        )
    return found or NoForecast(history.as_of, history.year, Refusal.NO_HISTORY)


def _room(known: Prepared, history: History, events: Sequence[Event]) -> Floats:
    return room_of(events, history.groups, known.first, known.last) if events else known.room


def refused(history: History, day: int | None = None) -> Refusal | None:
    """On the day of the history, or on an earlier ``day``."""
    rows, as_of = history.trajectories, day_number(history.as_of) if day is None else day
    seen = rows.recorded <= as_of
    if not seen.any():
        return Refusal.NO_HISTORY
    if as_of < day_number(date(history.year - 1, 1, 1)):
        return Refusal.BEFORE_YEAR
    if as_of >= day_number(date(history.year + 2, 1, 1)):
        return Refusal.YEAR_DONE
    until = min(as_of, day_number(date(history.year, 12, 31)))
    if int(rows.opened[seen & (rows.opened <= as_of)].max(initial=-STALE * 1000)) < until - STALE:
        return Refusal.BEHIND_DATE
    if int(((rows.known <= as_of) & (rows.minutes != 0)).sum()) < LEAST_CLOSED:
        return Refusal.TOO_LITTLE
    return None


def _fan_days(history: History) -> list[int]:
    """The month-ends of the year before the date on which there would have been a forecast."""
    start, as_of = (history.year - 1970) * 12, day_number(history.as_of)
    ends = [day_number(month_end(start + month)) for month in range(12)]
    return [day for day in ends if day < as_of and refused(history, day) is None]


def _then(known: Prepared, day: int, replayed: Sequence[Replayed], settings: Settings) -> tuple[View, Scale]:
    """As a forecast made on that day of the year: its method and its bounds by outcomes as they were known on it."""
    held = held_against(known, [one.view for one in replayed], day)
    pooled = view(known, day, known.history.year, Method.POOLED)
    method, _ = chosen(pooled.months, held, settings.method)
    then = pooled if method is Method.POOLED else view(known, day, known.history.year, method)
    return then, scale_of(held, method, len(known.history.groups))


def _estimates(now: View, tested: Scale) -> list[Estimate]:
    opened, sds = now.to_open.sum(axis=1), bounds(now.spread, tested).groups
    return [
        Estimate(int(closed), float(flying), float(rest), float(sd))
        for closed, flying, rest, sd in zip(now.closed, now.in_flight, opened, sds, strict=True)
    ]


def _sum(parts: Sequence[Estimate], correlation: float) -> Estimate:
    return Estimate(
        sum(one.closed for one in parts),
        float(sum(one.in_flight for one in parts)),
        float(sum(one.to_open for one in parts)),
        sd_of_sum(np.array([one.sd for one in parts]), correlation),
    )


def _groups(
    known: Prepared, now: View, tested: Scale, earlier: Sequence[tuple[View, Scale]]
) -> tuple[GroupForecast, ...]:
    estimates = _estimates(now, tested)
    fans = [[FanPoint(day_of(one.day), part) for part in _estimates(one, scale)] for one, scale in earlier]
    return tuple(
        GroupForecast(
            name,
            estimates[at],
            _months(now, at),
            _checks(now, at),
            float(now.hours.per_opening[at]),
            _contracts(known, now, at, estimates[at]),
            _flags(known, now, at),
            tuple(fan[at] for fan in fans),
        )
        for at, name in enumerate(known.history.groups)
    )


def _months(now: View, group: int) -> tuple[MonthParts, ...]:
    hours, start = now.hours, (now.year - 1970) * 12
    return tuple(
        MonthParts(
            month_start(start + at),
            int(hours.seen[group, at].sum()),
            float(now.expected[group, at]),
            int(hours.closed[group, at].sum()),
            float(hours.in_flight[group, at].sum() + now.late[group, at]),
            float(now.to_open[group, at]),
            float(now.working_days[group, at]),
        )
        for at in range(12)
    )


def _checks(now: View, group: int) -> Checks:
    closed = float(now.closed[group]) / PER_HOUR
    start = day_number(date(now.year, 1, 1))
    passed = min(max(now.day - start + 1, 0), 366) / (day_number(date(now.year + 1, 1, 1)) - start)
    share, closed_share = float(now.share[group]), float(now.hours.closed_share[group])
    return Checks(
        share if np.isfinite(share) else None,
        closed / min(passed, 1.0) if passed > 0 else None,
        closed / closed_share if np.isfinite(closed_share) and closed_share > 0 else None,
    )


def _contracts(known: Prepared, now: View, group: int, whole: Estimate) -> dict[str, Estimate]:
    """What is not yet open goes by the openings of the last year. Spread: the contract's part of the group's, and its own counting."""
    hours = now.hours
    share = hours.contract_share[group]
    late, rest = float(now.late[group].sum()), float(now.to_open[group].sum())
    each = float(hours.per_opening[group])
    count = (late + rest) / each if each > 0 else 0.0
    noise = share * (1 - share) * count * (each**2 + float(hours.spread[group]) ** 2)
    flying = hours.in_flight[group].sum(axis=0)
    unknown = flying + share * (late + rest)
    part = unknown / max(float(unknown.sum()), 1e-9)
    return {
        name: Estimate(
            int(hours.closed[group, :, at].sum()),
            float(flying[at] + share[at] * late),
            float(share[at] * rest),
            float(np.sqrt((part[at] * whole.sd) ** 2 + noise[at])),
        )
        for at, name in enumerate(known.history.contracts)
    }


def _flags(known: Prepared, now: View, group: int) -> tuple[Flag, ...]:
    there, hours = now.presence, now.hours
    found = (
        (Flag.NO_OPENINGS, there.empty[group]),
        (Flag.SMALL, there.small[group]),
        (Flag.STARTED, there.started[group]),
        (Flag.STOPPED, there.stopped[group]),
        (Flag.RESUMED, there.resumed[group]),
        (Flag.GAP, there.gap[group] and not there.resumed[group]),
        (Flag.LUMP, there.lump[group] or known.lump[group]),
        (Flag.SHOCK, now.shock[group]),
        (Flag.LEVEL_MOVED, now.coming.moved[group]),
        (Flag.CORRECTIONS, hours.corrected[group]),
        (Flag.NO_NORM_TIMES, hours.unpriced[group]),
        (Flag.RECORDING_UNKNOWN, not known.recording_known),
    )
    return tuple(flag for flag, there_is in found if there_is)


def _hospital_flags(known: Prepared) -> tuple[Flag, ...]:
    found = ((Flag.LUMP, known.lump.any()), (Flag.RECORDING_UNKNOWN, not known.recording_known))
    return tuple(flag for flag, there_is in found if there_is)


def _whole(
    history: History,
    groups: tuple[GroupForecast, ...],
    now: View,
    tested: Scale,
    earlier: Sequence[tuple[View, Scale]],
) -> Forecast:
    rho = bounds(now.spread, tested).correlation
    return Forecast(
        history.as_of,
        history.year,
        groups,
        _sum([one.estimate for one in groups], rho),
        {name: _sum([one.contracts[name] for one in groups], rho) for name in history.contracts},
        rho,
        now.method,
        Reason.BACK_TEST,
        now.months,
        None,
        (),
        tuple(_whole_then(*one) for one in earlier),
    )


def _whole_then(then: View, scale: Scale) -> FanPoint:
    rho = bounds(then.spread, scale).correlation
    return FanPoint(day_of(then.day), _sum(_estimates(then, scale), rho), rho)
