"""Draws in chunks, each with a seed of its own: the same numbers on any number of threads and in any order of the chunks.

In a chunk: what all groups share, each group's own, what a forecast's tails share, then product by product. Sums go in the order
of the volumes, by adding alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from puntlanding.norms.production import GroupContract
from puntlanding.simulation.draws import Floats
from puntlanding.simulation.noise import Noise
from puntlanding.simulation.volumes import Drawable, Volumes

CHUNK = 500  # draws; part of what a seed means
BLOCK = 128  # products at once: what is worked on stays in the processor's own memory
FREEDOM = 4  # degrees of freedom of a forecast's tails


@dataclass(frozen=True, slots=True)
class Asked:
    draws: int
    seed: int
    threads: int = 1


def draw(volumes: Volumes, asked: Asked, order: Sequence[int] | None = None) -> Mapping[GroupContract, Floats]:
    """Norm hours or norm fte of each part, one float per draw. ``order`` of the chunks makes no difference."""
    chunks = -(-asked.draws // CHUNK)
    seeds = np.random.SeedSequence(asked.seed).spawn(chunks)
    found = np.empty((len(volumes.parts), asked.draws))
    plan = _Plan(volumes)

    def fill(chunk: int) -> None:
        first = chunk * CHUNK
        part = found[:, first : first + CHUNK]
        part[...] = plan.chunk(np.random.Generator(np.random.SFC64(seeds[chunk])))[:, : part.shape[1]]

    with ThreadPoolExecutor(asked.threads) as pool:
        list(pool.map(fill, range(chunks) if order is None else order))
    return {(part.group, part.contract): found[at] for at, part in enumerate(volumes.parts)}


class _Plan:
    """What every chunk needs to know of the volumes."""

    def __init__(self, volumes: Volumes) -> None:
        self.parts = volumes.parts
        self.groups = {name: at for at, name in enumerate(volumes.groups)}
        self.shared, self.own = math.sqrt(volumes.correlation), math.sqrt(1.0 - volumes.correlation)
        self.estimated = any(part.estimated is not None for part in self.parts)

    def chunk(self, chance: np.random.Generator) -> Floats:
        common = chance.standard_normal(CHUNK)
        moved = self.own * chance.standard_normal((len(self.groups), CHUNK)) + self.shared * common
        tails = np.ones(CHUNK)
        if self.estimated:
            squares = chance.standard_normal((FREEDOM, CHUNK)) ** 2
            tails = np.sqrt(FREEDOM / squares.sum(axis=0))
        found = np.empty((len(self.parts), CHUNK))
        split = self._split(chance)
        for at, part in enumerate(self.parts):
            found[at] = _one(part, moved[self.groups[part.group]], tails, split.get(at), chance)
        return found

    def _split(self, chance: np.random.Generator) -> Mapping[int, Floats]:
        """Per estimated part what it has more or less by chance, which another contract of the group has not."""
        shifts, sums = dict[int, Floats](), dict[str, Floats]()
        for at, part in enumerate(self.parts):
            if part.estimated is not None and part.estimated.split:
                shifts[at] = math.sqrt(part.estimated.share) * chance.standard_normal(CHUNK)
                sums[part.group] = sums.get(part.group, np.zeros(CHUNK)) + shifts[at]
        found = {}
        for at, shift in shifts.items():
            one = self.parts[at].estimated
            if one is not None:
                found[at] = one.split * (shift - one.share * sums[self.parts[at].group])
        return found


def _one(part: Drawable, moved: Floats, tails: Floats, split: Floats | None, chance: np.random.Generator) -> Floats:
    if part.estimated is not None:
        one = part.estimated
        hours = one.mean + one.sd * (moved * tails)
        return np.maximum(hours if split is None else hours + split, one.least)
    factor = _factor(part.shared, moved)
    if not part.means or all(noise.by == 0 for noise in part.noises):
        return np.asarray(factor * float(part.centre))
    return np.asarray(factor * _products(part, chance))


def _factor(noise: Noise, normal: Floats) -> Floats:
    if noise.by == 0:
        return np.ones_like(normal)
    root = np.maximum(noise.at + noise.by * normal, 0.0)
    return np.asarray(root * root * root)


def _products(part: Drawable, chance: np.random.Generator) -> Floats:
    """The sum over the products of their norm hours, each with its own chance."""
    at = np.array([noise.at for noise in part.noises])[:, None]
    by = np.array([noise.by for noise in part.noises])[:, None]
    means = np.array(part.means)[:, None]
    whole = np.zeros(CHUNK)
    for first in range(0, len(means), BLOCK):
        rows = slice(first, first + BLOCK)
        root = chance.standard_normal((len(means[rows]), CHUNK))
        root *= by[rows]
        root += at[rows]
        np.maximum(root, 0.0, out=root)
        cube = root * root
        cube *= root
        cube *= means[rows]
        whole += cube.sum(axis=0)
    return whole
