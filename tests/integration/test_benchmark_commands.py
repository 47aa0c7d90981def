"""`puntlanding benchmark …` as a user meets it."""

import json
from datetime import date

import pytest
from command import run

from puntlanding.contribution import Basis
from small_contribution import BASIS, small

pytestmark = pytest.mark.integration

HOUSES = ("noord", "zuid", "oost", "west", "heide", "duin")


def production(place):
    rows = [
        {"code": "110401019", "open_02": 100 + 10 * place, "open_min_02": (100 + 10 * place) * 6000},
        {
            "code": "110401020",
            "open_05": 40,
            "open_min_05": 40 * 3000,
            "sluit_03": 50 + place,
            "sluit_min_03": (50 + place) * 3000,
        },
        {
            "specialisme": "0301",
            "code": "110701001",
            "open_01": 10,
            "open_min_01": 60000,
            "sluit_01": 9,
            "sluit_min_01": 54000,
        },
    ]
    return rows if place else rows[:2]


def write(folder, houses=HOUSES, **rest):
    for place, name in enumerate(houses):
        fte = {("0303", "poort"): "2", ("0301", "poort"): "0" if name == "duin" else "1"}
        inputs = [{"patienten_01": 90 + place, "activiteiten_01": 300}]
        one = small(name, production(place), inputs=inputs, fte=fte, **rest)
        (folder / f"{name}.bijdrage").write_bytes(one.to_bytes())
    return sorted(folder.glob("*.bijdrage"))


NORMS = "jaar;specialisme;soort;code;minuten\n2027;0303;zorgproduct;110401019;66\n2027;0301;zorgproduct;110701001;100\n"


@pytest.fixture
def place(tmp_path):
    write(tmp_path)
    (tmp_path / "normtijden.csv").write_text(NORMS, encoding="utf-8")
    return tmp_path


def ex_ante(place, *more):
    return run("benchmark", "ex-ante", 2027, place, "--norms", place / "normtijden.csv", *more)


def test_the_answer_comes_first(place):
    out = ex_ante(place)
    assert out.status == 0
    lines = out.out.splitlines()
    assert (
        lines[0] == "De ex-ante benchmark van 2027 geeft 12 van 12 vakgroepen een waarde, uit 2026 van 6 ziekenhuizen."
    )
    assert max(map(len, lines)) <= 100
    assert "0303 Heelkunde" in out.out
    assert "zonder normtijd" in out.out.lower()
    assert "duin · 0301 poort" in out.err


def test_in_english(place):
    out = ex_ante(place, "--lang", "en")
    assert out.out.startswith("The ex-ante benchmark of 2027 gives 12 of 12 groups a value")
    assert "Complete the hospital's formation" in out.err


@pytest.mark.parametrize("more", [(), ("--hospital", "oost")])
@pytest.mark.parametrize("command", ["ex-ante", "ex-post"])
def test_json_says_the_same(place, command, more):
    words = (2027, place, "--norms", place / "normtijden.csv") if command == "ex-ante" else (2026, place)
    out = run("benchmark", command, *words, "--json", *more)
    record = json.loads(out.out)
    assert out.err == ""
    assert record["methode"] == "gepoold"
    if command == "ex-ante" and not more:
        surgery = next(one for one in record["vergelijkingsgroepen"] if one["specialisme"] == "0303")
        assert surgery["benchmark"] == "68.750000"  # 750 × 66 minutes ÷ 12 fte
        assert [one["code"] for one in record["zonder_normtijd"]] == ["110401020"]


@pytest.mark.parametrize("json_too", [(), ("--json",)])
def test_a_hospital_s_view_names_nobody_else(place, json_too):
    for out in (
        ex_ante(place, "--hospital", "oost", *json_too),
        run("benchmark", "ex-post", 2026, place, "--hospital", "oost", *json_too),
    ):
        assert out.status == 0
        assert "oost" in out.out
        assert not [name for name in HOUSES if name != "oost" and name in out.out + out.err]


