"""`puntlanding norms …` as a user meets it: the answer first, JSON, files, and every kind of bad input in words."""

import json
from dataclasses import replace

import pytest
from command import run

from puntlanding.case.lists import read_norm_table
from small_contribution import BASIS, small

pytestmark = pytest.mark.integration

NORM_TIMES = """jaar;specialisme;soort;code;minuten
2026;0303;zorgproduct;110401019;30
2026;0303;zorgproduct;110401009;240
2026;0303;zorgactiviteit;190060;15
2026;0303;zorgactiviteit;035700;90
2027;0303;zorgproduct;110401019;33
2027;0303;zorgproduct;110401010;220,5
"""
STRUCTURE = "jaar;specialisme;soort;oud;nieuw;factor\n2027;0303;zorgproduct;110401009;110401010;1\n"
PROFILES = """specialisme;zorgproduct;zorgactiviteit;gemiddeld
0303;110401019;190060;2
0303;110401009;190060;2
0303;110401009;035700;1
0303;119499051;070116;0,5
"""
ROUTES = "specialisme;zorgproduct;route\n0303;110401019;conservatief\n0303;110401009;operatief\n"
COVERAGE = ("coverage", "noord.bijdrage", "--norms", "normtijden.csv")
EFFECT = ("effect", "noord.bijdrage", "--norms", "normtijden.csv", "--structure", "productstructuur.csv")
BUILD = ("build", "--norms", "normtijden.csv", "--year", "2026", "--profiles", "profielen.csv")
NEUTRALITY = (
    "neutrality",
    "noord.bijdrage",
    "--norms",
    "normtijden.csv",
    "--routes",
    "routes.csv",
    "--profiles",
    "profielen.csv",
)


@pytest.fixture
def here(tmp_path):
    production = [
        {"code": "110401019", "open_01": 40},
        {"code": "110401009", "open_01": 10},
        {"code": "119499051", "open_01": 5},
    ]
    diagnoses = [
        {"zorgproduct": "110401019", "aantal": 40, "patienten": 30}, {"zorgproduct": "110401009", "aantal": 10, "patienten": 10},
        {"zorgproduct": "110401019", "aantal": 3, "patienten": 2, "diagnose": "0999"},
        {"zorgproduct": "110401009", "aantal": 1, "patienten": 1, "diagnose": "0999"},
    ]  # fmt: skip
    (tmp_path / "noord.bijdrage").write_bytes(small("noord", production, diagnoses=diagnoses).to_bytes())
    lists = {"normtijden": NORM_TIMES, "productstructuur": STRUCTURE, "profielen": PROFILES, "routes": ROUTES}
    for name, text in lists.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def norms(here, *words):
    outcome = run("norms", *words, cwd=here)
    assert (outcome.out + outcome.err).replace("\n", "").isprintable()
    assert all(len(line) <= 100 for line in outcome.out.splitlines()) or "--explain" in words or "--json" in words
    return outcome


def answer(here, *words):
    outcome = norms(here, *words)
    assert (outcome.status, outcome.err) == (0, "")
    return " ".join(outcome.out.partition("\n\n")[0].split())


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        (
            COVERAGE,
            "Van de 55 subtrajecten heeft 90,9 % een normtijd voor 2026; 5 van 1 code niet: die leveren geen normuren.",
            "Of the 55 trajectories 90.9 % have a norm time for 2026; 5 of 1 code do not: they give no norm hours.",
        ),
        (
            EFFECT,
            "Dezelfde productie van specialisme 0303 geeft met de normtijden van 2027 58,8 normuren, met die van 2026 60,0: −2,1 %.",
            "The same production of specialism 0303 gives 58.8 norm hours with the norm times of 2027, 60.0 with those of 2026: −2.1 %.",
        ),
        (
            BUILD,
            "Normtijden gebouwd van 2 zorgproducten, voor 2026. Niet gebouwd: 1 zorgproduct, want van 1 activiteit in hun profiel is geen normtijd bekend.",
            "Norm times built of 2 products, for 2026. Not built: 1 product, as of 1 activity in their profile no norm time is known.",
        ),
        (
            NEUTRALITY,
            "Bij 1 van de 1 diagnoses met genoeg zorg op beide routes levert een gewerkte minuut op de ene route meer dan 10 % meer normtijd op dan op de andere.",
            "For 1 of the 1 diagnoses with enough care on both routes a minute worked gives over 10 % more norm time on one route than on the other.",
        ),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else "",
)  # fmt: skip
def test_the_answer_comes_first(here, words, dutch, english):
    assert answer(here, *words) == dutch
    assert answer(here, *words, "--lang", "en") == english


