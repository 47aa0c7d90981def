"""`puntlanding run --store …` as a user meets it: tables, where figures come from, explanations, JSON, files, and what is refused."""

from __future__ import annotations

import json
from datetime import date

import pytest
from command import run

from linked_store import AGREEMENT, HOME, PRODUCT, TABLES, YEAR, case, load, opened, trajectory

pytestmark = pytest.mark.integration

STAGES = ("budget", "monitor", "settle", "distribute")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    root = load(tmp_path_factory.mktemp("linked") / "opslag")
    case(root)
    return root


def asked(store, *more):
    return ("--store", store, "--hospital", HOME, "--year", YEAR, *more)


def test_the_whole_year_from_a_store(store):
    outcome = run("run", *asked(store))
    assert outcome.status == 0, outcome.err
    assert "Begroot is 4,50 norm fte voor 2 vakgroepen." in outcome.out
    assert "Betaald wordt 3,60 norm fte" in outcome.out
    assert outcome.out.endswith(
        "Waar de cijfers vandaan komen\n"
        "  begroting    opslag: geopend in 2025, zoals bekend op 2027-01-31\n"
        "  realisatie   opslag: geopend in 2026, zoals bekend op 2027-01-31\n"
        "  prognose     opslag: geopend in 2026, zoals bekend op 2027-01-31\n"
        "  benchmark    case: benchmark.csv\n"
        "  efficiency   niet opgegeven\n"
        "  normtijden   case: normtijden.csv\n"
        "  formatie     case: formatie.csv\n"
        "  kosten       niet opgegeven\n"
    )
    for words in (
        "let op: noord 2026: ‘0301 poort’\n  Van dit specialisme en deze rol is er productie in 2026 (1 stuks, 0 normuren), maar geen vakgroep",
        "1 trajecten liepen nog en 0 hadden nog geen zorgproduct",
        "er is niets bijgeschat",
        "Er zijn geen efficiencycijfers: elke vakgroep krijgt score 1.",
    ):
        assert words in outcome.err


def test_in_english(store):
    outcome = run("run", *asked(store), "--lang", "en")
    assert "  begroting    store: opened in 2025, as known on 2027-01-31\n" in outcome.out
    assert "nothing was estimated" in outcome.err


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_by_itself_says_what_the_run_says(store, stage):
    alone = json.loads(run(stage, *asked(store, "--json")).out)
    whole = json.loads(run("run", *asked(store, "--json")).out)
    assert {key: alone[key] for key in whole[stage]} == whole[stage]
    assert alone["herkomst"] == whole["herkomst"]
    assert whole["herkomst"][0] == {
        "tabel": "begroting", "uit": "opslag", "bestanden": [], "geopend_in": 2025, "bekend_op": "2027-01-31",
    }  # fmt: skip


def test_the_same_volumes_typed_give_the_same_year(store, tmp_path):
    """What the store gives is what a controller would have typed."""
    typed = {
        "begroting": "vakgroep;contract;zorgproduct;aantal\n"
        + "".join(
            f"{group};{contract};{code};{count}\n"
            for group, code in (("Heelkunde", PRODUCT), ("Radiologie", "081093"))
            for contract, count in (("A", 6), ("Overige", 4))
        ),
        "realisatie": (
            "vakgroep;contract;zorgproduct;aantal\n"
            f"Heelkunde;A;{PRODUCT};4\nHeelkunde;Overige;{PRODUCT};2\nRadiologie;A;081093;4\nRadiologie;Overige;081093;3\n"
        ),
    }  # fmt: skip
    folder = case(tmp_path, **typed)
    for stage in ("budget", "settle", "distribute"):
        by_hand = json.loads(run(stage, folder, "--json").out)
        from_store = json.loads(run(stage, *asked(store, "--json")).out)
        origins = [one.pop("verantwoording") for one in (by_hand, from_store)]
        assert origins[0]["afspraak"] == origins[1]["afspraak"]
        assert {key: from_store[key] for key in by_hand} == by_hand


def test_a_case_elsewhere(store, tmp_path):
    folder = case(tmp_path, "weg")
    here, there = run("settle", *asked(store)), run("settle", folder, "--store", store, "--hospital", HOME)
    assert here.out == there.out


def test_an_explanation_goes_down_to_the_cells(store):
    outcome = run("settle", *asked(store), "--explain", "heelkunde")
    assert outcome.status == 0, outcome.err
    assert f"(noord 2025, 0303 {PRODUCT} open_01:open_12; normtijden.csv rij 3, minuten)" in outcome.out
    assert "Controle: opnieuw berekend uit" in outcome.out
    record = json.loads(run("settle", *asked(store), "--explain", "heelkunde", "--json").out)["uitleg"]
    cells = [one for one in record["knopen"] if one["bewerking"] == "bron"]
    assert {one["bron"]["bestand"] for one in cells} == {
        "noord 2025", "noord 2026", "normtijden.csv", "benchmark.csv",
    }  # fmt: skip
    assert {one["bron"]["rij"] for one in cells if one["bron"]["bestand"].startswith("noord")} == {None}


