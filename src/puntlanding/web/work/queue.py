"""Putting a job in the queue, and finding back those whose worker is gone."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from puntlanding.problems import Problem
from puntlanding.web.work import kept
from puntlanding.web.work.models import Job, JobState, Worker

LEASE = timedelta(seconds=60)  # a worker says that it is there every few seconds
MOST_LOST = 2  # so often a job is run again
FORGOTTEN = timedelta(days=1)
IN_VAIN = timedelta(minutes=10)


def wake(job: Job) -> None:
    """Within the transaction in which the row is written: both are there, or neither."""
    from puntlanding.web.work.tasks import run_job

    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a job is queued in the transaction in which it is made")
    job.task = UUID(str(run_job.enqueue(str(job.pk)).id))


def place() -> str:
    """This machine, as far as its process numbers go: a container has its own."""
    try:
        return f"{socket.gethostname()} {Path('/proc/self/ns/pid').readlink()}"[:200]
    except OSError:
        return socket.gethostname()[:200]


def born(pid: int) -> str:
    """When that process began, so that a number that is used again is not taken for it; empty where it is not there or not known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def register(name: str) -> Worker:
    now, pid = timezone.now(), os.getpid()
    return Worker.objects.create(name=name, place=place(), pid=pid, born=born(pid), started=now, seen=now)


def gone(worker: Worker | None) -> bool:
    """On its own machine that shows at once; elsewhere when it has said nothing for a minute."""
    if worker is None or worker.seen < timezone.now() - LEASE:
        return True
    return bool(worker.born) and worker.place == place() and born(worker.pid) != worker.born


def recover(me: str = "") -> int:
    """Jobs whose worker is gone are run again, or marked failed where that happened too often. How many were found.

    ``me``: a worker that is doing nothing now, so that what stands in its name was lost when the database was away.
    """
    found = 0
    for pk in Job.objects.filter(state=JobState.RUNNING).values_list("pk", flat=True):
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=pk, state=JobState.RUNNING).first()
            if job is not None and (job.worker == me or gone(Worker.objects.filter(name=job.worker).first())):
                found += 1
                _again(job)
    for pk in Job.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True):
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=pk, state=JobState.QUEUED).first()
            if job is not None and _unheard(job, me):
                found += 1
                wake(job)
                job.save(update_fields=["task"])
    return found


def _again(job: Job) -> None:
    from puntlanding.web.work.tasks import told

    kept.forget(job)
    job.lost, job.worker = job.lost + 1, ""
    if job.cancel_asked:
        job.state, job.finished = JobState.CANCELLED, timezone.now()
    elif job.lost > MOST_LOST:
        job.state, job.finished = JobState.FAILED, timezone.now()
        job.problems = told([Problem("work_lost", "-", details={"times": job.lost})])
    else:
        job.state = JobState.QUEUED
        wake(job)
    job.save()


def _unheard(job: Job, me: str) -> bool:
    """Its place in the queue was taken by a worker that was gone before it took the job itself."""
    waiting = None if job.task is None else DBTaskResult.objects.filter(pk=job.task).first()
    if waiting is None:
        return True
    if waiting.status == TaskResultStatus.READY:
        return False
    if waiting.status != TaskResultStatus.RUNNING:
        return True
    name = waiting.worker_ids[-1] if waiting.worker_ids else ""
    return name == me or gone(Worker.objects.filter(name=name).first())


def tidy() -> None:
    """Workers and places in the queue of yesterday."""
    before = timezone.now() - FORGOTTEN
    Worker.objects.filter(seen__lt=before).delete()
    done = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=done, finished_at__lt=before).delete()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    running.exclude(pk__in=Job.objects.filter(state=JobState.RUNNING).values("task")).delete()


def nobody_works() -> bool:
    """Something waits, and no worker has said anything for a minute."""
    if not Job.objects.filter(state=JobState.QUEUED).exists():
        return False
    return not Worker.objects.filter(seen__gte=timezone.now() - LEASE).exists()


def waits_in_vain() -> bool:
    """For who watches the machine: something has waited for ten minutes and nothing else was busy."""
    before = timezone.now() - IN_VAIN
    if not Job.objects.filter(state=JobState.QUEUED, at__lt=before).exists():
        return False
    lively = Worker.objects.filter(seen__gte=timezone.now() - LEASE)
    return not (lively.exists() and Job.objects.filter(state=JobState.RUNNING).exists())
