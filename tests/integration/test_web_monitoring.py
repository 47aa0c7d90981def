"""Monitoring below the total: groups, their products, events and what they do, earlier days; the same as the command line tells."""

from __future__ import annotations

import html
import json
import re
import shutil
import threading
from datetime import date

import pytest
from command import run
from test_web_outlook import CONTROLLER, DAY, HOSPITAL, OWN, REPRESENTATIVE, YEAR, add, case_of, choose, records
from test_web_pages import plain, swapped, without_versions

from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.forecast.signals import since
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language, day
from puntlanding.report.outlook_words import decimal
from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

__all__ = ["records"]  # the store is made once, by the fixture of the neighbouring module
FORM = {"van": "2025-10-01", "tot": "2025-11-30", "vakgroep": OWN, "capaciteit": "62,5", "reden": "verbouwing <poli> 3"}
EVENT = Event(date(2025, 10, 1), date(2025, 11, 30), OWN, 62.5, "verbouwing <poli> 3")
EVENTS = f"/{YEAR}/gebeurtenissen"


@pytest.fixture
def linked(desk, records):
    add(case_of(records))
    choose(records)
    return records


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def number_of(records, name):
    lines = case_of(records)["vakgroepen.csv"].splitlines()[1:]
    return [line.split(";")[0] for line in lines].index(name) + 1


def group(records, name, **more):
    asked = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/{YEAR}/volgen?vakgroep={number_of(records, name)}{asked}"


def forecast_of(records, day_=DAY, **more):
    return linked_outlook(ForecastAsked(records, HOSPITAL, YEAR, day_, **more))


def table(text, caption):
    body = text.partition(f'aria-label="{caption}"')[2].partition("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {
        plain(name): [plain(cell) for cell in re.findall(r"<td.*?>(.*?)</td>", cells, re.DOTALL)]
        for name, cells in found
    }


@pytest.mark.parametrize(("code", "language", "caption"), [("nl", Language.DUTCH, "Per zorgproduct"), ("en", Language.ENGLISH, "By product")])  # fmt: skip
def test_a_group_s_products_add_up_to_the_group(linked, code, language, caption):
    found = forecast_of(linked, below=True)
    row = next(one for one in found.outlook.rows if one.name == OWN)
    client = client_of(CONTROLLER)
    client.cookies["django_language"] = code
    told = table(page(client, group(linked, OWN)), caption)
    total = told.pop(("Totaal", "Total")[code == "en"])
    parts = found.below.groups[OWN].products
    assert set(told) == {one.piece.code for one in parts}
    assert total[0] == decimal(float(row.beside.budget), 1, language)
    assert total[5] == decimal(row.beside.estimate.forecast, 1, language)
    differences = [one.piece.forecast - one.budget for one in parts]
    assert next(iter(told)) == max(zip(map(abs, differences), (one.piece.code for one in parts), strict=True))[1]


def test_who_asks_for_a_talk_and_since_when(linked):
    outlook = forecast_of(linked).outlook
    text = page(client_of(CONTROLLER), f"/{YEAR}/volgen")
    assert len(outlook.signals) > 2
    assert re.search(r"<h2>\w+ vakgroepen vragen een gesprek\.</h2>", text)
    for row in outlook.signals:
        first = since(row.fan, float(row.beside.budget))
        assert f">{row.name}</a>: " in text
        assert f"zo bekend sinds {day(first, Language.DUTCH)}" in text
    assert "Om over te praten" not in text.partition("<h2>")[0]


def test_since_is_the_last_unbroken_run():
    from puntlanding.forecast.result import Estimate, FanPoint

    def point(month, hours):
        return FanPoint(date(2025, month, 28), Estimate(0, hours, 0.0, 1.0))

    course = (point(1, 120.0), point(2, 100.0), point(3, 120.0), point(4, 130.0))
    assert since(course, 100.0) == date(2025, 3, 28)
    assert since(course[:2], 100.0) is None
    assert since((*course, point(5, 80.0)), 100.0) == date(2025, 5, 28)
    assert since((), 100.0) is None


