"""How many trajectories are still to open: the pooled seasonal model, the opening share and the run rate beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.history import Ints, Mask
from puntlanding.forecast.level import damped, levels, trend
from puntlanding.forecast.new_paths import Turns
from puntlanding.forecast.seasons import MONTHS, Seasons, seasons

Floats = NDArray[np.float64]
SMALL = 30  # trajectories in the last twelve months
STOPPED_MONTHS, STOPPED_FROM = 2, 5.0  # months without, after a year of at least so many a month
GAP_FROM = 8.0  # a month: with fewer a month without anything may be chance
LUMP_SHARE, LUMP_TIMES = 0.5, 3.0  # of a month's openings on one day, in a month so many times the usual one
SMALL_VARIANCE = 0.15**2  # of the log of what a small group will do, beside its counting
SHOCK_LIMIT = 0.1  # a month that weighs less was set aside as a shock
LEAST_SHARE, LEAST_DAYS = (
    0.04,
    10.0,
)  # of the year, effective working days: two weeks, before which a year tells nothing of itself
_LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Presence:
    """``weights``: group × month, 0 where there is nothing to learn; the other fields say of each group what it is."""

    weights: Floats
    small: Mask
    started: Mask
    stopped: Mask
    gap: Mask
    lump: Mask
    empty: Mask
    resumed: Mask  # lay still for as long as makes a group stopped, and began again within the last year

    @property
    def whole(self) -> Mask:
        """There all the time, with enough to tell."""
        return np.asarray(~(self.small | self.started | self.stopped | self.gap | self.lump | self.empty))


@dataclass(frozen=True, slots=True)
class Months:
    """Group × month from the first month of the history. ``part``: the share of the last month that has passed.

    ``peak``: the most openings on one day of the month.
    """

    first: int  # months since January 1970
    openings: Floats
    effective: Floats
    peak: Floats
    part: float


@dataclass(frozen=True, slots=True)
class Coming:
    """Group × month to come: expected openings, and (group × month × month) the covariance of their logs, without counting noise.

    ``moved``: the last months lie beyond the bounds of what was expected of them.
    """

    openings: Floats
    covariance: Floats
    seasons: Seasons | None
    moved: Mask


def presence(months: Months) -> Presence:
    counts = months.openings
    groups, size = counts.shape
    some = counts > 0
    empty: Mask = np.asarray(~some.any(axis=1))
    first = np.where(empty, size, some.argmax(axis=1))
    last = np.where(empty, -1, size - 1 - some[:, ::-1].argmax(axis=1))
    month = np.arange(size)[None]
    inside = (month >= first[:, None]) & (month <= last[:, None])
    year = counts[:, -MONTHS:].sum(axis=1) if size else np.zeros(groups)
    full = size if months.part >= 1 else size - 1
    silent = np.maximum(full - 1 - last, 0)
    before = np.array(
        [
            counts[at, max(last[at] + 1 - MONTHS, 0) : last[at] + 1].mean() if last[at] >= 0 else 0.0
            for at in range(groups)
        ]
    )
    stopped = ~empty & (silent >= STOPPED_MONTHS) & (before >= STOPPED_FROM)
    usual = np.array([np.median(row[kept]) if kept.any() else 0.0 for row, kept in zip(counts, some, strict=True)])
    lumps = (months.peak > LUMP_SHARE * counts) & (counts > LUMP_TIMES * usual[:, None]) & (counts > SMALL)
    rare = usual < GAP_FROM
    gaps = inside & ~some & ~rare[:, None]
    silence = gaps[:, 1:] & gaps[:, :-1] if size else gaps
    late = ~empty & (first >= np.where(rare, MONTHS, 2))
    begun = (month >= first[:, None]) | (rare & ~late)[:, None]
    weights = np.where(begun & ~gaps & ~lumps & ~empty[:, None], 1.0, 0.0)
    if size:
        weights[:, -1] *= months.part
    return Presence(
        weights,
        (year < SMALL) & ~stopped & ~empty,
        late,
        stopped,
        np.asarray(gaps.any(axis=1)),
        np.asarray(lumps.any(axis=1)),
        empty,
        np.asarray(silence[:, -MONTHS:].any(axis=1)),
    )


def pooled(months: Months, ahead: Ints, effective: Floats, known: Presence, turns: Turns | None = None) -> Coming:
    """``ahead``: months since 1970 of what is to come, the rest of a month that has begun being its first; ``effective``: group × it.

    ``turns``: what is known to have happened, taken out of the months that were and put into those to come.
    """
    groups, size = months.openings.shape
    logs = np.log((months.openings + 0.5) / np.maximum(months.effective, _LEAST))
    before, after = (turns.past, turns.ahead) if turns is not None else (0.0 * logs, np.zeros((groups, len(ahead))))
    logs = logs - before
    calendar = (months.first + np.arange(size)) % MONTHS
    last = months.first + size - 1
    steps = (ahead - last).astype(np.float64)
    mean, spread = _steady(months, known, len(ahead))
    moved = np.zeros(groups, dtype=bool)
    fit = np.flatnonzero(~known.small & ~known.empty & (known.weights > 0).any(axis=1))
    season = None
    if len(fit) and size:
        season = seasons(logs[fit], calendar, known.weights[fit])
        level = logs[fit] - season.effects[:, calendar]
        weights = season.weights
        found = levels(level, 1 / (months.openings[fit] + 0.5), weights)
        slope, error = trend(level, weights)
        expected, errors = found.ahead(steps)
        more = damped(steps)
        mean[fit] = expected + slope[:, None] * more + season.effects[:, ahead % MONTHS] + after[fit]
        same = (ahead[:, None] == ahead[None, :]).astype(np.float64)
        spread[fit] = errors + season.variance * same + error[:, None, None] ** 2 * np.outer(more, more)
        mean[known.small] += season.effects.mean(axis=0)[ahead % MONTHS]
        moved[fit] = _moved(level + before[fit], weights)
    openings = np.exp(mean) * effective
    openings[known.stopped | known.empty] = 0.0
    return Coming(openings, spread, season, moved)


def _steady(months: Months, known: Presence, steps: int) -> tuple[Floats, Floats]:
    """The pace of the last two years: all that a small group's own records carry."""
    counts = (months.openings * (known.weights > 0))[:, -2 * MONTHS :].sum(axis=1)
    days = (months.effective * (known.weights > 0))[:, -2 * MONTHS :].sum(axis=1)
    mean = np.log((counts + 0.5) / np.maximum(days, 1.0))
    variance = SMALL_VARIANCE + 1 / (counts + 0.5)
    return np.repeat(mean[:, None], steps, axis=1), np.repeat(variance, steps * steps).reshape(len(mean), steps, steps)


