"""Where a command writes something new, and which files a folder stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def contribution_files(paths: Iterable[Path], problems: list[Problem]) -> list[Path]:
    """The files themselves, and of a folder all contributions in it; a folder without any is a problem."""
    from puntlanding.contribution.model import SUFFIX

    found: list[Path] = []
    for path in paths:
        files = sorted(path.glob(f"*{SUFFIX}")) if path.is_dir() else [path]
        if not files:
            problems.append(Problem("contribution_none", path.name, value=str(path)))
        found += files
    return found
