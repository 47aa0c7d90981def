"""`puntlanding fold` as a user meets it: one hospital or all, again after a delivery, with a case and without, and what is refused."""

from __future__ import annotations

import json
import shutil
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from command import run
from plain_export import write_export

from puntlanding.cli.fold_options import DEFAULT, KINDS
from puntlanding.contribution import read_contribution
from puntlanding.contribution.about import HOSPITAL_KINDS
from puntlanding.contribution.container import with_signatures
from puntlanding.fold.executors import LOCAL
from puntlanding.fold.fold import fold_year
from puntlanding.fold.rules import FoldJob, FoldRules

pytestmark = pytest.mark.integration

AGREEMENT = """[afspraak]
organisatie = "MSB Voorbeeld"
jaar = 2025

[[contract]]
naam = "Concern"
soort = "plafond"
verzekeraars = ["3311"]

[[contract]]
naam = "Overige"
soort = "plafond"
"""
CASE = {
    "afspraak.toml": AGREEMENT,
    "vakgroepen.csv": "vakgroep;specialisme;rol\nHeelkunde;0303;poort\nVaatchirurgie;0303;poort\nRadiologie;0362;ondersteunend\n",
    "formatie.csv": (
        "vakgroep;functie;categorie;dagdelen_per_week\nHeelkunde;medisch specialist;1a;20\nHeelkunde;medisch specialist;2;5\n"
        "Vaatchirurgie;medisch specialist;1b;10\nVaatchirurgie;medisch specialist;1a;0\n"
    ),
    "normtijden.csv": "jaar;specialisme;soort;code;minuten\n2025;0303;zorgproduct;110401019;30,25\n2026;0303;zorgproduct;110401019;60\n",
    "kostprijzen.csv": "jaar;zorgactiviteit;bedrag\n2025;190060;12,50\n",
}  # fmt: skip


def load(root, hospital, source, day="2026-03-31"):
    where = ["--hospital", hospital, "--store", root / "opslag", "--key", root / f"{hospital}.sleutel", "--date", day]
    outcome = run("intake", "load", source, *where)
    assert outcome.status == 0, outcome.err


def write_case(folder, **other):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**CASE, **{key.replace("__", "."): text for key, text in other.items()}}.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    root = tmp_path_factory.mktemp("opslag")
    load(root, "noord", write_export(root / "n", 40))
    load(root, "oost", write_export(root / "o", 50))
    load(root, "west", write_export(root / "w", 20, 2024))
    return root


@pytest.fixture
def root(loaded, tmp_path):
    """A store of its own for each test: noord and oost with 2025, west with 2024 only."""
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    return tmp_path


def fold(root, *words):
    return run("fold", *words, "--store", root / "opslag")


def contribution(root, hospital="noord", name="bijdrage-2025.bijdrage"):
    return root / "opslag" / hospital / name


