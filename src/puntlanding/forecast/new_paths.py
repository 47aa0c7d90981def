"""What has happened to new care paths, and what their follow-ups make of it later.

A group that begins a tenth more new care paths opens a tenth more only when their follow-ups have come as well: half a year later.
So what happened is read where it happens, in new care paths by thirds of a month, and carried through to all openings. Three things:
a group that moved to another level against the other groups (the chance of it by Bayes' factor, on each of the last days it could
have been), months in which the whole hospital did other than usual, and departures that fade. How much groups move anyway is
learned from the time before, of all groups together. Trajectories need not be tied to care paths: how often a follow-up comes and
how long it takes is told by how many there are and how long trajectories stay open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.day_weights import DailyOpenings, fit_weights, monthly, still_ahead, sums_by
from puntlanding.forecast.history import Ints, Mask
from puntlanding.forecast.prepared import Prepared
from puntlanding.forecast.seasons import MONTHS, seasons

Floats = NDArray[np.float64]
THIRD = 10  # days; the last third of a month has the rest
LOOK_BACK = 30  # thirds in which a step may be found
BEFORE, LEAST_BEFORE = 48, 24  # thirds that say how much groups move anyway
GROUPS, OPENINGS = 5, 10.0  # fewer groups, or new care paths a third, tell nothing
DAYS = 1.0  # nor does a third with fewer effective days
STEP_CHANCE, STEP_SIZE = 1 / 8, 0.2  # per group in LOOK_BACK; sd of its log. As `intervals` reckons with
HALF_WINDOW, DIP, LONGEST_DIP = 18, 0.10, 12  # thirds; of the log; thirds, as what lasts longer is a new level
DIP_SHARE, DIP_LEFT, DIP_VARIANCE = 0.8, 0.6, 0.3**2  # of what it seems to be; a third later; beside its counting
DEPARTURES, MEMORIES = (0.02, 0.04, 0.07), (0.6, 0.85)  # sd of the log; what is left of one a third later
GROWTH, WANDERING, ROUGH = 0.03, 0.005, 0.01  # sd of the log: a year, the root of a third, a third by itself
CHANCE, DIP_OWN = (
    4.0,
    0.15,
)  # spreads of a mean of all groups that are no dip; sd of the log of a group's dip around that of all
LAGS, SPREAD, CHAIN = 365, 40.0, 8  # days; follow-ups in a row
TELLING, LAG = 30, 100.0  # trajectories; days that they stay open where fewer tell
MOST_FOLLOW_UPS = 0.9  # of the trajectories of a group
_LIMIT = 500.0


@dataclass(frozen=True, slots=True)
class Turns:
    """Logs, group × month of history and group × month to come: how much more was and will be opened than without what happened.

    ``dip``: groups that had one in the last year.
    """

    past: Floats
    ahead: Floats
    dip: Mask


def told_by_new_paths(known: Prepared, daily: DailyOpenings, ahead: Ints, day: int, whole: Mask) -> Turns:
    """Of groups that were there all the time (``whole``); of others nought."""
    size = daily.new.shape[1]
    weights = fit_weights(daily.new, known.kinds[:size], known.months[:size], known.room[:, :size])
    days = weights.days(known.kinds, known.room)
    logs, dip = course(daily.new, days, known.months, whole)
    year = slice(max(size - 365, 0), size)
    new, opened = (part[:, year].sum(axis=1) for part in (daily.new, daily.developed))
    share = np.clip(1 - new / np.maximum(opened, 1e-9), 0.0, MOST_FOLLOW_UPS)
    moved, bare = carried(logs, days, follow_ups(share, _days_open(known, day)))

    def ratio(some: Callable[[Floats], Floats]) -> Floats:
        """Nought where nothing can open."""
        return np.log(np.maximum(some(moved), 1e-9) / np.maximum(some(bare), 1e-9))

    return Turns(
        ratio(lambda part: monthly(part[:, :size], known.months[:size])),
        ratio(lambda part: still_ahead(part, known.months, ahead, size)),
        dip & (np.abs(logs).max(axis=1) > 0),
    )


def _days_open(known: Prepared, day: int) -> float:
    """Of trajectories of a year that have closed by now, on the mean."""
    rows = known.history.trajectories
    low, high = np.searchsorted(rows.opened, [day - 183 - 365, day - 183])
    done = (rows.known[low:high] <= day) & (rows.closed[low:high] <= day)
    stay = (rows.closed[low:high] - rows.opened[low:high])[done]
    return float(stay.mean()) if len(stay) >= TELLING else LAG


def thirds(months: Ints) -> Ints:
    """Per day the number of its third of a month."""
    day = np.arange(len(months)) - np.searchsorted(months, months)
    return np.asarray((months - months[0]) * 3 + np.minimum(day // THIRD, 2), dtype=np.int64)


def carried(logs: Floats, days: Floats, follow: Floats) -> tuple[Floats, Floats]:
    """Group × day: all openings that new care paths bring, by ``days`` (how many each day carries), with and without what happened."""
    return _with_follow_ups(days * np.exp(logs), follow), _with_follow_ups(days, follow)


def _with_follow_ups(begun: Floats, follow: Floats) -> Floats:
    """Before the first day as in the first year."""
    before = begun[:, : follow.shape[1]]
    whole, lags = np.concatenate([before, begun], axis=1), before.shape[1]
    size = 1 << int(whole.shape[1] + follow.shape[1]).bit_length()
    found = np.fft.irfft(np.fft.rfft(whole, size, axis=1) * np.fft.rfft(follow, size, axis=1), size, axis=1)
    return np.asarray(found[:, lags : whole.shape[1]])


def follow_ups(share: Floats, lag: float) -> Floats:
    """Group × days later: openings per new care path. ``share``: of a group's trajectories that are follow-ups; each of them comes
    some ``lag`` days after the one before.
    """
    age = np.arange(LAGS, dtype=np.float64)
    wait = np.exp(-0.5 * ((age - lag) / SPREAD) ** 2) * (age > 0)
    wait /= max(float(wait.sum()), 1e-9)
    now = np.zeros(LAGS)
    now[0] = 1.0
    found = np.zeros((len(share), LAGS))
    for place in range(CHAIN):
        found += share[:, None] ** place * now
        now = np.convolve(now, wait)[:LAGS]
    return found


def course(new: Floats, days: Floats, months: Ints, whole: Mask) -> tuple[Floats, bool]:
    """Group × day: the log of what happened to new care paths, to the last of ``days``; and whether the hospital had a dip in the
    last year. ``new``: group × day up to the cut-off; ``days``: what each day carries. Nought where there is too little to tell.
    """
    third = thirds(months)
    size = int(third[new.shape[1] - 1]) + 1
    counts, effective = (
        sums_by(third[: new.shape[1]], part, size) for part in (new, days[:, : new.shape[1]])
    )  # fmt: skip
    found = np.zeros_like(days)
    fit = np.flatnonzero(whole & (counts[:, -LOOK_BACK:].mean(axis=1) >= OPENINGS))
    if len(fit) < GROUPS or size < LOOK_BACK + LEAST_BEFORE:
        return found, False
    calendar = (int(months[0]) + np.arange(size) // 3) % MONTHS
    rhythm = _rhythm(counts[fit], effective[fit], int(months[0]))
    logs, dip = _happened(counts[fit], effective[fit] * np.exp(rhythm[:, calendar]), int(third[-1]) + 1)
    found[fit] = logs[:, third]
    return found, dip


def _rhythm(counts: Floats, effective: Floats, first: int) -> Floats:
    """Group × calendar month: what a year does by itself is no turn."""
    month = np.arange(counts.shape[1]) // 3
    counts, effective = (sums_by(month, part, int(month[-1]) + 1) for part in (counts, effective))
    logs = np.log((counts + 0.5) / np.maximum(effective, DAYS))
    return seasons(logs, (first + np.arange(logs.shape[1])) % MONTHS, np.where(effective >= DAYS, 1.0, 0.0)).effects


def _happened(counts: Floats, effective: Floats, until: int) -> tuple[Floats, bool]:
    size = counts.shape[1]
    told = effective >= DAYS
    logs = np.log((counts + 0.5) / np.maximum(effective, DAYS))
    logs = np.where(
        told, logs - (logs * told).sum(axis=1, keepdims=True) / np.maximum(told.sum(axis=1, keepdims=True), 1), 0.0
    )
    together = np.median(logs, axis=0)
    counting = 1 / (counts + 0.5)
    chance = CHANCE * np.sqrt(counting.mean(axis=0) / len(counts))
    apart = together - _around(together[None])[0]
    dip = _brief(np.abs(apart) > np.maximum(DIP, chance))
    noise = counting + np.where(dip, DIP_VARIANCE, 0.0) + np.where(told, 0.0, 100.0)
    begin = max(size - LOOK_BACK - BEFORE, 0)
    part = slice(begin, size)
    moves, fading = _moves(logs[:, part] - together[part], noise[:, part], until - begin)
    now = size - begin
    inverse = np.asarray(np.linalg.inv(moves[None, :now, :now] + noise[:, part, None] * np.eye(now)), dtype=np.float64)
    found = np.zeros((len(counts), until))
    found[:, size - LOOK_BACK : size] = _steps(logs[:, part] - together[part], inverse)
    found[:, size:] = found[:, size - 1 : size]
    rest = logs[:, part] - found[:, part]
    found[:, begin:] += np.einsum("kt,gts,gs->gk", fading[:, :now], inverse, rest)
    own = DIP_OWN**2 / (DIP_OWN**2 + counting)
    fallen = DIP_SHARE * np.where(dip, own * (logs - _around(logs)) + (1 - own) * apart, 0.0)
    found[:, :size] += fallen
    found[:, size:] += fallen[:, -1:] * DIP_LEFT ** np.arange(1, until - size + 1)
    return found, bool(dip[-36:].any())


def _around(logs: Floats) -> Floats:
    """The median of the thirds around each; at both ends of the first or last as many."""
    size, width = logs.shape[1], 2 * HALF_WINDOW + 1
    begins = [min(max(at - HALF_WINDOW, 0), max(size - width, 0)) for at in range(size)]
    return np.stack([np.median(logs[:, begin : begin + width], axis=1) for begin in begins], axis=1)


def _brief(apart: Mask) -> Mask:
    edges = np.flatnonzero(np.diff(np.r_[False, apart, False]))
    found = apart.copy()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        found[begin:end] = end - begin <= LONGEST_DIP
    return found


def _moves(apart: Floats, noise: Floats, until: int) -> tuple[Floats, Floats]:
    """Covariance of the logs by themselves, third × third, and of the part of it that fades: the likeliest before LOOK_BACK."""
    third, now = np.arange(until, dtype=np.float64), apart.shape[1]
    early = now - LOOK_BACK
    away = (third - now) / 36
    steady = 1.0 + GROWTH**2 * np.outer(away, away) + WANDERING**2 * np.minimum(third[:, None], third[None])
    steady += ROUGH**2 * np.eye(until)
    best = (-np.inf, steady, steady)
    for size in DEPARTURES:
        for memory in MEMORIES:
            fading = size**2 * memory ** np.abs(third[:, None] - third[None])
            whole = steady + fading
            factor = np.linalg.cholesky(whole[None, :early, :early] + noise[:, :early, None] * np.eye(early))
            scaled = np.linalg.solve(factor, apart[:, :early, None])
            chance = -0.5 * float((scaled**2).sum()) - float(np.log(np.diagonal(factor, axis1=1, axis2=2)).sum())
            if chance > best[0]:
                best = (chance, whole, fading)
    return best[1], best[2]


def _steps(apart: Floats, inverse: Floats) -> Floats:
    """Group × third of LOOK_BACK: what a step is to be reckoned with, over all thirds in which it may have come, and that it did not."""
    now = apart.shape[1]
    since = (np.arange(now)[:, None] >= np.arange(now - LOOK_BACK, now)[None]).astype(np.float64)
    of = inverse @ since
    sure, seen = np.einsum("ts,gts->gs", since, of), np.einsum("gt,gts->gs", apart, of)
    size = seen / (sure + STEP_SIZE**-2)
    factor = 0.5 * seen * size - 0.5 * np.log1p(STEP_SIZE**2 * sure)
    chance = STEP_CHANCE / LOOK_BACK * np.exp(np.minimum(factor, _LIMIT))
    chance /= (1 - STEP_CHANCE) + chance.sum(axis=1, keepdims=True)
    return np.cumsum(chance * size, axis=1)
