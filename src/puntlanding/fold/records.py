"""The records that a year's contribution is made of, with for each trajectory what it counts as."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from puntlanding.contribution.tables import ALL
from puntlanding.fold.rules import UNKNOWN_AGE, FoldRules, age_bands, settings
from puntlanding.records.store import Records

# What becomes of a trajectory's product, in the order in which it is decided.
OUTPUT, IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED = (
    "met_output",
    "in_behandeling",
    "zonder_zorgproduct",
    "uitval",
    "onverzekerd",
)
FATES = (OUTPUT, IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED)
_TRAJECTORY = (
    "subtraject_id", "patient", "specialisme", "diagnose", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geboortejaar", "geslacht",
)  # fmt: skip
_ACTIVITY = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder")


@dataclass(frozen=True, slots=True)
class InScope:
    """Trajectories opened in the year, and those opened the year before that were open in it; with all of their activities.

    ``trajectories``: subtraject_id, patient, specialisme, diagnose, zorgproduct, contract, open (month of the year it opened in,
    0: the year before), sluit (month of the year it closed in, 0: not in the year), lot (one of `FATES`), diagnosegroep,
    leeftijd, geslacht. ``activities``: `_ACTIVITY` columns, ``datum`` as it stands.
    """

    trajectories: pl.DataFrame
    activities: pl.DataFrame


def in_scope(records: Records, before: Records | None, rules: FoldRules) -> InScope:
    """``before``: the records opened in the year before, where the store has them."""
    trajectories = records.trajectories.select(_TRAJECTORY)
    activities = records.activities.select(_ACTIVITY)
    if before is not None:
        began = pl.lit(date(rules.year, 1, 1))
        still = before.trajectories.select(_TRAJECTORY).filter(
            pl.col("sluitdatum").is_null() | (pl.col("sluitdatum") >= began)
        )
        older = before.activities.select(_ACTIVITY).join(still.select("subtraject_id"), on="subtraject_id", how="semi")
        trajectories, activities = pl.concat([trajectories, still]), pl.concat([activities, older])
    found, done = pl.collect_all([trajectories, activities])
    return InScope(_told(found, rules), done)


def _told(trajectories: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    claims_known = trajectories["declaratiecode"].null_count() < trajectories.height
    return trajectories.lazy().select(
        "subtraject_id", "patient", "specialisme", "diagnose", "zorgproduct",
        _contract(rules).alias("contract"),
        _month("openingsdatum", rules.year).alias("open"),
        _month("sluitdatum", rules.year).alias("sluit"),
        _fate(claims_known=claims_known).alias("lot"),
        _diagnosis_group(rules).alias("diagnosegroep"),
        _age_band(rules.year).alias("leeftijd"),
        pl.col("geslacht").fill_null("O").alias("geslacht"),
    ).collect()  # fmt: skip


def _month(column: str, year: int) -> pl.Expr:
    day = pl.col(column)
    return pl.when(day.dt.year() == year).then(day.dt.month()).otherwise(0).cast(pl.Int8)


def _contract(rules: FoldRules) -> pl.Expr:
    if not rules.contracts:
        return pl.lit(rules.rest)
    return pl.col("verzekeraar").replace_strict(dict(rules.contracts), default=rules.rest, return_dtype=pl.String)


def _fate(*, claims_known: bool) -> pl.Expr:
    """Methods §1. Where an export carries no claim codes at all, the product alone decides."""
    rules = settings()["declaratie"]
    product, claim = pl.col("zorgproduct"), pl.col("declaratiecode")
    dropped = product.str.slice(0, 6).is_in(rules["uitval"])
    if claims_known:
        dropped |= claim.is_null()
    return (
        pl.when(product.is_null() & pl.col("sluitdatum").is_null())
        .then(pl.lit(IN_FLIGHT))
        .when(product.is_null())
        .then(pl.lit(NO_PRODUCT))
        .when(dropped)
        .then(pl.lit(DROPPED))
        .when(claim.str.slice(0, 2).is_in(rules["onverzekerd"]).fill_null(value=False))
        .then(pl.lit(UNINSURED))
        .otherwise(pl.lit(OUTPUT))
    )


def _diagnosis_group(rules: FoldRules) -> pl.Expr:
    alone = pl.col("diagnose").fill_null(UNKNOWN_AGE)
    if rules.diagnosis_groups is None:
        return alone
    groups: Mapping[str, str] = {
        f"{of} {diagnosis}": group for (of, diagnosis), group in rules.diagnosis_groups.groups.items()
    }
    both = pl.concat_str("specialisme", pl.lit(" "), "diagnose")
    return both.replace_strict(groups, default=alone, return_dtype=pl.String)


def _age_band(year: int) -> pl.Expr:
    """By the age reached in the year: only the year of birth is known."""
    age = pl.lit(year) - pl.col("geboortejaar")
    found = pl.lit(UNKNOWN_AGE)
    for first, label in age_bands():
        found = pl.when(age >= first).then(pl.lit(label)).otherwise(found)
    return found


__all__ = ["ALL", "FATES", "OUTPUT", "InScope", "in_scope"]
