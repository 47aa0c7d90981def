"""The only place where a record of a patient is in the clear outside this process: a folder of its own on a disk that is memory.

What a killed worker leaves there is swept by the next one, and is gone when the machine is.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.web.work.queue import born

_FOLDER = re.compile(r"puntlanding-(\d+)-(\d+)-([0-9]*)-[0-9a-f]{16}")  # user, process, when that began
_KINDS = ("tmpfs", "ramfs")
_ROOM = 64 * 1024 * 1024  # left for others


def memory_disk() -> Path | None:
    """None where this machine has none."""
    place = Path(getattr(settings, "MEMORY_DISK", "/dev/shm"))  # noqa: S108  it is memory, and the folder in it is our own
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    kinds = [parts[2] for line in mounts if len(parts := line.split()) > 2 and parts[1] == str(place)]
    return place if kinds and kinds[-1] in _KINDS and os.access(place, os.W_OK) else None


def require_memory(needed: int) -> Path:
    """Raises InputError where records cannot be read here: then the command line does it."""
    place = memory_disk()
    if place is None:
        raise InputError([Problem("delivery_no_memory", "-")])
    about = os.statvfs(place)
    if about.f_bavail * about.f_frsize < needed + _ROOM:
        raise InputError([Problem("delivery_memory_full", "-", details={"megabytes": -(-(needed + _ROOM) // 2**20)})])
    return place


@contextmanager
def private_folder(needed: int) -> Iterator[Path]:
    """For this process only, and gone when the block is over. Raises InputError as `require_memory`."""
    place = require_memory(needed)
    sweep()
    pid = os.getpid()
    folder = place / f"puntlanding-{os.getuid()}-{pid}-{born(pid)}-{secrets.token_hex(8)}"
    try:
        folder.mkdir(mode=0o700)
        yield folder
    except OSError as error:
        raise InputError([Problem("delivery_not_read", "-", details={"reason": os_reason(error)})]) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Folders of processes that are no more."""
    place = memory_disk()
    if place is None:
        return
    for one in place.glob("puntlanding-*"):
        found = _FOLDER.fullmatch(one.name)
        if found and int(found[1]) == os.getuid() and born(int(found[2])) != found[3]:
            shutil.rmtree(one, ignore_errors=True)
