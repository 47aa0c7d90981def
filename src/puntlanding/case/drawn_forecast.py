"""The forecast of a case's hospital as something to draw from: estimates per group and contract, and how much groups move together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from puntlanding.case.estimated import LONGEST, EstimatedProduction, asked_of, make
from puntlanding.case.forecast_lists import read_forecast_lists
from puntlanding.case.home import Home, record_hashes
from puntlanding.case.linked import Link, kind_of, the_store
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.model import Case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.case.provenance import TableHash, file_hashes
from puntlanding.contribution.tables import ALL
from puntlanding.forecast.known import known
from puntlanding.forecast.result import Estimate
from puntlanding.forecast.working_days import Event
from puntlanding.norms.production import GroupContract
from puntlanding.problems import InputError, Problem

NOTHING = Estimate(0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class DrawnForecast:
    """``groups``: the estimate of each group over all contracts. ``correlation`` of the misses of two groups. ``tables``: what it
    was made of.
    """

    production: EstimatedProduction
    groups: Mapping[str, Estimate]
    correlation: float
    tables: tuple[TableHash, ...] = ()


def drawn_forecast(link: Link, case: Case, events: Sequence[Event] = ()) -> DrawnForecast:
    """``events``: beside those of the case's own list. Raises InputError where the records do not carry a forecast, or the year is over
    and known.
    """
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    home = Home(the_store(link), link.hospital, link.as_of, lists, kind_of(link, lists))
    year = case.agreement.year
    delivered = [one.delivered for one in home.store.deliveries(home.hospital) if one.year == year]
    if not delivered:
        raise InputError([Problem("simulate_no_records", link.hospital, value=str(year))])
    as_of = home.as_of or delivered[-1]
    if (home.known_on(year) or as_of) >= date(year, 12, 31) + timedelta(days=LONGEST):
        raise InputError([Problem("simulate_year_known", link.hospital, value=str(year))])
    own = read_forecast_lists(lists.folder, [group.name for group in case.groups])
    own = replace(own, events=(*own.events, *events))
    found = known(home.store, asked_of(case, home, as_of))
    made = make(found, case, own, bridge=False)
    names = [contract.name for contract in case.agreement.contracts] or [NO_CONTRACT]
    hours: dict[GroupContract, Estimate] = {(group.name, name): NOTHING for group in case.groups for name in names}
    groups = {}
    for group in case.groups:
        forecast, _ = made.of(group.role)
        mine = None if forecast is None else next((g for g in forecast.groups if g.group == group.specialism), None)
        if mine is None:
            continue
        groups[group.name] = mine.estimate
        for contract, estimate in mine.contracts.items():
            key = group.name, names[0] if contract == ALL else contract
            if key in hours:
                hours[key] = estimate
    file = f"{home.hospital} {year}, {found.history.as_of.isoformat()}"
    estimated = EstimatedProduction(file, found.history.as_of, hours)
    tables = (*record_hashes(home.store, home.hospital, found.deliveries), *file_hashes(own.files))
    return DrawnForecast(estimated, groups, made.forecast.correlation, tables)