def test_the_same_as_json(here):
    found = json.loads(norms(here, *COVERAGE, "--json").out)
    assert found["codes_zonder_normtijd"] == [
        {"specialisme": "0303", "soort": "zorgproduct", "code": "119499051", "aantal": 5, "ziekenhuizen": 1}
    ]
    found = json.loads(norms(here, *EFFECT, "--json").out)
    (group,) = found["vakgroepen"]
    assert (group["normuren_oud"], group["normuren_nieuw"], group["verschil"]) == (
        "60.000000",
        "58.750000",
        "-1.250000",
    )
    assert [one["code"] for one in group["delen"]] == ["110401009 → 110401010", "110401019"]
    assert found["niet_vergeleken"][0]["geen_normtijd_in"] == [2026, 2027]
    found = json.loads(norms(here, *BUILD, "--json", "--explain", "110401009").out)
    assert found["normtijden"][0] == {
        "specialisme": "0303",
        "zorgproduct": "110401009",
        "minuten": "120.000000",
        "nu": "240.000000",
    }
    assert found["uitleg"][0]["knopen"][-1]["waarde"] == "120"
    found = json.loads(norms(here, *NEUTRALITY, "--json").out)
    assert [(one["diagnose"], one["uitkomst"], one.get("balans")) for one in found["diagnoses"]] == [
        ("0121", "operatief_meer", "2.000000"), ("0999", "te_weinig", None),
    ]  # fmt: skip
    assert "operatief" not in found["diagnoses"][1]  # so few that they could be somebody


def test_built_norm_times_are_a_list_that_is_read_again(here):
    outcome = norms(here, *BUILD, "--output", "gebouwd.csv", "--missing", "ontbreekt.csv")
    assert "Geschreven: gebouwd.csv" in outcome.out
    assert read_norm_table(here / "gebouwd.csv").frame.rows() == [
        (2026, "0303", "zorgproduct", "110401009", 12000), (2026, "0303", "zorgproduct", "110401019", 3000),
    ]  # fmt: skip
    missing = here / "ontbreekt.csv"
    assert missing.read_text(encoding="utf-8-sig").splitlines()[1:] == ["2026;0303;zorgactiviteit;070116;"]
    missing.write_text(missing.read_text(encoding="utf-8-sig").replace("070116;", "070116;0"), encoding="utf-8")
    done = answer(here, *BUILD, "--norms", "ontbreekt.csv")
    assert done == "Normtijden gebouwd van 3 zorgproducten, voor 2026."


def test_nothing_is_overwritten_and_nothing_half_written(here):
    (here / "er al.csv").write_text("van een ander", encoding="utf-8")
    outcome = norms(here, *BUILD, "--output", "nieuw.csv", "--missing", "er al.csv")
    assert outcome.status == 1
    assert "er al.csv" in outcome.err
    assert not (here / "nieuw.csv").exists()
    assert (here / "er al.csv").read_text(encoding="utf-8") == "van een ander"


def test_the_explanation_goes_down_to_the_rows(here):
    outcome = norms(here, *BUILD, "--explain", "110401009")
    assert "profielen.csv rij 4, gemiddeld" in outcome.out
    assert "komt er precies hetzelfde uit" in outcome.out


def test_without_profiles_the_routes_stand_side_by_side_and_nothing_is_judged(here):
    text = " ".join(norms(here, *NEUTRALITY[:-2]).out.split())
    assert "is over de balans niets te zeggen" in text
    assert "niet te zeggen" in text