def test_a_hospital_s_view_shows_where_it_stands(place):
    out = ex_ante(place, "--hospital", "oost")
    assert out.out.startswith("oost, benchmark 2027: ")
    assert "●" in out.out
    assert "2 van 5" in out.out
    assert max(map(len, out.out.splitlines())) <= 100


def test_published_once(place):
    folder = place / "vastgesteld"
    first = ex_ante(place, "--publish", folder, "--date", "2026-12-01")
    assert "Vastgesteld: " in first.out
    assert "Niets geschreven" in ex_ante(place, "--publish", folder, "--date", "2026-12-02").out
    refused = ex_ante(place, "--method", "mediaan", "--publish", folder, "--date", "2026-12-02")
    assert (refused.status, refused.out) == (1, "")
    assert "Geef met --reason de reden van een nieuwe versie" in refused.err
    assert (
        ex_ante(
            place, "--method", "mediaan", "--publish", folder, "--date", "2026-12-02", "--reason", "zo besloten"
        ).status
        == 0
    )
    listed = run("benchmark", "versions", folder)
    assert listed.out.startswith("2 vastgestelde versies, ongewijzigd en op volgorde")
    assert "zo besloten" in listed.out
    record = json.loads(run("benchmark", "versions", folder, "--json").out)
    assert [one["vorige"] for one in record["versies"]] == [None, record["versies"][0]["vingerafdruk"]]
    shown = run("benchmark", "show", folder / "ex-ante-2027-v2.benchmark")
    assert "versie 2, is vastgesteld op 2 december 2026: zo besloten." in shown.out
    assert (
        json.loads(run("benchmark", "show", folder / "ex-ante-2027-v2.benchmark", "--json").out)["methode"] == "mediaan"
    )
    (folder / "ex-ante-2027-v1.benchmark").unlink()
    gone = run("benchmark", "versions", folder)
    assert gone.status == 1
    assert "Versie 1 van 2027 ontbreekt" in gone.err


def test_the_same_files_give_the_same_bytes(place):
    for name in ("een", "twee"):
        ex_ante(place, "--publish", place / name, "--date", "2026-12-01")
    first, second = ((place / name / "ex-ante-2027-v1.benchmark").read_bytes() for name in ("een", "twee"))
    assert first == second


def test_a_list_of_peers(place):
    (place / "lijst.csv").write_text("ziekenhuis;type\nnoord;umc\noost;umc\nzuid;umc\n", encoding="utf-8")
    out = ex_ante(place, "--peers", place / "lijst.csv", "--own", "uit", "--json")
    assert json.loads(out.out)["lijst"] == ["noord", "oost", "zuid"]
    (place / "lijst.csv").write_text("ziekenhuis;type\nnord;umc\n", encoding="utf-8")
    wrong = ex_ante(place, "--peers", place / "lijst.csv")
    assert wrong.status == 1
    assert "Bedoelde u ‘noord’?" in wrong.err


def test_ex_post_shows_old_beside_new(place):
    out = run(
        "benchmark",
        "ex-post",
        2026,
        place,
        "--quarter",
        2,
        "--hospital",
        "zuid",
        "--peers",
        "alle",
        "--weights",
        "0,4/0,4/0,2",
    )
    assert out.status == 0
    assert out.out.startswith("zuid, 2026 tot en met kwartaal 2: ")
    assert "input 0,40, output 0,40, efficiency 0,20" in out.out.replace("\n", " ")
    assert max(map(len, out.out.splitlines())) <= 100


STRUCTURE = (
    "jaar;specialisme;soort;oud;nieuw;factor;aantal;ziekenhuis\n2027;0303;zorgproduct;110401020;110401019;0,5;;\n"
)
TRENDS = "specialisme;rol;code;ziekenhuis;factor;reden\n0303;;;;1,1;vergrijzing\n"


