"""The fold: a hospital's records of one year → its contribution (architecture, "The one idea"; methods §1-3).

What is counted, table by table, stands in docs/reference/bijdrage.md. Only whole numbers are added, so that no order of
rows, threads or machines can make a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from puntlanding import __version__
from puntlanding.contribution import About, Contribution, Origin, contribution
from puntlanding.contribution.tables import (
    ACTIVE,
    CLOSED,
    CLOSED_MINUTES,
    HOSPITAL,
    LAYOUTS,
    MONTHS,
    NEW_PATIENTS,
    OPENED,
    OPENED_MINUTES,
    QUARTERS,
    Counted,
    TableName,
    per_quarter,
)
from puntlanding.fold.records import FATES, OUTPUT, InScope, in_scope
from puntlanding.fold.rules import UNIT_NAMES, FoldJob, FoldRules, supporting_specialisms, unit_codes
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Records, Store

GATEKEEPING, SUPPORTING = "poort", "ondersteunend"
PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_CELL = ("specialisme", "code", "contract")


def fold_year(job: FoldJob) -> bytes:
    """The contribution's file. Raises InputError where the store has no such year, or where corrections make a cell negative."""
    return fold(job).to_bytes()


def fold(job: FoldJob) -> Contribution:
    store = Store(job.store)
    records = store.records(job.hospital, job.rules.year, job.as_of)
    return fold_records(job.hospital, records, year_before(store, job), job.rules)


def year_before(store: Store, job: FoldJob) -> Records | None:
    """What opened in the year before, as known on the same day: it may have closed, or been worked on, in the year itself."""
    earlier = job.rules.year - 1
    known = [
        one
        for one in store.deliveries(job.hospital)
        if one.year == earlier and (job.as_of is None or one.delivered <= job.as_of)
    ]
    return store.records(job.hospital, earlier, job.as_of) if known else None


def fold_records(hospital: str, records: Records, before: Records | None, rules: FoldRules) -> Contribution:
    scope = in_scope(records, before, rules)
    assisted = _assisted(scope, rules)
    production = pl.concat([_products(scope), _activities(assisted)])
    strata = _strata(scope, rules)
    _refuse_negative(hospital, production, strata)
    counts = _counts(scope, assisted, before)
    priced = _priced(production, rules)
    counts["zonder_normtijd"] = _without_norm_time(priced)
    tables = {
        TableName.PRODUCTION: priced,
        TableName.STRATA: strata,
        TableName.INPUT: _input(scope, assisted, rules),
        TableName.DIAGNOSES: _diagnoses(scope),
    }
    own = {name: frame.with_columns(pl.lit(hospital).alias(HOSPITAL)) for name, frame in tables.items()}
    origins = [
        Origin(one.kept.year, one.kept.delivered, one.kept.content) for one in (before, records) if one is not None
    ]
    about = About(hospital, rules.kind, tuple(origins), rules.fte, counts, __version__)
    return contribution(rules.basis(), [about], own)


def _wide(cells: pl.DataFrame, keys: Sequence[str], column: str, value: str, names: Iterable[str]) -> pl.DataFrame:
    """Sums of ``value`` by ``keys``, a column for each number from 1 in ``column``."""
    sums = [
        pl.col(value).filter(pl.col(column) == number).sum().cast(pl.Int64).alias(name)
        for number, name in enumerate(names, start=1)
    ]
    return cells.group_by(keys).agg(sums)


def _products(scope: InScope) -> pl.DataFrame:
    """Gatekeeping groups: products of trajectories of their specialism, by month of opening and of closing."""
    out = (
        scope.trajectories.lazy()
        .filter((pl.col("lot") == OUTPUT) & pl.col("specialisme").is_not_null())
        .rename({"zorgproduct": "code"})
    )
    cells = out.group_by(*_CELL, "open", "sluit").agg(aantal=pl.len())
    patients = out.filter(pl.col("open") > 0).group_by(_CELL).agg(patienten=pl.col("patient").n_unique().cast(pl.Int64))
    counted, seen = pl.collect_all([cells, patients])
    wide = _wide(counted, _CELL, "open", "aantal", OPENED).join(
        _wide(counted, _CELL, "sluit", "aantal", CLOSED), on=_CELL, how="left"
    )
    rows = wide.join(seen, on=_CELL, how="left").with_columns(pl.col("patienten").fill_null(0))
    any_of_it = pl.sum_horizontal(pl.col(*OPENED, *CLOSED)) > 0
    return rows.filter(any_of_it).with_columns(pl.lit(GATEKEEPING).alias("rol"), pl.lit(PRODUCT).alias("soort"))


