"""What waits for approval, who gave it on what, and giving or refusing it: the hash that is agreed on is on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.language.sentences import index
from puntlanding.problems import InputError
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions import approvals as deciding
from puntlanding.web.actions.versions import propose as put_forward
from puntlanding.web.audit import EventKind
from puntlanding.web.desk.models import Kind, State, Version
from puntlanding.web.desk.queries import events, version_of, versions
from puntlanding.web.pages.base import asked_year, fact, language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.facts import VersionFact
from puntlanding.web.rules import Permission

_DONE = {
    "propose": ("Voorgelegd. Nu geven beide besturen akkoord, of weigeren met een reden.", "Proposed. Now both boards approve, or refuse with a reason."),
    "approve": ("Uw akkoord is vastgelegd.", "Your approval was recorded."),
    "final": ("Uw akkoord is vastgelegd; daarmee is dit vastgesteld. U hoeft niets meer te doen.", "Your approval was recorded; with it this is agreed. You need do nothing more."),
    "refuse": ("Geweigerd. De ander ziet uw reden en kan een nieuwe versie maken.", "Refused. The other side sees your reason and can make a new version."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A version with what this reader may do with it now; ``reason``: why it was refused."""

    pk: int
    fact: VersionFact
    proposable: bool
    decidable: bool
    reason: str
    revisable: bool = False


def approvals(request: AccessRequest, year: int) -> HttpResponse:
    found = asked_year(request, year)
    reasons = _reasons(request)
    every = list(versions(found))
    newest = {one.kind: max(each.number for each in every if each.kind == one.kind) for one in every}
    rows = [_row(request, one, reasons, newest=newest[one.kind] == one.number) for one in every]
    order = list(Kind)
    rows.sort(key=lambda row: (order.index(Kind(row.fact.kind)), -row.fact.number))
    return shown(
        request, "approvals", "approvals", found, waiting=[row for row in rows if row.fact.state == State.PROPOSED],
        drafts=[row for row in rows if row.fact.state == State.DRAFT],
        others=[row for row in rows if row.fact.state not in (State.PROPOSED, State.DRAFT)],
    )  # fmt: skip


def propose(request: AccessRequest, version: int) -> HttpResponse:
    return _done(request, version, "propose", lambda found, content: put_forward(request.access, found, content))


def approve(request: AccessRequest, version: int) -> HttpResponse:
    return _done(request, version, "approve", lambda found, content: deciding.approve(request.access, found, content))


def refuse(request: AccessRequest, version: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _done(
        request, version, "refuse", lambda found, content: deciding.refuse(request.access, found, content, reason)
    )


def _done(request: AccessRequest, number: int, what: str, act: Callable[[Version, str], Version]) -> HttpResponse:
    """Tells what happened on the page where it was asked; opened without a decision it only goes there."""
    found = version_of(request.access, number)
    if request.method == "POST":
        language = language_of(request)
        try:
            done = act(found, request.POST.get("content", ""))
        except InputError as error:
            say_wrong(request, error.problems)
        else:
            told = "final" if what == "approve" and done.state == State.FINAL else what
            messages.success(request, _DONE[told][index(language)])
    return redirect("approvals", found.year.year)


def _row(request: AccessRequest, version: Version, reasons: dict[int, str], *, newest: bool) -> Row:
    access, told = request.access, fact(version)
    party = access.party
    return Row(
        version.pk,
        told,
        version.state == State.DRAFT and access.may(Permission.PROPOSE),
        version.state == State.PROPOSED
        and access.may(Permission.APPROVE)
        and party is not None
        and party.value in told.missing,
        reasons.get(version.pk, ""),
        newest and version.state == State.REFUSED and access.may(Permission.DELIVER),
    )


def _reasons(request: AccessRequest) -> dict[int, str]:
    refused = events(request.access).filter(kind=EventKind.VERSION_REFUSED.value)
    return {one.details["version"]: str(one.details.get("reason", "")) for one in refused if "version" in one.details}
