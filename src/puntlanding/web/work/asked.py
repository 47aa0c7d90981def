"""Naming what a job hangs on, so that the same words are the same work."""

from __future__ import annotations

import hashlib
from pathlib import Path

from puntlanding.records.store.layout import INDEX
from puntlanding.web.desk.models import Source


def held_now(source: Source) -> str:
    """What the records of a year hold: after another delivery the same question is another one."""
    try:
        held = hashlib.sha256((Path(source.store) / source.hospital / INDEX).read_bytes()).hexdigest()
    except OSError:
        held = "-"
    return f"{source.hospital} {source.as_of} {held}"
