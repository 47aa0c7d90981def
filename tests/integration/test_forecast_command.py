"""`puntlanding forecast`: what a board reads, what a chart gets, and what is said where there is no forecast.

`golden_forecasts/<case>.nl.txt` and `.en.txt` hold what the command says of bad input; PUNTLANDING_UPDATE_GOLDEN=1 writes anew.
"""

from __future__ import annotations

import json
import os
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from bad_forecasts import ASK, CASES, HEAD, HOUSE, MAY, make_desk, untouched, with_gap
from command import run, without_origin

from forecast_records import CASE, HOSPITAL, YEAR, activity, case_in, hospital_store, stored, trajectory, usual_work
from puntlanding.case.lists import read_norm_table
from puntlanding.contribution.tables import OPENED_MINUTES
from puntlanding.fold.fold import fold
from puntlanding.fold.rules import FoldJob, FoldRules

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden_forecasts"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
DAY = date(YEAR, 5, 31)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    desk = tmp_path_factory.mktemp("bureau")
    make_desk(desk)
    return desk


@pytest.fixture
def desk(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "bureau")
    return tmp_path / "bureau"


@pytest.fixture(scope="module")
def found(whole):
    outcome = run(*MAY, "--json", cwd=whole)
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_bad_input(name, whole, tmp_path):
    case = CASES[name]
    folder = whole
    if case.make is not untouched:
        folder = tmp_path / "bureau"
        shutil.copytree(whole, folder)
        case.make(folder)
    for language in ("nl", "en"):
        outcome = run(*case.words, "--lang", language, cwd=folder)
        assert outcome.status == case.status, outcome
        assert outcome.out == ""
        assert "Traceback" not in outcome.err
        expected = GOLDEN / f"{name}.{language}.txt"
        if UPDATE:
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(outcome.err, encoding="utf-8")
        assert outcome.err == expected.read_text(encoding="utf-8")


def test_every_golden_text_is_of_a_case():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{of}.txt" for name in CASES for of in ("nl", "en")}


def test_the_first_thing_to_read_is_whether_the_year_lands(whole):
    lines = run(*MAY, cwd=whole).out.splitlines()
    assert lines[0] == "Prognose · MSB Noord · 2026 · bekend op 31 mei 2026"
    assert lines[1].startswith("De prognose is 8")
    assert "Kans op puntlanding (±1 %):" in lines[1]
    assert all(len(line) <= 100 for line in lines)
    english = run(*MAY, "--lang", "en", cwd=whole).out.splitlines()
    assert english[1].startswith("The forecast is 8")
    assert all(len(line) <= 100 for line in english)


def test_parts_chances_and_totals_add_up(found):
    def number(text):
        return Decimal(text)

    for row in (*found["vakgroepen"], found["totaal"]):
        parts = sum(number(row[name]) for name in ("afgesloten", "onderhanden", "nog_te_openen"))
        assert abs(parts - number(row["prognose"])) <= Decimal("0.000002")
        assert number(row["interval_95"]["laag"]) <= number(row["interval_80"]["laag"]) <= number(row["prognose"])
        assert number(row["prognose"]) <= number(row["interval_80"]["hoog"]) <= number(row["interval_95"]["hoog"])
        assert abs(sum(map(number, row["kans"].values())) - 1) <= Decimal("0.000002")
        assert len(row["verloop"]) == 5
        assert row["verloop"][-1]["prognose"] == row["prognose"]
    for name in ("afgesloten", "onderhanden", "nog_te_openen", "begroting"):
        rows = sum(number(row[name]) for row in found["vakgroepen"])
        assert abs(rows - number(found["totaal"][name])) <= Decimal("0.00001")
    for name in ("afgesloten", "prognose", "begroting"):
        by_contract = sum(number(one[name]) for one in found["contracten"])
        assert abs(by_contract - number(found["totaal"][name])) <= Decimal("0.001")
        for row in found["vakgroepen"]:
            parts = [number(one[name]) for one in row["contracten"] if one[name] is not None]
            assert abs(sum(parts) - number(row[name])) <= Decimal("0.00001")
    wide = sum(number(row["interval_80"]["hoog"]) - number(row["prognose"]) for row in found["vakgroepen"])
    assert number(found["totaal"]["interval_80"]["hoog"]) - number(found["totaal"]["prognose"]) < wide


