"""`puntlanding verify` of what is no single stage: compare, simulate, incentives, years, formation and forecast."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from command import run
from small_case import toml, write_folder

from forecast_records import HOSPITAL, YEAR, activity, case_in, hospital_store, stored, trajectory, usual_work
from puntlanding.cli.linked import Asked
from puntlanding.cli.verify_again import Given, cells_again, made_again
from puntlanding.report.result_file import read_result
from puntlanding.report.verification import verification

pytestmark = pytest.mark.integration

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
FORMATION = "vakgroep;functie;categorie;dagdelen_per_week\nHeelkunde;medisch specialist;1a;60\nKNO;anios;1b;20,5\n"
OVERLAYS = {
    "ruimer.toml": '[[contract]]\nnaam = "A"\nsoort = "plafond_bandbreedte"\nbandbreedte = 0.10\n',
    "vast.toml": "[kader]\nvaste_component = 0.20\n",
}
QUESTIONS = {
    "overlays": ("compare", "case", "--agreements", *OVERLAYS, "--within", "2,5%"),
    "types": ("compare", "case", "--types", "--value", "bandbreedte=4%", "--explain", "KNO"),
    "simulate": ("simulate", "case", "--draws", "300", "--seed", "7", "--spread", "5%", "--agreements", "ruimer.toml"),
    "listed": ("simulate", "case", "--draws", "200", "--volumes", "begroting", "--correlation", "0,1"),
    "incentives": ("incentives", "case", "--agreements", "ruimer.toml", "--distance", "5%", "--group", "kno"),
    "formation": ("formation", "case"),
    "formation_of_one": ("formation", "case", "--explain", "knO"),
    "years": ("years", "2025", "2026", "--explain", "KNO"),
}
IN_FILES = ("overlays", "types", "simulate", "listed", "years")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The case of three groups with a frame, a year before it, and every result in every form."""
    desk = tmp_path_factory.mktemp("bureau")
    frame = "[kader]\nbedrag = 100_000.00\n"
    formation = FORMATION.encode()
    write_folder(
        desk / "case", afspraak__toml=toml() + frame, formatie=formation, spreiding="vakgroep;spreiding\nalle;0,05\n"
    )
    for year, money in ((2025, "90_000.00"), (2026, "100_000.00")):
        text = toml().replace("2026", str(year)) + f"[kader]\nbedrag = {money}\n"
        write_folder(desk / str(year), afspraak__toml=text)
    for name, text in OVERLAYS.items():
        (desk / name).write_text(text, encoding="utf-8")
    for name, words in QUESTIONS.items():
        place = desk if name == "years" else desk / "case"
        outcome = run(*words, "--json", cwd=desk)
        assert outcome.status == 0, outcome.out + outcome.err
        (place / f"{name}.json").write_text(outcome.out, encoding="utf-8")
        if name in IN_FILES:
            bare = [one for one in words if one not in ("--explain", "KNO")]
            assert run(*bare, "--csv", place / name, "--xlsx", desk / f"{name}.xlsx", cwd=desk).status == 0
    return desk


@pytest.fixture
def desk(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "bureau")
    return tmp_path / "bureau"


def place_of(name: str) -> str:
    return "" if name == "years" else "case/"


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_json_holds_wherever_it_is_verified(whole, name, language, tmp_path):
    outcome = run("verify", whole / f"{place_of(name)}{name}.json", "--lang", language, cwd=tmp_path)
    assert (outcome.status, outcome.err) == (0, ""), outcome.out
    assert outcome.out.startswith("De uitkomst klopt: " if language == "nl" else "The result holds: ")
    assert max(map(len, outcome.out.splitlines())) <= 100


@pytest.mark.parametrize("name", IN_FILES)
def test_csv_and_workbook_hold(whole, name):
    case = () if name == "years" else ("--case", "case")
    for result in (f"{place_of(name)}{name}", f"{name}.xlsx"):
        outcome = run("verify", result, *case, "--json", cwd=whole)
        assert outcome.status == 0, outcome.out
        assert json.loads(outcome.out)["vergeleken"] > 15


def test_what_is_made_in_english_holds_in_dutch(desk):
    text = run(*QUESTIONS["overlays"], "--lang", "en", "--json", cwd=desk).out
    (desk / "case/en.json").write_text(text, encoding="utf-8")
    assert run("verify", "case/en.json", cwd=desk).status == 0