def test_files_and_not_over_what_is_there(store, tmp_path):
    outcome = run("run", *asked(store), "--csv", tmp_path / "uit", "--xlsx", tmp_path / "uit.xlsx")
    assert outcome.status == 0, outcome.err
    assert len(list((tmp_path / "uit").iterdir())) == 5
    assert "Waar de cijfers vandaan komen" in outcome.out


def test_no_result_over_the_case_or_among_the_records(tmp_path):
    root = load(tmp_path / "opslag")
    folder = case(root, trends="specialisme;factor;reden\n0303;1,1;groei\n")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    for place, text in (
        (folder / "trends.csv", "hoort bij de case zelf"),
        (root / HOME / "leveringen.json", "Hier staan de records van de opslag"),
        (root / "benchmark" / "uit.xlsx", "Hier staan de records van de opslag"),
    ):
        outcome = run("run", *asked(root), "--xlsx", place)
        assert outcome.status == 1
        assert text in outcome.err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
    assert run("run", *asked(root), "--xlsx", folder / "resultaat.xlsx").status == 0


def test_the_order_of_records_does_not_matter(store, tmp_path):
    rows = [*opened(2025, 6, 4, 2), *opened(2026, 4, 3, 1)]
    outs = set()
    for name, order in (("een", rows), ("twee", rows[::-1])):
        root = load(tmp_path / name, order)
        case(root)
        outs.add(run("run", *asked(root, "--json")).out)
    assert len(outs) == 1


def test_what_was_known_on_an_earlier_day(store, tmp_path):
    root = load(tmp_path / "opslag", [*opened(2025, 6, 4, 0), *opened(2026, 2, 0, 0)], day=date(2026, 6, 30))
    load(root)
    case(root)
    outcome = run("monitor", *asked(root), "--as-of", "2026-09-01")
    assert outcome.status == 0, outcome.err
    assert "zoals bekend op 2026-06-30" in outcome.out
    assert "De realisatie van 2026 is wat op 2026-06-30 bekend was" in outcome.err
    before = run("run", *asked(root), "--as-of", "2026-01-01")  # no delivery yet: what had been recorded by then
    assert "Op 2026-01-01 was van dit jaar nog niets bekend, en dat is nodig voor realisatie 2026." in before.err
    early = run("run", *asked(root), "--as-of", "2024-12-31")
    assert early.status == 1
    assert "Op 2024-12-31 was van dit jaar nog niets bekend, en dat is nodig voor begroting 2026." in early.err


def test_what_the_store_lacks_is_told_with_the_error(tmp_path):
    root = load(tmp_path / "opslag", opened(2026, 4, 3, 0))
    case(root)
    outcome = run("budget", *asked(root))
    assert outcome.status == 1
    assert "Om de begroting te kunnen berekenen is begroting nodig" in outcome.err
    assert (
        "De opslag heeft van dit jaar nog niets, en dat is nodig voor begroting 2026. Laad een levering" in outcome.err
    )
    assert outcome.out == ""


def test_a_year_without_a_benchmark(tmp_path):
    root = load(tmp_path / "opslag")
    case(root, benchmark=None)
    outcome = run("run", *asked(root))
    assert outcome.status == 0
    assert "Niet berekend: budget." in outcome.err
    assert "Stel hem vast met puntlanding benchmark ex-ante 2026 --publish" in outcome.err
    assert "Prognose ten opzichte van de begroting" in outcome.out


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("run",), "Er ontbreekt een argument: CASE."),
        (("run", "--hospital", "noord"), "De optie --store is verplicht."),
        (("settle", "map", "--as-of", "2026-01-01"), "De optie --store is verplicht."),
        (("run", "--store", "opslag"), "De optie --hospital is verplicht."),
        (("run", "--store", "opslag", "--hospital", "noord"), "De optie --year is verplicht."),
        (
            ("run", "--store", "opslag", "--hospital", "noord", "--year", "dit"),
            "De waarde van --year is niet mogelijk.",
        ),
    ],
)
def test_wrong_usage(words, text):
    outcome = run(*words)
    assert outcome.status == 2
    assert text in outcome.err