def test_the_bridge_adds_up_to_the_last_digit(found):
    for row in (*found["vakgroepen"], found["totaal"]):
        bridge = {name: Decimal(text) for name, text in row["brug"].items() if name != "sinds"}
        now, then = bridge.pop("prognose_nu"), bridge.pop("prognose_toen")
        assert then + sum(bridge.values()) == now
        assert abs(now - Decimal(row["prognose"])) <= Decimal("0.02")
        assert row["brug"]["sinds"] == "2026-04-30"
        assert abs(then - Decimal(row["verloop"][-2]["prognose"])) <= Decimal("0.02")


def test_the_forecast_of_steady_work_is_near_what_comes(found):
    """Every weekday of the year is alike: the year is known but for its holidays."""
    heelkunde = next(row for row in found["vakgroepen"] if row["vakgroep"] == "Heelkunde")
    rows, _ = usual_work(date(YEAR, 1, 1), date(YEAR, 12, 31))
    minutes = {"110401019": Decimal(30), "110401020": Decimal("45.5")}
    outcome = sum(minutes[row["zorgproduct"]] for row in rows if row["specialisme"] == "0303") / 60
    assert abs(Decimal(heelkunde["prognose"]) / outcome - 1) < Decimal("0.03")
    assert sum(one["openingen"] for one in heelkunde["maanden"]) <= 3 * 107


def test_nothing_recorded_later_changes_a_byte(whole, tmp_path):
    """Through the real store: every row recorded after the day is another one, or not there, or there are more."""
    rows, done = usual_work(date(YEAR - 3, 1, 1), date(YEAR, 12, 31))
    ours = [_otherwise(row) for row in rows if not (_late(row) and row["subtraject_id"] % 3 == 0)]
    there = {row["subtraject_id"] for row in ours}
    acts = [one for one in done if one["subtraject_id"] in there and one["geregistreerd_op"] <= DAY]
    acts += [
        activity(row, "190218", 30, 90, aantal=5)
        for row in ours
        if DAY - timedelta(days=60) < row["openingsdatum"] <= DAY
    ]
    more = [
        trajectory(10**7 + at, DAY - timedelta(days=20), geregistreerd_op=DAY + timedelta(days=2)) for at in range(200)
    ]
    root = tmp_path / "bureau" / HOUSE
    stored(root, date(YEAR + 1, 6, 30), [*ours, *more], acts)
    case_in(root)
    for extra in ((), ("--json",)):
        first, second = run(*MAY, *extra, cwd=whole), run(*MAY, *extra, cwd=tmp_path / "bureau")
        assert first.status == 0
        assert without_origin(first.out) == without_origin(second.out)
        assert (first.status, first.err) == (second.status, second.err)


def _late(row):
    return row["geregistreerd_op"] > DAY


def _otherwise(row):
    if _late(row):
        return {**row, "specialisme": "0301", "zorgproduct": "110401020"}
    if row["product_bekend_op"] > DAY:
        closed = DAY + timedelta(days=row["subtraject_id"] % 40)
        return {**row, "zorgproduct": "888888001", "sluitdatum": closed, "product_bekend_op": DAY + timedelta(days=50)}
    return row


def test_codes_of_earlier_years_are_worth_what_took_their_place(tmp_path, found):
    """Until this year the product had another code."""
    rows, done = usual_work(date(YEAR - 3, 1, 1), date(YEAR, 12, 31))
    old = [
        {**row, "zorgproduct": "110401077"}
        if row["zorgproduct"] == "110401019" and row["openingsdatum"].year < YEAR and row["specialisme"] == "0303"
        else row
        for row in rows
    ]
    stored(tmp_path / HOUSE, date(YEAR + 1, 6, 30), old, done)
    case_in(
        tmp_path / HOUSE,
        productstructuur="jaar;specialisme;soort;oud;nieuw\n2026;0303;zorgproduct;110401077;110401019\n",
    )
    now = json.loads(run(*MAY, "--json", cwd=tmp_path).out)
    assert now["vakgroepen"] == found["vakgroepen"]


