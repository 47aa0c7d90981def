"""What was refused is taken up again as a draft: nothing of it is made twice, and nobody else's is reached by it."""

from __future__ import annotations

import html
import re
import shutil

import pytest
from test_web_pages import plain

from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

REASON = "De kosten kloppen niet."
BUTTON = "Maak hier een nieuw concept van"


@pytest.fixture(autouse=True)
def no_drafts(web):
    """The data folder outlives a test; its database does not."""
    yield
    shutil.rmtree(web[0] / "working", ignore_errors=True)


@pytest.fixture
def refused(desk):
    """The demonstration's settlement, which waited for one word."""
    from puntlanding.web.actions.approvals import refuse
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")
    return refuse(access_as(Role.COLLECTIVE_BOARD), version, version.content_hash, REASON)


def again(client, version):
    return client.post("/2026/begroting/concept", {"doen": "hervatten", "version": version}, follow=True)


def page_of(answer):
    return plain(answer.content.decode())


def test_a_refused_settlement_becomes_the_next_one(refused):
    from puntlanding.web.desk.models import Version

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    page = page_of(client.get("/2026/akkoord"))
    assert REASON in page
    assert BUTTON in page
    answer = again(client, refused.pk)
    page = page_of(answer)
    assert "Wat is geweigerd, is nu uw concept." in page
    assert "Uit afrekening 1, die is geweigerd" in page
    assert "Betaald wordt" in page  # what the settlement comes to, before what it changes in the budget
    assert "De cijfers blijven gelijk" not in page
    mark = html.unescape(re.search(r'name="mark" value="([^"]*)"', answer.content.decode())[1])
    client.post("/2026/begroting/concept", {"doen": "bevestigen", "mark": mark, "note": "Nu met de juiste kosten"})
    newest = Version.objects.filter(kind="settlement").order_by("-number").first()
    assert (newest.number, newest.state, newest.snapshot) == (2, "draft", refused.snapshot)
    assert BUTTON not in page_of(client.get("/2026/akkoord"))  # there is a newer one by now


@pytest.mark.parametrize("version", ["", "x", "0", "99999", "1" * 30, "²"])
def test_what_is_no_refused_version_is_none(refused, version):
    page = page_of(again(client_of(Role.COLLECTIVE_CONTROLLER), version))
    assert "Alleen wat is geweigerd, kan zo weer een concept worden." in page


def test_a_version_that_counts_stays_where_it_is(desk):
    from puntlanding.web.desk.models import Version

    client = client_of(Role.HOSPITAL_FINANCE)
    final = Version.objects.get(kind="budget")
    assert "Alleen wat is geweigerd" in page_of(again(client, final.pk))
    assert BUTTON not in page_of(client.get("/2026/akkoord"))


def test_another_collective_s_refused_version_is_not_reached(refused):
    """Of whoever may deliver there, in a year of their own."""
    from puntlanding.problems import InputError
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.budgets import revise
    from puntlanding.web.actions.years import add_collective, open_year

    other = add_collective("MSB Elders", "Ziekenhuis Elders")
    stranger = add_account("controller@elders.example", "Elders", "een-heel-ander-woord-8")
    access = Access.of(give_role(stranger, other, Role.COLLECTIVE_CONTROLLER))
    own = open_year(access, 2026)
    for year in (own, refused.year):
        with pytest.raises(InputError) as found:
            revise(access, year, str(refused.pk))
        assert [one.code for one in found.value.problems] in (["revise_not_refused"], ["not_yours"])


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COLLECTIVE_BOARD, Role.HOSPITAL_BOARD, Role.SPECIALIST])
def test_who_may_not_deliver_takes_nothing_up(refused, role):
    client = client_of(role)
    assert BUTTON not in page_of(client.get("/2026/akkoord"))
    assert client.post("/2026/begroting/concept", {"doen": "hervatten", "version": refused.pk}).status_code == 403
