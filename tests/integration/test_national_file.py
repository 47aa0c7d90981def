"""A national benchmark from hospital to coordinator and back: exported, signed, put together, and a year computed with it."""

from __future__ import annotations

import csv
import json
import shutil
from fractions import Fraction

import polars as pl
import pytest
from command import run

from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.national_file import from_bytes
from puntlanding.benchmark.output import On, own_output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule, PeersBy
from puntlanding.benchmark.rates import measures, rates
from puntlanding.case.lists import read_norm_table
from puntlanding.contribution import merge, read_contribution
from puntlanding.contribution.signing import load_private, sign
from puntlanding.contribution.tables import REST

pytestmark = pytest.mark.integration

YEAR, HOME = 2026, "ziekenhuis-02"
RATE = "benchmark (normuren per fte)"
LITTLE = ("--minimum", 2, "--units", 1, "--rest-codes", 2, "--period", "jaar")  # a demonstration is small


def done(*words):
    outcome = run(*words)
    assert outcome.status == 0, outcome.err
    return outcome


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Six hospitals in a store; of each a signed, protected contribution of last year; and the coordinator's file for this year."""
    root = tmp_path_factory.mktemp("landelijk") / "demo"
    done("demo", "store", root, "--hospitals", 6, "--scale", "0.01", "--year", YEAR)
    store, parts = root / "opslag", root / "gedeeld"
    parts.mkdir()
    hospitals = ("--hospitals", root / "ziekenhuizen.csv")
    done("fold", "alle", YEAR - 1, "--store", store, *hospitals, "--out", root / "bijdragen")
    keys, public = root / "geheim", root / "vertrouwd"
    public.mkdir()
    for path in sorted((root / "bijdragen").glob("*.bijdrage")):
        name = path.name.removesuffix(f"-{YEAR - 1}.bijdrage")
        done("contribution", "export", path, "--out", parts / path.name, *LITTLE)
        done("contribution", "key", keys, "--name", name)
        done("contribution", "sign", parts / path.name, "--key", keys / f"{name}.geheim.pem")
        shutil.copy(keys / f"{name}.openbaar.pem", public)
    done("contribution", "key", root / "coordinator", "--name", "coordinator")
    done("contribution", "benchmark", parts, "--trusted", public, *ahead(root), "--out", root / "nl.landelijk")
    done("contribution", "sign", root / "nl.landelijk", "--key", root / "coordinator" / "coordinator.geheim.pem")
    return root


def ahead(root):
    return ("--year", YEAR, "--norms", root / "normtijden.csv")


def asked(root, file, *more):
    return ("--store", root / "opslag", "--hospital", HOME, "--year", YEAR, "--benchmark", file, *more)


def found(root, name="nl.landelijk"):
    return from_bytes((root / name).read_bytes(), name)


def whole(root, folder):
    return merge([read_contribution(path) for path in sorted((root / folder).glob("*.bijdrage"))])


def agreed(root, tmp_path, text, **lists):
    """The hospital's case with another [benchmark]."""
    case = tmp_path / "case"
    shutil.copytree(root / "opslag" / HOME / f"case-{YEAR}", case)
    agreement = (case / "afspraak.toml").read_text(encoding="utf-8")
    assert 'vergelijking = "alle"\n' in agreement
    (case / "afspraak.toml").write_text(agreement.replace('vergelijking = "alle"\n', text), encoding="utf-8")
    for name, content in lists.items():
        (case / f"{name}.csv").write_text(content, encoding="utf-8")
    return case


def test_a_hospital_computes_its_year_with_the_signed_file(demo):
    file = demo / "nl.landelijk"
    outcome = done("run", *asked(demo, file, "--trusted", demo / "coordinator"))
    assert "  benchmark    landelijke cijfers: nl.landelijk (ondertekend door coordinator)\n" in outcome.out
    assert "  efficiency   records, vergeleken met: nl.landelijk\n" in outcome.out
    assert "Betaald wordt" in outcome.out
    assert "Voor 2026 is er geen efficiency; die van 2025 geldt ook voor dat jaar" in outcome.err
    english = done("run", *asked(demo, file, "--lang", "en"))
    assert "(signed with key " in english.out
    record = json.loads(done("run", *asked(demo, file, "--json")).out)
    (origin,) = [one for one in record["herkomst"] if one["tabel"] == "benchmark"]
    assert (origin["uit"], origin["bestanden"]) == ("landelijk", ["nl.landelijk"])
    assert origin["ondertekening"] == "onbekende_sleutel"
    assert len(origin["sleutels"]) == 1


