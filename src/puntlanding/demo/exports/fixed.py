"""Lines of fixed width, as expressions over columns: a file of a million lines is a few column operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

DAY = "%Y%m%d"


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands at positions ``start`` up to and including ``end``, counted from 1 as the specification does."""

    start: int
    end: int
    value: pl.Expr
    numeric: bool

    @property
    def text(self) -> pl.Expr:
        """Numbers are filled with zeros at the left, text with blanks at the right; empty is all of that."""
        width = self.end - self.start + 1
        text = self.value.cast(pl.String).fill_null("")
        return text.str.zfill(width) if self.numeric else text.str.pad_end(width)


def number(start: int, end: int, value: pl.Expr) -> Cell:
    return Cell(start, end, value, numeric=True)


def text(start: int, end: int, value: pl.Expr) -> Cell:
    return Cell(start, end, value, numeric=False)


def day(start: int, end: int, column: str) -> Cell:
    return Cell(start, end, pl.col(column).dt.strftime(DAY), numeric=True)


def lines(frame: pl.DataFrame, cells: Sequence[Cell], first: int, last: int) -> pl.Series:
    """Positions ``first`` up to and including ``last`` of each line. Raises ValueError where a value does not fit its cell."""
    pieces: list[pl.Expr] = []
    position = first
    for cell in sorted(cells, key=lambda one: one.start):
        if cell.start < position:
            raise ValueError(f"two cells at position {cell.start}")
        if cell.start > position:
            pieces.append(pl.lit(" " * (cell.start - position)))
        pieces.append(cell.text)
        position = cell.end + 1
    if position <= last:
        pieces.append(pl.lit(" " * (last - position + 1)))
    found = frame.select(pl.concat_str(pieces).alias("regel")).to_series()
    if found.len() and found.str.len_bytes().max() != last - first + 1:
        raise ValueError(f"a value is longer than its cell, or not ASCII (positions {first}-{last})")
    return found
