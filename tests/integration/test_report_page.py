"""`puntlanding report --html`: one file, with all numbers, that asks for nothing and lets nothing in."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import run
from small_case import write_folder

from hostile_year import NAMES, PROGRAM, write_hostile
from puntlanding.case import load_case
from puntlanding.demo.collective import write_collective
from puntlanding.language.notation import Language
from puntlanding.report.csv_file import csv_bytes
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.draw import Drawers
from puntlanding.report.html.page import page
from puntlanding.report.tables import table
from puntlanding.report.terminal import shown
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.integration

VOID = {"meta", "br", "img", "link"}


@dataclass
class Read(HTMLParser):
    """A page as a reader without scripts gets it: elements in order, each with its text."""

    found: list[tuple[str, dict[str, str | None], list[str]]] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.found) - 1)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        if not self.open or self.found[self.open.pop()][0] != tag:
            self.wrong.append(tag)

    def handle_data(self, data):
        for at in self.open:
            self.found[at][2].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(text)) for name, attributes, text in self.found if name == tag]


def read(text: str) -> Read:
    found = Read()
    found.feed(text)
    found.close()
    return found


def dossier(case: Path, language: Language = Language.DUTCH, only: str | None = None) -> Dossier:
    loaded = load_case(case)
    return Dossier(Year(loaded.checked()), loaded.provenance, language, only=only)


@pytest.fixture(scope="module")
def collective(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("page") / "collective"
    write_collective(folder)
    return folder


@pytest.fixture(scope="module")
def dutch(collective) -> str:
    return page(dossier(collective))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> str:
    return page(dossier(write_hostile(tmp_path_factory.mktemp("hostile") / "case")))


def test_every_number_of_every_stage_stands_in_a_table(collective, dutch):
    year = dossier(collective)
    cells = [text for _, text in read(dutch).all("td")]
    for stage in Stage:
        found = table(stage, year.year)
        for row in (*found.rows, *found.care_units, *found.contract_totals, found.total):
            for column, node in zip(found.columns, row.cells, strict=True):
                assert shown(node, column, Language.DUTCH) in cells


def test_every_sign_prints(dutch):
    assert "\ufffd" not in "".join(text for tag in ("header", "nav", "main") for _, text in read(dutch).all(tag))
    assert not [
        value for _, attributes, _ in read(dutch).found for value in attributes.values() if "\ufffd" in str(value)
    ]


def test_it_is_a_sound_page(dutch, hostile):
    for text in (dutch, hostile):
        assert text.startswith('<!DOCTYPE html>\n<html lang="nl">')
        found = read(text)
        assert found.wrong == []
        assert found.open == []
        ids = [attributes["id"] for _, attributes, _ in found.found if "id" in attributes]
        assert len(ids) == len(set(ids))
        levels = [int(tag[1]) for tag, _, _ in found.found if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
        assert all(attributes.get("scope") in ("row", "col") for attributes, _ in found.all("th"))
        targets = {
            attributes["href"][1:] for attributes, _ in found.all("a") if str(attributes["href"]).startswith("#")
        }
        assert targets <= set(ids)


def test_the_answer_comes_first_and_is_the_title(collective, dutch):
    found = read(dutch)
    ((_, title),) = found.all("title")
    ((_, first),) = found.all("h1")
    assert title.startswith(first)
    assert first.replace("\u00a0", " ").startswith("Van het kader van € 25.000.000,00 gaat €")


def test_every_chart_has_words_a_picture_a_definition_and_its_table(dutch):
    found = read(dutch)
    figures = [attributes["id"] for attributes, _ in found.all("figure")]
    definitions = json.loads(next(text for attributes, text in found.all("script") if attributes.get("id") == "charts"))
    assert set(figures) == set(definitions)
    assert len(figures) == 7 + 2 * 15
    assert len(found.all("svg")) == len(figures)
    words = [attributes["aria-label"] for attributes, _ in found.all("div") if attributes.get("class") == "drawn"]
    assert len(words) == len(figures)
    assert all(words)


def test_nothing_may_run_but_our_own_scripts_and_nothing_is_fetched(dutch, hostile):
    for text in (dutch, hostile):
        found = read(text)
        policy = next(attributes["content"] for attributes, _ in found.all("meta") if attributes.get("http-equiv"))
        assert policy is not None
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        scripts = [(attributes, content) for attributes, content in found.all("script")]
        running = [content for attributes, content in scripts if "type" not in attributes]
        assert len(running) == 2
        assert len(scripts) == 4
        ((_, style),) = found.all("style")
        for content in (*running, style):
            mark = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"'sha256-{mark}'" in policy
        for tag, attributes, _ in found.found:
            assert not [name for name in attributes if name.startswith("on") or name == "src"], tag
            for name in ("href", "xlink:href"):
                assert str(attributes.get(name, "#")).startswith(("#", "data:text/csv;")), tag


def test_names_are_text_everywhere(hostile):
    found = read(hostile)
    assert [text for _, text in found.all("h3") if text in NAMES] == list(NAMES)
    assert (
        next(text for attributes, text in found.all("p") if attributes.get("class") == "owner") == f"{PROGRAM} · 2026"
    )
    assert not found.all("img")
    assert not [tag for tag, _, _ in found.found if tag == "i"]
    labels = " ".join(text for _, text in found.all("svg"))
    assert "{{ 7 * 7 }} & {% raw %}" in labels
    assert "49" not in [text for _, text in found.all("th")]
    for attributes, content in found.all("script"):
        if attributes.get("type") == "application/json":
            assert "<" not in content
            assert (
                NAMES[1] in json.dumps(json.loads(content), ensure_ascii=False).replace('\\"', '"')
                or "locale" not in content
            )


def test_tables_are_kept_as_the_files_of_other_commands(collective, dutch):
    found = read(dutch)
    kept = {attributes["download"]: attributes["href"] for attributes, _ in found.all("a") if "download" in attributes}
    made = csv_bytes(table(Stage.SETTLE, dossier(collective).year), Language.DUTCH)
    assert base64.b64decode(str(kept["afrekening.csv"]).partition(",")[2]) == made


def test_no_cell_of_a_kept_table_is_a_formula(hostile):
    found = read(hostile)
    for attributes, _ in found.all("a"):
        if "download" in attributes:
            text = base64.b64decode(str(attributes["href"]).partition(",")[2]).decode("utf-8-sig")
            assert not re.search(r'(?:^|;|")=HYPERLINK', text, re.MULTILINE)


def test_the_same_input_gives_the_same_bytes_wherever_it_is_drawn(collective, dutch, monkeypatch):
    monkeypatch.setattr(Drawers, "__init__", lambda self, _: setattr(self, "count", 0))
    assert page(dossier(collective)) == dutch


def test_what_a_process_leaves_undone_is_drawn_here(collective, dutch, monkeypatch):
    monkeypatch.setattr("puntlanding.report.html.draw.__name__", "puntlanding.no_such_module")
    assert len(read(page(dossier(collective, only="KNO"))).all("svg")) == 9


def test_a_changed_number_changes_the_page(tmp_path):
    first = page(dossier(write_folder(tmp_path / "one")))
    case = write_folder(tmp_path / "other")
    file = case / "realisatie.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("13.25", "13.35"), encoding="utf-8")
    second = page(dossier(case))
    assert "13,35" in second
    assert "13,35" not in first


def test_one_language_at_a_time(collective, dutch):
    english = page(dossier(collective, Language.ENGLISH))
    found = read(english)
    assert '<html lang="en">' in english
    headings = [text for level in ("h1", "h2", "summary", "caption", "figcaption") for _, text in found.all(level)]
    assert "Who gets what?" in headings
    dutch_only = re.compile(r"\b(vakgroepen|begroting|betaald|gerealiseerd|zo komt|Bron:|afgesproken)\b")
    assert not [text for text in headings if dutch_only.search(text)]
    assert "25,000,000.00" in english
    assert not [text for _, text in read(dutch).all("h2") if re.search(r"\b(What|Who|How|Where)\b", text)]


def test_what_the_case_does_not_allow_is_left_out_and_said(tmp_path):
    found = read(page(dossier(write_folder(tmp_path / "case"))))
    questions = [text for _, text in found.all("h2")]
    assert "Wat wordt betaald?" in questions
    assert "Wie krijgt wat?" not in questions
    assert "Waar gaat het jaar heen?" not in questions
    paragraphs = [text for _, text in found.all("p")]
    assert any(text.startswith("distribute Om euro's te kunnen verdelen is [kader]") for text in paragraphs)
    assert any(text.startswith("monitor ") for text in paragraphs)


def test_one_group_only(collective):
    found = read(page(dossier(collective, only="KNO")))
    groups = [attributes["id"] for attributes, _ in found.all("details") if attributes.get("class") == "group"]
    assert groups == ["vakgroep-2"]


def test_the_command_writes_it_once(tmp_path):
    case, target = write_folder(tmp_path / "case"), tmp_path / "jaar.html"
    done = run("report", case, "--html", target)
    assert done.status == 0
    assert done.out == f"Er is 1 bestand geschreven:\n  {target}\n"
    assert "Niet in de verslagen: distribute." in done.err
    before = target.read_bytes()
    again = run("report", case, "--html", target)
    assert again.status == 1
    assert target.read_bytes() == before
