"""How far a forecast may be off: the model's own spread, held against what the method missed on this hospital's own history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FAR = 4.0  # a miss of more spreads counts as so many
OWN, POOL, PRIOR, SEEN = (
    4.0,
    8.0,
    1.0,
    1.0,
)  # weights: of a group's own misses, of all groups'; of the model, of the misses
LEAST, MOST = 0.85, 3.0
UNTESTED = 1.25  # without a back-test
USUAL_CORRELATION, LOWEST, HIGHEST = 0.25, 0.05, 0.8


@dataclass(frozen=True, slots=True)
class Scale:
    """``groups``: the factor on each group's model sd. ``correlation``: of the misses of two groups."""

    groups: Floats
    correlation: float


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
