"""What `puntlanding forecast` tells beside its numbers: what they mean, which groups are special, and what was not known."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from bad_forecasts import ASK, HEAD, HOUSE, MAY
from command import run, without_origin

from forecast_records import CASE, YEAR, Row, activity, case_in, stored, trajectory, usual_work

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hospital that has records since this year only, and an eye clinic since March."""
    desk = tmp_path_factory.mktemp("bureau")
    rows, done = usual_work(date(YEAR, 1, 1), date(YEAR, 12, 31))
    rows = [row for row in rows if row["specialisme"] != "0301" or row["openingsdatum"] >= date(YEAR, 3, 1)]  # type: ignore[operator]
    there = {row["subtraject_id"] for row in rows}
    stored(desk / HOUSE, date(YEAR + 1, 6, 30), rows, [one for one in done if one["subtraject_id"] in there])
    case_in(desk / HOUSE)
    return desk


@pytest.fixture
def desk(young: Path, tmp_path: Path) -> Path:
    shutil.copytree(young, tmp_path / "bureau")
    return tmp_path / "bureau"


def told(desk: Path, *words: str) -> str:
    outcome = run(*MAY, *words, cwd=desk)
    assert outcome.status == 0, outcome.err
    assert all(len(line) <= 100 for line in outcome.out.splitlines())
    return " ".join(outcome.out.split())


def test_columns_and_marks_are_explained(young: Path) -> None:
    assert "kans: om binnen ±1 % van de begroting te eindigen." in told(young)
    assert "De grenzen van een totaal zijn geen som" in told(young)
    english = told(young, "--lang", "en", "--band", "2,5")
    assert "chance: of ending within ±2.5 % of the budget." in english


def test_special_groups_and_what_was_not_tried_are_on_the_first_page(young: Path) -> None:
    assert "Oogheelkunde: begonnen tijdens de historie: alleen de eigen maanden tellen." in told(young)
    assert "Niet nagerekend op eerdere jaren: het interval komt alleen uit het model." in told(young)
    assert "Not tried on earlier years: the interval comes from the model only." in told(young, "--lang", "en")


def test_a_group_that_has_no_records_is_named(desk: Path) -> None:
    groups, budget = CASE["vakgroepen.csv"], CASE["begroting.csv"]
    case_in(
        desk / HOUSE,
        vakgroepen=groups + "Cardiologie;0320;poort\n",
        begroting=budget + "Cardiologie;A;0\nCardiologie;Overige;0\n",
    )
    assert "Cardiologie: in het jaar of ervoor is van deze vakgroep niets bekend." in told(desk)
    alone = told(desk, "--explain", "Cardiologie")
    assert "De prognose is 0 normuren (80 %: 0–0). Er is niets begroot, dus er is geen verhouding." in alone


def test_work_without_a_budget_is_something_to_talk_about(desk: Path) -> None:
    case_in(desk / HOUSE, begroting=CASE["begroting.csv"].replace(";33\n", ";0\n"))
    assert "Oogheelkunde (boven)" in told(desk)


def test_events_outside_the_year_change_nothing_and_that_is_said(desk: Path) -> None:
    case_in(desk / HOUSE, gebeurtenissen=HEAD + "2027-02-01;2027-03-31;;0,5;verbouwing\n")
    assert "De opgegeven gebeurtenissen veranderen het totaal niet." in told(desk)


def test_a_closed_hospital_has_no_working_day_to_land_with(desk: Path) -> None:
    case_in(desk / HOUSE, gebeurtenissen=HEAD + f"{date(YEAR, 6, 1)};{date(YEAR, 12, 31)};;0;dicht\n")
    alone = told(desk, "--explain", "Heelkunde")
    assert "Nodig om precies op de begroting te landen: er is geen werkdag meer over" in alone


def test_a_budget_from_the_store_tells_from_when_it_is(tmp_path: Path) -> None:
    rows, done = usual_work(date(YEAR - 1, 1, 1), date(YEAR, 12, 31))
    stored(tmp_path / HOUSE, date(YEAR + 1, 6, 30), rows, done)
    case_in(tmp_path / HOUSE, begroting=None)
    said = told(tmp_path)
    assert "De begroting is berekend uit de opslag, zoals bekend op 31 mei 2026." in said


