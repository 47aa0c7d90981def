"""What people do more than once in a year, as they do it: in a browser, by what they read."""

from __future__ import annotations

PATIENCE = 60_000  # milliseconds, for work in the background on a busy machine


def told(page):
    """What the page says, without what only scripts and screen readers see."""
    return page.inner_text("main")


def answer(page):
    """The first thing to read."""
    return page.inner_text("main .answer >> nth=0")


def open_page(page, name):
    page.click(f"nav >> text={name}")
    page.wait_for_selector("nav [aria-current=page]")


def deliver(page, year, day, files):
    """A hospital's export until its check report is there to read."""
    page.goto(f"/{year}/gegevens")
    page.set_input_files("#bestanden", files)
    page.fill("#stand", day.isoformat())
    page.click("form.delivering button")
    page.wait_for_url("**/levering/**")
    page.wait_for_selector("text=Zet deze levering in de opslag", timeout=PATIENCE)
    return answer(page)


def load(page):
    page.click("text=Zet deze levering in de opslag")
    page.wait_for_selector("text=staat in de opslag:", timeout=PATIENCE)
    return answer(page)


def from_records(page, year, what):
    """``what``: the value of the choice; until its differences are there to read."""
    page.goto(f"/{year}/begroting/registratie")
    page.check(f"input[value={what}]")
    page.click("button.main >> text=Maken")
    page.click("text=Overnemen als concept en verschillen lezen", timeout=PATIENCE)
    page.wait_for_url("**/begroting/concept")


def confirm(page, note):
    page.fill("#note", note)
    page.click("button[value=bevestigen]")
    page.wait_for_url("**/akkoord")
    return page.inner_text(".message")


def propose(page, name):
    page.click(f"article:has(h3:text-is('{name}')) >> text=Voorleggen aan beide partijen")
    page.wait_for_selector(".message:has-text('Voorgelegd')")
    return answer(page)


def approve(page, year, name):
    """By somebody who reads it first; what they read and what they approve carry one mark."""
    page.goto(f"/{year}/akkoord")
    article = f"article:has(h3:text-is('{name}'))"
    mark = page.inner_text(f"{article} .mark")
    page.click(f"{article} >> text=Lees {name.lower()}")
    assert page.inner_text("main .mark >> nth=0") == mark
    page.click("text=Terug naar akkoord")
    page.click(f"{article} >> text=Akkoord op precies deze inhoud")
    page.wait_for_selector(".message")
    return page.inner_text(".message")


def refuse(page, year, name, reason):
    page.goto(f"/{year}/akkoord")
    article = f"article:has(h3:text-is('{name}'))"
    page.click(f"{article} >> summary")
    page.fill(f"{article} >> textarea", reason)
    page.click(f"{article} >> text=Weigeren met deze reden")
    page.wait_for_selector(".message")
    return page.inner_text(".message")


def fetched(page, text, folder):
    """The file behind a link, as the browser would keep it."""
    with page.expect_download() as download:
        page.click(text)
    place = folder / download.value.suggested_filename
    download.value.save_as(place)
    return place