@pytest.mark.parametrize(
    ("words", "file", "text", "expected"),
    [
        ((*COVERAGE, "--year", "2025"), None, "", "Deze lijst heeft geen normtijden voor 2025 (wel voor 2026, 2027)."),
        ((*EFFECT[:4], "--year", "2028"), None, "", "geen normtijden voor 2028"),
        ((*COVERAGE, "--norms", "normtijden.csv"), None, "", "staat in normtijden.csv ook al een normtijd voor 2026 (zo zijn er 6)"),
        (COVERAGE, "normtijden.csv", "jaar;specialisme;soort;code;minuten\n", "rijen"),
        (COVERAGE, "normtijden.csv", NORM_TIMES.replace("30\n", "30,125\n", 1), "ten hoogste twee decimalen"),
        (EFFECT, "productstructuur.csv", STRUCTURE.partition("\n")[0] + "\n", "rijen"),
        (EFFECT, "productstructuur.csv", STRUCTURE.replace("2027;", "2028;"), "geen enkele rij voor 2027"),
        (EFFECT, "productstructuur.csv", STRUCTURE + "2027;0303;zorgproduct;110401010;1;\n", "zelf ook oud (rij 3)"),
        (EFFECT, "productstructuur.csv", STRUCTURE + "2027;0303;zorgproduct;110401009;;\n", "vervalt hier en wordt in een andere rij"),
        (EFFECT, "productstructuur.csv", STRUCTURE + "2027;0303;zorgproduct;110401010;110401009;\n", "een kring"),
        (EFFECT, "productstructuur.csv", STRUCTURE.replace(";1\n", ";0,1234567\n"), "ten hoogste zes decimalen"),
        (EFFECT, "productstructuur.csv", "jaar;specialisme;soort;nieuw;aantal\n2027;0303;zorgproduct;110401019;5\n", "komt al voor in de productie"),
        (BUILD, "profielen.csv", PROFILES + "0303;110401019;190060;3\n", "zie rij 2"),
        (BUILD[:-2], None, "", "zijn zorgprofielen nodig"),
        ((*BUILD, "--national", "landelijk"), None, "", "twee keer opgegeven"),
        ((*BUILD, "--explain", "110401008"), None, "", "Bedoelde u ‘110401009’?"),
        ((*BUILD, "--no-time", "acht"), None, "", "Schrijf nummers met komma's ertussen"),
        ((*BUILD, "--no-time", "8"), None, "", "De klasse van de activiteiten is niet bekend"),
        (NEUTRALITY[:4], None, "", "welk zorgproduct een operatieve route is"),
        (NEUTRALITY, "routes.csv", ROUTES + "0303;110401019;operatief\n", "zie rij 2"),
        (NEUTRALITY, "routes.csv", ROUTES.replace("conservatief", "afwachten"), "conservatief"),
        (NEUTRALITY, "noord.bijdrage", "geen bijdrage", "geen bijdrage of benchmark die puntlanding heeft gemaakt"),
        (("coverage", "noord.bijdrage", "noord.bijdrage", "--norms", "normtijden.csv"), None, "", "Geef van elk ziekenhuis één bijdrage"),
        ((*NEUTRALITY, "--surcharges", "weg.csv"), None, "", "bestaat niet"),
    ],
)  # fmt: skip
def test_bad_input_is_told_in_words(here, words, file, text, expected):
    if file is not None:
        (here / file).write_text(text, encoding="utf-8")
    outcome = norms(here, *words)
    assert outcome.status == 1
    assert outcome.out == ""
    assert expected in outcome.err
    assert "Traceback" not in outcome.err
    assert outcome.err.rstrip().endswith("er is geen uitkomst.")
    found = json.loads(norms(here, *words, "--json").out)
    assert list(found) == ["fouten"]


def test_contributions_made_with_other_norm_times_are_fine_because_only_their_volumes_count(here):
    basis = replace(BASIS, norm_times="b" * 64, cost_prices=None)
    production = [{"code": "110401019", "open_01": 15}]
    (here / "zuid.bijdrage").write_bytes(small("zuid", production, basis=basis).to_bytes())
    assert answer(here, *COVERAGE[:2], "zuid.bijdrage", *COVERAGE[2:]).startswith("Van de 70 subtrajecten")


def test_several_files_are_told_at_once(here):
    (here / "normtijden.csv").write_text(
        "jaar;specialisme;soort;code;minuten\n2026;0303;zorgproduct;1;x\n", encoding="utf-8"
    )
    (here / "noord.bijdrage").write_bytes(b"")
    outcome = norms(here, *COVERAGE)
    assert "noord.bijdrage" in outcome.err
    assert "normtijden.csv rij 2" in outcome.err or "normtijden.csv, rij 2" in outcome.err
