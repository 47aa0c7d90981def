"""Small operations on whole-number arrays that the fold is made of."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NOWHERE = -1
FOUR_BYTES = 2**32


def heads_of(numbers: Ints) -> Flags:
    """Where another number begins than the one before."""
    heads = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=heads[1:])
    return heads


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
    order, rising = _in_order(numbers)
    heads = heads_of(rising)
    places = np.empty(len(numbers), dtype=np.int64)
    places[order] = np.cumsum(heads) - 1
    return places, rising[heads]


def _in_order(numbers: Ints) -> tuple[Ints, Ints]:
    """The order that sorts, and the numbers in it. With their places in the last bits numbers sort four times as fast."""
    bits = max(len(numbers), 1).bit_length()
    if not len(numbers) or numbers.min() < 0 or int(numbers.max()).bit_length() + bits > 63:
        order = np.argsort(numbers)
        return order, numbers[order]
    packed = np.sort(numbers << bits | np.arange(len(numbers)))
    return packed & (1 << bits) - 1, packed >> bits


def numbers_of(column: pl.Series, empty: int) -> Ints:
    """Whole numbers, or up to nine digits as text. What is no number is as good as empty: the store keeps codes of the right
    form only.
    """
    numbers = column.cast(pl.UInt32, strict=False) if column.dtype == pl.String else column.cast(pl.Int64)
    if not numbers.null_count():
        return numbers.to_numpy().astype(np.int64, copy=False)
    return numbers.cast(pl.Int64).fill_null(empty).to_numpy()


def four_characters(codes: pl.Series) -> Ints:
    """Codes of four characters as the number that their bytes make, `NOWHERE` where empty.

    Raises ValueError for a code of another length: the store keeps none.
    """
    lengths = codes.str.len_bytes()
    if codes.null_count() < len(codes) and (lengths.min(), lengths.max()) != (4, 4):
        raise ValueError(f"{codes.name}: a code that is not of four characters")
    return numbers_of(codes.cast(pl.Binary).bin.reinterpret(dtype=pl.UInt32, endianness="big"), NOWHERE)


def as_four_characters(numbers: Ints) -> pl.Series:
    """The codes again, in the order of their numbers, which is that of their text."""
    texts = np.ascontiguousarray(numbers, dtype=">u4").view("S4").astype("U4")
    return pl.Series(texts.tolist(), dtype=pl.String)


def digits(numbers: Ints, width: int) -> pl.Series:
    """Codes of ``width`` digits."""
    return pl.Series(np.ascontiguousarray(numbers)).cast(pl.String).str.zfill(width)


def people_per_cell(cell: Ints, cells: int, patient: Ints, patients: int) -> Ints:
    """Different patients in each of ``cells``; nobody (`NOWHERE`) is none."""
    keys = cell * patients + patient
    found, counts = counted(different(keys[patient != NOWHERE]) // max(patients, 1))
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
