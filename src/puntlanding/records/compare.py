"""What differs between two versions of the same records: a corrected delivery and the one it replaces, or two formats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from puntlanding.records.tables import TableName, schema

KEYS: Mapping[TableName, tuple[str, ...]] = {TableName.TRAJECTORIES: ("subtraject_id",), TableName.ACTIVITIES: ()}


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that are new, gone, or there in both with other values; ``columns``: how many rows have another value there."""

    before: int
    after: int
    added: int
    removed: int
    altered: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.altered)

    def as_record(self) -> dict[str, Any]:
        return {
            "eerst": self.before, "nu": self.after, "nieuw": self.added, "weg": self.removed, "gewijzigd": self.altered,
            "kolommen": dict(self.columns),
        }  # fmt: skip


def compare(table: TableName, before: pl.DataFrame | None, after: pl.DataFrame | None) -> Changes:
    """Two versions of one canonical table; None is a table that was not there."""
    types = schema(table)
    empty = pl.DataFrame(schema=types)
    columns = [name for name in types if name not in KEYS[table]]
    return changes(empty if before is None else before, empty if after is None else after, KEYS[table], columns)


def changes(before: pl.DataFrame, after: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> Changes:
    """Compare on ``columns``. ``keys`` tell which rows are the same one; without keys rows are only there or not, counted
    as often as they occur (an activity has no number of its own).
    """
    return _by_key(before, after, keys, columns) if keys else _as_multisets(before, after, columns)


def _by_key(before: pl.DataFrame, after: pl.DataFrame, keys: Sequence[str], columns: Sequence[str]) -> Changes:
    both = before.select(*keys, *columns).join(after.select(*keys, *columns), on=list(keys), how="inner", suffix="_nu")
    differs = {name: pl.col(name).ne_missing(pl.col(f"{name}_nu")) for name in columns}
    counts = both.select(
        pl.any_horizontal(*differs.values()).sum().alias("_rijen"),
        *(one.sum().alias(name) for name, one in differs.items()),
    )
    found = counts.row(0, named=True)
    by_column = {name: int(found[name]) for name in columns if found[name]}
    return Changes(
        before.height,
        after.height,
        after.height - both.height,
        before.height - both.height,
        int(found["_rijen"]),
        by_column,
    )


def _as_multisets(before: pl.DataFrame, after: pl.DataFrame, columns: Sequence[str]) -> Changes:
    """On a 64-bit hash of each row: only counts come of it, and comparing the rows themselves takes ten times as long."""
    was, now = (frame.select(columns).hash_rows(seed=1).value_counts() for frame in (before, after))
    was, now = (one.rename({one.columns[0]: "rij"}) for one in (was, now))
    both = (
        was.join(now, on="rij", how="inner", suffix="_nu").select(pl.min_horizontal("count", "count_nu").sum()).item()
        or 0
    )
    return Changes(before.height, after.height, after.height - both, before.height - both)
