"""A folder that is there when all of it is, and not at all otherwise."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """Fill the folder that this gives; it becomes ``target`` at the end.

    Raises FileExistsError where something is at ``target`` already, and InputError where it cannot be written.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(str(target))
    staged = target.parent / f".{target.name}.{secrets.token_hex(4)}"
    try:
        staged.mkdir(parents=True)
        yield staged
        if target.exists():
            target.rmdir()
        staged.rename(target)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", target.name, value=str(target), details=details)]) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
