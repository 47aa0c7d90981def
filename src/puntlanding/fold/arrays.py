"""Small operations on whole-number arrays that the fold is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NOWHERE = -1


def heads_of(numbers: Ints) -> Flags:
    """Where another number begins than the one before."""
    return np.concatenate((np.ones(min(1, len(numbers)), dtype=bool), numbers[1:] != numbers[:-1]))


def different(numbers: Ints) -> Ints:
    """Each number once, rising. Sorting is twenty times as fast as the hashing that `numpy.unique` does."""
    rising = np.sort(numbers)
    return rising[heads_of(rising)]


def counted(rising: Ints) -> tuple[Ints, Ints]:
    """The different numbers in ``rising``, and how often each occurs."""
    heads = np.flatnonzero(heads_of(rising))
    return rising[heads], np.diff(heads, append=len(rising))


def dense(numbers: Ints) -> tuple[Ints, Ints]:
    """Each number's place among the different ones, and those, rising."""
    order = np.argsort(numbers)
    rising = numbers[order]
    heads = heads_of(rising)
    places = np.empty(len(numbers), dtype=np.int64)
    places[order] = np.cumsum(heads) - 1
    return places, rising[heads]


def coded(texts: pl.Series) -> tuple[Ints, Sequence[str]]:
    """Each text's place in the list of different ones, which is in order; `NOWHERE` for an empty cell."""
    names = texts.drop_nulls().unique().sort()
    places = texts.cast(pl.Enum(names)).to_physical().cast(pl.Int64).fill_null(NOWHERE)
    return places.to_numpy(), names.to_list()


def numbers_of(column: pl.Series, empty: int) -> Ints:
    return column.cast(pl.Int64, strict=False).fill_null(empty).to_numpy()


def people_per_cell(cell: Ints, cells: int, patient: Ints, patients: int) -> Ints:
    """Different patients in each of ``cells``; nobody (`NOWHERE`) is none."""
    cell, patient = cell[patient != NOWHERE], patient[patient != NOWHERE]
    found, counts = counted(different(cell * patients + patient) // max(patients, 1))
    whole = np.zeros(cells, dtype=np.int64)
    whole[found] = counts
    return whole


def first_moments(cell: Ints, cells: int, patient: Ints, patients: int, moment: Ints, moments: int) -> Ints:
    """cells × moments (from 1): patients, each counted once per cell, in its first moment there; nobody is none."""
    keys = np.sort(((cell * patients + patient) * (moments + 1) + moment)[patient != NOWHERE])
    firsts = keys[heads_of(keys // (moments + 1))]
    owner, first = np.divmod(firsts, moments + 1)
    return _tallied(owner // max(patients, 1) * moments + first - 1, cells, moments)


def per_moment(cell: Ints, cells: int, moment: Ints, moments: int) -> Ints:
    """cells × moments: rows in each; moment 0 is not counted."""
    return _tallied(cell * (moments + 1) + moment, cells, moments + 1)[:, 1:]


def _tallied(keys: Ints, rows: int, columns: int) -> Ints:
    return np.bincount(keys, minlength=rows * columns).reshape(rows, columns)
