"""What a file may be called that somebody sends: nothing that a disk, another system or a reader could take for something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from puntlanding.problems import Problem

_NAME = re.compile(r"[^\W_][\w \-.()]{0,99}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
SHOWN = 100


def name_problem(name: str) -> Problem | None:
    """What is wrong with a name by itself: paths, control characters, letters that look like others, devices, ends that a disk drops."""
    plain = unicodedata.normalize("NFC", name)
    sound = (
        _NAME.fullmatch(plain) is not None
        and unicodedata.normalize("NFKC", plain) == plain
        and not plain.endswith((".", " "))
        and _DEVICES.fullmatch(plain) is None
        and all(_ours(letter) for letter in plain)
        and len(plain.encode()) <= 200  # bytes: disks count those
    )
    return None if sound else Problem("upload_name", name[:SHOWN])


def _ours(letter: str) -> bool:
    """A Cyrillic а is no a, however it looks."""
    return letter.isascii() or (letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN "))


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def same_names(names: Iterable[str]) -> Iterator[Problem]:
    """Names that are one file on a disk that does not tell capitals apart."""
    seen: dict[str, str] = {}
    for name in names:
        key = unicodedata.normalize("NFC", name).casefold()
        if key in seen:
            yield Problem("upload_twice", name[:SHOWN], details={"other": seen[key][:SHOWN]})
        seen.setdefault(key, name)
