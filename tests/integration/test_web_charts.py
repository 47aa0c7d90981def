"""Charts that answer back: what a browser draws one from is what the page shows, of the same sight as the page, and can be taken along."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from dataclasses import asdict, replace
from datetime import date
from importlib.metadata import version

import pytest
from command import run
from test_web_pages import COLLECTIVES, OWN, add, dossier, swapped, text_of, without_versions

from puntlanding.charts.style import locale
from puntlanding.language.notation import Language
from puntlanding.web.rules import RULES, Detail, Permission, Role
from puntlanding.whole_file import write_whole
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER = Role.COLLECTIVE_CONTROLLER
PAGES = {
    "begroting": Permission.SEE_YEAR,
    "volgen": Permission.SEE_YEAR,
    "afrekening": Permission.SEE_YEAR,
    "afrekening/soorten": Permission.SEE_YEAR,
    "verdeling": Permission.SEE_DISTRIBUTION,
    "afspraak/vergelijken": Permission.SEE_AGREEMENT,
    "afspraak/prikkels": Permission.SEE_AGREEMENT,
}
FORMS = {"csv": "text/csv", "svg": "image/svg+xml", "png": "image/png"}


def charts_of(text):
    """Address of the definition → the figure, in the order of the page."""
    found = re.findall(r'<figure id="[^"]+" data-chart="([^"]+)">(.*?)</figure>', text, re.DOTALL)
    assert len(found) == text.count("<figure")
    return {html.unescape(address): figure for address, figure in found}


def definition(client, page, address):
    answer = client.get(f"/2026/{page}{address}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), (page, address)
    assert "no-store" in answer["Cache-Control"]
    return answer.json()


@pytest.mark.parametrize("language", list(Language))
def test_every_page_with_charts_says_where_a_browser_gets_them(desk, language):
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = language.value
    for page in PAGES:
        text = text_of(client, page)
        charts = charts_of(text)
        assert charts, page
        assert text.count('<script type="module" src="/static/web/charts.js">') == 1, page
        for address, figure in charts.items():
            found = definition(client, page, address)
            assert {name: found[name] for name in ("number", "time")} == locale(language)
            spec = json.dumps(found["spec"])
            assert "tooltip" in spec, address
            assert "http" not in spec  # nothing is fetched for it
            told = re.search(r'<div class="drawn" role="img" aria-label="([^"]+)"', figure).group(1)
            assert html.unescape(told)[:20] not in spec  # the words stand on the page already


def test_a_chart_can_be_taken_along(desk):
    client = client_of(CONTROLLER)
    (address, figure), *_ = charts_of(text_of(client, "afrekening")).items()
    for form, kind in FORMS.items():
        link = address.replace(".json", f".{form}")
        assert f'href="{html.escape(link)}" download' in figure
        answer = client.get(f"/2026/afrekening{link}")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        assert answer["Content-Disposition"] == f'attachment; filename="over-onder.{form}"'
        assert answer.content == client.get(f"/2026/afrekening{link}").content
    (picture,) = [one for one in drawn_settlement() if one.file == "over-onder.csv"]
    taken = {form: client.get(f"/2026/afrekening{address.replace('.json', f'.{form}')}").content for form in FORMS}
    assert taken["csv"] == base64.b64decode(picture.csv.partition(",")[2])
    assert taken["png"].startswith(b"\x89PNG")
    drawn = taken["svg"].decode()
    assert drawn.startswith("<svg")
    for words in (picture.title.split()[0], "Bron", *(one.name for one in dossier().case.groups)):
        assert words in drawn, words  # a picture by itself says what it is and where it comes from


def drawn_settlement():
    from puntlanding.stage import Stage
    from puntlanding.web.desk.models import Kind, Version
    from puntlanding.web.pages.stages import stage_figures
    from puntlanding.web.presenters.scope import EVERYTHING

    found = Version.objects.filter(kind=Kind.SETTLEMENT).latest("number")
    return stage_figures(found, dossier(), Stage.SETTLE, EVERYTHING)


def test_a_picture_to_keep_is_the_one_that_the_command_line_makes(desk):
    from puntlanding.charts.over_under import over_under
    from puntlanding.language.sentences import visible
    from puntlanding.web.presenters.figures import as_svg

    own = dossier()
    (kept,) = [one for one in drawn_settlement() if one.file == "over-onder.csv"]
    assert as_svg(kept).decode() == over_under(own.year.settlement, visible(own.source), own.language).svg()


def test_what_was_asked_stays_asked(desk):
    """A chart of a page that was asked something is a chart of exactly that page."""
    client = client_of(CONTROLLER)
    (address,) = charts_of(text_of(client, "afspraak/vergelijken?naast=soorten"))
    assert address == "?naast=soorten&beeld=beeld-vergelijking-1.json"
    assert definition(client, "afspraak/vergelijken", address)["spec"]


@pytest.mark.parametrize(
    "asks", ["", "x", ".json", "beeld-settle-1", "beeld-settle-1.exe", "beeld-settle-99.json", "../../db.sqlite3.csv", "beeld-budget-1.json"]
)  # fmt: skip
def test_what_is_not_on_the_page_is_not_there(desk, asks):
    assert client_of(CONTROLLER).get("/2026/afrekening", {"beeld": asks}).status_code == 404
    assert client_of(CONTROLLER).get("/2026/akkoord", {"beeld": asks}).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_every_chart_is_of_the_sight_of_who_asks(desk, role):
    """What others may take is asked for by each: there where the own page has it, and else as the page refuses."""
    addresses = {page: list(charts_of(text_of(client_of(CONTROLLER), page))) for page in PAGES}
    client, rule = client_of(role), RULES[role]
    groups = dossier().groups
    for page, permission in PAGES.items():
        allowed = permission in rule.permissions
        own = list(charts_of(text_of(client, page))) if allowed else []
        for address in {*addresses[page], *own}:
            for form in ("json", "csv"):
                answer = client.get(f"/2026/{page}{address.replace('.json', f'.{form}')}")
                expected = 200 if address in own else 404 if allowed else 403
                assert answer.status_code == expected, (page, address)
                if expected == 200 and Permission.SEE_DISTRIBUTION not in rule.permissions:
                    drawn = json.dumps(answer.json()["spec"], ensure_ascii=False) if form == "json" else said(answer)
                    assert "€" not in drawn, (page, address)
                if expected == 200 and rule.detail is Detail.OWN:
                    others = [name for name in groups if name != OWN and name in said(answer)]
                    assert others == [], (page, address)


def said(answer):
    return (
        json.dumps(answer.json(), ensure_ascii=False) if "json" in answer["Content-Type"] else answer.content.decode()
    )


def everything(client, pages, root="/2026/", forms=("json", "csv", "svg")):
    """All that can be taken of the charts that this reader has."""
    found = {}
    for page in pages:
        for address in charts_of(client.get(f"{root}{page}").content.decode()):
            for form in forms:
                answer = client.get(f"{root}{page.partition('?')[0]}{address.replace('.json', f'.{form}')}")
                assert answer.status_code == 200
                found[page, address, form] = without_versions(said(answer))
    return found


@pytest.mark.parametrize("role", [Role.GROUP_REPRESENTATIVE, Role.SPECIALIST])
def test_no_number_of_another_group_is_in_what_is_drawn(desk, role):
    """Give two other groups each other's numbers: what this reader can take does not differ by a byte."""
    files, pairs = COLLECTIVES["products"]
    seen = {role: [], CONTROLLER: []}
    for one in (files(), swapped(files(), *pairs)):
        for kind in ("budget", "settlement"):
            add(kind, one)
        for who in seen:
            forms = ("json", "csv", "svg") if who is role else ("json",)
            seen[who].append(
                everything(client_of(who), ("begroting", "volgen", "afrekening", "verdeling"), forms=forms)
            )
    first, second = seen[role]
    assert first == second
    assert len(first) >= 9
    assert seen[CONTROLLER][0] != seen[CONTROLLER][1]  # what the above trusts in


