"""Where folds are done: names that a user types → executors. `run_all` takes any other `concurrent.futures.Executor` as well."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from puntlanding.fold.process import be_ready, prepare, versions
from puntlanding.problems import InputError, Problem, near_miss

if TYPE_CHECKING:
    from distributed import Client

LOCAL, PROCESSES, DASK = "lokaal", "processen", "dask://"
OPTION = "--executor"
MOST_PROCESSES = 61  # more is not possible on Windows
REACHED_WITHIN = 10  # seconds, for the scheduler and then for its first worker
QUEUED = 64  # jobs that a Dask scheduler may hold at a time; it spreads them over its workers itself
# What a process reads when it starts. BLAS would keep threads that whole numbers never use. glibc would give memory back to the
# system after each hospital and have it filled with zeros again for the next; other allocators do not know these names.
SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_TRIM_THRESHOLD_": str(2**28),
    "MALLOC_MMAP_THRESHOLD_": str(2**28),
}

T = TypeVar("T")


def _always(_: Executor) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Workers:
    """``make`` gives a fresh executor, also in the middle of a run, when the last one broke; `run_all` shuts it down.

    ``at_once``: jobs that are given out and not yet back. ``alive``: whether an executor can still get anything done.
    """

    make: Callable[[], Executor]
    at_once: int
    alive: Callable[[Executor], bool] = _always


class InProcess(Executor):
    """Each job when it is submitted, in this very thread: Polars uses all cores by itself."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **named))
        except Exception as error:  # noqa: BLE001 - it is the future's, whatever it is
            future.set_exception(error)
        return future


class Processes(ProcessPoolExecutor):
    """Fresh processes (spawn: a forked Polars can hang), which share the cores instead of each using all of them.

    They start at once, and get ``ready`` (a module of ours) before their first job, while the jobs are still being made.
    """

    def __init__(self, count: int, ready: str | None = None) -> None:
        context = multiprocessing.get_context("spawn")
        super().__init__(count, mp_context=context, initializer=prepare)
        with _environment(SETTINGS | {"POLARS_MAX_THREADS": str(max(1, cores() // count))}):
            for _ in range(count):  # each starts a process
                self.submit(be_ready, ready)

    def abandon(self) -> None:
        """Nobody waits for what is being done; without this the program would, at its end."""
        for process in list((self._processes or {}).values()):
            process.kill()
        self.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _environment(settings: Mapping[str, str]) -> Iterator[None]:
    """What the user set for a name of ours stands, except for threads of Polars: those are ours to share out."""
    before = dict(os.environ)
    os.environ.update(
        {name: text for name, text in settings.items() if name not in before or name.startswith("POLARS")}
    )
    try:
        yield
    finally:
        for name in settings:
            if name in before:
                os.environ[name] = before[name]
            else:
                os.environ.pop(name, None)


class DaskCluster(Executor):
    """A client of a Dask scheduler as an executor that closes what it opened."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._executor = client.get_executor(
            pure=False
        )  # pure: a job that was lost would be taken for one that is done

    def submit(self, fn: Callable[..., T], /, *args: Any, **named: Any) -> Future[T]:
        future: Future[T] = self._executor.submit(fn, *args, **named)
        return future

    @property
    def alive(self) -> bool:
        return self.client.status == "running" and bool(self.client.scheduler_info(n_workers=1)["workers"])

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if self.client.status == "running" and wait and not cancel_futures:
            self._executor.shutdown(wait=True)
        self.client.close()

    def abandon(self) -> None:
        self.client.close()


def workers(name: str, jobs: int | None = None, ready: str | None = None) -> Workers:
    """The workers that ``name`` means. Raises InputError for a name that means none; `make` where a cluster is not there.

    With fewer ``jobs`` than processes there are as many processes as jobs, so that each has more of the cores. ``ready``: the
    module that processes import before their first job.
    """
    kind, _, count = name.partition(":")
    if name == LOCAL:
        return Workers(InProcess, 1)
    if name == PROCESSES or (kind == PROCESSES and _count(count)):
        number = max(1, min(_count(count) or cores(), MOST_PROCESSES, MOST_PROCESSES if jobs is None else jobs))
        return Workers(lambda: Processes(number, ready), 2 * number)
    if name.startswith(DASK) and _address(name):
        return Workers(lambda: dask_cluster(name), QUEUED, lambda one: isinstance(one, DaskCluster) and one.alive)
    close = near_miss(kind, (LOCAL, PROCESSES))
    raise InputError(
        [Problem("executor_unknown", OPTION, value=name, details={"close": close, "most": MOST_PROCESSES})]
    )


@contextmanager
def started(name: str, most: int, ready: str | None = None) -> Iterator[Callable[[int], Workers]]:
    """Processes that start while at ``most`` so many jobs are still being made: starting takes as long as reading the lists.

    Gives the workers for a number of jobs; those that were started are among them, unless there are fewer jobs. Whoever is left
    without work at the end is ended. Raises InputError as `workers` does.
    """
    crew = workers(name, most, ready)
    begun = [crew.make()] if name.partition(":")[0] == PROCESSES and most > 0 else []

    def sized(jobs: int) -> Workers:
        fitting = workers(name, jobs, ready)
        if fitting.at_once != crew.at_once:
            return fitting
        return replace(fitting, make=lambda: begun.pop() if begun else fitting.make())

    try:
        yield sized
    finally:
        for one in begun:
            if isinstance(one, Processes):
                one.abandon()


def dask_cluster(name: str) -> DaskCluster:
    """The cluster at ``dask://host:port``.

    Raises InputError where Dask is not installed, nobody answers in time, there are no workers, or they have other versions.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError([Problem("dask_not_installed", OPTION, value=name)]) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters of it, `run_all` tells in words
    host, port = _address(name) or ("", 0)
    try:
        client = Client(f"tcp://{host}:{port}", timeout=REACHED_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:  # an odd name of a host is a ValueError
        raise InputError(
            [Problem("dask_unreachable", OPTION, value=name, details={"seconds": REACHED_WITHIN})]
        ) from error
    try:
        _require_equal(client, name)
    except BaseException:
        client.close()
        raise
    return DaskCluster(client)


def _require_equal(client: Client, name: str) -> None:
    try:
        client.wait_for_workers(1, timeout=REACHED_WITHIN)
        found = client.run(versions, on_error="return")
    except OSError as error:  # a time-out is one
        raise InputError(
            [Problem("dask_no_workers", OPTION, value=name, details={"seconds": REACHED_WITHIN})]
        ) from error
    others = sorted({_told(one) for one in found.values() if one != versions()})
    if others:
        details = {"own": versions(), "others": "; ".join(others)}
        raise InputError([Problem("dask_versions", OPTION, value=name, details=details)])


def _told(found: object) -> str:
    """A worker without puntlanding cannot say its versions; then the error's own words are the best there is."""
    return f"{type(found).__name__}: {found}" if isinstance(found, Exception) else str(found)


def _count(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PROCESSES))
    return int(text) if fits and 1 <= int(text) <= MOST_PROCESSES else None


def _address(name: str) -> tuple[str, int] | None:
    host, _, port = name.removeprefix(DASK).rstrip("/").rpartition(":")
    plain = port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 2**16
    return (host, int(port)) if host and "/" not in host and plain else None


def cores() -> int:
    """Those that this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
