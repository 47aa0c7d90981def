"""The eight worked examples of the handreiking, against its printed tables, by way of the command line.

`handreiking/*.csv` are the figures as printed (two decimals, percentages none, "-" left empty).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from command import ROOT, run

from puntlanding.quantities import fixed

pytestmark = pytest.mark.integration

PRINTED = Path(__file__).parent / "handreiking"
SETTLEMENTS = [
    (3, "3-plafond"), (4, "4-plafond-herverdeling"), (5, "5-plafond-bandbreedte-105"), (6, "6-aanneemsom"),
    (8, "8-schaduwdraaien"),
]  # fmt: skip
GROUPS = 15


def printed(name: str) -> dict[str, dict[str, str]]:
    with (PRINTED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["specialisme"]: row for row in csv.DictReader(file)}


def computed(command: str, example: int) -> dict[str, Mapping[str, str | None]]:
    outcome = run(command, ROOT / "examples" / "handreiking" / str(example), "--json")
    assert outcome.status == 0
    content = json.loads(outcome.out)
    return {row["vakgroep"]: row for row in content["vakgroepen"]} | {"Totaal": content["totaal"]}


def shown(value: str | None, decimals: int = 2) -> str:
    """Rounded half-up from the contract's six decimals, which in these examples are exact to the third."""
    assert value is not None
    return fixed(Fraction(value), decimals)


def unsigned(text: str) -> str:
    return text.lstrip("+-") or "0.00"


def test_example_1_budget():
    expected, found = printed("1-begroting"), computed("budget", 1)
    assert list(expected) == list(found)
    assert len(expected) == GROUPS + 1
    for group, row in expected.items():
        assert shown(found[group]["norm_fte"]) == row["begroting_norm_fte"], group
        if group != "Totaal":
            assert Fraction(found[group]["normuren"]) == int(row["begroting_normuren"]), group
            assert Fraction(found[group]["normuren_per_fte"]) == int(row["benchmark_normuren_per_fte"]), group


def test_example_2_monitoring():
    expected, found = printed("2-monitoring"), computed("monitor", 2)
    assert list(expected) == list(found)
    for group, row in expected.items():
        assert Fraction(found[group]["prognose_normuren"]) == int(row["forecast_normuren"]), group
        assert Fraction(found[group]["begroting_normuren"]) == int(row["begroting_normuren"]), group
        ratio = Fraction(found[group]["prognose_normuren"]) / Fraction(found[group]["begroting_normuren"])
        assert fixed(ratio * 100, 0) == row["forecast_pct_begroting"], group
        assert found[group]["verhouding"] == fixed(ratio)


@pytest.mark.parametrize(("example", "name"), SETTLEMENTS)
def test_examples_3_4_5_6_and_8_settlement(example, name):
    expected, found = printed(name), computed("settle", example)
    assert list(expected) == list(found)
    assert len(expected) == GROUPS + 1
    for group, row in expected.items():
        ours = found[group]
        assert shown(ours["realisatie"]) == row["realisatie_norm_fte"], group
        assert shown(ours["begroting"]) == row["begroting_norm_fte"], group
        assert shown(ours["onder"]) == unsigned(row["onder_begroting"]), group
        assert shown(ours["over"]) == unsigned(row["over_begroting"]), group
        if "verdeling_extra" in row:
            assert shown(ours["extra"]) == unsigned(row["verdeling_extra"]), group
        assert shown(ours["norm_fte"]) == row["norm_fte"], group
        difference = (Fraction(ours["realisatie"]) / Fraction(ours["begroting"]) - 1) * 100
        assert fixed(difference, 0).lstrip("-") == row["verschil_pct"].lstrip("+-"), group


def test_example_7_multi_year_lump_sum():
    """The one figure of all eight examples that does not come out: eye 2020 is printed 4.04; exact is 4.045, so 4.05."""
    expected, found = printed("7-meerjaren-aanneemsom"), computed("settle", 7)
    assert list(expected) == list(found)
    for group, row in expected.items():
        budget, paid = (shown(found[group][key]) for key in ("begroting", "norm_fte"))
        if group == "Oogheelkunde":
            assert found[group]["begroting"] == "4.045000"
            assert (row["begroting_2020"], budget) == ("4.04", "4.05")
            assert (row["norm_fte_2020"], paid) == ("4.04", "4.05")
            continue
        assert budget == row["begroting_2020"], group
        assert paid == row["norm_fte_2020"], group
        if group != "Totaal":
            assert shown(found[group]["extra"]) == unsigned(row["aanvullende_vergoeding_2019_2020"]), group
    with (ROOT / "examples" / "handreiking" / "7" / "begroting.csv").open(encoding="utf-8") as file:
        budgets = {(row["vakgroep"], row["jaar"]): row["norm_fte"] for row in csv.DictReader(file)}
    for group in list(expected)[:-1]:
        assert Fraction(budgets[group, "2019"]) == Fraction(expected[group]["begroting_2019"]), group