@pytest.mark.parametrize(
    ("changes", "more", "text"),
    [
        ({}, ("--as-of", "gisteren"), "‘gisteren’"),
        ({}, ("--benchmark", "weg.benchmark"), "weg.benchmark"),
        ({}, ("--contributions", "weg"), "weg: ‘weg’"),
        ({"agreement": AGREEMENT.replace('verzekeraars = ["3311"]\n', "")}, (),
         "Productie komt uit de opslag, maar van deze contracten staat niet bij welke verzekeraars eronder vallen."),
        ({"vakgroepen": TABLES["vakgroepen"] + "Chirurgie;0303;poort\n"}, (),
         "De opslag kent productie per specialisme en rol; Heelkunde heeft ook 0303 poort."),
        ({"normtijden": None}, (), "is de lijst normtijden nodig. Zet normtijden.csv in"),
        ({"productstructuur": "jaar;specialisme;soort;oud;nieuw\n2026;0303;zorgproduct;;\n"}, (), "productstructuur.csv, rij 2"),
        ({"benchmark": "vakgroep;normuren_per_fte\nHeelkunde;0\n"}, (), "benchmark.csv, rij 2"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path, changes, more, text):
    root = load(tmp_path / "opslag")
    case(root, **{"benchmark": None, **changes})
    outcome = run("run", *asked(root, *more), cwd=tmp_path)
    assert outcome.status == 1
    assert text in outcome.err
    assert outcome.out == ""
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(("hospital", "text"), [("noort", "Bedoelde u ‘noord’?"), ("../noord", "is niets geladen")])
def test_a_hospital_that_is_not_there(store, hospital, text):
    outcome = run("run", "--store", store, "--hospital", hospital, "--year", YEAR)
    assert outcome.status == 1
    assert text in outcome.err


def test_from_fold_to_settlement(tmp_path):
    """Two hospitals fold, a benchmark is published, and one of them settles its year against it, with its efficiency."""
    rows = [trajectory(number, year) for year in (2025, 2026) for number in range(12)]
    root = tmp_path / "opslag"
    for hospital in (HOME, "zuid"):
        load(root, rows, hospital)
        case(root, hospital, benchmark=None)
    norms, peers = root / HOME / f"case-{YEAR}" / "normtijden.csv", tmp_path / "bijdragen"
    for year in (2025, 2026):
        done = run("fold", "alle", year, "--store", root, "--type", "algemeen", "--norms", norms, "--out", peers)
        assert done.status == 0, done.err
    assert run("fold", HOME, 2026, "--store", root, "--type", "algemeen").status == 0
    without_fte = run("run", *asked(root, "--contributions", peers))
    assert "Niet berekend: budget." in without_fte.err
    typed = json.loads(run("run", *asked(root, "--contributions", peers, "--json")).out)
    found = {one["tabel"]: one for one in typed["herkomst"]}
    assert found["realisatie"]["uit"] == "opslag"
    assert found["efficiency"]["bestanden"] == ["zuid-2025.bijdrage", "zuid-2026.bijdrage"]
    for hospital in (HOME, "zuid"):
        case_before = root / hospital / "case-2025"
        case_before.mkdir()
        for path in (root / hospital / f"case-{YEAR}").iterdir():
            text = path.read_text(encoding="utf-8")
            (case_before / path.name).write_text(text.replace("jaar = 2026", "jaar = 2025"), encoding="utf-8")
    told = run("fold", "alle", 2025, "--store", root, "--type", "algemeen", "--norms", norms, "--out", tmp_path / "met")
    assert told.status == 0, told.err
    files = sorted((tmp_path / "met").glob("*.bijdrage"))
    made = run(
        "benchmark", "ex-ante", YEAR, *files, "--norms", norms, "--publish", root / "benchmark", "--date", "2025-12-01"
    )
    assert made.status == 0, made.err
    outcome = run("run", *asked(root, "--contributions", peers))
    assert outcome.status == 0, outcome.err
    assert "  benchmark    vastgestelde benchmark: ex-ante-2026-v1.benchmark\n" in outcome.out
    assert "  efficiency   records, vergeleken met: zuid-2025.bijdrage, zuid-2026.bijdrage\n" in outcome.out
    assert "Betaald wordt" in outcome.out
    explained = run("settle", *asked(root, "--contributions", peers, "--explain", "Heelkunde"))
    assert explained.status == 0, explained.err
    assert "ex-ante-2026-v1.benchmark, vakgroepen noord 0303 poort" in explained.out
    assert "bijdrage-2026.bijdrage, 0303 110401019 open_01:open_12" in explained.out


def test_a_result_from_the_store_is_verified_against_it(store, tmp_path):
    path = tmp_path / "uit.json"
    path.write_text(run("run", *asked(store, "--json")).out, encoding="utf-8")
    outcome = run("verify", path, *asked(store))
    assert (outcome.status, outcome.out.partition(":")[0]) == (0, "De uitkomst klopt"), outcome
    record = json.loads(path.read_text(encoding="utf-8"))["verantwoording"]
    assert {"records 2025", "records 2026"} <= {one["tabel"] for one in record["gegevens"]["tabellen"]}
    record["gegevens"]["tabellen"][-2]["hash"] = "0" * 64
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "verantwoording": record}))
    outcome = run("verify", path, *asked(store))
    assert outcome.status == 1
    assert "De gegevens zijn gewijzigd" in outcome.out
    assert run("verify", path).status == 1
