"""Conditions on one trajectory."""

from __future__ import annotations

from datetime import timedelta

import polars as pl

from puntlanding.records.checks.base import (
    TRAJECTORIES,
    Material,
    RowCheck,
    column_empty,
    date_implausible,
    not_in_form,
    one_of,
)
from puntlanding.records.tables import TABLES, Kind

LATE = 30  # days between what happened and its record
DERIVED_AFTER = 30  # days after closing in which the product may still be derived
OLDEST = 120  # years
# A first trajectory that is conservative closes on the 90th day, since 2015 (data-facts §4.4).
FIRST, CONSERVATIVE, CONSERVATIVE_DAYS, CONSERVATIVE_FROM = "11", "08", 90, pl.date(2015, 1, 1)
SEXES = ("M", "V")

_opened, _closed, _recorded = pl.col("openingsdatum"), pl.col("sluitdatum"), pl.col("geregistreerd_op")
_product = pl.col("zorgproduct")


def _closed_before_opened(material: Material) -> pl.Expr:
    return (_closed < _opened) & material.plausible("openingsdatum") & material.plausible("sluitdatum")


def _conservative_late(material: Material) -> pl.Expr:
    late = _closed - _opened > timedelta(days=CONSERVATIVE_DAYS)
    conservative = (pl.col("zorgtype") == FIRST) & (pl.col("afsluitreden") == CONSERVATIVE)
    return late & conservative & (_opened >= CONSERVATIVE_FROM) & material.plausible("sluitdatum")


def _unknown_care_type(material: Material) -> pl.Expr | None:
    table = material.known.care_types
    codes = material.distinct(TRAJECTORIES, "zorgtype")
    if table is None:
        return None
    return one_of("zorgtype", codes.filter(~codes.is_in(table.frame["zorgtype"].unique().implode())))


def _without_product(material: Material) -> pl.Expr:
    settled = _closed < material.delivered - timedelta(days=DERIVED_AFTER)
    return settled & _product.is_null() & material.plausible("sluitdatum")


def _product_while_open(_: Material) -> pl.Expr:
    return _closed.is_null() & _product.is_not_null()


def _unknown_sex(material: Material) -> pl.Expr | None:
    codes = material.distinct(TRAJECTORIES, "geslacht")
    return one_of("geslacht", codes.filter(~codes.is_in(SEXES)))


def _implausible_birth(material: Material) -> pl.Expr:
    age = _opened.dt.year() - pl.col("geboortejaar")
    return ((age < 0) | (age > OLDEST)) & material.plausible("openingsdatum")


def _recorded_late(material: Material) -> pl.Expr:
    late = _recorded - _opened > timedelta(days=LATE)
    return late & material.plausible("openingsdatum") & material.plausible("geregistreerd_op")


def _recorded_early(material: Material) -> pl.Expr:
    return (_recorded < _opened) & material.plausible("openingsdatum") & material.plausible("geregistreerd_op")


CHECKS: tuple[RowCheck, ...] = (
    column_empty("trajectory_id_missing", TRAJECTORIES, "subtraject_id", "specialisme", "openingsdatum"),
    *(
        column_empty("trajectory_column_empty", TRAJECTORIES, one.name, "specialisme", "openingsdatum")
        for one in TABLES[TRAJECTORIES]
        if one.required and one.name != "subtraject_id"
    ),
    *(
        date_implausible("trajectory_date_implausible", TRAJECTORIES, one.name)
        for one in TABLES[TRAJECTORIES]
        if one.kind is Kind.DATE
    ),
    RowCheck("closed_before_opened", TRAJECTORIES, _closed_before_opened, ("openingsdatum", "sluitdatum")),
    RowCheck(
        "conservative_closed_late",
        TRAJECTORIES,
        _conservative_late,
        ("specialisme", "openingsdatum", "sluitdatum"),
        needs=("sluitdatum", "afsluitreden"),
    ),
    not_in_form("specialism_form", TRAJECTORIES, "specialisme"),
    not_in_form("diagnosis_form", TRAJECTORIES, "diagnose", "specialisme"),
    RowCheck("care_type_unknown", TRAJECTORIES, _unknown_care_type, ("zorgtype",)),
    not_in_form("product_form", TRAJECTORIES, "zorgproduct"),
    *(
        not_in_form("trajectory_code_form", TRAJECTORIES, name)
        for name in ("afsluitreden", "declaratiecode", "verzekeraar")
    ),
    RowCheck(
        "closed_without_product",
        TRAJECTORIES,
        _without_product,
        ("specialisme", "openingsdatum", "sluitdatum"),
        needs=("zorgproduct",),
    ),
    RowCheck(
        "product_while_open",
        TRAJECTORIES,
        _product_while_open,
        ("openingsdatum", "zorgproduct"),
        needs=("zorgproduct",),
    ),
    RowCheck("sex_unknown", TRAJECTORIES, _unknown_sex, ("geslacht",), needs=("geslacht",)),
    RowCheck("birth_year_implausible", TRAJECTORIES, _implausible_birth, ("openingsdatum",), needs=("geboortejaar",)),
    RowCheck(
        "trajectory_recorded_late",
        TRAJECTORIES,
        _recorded_late,
        ("specialisme", "openingsdatum", "geregistreerd_op"),
        needs=("geregistreerd_op",),
    ),
    RowCheck(
        "trajectory_recorded_early",
        TRAJECTORIES,
        _recorded_early,
        ("specialisme", "openingsdatum", "geregistreerd_op"),
        needs=("geregistreerd_op",),
    ),
)
