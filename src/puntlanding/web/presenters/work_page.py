"""What runs, what waits and what came of it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from django.utils import timezone

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.web.work.kinds import WORKS
from puntlanding.web.work.models import Job, JobState

Pair = tuple[str, str]
STATES: dict[str, Pair] = {
    JobState.QUEUED: ("wacht", "waits"),
    JobState.RUNNING: ("loopt", "runs"),
    JobState.DONE: ("klaar", "done"),
    JobState.FAILED: ("mislukt", "failed"),
    JobState.CANCELLED: ("geannuleerd", "cancelled"),
}
_STOPPING = ("stopt", "stopping")
_KILO, _MEGA = 1000, 1_000_000


@dataclass(frozen=True, slots=True)
class FileLine:
    name: str
    size: str


@dataclass(frozen=True, slots=True)
class JobLine:
    """``firm``: too far to cancel. ``share`` 0–100 where that is known; ``told`` what it is doing, or why there is no result."""

    pk: str
    title: str
    about: str
    year: int | None
    by: str
    at: datetime
    state: str
    code: str
    share: int | None
    told: str
    took: str
    answer: str
    busy: bool
    stopping: bool
    firm: bool
    problems: tuple[tuple[str, str], ...] = ()
    files: tuple[FileLine, ...] = ()


def job_line(job: Job, language: Language) -> JobLine:
    which = index(language)
    work = WORKS.get(job.work)
    stopping = job.cancel_asked and job.busy
    about = work.about(job, language) if work is not None and work.about is not None else ""
    return JobLine(
        pk=str(job.pk),
        title=job.work if work is None else work.title[which],
        about=about,
        year=None if job.year is None else job.year.year,
        by=visible(job.by.display_name),
        at=job.at,
        state=(_STOPPING if stopping else STATES[job.state])[which],
        code=job.state,
        share=share(job),
        told=_told(job, which),
        took=took(job, language),
        answer=_answer(job, len(job.files) - len([] if work is None else work.inner), which),
        busy=job.busy,
        stopping=stopping,
        firm=job.firm,
        problems=tuple((_place(one, which), one[("nl", "en")[which]]) for one in job.problems),
        files=() if job.swept else tuple(_files(job, () if work is None else work.inner, language)),
    )


def _files(job: Job, inner: Sequence[str], language: Language) -> Iterator[FileLine]:
    for name, (_, count) in job.files.items():
        if name not in inner:
            yield FileLine(name, size(count, language))


def share(job: Job) -> int | None:
    """Per cent; None where it does not run or has not said how much there is."""
    if job.state != JobState.RUNNING or not job.of:
        return None
    return min(100 * job.done // job.of, 100)


def took(job: Job, language: Language) -> str:
    """How long it has run, or took."""
    if job.started is None:
        return ""
    seconds = round(((job.finished or timezone.now()) - job.started).total_seconds())
    return lasting(timedelta(seconds=max(seconds, 0)), language)


def lasting(time: timedelta, language: Language) -> str:
    which, seconds = index(language), int(time.total_seconds())
    if seconds < 1:
        return ("minder dan een seconde", "less than a second")[which]
    if seconds < 60:
        return f"{seconds} " + (("seconde", "second") if seconds == 1 else ("seconden", "seconds"))[which]
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} " + ("uur", "h")[which] + f" {minutes % 60} min"


def size(count: int, language: Language) -> str:
    if count < _KILO:
        return f"{count} B"
    if count < _MEGA:
        return f"{number(Fraction(count, _KILO), 0, language)} kB"
    return f"{number(Fraction(count, _MEGA), 1, language)} MB"


def first_sentence(jobs: list[JobLine], language: Language) -> str:
    which = index(language)
    runs, waits = (sum(1 for one in jobs if one.code == state) for state in (JobState.RUNNING, JobState.QUEUED))
    if not runs and not waits:
        return ("Er loopt niets en er wacht niets.", "Nothing runs and nothing waits.")[which]
    running = (
        "Er loopt niets"
        if not runs
        else f"Er {'loopt' if runs == 1 else 'lopen'} {runs} {'opdracht' if runs == 1 else 'opdrachten'}",
        "Nothing runs" if not runs else f"{runs} {'job runs' if runs == 1 else 'jobs run'}",
    )[which]
    waiting = (
        "er wacht niets" if not waits else f"er {'wacht' if waits == 1 else 'wachten'} er {waits}",
        "nothing waits" if not waits else f"{waits} {'waits' if waits == 1 else 'wait'}",
    )[which]
    return f"{running}; {waiting}."


def _answer(job: Job, files: int, which: int) -> str:
    match job.state:
        case JobState.QUEUED:
            return ("Dit wacht op zijn beurt.", "This waits for its turn.")[which]
        case JobState.RUNNING if job.cancel_asked:
            return ("Dit stopt bij de volgende stap.", "This stops at its next step.")[which]
        case JobState.RUNNING:
            return (
                "Dit loopt. U kunt dit venster sluiten: het gaat door, en staat straks bij Werk.",
                "This runs. You can close this window: it goes on, and will be under Work.",
            )[which]
        case JobState.CANCELLED:
            return ("Dit is geannuleerd. Er is niets van bewaard.", "This was cancelled. Nothing of it was kept.")[
                which
            ]
        case JobState.FAILED:
            return (
                "Dit is niet gelukt. Er is niets half bewaard.",
                "This did not succeed. Nothing was kept by halves.",
            )[which]
    if job.swept or files < 1:
        return ("Dit is klaar.", "This is done.")[which]
    one = ("Dit is klaar: er is één bestand.", "This is done: there is one file.")[which]
    return (
        one
        if files == 1
        else (f"Dit is klaar: er zijn {files} bestanden.", f"This is done: there are {files} files.")[which]
    )


def _told(job: Job, which: int) -> str:
    if job.state == JobState.RUNNING and len(job.what) == 2:
        return visible(job.what[which])
    return ""


def _place(problem: object, which: int) -> str:
    found = problem.get(("place_nl", "place_en")[which], "") if isinstance(problem, dict) else ""
    return "" if found in ("", "-") else str(found)
