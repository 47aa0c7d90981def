"""What a check gets to see, and the two forms it takes: a condition on a row, or a search through a table."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

import polars as pl

from puntlanding.records.codes import CodeTables
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import EARLIEST
from puntlanding.records.tables import TableName, column

TRAJECTORIES, ACTIVITIES = TableName.TRAJECTORIES, TableName.ACTIVITIES
# Of its trajectory, beside each activity.
OPENED, CLOSED, LINKED = "_geopend", "_gesloten", "_gekoppeld"


class NotDone(StrEnum):
    """Why a check could not be done; the report has the words."""

    NO_TABLES = "no_nza_tables"
    COLUMN_EMPTY = "column_never_filled"
    NO_ACTIVITIES = "no_activities"
    TOO_SHORT = "period_too_short"


@dataclass(frozen=True)
class Material:
    """One delivery with everything that several checks ask of it, worked out once.

    ``codes`` are the user's NZa tables, ``known`` the same with the embedded list where a table was not given. ``absent``
    are columns ("subtrajecten.zorgtraject_id") that the format does not carry: empty there is not a fault.
    """

    delivery: Delivery
    codes: CodeTables
    known: CodeTables
    absent: Collection[str] = frozenset()
    _distinct: dict[tuple[TableName, str], pl.Series] = field(default_factory=dict)

    @property
    def trajectories(self) -> pl.DataFrame:
        return self.delivery.trajectories

    @property
    def delivered(self) -> date:
        return self.delivery.delivered

    def table(self, name: TableName) -> pl.DataFrame:
        """The rows that conditions are put to: of activities, with the dates of their trajectory beside them."""
        return self.trajectories if name is TRAJECTORIES else self.activities

    @cached_property
    def activities(self) -> pl.DataFrame:
        """A trajectory that stands there twice counts with its first row: the join must not multiply activities."""
        frame = self.delivery.activities
        of = self.trajectories.filter(pl.col("subtraject_id").is_not_null()).select(
            "subtraject_id",
            pl.col("openingsdatum").alias(OPENED),
            pl.col("sluitdatum").alias(CLOSED),
            pl.lit(value=True).alias(LINKED),
        )
        if of["subtraject_id"].n_unique() < of.height:
            of = of.unique("subtraject_id", keep="first", maintain_order=True)
        beside = frame.select("subtraject_id").join(of, on="subtraject_id", how="left", maintain_order="left")
        return frame.hstack(beside.select(OPENED, CLOSED, LINKED))

    def plausible(self, day: str) -> pl.Expr:
        """What stands on an impossible day is told once, as an impossible day, and not by every check that compares days."""
        return pl.col(day).is_between(EARLIEST, self.delivered)

    def never_filled(self, table: TableName, name: str) -> bool:
        frame = self.delivery.table(table)
        return frame.height > 0 and frame[name].null_count() == frame.height

    def distinct(self, table: TableName, name: str) -> pl.Series:
        """The codes that occur, few where rows are many."""
        key = (table, name)
        if key not in self._distinct:
            self._distinct[key] = self.delivery.table(table)[name].drop_nulls().unique()
        return self._distinct[key]


def one_of(name: str, codes: pl.Series) -> pl.Expr | None:
    return pl.col(name).is_in(codes.implode()) if len(codes) else None


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A condition on one row: all of one table's conditions are counted in one pass.

    ``wrong`` is None where it is already known that no row is. ``column`` names the column that it is about, where one
    check is put to several. ``needs`` are columns without any value in which the check says nothing. ``shows`` are the
    columns that an example tells.
    """

    id: str
    table: TableName
    wrong: Callable[[Material], pl.Expr | None]
    shows: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that a search found, of how many it looked at; in the order of the file."""

    rows: pl.DataFrame
    of: int


@dataclass(frozen=True, slots=True)
class Search:
    """A check that looks at more than one row at a time, or at tables outside the delivery."""

    id: str
    find: Callable[[Material], Found | NotDone]
    shows: tuple[str, ...] = ()
    needs: tuple[tuple[TableName, str], ...] = ()


def column_empty(check: str, table: TableName, name: str, *shows: str) -> RowCheck:
    """Rows without a value in a required column, unless the format does not carry that column at all."""

    def wrong(material: Material) -> pl.Expr | None:
        frame = material.delivery.table(table)
        excused = f"{table}.{name}" in material.absent and material.never_filled(table, name)
        return pl.col(name).is_null() if frame[name].null_count() and not excused else None

    return RowCheck(check, table, wrong, tuple(one for one in shows if one != name), column=name)


def date_implausible(check: str, table: TableName, name: str) -> RowCheck:
    def wrong(material: Material) -> pl.Expr:
        return (pl.col(name) < EARLIEST) | (pl.col(name) > material.delivered)

    return RowCheck(check, table, wrong, (name,), column=name)


def form_of(table: TableName, name: str) -> str:
    """What a whole code of this column looks like."""
    return f"^(?:{column(table, name).form})$"


def not_in_form(check: str, table: TableName, name: str, *shows: str) -> RowCheck:
    def wrong(material: Material) -> pl.Expr | None:
        codes = material.distinct(table, name)
        return one_of(name, codes.filter(~codes.str.contains(form_of(table, name))))

    return RowCheck(check, table, wrong, (*shows, name), column=name)