def test_all_hospitals_then_only_what_changed(root):
    first = fold(root, "alle", "2025")
    assert (first.status, first.err) == (0, "")
    assert first.out.splitlines() == [
        "2 ziekenhuizen gevouwen: 90 subtrajecten geopend in 2025, geen normuren, want er zijn geen normtijden.",
        "",
        "                        met     in be-   zonder          onver-              zonder  zorg-",
        "ziekenhuis  geopend  output  handeling  product  uitval  zekerd  normuren  normtijd    fte",
        "──────────────────────────────────────────────────────────────────────────────────────────",
        "noord            40      40          –        –       –       –         –         –      –",
        "oost             50      50          –        –       –       –         –         –      –",
        "──────────────────────────────────────────────────────────────────────────────────────────",
        "Totaal           90      90          –        –       –       –         –         –      –",
        "",
        f"De bijdragen staan in {root}/opslag/*/bijdrage-2025.bijdrage.",
        "Zonder 2025 in de opslag, dus niet gevouwen: west.",
        "Zonder 2024 in de opslag: noord, oost. Wat in 2024 openging en in 2025 sloot, telt daar niet mee. Laad ook 2024.",
        "Zonder zorgverlening-fte: noord, oost. Voor een benchmark is een case met formatie nodig (--case).",
        "Zonder type ziekenhuis: noord, oost. Voor een benchmark per type is --type of --hospitals nodig.",
    ]
    before = {name: contribution(root, name).read_bytes() for name in ("noord", "oost")}
    for name, found in before.items():
        assert found == fold_year(FoldJob(root / "opslag", name, FoldRules(2025)))
    touched = contribution(root, "oost").stat().st_mtime_ns

    again = fold(root, "alle", "2025", "--lang", "en")
    assert again.out.startswith("Nothing to fold, 2 hospitals unchanged: 90 trajectories opened in 2025, no norm hours")

    load(root, "noord", write_export(root / "n2", 45), "2026-04-30")
    third = fold(root, "alle", "2025")
    assert third.out.startswith("1 ziekenhuis gevouwen, 1 ongewijzigd: 95 subtrajecten")
    assert f"Geschreven: {contribution(root)}" in third.out.splitlines()
    assert contribution(root).read_bytes() != before["noord"]
    assert contribution(root, "oost").stat().st_mtime_ns == touched

    damaged = contribution(root, "oost")
    damaged.write_bytes(damaged.read_bytes()[:-1])
    assert fold(root, "alle", "2025").out.startswith("1 ziekenhuis gevouwen, 1 ongewijzigd")
    assert damaged.read_bytes() == before["oost"]


def test_what_was_known_then_has_a_name_of_its_own(root):
    load(root, "noord", write_export(root / "n2", 45), "2026-04-30")
    assert fold(root, "noord", "2025").status == 0
    latest = contribution(root).read_bytes()
    assert fold(root, "noord", "2025", "--as-of", "2026-04-29").status == 0
    assert contribution(root).read_bytes() == latest
    then = read_contribution(contribution(root, "noord", "bijdrage-2025-2026-04-29.bijdrage"))
    assert then.about("noord").counts["geopend"] == 40
    assert then.about("noord").origins[-1].delivered == date(2026, 3, 31)


@pytest.mark.parametrize("place", ["in de opslag", "met --case"])
def test_a_case_gives_norm_times_fte_cost_prices_and_contracts(root, place):
    kept = place == "in de opslag"
    case = write_case(root / "opslag" / "noord" / "case-2025" if kept else root / "case")
    outcome = fold(root, "noord", "2025", *([] if kept else ["--case", case]), "--type", "umc", "--json")
    told = json.loads(outcome.out)
    assert (outcome.status, outcome.err) == (0, "")
    found = read_contribution(contribution(root))
    about = found.about("noord")
    assert [(one.specialism, one.role, one.care, one.working) for one in about.fte] == [
        ("0303", "poort", Fraction(3), Fraction(7, 2))
    ]
    assert about.kind == "umc"
    assert found.production["contract"].to_list() == ["Concern"]
    assert found.strata.select("k2_diagnostiek").sum().item() % 1250 == 0
    (one,) = told["bijdragen"]
    assert one == {
        "ziekenhuis": "noord", "type": "umc", "uitkomst": "gevouwen", "bestand": str(contribution(root)),
        "vingerafdruk": found.fingerprint, "geopend": 40, "met_output": 40, "in_behandeling": 0, "zonder_zorgproduct": 0,
        "uitval": 0, "onverzekerd": 0, "zonder_normtijd": 0, "jaar_ervoor_in_opslag": False, "normuren": "20.166667",
        "zorgverlening_fte": "3.000000",
    }  # fmt: skip
    assert told["zonder_jaar"] == []