def test_every_number_is_explained(linked):
    outlook, client = forecast_of(linked).outlook, client_of(CONTROLLER)
    row = next(one for one in outlook.rows if one.name == OWN)
    at = number_of(linked, OWN)
    text = page(client, f"/{YEAR}/volgen")
    for key in (
        "p_verhouding",
        "p_interval",
        "p_kans",
        "p_afgesloten",
        "p_onderhanden",
        "p_nog_te_openen",
        "p_prognose",
    ):
        for mark in (at, 0):
            asks = f"{mark}.{key}"
            assert f"?uitleg={asks}#uitleg-prognose" in text
            told = (
                page(client, f"/{YEAR}/volgen?uitleg={asks}")
                .partition('id="uitleg-prognose"')[2]
                .partition("</aside>")[0]
            )
            assert '<ul class="tree">' in told, asks
    told = page(client, f"/{YEAR}/volgen?uitleg={at}.p_prognose").partition('id="uitleg-prognose"')[2]
    for hours in (row.beside.estimate.closed_hours, row.beside.estimate.in_flight, row.beside.estimate.to_open):
        assert f'<span class="value">{decimal(hours, 1, Language.DUTCH)}</span>' in told
    for wrong in ("99.p_prognose", "x", f"{at}.p_anders"):
        assert '<ul class="tree">' not in page(client, f"/{YEAR}/volgen?uitleg={wrong}")


def test_who_sees_one_group_gets_the_page_of_no_other(desk, records):
    """Give two other groups each other's records: what this reader can ask may differ by no byte, and theirs is not there."""
    files, client, seen = case_of(records), client_of(REPRESENTATIVE), []
    other = number_of(records, "KNO")
    for one in (files, swapped(files, ("KNO", "Heelkunde"))):
        add(one)
        choose(records)
        pages = [group(records, OWN), f"/{YEAR}/volgen?uitleg=0.p_prognose", f"/{YEAR}/volgen?uitleg=0.p_kans", EVENTS]
        seen.append([without_versions(page(client, address)) for address in pages])
        assert client.get(f"/{YEAR}/volgen?vakgroep={other}").status_code == 404
        assert '<ul class="tree">' not in page(client, f"/{YEAR}/volgen?uitleg={other}.p_prognose")
    assert seen[0] == seen[1]
    assert "andere vakgroepen samen" in seen[0][1]
    assert "KNO" not in "".join(seen[0])


def test_an_event_counts_and_the_command_line_says_the_same(linked, tmp_path):
    client = client_of(CONTROLLER)
    before = page(client, f"/{YEAR}/volgen")
    answer = client.post(EVENTS, FORM)
    assert (answer.status_code, answer["Location"]) == (302, EVENTS)
    text = page(client, EVENTS)
    found = forecast_of(linked, events=(EVENT,), below=True)
    without = found.outlook.total.share(found.below.events[0].total)
    assert f"zonder deze gebeurtenis {decimal(without * 100, 1, Language.DUTCH)} %" in text
    assert "&lt;poli&gt;" in client.get(EVENTS).content.decode()
    after = page(client, f"/{YEAR}/volgen")
    assert before != after
    ratio = decimal(found.outlook.total.ratio * 100, 1, Language.DUTCH)
    assert f"De prognose is {ratio} % van de begroting" in after
    folder = tmp_path / "case"
    shutil.copytree(linked / HOSPITAL / f"case-{YEAR}", folder)
    (folder / "gebeurtenissen.csv").write_bytes(client.get(f"{EVENTS}.csv").content)
    told = run("forecast", folder, "--store", linked, "--hospital", HOSPITAL, "--as-of", DAY, "--json")
    assert told.status == 0, told
    record = json.loads(told.out)
    assert record["gebeurtenissen"] == [
        {"van": "2025-10-01", "tot": "2025-11-30", "vakgroep": OWN, "capaciteit": "0.625000", "reden": EVENT.reason}
    ]
    assert record["totaal"]["prognose"] == f"{found.outlook.total.estimate.forecast:.6f}"
    own = next(one for one in record["vakgroepen"] if one["vakgroep"] == OWN)
    assert f">{decimal(float(own['verhouding']) * 100, 1, Language.DUTCH)}</a>" in after


