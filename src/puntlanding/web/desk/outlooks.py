"""The forecast of a year from the hospital's records, beside the files that were approved: those are never changed by it.

A snapshot does not know a store; its year does. So what both parties signed stays what it was, and the forecast moves on with each
delivery. It is kept by snapshot, the choice of records, and what the store holds of the hospital.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from puntlanding.case.linked import BENCHMARKS, Link
from puntlanding.case.linked_forecast import LinkedOutlook
from puntlanding.contribution.model import SUFFIX
from puntlanding.forecast.outlook import Outlook
from puntlanding.problems import InputError, Problem
from puntlanding.records.store.layout import INDEX
from puntlanding.report.beside_store import BesideStore
from puntlanding.report.dossier import Dossier
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import KEPT_IN_MEMORY, snapshots
from puntlanding.web.desk.models import Source

_recent: Recent[LinkedOutlook] = Recent(KEPT_IN_MEMORY)


@dataclass(frozen=True, slots=True)
class Expected:
    """``found`` None: ``problems`` say why. ``key`` names everything it was made from; ``source`` is the line below its charts."""

    found: Outlook | None
    problems: tuple[Problem, ...] = ()
    key: str = ""
    source: str = ""


def expected(source: Source, snapshot: str, dossier: Dossier) -> Expected:
    """Of the budget in ``snapshot``; made once per process."""
    folder = snapshots().folder(snapshot)
    link = Link(Path(source.store), source.hospital, dossier.agreement.year, folder, source.as_of)
    key = _key(source, snapshot)
    try:
        linked = _recent.get((str(settings.DATA), key), lambda: _made(link, dossier))
    except InputError as error:
        return Expected(None, tuple(error.problems))
    told = dossier if linked.provenance is None else replace(dossier, provenance=linked.provenance)
    return Expected(linked.outlook, linked.problems, key, told.source)


def _made(link: Link, dossier: Dossier) -> LinkedOutlook:
    """A store that cannot be read now may be there again on the next request: what failed is not kept."""
    answer = BesideStore(link, dossier.case).outlook
    if answer.found is None:
        raise InputError(answer.problems)
    return answer.found


def _key(source: Source, snapshot: str) -> str:
    return hashlib.sha256("\n".join((snapshot, *_there(source))).encode()).hexdigest()


def _there(source: Source) -> Iterator[str]:
    """The choice, the hash of what the store says it holds, and which benchmarks and contributions stand in it."""
    store = Path(source.store)
    own = store / source.hospital
    yield from (str(store), source.hospital, str(source.as_of))
    try:
        yield hashlib.sha256((own / INDEX).read_bytes()).hexdigest()
        for path in sorted((*own.glob(f"*{SUFFIX}"), *(store / BENCHMARKS).glob("*"))):
            about = path.stat()
            yield f"{path.name} {about.st_size} {about.st_mtime_ns}"
    except OSError:
        yield "-"
