"""Long work in a thread of its own, while the worker tells how far it is and hears that it should stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

from puntlanding.web.work.progress import Progress

T = TypeVar("T")
Words = tuple[str, str]
PACE = 0.3  # seconds


class StoppedError(Exception):
    """The one who waited does not wait any more."""


class Counted:
    """Told by the thread, read by the worker. ``last``: from here on nothing stops it any more, so that it is done or not begun."""

    def __init__(self) -> None:
        self.done, self.of, self.what = 0, 0, ("", "")
        self.stopped = False
        self._last, self._heard = threading.Event(), threading.Event()

    def step(self, what: Words, of: int = 0) -> None:
        self.done, self.of, self.what = 0, of, what
        self(0)

    def __call__(self, rows: int) -> None:
        if self.stopped:
            raise StoppedError
        self.done += rows

    def last(self, what: Words) -> None:
        self.step(what)
        self._last.set()
        self._heard.wait()
        self(0)

    def tell(self, progress: Progress) -> None:
        if self._heard.is_set():
            return
        finishing = self._last.is_set()
        progress.step(min(self.done, self.of), self.of, self.what)
        if finishing:
            progress.firm()
            self._heard.set()

    def stop(self) -> None:
        self.stopped = True
        self._heard.set()


def beside(progress: Progress, work: Callable[[Counted], T]) -> T:
    """Raises what ``work`` raises, and what ``progress`` does when it should stop."""
    counted = Counted()
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(work, counted)
        try:
            while not wait([job], PACE).done:
                counted.tell(progress)
        except BaseException:
            counted.stop()
            raise
        return job.result()
