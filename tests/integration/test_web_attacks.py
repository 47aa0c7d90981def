"""Somebody who wants in, or wants more than is theirs: what is tried, and what then is not there, not done and not told."""

from __future__ import annotations

import pytest

from puntlanding.problems import InputError
from puntlanding.web.rules import Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration


def codes(action, *arguments):
    with pytest.raises(InputError) as raised:
        action(*arguments)
    return [problem.code for problem in raised.value.problems]


def in_another_role(access, role):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import give_role

    return Access.of(give_role(access.user, access.collective, role))


def test_one_person_never_prepares_and_decides_whatever_roles_they_are_given(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")
    for role in (Role.COLLECTIVE_BOARD, Role.HOSPITAL_BOARD):
        maker = in_another_role(access_as(Role.COLLECTIVE_CONTROLLER), role)
        assert codes(approve, maker, version, version.content_hash) == ["approved_own_work"]
        in_another_role(maker, Role.COLLECTIVE_CONTROLLER)


def test_who_proposes_what_another_made_does_not_approve_it_either(any_desk):
    from puntlanding.demo.collective import collective_files
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.models import Kind, Year

    files = {name: text.encode() for name, text in collective_files().items()}
    made = add_version(access_as(Role.COLLECTIVE_CONTROLLER), Year.objects.get(year=2026), Kind.SETTLEMENT, files)
    finance = access_as(Role.HOSPITAL_FINANCE)
    version = propose(finance, made, made.content_hash)
    board = in_another_role(finance, Role.HOSPITAL_BOARD)
    assert codes(approve, board, version, version.content_hash) == ["approved_own_work"]


def test_one_person_never_speaks_for_both_parties(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.desk.models import Version

    version = Version.objects.get(kind="settlement")  # the hospital's board approved it already
    both = in_another_role(access_as(Role.HOSPITAL_BOARD), Role.COLLECTIVE_BOARD)
    assert codes(approve, both, version, version.content_hash) == ["approved_for_other"]
    assert Version.objects.get(pk=version.pk).state == "proposed"
    other = access_as_address("bestuur@msb.example")
    assert approve(other, version, version.content_hash).state == "final"


def access_as_address(address):
    from puntlanding.web.access import Access
    from puntlanding.web.desk.models import Membership

    return Access.of(Membership.objects.select_related("user", "collective").get(user__email=address))


def test_a_field_that_no_browser_sends_is_refused_before_any_page_reads_it(desk):
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Version

    board, version, lines = client_of(Role.COLLECTIVE_BOARD), Version.objects.get(kind="settlement"), verified().lines
    content = {"content": version.content_hash}
    for told in ({"reason": "te\0hoog"}, {"reason": "te hoog", "na\0am": "x"}):
        assert board.post(f"/versie/{version.pk}/weigeren", content | told).status_code == 400
    assert board.get("/logboek", {"wie": "\0"}).status_code == 400
    assert (Version.objects.get(pk=version.pk).state, verified().lines) == ("proposed", lines)
    assert board.post(f"/versie/{version.pk}/weigeren", content | {"reason": "te hoog"}).status_code == 302
    assert Version.objects.get(pk=version.pk).state == "refused"
