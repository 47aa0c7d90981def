"""The page of a year as people open it: offline, light or dark, wide or narrow, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hostile_year import NAMES

pytestmark = pytest.mark.browser

ALL_DRAWN = "() => [...document.querySelectorAll('main > section > figure')].every(one => one.dataset.drawn)"


@contextmanager
def opened(chromium, path, **kind) -> Iterator[tuple]:
    """The page, what it asked for, and what it complained of."""
    context = chromium.new_context(offline=True, **({"viewport": {"width": 1280, "height": 900}} | kind))
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    try:
        yield page, asked, said
    finally:
        context.close()


def everything_open(page, groups: int = 3) -> None:
    """With the first of the groups opened: the others are made as these are."""
    page.evaluate(f"[...document.querySelectorAll('.group')].slice(0, {groups}).forEach(one => one.open = true)")
    page.evaluate("for (const one of document.querySelectorAll('.behind, .why')) one.open = true")
    shown = "[...document.querySelectorAll('figure')].filter(one => !one.closest('details:not([open])'))"
    for at in range(page.evaluate(f"{shown}.length")):
        page.evaluate(f"{shown}[{at}].scrollIntoView()")
        page.wait_for_function(f"() => {shown}[{at}].dataset.drawn")


@pytest.mark.parametrize("name", ["hostile", "collective"])
def test_all_charts_are_drawn_and_nothing_leaves_the_page(chromium, pages, name):
    with opened(chromium, pages[name]) as (page, asked, said):
        title = page.title()
        everything_open(page)
        assert page.locator(".drawn svg").count() == page.locator("figure").count()
        assert asked == [pages[name].as_uri()]
        assert said == []
        assert page.title() == title
        assert page.evaluate("document.querySelectorAll('figure').length") >= 4


def test_names_are_shown_and_never_run(chromium, pages):
    with opened(chromium, pages["hostile"]) as (page, _, said):
        everything_open(page)
        shown = page.locator("table.sortable").first.locator("tbody th").all_text_contents()
        assert shown[: len(NAMES)] == list(NAMES)
        assert page.locator(".group > summary h3").all_text_contents() == list(NAMES)
        assert (
            page.evaluate("document.querySelectorAll('img, main script, [onclick], [onerror], main b[onclick]').length")
            == 0
        )
        assert "taken" not in page.title() or page.title().count("<script>") == 1
        bar = page.locator(
            "#beeld-budget-1 .drawn svg path[aria-roledescription], #beeld-budget-1 .drawn svg .mark-rect path"
        ).first
        bar.hover()
        page.wait_for_selector("#vg-tooltip-element.visible")
        assert NAMES[0] in page.locator("#vg-tooltip-element").inner_text()
        assert (
            page.evaluate("document.querySelectorAll('#vg-tooltip-element script, #vg-tooltip-element img').length")
            == 0
        )
        assert said == []


def test_without_scripts_all_is_there(chromium, pages):
    with opened(chromium, pages["collective"], java_script_enabled=False) as (page, _, _said):
        charts = page.locator("main > section > figure .drawn svg")
        assert charts.count() >= 4
        assert all(charts.nth(at).bounding_box()["width"] > 300 for at in range(charts.count()))
        assert "Who gets what?" in page.locator("h2").all_text_contents()
        page.locator(".group > summary").first.click()
        assert page.locator(".group figure svg").first.is_visible()


def test_a_table_sorts_on_its_numbers_and_back(chromium, pages):
    with opened(chromium, pages["collective"]) as (page, _, _said):
        table = page.locator("#settle table.sortable")
        names = "rows => rows.map(row => row.cells[0].textContent)"
        before = table.locator("tbody").first.locator("tr").evaluate_all(names)
        below = table.locator("tbody").nth(1).locator("tr").evaluate_all(names)
        button = table.locator("thead button").last
        button.focus()
        page.keyboard.press("Enter")
        values = (
            table.locator("tbody")
            .first.locator("td:last-child")
            .evaluate_all("cells => cells.map(one => Number(one.dataset.sort))")
        )
        assert values == sorted(values, reverse=True)
        assert table.locator("th[aria-sort=descending]").count() == 1
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert table.locator("tbody").first.locator("tr").evaluate_all(names) == before
        assert table.locator("tbody").nth(1).locator("tr").evaluate_all(names) == below


@pytest.mark.parametrize("width", [360, 768])
def test_no_width_makes_the_page_itself_scroll_sideways(chromium, pages, width):
    with opened(chromium, pages["hostile"], viewport={"width": width, "height": 800}) as (page, _, said):
        everything_open(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width == 360:
            widths = page.locator("main > section > figure .drawn svg").evaluate_all(
                "all => all.map(one => one.getBoundingClientRect().width)"
            )
            assert max(widths) <= 360
        assert said == []


def test_a_chart_keeps_its_picture_as_a_file(chromium, pages):
    with opened(chromium, pages["collective"]) as (page, _, _said):
        page.wait_for_function(ALL_DRAWN.replace("every", "some"))
        page.locator("#beeld-budget-1 .behind > summary").click()
        with page.expect_download() as download:
            page.locator("#beeld-budget-1 .take a", has_text="Save picture").click()
        assert download.value.suggested_filename == "beeld-budget-1.svg"
        with page.expect_download() as download:
            page.locator("#beeld-budget-1 .take a", has_text="Save table").click()
        assert download.value.suggested_filename == "begroting-per-vakgroep.csv"


@pytest.mark.parametrize(("name", "scheme"), [("hostile", "light"), ("hostile", "dark"), ("collective", "light")])
def test_everybody_can_read_it(chromium, pages, name, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(chromium, pages[name], color_scheme=scheme) as (page, _, _said):
        everything_open(page, groups=1)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_dark_charts_have_light_ink(chromium, pages):
    for scheme, least, most in (("light", 0, 120), ("dark", 150, 255)):
        with opened(chromium, pages["collective"], color_scheme=scheme) as (page, _, _said):
            page.wait_for_function(ALL_DRAWN.replace("every", "some"))
            ink = page.locator("#beeld-budget-1 svg text").first.evaluate("one => getComputedStyle(one).fill")
            assert all(least <= int(part) <= most for part in ink[4:-1].split(","))
