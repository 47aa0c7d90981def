"""The year as the home page."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Kind, State, Version
from puntlanding.web.desk.queries import counting, latest_of, numbers, versions, years
from puntlanding.web.pages.base import asked_year, fact, language_of, outlook_of, read, shown
from puntlanding.web.presenters.outlook_page import outlook_page
from puntlanding.web.presenters.stage_page import numbers_of, why_not
from puntlanding.web.presenters.steps import steps
from puntlanding.web.presenters.year_page import year_page
from puntlanding.web.remembered import remembered
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of


def start(request: AccessRequest) -> HttpResponse:
    """The newest year; who sees no figures goes to what they do see."""
    if request.access.may(Permission.ADMINISTER):
        return redirect("people")
    if not request.access.may(Permission.SEE_YEAR):
        return redirect("log" if request.access.may(Permission.SEE_AUDIT) else "words")
    newest = years(request.access).first()
    if newest is None:
        return shown(request, "start", "start", may_open=request.access.may(Permission.DELIVER))
    return redirect("year", newest.year)


def the_year(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    there = list(versions(found))
    counts = {kind: counting(there, kind) or _refused(there, kind) for kind in Kind}
    newest = latest_of(there)
    dossier = None if newest is None else read(request, newest, found, "year")
    facts = {kind.value: None if one is None else fact(one) for kind, one in counts.items()}
    over = counts[Kind.SETTLEMENT]
    scope = scope_of(request.access)
    told_year = None if dossier is None else remembered(
        year_page, dossier, scope, euros=request.access.may(Permission.SEE_DISTRIBUTION),
        settled=over is not None,
    )  # fmt: skip
    steering = dossier is not None and over is None
    made, lacking = outlook_of(request, newest, dossier) if steering and newest and dossier else (None, "")
    expected = None
    if dossier is not None and made is not None and made.found is not None:
        expected = remembered(outlook_page, made.found, scope, language_of(request), numbers_of(dossier))
    others = [one for one in numbers(request.access) if one != year]
    return shown(
        request, "year", "year", found, steps=steps(facts, dossier, language_of(request), scope, expected=expected is not None), told=told_year,
        version=None if newest is None else fact(newest), others=others,
        outlook=expected, outlook_lacking=lacking, outlook_busy=made is not None and made.busy, outlook_at=reverse("monitoring", args=[year]), steering=steering,
        lacking="" if dossier is None or dossier.case.budget is None else why_not(dossier, Stage.BUDGET, scope),
        unbudgeted=dossier is not None and dossier.case.budget is None,
    )  # fmt: skip


def _refused(there: Sequence[Version], kind: Kind) -> Version | None:
    """The newest first."""
    return next((one for one in there if one.kind == kind and one.state == State.REFUSED), None)
