"""Long work: what runs, how far it is, and what came of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from puntlanding.language.sentences import index
from puntlanding.problems import InputError
from puntlanding.web.access import Access, AccessRequest
from puntlanding.web.actions import jobs as asking
from puntlanding.web.downloads import BYTES, handed_out
from puntlanding.web.pages.base import language_of, shown
from puntlanding.web.pages.wrong import say_wrong
from puntlanding.web.presenters.work_page import first_sentence, job_line
from puntlanding.web.rules import Detail, Permission
from puntlanding.web.work import kept
from puntlanding.web.work.kinds import WORKS
from puntlanding.web.work.models import Job, JobState
from puntlanding.web.work.queue import nobody_works

SHOWN = 50
_CANCELLED = ("Geannuleerd. Er is niets van bewaard.", "Cancelled. Nothing of it was kept.")
_STOPPING = ("Dit stopt bij de volgende stap.", "This stops at its next step.")
_FIRM = (
    "Dit is te ver om nog te stoppen: het resultaat wordt weggeschreven.",
    "This is too far to stop: the result is being written.",
)
_OVER = ("Dit was al afgelopen.", "This was over already.")


def work(request: AccessRequest) -> HttpResponse:
    language = language_of(request)
    lines = [job_line(one, language) for one in jobs_of(request.access)[:SHOWN]]
    return shown(
        request, "work", "work", lines=[one for one in lines if one.busy], over=[one for one in lines if not one.busy],
        answer=first_sentence(lines, language), nobody=nobody_works(),
    )  # fmt: skip


def job(request: AccessRequest, job: UUID) -> HttpResponse:
    found = job_of(request.access, job)
    language = language_of(request)
    kind = WORKS.get(found.work)
    result, damaged = None, False
    if found.state == JobState.DONE and kind is not None and kind.page is not None and not found.swept:
        try:
            result = kind.page(found, lambda name: kept.read(found, name), language)
        except kept.DamagedError:
            damaged = True
    context = {} if result is None else dict(result.context)
    return shown(
        request, "work", "job", found.year, one=job_line(found, language), swept=found.swept, nobody=found.busy and nobody_works(),
        may_cancel=asking.may_cancel(request.access, found),
        result=None if result is None else result.template, damaged=damaged, **context,
    )  # fmt: skip


def cancel_job(request: AccessRequest, job: UUID) -> HttpResponse:
    found = job_of(request.access, job)
    if request.method == "POST":
        which = index(language_of(request))
        try:
            done = asking.cancel(request.access, found)
        except InputError as error:
            say_wrong(request, error.problems)
        else:
            busy = _OVER if not done.busy else _FIRM if done.firm else _STOPPING
            messages.success(request, (_CANCELLED if done.state == JobState.CANCELLED else busy)[which])
    return redirect("job", job)


def job_file(request: AccessRequest, job: UUID, name: str) -> HttpResponse:
    found = job_of(request.access, job)
    if found.swept or found.state != JobState.DONE or name in WORKS[found.work].inner:
        raise Http404
    try:
        data = kept.read(found, name)
    except (KeyError, kept.DamagedError):
        raise Http404 from None
    return handed_out(data, BYTES, name)


def jobs_of(access: Access) -> list[Job]:
    """The newest first, of their own collective: what they may have made, and of which they may see everything that is in it."""
    mine = [name for name, one in WORKS.items() if access.may(one.permission)]
    rows = Job.objects.filter(collective=access.collective, work__in=mine).select_related("by", "year").order_by("-at")
    return [one for one in rows[: 4 * SHOWN] if sees(access, one)]


def job_of(access: Access, pk: UUID) -> Job:
    """Raises Http404 for what is not theirs to see, as for what does not exist."""
    found = Job.objects.filter(collective=access.collective, pk=pk).select_related("by", "year").first()
    if (
        found is None
        or found.work not in WORKS
        or not access.may(WORKS[found.work].permission)
        or not sees(access, found)
    ):
        raise Http404
    return found


def sees(access: Access, job: Job) -> bool:
    """A result is of the sight of who asked: for who sees all groups, or for themselves as long as their sight is the same."""
    if not all(access.may(Permission(one)) for one in job.needs):
        return False
    if access.detail is Detail.ALL:
        return True
    return job.by_id == access.user.pk and (job.detail, job.group) == (access.detail.value, access.group)
