"""The same fold in pandas, hospital by hospital: what an analyst would write, with codes as categories.

    python benchmarks/peers/fold_pandas.py DATA OUT

Reading is pandas' own (with pyarrow): only the columns needed, codes as categories and dates as datetimes from the start. What
holds for every hospital is prepared once. OUT/seconds.txt holds the seconds of reading and of all the rest; results are left as
Parquet, by Polars, uncounted. It leaves out what the fold does besides: the counts for the checks, refusing negative cells, and a
sealed file.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

sys.path.insert(0, str(Path(__file__).parent.parent))
from fold_scan import NEEDED

from national_fold import CONTRACTS, REST, YEAR, jobs
from national_pool import files
from puntlanding.fold.rules import FoldRules, age_bands, settings, supporting_specialisms, unit_codes

CELL = ["specialisme", "code", "contract"]
STRATUM = ["specialisme", "diagnosegroep", "leeftijd", "geslacht"]
MONTHS, QUARTERS = range(1, 13), range(1, 5)
CODES = (
    "specialisme", "diagnose", "zorgproduct", "declaratiecode", "verzekeraar", "geslacht", "za_code", "specialisme_uitvoerder",
)  # fmt: skip
UNITS = ("fysiek", "teleconsult", "dagopname", "verpleegdag", "ic_dag", "diagnostiek")
pd.options.mode.string_storage = "python"  # here faster than Arrow's: most text is made into objects for a merge
Tables = dict[str, pd.DataFrame]


def read(paths: list[str], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.read_parquet(
        paths, columns=list(columns), read_dictionary=[one for one in columns if one in CODES],
        to_pandas_kwargs={"date_as_object": False},
    )  # fmt: skip


def fold(trajectories: pd.DataFrame, activities: pd.DataFrame, rules: FoldRules) -> Tables:
    t = _told(trajectories)
    a = activities.merge(t[["subtraject_id", "patient", "specialisme", "contract"]], on="subtraject_id")
    in_year = a["datum"].dt.year == YEAR
    a["maand"] = a["datum"].dt.month.where(in_year, 0).astype("int8")
    helps = in_year & a["specialisme_uitvoerder"].isin(supporting_specialisms())
    same = a["specialisme_uitvoerder"].cat.set_categories(
        a["specialisme"].cat.categories
    )  # others are missing: never the same
    h = a[helps & (a["specialisme"].cat.codes != same.cat.codes)]
    h = h.drop(columns="specialisme").rename(columns={"specialisme_uitvoerder": "specialisme", "za_code": "code"})
    return {
        "productie": pd.concat([_priced(_products(t), rules), _priced(_supported(h), rules)]),
        "strata": _strata(t, a, rules),
        "input": _input(t, a, h),
        "diagnoses": _diagnoses(t),
    }


def _told(t: pd.DataFrame) -> pd.DataFrame:
    t = t[
        (t["openingsdatum"].dt.year == YEAR) | t["sluitdatum"].isna() | (t["sluitdatum"] >= pd.Timestamp(YEAR, 1, 1))
    ].copy()
    opened, closed = t["openingsdatum"].dt, t["sluitdatum"].dt
    t["open"] = opened.month.where(opened.year == YEAR, 0).astype("int8")
    t["sluit"] = closed.month.where(closed.year == YEAR, 0).fillna(0).astype("int8")
    t["contract"] = t["verzekeraar"].map(CONTRACTS).astype(object).fillna(REST).astype("category")
    outside = settings()["declaratie"]
    t["output"] = (
        t["zorgproduct"].notna() & t["declaratiecode"].notna()
        & ~t["zorgproduct"].str[:6].isin(outside["uitval"])
        & ~t["declaratiecode"].str[:2].isin(outside["onverzekerd"])
    )  # fmt: skip
    first, labels = zip(*age_bands(), strict=True)
    t["leeftijd"] = pd.cut(YEAR - t["geboortejaar"], [*first, np.inf], right=False, labels=labels)
    t["geslacht"] = t["geslacht"].fillna("O")
    return t.rename(columns={"zorgproduct": "code", "diagnose": "diagnosegroep"})


def _wide(cells: pd.Series, steps: range, names: str) -> pd.DataFrame:
    """The last level of the index over columns."""
    wide = cells.unstack(fill_value=0).reindex(columns=list(steps), fill_value=0)
    return wide.set_axis([names.format(step) for step in steps], axis=1)


def _products(t: pd.DataFrame) -> pd.DataFrame:
    out = t[t["output"]]
    opened, closed = (
        _wide(out[out[by] > 0].groupby([*CELL, by], observed=True).size(), MONTHS, by + "_{:02}")
        for by in ("open", "sluit")
    )
    people = out[out["open"] > 0].groupby(CELL, observed=True)["patient"].nunique().rename("patienten")
    rows = opened.join(closed, how="outer").join(people).fillna(0).astype("int64").reset_index()
    return rows.assign(rol="poort", soort="zorgproduct")


def _supported(h: pd.DataFrame) -> pd.DataFrame:
    cells = h.groupby([*CELL, "maand"], observed=True)["aantal"].sum()
    opened, closed = _wide(cells, MONTHS, "open_{:02}"), _wide(cells, MONTHS, "sluit_{:02}")
    people = h.groupby(CELL, observed=True)["patient"].nunique().rename("patienten")
    rows = opened.join(closed)[(opened != 0).any(axis=1)].join(people).reset_index()
    return rows.assign(rol="ondersteunend", soort="zorgactiviteit")


_prepared: dict[str, pd.DataFrame] = {}


def norm_times(rules: FoldRules) -> pd.DataFrame:
    """The same for every hospital."""
    if "norm_times" not in _prepared:
        _prepared["norm_times"] = pd.DataFrame(rules.norm_times.of(YEAR).to_dict(as_series=False)).astype(
            dict.fromkeys(("specialisme", "soort", "code"), object)
        )
    return _prepared["norm_times"]


def weights(rules: FoldRules) -> pd.DataFrame:
    """Which activity counts as how much of which unit on which days; the same for every hospital."""
    if "weights" not in _prepared:
        counts = pd.DataFrame(unit_codes().to_dict(as_series=False)).assign(gewicht=1)
        prices = rules.cost_prices.cents
        cents = pd.DataFrame({"za_code": list(prices), "gewicht": list(prices.values())})
        cents = cents.assign(eenheid="diagnostiek", van=date(1900, 1, 1), tot=date(9999, 12, 31))
        counts = pd.concat([counts, cents])
        for day in ("van", "tot"):
            counts[day] = counts[day].map(lambda one: np.datetime64(one, "ms")).astype("datetime64[ms]")
        _prepared["weights"] = counts.assign(eenheid=pd.Categorical(counts["eenheid"], categories=UNITS))
    return _prepared["weights"]


def _priced(rows: pd.DataFrame, rules: FoldRules) -> pd.DataFrame:
    times = norm_times(rules)
    rows = rows.astype(dict.fromkeys(CELL, object)).merge(times, on=["specialisme", "soort", "code"], how="left")
    counted = [f"{by}_{month:02}" for by in ("open", "sluit") for month in MONTHS]
    minutes = rows[counted].mul(rows["minuten"], axis=0).astype("Int64")
    minutes.columns = [f"{by}_min_{month:02}" for by in ("open", "sluit") for month in MONTHS]
    return pd.concat([rows.drop(columns="minuten"), minutes], axis=1)


def _strata(t: pd.DataFrame, a: pd.DataFrame, rules: FoldRules) -> pd.DataFrame:
    closed = t[t["sluit"] > 0].copy()
    closed["kwartaal"] = (closed["sluit"] + 2) // 3
    closed["cel"] = closed.groupby(STRATUM, observed=True).ngroup()
    first = closed.groupby(["cel", "patient"])["kwartaal"].min().reset_index()
    found = _wide(first.groupby(["cel", "kwartaal"]).size(), QUARTERS, "k{}_patienten")
    counts = weights(rules)
    codes = a["za_code"].cat.categories
    counts = counts[counts["za_code"].isin(codes)].assign(
        za_code=lambda one: pd.Categorical(one["za_code"], categories=codes)
    )
    u = a[["subtraject_id", "za_code", "datum", "aantal"]].merge(counts, on="za_code")
    u = u[u["datum"].between(u["van"], u["tot"])].merge(
        closed[["subtraject_id", "cel", "kwartaal"]], on="subtraject_id"
    )
    u["n"] = u["aantal"].astype("int64") * u["gewicht"]
    done = u.groupby(["eenheid", "cel", "kwartaal"], observed=True)["n"].sum()
    for unit in UNITS:
        mine = done.xs(unit) if unit in done.index.get_level_values(0) else done.iloc[:0].droplevel(0)
        found = found.join(_wide(mine, QUARTERS, "k{}_" + unit))
    names = closed.drop_duplicates("cel").set_index("cel")[STRATUM]
    return names.join(found.fillna(0).astype("int64"))


def _input(t: pd.DataFrame, a: pd.DataFrame, h: pd.DataFrame) -> pd.DataFrame:
    every = a[a["maand"] > 0].groupby(["specialisme_uitvoerder", "maand"], observed=True)["aantal"].sum()
    every.index = every.index.set_names(["specialisme", "maand"])
    helped = h.groupby(["specialisme", "maand"], observed=True)["aantal"].sum()
    own = _plain(every).sub(_plain(helped), fill_value=0).astype("int64")
    seen = t[t["open"] > 0].groupby(["specialisme", "patient"], observed=True)["open"].min().rename("maand")
    met = h.groupby(["specialisme", "patient"], observed=True)["maand"].min()
    parts = []
    for role, active, first in (("poort", own, seen), ("ondersteunend", _plain(helped), met)):
        new = _plain(first.reset_index().groupby(["specialisme", "maand"], observed=True).size())
        wide = _wide(active, MONTHS, "activiteiten_{:02}").join(_wide(new, MONTHS, "patienten_{:02}"), how="outer")
        wide = wide.fillna(0).astype("int64")
        parts.append(wide[(wide != 0).any(axis=1)].reset_index().assign(rol=role))
    return pd.concat(parts)


def _plain(cells: pd.Series) -> pd.Series:
    """Specialisms as text: two columns of categories with other categories do not line up."""
    cells.index = cells.index.set_levels(cells.index.levels[0].astype(object), level=0)
    return cells


def _diagnoses(t: pd.DataFrame) -> pd.DataFrame:
    opened = t[t["output"] & (t["open"] > 0)].rename(columns={"diagnosegroep": "diagnose", "code": "zorgproduct"})
    grouped = opened.groupby(["specialisme", "diagnose", "zorgproduct"], observed=True)["patient"]
    return grouped.agg(aantal="size", patienten="nunique").reset_index()


def main(data: Path, out: Path) -> None:
    reading = working = 0.0
    for job in jobs(data):
        sources = files(job.store, job.hospital, YEAR)
        start = time.perf_counter()
        frames = [read(sources[table], columns) for table, columns in NEEDED.items()]
        middle = time.perf_counter()
        tables = fold(frames[0], frames[1], job.rules)
        reading, working = reading + middle - start, working + time.perf_counter() - middle
        for table, rows in tables.items():
            kept = {
                name: rows[name].astype(object).where(rows[name].notna(), None).tolist()
                if str(rows[name].dtype) in ("Int64", "category", "str", "object") else rows[name].to_numpy()
                for name in rows.columns
            }  # fmt: skip
            pl.DataFrame(kept).write_parquet(out / f"{job.hospital}-{table}.parquet")
    (out / "seconds.txt").write_text(f"{reading} {working}")


if __name__ == "__main__":
    target = Path(sys.argv[2])
    target.mkdir(parents=True, exist_ok=True)
    main(Path(sys.argv[1]), target)
