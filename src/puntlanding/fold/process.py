"""What runs in a worker, wherever it is: one job, and what the worker must know of itself. Imports nothing heavy."""

from __future__ import annotations

import importlib
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import parent_process
from typing import Generic, TypeVar

from puntlanding import __version__
from puntlanding.problems import InputError, Problem

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What a job gave: a value or problems. Problems travel as values, because few exceptions survive being pickled.

    ``versions`` are the worker's: one that came later may have others.
    """

    value: Result | None
    problems: tuple[Problem, ...]
    versions: str


def attempt(work: Callable[[Job], Result], job: Job) -> Outcome[Result]:
    try:
        return Outcome(work(job), (), versions())
    except InputError as error:
        return Outcome(None, error.problems, versions())


@cache
def versions() -> str:
    """Equal versions give equal bytes; nothing is promised of others."""
    return f"puntlanding {__version__}, polars {version('polars')}"


def prepare() -> None:
    """First thing in a process of the pool.

    An interrupt at the keyboard reaches the whole family; the parent decides what becomes of it. A parent that was killed
    cannot, so a worker without one ends itself: nobody would ever give it work again, or stop it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def be_ready(module: str | None) -> None:
    """What every job would otherwise wait for the first time."""
    if module is not None:
        importlib.import_module(module)
    versions()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
