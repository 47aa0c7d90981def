"""A hospital delivers an export in a real browser: sent, checked, read, loaded, and followed back from figure to file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_web_opened import logged_in

from puntlanding.demo.exports import EXPORTS
from puntlanding.demo.hospitals import generate
from web_served import demonstration, environment_of, served

pytestmark = pytest.mark.browser
FINANCE, DAY = "financien@ziekenhuis.example", "2026-06-30"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The demonstration with somebody who does the long work."""
    environment = environment_of(tmp_path_factory.mktemp("data"))
    password = demonstration(environment)
    with served(environment, "--with-worker") as address:
        yield address, password


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    truth = next(iter(generate(1, range(2025, 2027), 0.001, 20)))
    EXPORTS["hix"](truth, folder, as_of=date.fromisoformat(DAY))
    return [str(one) for one in sorted(folder.iterdir())]


def fault_free(page, *, only=None):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=only).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_from_an_export_to_the_line_back(chromium, place, export, tmp_path):
    with logged_in(chromium, place, FINANCE) as (page, said):
        page.goto(place[0] + "/2026/gegevens")
        assert "Er is nog geen registratie aangeleverd" in page.inner_text("main")
        wrong = tmp_path / "foto.csv"
        wrong.write_bytes(b"\x89PNG\r\n")
        page.set_input_files("#bestanden", str(wrong))
        page.fill("#stand", DAY)
        page.click("form.delivering button")
        page.wait_for_selector("text=Dit moet eerst anders")
        assert "een afbeelding" in page.inner_text("main")
        assert page.input_value("#stand") == DAY
        fault_free(page)
        page.set_input_files("#bestanden", export)
        page.click("form.delivering button")
        page.wait_for_selector("text=Zet deze levering in de opslag", timeout=60_000)
        fault_free(page)
        page.click("text=Zet deze levering in de opslag")
        page.wait_for_selector("text=staat in de opslag:", timeout=60_000)
        page.goto(place[0] + "/2026/gegevens")
        assert "De cijfers komen uit de levering met de stand van 30 juni 2026" in page.inner_text("main")
        with page.expect_download() as fetched:
            page.click("text=afspraak.toml")
        assert "2026" in Path(fetched.value.path()).read_text(encoding="utf-8")
        assert [
            one for one in said if "422" not in one
        ] == []  # a browser says of itself that the first answer was a refusal
    only = {"runOnly": ["color-contrast", "target-size"]}
    for kind in ({"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}):
        with logged_in(chromium, place, FINANCE, **kind) as (page, said):
            for way in ("/2026/gegevens", ""):
                page.goto(place[0] + way) if way else page.click("table.many a")
                fault_free(page, only=only)
            assert said == []


def test_delivering_without_scripts(chromium, place, export):
    with logged_in(chromium, place, FINANCE, java_script_enabled=False) as (page, _):
        page.goto(place[0] + "/2026/gegevens")
        page.set_input_files("#bestanden", export)
        page.fill("#stand", "2026-07-31")
        page.click("form.delivering button")
        page.wait_for_url("**/levering/**")
        for _ in range(60):
            if page.locator("text=Trek in en wis de bestanden").count():
                break
            page.wait_for_timeout(500)
            page.reload()
        page.click("text=Trek in en wis de bestanden")
        assert "is ingetrokken" in page.inner_text("main")
