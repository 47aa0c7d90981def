"""Rows of a group stand together in a contribution: where each run of equal rows starts, so that runs are added up or looked up
before anything is done by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl

Column = np.ndarray[tuple[int], np.dtype[Any]]


def run_starts(columns: Sequence[pl.Series]) -> Column:
    """The rows at which one of ``columns`` differs from the row before it, the first row among them."""
    changed = np.zeros(columns[0].len(), np.bool_)
    changed[:1] = True
    with ThreadPoolExecutor(len(columns)) as pool:
        for found in pool.map(_changed, columns):
            changed[1:] |= found
    return np.flatnonzero(changed)


def _changed(column: pl.Series) -> Column:
    whole = column.rechunk()
    found: Column = (whole.slice(1) != whole.head(-1)).to_numpy()
    return found


def run_sums(columns: pl.DataFrame, starts: Column) -> pl.DataFrame:
    """Of each column per run. Empty cells do not count; what is wider than 64 bits is grouped, which takes longer."""
    if any(kind != pl.Int64() for kind in columns.dtypes):
        runs = np.repeat(np.arange(len(starts)), np.diff(starts, append=columns.height))
        numbered = columns.with_columns(pl.Series("_reeks", runs).set_sorted())
        return numbered.group_by("_reeks", maintain_order=True).agg(pl.all().sum()).drop("_reeks")
    if not len(starts):
        return columns
    return pl.DataFrame({one.name: np.add.reduceat(one.fill_null(0).to_numpy(), starts) for one in columns})
