"""From results and decisions to what a page says, without a page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import puntlanding.web
from puntlanding.case import load_case
from puntlanding.demo.collective import collective_files
from puntlanding.language.notation import Language
from puntlanding.problems import warnings
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.figure import dark_rules
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.presenters.agreed import agreement_page, one_sentence
from puntlanding.web.presenters.bars import WIDTH, bars
from puntlanding.web.presenters.events import _SENTENCES, event_sentence
from puntlanding.web.presenters.facts import KINDS, PARTIES, STATES, VersionFact, Word
from puntlanding.web.presenters.help import meanings
from puntlanding.web.presenters.scope import EVERYTHING, Scope
from puntlanding.web.presenters.stage_page import answer, stage_page
from puntlanding.web.presenters.steps import State, steps
from puntlanding.web.presenters.year_page import year_page
from puntlanding.year import Year

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
NL, EN = Language.DUTCH, Language.ENGLISH
MOMENT = datetime(2026, 12, 14, 9, 30, tzinfo=UTC)


def told(folder, language=NL, without=(), **changed):
    folder.mkdir(exist_ok=True)
    for name, text in (collective_files() | changed).items():
        if name not in without:
            (folder / name).write_text(text, encoding="utf-8")
    loaded = load_case(folder)
    return Dossier(Year(loaded.checked()), loaded.provenance, language, warnings(loaded.problems))


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return told(tmp_path_factory.mktemp("web") / "case")


def version(kind, state="final", *parties):
    words = tuple(Word(party, "Bestuur", MOMENT) for party in parties)
    return VersionFact(kind, 1, state, "0" * 64, "Controller", MOMENT, "", words)


def states(facts, dossier):
    return [one.state for one in steps(facts, dossier, NL).steps]


def test_the_steps_follow_what_was_decided(dossier):
    done, busy, none = State.DONE, State.BUSY, State.OPEN
    assert states({}, None) == [none] * 7
    both = {"agreement": version("agreement"), "budget": version("budget")}
    assert states(both, dossier) == [done, done, done, done, busy, none, none]
    proposed = both | {"settlement": version("settlement", "proposed", "hospital")}
    assert states(proposed, dossier) == [done, done, done, done, busy, busy, busy]
    assert states(both | {"settlement": version("settlement")}, dossier) == [done] * 7


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "Nu: de afspraak."),
        ({"agreement": version("agreement", "draft")}, "Nu: afspraak 1 is nog niet voorgelegd."),
        (
            {"agreement": version("agreement", "proposed")},
            "Nu: akkoord van het gremium en het ziekenhuis op afspraak 1.",
        ),
        ({"budget": version("budget", "proposed", "collective")}, "Nu: akkoord van het ziekenhuis op begroting 1."),
        ({"budget": version("budget", "refused")}, "Nu: begroting 1 is geweigerd"),
        ({"agreement": version("agreement"), "budget": version("budget")}, "Nu: volgen."),
        ({one: version(one) for one in ("agreement", "budget", "settlement")}, "Het jaar is rond."),
    ],
)
def test_one_thing_comes_next(dossier, facts, words):
    assert steps(facts, dossier, NL).next.startswith(words)
    assert not steps(facts, dossier, EN).next.startswith("Nu")


def test_who_sees_one_group_gets_its_answer_first_and_never_the_highest(dossier):
    own = Scope.of(["MDL"])
    for stage in Stage:
        said = answer(own.narrowed(table(stage, dossier.year)), own, NL)
        assert said.startswith("MDL: ")
        assert not [name for name in dossier.groups if name in said and name != "MDL"]
    nobody = Scope.of([])
    assert answer(nobody.narrowed(table(Stage.SETTLE, dossier.year)), nobody, NL).startswith("Alle vakgroepen samen: ")


def test_a_page_of_one_group_has_its_row_and_the_total(dossier):
    sheet = stage_page(dossier, Stage.SETTLE, Scope.of(["MDL"])).sheet
    assert [line.name for line in sheet.lines] == ["MDL"]
    assert [part.title for part in sheet.parts] == [
        "per contract"
    ]  # a care unit less one's own group is somebody else's number
    assert len(stage_page(dossier, Stage.SETTLE, EVERYTHING).sheet.parts) == 2


def test_an_explanation_adds_up_for_who_sees_one_group(dossier):
    asked = stage_page(dossier, Stage.SETTLE, Scope.of(["MDL"]), "0.norm_fte").asked
    labels = [one.label for one in asked.tree.root.branches]
    assert asked.value == "118,54"
    assert "andere vakgroepen samen" in str(asked.tree)
    assert not any("KNO" in label for label in labels)
    assert "KNO" not in str(asked.tree)


def test_bars_are_as_long_as_the_ratios_say(dossier):
    found = table(Stage.MONITOR, dossier.year)
    drawn = bars(found, NL)
    ratio = [column.key for column in found.columns].index("verhouding")
    for row in (*found.rows, found.total):
        bar, value = drawn.of(row), row.cells[ratio].value
        assert bar.side == ("over" if value > 1 else "under")
        assert 0 <= bar.left <= bar.left + bar.wide <= WIDTH
        assert (bar.left == bar.mark) == (value > 1) or bar.wide == 0
        assert abs(bar.wide - float(abs(value - 1)) / 0.1 * (WIDTH / 2 - 2)) <= 1  # no group is more than a tenth away
    largest = max(found.rows, key=lambda row: row.cells[0].value)
    sizes = bars(table(Stage.BUDGET, dossier.year), NL)
    assert max(bar.wide for bar in sizes.by_row.values()) == WIDTH
    assert largest.name


def test_nothing_is_drawn_where_nothing_is_known(tmp_path):
    found = told(tmp_path / "case", without=("realisatie.csv", "prognose.csv"))
    page = year_page(found, EVERYTHING, euros=True, settled=False)
    assert page.sheet.legend is None
    assert page.pages == ("budget",)
    assert [one.text for one in page.sheet.headings] == ["vakgroep", "begroot (norm fte)"]


def test_the_year_asks_what_it_is_time_for(dossier):
    assert year_page(dossier, EVERYTHING, euros=True, settled=False).question == "Landen we op de begroting?"
    assert year_page(dossier, EVERYTHING, euros=True, settled=True).question == "Wie krijgt wat?"
    without = year_page(dossier, EVERYTHING, euros=False, settled=True)
    assert without.question == "Wat wordt betaald?"
    assert "distribution" not in without.pages


def test_the_agreement_in_one_sentence(dossier):
    assert one_sentence(dossier) == (
        "Verzekeraar Noord: plafond (realisatie telt tot de begroting). "
        "Verzekeraar Zuid: plafond met bandbreedte (meerproductie wordt betaald tot 3 % van de begroting). "
        "Verzekeraar West: aanneemsom (de begroting wordt betaald). "
        "Meerproductie wordt naar rato vergoed uit onderproductie, ten hoogste 5 % van de begroting."
    )


def test_what_changed_in_the_agreement(dossier, tmp_path):
    text = collective_files()["afspraak.toml"].replace("0.05", "0.04")
    other = told(tmp_path / "case", **{"afspraak.toml": text})
    before = dossier.provenance.content
    [section] = agreement_page(other, before).changed
    assert [said for _, texts in section.sentences for said in texts]
    assert agreement_page(dossier, before).changed == ()
    assert agreement_page(dossier, None).changed is None


def test_every_event_is_a_sentence_in_both_languages():
    details = {
        "name": "MSB", "hospital": "Ziekenhuis", "account": 3, "role": "auditor", "group": "", "year": 2026, "kind": "budget",
        "number": 2, "content_hash": "ab" * 32, "party": "hospital", "reason": "Te laat\x1b[31m",
    }  # fmt: skip
    audit = (Path(puntlanding.web.__file__).parent / "audit.py").read_text()
    kinds = re.findall(r'^    [A-Z_]+ = "(\w+)"', audit, re.MULTILINE)
    assert set(kinds) == set(_SENTENCES)
    for kind in kinds:
        dutch, english = (event_sentence(kind, "Jo", details, {3: "Sam"}, language) for language in (NL, EN))
        assert dutch != english
        for said in (dutch, english):
            assert said[0].isupper() or said.startswith("“")
            assert not re.search(r"[{}]|  |\x1b", said)
    assert (
        event_sentence("version_added", None, details, {}, NL)
        == "De installatie maakte begroting 2 van 2026 (abababababab)."
    )
    assert event_sentence("nieuw_soort", "Jo", {}, {}, NL) == "Jo: nieuw_soort."
    assert event_sentence("role_given", "Jo", details | {"account": 9}, {}, NL) == "Jo gaf iemand de rol accountant."


def test_kinds_states_and_parties_are_those_of_the_rows():
    models = (Path(puntlanding.web.__file__).parent / "desk" / "models.py").read_text()
    for name, words in (("Kind", KINDS), ("State", STATES)):
        body = models.partition(f"class {name}(")[2].partition("class ")[0]
        assert set(re.findall(r'= "(\w+)"', body)) == set(words)
    assert set(PARTIES) == {"collective", "hospital"}


def test_each_word_that_is_explained_is_in_the_glossary(dossier):
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    terms = {line.split("|")[1].strip().lower() for line in glossary.splitlines() if line.startswith("| ")}
    words = {word.strip() for term in terms for word in re.split(r"[,;:()]", term)} | terms
    for one in meanings():
        assert one.term in words, one.term
        assert all(text.endswith(".") for text in one.text)
    columns = {column.key for stage in Stage for column in table(stage, dossier.year).columns}
    explained = {column for one in meanings() for column in one.columns}
    of_other_pages = {"werkzame_fte", "vergeleken_vakgroepen", "efficiency", "eigen_per_fte", "functiegewicht"}
    assert explained - {"norm_fte_na_score"} - of_other_pages <= columns


def test_dark_charts_are_those_of_the_other_pages():
    style = Path(puntlanding.web.__file__).parent / "static" / "web" / "charts_dark.css"
    assert style.read_text(encoding="utf-8") == dark_rules() + "\n"
