"""Files that rows point to: on the disk before the row is there, and never changed after it."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason

_BLOCK = 1 << 20


def keep_file(path: Path, data: bytes) -> None:
    """New, and for reading only."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o400)


def file_hash(path: Path) -> str:
    """SHA-256 of its bytes."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


@contextlib.contextmanager
def refused_by_disk(place: Path) -> Iterator[None]:
    """What the disk refuses is told with the name of the place and the reason, as an InputError."""
    try:
        yield
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", place.name, value=place.name, details=details)]) from error
