"""What somebody is working on and has not confirmed: a file per year, person and kind of work, kept on every step.

It is written whole or not at all, so that a killed server loses at most the last step. It names the files it started from and has a
mark of its own (the hash of what is in it): who saves from an older page is told, and overwrites nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from puntlanding.problems import InputError, Problem, os_reason

FOLDER = "working"
MOST_BYTES = 8 * 1024 * 1024
_STAGED, _STALE = ".nieuw-", 24 * 60 * 60  # seconds: nothing is written for so long
_KIND = re.compile(r"[a-z][a-z_]{0,30}")
_FILE = re.compile(r"([a-z][a-z_]*)-(\d+)-(\d+)\.json")


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """``based_on``: the snapshot it started from; ``content``: what its maker keeps in it, as JSON; ``mark``: the hash of both."""

    based_on: str
    content: Mapping[str, Any]
    at: datetime
    mark: str


class StaleError(Exception):
    """It was changed since the page was made, in another window. ``now`` is what stands there (None: it is gone)."""

    def __init__(self, now: WorkingCopy | None) -> None:
        super().__init__("the working copy is another by now")
        self.now = now


class WorkingCopies:
    """Those of one ``kind`` of work ("agreement", "budget") in the data folder ``data``."""

    def __init__(self, data: Path, kind: str) -> None:
        if not _KIND.fullmatch(kind):
            raise ValueError("not a kind of work")
        self.root, self.kind = data / FOLDER, kind

    def get(self, year: int, user: int) -> WorkingCopy | None:
        """``year`` and ``user`` are the numbers of their rows. None where there is none, or it is not what was written."""
        try:
            return _read(self._path(year, user).read_bytes())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(
        self, year: int, user: int, based_on: str, content: Mapping[str, Any], *, was: str | None = None
    ) -> WorkingCopy:
        """``was``: the mark of what the page had; None where it does not matter. Raises StaleError where another stands there, and
        InputError where the disk refuses.
        """
        path = self._path(year, user)
        if was is not None:
            now = self.get(year, user)
            if (now.mark if now is not None else "") != was:
                raise StaleError(now)
        found = WorkingCopy(based_on, content, datetime.now(UTC), _mark(based_on, content))
        record = {"based_on": based_on, "content": content, "at": found.at.isoformat(), "mark": found.mark}
        data = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
        if len(data) > MOST_BYTES:
            raise InputError([Problem("working_copy_large", "-", details={"megabytes": MOST_BYTES // 2**20})])
        _written(path, data)
        return found

    def drop(self, year: int, user: int) -> None:
        self._path(year, user).unlink(missing_ok=True)

    def users(self, year: int) -> tuple[int, ...]:
        """Who else is working on it."""
        found = (_FILE.fullmatch(one.name) for one in self.root.glob(f"{self.kind}-{year}-*.json"))
        return tuple(sorted(int(one[3]) for one in found if one and one[1] == self.kind))

    def _path(self, year: int, user: int) -> Path:
        return self.root / f"{self.kind}-{int(year)}-{int(user)}.json"


def _mark(based_on: str, content: Mapping[str, Any]) -> str:
    text = json.dumps([based_on, content], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _read(data: bytes) -> WorkingCopy:
    """Raises ValueError, KeyError or TypeError for what is not as it was written."""
    record = json.loads(data)
    found = WorkingCopy(
        str(record["based_on"]), dict(record["content"]), datetime.fromisoformat(record["at"]), str(record["mark"])
    )
    if found.mark != _mark(found.based_on, found.content):
        raise ValueError("not what was written")
    return found


def _sweep(folder: Path) -> None:
    """What killed writers left behind."""
    for left in folder.glob(f"{_STAGED}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


def _written(path: Path, data: bytes) -> None:
    staged = path.with_name(f"{_STAGED}{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
        _sweep(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            staged.unlink()
        raise InputError(
            [Problem("output_failed", path.name, value=path.name, details={"reason": os_reason(error)})]
        ) from error
