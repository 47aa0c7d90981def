"""Making a budget or a settlement from the records: asked for here, made in the background, taken over as a draft."""

from __future__ import annotations

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from puntlanding.language.sentences import index, sentence
from puntlanding.problems import InputError, Problem
from puntlanding.web.access import AccessRequest
from puntlanding.web.actions.budgets import base_of, draft_of, kind_of, put
from puntlanding.web.actions.jobs import start
from puntlanding.web.budget_before import NAME as BEFORE
from puntlanding.web.budget_work import NAME, TOLD, asked_for
from puntlanding.web.desk.models import Kind, Year
from puntlanding.web.desk.queries import source_of
from puntlanding.web.pages.base import asked_year, language_of, shown
from puntlanding.web.pages.work import job_of
from puntlanding.web.work import kept
from puntlanding.web.work.models import JobState


def budget_records(request: AccessRequest, year: int) -> HttpResponse:
    found, language = asked_year(request, year), language_of(request)
    source, base = source_of(found), base_of(found)
    wrong: tuple[Problem, ...] = ()
    if source is None:
        wrong = (Problem("records_none", "-"),)
    elif base is None:
        wrong = (Problem("budget_no_files", "-"),)
    elif request.method == "POST":
        try:
            return _asked(request, found)
        except InputError as error:
            wrong = error.problems
    kind = kind_of(found)
    answer = shown(
        request, "budget", "budget_records", found, source=source, base=base, kind=kind.value,
        adjusts=kind is Kind.ADJUSTMENT, has_draft=draft_of(request.access, found) is not None,
        wrong=[sentence(one, language) for one in wrong],
    )  # fmt: skip
    answer.status_code = 422 if wrong and request.method == "POST" else 200
    return answer


def _asked(request: AccessRequest, year: Year) -> HttpResponse:
    taken = request.POST.get("job", "")
    if taken:
        return _taken(request, year, taken)
    source, base = source_of(year), base_of(year)
    if request.POST.get("what") == "vorig" and source is not None and base is not None:
        plain = asked_for(source, base.snapshot, Kind.BUDGET, benchmark=False)
        return redirect("job", start(request.access, BEFORE, plain, year).pk)
    what = {"begroting": kind_of(year), "afrekening": Kind.SETTLEMENT}.get(request.POST.get("what", ""))
    if what is None or source is None or base is None:
        raise InputError([Problem("deliver_kind", "-")])
    asked = asked_for(source, base.snapshot, what, benchmark=request.POST.get("benchmark") == "1")
    return redirect("job", start(request.access, NAME, asked, year).pk)


def _taken(request: AccessRequest, year: Year, number: str) -> HttpResponse:
    """What a job made becomes the draft of who asks for it."""
    try:
        job = job_of(request.access, UUID(number))
    except ValueError:
        raise Http404 from None
    if job.work != NAME or job.year_id != year.pk or job.state != JobState.DONE or job.swept:
        raise Http404
    try:
        files = {name: kept.read(job, name) for name in job.files}
    except kept.DamagedError:
        raise InputError([Problem("work_not_kept", "-", details={"reason": "EIO"})]) from None
    told = json.loads(files.pop(TOLD))
    put(request.access, year, files, Kind(str(job.asked["kind"])), "records", [(nl, en) for nl, en in told])
    messages.success(request, _DONE[index(language_of(request))])
    return redirect("budget_draft", year.year)


_DONE = (
    "Overgenomen als concept. Lees de verschillen en bevestig ze.",
    "Taken over as a draft. Read its differences and confirm them.",
)
