"""The JSON contract of every stage: keys, their order, the form of every number."""

from __future__ import annotations

import csv
import json
import re

import pytest
from command import ROOT, run

pytestmark = pytest.mark.integration

QUANTITY = re.compile(r"-?\d+\.\d{6}")
SETTLE = ["realisatie", "begroting", "onder", "over", "extra", "norm_fte"]
EUROS = ["vast_cent", "norm_cent", "kosten_cent", "bedrag_cent"]
KEYS = {
    "budget": ["normuren", "normuren_per_fte", "norm_fte"],
    "monitor": ["prognose_normuren", "begroting_normuren", "verhouding"],
    "settle": SETTLE,
    "distribute": EUROS,
}
BESIDE_TOTAL = ["kader_cent", "niet_uitgekeerd_cent"]


def stage(command, case):
    outcome = run(command, case, "--json")
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def order_of(case):
    with (case / "vakgroepen.csv").open(encoding="utf-8-sig", newline="") as file:
        text = file.read()
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ",")
    return [row["vakgroep"] for row in rows]


@pytest.mark.parametrize("command", KEYS)
def test_the_demonstration_collective(command, demo):
    content = stage(command, demo)
    assert [row["vakgroep"] for row in content["vakgroepen"]] == order_of(demo)
    for row in content["vakgroepen"]:
        assert set(KEYS[command]) <= set(row)
        check_numbers(row)
    check_numbers(content["totaal"])
    assert set(KEYS[command]) <= set(content["totaal"])


def check_numbers(row):
    for key, value in row.items():
        if key.endswith("_cent"):
            assert type(value) is int, key
        elif key == "contracten":
            for one in value:
                assert isinstance(one["contract"], str)
                check_numbers(one)
        elif key not in ("vakgroep", "contract", "zorgeenheid"):
            assert value is None or QUANTITY.fullmatch(value), (key, value)


@pytest.mark.parametrize(("command", "example"), [("budget", 1), ("monitor", 2), ("settle", 4)])
def test_the_plain_case_has_exactly_these_keys(command, example):
    content = stage(command, ROOT / "examples" / "handreiking" / str(example))
    assert list(content) == ["vakgroepen", "totaal", "verantwoording"]
    assert all(list(row) == ["vakgroep", *KEYS[command]] for row in content["vakgroepen"])
    assert list(content["totaal"]) == KEYS[command]


def test_distribute_adds_up_to_the_cent(demo):
    content = stage("distribute", demo)
    total = content["totaal"]
    assert list(total) == [*EUROS, *BESIDE_TOTAL]
    for key in EUROS:
        assert sum(row[key] for row in content["vakgroepen"]) == total[key]
    assert total["kader_cent"] == total["bedrag_cent"] + total["kosten_cent"] + total["niet_uitgekeerd_cent"]
    for row in content["vakgroepen"]:
        assert row["bedrag_cent"] == row["vast_cent"] + row["norm_cent"] - row["kosten_cent"]


def test_several_contracts_stand_below_each_group(demo):
    content = stage("settle", demo)
    for row in content["vakgroepen"]:
        names = [one["contract"] for one in row.get("contracten", [])]
        assert len(names) == len(set(names)) != 1
        for one in row.get("contracten", []):
            assert next(iter(one)) == "contract"
            assert set(SETTLE) <= set(one)
    assert any("contracten" in row for row in content["vakgroepen"])


def test_run_nests_the_stages_by_name(demo):
    content = stage("run", demo)
    assert [key for key in content if key != "waarschuwingen"] == [*KEYS, "verantwoording"]
    for command in KEYS:
        alone = stage(command, demo)
        alone.pop("waarschuwingen", None)
        origin = alone.pop("verantwoording")
        assert origin == {**content["verantwoording"], "stappen": [command]}
        assert content[command] == alone


def write_case(folder, rows):
    agreement = '[afspraak]\norganisatie = "MSB"\njaar = 2026\n[[contract]]\nnaam = "A"\nsoort = "schaduwdraaien"\n'
    (folder / "afspraak.toml").write_text(agreement, encoding="utf-8")
    (folder / "vakgroepen.csv").write_text("vakgroep,specialisme,rol\nKNO,0302,poort\n", encoding="utf-8")
    for name in ("begroting", "realisatie"):
        (folder / f"{name}.csv").write_text(f"vakgroep,norm_fte\nKNO,{rows[name]}\n", encoding="utf-8")


def test_quantities_round_half_up_at_the_sixth_decimal(tmp_path):
    write_case(tmp_path, {"begroting": "1.0000005", "realisatie": "1.00000049"})
    row = stage("settle", tmp_path)["vakgroepen"][0]
    assert (row["begroting"], row["realisatie"]) == ("1.000001", "1.000000")
