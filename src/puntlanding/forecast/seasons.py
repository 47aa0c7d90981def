"""The rhythm of the year: what calendar months have in common over the groups, and what a group has of its own.

How much of it counts follows from how alike the years are: in a hospital whose Mays differ as much as its months, May means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.history import Ints

Floats = NDArray[np.float64]
MONTHS = 12
HALF_WINDOW = 6  # months on each side that say what the level was
OUTLIER, HOSPITAL_WIDE = 4.0, 0.12  # times the usual spread; a median over the groups
SHOCK_WEIGHT = 0.05
RECENT, RECENT_WEIGHT = 2, 0.5  # a new level is not to be taken for a shock
_PASSES = 3
_NEVER = 1e-9


@dataclass(frozen=True, slots=True)
class Seasons:
    """Logs per group and calendar month (from January), ``weights`` per group and month of history, ``variance`` of the logs."""

    effects: Floats
    weights: Floats
    variance: float


def seasons(logs: Floats, month: Ints, present: Floats) -> Seasons:
    """``logs``: group × month, ln of openings per effective working day. ``month``: calendar month of each, 0-11.

    ``present``: 0 where there is nothing to learn from (before a group began, gaps), else 1 or the part of a month.
    """
    groups, size = logs.shape
    common, own = np.zeros(MONTHS), np.zeros((groups, MONTHS))
    weights, spread = present.copy(), 0.0
    for _ in range(_PASSES):
        level = centred(logs - common[month] - own[:, month], weights)
        rest = logs - level
        in_all = weights.sum(axis=0)
        together = (rest * weights).sum(axis=0) / np.maximum(in_all, _NEVER)
        effect, first = shrunk(together[None], (in_all / max(groups, 1))[None], month)
        common = effect[0] - effect[0].mean()
        own, second = shrunk(rest - common[month], weights, month)
        own -= own.mean(axis=1, keepdims=True)
        spread = first + second
        weights = _trusted(rest - common[month] - own[:, month], present)
    if size:
        weights[:, -RECENT:] = np.maximum(weights[:, -RECENT:], RECENT_WEIGHT * present[:, -RECENT:])
    return Seasons(common + own, weights, spread)


def centred(logs: Floats, weights: Floats) -> Floats:
    """Weighted mean over the months around each; at the edges over those that there are."""
    width = np.arange(logs.shape[1])
    near = (np.abs(width[:, None] - width[None, :]) <= HALF_WINDOW).astype(np.float64)
    found: Floats = ((logs * weights) @ near) / np.maximum(weights @ near, _NEVER)
    return found


def shrunk(rest: Floats, weights: Floats, month: Ints) -> tuple[Floats, float]:
    """Per row and calendar month the mean of ``rest`` × τ² ÷ (τ² + σ² ÷ n), and the mean variance that is left.

    σ²: between years within a calendar month; τ²: between calendar months, above what σ² makes of it. Both over all rows
    together: empirical Bayes. Where no month came twice there is no telling, and nothing counts.
    """
    at = np.zeros((rest.shape[1], MONTHS))
    at[np.arange(rest.shape[1]), month] = 1.0
    count = weights @ at
    mean = ((rest * weights) @ at) / np.maximum(count, _NEVER)
    seen = count > _NEVER
    freedom = float(weights.sum() - np.minimum(count, 1.0).sum())
    if freedom < 1.0 or not seen.any():
        return np.zeros_like(mean), 0.0
    within = float((weights * (rest - mean[:, month]) ** 2).sum()) / freedom
    noise = np.where(seen, within / np.maximum(count, _NEVER), 0.0)
    centre = (mean * seen).sum(axis=1, keepdims=True) / np.maximum(seen.sum(axis=1, keepdims=True), 1)
    between = float(((mean - centre)[seen] ** 2).mean()) * MONTHS / (MONTHS - 1) - float(noise[seen].mean())
    between = max(between, 0.0)
    trust = np.where(seen, between / np.maximum(between + noise, 1e-12), 0.0)
    left = between * (1 - trust[seen])
    return mean * trust, float(left.mean())


def _trusted(rest: Floats, present: Floats) -> Floats:
    """Months far off the pattern of their group, or in which the whole hospital was, weigh next to nothing."""
    known = np.where(present > 0, rest, np.nan)
    alive = (present > 0).any(axis=1)
    centre, spread = np.zeros(len(rest)), np.full(len(rest), np.inf)
    if alive.any():
        centre[alive] = _middle(known[alive])
        spread[alive] = 1.48 * _middle(np.abs(known[alive] - centre[alive, None]))
    together = np.zeros(rest.shape[1])
    some = (present > 0).any(axis=0)
    if some.any():
        together[some] = _middle(known[:, some].T)
    off = (np.abs(rest) > OUTLIER * np.maximum(spread, 0.01)[:, None]) | (np.abs(together) > HOSPITAL_WIDE)[None]
    return np.where(off, SHOCK_WEIGHT, 1.0) * present


def _middle(table: Floats) -> Floats:
    """Per row the median of what is a number, of which there is one at least. `numpy.nanmedian` takes ten times as long."""
    rising = np.sort(table, axis=1)  # what is no number comes last
    count = (~np.isnan(table)).sum(axis=1)
    rows = np.arange(len(table))
    found: Floats = (rising[rows, (count - 1) // 2] + rising[rows, count // 2]) / 2
    return found
