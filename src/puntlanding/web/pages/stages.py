"""Budget, monitoring, settlement and distribution: each stage from the version that counts, with its numbers as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.report.csv_file import FILE_NAMES, csv_bytes
from puntlanding.report.dossier import Dossier
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.desk.outlooks import Expected
from puntlanding.web.desk.queries import current
from puntlanding.web.pages.base import (
    UnreadableError,
    asked_year,
    fact,
    language_of,
    latest,
    outlook_of,
    read,
    scope_key,
    scope_of,
    shown,
)
from puntlanding.web.presenters.agreed import one_sentence
from puntlanding.web.presenters.figures import Drawn, drawn, drawn_outlook, figures_of
from puntlanding.web.presenters.outlook_page import outlook_page
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import stage_page, why_not

NAMES = {
    Stage.BUDGET: "budget",
    Stage.MONITOR: "monitoring",
    Stage.SETTLE: "settlement",
    Stage.DISTRIBUTE: "distribution",
}


def budget(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.BUDGET)


def monitoring(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.MONITOR)


def settlement(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.SETTLE)


def distribution(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.DISTRIBUTE)


def budget_file(request: AccessRequest, year: int) -> HttpResponse:
    return _file(request, year, Stage.BUDGET)


def monitoring_file(request: AccessRequest, year: int) -> HttpResponse:
    return _file(request, year, Stage.MONITOR)


def settlement_file(request: AccessRequest, year: int) -> HttpResponse:
    return _file(request, year, Stage.SETTLE)


def distribution_file(request: AccessRequest, year: int) -> HttpResponse:
    return _file(request, year, Stage.DISTRIBUTE)


def version_for(year: Year, stage: Stage) -> Version | None:
    """The budget has versions of its own; all else comes from the newest data."""
    own = current(year, Kind.BUDGET) if stage is Stage.BUDGET else None
    return own or latest(year)


def _page(request: AccessRequest, year: int, stage: Stage) -> HttpResponse:
    found, name = asked_year(request, year), NAMES[stage]
    version = version_for(found, stage)
    if version is None:
        return shown(request, name, "nothing_yet", found, stage=stage.value, why="")
    try:
        dossier = read(request, version, found, name)
    except UnreadableError as told:
        return told.response
    scope, asks = scope_of(request.access), request.GET.get("uitleg", "")
    made, lacking = outlook_of(request, version, dossier) if stage is Stage.MONITOR else (None, "")
    if not dossier.has(stage) and made is None:
        return shown(
            request, name, "nothing_yet", found, stage=stage.value, why=why_not(dossier, stage, scope),
            version=fact(version), outlook_lacking=lacking,
        )  # fmt: skip
    typed = dossier.has(stage)
    return shown(
        request, name, "stage" if made is None else "outlook", found, stage=stage.value, asks=asks, file=f"{name}_file",
        page=stage_page(dossier, stage, scope, asks) if typed else None, source=dossier.source if typed else "" if made is None else made.source,
        figures=_figures(version, dossier, stage, scope) if typed else (), version=fact(version), outlook_lacking=lacking,
        agreed=one_sentence(dossier) if stage is Stage.SETTLE else "", **_outlook(version, made, scope, dossier.language),
    )  # fmt: skip


def _outlook(version: Version, made: Expected | None, scope: Scope, language: Language) -> dict[str, object]:
    """What is to be known beside the forecast may name groups: only for who sees all."""
    if made is None or made.found is None:
        return {}
    found, source = made.found, made.source
    what = f"prognose-{made.key[:32]}-{language.value}-{scope_key(scope)}"
    kept = cached().get(version.snapshot, what, lambda: drawn_outlook(found, source, scope, language))
    notes = [sentence(one, language) for one in made.problems if scope.whole]
    return {
        "outlook": outlook_page(found, scope, language), "outlook_figures": figures_of(kept),
        "notes": tuple(dict.fromkeys(notes)),
    }  # fmt: skip


def _figures(version: Version, dossier: Dossier, stage: Stage, scope: Scope) -> tuple[Drawn, ...]:
    what = f"beelden-{stage.value}-{dossier.language.value}-{scope_key(scope)}"
    return figures_of(cached().get(version.snapshot, what, lambda: drawn(dossier, stage, scope)))


def _file(request: AccessRequest, year: int, stage: Stage) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    version = version_for(found, stage)
    if version is None:
        raise Http404
    try:
        dossier = read(request, version, found, NAMES[stage])
    except UnreadableError as told:
        return told.response
    if not dossier.has(stage):
        raise Http404
    content = csv_bytes(scope_of(request.access).narrowed(table(stage, dossier.year)), language)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAMES[stage]}_{year}.csv"'
    return response