def _moved(level: Floats, weights: Floats) -> Mask:
    """The mean of the last three months against the year before them, in spreads of what such means did in that group."""
    size = level.shape[1]
    if size < MONTHS + 3:
        return np.zeros(len(level), dtype=bool)
    change = np.stack(
        [level[:, at - 3 : at].mean(axis=1) - level[:, at - 15 : at - 3].mean(axis=1) for at in range(15, size + 1)]
    )
    usual = 1.48 * np.median(np.abs(change), axis=0)
    return np.asarray(np.abs(change[-1]) > 3 * np.maximum(usual, 0.02)) & (weights[:, -3:] > 0).all(axis=1)


def earlier_shares(months: Months, year: int, of_year: Floats, passed: Floats) -> Floats:
    """Group: the share of a year's openings up to the cut-off, a mean over whole earlier years, on this year's working days.

    ``of_year``, ``passed``: group × 12, effective days of the whole months of ``year`` and of what has passed. NaN: no such year.
    """
    start = (year - 1970) * MONTHS
    shares = []
    for begin in range(start - MONTHS, months.first - 1, -MONTHS):
        part = slice(begin - months.first, begin - months.first + MONTHS)
        if part.stop > months.openings.shape[1]:
            continue
        pace = months.openings[:, part] / np.maximum(months.effective[:, part], _LEAST)
        total = (pace * of_year).sum(axis=1)
        shares.append(np.where(total > 0, (pace * passed).sum(axis=1) / np.maximum(total, _LEAST), np.nan))
    if not shares:
        return np.full(len(months.openings), np.nan)
    table = np.stack(shares)
    count = np.isfinite(table).sum(axis=0)
    found: Floats = np.where(count > 0, np.nansum(table, axis=0) / np.maximum(count, 1), np.nan)
    return found


def by_share(opened: Floats, share: Floats, ahead: Floats) -> Floats:
    """Group × month to come: openings so far × (1 - f) ÷ f, over the months by their effective days; NaN where f is not known, or so
    small that so far is chance.
    """
    useful = np.isfinite(share) & (share > LEAST_SHARE)
    rest = np.where(useful, opened * (1 - share) / np.where(useful, share, 1.0), np.nan)
    days = ahead.sum(axis=1, keepdims=True)
    return np.asarray(rest[:, None] * ahead / np.maximum(days, _LEAST))


def by_pace(opened: Floats, passed: Floats, ahead: Floats) -> Floats:
    """Group × month to come: openings per effective working day so far × the days to come; NaN where too few passed."""
    days = passed.sum(axis=1)
    pace = np.where(days >= LEAST_DAYS, opened / np.maximum(days, _LEAST), np.nan)
    return np.asarray(pace[:, None] * ahead)
