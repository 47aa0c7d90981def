"""Coming in: by password, with a second factor where that is asked, not by guessing; nobody signs up."""

from __future__ import annotations

import re

import pytest

from web_site import PASSWORD, client_of, user_of

pytestmark = pytest.mark.integration

LOG_IN = "/account/login/"
CONTROLLER = "controller@msb.example"


@pytest.fixture
def browser(desk):
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    return Client()


def log_in(browser, email=CONTROLLER, password=PASSWORD, **more):
    return browser.post(LOG_IN, {"login": email, "password": password}, **more)


def inside(browser):
    return browser.get("/").headers.get("Location", "").startswith(LOG_IN) is False


def test_by_address_and_password_in_any_capitals(browser):
    assert not inside(browser)
    assert log_in(browser, "Controller@MSB.example").status_code == 302
    assert inside(browser)
    browser.post("/account/logout/")
    assert not inside(browser)


def test_a_link_leads_to_where_one_was_going_and_nowhere_else(browser):
    asked = browser.get("/2026/begroting")["Location"]
    assert asked == f"{LOG_IN}?next=/2026/begroting"
    answer = browser.post(asked, {"login": CONTROLLER, "password": PASSWORD, "next": "/2026/begroting"})
    assert answer["Location"] == "/2026/begroting"
    browser.post("/account/logout/")
    answer = browser.post(LOG_IN, {"login": CONTROLLER, "password": PASSWORD, "next": "https://elders.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize(
    ("email", "password"), [(CONTROLLER, "fout"), ("niemand@msb.example", PASSWORD), (CONTROLLER, "")]
)
def test_a_wrong_one_is_not_told_which(browser, email, password):
    answer = log_in(browser, email, password)
    assert answer.status_code == 200
    assert "msb.example bestaat" not in answer.content.decode()
    assert not inside(browser)


def test_after_five_wrong_ones_the_right_one_waits_too(browser):
    """From whatever machine: the count is of the address that is tried."""
    for n in range(5):
        assert log_in(browser, password="fout", REMOTE_ADDR=f"10.0.0.{n}").status_code == 200
    log_in(browser, REMOTE_ADDR="10.0.0.99")
    assert not inside(browser)
    assert log_in(browser, "bestuur@msb.example").status_code == 302  # others can


def test_one_machine_that_tries_everybody_is_stopped(browser):
    answers = [log_in(browser, f"n{n}@msb.example", "fout").status_code for n in range(31)]
    assert answers[-1] == 429 or not inside(browser)
    log_in(browser)
    assert not inside(browser)


def test_where_a_second_factor_is_asked_nothing_opens_without_it(browser, settings_of):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    settings_of(SECOND_FACTOR_REQUIRED=True)
    log_in(browser)
    activate = "/account/2fa/totp/activate/"
    assert browser.get("/2026/")["Location"] == activate
    again = browser.get(activate)["Location"]  # who changes how they come in, shows once more that it is them
    assert again.startswith("/account/reauthenticate/")
    assert browser.post(again, {"password": PASSWORD})["Location"] == activate
    page = browser.get(activate)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert browser.post(activate, {"code": "000000"}).status_code == 200
    assert browser.get("/2026/")["Location"] == activate
    assert browser.post(activate, {"code": code}).status_code == 302
    assert browser.get("/2026/").status_code == 200
    browser.post("/account/logout/")
    assert log_in(browser)["Location"].startswith("/account/2fa/authenticate/")
    assert not inside(browser)


@pytest.fixture
def settings_of(desk):
    from django.test.utils import override_settings

    entered = []

    def change(**settings):
        entered.append(override_settings(**settings))
        entered[-1].enable()

    yield change
    for one in entered:
        one.disable()


def test_nobody_signs_up_or_changes_their_address(browser):
    asked = {"email": "x@elders.example", "password1": PASSWORD, "password2": PASSWORD}
    from puntlanding.web.desk.models import User

    before = User.objects.count()
    for who in (browser, client_of("hospital_board")):
        for page in ("signup/", "email/", "confirm-email/", "password/reset/", "3rdparty/signup/", "2fa/webauthn/"):
            for answer in (who.get(f"/account/{page}"), who.post(f"/account/{page}", asked)):
                assert answer.status_code in (302, 404), page
    assert User.objects.count() == before


def test_the_pages_around_logging_in_open(browser):
    """All of allauth's own, in both languages, for who is known and who is not: none fails."""
    known = client_of("hospital_board")
    pages = (
        "login/",
        "logout/",
        "inactive/",
        "reauthenticate/",
        "password/change/",
        "password/set/",
        "2fa/",
        "2fa/totp/activate/",
        "3rdparty/",
    )
    for language in ("nl", "en"):
        for page in pages:
            for who in (browser, known):
                who.cookies["django_language"] = language
                answer = who.get(f"/account/{page}")
                assert answer.status_code in (200, 302), (page, answer.status_code)


def test_who_is_no_longer_active_does_not_come_in(browser):
    from puntlanding.web.actions.accounts import close_account

    log_in(browser)
    close_account(user_of("collective_controller"))
    assert not inside(browser)
    log_in(browser)
    assert not inside(browser)


def test_a_new_password_ends_the_old_sessions(browser):
    from puntlanding.web.actions.accounts import set_password

    log_in(browser)
    set_password(user_of("collective_controller"), "een-heel-ander-woord-8")
    assert not inside(browser)
    log_in(browser, password="een-heel-ander-woord-8")
    assert inside(browser)


@pytest.mark.parametrize("password", ["kort-1", "wachtwoordwachtwoord"[:8], "123456789012", "password1234"])
def test_weak_passwords_and_bad_addresses_are_refused(desk, password):
    from puntlanding.problems import InputError
    from puntlanding.web.actions.accounts import add_account, give_role, new_password
    from puntlanding.web.rules import Role

    def code(action, *arguments):
        with pytest.raises(InputError) as told:
            action(*arguments)
        return told.value.problems[0].code

    assert code(add_account, "nieuw@msb.example", "Nieuw", password) == "account_password"
    assert code(add_account, "geen adres", "Nieuw", new_password()) == "account_email"
    assert code(add_account, CONTROLLER.upper(), "Nieuw", new_password()) == "account_exists"
    user = add_account("Nieuw@MSB.example ", "Nieuw", new_password())
    assert user.email == "nieuw@msb.example"
    collective = user_of("auditor").memberships.get().collective
    assert code(give_role, user, collective, Role.SPECIALIST) == "role_without_group"
    assert code(give_role, user, collective, Role.AUDITOR, "MDL") == "role_with_group"


def test_every_answer_says_what_the_browser_may_not_do(browser):
    for page in ("/", LOG_IN, "/gezondheid", "/bestaat-niet"):
        told = browser.get(page).headers
        assert "default-src 'self'" in told["Content-Security-Policy"]
        assert (told["X-Frame-Options"], told["X-Content-Type-Options"]) == ("DENY", "nosniff")
        assert told["Referrer-Policy"] == "same-origin"


def test_pages_that_say_no_are_in_the_reader_s_language(browser):
    for language, words in (("nl", "Deze pagina bestaat niet"), ("en", "There is no such page")):
        browser.cookies["django_language"] = language
        text = browser.get("/bestaat-niet").content.decode()
        assert re.search(rf'<html lang="{language}">.*<h1>{words}</h1>', text, re.DOTALL)


def test_a_lost_database_is_a_clear_page(desk, tmp_path):
    from django.test import Client

    from puntlanding.web.environment import sqlite
    from web_site import on

    client = client_of("auditor", raise_request_exception=False)
    with on(sqlite(tmp_path / "weg" / "x.sqlite3"), tmp_path):
        for browser in (client, Client(raise_request_exception=False)):
            browser.cookies["django_language"] = "en"
            answer = browser.get("/2026/")
            if browser is client:
                assert answer.status_code == 503
                assert "The data cannot be reached for a moment" in answer.content.decode()
        assert Client().get("/gezondheid").json()["onderdelen"]["database"] == "fout"
        assert Client().get("/gezondheid").status_code == 503
    assert client.get("/2026/").status_code == 200


def test_health_says_what_works_and_nothing_else(any_desk):
    from django.test import Client

    answer = Client().get("/gezondheid")
    assert answer.status_code == 200
    assert answer.json()["onderdelen"] == {"database": "goed", "tabellen": "goed", "schijf": "goed", "werk": "goed"}
    assert set(answer.json()) == {"toestand", "onderdelen", "versie"}
    assert Client().post("/gezondheid").status_code == 405


def test_the_first_visit_is_dutch_whatever_the_browser_prefers_and_a_choice_stays(browser):
    def language(**more):
        return re.search(r'<html lang="(\w+)"', browser.get(LOG_IN, **more).content.decode()).group(1)

    assert language(HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9") == "nl"
    browser.post("/taal", {"language": "en", "next": LOG_IN})
    assert (language(), language(HTTP_ACCEPT_LANGUAGE="nl")) == ("en", "en")
    assert int(browser.cookies["django_language"]["max-age"]) > 300 * 24 * 3600
    browser.post("/taal", {"language": "fr", "next": LOG_IN})
    assert language() == "nl"  # of what does not exist here, Dutch is left
