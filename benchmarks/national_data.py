"""A made-up national year in a real store, and the lists that its fold needs.

    python benchmarks/national_data.py build/national [--scale 0.01]

70 hospitals of very different size, 27 specialisms, 4,000 pairs of specialism and product, 20 million trajectories and 120 million
activities at scale 1: what a fold of 2025 reads, so four fifths opened in 2025 and one fifth in the last four months of 2024.
One hospital is in memory at a time; the store writes it (`Store.load`), so its files are those of an intake. Seeded.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from national_codes import (
    ACTIVITIES,
    DIAGNOSES,
    DIAGNOSES_EACH,
    INSURERS,
    MIXES,
    PAIRS,
    SPECIALISMS,
    SUPPORTING,
    drawn,
    zipf,
)  # fmt: skip
from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.store import Store
from puntlanding.records.tables import TableName, schema

YEAR = 2025
DELIVERED = date(YEAR + 1, 2, 15)
HOSPITALS, TRAJECTORIES, SEED, VERSION = 70, 20_000_000, 7, 2
BEFORE = 0.2  # of the trajectories: opened in the last four months of the year before
DAY = {day: np.datetime64(day, "D") for day in (date(YEAR, 1, 1), date(YEAR - 1, 9, 3), DELIVERED)}
LISTS = ("normtijden.csv", "kostprijzen.csv", "fte.csv", "ziekenhuizen.csv")
Table = dict[TableName, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Hospital:
    number: int
    trajectories: int

    @property
    def name(self) -> str:
        return f"ziekenhuis-{self.number:02}"

    @property
    def kind(self) -> str:
        return "umc" if self.number < 8 else "topklinisch" if self.number < 34 else "algemeen"


def hospitals(scale: float) -> tuple[Hospital, ...]:
    """From a fifth of the mean to three times it, before they are brought to the total."""
    sizes = np.sort(np.clip(np.random.default_rng(SEED).lognormal(0, 0.6, HOSPITALS), 0.2, 3))[::-1]
    rows = np.maximum(50, sizes / sizes.sum() * TRAJECTORIES * scale).astype(int)
    return tuple(Hospital(number, int(count)) for number, count in enumerate(rows))


def prepare(folder: Path, scale: float) -> float:
    """The data of ``scale`` under ``folder``; seconds it took, 0 where it was there already."""
    mark, wanted = folder / "gemaakt.json", {"versie": VERSION, "schaal": scale, "zaad": SEED}
    if mark.is_file() and json.loads(mark.read_text()) == wanted:
        return 0.0
    start = time.perf_counter()
    for left in (folder / "store", folder / "lists"):
        shutil.rmtree(left, ignore_errors=True)
    (folder / "lists").mkdir(parents=True)
    write_lists(folder / "lists", hospitals(scale))
    store = Store(folder / "store")
    for hospital in hospitals(scale):
        deliver(store, hospital)
    mark.write_text(json.dumps(wanted))
    return time.perf_counter() - start


def deliver(store: Store, hospital: Hospital, *, again: int = 0) -> None:
    """``again``: another seed and a later day, as a hospital that delivers its year anew."""
    made = {year: year_of(hospital, year, again) for year in (YEAR - 1, YEAR)}
    whole = {name: pl.concat([tables[name] for tables in made.values()]) for name in TableName}
    delivery = Delivery(
        trajectories=whole[TableName.TRAJECTORIES],
        activities=whole[TableName.ACTIVITIES],
        files={name: f"{name}.csv" for name in TableName},
        delivered=date(DELIVERED.year, DELIVERED.month, DELIVERED.day + again),
        reader="verzonnen",
        reader_version=1,
        key_fingerprint="verzonnen",
        sources=(SourceFile("verzonnen.csv", 0, "0" * 64),),
    )
    store.load(hospital.name, delivery, made)


def year_of(hospital: Hospital, year: int, again: int = 0) -> Table:
    random = np.random.default_rng([SEED, hospital.number, year, again])
    rows = int(hospital.trajectories * (BEFORE if year < YEAR else 1 - BEFORE))
    pair = drawn(random, PAIRS["kans"].to_numpy(), rows)
    first, days = (date(year, 9, 3), 120) if year < YEAR else (date(year, 1, 1), 365)
    opened = DAY[first] + random.integers(0, days, rows)
    lasted = random.choice([42, 60, 90, 120], rows, p=[0.3, 0.1, 0.4, 0.2]) - random.integers(0, 20, rows)
    ids = np.sort(random.integers(-(2**63), 2**63 - 1, rows))
    trajectories = _trajectories(random, hospital, ids, pair, opened, lasted)
    return {
        TableName.TRAJECTORIES: trajectories,
        TableName.ACTIVITIES: _activities(random, ids, pair, opened, lasted),
    }


def _trajectories(
    random: np.random.Generator, hospital: Hospital, ids: np.ndarray, pair: np.ndarray, opened: np.ndarray, lasted: np.ndarray
) -> pl.DataFrame:  # fmt: skip
    rows = len(ids)
    people = np.random.default_rng([SEED, hospital.number])  # the same patients in both years
    many = max(1, hospital.trajectories * 45 // 100)
    pseudonyms = people.integers(-(2**63), 2**63 - 1, many)
    ages = np.clip(
        np.where(people.random(many) < 0.25, people.integers(0, 40, many), people.normal(60, 18, many)), 0, 99
    )
    sexes = people.choice(3, many, p=[0.46, 0.5395, 0.0005])
    patient = random.integers(0, many, rows)
    closes = opened + lasted
    closed = closes <= DAY[DELIVERED]
    own = np.minimum(random.geometric(0.5, rows) - 1, DIAGNOSES_EACH - 1)
    diagnosis = PAIRS["eerste_diagnose"].to_numpy()[pair] + own
    products = PAIRS[pair]
    known = pl.Series(closed)
    frame = pl.DataFrame({
        "subtraject_id": ids,
        "zorgtraject_id": np.where(random.random(rows) < 0.6, ids, random.integers(-(2**63), 2**63 - 1, rows)),
        "patient": pseudonyms[patient],
        "specialisme": products["specialisme"],
        "diagnose": DIAGNOSES.gather(diagnosis % len(DIAGNOSES)),
        "zorgtype": pl.Series(["11", "21", "13", "51"]).gather(random.choice(4, rows, p=[0.58, 0.4, 0.01, 0.01])),
        "openingsdatum": opened,
        "sluitdatum": closes,
        "afsluitreden": pl.Series(["04", "06", "08", "12"]).gather(random.integers(0, 4, rows)),
        "zorgproduct": products["zorgproduct"],
        "declaratiecode": products["declaratiecode"],
        "verzekeraar": INSURERS.gather(drawn(random, zipf(len(INSURERS)), rows)),
        "geboortejaar": YEAR - ages[patient].astype(np.int32),
        "geslacht": pl.Series(["M", "V", "O"]).gather(sexes[patient]),
        "geregistreerd_op": np.minimum(opened + random.integers(0, 30, rows), DAY[DELIVERED]),
        "product_bekend_op": np.minimum(closes + random.integers(0, 30, rows), DAY[DELIVERED]),
    })  # fmt: skip
    open_still = ("sluitdatum", "afsluitreden", "zorgproduct", "declaratiecode", "product_bekend_op")
    uninsured = pl.Series(random.random(rows) < 0.01)
    return frame.with_columns(
        *(pl.when(known).then(pl.col(name)).alias(name) for name in open_still),
        pl.when(~uninsured).then(pl.col("verzekeraar")).alias("verzekeraar"),
    ).cast(dict(schema(TableName.TRAJECTORIES)))


def _activities(
    random: np.random.Generator, ids: np.ndarray, pair: np.ndarray, opened: np.ndarray, lasted: np.ndarray
) -> pl.DataFrame:
    """In stored order but for ties within a day. Now and then a correction of the row before: minus one of two."""
    each = 1 + random.poisson(5, len(ids))
    of = np.repeat(np.arange(len(ids), dtype=np.int64), each)
    rows = len(of)
    reach = np.minimum(lasted, (DAY[DELIVERED] - opened).astype(np.int64))
    offset = (random.random(rows, dtype=np.float32) ** 2 * (reach[of] + 1)).astype(np.int64)
    key = np.sort(of * 256 + offset)
    offset = key & 255
    what = np.empty(rows, dtype=np.int32)
    mix, chance = PAIRS["zorgzwaarte"].to_numpy()[pair][of], random.random(rows, dtype=np.float32)
    for number, cumulative in enumerate(MIXES):
        mine = mix == number
        what[mine] = np.minimum(np.searchsorted(cumulative, chance[mine]), len(ACTIVITIES) - 1)
    often = np.where(random.random(rows, dtype=np.float32) < 0.1, random.integers(2, 6, rows), 1).astype(np.int32)
    again = np.flatnonzero((of[1:] == of[:-1]) & (random.random(rows - 1, dtype=np.float32) < 0.002))
    again = again[np.diff(again, prepend=-2) > 1]
    what[again + 1], offset[again + 1], often[again], often[again + 1] = what[again], offset[again], 2, -1
    executor, own = ACTIVITIES["uitvoerder"][what], PAIRS["specialisme"][pair][of]
    day = opened[of] + offset
    return pl.DataFrame({
        "subtraject_id": ids[of],
        "za_code": ACTIVITIES["za_code"][what],
        "datum": day,
        "aantal": often,
        "specialisme_uitvoerder": executor.fill_null(own) if executor.null_count() < rows else own,
        "specialisme_aanvrager": pl.select(pl.when(executor.is_not_null()).then(own)).to_series(),
        "geregistreerd_op": np.minimum(day + random.integers(0, 10, rows), DAY[DELIVERED]),
    }).cast(dict(schema(TableName.ACTIVITIES)))  # fmt: skip


def fte_rows(every: tuple[Hospital, ...]) -> Iterator[tuple[str, str, str, int, int]]:
    """Hospital, specialism, role, care fte and working fte in hundredths: by size, never zero."""
    share: Mapping[str, float] = dict(
        PAIRS.group_by("specialisme").agg(pl.col("kans").sum()).sort("specialisme").rows()
    )
    for hospital in every:
        for specialism in SPECIALISMS:
            care = max(5, round(hospital.trajectories * share[specialism] / 20))
            yield hospital.name, specialism, "poort", care, care * 5 // 4
        for specialism in SUPPORTING:
            care = max(5, round(hospital.trajectories / 1500))
            yield hospital.name, specialism, "ondersteunend", care, care * 5 // 4


def write_lists(folder: Path, every: tuple[Hospital, ...]) -> None:
    """Norm times of all pairs and of supporters' activities, prices of diagnostics, types and fte."""
    random = np.random.default_rng(SEED)
    cents = [f"{int(one) // 100},{int(one) % 100:02}" for one in random.integers(500, 30_000, PAIRS.height + 1000)]
    lines = ["jaar;specialisme;soort;code;minuten"]
    lines += [
        f"{YEAR};{specialism};zorgproduct;{product};{minutes}"
        for (specialism, product), minutes in zip(
            PAIRS.select("specialisme", "zorgproduct").rows(), cents, strict=False
        )
    ]
    supported = ACTIVITIES.filter(pl.col("uitvoerder").is_not_null())
    lines += [
        f"{YEAR};{executor};zorgactiviteit;{code};{minutes}"
        for (executor, code), minutes in zip(
            supported.select("uitvoerder", "za_code").rows(), cents[::-1], strict=False
        )
    ]
    (folder / "normtijden.csv").write_text("\n".join([*lines, ""]))
    prices = [
        f"{YEAR};{code};{amount}" for code, amount in zip(supported["za_code"].unique().sort(), cents, strict=False)
    ]
    (folder / "kostprijzen.csv").write_text("\n".join(["jaar;zorgactiviteit;bedrag", *prices, ""]))
    kinds = [f"{one.name};{one.kind}" for one in every]
    (folder / "ziekenhuizen.csv").write_text("\n".join(["ziekenhuis;type", *kinds, ""]))
    fte = [";".join(map(str, row)) for row in fte_rows(every)]
    (folder / "fte.csv").write_text("\n".join(["ziekenhuis;specialisme;rol;zorg;werkzaam", *fte, ""]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=0.01)
    given = parser.parse_args()
    seconds = prepare(given.folder, given.scale)
    size = sum(path.stat().st_size for path in (given.folder / "store").rglob("*.parquet"))
    print(f"{given.folder}: {size / 1e6:,.0f} MB, made in {seconds:.1f} s" if seconds else f"{given.folder}: was there")


if __name__ == "__main__":
    main()
