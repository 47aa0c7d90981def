"""Asking for every report of a version; opened without asking it shows the version."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.problems import InputError
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.jobs import start
from puntlanding.web.desk.queries import source_of, version_of
from puntlanding.web.pages.base import language_of
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.simulation_page import version_title
from puntlanding.web.rules import Permission
from puntlanding.web.work.asked import held_now
from puntlanding.web.work.models import Asked


def report_set(request: AccessRequest, version: int) -> HttpResponse:
    found, language = version_of(request.access, version), language_of(request)
    if request.method != "POST":
        return redirect("version", version)
    source = source_of(found.year)
    euros = request.access.may(Permission.SEE_DISTRIBUTION)
    nl, en = version_title(found.kind, found.number)
    asked: dict[str, Asked] = {
        "version": found.pk,
        "content": found.content_hash,
        "approvals": found.approvals.count(),
        "title": [f"{nl} van {found.year.year}", f"{en} of {found.year.year}"],
        "records": None if source is None else held_now(source),
        "euros": euros,
        "language": language.value,
    }
    try:
        job = start(request.access, "reports", asked, found.year, (Permission.SEE_DISTRIBUTION,) if euros else ())
    except InputError as error:
        say_wrong(request, error.problems)
        return redirect("version", version)
    return redirect("job", job.pk)
