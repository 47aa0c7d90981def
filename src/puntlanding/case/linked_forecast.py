"""A hospital's year from its store to its outlook: what was known, the forecast, and the budget beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from puntlanding.budget import capacity
from puntlanding.case.estimated import asked_of, make
from puntlanding.case.forecast_lists import ForecastLists, read_forecast_lists
from puntlanding.case.home import Home, record_hashes, warn
from puntlanding.case.linked import BENCHMARKS, Link, kind_of, own_lists, the_store
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.linked_pieces import Below, below
from puntlanding.case.linked_production import linked_budget
from puntlanding.case.linked_scores import linked_rates
from puntlanding.case.load import load_case
from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance, TableHash, file_hashes
from puntlanding.explain import Node
from puntlanding.forecast.known import Known, known
from puntlanding.forecast.outlook import (
    Beside,
    Budgets,
    Made,
    Outlook,
    beside,
    care_units,
    rows_of,
    total_budget,
)
from puntlanding.forecast.outlook_totals import (
    total_bridge,
    total_contracts,
    total_estimate,
    total_fan,
    total_without_events,
)
from puntlanding.forecast.quality import strip
from puntlanding.forecast.working_days import Event
from puntlanding.norms.production import Output, Production
from puntlanding.problems import InputError, Problem, Severity

DEFAULT_BAND = 0.01


@dataclass(frozen=True, slots=True)
class ForecastAsked:
    """``case`` None: the store's own place for the year's case. ``band``: a share of the budget. Plain enough for a worker.

    ``events``: beside those of the case's own list. ``below``: also what is told below the groups, which takes longer.
    """

    store: Path
    hospital: str
    year: int | None
    as_of: date
    case: Path | None = None
    band: float = DEFAULT_BAND
    events: tuple[Event, ...] = ()
    below: bool = False

    @property
    def link(self) -> Link:
        return Link(self.store, self.hospital, self.year, self.case, self.as_of)


@dataclass(frozen=True, slots=True)
class LinkedOutlook:
    """``problems``: what the user is to know beside it. ``files``: no result may be written over these."""

    outlook: Outlook
    problems: tuple[Problem, ...]
    files: tuple[Path, ...] = ()
    provenance: Provenance | None = None
    below: Below | None = None


def linked_outlook(asked: ForecastAsked) -> LinkedOutlook:
    """Raises InputError where there is no such store, hospital, year or case, or no forecast can be made, which then says why."""
    link = asked.link
    store = the_store(link)
    loaded = load_case(link.place, ("vakgroepen", "begroting", "benchmark", "normtijden"))
    case = loaded.checked()
    if asked.year is not None and asked.year != case.agreement.year:
        details = {"year": asked.year, "found": case.agreement.year}
        raise InputError([Problem("linked_other_year", case.agreement.file, None, "afspraak.jaar", details=details)])
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    home = Home(store, asked.hospital, asked.as_of, lists, kind_of(link, lists))
    production, budgets, known_on, said, benchmark = _budgets(case, home)
    own = read_forecast_lists(lists.folder, [group.name for group in case.groups])
    own = replace(own, events=(*own.events, *asked.events))
    found = known(store, asked_of(case, home, asked.as_of))
    made = make(found, case, own)
    outlook = _outlook(asked, case, found, made, budgets, own)
    problems = [one for one in loaded.problems if one.severity is Severity.WARNING]
    problems += [*said, *_doubts(asked, found), *_without_budget(outlook)]
    provenance = loaded.provenance
    if provenance is not None:
        records = record_hashes(store, asked.hospital, found.deliveries)
        provenance = provenance.with_tables(
            (*records, *home.hashes(), *file_hashes((*own.files, *own_lists(lists))), *benchmark)
        )
    files = (*loaded.files, *own.files)
    more = below(found, case, own, made, production, lists, asked.hospital) if asked.below else None
    return LinkedOutlook(replace(outlook, budget_known=known_on), tuple(problems), files, provenance, more)


def asked_of_link(link: Link) -> ForecastAsked:
    """As of its day, or else of the year's last delivery. Raises InputError where there is none."""
    day = link.as_of
    if day is None:
        there = the_store(link).deliveries(link.hospital)
        of = [one.delivered for one in there if one.year == link.year]
        if not of:
            details = {"year": link.year, "years": ", ".join(map(str, sorted({one.year for one in there}))) or "–"}
            raise InputError([Problem("forecast_year_missing", link.hospital, value=str(link.year), details=details)])
        day = max(of)
    return ForecastAsked(link.store, link.hospital, link.year, day, link.case)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One of many hospitals: ``found``, or else ``problems``."""

    hospital: str
    found: LinkedOutlook | None
    problems: tuple[Problem, ...] = ()


def attempted(asked: ForecastAsked) -> Attempt:
    try:
        return Attempt(asked.hospital, linked_outlook(asked))
    except InputError as error:
        return Attempt(asked.hospital, None, tuple(error.problems))


def _budgets(
    case: Case, home: Home
) -> tuple[Production | None, Budgets, date | None, tuple[Problem, ...], Sequence[TableHash]]:
    """The budget; norm hours, and the day on which the volumes of a budget from the store were known, never later than the day asked for; and
    the benchmark where hours were found with one.
    """
    production, said = linked_budget(case, home)
    benchmark: Sequence[TableHash] = ()
    if production is None:
        return None, Budgets(), None, said, benchmark
    year = case.agreement.year
    outputs = production.outputs(year)
    rates = case.rates
    if any(output.hours is None for output in outputs.values()):  # a budget in norm fte: hours by the benchmark
        linked = linked_rates(case, home, home.store.root / BENCHMARKS, None)
        rates = {**linked.rates, **rates}
        if linked.file is not None:
            benchmark = file_hashes([home.store.root / BENCHMARKS / linked.file.content.file])
    rows = capacity(case.groups, outputs, rates, {}).rows
    groups = {row.name: row.hours.value for row in rows if row.hours is not None}
    contracts = {
        key: hours for key, output in outputs.items() if (hours := _in_hours(output, rates.get(key[0]))) is not None
    }
    known_on = home.known_on(year - case.agreement.comparison.years_back) if case.budget is None else None
    return production, Budgets(groups, contracts), known_on, said, benchmark


def _in_hours(output: Output, rate: Node | None) -> Fraction | None:
    if output.hours is not None:
        return output.hours.value
    return None if output.fte is None or rate is None else output.fte.value * rate.value


def _outlook(
    asked: ForecastAsked, case: Case, found: Known, made: Made, budgets: Budgets, own: ForecastLists
) -> Outlook:
    rows = rows_of(case.groups, made, budgets, asked.band, own.sessions or {})
    forecast_ = made.forecast
    return Outlook(
        hospital=asked.hospital,
        organisation=case.agreement.organisation,
        year=case.agreement.year,
        asked=asked.as_of,
        as_of=forecast_.as_of,
        band=asked.band,
        rows=rows,
        total=beside("Totaal", total_estimate(made), total_budget(rows), asked.band),
        total_contracts=_contracts(case, made, budgets, asked.band),
        total_bridge=total_bridge(rows),
        total_fan=total_fan(made),
        total_without_events=total_without_events(made),
        method=forecast_.method,
        reason=forecast_.reason,
        history_months=forecast_.months,
        quality=forecast_.quality,
        strip=strip(found),
        deliveries=found.deliveries,
        counts=found.counts,
        events=own.events,
        care_units=care_units(case.groups, rows, forecast_.correlation, asked.band),
        region=made.region,
    )


def _contracts(case: Case, made: Made, budgets: Budgets, band: float) -> tuple[Beside, ...]:
    found = []
    for name, estimate in sorted(total_contracts(made).items()):
        parts = [budgets.contracts.get((group.name, name)) for group in case.groups]
        known_parts = [part for part in parts if part is not None]
        budget = sum(known_parts, Fraction(0)) if known_parts else None
        found.append(beside(name, estimate, budget, band))
    return tuple(found)


def _doubts(asked: ForecastAsked, found: Known) -> Iterator[Problem]:
    if found.history.as_of < asked.as_of:
        yield warn("forecast_behind", "--as-of", asked.as_of.isoformat(), known=found.history.as_of.isoformat(), year=found.history.year)  # fmt: skip
    stale = [one for one in found.deliveries if one.stale]
    if stale:
        years, days = (", ".join(map(str, part)) for part in zip(*((one.year, one.day) for one in stale), strict=True))
        yield warn(
            "forecast_stale", asked.hospital, None, years=years, days=days, known=found.history.as_of.isoformat()
        )
    later = sorted({one.day.isoformat() for one in found.deliveries if one.later})
    if later:
        yield warn("forecast_later_delivery", asked.hospital, asked.as_of.isoformat(), delivered=", ".join(later))
    lacking: Mapping[tuple[str, str], bool] = {
        ("openingen", "openings"): found.opened_known,
        ("zorgproducten", "products"): found.product_known,
        ("activiteiten", "activities"): found.done_known,
    }
    what = [words for words, told in lacking.items() if not told]
    if what:
        both = (", ".join(nl for nl, _ in what), ", ".join(en for _, en in what))
        yield warn("forecast_dates_stand_in", asked.hospital, None, what=both)
    if found.missing:
        yield warn("forecast_years_lost", asked.hospital, None, years=", ".join(map(str, found.missing)))


def _without_budget(outlook: Outlook) -> Iterator[Problem]:
    names = [row.name for row in outlook.rows if row.beside.budget is None]
    if names:
        yield warn("forecast_without_budget", "begroting", None, groups=", ".join(names))
