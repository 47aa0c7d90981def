"""Asking for a simulation: which version, beside which agreements, how many draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.case.spread_list import SPREADS
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, sentence, visible
from puntlanding.language.typed import typed_number
from puntlanding.problems import InputError, Problem
from puntlanding.simulation.of_case import DRAWS, LEAST_DRAWS, MOST_SEED, SEED
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.jobs import start
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Kind, Source, Version, Year
from puntlanding.web.desk.planned import planned_events
from puntlanding.web.desk.queries import latest, source_of, versions
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.presenters.facts import STATES as VERSION_STATES
from puntlanding.web.presenters.simulation_page import version_title
from puntlanding.web.presenters.type_titles import type_names, type_title
from puntlanding.web.rules import Permission
from puntlanding.web.work.asked import held_now
from puntlanding.web.work.models import Asked

MOST_DRAWS = 200_000  # some minutes; who wants more has the command line
MOST_BESIDE = 8
_SPREAD = Decimal("0.05")  # where nothing says how far volumes vary


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, as it was typed."""

    version: str
    draws: str
    seed: str
    spread: str
    beside: frozenset[str]
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    title: str
    chosen: bool


def simulation(request: AccessRequest, year: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    there = list(versions(found))
    own = latest(found)
    if own is None:
        return shown(request, "simulation", "nothing_yet", found, stage="agreement", why="")
    source = source_of(found)
    if request.method != "POST":
        typed = Typed(str(own.pk), number(DRAWS, 0, language), str(SEED), "" if source else "5", frozenset())
        return _form(request, found, there, typed, source)
    typed = Typed(
        request.POST.get("version", ""), request.POST.get("draws", ""), request.POST.get("seed", ""),
        request.POST.get("spread", ""), frozenset(request.POST.getlist("beside")),
    )  # fmt: skip
    try:
        asked = _asked(request, found, there, typed, source)
        needs = (Permission.SEE_DISTRIBUTION,) if asked["euros"] else ()
        job = start(request.access, "simulation", asked, found, needs)
    except InputError as error:
        problems = {one.column or "": sentence(one, language) for one in error.problems}
        again = Typed(typed.version, typed.draws, typed.seed, typed.spread, typed.beside, problems)
        return _form(request, found, there, again, source, status=422)
    return redirect("job", job.pk)


def _form(
    request: AccessRequest, year: Year, there: Sequence[Version], typed: Typed, source: Source | None, status: int = 200
) -> HttpResponse:
    language = language_of(request)
    which = index(language)
    own = [Option(str(one.pk), _shown(one, which), str(one.pk) == typed.version) for one in there]
    agreements = [
        Option(f"v{one.pk}", _shown(one, which), f"v{one.pk}" in typed.beside)
        for one in there
        if one.kind == Kind.AGREEMENT
    ]
    types = [Option(name, type_title(name)[which], name in typed.beside) for name in type_names()]
    answer = shown(
        request, "simulation", "simulation", year, versions=own, agreements=agreements, types=types, typed=typed,
        problems=typed.problems, records=source is not None, most=number(MOST_DRAWS, 0, language),
    )  # fmt: skip
    answer.status_code = status
    return answer


def _asked(
    request: AccessRequest, year: Year, there: Sequence[Version], typed: Typed, source: Source | None
) -> dict[str, Asked]:
    """Raises InputError with all that is wrong at once; a problem's column is the field."""
    language = language_of(request)
    problems: list[Problem] = []
    version = next((one for one in there if str(one.pk) == typed.version), None)
    if version is None:
        problems.append(Problem("simulation_version", "-", column="version"))
    draws = _number(typed.draws, language, whole=True)
    if draws is None or not LEAST_DRAWS <= draws <= MOST_DRAWS:
        details = {
            "least": LEAST_DRAWS,
            "most": (_count(MOST_DRAWS, Language.DUTCH), _count(MOST_DRAWS, Language.ENGLISH)),
        }
        problems.append(Problem("simulation_draws", "-", column="draws", value=typed.draws, details=details))
    seed = _number(typed.seed, language, whole=True)
    if seed is None or not 0 <= seed <= MOST_SEED:
        problems.append(Problem("simulation_seed", "-", column="seed", value=typed.seed))
    spread = _number(typed.spread.removesuffix("%"), language) if typed.spread.strip() else None
    if typed.spread.strip() and (spread is None or not 0 <= spread < 100):
        problems.append(Problem("simulation_spread", "-", column="spread", value=typed.spread))
    if version is not None and not typed.spread.strip() and source is None and not _listed(version):
        problems.append(Problem("simulation_no_spread", "-", column="spread"))
    types = [name for name in type_names() if name in typed.beside]
    agreements = [one for one in there if one.kind == Kind.AGREEMENT and f"v{one.pk}" in typed.beside]
    if len(types) + len(agreements) > MOST_BESIDE:
        problems.append(Problem("simulation_beside", "-", column="beside", details={"most": MOST_BESIDE}))
    if problems or version is None or draws is None or seed is None:
        raise InputError(problems)
    return {
        "version": version.pk,
        "snapshot": version.snapshot,
        "year": year.pk,
        "title": _title(version),
        "owner": visible(f"{request.access.collective.name} · {year.year}"),
        "agreements": [[_title(one), one.snapshot] for one in agreements],
        "types": [*types],
        "draws": int(draws),
        "seed": int(seed),
        "spread": None if spread is None else str(spread / 100),
        "records": None if source is None else held_now(source),
        "planned": [] if source is None else [one.pk for one in planned_events(year)],
        "euros": request.access.may(Permission.SEE_DISTRIBUTION),
        "language": language.value,
    }


def _listed(version: Version) -> bool:
    return (snapshots().folder(version.snapshot) / f"{SPREADS}.csv").is_file()


def _number(text: str, language: Language, *, whole: bool = False) -> Decimal | None:
    found = typed_number(text.strip(), language)
    return None if found is None or (whole and found != int(found)) else found


def _title(version: Version) -> list[str]:
    return list(version_title(version.kind, version.number))


def _shown(version: Version, which: int) -> str:
    title = _title(version)[which]
    return f"{title[:1].upper()}{title[1:]} ({VERSION_STATES[version.state][which]})"


def _count(many: int, language: Language) -> str:
    return number(many, 0, language)
