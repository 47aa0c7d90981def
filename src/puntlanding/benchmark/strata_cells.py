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
from puntlanding.contribution.order import Order

Sums = np.ndarray[tuple[int, int], np.dtype[np.int64]]  # a row per column that is added up, a column per stratum
Blocks = Sequence[slice]  # of rows: those of a hospital stand together, so they are few
_LONG_RUN = 3  # rows
_LOOK = 4096  # rows that tell what the others are like
_ROOMY = 4  # places per row: up to so many a number is found in a table of all, beyond that by sorting


@dataclass(frozen=True, slots=True)
class Cells:
    """Strata at the finest level, in order of their keys, and which of them a stratum of each coarser level is made of.

    ``of_row``: the stratum of each row. By level, finest first: ``first`` of the finest strata in each, ``above``: of each of the
    finest the one it is in, and ``told``: the finest level at which all rows of a stratum can be placed; beyond the level itself
    for strata of rest rows.
    """

    of_row: Column
    first: Sequence[Column]
    above: Sequence[Column]
    told: Sequence[Column]

    def sums(self, rows: Blocks, columns: Sequence[Column]) -> list[Sums]:
        """Of ``rows``, at every level. In order of rows: a block of them is still at hand for the next column."""
        lowest = np.zeros((len(columns), len(self.told[0])), np.int64)
        for block in rows:
            places = self.of_row[block]
            for total, column in zip(lowest, columns, strict=True):
                np.add.at(total, places, column[block])
        return [lowest, *(np.add.reduceat(lowest, first, axis=1) for first in self.first[1:])]

    def among(self, rows: Blocks) -> Column:
        """Which of the finest strata have one of ``rows``."""
        found = np.zeros(len(self.told[0]), np.bool_)
        for block in rows:
            found[self.of_row[block]] = True
        return found


def coded(columns: Sequence[pl.Series], order: Order | None = None) -> list[tuple[Column, Sequence[str]]]:
    """Of each row of a column the place of its value among the column's values, which are in order; and those values. ``order``: what
    is known of the rows; then what it has no codes of makes groups.
    """

    def one(column: pl.Series) -> tuple[Column, Sequence[str]]:
        if order is not None and column.name in order.codes:
            return order.codes[column.name]
        return _coded(column, order.starts if order is not None and order.codes else None)

    with ThreadPoolExecutor(len(columns)) as pool:
        return list(pool.map(one, columns))


def _coded(column: pl.Series, runs: Column | None) -> tuple[Column, Sequence[str]]:
    """Where a value mostly stands many times below itself, runs of it are looked up once."""
    if runs is None and _LONG_RUN * len(run_starts([column.head(_LOOK)])) < min(column.len(), _LOOK):
        runs = run_starts([column])
    if runs is None:
        return _looked_up(column)
    codes, values = _looked_up(column.gather(runs))
    return np.repeat(codes, np.diff(runs, append=column.len())), values


def _looked_up(column: pl.Series) -> tuple[Column, Sequence[str]]:
    """Where the first rows have all values there are, as nearly always, the others need not be searched for more."""
    values = column.head(_LOOK).unique().sort()
    numbered = column.cast(pl.Enum(values), strict=False)
    if numbered.null_count():
        values = column.unique().sort()
        numbered = column.cast(pl.Enum(values))
    return numbered.to_physical().to_numpy(), values.to_list()


def placed(numbers: Column, size: int) -> tuple[Column, Column]:
    """Which of the numbers under ``size`` occur, in order, and of each its place among those."""
    if size > _ROOMY * len(numbers):
        present, places = np.unique(numbers, return_inverse=True)
        return present, places
    occurs = np.zeros(size, np.bool_)
    occurs[numbers] = True
    return np.flatnonzero(occurs), (np.cumsum(occurs) - 1)[numbers]


def cells(keys: Sequence[tuple[Column, Sequence[str]]], rests: Sequence[str | None]) -> Cells:
    """Of `coded` keys, coarsest first; ``rests`` are the values of rows that tell no more than the keys before."""
    of_row, count = _numbered(keys)
    example = np.zeros(count, np.int64)
    example[of_row] = np.arange(len(of_row))
    changed, told = np.arange(count) == 0, np.zeros(count, np.int64)
    first: list[Column] = []
    above: list[Column] = []
    for before, ((codes, values), rest) in enumerate(zip(keys, rests, strict=True)):
        own = codes[example]
        changed = changed | (np.diff(own, prepend=own[:1]) != 0)
        if rest in values:
            told[(own == values.index(str(rest))) & (told == 0)] = len(keys) - before
        first.append(np.flatnonzero(changed))
        above.append(np.cumsum(changed) - 1)
    first.reverse()
    above.reverse()
    return Cells(of_row, first, above, [told[one] for one in first])


def _numbered(keys: Sequence[tuple[Column, Sequence[str]]]) -> tuple[Column, int]:
    """The place of each row's stratum among those that occur, and how many do. A number for every combination of values is
    roomy at once where these are few; where they are many, those that do not occur are left out in between.
    """
    numbers, size = keys[0][0].astype(np.int64), max(len(keys[0][1]), 1)
    for codes, values in keys[1:]:
        if size * len(values) > _ROOMY * len(numbers):
            present, numbers = placed(numbers, size)
            size = len(present)
        numbers = numbers * max(len(values), 1)
        numbers += codes
        size *= max(len(values), 1)
    present, places = placed(numbers, size)
    return places, len(present)
