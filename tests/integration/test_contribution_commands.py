"""`puntlanding contribution …` as a hospital and a coordinator meet it."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from command import ROOT, run, script

sys.path.insert(0, str(ROOT / "tests"))
from puntlanding.contribution import read_contribution
from small_contribution import small

pytestmark = pytest.mark.integration

TIME = 1500


def rows(scale):
    found = []
    for at, count in enumerate((100, 60, 40, 3)):
        months = {f"{kind}_02": count * scale for kind in ("open", "sluit")}
        minutes = {f"{kind}_min_{month:02}": 0 for kind in ("open", "sluit") for month in range(1, 13)}
        minutes |= {f"{kind}_min_02": count * scale * TIME for kind in ("open", "sluit")}
        found.append({"code": f"11040101{at}", "patienten": count * scale, **months, **minutes})
    return found


def made(folder, name, scale=1, kind="algemeen"):
    strata = [
        {"geslacht": sex, "k4_patienten": count, "k4_fysiek": 2 * count, "k4_diagnostiek": 900} for sex, count in (("M", 4), ("V", 50))
    ]  # fmt: skip
    path = folder / f"{name}.bijdrage"
    path.write_bytes(small(name, rows(scale), strata, kind=kind).to_bytes())
    return path


@pytest.fixture
def full(tmp_path):
    return made(tmp_path, "noord")


def test_show_says_first_what_it_is_and_that_it_is_not_protected(full):
    outcome = run("contribution", "show", full)
    assert outcome.status == 0
    first, second, *_ = outcome.out.splitlines()
    assert first == "Bijdrage 2026 van noord (algemeen): 51 normuren van 1 vakgroepen met 4,50 fte."
    assert second.startswith("NIET beschermd")
    english = run("contribution", "show", full, "--lang=en").out
    assert english.startswith("Contribution 2026 of noord (algemeen): 51 norm hours")
    record = json.loads(run("contribution", "show", full, "--json").out)
    assert record["vakgroepen"][0]["normuren"] == "50.750000"
    assert record["ziekenhuizen"][0]["bescherming"] is None


def test_show_writes_long_tables(full, tmp_path):
    folder = tmp_path / "csv"
    assert run("contribution", "show", full, "--csv", folder).status == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        f"bijdrage-{name}.csv" for name in ("diagnoses", "formatie", "input", "productie", "strata")
    ]
    with (folder / "bijdrage-productie.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file, delimiter=";"))
    opened = [row for row in read if row["grootheid"] == "geopend"]
    assert [(row["code"], row["maand"], row["aantal"], row["minuten"]) for row in opened] == [
        ("110401010", "02", "100", "1500,00"),
        ("110401011", "02", "60", "900,00"),
        ("110401012", "02", "40", "600,00"),
        ("110401013", "02", "3", "45,00"),
    ]
    again = run("contribution", "show", full, "--csv", folder)
    assert again.status == 1
    assert "niets overschreven" in again.err


def test_export_protects_and_says_what_it_did(full, tmp_path):
    out = tmp_path / "deel.bijdrage"
    outcome = run("contribution", "export", full, "--out", out, "--rest-codes", 2)
    assert outcome.status == 0, outcome.err
    assert outcome.out.startswith("Beschermd: geen rij over minder dan 10 patiënten. 2 van 4 codes staan samen")
    assert "precies gelijk" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 200
    one = read_contribution(out)
    assert sorted(one.production["code"]) == ["110401010", "110401011", "overig"]
    assert one.production["open_min_03"].sum() == 203 * TIME
    assert one.strata.select("geslacht", "k4_patienten").rows() == [("alle", 54)]
    assert "NIET beschermd" not in run("contribution", "show", out).out
    record = json.loads(run("contribution", "export", full, "--out", tmp_path / "b.bijdrage", "--json").out)
    assert record["vakgroepen"][0]["codes_samen"] == 4
    assert record["tarieven"][0]["voor"] == record["tarieven"][0]["na"]
    assert (tmp_path / "b.bijdrage").exists()


def test_export_never_overwrites_and_never_protects_twice(full, tmp_path):
    out = tmp_path / "deel.bijdrage"
    assert run("contribution", "export", full, "--out", out).status == 0
    before = out.read_bytes()
    assert run("contribution", "export", full, "--out", out).status == 1
    assert out.read_bytes() == before
    twice = run("contribution", "export", out, "--out", tmp_path / "x.bijdrage")
    assert twice.status == 1
    assert "al beschermd" in twice.err
    assert not (tmp_path / "x.bijdrage").exists()


def test_numbers_that_protect_nothing_are_refused(full, tmp_path):
    outcome = run("contribution", "export", full, "--out", tmp_path / "x", "--minimum", 1, "--base", 1)
    assert outcome.status == 1
    assert "--minimum" in outcome.err
    assert "--base" in outcome.err
    assert run("contribution", "benchmark", full, "--out", tmp_path / "x", "--hospitals", 2).status == 1


def test_export_shows_the_rate_by_other_norm_times(full, tmp_path):
    norms = tmp_path / "normtijden.csv"
    lines = [f"2027;0303;zorgproduct;11040101{at};{20 + at}" for at in range(4)]
    norms.write_text("jaar;specialisme;soort;code;minuten\n" + "\n".join(lines) + "\n", encoding="utf-8")
    outcome = run("contribution", "export", full, "--out", tmp_path / "y.bijdrage", "--norms", norms, "--rest-codes", 2)
    assert outcome.status == 0, outcome.err
    assert "2027" in outcome.out
    missing = run(
        "contribution", "export", full, "--out", tmp_path / "z.bijdrage", "--norms", norms, "--norms-year", 2030
    )
    assert missing.status == 1
    assert not (tmp_path / "z.bijdrage").exists()


def test_key_sign_verify(full, tmp_path):
    keys = tmp_path / "sleutels"
    assert run("contribution", "key", keys, "--name", "noord").status == 0
    assert run("contribution", "key", keys, "--name", "noord").status == 1
    assert run("contribution", "key", keys, "--name", "../x").status == 1
    assert run("contribution", "verify", full).status == 1
    signed = run("contribution", "sign", full, "--key", keys / "noord.geheim.pem")
    assert signed.status == 0
    good = run("contribution", "verify", full, "--trusted", keys)
    assert (good.status, good.out.splitlines()[1]) == (0, "  noord.bijdrage: geldig, ondertekend door noord")
    unknown = run("contribution", "verify", full)
    assert unknown.status == 1
    assert "sleutel niet bekend" in unknown.out
    data = bytearray(full.read_bytes())
    data[len(data) // 2] ^= 1
    full.write_bytes(data)
    tampered = run("contribution", "verify", full, "--trusted", keys, "--json")
    assert tampered.status == 1
    assert json.loads(tampered.out)["bestanden"][0]["uitkomst"] == "gewijzigd"


def test_verify_says_of_every_file_what_it_is(full, tmp_path):
    other = tmp_path / "tekst.bijdrage"
    other.write_text("geen bijdrage", encoding="utf-8")
    outcome = run("contribution", "verify", full, other, tmp_path / "weg.bijdrage")
    assert outcome.status == 1
    assert "noord.bijdrage: niet ondertekend" in outcome.out
    assert "tekst.bijdrage" in outcome.err
    assert "weg.bijdrage" in outcome.err


def test_merge_takes_only_what_is_trusted_where_that_is_asked(tmp_path):
    keys = tmp_path / "sleutels"
    run("contribution", "key", keys, "--name", "noord")
    files = [made(tmp_path, "noord"), made(tmp_path, "zuid")]
    run("contribution", "sign", files[0], "--key", keys / "noord.geheim.pem")
    refused = run("contribution", "merge", *files, "--out", tmp_path / "samen.bijdrage", "--trusted", keys)
    assert refused.status == 1
    assert "zuid.bijdrage" in refused.err
    assert "noord.bijdrage" not in refused.err
    assert not (tmp_path / "samen.bijdrage").exists()
    whole = run("contribution", "merge", *files, "--out", tmp_path / "samen.bijdrage")
    assert whole.status == 0
    assert "niet beschermd" in whole.err
    assert read_contribution(tmp_path / "samen.bijdrage").names == ("noord", "zuid")
    twice = run("contribution", "merge", *files, files[0], "--out", tmp_path / "drie.bijdrage")
    assert twice.status == 1
    assert not (tmp_path / "drie.bijdrage").exists()


def test_national_figures_hold_no_hospital(tmp_path):
    files = [made(tmp_path, name, scale) for name, scale in (("a", 1), ("b", 2), ("c", 2), ("d", 3))]
    files.append(made(tmp_path, "e", 2, "umc"))
    shared = []
    for path in files:
        shared.append(path.with_name(f"deel-{path.name}"))
        assert run("contribution", "export", path, "--out", shared[-1], "--rest-codes", 2).status == 0
    out = tmp_path / "nl.landelijk"
    outcome = run("contribution", "benchmark", *shared, "--out", out)
    assert outcome.status == 0, outcome.err
    assert outcome.err == ""
    assert outcome.out.startswith("Landelijke cijfers 2026 van 5 ziekenhuizen")
    assert "te weinig ziekenhuizen" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= max(100, len(f"Geschreven: {out}"))
    record = json.loads(run("contribution", "benchmark", *shared, "--out", tmp_path / "2.landelijk", "--json").out)
    told = [one for one in record["tarieven"] if one["niet_gedeeld"] is None]
    assert all(one["ziekenhuizen"] >= 3 for one in told)
    assert out.read_bytes() == (tmp_path / "2.landelijk").read_bytes()
    assert "umc" not in {one["type"] for one in told}


def test_help_costs_no_library(tmp_path: Path):
    """Signing is a command of few; the others do not wait for it."""
    code = "import sys; from puntlanding.cli.main import main; main(['contribution', '--help']); sys.exit('cryptography' in sys.modules)"
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=tmp_path).returncode == 0
    assert script("contribution", "--help").returncode == 0
