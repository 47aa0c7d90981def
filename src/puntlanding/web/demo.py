"""The demonstration collective as a year with users of every role: agreed and budgeted, and its settlement halfway approval."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from puntlanding.demo.collective import YEAR, collective_files
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.accounts import add_account, give_role
from puntlanding.web.actions.approvals import approve
from puntlanding.web.actions.versions import add_version, propose
from puntlanding.web.actions.years import add_collective, open_year
from puntlanding.web.desk.models import Collective, Kind
from puntlanding.web.rules import RULES, Detail, Role

NAME, HOSPITAL, GROUP = "MSB Voorbeeld", "Ziekenhuis Voorbeeld", "Cardiologie"
LATER = ("prognose.csv", "realisatie.csv")  # what nobody knows yet when the budget is made
_ADDRESSES = {
    Role.HOSPITAL_FINANCE: "financien@ziekenhuis.example",
    Role.HOSPITAL_BOARD: "bestuur@ziekenhuis.example",
    Role.COLLECTIVE_BOARD: "bestuur@msb.example",
    Role.COLLECTIVE_CONTROLLER: "controller@msb.example",
    Role.GROUP_REPRESENTATIVE: "vertegenwoordiger@msb.example",
    Role.SPECIALIST: "specialist@msb.example",
    Role.AUDITOR: "accountant@kantoor.example",
    Role.ADMINISTRATOR: "beheerder@ziekenhuis.example",
}


def demo_log_ins() -> Iterator[tuple[str, Role, str]]:
    """Address, role, and the group of who sees one group only."""
    for role, address in _ADDRESSES.items():
        yield address, role, GROUP if RULES[role].detail is Detail.OWN else ""


def make_demo(password: str) -> Collective:
    """All of it or nothing (snapshots that no row points to do not count). Raises InputError where there is a collective already."""
    with transaction.atomic():
        if Collective.objects.exists():
            raise InputError([Problem("demo_taken", "PUNTLANDING_DATA")])
        collective = add_collective(NAME, HOSPITAL)
        _fill(give_log_ins(collective, password))
    return collective


def give_log_ins(collective: Collective, password: str) -> dict[Role, Access]:
    as_role: dict[Role, Access] = {}
    for address, role, group in demo_log_ins():
        user = add_account(address, RULES[role].name[0].capitalize(), password)
        as_role[role] = Access.of(give_role(user, collective, role, group))
    return as_role


def _fill(as_role: dict[Role, Access]) -> None:
    controller = as_role[Role.COLLECTIVE_CONTROLLER]
    year = open_year(controller, YEAR)
    files = {name: text.encode() for name, text in collective_files().items()}
    before = {name: data for name, data in files.items() if name not in LATER}
    boards = (as_role[Role.COLLECTIVE_BOARD], as_role[Role.HOSPITAL_BOARD])
    for kind in (Kind.AGREEMENT, Kind.BUDGET):
        version = add_version(controller, year, kind, before)
        version = propose(controller, version, version.content_hash)
        for board in boards:
            version = approve(board, version, version.content_hash)
    version = add_version(controller, year, Kind.SETTLEMENT, files)
    version = propose(controller, version, version.content_hash)
    approve(as_role[Role.HOSPITAL_BOARD], version, version.content_hash)
