"""One delivery: what the checks say of it, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index
from puntlanding.problems import InputError
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions import deliveries as acting
from puntlanding.web.deliveries.kept_report import checked_of
from puntlanding.web.deliveries.models import Delivery, DeliveryState
from puntlanding.web.deliveries.queries import delivery_of, job_of_delivery
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.data import of_delivery
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.data_page import STATES, changed, file_name, report_sections
from puntlanding.web.presenters.work_page import job_line
from puntlanding.web.rules import Permission
from puntlanding.web.sight import scope_of
from puntlanding.web.work.models import JobState
from puntlanding.web.work.queue import nobody_works

_DONE = {
    "load": ("De levering wordt in de opslag gezet.", "The delivery is being put into the store."),
    "check": ("De controle begint opnieuw.", "The check begins anew."),
    "withdraw": (
        "Ingetrokken. De bestanden en hun sleutel zijn gewist.",
        "Withdrawn. The files and their key were erased.",
    ),
}


def delivery(request: AccessRequest, delivery: UUID) -> HttpResponse:
    found = delivery_of(request.access, delivery)
    language, scope = language_of(request), scope_of(request.access)
    which, job = index(language), job_of_delivery(found)
    checked = checked_of(found.report) if found.report else None
    busy = job is not None and job.busy
    lost = job is None or job.state in (JobState.FAILED, JobState.CANCELLED)
    may = request.access.may(Permission.LOAD_RECORDS)
    problems = [(one[f"place_{('nl', 'en')[which]}"], one[("nl", "en")[which]]) for one in found.problems]
    if job is not None and not busy and found.open and scope.whole:
        problems += [(one[f"place_{('nl', 'en')[which]}"], one[("nl", "en")[which]]) for one in job.problems]
    return shown(
        request, "data", "data_delivery", found.year, one=found, as_of=day(found.as_of, language), state=STATES[found.state][which],
        answer=of_delivery(found, language), sections=() if checked is None else report_sections(checked, scope, language, examples=may),
        problems=problems if scope.whole else (), files=_files(found, language) if scope.whole else (),
        changed=changed(found.loaded, found.year.year, language) if found.loaded else "",
        busy=busy, job=None if job is None else job_line(job, language), nobody=busy and nobody_works(), whole=scope.whole,
        may_load=may and not busy and found.state == DeliveryState.CHECKED, may_check=may and not busy and lost and found.open,
        may_withdraw=may and not busy and found.open,
    )  # fmt: skip


def _files(found: Delivery, language: Language) -> list[tuple[str, str, str]]:
    """Name, kB, SHA-256."""
    return [
        (file_name(str(name)), number(-(-int(size) // 1024), 0, language), str(digest))
        for name, size, digest in found.files
    ]


def load_delivery(request: AccessRequest, delivery: UUID) -> HttpResponse:
    report = request.POST.get("report", "")
    return _done(request, delivery, "load", lambda found: acting.load(request.access, found, report))


def check_delivery(request: AccessRequest, delivery: UUID) -> HttpResponse:
    return _done(request, delivery, "check", lambda found: acting.check_again(request.access, found))


def withdraw_delivery(request: AccessRequest, delivery: UUID) -> HttpResponse:
    return _done(request, delivery, "withdraw", lambda found: acting.withdraw(request.access, found))


def _done(request: AccessRequest, pk: UUID, what: str, act: Callable[[Delivery], object]) -> HttpResponse:
    found = delivery_of(request.access, pk)
    if request.method == "POST":
        language = language_of(request)
        try:
            act(found)
        except InputError as error:
            say_wrong(request, error.problems)
        else:
            messages.success(request, _DONE[what][index(language)])
    return redirect("delivery", pk)
