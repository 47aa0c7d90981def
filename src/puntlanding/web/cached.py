"""What was made of a snapshot, kept on disk by (snapshot, program version, what). Throwing it away costs time and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from puntlanding import __version__
from puntlanding.problems import InputError
from puntlanding.whole_file import write_whole

FOLDER = "cache"
MOST_SNAPSHOTS, MOST_EACH = 5_000, 2_000  # what readers ask for takes disk: what was made longest ago makes room
_SUM = hashlib.sha256().digest_size
_WHAT = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_HASH = re.compile(r"[0-9a-f]{64}")
T = TypeVar("T")


class Cached:
    """Bytes that hang on a snapshot and on the program, and on nothing else."""

    def __init__(self, data: Path) -> None:
        self.root = data / FOLDER / __version__

    def get(self, snapshot: str, what: str, make: Callable[[], bytes]) -> bytes:
        """What ``make`` gives, from disk where it was made before; a disk that refuses only costs the time of making it again."""
        path, kept = self._path(snapshot, what), self.found(snapshot, what)
        if kept is not None:
            return kept
        made = make()
        try:
            _room(self.root, MOST_SNAPSHOTS)
            _room(path.parent, MOST_EACH)
            write_whole({path: hashlib.sha256(made).digest() + made})
        except InputError:
            return made
        return made

    def found(self, snapshot: str, what: str) -> bytes | None:
        """What was made before; None where it was not."""
        return _kept(self._path(snapshot, what))

    def _path(self, snapshot: str, what: str) -> Path:
        if not _HASH.fullmatch(snapshot) or not _WHAT.fullmatch(what):
            raise ValueError("not a name to keep anything under")
        return self.root / snapshot / what


def _room(folder: Path, most: int) -> None:
    """For one more; a quarter goes at once, so that this is seldom done."""
    with contextlib.suppress(OSError):  # somebody else makes room at the same moment, or there is nothing yet
        there = list(folder.iterdir())
        if len(there) < most:
            return
        for one in sorted(there, key=lambda one: one.stat().st_mtime)[: max(most // 4, 1)]:
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)


def _kept(path: Path) -> bytes | None:
    """None where it is not there, or is not what was written."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    return found[_SUM:] if hashlib.sha256(found[_SUM:]).digest() == found[:_SUM] else None


class Recent(Generic[T]):
    """The last few that were asked for, in memory. Each is made once, also where several ask for it at the same moment."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._found: OrderedDict[object, T] = OrderedDict()
        self._making: dict[object, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._found:
                    return self._found[key]
            try:
                made = make()
                with self._lock:
                    self._found[key] = made
                    while len(self._found) > self.most:
                        self._found.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made
