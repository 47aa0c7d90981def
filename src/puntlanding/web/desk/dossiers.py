"""From a snapshot to the dossier that every page and report tells from."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.conf import settings

from puntlanding.case import load_case
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.problems import warnings
from puntlanding.report.dossier import Dossier
from puntlanding.web.cached import Cached, Recent
from puntlanding.web.snapshots import Snapshots
from puntlanding.year import Year

KEPT_IN_MEMORY = 16
_recent: Recent[Dossier] = Recent(KEPT_IN_MEMORY)
_told: Recent[Dossier] = Recent(2 * KEPT_IN_MEMORY)


def snapshots() -> Snapshots:
    return Snapshots(settings.DATA)


def cached() -> Cached:
    return Cached(settings.DATA)


def dossier_of_snapshot(snapshot: str, language: Language) -> Dossier:
    """Read once per process, whatever the language: the year and its results are the same. Raises InputError where the files are
    no case (any more).
    """
    read = _recent.get((str(settings.DATA), snapshot), lambda: _read(snapshot))
    return _told.get((str(settings.DATA), snapshot, language), lambda: replace(read, language=language))


def _read(snapshot: str) -> Dossier:
    loaded = load_case(snapshots().folder(snapshot))
    year = Year(loaded.checked())
    if loaded.provenance is None:
        raise ValueError("a case that was read has a provenance")
    return Dossier(year, loaded.provenance, Language.DUTCH, warnings(loaded.problems))


def content_hash(provenance: Provenance) -> str:
    """What both parties put their word to: SHA-256 over the hash of the agreement's content and that of the data."""
    lines = f"afspraak {provenance.content.hash}\ngegevens {provenance.data_hash}\n"
    return hashlib.sha256(lines.encode()).hexdigest()
