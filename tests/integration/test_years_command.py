"""`puntlanding years` on the examples: the published totals, what goes along, files, explanations, and years that cannot be computed.

`golden_years/` has what a person reads where something is odd or missing, to the letter.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from command import ROOT, run
from small_case import workbook, write_folder

from puntlanding.quantities import fixed

pytestmark = pytest.mark.integration

PUBLISHED = [ROOT / "examples" / "meerjaren" / str(year) for year in (2019, 2020, 2021)]
EUROS = [ROOT / "examples" / "drie-jaren" / str(year) for year in (2025, 2026, 2027)]
GOLDEN = Path(__file__).parent / "golden_years"
UPDATE = os.environ.get("PUNTLANDING_UPDATE_GOLDEN") == "1" and os.environ.get("CI", "").lower() != "true"


def record(*words):
    outcome = run("years", *words, "--json")
    assert outcome.status == 0
    return json.loads(outcome.out)


def test_the_published_example_in_one_run():
    found = record(*PUBLISHED)
    totals = {one["jaar"]: one for one in found["totaal"]["jaren"]}
    assert [fixed(Fraction(totals[year]["begroting"]), 2) for year in totals] == ["118.00", "117.00", "116.00"]
    assert [fixed(Fraction(totals[year]["norm_fte"]), 2) for year in (2019, 2020)] == ["118.00", "117.58"]
    printed = Path(__file__).parent / "handreiking" / "7-meerjaren-aanneemsom.csv"
    with printed.open(encoding="utf-8", newline="") as file:
        rows = {row["specialisme"]: row for row in csv.DictReader(file)}
    for group in found["vakgroepen"]:
        for one in group["jaren"][:2]:
            expected = rows[group["vakgroep"]][f"norm_fte_{one['jaar']}"]
            if (group["vakgroep"], one["jaar"]) != ("Oogheelkunde", 2020):  # printed 4.04, half up 4.05
                assert fixed(Fraction(one["norm_fte"]), 2) == expected


def test_the_order_of_the_cases_means_nothing():
    forth, back = (run("years", *cases).out for cases in (EUROS, EUROS[::-1]))
    assert forth == back


def test_each_year_is_what_it_is_alone_where_nothing_comes_along():
    years = {one["jaar"]: one for one in record(*EUROS)["totaal"]["jaren"]}
    alone = json.loads(run("distribute", EUROS[0], "--json").out)
    assert years[2025]["bedrag_cent"] == alone["totaal"]["bedrag_cent"]


def test_the_account_adds_up_and_names_where_it_comes_from():
    found = record(*EUROS)
    for one in found["jaren"]:
        account = one["rekening"]
        left = account["beginsaldo_cent"] + account["kader_cent"] + account["van_buiten_cent"]
        assert left - account["betaald_voor_kosten_cent"] - account["vervalt_cent"] == account["eindsaldo_cent"]
    whole = found["rekening"]
    assert whole["kader_cent"] == sum(one["rekening"]["kader_cent"] for one in found["jaren"])
    assert found["totaal"]["samen"]["bedrag_cent"] == sum(g["samen"]["bedrag_cent"] for g in found["vakgroepen"])
    text = run("years", *EUROS).out
    for one in found["jaren"]:
        source = found["verantwoording"]["bronnen"][str(one["jaar"])]
        assert source["afspraak"]["hash"][:12] in text
        assert source["gegevens"]["hash"][:12] in text


def test_nothing_is_wider_than_a_terminal():
    for cases in (PUBLISHED, EUROS):
        for language in ("nl", "en"):
            assert max(map(len, run("years", *cases, "--lang", language).out.splitlines())) <= 100


def test_a_group_is_explained_year_by_year():
    text = run("years", *EUROS, "--explain", "longgeneeskunde").out
    assert text.startswith("2025 · Verdeling in euro's · Longgeneeskunde")
    assert "2025/realisatie.csv" in text
    explained = record(*EUROS, "--explain", "Longgeneeskunde")["uitleg"]
    assert list(explained) == ["2025", "2026"]
    outcome = run("years", *EUROS, "--explain", "Longgeneskunde")
    assert outcome.status == 1
    assert "Longgeneeskunde" in outcome.err


def test_files(tmp_path):
    outcome = run("years", *EUROS, "--csv", tmp_path, "--xlsx", tmp_path / "jaren.xlsx")
    assert outcome.status == 0
    assert len(outcome.out.splitlines()) == 4
    with (tmp_path / "resultaat_jaren.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    cents = {row["jaar"]: row["bedrag_euro"] for row in rows if row["rij"] == "totaal"}
    parts = [row["bedrag_euro"] for row in rows if row["rij"] == "vakgroep"]
    assert sum(Fraction(one.replace(",", ".")) for one in parts) == sum(
        Fraction(one.replace(",", ".")) for one in cents.values()
    )
    book = openpyxl.load_workbook(tmp_path / "jaren.xlsx")
    assert book.sheetnames == ["Jaren", "Euro's", "Betaald", "Begroot", "Gerealiseerd", "Herkomst"]


def given(tmp_path, name):
    """Three small years; of each golden something is odd."""
    cases = [write_folder(tmp_path / str(year)) for year in (2025, 2026, 2027)]
    for folder in cases:
        agreement = (folder / "afspraak.toml").read_text(encoding="utf-8").replace("2026", folder.name)
        agreement += '\n[kader]\nbedrag = 4_000_000.00\n\n[meerjaren]\nsaldo = "kader"\n'
        if name == "other_organisation" and folder.name == "2027":
            agreement = agreement.replace("MSB Voorbeeld", "MSB Nieuw")
        (folder / "afspraak.toml").write_text(agreement, encoding="utf-8")
    if name == "year_not_computed":
        (cases[0] / "realisatie.csv").unlink()
    if name == "groups_change":
        for table in ("vakgroepen", "begroting", "realisatie"):
            path = cases[1] / f"{table}.csv"
            path.write_text(path.read_text(encoding="utf-8").replace("KNO", "Hoofd-hals"), encoding="utf-8")
            shutil.copy(path, cases[2] / path.name)
    return cases


@pytest.mark.parametrize("name", ["other_organisation", "year_not_computed", "groups_change"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_told_where_something_is_odd(tmp_path, name, language):
    given(tmp_path, name)
    outcome = run("years", "2025", "2026", "2027", "--lang", language, cwd=tmp_path)
    assert outcome.status == 0
    lines = [line for line in outcome.out.splitlines() if not line.startswith(("Herkomst", "Origin"))]
    text = "\n".join(lines) + "\n" + outcome.err
    expected = GOLDEN / f"{name}.{language}.txt"
    if UPDATE:
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")


def test_no_case_is_overwritten(tmp_path):
    cases = given(tmp_path, "other_organisation")
    before = (cases[0] / "begroting.csv").read_bytes()
    assert run("years", *cases, "--xlsx", cases[0] / "begroting.csv").status == 1
    assert (cases[0] / "begroting.csv").read_bytes() == before


def test_folders_and_workbooks_together(tmp_path):
    folder = given(tmp_path, "other_organisation")[0]
    workbook().save(tmp_path / "volgend jaar.xlsx")
    outcome = run("years", tmp_path / "volgend jaar.xlsx", ".", cwd=folder)
    assert outcome.status == 0
    assert outcome.out.splitlines()[-1].endswith("volgend jaar.xlsx")
    assert outcome.out.splitlines()[-2].endswith("2025")


def test_every_case_that_is_wrong_is_told_at_once(tmp_path):
    cases = given(tmp_path, "other_organisation")
    for folder in cases[:2]:
        (folder / "begroting.csv").write_text("vakgroep,norm_fte\nHeelkunde,veel\n", encoding="utf-8")
    outcome = run("years", *cases, tmp_path / "weg")
    assert outcome.status == 1
    assert [name in outcome.err for name in ("2025/begroting.csv", "2026/begroting.csv", "weg: ")] == [True] * 3
