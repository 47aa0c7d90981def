"""`puntlanding incentives` as people use it: what is printed, the JSON, the page, and what is refused."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from pathlib import Path

import pytest
from command import run
from small_case import toml, workbook, write_folder

from puntlanding.demo.collective import write_collective

pytestmark = pytest.mark.integration

EXPECTED = Path(__file__).parent / "golden_incentives"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
OVERLAYS = {
    "zonder.toml": '[afrekening]\nherverdeling = "geen"\n',
    "schaduw.toml": '[[contract]]\nnaam = "Verzekeraar Noord"\nsoort = "schaduwdraaien"\n\n[kader]\nniet_uitgekeerd = "verdelen"\n',
    "reserve.toml": '[afrekening]\nherverdeling = "geen"\n\n[mutatiereserve]\naandeel = 0.02\ngebruik = "geheel"\n',
    "meerjaren.toml": '[[contract]]\nnaam = "Verzekeraar Noord"\nsoort = "meerjaren_aanneemsom"\nkrimpvergoeding = 0.5\n',
    "vast.toml": "".join(f'[[contract]]\nnaam = "Verzekeraar {n}"\nsoort = "aanneemsom"\n' for n in ("Noord", "Zuid")),
    "scores.toml": "[kwaliteit]\naandeel = 0.03\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("prikkels")
    write_collective(folder / "case")
    for name, text in OVERLAYS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def shown(place, *words):
    outcome = run("incentives", "case", *words, "--json", cwd=place)
    assert outcome.status == 0, outcome.out + outcome.err
    return json.loads(outcome.out)


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("own", []),
        ("budget", ["--others", "begroting", "--distance", "2,5%", "--group", "KNO", "--group", "urologie"]),
        ("several", ["--agreements", *OVERLAYS]),
    ],
)
def test_what_is_printed(place, name, words, lang):
    outcome = run("incentives", "case", *words, "--lang", lang, cwd=place)
    assert outcome.status == 0
    text = outcome.out + "--\n" + outcome.err
    assert max(map(len, outcome.out.splitlines())) <= 100
    expected = EXPECTED / f"{name}.{lang}.txt"
    if UPDATE:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


def test_the_json_tells_where_every_cent_comes_from(place):
    found = shown(place, "--agreements", "reserve.toml")
    assert [one["kolom"] for one in found["afspraken"]] == ["A", "B"]
    assert found["verantwoording"]["gegevens"]["hash"]
    assert found["verantwoording"]["bronnen"]["B"]["afspraak"]["bestand"] == "reserve.toml"
    for one in found["afspraken"]:
        assert one["hash"]
        assert one["anderen_op"] == "realisatie"
        for row in one["regels"]:
            for point in row["punten"].values():
                kept = [point["niet_uitgekeerd_cent"], *point["potten"].values()]
                amounts = [point["eigen_cent"], point["anderen_cent"], *kept]
                assert abs(sum(map(Fraction, amounts))) < Fraction(1, 10_000)
                own = sum(map(Fraction, point["waaruit"].values()))
                assert abs(own - Fraction(point["eigen_cent"])) < Fraction(1, 10_000)


def test_an_agreement_that_cannot_be_settled_is_told_by_itself(place):
    found = shown(place, "--agreements", "meerjaren.toml", "vast.toml")
    assert [one["kolom"] for one in found["afspraken"]] == ["A", "C"]
    (refused,) = found["niet_berekend"]
    assert refused["naam"] == "meerjaren.toml"
    assert len(refused["redenen"]) == 15
    assert found["afspraken"][1]["telt_niet"] == ["Verzekeraar Noord", "Verzekeraar Zuid", "Verzekeraar West"]


def test_a_page_stands_by_itself_and_escapes_what_it_shows(tmp_path):
    write_folder(
        tmp_path / "case",
        vakgroepen="vakgroep,specialisme,rol\n<b>Heelkunde</b>,0303,poort\nKNO,0302,poort\nRadiologie,0362,ondersteunend\n",
        begroting="vakgroep,jaar,norm_fte\n<b>Heelkunde</b>,2026,12\nKNO,2026,6\nRadiologie,2026,4\n",
        realisatie="vakgroep,jaar,norm_fte\n<b>Heelkunde</b>,2026,12.5\nKNO,2026,5.5\nRadiologie,2026,4\n",
        benchmark="vakgroep,normuren_per_fte\n<b>Heelkunde</b>,1000\nKNO,1000\nRadiologie,1000\n",
    )
    outcome = run("incentives", "case", "--page", "p.html", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    text = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Heelkunde&lt;/b&gt;" in text
    assert "<b>Heelkunde" not in text
    assert not any(word in text for word in ("http", "<script", "<img"))


def test_the_page_says_what_the_terminal_says(place):
    run("incentives", "case", "--agreements", "schaduw.toml", "--page", "bestuur.html", cwd=place)
    text = (place / "bestuur.html").read_text(encoding="utf-8")
    for one in shown(place, "--agreements", "schaduw.toml")["afspraken"]:
        assert one["oordeel"] in text


def test_a_workbook_has_incentives_too(tmp_path):
    workbook().save(tmp_path / "case.xlsx")
    outcome = run("incentives", "case.xlsx", "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    assert not json.loads(outcome.out)["afspraken"][0]["in_euros"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--group", "kn"), "Bedoelde u ‘KNO’?"),
        (("--distance", "0"), "groter dan 0"),
        (("--distance", "vijf"), "groter dan 0"),
        (("--agreements", "zonder.toml", "zonder.toml"), "twee keer"),
        (("--page", "case/afspraak.toml"), "hoort bij de case"),
        (("--page", "zonder.toml", "--agreements", "zonder.toml"), "hoort bij de case"),
    ],
)
def test_what_is_refused(place, words, said):
    outcome = run("incentives", "case", *words, cwd=place)
    assert outcome.status == 1
    assert said in outcome.err
    assert outcome.out == ""


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_component_at_once(place, lang):
    """No benchmark: by the norm fte. A net, a reserve and costs each move something."""
    example = Path(__file__).parents[2] / "examples" / "onderdelen"
    outcome = run("incentives", example, "--lang", lang, cwd=place)
    assert outcome.status == 0, outcome.err
    said = {
        "nl": ("Een norm fte meer levert", "[vangnet]", "Onder 0"),
        "en": ("One norm fte more pays", "[vangnet]", "Below 0"),
    }
    assert all(text in outcome.out for text in said[lang])


def test_others_cannot_stand_where_nothing_is_known(tmp_path):
    write_folder(tmp_path / "case")
    outcome = run("incentives", "case", "--others", "prognose", cwd=tmp_path)
    assert outcome.status == 1
    assert "De case heeft geen prognose" in outcome.err


def test_groups_are_not_all_named_where_it_holds_for_every_one(tmp_path):
    found = run("incentives", write_folder(tmp_path, afspraak__toml=toml() + "\n[kader]\nbedrag = 1_000_000.00\n"))
    assert found.status == 0, found.err
    assert "want zonder benchmark heeft een normuur geen prijs." in " ".join(found.out.split())


def test_the_same_input_gives_the_same_bytes(place):
    words = ("incentives", "case", "--agreements", "reserve.toml", "--json")
    assert run(*words, cwd=place).out == run(*words, cwd=place).out
