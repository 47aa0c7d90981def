"""Mean profiles: which activities a trajectory of a product has on average; surcharges; and which route a product is.

Sources: a list that the user typed, or the national figures: SOM_AANTAL_ZAT ÷ AANTAL_SUBTRAJECT_PER_ZPD (data-facts §4.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

import polars as pl

from puntlanding.explain import Source
from puntlanding.records.national import National, YearStatus

PRODUCT = ("specialisme", "zorgproduct")
# `aantal` ÷ `per` is the mean of one activity; `per` is one number per product. `rij`: the row it was typed in.
PROFILES = pl.Schema(
    {
        **dict.fromkeys((*PRODUCT, "zorgactiviteit"), pl.String()),
        "aantal": pl.Int64(),
        "per": pl.Int64(),
        "rij": pl.Int64(),
    }
)
OPERATIVE_CLASS = "5"  # zorgprofielklasse of operations (data-facts §4.5)
OPERATIVE_FROM = Fraction(1, 2)  # mean number of operations per trajectory (local)
Product = tuple[str, str]


class Route(StrEnum):
    OPERATIVE = "operatief"
    CONSERVATIVE = "conservatief"


@dataclass(frozen=True, slots=True)
class Profiles:
    """``frame`` has `PROFILES`, each product × activity once. ``unknown`` are products whose mean cannot be made, since the
    source does not say how many trajectories there were. ``year`` is the one of the national figures. ``no_time`` are
    activities that the user stated to take the specialist no time: 0 minutes where they have no norm time.
    """

    frame: pl.DataFrame
    file: str
    unknown: tuple[Product, ...] = ()
    year: int | None = None
    no_time: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surcharge:
    minutes: Fraction
    source: Source


@dataclass(frozen=True, slots=True)
class Surcharges:
    """Minutes per trajectory on top of the activities: by (year, specialism, product), or product None for all others."""

    by_key: Mapping[tuple[int, str, str | None], Surcharge] = field(default_factory=dict)

    def find(self, year: int, specialism: str, product: str) -> Surcharge | None:
        own = self.by_key.get((year, specialism, product))
        return own or self.by_key.get((year, specialism, None))


def profile_year(national: National) -> int | None:
    """The latest year that is final; where none is, the latest at all."""
    final = [one.year for one in national.editions if one.status is YearStatus.FINAL]
    return max(final or [one.year for one in national.editions], default=None)


def national_profiles(national: National, year: int, file: str) -> Profiles:
    """Of one year; a product stands in the profiles of every specialism that delivers it."""
    mine = national.profiles.filter(pl.col("jaar") == year)
    keys = [*PRODUCT, pl.col("za_code").alias("zorgactiviteit")]
    summed = mine.group_by(keys).agg(pl.col("aantal").sum(), pl.col("subtrajecten").max().alias("per"))
    known = (pl.col("per") > 0).fill_null(value=False)
    unknown = summed.filter(~known).select(PRODUCT).unique().sort(PRODUCT)
    kept = summed.filter(known).join(unknown, on=PRODUCT, how="anti").with_columns(pl.lit(None, pl.Int64).alias("rij"))
    frame = kept.select(list(PROFILES)).cast(PROFILES).sort([*PRODUCT, "zorgactiviteit"])
    return Profiles(frame, file, tuple(unknown.rows()), year)


def national_classes(national: National, year: int) -> Mapping[str, str]:
    """Activity → zorgprofielklasse, without leading zeros."""
    pairs = (
        national.profiles.filter(pl.col("jaar") == year)
        .select("za_code", "klasse")
        .drop_nulls()
        .unique()
        .sort("za_code")
    )
    return {code: plain_class(str(found)) for code, found in pairs.rows()}


def plain_class(text: str) -> str:
    return text.strip().lstrip("0")


def routes_from(profiles: Profiles, classes: Mapping[str, str]) -> Mapping[Product, Route]:
    """Operative: on average at least one operation per two trajectories (local). Every product of ``profiles`` gets one."""
    operations = [code for code, found in classes.items() if found == OPERATIVE_CLASS]
    counted = profiles.frame.group_by(PRODUCT).agg(
        pl.col("aantal").filter(pl.col("zorgactiviteit").is_in(operations)).sum(), pl.col("per").first()
    )
    return {
        (specialism, product): Route.OPERATIVE if Fraction(count, per) >= OPERATIVE_FROM else Route.CONSERVATIVE
        for specialism, product, count, per in counted.sort(PRODUCT).rows()
    }
