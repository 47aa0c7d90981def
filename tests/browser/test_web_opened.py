"""The web application as people open it: logging in, reading, approving; light, dark, on a phone, and without scripts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from web_served import demonstration, environment_of, served

pytestmark = pytest.mark.browser

PAGES = (
    "/2026/",
    "/2026/afspraak",
    "/2026/begroting",
    "/2026/volgen",
    "/2026/afrekening",
    "/2026/afrekening?uitleg=3.norm_fte",
    "/2026/afrekening/soorten",
    "/2026/verdeling",
    "/2026/benchmark",
    "/2026/benchmark?uitleg=3.eigen",
    "/2026/efficiency",
    "/2026/formatie",
    "/2026/akkoord",
    "/versie/3/",
    "/logboek",
    "/2026/afrekening/verklaringen",
    "/controleren",
    "/beheer/sleutels",
    "/account/sessies/",
    "/account/password/change/",
    "/account/2fa/",
    "/begrippen",
)
ROOT = Path(__file__).resolve().parents[2]
# opened where they are tried: in the tests of the budget, the agreement, the data, monitoring, and the work
ELSEWHERE = {
    "agreement_change", "agreement_check", "agreement_compare", "agreement_incentives", "budget_draft", "budget_edit",
    "budget_group", "budget_records", "budget_upload", "data", "deliver", "delivery", "job", "new_year", "people", "person",
    "planned_event", "planned_events", "simulation", "work",
}  # fmt: skip
# what only takes a form, leads on (as the choice of a collective does for who has one), or is a file
NO_PAGE = {
    "agreement_seal", "approve", "benchmark_file", "budget_effect", "budget_file", "budget_workbook", "cancel_job",
    "check_delivery", "collective", "deliver_records", "distribution_file", "efficiency_file", "every_statement", "formation_file",
    "job_file", "load_delivery", "log_chain", "log_table", "make_contribution", "monitoring_file", "outlook_file",
    "planned_events_file", "propose", "refuse", "report_set", "settlement_file", "start", "statement", "statement_figures",
    "try_forecast", "version_file", "withdraw_delivery",
}  # fmt: skip
DUTCH = re.compile(
    r"\b(?:het|een|niet|wordt|worden|zijn|voor|vakgroep\w*|begroting|deze|naar|klaar|nog|van|met)\b", re.I
)
ENGLISH = re.compile(r"\b(?:the|and|with|this|these|groups?|which|from|year|not|are|does|to)\b", re.I)
QUOTED = r"‘[^’]*’|Vertegenwoordiger vakgroep"  # names stay what they are


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Its address and the password of everybody, as `puntlanding-web demo` and `serve` make it."""
    environment = environment_of(tmp_path_factory.mktemp("data"))
    password = demonstration(environment)
    with served(environment) as address:
        yield address, password