def test_what_is_closed_is_what_the_fold_counts(whole):
    """To the hundredth of a minute, for who opens trajectories and for who works for others."""
    now = json.loads(run(*ASK, "--json", cwd=whole).out)
    times = read_norm_table(whole / HOUSE / HOSPITAL / f"case-{YEAR}" / "normtijden.csv")
    counted = fold(FoldJob(whole / HOUSE, HOSPITAL, FoldRules(YEAR, None, times))).production
    sums = counted.group_by("specialisme", "rol").agg(pl.sum_horizontal(OPENED_MINUTES).sum().alias("som"))
    hours = {(code, role): Decimal(minutes) / 6000 for code, role, minutes in sums.iter_rows()}
    for row in now["vakgroepen"]:
        assert abs(Decimal(row["afgesloten"]) - hours[row["specialisme"], row["rol"]]) <= Decimal("0.000001")
        assert row["prognose"] == row["afgesloten"]


def test_events_are_counted_and_shown_with_and_without(desk, found):
    text = HEAD + "2026-09-01;2026-10-31;Heelkunde;0,5;chirurg weg\n01-12-2026;31-12-2026;alle;0,9;verhuizing\n"
    case_in(desk / HOUSE, gebeurtenissen=text)
    now = json.loads(run(*MAY, "--json", cwd=desk).out)
    heelkunde = now["vakgroepen"][0]
    before = found["vakgroepen"][0]
    assert heelkunde["zonder_gebeurtenissen"]["prognose"] == before["prognose"]
    assert Decimal(heelkunde["prognose"]) < Decimal(before["prognose"]) - 30
    assert Decimal(now["totaal"]["zonder_gebeurtenissen"]["prognose"]) == Decimal(found["totaal"]["prognose"])
    assert [one["capaciteit"] for one in now["gebeurtenissen"]] == ["0.500000", "0.900000"]
    said = run(*MAY, cwd=desk).out
    assert "zonder die zou het" in said
    assert "prognose zonder de gebeurtenissen" in run(*MAY, "--explain", "heelkunde", cwd=desk).out


def test_what_it_takes_is_told_in_sessions_where_their_size_is_given(desk):
    case_in(desk / HOUSE, dagdelen="vakgroep;dagdeel;openingen\nHeelkunde;spreekuur;6\n")
    assert "spreekuur per week" in " ".join(run(*MAY, cwd=desk).out.split())


def test_own_school_holidays_and_a_wider_band_are_used(desk, found):
    case_in(desk / HOUSE, vakanties="vakantie;van;tot\nzomer;2026-07-01;2026-09-15\nzomer;2025-07-01;2025-09-15\n")
    now = json.loads(run(*MAY, "--json", "--band", "2,5", cwd=desk).out)
    assert now["band"] == "0.025000"
    assert now["totaal"]["prognose"] != found["totaal"]["prognose"]


def test_care_units_are_shown_with_bounds_of_their_own(desk, found):
    groups = CASE["vakgroepen.csv"].replace("rol\n", "rol;zorgeenheid\n").replace("poort\n", "poort;Snijdend\n")
    case_in(desk / HOUSE, vakgroepen=groups.replace("ondersteunend\n", "ondersteunend;\n"))
    assert "per zorgeenheid" in run(*MAY, cwd=desk).out
    now = json.loads(run(*MAY, "--json", cwd=desk).out)
    (unit,) = now["zorgeenheden"]
    own = [row for row in now["vakgroepen"] if row["rol"] == "poort"]
    assert abs(Decimal(unit["prognose"]) - sum(Decimal(row["prognose"]) for row in own)) < Decimal("0.00001")
    assert Decimal(unit["begroting"]) == 495 + 66
    wide = sum(Decimal(row["interval_80"]["hoog"]) - Decimal(row["prognose"]) for row in own)
    assert 0 < Decimal(unit["interval_80"]["hoog"]) - Decimal(unit["prognose"]) < wide
    assert found["zorgeenheden"] == []