def test_an_event_in_the_files_counts_beside_those_said_here(desk, records):
    listed = "van;tot;vakgroep;capaciteit;reden\n2025-12-01;2025-12-31;alle;0,9;feestdagen\n"
    add(case_of(records) | {"gebeurtenissen.csv": listed})
    choose(records)
    client = client_of(CONTROLLER)
    client.post(EVENTS, FORM)
    text = page(client, EVENTS)
    assert "In de bestanden van de versie" in text
    assert "Gebeurtenissen" not in text.partition("<h1>")[0]
    assert "2 gebeurtenissen tellen mee" in text
    lines = client.get(f"{EVENTS}.csv").content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        "2025-12-01;2025-12-31;alle;0,9;feestdagen",
        f"2025-10-01;2025-11-30;{OWN};0,625;{EVENT.reason}",
    ]
    both = (Event(date(2025, 12, 1), date(2025, 12, 31), None, 90.0, "feestdagen"), EVENT)
    outlook = forecast_of(records, events=both).outlook
    assert f"De prognose is {decimal(outlook.total.ratio * 100, 1, Language.DUTCH)} %" in page(
        client, f"/{YEAR}/volgen"
    )


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(linked):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import PlannedEvent

    client, lines = client_of(CONTROLLER), verified().lines
    wrong = FORM | {"tot": "2025-09-30", "capaciteit": "veel", "reden": "<b>omdat</b>"}
    answer = client.post(EVENTS, wrong)
    text = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "Er is nog niets vastgelegd." in text
    assert "Dit is geen percentage. Schrijf bijvoorbeeld 80 of 62,5" in text
    assert 'value="2025-09-30"' in text
    assert 'value="veel"' in text
    assert "&lt;b&gt;omdat" in answer.content.decode()
    assert text.count('aria-invalid="true"') == 2
    for values in ({"capaciteit": "62.5"}, {"capaciteit": "301"}, {"capaciteit": "62,555"}, {"vakgroep": "Elders"}, {"reden": ""}, {"reden": "x" * 301}, {"van": ""}):  # fmt: skip
        assert client.post(EVENTS, FORM | values).status_code == 422, values
    assert not PlannedEvent.objects.exists()
    assert verified().lines == lines
    english = client_of(CONTROLLER)
    english.cookies["django_language"] = "en"
    assert english.post(EVENTS, FORM).status_code == 422  # 62,5 is no number there
    assert english.post(EVENTS, FORM | {"capaciteit": "62.5"}).status_code == 302


def test_saying_it_otherwise_and_taking_it_back_leaves_every_row(any_desk):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import PlannedEvent

    client, address = client_of(CONTROLLER), "/2026/gebeurtenissen"
    form = FORM | {"van": "2026-10-01", "tot": "2026-11-30"}
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 422  # sent twice counts once
    one = f"{address}/1"
    assert client.post(one, form | {"capaciteit": "80"}).status_code == 302
    assert client.post(one, form | {"capaciteit": "80", "reden": ""}).status_code == 422
    assert client.get(one).content.decode().count('value="80"') == 1
    assert client.post(one, {"what": "end"}).status_code == 302
    assert client.get(one).status_code == 404
    assert client.post(one, {"what": "end"}).status_code == 404
    rows = list(PlannedEvent.objects.order_by("pk").values_list("number", "capacity", "ended", "replaces__capacity"))
    assert rows == [(1, 6250, False, None), (1, 8000, False, 6250), (1, 8000, True, 8000)]
    log = html.unescape(client.get("/logboek").content.decode())
    for words in ("voegde voor 2026 gebeurtenis 1 toe: 1 oktober 2026 tot en met 30 november 2026, Cardiologie, 62,5 %", "veranderde gebeurtenis 1 van 2026", "nam gebeurtenis 1 van 2026 terug"):  # fmt: skip
        assert words in log, words
    assert "Wat niet meer telt" in client.get(address).content.decode()
    assert verified().broken is None
    assert client.post(address, form).status_code == 302
    assert client.get(f"{address}/2").status_code == 200


