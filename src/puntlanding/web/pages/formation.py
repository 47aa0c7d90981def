"""With how many fte the groups work, from the half-days that they returned."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.http import Http404, HttpResponse

from puntlanding.language.notation import Language
from puntlanding.problems import InputError
from puntlanding.report.standing_file import FORMATION_FILE
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Year
from puntlanding.web.desk.queries import dossier_of, latest, years
from puntlanding.web.downloads import CSV, handed_out
from puntlanding.web.pages.base import asked_year, fact, read, shown
from puntlanding.web.presenters.formation_page import formation_csv, formation_page
from puntlanding.web.remembered import remembered
from puntlanding.web.sight import scope_of

NAME = "formation"


def formation(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = latest(found)
    if version is None:
        return shown(request, NAME, "formation", found, page=None)
    dossier = read(request, version, found, NAME)
    page = None
    if dossier.case.formation:
        before = _before(request, found, dossier.language)
        page = remembered(formation_page, dossier, before, scope_of(request.access), request.GET.get("uitleg", ""))
    return shown(request, NAME, "formation", found, page=page, version=fact(version), source=dossier.source)


def formation_file(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = latest(found)
    if version is None:
        raise Http404
    dossier = read(request, version, found, NAME)
    if not dossier.case.formation:
        raise Http404
    return handed_out(formation_csv(dossier, scope_of(request.access)), CSV, f"{FORMATION_FILE}_{year}.csv")


def _before(request: AccessRequest, year: Year, language: Language) -> Mapping[str, Fraction] | None:
    """Care fte of the year before, as its newest version has it; None where that is not there or can no longer be read."""
    last = years(request.access).filter(year=year.year - 1).first()
    version = None if last is None else latest(last)
    if version is None:
        return None
    try:
        told = dossier_of(version, language).year.formation
    except InputError:
        return None
    return {name: one.care_fte.value for name, one in told.items()} or None
