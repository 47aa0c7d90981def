"""Made-up hospitals for measuring the forecast, as `History` in memory: 15 groups, 125,000 trajectories a year, four years.

The generator is the project's own (demo/), in its three variants. 2022-2024 is history and 2025 the year to forecast. Development
hospitals and held-out ones have different seeds; a method is chosen on the first and looked at once on the second.
Arrays are kept as .npz in a folder, because making one hospital takes longer than forecasting it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from puntlanding.demo.codebook import codebook
from puntlanding.demo.exports.classes import OPERATIVE, class_of
from puntlanding.demo.hospitals import _hospital
from puntlanding.demo.norm_times import norm_times
from puntlanding.demo.openings import Variant
from puntlanding.demo.profile import Profile, profiles
from puntlanding.demo.truth import Truth
from puntlanding.demo.volumes import volumes
from puntlanding.forecast.history import (
    NEVER,
    Activities,
    ActivityClass,
    History,
    Ints,
    Trajectories,
    day_number,
)

YEARS = (2022, 2023, 2024, 2025)
GROUPS, TRAJECTORIES = 15, 125_000
VARIANTS = tuple(variant.value for variant in Variant)
DEVELOPMENT = tuple(range(6001, 6009))  # per variant; seed + 100 × place of the variant
HELD_OUT = tuple(range(9701, 9707))
ALL_KNOWN = date(2026, 12, 31)
VISITS = ("190060", "190013", "190025", "190019", "190015")
_KIND = {
    **dict.fromkeys(VISITS, ActivityClass.VISIT),
    "190090": ActivityClass.DAY_TREATMENT,
    "190218": ActivityClass.NURSING_DAY,
}


def hospital(variant: str, seed: int, folder: Path) -> History:
    """All that was ever recorded of it; `History.as_known` makes an earlier day of it. Kept in ``folder``."""
    path = folder / f"{variant}-{seed}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = generated(variant, seed)
        staged = path.with_suffix(".part.npz")
        np.savez(staged, **_arrays(made))
        staged.rename(path)
    return _history(path)


def generated(variant: str, seed: int) -> History:
    profile = _profile(seed)
    book = codebook(None, (date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)))
    truth = _hospital(profile, book, YEARS, 1.0, seed, Variant(variant))
    return history_of(truth, profile)


def _profile(seed: int) -> Profile:
    """A general hospital's largest groups, without supporting ones: those are forecast on other records."""
    one = profiles(3, seed)[1 + seed % 2]
    largest = sorted(one.gatekeepers, key=lambda group: -group.yearly)[:GROUPS]
    scale = TRAJECTORIES / sum(group.yearly for group in largest)
    groups = [replace(group, yearly=group.yearly * scale) for group in one.gatekeepers if group in largest]
    return replace(one, groups=tuple(groups), size=float(TRAJECTORIES))


def history_of(truth: Truth, profile: Profile, year: int = YEARS[-1]) -> History:
    times = norm_times([volumes(truth, profile, 1.0)]).filter(pl.col("rol") == "poort")
    rows = truth.trajectories.with_row_index("_rij").sort("openingsdatum", "subtraject_id", maintain_order=True)
    rows = rows.join(
        times.select("specialisme", zorgproduct="code", minuten=(pl.col("minuten") * 100).round().cast(pl.Int64)),
        on=["specialisme", "zorgproduct"],
        how="left",
        maintain_order="left",
    )
    groups = tuple(sorted(rows["specialisme"].unique()))
    contracts = tuple(sorted(rows["verzekeraar"].fill_null("").unique()))
    day = {name: rows[name].to_physical().fill_null(NEVER).to_numpy().astype(np.int64) for name in _DAYS}
    trajectories = Trajectories(
        group=_places(rows["specialisme"], groups),
        opened=day["openingsdatum"],
        closed=day["sluitdatum"],
        recorded=day["geregistreerd_op"],
        known=day["product_bekend_op"],
        minutes=rows["minuten"].fill_null(0).to_numpy().astype(np.int64),
        priced=rows["minuten"].is_not_null().to_numpy(),
        care_type=rows["zorgtype"].cast(pl.Int64).to_numpy(),
        diagnosis=_places(rows["diagnose"], tuple(sorted(rows["diagnose"].unique()))),
        contract=_places(rows["verzekeraar"].fill_null(""), contracts),
    )
    place = rows.select("subtraject_id", _plaats=pl.int_range(pl.len(), dtype=pl.Int64))
    kinds = {code: _kind(code) for code in truth.activities["za_code"].unique()}
    known = {code: int(kind) for code, kind in kinds.items() if kind is not None}
    done = (
        truth.activities.filter(pl.col("za_code").is_in(list(known)))
        .with_columns(_soort=pl.col("za_code").replace_strict(known, return_dtype=pl.Int64))
        .join(place, on="subtraject_id", how="inner")
        .sort("_plaats", "datum", "verrichting")
    )
    activities = Activities(
        trajectory=done["_plaats"].to_numpy().astype(np.int64),
        kind=done["_soort"].to_numpy().astype(np.int64),
        day=done["datum"].to_physical().to_numpy().astype(np.int64),
        recorded=done["geregistreerd_op"].to_physical().to_numpy().astype(np.int64),
        quantity=done["aantal"].to_numpy().astype(np.int64),
    )
    first = date(YEARS[0], 1, 1)
    return History(ALL_KNOWN, year, groups, contracts, trajectories, activities, first=first)


_DAYS = ("openingsdatum", "sluitdatum", "geregistreerd_op", "product_bekend_op")


def _kind(code: str) -> ActivityClass | None:
    return _KIND.get(code, ActivityClass.OPERATION if class_of(code) == OPERATIVE else None)


def _places(column: pl.Series, names: Sequence[str]) -> Ints:
    places = {name: at for at, name in enumerate(names)}
    return column.replace_strict(places, return_dtype=pl.Int64).to_numpy().astype(np.int64)


def _arrays(made: History) -> dict[str, np.ndarray]:
    found = {"groups": np.array(made.groups), "contracts": np.array(made.contracts), "year": np.array(made.year)}
    for name, table in (("t", made.trajectories), ("a", made.activities)):
        for field in fields(table):
            column = getattr(table, field.name)
            found[f"{name}_{field.name}"] = column if column.dtype == bool else column.astype(np.int32)
    return found


def _history(path: Path) -> History:
    with np.load(path) as kept:
        tables = [
            kind(*(_wide(kept[f"{name}_{field.name}"]) for field in fields(kind)))
            for name, kind in (("t", Trajectories), ("a", Activities))
        ]
        groups, contracts = tuple(map(str, kept["groups"])), tuple(map(str, kept["contracts"]))
        return History(ALL_KNOWN, int(kept["year"]), groups, contracts, *tables, first=date(YEARS[0], 1, 1))


def _wide(column: np.ndarray) -> np.ndarray:
    return column if column.dtype == bool else column.astype(np.int64)


def seeds(held_out: bool) -> list[tuple[str, int]]:
    chosen = HELD_OUT if held_out else DEVELOPMENT
    return [(variant, seed + 100 * at) for at, variant in enumerate(VARIANTS) for seed in chosen]


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0])
    for variant, seed in seeds("--held-out" in arguments):
        made = hospital(variant, seed, folder)
        of_year = (made.trajectories.opened >= day_number(date(made.year, 1, 1))).sum()
        print(
            variant, seed, len(made.groups), "groups", len(made.trajectories), "trajectories,", of_year, "in the year"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
