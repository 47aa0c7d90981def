"""Tables of whole numbers while a hospital is made: one numpy array per column, all of one length."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
Columns = dict[str, Numbers]
NEVER = -1  # of a day: it did not happen


def height(columns: Mapping[str, Numbers]) -> int:
    return len(next(iter(columns.values())))


def take(columns: Mapping[str, Numbers], rows: Numbers | Mask) -> Columns:
    return {name: column[rows] for name, column in columns.items()}


def stack(parts: Sequence[Mapping[str, Numbers]]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def groups(keys: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Each distinct key with the positions that have it, in their order."""
    order = np.argsort(keys, kind="stable")
    found = keys[order]
    edges = np.flatnonzero(np.diff(found)) + 1
    for rows in np.split(order, edges):
        if len(rows):
            yield int(keys[rows[0]]), rows


def whole(numbers: NDArray[np.float64]) -> Numbers:
    return np.rint(numbers).astype(np.int64)


def year_of(days: Numbers) -> Numbers:
    """The calendar year of each day number."""
    years: Numbers = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years
