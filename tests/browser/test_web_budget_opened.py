"""Changing a budget in a real browser: what it does is told while typing, on every screen, by keyboard, and without scripts."""

from __future__ import annotations

import pytest
from test_web_opened import logged_in, site  # noqa: F401  a fixture

pytestmark = pytest.mark.browser

WHO = "controller@msb.example"
GROUP, EDIT, DRAFT = "/2026/begroting/9", "/2026/begroting/9/wijzigen", "/2026/begroting/concept"
PAGES = (GROUP, EDIT, "/2026/begroting/inlezen", "/2026/aanleveren", "/nieuw-jaar", "/2026/begroting/registratie")
FIRST, SECOND = "td.field input >> nth=0", "td.field input >> nth=1"


def clear(page, site):  # noqa: F811
    page.goto(site[0] + DRAFT)
    if page.url.endswith(DRAFT):
        page.click(".throw summary")
        page.click("button[value=weggooien]")


@pytest.mark.parametrize(
    "kind", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["light", "dark", "phone"]
)
def test_every_page_can_be_used_by_everybody(chromium, site, kind):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": ["color-contrast", "target-size"]} if kind else None

    def checked(name):
        found = Axe().run(page, options=options).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], name
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], name

    with logged_in(chromium, site, WHO, **kind) as (page, said):
        for one in PAGES:
            assert page.goto(site[0] + one).status == 200
            checked(one)
        assert said == []
        page.goto(site[0] + EDIT)
        page.fill(FIRST, "12.5")
        page.click("button.main")
        checked("what is wrong beside its field")
        page.fill(FIRST, "2500")
        page.click("button[value=verschillen]")
        checked(DRAFT)
        clear(page, site)


def test_what_it_does_is_told_while_typing(chromium, site):  # noqa: F811
    with logged_in(chromium, site, WHO) as (page, said):
        page.goto(site[0] + EDIT)
        assert "De cijfers blijven gelijk" in page.inner_text("#gevolg")
        page.fill(FIRST, "2.500,5")
        page.wait_for_selector("#gevolg th:has-text('Cardiologie')")
        page.fill(SECOND, "x")
        page.wait_for_selector("#gevolg .field-wrong")
        assert "1 veld is nog niet te lezen" in page.inner_text("#gevolg")
        assert page.input_value(FIRST) == "2.500,5"
        assert said == []
        page.goto(site[0] + DRAFT)
        assert page.url.endswith("/2026/begroting")  # nothing was kept


def test_from_a_change_to_both_words_by_keyboard(chromium, site):  # noqa: F811
    with logged_in(chromium, site, WHO) as (page, _):
        page.goto(site[0] + EDIT)
        page.focus(FIRST)
        page.keyboard.press("Control+a")
        page.keyboard.type("2500")
        page.keyboard.press("Enter")  # saves
        page.wait_for_selector(".message.success")
        page.goto(site[0] + DRAFT)
        page.fill("#note", "Meer vraag")
        page.focus("button[value=bevestigen]")
        page.keyboard.press("Enter")
        page.wait_for_url("**/2026/akkoord")
        assert "Bijstelling 1 is gemaakt." in page.inner_text(".message")
        page.click("button.main")
    for who in ("bestuur@msb.example", "bestuur@ziekenhuis.example"):
        with logged_in(chromium, site, who) as (page, _):
            page.goto(site[0] + "/2026/akkoord")
            page.click("article:has-text('Bijstelling 1') button.main")
            page.wait_for_selector(".message")
    with logged_in(chromium, site, WHO) as (page, _):
        page.goto(site[0] + "/2026/begroting")
        assert "bijstelling 1: vastgesteld" in page.inner_text(".flow")


def test_without_scripts_a_budget_can_be_changed_too(chromium, site):  # noqa: F811
    with logged_in(chromium, site, WHO, java_script_enabled=False) as (page, _):
        page.goto(site[0] + EDIT)
        page.fill(FIRST, "2600")
        page.click("button[value=verschillen]")
        assert page.url.endswith(DRAFT)
        assert "Cardiologie" in page.inner_text("main table")
        page.goto(site[0] + EDIT)
        assert "+" in page.inner_text("#gevolg")
        page.goto(site[0] + DRAFT)
        page.click(".throw summary")
        page.click("button[value=weggooien]")
        assert page.url.endswith("/2026/begroting")
