"""Budget, realisation and forecast of a case from the records of its hospital: what the case types itself is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

import polars as pl

from puntlanding.agreement import Agreement
from puntlanding.case.estimated import EstimatedProduction, estimated
from puntlanding.case.home import Home, warn
from puntlanding.case.model import Case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.collective import Group
from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import ALL
from puntlanding.norms.contributed import OUTSIDE, ContributionProduction, hours_in, without_group
from puntlanding.norms.production import GroupContract, Production
from puntlanding.norms.trends import Trends
from puntlanding.norms.volume_origin import CountedVolumes
from puntlanding.norms.volumes import VOLUME, exact
from puntlanding.problems import InputError, Problem, Severity
from puntlanding.quantities import fixed

MOST_CODES = 5  # named in a warning; the rest is counted
MOST_OPEN = Fraction(
    1, 100
)  # of the base year's trajectories without product on the day: more would make a budget too low


@dataclass(frozen=True, slots=True)
class LinkedProduction:
    """None: the case types it itself, or the store has not enough for it, which ``problems`` then says."""

    budget: ContributionProduction | None
    realisation: ContributionProduction | None
    forecast: Production | None
    problems: tuple[Problem, ...]


def linked_production(case: Case, home: Home) -> LinkedProduction:
    """Raises InputError where the case leaves open whose production is whose, or has no norm times."""
    if case.budget is not None and case.realisation is not None and case.forecast is not None:
        return LinkedProduction(None, None, None, ())
    problems = [*_undecided(case.agreement), *_same_groups(case.groups), *_no_norm_times(case, home)]
    if problems:
        raise InputError(problems)
    said: list[Problem] = []
    realised = None
    if case.realisation is None or case.forecast is None:
        realised = _realised(case, home, said)
    budget = _budget(case, home, said) if case.budget is None else None
    forecast: EstimatedProduction | ContributionProduction | None = None
    if case.forecast is None:
        forecast, why = estimated(case, home) if home.forecast else (None, ())
        if forecast is not None:
            said.append(_forecast_said(case, forecast))
        elif realised is not None:
            said.append(_no_forecast(case, home))
        else:
            said += [replace(one, severity=Severity.WARNING) for one in why]
        forecast = forecast or realised
    return LinkedProduction(budget, realised if case.realisation is None else None, forecast, tuple(said))


def linked_budget(case: Case, home: Home) -> tuple[Production | None, tuple[Problem, ...]]:
    """The budget that the case types, or else the one from the store; None where it has not enough for it, as is then said.

    Raises InputError as `linked_production`, also for a typed budget: whose production is whose must be clear to forecast it.
    """
    problems = [*_undecided(case.agreement), *_same_groups(case.groups), *_no_norm_times(case, home)]
    if problems:
        raise InputError(problems)
    if case.budget is not None:
        return case.budget, ()
    said: list[Problem] = []
    return _budget(replace(case, realisation=None), home, said), tuple(said)


def _undecided(agreement: Agreement) -> Iterator[Problem]:
    rests = agreement.contracts_of_the_rest
    if len(rests) > 1:
        yield Problem("linked_rest", agreement.file, None, "contract.verzekeraars", ", ".join(rests))
    for contract in agreement.contracts:
        if contract.name in (ALL, OUTSIDE):
            yield Problem("linked_contract_name", agreement.file, None, "contract.naam", contract.name)


def _same_groups(groups: Sequence[Group]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for group in groups:
        key = (group.specialism, group.role.value)
        if first.setdefault(key, group.name) != group.name:
            details = {"other": first[key], "specialism": group.specialism, "role": group.role.value}
            yield Problem("linked_group_twice", "vakgroepen", None, "vakgroep", group.name, details)


def _no_norm_times(case: Case, home: Home) -> Iterator[Problem]:
    table, year = home.lists.norm_times, case.agreement.year
    if table is None:
        yield Problem("linked_norm_times", "normtijden", details={"folder": str(home.lists.folder)})
    elif year not in table.years:
        known = ", ".join(map(str, table.years)) or "–"
        yield Problem("norm_times_without_year", table.file, details={"year": year, "years": known})


def _year_missing(home: Home, base: int, table: str, year: int) -> Problem:
    if home.as_of is None:
        return warn("linked_year_missing", home.hospital, str(base), table=table, year=year)
    return warn("linked_year_unknown", home.hospital, str(base), table=table, year=year, day=home.as_of.isoformat())


def _year_open(code: str, home: Home, base: int, year: int, open_: Fraction) -> Problem:
    details = {"year": year, "day": str(home.known_on(base)), "share": _short(open_ * 100)}
    return warn(code, home.hospital, str(base), **details)


def _realised(case: Case, home: Home, said: list[Problem]) -> ContributionProduction | None:
    """What opened in the year itself, in its own product structure."""
    year = case.agreement.year
    if home.kept(year) is None:
        said.append(_year_missing(home, year, "realisatie", year))
        return None
    found = home.contribution(year, case)
    counted = CountedVolumes(year, found.file or "", home.hospital, home.volumes(year, case))
    typed = None if case.budget is None else frozenset(case.budget.measures(year))
    production = _production(case, home, {year: counted}, typed)
    said += _doubts(case, production, year, home)
    said += _unfinished(case, home, found)
    return production


def _budget(case: Case, home: Home, said: list[Problem]) -> ContributionProduction | None:
    year, back = case.agreement.year, case.agreement.comparison.years_back
    wanted = [year]
    if any(contract.type.needs_previous_budget for contract in case.agreement.contracts):
        wanted.append(year - 1)
    years = {}
    for of in wanted:
        base = of - back
        if home.kept(base) is None:
            said.append(_year_missing(home, base, "begroting", of))
        elif (open_ := home.open_then(base)) > MOST_OPEN and home.delivered_later(base):
            said.append(_year_open("linked_year_open", home, base, of, open_))
        elif of not in _norm_years(home):
            said.append(warn("linked_previous_norms", "normtijden", None, year=of))
        else:
            if open_ > MOST_OPEN:
                said.append(_year_open("linked_year_young", home, base, of, open_))
            years[of] = _expected(case, home, base, of, trends=of == year)
    if year not in years:
        return None
    typed = None if case.realisation is None else frozenset(case.realisation.measures(year))
    production = _production(case, home, years, typed)
    said += _doubts(case, production, year, home)
    return production


def _norm_years(home: Home) -> tuple[int, ...]:
    return () if home.lists.norm_times is None else home.lists.norm_times.years


def _expected(case: Case, home: Home, base: int, year: int, *, trends: bool) -> CountedVolumes:
    """Volumes of ``base`` in the product structure of ``year``, by way of the years between; trends are the year's own.

    Raises InputError where the factors together are finer than a volume can be.
    """
    before: CountedVolumes | None = None
    structure, file = home.lists.structure, home.contribution(base, case).file or ""
    try:
        for of in range(base + 1, year + 1):
            told = home.lists.trends if trends and of == year else Trends()
            counted = home.volumes(base, case) if before is None else before.expected
            before = CountedVolumes(of, file, home.hospital, counted, structure, told, before)
        if before is None:
            raise AssertionError("a budget's base year is before its year")
        before.expected  # noqa: B018 - so that what is wrong is said here
    except ValueError as error:
        raise InputError([Problem("linked_too_fine", structure.file or "trends")]) from error
    return before


def _production(
    case: Case, home: Home, years: Mapping[int, CountedVolumes], typed: frozenset[GroupContract] | None
) -> ContributionProduction:
    """``typed``: the pairs of a budget or realisation that the case types itself, which this one must match."""
    times = home.lists.norm_times
    if times is None:
        raise AssertionError("production without norm times passed the checks")
    contracts = [contract.name for contract in case.agreement.contracts] or [NO_CONTRACT]
    every = frozenset((group.name, contract) for group in case.groups for contract in contracts)
    return ContributionProduction(
        {(group.specialism, group.role.value): group.name for group in case.groups}, years, times,
        every if typed is None else typed, home.lists.norm_rows,
    )  # fmt: skip


def _doubts(case: Case, production: ContributionProduction, year: int, home: Home) -> Iterator[Problem]:
    """What was counted and takes no part, and who has nothing: said, never dropped in silence."""
    volumes, file = production.years[year].expected, production.years[year].file
    times = production.norm_times.of(year)
    strangers = without_group(volumes.filter(pl.col("contract") != OUTSIDE), production.groups, times)
    for specialism, role, units, minutes in strangers.iter_rows():
        details = {"year": year, "volume": _short(exact(units)), "hours": _short(hours_in(minutes))}
        yield warn("linked_no_group", file, f"{specialism} {role}", **details)
    outside = volumes.filter(pl.col("contract") == OUTSIDE)
    if outside.height:
        units = exact(int(outside[VOLUME].sum()))
        yield warn("linked_outside", file, None, year=year, volume=_short(units))
    present = set(volumes.select("specialisme", "rol").unique().rows())
    for group in case.groups:
        if (group.specialism, group.role.value) not in present:
            details = {"year": year, "specialism": group.specialism, "role": group.role.value}
            yield warn("linked_idle", file, group.name, **details)
    yield from _unpriced(production, year)


def _unpriced(production: ContributionProduction, year: int) -> Iterator[Problem]:
    for (group,), rows in production.unpriced(year).group_by(["vakgroep"], maintain_order=True):
        codes = rows["code"].to_list()
        shown = ", ".join(codes[:MOST_CODES]) + (", …" if len(codes) > MOST_CODES else "")
        volume = _short(exact(int(rows[VOLUME].sum())))
        details = {"year": year, "count": len(codes), "volume": volume, "codes": shown}
        yield warn("linked_unpriced", production.norm_times.file, str(group), **details)


def _unfinished(case: Case, home: Home, found: Contribution) -> Iterator[Problem]:
    """A year that is not over, or of which products are not known yet: what is realised will still grow."""
    year = case.agreement.year
    counts = found.about(home.hospital).counts
    open_, without = counts.get("in_behandeling", 0), counts.get("zonder_zorgproduct", 0)
    day = home.known_on(year)
    if day is not None and (open_ or without or day < date(year, 12, 31)):
        details = {"year": year, "day": day.isoformat(), "open": open_, "without": without}
        yield warn("linked_unfinished", (found.file or ""), None, **details)


def _no_forecast(case: Case, home: Home) -> Problem:
    day = home.known_on(case.agreement.year) or ""
    return warn("linked_forecast", home.hospital, None, year=case.agreement.year, day=str(day))


def _forecast_said(case: Case, forecast: EstimatedProduction) -> Problem:
    return warn("linked_estimated", forecast.file, None, year=case.agreement.year, day=forecast.day.isoformat())


def _short(value: Fraction) -> str:
    return fixed(value, 0)
