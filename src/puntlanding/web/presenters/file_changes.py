"""Which files of a version are not those of the version before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from puntlanding.web.presenters.facts import Pair

_NEW: Pair = ("nieuw", "new")
_GONE: Pair = ("weg", "gone")
_OTHER: Pair = ("anders", "different")


@dataclass(frozen=True, slots=True)
class FileChange:
    """``readable``: this reader may open it in the newer version."""

    name: str
    what: Pair
    readable: bool


def file_changes(
    was: Mapping[str, str], now: Mapping[str, str], may_read: Callable[[str], bool]
) -> tuple[FileChange, ...]:
    """``was`` and ``now``: mark of the content by name. By name; what is the same is left out."""
    found = []
    for name in sorted({*was, *now}):
        if was.get(name) == now.get(name):
            continue
        what = _GONE if name not in now else _NEW if name not in was else _OTHER
        found.append(FileChange(name, what, name in now and may_read(name)))
    return tuple(found)
