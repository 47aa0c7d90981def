"""Checks that look at several rows at once: keys, care paths, duplicates, durations."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from puntlanding.records.checks.base import ACTIVITIES, TRAJECTORIES, Found, Material, NotDone, Search
from puntlanding.records.codes import FROM, TEXT, UNTIL
from puntlanding.records.findings import EARLIEST
from puntlanding.records.tables import ROW

FOLLOW_UP = "21"
MAXIMUM, MAXIMUM_BEFORE, MAXIMUM_FROM = 120, 365, date(2015, 1, 1)  # days, data-facts §4.3
PATH_DAYS = 365  # a care path ends this long after its last trajectory closed (data-facts §4.4)
# A follow-up that opens this long after the delivery begins has its predecessor in the delivery, if it has one.
REACH = timedelta(days=PATH_DAYS + MAXIMUM)
SETTLED = timedelta(days=30)  # what is younger may still get its activities


def _no_trajectories(material: Material) -> Found:
    return _whole(material.trajectories.is_empty())


def _no_activities(material: Material) -> Found:
    return _whole(material.delivery.activities.is_empty())


def _whole(wrong: bool) -> Found:
    """About the delivery itself: one of one."""
    return Found(pl.DataFrame({ROW: pl.Series([None] * wrong, dtype=pl.UInt32)}), 1)


def _twice(material: Material) -> Found:
    frame = material.trajectories
    ids = frame["subtraject_id"]
    if ids.drop_nulls().n_unique() == len(ids) - ids.null_count():
        return Found(frame.clear(), frame.height)
    again = ~pl.col("subtraject_id").is_first_distinct() & pl.col("subtraject_id").is_not_null()
    return Found(frame.filter(again), frame.height)


def _mixed_path(material: Material, column: str) -> Found:
    """Every trajectory of a care path in which ``column`` has two values. As numbers: texts are ten times as slow to compare."""
    frame = material.trajectories
    values = frame[column]
    numbers = values.cast(pl.Categorical).to_physical() if values.dtype == pl.String else values
    pairs = frame.select("zorgtraject_id", numbers.alias("_waarde"))
    mixed = pairs.group_by("zorgtraject_id").agg((pl.col("_waarde").min() != pl.col("_waarde").max()).alias("_gemengd"))
    paths = mixed.filter("_gemengd")["zorgtraject_id"].drop_nulls()
    return Found(frame.filter(pl.col("zorgtraject_id").is_in(paths.implode())), frame.height)


def _two_patients(material: Material) -> Found:
    return _mixed_path(material, "patient")


def _two_specialisms(material: Material) -> Found:
    return _mixed_path(material, "specialisme")


def _follow_up_without_first(material: Material) -> Found | NotDone:
    """Only follow-ups whose predecessor must be in the delivery: it may hold one year, and care paths last longer.

    Where a delivery begins is told by the opening after the first thousandth of them, so that a single wrong date does not move it.
    """
    frame = material.trajectories
    days = frame["openingsdatum"].drop_nulls().sort()
    begin: date = days[len(days) // 1000] if len(days) else material.delivered
    if begin + REACH > material.delivered:
        return NotDone.TOO_SHORT
    opened = pl.col("openingsdatum")
    later = frame.filter((pl.col("zorgtype") == FOLLOW_UP) & (opened > begin + REACH))
    first = frame.group_by("zorgtraject_id").agg(opened.min().alias("_eerste"))
    alone = later.join(first, on="zorgtraject_id", how="left", maintain_order="left").filter(
        opened <= pl.col("_eerste")
    )
    return Found(alone, frame.height)


def _possible_duplicate(material: Material) -> Found:
    """Every row after the first, of trajectories that differ in their number only."""
    frame = material.trajectories
    same = (
        frame.select(pl.struct("patient", "openingsdatum").is_duplicated()).to_series() & frame["patient"].is_not_null()
    )
    some = frame.filter(same)
    care = pl.struct("patient", "specialisme", "diagnose", "zorgtype", "openingsdatum")
    different = some.unique("subtraject_id", keep="first", maintain_order=True)
    return Found(different.filter(~care.is_first_distinct()), frame.height)


def _duration(material: Material, rows: pl.DataFrame, last: pl.Expr) -> pl.DataFrame:
    """Rows that last longer than their care type may, from opening to ``last``, by the rule of the day they opened."""
    days = (last - pl.col("openingsdatum")).dt.total_days()
    end = last.is_between(EARLIEST, material.delivered)
    long = rows.filter((days > MAXIMUM) & material.plausible("openingsdatum") & end)
    general = pl.when(pl.col("openingsdatum") < MAXIMUM_FROM).then(MAXIMUM_BEFORE).otherwise(MAXIMUM)
    table = material.known.care_types
    if long.is_empty() or table is None:
        return long.filter(days > general)
    in_force = pl.col("openingsdatum").is_between(FROM, pl.col(UNTIL).fill_null(date.max))
    limits = (
        long.select("specialisme", "zorgtype", "openingsdatum")
        .unique()
        .join(
            table.frame.select("specialisme", "zorgtype", FROM, UNTIL, "max_looptijd"), on=["specialisme", "zorgtype"]
        )
        .filter(in_force)
        .group_by("specialisme", "zorgtype", "openingsdatum")
        .agg(pl.col("max_looptijd").max())
    )
    known = long.join(limits, on=["specialisme", "zorgtype", "openingsdatum"], how="left", maintain_order="left")
    return known.filter(days > pl.coalesce("max_looptijd", general))


def _closed_late(material: Material) -> Found:
    """Closing reasons that are an exception follow rules of their own, which may allow longer (data-facts §4.4)."""
    frame = material.trajectories
    late = _duration(material, frame, pl.col("sluitdatum"))
    reasons = material.known.closing_reasons
    if reasons is not None:
        excepted = reasons.frame.filter(pl.col(TEXT).str.to_lowercase().str.contains("uitzondering"))["afsluitreden"]
        late = late.filter(~pl.col("afsluitreden").is_in(excepted.unique().implode()).fill_null(value=False))
    return Found(late, frame.height)


def _open_late(material: Material) -> Found:
    frame = material.trajectories
    still_open = frame.filter(pl.col("sluitdatum").is_null())
    return Found(_duration(material, still_open, pl.lit(material.delivered)), frame.height)


def _without_activities(material: Material) -> Found | NotDone:
    frame, activities = material.trajectories, material.delivery.activities
    if activities.is_empty():
        return NotDone.NO_ACTIVITIES
    bare = frame.join(activities.select("subtraject_id"), on="subtraject_id", how="anti", maintain_order="left")
    old = material.plausible("openingsdatum") & (pl.col("openingsdatum") <= material.delivered - SETTLED)
    return Found(bare.filter(old), frame.height)


def _activity_twice(material: Material) -> Found:
    """Rows are compared by their hash first: three million of them differ, and then nothing else need be done."""
    frame = material.delivery.activities
    content = frame.drop(ROW)
    hashes = content.hash_rows()
    if hashes.n_unique() == frame.height:
        return Found(frame.clear(), frame.height)
    ordered = hashes.sort()
    again = ordered.filter(ordered == ordered.shift(1)).unique()
    some = frame.filter(hashes.is_in(again.implode()))
    return Found(some.filter(~pl.struct(content.columns).is_first_distinct()), frame.height)


_PATH = ((TRAJECTORIES, "zorgtraject_id"),)
_TYPED = ("specialisme", "zorgtype", "openingsdatum")

SEARCHES: tuple[Search, ...] = (
    Search("no_trajectories", _no_trajectories),
    Search("no_activities", _no_activities),
    Search("trajectory_id_twice", _twice, ("specialisme", "openingsdatum")),
    Search("care_path_two_patients", _two_patients, ("specialisme", "openingsdatum"), _PATH),
    Search("care_path_two_specialisms", _two_specialisms, ("specialisme", "openingsdatum"), _PATH),
    Search("follow_up_without_first", _follow_up_without_first, _TYPED, _PATH),
    Search("possible_duplicate", _possible_duplicate, ("specialisme", "diagnose", "zorgtype", "openingsdatum")),
    Search("closed_after_maximum", _closed_late, (*_TYPED, "sluitdatum", "afsluitreden")),
    Search("open_past_maximum", _open_late, _TYPED),
    Search("trajectory_without_activities", _without_activities, _TYPED, ((ACTIVITIES, "subtraject_id"),)),
    Search("activity_twice", _activity_twice, ("za_code", "datum", "aantal", "specialisme_uitvoerder")),
)
