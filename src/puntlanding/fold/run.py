"""All jobs of a run over workers that may die. What a worker's death costs is time, never a result.

The rule. A job whose worker was lost is given out again, after the jobs that still wait. Once lost with others around it,
nobody knows which job broke the worker; lost twice, it is given out alone, so that no other job suffers with it; lost three
times, it is done last of all in this process. If it kills this process too, it is the job: nothing was written by then, and
what was said last names it. Workers that are gone and cannot be made again (a cluster that does not answer any more) leave
the rest to this process.
"""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from enum import StrEnum
from typing import Generic

from puntlanding.fold.executors import OPTION, DaskCluster, InProcess, Processes, Workers
from puntlanding.fold.process import Job, Outcome, Result, attempt, versions
from puntlanding.problems import InputError, Problem

TOGETHER = 2  # losses after which a job is given out alone
DASK = "distributed"
TRIES = 3  # losses after which it is done in this process
PATIENCE = 30.0  # seconds without any worker
LOOK = 0.5  # seconds between looks at whether there are workers


class Event(StrEnum):
    """What a run tells while it is busy."""

    DONE = "done"
    AGAIN = "again"  # its worker was lost
    HERE = "here"  # it is done in this process, as the last resort


Watch = Callable[[Event, Job], None]


def run_all(
    jobs: Sequence[Job],
    work: Callable[[Job], Result],
    workers: Workers,
    watch: Watch[Job] | None = None,
    size: Callable[[Job], int] | None = None,
) -> list[Result]:
    """The result of ``work`` for each job, in the order of ``jobs``; ``work`` and jobs must be picklable where workers are.

    The largest are given out first, where ``size`` says which those are: given out last, they would be waited for alone.

    Raises InputError with the problems of all jobs together, in their order, when everything has been tried; any other
    exception of a job at once.
    """
    order = sorted(range(len(jobs)), key=lambda i: -size(jobs[i]) if size is not None else 0)
    outcomes = _Run(jobs, work, workers, watch or _nobody, order).outcomes()
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    problems += _other_versions(outcomes)
    if problems:
        raise InputError(problems)
    return [outcome.value for outcome in outcomes if outcome.value is not None]


def _nobody(_: Event, __: object) -> None:
    """Nobody watches."""


def _other_versions(outcomes: Sequence[Outcome[Result]]) -> list[Problem]:
    others = sorted({one.versions for one in outcomes} - {versions()})
    details = {"own": versions(), "others": "; ".join(others)}
    return [Problem("dask_versions", OPTION, details=details)] if others else []


def _lost(error: BaseException) -> bool:
    """Whether the worker failed rather than the job: the error is Dask's own, or was raised in its code (of a connection that
    broke at the wrong moment it makes a TypeError). Dask is not imported for it: who does not use it need not have it.
    """
    return isinstance(error, BrokenExecutor | CancelledError) or DASK in (
        type(error).__module__.partition(".")[0],
        _raised_in(error).partition(".")[0],
    )


def _raised_in(error: BaseException) -> str:
    """The module whose code raised ``error``."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return "" if place is None else str(place.tb_frame.f_globals.get("__name__", ""))


class _Run(Generic[Job, Result]):
    """One run: which jobs wait, which are given out, which are done."""

    def __init__(
        self,
        jobs: Sequence[Job],
        work: Callable[[Job], Result],
        workers: Workers,
        watch: Watch[Job],
        order: Sequence[int],
    ) -> None:
        self.jobs, self.work, self.workers, self.watch = jobs, work, workers, watch
        self.waiting = deque(order)
        self.given_out: dict[Future[Outcome[Result]], int] = {}
        self.losses = [0] * len(jobs)
        self.done: dict[int, Outcome[Result]] = {}
        self.executor: Executor | None = None
        self.alive_at = time.monotonic()

    def outcomes(self) -> list[Outcome[Result]]:
        if self.jobs:
            self.executor = self.workers.make()  # what is wrong with it from the start is the user's to know
        try:
            while self.waiting or self.given_out:
                self._give_out()
                self._take_in()
        except BaseException:
            self._end(self.executor)
            raise
        if isinstance(self.executor, Processes):
            self._end(self.executor)  # nothing is left in them; taking themselves apart, they would be waited for
        elif self.executor is not None:
            self.executor.shutdown(wait=True)
        for i in sorted(set(range(len(self.jobs))) - set(self.done)):
            self.watch(Event.HERE, self.jobs[i])
            self._keep(i, attempt(self.work, self.jobs[i]))
        return [self.done[i] for i in range(len(self.jobs))]

    def _give_out(self) -> None:
        while self.waiting and len(self.given_out) < self.workers.at_once:
            i = self.waiting[0]
            alone = self.losses[i] >= TOGETHER
            if alone and self.given_out:
                return
            self.waiting.popleft()
            if self.losses[i] >= TRIES:
                continue
            try:
                future = self._ready().submit(attempt, self.work, self.jobs[i])
            except Exception as error:
                if not _lost(error):
                    raise
                self._lose(i, error)
                return
            self.given_out[future] = i
            if alone:
                return

    def _take_in(self) -> None:
        finished, _ = wait(self.given_out, LOOK, FIRST_COMPLETED)
        for future in finished:
            i = self.given_out.pop(future, None)
            if i is None:  # came back with an executor that was replaced meanwhile
                continue
            error = CancelledError() if future.cancelled() else future.exception()
            if error is None:
                self._keep(i, future.result())
            elif _lost(error):
                self._lose(i, error)
            else:
                raise error
        if finished or self.executor is None or self.workers.alive(self.executor):
            self.alive_at = time.monotonic()
        elif time.monotonic() - self.alive_at > PATIENCE:
            self._replace()

    def _keep(self, i: int, outcome: Outcome[Result]) -> None:
        self.done[i] = outcome
        self.watch(Event.DONE, self.jobs[i])

    def _lose(self, i: int, error: BaseException) -> None:
        self._again(i)
        if self.executor is not None and (isinstance(error, BrokenExecutor) or not self.workers.alive(self.executor)):
            self._replace()

    def _again(self, i: int) -> None:
        self.losses[i] += 1
        self.waiting.append(i)
        self.watch(Event.AGAIN, self.jobs[i])

    def _replace(self) -> None:
        """The executor is no use any more; nobody will say so of what it still holds, so all of that comes back as lost."""
        executor, self.executor = self.executor, None
        held, self.given_out = self.given_out, {}
        for future, i in held.items():
            if future.done() and not future.cancelled() and future.exception() is None:
                self._keep(i, future.result())
            else:
                self._again(i)
        self._end(executor)

    def _ready(self) -> Executor:
        if self.executor is None:
            try:
                self.executor = self.workers.make()
            except InputError:
                self.workers = Workers(InProcess, 1)
                self.executor = self.workers.make()
            self.alive_at = time.monotonic()
        return self.executor

    @staticmethod
    def _end(executor: Executor | None) -> None:
        if executor is None:
            return
        with contextlib.suppress(Exception):  # it is broken: nothing that it says of its end changes anything
            if isinstance(executor, Processes | DaskCluster):
                executor.abandon()
            else:
                executor.shutdown(wait=False)
