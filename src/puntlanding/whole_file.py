"""Writing files: all of every one or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write all ``files`` or none: each to a temporary file beside its target, then one rename each.

    Raises InputError where a place cannot be written; what stood there before still does.
    """
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    done = False
    try:
        for path, data in files.items():
            with _as_input_error(path):
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                made += _make_folders(path.parent)
                staged[path] = _stage(path, data)
        for path, temporary in staged.items():
            with _as_input_error(path):
                temporary.replace(path)
        done = True
    finally:
        if not done:
            for temporary in staged.values():
                temporary.unlink(missing_ok=True)
            for folder in reversed(made):
                with contextlib.suppress(OSError):  # no longer empty: somebody else uses it by now
                    folder.rmdir()


@contextlib.contextmanager
def _as_input_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", path.name, value=str(path), details=details)]) from error


def _make_folders(folder: Path) -> list[Path]:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))


def _stage(path: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".puntlanding-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
