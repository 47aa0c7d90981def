"""What the log says: which page, how it ended, how long it took. Never who, nor what somebody typed or what a row holds."""

from __future__ import annotations

import io
import json
import logging

import pytest

from puntlanding.web.logs import Lines, Words, logging_settings
from puntlanding.web.rules import Role
from web_site import PASSWORD, client_of

pytestmark = pytest.mark.integration

HOSTILE = 'Jánsen"; DROP\nTABLE <script>alert(1)</script> {"niveau":"x"}'
MARKS = ("Jánsen", "J\\u00e1nsen", "DROP", "script", "geheim", "@", "127.0.0.1", "sessionid", PASSWORD)


@pytest.fixture(params=[Lines, Words])
def said(request):
    """Everything that is said, as it would stand on standard error."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(request.param())
    names = ("puntlanding", "django", "allauth", "gunicorn.error", "")
    before = {name: (logging.getLogger(name).handlers, logging.getLogger(name).level) for name in names}
    for name in names:
        logging.getLogger(name).handlers = [handler] if name in ("puntlanding", "") else []
        logging.getLogger(name).setLevel("INFO")
        logging.getLogger(name).propagate = name != "puntlanding"
    try:
        yield out
    finally:
        for name, (handlers, level) in before.items():
            logging.getLogger(name).handlers = handlers
            logging.getLogger(name).setLevel(level)
            logging.getLogger(name).propagate = name in ("", "allauth")


def test_nothing_about_anybody(desk, said):
    from django.test import Client

    from puntlanding.web.desk.models import Collective, Membership, User

    User.objects.filter(email="controller@msb.example").update(display_name=HOSTILE, email="geheim@jansen.example")
    Membership.objects.filter(role="specialist").update(group=HOSTILE)
    Collective.objects.update(name=HOSTILE[:100])
    pages = [
        "",
        "2026/",
        "2026/afspraak",
        "2026/begroting",
        "2026/volgen",
        "2026/afrekening",
        "2026/verdeling",
        "logboek",
    ]
    for role in Role:
        client = client_of(role, raise_request_exception=False)
        for page in pages:
            client.get(f"/{page}", {"vakgroep": HOSTILE, "uitleg": HOSTILE})
        client.get("/2026/geheim-jansen")
        client.get(f"/{HOSTILE.replace('/', '-')}")
        client.post("/versie/1/weigeren", {"reden": HOSTILE})
    stranger = Client(enforce_csrf_checks=True, raise_request_exception=False)
    stranger.post("/account/login/", {"login": "geheim@jansen.example", "password": "geheim"})
    stranger.generic("BREW", "/2026/")
    Client().post("/account/login/", {"login": "geheim@jansen.example", "password": "geheim"})
    Client().post("/account/login/", {"login": "geheim@jansen.example", "password": PASSWORD})
    Client().get("/api/v1/jaren", headers={"authorization": "Bearer geheim"})
    text = said.getvalue()
    assert text.count("request") > 60
    assert [mark for mark in MARKS if mark in text] == []


def test_a_fault_says_where_and_not_what(desk, said, monkeypatch):
    from django.db import IntegrityError

    from puntlanding.web.pages import year

    def fails(*_args):
        raise RuntimeError(HOSTILE) from IntegrityError(f"Key (email)=({HOSTILE}) already exists")

    monkeypatch.setattr(year, "asked_year", fails)
    answer = client_of(Role.AUDITOR, raise_request_exception=False).get("/2026/", {"geheim": "geheim"})
    text = said.getvalue()
    assert answer.status_code == 500
    assert [mark for mark in MARKS if mark in text] == []
    assert "RuntimeError" in text
    assert "IntegrityError" in text
    assert "fails" in text
    assert answer["X-Request-ID"] in text
    assert answer["X-Request-ID"] in answer.content.decode()


def test_a_line_per_request(desk, said):
    answer = client_of(Role.SPECIALIST).get("/2026/")
    if said.getvalue().startswith("{"):
        line = json.loads(said.getvalue().splitlines()[-1])
        assert set(line) == {
            "tijd", "niveau", "waar", "wat", "verzoek", "methode", "route", "status", "ms", "rol",
        }  # fmt: skip
        assert (line["verzoek"], line["route"], line["status"]) == (answer["X-Request-ID"], "year", 200)
        assert (line["methode"], line["rol"]) == ("GET", "specialist")
    else:
        assert "route=year status=200" in said.getvalue()


def test_others_are_quoted_without_the_values(said):
    for name in ("django.core", "allauth.account", "gunicorn.error"):
        log = logging.getLogger(name)
        log.warning("Bad thing at %s", HOSTILE)
        log.warning(f"Bad thing at {HOSTILE}")
    text = said.getvalue()
    assert text.count("Bad thing at %s") == 3
    assert [mark for mark in MARKS if mark in text] == []


def test_every_line_is_one_line(said):
    logging.getLogger("puntlanding.web").warning("two\nlines")
    if said.getvalue().startswith("{"):
        assert len(said.getvalue().splitlines()) == 1


def test_settings():
    assert logging_settings("json", every_request=True)["loggers"]["puntlanding"]["level"] == "INFO"
    assert logging_settings("text", every_request=False)["loggers"]["puntlanding"]["level"] == "WARNING"
