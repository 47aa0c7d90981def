"""Monitoring: the forecast from the hospital's records where the year has these, and else the one that was delivered."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.dossiers import cached
from puntlanding.web.desk.models import Version
from puntlanding.web.desk.outlooks import Expected
from puntlanding.web.pages.base import (
    UnreadableError,
    asked_year,
    fact,
    outlook_of,
    read,
    scope_key,
    scope_of,
    shown,
)
from puntlanding.web.pages.stages import stage_figures, stage_file, version_for
from puntlanding.web.presenters.figures import drawn_outlook, figures_of
from puntlanding.web.presenters.outlook_page import outlook_page
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import stage_page, why_not

NAME, STAGE = "monitoring", Stage.MONITOR


def monitoring(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = version_for(found, STAGE)
    if version is None:
        return shown(request, NAME, "nothing_yet", found, stage=STAGE.value, why="")
    try:
        dossier = read(request, version, found, NAME)
    except UnreadableError as told:
        return told.response
    scope, asks = scope_of(request.access), request.GET.get("uitleg", "")
    made, lacking = outlook_of(request, version, dossier)
    if not dossier.has(STAGE) and made is None:
        return shown(
            request, NAME, "nothing_yet", found, stage=STAGE.value, why=why_not(dossier, STAGE, scope),
            version=fact(version), outlook_lacking=lacking,
        )  # fmt: skip
    typed = dossier.has(STAGE)
    return shown(
        request, NAME, "stage" if made is None else "outlook", found, stage=STAGE.value, asks=asks, file=f"{NAME}_file",
        page=stage_page(dossier, STAGE, scope, asks) if typed else None, source=dossier.source if typed else "" if made is None else made.source,
        figures=stage_figures(version, dossier, STAGE, scope) if typed else (), version=fact(version), outlook_lacking=lacking,
        **_outlook(version, made, scope, dossier.language),
    )  # fmt: skip


def monitoring_file(request: AccessRequest, year: int) -> HttpResponse:
    return stage_file(request, year, STAGE)


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
