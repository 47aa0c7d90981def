"""Columns of the store as whole numbers, however the store writes codes: as text, or as an Enum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from puntlanding.forecast.history import Ints

NOWHERE = -1


def days(column: pl.Series, empty: int, rows: Ints | None = None) -> Ints:
    """Days since 1970, of all rows or of some; what was before then is as good as then."""
    return np.maximum(whole(column.to_physical(), empty, rows), 0)


def whole(column: pl.Series, empty: int, rows: Ints | None = None) -> Ints:
    numbers = (column.fill_null(empty) if column.null_count() else column).to_numpy()
    return (numbers if rows is None else numbers[rows]).astype(np.int64, copy=False)


def codes(column: pl.Series, empty: int) -> Ints:
    """Codes of digits as the number they are; what is no number is as good as empty."""
    if column.dtype == pl.String:
        return whole(column.cast(pl.UInt32, strict=False).cast(pl.Int64), empty)
    return _by_category(column, lambda text: int(text) if text.isascii() and text.isdigit() else empty, empty)


def spelled(column: pl.Series) -> Ints:
    """Codes of up to four characters as the number that their bytes make, 0 where empty."""
    return _by_category(column, _bytes, 0)


def starting(column: pl.Series, starts: tuple[str, ...]) -> Ints:
    """1 where a text begins with one of ``starts``, 0 where it does not, `NOWHERE` where it is empty."""
    return _by_category(column, lambda text: int(text.startswith(starts)), NOWHERE)


def _bytes(text: str) -> int:
    return int.from_bytes(text.encode()[:4].rjust(4, b"\0"), "big")


def _by_category(column: pl.Series, meaning: Callable[[str], int], empty: int) -> Ints:
    """Each different code is looked at once."""
    if not isinstance(column.dtype, pl.Enum):
        column = column.cast(pl.Enum(column.drop_nulls().unique().sort()))
    texts = column.dtype.categories.to_list() if isinstance(column.dtype, pl.Enum) else []
    places = column.to_physical().cast(pl.UInt32)
    told = np.array([*map(meaning, texts), empty], dtype=np.int64)
    return told.take(whole(places, len(texts)), mode="clip")


def in_order(keys: Ints) -> Ints:
    """The order that sorts, equal ones as they stood. With their places in the last bits numbers sort four times as fast."""
    bits = max(len(keys), 1).bit_length()
    if len(keys) and (int(keys.max()).bit_length() + bits > 63 or int(keys.min()) < 0):
        return np.argsort(keys, kind="stable")
    order: Ints = np.sort(keys << bits | np.arange(len(keys))) & (1 << bits) - 1
    return order


def dense(keys: Ints) -> tuple[Ints, Ints]:
    """Each number's place among the different ones, and those, rising."""
    order = in_order(keys)
    rising = keys[order]
    heads = heads_of(rising)
    places = np.empty(len(keys), dtype=np.int64)
    places[order] = np.cumsum(heads) - 1
    return places, rising[heads]


def heads_of(numbers: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Where another number begins than the one before."""
    heads = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=heads[1:])
    return heads
