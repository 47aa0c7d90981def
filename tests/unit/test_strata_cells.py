"""Strata as numbers against plain dictionaries: where numbers are found in a table, and where there are too many for one."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import polars as pl
import pytest

from puntlanding.benchmark.runs import run_starts
from puntlanding.benchmark.strata import compare, means
from puntlanding.benchmark.strata_cells import cells, coded, placed
from puntlanding.contribution.tables import TableName, empty

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("different", [2, 300])
def test_sums_of_every_level_are_those_of_its_rows(different):
    chance = random.Random(different)
    names = [f"{number:03}" for number in range(different)]
    rows = [tuple(chance.choice(names) for _ in range(4)) for _ in range(400)]
    counts = np.array([chance.randint(-5, 90) for _ in rows])
    keys = coded([pl.Series([row[at] for row in rows]) for at in range(4)])
    found = cells(keys, (None, None, None, None))
    for level, sums in enumerate(found.sums([slice(0, 150), slice(150, 400)], [counts])):
        expected = Counter()
        for row, count in zip(rows, counts.tolist(), strict=True):
            expected[row[: 4 - level]] += count
        assert sums[0].tolist() == [expected[key] for key in sorted(expected)]
        assert [sorted(expected)[at] for at in found.above[level][found.of_row]] == [row[: 4 - level] for row in rows]


def test_a_stratum_is_told_as_fine_as_its_rows():
    keys = coded([pl.Series(column) for column in zip(*["saag", "saxx", "srag", "saxg", "saax"], strict=True)])
    found = cells(keys, (None, "r", "x", "x"))
    assert found.told[0][found.of_row].tolist() == [0, 2, 3, 2, 1]


def test_a_value_that_only_late_rows_have_is_found():
    values = ["b", "d"] * 5000 + ["a", "c"] * 3000 + ["b"]
    ((codes, known),) = coded([pl.Series(values)])
    assert (known, [known[code] for code in codes]) == (["a", "b", "c", "d"], values)


@pytest.mark.parametrize("size", [10, 10**9])
def test_numbers_are_placed_the_same_in_a_table_and_by_sorting(size):
    present, places = placed(np.array([7, 3, 7, 9, 0, 3]), size)
    assert (present.tolist(), places.tolist()) == ([0, 3, 7, 9], [2, 1, 2, 3, 0, 1])


def test_runs_start_where_any_column_changes():
    chunked = pl.concat([pl.Series(["a", "a"]), pl.Series(["a", "b"])], rechunk=False)
    assert run_starts([chunked, pl.Series(["x", "y", "y", "y"])]).tolist() == [0, 1, 3]
    assert run_starts([pl.Series([], dtype=pl.String())]).tolist() == []


@pytest.mark.parametrize(
    ("units", "patients"), [(7, 2), (-7, 3), (1, 10**15), (10**17, 3), (2 * 10**12 - 1, 2), (5, 6)]
)
def test_a_mean_is_rounded_half_up_however_large(units, patients):
    found = means(np.array([units]), np.array([patients]))
    assert int(found[0]) == (2 * 10**12 * units + patients) // (2 * patients)


def test_of_nothing_there_is_nothing():
    assert compare(empty(TableName.STRATA), 4, {"a": ["a"]}).references.is_empty()
