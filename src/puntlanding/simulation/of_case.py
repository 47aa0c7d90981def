"""A case, drawn: around which table its volumes vary, how far, and which agreements are laid over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from puntlanding.case.load import Loaded
from puntlanding.case.model import Case
from puntlanding.case.spread_list import SPREADS, SpreadList, read_spreads
from puntlanding.case.variants import Variant, shared, under
from puntlanding.norms.contributed import ContributionProduction
from puntlanding.norms.production import Production
from puntlanding.problems import InputError, Problem
from puntlanding.simulation.centres import around, forecast_volumes, listed, one_spread
from puntlanding.simulation.drawing import Asked
from puntlanding.simulation.result import About, Simulation, Spread
from puntlanding.simulation.simulate import Proposal, Told, nobody, simulate
from puntlanding.simulation.volumes import Volumes

if TYPE_CHECKING:
    from puntlanding.case.drawn_forecast import DrawnForecast

DRAWS, LEAST_DRAWS, MOST_DRAWS = 10_000, 100, 1_000_000
SEED, MOST_SEED = 1, 2**63
THREADS = 4
CORRELATION = 0.25  # local: as usual between forecasts of groups before their own history says otherwise
FORECAST, BUDGET, REALISED = "prognose", "begroting", "realisatie"
CENTRES = (FORECAST, BUDGET, REALISED)

Proposals = Callable[[Case], Sequence[Proposal]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """``spread`` and ``correlation`` None: of the list or the forecast. ``volumes``: the table to vary around; None for the best there is."""

    draws: Asked
    spread: float | None = None
    correlation: float | None = None
    volumes: str | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """``forecast`` where the volumes vary around that of the records; ``spreads`` where a list beside the case says how far."""

    found: Simulation
    centre: str
    forecast: DrawnForecast | None
    spreads: SpreadList | None


def draw_case(
    case: Case, place: Path, wanted: Wanted, proposals: Proposals, records: Callable[[], DrawnForecast] | None = None,
    told: Told = nobody,
) -> Drawn:  # fmt: skip
    """``proposals`` of the case as it is drawn around, its own agreement first; ``records`` makes the forecast of the store.

    Raises InputError where there is nothing to vary around, no spread, or where the own agreement cannot be settled.
    """
    centre, forecast, why = _centre(case, wanted.volumes, records)
    production = _production(case, centre, forecast)
    based, older = around(case, production)
    based = shared(based)
    spreads = None if wanted.spread is not None else _list(place, production, case.agreement.year)
    found_spread = _volumes(based, production, wanted, spreads, forecast)
    if found_spread is None:
        raise InputError([Problem("simulate_no_spread", "--spread"), *why])
    drawn, spread_of = found_spread
    about = About(
        centre, production.file, spread_of, drawn.correlation, wanted.correlation is not None, wanted.spread,
        drawn.products, drawn.alone, older, None if spreads is None else spreads.hash,
    )  # fmt: skip
    found = simulate(proposals(based), drawn, wanted.draws, about, told)
    if found.tried[0].risks is None:
        raise InputError(found.tried[0].refused)
    return Drawn(found, centre, forecast, spreads)


def own_proposal(case: Case, loaded: Loaded) -> Proposal:
    content = None if loaded.provenance is None else loaded.provenance.content
    same, problems = under(case, case.agreement, loaded)
    return Proposal(case.agreement.file, same, problems, None if content is None else content.hash)


def file_proposal(variant: Variant, case: Case, loaded: Loaded) -> Proposal:
    other, problems = under(case, variant.agreement, loaded)
    return Proposal(variant.name, other, (*variant.said, *problems), variant.content.hash, variant.changed)


def _centre(
    case: Case, chosen: str | None, records: Callable[[], DrawnForecast] | None
) -> tuple[str, DrawnForecast | None, Sequence[Problem]]:
    """The table around which volumes are drawn, the forecast where that is made from the store, and why it could not be made."""
    typed = {FORECAST: case.forecast, BUDGET: case.budget, REALISED: case.realisation}
    made = records if _made_by_store(case.forecast) else None
    if chosen == FORECAST and made is not None:
        return FORECAST, made(), ()
    if chosen is not None:
        if typed[chosen] is None:
            raise InputError([Problem("simulate_centre", chosen, details={"table": chosen})])
        return chosen, None, ()
    if made is not None:
        try:
            return FORECAST, made(), ()
        except InputError as error:
            if case.budget is None:
                raise
            return BUDGET, None, error.problems
    if case.forecast is not None:
        return FORECAST, None, ()
    if case.budget is not None:
        return BUDGET, None, ()
    raise InputError([Problem("simulate_nothing", "prognose")])


def _made_by_store(forecast: Production | None) -> bool:
    """Not typed in the case: what the store gives without being asked is what was realised so far."""
    return forecast is None or isinstance(forecast, ContributionProduction)


def _production(case: Case, centre: str, forecast: DrawnForecast | None) -> Production:
    if forecast is not None:
        return forecast.production
    found = {FORECAST: case.forecast, BUDGET: case.budget, REALISED: case.realisation}[centre]
    if found is None:
        raise AssertionError(f"{centre}: chosen and not there")
    return found


def _volumes(
    case: Case, production: Production, wanted: Wanted, spreads: SpreadList | None, forecast: DrawnForecast | None
) -> tuple[Volumes, Spread] | None:
    """One spread for all goes before the list, and the list before the forecast's own."""
    year = case.agreement.year
    correlation = CORRELATION if wanted.correlation is None else wanted.correlation
    if wanted.spread is not None:
        return one_spread(production, year, wanted.spread, correlation), Spread.OPTION
    if spreads is not None:
        return listed(production, year, spreads, correlation), Spread.LIST
    if forecast is None:
        return None
    drawn = forecast_volumes(forecast)
    return (drawn if wanted.correlation is None else replace(drawn, correlation=wanted.correlation)), Spread.FORECAST


def _list(place: Path, production: Production, year: int) -> SpreadList | None:
    folder = place if place.is_dir() else place.parent
    path = folder / f"{SPREADS}.csv"
    return read_spreads(path, tuple(production.measures(year))) if path.is_file() else None
