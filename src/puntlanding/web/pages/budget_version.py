"""What a version changes in the figures: who gives their word reads it beside what the agreement changes."""

from __future__ import annotations

from puntlanding.problems import InputError
from puntlanding.report.dossier import Dossier
from puntlanding.stage import Stage
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import year_of_snapshot
from puntlanding.web.desk.models import Kind, State, Version
from puntlanding.web.desk.queries import versions
from puntlanding.web.pages.base import fact
from puntlanding.web.presenters.budget_change import ChangePage, change_page
from puntlanding.web.presenters.facts import VersionFact
from puntlanding.web.sight import scope_of

_BUDGETS = (Kind.BUDGET, Kind.ADJUSTMENT)


def figures_before(version: Version) -> Version | None:
    """The version of the same kind before it; of a first adjustment or settlement, the budget that both agreed on by then."""
    earlier = versions(version.year).filter(at__lte=version.at).exclude(pk=version.pk)
    same = earlier.filter(kind=version.kind, number__lt=version.number).first()
    if same is not None or version.kind not in (Kind.ADJUSTMENT, Kind.SETTLEMENT):
        return same
    agreed = earlier.filter(kind__in=_BUDGETS, state__in=(State.FINAL, State.SUPERSEDED))
    return agreed.order_by("-at", "-pk").first()


def figures_changed(
    request: AccessRequest, version: Version, dossier: Dossier
) -> tuple[ChangePage | None, VersionFact | None]:
    """None where there is no version before, or nothing to compare; what can no longer be read does not take away this page."""
    before = figures_before(version)
    if before is None or not dossier.has(Stage.BUDGET):
        return None, None
    try:
        was, now = year_of_snapshot(before.snapshot), year_of_snapshot(version.snapshot)
        return change_page(was, now, scope_of(request.access), dossier.language, ()), fact(before)
    except InputError:
        return None, None