def _assisted(scope: InScope, rules: FoldRules) -> pl.DataFrame:
    """What supporting specialisms did in the year in trajectories of others: specialisme, code, contract, maand, patient, aantal."""
    day = pl.col("datum")
    mine = (
        scope.activities.lazy()
        .filter(pl.col("specialisme_uitvoerder").is_in(supporting_specialisms()) & (day.dt.year() == rules.year))
        .join(
            scope.trajectories.lazy().select("subtraject_id", "patient", "specialisme", "contract"), on="subtraject_id"
        )
        .filter(pl.col("specialisme").ne_missing(pl.col("specialisme_uitvoerder")))
    )
    return mine.select(
        pl.col("specialisme_uitvoerder").alias("specialisme"), pl.col("za_code").alias("code"), "contract",
        day.dt.month().alias("maand"), "patient", "aantal",
    ).filter(pl.col("code").is_not_null()).collect()  # fmt: skip


def _activities(assisted: pl.DataFrame) -> pl.DataFrame:
    """Supporting groups: the activities they executed; both months are that of execution."""
    cells = assisted.lazy().group_by(*_CELL, "maand").agg(pl.col("aantal").sum().cast(pl.Int64))
    patients = assisted.lazy().group_by(_CELL).agg(patienten=pl.col("patient").n_unique().cast(pl.Int64))
    counted, seen = pl.collect_all([cells, patients])
    wide = _wide(counted, _CELL, "maand", "aantal", OPENED)
    both = wide.with_columns(pl.col(a).alias(b) for a, b in zip(OPENED, CLOSED, strict=True)).join(seen, on=_CELL)
    some = pl.any_horizontal(pl.col(name) != 0 for name in OPENED)
    return both.filter(some).with_columns(pl.lit(SUPPORTING).alias("rol"), pl.lit(ACTIVITY).alias("soort"))


