"""Writing a result: all of it or nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason


def write_whole(path: Path, data: bytes) -> None:
    """Write all of ``data`` or nothing: a temporary file beside the target, then one rename.

    Raises InputError where the place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".puntlanding-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = os_reason(error)
        raise InputError([Problem("output_failed", path.name, value=str(path), details={"reason": reason})]) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
