"""What was recorded after the day moves no byte of `forecast` and `monitor`, nor of the budget that they make from the store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from bad_forecasts import ASK, HOUSE
from command import run

from forecast_records import OTHER, YEAR, Row, activity, case_in, stored, trajectory, usual_work

pytestmark = pytest.mark.integration

DAY = date(YEAR, 5, 31)
DELIVERED = date(YEAR + 1, 6, 30)
CODES = ("sluitdatum", "zorgproduct", "product_bekend_op", "declaratiecode", "afsluitreden")
BENCHMARK = "vakgroep;normuren_per_fte\nHeelkunde;100\nOogheelkunde;100\nRadiologie;100\n"


def laid(desk: Path, rows: Sequence[Row], done: Sequence[Row], delivered: date = DELIVERED) -> None:
    shutil.rmtree(desk / HOUSE, ignore_errors=True)
    stored(desk / HOUSE, delivered, rows, done)
    case_in(desk / HOUSE, begroting=None, benchmark=BENCHMARK)


def told(desk: Path, day: date = DAY) -> list[str]:
    """All that both commands say of the day."""
    found = []
    for command in ("forecast", "monitor"):
        for words in ((), ("--json",), ("--explain", "Heelkunde")):
            outcome = run(command, *ASK[1:], "--as-of", day, *words, cwd=desk)
            assert outcome.status == 0, outcome.err
            found += [outcome.out if "--json" not in words else unsourced(outcome.out), outcome.err]
    return [without_source(text) for text in found]


def unsourced(text: str) -> str:
    record = json.loads(text)
    record.pop("verantwoording", None)
    return json.dumps(record)


def without_source(text: str) -> str:
    """But for which data were read: another delivery is another file, whatever was known on the day."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("Herkomst: "))


def number(record: dict[str, dict[str, str]], name: str) -> float:
    return float(record["totaal"][name])


@pytest.fixture(scope="module")
def work() -> tuple[list[Row], list[Row]]:
    return usual_work(date(YEAR - 2, 1, 1), date(YEAR, 12, 31))


def test_a_budget_from_a_later_delivery_has_nothing_of_after_the_day(
    tmp_path: Path, work: tuple[list[Row], list[Row]]
) -> None:
    rows, done = work
    laid(tmp_path, rows, done)
    before = told(tmp_path)
    late = [
        trajectory(
            10**7 + at, date(YEAR - 1 - at % 2, 3, 1 + at % 28), geregistreerd_op=DAY + timedelta(days=1 + at % 9),
            zorgproduct=OTHER, verzekeraar="9999", diagnose="0999",
        )
        for at in range(200)
    ]  # fmt: skip
    unknown = [
        {**row, "zorgproduct": OTHER, "declaratiecode": "16B000", "sluitdatum": row["openingsdatum"]}
        if row["product_bekend_op"] > DAY  # type: ignore[operator]
        else row
        for row in rows
    ]
    scans = [activity(row, "081093", 1, 400, specialisme_uitvoerder="0362") for row in rows[:300] + late]
    laid(tmp_path, [*unknown, *late], [*done, *scans])
    assert told(tmp_path) == before
    assert "zoals bekend op 31 mei 2026" in " ".join(before[0].split())


def test_a_later_delivery_gives_the_budget_that_one_of_the_day_would_have_given(
    tmp_path: Path, work: tuple[list[Row], list[Row]]
) -> None:
    rows, done = work
    laid(tmp_path, rows, done)
    later = json.loads(run(*ASK, "--as-of", DAY, "--json", cwd=tmp_path).out)
    there = [row for row in rows if row["geregistreerd_op"] <= DAY]  # type: ignore[operator]
    seen = [row if row["product_bekend_op"] <= DAY else {**row, **dict.fromkeys(CODES)} for row in there]  # type: ignore[operator]
    numbers = {row["subtraject_id"] for row in there}
    acts = [one for one in done if one["subtraject_id"] in numbers and one["geregistreerd_op"] <= DAY]  # type: ignore[operator]
    laid(tmp_path, seen, acts, DAY)
    now = json.loads(run(*ASK, "--as-of", DAY, "--json", cwd=tmp_path).out)
    for name in ("vakgroepen", "totaal", "contracten", "begroting_bekend_op"):
        assert now[name] == later[name]
    assert number(now, "begroting") > 0


def test_forecast_and_monitor_say_the_same_of_a_day_before_the_first_delivery(
    tmp_path: Path, work: tuple[list[Row], list[Row]]
) -> None:
    laid(tmp_path, *work)
    forecast, monitor = (
        json.loads(run(one, *ASK[1:], "--as-of", DAY, "--json", cwd=tmp_path).out) for one in ("forecast", "monitor")
    )
    assert number(monitor, "verhouding") == pytest.approx(number(forecast, "verhouding"), abs=0.0001)
    assert number(monitor, "begroting_normuren") == pytest.approx(number(forecast, "begroting"), abs=0.00001)
    assert {one["bekend_op"] for one in monitor["herkomst"] if one["tabel"] != "benchmark"} <= {"2026-05-31", None}


def test_where_too_much_was_open_there_is_no_budget_and_that_is_said(
    tmp_path: Path, work: tuple[list[Row], list[Row]]
) -> None:
    laid(tmp_path, *work)
    early = date(YEAR, 2, 15)
    said = "was op die dag nog geen zorgproduct bekend: de begroting 2026 zou daarmee te laag worden."
    forecast, monitor = (run(one, *ASK[1:], "--as-of", early, cwd=tmp_path) for one in ("forecast", "monitor"))
    assert (forecast.status, monitor.status) == (0, 1)
    assert "Er is geen begroting om mee te vergelijken." in forecast.out
    for one in (forecast, monitor):
        assert said in one.err
        assert "Zet begroting.csv in de case" in one.err


@pytest.mark.parametrize("day", [date(YEAR - 3, 5, 31), date(YEAR - 1, 12, 15)])
def test_where_nothing_was_known_both_give_the_same_reason(
    tmp_path: Path, work: tuple[list[Row], list[Row]], day: date
) -> None:
    laid(tmp_path, *work)
    for one in ("forecast", "monitor"):
        outcome = run(one, *ASK[1:], "--as-of", day, cwd=tmp_path)
        assert outcome.status == 1
        assert "Op deze dag was het jaar 2026 nog niet begonnen en was er nog niets van bekend." in outcome.err
