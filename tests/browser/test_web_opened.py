"""The web application as people open it: logging in, reading, approving; light, dark, on a phone, and without scripts."""

from __future__ import annotations

import re
from contextlib import contextmanager

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


@pytest.mark.parametrize(
    "kind", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["light", "dark", "phone"]
)
def test_every_page_can_be_used_by_everybody(chromium, site, kind):
    from axe_playwright_python.sync_playwright import Axe

    options = (
        {"runOnly": ["color-contrast", "target-size"]} if kind else None
    )  # the rest does not hang on size or colour
    with logged_in(chromium, site, "controller@msb.example", **kind) as (page, said):
        for one in opened(page, site):
            found = Axe().run(page, options=options).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], one
            width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1], one
        assert said == []


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
