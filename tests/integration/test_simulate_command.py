"""`puntlanding simulate` from a case's files to text, JSON, CSV and a workbook: the same on any number of threads.

PUNTLANDING_UPDATE_GOLDEN=1 writes what is printed anew, for a human to read in the difference.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest
from command import run
from small_case import write_folder

from forecast_records import HOSPITAL, YEAR, case_in, hospital_store

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden_simulation"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
AGREEMENT = """[afspraak]
organisatie = "MSB Voorbeeld"
jaar = 2026

[[contract]]
naam = "A"
soort = "plafond"

[afrekening]
herverdeling = "naar_rato"

[kader]
bedrag = 4_000_000
"""
FORECAST = "vakgroep,norm_fte\nHeelkunde,13.25\nKNO,5.1\nRadiologie,4.1\n"
SHADOW = '[[contract]]\nnaam = "A"\nsoort = "schaduwdraaien"\n'
BACKWARD = '[[contract]]\nnaam = "A"\nsoort = "meerjaren_aanneemsom"\nkrimpvergoeding = 0.5\n'


@pytest.fixture
def place(tmp_path):
    write_folder(tmp_path / "case", afspraak__toml=AGREEMENT, prognose=FORECAST)
    (tmp_path / "schaduw.toml").write_text(SHADOW)
    (tmp_path / "krimp.toml").write_text(BACKWARD)
    return tmp_path


def simulate(place, *words):
    return run("simulate", "case", "--draws", "1000", *words, cwd=place)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_printed(place, language):
    outcome = simulate(place, "--spread", "5%", "--agreements", "schaduw.toml", "krimp.toml", f"--lang={language}")
    assert outcome.status == 0
    assert max(map(len, outcome.out.splitlines())) <= 100
    text = outcome.out.rpartition("\n\n")[0] + "\n"  # without the hashes and the version under it
    expected = GOLDEN / f"three_agreements.{language}.txt"
    if UPDATE:
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


def test_threads_change_nothing_and_a_seed_does(place):
    one, four, other = (
        simulate(place, "--spread", "5%", "--json", *words).out
        for words in (("--threads", "1"), ("--threads", "4"), ("--seed", "2"))
    )
    assert one == four
    assert one != other


def test_an_agreement_that_cannot_be_settled_is_named_and_the_others_are_there(place):
    outcome = simulate(place, "--spread", "5%", "--agreements", "krimp.toml", "schaduw.toml", "--json")
    tried = json.loads(outcome.out)["afspraken"]
    assert [one["naam"] for one in tried] == ["afspraak.toml", "krimp.toml", "schaduw.toml"]
    assert ["vakgroepen" in one for one in tried] == [True, False, True]
    assert tried[1]["niet_berekend"][0]["melding"]


def test_the_json_says_what_was_drawn_and_adds_up(place):
    record = json.loads(simulate(place, "--spread", "5%", "--agreements", "schaduw.toml", "--json").out)
    assert (record["trekkingen"], record["zaad"]) == (1000, 1)
    assert record["volumes"]["rond"] == "prognose"
    assert record["volumes"]["spreiding"] == "optie"
    own, shadow = record["afspraken"]
    left = own["gremium"]["niet_uitgekeerd_cent"]["gemiddeld"]
    assert own["totaal"]["bedrag_cent"]["gemiddeld"] + left == pytest.approx(400_000_000, abs=1)
    for group in own["vakgroepen"]:
        figures = group["bedrag_cent"]
        assert figures["slechtste_5"] <= figures["p5"] <= figures["p25"] <= figures["mediaan"]
        assert figures["mediaan"] <= figures["p75"] <= figures["p95"]
    change = {one["vakgroep"]: one["verschil_cent"]["gemiddeld"] for one in shadow["verschil_met_a"]}
    for one, other in zip(own["vakgroepen"], shadow["vakgroepen"], strict=True):
        expected = other["bedrag_cent"]["gemiddeld"] - one["bedrag_cent"]["gemiddeld"]
        assert change[one["vakgroep"]] == pytest.approx(expected, abs=2)


def test_the_centre_is_the_budget_where_there_is_no_forecast(place):
    (place / "case" / "prognose.csv").unlink()
    record = json.loads(simulate(place, "--spread", "5%", "--json").out)
    assert record["volumes"]["rond"] == "begroting"
    chosen = json.loads(simulate(place, "--spread", "5%", "--volumes", "realisatie", "--json").out)
    assert chosen["volumes"]["rond"] == "realisatie"


def test_a_list_beside_the_case_is_used_and_one_spread_goes_before_it(place):
    (place / "case" / "spreiding.csv").write_text("vakgroep,spreiding\nalle,0.05\nKNO,0\n")
    listed = json.loads(simulate(place, "--json").out)
    assert listed["volumes"]["spreiding"] == "lijst"
    assert len(listed["volumes"]["spreiding_hash"]) == 64
    assert simulate(place, "--xlsx", "case/spreiding.csv").status == 1  # no result over what it was made from
    groups = {one["vakgroep"]: one for one in listed["afspraken"][0]["vakgroepen"]}
    assert float(groups["KNO"]["gerealiseerd_norm_fte"]["standaardafwijking"]) == 0
    assert float(groups["Heelkunde"]["gerealiseerd_norm_fte"]["standaardafwijking"]) > 0
    option = json.loads(simulate(place, "--spread", "5%", "--json").out)
    assert option["volumes"]["spreiding"] == "optie"


def test_csv_and_workbook(place):
    simulate(place, "--spread", "5%", "--agreements", "schaduw.toml", "--csv", "uit", "--xlsx", "uit.xlsx")
    text = (place / "uit" / "resultaat_simulatie.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(one["kolom"], one["rij"]) for one in rows] == [
        (letter, kind) for letter in "AB" for kind in ("vakgroep", "vakgroep", "vakgroep", "totaal")
    ]
    book = openpyxl.load_workbook(place / "uit.xlsx")
    assert book.sheetnames == ["Simulatie", "A", "B", "Herkomst"]
    assert book["A"]["A2"].value == "Heelkunde"
    before = (place / "uit.xlsx").read_bytes()
    simulate(place, "--spread", "5%", "--agreements", "schaduw.toml", "--xlsx", "uit.xlsx", "--threads", "3")
    assert (place / "uit.xlsx").read_bytes() == before


def test_efficiency_of_last_year_counts_while_that_of_this_year_is_not_known(place):
    (place / "case" / "efficiency.csv").write_text(
        "vakgroep,jaar,waarde\nHeelkunde,2025,1.05\nKNO,2025,1\nRadiologie,2025,1\n"
    )
    (place / "case" / "realisatie.csv").unlink()
    outcome = simulate(place, "--spread", "5%", "--json")
    assert outcome.status == 0
    assert json.loads(outcome.out)["volumes"]["efficiency_van_vorig_jaar"] == ["Heelkunde", "KNO", "Radiologie"]


def test_without_a_frame_there_are_norm_fte_only(place):
    (place / "case" / "afspraak.toml").write_text(AGREEMENT.partition("[kader]")[0])
    outcome = simulate(place, "--spread", "5%")
    assert outcome.status == 0
    assert "€" not in outcome.out
    assert "[kader]" in outcome.out


def test_spread_zero_is_the_settlement_itself(place):
    own = json.loads(run("distribute", "case", "--json", cwd=place).out)
    record = json.loads(simulate(place, "--spread", "0%", "--volumes", "realisatie", "--json").out)
    found = record["afspraken"][0]["vakgroepen"]
    for settled, simulated in zip(own["vakgroepen"], found, strict=True):
        assert simulated["bedrag_cent"]["p5"] == simulated["bedrag_cent"]["p95"]
        assert abs(simulated["bedrag_cent"]["gemiddeld"] - settled["bedrag_cent"]) <= 1


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bureau")
    hospital_store(folder / "opslag")
    rates = "vakgroep;normuren_per_fte\nHeelkunde;100\nOogheelkunde;100\nRadiologie;100\n"
    case_in(folder / "opslag", benchmark=rates)
    return folder


STORE = ("--store", "opslag", "--hospital", HOSPITAL, "--year", str(YEAR))


def test_the_forecast_of_the_store_is_drawn_with_its_own_spread(desk):
    words = (*STORE, "--as-of", "2026-05-31", "--json")
    drawn = json.loads(run("simulate", *words, "--draws", "20000", cwd=desk).out)
    told = json.loads(run("forecast", *words, cwd=desk).out)
    assert (drawn["volumes"]["rond"], drawn["volumes"]["spreiding"]) == ("prognose", "prognose")
    hours = {one["vakgroep"]: one for one in told["vakgroepen"]}
    for one in drawn["afspraken"][0]["vakgroepen"]:
        forecast = hours[one["vakgroep"]]
        fte = {key: float(value) for key, value in one["gerealiseerd_norm_fte"].items()}
        expected = float(forecast["prognose"])
        assert fte["mediaan"] * 100 == pytest.approx(expected, rel=0.005)
        low, high = (float(forecast["interval_80"][side]) for side in ("laag", "hoog"))
        assert fte["p5"] * 100 < low < fte["p25"] * 100
        assert fte["p75"] * 100 < high < fte["p95"] * 100


def test_a_year_that_is_known_is_not_forecast(desk):
    outcome = run("simulate", *STORE, "--volumes", "prognose", cwd=desk)
    assert outcome.status == 1
    assert "Dit jaar is voorbij" in outcome.err
    around = run("simulate", *STORE, "--volumes", "realisatie", "--spread", "5%", "--json", "--draws", "500", cwd=desk)
    assert json.loads(around.out)["volumes"]["rond"] == "realisatie"
