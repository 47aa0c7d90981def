"""Synthetic norm times that fit the synthetic volumes. Norm times of the real world are set by the scientific societies."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from puntlanding.demo.volumes import GATEKEEPING, SUPPORTING, Volumes, raw_minutes, settings

PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_STEPS = 100  # norm times in hundredths of a minute


def rate(specialism: str, role: str) -> int:
    """Norm hours per fte."""
    rates = settings()["benchmark"]
    return int(rates[role].get(specialism, rates["anders"]))


def norm_times(hospitals: Sequence[Volumes]) -> pl.DataFrame:
    """specialisme, rol, soort, code, minuten: the same for all ``hospitals``, as norm times are.

    Within a specialism minutes are proportional to the mean care profile (collective.toml [normtijden]). One factor per
    specialism and role brings them to the benchmark: all hospitals together, over all years, need their fte × rate hours.
    So together they come out at their fte, and each of them by how its own volumes and mix differ.
    """
    found = pl.concat([_products(hospitals), _activities(hospitals)])
    minutes = pl.col("ruw") * pl.col("_doel") / pl.col("_totaal") / pl.col("aantal")
    return (
        found.join(_targets(hospitals), on=["specialisme", "rol"])
        .with_columns(_totaal=pl.col("ruw").sum().over("specialisme", "rol"))
        .with_columns(minuten=(minutes * _STEPS).round().clip(1).cast(pl.Int64) / _STEPS)
        .select("specialisme", "rol", "soort", "code", "minuten")
        .sort("specialisme", "rol", "code")
    )


def _products(hospitals: Sequence[Volumes]) -> pl.DataFrame:
    """``ruw``: raw minutes of all ``aantal`` together."""
    counted = pl.concat([one.minutes for one in hospitals]).group_by("specialisme", "zorgproduct")
    return counted.agg(ruw=pl.col("minuten").sum(), aantal=pl.col("subtrajecten").sum()).select(
        "specialisme",
        pl.lit(GATEKEEPING).alias("rol"),
        pl.lit(PRODUCT).alias("soort"),
        pl.col("zorgproduct").alias("code"),
        "ruw",
        "aantal",
    )


def _activities(hospitals: Sequence[Volumes]) -> pl.DataFrame:
    """Between half and one and a half of what the class says, by the digits of the code: seldom alike, and always the same."""
    spread = pl.col("code").cast(pl.Int64, strict=False).fill_null(5) % 11 + 5
    counted = pl.concat([one.delivered.filter(pl.col("rol") == SUPPORTING) for one in hospitals])
    together = counted.group_by("specialisme", "rol", "code").agg(pl.col("aantal").sum())
    raw = pl.col("aantal") * raw_minutes("code") * spread
    return together.select("specialisme", "rol", pl.lit(ACTIVITY).alias("soort"), "code", raw.alias("ruw"), "aantal")


def _targets(hospitals: Sequence[Volumes]) -> pl.DataFrame:
    """Minutes that a specialism's work should take: fte × rate × 60, over the years that there is work of."""
    wanted: dict[tuple[str, str], float] = {}
    for hospital in hospitals:
        years = hospital.delivered["jaar"].unique().sort().to_list()
        for group in hospital.profile.groups:
            key = (group.specialism, group.role)
            hours = sum(hospital.fte(group, year) for year in years) * rate(*key)
            wanted[key] = wanted.get(key, 0.0) + hours * 60
    rows = [(*key, minutes) for key, minutes in wanted.items()]
    return pl.DataFrame(rows, schema={"specialisme": pl.String, "rol": pl.String, "_doel": pl.Float64}, orient="row")
