"""A table as read, before anything is understood: text and exact numbers with their row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class RawTable:
    """``rows`` are row numbers as a spreadsheet counts them; every column has a cell for each.

    Numbers that the file itself types (workbook, Parquet) are int or Decimal; text is as typed, stripped; empty is None.
    ``separator`` is the CSV's, None for other formats. ``unreadable`` are cells, by row and column, that an error has been
    made of already.
    """

    name: str
    file: str
    columns: Mapping[str, Sequence[Cell]]
    rows: Sequence[int]
    separator: str | None = None
    header_row: int = 1
    unreadable: frozenset[tuple[int, str]] = frozenset()
