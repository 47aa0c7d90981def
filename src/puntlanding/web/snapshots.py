"""Every state of the files, kept for good: a folder named after the hash of what is in it, written whole or not at all.

A snapshot is a case folder as the command line reads it. It is never changed; equal files are one snapshot.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from puntlanding.problems import InputError, Problem
from puntlanding.records.store.layout import sync_folder
from puntlanding.web.on_disk import file_hash, keep_file, refused_by_disk

FOLDER, STAGED = "versions", ".nieuw-"
SUFFIXES = (".toml", ".csv", ".parquet", ".xlsx", ".xlsm")
MOST_FILES, MOST_BYTES = 200, 500 * 1024 * 1024
_STALE = 24 * 60 * 60  # seconds: nothing is written for so long, so whoever wrote it was killed
_NAME = re.compile(r"[^\W_][\w \-.()]{0,99}")
_HASH = re.compile(r"[0-9a-f]{64}")


def content_hash(files: Mapping[str, str]) -> str:
    """SHA-256 over a line per file, by name: the SHA-256 of its bytes, two blanks, its name (what sha256sum writes)."""
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


class Snapshots:
    """Those in the data folder ``data``."""

    def __init__(self, data: Path) -> None:
        self.root = data / FOLDER

    def folder(self, snapshot: str) -> Path:
        """Raises ValueError for what is no hash, so that no path comes from outside."""
        if not _HASH.fullmatch(snapshot):
            raise ValueError("not a snapshot")
        return self.root / snapshot

    def keep(self, files: Mapping[str, bytes]) -> str:
        """Keep ``files`` (name → content); the hash under which they stand.

        Raises InputError for a name that has no place in a case, for too much, and where the disk refuses.
        """
        _checked(files)
        snapshot = content_hash({name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
        target = self.folder(snapshot)
        if target.is_dir():
            return snapshot
        with refused_by_disk(target):
            self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep()
            staged = self.root / f"{STAGED}{secrets.token_hex(8)}"
            try:
                staged.mkdir()
                for name, data in files.items():
                    keep_file(staged / name, data)
                sync_folder(staged)
                _renamed(staged, target)
                sync_folder(self.root)
            finally:
                shutil.rmtree(staged, ignore_errors=True)
        return snapshot

    def whole(self, snapshot: str) -> bool:
        """Whether its files are still, byte for byte, those that were kept."""
        folder = self.folder(snapshot)
        if not folder.is_dir():
            return False
        return content_hash({one.name: file_hash(one) for one in folder.iterdir()}) == snapshot

    def _sweep(self) -> None:
        """What a killed writer left behind."""
        for left in self.root.glob(f"{STAGED}*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE:
                    shutil.rmtree(left, ignore_errors=True)


def files_of(folder: Path) -> dict[str, bytes]:
    """Raises InputError where it cannot be read."""
    with refused_by_disk(folder):
        return {
            one.name: one.read_bytes()
            for one in sorted(folder.iterdir())
            if one.is_file() and one.suffix.lower() in SUFFIXES and not one.name.startswith((".", "~$"))
        }


def _checked(files: Mapping[str, bytes]) -> None:
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for name in files:
        if not _NAME.fullmatch(name) or Path(name).suffix.lower() not in SUFFIXES:
            found.append(Problem("snapshot_name", name[:100], details={"suffixes": ", ".join(SUFFIXES)}))
        elif name.lower() in seen:  # one file where the disk does not tell capitals apart
            found.append(Problem("file_twice", name, details={"other": seen[name.lower()]}))
        seen[name.lower()] = name
    size = sum(len(data) for data in files.values())
    if not files:
        found.append(Problem("snapshot_empty", "-"))
    elif len(files) > MOST_FILES or size > MOST_BYTES:
        most = {"files": MOST_FILES, "megabytes": MOST_BYTES // 2**20}
        found.append(Problem("snapshot_too_large", next(iter(files)), details=most))
    if found:
        raise InputError(found)


def _renamed(staged: Path, target: Path) -> None:
    """Of two that keep the same files at once, the first one's folder stays."""
    try:
        staged.rename(target)
    except OSError as error:
        if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
            raise
