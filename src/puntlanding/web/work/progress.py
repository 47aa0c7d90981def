"""How far work is, told to the row at a pace that costs nothing, and where it hears that it should stop."""

from __future__ import annotations

import time

from django.db import connection

from puntlanding.web.work.models import Job, JobState
from puntlanding.web.work.patience import patiently

PACE = 0.5  # seconds between two words to the database


class Cancelled(Exception):  # noqa: N818  it is no error
    """Somebody asked to stop; what was made so far is thrown away."""


class Overtaken(Exception):  # noqa: N818
    """The job is no longer this worker's: another took it for dead, or the worker was told to end."""


class Progress:
    """Tells nobody: for who runs a work without a job."""

    def step(self, done: int, of: int, what: tuple[str, str] = ("", "")) -> None:
        """``what`` in both languages, without names of people. Raises Cancelled where that was asked."""

    def firm(self) -> None:
        """From here on it is too late to cancel: what is written next stays, whatever becomes of the job. Raises as `step`."""


class JobProgress(Progress):
    """Of one attempt at one job."""

    def __init__(self, job: Job) -> None:
        self._job, self._said, self._stop = job, 0.0, False
        self._last: tuple[int, tuple[str, str]] = (0, ("", ""))

    def stop(self) -> None:
        """At the next step, because the worker ends."""
        self._stop = True

    def step(self, done: int, of: int, what: tuple[str, str] = ("", "")) -> None:
        if self._stop:
            raise Overtaken
        now = time.monotonic()
        if self._said and now - self._said < PACE and self._last == (of, what):
            return
        self._said, self._last = now, (of, what)
        if connection.in_atomic_block:
            raise RuntimeError("progress inside a transaction is seen by nobody until it is over")
        patiently(lambda: self._tell(max(done, 0), max(of, 0), what))

    def firm(self) -> None:
        """Either this or the asking comes first: then the job is never called cancelled while its work was done."""
        if self._stop:
            raise Overtaken
        patiently(self._make_firm)

    def _make_firm(self) -> None:
        own = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING, attempt=self._job.attempt)
        if not own.filter(cancel_asked=False).update(firm=True):
            raise Cancelled if own.exists() else Overtaken

    def _tell(self, done: int, of: int, what: tuple[str, str]) -> None:
        own = Job.objects.filter(pk=self._job.pk, state=JobState.RUNNING, attempt=self._job.attempt)
        if not own.update(done=done, of=of, what=list(what)):
            raise Overtaken
        if own.filter(cancel_asked=True).exists():
            raise Cancelled
