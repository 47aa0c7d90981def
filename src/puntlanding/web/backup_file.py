"""The file of a backup: a zip with the rows of the database, the kept files, and a manifest with the hash of each.

It has its name only when it is whole, on the disk and read back. Only its owner can read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.web.on_disk import refused_by_disk

FORMAT = 1
MANIFEST, ROWS, FILES = "manifest.json", "rijen/", "bestanden/"
_BLOCK = 1 << 20
_ROWS = re.compile(r"rijen/[a-z0-9_]+\.[a-z0-9_]+\.jsonl")
_MOST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files``: name in the zip → SHA-256; ``log``: number and hash of the last line of the log; ``damaged``: snapshots that were not
    what their name says when the backup was made.
    """

    program: str
    made: str
    database: str
    migrations: tuple[tuple[str, str], ...]
    log: tuple[int, str]
    files: Mapping[str, str]
    damaged: tuple[str, ...] = ()
    keys: bool = False

    def written(self) -> bytes:
        content = {
            "formaat": FORMAT,
            "programma": self.program,
            "gemaakt": self.made,
            "database": self.database,
            "migraties": [list(one) for one in self.migrations],
            "logboek": list(self.log),
            "sleutels": self.keys,
            "beschadigd": list(self.damaged),
            "bestanden": dict(sorted(self.files.items())),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    @classmethod
    def of(cls, data: bytes) -> Manifest:
        """Raises ValueError, KeyError or TypeError for what is none, NewerError for a form that came later."""
        content: dict[str, Any] = json.loads(data)
        if content["formaat"] != FORMAT:
            raise NewerError(content["programma"])
        migrations = tuple((str(app), str(name)) for app, name in content["migraties"])
        number, last = content["logboek"]
        return cls(
            str(content["programma"]), str(content["gemaakt"]), str(content["database"]), migrations, (int(number), str(last)),
            dict(content["bestanden"]), tuple(content["beschadigd"]), bool(content["sleutels"]),
        )  # fmt: skip


class NewerError(Exception):
    """Made by a program that came after this one."""


@dataclass
class Writer:
    zip: zipfile.ZipFile
    files: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, blocks: Iterable[bytes]) -> str:
        """Its SHA-256. Whoever reads from a disk gives blocks, so that no file is in memory whole."""
        found = hashlib.sha256()
        with self.zip.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out:
            for block in blocks:
                found.update(block)
                out.write(block)
        self.files[name] = found.hexdigest()
        return self.files[name]


@contextlib.contextmanager
def written(target: Path) -> Iterator[Writer]:
    """``target`` is there, whole and read back, when this ends well, and not at all otherwise.

    Raises InputError where something stands there already, or where the disk refuses.
    """
    if target.exists():
        raise InputError([Problem("backup_exists", target.name, value=str(target))])
    staged = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with _told(target):
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(staged, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
                    yield Writer(packed)
                file.flush()
                os.fsync(file.fileno())
            read_back(staged)
            os.link(staged, target)
        finally:
            staged.unlink(missing_ok=True)


@contextlib.contextmanager
def _told(place: Path) -> Iterator[None]:
    with refused_by_disk(place):
        try:
            yield
        except FileExistsError as error:
            raise InputError([Problem("backup_exists", place.name, value=str(place))]) from error


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Raises InputError for what is no backup, or not a whole one."""
    try:
        with zipfile.ZipFile(path) as packed:
            yield packed, _manifest(packed)
    except FileNotFoundError as error:
        raise InputError([Problem("backup_missing", path.name, value=str(path))]) from error
    except NewerError as error:
        raise InputError([Problem("backup_newer", path.name, details={"program": str(error)})]) from error
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, NotImplementedError) as error:
        raise InputError([Problem("backup_not_whole", path.name)]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("backup_unreadable", path.name, details=details)]) from error


def _manifest(packed: zipfile.ZipFile) -> Manifest:
    if packed.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
        raise ValueError("no manifest is so large")
    found = Manifest.of(packed.read(MANIFEST))
    there = packed.namelist()
    if len(there) != len(set(there)) or set(there) != {MANIFEST, *found.files} or not all(map(_safe, found.files)):
        raise ValueError("holds something else than its manifest says")
    return found


def _safe(name: str) -> bool:
    """Whether it leads to a place of ours, and nowhere else."""
    if _ROWS.fullmatch(name):
        return True
    parts = PurePosixPath(name).parts
    plain = "\\" not in name and "\0" not in name and ":" not in name and str(PurePosixPath(name)) == name
    return name.startswith(FILES) and plain and len(parts) > 1 and not any(part.startswith(".") for part in parts)


def read_back(path: Path) -> Manifest:
    """Every byte against its hash. Raises InputError where one is not what was written."""
    with opened(path) as (packed, manifest):
        for name, known in manifest.files.items():
            found = hashlib.sha256()
            for block in blocks(packed, name):
                found.update(block)
            if found.hexdigest() != known:
                raise ValueError(name)
    return manifest


def blocks(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with packed.open(name) as file:
        while block := file.read(_BLOCK):
            yield block