def test_without_a_budget_there_is_a_forecast_and_no_ratio(desk):
    hours = "Heelkunde;A;250;\nHeelkunde;Overige;245;\n"
    fte = "".join(f"{name};{of};;1\n" for name in ("Oogheelkunde", "Radiologie") for of in ("A", "Overige"))
    case_in(desk / HOUSE, begroting=f"vakgroep;contract;normuren;norm_fte\n{hours}{fte}")
    outcome = run(*MAY, cwd=desk)
    assert outcome.status == 0
    assert "Zonder hele begroting in normuren is er geen verhouding." in " ".join(outcome.out.split())
    assert "Zonder begroting in normuren: Oogheelkunde, Radiologie." in outcome.err


def test_less_than_two_years_is_said(tmp_path):
    rows, done = usual_work(date(YEAR - 1, 3, 1), date(YEAR, 12, 31))
    stored(tmp_path / HOUSE, date(YEAR + 1, 6, 30), rows, done)
    case_in(tmp_path / HOUSE)
    outcome = run(*MAY, cwd=tmp_path)
    assert outcome.status == 0
    assert "er is minder dan 24 maanden historie" in " ".join(outcome.out.split())


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    """A store of one delivery, made on the day: what was known then, and nothing else."""
    root = tmp_path_factory.mktemp("levering")
    rows, done = usual_work(date(YEAR - 3, 1, 1), DAY)
    gone = dict.fromkeys(("sluitdatum", "zorgproduct", "product_bekend_op", "declaratiecode", "afsluitreden"))
    seen = [row if row["product_bekend_op"] <= DAY else {**row, **gone} for row in rows if not _late(row)]
    there = {row["subtraject_id"] for row in seen}
    acts = [one for one in done if one["subtraject_id"] in there and one["geregistreerd_op"] <= DAY]
    stored(root / HOUSE, DAY, seen, acts)
    case_in(root / HOUSE)
    return root


def test_a_delivery_before_the_day_is_what_was_known(extract):
    outcome = run(*ASK, "--as-of", "2026-07-15", cwd=extract)
    assert outcome.out.startswith("Prognose · MSB Noord · 2026 · bekend op 31 mei 2026")
    assert "De prognose is van 2026-05-31" in outcome.err
    assert run(*ASK, cwd=extract).out == outcome.out  # without a day: that of the last delivery


def test_a_year_that_is_missing_between_others_is_said(desk):
    with_gap(desk)
    outcome = run(*MAY, cwd=desk)
    assert outcome.status == 0
    assert "Tussen de geladen jaren ontbreekt 2025; alleen de jaren daarna zijn gebruikt." in outcome.err
    assert "er is minder dan 24 maanden historie" in " ".join(outcome.out.split())


def test_an_older_year_in_an_older_delivery_is_said(tmp_path):
    rows, done = usual_work(date(YEAR - 3, 1, 1), DAY)
    for first, last, delivered in ((2023, 2025, date(2026, 1, 31)), (2026, 2026, DAY)):
        part = [row for row in rows if first <= row["openingsdatum"].year <= last]
        numbers = {row["subtraject_id"] for row in part}
        acts = [one for one in done if one["subtraject_id"] in numbers]
        stored(tmp_path / HOUSE, delivered, part, acts)
    case_in(tmp_path / HOUSE)
    outcome = run(*MAY, cwd=tmp_path)
    assert outcome.status == 0
    assert "! jaren met een oudere levering dan dit jaar  let op    2023, 2024, 2025" in outcome.out
    assert "Van 2023, 2024, 2025 is de laatste levering van 2026-01-31" in outcome.err


def test_a_budget_in_norm_fte_is_compared_by_the_benchmark(desk, found):
    fte = "vakgroep;contract;norm_fte\nHeelkunde;A;2,5\nHeelkunde;Overige;2,45\n"
    fte += "".join(f"{name};{of};0,33\n" for name in ("Oogheelkunde", "Radiologie") for of in ("A", "Overige"))
    case_in(
        desk / HOUSE,
        begroting=fte,
        benchmark="vakgroep;normuren_per_fte\nHeelkunde;100\nOogheelkunde;100\nRadiologie;100\n",
    )
    now = json.loads(run(*MAY, "--json", cwd=desk).out)
    assert now["vakgroepen"][0] == found["vakgroepen"][0]
    assert Decimal(now["contracten"][0]["begroting"]) == 250 + 33 + 33


