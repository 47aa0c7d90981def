"""Every number of a contribution against plain Python, on records with anything in them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from fold_oracle import SUPPORTING, UNITS, Plain, PlainRules, Row
from fold_records import CODES, FTE, as_contribution, delivery, fold_rules, many_records, plain_rules, records
from puntlanding.contribution import Origin, contribution
from puntlanding.contribution.tables import HOSPITAL, LAYOUTS, TableName
from puntlanding.fold import activities
from puntlanding.fold.fold import fold_records, fold_year
from puntlanding.fold.rules import FoldJob, supporting_specialisms, unit_codes
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Records, Store
from puntlanding.records.store.layout import Kept
from puntlanding.records.store.write import by_year
from puntlanding.records.tables import TableName as RecordTable
from puntlanding.records.tables import schema

pytestmark = pytest.mark.generative

DELIVERED = date(2020, 5, 31)


def stored(first, second, year: int) -> Records | None:
    """One opening year as the store keeps it, without a disk."""
    made = delivery(first, second, DELIVERED)
    tables = by_year(made.trajectories, made.activities).get(year)
    if tables is None:
        return None
    kept = Kept(DELIVERED, year, f"{DELIVERED}-0", str(year) * 16)
    return Records(kept, *(tables[name].lazy() for name in RecordTable), {})


def nothing(year: int) -> Records:
    tables = (pl.LazyFrame(schema=schema(name)) for name in RecordTable)
    return Records(Kept(DELIVERED, year, "", ""), *tables, {})


def as_plain(frame: pl.DataFrame, name: TableName) -> dict[tuple[str, ...], dict[str, int | None]]:
    keys = LAYOUTS[name].keys
    rows = frame.to_dicts()
    found = {tuple(row[key] for key in keys[1:]): {k: row[k] for k in LAYOUTS[name].counts} for row in rows}
    assert len(found) == len(rows)
    return found


def told(problems: Sequence[Problem]) -> set[tuple[str, ...]]:
    found = set()
    for one in problems:
        assert one.code in ("negative_cell", "negative_stratum")
        where: Mapping[str, object] = one.details
        what = where.get("code", where.get("unit"))
        found.add((what, where["specialism"], where.get("contract", where.get("stratum"))))
    assert len(found) == len(problems)
    return found


def compare(first: Sequence[Row], second: Sequence[Row], rules: PlainRules) -> None:
    plain = Plain(first, second, rules)
    now, before = stored(first, second, rules.year) or nothing(rules.year), stored(first, second, rules.year - 1)
    if negative := plain.negative():
        event("a cell below zero")
        with pytest.raises(InputError) as found:
            fold_records("noord", now, before, fold_rules(rules))
        assert told(found.value.problems) == negative
        return
    folded = fold_records("noord", now, before, fold_rules(rules, "umc", FTE))
    made = folded.contribution()
    assert folded.to_bytes() == contribution(made.basis, made.hospitals, made.tables).to_bytes()
    for name in TableName:
        expected = plain.tables()[name]
        event(f"{name}: {'rows' if expected else 'none'}")
        assert as_plain(made.tables[name], name) == expected
        assert made.tables[name].schema == LAYOUTS[name].schema
        assert set(made.tables[name][HOSPITAL]) <= {"noord"}
    assert made.hospitals[0].counts == plain.counts(before=before is not None)
    assert made.hospitals[0].fte == FTE


@settings(max_examples=max(20, settings().max_examples // 3))
@given(st.data())
def test_every_number_is_that_of_the_oracle(data):
    rules = data.draw(plain_rules())
    compare(*data.draw(records(rules.year)), rules)


@settings(max_examples=max(5, settings().max_examples // 25))
@given(st.integers(), plain_rules(), st.sampled_from((1, 7, 64, activities.BLOCK)))
def test_many_records_in_blocks_of_any_size(seed, rules, block):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(activities, "BLOCK", block)
        compare(*many_records(Random(seed), rules.year, 150), rules)


@settings(max_examples=max(5, settings().max_examples // 15))  # each one loads a store
@given(st.data())
def test_through_the_store_in_any_order_of_rows_the_file_is_the_same(data):
    rules = data.draw(plain_rules())
    first, second = data.draw(records(rules.year))
    plain = Plain(first, second, rules)
    outcomes = []
    with tempfile.TemporaryDirectory() as folder:
        for n in range(2):
            store = Store(Path(folder) / str(n))
            rows = data.draw(st.permutations(first)), data.draw(st.permutations(second))
            store.load("noord", delivery(*rows, DELIVERED))
            outcomes.append(outcome(FoldJob(store.root, "noord", fold_rules(rules, "umc", FTE))))
        as_before(store.root)
        outcomes.append(outcome(FoldJob(store.root, "noord", fold_rules(rules, "umc", FTE))))
        assert not store.load("noord", delivery(*rows, DELIVERED)).changes
        kept = {one.year: one.content for one in store.deliveries("noord")}
    assert all(one == outcomes[0] for one in outcomes)
    if rules.year not in kept:
        assert [one.code for one in outcomes[0]] == ["year_not_in_store"]
    elif negative := plain.negative():
        assert told(outcomes[0]) == negative
    else:
        years = [year for year in (rules.year - 1, rules.year) if year in kept]
        origins = [Origin(year, DELIVERED, kept[year]) for year in years]
        assert outcomes[0] == as_contribution(plain, origins).to_bytes()


def as_before(root: Path) -> None:
    """The same records as a store of before 22 November 2026 has them: codes as text, and no rows of trajectories."""
    for name in RecordTable:
        for path in root.rglob(f"{name}.parquet"):
            pl.read_parquet(path).select(list(schema(name))).cast(schema(name)).write_parquet(path)


def outcome(job: FoldJob) -> bytes | Sequence[Problem]:
    try:
        return fold_year(job)
    except InputError as error:
        return error.problems


def test_the_codes_of_the_oracle_are_those_of_the_program():
    """And no code counts twice as the same thing on one day."""
    ours = unit_codes().filter(pl.col("za_code").is_in(CODES))
    assert {(code, (unit, first, last)) for code, unit, first, last in ours.rows()} == set(UNITS.items())
    assert unit_codes()["za_code"].is_unique().all()
    assert set(supporting_specialisms()) == SUPPORTING
