"""Every address × every role: denied unless the table of rules allows it. The addresses come from the application itself."""

from __future__ import annotations

import pytest

import web_jobs
import web_planned
import web_records
from puntlanding.web.rules import PERMISSIONS, RULES, Detail, Party, Permission, Role
from web_site import client_of

pytestmark = pytest.mark.integration

# What is open to everybody, because nobody can be known there yet, or because it says nothing about anybody.
OPEN = {"health", "set_language", "api_document", "chart_library"}
LOG_IN = "account/"
SAMPLES = {
    "at": 9,
    "year": 2026,
    "group": "Cardiologie",
    "kind": "settlement",
    "party": "hospital",
    "stage": "budget",
    "name": "getallen.csv",
    "file": "afspraak.toml",
    "statement_of": "cardiologie",
}
FORMS = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="session")
def addresses(web):
    """(route, pattern) of every address there is."""
    from django.urls import URLResolver, get_resolver

    def walk(patterns, before=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, before + str(one.pattern))
            else:
                yield before + str(one.pattern), one

    return list(walk(get_resolver().url_patterns))


@pytest.fixture(scope="session")
def pages(addresses):
    return [(route, one) for route, one in addresses if hasattr(one.callback, "guarded")]


def address(route, pattern):
    from django.urls import reverse

    from puntlanding.web.desk.models import Membership, Version

    numbers = {"person": Membership.objects.get(user__email="specialist@msb.example").pk}
    numbers |= {
        "version": Version.objects.filter(kind="settlement").latest("pk").pk,
        "job": web_jobs.sample().pk,
        "delivery": web_records.sample().pk,
    }
    numbers |= {"event": web_planned.sample().number}
    values = {}
    for name, converter in pattern.pattern.converters.items():
        known = SAMPLES | numbers
        assert name in known, f"say in SAMPLES what ‘{name}’ of {route} can be"
        values[name] = converter.to_url(known[name])
    return reverse(pattern.name, kwargs=values)


def test_every_address_is_behind_the_door_or_is_one_of_few(addresses):
    strays = [
        route
        for route, one in addresses
        if not (hasattr(one.callback, "guarded") or hasattr(one.callback, "by_token"))
        and one.name not in OPEN
        and not route.startswith(LOG_IN)
    ]
    assert strays == []


def test_the_walk_walks(pages):
    assert len({one.name for _, one in pages}) >= 10


def test_every_role_has_a_rule_and_every_permission_a_sentence():
    assert set(RULES) == set(Role)
    assert set(PERMISSIONS) == set(Permission)
    used = frozenset().union(*(rule.permissions for rule in RULES.values()))
    assert used == set(Permission)
    texts = [*PERMISSIONS.values(), *(rule.name for rule in RULES.values()), *(rule.why for rule in RULES.values())]
    assert all(len(pair) == 2 and all(pair) and pair[0] != pair[1] for pair in texts)


def test_the_rules_that_must_never_slip():
    changing = {
        Permission.LOAD_RECORDS,
        Permission.DELIVER,
        Permission.PROPOSE,
        Permission.APPROVE,
        Permission.ADMINISTER,
    }
    assert not changing & RULES[Role.AUDITOR].permissions
    assert RULES[Role.AUDITOR].permissions >= set(Permission) - changing
    for rule in RULES.values():
        assert not {Permission.PROPOSE, Permission.APPROVE} <= rule.permissions  # who prepares does not decide
        assert (Permission.APPROVE not in rule.permissions) or rule.party is not None
    assert {rule.party for rule in RULES.values() if Permission.APPROVE in rule.permissions} == set(Party)
    for role in (Role.GROUP_REPRESENTATIVE, Role.SPECIALIST):
        assert RULES[role].detail is Detail.OWN
    figures = {Permission.SEE_YEAR, Permission.SEE_AGREEMENT, Permission.SEE_DISTRIBUTION, Permission.SEE_DATA}
    assert not figures & RULES[Role.ADMINISTRATOR].permissions
    for role in (Role.HOSPITAL_FINANCE, Role.HOSPITAL_BOARD):
        assert Permission.SEE_DISTRIBUTION not in RULES[role].permissions


def test_who_sees_their_own_group_sees_no_other():
    from puntlanding.web.access import Access

    groups = ("Cardiologie", "MDL", "Urologie")
    for role, rule in RULES.items():
        seen = Access(None, None, role, "MDL").visible(groups)
        assert seen == {Detail.ALL: groups, Detail.OWN: ("MDL",), Detail.NONE: ()}[rule.detail]
        if rule.detail is Detail.OWN:
            assert Access(None, None, role).visible(groups) == ()
            assert Access(None, None, role).visible(("", *groups)) == ()


