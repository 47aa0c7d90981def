"""Openings per day, what is recorded late added, and how much each kind of day carries: effective working days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.history import FOLLOW_UP, Ints, Trajectories, month_of
from puntlanding.forecast.working_days import CELLS, DAY_KINDS, SATURDAY, SCHOOL

Floats = NDArray[np.float64]
OLDEST = 90  # days: what is recorded later than this counts as recorded at once
YEAR = 365
_OWN_DAYS, _OWN_SCHOOL, _OWN_LATE = 50.0, 100.0, 300.0  # openings of its own that weigh like what all groups do
_ROUNDS = 25  # a month that is all holiday and the months around it are told apart slowly


@dataclass(frozen=True, slots=True)
class DailyOpenings:
    """Group × day from ``first`` up to the cut-off. ``seen``: recorded by then; ``developed``: with what will be recorded late;
    ``new``: of those the trajectories that follow no other.
    """

    first: int
    seen: Floats
    developed: Floats
    new: Floats


def daily_openings(rows: Trajectories, groups: int, first: int, cut_off: int, last: int) -> DailyOpenings:
    """``last``: the last day of opening that is asked for, at most the cut-off."""
    size = last - first + 1
    begin, high = np.searchsorted(rows.opened, [first, last + 1])
    place = rows.group[begin:high] * size
    place += rows.opened[begin:high] - first
    there = rows.recorded[begin:high] <= cut_off
    seen = np.bincount(place, weights=there, minlength=groups * size).reshape(groups, size).astype(np.float64)
    low = max(begin, int(np.searchsorted(rows.opened, cut_off - OLDEST - YEAR)))  # older ones tell nothing of it
    at = np.flatnonzero(rows.recorded[low:high] <= cut_off) + low
    share = recorded_share(rows.group[at], rows.recorded[at] - rows.opened[at], rows.opened[at], groups, cut_off)
    fresh = there & (rows.care_type[begin:high] != FOLLOW_UP)
    new = np.bincount(place, weights=fresh, minlength=groups * size).reshape(groups, size).astype(np.float64)
    developed = seen.copy()
    age = cut_off - np.arange(first, last + 1)
    young = age < OLDEST
    developed[:, young] /= share[:, age[young]]
    new[:, young] /= share[:, age[young]]
    return DailyOpenings(first, seen, developed, new)


def recorded_share(group: Ints, delay: Ints, opened: Ints, groups: int, cut_off: int) -> Floats:
    """Group × age in days: the share of openings recorded by that age, over the last year that is old enough to know."""
    mature = (opened <= cut_off - OLDEST) & (opened > cut_off - OLDEST - YEAR) & (delay < OLDEST) & (delay >= 0)
    counts = np.bincount(group[mature] * OLDEST + delay[mature], minlength=groups * OLDEST).reshape(groups, OLDEST)
    pooled = counts.sum(axis=0)
    if not pooled.sum():
        return np.ones((groups, OLDEST))
    part = pooled / pooled.sum()
    own = (counts + _OWN_LATE * part) / (counts.sum(axis=1, keepdims=True) + _OWN_LATE)
    share: Floats = np.clip(np.cumsum(own, axis=1), 0.05, 1.0)
    return share


@dataclass(frozen=True, slots=True)
class DayWeights:
    """Group × cell (kind of day × school holiday): openings on such a day ÷ those on an ordinary working day."""

    weights: Floats

    def days(self, cells: Ints, room: Floats) -> Floats:
        """Group × day: effective working days. ``room``: group × day, what events leave."""
        found: Floats = self.weights[:, cells] * room
        return found


def fit_weights(openings: Floats, cells: Ints, months: Ints, room: Floats) -> DayWeights:
    """From contrasts within months only, so that level and season stay out of it. Groups lean on all groups together.

    ``openings``, ``room``: group × day; ``cells``, ``months``: per day.
    """
    groups = len(openings)
    month = months - months[0]
    size = int(month[-1]) + 1
    slot = month * CELLS + cells
    counts, days = (sums_by(slot, part, size * CELLS).reshape(groups, size, CELLS) for part in (openings, room))
    kind_of, school_of = np.arange(CELLS) // len(SCHOOL), np.arange(CELLS) % len(SCHOOL)
    kind, school = np.ones((groups, DAY_KINDS)), np.ones((groups, len(SCHOOL)))
    of_month, of_cell = counts.sum(axis=2), counts.sum(axis=1)
    by_kind, by_school = sums_by(kind_of, of_cell, DAY_KINDS), sums_by(school_of, of_cell, len(SCHOOL))
    for _ in range(_ROUNDS):
        weights = kind[:, kind_of] * school[:, school_of]
        carried = np.einsum("gmc,gc->gm", days, weights)
        base = of_month / np.maximum(carried, 1e-9)
        expected = np.einsum("gm,gmc->gc", base, days)
        kind = _ratio(by_kind, sums_by(kind_of, expected * school[:, school_of], DAY_KINDS), _OWN_DAYS)
        kind /= np.maximum(kind[:, :SATURDAY].mean(axis=1, keepdims=True), 1e-9)
        school = _ratio(by_school, sums_by(school_of, expected * kind[:, kind_of], len(SCHOOL)), _OWN_SCHOOL)
        school /= np.maximum(school[:, :1], 1e-9)
    return DayWeights(kind[:, kind_of] * school[:, school_of])


def _ratio(found: Floats, expected: Floats, own: float) -> Floats:
    """Per group and part: found ÷ expected, leaning on that of all groups; one where there were no such days."""
    together = (found.sum(axis=0) + 1.0) / (expected.sum(axis=0) + 1.0)
    ratio: Floats = (found + own * together) / (expected + own)
    return np.clip(ratio, 1e-3, 5.0)


def sums_by(place: Ints, table: Floats, size: int) -> Floats:
    """Per row of ``table`` the sums of its columns by ``place``, 0 to ``size``; each in the order of the columns."""
    rows = len(table)
    flat = (np.arange(rows)[:, None] * size + place).ravel()
    sums = np.bincount(flat, weights=table.ravel(), minlength=rows * size)
    return np.asarray(sums.reshape(rows, size), dtype=np.float64)


def monthly(daily: Floats, months: Ints) -> Floats:
    """Group × month, sums of group × day."""
    month = months - months[0]
    return sums_by(month, daily, int(month.max(initial=-1)) + 1)


def months_of(first: int, last: int) -> Ints:
    return month_of(np.arange(first, last + 1, dtype=np.int64))


def still_ahead(days: Floats, months: Ints, ahead: Ints, size: int) -> Floats:
    """Group × month to come: effective days after the cut-off."""
    later, at = days[:, size:], months[size:]
    if not len(ahead):
        return np.zeros((len(days), 0))
    inside = (at >= ahead[0]) & (at <= ahead[-1])
    place = at[inside] - ahead[0]
    return np.stack([np.bincount(place, weights=row, minlength=len(ahead)) for row in later[:, inside]])
