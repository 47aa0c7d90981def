"""Work for tests of executors, in a module of its own: a worker process must be able to import it, and with it nothing else."""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from puntlanding.problems import InputError, Problem


@dataclass(frozen=True)
class Task:
    """``fatal``: how many attempts kill their own worker as `kill -9` does, but never the process ``home``.

    ``folder`` remembers the attempts.
    """

    number: int
    folder: Path
    fatal: int = 0
    seconds: float = 0.0
    home: int = field(default_factory=os.getpid)


def square(task: Task) -> bytes:
    attempts = len(list(task.folder.glob(f"{task.number}-*")))
    (task.folder / f"{task.number}-{attempts}").write_text(str(os.getpid()))
    time.sleep(task.seconds)
    if attempts < task.fatal and os.getpid() != task.home:
        os.kill(os.getpid(), signal.SIGKILL)
    return str(task.number**2).encode()


def refuse_odd(task: Task) -> bytes:
    if task.number % 2:
        raise InputError(
            [Problem("year_not_in_store", f"h{task.number}", details={"year": 2026, "first": "", "years": ""})]
        )
    return square(task)


def divide(task: Task) -> bytes:
    return bytes(1 // task.number)


def threads(_: Task) -> bytes:
    import polars

    return str(polars.thread_pool_size()).encode()


def surroundings(_: Task) -> bytes:
    """What a worker was started with, whether it has the fold already, and which it is."""
    found = [os.environ.get(name, "") for name in ("OPENBLAS_NUM_THREADS", "MALLOC_TRIM_THRESHOLD_")]
    return ",".join([*found, str("puntlanding.fold.fold" in sys.modules), str(os.getpid())]).encode()


def endless(task: Task) -> bytes:
    (task.folder / f"{task.number}-0").write_text(str(os.getpid()))
    time.sleep(600)
    return b""
