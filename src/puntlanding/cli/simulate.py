"""`puntlanding simulate`: what may come of a year under each agreement."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case.provenance import TableHash
from puntlanding.case.spread_list import SPREADS, SpreadList, read_spreads
from puntlanding.case.variants import shared, under
from puntlanding.cli.compare import as_share, case_and_agreements
from puntlanding.cli.linked import Asked, link_of, origins_record, origins_text
from puntlanding.cli.made import Files, Made, asked_for, place_of, sources_of, told_paths
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.norms.production import Production
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.report.question import Kind, Question, Sources
from puntlanding.simulation.centres import around, forecast_volumes, listed, one_spread
from puntlanding.simulation.drawing import Asked as Draws
from puntlanding.simulation.result import About, Simulation, Spread
from puntlanding.simulation.simulate import Proposal
from puntlanding.simulation.simulate import simulate as draw_and_settle

if TYPE_CHECKING:
    from puntlanding.case import Loaded
    from puntlanding.case.drawn_forecast import DrawnForecast
    from puntlanding.case.linked import Origin
    from puntlanding.case.model import Case
    from puntlanding.case.variants import Variant
    from puntlanding.simulation.volumes import Volumes

DRAWS, LEAST_DRAWS, MOST_DRAWS = 10_000, 100, 1_000_000
SEED, MOST_SEED = 1, 2**63
THREADS, MOST_THREADS = 4, 64
CORRELATION = 0.25  # local: as usual between forecasts of groups before their own history says otherwise
MOST_DIGITS = 20
FORECAST, BUDGET, REALISED = "prognose", "begroting", "realisatie"


@dataclass(frozen=True, slots=True)
class _Given:
    """The options that are numbers, read."""

    draws: Draws
    spread: float | None
    correlation: float | None


def simulate(*, options: Options, **given: Any) -> None:
    _show(made_simulation(options=options, **given), options)


@dataclass(frozen=True, slots=True)
class Simulated:
    """``told`` is what deserves attention."""

    found: Simulation
    made: Made
    loaded: Loaded
    origins: Sequence[Origin]
    told: Sequence[Problem]


def made_simulation(
    *, agreements: Sequence[Path], spread: str | None, correlation: str | None, volumes: str | None, draws: str | None,
    seed: str | None, threads: str | None, options: Options, **asked: Any,
) -> Simulated:  # fmt: skip
    given = _given(draws, seed, threads, spread, correlation)
    by = Asked(**asked)
    loaded, origins, variants = case_and_agreements(by, agreements, options)
    case = loaded.checked()
    centre, forecast, why = _centre(case, by, volumes)
    production = _production(case, centre, forecast)
    based, older = around(case, production)
    based = shared(based)
    told_spreads = None if given.spread is not None else _list(place_of(by), production, case.agreement.year)
    found_spread = _volumes(based, production, given, told_spreads, forecast)
    if found_spread is None:
        raise InputError([Problem("simulate_no_spread", "--spread"), *why])
    drawn, spread_of = found_spread
    about = About(
        centre, production.file, spread_of, drawn.correlation, given.correlation is not None, given.spread,
        drawn.products, drawn.alone, older, None if told_spreads is None else told_spreads.hash,
    )  # fmt: skip
    proposals = [_own(based, loaded), *(_of_file(one, based, loaded) for one in variants)]
    found = draw_and_settle(proposals, drawn, given.draws, about)
    if found.tried[0].risks is None:
        raise InputError(found.tried[0].refused)
    if centre != REALISED:  # that the year is not over yet is why it is simulated
        loaded = replace(loaded, problems=tuple(one for one in loaded.problems if one.code != "linked_unfinished"))
    told = [*warnings(loaded.problems), *(p for one in proposals[1:] for p in warnings(one.problems))]
    told = [one for at, one in enumerate(told) if one not in told[:at]]
    if forecast is not None:
        origins = _estimated(origins)
    own_lists = () if told_spreads is None else (told_spreads.path,)
    question = Question(
        Kind.SIMULATE,
        asked_for(
            {
                "agreements": told_paths(agreements, place_of(by)), "draws": str(found.draws), "seed": str(found.seed),
                "volumes": centre, "spread": spread, "correlation": correlation,
            },
            by,
        ),
    )  # fmt: skip
    more = [] if told_spreads is None else [TableHash(SPREADS, told_spreads.path.name, told_spreads.hash)]
    more += [] if forecast is None else forecast.tables
    made = _made(found, question, _sources(loaded, variants, more), loaded, options)
    made = replace(made, beside=origins_record(origins))
    loaded = replace(loaded, files=(*loaded.files, *agreements, *own_lists))
    return Simulated(found, made, loaded, origins, told)


def _sources(loaded: Loaded, variants: Sequence[Variant], more: Sequence[TableHash]) -> Sources:
    """What is drawn from counts with the data: the list of spreads, the records that the forecast was made of."""
    if loaded.provenance is not None:
        loaded = replace(loaded, provenance=loaded.provenance.with_tables(more))
    return sources_of(loaded, variants)


def _made(found: Simulation, question: Question, sources: Sources, loaded: Loaded, options: Options) -> Made:
    language, agreement = options.language, loaded.checked().agreement

    def content() -> Mapping[str, Any]:
        from puntlanding.report.simulation_record import as_record

        return as_record(found, language)

    def in_csv(folder: Path, origin: Mapping[str, Any]) -> Files:
        from puntlanding.report.simulation_files import csv_files

        return csv_files(found, folder, language, origin)

    def workbook(origin: Mapping[str, Any]) -> bytes:
        from puntlanding.report.simulation_files import workbook_bytes

        return workbook_bytes(found, f"{agreement.organisation} · {agreement.year}", language, origin)

    return Made(question, sources, language, content, in_csv, workbook)


def _given(
    draws: str | None, seed: str | None, threads: str | None, spread: str | None, correlation: str | None
) -> _Given:
    """Raises InputError with all that is wrong at once."""
    problems: list[Problem] = []

    def whole(name: str, text: str | None, least: int, most: int, usual: int) -> int:
        if text is None:
            return usual
        bare = text.strip().replace(".", "").replace(",", "") if name == "draws" else text.strip()
        if bare.isascii() and bare.isdigit() and len(bare) <= MOST_DIGITS and least <= int(bare) <= most:
            return int(bare)
        problems.append(Problem(f"simulate_{name}", f"--{name}", value=text))
        return usual

    count = whole("draws", draws, LEAST_DRAWS, MOST_DRAWS, DRAWS)
    begin = whole("seed", seed, 0, MOST_SEED, SEED)
    at_once = whole("threads", threads, 1, MOST_THREADS, min(THREADS, os.cpu_count() or 1))
    share = None if spread is None else as_share(spread)
    if spread is not None and (share is None or share >= 1):
        problems.append(Problem("simulate_spread", "--spread", value=spread))
    together = None if correlation is None else _correlation(correlation, problems)
    if problems:
        raise InputError(problems)
    return _Given(Draws(count, begin, at_once), None if share is None else float(share), together)


def _correlation(text: str, problems: list[Problem]) -> float | None:
    bare = text.strip().replace(",", ".")
    try:
        number = Decimal(bare) if len(bare) <= MOST_DIGITS else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and 0 <= number < 1:
        return float(number)
    problems.append(Problem("simulate_correlation", "--correlation", value=text))
    return None


def _centre(case: Case, by: Asked, chosen: str | None) -> tuple[str, DrawnForecast | None, Sequence[Problem]]:
    """The table around which volumes are drawn, the forecast where that is made from the store, and why it could not be made."""
    typed = {FORECAST: case.forecast, BUDGET: case.budget, REALISED: case.realisation}
    from_store = by.store is not None and _made_by_store(case.forecast)
    if chosen == FORECAST and from_store:
        return FORECAST, _forecast(case, by), ()
    if chosen is not None:
        if typed[chosen] is None:
            raise InputError([Problem("simulate_centre", chosen, details={"table": chosen})])
        return chosen, None, ()
    if from_store:
        try:
            return FORECAST, _forecast(case, by), ()
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
    from puntlanding.norms.contributed import ContributionProduction

    return forecast is None or isinstance(forecast, ContributionProduction)


def _forecast(case: Case, by: Asked) -> DrawnForecast:
    from puntlanding.case.drawn_forecast import drawn_forecast

    return drawn_forecast(link_of(by, forecast=False), case)


def _estimated(origins: Sequence[Origin]) -> tuple[Origin, ...]:
    from puntlanding.case.linked import From

    return tuple(replace(one, source=From.ESTIMATE) if one.table == FORECAST else one for one in origins)


def _production(case: Case, centre: str, forecast: DrawnForecast | None) -> Production:
    if forecast is not None:
        return forecast.production
    found = {FORECAST: case.forecast, BUDGET: case.budget, REALISED: case.realisation}[centre]
    if found is None:
        raise AssertionError(f"{centre}: chosen and not there")
    return found


def _volumes(
    case: Case, production: Production, given: _Given, told: SpreadList | None, forecast: DrawnForecast | None
) -> tuple[Volumes, Spread] | None:
    """One spread for all goes before the list, and the list before the forecast's own."""
    year = case.agreement.year
    correlation = CORRELATION if given.correlation is None else given.correlation
    if given.spread is not None:
        return one_spread(production, year, given.spread, correlation), Spread.OPTION
    if told is not None:
        return listed(production, year, told, correlation), Spread.LIST
    if forecast is None:
        return None
    drawn = forecast_volumes(forecast)
    return (drawn if given.correlation is None else replace(drawn, correlation=given.correlation)), Spread.FORECAST


