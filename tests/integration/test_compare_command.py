"""`puntlanding compare` as people use it: what is printed, the JSON, the files, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import openpyxl
import pytest
from command import run
from small_case import workbook, write_folder

from puntlanding.demo.collective import write_collective

pytestmark = pytest.mark.integration

EXPECTED = Path(__file__).parent / "compared"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"
OVERLAYS = {
    "ruimer.toml": '[[contract]]\nnaam = "Verzekeraar Zuid"\nbandbreedte = 0.10\n',
    "zonder.toml": '[afrekening]\nherverdeling = "geen"\n',
    "vast.toml": '[[contract]]\nnaam = "Verzekeraar Noord"\nsoort = "aanneemsom"\n\n[kader]\nvaste_component = 0.20\n',
    "zorg.toml": "[weging]\noutput = 0.7\npassende_zorg = 0.1\n",
}
INPUT = {"Oogheelkunde": "4,0", "KNO": "6,1", "Heelkunde": "12,5", "Orthopedie": "10,4", "Urologie": "5,2"}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vergelijken")
    write_collective(folder / "case")
    for name, text in OVERLAYS.items():
        (folder / name).write_text(text, encoding="utf-8")
    rows = (folder / "case" / "vakgroepen.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    names = [row.split(";")[0] for row in rows]
    text = "".join(f"{name};{INPUT.get(name, '7,5')}\n" for name in names)
    (folder / "case" / "input.csv").write_text("vakgroep;norm_fte\n" + text, encoding="utf-8")
    return folder


def compared(place, *words):
    outcome = run("compare", "case", *words, "--json", cwd=place)
    assert outcome.status == 0, outcome.out + outcome.err
    return json.loads(outcome.out)


def amounts(column, key="bedrag_cent"):
    return [row[key] for row in column["vakgroepen"]]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overlays", ["--agreements", *OVERLAYS]),
        ("types", ["--types", "--value", "bandbreedte=4%"]),
        ("old", ["--old-model", "--within", "2,5%"]),
    ],
)
def test_what_is_printed(place, name, words, lang):
    outcome = run("compare", "case", *words, "--lang", lang, cwd=place)
    assert outcome.status == 0
    text = outcome.out + "--\n" + outcome.err
    expected = EXPECTED / f"{name}.{lang}.txt"
    if UPDATE:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


def test_eight_agreements_fit_the_width(place):
    files = []
    for number in range(8):
        files.append(f"voorstel-met-een-lange-naam-{number}.toml")
        (place / files[-1]).write_text(f"[kader]\nbedrag = {123_456_789 + number}.07\nvaste_component = 0.{number}5\n")
    outcome = run("compare", "case", "--agreements", *files, "--old-model", "--within", "1", cwd=place)
    assert outcome.status == 0
    assert max(map(len, outcome.out.splitlines())) <= 100


def test_an_overlay_gives_what_the_whole_agreement_gives(place, tmp_path):
    """And the case itself, given as an agreement, differs nowhere."""
    own = (place / "case" / "afspraak.toml").read_text(encoding="utf-8")
    whole = own.replace("bandbreedte = 0.03", "bandbreedte = 0.10")
    (tmp_path / "heel.toml").write_text(whole, encoding="utf-8")
    found = compared(place, "--agreements", "ruimer.toml", tmp_path / "heel.toml", "case/afspraak.toml")
    own_column, overlay, full, same = found["afspraken"]
    assert amounts(overlay) == amounts(full)
    assert overlay["hash"] == full["hash"] != own_column["hash"] == same["hash"]
    assert (overlay["soort"], full["soort"]) == ("aanvulling", "afspraak")
    assert overlay["gewijzigd"] == full["gewijzigd"]
    assert not any(amounts(same, "verschil_cent"))
    assert same["verschil"]["meer"] == same["verschil"]["minder"] == []


def test_the_own_column_is_what_distribute_gives(place):
    alone = json.loads(run("distribute", "case", "--json", cwd=place).out)
    found = compared(place, "--agreements", "zonder.toml")
    assert amounts(found["afspraken"][0]) == amounts(alone)
    assert found["afspraken"][0]["totaal"]["bedrag_cent"] == alone["totaal"]["bedrag_cent"]
    assert found["verantwoording"]["gegevens"] == alone["verantwoording"]["gegevens"]
    assert found["verantwoording"]["bronnen"]["B"]["afspraak"]["hash"] == found["afspraken"][1]["hash"]


def test_each_column_adds_up(place):
    found = compared(place, "--agreements", "ruimer.toml", "vast.toml", "--types", "--old-model", "--within", "1")
    for column in found["afspraken"]:
        if "niet_berekend" not in column:
            assert sum(amounts(column)) == column["totaal"]["bedrag_cent"]
            if "verschil" in column:
                assert sum(amounts(column, "verschil_cent")) == column["verschil"]["samen_cent"]
    compensation = found["vergoeding"]
    assert compensation["ten_opzichte_van"] == "J"
    assert set(compensation["per_kolom"]) == {
        "A",
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
        "I",
        "K",
    }  # H is refused, J the reference
    for one in compensation["per_kolom"].values():
        assert sum(row["cent"] for row in one["vakgroepen"]) == one["totaal_cent"]
    steps = [found[key]["vakgroepen"] for key in ("van_drie_naar_twee_parameters", "van_twee_naar_eigen")]
    own, old = found["afspraken"][0], found["afspraken"][9]
    for first, second, now, before in zip(*steps, own["vakgroepen"], old["vakgroepen"], strict=True):
        assert first["verschil_cent"] + second["verschil_cent"] == now["bedrag_cent"] - before["bedrag_cent"]


def test_one_agreement_without_its_data_is_refused_by_itself(place):
    found = compared(place, "--agreements", "zorg.toml", "ruimer.toml")
    refused, other = found["afspraken"][1:]
    assert {row["kolom"] for row in refused["niet_berekend"]} == {"vakgroep"}
    assert "vakgroepen" not in refused
    assert amounts(other)
    outcome = run("compare", "case", "--agreements", "zorg.toml", cwd=place)
    assert outcome.status == 1
    assert "Passende zorg" in outcome.err


def test_the_budget_of_last_year_is_read_where_a_column_needs_it(tmp_path):
    budget = "vakgroep,jaar,norm_fte\nHeelkunde,2026,12\nKNO,2026,6\nRadiologie,2026,4\nHeelkunde,2025,14\nKNO,2025,6\nRadiologie,2025,4\n"
    write_folder(tmp_path / "case", begroting=budget)
    found = compared(tmp_path, "--types")
    multi = next(one for one in found["afspraken"] if one["naam"] == "meerjaren_aanneemsom")
    assert amounts(multi, "norm_fte") == ["13.000000", "6.000000", "4.000000"]
    assert amounts(multi, "bedrag_cent") == [None] * 3  # no frame


def test_without_a_frame_only_norm_fte_is_compared_and_said(tmp_path):
    write_folder(tmp_path / "case")
    outcome = run("compare", "case", "--types", cwd=tmp_path)
    assert outcome.status == 0
    assert "Alleen norm fte: zonder [kader]" in outcome.out
    assert "€" not in outcome.out


def test_a_workbook_is_compared_too(tmp_path):
    workbook().save(tmp_path / "case.xlsx")
    (tmp_path / "som.toml").write_text('[[contract]]\nnaam = "A"\nsoort = "aanneemsom"\n')
    outcome = run("compare", "case.xlsx", "--agreements", "som.toml", "--json", cwd=tmp_path)
    assert outcome.status == 0, outcome.err
    own, other = json.loads(outcome.out)["afspraken"]
    assert own["naam"] == "case.xlsx[afspraak]"
    assert amounts(other, "norm_fte") == ["12.500000", "6.000000", "4.045000"]


def test_files_hold_the_same_figures(place, tmp_path):
    words = ("--agreements", "ruimer.toml", "zorg.toml", "--within", "0")
    found = compared(place, *words)
    outcome = run("compare", "case", *words, "--csv", tmp_path, "--xlsx", tmp_path / "v.xlsx", cwd=place)
    assert outcome.status == 0
    text = (tmp_path / "resultaat_vergelijking.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert {row["kolom"] for row in rows} == {"A", "B"}  # what was refused has no rows
    groups = [row for row in rows if row["rij"] == "vakgroep" and row["kolom"] == "B"]
    assert [row["verschil_euro"] for row in groups] == [
        f"{cents / 100:.2f}".replace(".", ",") for cents in amounts(found["afspraken"][1], "verschil_cent")
    ]
    total = next(row for row in rows if row["rij"] == "totaal" and row["kolom"] == "B")
    needed = found["vergoeding"]["per_kolom"]["B"]["totaal_cent"]
    assert total["vergoeding_euro"] == f"{needed / 100:.2f}".replace(".", ",")
    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    assert book.sheetnames == [
        "Vergelijking",
        "Euro's",
        "Verschil in euro's",
        "Norm fte",
        "Verschil in norm fte",
        "Vergoeding",
        "Herkomst",
    ]
    column = [row[2].value for row in book["Euro's"].iter_rows(min_row=2, max_row=16)]
    assert column == [cents / 100 for cents in amounts(found["afspraken"][1])]
    assert (tmp_path / "resultaat_vergelijking_herkomst.csv").exists()


def test_no_agreement_is_overwritten(place):
    outcome = run("compare", "case", "--agreements", "ruimer.toml", "--xlsx", "ruimer.toml", cwd=place)
    assert outcome.status == 1
    assert (place / "ruimer.toml").read_text(encoding="utf-8") == OVERLAYS["ruimer.toml"]


@pytest.mark.parametrize("group", ["Pijnbestrijding", "Totaal"])
def test_each_difference_is_explained_and_works_out_again(place, group):
    words = ("--agreements", "ruimer.toml", "--old-model", "--within", "1", "--explain", group)
    outcome = run("compare", "case", *words, cwd=place)
    assert outcome.status == 0
    assert outcome.out.count("Controle: opnieuw berekend") == 9
    assert f"{group} · B: ruimer.toml" in outcome.out
    numbers = compared(place, *words)["uitleg"]["getallen"]
    assert list(numbers) == ["A", "B", "C", "D", "A vergoeding", "B vergoeding", "D vergoeding", "3 → 2", "2 → A"]


def test_an_overlays_own_line_is_in_the_explanation(place):
    outcome = run("compare", "case", "--agreements", "vast.toml", "--explain", "KNO", cwd=place)
    assert "vast.toml regel 6, kader.vaste_component" in outcome.out
    assert "afspraak.toml regel 30, kader.bedrag" in outcome.out


def test_the_same_input_gives_the_same_bytes(place, tmp_path):
    for name in ("a", "b"):
        run("compare", "case", "--types", "--csv", tmp_path / name, "--xlsx", tmp_path / name / "v.xlsx", cwd=place)
    for file in ("resultaat_vergelijking.csv", "v.xlsx"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_options_may_stand_in_any_order(place):
    first = run("compare", "case", "--agreements", "ruimer.toml", "zonder.toml", "--json", cwd=place)
    again = run("compare", "case", "--json", "--agreements", "ruimer.toml", "--agreements", "zonder.toml", cwd=place)
    assert first.out == again.out


def test_a_component_without_its_list_leaves_norm_fte_and_says_why(place):
    """And says nothing of who gets more, which nobody knows."""
    (place / "kwaliteit.toml").write_text("[kwaliteit]\naandeel = 0.03\n")
    (place / "reserve.toml").write_text("[mutatiereserve]\naandeel = 0.02\n")
    outcome = run("compare", "case", "--agreements", "kwaliteit.toml", "reserve.toml", cwd=place)
    assert outcome.status == 0
    assert "Onder B" not in outcome.out
    assert "geen euro's: " in outcome.out
    without, reserve = compared(place, "--agreements", "kwaliteit.toml", "reserve.toml")["afspraken"][1:]
    assert amounts(without) == [None] * 15
    assert None not in amounts(without, "norm_fte")
    assert without["geen_euros"]
    kept = reserve["totaal"]["bedrag_cent"] + reserve["niet_uitgekeerd"]["bedrag_cent"]
    own = compared(place, "--agreements", "zonder.toml")["afspraken"][0]
    assert kept == own["totaal"]["bedrag_cent"] + own["niet_uitgekeerd"]["bedrag_cent"]
