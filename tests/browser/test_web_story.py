"""A whole year as the people of one hospital live it: from the first delivery to a statement that holds."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys

import pytest
import story_records
from story_records import AFTER, BEFORE, DURING, YEAR
from story_site import GROUP, pictured, running
from story_steps import (
    PATIENCE,
    answer,
    approve,
    confirm,
    deliver,
    fetched,
    from_records,
    load,
    open_page,
    propose,
    refuse,
    told,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return story_records.written(tmp_path_factory.mktemp("hospital"))


def test_a_year_from_the_first_delivery_to_the_statement(chromium, records, tmp_path_factory, tmp_path):
    case, deliveries = records
    people = ("financien", "ziekenhuis", "gremium", "controller", "vertegenwoordiger", "beheerder")
    with running(tmp_path_factory.mktemp("data"), people) as site, pictured(site, tmp_path):
        controller = site.log_in(chromium, "controller")
        the_year_is_opened(controller, case)
        both_agree(site, chromium, "Afspraak 1")
        finance = site.log_in(chromium, "financien")
        the_records_come_in(finance, deliveries)
        the_budget_is_made(controller)
        the_budget_is_refused_and_made_again(site, chromium, controller)
        the_forecast_warns(finance, controller, deliveries)
        an_event_explains(controller)
        somebody_on_a_phone_reads_in_english(site, chromium)
        the_year_is_settled(site, chromium, finance, controller, deliveries)
        the_statement_holds(site, chromium, tmp_path)
        the_log_tells_it_all(site, chromium, tmp_path)
        assert site.complaints() == []


def the_year_is_opened(page, case):
    assert page.inner_text("h1") == "Er is nog geen jaar geopend"
    page.click("text=Een jaar openen")
    page.fill("#year", str(YEAR))
    page.click("text=Jaar openen")
    page.check("input[value=agreement]")
    page.set_input_files("#bestanden", case)
    page.click("button.main >> text=Controleren")
    page.wait_for_url("**/begroting/concept")
    assert confirm(page, "Zoals besproken op 12 december").startswith("Afspraak 1 is gemaakt.")
    assert propose(page, "Afspraak 1") == "Afspraak 1 wacht op akkoord van het gremium en het ziekenhuis."


def both_agree(site, browser, name, first="ziekenhuis", last="gremium"):
    assert approve(site.log_in(browser, first), YEAR, name).startswith("Uw akkoord is vastgelegd.")
    assert "daarmee is dit vastgesteld" in approve(site.log_in(browser, last), YEAR, name)


def the_records_come_in(page, deliveries):
    open_page(page, "Gegevens")
    assert answer(page).startswith("Er is nog geen registratie aangeleverd.")
    first = deliver(page, YEAR, BEFORE, deliveries[BEFORE])
    assert re.match(
        r"Deze levering kan worden geladen: [\d.]+ subtrajecten en [\d.]+ zorgactiviteiten van 2021–2023\.", first
    )
    assert f"De begroting van {YEAR} is eruit te maken" in first
    assert "staat in de opslag" in load(page)


def the_budget_is_made(page):
    page.goto(f"/{YEAR}/")
    assert answer(page).startswith("Er is nog geen begroting.")
    open_page(page, "Begroting")
    page.click("text=Maak de begroting")
    page.wait_for_url("**/begroting/registratie")
    from_records(page, YEAR, "begroting")
    assert f"de volumes van {YEAR - 2}, zoals bekend op 31 december {YEAR - 1}" in told(page)
    page.click(f"main tbody th a >> text={GROUP}")
    field = page.locator("td.field input").first
    before = int(field.input_value().replace(".", ""))
    field.fill(str(before + 40))
    page.wait_for_selector(f"#gevolg th:has-text('{GROUP}')")
    page.click("button[value=verschillen]")
    page.wait_for_url("**/begroting/concept")
    own = page.inner_text("section:has(h2:text-is('Wat u daarin wijzigde'))")
    assert GROUP in own
    assert "+33" in own  # forty times fifty minutes
    assert confirm(page, "Uit de registratie, met veertig behandelingen meer").startswith("Begroting 1 is gemaakt.")
    propose(page, "Begroting 1")


def the_budget_is_refused_and_made_again(site, browser, page):
    reason = "Veertig erbij kan de operatiekamer niet aan."
    assert refuse(site.log_in(browser, "ziekenhuis"), YEAR, "Begroting 1", reason).startswith("Geweigerd.")
    page.goto(f"/{YEAR}/begroting")
    assert "Begroting 1 is geweigerd. Lees waarom, en pas haar aan." in told(page)
    page.click("text=Naar akkoord")
    assert reason in told(page)
    page.click("text=Maak hier een nieuw concept van")
    page.click(f"main tbody th a >> text={GROUP}")
    field = page.locator("td.field input").first
    field.fill(str(int(field.input_value().replace(".", "")) - 30))
    page.click("button[value=verschillen]")
    page.wait_for_url("**/begroting/concept")
    confirm(page, "Met tien behandelingen meer")
    propose(page, "Begroting 2")
    both_agree(site, browser, "Begroting 2", first="gremium", last="ziekenhuis")
    page.goto(f"/{YEAR}/begroting")
    assert answer(page).startswith("Begroot is ")


def the_forecast_warns(finance, page, deliveries):
    """Nobody was operated on since February, and the records know it."""
    deliver(finance, YEAR, DURING, deliveries[DURING])
    load(finance)
    page.goto(f"/{YEAR}/")
    page.wait_for_selector("text=vakgroepen vragen een gesprek", timeout=PATIENCE)
    assert page.inner_text("h1") == "Landen we op de begroting?"
    assert re.match(r"De prognose is [\d,]+\s% van de begroting \(80\s%: ", answer(page))
    warned = page.inner_text(f".talks li:has-text('{GROUP}')")
    assert "onder de begroting, zo bekend sinds 29 februari 2024" in warned
    page.click(f"main table th a >> text={GROUP}")
    page.wait_for_selector(f"h1:has-text('Landt {GROUP} op de begroting?')")
    assert "Dit vraagt een gesprek:" in told(page)


def an_event_explains(page):
    page.goto(f"/{YEAR}/volgen")
    before = answer(page)
    page.click("text=Alle gebeurtenissen van dit jaar")
    page.fill("[name=van]", f"{YEAR}-02-01")
    page.fill("[name=tot]", f"{YEAR}-05-31")
    page.select_option("[name=vakgroep]", GROUP)
    page.fill("[name=capaciteit]", "12,5")
    page.fill("[name=reden]", "Operatiekamer gesloten")
    page.click("button.main >> text=Toevoegen")
    page.wait_for_selector("text=Toegevoegd: de prognose telt haar mee.")
    page.wait_for_selector("text=zonder deze gebeurtenis", timeout=PATIENCE)
    with_, without = re.search(r"Met ([\d,]+)\s% van de begroting, zonder ([\d,]+)\s%", answer(page)).groups()
    assert number(with_) > number(without)  # what was closed then says less about what comes
    page.goto(f"/{YEAR}/volgen")
    page.wait_for_selector("text=Waar de prognose op rust", timeout=PATIENCE)
    assert answer(page) != before
    assert f"zonder die zou het {without}" in answer(page).replace("\u00a0", " ")


def number(text):
    return float(text.replace(".", "").replace(",", "."))


def somebody_on_a_phone_reads_in_english(site, browser):
    page = site.log_in(browser, "vertegenwoordiger", locale="en-GB", viewport={"width": 360, "height": 740})
    page.click("header button >> text=English")
    for way, question in (
        ("", "Do we land on the budget?"),
        ("volgen", "Do we land on the budget?"),
        ("begroting", "What is budgeted?"),
        ("afspraak", "What was agreed?"),
        ("akkoord", "What waits for approval?"),
        ("gebeurtenissen", "What is other than usual this year?"),
        ("gegevens", "Where do the figures come from, and are they right?"),
        ("afrekening/verklaringen", "What do we sign?"),
    ):
        page.goto(f"/{YEAR}/{way}")
        page.wait_for_selector(f"h1:has-text('{question}')", timeout=PATIENCE)
        assert page.locator("main .answer").count() >= 1, way
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, way
    page.context.close()


def the_year_is_settled(site, browser, finance, page, deliveries):
    deliver(finance, YEAR, AFTER, deliveries[AFTER])
    assert "niets om na te gaan" in load(finance)
    from_records(page, YEAR, "afrekening")
    confirm(page, "Op de registratie van 30 juni 2025")
    propose(page, "Afrekening 1")
    both_agree(site, browser, "Afrekening 1")
    page.goto(f"/{YEAR}/")
    assert page.inner_text(".next") == "Het jaar is rond."
    assert page.locator(".steps li.done").count() == 7
    open_page(page, "Verdeling")
    said = re.search(r"kader van € ([\d.,]+) gaat € ([\d.,]+) naar de vakgroepen, na € ([\d.,]+) aan kosten; niet uitgekeerd: € ([\d.,]+)", answer(page).replace("\u00a0", " "))  # fmt: skip
    frame, paid, costs, left = (round(number(one.rstrip(".")) * 100) for one in said.groups())
    assert frame == paid + costs + left


def the_statement_holds(site, browser, folder):
    own = site.log_in(browser, "vertegenwoordiger")
    own.goto(f"/{YEAR}/afrekening")
    own.click("text=De verklaring per vakgroep, om te tekenen")
    assert own.locator("main table tbody tr").count() == 1
    statement = fetched(own, "main table a >> text=PDF", folder)
    assert statement.read_bytes().startswith(b"%PDF")
    assert holds(own, statement).startswith(f"● Gelijk: dit is de verklaring van {GROUP}")
    board = site.log_in(browser, "gremium")
    board.goto(f"/{YEAR}/afrekening/verklaringen")
    assert answer(board).startswith(f"Dit is afrekening 1 van {YEAR}, vastgesteld: akkoord namens")
    same = folder / "bestuur.pdf"
    with board.expect_download() as download:
        board.click(f"tr:has-text('{GROUP}') a")
    download.value.save_as(same)
    assert same.read_bytes() == statement.read_bytes()
    figures = fetched(board, "text=De cijfers met hun herkomst en beide akkoorden (JSON)", folder)
    assert holds(board, figures).startswith("● Gelijk")
    forged = folder / "vervalst.pdf"
    forged.write_bytes(statement.read_bytes().replace(b"%PDF-1.", b"%PDF-2.", 1))
    assert "● Gelijk" not in holds(board, forged)
    the_command_line_says_the_same(board, figures, folder / "case")


def holds(page, file):
    page.click("footer >> text=Klopt een stuk?")
    page.set_input_files("#bestand", file)
    page.click("button.main >> text=Nagaan")
    page.wait_for_selector(f"text=Nagegaan: {file.name}")
    return answer(page)


def the_command_line_says_the_same(page, figures, case):
    """From the files that were signed, fetched one by one as anybody who signs can."""
    case.mkdir()
    page.goto(f"/{YEAR}/afrekening/verklaringen")
    fetched(page, "text=Het zegel van de afspraak (TOML)", case)
    page.goto(f"/{YEAR}/gegevens")
    files = page.locator("table.lineage a[download]")
    for at in range(files.count()):
        with page.expect_download() as download:
            files.nth(at).click()
        download.value.save_as(case / download.value.suggested_filename)
    verify = [sys.executable, "-m", "puntlanding", "verify", str(figures), "--case", str(case)]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "De uitkomst klopt" in done.stdout
    assert "vastgelegd door het ziekenhuis en het gremium" in done.stdout


def the_log_tells_it_all(site, browser, folder):
    """To an auditor whom the administrator let in by a link."""
    page = the_auditor_comes_in(site, browser)
    open_page(page, "Logboek")
    assert "alles is zoals het is geschreven" in told(page)
    page.click("text=Deze keuze bewaren (CSV)", trial=True)
    table = fetched(page, "text=Deze keuze bewaren (CSV)", folder)
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    sentences = [" ".join(row) for row in reversed(rows)]
    at = 0
    for part in STORY:
        at = next((found for found in range(at, len(sentences)) if part in sentences[found]), None)
        assert at is not None, (part, sentences)
    chain(fetched(page, "text=Het hele logboek met controlegetallen (JSON-regels)", folder))
    done = site.command("check")
    assert done.returncode == 0, done.stderr


STORY = (
    f"Kees Vos opende het jaar {YEAR}.",
    f"Hugo Smit gaf namens het ziekenhuis akkoord op afspraak 1 van {YEAR}",
    f"Afspraak 1 van {YEAR} is vastgesteld",
    f"Fatima Bakker leverde voor {YEAR} de registratie met de stand van 31 december 2023 aan",
    "is gecontroleerd en kan worden geladen",
    "Fatima Bakker zette de levering met de stand van 31 december 2023 in de opslag",
    "Kees Vos liet maken: Begroting of afrekening uit de registratie",
    f"Kees Vos legde begroting 1 van {YEAR} voor",
    f"Hugo Smit weigerde namens het ziekenhuis begroting 1 van {YEAR}: “Veertig erbij kan de operatiekamer niet aan.”",
    f"Begroting 2 van {YEAR} is vastgesteld",
    "de stand van 31 mei 2024 in de opslag",
    f"Kees Vos voegde voor {YEAR} gebeurtenis 1 toe: 1 februari 2024 tot en met 31 mei 2024, {GROUP}, 12,5 %",
    "de stand van 30 juni 2025 in de opslag",
    f"Afrekening 1 van {YEAR} is vastgesteld",
    "Bas Kok",
)


def the_auditor_comes_in(site, browser):
    admin = site.log_in(browser, "beheerder")
    admin.goto("/beheer")
    admin.fill("[name=email]", "accountant@kantoor.example")
    admin.fill("[name=display_name]", "Els Dijk")
    admin.select_option("[name=role]", label="accountant")
    admin.click("button.main")
    link = re.search(r"http://\S+", told(admin)).group()
    context = browser.new_context(locale="nl-NL", base_url=site.address)
    page = context.new_page()
    site.pages["accountant"] = page
    page.goto(link)
    for field in ("password1", "password2"):
        page.fill(f"input[name={field}]", "een-eigen-lang-wachtwoord-2026")
    page.click("main button")
    page.click("text=Naar inloggen")
    page.fill("input[name=login]", "accountant@kantoor.example")
    page.fill("input[name=password]", "een-eigen-lang-wachtwoord-2026")
    page.click("main button")
    page.wait_for_selector("header .who a")
    return page


def chain(file):
    """As the guide on the log says that anybody can work it out again."""
    before = "0" * 64
    for line in file.read_text(encoding="utf-8").splitlines():
        content = json.loads(line)
        mark = content.pop("hash")
        assert content["vorige"] == before
        if "soort" in content:
            text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            assert hashlib.sha256(text.encode()).hexdigest() == mark
        before = mark
    assert before != "0" * 64