def numbers(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key not in ("verantwoording", "waarschuwingen"):
                yield from numbers(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from numbers(one, (*path, at))
    elif (isinstance(value, int) and not isinstance(value, bool)) or (
        isinstance(value, str) and NUMBER.fullmatch(value)
    ):
        yield path


def other(value: Any) -> Any:
    text = str(value)
    text = text[:-1] + ("1" if text[-1] == "0" else "0")
    return int(text) if isinstance(value, int) else text


def changed(whole: Any, place: tuple[Any, ...]) -> tuple[Any, Any]:
    content = json.loads(json.dumps(whole))
    inner = content
    for step in place[:-1]:
        inner = inner[step]
    was = inner[place[-1]]
    inner[place[-1]] = other(was)
    return content, was


@pytest.mark.parametrize("name", QUESTIONS)
def test_any_number_changed_in_the_json_is_found(desk, name):
    """Made anew once, because nothing of that hangs on the figures; one change by the command as a whole."""
    path = desk / f"{place_of(name)}{name}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    case = None if name == "years" else desk / "case"
    made = made_again(read_result(path), Given(Asked(), (), (), path.parent, case))
    places = list(numbers(content))
    assert len(places) > 10
    for place in places[:: max(1, len(places) // 150)]:  # an explanation has thousands
        bad, was = changed(content, place)
        path.write_text(json.dumps(bad), encoding="utf-8")
        found = read_result(path)
        figures = verification(found, made.sources, cells_again(found, made)).figures
        assert [(one.was, one.now) for one in figures] == [(str(other(was)), str(was))], place
    outcome = run("verify", path, cwd=desk)
    assert outcome.status == 1
    assert " 1 van de " in outcome.out
    assert "Dan is de uitkomst na het maken veranderd" in outcome.out


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("overlays", "resultaat_vergelijking.csv"),
        ("simulate", "resultaat_simulatie.csv"),
        ("years", "resultaat_jaren.csv"),
        ("years", "resultaat_jaren_rekening.csv"),
    ],
)
def test_any_number_changed_in_the_csv_is_found(desk, name, file):
    folder = desk / f"{place_of(name)}{name}"
    path = folder / file
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))
    case = None if name == "years" else desk / "case"
    made = made_again(read_result(folder), Given(Asked(), (), (), folder, case))
    count = 0
    for at, row in enumerate(rows[1:], start=1):
        for i, cell in enumerate(row):
            if NUMBER.fullmatch(cell):
                again = [list(one) for one in rows]
                again[at][i] = other(cell)
                path.write_text("\r\n".join(";".join(one) for one in again), encoding="utf-8-sig", newline="")
                found = read_result(folder)
                assert len(verification(found, made.sources, cells_again(found, made)).figures) == 1, (at, i)
                count += 1
    assert count > 10
    assert run("verify", folder, cwd=desk).status == 1


@pytest.mark.parametrize("name", IN_FILES)
def test_any_number_changed_in_the_workbook_is_found(desk, name):
    path = desk / f"{name}.xlsx"
    book = openpyxl.load_workbook(path)
    case = None if name == "years" else desk / "case"
    made = made_again(read_result(path), Given(Asked(), (), (), desk, case))
    again = cells_again(read_result(path), made)
    cells = [cell for sheet in book for row in sheet for cell in row if isinstance(cell.value, int | float)]
    assert len(cells) > 10
    for cell in cells[:: max(1, len(cells) // 12)]:
        was, cell.value = cell.value, cell.value + 0.01
        book.save(desk / "anders.xlsx")
        cell.value = was
        assert len(verification(read_result(desk / "anders.xlsx"), made.sources, again).figures) == 1, cell.coordinate


@pytest.mark.parametrize(
    "change",
    [
        lambda origin: origin["bronnen"]["B"]["afspraak"].update(hash="0" * 64),
        lambda origin: origin["bronnen"]["C"]["afspraak"]["inhoud"]["kader"].update(vaste_component="0.3"),
        lambda origin: origin["bronnen"].update(D=origin["bronnen"]["B"]),
        lambda origin: origin["bronnen"].pop("B"),
        lambda origin: origin["gegevens"].update(hash="0" * 64),
        lambda origin: origin.pop("gegevens"),
        lambda origin: origin["afspraak"]["vastgelegd"].append({"door": "gremium", "op": "2026-01-01"}),
    ],
)
def test_an_origin_changed_by_hand_is_found(desk, change):
    path = desk / "case/overlays.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["verantwoording"])
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = run("verify", path, cwd=desk)
    assert outcome.status == 1
    assert "Alle " in outcome.out
    assert "maar de herkomst is niet dezelfde" in outcome.out


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("overlays", {"within": "3%"}),
        ("types", {"value": ["bandbreedte=5%"]}),
        ("types", {"explain": "Heelkunde"}),
        ("simulate", {"seed": "8"}),
        ("simulate", {"draws": "400"}),
        ("listed", {"correlation": "0,2"}),
        ("incentives", {"distance": "6%"}),
    ],
)
def test_another_question_gives_other_figures(desk, name, asked):
    path = desk / f"case/{name}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["verantwoording"]["vraag"] |= asked
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = run("verify", path, cwd=desk)
    assert outcome.status == 1
    assert outcome.out.startswith("De uitkomst klopt niet: ")


