"""Charts in a real browser: they are there without scripts, tell their numbers with them, fit a phone, and no text becomes a program."""

from __future__ import annotations

import json

import pytest
from test_web_opened import logged_in, site  # noqa: F401  the same application

pytestmark = pytest.mark.browser

CHARTS = ("/2026/begroting", "/2026/volgen", "/2026/afrekening", "/2026/afrekening/soorten", "/2026/verdeling", "/2026/afspraak/prikkels")  # fmt: skip
PHONE = {"viewport": {"width": 360, "height": 740}}
SHOWN = "#vg-tooltip-element.visible"
CONTROLLER = "controller@msb.example"


def alive(page, at=0):
    """Point at the chart until it answers; what it says is of where it is pointed at."""
    figure = page.locator("figure").nth(at)
    figure.scroll_into_view_if_needed()
    figure.locator(".chart").hover(position={"x": 220, "y": 30})
    page.wait_for_function("at => document.querySelectorAll('figure')[at].dataset.live !== undefined", arg=at, timeout=30_000)  # fmt: skip
    page.mouse.move(0, 0)
    return figure


def pointed_at(page, figure, across, down):
    box = figure.locator(".drawn svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


def fetched(page):
    found = []
    page.on("request", lambda one: found.append(one.url))
    return found


def test_a_chart_tells_its_numbers_where_it_is_pointed_at(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER) as (page, said):
        asked = fetched(page)
        page.goto(site[0] + "/2026/afrekening")
        page.wait_for_timeout(300)
        assert not [one for one in asked if "tekenen" in one or "beeld" in one]  # nothing before somebody points
        still = page.inner_html("figure .drawn")
        figure = alive(page)
        assert figure.locator(".drawn").inner_html() != still
        assert all(one.startswith((site[0], "data:")) for one in asked)
        assert len([one for one in asked if "/tekenen/vega-" in one]) == 1
        pointed_at(page, figure, 0.4, 0.12)  # in the row of the second group, away from its mark
        assert page.inner_text(SHOWN).split() == [
            "vakgroep",
            "KNO",
            "gerealiseerd",
            "6,26",
            "begroot",
            "6,00",
            "betaald",
            "6,17",
        ]
        assert page.locator(".drawn .pointed").count() == 1
        page.mouse.move(0, 0)
        assert page.locator(SHOWN).count() == 0
        assert page.locator(".drawn .pointed").count() == 0
        alive(page, 1)
        assert len([one for one in asked if "/tekenen/vega-" in one]) == 1
        assert said == []  # and no word of the policy: there is no eval


def test_a_name_is_text_in_what_is_told(chromium, site):  # noqa: F811
    """Names of groups may hold any sign."""
    name = "<img src=x onerror=alert(1)> **vet** [k](javascript:alert(1)) &amp; data:image/png;base64,AA=="

    def renamed(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"KNO"', json.dumps(name)))

    with logged_in(chromium, site, CONTROLLER) as (page, said):
        page.route("**/afrekening?beeld=*", renamed)
        page.goto(site[0] + "/2026/afrekening")
        pointed_at(page, alive(page), 0.4, 0.12)
        assert page.locator(f"{SHOWN} tr:first-child td:last-child").inner_text() == name
        assert page.locator(f"{SHOWN} img, {SHOWN} a, {SHOWN} strong, .drawn img, .drawn image").count() == 0
        assert said == []


def test_numbers_are_told_in_the_reader_s_notation(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER) as (page, said):
        page.goto(site[0] + "/2026/begroting")
        told = {}
        for language, name in (("nl", "zorgverlening-fte"), ("en", "care fte")):
            figure = alive(page)
            pointed_at(page, figure, 0.4, 0.1)
            text = page.inner_text(SHOWN)
            assert name in text
            told[language] = text.split()[-1]
            page.click("header button[name=language]")
        assert told["nl"].replace(",", ".") == told["en"] != told["nl"]
        assert said == []


def test_who_uses_the_keyboard_comes_along_every_number_and_to_the_table(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER) as (page, said):
        page.goto(site[0] + "/2026/afrekening")
        page.focus("figure .chart")
        page.wait_for_selector("figure[data-live]")
        rows = page.locator("figure >> nth=0 >> css=details tbody tr")
        seen = []
        for _ in range(rows.count()):
            page.keyboard.press("ArrowDown")
            assert page.get_attribute(SHOWN, "role") == "status"  # read out as well
            seen.append(page.locator(f"{SHOWN} tr:first-child td:last-child").inner_text())
        assert seen == rows.locator("th").all_text_contents()
        page.keyboard.press("ArrowUp")
        assert page.locator(f"{SHOWN} tr:first-child td:last-child").inner_text() == seen[-2]
        page.keyboard.press("Escape")
        assert page.locator(SHOWN).count() == 0
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "summary"
        page.keyboard.press("Enter")
        assert rows.first.is_visible()
        assert said == []


@pytest.mark.parametrize(
    "kind", [{}, {"color_scheme": "dark", "reduced_motion": "reduce"}, PHONE], ids=["light", "dark", "phone"]
)
def test_everybody_can_use_what_was_drawn_anew(chromium, site, kind):  # noqa: F811
    from axe_playwright_python.sync_playwright import Axe

    with logged_in(chromium, site, CONTROLLER, **kind) as (page, said):
        rules = (
            {"runOnly": ["color-contrast", "target-size"]} if kind else None
        )  # the rest does not hang on size or colour
        for one in CHARTS[2:4] if kind else CHARTS[2:5]:
            page.goto(site[0] + one)
            figure = alive(page)
            pointed_at(page, figure, 0.5, 0.3)
            assert page.locator(SHOWN).count() == 1, one
            found = Axe().run(page, options=rules).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], one
            box = page.locator(SHOWN).bounding_box()
            assert box["x"] >= 0, one
            assert box["x"] + box["width"] <= page.viewport_size["width"], one
            assert page.evaluate("document.querySelectorAll('.drawn [tabindex], .drawn a, .drawn script').length") == 0
            assert page.evaluate("document.getAnimations().length") == 0
        assert said == []


def test_on_a_dark_page_a_mark_has_the_same_colour_before_and_after(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER, color_scheme="dark") as (page, _):
        page.goto(site[0] + "/2026/begroting")
        colours = "[...new Set([...document.querySelectorAll('.drawn svg path, .drawn svg text')].map(one => getComputedStyle(one).fill))].sort()"
        before = page.evaluate(colours)
        alive(page)
        assert set(page.evaluate(colours)) <= {*before, "none", "rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"}


def test_on_a_phone_a_chart_is_as_wide_as_the_phone(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER, **PHONE) as (page, said):
        for one in CHARTS:
            page.goto(site[0] + one)
            page.locator("figure").first.scroll_into_view_if_needed()
            page.wait_for_selector("figure[data-live]")  # nobody pointed at it
            wide, room, kept = page.evaluate("(() => { const one = document.querySelector('.chart'); return [one.scrollWidth, one.clientWidth, one.querySelector('svg').viewBox.baseVal.width]; })()")  # fmt: skip
            assert kept < 460, one  # names beside a line may take more than the phone has; then it scrolls
            if "soorten" not in one:
                assert wide <= room, one
        assert said == []


def test_a_finger_is_lifted_to_read(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER, **PHONE, has_touch=True) as (page, said):
        page.goto(site[0] + "/2026/volgen")
        page.locator("figure .chart").scroll_into_view_if_needed()
        page.wait_for_selector("figure[data-live]")
        box = page.locator("figure .drawn svg").bounding_box()
        page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + 40)
        assert page.inner_text(SHOWN).split()[:2] == ["vakgroep", "KNO"]
        page.touchscreen.tap(40, box["y"] - 20)
        assert page.locator(SHOWN).count() == 0
        page.touchscreen.tap(box["x"] + box["width"] * 0.8, box["y"] + 40)
        page.mouse.wheel(0, 200)
        page.wait_for_selector(SHOWN, state="hidden")
        assert said == []


