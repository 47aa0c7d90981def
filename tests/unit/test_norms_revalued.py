"""Products of earlier years at the norm times of a later one."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from puntlanding.norms.revalued import revalued
from puntlanding.norms.structure import Change, product_structure
from puntlanding.norms.table import SCHEMA, NormTable

pytestmark = pytest.mark.unit
OF = "zorgproduct"


def table(*rows: tuple[int, str, int]) -> NormTable:
    return NormTable(pl.DataFrame([(year, "0303", OF, code, minutes) for year, code, minutes in rows], schema=SCHEMA, orient="row"), "n.csv")  # fmt: skip


def change(year: int, old: str, new: str | None, factor: str = "1", hospital: str | None = None) -> Change:
    return Change(year, "0303", OF, old, new, Fraction(factor), None, hospital, 2)


def worth(times: NormTable, changes: list[Change], opened: int) -> dict[str, int]:
    rows = revalued(times, product_structure(changes), 2026, opened, "noord")
    return dict(rows.select("code", "minuten").iter_rows())


def test_a_code_that_stays_has_the_norm_time_of_the_year() -> None:
    assert worth(table((2025, "A", 100), (2026, "A", 120)), [], 2025) == {"A": 120}


def test_a_replaced_code_is_worth_what_took_its_place() -> None:
    times = table((2025, "A", 100), (2026, "B", 120), (2026, "C", 50))
    changes = [change(2026, "A", "B", "0.5"), change(2026, "A", "C", "0.5")]
    assert worth(times, changes, 2025)["A"] == 85
    assert worth(times, changes, 2026) == {"A": 100, "B": 120, "C": 50}  # nothing was replaced after it opened


def test_changes_of_several_years_follow_each_other() -> None:
    times = table((2026, "C", 60))
    changes = [change(2025, "A", "B", "2"), change(2026, "B", "C", "0.5")]
    assert worth(times, changes, 2024) == {"A": 60, "B": 30, "C": 60}
    assert worth(times, changes, 2025) == {"B": 30, "C": 60}


def test_a_code_that_got_another_meaning_is_worth_its_successor() -> None:
    times = table((2025, "A", 100), (2026, "A", 10), (2026, "B", 90))
    assert worth(times, [change(2026, "A", "B")], 2025)["A"] == 90


def test_what_is_said_of_one_hospital_goes_first() -> None:
    times = table((2026, "B", 100), (2026, "C", 40))
    changes = [change(2026, "A", "B"), change(2026, "A", "C", hospital="noord"), change(2026, "A", "B", "3", "zuid")]
    assert worth(times, changes, 2025)["A"] == 40


def test_a_code_that_is_gone_keeps_its_last_norm_time() -> None:
    times = table((2023, "A", 70), (2024, "A", 80), (2026, "B", 1))
    assert worth(times, [change(2025, "A", None)], 2024) == {"A": 80, "B": 1}
