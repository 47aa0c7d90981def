"""The forecast with its bounds on the pages: the engine's numbers, nobody else's detail, and without records what is missing."""

from __future__ import annotations

import html
import re
import shutil
from datetime import date
from fractions import Fraction

import pytest
from command import run
from test_web_pages import plain, swapped, text_of, without_versions

from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.forecast.bridge import STEPS
from puntlanding.language.notation import Language, number
from puntlanding.report.outlook_basis import method_lines
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import landing_sentence
from puntlanding.report.outlook_words import decimal
from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER, REPRESENTATIVE = Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE
HOSPITAL, YEAR, DAY, OWN = "ziekenhuis-01", 2025, date(2025, 8, 31), "Cardiologie"
PAGES = ("", "volgen", "begroting")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    root = tmp_path_factory.mktemp("records") / "demo"
    assert run("demo", "store", root, "--hospitals", 1, "--scale", "0.01").status == 0
    return root / "opslag"


def case_of(records):
    return {one.name: one.read_text(encoding="utf-8") for one in (records / HOSPITAL / f"case-{YEAR}").iterdir()}


def add(files, kind="budget"):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year

    access = access_as(CONTROLLER)
    return add_version(access, open_year(access, YEAR), kind, {name: text.encode() for name, text in files.items()})


def choose(store, day=DAY):
    from puntlanding.web.actions.sources import choose_source

    return choose_source(access_as(CONTROLLER).collective, YEAR, store, HOSPITAL, day)


@pytest.fixture
def linked(desk, records):
    add(case_of(records))
    choose(records)
    return records


def text_of_year(client, page):
    answer = client.get(f"/{YEAR}/{page}", follow=True)
    assert answer.status_code == 200, page
    return answer.content.decode()


