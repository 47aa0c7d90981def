"""Where a command writes something new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason


@contextmanager
def new_place(target: Path) -> Iterator[None]:
    """What is there already, or cannot be looked at, is for the user to know; nothing is overwritten."""
    try:
        yield
    except FileExistsError as error:
        raise InputError([Problem("output_exists", target.name, value=str(target))]) from error
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("output_failed", target.name, value=str(target), details=details)]) from error
