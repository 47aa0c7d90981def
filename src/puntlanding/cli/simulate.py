"""`puntlanding simulate`: what may come of a year under each agreement."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case.provenance import TableHash
from puntlanding.case.spread_list import SPREADS
from puntlanding.cli.compare import as_share, case_and_agreements
from puntlanding.cli.linked import Asked, link_of, origins_record, origins_text
from puntlanding.cli.made import Files, Made, asked_for, place_of, sources_of, told_paths
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.report.question import Kind, Question, Sources
from puntlanding.simulation.drawing import Asked as Draws
from puntlanding.simulation.of_case import (
    DRAWS,
    FORECAST,
    LEAST_DRAWS,
    MOST_DRAWS,
    MOST_SEED,
    REALISED,
    SEED,
    THREADS,
    Wanted,
    draw_case,
    file_proposal,
    own_proposal,
)
from puntlanding.simulation.result import Simulation
from puntlanding.simulation.simulate import Proposal

if TYPE_CHECKING:
    from puntlanding.case import Loaded
    from puntlanding.case.drawn_forecast import DrawnForecast
    from puntlanding.case.linked import Origin
    from puntlanding.case.model import Case
    from puntlanding.case.variants import Variant

MOST_THREADS = 64
MOST_DIGITS = 20


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
    proposals: list[Proposal] = []

    def laid_over(based: Case) -> list[Proposal]:
        proposals.extend([own_proposal(based, loaded), *(file_proposal(one, based, loaded) for one in variants)])
        return proposals

    records = None if by.store is None else partial(_forecast, case, by)
    wanted = Wanted(given.draws, given.spread, given.correlation, volumes)
    drawn = draw_case(case, place_of(by), wanted, laid_over, records)
    found, centre, forecast, told_spreads = drawn.found, drawn.centre, drawn.forecast, drawn.spreads
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


def _forecast(case: Case, by: Asked) -> DrawnForecast:
    from puntlanding.case.drawn_forecast import drawn_forecast

    return drawn_forecast(link_of(by, forecast=False), case)


def _estimated(origins: Sequence[Origin]) -> tuple[Origin, ...]:
    from puntlanding.case.linked import From

    return tuple(replace(one, source=From.ESTIMATE) if one.table == FORECAST else one for one in origins)


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
