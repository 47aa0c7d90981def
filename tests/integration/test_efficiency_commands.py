"""`puntlanding efficiency` and `puntlanding formation`, as people and programs read them."""

import json
from fractions import Fraction

import pytest
from command import run

from small_contribution import small

pytestmark = pytest.mark.integration

TERMS = ("noord", 30, 25, 40, 6, 2), ("oost", 60, 33, 70, 30, 9), ("verweg", 90, 41, 90, 20, 30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("bijdragen")
    for name, *counts in TERMS:
        rows = []
        for sex, times in (("M", 1), ("V", 2)):
            names = ("patienten", "fysiek", "teleconsult", "verpleegdag", "diagnostiek")
            units = {f"k2_{unit}": count * times for unit, count in zip(names, counts, strict=True)}
            rows.append({"geslacht": sex, **{f"k{quarter}_diagnostiek": 0 for quarter in (1, 3, 4)}, **units})
        few = {f"k{quarter}_diagnostiek": 0 for quarter in (1, 2, 3, 4)}
        rows.append({"diagnosegroep": "0999", **few, "k4_patienten": 3, "k4_fysiek": 4})
        (place / f"{name}.bijdrage").write_bytes(small(name, strata=rows).to_bytes())
    return place


def test_first_the_answer_then_the_groups(folder):
    done = run("efficiency", folder, "--hospital", "noord")
    assert done.status == 0
    first, *rest = done.out.splitlines()
    assert first.startswith("noord, 2026: 1 van 1 vakgroepen vroegen minder")
    assert any(line.startswith("0303 Heelkunde ") for line in rest)
    assert "verweg" not in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_english(folder):
    done = run("efficiency", folder, "--hospital", "noord", "--lang", "en", "--peers", "alle", "--own", "uit")
    assert "Compared with 2 hospitals, all of which there is a contribution, without its own." in done.out


def test_where_a_group_differs_adds_up_and_tells_of_no_small_stratum(folder):
    shown = run("efficiency", folder, "--hospital", "noord", "--group", "heelkunde")
    assert shown.status == 0
    assert "0999" not in shown.out
    assert "< 10" in shown.out
    done = run("efficiency", folder, "--hospital", "noord", "--group", "0303", "--json")
    found = json.loads(done.out)
    gap = sum(Fraction(line["effect"]) for line in found["regels"])
    assert abs(gap - (Fraction(found["efficiency"]) - 1)) < Fraction(len(found["regels"]) + 1, 10**6)
    assert [line for line in found["regels"] if line["patienten"] is not None and line["patienten"] < 10] == []


def test_the_explanation_is_worked_out_again(folder):
    done = run("efficiency", folder, "--hospital", "noord", "--explain", "0303")
    assert done.status == 0
    assert "noord.bijdrage, k1–k4_fysiek" in done.out
    assert "oost" not in done.out
    assert done.out.rstrip().endswith("komt er precies hetzelfde uit.")


def test_json_of_all_groups(folder):
    found = json.loads(run("efficiency", folder, "--hospital", "oost", "--quarter", 3, "--json").out)
    assert (found["ziekenhuis"], found["kwartaal"], found["vergeleken_met"]) == ("oost", 3, 3)
    (group,) = found["vakgroepen"]
    assert group["patienten"] == {"per_niveau": [180, 0, 0, 0], "zonder_referentie": 0}
    assert set(group["onderdelen"]) == {"poliklinisch", "klinisch", "diagnostisch"}


def test_a_list_of_weights(folder, tmp_path):
    file = tmp_path / "gewichten.csv"
    file.write_text("specialisme;onderdeel;waarde\n;ehealth;0\n;klinisch;0\n;diagnostisch;0\n", encoding="utf-8")
    asked = ("efficiency", folder, "--hospital", "noord", "--json", "--weights", file)
    (group,) = json.loads(run(*asked).out)["vakgroepen"]
    assert group["efficiency"] == group["poliklinisch_volume"]
    assert group["onderdelen"]["klinisch"]["reden"] == "gewicht_nul"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hospital", "nord"), "Bedoelde u ‘noord’?"),
        (("--hospital", "noord", "--group", "0313"), "Kies uit: 0303 Heelkunde."),
        (("--hospital", "noord", "--quarter", "1"), "geen strata voor de efficiency tot en met dit kwartaal"),
        (("--hospital", "noord", "--group", "0303", "--minimum", "9999"), "te weinig patiënten bij de referentie"),
        (("--hospital", "noord", "--weights", "nergens.csv"), "nergens.csv"),
    ],
)
def test_what_cannot_be_is_said(folder, words, said):
    done = run("efficiency", folder, *words)
    assert done.status == 1
    assert said in done.err
    assert done.out == ""


def test_formation(demo):
    done = run("formation", demo)
    assert done.status == 0
    assert done.out.splitlines()[0].startswith("MSB Voorbeeld 2026: 112,10 zorgverlening-fte")
    found = json.loads(run("formation", demo, "--json").out)
    assert found["totaal"]["zorgverlening_fte"] == "112.100000"
    surgery = next(one for one in found["vakgroepen"] if one["vakgroep"] == "Heelkunde")
    assert sum(Fraction(one["zorgverlening_fte"]) for one in surgery["functies"]) == Fraction(
        surgery["zorgverlening_fte"]
    )


def test_formation_explained(demo):
    done = run("formation", demo, "--explain", "heelkunde")
    assert "formatie.csv rij 8, dagdelen_per_week" in done.out
    assert run("formation", demo, "--explain", "Heelkund").status == 1


def test_a_case_without_formation(demo, tmp_path):
    for file in demo.iterdir():
        if not file.name.startswith("formatie"):
            (tmp_path / file.name).write_bytes(file.read_bytes())
    done = run("formation", tmp_path)
    assert done.status == 1
    assert "Deze case heeft geen formatie." in done.err
