"""Contributions that stay at hand in a process that lives longer than one question: of seventy files one was delivered again."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from puntlanding.contribution.model import Contribution, read_contributions
from puntlanding.contribution.tables import TableName

SETTLED = (
    2 * 10**9
)  # nanoseconds: a file changed so short ago may change again within one tick of the clock of its disk

_Columns = Mapping[TableName, Collection[str]]
_Stamp = tuple[int, ...]


@dataclass(slots=True)
class HeldContributions:
    """`read_contributions`, where a file that did not change since is not read and verified again.

    It did not change where its size, both of its times and its place on the disk are the same, and the last change was long
    enough before it was read. What is held is of the files and columns that were asked for last. For one thread at a time.
    """

    _columns: Mapping[TableName, tuple[str, ...]] | None = None
    _held: dict[Path, tuple[_Stamp, Contribution]] = field(default_factory=dict)

    def read(self, paths: Iterable[Path], columns: _Columns | None = None) -> list[Contribution]:
        """In the order of ``paths``. Raises InputError with what is wrong with any of them; what is held stays, so that a file that
        is put right costs no more than itself.
        """
        asked = list(paths)
        wanted = None if columns is None else {name: tuple(one) for name, one in columns.items()}
        known = self._held if wanted == self._columns else {}
        stamps = {path: _stamp(path) for path in asked}
        self._columns = wanted
        self._held = {path: known[path] for path, stamp in stamps.items() if path in known and known[path][0] == stamp}
        new = [path for path in asked if path not in self._held]
        read = dict(zip(new, read_contributions(new, columns), strict=True))
        self._held |= {path: (stamp, read[path]) for path in read if (stamp := stamps[path]) is not None}
        return [read[path] if path in read else self._held[path][1] for path in asked]


def _stamp(path: Path) -> _Stamp | None:
    """Taken before the file is read; None where it cannot be relied on, and where the file cannot be read reading says why."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if max(found.st_mtime_ns, found.st_ctime_ns) > time.time_ns() - SETTLED:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
