"""A made-up hospital of which one group did not operate for a while: what it delivers in the course of its year."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.case_files import write_case
from puntlanding.demo.exports import EXPORTS
from puntlanding.demo.hospitals import generate
from puntlanding.demo.profile import profiles

YEAR, SCALE, SEED = 2024, 0.01, 1
BEFORE, DURING, AFTER = date(2023, 12, 31), date(2024, 5, 31), date(2025, 6, 30)
SPECIALISM, CLOSED, OPEN_AGAIN = (
    "0305",
    "2024-02-01",
    "2024-06-01",
)  # nobody new was operated on from the first until the second
LATER = ("prognose.csv", "realisatie.csv", "begroting.csv", "efficiency.csv")  # what comes from the records


def written(folder):
    """The case with which the year begins, and the day of each delivery with its files."""
    truth = next(iter(generate(1, range(YEAR - 3, YEAR + 1), SCALE, SEED)))
    profile = next(iter(profiles(1, SEED)))
    case = [one for one in write_case(truth, profile, YEAR, folder / "case", SCALE) if one.name not in LATER]
    agreement = folder / "case" / "afspraak.toml"
    text = agreement.read_text(encoding="utf-8").replace("[benchmark]\n", '[benchmark]\nbasisjaar = "T-2"\n')
    agreement.write_text(
        text, encoding="utf-8"
    )  # of the year before the records are not complete when the budget is made
    found = {}
    for day in (BEFORE, DURING, AFTER):
        place = folder / day.isoformat()
        EXPORTS["neutraal"](truth, place, as_of=day)
        _closed(place)
        found[day] = sorted(str(one) for one in place.iterdir())
    return [str(one) for one in sorted(case)], found


def budget_of(case):
    """The made-up budget that belongs to the case."""
    return str(Path(case[0]).with_name("begroting.csv"))


def _closed(place):
    """Without the care paths that would have begun while the group was closed."""
    rows = {
        name: pl.read_csv(place / f"{name}.csv", separator=";", infer_schema=False)
        for name in ("subtrajecten", "zorgactiviteiten")
    }
    paths = rows["subtrajecten"]
    begun = paths.filter(
        pl.col("specialisme") == SPECIALISM, pl.col("zorgtype") == "11",
        pl.col("openingsdatum").is_between(pl.lit(CLOSED), pl.lit(OPEN_AGAIN), closed="left"),
    )  # fmt: skip
    kept = paths.filter(~pl.col("zorgtraject_id").is_in(begun["zorgtraject_id"].implode()))
    activities = rows["zorgactiviteiten"].filter(pl.col("subtraject_id").is_in(kept["subtraject_id"].implode()))
    kept.write_csv(place / "subtrajecten.csv", separator=";")
    activities.write_csv(place / "zorgactiviteiten.csv", separator=";")