def test_an_explanation_names_the_file_and_the_cell(demo):
    outcome = done("distribute", *asked(demo, demo / "nl.landelijk", "--explain", "Radiologie (ondersteunend)"))
    assert "nl.landelijk, tarieven 0362 ondersteunend alle normuren_per_fte" in outcome.out
    assert "Controle: opnieuw berekend uit" in outcome.out
    record = json.loads(done("settle", *asked(demo, demo / "nl.landelijk", "--explain", "KNO", "--json")).out)["uitleg"]
    cells = [one["bron"] for one in record["knopen"] if "nl.landelijk" in str(one.get("bron"))]
    assert any(one["kolom"].startswith("referenties fysiek, ") for one in cells)
    assert {"bestand": "nl.landelijk", "rij": None, "kolom": "tarieven 0302 poort alle normuren_per_fte"} in cells


def test_what_was_not_put_together_has_the_rate_of_whole_contributions(demo):
    shared, full = whole(demo, "gedeeld"), whole(demo, "bijdragen")
    norms = read_norm_table(demo / "normtijden.csv")
    everybody = PeerRule(PeersBy.ALL)
    told = {(one.specialism, one.role): one.rate for one in found(demo).cells if one.kind == "alle" and one.rate}
    by_shared = {(one.specialism, one.role): one.rate for one in ex_ante(shared, YEAR, norms, everybody).rates.pools}
    assert told.items() <= by_shared.items()
    by_full = {(one.specialism, one.role): one.rate for one in ex_ante(full, YEAR, norms, everybody).rates.pools}
    hidden = set(shared.production.filter(pl.col("code") == REST).select("specialisme", "rol").unique().rows())
    exact = {group: rate for group, rate in told.items() if group not in hidden}
    assert len(exact) >= 2
    assert exact.items() <= by_full.items()


def test_figures_of_the_own_year_are_those_of_whole_contributions(demo):
    done("contribution", "benchmark", demo / "gedeeld", "--out", demo / "eigen.landelijk")
    full, own = whole(demo, "bijdragen"), found(demo, "eigen.landelijk")
    output = own_output(full, On.OPENED)
    by_full = rates(measures(output, full.hospitals), full.hospitals, PeerRule(PeersBy.ALL))
    wanted = {(one.specialism, one.role): one.rate for one in by_full.pools}
    everyone = {(one.specialism, one.role): len(one.members) for one in by_full.pools}
    told = {
        (one.specialism, one.role): one.rate
        for one in own.cells
        if one.kind == "alle" and one.rate and one.hospitals == everyone[one.specialism, one.role]
    }  # a group that is too small is not shared at all
    assert len(told) > 15
    assert told.items() <= wanted.items()
    refused = run("run", *asked(demo, demo / "eigen.landelijk"))
    assert refused.status == 1
    assert "Deze benchmark is van 2025; nodig is die van 2026." in refused.err
    assert refused.out == ""


def test_what_the_file_says_it_is(demo, tmp_path):
    out = tmp_path / "nl.landelijk"
    text = done("contribution", "benchmark", demo / "gedeeld", *ahead(demo), "--out", out).out
    assert text.startswith("Landelijke benchmark voor 2026 uit bijdragen van 2025 van 6 ziekenhuizen: ")
    assert "Om 2026 mee te begroten (puntlanding run --benchmark)." in text
    assert "dichter dan 10 % te benaderen" in text.replace("\n", " ")
    assert "terug te rekenen" not in text
    assert max(map(len, text.splitlines()[:-1])) <= 100
    again = found(demo)
    assert from_bytes(out.read_bytes(), "x").fingerprint == again.fingerprint
    assert (again.year, again.basis.year, again.norm_times) == (
        YEAR, YEAR - 1, read_norm_table(demo / "normtijden.csv").fingerprint(YEAR),
    )  # fmt: skip
    english = done("contribution", "benchmark", demo / "gedeeld", "--out", tmp_path / "2.landelijk", "--lang", "en").out
    assert "not to make a budget with (--year)" in english.replace("\n", " ")


def test_a_file_that_was_changed_is_refused(demo, tmp_path):
    data = (demo / "nl.landelijk").read_bytes()
    for at in (len(data) // 3, data.index(b'"jaar"') + 8, len(data) - 400):
        bad = tmp_path / f"{at}.landelijk"
        bad.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        outcome = run("run", *asked(demo, bad))
        assert outcome.status == 1
        assert bad.name in outcome.err
        assert (outcome.out, "Traceback" in outcome.err) == ("", False)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("unsigned", "Dit bestand is niet ondertekend."),
        ("stranger", "De handtekening klopt, maar de sleutel is niet bekend."),
    ],
)
def test_only_whom_is_trusted(demo, tmp_path, file, text):
    path = tmp_path / "nl.landelijk"
    done("contribution", "benchmark", demo / "gedeeld", *ahead(demo), "--out", path)
    if file == "stranger":
        path.write_bytes(sign(path.read_bytes(), path.name, load_private(demo / "geheim" / f"{HOME}.geheim.pem")))
    else:
        assert "nl.landelijk (niet ondertekend)" in done("run", *asked(demo, path)).out
    outcome = run("run", *asked(demo, path, "--trusted", demo / "coordinator"))
    assert outcome.status == 1
    assert text in outcome.err
    assert outcome.out == ""


