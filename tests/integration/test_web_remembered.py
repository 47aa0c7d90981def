"""What was worked out for one reader is never shown to another: pages are the same bytes with and without what was remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import pytest
from test_web_outlook import add, case_of, choose, records

from puntlanding.web.rules import Permission, Role
from web_site import client_of, user_of

__all__ = ["records"]  # the store is made once, by the fixture of the neighbouring module
pytestmark = pytest.mark.integration

PAGES = (
    "", "afspraak", "begroting", "volgen", "volgen?vakgroep=1", "volgen?vakgroep=2", "afrekening", "afrekening/soorten", "verdeling",
    "benchmark", "benchmark?vakgroep=1", "efficiency", "formatie", "akkoord", "begroting?uitleg=1.norm_uren", "verdeling?uitleg=1.bedrag",
)  # fmt: skip
ONCE = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def two_years(desk, records):
    """The demonstration's own year, and one whose forecast comes from records."""
    from puntlanding.web.desk.models import Year

    add(case_of(records))
    choose(records)
    return sorted(Year.objects.values_list("year", flat=True))


def forget():
    from puntlanding.web.remembered import html, pages

    html.clear()
    pages.clear()


def page(client, year, name, language):
    client.cookies["django_language"] = language
    answer = client.get(f"/{year}/{name}")
    return answer.status_code, ONCE.sub(b"", answer.content)


def addresses(years):
    in_english = [(years[-1], name, "en") for name in ("", "afrekening", "verdeling", "begroting?uitleg=1.norm_uren")]
    return [*((year, name, "nl") for year in years for name in PAGES), *in_english]


def readers():
    """Who sees figures: those who see all groups, one group, with the money that the collective divides and without."""
    return [Role.COLLECTIVE_CONTROLLER, Role.HOSPITAL_BOARD, Role.GROUP_REPRESENTATIVE, Role.AUDITOR]


def test_whoever_came_before_a_page_is_the_same(two_years):
    clients = {role: client_of(role) for role in readers()}
    asked = addresses(two_years)
    for client in clients.values():  # what is drawn or worked out beside the pages is there from here on
        for name in ("", "volgen", "volgen?vakgroep=1", "volgen?vakgroep=2"):
            page(client, two_years[0], name, "nl")
    alone = {}
    for role, client in clients.items():
        forget()
        alone[role] = {one: page(client, *one) for one in asked}
    assert {status for found in alone.values() for status, _ in found.values()} <= {200, 403, 404}
    forget()
    for order in (readers(), readers()[::-1]):  # the second time everything is there
        for role in order:
            for one in asked:
                assert page(clients[role], *one) == alone[role][one], (role, one)
    from puntlanding.web.remembered import html

    assert len(html) > 50  # or this tried nothing


def test_nothing_of_who_asks_is_in_what_is_remembered(two_years):
    from puntlanding.web.desk.models import Collective, User
    from puntlanding.web.remembered import html

    forget()
    people = [*User.objects.values_list("display_name", flat=True), *User.objects.values_list("email", flat=True)]
    for role in readers():
        client = client_of(role)
        for one in addresses(two_years):
            page(client, *one)
    kept = [str(one) for one, _ in html._found.values()]
    for text in kept:
        assert "csrfmiddlewaretoken" not in text
        assert "<form" not in text
        assert not [name for name in (*people, *Collective.objects.values_list("name", flat=True)) if name in text]


def test_a_representative_after_a_controller_sees_one_group(two_years):
    from puntlanding.language.notation import Language
    from puntlanding.web.desk.models import Year
    from puntlanding.web.desk.queries import dossier_of, latest

    year, own = Year.objects.order_by("year").last(), user_of(Role.GROUP_REPRESENTATIVE).memberships.get().group
    others = set(dossier_of(latest(year), Language.DUTCH).groups) - {own}
    forget()
    for role in (Role.COLLECTIVE_CONTROLLER, Role.GROUP_REPRESENTATIVE):
        client = client_of(role)
        for name in ("", "afrekening", "verdeling"):
            rows = set(re.findall(r'<th scope="row">([^<]+)</th>', client.get(f"/{year.year}/{name}").content.decode()))
            assert own in rows
            assert bool(others & rows) == (role is Role.COLLECTIVE_CONTROLLER)


def test_what_may_be_remembered_and_what_not(two_years):
    from puntlanding.web.desk.models import Version
    from puntlanding.web.presenters.scope import Scope
    from puntlanding.web.remembered import by_content

    @dataclass(frozen=True)
    class Frozen:
        text: str

    @dataclass
    class Loose:
        text: str

    one = Frozen("a")
    assert by_content(one) == by_content(one) != by_content(Frozen("a"))
    assert by_content(Scope.of(["a"])) == by_content(Scope.of(["a"])) != by_content(Scope.of(["b"]))
    assert by_content({"a": (1, Fraction(1, 2))}) == by_content({"a": (1, Fraction(1, 2))})
    distinct = (1, True, "1", (1,), ("1",), {"1": 1}, date(2026, 1, 1), Permission.APPROVE, "approve", None, "", ())
    assert len({by_content(value) for value in distinct}) == len(distinct)
    now = datetime(2026, 1, 1)
    for value in (Loose("a"), [1], {1}, now, 1.0, Version.objects.first(), client_of(Role.AUDITOR), Frozen):
        with pytest.raises(TypeError):
            by_content(value)


def test_it_is_bounded_and_a_failure_is_not_remembered():
    from puntlanding.web.remembered import Bounded

    found, made = Bounded(100), []

    def make(text):
        made.append(text)
        return text

    for at in range(20):
        found.get(at, lambda at=at: make(str(at) * 30), len)
        found.get(0, lambda: make("0" * 30), len)  # what is asked for stays
    assert len(found) <= 3
    assert made.count("0" * 30) == 1
    found.get("large", lambda: "x" * 101, len)
    assert len(found) == 0

    def fails():
        raise ValueError("not now")

    for _ in range(2):
        with pytest.raises(ValueError, match="not now"):
            found.get("a", fails, len)
    assert found.get("a", lambda: "there", len) == "there"


def test_no_page_asks_the_database_much(two_years):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    for year, name, language in addresses(two_years):
        page(client, year, name, language)
        with CaptureQueriesContext(connection) as asked:
            page(client, year, name, language)
        assert len(asked) <= 12, (name, [one["sql"][:90] for one in asked.captured_queries])
        assert not [one["sql"] for one in asked.captured_queries if not one["sql"].startswith("SELECT")]
