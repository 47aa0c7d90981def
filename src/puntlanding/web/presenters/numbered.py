"""Groups are numbered in addresses: a name may hold any sign, and tells who may not see it that it is there."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def numbered(rows: Sequence[T]) -> Mapping[int, T]:
    """Of all rows, before anything was taken out of them for a reader: so each reader finds a group under the same number."""
    return dict(enumerate(rows, start=1))


def chosen_of(rows: Mapping[int, T], seen: Container[T], asked: str) -> tuple[int, T] | None:
    """What a reader asks for by number; what is not there or not theirs is not found."""
    row = rows.get(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else None
    return None if row is None or row not in seen else (int(asked), row)
