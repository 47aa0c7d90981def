"""A component that does nothing in a year asks for nothing in that year."""

import shutil
from pathlib import Path

import pytest

from puntlanding.case import load_case
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.unit

EXAMPLE = Path(__file__).parents[2] / "examples/onderdelen"


def year_of(folder, **changed):
    text = (EXAMPLE / "afspraak.toml").read_text(encoding="utf-8")
    for was, becomes in changed.values():
        assert was in text
        text = text.replace(was, becomes)
    shutil.copytree(EXAMPLE, folder)
    (folder / "afspraak.toml").write_text(text, encoding="utf-8")
    (folder / "vorig_jaar.csv").unlink()
    return Year(load_case(folder).checked())


def test_last_years_amounts_are_asked_for_while_the_net_runs(tmp_path):
    lacking = year_of(tmp_path / "case").missing(Stage.DISTRIBUTE)
    assert [(one.code, one.column) for one in lacking] == [("component_without_data", "vangnet")]


def test_and_not_after_it_has_ended(tmp_path):
    year = year_of(
        tmp_path / "case",
        first=("eerste_jaar = 2026", "eerste_jaar = 2024"),
        last=("laatste_jaar = 2028", "laatste_jaar = 2025"),
    )
    assert not year.missing(Stage.DISTRIBUTE)
    assert not any(row.parts["vangnet"].value for row in year.distribution.rows)
