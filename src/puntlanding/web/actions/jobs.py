"""Asking for long work, and for its end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from puntlanding.problems import InputError, Problem
from puntlanding.web.access import Access
from puntlanding.web.actions.allowed import require
from puntlanding.web.desk.models import Collective, Year
from puntlanding.web.rules import Permission
from puntlanding.web.work.kinds import WORKS
from puntlanding.web.work.models import BUSY, Asked, Job, JobState
from puntlanding.web.work.queue import wake

MOST_BUSY = 10  # per collective, so that one does not keep the worker from the others


def start(
    access: Access, work: str, asked: Mapping[str, Asked], year: Year | None = None, needs: Sequence[Permission] = ()
) -> Job:
    """Queued; or the job that was asked for before, where exactly the same waits or runs. ``needs``: what a reader of the result must
    be allowed beside the permission of its kind.

    What is asked names its input by what cannot change (a hash, a version), so that the same words are the same work. Raises InputError
    where the role does not allow it, where the year is not theirs, or where too much waits.
    """
    for permission in (WORKS[work].permission, *needs):
        require(access, permission)
    if year is not None and year.collective_id != access.collective.pk:
        raise InputError([Problem("not_yours", "-")])
    wanted = sorted(one.value for one in needs)
    key = _key(access, work, asked, year, wanted)
    with transaction.atomic():
        collective = Collective.objects.select_for_update().get(pk=access.collective.pk)
        busy = Job.objects.filter(collective=collective, state__in=BUSY)
        same = busy.filter(key=key, cancel_asked=False).first()
        if same is not None:
            return same
        if busy.count() >= MOST_BUSY:
            raise InputError([Problem("work_too_much", "-", details={"most": MOST_BUSY})])
        job = Job(
            work=work, collective=collective, year=year, by=access.user, at=timezone.now(), asked=dict(asked), key=key,
            detail=access.detail.value, group=access.group, needs=wanted,
        )  # fmt: skip
        wake(job)
        job.save(force_insert=True)
    return job


def may_cancel(access: Access, job: Job) -> bool:
    return access.may(WORKS[job.work].permission) and (job.by_id == access.user.pk or access.may(Permission.DELIVER))


def cancel(access: Access, job: Job) -> Job:
    """What waits goes at once, what runs at its next step; what is over, or too far to go back, stays as it is. Raises InputError as `start`,
    and for who neither asked for it nor prepares the year: who only reads does not end another's work.
    """
    if not may_cancel(access, job):
        raise InputError([Problem("not_yours", "-")])
    with transaction.atomic():
        found = Job.objects.select_for_update().filter(pk=job.pk, collective=access.collective).first()
        if found is None:
            raise InputError([Problem("not_yours", "-")])
        if found.state == JobState.QUEUED and not found.firm:
            found.state, found.finished, found.cancel_asked = JobState.CANCELLED, timezone.now(), True
        elif found.state == JobState.RUNNING and not found.firm:
            found.cancel_asked = True
        found.save(update_fields=["state", "finished", "cancel_asked"])
    return found


def _key(access: Access, work: str, asked: Mapping[str, Asked], year: Year | None, needs: Sequence[str]) -> str:
    """What one may see of another's job is part of it: two who see different things never share a result."""
    words = [work, dict(asked), None if year is None else year.pk, needs, access.detail.value, access.group]
    return hashlib.sha256(json.dumps(words, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
