"""What the pages say: the engine's numbers, nobody else's detail, names as text, and what to do where there is nothing yet."""

from __future__ import annotations

import html
import re
import time
from html.parser import HTMLParser

import pytest
from command import ROOT

from hostile_year import NAMES, write_hostile
from puntlanding.demo.collective import collective_files
from puntlanding.language.notation import Language, euros, number
from puntlanding.stage import Stage
from puntlanding.web.rules import RULES, Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER, REPRESENTATIVE = Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE
PAGES = (
    "",
    "afspraak",
    "begroting",
    "volgen",
    "afrekening",
    "afrekening/soorten",
    "verdeling",
    "benchmark",
    "efficiency",
    "formatie",
    "akkoord",
)
OWN = "Cardiologie"
EVERYTHING = ROOT / "examples" / "onderdelen"


def text_of(client, page, **options):
    answer = client.get(f"/2026/{page}", follow=True, **options)
    assert answer.status_code == 200, page
    return answer.content.decode()


def rows(page):
    """Name → cells of the first table."""
    body = page.partition("<table")[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {
        plain(name): [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in found
    }


def plain(markup):
    return html.unescape(re.sub(r"<.*?>", "", markup, flags=re.DOTALL)).strip()


def dossier(language=Language.DUTCH, kind="settlement"):
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import dossier_of

    return dossier_of(Version.objects.filter(kind=kind).order_by("-number").first(), language)


@pytest.mark.parametrize(("code", "language"), [("nl", Language.DUTCH), ("en", Language.ENGLISH)])
def test_the_pages_say_what_the_engine_says(desk, code, language):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    year = dossier(language).year
    settled = rows(text_of(client, "afrekening"))
    for one in year.settlement.rows:
        line = one.line
        assert settled[line.group][0] == number(line.realised.value, 2, language)
        assert settled[line.group][5] == number(line.paid.value, 2, language)
    divided, told = rows(text_of(client, "verdeling")), rows(text_of(client, ""))
    for one in year.distribution.rows:
        assert divided[one.name][-2] == euros(one.paid.value, language)  # the last is the bar
        assert told[one.name][-2] == euros(one.paid.value, language)
    budget = rows(text_of(client, "begroting"))
    for one in dossier(language, "budget").year.budget.rows:
        assert budget[one.name][-2] == number(one.scored.value, 2, language)


def test_the_file_is_the_table(desk):
    from puntlanding.report.csv_file import csv_bytes
    from puntlanding.report.tables import table

    client = client_of(CONTROLLER)
    for page, stage in (("afrekening", Stage.SETTLE), ("verdeling", Stage.DISTRIBUTE), ("volgen", Stage.MONITOR)):
        answer = client.get(f"/2026/{page}.csv")
        assert answer.content == csv_bytes(table(stage, dossier().year), Language.DUTCH)
        assert "attachment" in answer["Content-Disposition"]


def test_every_number_of_a_table_is_explained(desk):
    client = client_of(CONTROLLER)
    for page in ("begroting", "volgen", "afrekening", "verdeling"):
        found = re.findall(r'href="\?uitleg=([^"#]+)#uitleg"[^>]*>([^<]+)<', text_of(client, page))
        assert len(found) > 30
        for asks, shown in found[::9]:
            told = text_of(client, f"{page}?uitleg={asks}")
            assert re.search(rf"<h2>[^<]*{re.escape(html.escape(html.unescape(shown)))}</h2>", told), (page, asks)
            assert '<ul class="tree">' in told


@pytest.mark.parametrize(
    "asks", ["99.norm_fte", "3.niets", "b.niets", "c9.norm_fte", "../..", "<script>", "3", "", "u0.over"]
)
def test_what_is_not_there_is_not_explained(desk, asks):
    told = client_of(CONTROLLER).get("/2026/afrekening", {"uitleg": asks}).content.decode()
    assert '<ul class="tree">' not in told
    assert "<script>" not in told


def add(kind, files):
    """A version of ``files`` that counts from now on."""
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.models import Year

    access, year = access_as(CONTROLLER), Year.objects.get(year=2026)
    version = add_version(access, year, kind, {name: text.encode() for name, text in files.items()})
    return propose(access, version, version.content_hash)


def swapped(files, *pairs):
    """The same collective, in which what each pair names has each other's numbers: as a whole nothing differs.

    Rows stand where rows of that name stood, so that a number without a name would show as well.
    """
    other = {one: two for pair in pairs for one, two in (pair, pair[::-1])}
    found = {}
    for name, text in files.items():
        head, *lines = [line.split(";") for line in text.splitlines()]
        if not name.endswith(".csv"):
            found[name] = text
            continue
        order = [{}, {}]
        for line in lines:
            for at, places in enumerate(order):
                places.setdefault(line[at], len(places))
        renamed = [[other.get(cell, cell) for cell in line] for line in lines]
        renamed.sort(key=lambda line: [places.get(line[at], 0) for at, places in enumerate(order)])
        found[name] = "".join(";".join(line) + "\r\n" for line in (head, *renamed))
    return found


def with_every_component():
    """Savings of several groups among them: an initiative has a name of its own, and still is one group's."""
    files = {
        one.name: one.read_text(encoding="utf-8") for one in EVERYTHING.iterdir() if one.suffix in (".toml", ".csv")
    }
    files["besparingen.csv"] += "Dagkliniek;Gynaecologie;300000,00;250000,00\nOntslag;Heelkunde;200000,00;120000,00\n"
    files["prognose.csv"] = files["realisatie.csv"]
    return files


def seen_by(client):
    """Every page and every explanation that this reader can come to, without what is another version's by nature."""
    found = {}
    for page in (*PAGES[:-1], "begroting.csv", "volgen.csv", "afrekening.csv", "verdeling.csv"):
        text = text_of(client, page)
        found[page] = text
        for asks in re.findall(r'href="\?uitleg=([^"#]+)#uitleg"', text):
            found[f"{page}?uitleg={asks}"] = text_of(client, f"{page}?uitleg={asks}")
    return {page: without_versions(text) for page, text in found.items()}


def without_versions(text):
    """Without numbers, marks and moments of versions, and without the row of a file: that tells where one's own number stands."""
    hidden = r"value=\"\w{64}\"|\b[0-9a-f]{12,64}\b|(afrekening|begroting) \d+|\d+ november \d+, [\d:]+|\d\d:\d\d|/versie/\d+/|(rij|row) \d+"
    return re.sub(hidden, "", text, flags=re.IGNORECASE)


COLLECTIVES = {
    "products": (collective_files, [("KNO", "Heelkunde")]),
    "components": (with_every_component, [("Gynaecologie", "Heelkunde"), ("Dagkliniek", "Ontslag")]),
}


@pytest.mark.parametrize(
    ("role", "which"),
    [(Role.GROUP_REPRESENTATIVE, "components"), (Role.SPECIALIST, "products")],
    ids=["components", "products"],
)
def test_who_sees_one_group_sees_nothing_of_another_in_any_page(desk, role, which):
    """Give two other groups each other's numbers: nothing that this reader can open may differ by a byte."""
    files, pairs = COLLECTIVES[which]
    client, seen = client_of(role), []
    add("settlement", files())  # the version before is the same for both
    for one in (files(), swapped(files(), *pairs)):
        for kind in ("budget", "settlement"):
            version = add(kind, one)
        seen.append(
            seen_by(client) | {"versie": without_versions(client.get(f"/versie/{version.pk}/").content.decode())}
        )
    first, second = seen
    assert set(first) == set(second)
    assert len(first) > 30
    for page, text in first.items():
        assert text == second[page], page
    everything = " ".join(first.values())
    for group in (*dossier().groups, "Dagkliniek", "Ontslag"):
        assert (group in everything) == (group == OWN), group


def test_the_swap_would_show(desk):
    """What the test above trusts in: who sees all groups sees the difference."""
    client, pages = client_of(CONTROLLER), []
    for files in (collective_files(), swapped(collective_files(), ("KNO", "Heelkunde"))):
        add("settlement", files)
        pages.append(rows(text_of(client, "afrekening")))
    before, after = pages
    assert before["KNO"] != after["KNO"]
    assert before["KNO"] == after["Heelkunde"]
    assert before[OWN] == after[OWN]
    assert before["Totaal"] == after["Totaal"]


def test_who_may_not_see_the_distribution_sees_no_amount_of_a_group(desk):
    amounts = [euros(one.paid.value, Language.DUTCH) for one in dossier().year.distribution.rows]
    rounded = [number(one.paid.value / 100, 0, Language.DUTCH) for one in dossier().year.distribution.rows]
    for role, rule in RULES.items():
        if Permission.SEE_YEAR not in rule.permissions:
            continue
        client = client_of(role)
        everything = " ".join(text_of(client, page) for page in ("", "begroting", "afrekening", "afrekening/soorten"))
        shown = [one for one in (*amounts, *rounded) if one in everything]
        if Permission.SEE_DISTRIBUTION not in rule.permissions:
            assert shown == [], role
            assert "/2026/verdeling" not in everything
        else:
            assert shown, role


class Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def hostile(desk, tmp_path):
    files = {one.name: one.read_text(encoding="utf-8") for one in write_hostile(tmp_path / "case").iterdir()}
    for kind in ("agreement", "budget", "settlement"):
        add(kind, files)
    from puntlanding.web.desk.models import User

    User.objects.update(display_name="<script>alert(1)</script>")
    return desk


def test_names_are_text(hostile):
    client = client_of(CONTROLLER)
    for page in (
        *PAGES,
        "afrekening?uitleg=1.norm_fte",
        "verdeling?uitleg=0.bedrag_cent",
        "begroting?uitleg=6.norm_fte",
    ):
        text = text_of(client, page)
        elements = Elements()
        elements.feed(text)
        scripts = [attrs for tag, attrs in elements.found if tag == "script"]
        assert all(
            set(attrs) <= {"src", "defer", "type"} and attrs["src"].startswith("/static/") for attrs in scripts
        ), page
        assert not [attrs for _, attrs in elements.found if any(name.startswith("on") for name in attrs)], page
        assert not [attrs for tag, attrs in elements.found if tag == "img"], page
    assert set(NAMES) <= set(rows(text_of(client, "afrekening")))
    assert "&lt;script&gt;alert(1)" in client.get("/logboek").content.decode()


def test_a_year_with_nothing_in_it_says_what_to_do(desk):
    from puntlanding.web.actions.years import open_year

    open_year(access_as(CONTROLLER), 2027)
    for language, words in (("nl", "Wat nu:"), ("en", "What now:")):
        client = client_of(CONTROLLER)
        client.cookies["django_language"] = language
        for page in (
            "afspraak",
            "volgen",
            "afrekening",
            "afrekening/soorten",
            "verdeling",
            "benchmark",
            "efficiency",
            "formatie",
            "begroting",
        ):
            text = client.get(f"/2027/{page}").content.decode()
            assert words in text, page
        assert client.get("/2027/").status_code == client.get("/2027/akkoord").status_code == 200
        assert client.get("/2027/verdeling.csv").status_code == 404
        assert client.get("/2028/").status_code == 404


def test_a_year_that_cannot_be_settled_says_what_is_missing(desk):
    files = collective_files()
    del files["realisatie.csv"], files["prognose.csv"]
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.models import Version, Year

    Version.objects.filter(kind="settlement").update(state="superseded")
    content = {name: text.encode() for name, text in files.items()}
    add_version(access_as(CONTROLLER), Year.objects.get(year=2026), "adjustment", content)
    for page in ("afrekening", "volgen"):
        assert "met ten minste één rij" in text_of(client_of(CONTROLLER), page)
        told = text_of(client_of(REPRESENTATIVE), page)
        assert "Daarvoor ontbreken nog gegevens." in told
        assert "KNO" not in told


def test_how_many_gain_is_told_to_who_sees_all_groups(desk):
    assert "vakgroepen meer en" in text_of(client_of(CONTROLLER), "afrekening/soorten")
    told = text_of(client_of(REPRESENTATIVE), "afrekening/soorten")
    assert "vakgroepen meer en" not in told
    assert "Bij een andere soort krijgen de vakgroepen samen tussen" in told


def test_files_that_went_bad_are_told_without_a_fault(desk):
    from puntlanding.web.desk import dossiers
    from puntlanding.web.desk.models import Version

    files = collective_files()
    add("settlement", files | {"kosten.csv": "post;bedrag;sleutel\r\nBureau;1,00;als_kader\r\n"})
    version = Version.objects.get(kind="settlement", state="proposed")
    (dossiers.snapshots().folder(version.snapshot) / "kosten.csv").write_text("post;bedrag\r\nBureau;x\r\n")
    dossiers._recent._found.clear()
    assert "kosten.csv" in text_of(client_of(CONTROLLER), "afrekening")
    told = text_of(client_of(REPRESENTATIVE), "afrekening")
    assert "niet te lezen" in told
    assert "kosten.csv" not in told


def test_approving_on_the_page(desk):
    board, hospital = client_of(Role.COLLECTIVE_BOARD), client_of(Role.HOSPITAL_BOARD)
    page = text_of(board, "akkoord")
    [content] = set(re.findall(r'name="content" value="(\w{64})"', page))
    assert content in page.partition("<code")[2]
    address = re.search(r'action="(/versie/\d+/akkoord)"', page).group(1)
    assert address not in text_of(hospital, "akkoord")  # their word is in already
    assert 'class="message error"' in board.post(address, {"content": "0" * 64}, follow=True).content.decode()
    done = board.post(address, {"content": content}, follow=True).content.decode()
    assert "daarmee is dit vastgesteld" in done
    assert "Er wacht niets op akkoord" in done
    assert 'class="message error"' in board.post(address, {"content": content}, follow=True).content.decode()
    assert "Afrekening 1 van 2026 is vastgesteld" in board.get("/logboek").content.decode()


def test_refusing_asks_for_a_reason_and_shows_it(desk):
    board = client_of(Role.COLLECTIVE_BOARD)
    page = text_of(board, "akkoord")
    address = re.search(r'action="(/versie/\d+/weigeren)"', page).group(1)
    content = re.search(r'name="content" value="(\w{64})"', page).group(1)
    assert (
        'class="message error"'
        in board.post(address, {"content": content, "reason": " "}, follow=True).content.decode()
    )
    told = board.post(
        address, {"content": content, "reason": "De <b>kosten</b> kloppen niet"}, follow=True
    ).content.decode()
    assert "De &lt;b&gt;kosten&lt;/b&gt; kloppen niet" in told
    assert "geweigerd" in text_of(client_of(Role.HOSPITAL_BOARD), "")


def test_proposing_on_the_page(desk):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.models import Year

    files = {name: text.encode() for name, text in collective_files().items()}
    add_version(access_as(CONTROLLER), Year.objects.get(year=2026), "adjustment", files)
    client = client_of(CONTROLLER)
    page = text_of(client, "akkoord")
    address = re.search(r'action="(/versie/\d+/voorleggen)"', page).group(1)
    content = re.search(r'name="content" value="(\w{64})"', page).group(1)
    assert "voorleggen" not in text_of(client_of(Role.COLLECTIVE_BOARD), "akkoord")
    told = client.post(address, {"content": content}, follow=True).content.decode()
    assert "Nu geven beide besturen akkoord" in told
    assert "Bijstelling 1 wacht op akkoord van het gremium en het ziekenhuis." in told


def test_what_the_agreement_changes_is_told(desk):
    files = collective_files()
    add("agreement", files | {"afspraak.toml": files["afspraak.toml"].replace("25_000_000", "26_000_000")})
    told = text_of(client_of(CONTROLLER), "afspraak")
    assert "25.000.000,00" in told  # the final one counts until the new one is agreed
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="agreement", number=2)
    for role in (Role.COLLECTIVE_BOARD, Role.HOSPITAL_BOARD):
        approve(access_as(role), version, version.content_hash)
    said = "gaat van €.25\\.000\\.000,00 naar €.26\\.000\\.000,00"
    for address in ("/2026/afspraak", f"/versie/{version.pk}/"):
        told = client_of(CONTROLLER).get(address).content.decode()
        assert "Wat anders is dan afspraak 1" in told
        assert re.search(said, told)


def test_one_click_to_the_other_language_and_back(desk):
    client = client_of(CONTROLLER)
    assert '<html lang="nl">' in text_of(client, "begroting")
    there = client.post("/taal", {"language": "en", "next": "/2026/begroting"}, follow=True)
    assert there.redirect_chain == [("/2026/begroting", 302)]
    assert '<html lang="en">' in there.content.decode()
    away = client.post("/taal", {"language": "nl", "next": "https://elders.example/"}, follow=False)
    assert away["Location"] == "/"


def test_what_the_pages_ask_for_is_there(desk):
    """Style, scripts and icon of every kind of page come from the installation itself."""
    from django.contrib.staticfiles import finders
    from django.test import Client

    for text in (text_of(client_of(CONTROLLER), "afrekening"), Client().get("/account/login/").content.decode()):
        found = re.findall(r'(?:src|href)="(/static/[^"]+|https?:[^"]+)"', text)
        assert len(found) >= 2
        for address in found:
            assert finders.find(address.removeprefix("/static/")), address


def test_the_log_in_page_is_ours_in_both_languages(desk):
    from django.test import Client

    client = Client()
    for code, words in (("nl", "<h1>Inloggen</h1>"), ("en", "<h1>Log in</h1>")):
        client.cookies["django_language"] = code
        text = client.get("/account/login/").content.decode()
        assert words in text
        assert f'<html lang="{code}">' in text
        assert "signup" not in text


def test_a_page_is_quick_once_its_results_are_there(desk):
    client = client_of(CONTROLLER)
    for page in (*PAGES, "afrekening?uitleg=3.norm_fte"):
        text_of(client, page)
        begin = time.perf_counter()
        text_of(client, page)
        assert time.perf_counter() - begin < 0.3, page


def test_why_a_type_has_no_euros_is_told_to_who_sees_the_group_that_it_names(desk):
    from dataclasses import replace

    from puntlanding.language.notation import Language
    from puntlanding.problems import Problem
    from puntlanding.web.desk.models import Version
    from puntlanding.web.pages.every_type import under_each_type
    from puntlanding.web.presenters.compared import compared
    from puntlanding.web.presenters.scope import EVERYTHING, Scope

    made = under_each_type(Version.objects.get(kind="settlement"))
    why = (Problem("formation_missing", "formatie.csv", value="Heelkunde", details={"group": "Heelkunde"}),)
    told = replace(
        made,
        beside=tuple(replace(one, euros=None, column=replace(one.column, euros=None, without_euros=why)) for one in made.beside),
    )  # fmt: skip
    for language in Language:
        for scope in (EVERYTHING, Scope.of(["Cardiologie"])):
            found = compared(told, scope, language, euros=True)
            assert any("Heelkunde" in one.about for one in found.columns) == scope.whole
            assert all(one.about for one in found.columns)
