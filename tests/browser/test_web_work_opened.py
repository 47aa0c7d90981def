"""Long work as people see it: asked, followed while it runs, cancelled, read; and server and worker that end together."""

from __future__ import annotations

import signal
import sys

import pytest

from web_served import answers, begun, demonstration, environment_of, wait_for

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Its environment, and the password of everybody."""
    environment = environment_of(tmp_path_factory.mktemp("data"))
    return environment, demonstration(environment)


@pytest.fixture(scope="module")
def site(made):
    environment, password = made
    server, address = begun(environment, "--with-worker")
    try:
        yield address, password
    finally:
        server.terminate()
        assert server.wait(30) == 0
        assert not answers(address)


@pytest.fixture
def controller(chromium, site):
    """A page in Dutch; a browser that complained fails the test."""
    address, password = site
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}, base_url=address)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto("/")
    page.fill("input[name=login]", "controller@msb.example")
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_url("**/2026/")
    yield page
    context.close()
    assert [one for one in said if "422" not in one] == []  # what was typed wrongly is answered with that


def asked(page, draws, seed):
    page.goto("/2026/simulatie")
    page.fill("#draws", draws)
    page.fill("#seed", seed)
    page.get_by_label("Aanneemsom", exact=True).check()
    page.get_by_role("button", name="Start de simulatie").click()
    page.wait_for_url("**/werk/*/")


def no_violations(page):
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme in ((1280, "dark"), (360, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (page.url, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_a_simulation_is_asked_followed_and_read(controller):
    page = controller
    page.goto("/2026/simulatie")
    no_violations(page)
    page.fill("#draws", "tien")
    with page.expect_response("**/simulatie"):
        page.get_by_role("button", name="Start de simulatie").click()
    assert "Dit is geen aantal" in page.inner_text("#draws-fout")
    no_violations(page)


def test_the_page_follows_by_itself_and_then_tells(controller):
    page = controller
    asked(page, "30.000", "3")
    page.evaluate("window.same = true")
    assert "Annuleer" in page.inner_text("main")
    no_violations(page)
    page.wait_for_selector("text=Wie draagt wat", timeout=60_000)
    assert page.evaluate("window.same")  # the page was not loaded anew
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    no_violations(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="resultaat_simulatie.csv").click()
    assert taken.value.path().read_bytes().startswith("\ufeffkolom;afspraak".encode())
    page.goto("/werk")
    no_violations(page)


def test_what_runs_is_cancelled_without_scripts(chromium, site):
    context = chromium.new_context(locale="nl-NL", java_script_enabled=False, base_url=site[0])
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=login]", "controller@msb.example")
    page.fill("input[name=password]", site[1])
    page.click("main button")
    asked(page, "200.000", "5")
    page.get_by_role("button", name="Annuleer").click()
    for _ in range(100):
        if "Dit is geannuleerd" in page.inner_text("main"):
            break
        page.get_by_role("link", name="Ververs").click()
    assert "Er is niets van bewaard" in page.inner_text("main")
    context.close()


def test_a_page_that_follows_says_when_nobody_answers_and_goes_to_the_log_in(chromium, site):
    address, password = site
    context = chromium.new_context(locale="nl-NL", base_url=address)
    page = context.new_page()
    page.goto("/")
    page.fill("input[name=login]", "controller@msb.example")
    page.fill("input[name=password]", password)
    page.click("main button")
    asked(page, "200.000", "11")
    there = page.url
    context.set_offline(True)
    page.wait_for_selector("#bereik >> text=De server is niet te bereiken")
    context.set_offline(False)
    page.wait_for_selector("#bereik", state="detached")
    assert page.url == there
    context.clear_cookies(name="sessionid")
    page.wait_for_url("**/account/login/?next=/werk/**")
    page.fill("input[name=login]", "controller@msb.example")
    page.fill("input[name=password]", password)
    page.click("main button")
    page.wait_for_url(there)
    stop = page.get_by_role("button", name="Annuleer")
    if stop.count():
        stop.click()
    context.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
def test_server_and_worker_end_together_also_when_killed(made):
    server, address = begun(made[0], "--with-worker")
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    wait_for(lambda: not answers(address))
