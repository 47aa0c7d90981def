"""`puntlanding agreement …` and `puntlanding verify`: what is told, what is refused, and that no figure can be changed unseen.

`golden_documents/<case>.nl.txt` and `.en.txt` hold what is said of bad input; PUNTLANDING_UPDATE_GOLDEN=1 writes anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from bad_documents import CASE, CASES, FREEZE, LATER, frozen_and_changed, later, make, replace
from command import ROOT, run
from small_case import workbook

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parent / "golden_documents"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make(tmp_path_factory.mktemp("bureau"))


@pytest.fixture
def desk(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "bureau")
    return tmp_path / "bureau"


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_bad_input(name, desk):
    bad = CASES[name]
    bad.make(desk)
    for language in ("nl", "en"):
        outcome = run(*bad.words, "--lang", language, cwd=desk)
        assert outcome.status == 1, outcome
        assert outcome.out == ""
        expected = GOLDEN / f"{name}.{language}.txt"
        if UPDATE:
            expected.parent.mkdir(exist_ok=True)
            expected.write_text(outcome.err, encoding="utf-8")
        assert outcome.err == expected.read_text(encoding="utf-8")
    assert list(json.loads(run(*bad.words, "--json", cwd=desk).out)) == ["fouten"]


def test_every_golden_text_is_of_a_case():
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{of}.txt" for name in CASES for of in ("nl", "en")}


def test_an_agreement_told_in_sentences(desk):
    outcome = run("agreement", "check", CASE, cwd=desk)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("MSB Voorbeeld · 2026\nDe afspraak is in orde en geldt vanaf 1 januari 2026.\n")
    assert "  A: plafond: realisatie telt tot de begroting.\n" in outcome.out
    assert "  Het financieel kader is € 100.000,00.\n" in outcome.out
    assert all(len(line) <= 100 for line in outcome.out.splitlines())
    english = run("agreement", "check", CASE, "--lang", "en", cwd=desk)
    assert "  A: ceiling: realisation counts up to the budget.\n" in english.out
    record = json.loads(run("agreement", "check", CASE, "--json", cwd=desk).out)
    assert record["ingangsdatum"] == "2026-01-01"
    assert record["inhoud"]["kader"]["bedrag"] == "100000.00"
    assert "Het financieel kader is € 100.000,00." in record["zinnen"]["kader"]


def test_what_changes_in_the_course_of_a_year(desk):
    later(desk)
    replace(desk, f"case/{LATER}", "100_000.00", "90_000.00")
    lines = run("agreement", "diff", "case/afspraak.toml", f"case/{LATER}", cwd=desk).out.splitlines()
    assert lines[0] == f"2 verschillen van afspraak.toml naar {LATER}"
    assert lines[1] == "Een wijziging in de loop van het jaar: zij gaat in op 1 juli 2026."
    assert "  Het financieel kader gaat van € 100.000,00 naar € 90.000,00." in lines
    record = json.loads(run("agreement", "diff", "case/afspraak.toml", f"case/{LATER}", "--json", cwd=desk).out)
    assert record["aantal"] == len(record["verschillen"]) == 2
    amount = next(one for one in record["verschillen"] if one["sleutel"] == "bedrag")
    assert (amount["was"], amount["wordt"]) == ("100000.00", "90000.00")


def test_no_difference_between_a_file_and_a_sheet(desk):
    book = desk / "boek.xlsx"
    workbook().save(book)
    replace(desk, "case/afspraak.toml", "[kader]\nbedrag = 100_000.00\n", "# niets\n")
    outcome = run("agreement", "diff", "case/afspraak.toml", book, cwd=desk)
    assert outcome.out.startswith("Er is geen verschil: beide hebben dezelfde inhoud (")
    assert "Alleen de tekst is anders" in outcome.out
    again = run("agreement", "diff", CASE, "case/afspraak.toml", "--lang", "en", cwd=desk)
    assert "The text is equal too." in again.out


def test_the_later_version_is_settled_by_and_named(desk):
    later(desk, 'ingangsdatum = 2026-07-01\nversie = "na overleg"')
    told = "De afspraak: afspraak_vanaf_2026-07-01.toml, versie na overleg, vanaf 1 juli 2026"
    for words in (("settle", CASE), ("settle", CASE, "--explain", "KNO"), ("check", CASE)):
        assert told in run(*words, cwd=desk).out.splitlines()
    assert json.loads(run("settle", CASE, "--json", cwd=desk).out)["verantwoording"]["afspraak"]["bestand"] == LATER
    outcome = run("verify", "case/uit.json", cwd=desk)
    assert outcome.status == 1
    assert "De afspraak is gewijzigd\n  De ingangsdatum gaat van 1 januari 2026 naar 1 juli 2026." in outcome.out
    assert outcome.out.startswith("Alle ")


def test_both_parties_freeze_and_a_new_version_goes_on(desk):
    first = run(*FREEZE, cwd=desk)
    assert first.out.startswith("Vastgelegd door het ziekenhuis op 15 januari 2026, nog niet door het gremium.\n")
    second = run(*FREEZE[:3], "--by", "gremium", "--on", "2026-01-20", cwd=desk)
    assert "Het zegel is compleet." in second.out
    assert "vastgelegd door het ziekenhuis en het gremium" in run("settle", CASE, cwd=desk).out
    signed = json.loads(run("settle", CASE, "--json", cwd=desk).out)["verantwoording"]["afspraak"]["vastgelegd"]
    assert signed == [{"door": "ziekenhuis", "op": "2026-01-15"}, {"door": "gremium", "op": "2026-01-20"}]
    text = (desk / "case/afspraak.toml").read_text(encoding="utf-8")
    (desk / "case/afspraak.toml").write_text("# alleen een opmerking\n" + text, encoding="utf-8")
    assert run("settle", CASE, cwd=desk).status == 0
    later(desk)
    replace(desk, f"case/{LATER}", "100_000.00", "90_000.00")
    assert run("distribute", CASE, cwd=desk).status == 0


def test_a_sheet_is_frozen_beside_its_workbook(desk):
    book = desk / "boek.xlsx"
    made = workbook()
    made.save(book)
    assert run("agreement", "freeze", book, "--by", "gremium", "--on", "2026-01-15").status == 0
    assert (desk / "boek.zegel.toml").is_file()
    assert run("settle", book).status == 0
    made["afspraak"].append(["weging", "passende_zorg", 0.2])
    made["afspraak"].append(["weging", "output", 0.6])
    made.save(book)
    outcome = run("settle", book)
    assert outcome.status == 1
    assert "Het gewicht van de output in de score gaat van 80 % naar 60 %." in outcome.err


def test_the_schema_is_the_one_in_the_reference(desk):
    text = (ROOT / "docs/reference/afspraak.schema.json").read_text(encoding="utf-8")
    assert run("agreement", "schema").out == text
    assert run("agreement", "schema", "--output", desk / "schema.json").status == 0
    assert (desk / "schema.json").read_text(encoding="utf-8") == text
    assert run("agreement", "schema", "--output", desk / "schema.json").status == 1


@pytest.mark.parametrize("words", [("case/uit.json",), ("case/uitkomst",), ("uit.xlsx", "--case", CASE)])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_result_that_holds(desk, words, language):
    outcome = run("verify", *words, "--lang", language, cwd=desk)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("De uitkomst klopt: " if language == "nl" else "The result holds: ")
    record = json.loads(run("verify", *words, "--json", cwd=desk).out)
    assert record["gelijk"]
    assert record["vergeleken"] > 20


@pytest.mark.parametrize("options", [("--json",), ("--json", "--explain", "KNO"), ("--json", "--lang", "en")])
@pytest.mark.parametrize("stage", ["budget", "settle", "distribute", "run"])
def test_each_form_of_json_holds(desk, stage, options):
    path = desk / "case/een.json"
    path.write_text(run(stage, CASE, *options, cwd=desk).out, encoding="utf-8")
    outcome = run("verify", path)
    assert outcome.status == 0, outcome.out


def numbers(value, path=()):
    """The places of a JSON value that hold a number, also as text."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key != "verantwoording":
                yield from numbers(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from numbers(one, (*path, at))
    elif isinstance(value, int) or (isinstance(value, str) and NUMBER.fullmatch(value)):
        yield path


def other(value):
    """The same kind of value with its last digit changed."""
    text = str(value)
    text = text[:-1] + ("1" if text[-1] == "0" else "0")
    return int(text) if isinstance(value, int) else text


def test_any_number_changed_in_the_json_is_found(desk):
    path = desk / "case/uit.json"
    whole = json.loads(path.read_text(encoding="utf-8"))
    places = list(numbers(whole))
    assert len(places) > 40
    for place in places:
        content = json.loads(json.dumps(whole))
        inner = content
        for step in place[:-1]:
            inner = inner[step]
        was = inner[place[-1]]
        inner[place[-1]] = other(was)
        path.write_text(json.dumps(content), encoding="utf-8")
        outcome = run("verify", path, "--json")
        found = json.loads(outcome.out)["cijfers"]
        assert (outcome.status, len(found)) == (1, 1), place
        assert (found[0]["uitkomst"], found[0]["opnieuw"]) == (str(other(was)), str(was))


def test_any_number_changed_in_the_csv_is_found(desk):
    path = desk / "case/uitkomst/resultaat_afrekening.csv"
    text = path.read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    changed = 0
    for at, row in enumerate(rows[1:], start=1):
        for i, cell in enumerate(row):
            if NUMBER.fullmatch(cell):
                again = [list(one) for one in rows]
                again[at][i] = other(cell)
                path.write_text("\r\n".join(";".join(one) for one in again), encoding="utf-8-sig", newline="")
                outcome = run("verify", path.parent)
                assert outcome.status == 1, (at, i)
                assert " 1 van de " in outcome.out
                changed += 1
    assert changed > 15


def test_any_number_changed_in_the_workbook_is_found(desk):
    path = desk / "uit.xlsx"
    whole = openpyxl.load_workbook(path)
    places = [
        (sheet.title, cell.coordinate)
        for sheet in whole
        for row in sheet
        for cell in row
        if isinstance(cell.value, int | float)
    ]
    assert len(places) > 15
    for title, coordinate in places:
        book = openpyxl.load_workbook(path)
        book[title][coordinate].value += 0.01
        book.save(desk / "anders.xlsx")
        outcome = run("verify", desk / "anders.xlsx", "--case", desk / CASE)
        assert outcome.status == 1, (title, coordinate)
        assert " 1 van de " in outcome.out


def test_a_workbook_that_was_opened_and_saved_still_holds(desk):
    openpyxl.load_workbook(desk / "uit.xlsx").save(desk / "bewaard.xlsx")
    assert run("verify", desk / "bewaard.xlsx", "--case", desk / CASE).status == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda origin: origin["afspraak"].update(hash="0" * 64),
        lambda origin: origin["afspraak"]["inhoud"]["kader"].update(bedrag="1.00"),
        lambda origin: origin["gegevens"].update(hash="0" * 64),
        lambda origin: origin["gegevens"]["tabellen"][0].update(hash="0" * 64),
        lambda origin: origin["gegevens"]["tabellen"].pop(),
        lambda origin: origin["afspraak"]["vastgelegd"].append({"door": "gremium", "op": "2026-01-01"}),
    ],
)
def test_an_origin_changed_by_hand_is_found(desk, change):
    path = desk / "case/uit.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content["verantwoording"])
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = run("verify", path)
    assert outcome.status == 1
    assert "De uitkomst zelf\n" in outcome.out


