"""Every head of every table that people see is explained, or is a word of every day: on the pages of the demonstration, in the templates
and in what fills them.
"""

from __future__ import annotations

import html
import re
from itertools import product
from pathlib import Path

import pytest

import puntlanding.web
from puntlanding.stage import Stage
from puntlanding.web.presenters import (
    benchmark_page,
    efficiency_page,
    outlook_lines,
    outlook_pieces,
)
from puntlanding.web.presenters.help import meaning_of, meanings, said
from puntlanding.web.presenters.stage_page import Heading
from puntlanding.web.rules import RULES, Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

TEMPLATES = Path(puntlanding.web.__file__).parent / "templates" / "web"
# Heads without a meaning, and why they need none.
EVERY_DAY = {
    "vakgroep", "group", "naam", "name", "rol", "role", "door", "by", "waarom", "why", "wat", "what", "waarover", "about", "gevraagd",
    "asked", "duurde", "took", "stand", "state", "bestand", "file", "patiënten", "patients", "ziekenhuizen", "hospitals", "stap", "step",
    "van", "of", "aandeel", "share", "verschil", "difference", "nu", "now", "wordt", "becomes", "opdracht", "job", "aangeleverd", "delivered",
    "bijzonderheden", "particulars", "fte", "versie", "version",
    "vakgroep · functie", "group · function", "wie en wanneer", "who and when", "laatst ingelogd", "last log-in", "tweede factor",
    "second factor", "vastgesteld op", "published on", "wat ervan werd", "what became of it", "verschil norm fte", "difference norm fte",
    "waarvoor", "what for", "whose", "mag lezen", "may read", "geldig tot", "valid until", "intrekken", "withdraw", "grootte", "size",
    "deel", "waarin", "in what", "van wie", "of whom", "count",
}  # fmt: skip
TOLD_BELOW = {
    "als balk",
    "as a bar",
    "naast de begroting",
    "beside the budget",
}  # a drawing, with its legend under the table
LETTER = re.compile(r"%|[A-Z]( − A)?( .*)?")  # a column of a comparison; what each letter is stands above the table


def plain(text):
    return said(
        html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span class="meaning".*?</span>', "", text, flags=re.DOTALL)))
    )


def unexplained(heads):
    known = EVERY_DAY | TOLD_BELOW
    return sorted(
        {said(one) for one in heads if meaning_of(Heading(one)) is None and said(one) not in known and not LETTER.fullmatch(said(one))}
    )  # fmt: skip


def heads_of(page):
    """What stands above the columns of a page; not of the numbers behind a chart, which has words of its own."""
    shown = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    return [one for one in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', shown, re.DOTALL) if plain(one)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_head_on_the_pages_is_explained_or_is_a_word_of_every_day(desk, language):
    client = client_of(Role.COLLECTIVE_CONTROLLER)
    client.cookies["django_language"] = language
    pages = (
        "",
        "afspraak",
        "begroting",
        "begroting/1",
        "volgen",
        "afrekening",
        "afrekening/soorten",
        "verdeling",
        "benchmark",
    )
    pages += ("efficiency", "formatie", "afrekening/verklaringen", "gegevens", "afspraak/vergelijken")
    seen = 0
    for page in pages:
        text = client.get(f"/2026/{page}").content.decode()
        heads = heads_of(text)
        seen += len(heads)
        without = [plain(one) for one in heads if 'class="term"' not in one]
        assert not unexplained(without), page
        assert not [one for one in without if meaning_of(Heading(one)) is not None], (
            f"{page}: a meaning that is not shown"
        )
        marks = re.findall(r'\sid="(help-[^"]*)"', text)
        assert len(marks) == len(set(marks)), page
    assert seen > 40


def test_each_head_in_the_templates_is_explained_or_is_a_word_of_every_day():
    found = 0
    for template in TEMPLATES.glob("*.html"):
        for line in re.findall(r'<th scope="col".*?</th>', template.read_text(encoding="utf-8")):
            for nl, en in re.findall(r'{% (?:head|say) "([^"]*)" "([^"]*)"', line):
                assert not unexplained([nl, en]), template.name
                found += 1
    assert found > 30


def test_each_head_that_is_made_elsewhere_is_explained_or_is_a_word_of_every_day():
    heads = [text for both in (outlook_lines._SHORT, outlook_lines._HOURS) for each in both for text in each]
    heads += [text for both in (outlook_pieces._PRODUCTS, outlook_pieces._DIAGNOSES) for each in both for text in each]
    heads += [text for one in benchmark_page._CHANGES for text in one]
    heads += [text for one in efficiency_page._HEADINGS for text in one]
    assert not unexplained(heads)
    by_key = [one for one in benchmark_page._HEADINGS if meaning_of(Heading("", one[2])) is None]
    assert not unexplained([text for one in by_key for text in one[:2]])


def test_each_column_of_a_stage_is_explained(desk):
    from puntlanding.language.notation import Language
    from puntlanding.report.tables import table
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import dossier_of

    dossier = dossier_of(Version.objects.get(kind="settlement"), Language.DUTCH)
    lacking = [
        column.key
        for stage in Stage
        for column in table(stage, dossier.year).columns
        if meaning_of(Heading(column.nl, column.key)) is None
    ]
    assert lacking == []


def test_a_word_has_one_meaning_and_is_told_in_both_languages():
    for keys in ([key for one in meanings() for key in one.columns], [key for one in meanings() for key in one.heads]):
        assert len(keys) == len(set(keys))
    for one in meanings():
        assert all(text.endswith(".") and len(text) <= 160 for text in one.text), one.term
        assert one.text[0] != one.text[1]


def test_an_empty_page_tells_who_can_what_to_do_and_others_who_does_it(desk):
    from puntlanding.web.actions.years import open_year

    open_year(access_as(Role.COLLECTIVE_CONTROLLER), 2027)
    roles = (Role.COLLECTIVE_CONTROLLER, Role.HOSPITAL_FINANCE, Role.HOSPITAL_BOARD, Role.SPECIALIST)
    for role, page in product(roles, ("afspraak", "begroting", "volgen", "afrekening", "akkoord")):
        text = client_of(role).get(f"/2027/{page}").content.decode()
        makes = Permission.DELIVER in RULES[role].permissions
        assert ("/2027/aanleveren" in text) is makes, (role, page)
        assert ("U hoeft daar niets voor te doen." in text) is not makes, (role, page)
        assert "Wat nu:" in text, (role, page)


def test_each_page_is_told_in_the_reference_on_roles():
    from generate_web_pages import TOLD, UNTOLD

    page = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "rollen.md").read_text(encoding="utf-8")
    assert UNTOLD not in page
    assert all(f"| {told} |" in page for told, _ in TOLD.values())
