"""`puntlanding report --store`: forecast, benchmark and efficiency as their own commands tell them, or why they are not there."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from command import run
from pdf_pages import needs_poppler, text_of

from puntlanding.case.linked import Link, load_linked
from puntlanding.explain import recompute
from puntlanding.language.notation import Language
from puntlanding.report import benchmark_hospital
from puntlanding.report.beside_store import Beside
from puntlanding.report.contract import as_json
from puntlanding.report.dossier import Dossier
from puntlanding.report.html import short
from puntlanding.report.html.page import page
from puntlanding.report.outlook_record import as_record
from puntlanding.report.outlook_text import headline
from puntlanding.report.pdf import board
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.integration

HOSPITAL, YEAR, DAY = "ziekenhuis-01", 2025, date(2025, 8, 31)
GROUPS = ("vakgroep", "Heelkunde", "Inwendige geneeskunde", "Cardiologie", "Radiologie (ondersteunend)")


def done(*words):
    outcome = run(*words)
    assert outcome.status == 0, outcome.err
    return outcome.out


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """Six hospitals, of which one has a case of a few groups."""
    root = tmp_path_factory.mktemp("demo") / "demo"
    done("demo", "store", root, "--hospitals", 6, "--scale", "0.01")
    for name in ("vakgroepen", "formatie", "kosten"):
        file = root / "opslag" / HOSPITAL / f"case-{YEAR}" / f"{name}.csv"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if line.split(";")[0] in GROUPS]
        if len(kept) > 1:
            file.write_text("".join(kept), encoding="utf-8")
    for year in (YEAR - 1, YEAR):
        where = ("--store", root / "opslag", "--hospitals", root / "ziekenhuizen.csv", "--out", root / "bijdragen")
        done("fold", "alle", year, *where)
    files = sorted((root / "bijdragen").glob(f"*-{YEAR - 1}.bijdrage"))
    publish = ("--publish", root / "opslag" / "benchmark", "--date", f"{YEAR - 1}-12-15")
    done("benchmark", "ex-ante", YEAR, *files, "--norms", root / "normtijden.csv", "--peers", "alle", *publish)
    return root


def made(demo: Path, language=Language.DUTCH, contributions=True, day: date | None = DAY) -> Dossier:
    others = demo / "bijdragen" if contributions else None
    link = Link(demo / "opslag", HOSPITAL, YEAR, None, day, None, others)
    loaded = load_linked(link).loaded
    return Dossier(Year(loaded.checked()), loaded.provenance, language, link=link)


@pytest.fixture(scope="module")
def dossier(demo) -> Dossier:
    return made(demo)


def test_the_forecast_is_that_of_its_command(demo, dossier):
    words = ("--store", demo / "opslag", "--hospital", HOSPITAL, "--year", YEAR, "--as-of", DAY, "--json")
    told = json.loads(done("forecast", *words))
    own = json.loads(as_json(as_record(dossier.outlook)))
    assert own == {key: told[key] for key in own}


def test_the_place_in_the_benchmark_is_that_of_its_command(demo):
    files = sorted((demo / "bijdragen").glob(f"*-{YEAR - 1}.bijdrage"))
    words = ("--norms", demo / "normtijden.csv", "--peers", "alle", "--hospital", HOSPITAL, "--json")
    told = json.loads(done("benchmark", "ex-ante", YEAR, *files, *words))
    known = made(demo, day=None)
    own = json.loads(as_json(benchmark_hospital.as_record(known.standing, HOSPITAL)))
    groups = {(one.specialism, one.role.value) for one in known.case.groups}

    def of(record):
        return [one for one in record["vakgroepen"] if (one["specialisme"], one["rol"]) in groups and one["fte"] != "0"]

    assert len(of(own)) == len(GROUPS) - 1
    assert of(own) == of(told)


def test_efficiency_is_that_of_its_command_and_of_a_whole_year(demo, dossier):
    files = sorted((demo / "bijdragen").glob(f"*-{YEAR - 1}.bijdrage"))
    told = json.loads(done("efficiency", *files, "--hospital", HOSPITAL, "--peers", "alle", "--json"))
    found = dossier.differences
    assert found.year == YEAR - 1
    assert made(demo, day=None).differences.year == YEAR
    assert set(found.figures) == {one["specialisme"] for one in told["vakgroepen"]}
    for code in found.figures:
        one = found.of(code)
        if one is not None:
            assert sum(line.effect for line in one[1].lines) == one[0].value - 1


@pytest.fixture(scope="module", params=tuple(Language), ids=lambda one: one.value)
def told(demo, request) -> tuple[Dossier, str]:
    found = made(demo, request.param)
    return found, page(found)


def section(text: str, id_: str) -> str:
    (found,) = re.findall(rf'<section id="{id_}".*?</section>', text, re.DOTALL)
    return found


def test_the_page_has_them_all_and_names_nobody_else(told):
    dossier, text = told
    assert len(text.encode()) < 6_000_000
    parts = {one: section(text, one) for one in ("zekerheid", "prikkels", "soorten", "anderen", "doelmatig")}
    assert [part.count("<figure") for part in parts.values()] == [3, 1, 1, 1, 1]
    first = headline(dossier.outlook, dossier.language).split("\n")[0].split(" (")[0]
    assert first in parts["zekerheid"].replace("\u00a0", " ")
    for part in parts.values():
        assert not re.search(r"ziekenhuis-0[2-6]", part)
    groups = section(text, "vakgroepen")
    for at in range(1, len(dossier.groups) + 1):
        assert f'id="beeld-vakgroep-{at}-3"' in groups  # the course of its own forecast


@needs_poppler
@pytest.mark.parametrize("language", tuple(Language))
def test_the_board_reads_how_sure_it_is_and_its_own_place(demo, language, tmp_path):
    found = made(demo, language)
    for path, content in board.files(found, tmp_path / "bestuur.pdf").items():
        path.write_bytes(content)
    text = " ".join(text_of(tmp_path / "bestuur.pdf").split())
    dutch = language is Language.DUTCH
    assert ("Kans op puntlanding (±1 %):" if dutch else "Chance of landing within ±1 %:") in text
    assert ("vakgroepen boven de benchmark van 2025" if dutch else "groups above the benchmark of 2025") in text
    assert ("minder inzet dan de referentie" if dutch else "used less than the reference") in text
    assert not re.search(r"ziekenhuis-0[2-6], ", text)


@needs_poppler
def test_without_contributions_it_is_said_why(demo, tmp_path):
    found = made(demo, contributions=False)
    assert found.outlook is not None
    assert found.standing is None
    assert found.differences is None
    why = "Geef de map daarvan met --contributions."
    assert why in found.why_without(Beside.STANDING)
    text = page(found)
    assert why in section(text, "verantwoording")
    assert 'id="anderen"' not in text
    for path, content in board.files(found, tmp_path / "bestuur.pdf").items():
        path.write_bytes(content)
    assert why in " ".join(text_of(tmp_path / "bestuur.pdf").split())


def test_a_group_among_few_hospitals_is_told_the_largest_difference_only(dossier):
    found = dossier.differences.weightiest()
    assert found is not None
    assert found[0].sums.hospital == HOSPITAL


@pytest.mark.parametrize("language", tuple(Language))
def test_a_long_explanation_adds_up_with_its_rows_closed(dossier, language, monkeypatch):
    one = table(Stage.SETTLE, dossier.year)
    whole = short.short_explanation(one.rows[0], one, language)
    monkeypatch.setattr(short, "LONG", 10)
    closed = short.short_explanation(one.rows[0], one, language)
    assert len(closed) < len(whole) or "--explain" in whole
    assert closed.splitlines()[0] == whole.splitlines()[0]
    assert "--explain" in closed.splitlines()[-1]
    made_: dict = {}
    for node in filter(None, one.rows[0].cells):
        assert recompute(short._closed(node, short.Source("--explain", None, None), made_)) == node.value


def test_the_command_makes_the_same_page(demo, told, tmp_path):
    dossier, text = told
    if dossier.language is Language.DUTCH:
        words = ("--store", demo / "opslag", "--hospital", HOSPITAL, "--year", YEAR, "--as-of", DAY)
        done("report", *words, "--contributions", demo / "bijdragen", "--html", tmp_path / "verslag.html")
        made_ = (tmp_path / "verslag.html").read_text(encoding="utf-8")
        for one in ("zekerheid", "prikkels", "soorten", "anderen", "doelmatig", "vakgroepen"):
            assert section(made_, one) == section(text, one)
