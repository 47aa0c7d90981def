"""A progress bar for what takes longer than a second: rows, rows per second, time left. Silent when nobody watches."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from puntlanding.cli.output import say
from puntlanding.language.notation import Language, number

PATIENCE = 1.0  # seconds


class _Rows(ProgressColumn):
    """``412.000 rijen · 1.200.000 per seconde``, in the user's notation."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.language = language

    def render(self, task: Task) -> Text:
        if not task.completed:
            return Text("")
        rows = number(int(task.completed), 0, self.language)
        speed = number(int(task.speed), 0, self.language) if task.speed else "…"
        return Text(say("progress_rows", self.language, rows, speed))


class Meter:
    """``with Meter(…) as meter``: call it with the rows done since the last call; `step` names what happens now.

    ``total`` is the number of rows expected, as far as can be told beforehand.
    """

    def __init__(self, language: Language, total: int | None = None) -> None:
        self.language = language
        columns = (
            TextColumn("{task.description}"),
            BarColumn(30, "grey37", "#0b6770", "#0b6770", "#0b6770"),
            _Rows(language),
            TimeRemainingColumn(compact=True),
        )
        watched = sys.stderr.isatty()
        self._bar = Progress(*columns, console=Console(file=sys.stderr), transient=True, disable=not watched)
        self._task = self._bar.add_task("", total=total)
        self._timer = threading.Timer(PATIENCE, self._bar.start)
        self._timer.daemon = True

    def __enter__(self) -> Meter:
        if not self._bar.disable:
            self._timer.start()
        return self

    def __call__(self, rows: int) -> None:
        self._bar.advance(self._task, rows)

    def step(self, text: str, total: int | None = None) -> None:
        """The next stage of the work; its rows are counted anew."""
        before, self._task = self._task, self._bar.add_task(say(text, self.language), total=total)
        self._bar.remove_task(before)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer.is_alive():
            self._timer.cancel()
            self._timer.join()
        self._bar.stop()
