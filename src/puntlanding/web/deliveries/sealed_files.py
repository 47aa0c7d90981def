"""The files of a delivery: sealed in the data folder as long as it is open, opened into memory by the worker, and then gone."""

from __future__ import annotations

import contextlib
import shutil
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.web.deliveries.models import Delivery
from puntlanding.web.sealed import SealBrokenError, opened
from puntlanding.web.upload_content import PACKED, content_problems
from puntlanding.web.upload_handler import SealedUpload, spool
from puntlanding.web.upload_names import suffix
from puntlanding.web.upload_packed import BROKEN, unpacked
from puntlanding.web.uploads import exports, member_problems, zip_members

_BLOCK = 1 << 20
_STALE = 60 * 60  # seconds: a folder without a row is of a request that was killed


def folder_of(pk: UUID | str) -> Path:
    return spool() / str(pk)


def keep(pk: UUID, files: Sequence[SealedUpload]) -> bytes:
    """Moves them; the key that opens them. Raises InputError where the disk refuses."""
    folder = folder_of(pk)
    try:
        folder.mkdir(parents=True, mode=0o700)
        for number, one in enumerate(files):
            one.keep(folder / str(number))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError([Problem("upload_failed", "-", details={"reason": os_reason(error)})]) from error
    return files[0].seal.key


def forget(pk: UUID | str) -> None:
    shutil.rmtree(folder_of(pk), ignore_errors=True)


def sweep() -> None:
    """What no open delivery names: left by who was killed between files and row, or between row and clearing up."""
    if not spool().is_dir():
        return
    for one in spool().iterdir():
        with contextlib.suppress(OSError, ValueError):
            if time.time() - one.stat().st_mtime < _STALE or not one.is_dir():
                continue
            found = Delivery.objects.filter(pk=UUID(one.name)).first()
            if found is None or not found.open:
                shutil.rmtree(one, ignore_errors=True)


def needed(delivery: Delivery) -> int:
    """Bytes in memory, where nothing is packed; a zip is looked at when it is opened."""
    return sum(int(size) for _, size, _ in delivery.files)


def open_into(delivery: Delivery, folder: Path) -> None:
    """All files in the clear in ``folder``; what is in a zip beside them. Raises InputError with what is wrong with any."""
    if delivery.key is None:
        raise InputError([Problem("delivery_gone", "-")])
    key, found = bytes(delivery.key), list[Problem]()
    for number, (name, size, _) in enumerate(delivery.files):
        try:
            with opened(folder_of(delivery.pk) / str(number), key) as sealed:
                if suffix(name) == PACKED:
                    found += _unzip(name, sealed, folder)
                    continue
                found += content_problems(name, sealed, int(size), exports().bounds, deep=True)
                sealed.seek(0)
                with (folder / name).open("xb") as plain:
                    shutil.copyfileobj(sealed, plain, _BLOCK)
        except FileExistsError:
            found.append(Problem("upload_twice", name, details={"other": name}))
        except (SealBrokenError, FileNotFoundError) as error:
            raise InputError([Problem("delivery_gone", name)]) from error
    if found:
        raise InputError(found)


def _unzip(name: str, sealed: BinaryIO, folder: Path) -> list[Problem]:
    limits = exports()
    try:
        entries = zip_members(sealed)
        wrong = list(member_problems(name, entries, limits))
        if wrong:
            return wrong
        for inner, entry in entries:
            _write(folder / inner, sealed, entry)
    except BROKEN as error:
        if isinstance(error, FileExistsError):
            raise
        return [Problem("upload_broken", name)]
    found = list[Problem]()
    for inner, entry in entries:
        with (folder / inner).open("rb") as plain:
            found += content_problems(inner, plain, entry.file_size, limits.bounds, deep=True)
    return found


def _write(path: Path, sealed: BinaryIO, entry: zipfile.ZipInfo) -> None:
    with path.open("xb") as plain:
        for part in unpacked(sealed, entry):
            plain.write(part)