def test_the_chart_of_a_result_that_was_kept_answers_as_well(desk):
    from puntlanding.web.pages.charts import charts_in
    from puntlanding.web.work.simulation import page

    kept = {"figures": [asdict(one) for one in drawn_settlement()]}
    found = page(None, lambda name: json.dumps(kept).encode(), Language.DUTCH)
    assert tuple(charts_in(found.context)) == drawn_settlement()


HOSPITAL, YEAR = "ziekenhuis-01", 2025


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    root = tmp_path_factory.mktemp("beelden") / "demo"
    assert run("demo", "store", root, "--hospitals", 1, "--scale", "0.01").status == 0
    return root / "opslag"


def test_the_forecast_is_drawn_of_what_its_reader_may_see(desk, records):
    from puntlanding.web.actions.sources import choose_source
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year

    access, root, told = access_as(CONTROLLER), f"/{YEAR}/", ("json", "csv")
    case = {one.name: one.read_text(encoding="utf-8") for one in (records / HOSPITAL / f"case-{YEAR}").iterdir()}
    seen = {CONTROLLER: [], Role.SPECIALIST: []}
    for files in (case, swapped(case, ("KNO", "Heelkunde"))):
        add_version(access, open_year(access, YEAR), "budget", {name: text.encode() for name, text in files.items()})
        choose_source(access.collective, YEAR, records, HOSPITAL, date(YEAR, 8, 31))
        for role in seen:
            seen[role].append(everything(client_of(role), ("volgen",), root, told))
    groups = [line.split(";")[0] for line in case["vakgroepen.csv"].splitlines()[1:]]
    whole, other = seen[CONTROLLER]
    assert whole != other
    assert all(any(name in text for text in whole.values()) for name in groups)
    own, again = seen[Role.SPECIALIST]
    assert own == again
    assert len(own) == 8
    for (_, address, form), text in own.items():
        assert [name for name in groups if name in text and name != OWN] == [], (address, form)
    others = next(number for number, name in enumerate(groups, start=1) if name != OWN)
    asked = {"vakgroep": others, "beeld": "beeld-prognose-vakgroep-1.json"}
    assert client_of(Role.SPECIALIST).get(f"{root}volgen", asked).status_code == 404
    assert client_of(CONTROLLER).get(f"{root}volgen", asked).json()["spec"]


