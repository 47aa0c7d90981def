"""How far a forecast may be off: the model's own spread, held against what the method missed on this hospital's own history; and,
beside it, what no calm history shows: a group that moves to another level, and a dip of the whole hospital.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.student import T80

Floats = NDArray[np.float64]
FAR = 4.0  # a miss of more spreads counts as so many
# Weights: of a group's own misses, of all groups'; of the model, of the misses.
OWN, POOL, PRIOR, SEEN = 4.0, 8.0, 1.0, 1.0
LEAST, MOST = 1.0, 3.0  # never narrower than the model
UNTESTED = 1.5  # without a back-test
USUAL_CORRELATION, LOWEST, HIGHEST = 0.25, 0.05, 0.8
# Student's t(4) with spread s has variance 2 s². Where the ordinary course is nearly all there is, as in a small group that counts
# few trajectories, misses are normal: the 80 % bounds are never narrower than those of a normal distribution.
OF_VARIANCE = 2.0
NORMAL = NormalDist().inv_cdf(0.9) / T80

# What comes of a year beside the pace of its openings. Sizes are those of the method that was measured, §7; how often is a judgement
# (no source counts it): a group of five of whom one in twenty leaves in a year loses one in four years, and half of those places are
# filled in time; and of the fifteen years 2010-2024 two, 2020 and 2021, took planned care away for months. On the hospitals of
# development one step in five years was too wide; one in seven to ten do alike, but for February, which one in ten makes too narrow.
STEPS_A_YEAR, STEP_LEAST, STEP_MOST = 0.125, 0.10, 0.30  # per group; the level goes up or down by so much, and stays
DIPS_A_YEAR, DIP_LEAST, DIP_MOST = 0.1, 0.35, 0.55  # of the whole hospital: so much falls away,
DIP_YEARS = 9.5 * 7 / 365  # for 7 to 12 weeks


def _mean_square(low: float, high: float) -> float:
    """Of a size drawn evenly between the two."""
    return (low * low + low * high + high * high) / 3


def step_sd(ahead: float, left: float) -> float:
    """Of a group's openings still to come, as a share of them. In years: ``ahead`` until the year begins, ``left`` of it.

    A step before the year begins counts in full; one within it for what is left after it, of which the mean square is a third.
    """
    return float(np.sqrt(STEPS_A_YEAR * _mean_square(STEP_LEAST, STEP_MOST) * (ahead + left / 3)))


def dip_sd(left: float) -> float:
    """The same for a dip of the whole hospital: it counts for as far as it falls before the end of the year."""
    if left <= 0:
        return 0.0
    ends_after = min(left, DIP_YEARS)
    overlap = (left - ends_after) * DIP_YEARS**2 + ends_after**3 / 3
    return float(np.sqrt(DIPS_A_YEAR * _mean_square(DIP_LEAST, DIP_MOST) * overlap) / left)


@dataclass(frozen=True, slots=True)
class Scale:
    """``groups``: the factor on the model's spread of each group. ``correlation``: of the misses of two groups."""

    groups: Floats
    correlation: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Hours, standard deviations per group. ``model``: of what the history shows; ``steps``: of steps of a group by itself;
    ``dips``: of dips that all groups share.
    """

    model: Floats
    steps: Floats
    dips: Floats


@dataclass(frozen=True, slots=True)
class Bounds:
    """Spreads of Student's t(4): per group, and what makes of them that of a sum."""

    groups: Floats
    correlation: float


def bounds(spread: Spread, tested: Scale) -> Bounds:
    """The correlation is that of the whole: the model's part moves together as misses did, steps not at all, dips fully."""
    model = spread.model * tested.groups
    variance = model**2 + spread.steps**2 + spread.dips**2
    groups = np.maximum(np.sqrt(variance / OF_VARIANCE), NORMAL * model)
    if len(groups) < 2 or not variance.any():
        return Bounds(groups, tested.correlation)
    total = sd_of_sum(model, tested.correlation) ** 2 + float((spread.steps**2).sum()) + float(spread.dips.sum()) ** 2
    alone, together = float(variance.sum()), float(np.sqrt(variance).sum()) ** 2
    if together - alone <= 1e-12 * together:
        return Bounds(groups, tested.correlation)
    return Bounds(groups, min(max((total - alone) / (together - alone), 0.0), 1.0))


def untested(groups: int) -> Scale:
    return Scale(np.full(groups, UNTESTED), USUAL_CORRELATION)


def scale(misses: Sequence[Floats]) -> Scale:
    """``misses``: per replayed cut-off, group's (outcome - forecast) ÷ model sd; NaN where a group says nothing."""
    table = np.clip(np.stack(misses), -FAR, FAR)
    known = np.isfinite(table)
    square = np.where(known, table, 0.0) ** 2
    pooled = square.sum() / max(known.sum(), 1)
    together = (PRIOR + SEEN * pooled) / (PRIOR + SEEN)
    count = known.sum(axis=0)
    own = np.where(count > 0, square.sum(axis=0) / np.maximum(count, 1), together)
    factor = np.sqrt((OWN * own + POOL * together) / (OWN + POOL))
    return Scale(np.clip(factor, LEAST, MOST), _correlation(table, known))


def _correlation(table: Floats, known: NDArray[np.bool_]) -> float:
    """Half of what the misses show, half of what is usual; within bounds."""
    filled = np.where(known, table, 0.0)
    count = known.sum(axis=1)
    pairs = float((count * (count - 1)).sum())
    square = float((filled**2).sum()) / max(float(count.sum()), 1.0)
    if pairs <= 0 or square <= 0:
        return USUAL_CORRELATION
    cross = float((filled.sum(axis=1) ** 2 - (filled**2).sum(axis=1)).sum()) / pairs
    return float(np.clip((cross / square + USUAL_CORRELATION) / 2, LOWEST, HIGHEST))


def sd_of_sum(sd: Floats, correlation: float) -> float:
    """Of parts that move together: (1 - ρ) Σ sd² + ρ (Σ sd)². Bounds are never added."""
    return float(np.sqrt((1 - correlation) * float((sd**2).sum()) + correlation * float(sd.sum()) ** 2))
