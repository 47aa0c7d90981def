"""Strata as whole numbers: at each level one number per stratum that occurs, in order of its keys.

Texts of a million rows are read once; from there on a sum is an addition at a place and a reference is found by looking in one.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import polars as pl

from puntlanding.benchmark.runs import Column, run_starts

Sums = np.ndarray[tuple[int, int], np.dtype[np.int64]]  # a row per column that is added up, a column per stratum
_LONG_RUN = 3  # rows
_ROOMY = 4  # places per row: up to so many a number is found in a table of all, beyond that by sorting


@dataclass(frozen=True, slots=True)
class Cells:
    """By level, finest first. ``of_row``: the stratum of each row. ``first``: of each stratum the first of the level below.

    ``told``: the finest level at which all rows of a stratum can be placed; beyond the level itself for strata of rest rows.
    """

    of_row: Sequence[Column]
    first: Sequence[Column]
    told: Sequence[Column]

    def sums(self, rows: Column, columns: Sequence[Column]) -> list[Sums]:
        """Of ``rows``, at every level: each from the level below."""
        cells = self.of_row[0][rows]
        lowest = np.zeros((len(columns), len(self.told[0])), np.int64)
        for total, column in zip(lowest, columns, strict=True):
            np.add.at(total, cells, column[rows])
        found = [lowest]
        for first in self.first[1:]:
            found.append(np.add.reduceat(found[-1], first, axis=1))
        return found


def coded(columns: Sequence[pl.Series]) -> list[tuple[Column, list[str]]]:
    """Of each row of a column the place of its value among the column's values, which are in order; and those values."""
    with ThreadPoolExecutor(len(columns)) as pool:
        return list(pool.map(_coded, columns))


def _coded(column: pl.Series) -> tuple[Column, list[str]]:
    """Where a value mostly stands many times below itself, runs of it are looked up once."""
    starts = run_starts([column])
    long = _LONG_RUN * len(starts) < column.len()
    told = column.gather(starts) if long else column
    values = told.unique().sort()
    codes = told.cast(pl.Enum(values)).to_physical().to_numpy().astype(np.int64)
    return np.repeat(codes, np.diff(starts, append=column.len())) if long else codes, values.to_list()


def placed(numbers: Column, size: int) -> tuple[Column, Column]:
    """Which of the numbers under ``size`` occur, in order, and of each its place among those."""
    if size > _ROOMY * len(numbers):
        present, places = np.unique(numbers, return_inverse=True)
        return present, places
    occurs = np.zeros(size, np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def cells(keys: Sequence[tuple[Column, list[str]]], rests: Sequence[str | None]) -> Cells:
    """Of `coded` keys, coarsest first; ``rests`` are the values of rows that tell no more than the keys before."""
    levels = len(keys)
    told = np.zeros(len(keys[0][0]), np.int64)
    places, known = np.zeros_like(told), 1
    of_row: list[Column] = []
    first: list[Column] = []
    for (codes, values), rest in zip(keys, rests, strict=True):
        if rest in values:
            told[(codes == values.index(str(rest))) & (told == 0)] = levels - len(of_row)
        size = max(len(values), 1)
        present, places = placed(places * size + codes, known * size)
        first.append(np.flatnonzero(np.diff(present // size, prepend=-1)))
        of_row.append(places)
        known = len(present)
    of_row.reverse()
    first.reverse()
    lowest = np.zeros(known, np.int64)
    lowest[of_row[0]] = told
    of_cell: list[Column] = [lowest]
    for above in first[:-1]:
        of_cell.append(of_cell[-1][above])
    return Cells(of_row, [np.zeros(0, np.int64), *first[:-1]], of_cell)