def test_what_was_kept_before_charts_could_answer_is_still_shown(desk):
    """A simulation that was made by an earlier version of the program has no definition of its chart."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory

    from puntlanding.web.presenters.figures import Drawn, as_svg, figures_from

    old = {name: value for name, value in asdict(drawn_settlement()[0]).items() if name not in ("name", "language", "definition")}  # fmt: skip
    (found,) = figures_from([old])
    assert isinstance(found, Drawn)
    text = render_to_string("web/figure.html", {"one": found, "nl": True, "request": RequestFactory().get("/")})
    assert "data-chart" not in text
    assert f'download="{found.file}"' in text
    assert found.svg in text
    with pytest.raises(ValueError, match="without its definition"):
        as_svg(found)
    assert as_svg(replace(drawn_settlement()[0], language="en"))


def test_the_library_is_ours_and_stays_good(desk):
    from django.test import Client

    from puntlanding.web import vega

    client = Client()  # it tells of nobody, so nobody need be known
    name = vega._future().result(60).name
    assert re.fullmatch(rf"vega-{re.escape(version('vl-convert-python'))}-[0-9a-f]{{16}}\.js", name)
    assert vega.address() == f"/tekenen/{name}"
    plain = client.get(vega.address())
    packed = client.get(vega.address(), headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert b"window.vegaEmbed=" in plain.content
    assert len(packed.content) < 350_000
    for answer in (plain, packed):
        assert answer["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in answer["Vary"]
        assert not answer.cookies
    assert client.get("/tekenen/vega-0-0000000000000000.js").status_code == 404
    assert client.get("/tekenen/..%2Fdb.sqlite3").status_code == 404
    assert client.post(vega.address()).status_code == 405


def test_a_script_that_somebody_put_in_the_folder_is_not_sent(desk):
    from django.conf import settings

    from puntlanding.web import vega

    good = vega._library()
    (kept,) = settings.DATA.glob("cache/*/*/tekenen.js.gz")
    evil = bytes(32) + gzip.compress(b"alert(1)")
    write_whole({kept: hashlib.sha256(evil).digest() + evil})
    assert vega._library() == good


def test_the_policy_lets_no_text_become_a_program(desk):
    policy = client_of(CONTROLLER).get("/2026/afrekening")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "unsafe-eval" not in policy