def test_a_simulation_says_what_it_would_take_to_make_it_again(whole):
    content = json.loads((whole / "case/listed.json").read_text(encoding="utf-8"))
    origin = content["verantwoording"]
    assert origin["vraag"] == {"draws": "200", "seed": "1", "volumes": "begroting", "correlation": "0,1"}
    assert [one["bestand"] for one in origin["gegevens"]["tabellen"] if one["tabel"] == "spreiding"] == [
        "spreiding.csv"
    ]


def test_another_spread_is_another_origin(desk):
    (desk / "case/spreiding.csv").write_text("vakgroep;spreiding\nalle;0,06\n", encoding="utf-8")
    outcome = run("verify", "case/listed.json", cwd=desk)
    assert outcome.status == 1
    assert "  spreiding is anders (" in outcome.out


def test_which_of_several_agreements_was_changed(desk):
    (desk / "vast.toml").write_text("[kader]\nvaste_component = 0.30\n", encoding="utf-8")
    outcome = run("verify", "case/overlays.json", cwd=desk)
    assert outcome.status == 1
    assert "\nDe afspraak (C vast.toml) is gewijzigd\n  De vaste component gaat van 20 % naar 30 %." in outcome.out
    assert "(B " not in outcome.out
    english = run("verify", "case/overlays.json", "--lang", "en", cwd=desk)
    assert "\nThe agreement (C vast.toml) was changed\n" in english.out
    found = json.loads(run("verify", "case/overlays.json", "--json", cwd=desk).out)
    assert [len(one["afspraak"]["verschillen"]) for one in found["bronnen"].values()] == [0, 1]
    assert found["afspraak"]["verschillen"] == []


def test_an_agreement_that_was_moved_is_named_again(desk):
    (desk / "elders").mkdir()
    for name in OVERLAYS:
        (desk / name).rename(desk / "elders" / name)
    outcome = run("verify", "case/overlays.json", cwd=desk)
    assert outcome.status == 1
    assert "ruimer.toml" in outcome.err
    assert "Noem haar met --agreements BESTAND." in outcome.err
    again = [f"elders/{name}" for name in reversed(OVERLAYS)]
    assert run("verify", "case/overlays.json", "--agreements", *again, cwd=desk).status == 0


def test_which_year_was_changed(desk):
    path = desk / "2026/realisatie.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("5.1", "5.3"), encoding="utf-8")
    outcome = run("verify", "years.json", cwd=desk)
    assert outcome.status == 1
    assert "\nDe gegevens (2026) zijn gewijzigd\n  realisatie is anders (" in outcome.out
    assert "(2025)" not in outcome.out


def test_years_that_were_moved_are_named_again(desk):
    for year in ("2025", "2026"):
        (desk / "elders").mkdir(exist_ok=True)
        (desk / year).rename(desk / "elders" / year)
    outcome = run("verify", "years.json", cwd=desk)
    assert outcome.status == 1
    assert "Noem ze alle met --case MAP" in outcome.err
    words = ("--case", "elders/2026", "--case", "elders/2025")
    assert run("verify", "years.json", *words, cwd=desk).status == 0


def test_a_year_that_got_another_name_is_the_same_year(desk):
    (desk / "2026").rename(desk / "dit jaar")
    (desk / "plain.json").write_text(run("years", "2025", "dit jaar", "--json", cwd=desk).out, encoding="utf-8")
    (desk / "dit jaar").rename(desk / "2026")
    words = ("--case", "2025", "--case", "2026")
    assert run("verify", "plain.json", *words, cwd=desk).status == 0


