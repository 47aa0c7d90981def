"""Drawing beside the work that goes on: the library that draws has one worker in each process, and holds up all else in it.

`python -m puntlanding.report.html.draw` is such a process: jobs on standard input, their outcomes on standard output, as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from typing import Any

Job = Mapping[
    str, Any
]  # a definition with its notation of numbers and time; without a definition, the library itself is asked for
LIBRARY: Job = {}
MOST = 2  # processes that draw: more wait for each other's start
EACH = 8  # charts that are worth another process
READY = "ready"  # says that a process is to draw something of its own first, which takes longest


class Drawers:
    """Processes that get ready while ``charts`` of them are still being made; one makes the ``library`` for browsers. Use in a
    ``with`` block.
    """

    library: Future[list[str]]

    def __init__(self, charts: int) -> None:
        spare = (os.cpu_count() or 1) - 1
        self.count = min(MOST, spare, 1 + charts // EACH)

    def __enter__(self) -> Drawers:
        self.pool = ThreadPoolExecutor(self.count + 1)
        alone = _started() if self.count else None
        self.library = self.pool.submit(_given, alone, [LIBRARY])
        self.processes: list[subprocess.Popen[bytes] | None] = [
            one for one in (_started(READY) for _ in range(self.count)) if one is not None
        ]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            if process is not None:
                process.kill()
                process.communicate()
        self.pool.shutdown()

    def give(self, jobs: Sequence[Job]) -> list[Future[list[str]]]:
        """The outcomes of ``jobs`` in their order, over all futures. Where no process can be had, they are drawn here."""
        free, self.processes = self.processes or [None], []
        shares = zip(free, _shares(jobs, len(free)), strict=True)
        return [self.pool.submit(_given, process, share) for process, share in shares]


def library_for_browsers() -> str:
    """Vega, Vega-Lite and what puts them on a page, as one script. Made in a process of its own: it takes seconds."""
    (made,) = _given(_started(), [LIBRARY])
    return made


def _shares(jobs: Sequence[Job], count: int) -> list[Sequence[Job]]:
    """In order, about as many each."""
    ends = [len(jobs) * at // count for at in range(count + 1)]
    return [jobs[begin:end] for begin, end in pairwise(ends)]


def _started(*words: str) -> subprocess.Popen[bytes] | None:
    if not sys.executable:
        return None
    try:
        return subprocess.Popen(  # noqa: S603 - this very module
            [sys.executable, "-m", __name__, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _given(process: subprocess.Popen[bytes] | None, jobs: Sequence[Job]) -> list[str]:
    """What a process that stopped has not done is done here."""
    if process is None:
        return _all(jobs)
    try:
        answer, _ = process.communicate(json.dumps(jobs).encode())
        found: list[str] = json.loads(answer)
    except (OSError, ValueError):
        process.kill()
        process.communicate()
        return _all(jobs)
    return found if len(found) == len(jobs) else _all(jobs)


def _all(jobs: Sequence[Job]) -> list[str]:
    return [done(job) for job in jobs]


def done(job: Job) -> str:
    import vl_convert

    if not job:
        library: str = vl_convert.javascript_bundle()  # type: ignore[call-arg]
        return library
    svg: str = vl_convert.vegalite_to_svg(job["spec"], format_locale=job["number"], time_format_locale=job["time"])
    return svg


def main() -> None:
    first = {"data": {"values": [{"x": 1}]}, "mark": "bar", "encoding": {"x": {"field": "x", "type": "quantitative"}}}
    if READY in sys.argv:
        done({"spec": first, "number": None, "time": None})
    jobs = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps(_all(jobs)).encode())


if __name__ == "__main__":
    main()