def test_nobody_comes_in_unknown(desk, pages):
    from django.test import Client

    for route, one in pages:
        for send in (Client().get, Client().post):
            answer = send(address(route, one))
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/"), route


def test_nobody_comes_in_without_a_role(desk, pages):
    from django.test import Client

    from puntlanding.web.actions.accounts import add_account

    client = Client()
    client.force_login(add_account("nieuw@msb.example", "Nieuw", "een-heel-ander-woord-8"))
    for route, one in pages:
        assert client.get(address(route, one)).status_code == 403, route


@pytest.mark.parametrize("role", list(Role))
def test_reading(desk, pages, role):
    client = client_of(role)
    for route, one in pages:
        answer = client.get(address(route, one))
        allowed = one.callback.guarded.permission in RULES[role].permissions
        if not allowed:
            assert answer.status_code == 403, route
        else:
            assert answer.status_code in (200, 302), (route, answer.status_code)
            assert not answer.headers.get("Location", "").startswith("/account/"), route
            assert "no-store" in answer["Cache-Control"], route


@pytest.mark.parametrize("role", list(Role))
def test_changing(desk, pages, role):
    """Every POST (with nothing in it): refused where the table does not allow it, and no other way of asking is heard at all."""
    from puntlanding.web.audit import verified

    client, before = client_of(role), verified().lines
    for route, one in pages:
        asked, may = one.callback.guarded, RULES[role].permissions
        answer = client.post(address(route, one))
        if asked.posts is None:
            assert answer.status_code == 405, route
        elif {asked.permission, asked.posts} <= may:
            assert answer.status_code in (200, 302, 400, 422), (route, answer.status_code)
        else:
            assert answer.status_code == 403, route
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
            assert client.generic(method, address(route, one)).status_code == 405, (route, method)
    assert verified().lines == before


def test_no_form_is_heard_without_its_token(desk, pages):
    client = client_of(Role.COLLECTIVE_BOARD, enforce_csrf_checks=True)
    for route, one in pages:
        assert client.post(address(route, one)).status_code == 403, route


def test_what_is_another_collective_s_is_not_there(desk, pages):
    """Every address with a number in it, asked for by somebody of every role elsewhere."""
    from django.test import Client

    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.years import add_collective

    other, numbered = (
        add_collective("MSB Elders", "Ziekenhuis Elders"),
        [(r, one) for r, one in pages if one.pattern.converters],
    )
    assert numbered
    for role, rule in RULES.items():
        user = add_account(f"{role.value}@elders.example", "Elders", "een-heel-ander-woord-8")
        give_role(user, other, role, "Cardiologie" if rule.detail is Detail.OWN else "")
        client = Client()
        client.force_login(user)
        for route, one in numbered:
            asked = one.callback.guarded
            expected = 404 if asked.permission in rule.permissions else 403
            assert client.get(address(route, one)).status_code == expected, (role, route)
            if asked.posts is not None:
                expected = 404 if {asked.permission, asked.posts} <= rule.permissions else 403
                assert client.post(address(route, one), {"content": "0" * 64}).status_code == expected, (role, route)


def test_who_belongs_to_two_sees_the_one_they_chose(desk):
    from puntlanding.web.access import CHOSEN
    from puntlanding.web.actions.accounts import give_role
    from puntlanding.web.actions.years import add_collective

    other = add_collective("AAA", "Ziekenhuis Elders")
    client = client_of(Role.AUDITOR)
    give_role(client_user(client), other, Role.ADMINISTRATOR)
    session = client.session
    for chosen, status in ((other.pk, 403), (999, 200), (None, 200)):
        session[CHOSEN] = chosen
        session.save()
        assert client.get("/2026/").status_code == status
    from puntlanding.web.desk.models import Collective

    session[CHOSEN] = Collective.objects.get(name="MSB Voorbeeld").pk
    session.save()
    assert client.get("/2026/").status_code == 200


def client_user(client):
    from puntlanding.web.desk.models import User

    return User.objects.get(pk=client.session["_auth_user_id"])


def test_a_role_that_is_taken_away_counts_at_once(desk):
    from puntlanding.web.actions.accounts import close_account, give_role, take_role

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    user = client_user(client)
    membership = user.memberships.get()
    assert client.get("/2026/").status_code == 200
    give_role(user, membership.collective, Role.ADMINISTRATOR)
    assert client.get("/2026/").status_code == 403
    take_role(user.memberships.get())
    assert client.get("/").status_code == 403
    close_account(user)
    assert client.get("/")["Location"].startswith("/account/login/")
