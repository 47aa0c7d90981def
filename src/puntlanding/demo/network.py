"""A store with the records of made-up hospitals, and beside it what each of them typed: all that a year needs after the intake.

DIR/leveringen/ziekenhuis-01/…                   the exports, as the hospitals' systems gave them
DIR/sleutels/ziekenhuis-01.sleutel               each hospital's own key, outside the store
DIR/opslag/                                      the store: the exports read, pseudonymised, checked and kept
DIR/opslag/ziekenhuis-01/case-2025/              the agreement of that year, the groups, their formation, the costs
DIR/normtijden.csv, kostprijzen.csv, ziekenhuizen.csv
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from puntlanding.demo.case_files import (
    agreement_of,
    contracts_of,
    costs_of,
    decimals,
    formation_of,
    group_names,
    groups_of,
)
from puntlanding.demo.exports import neutraal
from puntlanding.demo.exports.base import write_table
from puntlanding.demo.exports.classes import class_of
from puntlanding.demo.hospitals import generate
from puntlanding.demo.new_folder import new_folder
from puntlanding.demo.norm_times import norm_times
from puntlanding.demo.volumes import Volumes, settings, volumes
from puntlanding.intake import reader
from puntlanding.intake.base import Options
from puntlanding.intake.examine import load
from puntlanding.intake.receive import receive
from puntlanding.records.findings import failed
from puntlanding.records.pseudonyms import KEY_BYTES, Key, save_key
from puntlanding.records.store import Store

DIAGNOSTIC_CLASSES = ("4", "7", "8", "9", "10", "11")  # data-facts §4.5
YEARS = 3  # a year, the one its budget rests on, and the one before, of which that still has work
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """One hospital in the new store."""

    slug: str
    name: str
    kind: str
    trajectories: int
    activities: int


def write_network(
    target: Path,
    hospitals: int,
    year: int,
    scale: float,
    seed: int,
    progress: Progress = lambda rows: None,
) -> list[Kept]:
    """``year`` and the two before it: its budget rests on the year before, which was partly opened in the one before that.

    Everything is known half a year after ``year``, when all of it has closed. Raises FileExistsError where something
    is at ``target`` already, and InputError where it cannot be written; then nothing is there.
    """
    kept: list[Kept] = []
    with new_folder(target) as staged:
        kept += _write(staged, hospitals, range(year - YEARS + 1, year + 1), scale, seed, progress)
    return kept


def _write(folder: Path, hospitals: int, years: range, scale: float, seed: int, progress: Progress) -> list[Kept]:
    store = Store(folder / "opslag")
    (folder / "sleutels").mkdir()
    kept, counted, codes = [], list[Volumes](), set[str]()
    known = date(years[-1] + 1, 6, 30)
    for truth in generate(hospitals, years, scale, seed):
        export = folder / "leveringen" / truth.slug
        neutraal.write(truth, export, as_of=known)
        key = _key(seed, truth.slug)
        save_key(folder / "sleutels" / f"{truth.slug}.sleutel", key)
        delivery = receive(reader("neutraal"), export, Options(), key, known)
        delivery, loaded = load(delivery, None, store, truth.slug)
        if loaded is None:
            raise AssertionError(f"a made-up delivery failed its checks: {failed(delivery.findings)}")
        kept.append(Kept(truth.slug, truth.name, truth.kind, delivery.trajectories.height, delivery.activities.height))
        counted.append(volumes(truth, truth.profile, scale))
        codes |= set(truth.activities["za_code"].unique())
        progress(truth.trajectories.height + truth.activities.height)
    _lists(folder, kept, counted, sorted(codes), years)
    return kept


def _key(seed: int, hospital: str) -> Key:
    """Of a made-up hospital only: a real key is drawn by chance, and then nobody else could make the same store."""
    return Key(sha256(f"puntlanding demo {seed} {hospital}".encode()).digest()[:KEY_BYTES])


def _lists(folder: Path, kept: Sequence[Kept], counted: Sequence[Volumes], codes: Sequence[str], years: range) -> None:
    times, prices = _norm_times(counted, years), _cost_prices(codes, years)
    write_table(times, folder / "normtijden.csv")
    write_table(prices, folder / "kostprijzen.csv")
    kinds = pl.DataFrame({"ziekenhuis": [one.slug for one in kept], "type": [one.kind for one in kept]})
    write_table(kinds, folder / "ziekenhuizen.csv")
    for hospital in counted:
        for year in years[1:]:
            case = folder / "opslag" / hospital.profile.slug / f"case-{year}"
            _write_case(hospital, year, case)
            write_table(times, case / "normtijden.csv")
            write_table(prices, case / "kostprijzen.csv")
            write_table(kinds, case / "ziekenhuizen.csv")


def _write_case(hospital: Volumes, year: int, folder: Path) -> None:
    """What only people can tell; volumes, realisation, efficiency and benchmark follow from the store."""
    groups = group_names(hospital.profile, hospital.delivered.filter(pl.col("jaar") == year))
    folder.mkdir(parents=True)
    text = agreement_of(hospital, groups, contracts_of(hospital.delivered), year)
    (folder / "afspraak.toml").write_text(text, encoding="utf-8", newline="\n")
    for name, frame in (
        ("vakgroepen", groups_of(groups)),
        ("formatie", formation_of(hospital, groups, year)),
        ("kosten", costs_of(hospital, groups, year)),
    ):
        write_table(frame, folder / f"{name}.csv")


def _norm_times(counted: Sequence[Volumes], years: range) -> pl.DataFrame:
    """Every year a little different, as the societies revise them: by the digits of the code, up or down by at most 3 %."""
    base = norm_times(counted)
    parts = []
    for place, year in enumerate(years):
        drift = (pl.col("code").cast(pl.Int64) % 7 - 3) * place
        minutes = ((pl.col("minuten") * 100).round().cast(pl.Int64) * (100 + drift) // 100).clip(1)
        parts.append(base.with_columns(minutes.alias("_honderdsten"), pl.lit(year).alias("jaar")))
    whole = pl.concat(parts)
    texts = [decimals(value / 100) for value in whole["_honderdsten"].to_list()]
    minutes_text = pl.Series("minuten", texts, dtype=pl.String)
    return whole.with_columns(minutes_text).select("jaar", "specialisme", "soort", "code", "minuten")


def _cost_prices(codes: Sequence[str], years: range) -> pl.DataFrame:
    prices = settings()["kostprijzen"]
    rows = [
        (year, code, decimals(prices[class_of(code)] * (5 + int(code) % 11) / 10))
        for year in years
        for code in codes
        if class_of(code) in DIAGNOSTIC_CLASSES
    ]
    return pl.DataFrame(rows, schema={"jaar": pl.Int64, "zorgactiviteit": pl.String, "bedrag": pl.String}, orient="row")
