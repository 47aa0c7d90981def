"""Conditions on one activity, with the dates of its trajectory beside it."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from puntlanding.records.checks.base import (
    ACTIVITIES,
    CLOSED,
    LINKED,
    OPENED,
    Material,
    RowCheck,
    column_empty,
    date_implausible,
    not_in_form,
)
from puntlanding.records.checks.trajectories import LATE
from puntlanding.records.tables import TABLES, Kind

MOST = 9_999  # the quantity of a claim has four positions (ZH308 record 16, field 1614): more cannot have been claimed
EXECUTOR, REQUESTER = "specialisme_uitvoerder", "specialisme_aanvrager"

_day, _quantity, _recorded = pl.col("datum"), pl.col("aantal"), pl.col("geregistreerd_op")


def _zero(_: Material) -> pl.Expr:
    return _quantity == 0


def _negative(_: Material) -> pl.Expr:
    return _quantity < 0


def _huge(_: Material) -> pl.Expr:
    return _quantity > MOST


def _orphan(_: Material) -> pl.Expr:
    return pl.col("subtraject_id").is_not_null() & pl.col(LINKED).is_null()


def _outside(material: Material) -> pl.Expr:
    before = (_day < pl.col(OPENED)) & material.plausible(OPENED)
    after = (_day > pl.col(CLOSED)) & material.plausible(CLOSED) & (pl.col(OPENED) <= pl.col(CLOSED))
    return (before | after) & material.plausible("datum")


def _recorded_late(material: Material) -> pl.Expr:
    late = _recorded - _day > timedelta(days=LATE)
    return late & material.plausible("datum") & material.plausible("geregistreerd_op")


def _recorded_early(material: Material) -> pl.Expr:
    return (_recorded < _day) & material.plausible("datum") & material.plausible("geregistreerd_op")


_QUANTITY_SHOWN = ("za_code", "datum", "aantal")
_RECORD_SHOWN = (EXECUTOR, "datum", "geregistreerd_op")

CHECKS: tuple[RowCheck, ...] = (
    *(
        column_empty("activity_column_empty", ACTIVITIES, one.name, "za_code", "datum")
        for one in TABLES[ACTIVITIES]
        if one.required and one.name != EXECUTOR
    ),
    column_empty("executor_missing", ACTIVITIES, EXECUTOR, "za_code", "datum"),
    *(
        date_implausible("activity_date_implausible", ACTIVITIES, one.name)
        for one in TABLES[ACTIVITIES]
        if one.kind is Kind.DATE
    ),
    not_in_form("activity_form", ACTIVITIES, "za_code"),
    not_in_form("activity_specialism_form", ACTIVITIES, EXECUTOR),
    not_in_form("activity_specialism_form", ACTIVITIES, REQUESTER),
    RowCheck("quantity_zero", ACTIVITIES, _zero, _QUANTITY_SHOWN),
    RowCheck("quantity_negative", ACTIVITIES, _negative, _QUANTITY_SHOWN),
    RowCheck("quantity_huge", ACTIVITIES, _huge, _QUANTITY_SHOWN),
    RowCheck("activity_orphan", ACTIVITIES, _orphan, ("za_code", "datum", EXECUTOR), needs=("subtraject_id",)),
    RowCheck("activity_outside_trajectory", ACTIVITIES, _outside, ("za_code", "datum", OPENED, CLOSED)),
    RowCheck("activity_recorded_late", ACTIVITIES, _recorded_late, _RECORD_SHOWN, needs=("geregistreerd_op",)),
    RowCheck("activity_recorded_early", ACTIVITIES, _recorded_early, _RECORD_SHOWN, needs=("geregistreerd_op",)),
)
