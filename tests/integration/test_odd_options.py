"""Options that no example shows: each gets its sentence, none is a fault of the program, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import run

pytestmark = pytest.mark.integration

ROW_T = "1;1;1;0303;0121;11;2025-01-06;;;;;;1960;V"
HEADER_T = (
    "subtraject_id;zorgtraject_id;patient;specialisme;diagnose;zorgtype;openingsdatum;sluitdatum;afsluitreden;zorgproduct;"
    "declaratiecode;verzekeraar;geboortejaar;geslacht"
)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "levering"
    folder.mkdir()
    (folder / "subtrajecten.csv").write_text(f"{HEADER_T}\n{ROW_T}\n", encoding="utf-8")
    (folder / "zorgactiviteiten.csv").write_text(
        "subtraject_id;za_code;datum;aantal;specialisme_uitvoerder\n1;190060;2025-01-06;1;0303\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--years", "1900", "Dit moet een getal zijn van 2005 tot en met 2100."),
        ("--years", "0000", "Dit moet een getal zijn van 2005 tot en met 2100."),
        ("--years", "2099-9999", "Dit moet een getal zijn van 2005 tot en met 2100."),
        ("--years", "2024-", "Dit zijn geen jaren. Schrijf er één (2026) of een reeks (2024-2026)."),
        ("--years", "２０２５", "Dit zijn geen jaren. Schrijf er één (2026) of een reeks (2024-2026)."),
        ("--hospitals", "0", "Dit moet een getal zijn van 1 tot en met 999."),
        ("--seed", "-1", "Dit moet een getal zijn van 0 tot en met 9223372036854775807."),
        ("--seed", "1" * 5000, "Dit moet een getal zijn van 0 tot en met 9223372036854775807."),
        ("--scale", "nan", "Dit moet een getal zijn van 0,0005 tot en met 100."),
        ("--scale", "inf", "Dit moet een getal zijn van 0,0005 tot en met 100."),
        ("--scale", "1e9", "Dit moet een getal zijn van 0,0005 tot en met 100."),
        ("--as-of", "9999-12-31", "Deze datum ligt niet in de jaren 2005 tot en met 2100. Controleer het jaartal."),
        ("--as-of", "x", "Dit is geen datum. Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-05-31."),
    ],
)
def test_a_demonstration_that_cannot_be_made(tmp_path, option, value, said):
    found = run("demo", "generate", tmp_path / "demo", option, value)
    assert found.status == 1
    assert found.err.startswith(f"{option}: ")
    assert said in found.err
    assert list(tmp_path.iterdir()) == []


def test_code_tables_of_a_few_products_are_no_ground_for_a_hospital(tmp_path):
    made = run("demo", "generate", tmp_path / "een", "--scale", "0,0005", "--format", "nza")
    assert made.status == 0, made.err
    found = run("demo", "generate", tmp_path / "twee", "--nza", tmp_path / "een" / "nza")
    assert found.status == 1
    assert "geen poliklinisch zorgproduct dat van 2025-01-01 tot en met 2025-12-31 geldig is: 03" in found.err
    assert not (tmp_path / "twee").exists()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2206-05-31"])
def test_a_delivery_of_another_age(tmp_path, source, day):
    for words in (["check", source], ["load", source, "--hospital", "noord", "--store", tmp_path / "opslag"]):
        found = run("intake", *words, "--date", day)
        assert found.status == 1
        assert "Deze datum ligt niet in de jaren 2005 tot en met 2100." in found.err
    assert not (tmp_path / "opslag").exists()


def test_a_store_is_no_delivery(tmp_path, source):
    key, store = tmp_path / "sleutel", tmp_path / "opslag"
    words = ["--hospital", "noord", "--store", store, "--key", key, "--date"]
    loaded = run("intake", "load", source, *words, "2025-02-01")
    assert loaded.status == 0, loaded.err
    kept = next((store / "noord").glob("*/2025"))
    found = run("intake", "load", kept, *words, "2025-03-01")
    assert found.status == 1
    assert "haar nummers zijn al pseudoniemen" in found.err
    assert len(list((store / "noord").glob("2025-*"))) == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="only where devices are files")
def test_a_key_without_an_end(tmp_path, source):
    found = run(
        "intake",
        "load",
        source,
        "--hospital",
        "noord",
        "--store",
        tmp_path / "s",
        "--date",
        "2025-02-01",
        "--key",
        "/dev/zero",
    )
    assert found.status == 1
    assert "leutel" in found.err
