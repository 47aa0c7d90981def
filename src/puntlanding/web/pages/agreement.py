"""The agreement in sentences, and what the newest version changes."""

from __future__ import annotations

from django.http import HttpResponse

from puntlanding.agreement.content import Content
from puntlanding.problems import InputError
from puntlanding.web.access import AccessRequest
from puntlanding.web.desk.models import Kind, Version, Year
from puntlanding.web.desk.queries import current, dossier_of, versions
from puntlanding.web.pages.base import UnreadableError, asked_year, fact, language_of, latest, read, shown
from puntlanding.web.presenters.agreed import agreement_page


def agreement(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    version = current(found, Kind.AGREEMENT) or latest(found)
    if version is None:
        return shown(request, "agreement", "nothing_yet", found, stage="agreement", why="")
    try:
        dossier = read(request, version, found, "agreement")
    except UnreadableError as told:
        return told.response
    before = _before(found, version)
    content = None if before is None else _content(request, before)
    return shown(
        request, "agreement", "agreement", found, page=agreement_page(dossier, content), version=fact(version),
        before=None if before is None else fact(before), source=dossier.source,
    )  # fmt: skip


def _before(year: Year, version: Version) -> Version | None:
    """The version of the same kind before this one, refused ones too: what was asked for then is what people remember."""
    return versions(year, version.kind).filter(number__lt=version.number).first()


def _content(request: AccessRequest, before: Version) -> Content | None:
    """None where the files of then can no longer be read: that must not take away the agreement of now."""
    try:
        return dossier_of(before, language_of(request)).provenance.content
    except InputError:
        return None
