"""The year for the board: six pages whose numbers are the result's, whatever the case allows."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from command import ROOT, run, script
from pdf_pages import FONTS, facts_of, fonts_of, needs_poppler, read_number, steps_of, text_of
from small_case import write_folder

pytestmark = pytest.mark.integration

COMPONENTS = ROOT / "examples" / "onderdelen"
TITLES = (
    "1 Het jaar op één bladzijde", "2 Boven en onder de begroting", "3 Van kader naar euro’s", "4 De afspraak, en wat zij doet",
    "5 Begroting, benchmark en prognose", "6 Verantwoording",
)  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    case = tmp_path_factory.mktemp("demo") / "case"
    assert run("demo", "collective", case).status == 0
    return case


@pytest.fixture(scope="module")
def made(demo, tmp_path_factory) -> dict[str, Path]:
    found = {}
    for name, case in (("demo", demo), ("components", COMPONENTS)):
        found[name] = tmp_path_factory.mktemp("made") / "bestuur.pdf"
        outcome = run("report", case, "--board", found[name])
        assert outcome.status == 0, outcome.err
    return found


def pages(path: Path) -> list[str]:
    return text_of(path).rstrip("\f").split("\f")


@needs_poppler
@pytest.mark.parametrize("name", ["demo", "components"])
def test_six_pages_each_with_its_question(made, name):
    found = pages(made[name])
    assert len(found) == 6
    for title, page in zip(TITLES, found, strict=True):
        assert title in re.sub(r" +", " ", page)


@needs_poppler
@pytest.mark.parametrize("name", ["demo", "components"])
def test_the_tables_are_the_result(made, demo, name):
    case = demo if name == "demo" else COMPONENTS
    settled = json.loads(run("settle", case, "--json").out)
    divided = json.loads(run("distribute", case, "--json").out)
    found = pages(made[name])
    for one in settled["vakgroepen"]:
        (row,) = [line for line in found[1].splitlines() if re.match(rf"{one['vakgroep']}  .*\d,\d\d$", line)]
        cells = re.split(r"\s{2,}", row)
        assert read_number(cells[1]) == pytest.approx(float(one["realisatie"]), abs=0.0051)
        assert read_number(cells[-1]) == pytest.approx(float(one["norm_fte"]), abs=0.0051)
    amounts = []
    for one in divided["vakgroepen"]:
        row = next(line for line in found[2].splitlines() if line.startswith(one["vakgroep"] + "  "))
        amounts.append(read_number(re.findall(r"[\d.]+,\d\d", row)[-1]))
        assert amounts[-1] * 100 == one["bedrag_cent"]
    steps = steps_of(found[2], "euro")
    assert steps[0][1] * 100 == divided["totaal"]["kader_cent"]
    assert sum(value for _, value in steps[:-1]) == steps[-1][1] == sum(amounts)


@needs_poppler
def test_tagged_with_pictures_told_and_fonts_inside(made):
    for path in made.values():
        assert facts_of(path)["Tagged"] == "yes"
        assert b"pdfuaid:part" in path.read_bytes()
        assert all(embedded and name.startswith(FONTS) for name, embedded in fonts_of(path))


def test_the_same_bytes_from_another_process(made, demo, tmp_path):
    done = script("report", demo, "--board", tmp_path / "b.pdf", env={"PYTHONHASHSEED": "3"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "b.pdf").read_bytes() == made["demo"].read_bytes()


@needs_poppler
def test_what_asks_for_a_decision_is_on_the_first_page(made, demo):
    first = " ".join(pages(made["demo"])[0].split())
    rows = json.loads(run("settle", demo, "--json").out)["vakgroepen"]
    rest = {row["vakgroep"]: float(row["realisatie"]) - float(row["norm_fte"]) for row in rows}
    most = max(rest, key=lambda name: rest[name])
    assert f"{most} ({rest[most]:.2f})".replace(".", ",") in first
    assert "Wat blijft staan heeft een bestemming nodig" in first
    assert "nog door niemand vastgelegd" in first
    assert "Zonder efficiencycijfers" in first


@needs_poppler
def test_the_account_names_every_table_and_the_checks(made, demo):
    last = pages(made["demo"])[-1]
    record = json.loads(run("settle", demo, "--json").out)["verantwoording"]
    for one in record["gegevens"]["tabellen"]:
        assert one["bestand"] in last
        assert one["hash"][:24] in last
    assert last.count("precies gelijk") == 1
    assert "op de cent het kader" in " ".join(last.split())
    assert re.search(r"^\s*10\. ", last, re.MULTILINE)


@needs_poppler
def test_only_a_budget_says_what_is_not_there(tmp_path):
    case = write_folder(tmp_path / "case")
    (case / "realisatie.csv").unlink()
    outcome = run("report", case, "--board", tmp_path / "b.pdf", "--lang", "en")
    assert outcome.status == 0, outcome.err
    found = text_of(tmp_path / "b.pdf")
    assert found.count("This is not here:") == 3  # settlement, euros, forecast
    assert "Budgeted: 22.55 norm fte for 3 groups." in found
    assert "None" not in found


@needs_poppler
def test_a_lump_sum_needs_no_realisation(tmp_path, demo):
    case = tmp_path / "case"
    shutil.copytree(demo, case)
    (case / "realisatie.csv").unlink()
    (case / "prognose.csv").unlink()
    agreement = (case / "afspraak.toml").read_text(encoding="utf-8")
    agreement = re.sub(r'soort = "plafond(_bandbreedte)?"\n(bandbreedte = .*\n)?', 'soort = "aanneemsom"\n', agreement)
    (case / "afspraak.toml").write_text(agreement, encoding="utf-8")
    outcome = run("report", case, "--board", tmp_path / "b.pdf", "--statements", tmp_path / "v")
    assert outcome.status == 0, outcome.err
    text = text_of(tmp_path / "v" / "kno.pdf")
    assert "Begroot is 6,00 norm fte, betaald 6,00." in text
    assert "wat ook is gerealiseerd" in text
    assert "niet uitgekeerd: € 0,00" in " ".join(text_of(tmp_path / "b.pdf").split())
