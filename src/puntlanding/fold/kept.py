"""What a contribution was folded from, beside its file: so that one new delivery folds one hospital again, and no other.

The note is a hidden file. Without it, or where the contribution is not the one it speaks of, the fold is done again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from puntlanding.contribution.model import VERSION
from puntlanding.fold.process import versions
from puntlanding.fold.rules import FoldJob
from puntlanding.problems import InputError
from puntlanding.records.store import Store


def note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.gevouwen")


def note(job: FoldJob, contribution: bytes) -> bytes:
    told = {"gevouwen_uit": origin(job), "bestand": hashlib.sha256(contribution).hexdigest()}
    return (json.dumps(told) + "\n").encode()


def origin(job: FoldJob) -> str:
    """SHA-256 of everything that decides what the fold makes: the records, the rules, and the program."""
    store = Store(job.store)
    known = {year: _content(store, job, year) for year in (job.rules.year - 1, job.rules.year)}
    told = [job.hospital, known, job.rules.fingerprint(), VERSION, versions()]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def is_current(job: FoldJob, path: Path) -> bool:
    """Whether the contribution at ``path`` is what folding would make."""
    try:
        return note_of(path).read_bytes() == note(job, path.read_bytes())
    except OSError:
        return False


def _content(store: Store, job: FoldJob, year: int) -> list[str] | None:
    """The day of delivery too: the contribution states it."""
    try:
        kept = store.kept(job.hospital, year, job.as_of)
    except InputError:
        return None
    return [kept.delivered.isoformat(), kept.content]
