"""Settlement and distribution: each stage from the version that counts, with its numbers as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from puntlanding.report.csv_file import FILE_NAMES, csv_bytes
from puntlanding.report.dossier import Dossier
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Version
from puntlanding.web.desk.queries import source_of, version_for
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.kept_figures import kept_figures
from puntlanding.web.presenters.agreed import one_sentence
from puntlanding.web.presenters.figures import Drawn, drawn
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import stage_page, why_not
from puntlanding.web.remembered import remembered
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_key, scope_of

NAMES = {
    Stage.BUDGET: "budget",
    Stage.MONITOR: "monitoring",
    Stage.SETTLE: "settlement",
    Stage.DISTRIBUTE: "distribution",
}


def settlement(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.SETTLE)


def distribution(request: AccessRequest, year: int) -> HttpResponse:
    return _page(request, year, Stage.DISTRIBUTE)


def settlement_file(request: AccessRequest, year: int) -> HttpResponse:
    return stage_file(request, year, Stage.SETTLE)


def distribution_file(request: AccessRequest, year: int) -> HttpResponse:
    return stage_file(request, year, Stage.DISTRIBUTE)


def _page(request: AccessRequest, year: int, stage: Stage) -> HttpResponse:
    found, name = asked_year(request, year), NAMES[stage]
    version = version_for(found, stage)
    if version is None:
        return shown(request, name, "nothing_yet", found, stage=stage.value, why="")
    dossier = read(request, version, found, name)
    scope, asks = scope_of(request.access), request.GET.get("uitleg", "")
    if not dossier.has(stage):
        makes = stage is Stage.SETTLE and dossier.has(Stage.BUDGET) and request.access.may(Permission.DELIVER)
        return shown(
            request, name, "nothing_yet", found, stage=stage.value, why=why_not(dossier, stage, scope), version=fact(version),
            makes=makes, records=makes and source_of(found) is not None,
        )  # fmt: skip
    return shown(
        request, name, "stage", found, stage=stage.value, asks=asks, file=f"{name}_file",
        page=remembered(stage_page, dossier, stage, scope, asks), source=dossier.source, figures=stage_figures(version, dossier, stage, scope),
        version=fact(version), agreed=one_sentence(dossier) if stage is Stage.SETTLE else "",
    )  # fmt: skip


def stage_figures(version: Version, dossier: Dossier, stage: Stage, scope: Scope) -> tuple[Drawn, ...]:
    what = f"beelden-{stage.value}-{dossier.language.value}-{scope_key(scope)}"
    return kept_figures(version, what, lambda: drawn(dossier, stage, scope))


def stage_file(request: AccessRequest, year: int, stage: Stage) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    version = version_for(found, stage)
    if version is None:
        raise Http404
    dossier = read(request, version, found, NAMES[stage])
    if not dossier.has(stage):
        raise Http404
    content = csv_bytes(scope_of(request.access).narrowed(table(stage, dossier.year)), language)
    return handed_out(content, CSV, f"{FILE_NAMES[stage]}_{year}.csv")
