"""The files of a job: a folder per attempt, whole before any row names it. What no row names is swept."""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.store.layout import sync_folder
from puntlanding.web.on_disk import keep_file
from puntlanding.web.work.models import Job

FOLDER, STAGED = "work", ".nieuw-"
STALE = 60 * 60  # seconds: nobody writes a result for so long
Named = Mapping[str, list[Any]]
_NAME = re.compile(r"[^\W_][\w \-.()]{0,99}")


class DamagedError(Exception):
    """A file is not there, or no longer what was written."""


def folder_of(job: Job) -> Path:
    return root() / f"{job.pk}.{job.attempt}"


def root() -> Path:
    return Path(settings.DATA) / FOLDER


def keep(job: Job, files: Mapping[str, bytes]) -> Named:
    """Name → [sha256, bytes], for the row. Raises InputError where the disk refuses."""
    wrong = [name for name in files if not _NAME.fullmatch(name)]
    if wrong:
        raise ValueError("a name that is no name of a file")
    if not files:
        return {}
    target, staged = folder_of(job), root() / f"{STAGED}{secrets.token_hex(8)}"
    try:
        root().mkdir(parents=True, exist_ok=True, mode=0o700)
        staged.mkdir(mode=0o700)
        for name, data in files.items():
            keep_file(staged / name, data)
        sync_folder(staged)
        shutil.rmtree(target, ignore_errors=True)
        staged.rename(target)
        sync_folder(root())
    except OSError as error:
        raise InputError([Problem("work_not_kept", "-", details={"reason": os_reason(error)})]) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return {name: [hashlib.sha256(data).hexdigest(), len(data)] for name, data in files.items()}


def read(job: Job, name: str) -> bytes:
    """Raises DamagedError where it is gone or was changed; KeyError where the job never made it."""
    digest, _ = job.files[name]
    try:
        found = (folder_of(job) / name).read_bytes()
    except OSError as error:
        raise DamagedError from error
    if hashlib.sha256(found).hexdigest() != digest:
        raise DamagedError
    return found


def forget(job: Job) -> None:
    """The files of this attempt; a folder that cannot be cleared now is swept later."""
    shutil.rmtree(folder_of(job), ignore_errors=True)


def sweep() -> None:
    """Folders that no row names: of a worker that was killed, or of a job whose files were cleared."""
    if not root().is_dir():
        return
    for left in root().iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE and not _named(left.name):
                shutil.rmtree(left, ignore_errors=True)


def _named(name: str) -> bool:
    pk, _, attempt = name.partition(".")
    if len(pk) != 36 or not attempt.isdecimal():
        return False
    return any(job.files for job in Job.objects.filter(pk=pk, attempt=int(attempt), swept=None))
