"""The demonstration on a made-up hospital with records: last year settled and waiting for one word, this year agreed and monitored.

What is signed are typed files, made of the store as `run --store` reads it; the forecast lives beside them, from the records themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import transaction

from puntlanding.case.linked import Link, load_linked
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.model import Case
from puntlanding.case.standing import standing
from puntlanding.case.written import typed_files
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.approvals import approve
from puntlanding.web.actions.sources import choose_source
from puntlanding.web.actions.versions import add_version, propose
from puntlanding.web.actions.years import add_collective, open_year
from puntlanding.web.demo import give_log_ins
from puntlanding.web.desk.models import Collective, Kind, Version, Year
from puntlanding.web.rules import Role
from puntlanding.web.snapshots import files_of

BUDGET, SETTLEMENT = ("begroting", "benchmark", "efficiency"), ("begroting", "realisatie", "benchmark", "efficiency")
_OF = "Gremium "  # as the made-up hospitals name their collectives


@dataclass(frozen=True, slots=True)
class Told:
    """``year`` is the one that is monitored, as known on ``as_of``; without it as of its last day of August."""

    store: Path
    hospital: str
    year: int
    contributions: Path | None = None
    as_of: date | None = None


def make_store_demo(told: Told, password: str) -> Collective:
    """All of it or nothing. Raises InputError where there is a collective already, or where the store does not hold these years."""
    now = _case(told, told.year)
    with transaction.atomic():
        if Collective.objects.exists():
            raise InputError([Problem("demo_taken", "PUNTLANDING_DATA")])
        name = now.agreement.organisation
        collective = add_collective(name, name.removeprefix(_OF))
        as_role = give_log_ins(collective, password)
        _settled(told, as_role, now)
        year = _year(as_role, told.year)
        budget = _files(told, told.year, now, BUDGET)
        for kind in (Kind.AGREEMENT, Kind.BUDGET):
            _agreed(as_role, year, kind, budget)
        choose_source(collective, told.year, told.store, told.hospital, told.as_of or date(told.year, 8, 31))
    return collective


def _settled(told: Told, as_role: Mapping[Role, Access], now: Case) -> None:
    """The year before. No contributions are there of the years before it, so that its benchmark is that of this year."""
    number = told.year - 1
    case = _case(told, number)
    if not case.rates:
        case = replace(case, rates=now.rates)
    year = _year(as_role, number)
    budget = _files(told, number, case, BUDGET)
    for kind in (Kind.AGREEMENT, Kind.BUDGET):
        _agreed(as_role, year, kind, budget)
    version = _proposed(as_role, year, Kind.SETTLEMENT, _files(told, number, case, SETTLEMENT))
    approve(as_role[Role.HOSPITAL_BOARD], version, version.content_hash)
    choose_source(year.collective, number, told.store, told.hospital, date(number, 12, 31))


def _case(told: Told, year: int) -> Case:
    linked = load_linked(Link(told.store, told.hospital, year, contributions=told.contributions, forecast=False))
    return linked.loaded.checked()


def _files(told: Told, year: int, case: Case, tables: tuple[str, ...]) -> dict[str, bytes]:
    folder = Link(told.store, told.hospital, year).place
    return files_of(folder) | dict(typed_files(case, tables, CaseLists(folder).norm_times, standing(folder)))


def _year(as_role: Mapping[Role, Access], number: int) -> Year:
    return open_year(as_role[Role.COLLECTIVE_CONTROLLER], number)


def _proposed(as_role: Mapping[Role, Access], year: Year, kind: Kind, files: Mapping[str, bytes]) -> Version:
    controller = as_role[Role.COLLECTIVE_CONTROLLER]
    version = add_version(controller, year, kind, files)
    return propose(controller, version, version.content_hash)


def _agreed(as_role: Mapping[Role, Access], year: Year, kind: Kind, files: Mapping[str, bytes]) -> None:
    version = _proposed(as_role, year, kind, files)
    for board in (Role.COLLECTIVE_BOARD, Role.HOSPITAL_BOARD):
        version = approve(as_role[board], version, version.content_hash)
