"""A day on which everything goes wrong, in a real browser: wrong files, a wrong number, two people at once, a word that comes late."""

from __future__ import annotations

import pytest
import story_records
from story_records import DURING, YEAR
from story_site import pictured, running
from story_steps import PATIENCE, approve, confirm, propose, told
from test_web_story import records  # noqa: F401  a fixture

pytestmark = pytest.mark.browser


def test_a_day_on_which_everything_goes_wrong_loses_nothing(chromium, records, tmp_path_factory, tmp_path):  # noqa: F811
    """Each mishap is told in Dutch with what to do, and what somebody did before it is still there."""
    case, _ = records
    people = ("financien", "ziekenhuis", "controller", "collega")
    with running(tmp_path_factory.mktemp("data"), people) as site, pictured(site, tmp_path):
        controller, colleague = (site.log_in(chromium, who) for who in ("controller", "collega"))
        finance, board = (site.log_in(chromium, who) for who in ("financien", "ziekenhuis"))
        a_budget_is_there(controller, [*case, story_records.budget_of(case)])
        files_that_are_no_export(finance, tmp_path)
        files_of_another_year(controller, case)
        a_volume_that_is_no_number(controller)
        two_people_change_one_budget(controller, colleague)
        a_word_on_what_was_replaced(board, controller)
        assert site.complaints() == []


def a_budget_is_there(page, files):
    page.goto("/nieuw-jaar")
    page.fill("#year", str(YEAR))
    page.click("text=Jaar openen")
    page.set_input_files("#bestanden", files)
    page.click("button.main >> text=Controleren")
    page.wait_for_url("**/begroting/concept")
    assert confirm(page, "").startswith("Begroting 1 is gemaakt.")


def files_that_are_no_export(page, folder):
    picture = folder / "subtrajecten.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    page.goto(f"/{YEAR}/gegevens")
    page.set_input_files("#bestanden", picture)
    page.fill("#stand", DURING.isoformat())
    page.select_option("#soort", "hix")
    page.click("form.delivering button")
    page.wait_for_selector("text=Er is niets aangeleverd. Dit moet eerst anders:")
    wrong = page.inner_text("[role=alert]")
    assert "subtrajecten.csv" in wrong
    assert "een afbeelding" in wrong
    assert (page.input_value("#stand"), page.input_value("#soort")) == (DURING.isoformat(), "hix")
    table = folder / "lijst.csv"
    table.write_text("naam;bedrag\nstoel;12\n", encoding="utf-8")
    page.set_input_files("#bestanden", table)
    page.fill("#stand", "2099-12-31")
    page.click("form.delivering button")
    page.wait_for_selector("[role=alert] >> text=De stand kan niet van deze dag zijn")
    page.set_input_files("#bestanden", table)
    page.fill("#stand", DURING.isoformat())
    page.select_option("#soort", "")
    page.click("form.delivering button")
    page.wait_for_url("**/levering/**")
    page.wait_for_selector("text=Opnieuw aanleveren", timeout=PATIENCE)
    assert "lijst.csv" in told(page)


def files_of_another_year(page, case):
    page.goto("/nieuw-jaar")
    page.fill("#year", str(YEAR + 1))
    page.click("text=Jaar openen")
    page.wait_for_url("**/begroting/concept")
    page.goto(f"/{YEAR + 1}/aanleveren")
    page.set_input_files("#bestanden", case)
    page.click("button.main >> text=Controleren")
    wrong = page.inner_text("[role=alert]")
    assert "afspraak.toml" in wrong
    assert str(YEAR) in wrong
    assert str(YEAR + 1) in wrong
    page.click("text=Lees het")
    assert "uit de bestanden van het jaar ervoor" in told(page)  # the draft of the new year is what it was


def a_volume_that_is_no_number(page):
    open_group(page, "Cardiologie")
    fields = page.locator("td.field input")
    first, kept = fields.nth(0), fields.nth(1)
    first.fill("twaalf")
    kept.fill("61")
    page.click("button[value=verschillen]")
    page.wait_for_selector("td.field .field-wrong")
    assert "Dit is geen aantal. Schrijf het met cijfers" in page.inner_text("td.field .field-wrong")
    assert (first.input_value(), kept.input_value()) == ("twaalf", "61")
    first.fill("12.5")  # the other language's notation is asked about, not guessed
    page.click("button[value=verschillen]")
    page.wait_for_selector("td.field input[value='12.5'] + .field-wrong")
    first.fill("12,5")
    page.click("button[value=verschillen]")
    page.wait_for_url("**/begroting/concept")
    assert "Cardiologie" in page.inner_text("main table >> nth=0")


def open_group(page, group):
    page.goto(f"/{YEAR}/begroting")
    page.click(f"main tbody th a >> text={group}")
    page.click("text=Volumes wijzigen")


def two_people_change_one_budget(page, colleague):
    open_group(colleague, "Urologie")
    assert "Kees Vos" in told(colleague)  # who is at work too is said before anything is lost
    colleague.locator("td.field input").nth(0).fill("77")
    colleague.click("button[value=verschillen]")
    colleague.wait_for_url("**/begroting/concept")
    page.goto(f"/{YEAR}/begroting/concept")
    assert confirm(page, "Cardiologie").startswith("Begroting 2 is gemaakt.")
    colleague.fill("#note", "Urologie")
    colleague.click("button[value=bevestigen]")
    colleague.wait_for_selector("[role=alert]")
    assert "Kees Vos" in colleague.inner_text("[role=alert]")
    assert colleague.input_value("#note") == "Urologie"
    colleague.click("text=Bouw verder op die versie")
    colleague.wait_for_selector("text=Uw wijzigingen staan nu op de nieuwste versie.")
    changed = colleague.inner_text("main table >> nth=0")
    assert "Urologie" in changed
    assert "Cardiologie" not in changed  # what Kees did is in the version by now


def a_word_on_what_was_replaced(board, page):
    page.goto(f"/{YEAR}/akkoord")
    propose(page, "Begroting 2")
    board.goto(f"/{YEAR}/akkoord")
    page.goto(f"/{YEAR}/begroting")
    open_group(page, "Cardiologie")
    page.locator("td.field input").nth(0).fill("14")
    page.click("button[value=verschillen]")
    page.wait_for_url("**/begroting/concept")
    assert confirm(page, "Toch veertien").startswith("Begroting 3 is gemaakt.")
    propose(page, "Begroting 3")
    board.click("text=Akkoord op precies deze inhoud")
    board.wait_for_selector(".message")
    assert "er is niets vastgelegd" in board.inner_text(".message")
    assert approve(board, YEAR, "Begroting 3").startswith("Uw akkoord is vastgelegd.")
