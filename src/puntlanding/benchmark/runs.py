"""Rows of a group stand together in a contribution: where each run of equal rows starts, so that runs are added up or looked up
before anything is done by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

Column = np.ndarray[tuple[int], np.dtype[Any]]


def run_starts(columns: Sequence[pl.Series]) -> Column:
    """The rows at which one of ``columns`` differs from the row before it, the first row among them."""
    table = pl.DataFrame([column.alias(str(at)) for at, column in enumerate(columns)])
    changed = pl.any_horizontal(pl.all() != pl.all().shift()).fill_null(value=True)
    found: Column = table.select(changed.arg_true().cast(pl.Int64)).to_series().to_numpy()
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
