"""The hospital's own log-in (OpenID Connect), against a small one of our own: who is known here comes in, nobody else."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.integration

START, BACK = "/account/oidc/ziekenhuis/login/", "/account/oidc/ziekenhuis/login/callback/"


@contextmanager
def hospital(who):
    """A log-in that says of everybody that they are ``who``."""

    class Answers(BaseHTTPRequestHandler):
        def say(self, content):
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            if self.path == "/userinfo":
                assert self.headers["Authorization"] == "Bearer toegang"
                self.say(who)
            else:
                names = (
                    ("authorization_endpoint", "authorize"),
                    ("token_endpoint", "token"),
                    ("userinfo_endpoint", "userinfo"),
                )
                self.say(
                    {"issuer": here, "jwks_uri": f"{here}/keys"} | {name: f"{here}/{path}" for name, path in names}
                )

        def do_POST(self):
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            assert asked["code"] == ["eenmalig"]
            assert asked["code_verifier"]
            self.say({"access_token": "toegang", "token_type": "Bearer"})

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    here = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()


def come_in(who, **options):
    from django.test import Client
    from django.test.utils import override_settings

    from puntlanding.web.environment import own_log_in

    with (
        hospital(who) as address,
        override_settings(SOCIALACCOUNT_PROVIDERS=own_log_in(address, "ons", "geheim", **options)),
    ):
        browser = Client()
        there = urlsplit(browser.post(START)["Location"])
        asked = parse_qs(there.query)
        assert f"{there.scheme}://{there.netloc}" == address
        assert asked["client_id"] == ["ons"]
        assert asked["code_challenge_method"] == ["S256"]
        browser.get(BACK, {"code": "eenmalig", "state": asked["state"][0]})
        return browser


KNOWN = {"sub": "u-1", "email": "Controller@msb.example", "email_verified": True, "name": "C"}


def inside(browser):
    return browser.get("/2026/").status_code == 200


def test_who_is_known_comes_in_without_a_second_factor_of_ours(desk):
    from django.test.utils import override_settings

    with override_settings(SECOND_FACTOR_REQUIRED=True):
        assert inside(come_in(KNOWN))


def test_the_next_time_they_are_known_by_their_number_there(desk):
    assert inside(come_in(KNOWN))
    assert inside(come_in(KNOWN | {"email": "andere.naam@msb.example"}))


def test_who_is_not_known_makes_no_account(desk):
    from puntlanding.web.desk.models import User

    before = User.objects.count()
    assert not inside(come_in(KNOWN | {"sub": "u-2", "email": "niemand@msb.example"}))
    assert User.objects.count() == before


@pytest.mark.parametrize("verified", [{"email_verified": False}, {"email_verified": None}])
def test_an_address_that_nobody_checked_opens_nothing(desk, verified):
    assert not inside(come_in(KNOWN | verified))


def test_a_log_in_that_does_not_say_so_can_be_trusted_by_setting(desk):
    silent = {name: value for name, value in KNOWN.items() if name != "email_verified"}
    assert not inside(come_in(silent))
    assert inside(come_in(silent, trusted=True))


def test_who_is_closed_here_stays_out(desk):
    from puntlanding.web.actions.accounts import close_account
    from web_site import user_of

    close_account(user_of("collective_controller"))
    assert not inside(come_in(KNOWN))


def test_another_s_answer_is_not_taken(desk):
    from django.test import Client
    from django.test.utils import override_settings

    from puntlanding.web.environment import own_log_in

    with hospital(KNOWN) as address, override_settings(SOCIALACCOUNT_PROVIDERS=own_log_in(address, "ons", "geheim")):
        browser = Client()
        browser.get(BACK, {"code": "eenmalig", "state": "verzonnen"})
        assert not inside(browser)
