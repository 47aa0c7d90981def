"""Norm fte by input of a case in a store: its own records beside the contributions of others."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from test_linked import told

from linked_store import HOME, YEAR, case, load, trajectory
from puntlanding.case.linked import Link, load_linked
from puntlanding.case.linked_input import linked_input
from puntlanding.cli.main import main
from puntlanding.comparison import Kind, Proposal, compare
from puntlanding.comparison.old_model import old_model

pytestmark = pytest.mark.unit


@pytest.fixture
def link(tmp_path):
    """In 2026 noord and zuid have twelve trajectories each; 2 fte and 4 fte of 0303 come from their cases."""
    store, folder = tmp_path / "opslag", tmp_path / "bijdragen"
    rows = [trajectory(number, year) for year in (2025, YEAR) for number in range(12)]
    load(store, rows, day=date(2027, 3, 31))
    load(store, rows, hospital="zuid")
    case(store, ziekenhuizen="ziekenhuis;type\nnoord;algemeen\n")
    folder.mkdir()
    (folder / f"zuid-{YEAR}.bijdrage").write_bytes(told(store, YEAR, "zuid").to_bytes())
    return Link(store, HOME, YEAR, contributions=folder, forecast=False)


def test_input_is_patients_and_activities_beside_those_of_peers(link):
    loaded = load_linked(link).loaded.checked()
    found = linked_input(link, loaded)
    # of 24 patients for 6 fte twelve are noord's; of 24 scans for 5 fte too; activities likewise
    assert {name: node.value for name, node in found.items()} == {"Heelkunde": 3, "Radiologie": Fraction(5, 2)}
    assert found["Heelkunde"].source.column == "input 0303 poort"
    columns = compare(Proposal("A", Kind.OWN, loaded), old_model(replace(loaded, input_fte=found))).columns
    assert not any(one.refused for one in columns)


def test_the_command_asks_the_store(link, capsys):
    words = ["compare", "--store", link.store, "--hospital", HOME, "--year", YEAR, "--old-model", "--json"]
    assert main([*map(str, words), "--contributions", str(link.contributions)]) == 0
    columns = json.loads(capsys.readouterr().out)["afspraken"]
    assert [one["soort"] for one in columns] == ["case", "oud_model", "oud_model_twee_parameters"]
    assert sum(row["bedrag_cent"] for row in columns[1]["vakgroepen"]) == 100_000_000
    assert main([str(word) for word in words]) == 0  # without contributions the old model alone is refused
    refused = json.loads(capsys.readouterr().out)["afspraken"][1]
    assert "--contributions" in refused["niet_berekend"][0]["melding"]


def test_without_contributions_of_the_year_there_is_none(link):
    loaded = load_linked(link).loaded.checked()
    assert linked_input(replace(link, contributions=None), loaded) is None
    for one in link.contributions.glob("*"):
        one.unlink()
    assert linked_input(link, loaded) is None