def test_a_system_that_was_filled_on_one_day_is_told_in_a_line(tmp_path: Path) -> None:
    rows, done = usual_work(date(YEAR - 1, 1, 1), date(YEAR, 6, 30))
    filled = date(YEAR, 4, 20)
    moved = [
        {**row, "geregistreerd_op": filled} if row["openingsdatum"] < filled - timedelta(days=10) else row  # type: ignore[operator]
        for row in rows
    ]
    stored(tmp_path / HOUSE, date(YEAR, 6, 30), moved, done)
    case_in(tmp_path / HOUSE)
    outcome = run(*ASK, "--as-of", f"{date(YEAR, 5, 31)}", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    assert all(len(line) <= 100 for line in outcome.out.splitlines())
    assert (
        "! maanden grotendeels ineens vastgelegd       let op    2025-01, 2025-02, 2025-03, 2025-04, … (16)"
        in outcome.out
    )


@pytest.mark.parametrize("until", [date(YEAR, 4, 10), date(YEAR - 1, 12, 1)])
def test_a_system_that_was_filled_on_one_day_adds_no_work_of_supporting_groups(tmp_path: Path, until: date) -> None:
    """What was recorded late then is not what will be."""
    rows, done = usual_work(date(YEAR - 2, 1, 1), date(YEAR, 6, 30))
    filled = until + timedelta(days=10)
    moved = [{**row, "geregistreerd_op": filled} if row["openingsdatum"] < until else row for row in rows]  # type: ignore[operator]
    stored(tmp_path / HOUSE, date(YEAR, 6, 30), moved, done)
    case_in(tmp_path / HOUSE)
    outcome = run(*ASK, "--as-of", f"{date(YEAR, 5, 31)}", "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    radiology = json.loads(outcome.out)["vakgroepen"][2]
    assert 33 < float(radiology["prognose"]) < 38  # three norm hours a month
    assert float(radiology["interval_80"]["hoog"]) < 60


def both(desk: Path, rows: list[Row], done: list[Row]) -> tuple[str, str, str]:
    shutil.rmtree(desk / HOUSE, ignore_errors=True)
    stored(desk / HOUSE, date(YEAR + 1, 6, 30), rows, done)
    case_in(desk / HOUSE)
    plain, record = run(*MAY, cwd=desk), run(*MAY, "--json", cwd=desk)
    assert plain.status == record.status == 0, plain.err
    return without_origin(plain.out), plain.err, without_origin(record.out)


def test_what_a_source_tells_is_learned_from_what_was_known_then(tmp_path: Path) -> None:
    """Claim codes that come later, or later rows that do tell their day where earlier ones do not, change nothing."""
    rows, done = usual_work(date(YEAR, 1, 1), date(YEAR, 12, 31))
    day = date(YEAR, 5, 31)
    untold = [
        {**row, "declaratiecode": None, "geregistreerd_op": None if at % 30 == 1 else row["geregistreerd_op"]}
        if row["openingsdatum"] <= day  # type: ignore[operator]
        else row
        for at, row in enumerate(rows)
    ]
    acts = [
        {**one, "geregistreerd_op": None} if at % 60 == 1 and one["datum"] <= day else one  # type: ignore[operator]
        for at, one in enumerate(done)
    ]
    before = both(tmp_path, untold, acts)
    later = [
        {**row, "declaratiecode": "15A933"} if row["product_bekend_op"] > day else row  # type: ignore[operator]
        for row in untold
    ]
    more = [trajectory(10**7 + at, date(YEAR, 6, 2)) for at in range(3000)]
    assert both(tmp_path, later + more, [*acts, *(activity(row, "190060") for row in more)]) == before
    fewer = [row for row in untold if row["openingsdatum"] <= day]  # type: ignore[operator]
    there = {row["subtraject_id"] for row in fewer}
    assert both(tmp_path, fewer, [one for one in acts if one["subtraject_id"] in there]) == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_number_of_a_large_hospital_is_cut(desk: Path, language: str) -> None:
    name = "Radiologie (ondersteunend)"
    case_in(
        desk / HOUSE,
        vakgroepen=CASE["vakgroepen.csv"].replace("Radiologie", name),
        begroting=CASE["begroting.csv"].replace("Radiologie", name).replace(";33\n", ";33000\n"),
        normtijden=CASE["normtijden.csv"].replace(";30\n", ";4000\n").replace(";45,5\n", ";9000\n"),
    )
    table = run(*MAY, "--lang", language, cwd=desk).out.split("\n\n")[1]
    assert name in table
    assert "…" not in table
    assert all(len(line) <= 100 for line in table.splitlines())