def test_what_is_withheld_is_told_with_what_can_be_done(demo, tmp_path):
    case = agreed(demo, tmp_path, 'vergelijking = "type"\n')
    outcome = run("run", case, *asked(demo, demo / "nl.landelijk"))
    assert outcome.status == 0
    assert "De landelijke cijfers van type algemeen worden niet gedeeld voor Oogheelkunde, KNO," in outcome.err
    assert 'anders is een ander cijfer terug te rekenen. Spreek vergelijking = "alle" af' in outcome.err
    assert "Niet berekend: budget." in outcome.err
    lines = (case / "vakgroepen.csv").read_text(encoding="utf-8").splitlines()
    groups = [row["vakgroep"] for row in csv.DictReader(lines, delimiter=";")]
    typed = "vakgroep;normuren_per_fte\n" + "".join(f"{group};2000\n" for group in groups)
    (case / "benchmark.csv").write_text(typed, encoding="utf-8")
    by_hand = done("run", case, *asked(demo, demo / "nl.landelijk"))
    assert "benchmark    case: benchmark.csv\n" in by_hand.out


def test_the_own_group_is_taken_off_the_sums_exactly(demo, tmp_path):
    out = 'vergelijking = "alle"\neigen_vakgroep = "uit"\n'
    case = agreed(demo, tmp_path, out, benchmark="vakgroep;normuren_per_fte\nRadiologie (poort);2000\n")
    refused = run("run", case, *asked(demo, demo / "nl.landelijk"))
    assert refused.status == 1
    assert "is de bijdrage nodig die u daarvoor deelde. Zet dat bestand in" in refused.err
    place = demo / "opslag" / HOME / "gedeeld.bijdrage"
    shutil.copy(demo / "gedeeld" / f"{HOME}-{YEAR - 1}.bijdrage", place)
    try:
        outcome = done(
            "distribute", case, *asked(demo, demo / "nl.landelijk", "--explain", "Klinische chemie", "--json")
        )
        explained = done("distribute", case, *asked(demo, demo / "nl.landelijk", "--explain", "Klinische chemie"))
        other = run(
            "run", agreed(demo, tmp_path / "b", out, trends="specialisme;factor;reden\n0303;1,1;groei\n"),
            *asked(demo, demo / "nl.landelijk"),
        )  # fmt: skip
    finally:
        place.unlink()
    assert "nl.landelijk, tarieven 0386 ondersteunend alle minuten" in explained.out
    norms, shared = read_norm_table(demo / "normtijden.csv"), whole(demo, "gedeeld")
    wanted = ex_ante(shared, YEAR, norms, PeerRule(PeersBy.ALL, Own.OUT)).rates.groups[
        GroupKey(HOME, "0386", "ondersteunend")
    ].rate  # fmt: skip
    nodes = json.loads(outcome.out)["uitleg"]["knopen"]
    shown = [one for one in nodes if (one["term"], one.get("onderwerp")) == (RATE, "Klinische chemie")]
    assert {Fraction(one["waarde"]) for one in shown} == {wanted}
    assert other.status == 1
    assert "dezelfde lijsten hebben als waarmee die zijn gemaakt; anders is: trends" in other.err
    assert "er zijn geen efficiencycijfers" in done_err(demo, case, place)


def done_err(demo, case, place):
    shutil.copy(demo / "gedeeld" / f"{HOME}-{YEAR - 1}.bijdrage", place)
    try:
        return done("run", case, *asked(demo, demo / "nl.landelijk")).err
    finally:
        place.unlink()


def test_a_median_is_rounded_and_says_so(demo, tmp_path):
    case = agreed(demo, tmp_path, 'vergelijking = "alle"\nmethode = "mediaan"\n')
    outcome = done("run", case, *asked(demo, demo / "nl.landelijk"))
    assert 'methode = "mediaan"; die staat in de landelijke cijfers afgerond op 10 uur' in outcome.err
    text = 'vergelijking = "alle"\nmethode = "mediaan"\neigen_vakgroep = "uit"\n'
    out = run("run", agreed(demo, tmp_path / "b", text), *asked(demo, demo / "nl.landelijk"))
    assert out.status == 1
    assert "uit een mediaan van allen is de eigen vakgroep niet te halen" in out.err


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--year", YEAR), "zijn de normtijden van 2026 nodig"),
        (("--norms", "normtijden.csv"), "er staat niet bij welk. Geef het jaar met --year"),
        (("--year", YEAR + 3, "--norms", "normtijden.csv"), "2029"),
    ],
)
def test_years_and_lists_go_together(demo, tmp_path, words, text):
    given = [demo / word if word == "normtijden.csv" else word for word in words]
    outcome = run("contribution", "benchmark", demo / "gedeeld", *given, "--out", tmp_path / "x.landelijk")
    assert outcome.status == 1
    assert text in outcome.err
    assert not (tmp_path / "x.landelijk").exists()