def test_after_the_year_there_is_nothing_left_to_steer(whole):
    outcome = run(*ASK, "--as-of", "2029-05-31", cwd=whole)
    assert outcome.status == 0
    assert "Het jaar is voorbij" in outcome.out
    assert "Nodig om" not in outcome.out
    assert "De prognose is van 2027-06-30" in outcome.err


def test_a_store_extract_and_recording_times_give_the_same_forecast(extract, found):
    now = json.loads(run(*MAY, "--json", cwd=extract).out)
    assert now["totaal"] == found["totaal"]
    assert now["vakgroepen"] == found["vakgroepen"]


def test_all_hospitals_stand_beside_each_other(tmp_path):
    root = tmp_path / HOUSE
    hospital_store(root)
    hospital_store(root, "zuid", date(YEAR - 1, 1, 1))
    stored(root, date(YEAR, 1, 31), usual_work(date(YEAR, 1, 1), date(YEAR, 1, 31))[0], (), "west")
    case_in(root, "west")
    stored(root, date(YEAR, 1, 31), usual_work(date(YEAR, 1, 1), date(YEAR, 1, 31))[0], (), "oost")
    words = ("forecast", "--store", HOUSE, "--hospital", "alle", "--year", YEAR, "--as-of", "2026-05-31")
    outcome = run(*words, "--executor", "lokaal", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith("2 ziekenhuizen; bij 2 ligt de begroting buiten het 80 %-interval van het totaal.")
    assert "Zonder prognose\n  west: " in outcome.out
    assert outcome.out.endswith("Zonder case van 2026 in de opslag: oost.\n")
    here, there = (run(*words, "--json", "--executor", of, cwd=tmp_path) for of in ("lokaal", "processen:2"))
    assert here.out == there.out
    record = json.loads(here.out)
    assert [one["ziekenhuis"] for one in record["ziekenhuizen"]] == [HOSPITAL, "zuid"]
    assert [one["ziekenhuis"] for one in record["zonder_prognose"]] == ["west"]


# -- monitor -------------------------------------------------------------------------------------------------------------


def monitored(desk, *words):
    outcome = run("monitor", *ASK[1:], "--json", *words, cwd=desk)
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)


def test_monitor_takes_the_forecast_where_there_are_records(extract):
    found = monitored(extract, "--explain", "Heelkunde")
    forecast = json.loads(run(*ASK, "--json", cwd=extract).out)
    for row, ours in zip(found["vakgroepen"], forecast["vakgroepen"], strict=True):
        assert abs(Decimal(row["prognose_normuren"]) - Decimal(ours["prognose"])) <= Decimal("0.03")
    assert abs(Decimal(found["totaal"]["verhouding"]) - Decimal(forecast["totaal"]["verhouding"])) <= Decimal("0.0001")
    assert {one["tabel"]: one["uit"] for one in found["herkomst"]}["prognose"] == "prognose"
    assert "De prognose van 2026 is geschat uit de records van 2026-05-31." in run("monitor", *ASK[1:], cwd=extract).err
    said = run("monitor", *ASK[1:], "--explain", "Heelkunde", cwd=extract).out
    assert "nog te openen of uit te voeren (schatting)" in said


def test_the_forecast_of_a_file_wins(extract, tmp_path):
    shutil.copytree(extract, tmp_path / "bureau")
    case_in(tmp_path / "bureau" / HOUSE, prognose=CASE["begroting.csv"])
    found = monitored(tmp_path / "bureau")
    assert Decimal(found["totaal"]["verhouding"]) == 1
    assert {one["tabel"]: one["uit"] for one in found["herkomst"]}["prognose"] == "case"


def test_a_year_that_has_closed_is_what_was_realised(whole):
    found = monitored(whole)
    assert {one["tabel"]: one["uit"] for one in found["herkomst"]}["prognose"] == "opslag"