@contextmanager
def logged_in(chromium, site, who, **kind):
    """A page in Dutch, and what the browser complained of."""
    address, password = site
    context = chromium.new_context(**({"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}} | kind))
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/2026/")
    try:
        yield page, said
    finally:
        context.close()


def opened(page, site):
    for one in PAGES:
        assert page.goto(site[0] + one).status == 200, one
        yield one


def no_wider(page, one):
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], one


def test_no_page_is_forgotten():
    asked = [sys.executable, str(ROOT / "docs" / "web_addresses.py")]
    there = json.loads(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
    opened_here = [one.partition("?")[0].removeprefix("/") for one in PAGES]
    left = {
        name
        for route, name, *_ in there
        if not any(re.fullmatch(re.sub(r"<[^>]+>", "[^/]+", route), one) for one in opened_here)
    }
    assert left == ELSEWHERE | NO_PAGE


def test_every_page_can_be_used_by_everybody(chromium, site):
    """In the light with all rules; what hangs on colour again in the dark, and what hangs on size on a phone."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def checked(one, options):
        found = axe.run(page, options=options).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], one
        no_wider(page, one)

    with logged_in(chromium, site, "controller@msb.example") as (page, said):
        for one in opened(page, site):
            checked(one, None)
            page.emulate_media(color_scheme="dark")
            checked(one, {"runOnly": ["color-contrast"]})
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 360, "height": 740})
            checked(one, {"runOnly": ["target-size"]})
            page.set_viewport_size({"width": 1280, "height": 900})
        assert said == []


def test_every_page_is_in_the_language_that_was_chosen(chromium, site):
    with logged_in(chromium, site, "controller@msb.example", viewport={"width": 360, "height": 740}) as (page, said):
        for language, other in (("nl", ENGLISH), ("en", DUTCH)):
            page.context.add_cookies([{"name": "django_language", "value": language, "url": site[0]}])
            for one in opened(page, site):
                assert page.get_attribute("html", "lang") == language
                assert page.locator("h1").count() == 1, one
                assert page.locator("nav a[aria-current=page]").count() <= 1, one
                page.evaluate(
                    "(other) => document.querySelectorAll(`main [lang=${other}], code`).forEach((one) => one.remove())",
                    "nl" if language == "en" else "en",
                )
                texts = page.locator("nav, main, footer").all_inner_texts()
                found = other.findall(re.sub(QUOTED, "", " ".join(texts)))
                assert found == [], (one, language)
                no_wider(page, one)
        assert said == []


def test_the_way_around_leads_to_the_same_page_and_shows_where_one_is(chromium, site):
    with logged_in(chromium, site, "controller@msb.example", viewport={"width": 360, "height": 740}) as (page, said):
        page.goto(site[0] + "/logboek")
        here = page.locator("nav a[aria-current=page]")
        box = here.bounding_box()
        assert here.inner_text() == "Logboek"
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360  # the strip was moved to it
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "inhoud"
        assert said == []


def test_it_prints_black_on_white_without_what_only_a_screen_needs(chromium, site):
    with logged_in(chromium, site, "controller@msb.example", color_scheme="dark") as (page, _):
        for one in ("/2026/", "/2026/afrekening?uitleg=3.norm_fte", "/versie/3/"):
            page.goto(site[0] + one)
            page.emulate_media(media="print")
            page.set_viewport_size({"width": 672, "height": 950})  # what A4 leaves within its margins
            assert page.locator("nav, .who form, thead button").locator("visible=true").count() == 0, one
            colours = page.evaluate(
                "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
            )
            assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], one
            no_wider(page, one)
            page.emulate_media(media="screen")
            page.set_viewport_size({"width": 1280, "height": 900})


def test_a_number_is_explained_beside_the_table_and_back(chromium, site):
    with logged_in(chromium, site, "controller@msb.example") as (page, said):
        page.goto(site[0] + "/2026/afrekening")
        page.evaluate("window.same = true")
        page.click("tbody tr:nth-child(3) td:nth-of-type(6) a")
        page.wait_for_selector("#uitleg h2")
        assert page.inner_text("#uitleg h2").startswith("Heelkunde: betaald (norm fte)")
        assert page.evaluate("window.same")  # the page was not loaded anew
        assert page.url.endswith("/2026/afrekening?uitleg=3.norm_fte")
        page.go_back()
        page.wait_for_selector("#uitleg h2", state="detached")
        assert said == []


def test_a_table_is_sorted_and_put_back(chromium, site):
    with logged_in(chromium, site, "controller@msb.example") as (page, _):
        page.goto(site[0] + "/2026/verdeling")
        names = "tbody:first-of-type th"
        first = page.locator(names).all_inner_texts()
        for order in ("descending", "ascending"):
            page.click("thead th:nth-child(5) button")
            assert page.get_attribute("thead th:nth-child(5)", "aria-sort") == order
            cells = page.locator("tbody:first-of-type td:nth-child(5)").all_inner_texts()
            amounts = [int(re.sub(r"\D", "", text)) for text in cells]
            assert amounts == sorted(amounts, reverse=order == "descending")
        page.click("thead th:nth-child(5) button")
        assert page.locator(names).all_inner_texts() == first


def test_all_can_be_read_without_scripts_and_by_keyboard(chromium, site):
    with logged_in(chromium, site, "vertegenwoordiger@msb.example", java_script_enabled=False) as (page, said):
        page.goto(site[0] + "/2026/afrekening")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.url.endswith("#inhoud")
        page.click("tbody tr:first-child td:nth-of-type(6) a")
        assert page.inner_text("#uitleg h2").startswith("Cardiologie: betaald")
        assert page.locator(".tree .line").count() > 5
        page.focus("thead .term >> nth=0")
        assert page.locator("thead .meaning >> nth=0").is_visible()
        page.click("header button")
        assert page.inner_text("h1") == "What is paid?"
        assert said == []


def test_both_parties_settle_the_year(chromium, site):
    """Last, because the others read what waits for approval."""
    with logged_in(chromium, site, "bestuur@msb.example") as (page, said):
        page.click("nav >> text=Akkoord")
        mark = page.inner_text(".version:first-of-type .mark")
        page.click("text=Lees afrekening 1")
        assert page.inner_text("main .mark") == mark
        page.click("text=Terug naar akkoord")
        page.click("text=Akkoord op precies deze inhoud")
        assert "daarmee is dit vastgesteld" in page.inner_text("[role=status]")
        page.click("nav >> text=Het jaar")
        assert page.locator(".steps li.done").count() == 7
        assert page.inner_text(".next") == "Het jaar is rond."
        page.click("nav >> text=Logboek")
        assert page.inner_text(".log li:first-child span").startswith("Afrekening 1 van 2026 is vastgesteld")
        assert said == []
