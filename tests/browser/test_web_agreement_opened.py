"""The agreement as a form in a real browser: live, by keyboard, on a phone, and without scripts."""

from __future__ import annotations

import pytest
from test_web_opened import logged_in, site  # noqa: F401 - the fixture

pytestmark = pytest.mark.browser

FORM = "/2026/afspraak/wijzigen"
PAGES = (FORM, "/2026/afspraak/vergelijken?naast=soorten", "/2026/afspraak/prikkels", "/2026/afspraak/nakijken")
BAND = '[name="contract-1:bandbreedte"]'


def words(page, where):
    return page.inner_text(where).replace("\u00a0", " ")


def until(page, where, text):
    """The page allows no script to be made of a text, so that the browser cannot be asked to wait for it."""
    for _ in range(100):
        if text in words(page, where):
            return
        page.wait_for_timeout(50)
    raise AssertionError(words(page, where))


@pytest.fixture
def place(site):  # noqa: F811
    return site


@pytest.mark.parametrize(
    "kind", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["light", "dark", "phone"]
)
def test_its_pages_can_be_used_by_everybody(chromium, place, kind):
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": ["color-contrast", "target-size"]} if kind else None
    with logged_in(chromium, place, "controller@msb.example", **kind) as (page, said):
        page.goto(place[0] + FORM)
        page.fill(BAND, "7")
        page.click("button[value=bewaren]")
        for one in PAGES:
            assert page.goto(place[0] + one).status == 200, one
            page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
            found = Axe().run(page, options=options).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], one
            width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1], one
        page.goto(place[0] + FORM)
        page.click("button[value=weggooien]")
        assert said == []


def test_the_consequence_follows_what_is_typed(chromium, place):
    with logged_in(chromium, place, "controller@msb.example") as (page, said):
        page.goto(place[0] + FORM)
        page.evaluate("window.same = true")
        assert "Nog niets gewijzigd" in words(page, "#antwoord")
        page.focus(BAND)
        page.keyboard.press("Control+A")
        page.keyboard.type("6,5", delay=40)
        until(page, "#antwoord", "vakgroepen krijgen")
        until(page, "#verschil", "van 3 % naar 6,5 %")
        page.keyboard.type("x")
        until(page, "#antwoord", "is geen getal")
        page.keyboard.press("Backspace")
        until(page, "#verschil", "6,5")
        assert page.evaluate("document.activeElement.name") == "contract-1:bandbreedte"
        page.focus('[name="contract-0:soort"]:checked')
        for _ in range(3):  # by the arrows to another type, whose own key then appears
            page.keyboard.press("ArrowDown")
        page.wait_for_selector('[name="contract-0:krimpvergoeding"]')
        assert page.evaluate("document.activeElement.value") == "meerjaren_aanneemsom"
        assert page.evaluate("window.same")
        page.click("button[value=weggooien]")
        assert "Nog niets gewijzigd" in words(page, "#antwoord")
        assert said == []


def test_without_scripts_it_can_be_changed_and_confirmed(chromium, place):
    with logged_in(chromium, place, "financien@ziekenhuis.example", java_script_enabled=False) as (page, _):
        page.goto(place[0] + FORM)
        page.fill(BAND, "4")
        page.click("p.slot button[value=bereken]")
        assert "van 3 % naar 4 %" in words(page, "#verschil")
        page.click("button[value='erbij contract']")
        page.fill('[name="contract-3:naam"]', "Verzekeraar Oost")
        page.check('[name="contract-3:soort"][value="aanneemsom"]')
        page.click("button[value=nakijken]")
        assert page.url.endswith("/nakijken")
        assert "Contract Verzekeraar Oost is nieuw" in words(page, "#verschil")
        page.fill("#toelichting", "Een contract erbij")
        page.click("main button.main")
        assert "/versie/" in page.url
        assert "Vastgelegd als afspraak 2" in words(page, "main")