@pytest.mark.parametrize(
    "change",
    [
        {"afspraak__toml": AGREEMENT.replace("3311", "3312")},
        {"afspraak__toml": AGREEMENT.replace("Overige", "Rest")},
        {"normtijden__csv": CASE["normtijden.csv"].replace("30,25", "30,26")},
        {"kostprijzen__csv": CASE["kostprijzen.csv"].replace("12,50", "12,51")},
        {"formatie__csv": CASE["formatie.csv"].replace("1a;20", "1a;21")},
        {"diagnosegroepen__csv": "jaar;specialisme;diagnose;diagnosegroep\n2025;0303;0121;Buik\n"},
    ],
)
def test_another_rule_folds_again_and_another_year_does_not(root, change):
    case = write_case(root / "case")
    assert fold(root, "noord", "2025", "--case", case).out.startswith("1 ziekenhuis gevouwen")
    write_case(case, normtijden__csv=CASE["normtijden.csv"].replace(";60\n", ";61\n"))
    assert fold(root, "noord", "2025", "--case", case).out.startswith("Niets te vouwen")
    write_case(case, **change)
    assert fold(root, "noord", "2025", "--case", case).out.startswith("1 ziekenhuis gevouwen")


def test_lists_for_every_hospital_and_types_from_a_list(root):
    norms = root / "normtijden.csv"
    norms.write_text(CASE["normtijden.csv"])
    types = root / "ziekenhuizen.csv"
    types.write_text("ziekenhuis;type\nnoord;umc\noost;zbc\n")
    outcome = fold(
        root, "alle", "2025", "--norms", norms, "--hospitals", types, "--out", root / "uit", "--executor", "processen:2"
    )
    assert outcome.out.startswith("2 ziekenhuizen gevouwen: 90 subtrajecten geopend in 2025, 45 normuren.")
    assert f"De bijdragen staan in {root}/uit." in outcome.out
    kinds = {
        name: read_contribution(root / "uit" / f"{name}-2025.bijdrage").about(name).kind for name in ("noord", "oost")
    }
    assert kinds == {"noord": "umc", "oost": "zbc"}
    assert not contribution(root).exists()
    write_case(root / "opslag" / "noord" / "case-2025")
    mixed = fold(root, "alle", "2025").out
    assert mixed.startswith(
        "2 ziekenhuizen gevouwen: 90 subtrajecten geopend in 2025, 20 normuren (1 ziekenhuis zonder normtijden)."
    )


def test_in_a_folder_of_the_user_only_what_can_be_folded_again_is_replaced(root):
    out = root / "uit"
    assert fold(root, "noord", "2025", "--out", out).status == 0
    mine = out / "noord-2025.bijdrage"
    plain = mine.read_bytes()
    assert fold(root, "noord", "2025", "--out", out, "--type", "umc").out.startswith("1 ziekenhuis gevouwen")
    for precious in (with_signatures(plain, [{"sleutel": "a"}]), b"een brief"):
        mine.write_bytes(precious)
        outcome = fold(root, "alle", "2025", "--out", out)
        assert outcome.status == 1
        assert "niet opnieuw te vouwen" in outcome.err
        assert mine.read_bytes() == precious
        assert not (out / "oost-2025.bijdrage").exists()


def codes(outcome):
    """The sentences of the problems; there must be some, and no result."""
    assert outcome.status == 1
    assert outcome.out == ""
    return [line.strip() for line in outcome.err.splitlines() if line.startswith("  ")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nord", "2025"], "Dit ziekenhuis staat niet in deze opslag. Bedoelde u ‘noord’? Kies uit: noord, oost, west, alle."),
        (["west", "2025"], "Van dit ziekenhuis is geen levering met het jaar 2025 geladen. Laad die eerst, of kies een jaar dat er wel is: 2024."),
        (["noord", "2025", "--as-of", "2026-03-30"], "Op deze dag was van 2025 nog niets bekend: de eerste levering met dat jaar is van 2026-03-31. Kies een latere dag."),
        (["alle", "2031"], "Van geen enkel ziekenhuis staat 2031 in deze opslag. Laad eerst een levering, of kies een ander jaar of een latere dag."),
        (["noord", "25"], "Dit moet een getal zijn van 2005 tot en met 2100."),
        (["noord", "2025", "--as-of", "gisteren"], "Dit is geen datum. Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-05-31."),
        (["alle", "2025", "--case", "x"], "Eén case kan niet voor alle ziekenhuizen gelden. Zet bij elk ziekenhuis in de opslag zijn case in case-JAAR, of vouw ze een voor een."),
        (["noord", "2025", "--type", "umc", "--hospitals", "x"], "Het type staat ook in de lijst van --hospitals. Geef --type of --hospitals, niet allebei."),
    ],
)  # fmt: skip
def test_what_is_refused(root, words, said):
    assert codes(fold(root, *words)) == [said]
    assert not list(root.rglob("*.bijdrage"))