def _list(place: Path, production: Production, year: int) -> SpreadList | None:
    folder = place if place.is_dir() else place.parent
    path = folder / f"{SPREADS}.csv"
    return read_spreads(path, tuple(production.measures(year))) if path.is_file() else None


def _own(case: Case, loaded: Loaded) -> Proposal:
    content = None if loaded.provenance is None else loaded.provenance.content
    same, problems = under(case, case.agreement, loaded)
    return Proposal(case.agreement.file, same, problems, None if content is None else content.hash)


def _of_file(variant: Variant, case: Case, loaded: Loaded) -> Proposal:
    other, problems = under(case, variant.agreement, loaded)
    return Proposal(variant.name, other, (*variant.said, *problems), variant.content.hash, variant.changed)


def _show(simulated: Simulated, options: Options) -> None:
    from puntlanding.report.simulation_text import as_text

    made, loaded = simulated.made, simulated.loaded
    agreement = loaded.checked().agreement
    written = made.write(options.csv, options.xlsx, loaded.files)
    if options.json:
        from puntlanding.report.contract import as_json, problems_record

        beside = problems_record(simulated.told, options.language, "waarschuwingen") if simulated.told else {}
        print(as_json(made.record(beside)))
        return
    if not written:
        print(as_text(simulated.found, f"{agreement.organisation} · {agreement.year}", options.language))
        print(*made.origin_lines(), sep="\n")
    for path in written:
        print(say("written", options.language, path))
    sys.stdout.flush()
    if simulated.origins:
        print("\n" + origins_text(simulated.origins, options.language))
    show_warnings(simulated.told, options.language)
