"""How fast each group opens per effective working day: a level that moves slowly, and departures from it that fade.

A local level plus an AR(1) departure, seen through Poisson noise; filtered (Kalman). How much each moves is learned from all groups
of the hospital together: a mean over a grid, weighed by likelihood. Harvey, Forecasting, structural time series models (1989), ch. 4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Variances of the logs per month of the level and of the departure, and what is left of a departure a month later.
LEVELS, DEPARTURES, MEMORIES = (2e-5, 1e-4, 3e-4, 1e-3), (1e-3, 3e-3), (0.4, 0.7)
GRID = np.array(
    [(level, 0.0, 0.4) for level in LEVELS] + [(a, b, c) for a in LEVELS for b in DEPARTURES for c in MEMORIES]
)
START_VARIANCE, START_MONTHS, WARM_UP = 0.02, 6, 3
FAR = 12.0  # of a squared surprise in spreads: more says no more about the grid
ALIKE = 2.0  # groups move together, so their likelihoods count for less than as many separate ones
TREND_SHARE, TREND_MONTHS, TREND_DAMPING = 0.35, 24, 0.9


@dataclass(frozen=True, slots=True)
class Levels:
    """Per setting of the grid (weight ``chance``) and group: level and departure at the last month, and their (co)variances."""

    chance: Floats
    level: Floats
    departure: Floats
    level_variance: Floats
    covariance: Floats
    departure_variance: Floats

    def ahead(self, steps: Floats) -> tuple[Floats, Floats]:
        """Group × step: the expected log; group × step × step: the covariance of its errors. Step 0: the last month itself."""
        memory = GRID[:, 2]
        fading = memory[:, None] ** steps  # grid × step
        mean = np.einsum(
            "g,gvk->vk", self.chance, self.level[:, :, None] + self.departure[:, :, None] * fading[:, None]
        )
        moved = np.minimum(steps[:, None], steps[None, :])
        apart = np.abs(steps[:, None] - steps[None, :])
        spread = np.zeros((self.level.shape[1], len(steps), len(steps)))
        for at, (slow, fast, memory_of) in enumerate(GRID):
            if self.chance[at] < 1e-3:
                continue
            fade = fading[at]
            fresh = slow * moved + fast * memory_of**apart * (1 - memory_of ** (2 * moved)) / (1 - memory_of**2)
            known = (
                self.level_variance[at][:, None, None]
                + self.covariance[at][:, None, None] * (fade[:, None] + fade[None, :])
                + self.departure_variance[at][:, None, None] * (fade[:, None] * fade[None, :])
            )
            spread += self.chance[at] * (known + fresh)
        return mean, spread


def levels(logs: Floats, noise: Floats, weights: Floats) -> Levels:
    """``logs``: group × month without season. ``noise``: variance of their counting. ``weights``: 0 is not seen at all."""
    slow, fast, memory = (GRID[:, at][:, None] for at in range(3))
    size, groups = len(GRID), len(logs)
    seen = weights > 0
    measured = noise / np.where(seen, weights, 1.0)
    level = np.repeat(_start(logs, weights)[None], size, axis=0)
    departure = np.zeros((size, groups))
    one, both, two = (
        np.full((size, groups), START_VARIANCE),
        np.zeros((size, groups)),
        fast / (1 - memory**2) + 0 * level,
    )
    likelihood = np.zeros(size)
    for month in range(logs.shape[1]):
        if month:
            departure, both = memory * departure, memory * both
            one, two = one + slow, memory * memory * two + fast
        total = one + 2 * both + two + measured[:, month]
        surprise = logs[:, month] - level - departure
        use = seen[:, month]
        gain, gain_two = (one + both) / total * use, (both + two) / total * use
        if month >= WARM_UP:
            likelihood -= 0.5 * ((np.log(total) + np.minimum(surprise**2 / total, FAR)) * use).sum(axis=1)
        level, departure = level + gain * surprise, departure + gain_two * surprise
        one, both, two = one - gain * gain * total, both - gain * gain_two * total, two - gain_two * gain_two * total
    chance = np.exp((likelihood - likelihood.max()) / ALIKE)
    return Levels(chance / chance.sum(), level, departure, one, both, two)


def _start(logs: Floats, weights: Floats) -> Floats:
    """The mean of each group's first months that are seen."""
    early = weights * (np.cumsum(weights > 0, axis=1) <= START_MONTHS)
    found: Floats = (logs * early).sum(axis=1) / np.maximum(early.sum(axis=1), 1e-9)
    return found


def trend(logs: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """A part of the slope per month of the last two years, and its standard error; nought under two years."""
    groups, size = logs.shape
    none = np.zeros(groups)
    if size < TREND_MONTHS:
        return none, none
    part, weight = logs[:, -TREND_MONTHS:], weights[:, -TREND_MONTHS:]
    enough = (weight > 0).sum(axis=1) >= TREND_MONTHS - 2
    total = np.maximum(weight.sum(axis=1, keepdims=True), 1e-9)
    month = np.arange(TREND_MONTHS, dtype=np.float64)[None]
    away = month - (month * weight).sum(axis=1, keepdims=True) / total
    rest = part - (part * weight).sum(axis=1, keepdims=True) / total
    square = np.maximum((weight * away**2).sum(axis=1), 1e-9)
    slope = (weight * away * rest).sum(axis=1) / square
    left = (weight * (rest - slope[:, None] * away) ** 2).sum(axis=1) / np.maximum(total[:, 0] - 2, 1.0)
    return np.where(enough, TREND_SHARE * slope, 0.0), np.where(enough, TREND_SHARE * np.sqrt(left / square), 0.0)


def damped(steps: Floats) -> Floats:
    """Σ φ^i for i from 1 to each step."""
    found: Floats = TREND_DAMPING * (1 - TREND_DAMPING**steps) / (1 - TREND_DAMPING)
    return found