def test_which_table_was_changed(desk):
    replace(desk, "case/realisatie.csv", "5.1", "5.3")
    lines = run("verify", "case/uit.json", cwd=desk).out.splitlines()
    at = lines.index("De gegevens zijn gewijzigd")
    assert lines[at + 1].startswith("  realisatie is anders (")
    assert lines[at + 2] == ""
    assert any(line.startswith("  afrekening · KNO · norm_fte ") for line in lines)
    assert all(len(line) <= 100 for line in lines)
    record = json.loads(run("verify", "case/uit.json", "--json", cwd=desk).out)
    assert [one["tabel"] for one in record["gegevens"]["verschillen"]] == ["realisatie"]


def test_a_table_that_came_is_told_though_no_figure_changed(desk):
    (desk / "case/normtijden.csv").write_text("jaar,specialisme,soort,code,minuten\n2026,0303,zorgproduct,X1,5\n")
    outcome = run("verify", "case/uitkomst", cwd=desk)
    assert outcome.status == 1
    assert "maar de herkomst is niet dezelfde" in outcome.out
    assert "  normtijden was er toen niet" in outcome.out


def test_a_result_of_a_changed_agreement_says_what_changed(desk):
    replace(desk, "case/afspraak.toml", "100_000.00", "90_000.00")
    outcome = run("verify", "case/uit.json", "--lang", "en", cwd=desk)
    assert outcome.status == 1
    assert "  The financial frame goes from € 100,000.00 to € 90,000.00.\n" in outcome.out


def test_another_version_of_the_program_is_told(desk):
    path = desk / "case/uit.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["verantwoording"]["programma"] = "0.0.9"
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = run("verify", path)
    assert outcome.status == 0
    assert "De uitkomst is gemaakt met puntlanding 0.0.9; dit is " in outcome.out


def test_a_frozen_agreement_that_was_changed_stops_every_command(desk):
    frozen_and_changed(desk)
    for command in ("check", "budget", "settle", "distribute", "run", "formation"):
        outcome = run(command, CASE, cwd=desk)
        assert outcome.status == 1
        assert "Het financieel kader gaat van € 100.000,00 naar € 90.000,00." in outcome.err
