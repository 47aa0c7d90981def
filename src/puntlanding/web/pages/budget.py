"""The budget: total and per group, and one click down what a group's budget is made of, beside last year."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse

from puntlanding.language.sentences import index
from puntlanding.norms.product_lines import ProductLine, product_lines
from puntlanding.problems import InputError
from puntlanding.report.dossier import Dossier
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import draft_of, others_at_work
from puntlanding.web.budget_before import last_year
from puntlanding.web.desk.models import Kind, State, Version, Year
from puntlanding.web.desk.queries import dossier_of, source_of, version_for, versions, years
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.stages import stage_figures, stage_file
from puntlanding.web.presenters.budget_flow import Flow, flow
from puntlanding.web.presenters.budget_products import product_page
from puntlanding.web.presenters.stage_page import numbers_of, stage_page, why_not
from puntlanding.web.remembered import remembered
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

NAME, STAGE = "budget", Stage.BUDGET


def budget(request: AccessRequest, year: int) -> HttpResponse:
    found, scope = asked_year(request, year), scope_of(request.access)
    version = version_for(found, STAGE)
    if version is None:
        return shown(request, NAME, "budget_none", found, flow=_flow(request, found, None), source_set=source_of(found))
    dossier = read(request, version, found, NAME)
    if not dossier.has(STAGE):
        return shown(
            request, NAME, "budget_none", found, version=fact(version),
            why="" if dossier.case.budget is None else why_not(dossier, STAGE, scope),
            flow=_flow(request, found, version), source_set=source_of(found),
        )  # fmt: skip
    asks = request.GET.get("uitleg", "")
    page, numbers = remembered(stage_page, dossier, STAGE, scope, asks), numbers_of(dossier)
    addresses = {group.name: numbers[group.name] for group in dossier.case.groups if scope.sees(group.name)}
    return shown(
        request, NAME, "budget", found, page=page, source=dossier.source, version=fact(version), file="budget_file",
        figures=stage_figures(version, dossier, STAGE, scope), flow=_flow(request, found, version),
        lines=tuple(
            (line, reverse("budget_group", args=[year, number]))
            for line, number in zip(page.sheet.lines, addresses.values(), strict=True)
        ),
        others=others_at_work(request.access, found) if request.access.may(Permission.DELIVER) else (),
        source_set=source_of(found),
    )  # fmt: skip


def budget_file(request: AccessRequest, year: int) -> HttpResponse:
    return stage_file(request, year, STAGE)


def _flow(request: AccessRequest, year: Year, version: Version | None) -> Flow | None:
    """For who may make a budget."""
    if not request.access.may(Permission.DELIVER):
        return None
    draft = draft_of(request.access, year)
    newest = versions(year).filter(kind__in=(Kind.ADJUSTMENT, Kind.BUDGET)).order_by("-at", "-pk").first()
    own = newest or (version if version is not None and version.kind in (Kind.ADJUSTMENT, Kind.BUDGET) else None)
    return flow(
        None if own is None else fact(own), None if draft is None else draft.origin, index(language_of(request)),
        records=version is not None and source_of(year) is not None,
    )  # fmt: skip


def group_named(request: AccessRequest, dossier: Dossier, at: int) -> str:
    """Groups are numbered in addresses. Raises Http404 for one that is not there, or not for this reader."""
    found = next((name for name, number in numbers_of(dossier).items() if number == at), None)
    if found is None or not scope_of(request.access).sees(found):
        raise Http404
    return found


def budget_group(request: AccessRequest, year: int, at: int) -> HttpResponse:
    found = asked_year(request, year)
    version = version_for(found, STAGE)
    if version is None:
        raise Http404
    dossier = read(request, version, found, NAME)
    group = group_named(request, dossier, at)
    if dossier.case.budget is None or not dossier.has(STAGE):
        raise Http404
    before, last = _last_year(request, found, dossier, group)
    asked = request.GET.get("zoek", "")[:40]
    return shown(
        request, NAME, "budget_group", found, group=group, at=at, asked=asked, version=fact(version), source=dossier.source,
        page=product_page(dossier, group, before, asked, _whole(request.GET.get("blad", "")), last),
        may_edit=request.access.may(Permission.DELIVER),
    )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _last_year(request: AccessRequest, year: Year, dossier: Dossier, group: str) -> tuple[Sequence[ProductLine], str]:
    """The budget of the year before as it counted; else what these files say of that year; else what the records do."""
    which, number = index(dossier.language), year.year - 1
    earlier = years(request.access).filter(year=number).first()
    version = None if earlier is None else version_for(earlier, STAGE)
    if version is not None:
        try:
            told = dossier_of(version, dossier.language).case.budget
        except InputError:  # what can no longer be read does not take away the budget of now
            return (), ""
        state = "" if version.state == State.FINAL else (" (nog niet vastgesteld)", " (not agreed yet)")[which]
        name = fact(version).name(which)
        said = (f"Vorig jaar: {name} van {number}{state}.", f"Last year: {name} of {number}{state}.")
        return () if told is None else product_lines(told, number, group), said[which]
    production = dossier.case.budget
    if production is not None and any(name == group for name, _ in production.measures(number)):
        said = (
            f"Vorig jaar: zoals het in de bestanden van deze begroting staat, {number}.",
            f"Last year: as it stands in the files of this budget, {number}.",
        )
        return product_lines(production, number, group), said[which]
    said = (
        f"Vorig jaar: wat in {number} is gerealiseerd, volgens de registratie.",
        f"Last year: what was realised in {number}, by the records.",
    )
    return last_year(year), said[which]