def test_without_scripts_the_chart_and_all_that_goes_with_it_are_there(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER, java_script_enabled=False) as (page, said):
        for one in CHARTS[-2:]:
            for _ in range(100):  # what takes long is made beside the request: who has no scripts loads the page again
                page.goto(site[0] + one)
                figure = page.locator("figure").first
                if figure.count():
                    break
                page.wait_for_timeout(200)
            assert figure.locator(".drawn svg").is_visible(), one
            assert not figure.locator(".pointing").is_visible()
            figure.locator("summary").click()
            assert figure.locator("tbody tr").first.is_visible()
            for name, first in (("CSV", b"\xef\xbb\xbf"), ("SVG", b"<svg"), ("PNG", b"\x89PNG")):
                with page.expect_download() as taken:
                    figure.get_by_text(f"({name})").click()
                assert taken.value.path().read_bytes().startswith(first), (one, name)
                assert taken.value.suggested_filename.endswith(f".{name.lower()}")
        assert said == []


def test_a_chart_stays_when_the_session_is_over_or_the_line_is_down(chromium, site):  # noqa: F811
    with logged_in(chromium, site, CONTROLLER) as (page, _):
        page.goto(site[0] + "/2026/afrekening")
        still = page.inner_html("figure .drawn")
        page.context.clear_cookies()
        page.locator("figure .chart").first.hover()
        page.wait_for_load_state("networkidle")
        assert page.inner_html("figure .drawn") == still
        page.context.set_offline(True)
        page.locator("figure .chart").nth(1).hover()
        page.wait_for_timeout(200)
        assert page.locator("figure[data-live]").count() == 0
        assert page.locator("figure .drawn svg").count() == 2
