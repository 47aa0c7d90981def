"""The files of a delivery: which of them are the tables that a format has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from puntlanding.problems import InputError, Problem, near_miss, os_reason

SUFFIXES = (".csv", ".txt", ".parquet")


def find_tables(source: Path, needed: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Path]:
    """Table → file of that name in the folder, whatever its case. Raises InputError that names every table missing or twice."""
    found = _tables(source)
    wanted = dict.fromkeys([*needed, *optional])
    free = [stem for stem in found if stem not in {name.lower() for name in wanted}]
    tables: dict[str, Path] = {}
    problems = []
    for name in wanted:
        paths = found.get(name.lower(), [])
        if len(paths) > 1:
            others = ", ".join(path.name for path in paths[1:])
            problems.append(Problem("file_twice", paths[0].name, details={"other": others}))
        elif paths:
            tables[name] = paths[0]
        elif name in needed:
            problems.append(_missing(name, near_miss(name, free), found))
    if problems:
        raise InputError(problems)
    return tables


def _tables(source: Path) -> dict[str, list[Path]]:
    """Stem in lower case → the files with it. Only plain files: a pipe or device would never end."""
    found: dict[str, list[Path]] = {}
    try:
        if source.is_file():
            raise InputError([Problem("source_not_folder", source.name)])
        if not source.is_dir():
            raise InputError([Problem("source_not_found", source.name)])
        for path in sorted(source.iterdir()):
            if path.suffix.lower() in SUFFIXES and path.is_file():
                found.setdefault(path.stem.strip().lower(), []).append(path)
    except OSError as error:
        raise InputError([Problem("unreadable", source.name, details={"reason": os_reason(error)})]) from error
    return found


def _missing(name: str, close: str | None, found: dict[str, list[Path]]) -> Problem:
    expected = f"{name}.csv"
    if close is None:
        return Problem("source_table_missing", expected, details={"expected": _any_suffix(name)})
    return Problem(
        "source_table_misnamed", expected, value=found[close][0].name, details={"expected": _any_suffix(name)}
    )


def _any_suffix(name: str) -> str:
    return ", ".join(name + suffix for suffix in SUFFIXES)
