"""The forecast of a year from the hospital's records, beside the files that were approved: those are never changed by it.

A snapshot does not know a store; its year does. So what both parties signed stays what it was, and the forecast moves on with each
delivery. It is kept, in memory and on disk, by snapshot, the choice of records and day, the planned events, and what the store holds
of the hospital. Nobody waits long for it: what is not there yet is worked out beside the requests, once, and the page says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from puntlanding.case.linked import BENCHMARKS, Link, the_store
from puntlanding.case.linked_forecast import LinkedOutlook, asked_of_link, linked_outlook
from puntlanding.case.linked_pieces import Below
from puntlanding.contribution.model import SUFFIX
from puntlanding.forecast.outlook import Outlook
from puntlanding.forecast.working_days import Event
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index
from puntlanding.problems import InputError, Problem
from puntlanding.records.store.layout import INDEX
from puntlanding.report.dossier import Dossier
from puntlanding.web.cached import Cached, Recent
from puntlanding.web.desk.dossiers import KEPT_IN_MEMORY
from puntlanding.web.desk.kept_outlooks import Told, as_bytes, from_bytes
from puntlanding.web.desk.models import Source
from puntlanding.web.desk.planned import events_beside
from puntlanding.web.desk.soon import NotYetError, soon
from puntlanding.web.snapshots import Snapshots

NOTHING_BELOW = Below({}, ())
_KEPT = "verwachting-1"  # of the form in which it is kept

_recent: Recent[Told] = Recent(KEPT_IN_MEMORY)


@dataclass(frozen=True, slots=True)
class Expected:
    """``found`` None: ``problems`` say why, or it is ``busy``. ``key`` names everything it was made from; ``source`` is the line below
    its charts. ``below``: products and diagnoses of its groups, and the year without each event.
    """

    found: Outlook | None
    problems: tuple[Problem, ...] = ()
    key: str = ""
    source: str = ""
    busy: bool = False
    below: Below = NOTHING_BELOW


@dataclass(frozen=True, slots=True)
class Question:
    """``data``: the folder in which the snapshot stands. ``link`` without a day: as of the year's last delivery."""

    data: Path
    snapshot: str
    link: Link
    events: tuple[Event, ...]
    dossier: Dossier

    @property
    def key(self) -> str:
        events = (f"{one.first} {one.last} {one.group} {one.percent!r} {one.reason}" for one in self.events)
        lines = (self.snapshot, *_there(self.link), *events)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def expected(source: Source, snapshot: str, dossier: Dossier, as_of: date | None = None) -> Expected:
    """Of the budget in ``snapshot``, as of the day that was chosen for the year, or ``as_of``."""
    asked = question(source, snapshot, dossier, as_of)
    key = asked.key
    try:
        told = _found(asked, key)
    except NotYetError:
        return Expected(None, key=key, busy=True)
    except InputError as error:
        return Expected(None, tuple(error.problems), key)
    return Expected(told.outlook, told.problems, key, told.source[index(dossier.language)], below=told.below)


def question(source: Source, snapshot: str, dossier: Dossier, as_of: date | None = None) -> Question:
    data = Path(settings.DATA)
    folder = Snapshots(data).folder(snapshot)
    link = Link(Path(source.store), source.hospital, dossier.agreement.year, folder, as_of or source.as_of)
    return Question(data, snapshot, link, events_beside(source.year), dossier)


def worked_out(asked: Question) -> Told:
    """Worked out now, however long it takes, and kept. Raises InputError where there is no forecast, and then why."""
    key = asked.key
    return _recent.get((str(asked.data), key), lambda: _kept(asked, key) or _made(asked, key))


def days_known(source: Source) -> tuple[date, ...]:
    """The days as of which a reader may look: the ends of months of the year and the days of deliveries, up to the day that was
    chosen for the year, which comes first; the newest first. Nothing where the store cannot be read.
    """
    year = source.year.year
    try:
        there = the_store(Link(Path(source.store), source.hospital)).deliveries(source.hospital)
    except InputError:
        return ()
    delivered = [one.delivered for one in there if one.year == year]
    if not delivered:
        return ()
    last = source.as_of or max(delivered)
    ends = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(1, 13))
    return tuple(sorted({last, *(one for one in (*ends, *delivered) if one < last)}, reverse=True))


def _found(asked: Question, key: str) -> Told:
    """Raises NotYetError; nobody waits for another who waits."""
    place = (str(asked.data), key)

    def kept() -> Told:
        found = _kept(asked, key)
        if found is None:
            raise LookupError
        return found

    try:
        return _recent.get(place, kept)
    except LookupError:
        told = soon(f"{asked.data} {key}", lambda: _made(asked, key))
        return _recent.get(place, lambda: told)


def _made(asked: Question, key: str) -> Told:
    linked = linked_outlook(replace(asked_of_link(asked.link), events=asked.events, below=True))
    told = Told(linked.outlook, linked.below or NOTHING_BELOW, linked.problems, _source(asked.dossier, linked))
    Cached(asked.data).get(asked.snapshot, _name(key), lambda: as_bytes(told))
    return told


def _kept(asked: Question, key: str) -> Told | None:
    """None also for what another form of this program wrote: that is worked out again."""
    found = Cached(asked.data).found(asked.snapshot, _name(key))
    try:
        return None if found is None else from_bytes(found)
    except (ValueError, KeyError, TypeError):
        return None


def _name(key: str) -> str:
    return f"{_KEPT}-{key}"


def _source(dossier: Dossier, linked: LinkedOutlook) -> tuple[str, str]:
    told = dossier if linked.provenance is None else replace(dossier, provenance=linked.provenance)
    return replace(told, language=Language.DUTCH).source, replace(told, language=Language.ENGLISH).source


def _there(link: Link) -> Iterator[str]:
    """The choice, the hash of what the store says it holds, and which benchmarks and contributions stand in it."""
    own = link.store / link.hospital
    yield from (str(link.store), link.hospital, str(link.as_of))
    try:
        yield hashlib.sha256((own / INDEX).read_bytes()).hexdigest()
        for path in sorted((*own.glob(f"*{SUFFIX}"), *(link.store / BENCHMARKS).glob("*"))):
            about = path.stat()
            yield f"{path.name} {about.st_size} {about.st_mtime_ns}"
    except OSError:
        yield "-"
