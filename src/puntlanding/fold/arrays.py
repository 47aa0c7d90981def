"""Small operations on whole-number arrays that the fold is made of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.integer[Any]]  # of any size: memory that is not fetched is time
NOWHERE = -1
LAST = chr(0x10FFFF)  # comes after all that follows in a text
_SPARSE = 16  # numbers up to so many times their count are told apart in a table, which beats sorting them


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of codes: the place of each among ``texts``, which rise. Empty is the place after the last."""

    places: Whole
    texts: tuple[str, ...]

    @property
    def empty(self) -> int:
        return len(self.texts)

    def starting(self, prefixes: Sequence[str], *, yes: int, no: int, empty: int) -> Whole:
        """Whether the code starts with one of ``prefixes``."""
        table = np.full(len(self.texts) + 1, no, dtype=np.int32)
        for prefix in prefixes:
            table[bisect_left(self.texts, prefix) : bisect_left(self.texts, prefix + LAST)] = yes
        table[self.empty] = empty
        return table.take(self.places)

    def told(self, meaning: Callable[[str], int], empty: int) -> Whole:
        """What each code means, asked once for each text."""
        return np.array([*map(meaning, self.texts), empty], dtype=np.int32).take(self.places)


def as_codes(column: pl.Series) -> pl.Series:
    """As the store writes codes: an Enum whose categories rise. Stores of before that have text."""
    if isinstance(column.dtype, pl.Enum):
        return column
    return column.cast(pl.Enum(column.drop_nulls().unique().sort()))


def texts_of(column: pl.Series) -> tuple[str, ...]:
    """The texts of a column by `as_codes`."""
    return tuple(column.dtype.categories.to_list()) if isinstance(column.dtype, pl.Enum) else ()


def places_of(column: pl.Series, empty: int) -> pl.Series:
    """Of a column by `as_codes`."""
    places = column.to_physical()
    if not places.null_count():
        return places
    fits = empty <= 255 or places.dtype != pl.UInt8
    return places.fill_null(empty) if fits and empty < 2**16 else places.cast(pl.UInt32).fill_null(empty)


def coded(column: pl.Series) -> Coded:
    """Of a column by `as_codes`."""
    texts = texts_of(column)
    return Coded(places_of(column, len(texts)).to_numpy(), texts)


def told(parts: Sequence[Coded], meaning: Callable[[str], int], empty: int) -> Whole:
    """What each code means, of several columns under each other."""
    return np.concatenate([part.told(meaning, empty) for part in parts])


def joined(parts: Sequence[Coded]) -> Coded:
    """Several columns under each other, with one list of texts."""
    texts = tuple(
        dict.fromkeys(sorted(chain.from_iterable(part.texts for part in parts)))
    )  # lists that rise merge at once
    place = {text: number for number, text in enumerate(texts)}
    return Coded(told(parts, place.__getitem__, len(texts)), texts)


def heads_of(numbers: Whole) -> Flags:
    """Where another number begins than the one before."""
    heads = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=heads[1:])
    return heads


def firsts_of(numbers: Ints) -> Ints:
    """Of numbers that rise, each once. By place: picking by flags takes three times as long."""
    return numbers.take(np.flatnonzero(heads_of(numbers)))


def different(numbers: Ints) -> Ints:
    """Each number once, rising. Sorting is twenty times as fast as the hashing that `numpy.unique` does."""
    return firsts_of(np.sort(numbers))


def counted(rising: Ints) -> tuple[Ints, Ints]:
    """The different numbers in ``rising``, and how often each occurs."""
    heads = np.flatnonzero(heads_of(rising))
    return rising.take(heads), np.diff(heads, append=len(rising))


def dense(numbers: Ints) -> tuple[Ints, Ints]:
    """Each number's place among the different ones, and those, rising."""
    if len(numbers) and int(numbers.min()) >= 0 and int(numbers.max()) < _SPARSE * len(numbers):
        return _by_table(numbers)
    order, rising = _in_order(numbers)
    heads = heads_of(rising)
    places = np.empty(len(numbers), dtype=np.int64)
    places[order] = np.cumsum(heads) - 1
    return places, rising.take(np.flatnonzero(heads))


def _by_table(numbers: Ints) -> tuple[Ints, Ints]:
    there = np.zeros(int(numbers.max()) + 1, dtype=bool)
    there[numbers] = True
    known = np.flatnonzero(there)
    place = np.empty(len(there), dtype=np.int64)
    place[known] = np.arange(len(known))
    return place.take(numbers), known


def _in_order(numbers: Ints) -> tuple[Ints, Ints]:
    """The order that sorts, and the numbers in it. Sorting numbers with their places in the last bits is three times as fast as
    sorting places.

    Long numbers lose their own last bits to that, so that two that differ only there may come in the wrong order: then it is
    done the long way.
    """
    bits = max(len(numbers), 1).bit_length()
    if len(numbers) and numbers.min() >= 0:
        room = max(0, 63 - bits - int(numbers.max()).bit_length())
        last = (1 << bits) - 1
        places = np.arange(len(numbers))
        order = np.sort(numbers << bits | places if room else numbers & ~last | places) & last
        rising = numbers.take(order)
        if room or not (rising[1:] < rising[:-1]).any():
            return order, rising
    order = np.argsort(numbers)
    return order, numbers.take(order)


def numbers_of(column: pl.Series, empty: int) -> Whole:
    """Whole numbers, and ``empty`` for none."""
    if column.null_count():
        column = column.cast(pl.Int64).fill_null(empty)
    return column.to_numpy()


def picked(texts: Sequence[str], places: Whole) -> pl.Series:
    return pl.Series(texts, dtype=pl.String)[places]


def always(text: str, rows: int) -> pl.Series:
    return pl.Series([text], dtype=pl.String).new_from_index(0, rows)


def bits_of(patients: int) -> int:
    return max(patients, 1).bit_length()


def with_patient(cell: Ints, patient: Whole, patients: int) -> Ints:
    """Cell and, in its last `bits_of`, patient in one number; who is nobody (`NOWHERE`) is left out.

    By bits, because dividing to get the cell back takes ten times as long.
    """
    keys = cell << bits_of(patients) | patient
    return keys if not len(patient) or patient.min() != NOWHERE else keys[patient != NOWHERE]


def people_per_cell(cell: Ints, cells: int, patient: Whole, patients: int) -> Ints:
    """Different patients in each of ``cells``."""
    rising = different(with_patient(cell, patient, patients))
    return np.bincount(rising >> bits_of(patients), minlength=cells)


def first_moments(cell: Ints, cells: int, patient: Whole, patients: int, moment: Whole, moments: int) -> Ints:
    """moments (from 1) × cells: patients, each counted once per cell, in its first moment there."""
    small, bits = moments.bit_length(), bits_of(patients)
    keys = with_patient(cell, patient, patients)
    if len(keys) < len(moment):
        moment = moment[patient != NOWHERE]
    rising = np.sort(keys << small | moment)
    firsts = rising.take(np.flatnonzero(heads_of(rising >> small)))
    return per_moment(firsts >> bits + small, cells, firsts & (1 << small) - 1, moments)


def per_moment(cell: Ints, cells: int, moment: Whole, moments: int) -> Ints:
    """moments × cells: rows in each; moment 0 is not counted."""
    keys = moment.astype(np.int64, copy=False) * cells + cell
    return np.bincount(keys, minlength=(moments + 1) * cells).reshape(moments + 1, cells)[1:]