def test_of_two_results_in_a_folder_one_is_named(desk):
    both = desk / "samen"
    for words in (QUESTIONS["overlays"], QUESTIONS["simulate"]):
        assert run(*words, "--csv", "samen", cwd=desk).status == 0
    outcome = run("verify", both, "--case", "case", cwd=desk)
    assert outcome.status == 1
    assert "resultaat_vergelijking_herkomst.csv, resultaat_simulatie_herkomst.csv" in outcome.err
    for name in ("vergelijking", "simulatie"):
        words = ("verify", both / f"resultaat_{name}_herkomst.csv", "--case", "case")
        assert run(*words, cwd=desk).status == 0


# --- from a store ---------------------------------------------------------------------------------------------------------------------

STORE = ("--store", "opslag", "--hospital", HOSPITAL, "--year", str(YEAR))
ASKED = {
    "forecast": ("forecast", *STORE, "--as-of", f"{YEAR}-05-31", "--band", "2"),
    "all": ("forecast", "--store", "opslag", "--hospital", "alle", "--year", str(YEAR), "--executor", "lokaal"),
    "simulate": ("simulate", *STORE, "--as-of", f"{YEAR}-05-31", "--draws", "300"),
    "incentives": ("incentives", *STORE),
    "compare": ("compare", *STORE, "--agreements", "ruimer.toml"),
}


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bureau")
    hospital_store(folder / "opslag")
    rates = "vakgroep;normuren_per_fte\nHeelkunde;100\nOogheelkunde;100\nRadiologie;100\n"
    case_in(folder / "opslag", benchmark=rates)
    (folder / "ruimer.toml").write_text(OVERLAYS["ruimer.toml"], encoding="utf-8")
    for name, words in ASKED.items():
        outcome = run(*words, "--json", cwd=folder)
        if outcome.status == 0:
            (folder / f"{name}.json").write_text(outcome.out, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ASKED)
def test_what_a_store_gave_holds(house, name):
    assert (house / f"{name}.json").is_file(), run(*ASKED[name], cwd=house).err
    outcome = run("verify", f"{name}.json", "--store", "opslag", cwd=house)
    assert (outcome.status, outcome.err) == (0, ""), outcome.out


def test_a_forecast_names_the_records_and_the_day(house):
    origin = json.loads((house / "forecast.json").read_text(encoding="utf-8"))["verantwoording"]
    assert origin["vraag"] == {"hospital": HOSPITAL, "year": str(YEAR), "as-of": f"{YEAR}-05-31", "band": "2"}
    tables = [one["tabel"] for one in origin["gegevens"]["tabellen"]]
    assert f"records {YEAR}" in tables
    assert "begroting" in tables
    text = run(*ASKED["forecast"], cwd=house).out
    assert (
        f"Herkomst: afspraak {origin['afspraak']['hash'][:12]} · gegevens {origin['gegevens']['hash'][:12]} ·" in text
    )


def test_the_store_is_named_again(house):
    outcome = run("verify", "forecast.json", cwd=house)
    assert outcome.status == 1
    assert "Noem de opslag met --store MAP." in outcome.err
    assert HOSPITAL in outcome.err


def test_any_number_changed_in_a_forecast_is_found(house, tmp_path):
    path = tmp_path / "anders.json"
    content = json.loads((house / "forecast.json").read_text(encoding="utf-8"))
    by = Asked(store=house / "opslag")
    made = made_again(read_result(house / "forecast.json"), Given(by, (), (), house, None))
    places = list(numbers(content))
    assert len(places) > 200
    for place in places[:: len(places) // 60]:
        bad, _ = changed(content, place)
        path.write_text(json.dumps(bad), encoding="utf-8")
        found = read_result(path)
        assert len(verification(found, made.sources, cells_again(found, made)).figures) == 1, place


def test_a_later_delivery_leaves_a_result_as_it_was(house, tmp_path):
    """No day was asked for: what was the last delivery then is the day for which it is verified."""
    desk = tmp_path / "bureau"
    shutil.copytree(house, desk)
    origin = json.loads((desk / "compare.json").read_text(encoding="utf-8"))["verantwoording"]
    then = date.fromisoformat(origin["vraag"]["delivered"])
    rows, done = usual_work(date(YEAR, 1, 1), date(YEAR, 12, 31))
    more = [trajectory(10**7 + at, date(YEAR, 3, 2)) for at in range(50)]
    stored(desk / "opslag", then + timedelta(days=30), rows + more, [*done, *(activity(row, "190060") for row in more)])
    outcome = run("verify", "compare.json", "--store", "opslag", cwd=desk)
    assert "cijfers gelijk" in outcome.out, outcome.out + outcome.err
    later = run(*ASKED["compare"], "--json", cwd=desk)
    assert json.loads(later.out)["verantwoording"]["gegevens"] != origin["gegevens"]
