"""The same year under every type of contract."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.case import load_case
from puntlanding.charts.comparison_slope import comparison_slope
from puntlanding.comparison import Comparison
from puntlanding.language.sentences import visible
from puntlanding.report.dossier import Dossier
from puntlanding.web.access import AccessRequest
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Version
from puntlanding.web.desk.queries import latest
from puntlanding.web.pages.base import asked_year, fact, language_of, read, shown
from puntlanding.web.pages.kept_figures import kept_figures
from puntlanding.web.presenters.compared import compared, every_type, named, without_euros
from puntlanding.web.presenters.figures import Drawn, drawn_pictures
from puntlanding.web.remembered import remembered
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of

_recent: Recent[Comparison | None] = Recent(8)


def under_each_type(version: Version) -> Comparison | None:
    """Made once per process."""
    folder = snapshots().folder(version.snapshot)
    return _recent.get(str(folder), lambda: every_type(load_case(folder)))


def every_contract_type(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = latest(found)
    if version is None:
        return shown(request, "settlement", "nothing_yet", found, stage="settle", why="")
    dossier = read(request, version, found, "settlement")
    made = under_each_type(version)
    scope, language = scope_of(request.access), language_of(request)
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    page = None if made is None else remembered(compared, made, scope, language, euros=euros)
    figures = () if made is None or not scope.whole else _figures(version, made, dossier, euros=euros)
    return shown(
        request, "settlement", "every_type", found, page=page, version=fact(version), source=dossier.source, figures=figures
    )  # fmt: skip


def _figures(version: Version, made: Comparison, dossier: Dossier, *, euros: bool) -> tuple[Drawn, ...]:
    """Every group side by side, so only for who sees all of them; in euros for who sees how the money is divided."""
    language = dossier.language

    def draw() -> bytes:
        told = made if euros else without_euros(made)
        try:
            return drawn_pictures(
                [comparison_slope(named(told, language), visible(dossier.source), language)], "soorten"
            )
        except ValueError:  # no other type can be computed
            return b"[]"

    what = f"soorten-{'euro' if euros else 'fte'}-{language.value}"
    return kept_figures(version, what, draw)
