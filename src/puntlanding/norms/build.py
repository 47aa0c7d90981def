"""Norm times of products, built from those of activities: Σ activity norm time × mean in the profile + surcharge.

[PZ] bijlage 2 §1.B, methods §1. Rounded half-up to hundredths of a minute, once, at the end. A product with an activity that
has no norm time is not built but reported: an activity that takes the specialist no time has a norm time of 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from puntlanding.explain import Node, Source, Unit, cell, constant, lazy_total, product, quotient, total
from puntlanding.norms.norm_times import CodeKind
from puntlanding.norms.profiles import PRODUCT, Product, Profiles, Surcharges
from puntlanding.norms.table import HUNDREDTHS, SCHEMA, NormTable
from puntlanding.quantities import ZERO, half_up

NO_TIME = "--no-time"  # the option by which activities are stated to take no time
_ACTIVITY = ("specialisme", "zorgactiviteit")


@dataclass(frozen=True, slots=True)
class BuiltTime:
    """``node`` is the rounded norm time with its tree: activities, surcharge, rounding."""

    specialism: str
    product: str
    hundredths: int
    node: Node


@dataclass(frozen=True, slots=True)
class MissingActivity:
    """An activity without a norm time, and how many products it keeps from being built."""

    specialism: str
    activity: str
    products: int


@dataclass(frozen=True, slots=True)
class Built:
    """``not_built``: product → its activities without a norm time (none: the source does not say how many trajectories)."""

    year: int
    times: tuple[BuiltTime, ...]
    missing: tuple[MissingActivity, ...]
    not_built: Mapping[Product, tuple[str, ...]] = field(default_factory=dict)
    stated: int = 0  # activities of a specialism at 0 minutes because the user said so

    def frame(self) -> pl.DataFrame:
        """Rows of a `NormTable`."""
        kind = CodeKind.CARE_PRODUCT.value
        rows = [(self.year, one.specialism, kind, one.product, one.hundredths) for one in self.times]
        return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def build(table: NormTable, profiles: Profiles, surcharges: Surcharges, year: int) -> Built:
    """Norm times of ``year`` for every product of ``profiles``."""
    priced = activity_minutes(table, profiles, year)
    lacking = priced.filter(pl.col("minuten").is_null())
    whole = priced.join(lacking, on=PRODUCT, how="anti", maintain_order="left")
    worked = (pl.col("aantal").cast(pl.Int128) * pl.col("minuten").cast(pl.Int128)).sum().alias("som")
    sums = whole.group_by(PRODUCT).agg(worked, pl.col("per").first()).sort(PRODUCT)
    times = tuple(
        _built(profiles, whole, table.file, surcharges, year, (specialism, code), Fraction(sum_, per * HUNDREDTHS))
        for specialism, code, sum_, per in sums.rows()
    )
    counted = lacking.group_by(_ACTIVITY).agg(pl.len()).sort("len", *_ACTIVITY, descending=[True, False, False])
    not_built: dict[Product, tuple[str, ...]] = dict.fromkeys(profiles.unknown, ())
    for specialism, code, activities in (
        lacking.group_by(PRODUCT).agg(pl.col("zorgactiviteit").sort()).sort(PRODUCT).rows()
    ):
        not_built[specialism, code] = tuple(activities)
    missing = tuple(MissingActivity(*row) for row in counted.rows())
    stated = priced.filter("opgegeven").select(_ACTIVITY).n_unique()
    return Built(year, times, missing, dict(sorted(not_built.items())), stated)


def activity_minutes(table: NormTable, profiles: Profiles, year: int) -> pl.DataFrame:
    """The profiles' rows with ``minuten``: the activity's norm time in hundredths, empty where there is none; ``opgegeven``:
    it has none and was stated to take no time.
    """
    activities = table.of(year).filter(pl.col("soort") == CodeKind.ACTIVITY.value)
    times = activities.select("specialisme", pl.col("code").alias("zorgactiviteit"), "minuten")
    found = profiles.frame.join(times, on=_ACTIVITY, how="left", maintain_order="left")
    stated = pl.col("minuten").is_null() & pl.col("zorgactiviteit").is_in(sorted(profiles.no_time))
    return found.with_columns(pl.when(stated).then(0).otherwise("minuten").alias("minuten"), stated.alias("opgegeven"))


def _built(
    profiles: Profiles, priced: pl.DataFrame, norm_file: str, surcharges: Surcharges, year: int, key: Product, worked: Fraction
) -> BuiltTime:  # fmt: skip
    specialism, code = key

    def parts() -> tuple[Node, ...]:
        mine = priced.filter((pl.col("specialisme") == specialism) & (pl.col("zorgproduct") == code))
        return tuple(
            _line(profiles, norm_file, *row)
            for row in mine.select("zorgactiviteit", "aantal", "per", "rij", "minuten", "opgegeven").rows()
        )

    activities = lazy_total("profile_minutes", Unit.MINUTES, worked, parts, subject=code)
    extra = surcharges.find(year, specialism, code)
    added = () if extra is None else (cell("surcharge", extra.minutes, Unit.MINUTES, extra.source, subject=code),)
    exact = total("norm_time_exact", Unit.MINUTES, (activities, *added), subject=code)
    hundredths = half_up(exact.value, 2)
    correction = Fraction(hundredths, HUNDREDTHS) - exact.value
    if correction == ZERO:
        return BuiltTime(specialism, code, hundredths, exact.named("norm_time"))
    rounding = constant("norm_time_rounding", correction, Unit.MINUTES, subject=code)
    node = total("norm_time", Unit.MINUTES, (exact, rounding), subject=code)
    return BuiltTime(specialism, code, hundredths, node)


def _line(
    profiles: Profiles, norm_file: str, activity: str, count: int, per: int, row: int | None, minutes: int, stated: bool
) -> Node:
    """One activity: its norm time × its mean, down to where both were read."""
    place = Source(NO_TIME, None, None) if stated else Source(norm_file, None, "minuten")
    time = cell("norm_time", Fraction(minutes, HUNDREDTHS), Unit.MINUTES, place, subject=activity)
    return product("norm_minutes", Unit.MINUTES, time, _mean(profiles, activity, count, per, row), subject=activity)


def _mean(profiles: Profiles, activity: str, count: int, per: int, row: int | None) -> Node:
    """What was typed, or — nationally — how often ÷ in how many trajectories."""
    if profiles.year is None:
        return cell("mean", Fraction(count, per), Unit.COUNT, Source(profiles.file, row, "gemiddeld"), subject=activity)
    often = cell("volume", Fraction(count), Unit.COUNT, Source(profiles.file, None, "aantal"), subject=activity)
    of = cell("trajectories", Fraction(per), Unit.COUNT, Source(profiles.file, None, "subtrajecten"), subject=activity)
    return quotient("mean", Unit.COUNT, often, of, subject=activity)
