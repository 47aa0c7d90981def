"""Below the groups of an outlook: products beside their budget, diagnosis groups, and the year without each event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from puntlanding.case.estimated import engine_settings, events_of
from puntlanding.case.forecast_lists import ForecastLists
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.model import Case
from puntlanding.collective import Role
from puntlanding.fold.rules import DiagnosisGroups
from puntlanding.forecast.columns import as_number
from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import History, Ints, day_number
from puntlanding.forecast.known import Known
from puntlanding.forecast.known_codes import PRODUCT
from puntlanding.forecast.outlook import Made
from puntlanding.forecast.outlook_totals import total_estimate
from puntlanding.forecast.pieces import Piece, pieces
from puntlanding.forecast.result import Forecast
from puntlanding.forecast.supporting import supporting_forecast
from puntlanding.forecast.working_days import Event
from puntlanding.norms.by_code import hours_by_code
from puntlanding.norms.production import Production
from puntlanding.norms.structure import Change, ProductStructure

MOST_EVENTS = 12  # that are each left out once: more would take too long

NO_CODE = -2  # no trajectory has it
UNCHANGED = 0.005  # norm hours: the order of adding up alone makes a difference far below it


@dataclass(frozen=True, slots=True)
class BudgetedPiece:
    """``budget``: norm hours; None where the group's budget has no products, or where budgets know no such thing."""

    piece: Piece
    budget: Fraction | None


@dataclass(frozen=True, slots=True)
class GroupPieces:
    """By code. Products that are budgeted and of which nothing is known or expected are there too."""

    products: tuple[BudgetedPiece, ...]
    diagnoses: tuple[BudgetedPiece, ...]


@dataclass(frozen=True, slots=True)
class WithoutEvent:
    """Norm hours of the year if ``event`` were not to happen and all others were; of the groups where that differs."""

    event: Event
    total: float
    groups: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Below:
    """``groups``: by name. Only groups with trajectories of their own: work for others is known by group alone."""

    groups: Mapping[str, GroupPieces]
    events: tuple[WithoutEvent, ...]


def below(
    found: Known,
    case: Case,
    own: ForecastLists,
    made: Made,
    budget: Production | None,
    lists: CaseLists,
    hospital: str,
) -> Below:
    """``lists``: which diagnoses are one group, and what took the place of products of earlier years."""
    year = case.agreement.year
    grouped = lists.diagnosis_groups(year)
    budgets = {} if budget is None else hours_by_code(budget, year)
    settings = replace(engine_settings(own, found.history), method=made.forecast.method)
    products = renamed(found.history, found.products, lists.structure, hospital)
    parts = pieces(found.history, products, found.diagnoses, made.forecast, settings)
    groups = {}
    for group in case.groups:
        one = parts.get(group.specialism) if group.role is Role.GATEKEEPING else None
        if one is not None:
            named = _named(group.specialism, one.diagnoses, grouped)
            groups[group.name] = GroupPieces(
                _beside(one.products, budgets.get(group.name)), tuple(BudgetedPiece(piece, None) for piece in named)
            )
    return Below(groups, tuple(_without_each(found, case, own, made)))


def renamed(history: History, products: Ints, structure: ProductStructure, hospital: str) -> Ints:
    """Codes of trajectories of earlier years by what took their place up to the history's year. One that was split keeps its own."""
    rows, found = history.trajectories, products.copy()
    place = {name: at for at, name in enumerate(history.groups)}
    for year in sorted(one for one in structure.years if one <= history.year):
        before = rows.opened < day_number(date(year, 1, 1))
        was = found.copy()  # of one year: no code is replaced by what is itself replaced in it
        for (specialism, old), new in _successors(structure.of(year), hospital).items():
            if specialism in place:
                found[before & (rows.group == place[specialism]) & (was == as_number(old, NO_CODE))] = as_number(new)
    return found


def _successors(changes: Iterable[Change], hospital: str) -> Mapping[tuple[str, str], str]:
    """A row for this hospital goes before the rows for all."""
    told: dict[tuple[str, str], dict[bool, list[str]]] = {}
    for one in changes:
        if one.kind == PRODUCT and one.old is not None and one.new is not None and one.hospital in (None, hospital):
            told.setdefault((one.specialism, one.old), {}).setdefault(one.hospital is not None, []).append(one.new)
    news = {key: by.get(True) or by[False] for key, by in told.items()}
    return {key: codes[0] for key, codes in news.items() if len(codes) == 1}


def _beside(products: Iterable[Piece], budget: Mapping[str, Fraction] | None) -> tuple[BudgetedPiece, ...]:
    if budget is None:
        return tuple(BudgetedPiece(one, None) for one in products)
    here = {one.code: one for one in products}
    codes = sorted({*here, *(code for code, hours in budget.items() if hours)})
    nothing = Fraction(0)
    return tuple(BudgetedPiece(here.get(code, Piece(code, 0, 0, 0, 0)), budget.get(code, nothing)) for code in codes)


def _named(specialism: str, diagnoses: Sequence[Piece], grouped: DiagnosisGroups | None) -> tuple[Piece, ...]:
    """Diagnoses that the hospital's list puts together; one that is not listed is a group by itself."""
    if grouped is None:
        return tuple(diagnoses)
    found: dict[str, Piece] = {}
    for one in diagnoses:
        code = grouped.groups.get((specialism, one.code.zfill(4)), one.code)
        two = found.get(code, Piece(code, 0, 0, 0, 0))
        found[code] = Piece(
            code,
            one.closed + two.closed,
            one.count + two.count,
            one.in_flight + two.in_flight,
            one.to_open + two.to_open,
        )
    return tuple(found[code] for code in sorted(found))


def _without_each(found: Known, case: Case, own: ForecastLists, made: Made) -> Iterable[WithoutEvent]:
    """The same engine with one event fewer. Points only: bounds and past forecasts are left alone."""
    settings = replace(engine_settings(own, found.history), method=made.forecast.method, back_test=False, fan=False)
    for at, event in enumerate(own.events[:MOST_EVENTS]):
        rest = (*own.events[:at], *own.events[at + 1 :])
        now = forecast(found.history, settings, events_of(rest, case, Role.GATEKEEPING))
        if not isinstance(now, Forecast):
            continue
        helped = supporting_forecast(found.history, now, settings, events_of(rest, case, Role.SUPPORTING))
        without = Made(now, supporting=helped, region=made.region)
        groups = {}
        for group in case.groups:
            now_, bare = (_hours(one.of(group.role)[0], group.specialism) for one in (made, without))
            if now_ is not None and bare is not None and abs(now_ - bare) > UNCHANGED:
                groups[group.name] = bare
        yield WithoutEvent(event, total_estimate(without).forecast, groups)


def _hours(of: Forecast | None, specialism: str) -> float | None:
    own = None if of is None else next((one for one in of.groups if one.group == specialism), None)
    return None if own is None else own.estimate.forecast