def test_structure_and_trends_are_told_apart(place):
    (place / "structuur.csv").write_text(STRUCTURE, encoding="utf-8")
    (place / "trends.csv").write_text(TRENDS, encoding="utf-8")
    out = ex_ante(place, "--structure", place / "structuur.csv", "--trends", place / "trends.csv", "--json")
    change = next(one for one in json.loads(out.out)["veranderingen"] if one["specialisme"] == "0303")
    parts = [float(change[name]) for name in ("oud", "structuur", "trends", "normtijden", "dekking")]
    assert sum(parts) == pytest.approx(float(change["nieuw"]), abs=5e-6)
    assert parts[1] != 0
    assert parts[2] != 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ex-ante", 2026, "{0}", "--norms", "{0}/normtijden.csv"), "gemaakt uit 2025 of 2024"),
        (("ex-ante", 2028, "{0}", "--norms", "{0}/normtijden.csv"), "geen normtijden voor 2028 (wel voor 2027)"),
        (("ex-ante", 2027, "{0}", "--norms", "{0}/normtijden.csv", "--base-year", 2025), "Gevraagd is basisjaar 2025"),
        (("ex-ante", 2027, "{0}", "--norms", "{0}/normtijden.csv", "--hospital", "zuidd"), "Bedoelde u ‘zuid’?"),
        (("ex-ante", 2027, "{0}", "--norms", "{0}/normtijden.csv", "--publish", "{0}/x"), "Geef --date"),
        (("ex-ante", 2027, "{0}", "--norms", "{0}/normtijden.csv", "--publish", "{0}/x", "--date", "morgen"), "morgen"),
        (("ex-ante", 2027, "{0}/weg.bijdrage", "--norms", "{0}/normtijden.csv"), "weg.bijdrage"),
        (("ex-ante", 2027, "{0}", "{0}/noord.bijdrage", "--norms", "{0}/normtijden.csv"), "Dit ziekenhuis zit ook in"),
        (("ex-ante", 2027, "{0}/leeg", "--norms", "{0}/normtijden.csv"), "Hier zijn geen bijdragen"),
        (("ex-post", 2025, "{0}"), "Gevraagd is 2025"),
        (("ex-post", 2026, "{0}", "--weights", "0.5/0.5"), "Geef drie gewichten"),
        (("ex-post", 2026, "{0}", "--weights", "0.5/0.5/0.5"), "tellen op tot 1,500"),
        (("show", "{0}/noord.bijdrage"), "‘puntlanding-benchmark’"),
        (("versions", "{0}"), "geen vastgestelde benchmark"),
    ],
)
def test_what_cannot_be_done_is_said(place, words, said):
    (place / "leeg").mkdir()
    out = run("benchmark", *(str(word).format(place) for word in words))
    assert (out.status, out.out) == (1, "")
    assert said in " ".join(out.err.split())
    assert not (place / "x").exists()


def test_contributions_that_do_not_belong_together(place):
    other = Basis(2026, "f" * 64, BASIS.age_bands, BASIS.norm_times, BASIS.cost_prices)
    (place / "anders.bijdrage").write_bytes(small("anders", production(1), basis=other).to_bytes())
    (place / "kapot.bijdrage").write_bytes(b"kapot")
    damaged = ex_ante(place)
    assert damaged.status == 1
    assert "kapot.bijdrage" in damaged.err
    (place / "kapot.bijdrage").unlink()
    mixed = ex_ante(place)
    assert mixed.status == 1
    assert "andere codelijsten" in mixed.err


def test_a_published_file_that_was_damaged(place):
    ex_ante(place, "--publish", place / "v", "--date", date(2026, 12, 1).isoformat())
    path = place / "v" / "ex-ante-2027-v1.benchmark"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-30])
    for out in (run("benchmark", "show", path), run("benchmark", "versions", place / "v")):
        assert (out.status, out.out) == (1, "")
        assert "Dit bestand is niet heel" in out.err


def test_a_hospital_of_unknown_type_is_told_so(tmp_path):
    write(tmp_path, ("noord",), kind=None)
    (tmp_path / "normtijden.csv").write_text(NORMS, encoding="utf-8")
    out = ex_ante(tmp_path, "--hospital", "noord")
    assert out.out.startswith("noord, benchmark 2027: voor geen van de 2 vakgroepen is er een vergelijking")
    assert "type onbekend" in out.out
    assert "Geef het type op bij het maken van de bijdrage" in out.err
    assert "uit 2026 van 1 ziekenhuis." in " ".join(ex_ante(tmp_path).out.split())
