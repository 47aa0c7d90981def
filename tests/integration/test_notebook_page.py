"""The tutorial on notebooks: every cell is run in order, and shows what the page says it shows."""

from __future__ import annotations

import ast
import contextlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from small_case import write_folder

import console
import puntlanding
from forecast_records import HOSPITAL, YEAR, hospital_store
from hostile_year import NAMES, write_hostile
from puntlanding.demo.collective import write_collective

pytestmark = pytest.mark.integration

PAGE = console.ROOT / "docs/tutorials/in-een-notebook.md"
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def cells() -> list[tuple[str, str | None]]:
    """The code of each cell with the output shown below it, if any."""
    found: list[tuple[str, str | None]] = []
    for kind, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "python":
            found.append((text, None))
        elif not text.startswith("puntlanding."):  # what needs a store is tried by itself
            found[-1] = (found[-1][0], text)
    return found


def value_of(code: str, names: dict[str, Any]) -> object:
    """As a notebook does: the value of a last line that is an expression is what the cell shows."""
    parsed = ast.parse(code)
    last = parsed.body.pop() if isinstance(parsed.body[-1], ast.Expr) else None
    exec(compile(parsed, "cell", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def test_every_cell_shows_what_the_page_says(tmp_path):
    write_collective(tmp_path / "voorbeeld")
    names: dict[str, Any] = {}
    with contextlib.chdir(tmp_path):
        for code, shown in cells():
            found = value_of(code, names)
            if shown is not None:
                printed = tuple(line.rstrip() for line in repr(found).splitlines())
                assert console.Step(code, tuple(shown.splitlines()), printed).agrees, "\n".join([code, *printed])
    assert (tmp_path / "over-en-onder.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "jaar.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert not [name for name, _ in attrs if name.startswith("on") or name == "src"]
        self.tags.append(tag)

    def handle_data(self, data):
        self.cells.append(data)


def shown(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_results_show_themselves_as_tables_and_charts(tmp_path, language):
    year = puntlanding.open_case(write_hostile(tmp_path / "case"), language)
    for one in (year.budget, year.settlement, year.distribution):
        found = shown(one._repr_html_())
        assert found.tags.count("svg") == len(one.charts) > 0
        assert {"script", "img", "i", "b"}.isdisjoint(found.tags)
        assert set(NAMES) <= set(found.cells)
        assert one._repr_html_() == one._repr_html_()
    assert {"table", "th"} <= set(shown(year._repr_html_()).tags)


def test_a_comparison_shows_its_chart_and_its_tables(tmp_path):
    year = puntlanding.open_case(write_hostile(tmp_path / "case"))
    (tmp_path / "b.toml").write_text('[afrekening]\nherverdeling = "geen"\n', encoding="utf-8")
    found = shown(year.compare(tmp_path / "b.toml")._repr_html_())
    assert found.tags.count("svg") == 1
    assert found.tags.count("table") == 3
    assert {"script", "img", "i", "b"}.isdisjoint(found.tags)


@pytest.fixture(scope="module")
def small_store(tmp_path_factory):
    desk = tmp_path_factory.mktemp("desk")
    hospital_store(desk / "opslag")
    return {"store": desk / "opslag", "hospital": HOSPITAL, "as_of": "2026-05-31", "year": YEAR}


def test_a_forecast_shows_its_charts_and_their_tables(small_store):
    found = shown(puntlanding.open_outlook(**small_store)._repr_html_())
    assert found.tags.count("svg") == 3
    assert found.tags.count("table") == 2
    assert not [text for text in found.cells if "\ufffd" in text]


def test_a_forecast_that_cannot_be_made_says_why(small_store, tmp_path):
    with pytest.raises(puntlanding.report.notebook.WrongCaseError, match="ziekenhuis"):
        puntlanding.open_outlook(**small_store | {"hospital": "ziekenhuis-nergens"})


def test_a_wrong_case_says_all_that_is_wrong(tmp_path):
    case = write_folder(tmp_path / "case", begroting="vakgroep,norm_fte\nHeelkunde,twaalf\nOnbekend,3\n")
    with pytest.raises(puntlanding.report.notebook.WrongCaseError) as told:
        puntlanding.open_case(case)
    assert "begroting.csv, rij 2" in str(told.value)
    assert "begroting.csv, rij 3" in str(told.value)


def test_what_a_case_does_not_allow_is_refused_with_the_reason(tmp_path):
    year = puntlanding.open_case(write_folder(tmp_path / "case"))
    for ask in (lambda: year.distribution, lambda: year.compare(), lambda: year.settlement.explain("Heelkunder")):
        with pytest.raises(puntlanding.report.notebook.WrongCaseError):
            ask()
    with pytest.raises(puntlanding.report.notebook.WrongCaseError, match=r"\[kader\] met een bedrag"):
        _ = year.distribution
    with pytest.raises(puntlanding.report.notebook.WrongCaseError, match="Bedoelde u ‘Heelkunde’"):
        year.settlement.explain("Heelkunder")


def test_a_page_is_never_written_over(tmp_path):
    year = puntlanding.open_case(write_folder(tmp_path / "case"))
    target = Path(tmp_path / "jaar.html")
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError):
        year.save_html(target)
    assert target.read_text(encoding="utf-8") == "mine"