@pytest.mark.parametrize("statement", ["UPDATE desk_plannedevent SET capacity = 1", "DELETE FROM desk_plannedevent"])
def test_the_database_changes_no_event(any_desk, statement):
    from django.db import DatabaseError, connection, transaction

    import web_planned

    web_planned.sample()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_of_two_who_change_it_at_once_one_is_told(any_desk):
    """Both opened the page before either sent it."""
    from puntlanding.problems import InputError
    from puntlanding.web.actions.planned_events import add_event, change_event, checked, end_event
    from puntlanding.web.desk.models import Year

    access = access_as(CONTROLLER)
    row = {"van": "2026-10-01", "tot": "2026-11-30", "vakgroep": OWN, "reden": "x"}
    made = add_event(access, Year.objects.get(year=2026), checked(row | {"capaciteit": 1}, [OWN]))
    change_event(access, made, checked(row | {"capaciteit": 2}, [OWN]))
    for late in (
        lambda: end_event(access, made),
        lambda: change_event(access, made, checked(row | {"capaciteit": 3}, [OWN])),
    ):
        with pytest.raises(InputError) as told:
            late()
        assert [one.code for one in told.value.problems] == ["event_not_last"]


def test_two_at_the_same_moment_on_real_connections(any_desk):
    from django.db import connection

    from puntlanding.problems import InputError
    from puntlanding.web.actions.planned_events import add_event, checked, end_event
    from puntlanding.web.desk.models import PlannedEvent, Year

    access, found = access_as(CONTROLLER), []
    row = {"van": "2026-10-01", "tot": "2026-11-30", "vakgroep": OWN, "reden": "x", "capaciteit": 1}
    made = add_event(access, Year.objects.get(year=2026), checked(row, [OWN]))
    together = threading.Barrier(2)

    def end():
        together.wait()
        try:
            end_event(access, made)
            found.append("ended")
        except InputError as error:
            found.append(error.problems[0].code)
        finally:
            connection.close()

    both = [threading.Thread(target=end) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(found) == ["ended", "event_not_last"]
    assert PlannedEvent.objects.count() == 2


@pytest.mark.parametrize("role", [Role.GROUP_REPRESENTATIVE, Role.SPECIALIST])
def test_events_of_others_are_not_there_for_who_sees_one_group(linked, role):
    client, own = client_of(CONTROLLER), client_of(role)
    client.post(EVENTS, FORM | {"vakgroep": "KNO", "reden": "stilte"})
    client.post(EVENTS, FORM | {"vakgroep": "", "reden": "samen"})
    client.post(EVENTS, FORM)
    text = (
        page(own, EVENTS)
        + page(own, f"/{YEAR}/volgen")
        + page(own, group(linked, OWN))
        + own.get(f"{EVENTS}.csv").content.decode()
    )
    assert "stilte" not in text
    assert "KNO" not in text
    assert "samen" in text
    assert EVENT.reason in text
    assert own.get(f"{EVENTS}/1").status_code == 404
    lines = own.get(f"/{YEAR}/prognose.csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [line.split(";")[:2] for line in lines] == [[OWN, "vakgroep"], ["", "totaal"]]
    assert own.post(f"{EVENTS}/3", FORM).status_code == 403
    assert own.post(EVENTS, FORM).status_code == 403
    assert "Toevoegen" not in page(own, EVENTS)


def test_looking_back_is_the_forecast_as_of_that_day(linked):
    client = client_of(CONTROLLER)
    text = page(client, f"/{YEAR}/volgen")
    offered = re.findall(r'<option value="(.*?)"', text.partition('name="bekend"')[2])
    assert offered[0] == ""
    assert offered[1:4] == ["2025-07-31", "2025-06-30", "2025-05-31"]
    earlier = forecast_of(linked, date(2025, 5, 31)).outlook
    back = page(client, f"/{YEAR}/volgen?bekend=2025-05-31")
    assert "zoals bekend op 31 mei 2025" in back
    assert f"De prognose is {decimal(earlier.total.ratio * 100, 1, Language.DUTCH)} %" in back
    assert "Dit is een terugblik." in back
    assert "bekend=2025-05-31#uitleg-prognose" in back
    own = next(one for one in earlier.rows if one.name == OWN).beside
    assert f"De prognose is {decimal(own.ratio * 100, 1, Language.DUTCH)} %" in page(
        client, group(linked, OWN, bekend="2025-05-31")
    )
    for wrong in ("2025-05-30", "2025-12-31", "gisteren"):
        assert client.get(f"/{YEAR}/volgen?bekend={wrong}").status_code == 404, wrong


def test_what_takes_long_does_not_hold_up_the_page(linked, monkeypatch):
    """The page comes at once and says that the forecast is coming; then it is there."""
    from django.test import override_settings

    from puntlanding.web.desk import outlooks

    slow, real = threading.Event(), outlooks.linked_outlook
    monkeypatch.setattr(outlooks, "linked_outlook", lambda asked: (slow.wait(30), real(asked))[1])
    client = client_of(CONTROLLER)
    client.post(EVENTS, FORM | {"reden": "traag"})  # so that nothing of it is kept
    with override_settings(OUTLOOK_PATIENCE=0.05):
        for address in (f"/{YEAR}/volgen", f"/{YEAR}/", EVENTS):
            text = page(client, address)
            assert "De prognose wordt nu berekend" in text, address
            assert f'hx-get="{address}"' in text
    slow.set()
    assert "Waar de prognose op rust" in page(client, f"/{YEAR}/volgen")


def test_another_process_finds_it_on_disk(linked, desk, monkeypatch):
    from puntlanding.web.cached import Recent
    from puntlanding.web.desk import outlooks

    client = client_of(CONTROLLER)
    client.post(EVENTS, FORM | {"reden": "bewaard"})
    page(client, EVENTS)  # what was done is told once
    first = page(client, f"/{YEAR}/volgen")
    monkeypatch.setattr(outlooks, "_recent", Recent(4))

    def never(_asked):
        raise AssertionError("worked out again")

    monkeypatch.setattr(outlooks, "linked_outlook", never)
    assert without_versions(page(client, f"/{YEAR}/volgen")) == without_versions(first)
    (kept,) = [one for one in (desk / "cache").rglob("verwachting-*") if b"bewaard" in one.read_bytes()]
    content = json.loads(kept.read_bytes()[32:])
    assert set(content) == {"outlook", "below", "problems", "source"}
    kept.write_bytes(b"beschadigd")
    monkeypatch.setattr(outlooks, "_recent", Recent(4))
    with pytest.raises(AssertionError, match="worked out again"):
        client.get(f"/{YEAR}/volgen")


def test_a_kept_forecast_is_the_forecast(linked):
    from puntlanding.web.desk.kept_outlooks import Told, as_bytes, from_bytes

    found = forecast_of(linked, events=(EVENT,), below=True)
    told = Told(found.outlook, found.below, found.problems, ("bron", "source"))
    assert from_bytes(as_bytes(told)) == told
