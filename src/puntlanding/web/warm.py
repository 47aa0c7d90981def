"""What a new process of the server reads before it answers anybody, so that no reader waits for it: the years that people look at.

Nothing hangs on it. What cannot be read now, or would take too long, is read when somebody asks for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from django.template.loader import get_template
from django.urls import get_resolver

from puntlanding.language.notation import Language
from puntlanding.problems import InputError
from puntlanding.web.desk.dossiers import dossier_of_snapshot
from puntlanding.web.desk.models import Collective, Kind, Source, Version, Year
from puntlanding.web.desk.outlooks import question, worked_out
from puntlanding.web.desk.queries import latest, source_of
from puntlanding.web.desk.standings import differed, stood
from puntlanding.web.pages.every_type import under_each_type

MOST_SECONDS = 15.0  # and then others are served: gunicorn waits a minute before it thinks that a process hangs
YEARS = 2  # of each collective, the newest
_log = logging.getLogger(__name__)


def warm(seconds: float = MOST_SECONDS) -> int:
    """How much was read. Never a failure: the page that needs what went wrong here will say so to who asks for it."""
    until, done = time.monotonic() + seconds, 0
    try:
        for make in _all():
            if time.monotonic() > until:
                break
            with suppress(InputError):  # files that are no case any more
                make()
                done += 1
    except Exception:  # noqa: BLE001 - a server that serves all other pages is better than none
        _log.warning("not all was read beforehand", exc_info=True)
    return done


def _all() -> Iterator[Callable[[], object]]:
    yield _addresses
    for path in sorted((Path(__file__).parent / "templates" / "web").glob("*.html")):
        yield partial(get_template, f"web/{path.name}")
    newest = [list(Year.objects.filter(collective=one).order_by("-year")[:YEARS]) for one in Collective.objects.all()]
    for at in range(YEARS):
        for years in newest:
            version = latest(years[at]) if at < len(years) else None
            if version is not None:
                yield from _of(version)


def _addresses() -> object:
    """Every page's module, and what that needs: over a second for whoever asks first."""
    return [getattr(one, "url_patterns", None) for one in get_resolver().url_patterns]


def _of(version: Version) -> Iterator[Callable[[], object]]:
    for language in Language:
        yield partial(_read, version, language)
    source = source_of(version.year)
    if version.kind == Kind.SETTLEMENT:
        yield partial(under_each_type, version)
    if source is not None:
        yield partial(_expected, version, source)
        yield partial(_placed, version)


def _read(version: Version, language: Language) -> object:
    return dossier_of_snapshot(version.snapshot, language).lacking


def _expected(version: Version, source: Source) -> object:
    return worked_out(question(source, version.snapshot, dossier_of_snapshot(version.snapshot, Language.DUTCH)))


def _placed(version: Version) -> object:
    dossier = dossier_of_snapshot(version.snapshot, Language.DUTCH)
    return stood(version, dossier), differed(version, dossier)
