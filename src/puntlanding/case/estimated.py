"""A case's forecast from the records of its hospital: what the engine is told, and what it gives as production of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from puntlanding.case.fold_rules import contracts_of
from puntlanding.case.forecast_lists import OWN_REGION, ForecastLists, read_forecast_lists
from puntlanding.case.model import Case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.collective import Group, Role
from puntlanding.contribution.tables import ALL
from puntlanding.explain import Node, Source, Unit, cell, total
from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import History, day_number
from puntlanding.forecast.known import Asked, Known, known
from puntlanding.forecast.outlook import Made
from puntlanding.forecast.result import PER_HOUR, Estimate, Forecast, NoForecast, Refusal
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.supporting import supporting_forecast
from puntlanding.forecast.working_days import Event, nearest_region
from puntlanding.norms.production import GroupContract, Measure, Output
from puntlanding.norms.revalued import revalued
from puntlanding.problems import InputError, Problem

if TYPE_CHECKING:
    from puntlanding.case.home import Home

STEPS = 100  # hundredths of an hour: an estimate is no finer
LONGEST = 180  # days after the year in which all that opened in it has closed


@dataclass(frozen=True, slots=True)
class EstimatedProduction:
    """Norm hours of the whole year: what is closed, exactly, and estimates of the rest in hundredths of an hour.

    ``day``: up to which the records went. What supporting groups do is under the contract of whose trajectory they work in, as in
    the fold.
    """

    file: str
    day: date
    hours: Mapping[GroupContract, Estimate]

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        return dict.fromkeys(self.hours, Measure.HOURS)

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        return {key: Output(hours=self._node(*key, one)) for key, one in self.hours.items()}

    def _node(self, group: str, contract: str, one: Estimate) -> Node:
        def part(term: str, value: Fraction) -> Node:
            return cell(term, value, Unit.HOURS, Source(self.file, None, None), subject=group, contract=contract)

        parts = (
            part("forecast_closed", Fraction(one.closed, PER_HOUR)),
            part("forecast_in_flight", _rounded(one.in_flight)),
            part("forecast_to_open", _rounded(one.to_open)),
        )
        return total("norm_hours", Unit.HOURS, parts, subject=group, contract=contract)


def _rounded(hours: float) -> Fraction:
    return Fraction(round(hours * STEPS), STEPS)


def estimated(case: Case, home: Home) -> tuple[EstimatedProduction | None, tuple[Problem, ...]]:
    """None where the records do not carry a forecast, as is then said; or where the year is over and all of it has closed: then
    what is known is it. The delivery is the one that `known` chooses.

    Raises InputError where a list for the forecast cannot be read.
    """
    year = case.agreement.year
    delivered = [one.delivered for one in home.store.deliveries(home.hospital) if one.year == year]
    if not delivered:
        return None, ()
    as_of = home.as_of or delivered[-1]
    day = home.known_on(year) or as_of
    if day >= date(year, 12, 31) + timedelta(days=LONGEST):
        return None, ()
    own = read_forecast_lists(home.lists.folder, [group.name for group in case.groups])
    try:
        found = known(home.store, asked_of(case, home, as_of))
        made = make(found, case, own, bridge=False)
    except InputError as error:
        return None, tuple(error.problems)
    file = f"{home.hospital} {year}, {found.history.as_of.isoformat()}"
    return EstimatedProduction(file, found.history.as_of, _hours(case, made)), ()


def _hours(case: Case, made: Made) -> Mapping[GroupContract, Estimate]:
    names = [contract.name for contract in case.agreement.contracts] or [NO_CONTRACT]
    nothing = Estimate(0, 0.0, 0.0, 0.0)
    found = {(group.name, name): nothing for group in case.groups for name in names}
    for group in case.groups:
        for name, estimate in _by_contract(group, made, names[0]).items():
            if (group.name, name) in found:
                found[group.name, name] = estimate
    return found


def _by_contract(group: Group, made: Made, first: str) -> Mapping[str, Estimate]:
    now, _ = made.of(group.role)
    own = None if now is None else next((one for one in now.groups if one.group == group.specialism), None)
    if own is None:
        return {}
    return {first if name == ALL else name: one for name, one in own.contracts.items()}


def asked_of(case: Case, home: Home, as_of: date) -> Asked:
    """Raises InputError where no group has openings."""
    agreement = case.agreement
    gatekeepers = sorted({group.specialism for group in case.groups if group.role is Role.GATEKEEPING})
    if not gatekeepers:
        raise InputError([Problem("forecast_no_gatekeepers", "vakgroepen", None, "rol")])
    supporters = sorted({group.specialism for group in case.groups if group.role is Role.SUPPORTING})
    contracts, rest = contracts_of(agreement)
    times = home.lists.norm_times
    if times is None:
        raise AssertionError("a forecast without norm times passed the checks")
    opened = {one.year for one in home.store.deliveries(home.hospital) if one.year < agreement.year}
    earlier = {
        year: revalued(times, home.lists.structure, agreement.year, year, home.hospital) for year in sorted(opened)
    }
    outside = rest == ALL and bool(agreement.contracts)
    return Asked(
        home.hospital, agreement.year, as_of, times.of(agreement.year), tuple(gatekeepers), tuple(supporters), contracts,
        None if outside else rest, earlier,
    )  # fmt: skip


def make(found: Known, case: Case, own: ForecastLists, *, bridge: bool = True) -> Made:
    """Now, and with ``bridge`` as it would have been at the end of the month before. Raises InputError where the engine refuses."""
    history = found.history
    settings = engine_settings(own, history)
    events, helping = (events_of(own.events, case, role) for role in (Role.GATEKEEPING, Role.SUPPORTING))
    now = forecast(history, settings, events)
    if isinstance(now, NoForecast):
        raise InputError([_refused(now, found)])
    helped = supporting_forecast(history, now, settings, helping)
    if not bridge:
        return Made(now, supporting=helped, region=settings.region)
    earlier = history.as_of.replace(day=1) - timedelta(days=1)
    back = history.as_known(earlier)
    plain = replace(settings, method=now.method, back_test=False, fan=False)
    before = forecast(back, plain, events)
    helped_before = None
    if isinstance(before, Forecast):
        helped_before = supporting_forecast(back, before, plain, helping)
    return Made(now, before if isinstance(before, Forecast) else None, helped, helped_before, settings.region)


def _refused(now: NoForecast, found: Known) -> Problem:
    """Records that do not end before the day but were recorded after it have a remedy of their own."""
    value, recorded = now.as_of.isoformat(), found.recorded_on
    if recorded is not None and now.refusal in (Refusal.NO_HISTORY, Refusal.BEHIND_DATE):
        return Problem("forecast_recorded_later", "--as-of", value=value, details={"recorded": recorded.isoformat()})
    return Problem(f"forecast_{now.refusal}", "--as-of", value=value, details={"year": now.year})


def engine_settings(own: ForecastLists, history: History) -> Settings:
    """The region is found once, so that the forecasts of several days differ by what was known only."""
    if own.holidays is not None:
        return Settings(region=OWN_REGION, school_holidays=own.holidays)
    if history.first is None:
        return Settings()
    first = day_number(history.first)
    opened = history.trajectories.opened
    days = opened[opened >= first] - first
    counts = np.bincount(days, minlength=day_number(history.as_of) - first + 1).astype(np.float64)
    return Settings(region=nearest_region(counts, first))


def events_of(events: Sequence[Event], case: Case, role: Role) -> tuple[Event, ...]:
    """Those of groups in ``role``, and of all groups; the engine knows a group by its specialism."""
    codes = {group.name: group.specialism for group in case.groups if group.role is role}
    mine = (one for one in events if one.group is None or one.group in codes)
    return tuple(one if one.group is None else replace(one, group=codes[one.group]) for one in mine)
