"""The same year under every type of contract."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.case import load_case
from puntlanding.comparison import Comparison
from puntlanding.web.access import AccessRequest
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import snapshots
from puntlanding.web.desk.models import Version
from puntlanding.web.desk.queries import latest
from puntlanding.web.pages.base import UnreadableError, asked_year, fact, language_of, read, shown
from puntlanding.web.presenters.compared import compared, every_type
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
    try:
        read(request, version, found, "settlement")
    except UnreadableError as told:
        return told.response
    made = under_each_type(version)
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    page = None if made is None else compared(made, scope_of(request.access), language_of(request), euros=euros)
    return shown(request, "settlement", "every_type", found, page=page, version=fact(version))