def test_no_store(tmp_path):
    assert codes(fold(tmp_path, "alle", "2025")) == ["Deze map of dit bestand bestaat niet. Controleer het pad."]


def test_what_is_wrong_with_cases_and_lists_is_told_at_once_and_nothing_is_written(root):
    write_case(root / "opslag" / "noord" / "case-2025", afspraak__toml=AGREEMENT.replace("2025", "2026"))
    write_case(root / "opslag" / "oost" / "case-2025", kostprijzen__csv="jaar;zorgactiviteit;bedrag\n2024;190060;1\n")
    assert codes(fold(root, "alle", "2025")) == [
        "Deze case is van een ander jaar dan 2025. Geef de case van 2025, want formatie en afspraak horen bij een jaar.",
        "Deze lijst heeft geen enkele rij voor 2025. Vul haar aan, of geef de lijst van dat jaar.",
    ]
    types = root / "ziekenhuizen.csv"
    types.write_text("ziekenhuis;type\nnoord;umc\n")
    assert codes(fold(root, "alle", "2025", "--hospitals", types)) == [
        "Dit ziekenhuis staat niet in de lijst met typen. Voeg het toe."
    ]
    assert not list(root.rglob("*.bijdrage"))


def test_one_hospital_that_cannot_be_folded_keeps_all_from_being_written(root):
    index = root / "opslag" / "oost" / "leveringen.json"
    folder = root / "opslag" / "oost" / json.loads(index.read_text())["leveringen"][0]["map"]
    (folder / "manifest.json").write_text("{")
    assert fold(root, "alle", "2025").status == 1
    assert not list(root.rglob("*.bijdrage"))


def test_words_that_are_kept_twice_are_the_same():
    assert (KINDS, DEFAULT) == (HOSPITAL_KINDS, LOCAL)


def test_what_the_fold_does_not_need_of_a_case_cannot_stop_it(root):
    case = write_case(root / "case", begroting__csv="vakgroep;norm_fte\nNiemand;veel\n")
    assert fold(root, "noord", "2025", "--case", case).status == 0
    write_case(case, formatie__csv=CASE["formatie.csv"].replace("1a;20", "1a;veel"))
    assert fold(root, "noord", "2025", "--case", case).status == 1


def test_norm_times_on_a_sheet_are_asked_for_as_a_file(root):
    book = openpyxl.Workbook()
    book.active.title = "afspraak"
    for row in (["onderdeel", "sleutel", "waarde"], ["afspraak", "organisatie", "MSB"], ["afspraak", "jaar", 2025], ["contract 1", "naam", "A"], ["contract 1", "soort", "plafond"]):  # fmt: skip
        book.active.append(row)
    for name in ("vakgroepen", "normtijden"):
        sheet = book.create_sheet(name)
        for line in CASE[f"{name}.csv"].splitlines():
            sheet.append(line.split(";"))
    book.save(root / "case.xlsx")
    assert codes(fold(root, "noord", "2025", "--case", root / "case.xlsx")) == [
        "Normtijden op een blad van een werkmap kan het vouwen niet gebruiken. Geef ze als bestand met --norms, of gebruik een case in een map."
    ]
    (root / "normtijden.csv").write_text(CASE["normtijden.csv"])
    words = ["--case", root / "case.xlsx", "--norms", root / "normtijden.csv"]
    assert ", 20 normuren." in fold(root, "noord", "2025", *words).out


def test_a_list_that_cannot_be_read_is_named(root):
    assert codes(fold(root, "noord", "2025", "--costs", root / "nergens.csv")) == [
        "Dit kan niet worden gelezen (deze map of dit bestand bestaat niet). Controleer het pad en uw rechten, en of een ander programma het open heeft."
    ]
