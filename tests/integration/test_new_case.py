"""`new`: an empty case is refused only for what must be filled in, and works once that is done."""

from __future__ import annotations

import json
import re

import openpyxl
import pytest
from command import run

pytestmark = pytest.mark.integration

ROWS = {
    "vakgroepen": [["Heelkunde", "0303", "poort", ""], ["Radiologie", "0362", "ondersteunend", ""]],
    "begroting": [["Heelkunde", "", "", "", "", "", "", "12,5"], ["Radiologie", "", "", "", "", "", "", "4"]],
    "realisatie": [["Heelkunde", "", "", "", "", "", "", "13,25"], ["Radiologie", "", "", "", "", "", "", "3,9"]],
}
# What a new case cannot know: the name of the organisation and of the contract, and the groups.
# Keys of a component that stand in the place of another: both cannot hold.
INSTEAD = ("bedrag = 500_000.00", "bedrag_per_fte = ", "punten_per_norm_fte = ")
TO_FILL_IN = [("afspraak.toml", "afspraak.organisatie"), ("afspraak.toml", "contract.naam"), ("vakgroepen.csv", None)]


def problems(case):
    outcome = run("check", case, "--json")
    assert outcome.status == 1
    return [(one["bestand"], one["kolom"]) for one in json.loads(outcome.out)["fouten"]]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_folder(tmp_path, lang):
    case = tmp_path / "case"
    made = run("new", case, "--lang", lang)
    assert made.status == 0
    assert str(case) in made.out
    assert problems(case) == TO_FILL_IN
    toml = (case / "afspraak.toml").read_text(encoding="utf-8")
    toml = toml.replace('organisatie = ""', 'organisatie = "MSB Voorbeeld"').replace('naam = ""', 'naam = "A"')
    (case / "afspraak.toml").write_text(toml, encoding="utf-8")
    for name, rows in ROWS.items():
        path = case / f"{name}.csv"
        lines = "".join(";".join(row) + "\r\n" for row in rows)
        path.write_bytes(path.read_bytes() + lines.encode())
    outcome = run("settle", case, "--json")
    assert outcome.status == 0, outcome.out
    assert json.loads(outcome.out)["totaal"]["norm_fte"] == "16.400000"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_workbook(tmp_path, lang):
    made = run("new", tmp_path / "case", "--workbook", "--lang", lang)
    assert made.status == 0
    path = tmp_path / "case" / "case.xlsx"
    assert str(path) in made.out
    found = problems(tmp_path / "case")
    assert all(file in ("case.xlsx[afspraak]", "case.xlsx[vakgroepen]") for file, _ in found)
    assert {("case.xlsx[vakgroepen]", None)} <= set(found)
    book = openpyxl.load_workbook(path)
    wanted = {
        ("afspraak", "organisatie"): "MSB Voorbeeld",
        ("contract 1", "naam"): "A",
        ("contract 1", "soort"): "plafond",
        ("contract 1", "verzekeraars"): "3311; 0403",
    }
    for section, key, value, _ in book["afspraak"].iter_rows(min_row=2):
        value.value = wanted.get((section.value, key.value), value.value)
    for name, rows in ROWS.items():
        for row in rows:
            book[name].append(
                [
                    float(cell.replace(",", ".")) if re.fullmatch(r"[1-9]\d*(,\d+)?", cell) else cell or None
                    for cell in row
                ]
            )
    book.save(path)
    for case in (path, tmp_path / "case"):
        outcome = run("settle", case, "--json")
        assert outcome.status == 0, outcome.out
        assert json.loads(outcome.out)["totaal"]["norm_fte"] == "16.400000"


def test_the_agreement_of_a_new_case_with_every_choice_switched_on(tmp_path):
    """The lines that are comments are right too: without their # the agreement still reads."""
    assert run("new", tmp_path / "case").status == 0
    path = tmp_path / "case" / "afspraak.toml"
    text = re.sub(r"(?m)^# (\[.+\]|\w+ = .+)$", r"\1", path.read_text(encoding="utf-8"))
    for key in INSTEAD:
        assert f"\n{key}" in text
        text = text.replace(f"\n{key}", f"\n# {key}")
    text = text.replace('organisatie = ""', 'organisatie = "MSB"').replace('naam = ""', 'naam = "A"')
    path.write_text(text, encoding="utf-8")
    outcome = run("check", tmp_path / "case", "--json")
    wrong = [one for one in json.loads(outcome.out)["fouten"] if one["bestand"] == "afspraak.toml"]
    # Keys of other contract types cannot all stand under one contract.
    assert all("hoort bij een contract van soort" in one["melding"] for one in wrong), wrong


@pytest.mark.parametrize("options", [(), ("--workbook",)])
def test_a_place_where_something_is_stays_as_it_is(tmp_path, options):
    (tmp_path / "oud.txt").write_text("van mij", encoding="utf-8")
    outcome = run("new", tmp_path, *options)
    assert outcome.status == 1
    assert "er is niets overschreven" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["oud.txt"]
    assert (tmp_path / "oud.txt").read_text(encoding="utf-8") == "van mij"
    for target in (tmp_path / "oud.txt", tmp_path / "oud.txt" / "daarin"):
        assert run("new", target, *options).status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["oud.txt"]


def test_a_workbook_that_is_there_already_stays_as_it_is(tmp_path):
    (tmp_path / "case.xlsx").write_bytes(b"van mij")
    assert run("new", tmp_path / "case.xlsx", "--workbook").status == 1
    assert (tmp_path / "case.xlsx").read_bytes() == b"van mij"


def test_the_demonstration_collective_overwrites_nothing(tmp_path):
    (tmp_path / "begroting.csv").write_text("van mij", encoding="utf-8")
    assert run("demo", "collective", tmp_path).status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["begroting.csv"]