def rows(text):
    body = text.partition('class="sortable outlook"')[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {
        plain(name): [plain(cell).replace("\u00a0", " ") for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in found
    }  # fmt: skip


@pytest.mark.parametrize(("code", "language"), [("nl", Language.DUTCH), ("en", Language.ENGLISH)])
def test_the_pages_say_what_the_forecast_says(linked, code, language):
    outlook = linked_outlook(ForecastAsked(linked, HOSPITAL, YEAR, DAY)).outlook
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    for page in ("", "volgen"):
        text = text_of_year(client, page)
        told = rows(text)
        assert len(told) == len(outlook.rows) + 1
        for row in outlook.rows:
            budget, forecast, ratio, _, chance, _, need = told[row.name]
            assert budget == number(row.beside.budget, 0, language)
            assert forecast == decimal(row.beside.estimate.forecast, 0, language)
            assert ratio == decimal(row.beside.ratio * 100, 1, language)
            assert chance == f"{row.beside.chances.whole_percents[1]} %"
            assert need == ("" if row.beside.signal is None else need_text(row, language))
        assert landing_sentence(outlook.total, outlook.band, language) in html.unescape(text).replace("\u00a0", " ")
    assert text.count("<figure") == 3  # its course, its parts, the chances
    bridge = outlook.total_bridge
    for steps in (bridge.before, bridge.now):
        assert f"<td>{number(Fraction(steps, STEPS), 2, language)}</td>" in text
    assert text.partition('class="strip"')[2].partition("</table>")[0].count("<tr") == len(outlook.strip)
    for line in method_lines(outlook, language):
        assert line.replace("\n", " ") in html.unescape(text).replace("\u00a0", " ")


@pytest.mark.parametrize("role", [Role.GROUP_REPRESENTATIVE, Role.SPECIALIST])
def test_who_sees_one_group_sees_nothing_of_another_in_the_forecast(desk, records, role):
    """Give two other groups each other's records: nothing that this reader can open may differ by a byte."""
    files, client, seen = case_of(records), client_of(role), []
    for one in (files, swapped(files, ("KNO", "Heelkunde"))):
        add(one)
        choose(records)
        seen.append({page: without_versions(text_of_year(client, page)) for page in PAGES})
    first, second = seen
    for page, text in first.items():
        assert text == second[page], page
    assert set(rows(first["volgen"])) == set(rows(first[""])) == {OWN, "Totaal"}
    assert first["volgen"].count("<figure") == 4  # the own course as well
    groups = [line.split(";")[0] for line in files["vakgroepen.csv"].splitlines()[1:]]
    everything = html.unescape(" ".join(first.values()))
    for group in groups:
        assert (group in everything) == (group == OWN), group


def test_the_swap_would_show(desk, records):
    """What the test above trusts in."""
    files, client, seen = case_of(records), client_of(CONTROLLER), []
    for one in (files, swapped(files, ("KNO", "Heelkunde"))):
        add(one)
        choose(records)
        seen.append(rows(text_of_year(client, "volgen")))
    before, after = seen
    assert before["KNO"] == after["Heelkunde"] != after["KNO"]
    assert before["Totaal"] == after["Totaal"]
    assert before[OWN] == after[OWN]


def test_what_was_signed_does_not_move_with_the_records(linked):
    from puntlanding.web.desk.models import Version

    before = Version.objects.get(year__year=YEAR).content_hash
    client = client_of(CONTROLLER)
    assert "zoals bekend op 31 augustus 2025" in text_of_year(client, "")
    choose(linked, None)
    assert "zoals bekend op 31 augustus 2025" not in text_of_year(client, "")
    assert Version.objects.get(year__year=YEAR).content_hash == before


def test_without_records_the_page_says_so(desk, records):
    said = (("nl", "geen kans op landen", ">Gegevens</a>"), ("en", "no chance of landing", ">Data</a>"))
    for language, words, where in said:
        client = client_of(CONTROLLER)
        client.cookies["django_language"] = language
        text = text_of(client, "volgen")
        assert words in text
        assert where in text
    add(case_of(records))
    text = text_of_year(client_of(CONTROLLER), "volgen")
    assert ">Gegevens</a>" in text
    assert "Wat nu:" in text


def test_records_that_are_gone_are_told_to_who_may_know(desk, records, tmp_path):
    place = tmp_path / "opslag"
    shutil.copytree(records, place)
    add(case_of(records))
    choose(place)
    assert "80 %-interval" in text_of_year(client_of(CONTROLLER), "volgen")
    shutil.rmtree(place)
    assert "opslag" in text_of_year(client_of(CONTROLLER), "volgen")
    told = text_of_year(client_of(REPRESENTATIVE), "volgen")
    assert "Daarvoor ontbreken nog gegevens" in told
    assert str(place) not in told


def test_records_are_chosen_by_command(desk, records, capsys):
    from puntlanding.problems import InputError
    from puntlanding.web import commands
    from puntlanding.web.desk.models import Source, Version
    from puntlanding.web.manage import _parser

    def choose_by(*words):
        asked = _parser().parse_args(["records", str(records), "--collective", "MSB Voorbeeld", *map(str, words)])
        return commands.records(asked, Language.DUTCH)

    with pytest.raises(InputError) as told:
        choose_by("--year", YEAR, "--hospital", HOSPITAL)
    assert [one.code for one in told.value.problems] == ["year_not_open"]
    with pytest.raises(InputError) as told:
        choose_by("--year", 2026, "--hospital", "ziekenhuis-02")
    assert [one.code for one in told.value.problems] == ["linked_hospital"]
    assert not Source.objects.exists()
    add(case_of(records))
    for words in ((), ("--as-of", DAY)):
        assert choose_by("--year", YEAR, "--hospital", HOSPITAL, *words) == 0
    assert Source.objects.get().as_of == DAY
    kept = [one.parent.name for one in (desk / "cache").rglob("verwachting-*")]
    assert Version.objects.get(year__year=YEAR).snapshot in kept  # worked out at once: the first reader does not wait
    assert "registratie van ziekenhuis-01" in capsys.readouterr().out
    log = client_of(CONTROLLER).get("/logboek").content.decode()
    assert log.count("koppelde 2025 aan de registratie van ziekenhuis-01") == 2
    assert str(records) not in log
