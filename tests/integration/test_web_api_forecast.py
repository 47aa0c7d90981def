"""The forecast for programs: the figures of the command line and no others, of any day and version that can be looked at."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from test_web_api import ask, secret_of, sentence_of
from test_web_monitoring import EVENT, EVENTS, FORM, HOSPITAL, OWN, YEAR, add, case_of, choose, client_of, records

from puntlanding.case.linked_forecast import ForecastAsked, linked_outlook
from puntlanding.report.outlook_record import as_record
from puntlanding.web.rules import Role

pytestmark = pytest.mark.integration

__all__ = ["records"]
JSON = f"/api/v1/jaren/{YEAR}/prognose.json"
CONTROLLER = Role.COLLECTIVE_CONTROLLER


@pytest.fixture
def linked(desk, records):
    add(case_of(records))
    choose(records)
    return records


def of(records, day=date(2025, 8, 31), **more):
    return linked_outlook(ForecastAsked(records, HOSPITAL, YEAR, day, **more))


def test_every_form_says_what_the_command_line_says(linked):
    secret = secret_of(Role.AUDITOR)
    found = as_record(of(linked).outlook)
    told = ask(JSON, secret).json()
    assert {name: told[name] for name in found} == found
    assert {one["vakgroep"] for one in told["onderverdeling"]} == {
        one["vakgroep"] for one in found["vakgroepen"] if one["rol"] == "poort"
    }
    parts = next(one for one in told["onderverdeling"] if one["vakgroep"] == OWN)["zorgproducten"]
    own = next(one for one in found["vakgroepen"] if one["vakgroep"] == OWN)
    assert sum(round(float(one["begroting"]), 6) for one in parts) == pytest.approx(float(own["begroting"]), abs=1e-4)
    lines = list(
        csv.DictReader(io.StringIO(ask(JSON.replace("json", "csv"), secret, "en").content.decode("utf-8-sig")))
    )
    total = lines[-1]
    assert (total["rij"], total["vakgroep"], total["prognose"]) == ("totaal", "", found["totaal"]["prognose"])
    assert total["laag_80"] == found["totaal"]["interval_80"]["laag"]
    assert total["kans_band"] == found["totaal"]["kans"]["band"]
    assert next(one for one in lines if one["vakgroep"] == OWN)["afgesloten"] == own["afgesloten"]
    page = client_of(CONTROLLER).get(f"/{YEAR}/prognose.csv")
    assert page.content == ask(JSON.replace("json", "csv"), secret).content
    dutch = ask(JSON.replace("json", "csv"), secret).content.decode("utf-8-sig")
    assert found["totaal"]["prognose"].replace(".", ",") in dutch
    import polars as pl

    frame = pl.read_parquet(io.BytesIO(ask(JSON.replace("json", "parquet"), secret).content))
    assert frame.to_dicts() == [
        {name: text or (None if name != "vakgroep" else "") for name, text in line.items()} for line in lines
    ]


def test_who_sees_one_group_reads_one(linked):
    client_of(CONTROLLER).post(EVENTS, FORM | {"vakgroep": "KNO", "reden": "stilte"})
    client_of(CONTROLLER).post(EVENTS, FORM)
    for role in (Role.GROUP_REPRESENTATIVE, Role.SPECIALIST):
        secret = secret_of(role)
        told = ask(JSON, secret).json()
        assert [one["vakgroep"] for one in told["vakgroepen"]] == [OWN]
        assert [one["vakgroep"] for one in told["onderverdeling"]] == [OWN]
        text = "".join(
            ask(JSON.replace("json", form), secret).content.decode(errors="ignore")
            for form in ("json", "csv", "parquet")
        )
        events = ask(f"/api/v1/jaren/{YEAR}/gebeurtenissen", secret)
        assert "KNO" not in text + events.content.decode()
        assert "stilte" not in text + events.content.decode()
        assert [one["reden"] for one in events.json()["gebeurtenissen"]] == [EVENT.reason]


def test_the_day_the_version_and_the_events_can_be_asked(linked):
    secret = secret_of(Role.AUDITOR)
    earlier = as_record(of(linked, date(2025, 5, 31)).outlook)
    assert ask(f"{JSON}?bekend=2025-05-31", secret).json()["totaal"] == earlier["totaal"]
    refused = ask(f"{JSON}?bekend=2025-05-30", secret)
    assert refused.status_code == 404
    assert "2025-05-31" in sentence_of(refused)
    files = case_of(linked)
    add(files | {"gebeurtenissen.csv": "van;tot;vakgroep;capaciteit;reden\n2025-10-01;2025-12-31;alle;0,5;dicht\n"})
    first, second = (ask(f"{JSON}?versie=budget-{number}", secret) for number in (1, 2))
    assert first["Puntlanding-Version"].startswith("budget 1 ")
    assert float(first.json()["totaal"]["prognose"]) > float(second.json()["totaal"]["prognose"])
    assert second.json()["gebeurtenissen"][0]["reden"] == "dicht"
    for wrong in ("budget-3", "budget-0", "agreement-1", "x", "budget"):
        assert ask(f"{JSON}?versie={wrong}", secret).status_code == 404, wrong
    one, two = (ask(f"/api/v1/jaren/2026/begroting.json?versie={kind}-1", secret) for kind in ("budget", "settlement"))
    assert (one["Puntlanding-Version"].split()[0], two["Puntlanding-Version"].split()[0]) == ("budget", "settlement")


def test_what_a_client_has_is_not_sent_again_until_something_changes(linked):
    secret = secret_of(Role.AUDITOR)
    first = ask(JSON, secret)
    assert ask(JSON, secret, **{"If-None-Match": first["ETag"]}).status_code == 304
    client_of(CONTROLLER).post(EVENTS, FORM)
    again = ask(JSON, secret, **{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    (one,) = again.json()["zonder_gebeurtenis"]
    assert one["prognose"] == first.json()["totaal"]["prognose"]


def test_a_program_is_told_to_wait(linked, monkeypatch):
    import threading

    from django.test import override_settings

    from puntlanding.web.desk import outlooks

    slow, real = threading.Event(), outlooks.linked_outlook
    monkeypatch.setattr(outlooks, "linked_outlook", lambda asked: (slow.wait(30), real(asked))[1])
    client_of(CONTROLLER).post(EVENTS, FORM | {"reden": "later"})
    with override_settings(OUTLOOK_PATIENCE=0.05):
        answer = ask(JSON, secret_of(Role.AUDITOR))
    slow.set()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "enkele seconden" in sentence_of(answer)
    assert ask(JSON, secret_of(Role.AUDITOR)).status_code == 200


def test_without_records_it_says_so(desk):
    answer = ask("/api/v1/jaren/2026/prognose.json", secret_of(Role.AUDITOR))
    assert answer.status_code == 404
    assert "Lever de registratie bij Gegevens aan" in sentence_of(answer)
    assert json.loads(ask("/api/v1/jaren/2026/gebeurtenissen", secret_of(Role.AUDITOR)).content) == {
        "jaar": 2026,
        "gebeurtenissen": [],
    }