def _priced(production: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    """With norm minutes: volume × norm time of the year, in hundredths of a minute; unknown where there is no norm time."""
    keys = ["specialisme", "soort", "code"]
    if rules.norm_times is None:
        priced = production.with_columns(pl.lit(None, pl.Int64).alias("minuten"))
    else:
        priced = production.join(rules.norm_times.of(rules.year), on=keys, how="left")
    volumes, minutes = (*OPENED, *CLOSED), (*OPENED_MINUTES, *CLOSED_MINUTES)
    return priced.with_columns(
        (pl.col(a) * pl.col("minuten")).alias(b) for a, b in zip(volumes, minutes, strict=True)
    ).select([name for name in LAYOUTS[TableName.PRODUCTION].schema if name != HOSPITAL])


def _without_norm_time(priced: pl.DataFrame) -> int:
    rows = priced.filter(pl.col(OPENED_MINUTES[0]).is_null())
    return int(rows.select(pl.sum_horizontal(pl.col(*OPENED)).sum()).item())


def _strata(scope: InScope, rules: FoldRules) -> pl.DataFrame:
    keys = ["specialisme", "diagnosegroep", "leeftijd", "geslacht"]
    closed = scope.trajectories.filter((pl.col("sluit") > 0) & pl.col("specialisme").is_not_null())
    closed = closed.select(*keys, "subtraject_id", "patient", ((pl.col("sluit") + 2) // 3).alias("kwartaal"))
    known = closed.select(keys).unique().sort(keys).with_row_index("cel")
    placed = closed.join(known, on=keys, how="left")
    people = (
        placed.lazy().group_by("cel", "patient").agg(pl.col("kwartaal").min())
        .group_by("cel", "kwartaal").agg(aantal=pl.len()).collect()
    )  # fmt: skip
    found = known.join(
        _wide(people, ["cel"], "kwartaal", "aantal", per_quarter(Counted.PATIENTS)), on="cel", how="left"
    )
    units = _units(scope, placed.select("subtraject_id", "cel", "kwartaal"), rules)
    for name in UNIT_NAMES:
        columns = per_quarter(Counted(name))
        mine = _wide(units.filter(pl.col("eenheid") == name), ["cel"], "kwartaal", "aantal", columns)
        found = found.join(mine, on="cel", how="left").with_columns(pl.col(columns).fill_null(0))
    if rules.cost_prices is None:
        found = found.with_columns(pl.lit(None, pl.Int64).alias(name) for name in per_quarter(Counted.DIAGNOSTICS))
    return found.drop("cel")


def _units(scope: InScope, placed: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    """cel, kwartaal, eenheid, aantal: what was done in closed trajectories, each activity as its code counted on its day."""
    counts = unit_codes().with_columns(pl.lit(1, pl.Int64).alias("gewicht"))
    if rules.cost_prices is not None:
        prices = pl.DataFrame(
            {"za_code": list(rules.cost_prices.cents), "gewicht": list(rules.cost_prices.cents.values())},
            schema={"za_code": pl.String, "gewicht": pl.Int64},
        )
        always = unit_codes().select(pl.lit("").alias("eenheid"), pl.col("van").min(), pl.col("tot").max()).head(1)
        priced = prices.join(always, how="cross").with_columns(pl.lit(Counted.DIAGNOSTICS.value).alias("eenheid"))
        counts = pl.concat([counts, priced.select(counts.columns)])
    counting = (
        scope.activities.lazy().join(counts.lazy(), on="za_code").filter(pl.col("datum").is_between("van", "tot"))
    )
    return (
        counting.join(placed.lazy(), on="subtraject_id")
        .group_by("cel", "kwartaal", "eenheid")
        .agg(aantal=(pl.col("aantal").cast(pl.Int64) * pl.col("gewicht")).sum())
        .collect()
    )


def _input(scope: InScope, assisted: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    """Activities by who did them and when; patients by the first month in which they were seen (methods §4, ex-post model).

    A gatekeeping group sees a patient when a trajectory of it opens; a supporting one when it does something for the patient.
    """
    every = (
        scope.activities.lazy()
        .filter((pl.col("datum").dt.year() == rules.year) & pl.col("specialisme_uitvoerder").is_not_null())
        .group_by(pl.col("specialisme_uitvoerder").alias("specialisme"), pl.col("datum").dt.month().alias("maand"))
        .agg(pl.col("aantal").sum().cast(pl.Int64))
        .collect()
    )
    helped = assisted.group_by("specialisme", "maand").agg(pl.col("aantal").sum().cast(pl.Int64))
    minus = helped.with_columns(-pl.col("aantal"))
    own = pl.concat([every, minus.select(every.columns)]).group_by("specialisme", "maand").agg(pl.col("aantal").sum())
    opened = scope.trajectories.lazy().filter((pl.col("open") > 0) & pl.col("specialisme").is_not_null())
    seen = _first_months(opened.rename({"open": "maand"}))
    met = _first_months(assisted.lazy())
    parts = [
        _input_rows(own, seen).with_columns(pl.lit(GATEKEEPING).alias("rol")),
        _input_rows(helped, met).with_columns(pl.lit(SUPPORTING).alias("rol")),
    ]
    return pl.concat(parts).filter(pl.any_horizontal(pl.col(name) != 0 for name in (*ACTIVE, *NEW_PATIENTS)))


def _first_months(rows: pl.LazyFrame) -> pl.DataFrame:
    first = rows.group_by("specialisme", "patient").agg(pl.col("maand").min().cast(pl.Int8))
    return first.group_by("specialisme", "maand").agg(aantal=pl.len().cast(pl.Int64)).collect()


def _input_rows(activities: pl.DataFrame, patients: pl.DataFrame) -> pl.DataFrame:
    active = _wide(activities, ["specialisme"], "maand", "aantal", ACTIVE)
    new = _wide(patients, ["specialisme"], "maand", "aantal", NEW_PATIENTS)
    whole = active.join(new, on="specialisme", how="full", coalesce=True)
    return whole.with_columns(pl.col(*ACTIVE, *NEW_PATIENTS).fill_null(0))


def _diagnoses(scope: InScope) -> pl.DataFrame:
    opened = scope.trajectories.lazy().filter(
        (pl.col("lot") == OUTPUT)
        & (pl.col("open") > 0)
        & pl.col("specialisme").is_not_null()
        & pl.col("diagnose").is_not_null()
    )
    return (
        opened.group_by("specialisme", "diagnose", "zorgproduct")
        .agg(aantal=pl.len().cast(pl.Int64), patienten=pl.col("patient").n_unique().cast(pl.Int64))
        .collect()
    )


def _counts(scope: InScope, assisted: pl.DataFrame, before: Records | None) -> dict[str, int]:
    """Counts for the checks; the fates are those of the trajectories opened in the year."""
    opened = scope.trajectories.filter(pl.col("open") > 0)
    fates = dict(opened.group_by("lot").len().iter_rows())
    return {
        "geopend": opened.height,
        "gesloten": scope.trajectories.filter(pl.col("sluit") > 0).height,
        **{fate: int(fates.get(fate, 0)) for fate in FATES},
        "zonder_specialisme": scope.trajectories["specialisme"].null_count(),
        "activiteiten": scope.activities.height,
        "activiteiten_ondersteunend": assisted.height,
        "jaar_ervoor_in_opslag": int(before is not None),
    }


def _refuse_negative(hospital: str, production: pl.DataFrame, strata: pl.DataFrame) -> None:
    """Corrections may outweigh what was done in a month; over a year and a cell that is a mistake in the records."""
    whole = production.with_columns(pl.sum_horizontal(OPENED).alias("jaar")).filter(pl.col("jaar") < 0).sort(_CELL)
    problems = [
        Problem("negative_cell", hospital, column=row["code"], value=str(row["jaar"]), details={"specialism": row["specialisme"], "contract": row["contract"]})
        for row in whole.iter_rows(named=True)
    ]  # fmt: skip
    for name in UNIT_NAMES:
        sums = strata.with_columns(pl.sum_horizontal(per_quarter(Counted(name))).alias("jaar")).filter(
            pl.col("jaar") < 0
        )
        for row in sums.sort("specialisme", "diagnosegroep", "leeftijd", "geslacht").iter_rows(named=True):
            stratum = f"{row['diagnosegroep']}, {row['leeftijd']}, {row['geslacht']}"
            details = {"specialism": row["specialisme"], "stratum": stratum}
            problems.append(Problem("negative_stratum", hospital, column=name, value=str(row["jaar"]), details=details))
    if problems:
        raise InputError(problems)


__all__ = ["MONTHS", "QUARTERS", "fold", "fold_records", "fold_year", "year_before"]
