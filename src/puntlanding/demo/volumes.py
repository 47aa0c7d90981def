"""What a hospital delivered, counted: all that the case files need, so that the hospital itself can leave memory.

Whole numbers only: sums of fractions depend on the order in which they are added, and the same seed must give the same bytes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from puntlanding.demo.calibration import number
from puntlanding.demo.exports.classes import class_of
from puntlanding.demo.profile import GroupProfile, Profile
from puntlanding.demo.truth import Truth

GATEKEEPING, SUPPORTING = "poort", "ondersteunend"


@dataclass(frozen=True, slots=True)
class Volumes:
    """``delivered``: jaar, maand, verzekeraar, specialisme, rol, code, aantal; by the month in which a trajectory opened.

    ``minutes``: specialisme, zorgproduct, subtrajecten and the raw minutes of all of them.
    """

    profile: Profile
    scale: float
    delivered: pl.DataFrame
    minutes: pl.DataFrame

    def fte(self, group: GroupProfile, year: int) -> float:
        """A group's size follows its volumes from the base year on."""
        return group.fte * self.scale * (1 + group.growth) ** (year - int(number("omvang.basisjaar")))


@cache
def settings() -> Mapping[str, Any]:
    text = (files("puntlanding.demo") / "data" / "collective.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def volumes(truth: Truth, profile: Profile, scale: float) -> Volumes:
    """A product counts in the year its trajectory opened, for its own specialism; an activity of a supporting specialism for
    who executed it, unless it belongs to a trajectory of its own.
    """
    opened = truth.trajectories.select(
        "subtraject_id", "specialisme", "verzekeraar", "zorgproduct", "declaratiecode",
        jaar=pl.col("openingsdatum").dt.year(), maand=pl.col("openingsdatum").dt.month(),
    )  # fmt: skip
    declared = opened.filter(pl.col("declaratiecode").is_not_null() & pl.col("zorgproduct").is_not_null())
    supporting = [one.specialism for one in profile.groups if one.role == SUPPORTING]
    done = truth.activities.select("subtraject_id", "za_code", "aantal", "specialisme_uitvoerder").join(
        opened, on="subtraject_id", how="inner"
    )
    foreign = pl.col("specialisme_uitvoerder") != pl.col("specialisme")
    ordered = done.filter(foreign & pl.col("specialisme_uitvoerder").is_in(supporting))
    when = ("jaar", "maand", "verzekeraar")
    products = declared.group_by(
        *when, "specialisme", pl.lit(GATEKEEPING).alias("rol"), pl.col("zorgproduct").alias("code")
    ).agg(aantal=pl.len().cast(pl.Int64))
    orders = ordered.group_by(
        *when, pl.col("specialisme_uitvoerder").alias("specialisme"), pl.lit(SUPPORTING).alias("rol"),
        pl.col("za_code").alias("code"),
    ).agg(aantal=pl.col("aantal").sum().cast(pl.Int64))  # fmt: skip
    delivered = pl.concat([products, orders.filter(pl.col("aantal") > 0)]).sort(pl.all())
    own = done.filter(~foreign & pl.col("declaratiecode").is_not_null())
    return Volumes(profile, scale, delivered, _minutes(declared, own))


def _minutes(declared: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    keys = ("specialisme", "zorgproduct")
    worked = (
        own.group_by(*keys, "za_code")
        .agg(pl.col("aantal").sum().cast(pl.Int64))
        .with_columns(pl.col("aantal") * raw_minutes("za_code"))
        .group_by(keys)
        .agg(minuten=pl.col("aantal").sum())
    )
    counted = declared.group_by(keys).agg(subtrajecten=pl.len().cast(pl.Int64))
    each = settings()["normtijden"]["per_subtraject"]
    return (
        counted.join(worked, on=keys, how="left")
        .with_columns(minuten=pl.col("minuten").fill_null(0).clip(0) + each * pl.col("subtrajecten"))
        .sort(keys)
    )


def raw_minutes(column: str) -> pl.Expr:
    """By care profile class, in whole minutes."""
    rules = settings()["normtijden"]

    def of(codes: pl.Series) -> pl.Series:
        known = codes.unique(maintain_order=True).drop_nulls()
        minutes = [rules["klasse"].get(class_of(code), rules["anders"]) for code in known]
        return codes.replace_strict(known, minutes, default=rules["anders"], return_dtype=pl.Int64)

    return pl.col(column).map_batches(of, return_dtype=pl.Int64)
