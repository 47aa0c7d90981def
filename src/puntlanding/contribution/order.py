"""What the order of a table's rows tells, found while a file is verified: where groups begin, and keys of strata as numbers.

Whoever adds up by group or by stratum would otherwise compare a million texts again, each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

Column = np.ndarray[tuple[int], np.dtype[Any]]
CODED = ("diagnosegroep", "leeftijd", "geslacht")  # keys of strata that change from row to row


@dataclass(frozen=True, slots=True)
class Order:
    """``starts``: the rows at which another hospital, specialism or role begins. ``codes``: of a key the place of each row's value
    among its values, which rise, and those.
    """

    starts: Column
    codes: Mapping[str, tuple[Column, Sequence[str]]] = field(default_factory=dict)


def order_of(keys: Sequence[pl.Series], depth: int) -> Order | None:
    """The first ``depth`` keys make a group. None unless each row comes after the one before it, so that none stands twice: by key,
    over the rows that no key before tells apart from the one above.
    """
    coded = {key.name: _coded(key) for key in keys if key.name in CODED}
    equal: Column | None = None
    starts = np.zeros(min(1, keys[0].len()), dtype=np.int64)
    for place, key in enumerate(keys, start=1):
        same, after = _compared(coded[key.name][0]) if key.name in coded else _texts_compared(key)
        if equal is not None:
            same, after = same & equal, after | ~equal
        if not (same | after).all():
            return None
        equal = same
        if place == depth:
            starts = np.append(starts, np.flatnonzero(~same) + 1)
    return Order(starts, coded) if equal is None or not equal.any() else None


def _compared(numbers: Column) -> tuple[Column, Column]:
    """Whether each is the same as the one above, and whether it comes after it."""
    return numbers[1:] == numbers[:-1], numbers[1:] > numbers[:-1]


def _texts_compared(key: pl.Series) -> tuple[Column, Column]:
    above, below = key.head(-1), key.slice(1)
    return (below == above).to_numpy(), (below > above).to_numpy()


def _coded(column: pl.Series) -> tuple[Column, Sequence[str]]:
    values = column.unique().sort()
    return column.cast(pl.Enum(values)).to_physical().to_numpy(), values.to_list()


def together(orders: Sequence[Order], heights: Sequence[int]) -> Order:
    """Of tables under each other, in which no group goes on from one to the next."""
    before = np.cumsum([0, *heights])
    starts = np.concatenate([one.starts + rows for one, rows in zip(orders, before[:-1], strict=True)])
    shared = [name for name in orders[0].codes if all(name in one.codes for one in orders)]
    return Order(starts, {name: _together([one.codes[name] for one in orders]) for name in shared})


def _together(parts: Sequence[tuple[Column, Sequence[str]]]) -> tuple[Column, Sequence[str]]:
    values = sorted({value for _, own in parts for value in own})
    place = {value: number for number, value in enumerate(values)}
    small = np.min_scalar_type(len(values))
    tables = (np.array([place[value] for value in own], dtype=small) for _, own in parts)
    return np.concatenate([table.take(codes) for table, (codes, _) in zip(tables, parts, strict=True)]), values
