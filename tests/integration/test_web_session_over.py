"""A page that follows something by itself, and whose reader is not logged in any more."""

from __future__ import annotations

import pytest

import web_jobs
from puntlanding.web.rules import Role
from web_site import client_of

pytestmark = pytest.mark.integration


def part(client, path, method="get", at=None, **more):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{at or path}"}
    return getattr(client, method)(path, headers=headers, **more)


def test_a_page_that_polls_goes_to_the_log_in_and_comes_back(desk):
    from django.test import Client

    job = web_jobs.sample()
    here = f"/werk/{job.pk}/"
    browser = client_of(Role.COLLECTIVE_CONTROLLER)
    assert "HX-Redirect" not in part(browser, here).headers
    browser.logout()
    for client in (browser, Client()):
        for path, at in (
            (here, here),
            ("/2026/volgen?bekend=2026-05-31", "/2026/volgen?bekend=2026-05-31"),
            ("/2026/", "/"),
        ):
            answer = part(client, path, at=at)
            assert answer.status_code == 200
            assert answer.content == b""
            whole = client.get(at)["Location"]
            assert answer["HX-Redirect"] == whole
            assert "no-store" in answer["Cache-Control"]


def test_only_our_own_addresses_are_come_back_to(desk):
    from django.test import Client

    headers = {"HX-Request": "true", "HX-Current-URL": "https://elders.example/2026/"}
    answer = Client().get("/2026/volgen", headers=headers)
    assert answer["HX-Redirect"] == "/account/login/?next=/2026/volgen"


def test_who_was_typing_stays_where_they_are(desk):
    from django.test import Client

    answer = part(Client(), "/2026/afspraak/wijzigen", "post", data={"x": "1"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    assert "U bent niet meer ingelogd" in answer.content.decode()


def test_without_scripts_nothing_changed(desk):
    from django.test import Client

    assert Client().get("/2026/volgen")["Location"] == "/account/login/?next=/2026/volgen"
    assert Client().post("/2026/afspraak/wijzigen").status_code == 302
