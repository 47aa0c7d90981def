"""Whether the Open DIS files agree with themselves and with each other: what is found is said, and nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from puntlanding.intake.base import Account
from puntlanding.intake.opendis_layout import PROFILES, VOLUMES
from puntlanding.records.findings import EXAMPLES, Example, shown
from puntlanding.records.national import Edition, YearStatus
from puntlanding.records.reference import profile_classes

_GROUP = ["jaar", "specialisme"]


def check_years(
    volumes: pl.DataFrame,
    profiles: pl.DataFrame,
    editions: Sequence[Edition],
    files: Mapping[str, Path],
    account: Account,
) -> None:
    young = {one.year: one for one in editions if one.status in (YearStatus.PROVISIONAL, YearStatus.RUNNING)}
    if young:
        count = volumes.filter(pl.col("jaar").is_in(list(young))).height
        examples = [Example(files[VOLUMES].name, None, {"JAAR": str(year)}) for year in young]
        account.add("national_provisional", count, volumes.height, examples)
    states = volumes.select("jaar", "peildatum").unique().join(
        profiles.select("jaar", "peildatum").unique(), on="jaar", suffix="_profiel"
    )  # fmt: skip
    differ = states.filter(pl.col("peildatum").ne_missing(pl.col("peildatum_profiel")))
    _say("national_editions_differ", differ.sort("jaar"), states.height, files[PROFILES].name, account)


def check_totals(volumes: pl.DataFrame, file: str, account: Account) -> pl.DataFrame:
    """The totals per specialism as the file says them, beside what its rows add up to."""
    specialisms = _compared(volumes, _GROUP, "totaal_specialisme", file, account)
    _compared(volumes, [*_GROUP, "diagnose"], "totaal_diagnose", file, account)
    patients = volumes.group_by(_GROUP).agg(pl.col("patienten_specialisme").max().alias("patienten"))
    return (
        specialisms.join(patients, on=_GROUP)
        .select(*_GROUP, pl.col("totaal").alias("subtrajecten"), "patienten", "som_subtrajecten")
        .sort(_GROUP)
    )


def _compared(volumes: pl.DataFrame, keys: list[str], total: str, file: str, account: Account) -> pl.DataFrame:
    sums = volumes.group_by(keys).agg(
        pl.col("subtrajecten").sum().alias("som_subtrajecten"),
        pl.col(total).max().alias("totaal"),
        pl.col(total).drop_nulls().n_unique().alias("_totalen"),
    )
    several = sums.filter(pl.col("_totalen") > 1).sort(keys).drop("_totalen")
    other = sums.filter(pl.col("totaal") != pl.col("som_subtrajecten")).sort(keys).drop("_totalen")
    _say("national_totals_differ", several, sums.height, file, account, total)
    _say("national_totals", other, sums.height, file, account, total)
    return sums.drop("_totalen")


def check_profiles(profiles: pl.DataFrame, file: str, account: Account) -> None:
    """``profiles`` with ``subtrajecten`` of the product, empty where it has none."""
    products = profiles.select(*_GROUP, "zorgproduct", "subtrajecten").unique()
    alone = products.filter(pl.col("subtrajecten").is_null()).drop("subtrajecten")
    _say("national_profile_without_volume", alone.sort(alone.columns), products.height, file, account)
    keys = [*_GROUP, "zorgproduct", "za_code"]
    large = profiles.filter(pl.col("subtrajecten_met") > pl.col("subtrajecten"))
    _say("national_profile_too_large", large.select(keys).sort(keys), profiles.height, file, account)
    strange = profiles.filter(~pl.col("klasse").is_in(list(profile_classes()))).select("za_code", "klasse")
    _say("national_unknown_class", strange.sort("klasse", "za_code"), profiles.height, file, account)


def _say(check: str, wrong: pl.DataFrame, of: int, file: str, account: Account, column: str | None = None) -> None:
    if not wrong.height:
        return
    rows = wrong.head(EXAMPLES).iter_rows(named=True)
    examples = [Example(file, None, {name: shown(value) for name, value in row.items()}) for row in rows]
    account.add(check, wrong.height, of, examples, column)
