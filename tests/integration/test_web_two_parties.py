"""Final only with the word of both parties on exactly the same content; of two at the same moment one wins and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from puntlanding.demo.collective import collective_files
from puntlanding.problems import InputError
from web_site import access_as, client_of

pytestmark = pytest.mark.integration

CONTROLLER, FINANCE = "collective_controller", "hospital_finance"
COLLECTIVE, HOSPITAL = "collective_board", "hospital_board"


def settlement():
    from puntlanding.web.desk.models import Version

    return Version.objects.get(kind="settlement")


def files(**changed):
    return {name: text.encode() for name, text in (collective_files() | changed).items()}


def codes(action, *arguments):
    with pytest.raises(InputError) as raised:
        action(*arguments)
    return [problem.code for problem in raised.value.problems]


def new_settlement(**changed):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.desk.models import Kind, Year

    return add_version(access_as(CONTROLLER), Year.objects.get(year=2026), Kind.SETTLEMENT, files(**changed))


CHEAPER = {"kosten.csv": "post;bedrag;sleutel\r\nBestuur en bureau;400000,00;als_kader\r\n"}


def test_the_second_word_makes_it_final(any_desk):
    from puntlanding.web.actions.approvals import approve

    version = settlement()
    assert version.state == "proposed"
    assert approve(access_as(COLLECTIVE), version, version.content_hash).state == "final"
    assert {one.content_hash for one in settlement().approvals.all()} == {version.content_hash}


def test_one_word_is_not_enough(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose

    version = propose(access_as(CONTROLLER), new := new_settlement(**CHEAPER), new.content_hash)
    assert approve(access_as(HOSPITAL), version, version.content_hash).state == "proposed"


def test_a_word_on_another_content_does_not_count(any_desk):
    from puntlanding.web.actions.approvals import approve, refuse

    version, board = settlement(), access_as(COLLECTIVE)
    assert codes(approve, board, version, "0" * 64) == ["version_other_content"]
    assert codes(refuse, board, version, "0" * 64, "te hoog") == ["version_other_content"]
    assert settlement().state == "proposed"


def test_files_that_were_changed_on_disk_cannot_be_approved(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.desk.dossiers import snapshots

    own = {"kosten.csv": f"post;bedrag;sleutel\r\nBestuur;{len(str(any_desk))}1,00;als_kader\r\n"}
    version = propose(access_as(CONTROLLER), new := new_settlement(**own), new.content_hash)
    file = snapshots().folder(version.snapshot) / "kosten.csv"
    file.chmod(0o600)
    before = file.read_bytes()
    file.write_bytes(before.replace(b"Bestuur", b"Bureau!"))
    try:
        assert codes(approve, access_as(COLLECTIVE), version, version.content_hash) == ["version_damaged"]
    finally:
        file.write_bytes(before)


def test_nobody_approves_who_prepares_or_reads(any_desk):
    from puntlanding.web.actions.approvals import approve, refuse
    from puntlanding.web.rules import RULES, Permission

    version = settlement()
    for role, rule in RULES.items():
        if Permission.APPROVE not in rule.permissions:
            assert codes(approve, access_as(role), version, version.content_hash) == ["not_yours"]
            assert codes(refuse, access_as(role), version, version.content_hash, "nee") == ["not_yours"]


def test_another_collective_s_version_is_not_there(any_desk):
    from django.http import Http404

    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.years import add_collective
    from puntlanding.web.desk.queries import version_of, year_of
    from puntlanding.web.rules import Role

    other = add_collective("MSB Elders", "Ziekenhuis Elders")
    stranger = add_account("bestuur@elders.example", "Elders", "een-heel-ander-woord-8")
    access = Access.of(give_role(stranger, other, Role.COLLECTIVE_BOARD))
    version = settlement()
    assert codes(approve, access, version, version.content_hash) == ["not_yours"]
    with pytest.raises(Http404):
        version_of(access, version.pk)
    with pytest.raises(Http404):
        year_of(access, 2026)


def test_a_refusal_has_a_reason_and_ends_it(any_desk):
    from puntlanding.web.actions.approvals import approve, refuse

    version, board = settlement(), access_as(COLLECTIVE)
    assert codes(refuse, board, version, version.content_hash, "  ") == ["refusal_without_reason"]
    assert refuse(board, version, version.content_hash, "De kosten kloppen niet.").state == "refused"
    assert codes(approve, board, version, version.content_hash) == ["version_not_proposed"]


def test_a_later_change_asks_both_again_and_then_takes_the_place(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.desk.models import Version
    from puntlanding.web.desk.queries import current, versions

    first = approve(access_as(COLLECTIVE), settlement(), settlement().content_hash)
    second = new_settlement(**CHEAPER)
    assert (second.number, second.state) == (2, "draft")
    assert second.content_hash != first.content_hash
    second = propose(access_as(FINANCE), second, second.content_hash)
    assert (current(second.year, "settlement"), versions(second.year, "settlement").get(state="proposed")) == (
        first,
        second,
    )
    approve(access_as(HOSPITAL), second, second.content_hash)
    assert current(second.year, "settlement") == first
    approve(access_as(COLLECTIVE), second, second.content_hash)
    assert current(second.year, "settlement") == second
    assert Version.objects.get(pk=first.pk).state == "superseded"


def test_what_is_proposed_anew_takes_the_place_of_what_waited(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose

    waiting = settlement()
    new = new_settlement(**CHEAPER)
    assert codes(propose, access_as(CONTROLLER), new, waiting.content_hash) == ["version_other_content"]
    propose(access_as(CONTROLLER), new, new.content_hash)
    assert codes(approve, access_as(COLLECTIVE), waiting, waiting.content_hash) == ["version_not_proposed"]
    assert codes(propose, access_as(CONTROLLER), new, new.content_hash) == ["version_not_draft"]


def test_files_of_another_year_or_with_errors_make_no_version(any_desk):
    from puntlanding.web.actions.versions import add_version
    from puntlanding.web.actions.years import open_year
    from puntlanding.web.desk.models import Kind, Version

    count = Version.objects.count()
    next_year = open_year(access_as(CONTROLLER), 2027)
    assert codes(add_version, access_as(CONTROLLER), next_year, Kind.BUDGET, files()) == ["desk_other_year"]
    assert "group_unknown" in codes(lambda: new_settlement(**{"benchmark.csv": "vakgroep;normuren_per_fte\r\nX;1\r\n"}))
    assert Version.objects.count() == count


def test_a_settlement_without_realisation_is_not_proposed(any_desk):
    from puntlanding.web.actions.versions import add_version, propose
    from puntlanding.web.desk.models import Kind, Year

    few = {name: data for name, data in files().items() if name != "realisatie.csv"}
    version = add_version(access_as(CONTROLLER), Year.objects.get(year=2026), Kind.SETTLEMENT, few)
    assert codes(propose, access_as(CONTROLLER), version, version.content_hash) == ["needs_table"]


def at_once(*actions):
    """Each in a thread and with a connection of its own, all let go in the same moment: what came of each."""
    from django.db import connections

    gate = Barrier(len(actions))

    def one(action):
        try:
            gate.wait(10)
            return action()
        except InputError as error:
            return error.problems[0].code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(one, actions))


def boards_of(role, number):
    from puntlanding.web.access import Access
    from puntlanding.web.actions.accounts import add_account, give_role
    from puntlanding.web.desk.models import Collective

    collective = Collective.objects.get()
    made = [add_account(f"b{n}@msb.example", f"B{n}", "een-heel-ander-woord-8") for n in range(number)]
    return [Access.of(give_role(user, collective, role)) for user in made]


@pytest.mark.parametrize("turn", range(3))
def test_of_many_boards_at_the_same_moment_one_wins_and_the_others_are_told(any_desk, turn):
    """The last word is among them: for the others there is nothing left to approve."""
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.audit import verified
    from puntlanding.web.desk.models import Approval, Event
    from puntlanding.web.rules import Role

    version, boards = settlement(), boards_of(Role.COLLECTIVE_BOARD, 6)
    found = at_once(*(lambda board=board: approve(board, version, version.content_hash).state for board in boards))
    assert sorted(found) == ["final"] + 5 * ["version_not_proposed"]
    assert Approval.objects.filter(version=version).count() == 2
    assert Event.objects.filter(kind="version_final", details__version=version.pk).count() == 1
    assert verified().broken is None


def test_of_one_party_the_first_word_counts_and_the_others_hear_whose_it_was(any_desk):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.rules import Role

    new, boards = new_settlement(**CHEAPER), boards_of(Role.HOSPITAL_BOARD, 6)
    version = propose(access_as(CONTROLLER), new, new.content_hash)
    found = at_once(*(lambda board=board: approve(board, version, version.content_hash).state for board in boards))
    assert sorted(found) == 5 * ["approved_already"] + ["proposed"]
    winner = version.approvals.get().user
    with pytest.raises(InputError) as told:
        approve(boards[0], version, version.content_hash)
    assert told.value.problems[0].details["who"] == winner.display_name


@pytest.mark.parametrize("turn", range(3))
def test_both_parties_at_the_same_moment_make_it_final_once(any_desk, turn):
    from puntlanding.web.actions.approvals import approve
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.desk.models import Event

    new = new_settlement(**CHEAPER)
    version = propose(access_as(CONTROLLER), new, new.content_hash)
    parties = [access_as(COLLECTIVE), access_as(HOSPITAL)]
    found = at_once(*(lambda party=party: approve(party, version, version.content_hash).state for party in parties))
    assert sorted(found) == ["final", "proposed"]
    assert Event.objects.filter(kind="version_final", details__version=version.pk).count() == 1


def test_approval_against_refusal_and_proposal_ends_in_one_of_them(any_desk):
    from puntlanding.web.actions.approvals import approve, refuse
    from puntlanding.web.actions.versions import propose
    from puntlanding.web.desk.models import Version

    version, board, new = settlement(), access_as(COLLECTIVE), new_settlement(**CHEAPER)
    at_once(
        lambda: approve(board, version, version.content_hash),
        lambda: refuse(board, version, version.content_hash, "nee"),
        lambda: propose(access_as(CONTROLLER), new, new.content_hash),
    )
    states = list(Version.objects.filter(kind="settlement").order_by("number").values_list("state", flat=True))
    assert states in (["final", "proposed"], ["refused", "proposed"], ["superseded", "proposed"])


def test_versions_made_at_the_same_moment_are_numbered_on(any_desk):
    from puntlanding.web.desk.models import Version

    costs = [f"post;bedrag;sleutel\r\nBestuur;{n},00;als_kader\r\n" for n in range(1, 5)]
    found = at_once(*(lambda text=text: new_settlement(**{"kosten.csv": text}).number for text in costs))
    assert sorted(found) == [2, 3, 4, 5]
    assert Version.objects.filter(kind="settlement").count() == 5


def test_who_gives_their_word_reads_which_files_are_not_those_of_before(desk):
    """Costs move no norm fte; the hospital, whose they are not, reads that they differ and cannot open them."""
    import re

    version = new_settlement(**CHEAPER)
    for role, opens in ((COLLECTIVE, True), (HOSPITAL, False)):
        text = client_of(role).get(f"/versie/{version.pk}/").content.decode()
        told = re.search(r"Welke bestanden anders zijn.*?</section>", text, re.DOTALL).group()
        assert re.findall(r"([a-z_]+\.[a-z]+)(?:</a>)? <span class=\"hint\">(\w+)<", told) == [("kosten.csv", "anders")]
        assert (f'href="/versie/{version.pk}/bestanden/kosten.csv"' in told) is opens
    assert (
        "Welke bestanden anders zijn"
        not in client_of("group_representative").get(f"/versie/{version.pk}/").content.decode()
    )
