"""One job from beginning to end. Whatever happens, the row says what came of it, and another worker's attempt is never touched."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django_tasks import task

from puntlanding.language.notation import Language
from puntlanding.language.sentences import place, sentence
from puntlanding.problems import InputError, Problem
from puntlanding.web.audit import EventKind, record
from puntlanding.web.work import kept
from puntlanding.web.work.kinds import WORKS, Files, Work
from puntlanding.web.work.models import Job, JobState
from puntlanding.web.work.patience import patiently
from puntlanding.web.work.progress import Cancelled, JobProgress, Overtaken

MOST_PROBLEMS = 200
_log = logging.getLogger("puntlanding.work")


class AwayError(Exception):
    """The database went away for longer than anybody waits."""


@dataclass(slots=True)
class Here:
    """This process: the worker it is (empty where a job is run by hand), and what it is doing."""

    worker: str = ""
    ending: bool = False
    busy: JobProgress | None = None


here = Here()


@task()
def run_job(job_id: str) -> None:
    job = _claimed(job_id)
    if job is None:
        return None
    work = WORKS.get(job.work)
    if work is None:
        return _ended(job, JobState.FAILED, [Problem("work_unknown", "-", value=job.work)])
    progress = JobProgress(job)
    here.busy = progress
    if here.ending:
        progress.stop()
    _log.info("job %s: %s, attempt %d", job.pk, job.work, job.attempt)
    try:
        progress.step(0, 0)
        files = work.run(progress, job.asked)
        named = kept.keep(job, files)
        patiently(lambda: _finished(job, work, files, named))
        _log.info("job %s: done", job.pk)
    except Cancelled:
        _ended(job, JobState.CANCELLED)
    except Overtaken:
        _given_back(job)
    except InputError as error:
        _ended(job, JobState.FAILED, error.problems)
    except (OperationalError, InterfaceError) as error:
        # The row cannot be told; the worker finds the job back. The queue keeps what is raised, so nothing of its words.
        raise AwayError(type(error).__name__) from None
    except MemoryError:
        _ended(job, JobState.FAILED, [Problem("work_memory", "-")])
    except Exception as error:  # noqa: BLE001  a fault of the program ends this job and no other
        _log.error("job %s: %s at %s", job.pk, type(error).__name__, _where(error))  # its words can hold data
        _ended(job, JobState.FAILED, [Problem("work_fault", "-")])
    finally:
        here.busy = None


def told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    """As the row keeps them: where and what, in both languages."""
    more = len(problems) - MOST_PROBLEMS
    shown = list(problems[:MOST_PROBLEMS])
    if more > 0:
        shown.append(Problem("work_more_problems", "-", details={"count": more}))
    return [
        {
            "place_nl": place(one, Language.DUTCH),
            "place_en": place(one, Language.ENGLISH),
            "nl": sentence(one, Language.DUTCH),
            "en": sentence(one, Language.ENGLISH),
        }
        for one in shown
    ]


def _claimed(job_id: str) -> Job | None:
    """This worker's from now on; None where it was dealt with, or is somebody else's."""
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.state != JobState.QUEUED:
            return None
        now = timezone.now()
        if job.cancel_asked:
            job.state, job.finished = JobState.CANCELLED, now
        else:
            job.state, job.worker, job.attempt = JobState.RUNNING, here.worker, job.attempt + 1
            job.started, job.done, job.of, job.what = now, 0, 0, []
        job.save()
    return job if job.state == JobState.RUNNING else None


def _own(job: Job) -> Job | None:
    """The row, locked, where this attempt still is the one that counts."""
    return (
        Job.objects.select_for_update(of=("self",))
        .select_related("collective", "year", "by")
        .filter(pk=job.pk, state=JobState.RUNNING, attempt=job.attempt)
        .first()
    )


def _finished(job: Job, work: Work, files: Files, named: kept.Named) -> None:
    with transaction.atomic():
        found = _own(job)
        if found is None:
            raise Overtaken
        if found.cancel_asked:
            raise Cancelled
        found.state, found.finished, found.files = JobState.DONE, timezone.now(), named
        found.done = found.of = max(found.of, 1)
        if work.finish is not None:
            work.finish(found, files)
        else:
            number = None if found.year is None else found.year.year
            title = {"work_nl": work.title[0], "work_en": work.title[1]}
            record(EventKind.WORK_DONE, found.by, found.collective, {"job": str(found.pk), **title, "year": number})
        found.save()


def _ended(job: Job, state: JobState, problems: Sequence[Problem] = ()) -> None:
    """Without a result; what was written of it goes."""

    def end() -> None:
        with transaction.atomic():
            found = _own(job)
            if found is not None:
                found.state, found.finished, found.problems = state, timezone.now(), told(problems)
                found.save()

    kept.forget(job)
    patiently(end)
    _log.info("job %s: %s %s", job.pk, state.value, " ".join(sorted({one.code for one in problems})))


def _given_back(job: Job) -> None:
    """Where the worker ends, the job waits for the next one; where another worker has it, there is nothing to give. What is done stays:
    of a transaction that was kept just when the database went away, nobody heard that it was.
    """
    from puntlanding.web.work.queue import wake

    def back() -> None:
        with transaction.atomic():
            found = Job.objects.select_for_update().get(pk=job.pk)
            if found.attempt == job.attempt and found.state == JobState.DONE:
                return
            kept.forget(job)
            if found.attempt == job.attempt and found.state == JobState.RUNNING:
                found.state, found.worker = JobState.QUEUED, ""
                wake(found)
                found.save()

    patiently(back)


def _where(error: BaseException) -> str:
    """The places in our own files, without what stood in them."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(
        f"{frame.filename.rpartition('puntlanding/')[2]}:{frame.lineno}" for frame in reversed(frames[-6:])
    )
