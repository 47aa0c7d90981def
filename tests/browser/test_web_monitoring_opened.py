"""Monitoring in a real browser: from the total to a product, an event and what it does, a look back; for everybody, and without scripts."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

import pytest

from web_served import demonstration, environment_of, served

pytestmark = pytest.mark.browser

WATCH, EVENTS, GROUP = "/2025/volgen", "/2025/gebeurtenissen", "Cardiologie"


PAGES = (
    f"{WATCH}?uitleg=13.p_prognose",
    f"{WATCH}?vakgroep=13",
    EVENTS,
    "/2025/",
    f"{WATCH}?bekend=2025-05-31",
)
YEAR_WITH_RECORDS = """
import os, pathlib, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "puntlanding.web.settings"
import django
django.setup()
from puntlanding.web.access import Access
from puntlanding.web.actions.sources import choose_source
from puntlanding.web.actions.versions import add_version
from puntlanding.web.actions.years import open_year
from puntlanding.web.desk.models import Membership
store = pathlib.Path(sys.argv[1])
access = Access.of(Membership.objects.select_related("user", "collective").get(role="collective_controller"))
add_version(access, open_year(access, 2025), "budget", store / "ziekenhuis-01" / "case-2025")
import datetime
choose_source(access.collective, 2025, store, "ziekenhuis-01", datetime.date(2025, 8, 31))
"""


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    """A made-up hospital with records: the address of its application, and the password of everybody."""
    root = tmp_path_factory.mktemp("hospital")
    environment = environment_of(root / "data")
    store = [
        sys.executable,
        "-m",
        "puntlanding",
        "demo",
        "store",
        str(root / "demo"),
        "--hospitals",
        "1",
        "--scale",
        "0.01",
    ]
    subprocess.run(store, capture_output=True, check=True, env=environment)
    password = demonstration(environment)
    filled = [sys.executable, "-c", YEAR_WITH_RECORDS, str(root / "demo" / "opslag")]
    subprocess.run(filled, check=True, env=environment)
    with served(environment) as address:
        yield address, password


@contextmanager
def opened(chromium, hospital, **kind):
    address, password = hospital
    context = chromium.new_context(**({"locale": "nl-NL", "viewport": {"width": 1280, "height": 900}} | kind))
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.fill("input[name=login]", "controller@msb.example")
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/2026/")  # the newest year
    try:
        yield page, said
    finally:
        context.close()


def settled(page, address):
    """With scripts a page comes to rest by itself: what is being worked out is put in its place."""
    assert page.goto(address).status == 200
    page.wait_for_selector("main:not(:has([hx-trigger^='every']))", timeout=30_000)


@pytest.mark.parametrize(
    "kind", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 740}}], ids=["light", "dark", "phone"]
)
def test_every_page_can_be_used_by_everybody(chromium, hospital, kind):
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": ["color-contrast", "target-size"]} if kind else None
    with opened(chromium, hospital, **kind) as (page, said):
        for one in PAGES[: 3 if kind else None]:
            settled(page, hospital[0] + one)
            found = Axe().run(page, options=options).response["violations"]
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], one
            width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert width[0] <= width[1], one
        assert said == []


def test_from_the_total_to_a_product_and_an_event_that_counts(chromium, hospital):
    with opened(chromium, hospital) as (page, said):
        settled(page, hospital[0] + WATCH)
        page.evaluate("window.same = true")
        page.click(".outlook tbody tr:first-child a.number >> nth=0")
        page.wait_for_selector("#uitleg-prognose h2")
        assert page.evaluate("window.same && document.activeElement.id") == "uitleg-prognose"
        page.click(f".outlook >> text={GROUP}")
        assert page.inner_text("h1") == f"Landt {GROUP} op de begroting?"
        before = page.inner_text(".answer")
        assert page.locator("h2:has-text('Per zorgproduct')").count() == 1
        page.click("text=Alle gebeurtenissen van dit jaar")
        page.fill("#van", "2025-10-01")
        page.fill("#tot", "2025-12-31")
        page.select_option("#vakgroep", GROUP)
        page.fill("#capaciteit", "40")
        page.fill("#reden", "verbouwing")
        page.click("button.main")
        assert "telt haar mee" in page.inner_text("[role=status] >> nth=0")
        page.wait_for_selector("text=zonder deze gebeurtenis", timeout=30_000)
        page.click("text=Naar de prognose")
        settled(page, page.url)
        page.click(f".outlook >> text={GROUP}")
        assert page.inner_text(".answer") != before
        assert "zonder deze gebeurtenis" in page.inner_text("main")
        page.click("text=Alle gebeurtenissen van dit jaar")
        page.click("text=Gebeurtenis 1 veranderen of terugnemen")
        page.click("text=Gebeurtenis terugnemen")
        assert "telt niet meer mee" in page.inner_text("[role=status] >> nth=0")
        assert said == []


def test_all_of_it_without_scripts(chromium, hospital):
    with opened(chromium, hospital, java_script_enabled=False) as (page, said):
        for _ in range(60):
            page.goto(hospital[0] + WATCH)
            if page.locator("text=Laad de pagina opnieuw").count() == 0:
                break
            page.wait_for_timeout(500)
        page.click(".outlook tbody tr:first-child a.number >> nth=0")
        assert page.locator("#uitleg-prognose .tree .line").count() > 3
        page.select_option("select[name=bekend]", "2025-05-31")
        page.click("text=Toon")
        assert "?bekend=2025-05-31" in page.url
        assert said == []
        page.goto(hospital[0] + EVENTS)
        page.click("button.main")  # of which the browser says that it was refused
        assert page.locator("[aria-invalid=true]").count() == 4
        assert "Er is nog niets vastgelegd." in page.inner_text("[role=alert]")
