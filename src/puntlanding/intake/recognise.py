"""Which format a delivery is, from its file names and first bytes; and about how many rows it has, for a progress bar."""

from __future__ import annotations

from pathlib import Path

from puntlanding.problems import InputError, Problem, os_reason

SAMPLE = 1 << 16
_BY_TABLE = {"episode_dbcper": "hix", "verrichting": "dwh", "subtrajecten": "neutraal", "zorgactiviteiten": "neutraal"}
_ROW_BYTES_PACKED = 12  # Parquet and workbooks: about this much a row on disk


def recognised(source: Path, mapping: Path | None, formats: tuple[str, ...]) -> str:
    """Raises InputError, with the formats to choose from, where it is not plain."""
    if mapping is not None:
        return "neutraal"
    names = {_BY_TABLE[path.stem.lower()] for path in files_of(source) if path.stem.lower() in _BY_TABLE}
    if len(names) == 1:
        return names.pop()
    if source.is_file() and source.suffix.lower() in (".xlsx", ".xlsm"):
        return "neutraal"
    if not names and any(_starts(path, b"01101") for path in files_of(source)):
        return "zh308"
    raise InputError([Problem("format_unknown", source.name, value=str(source), details={"known": ", ".join(formats)})])


def files_of(source: Path) -> list[Path]:
    """The files of a delivery: one, or those directly in a folder. Raises InputError where there is nothing to see."""
    try:
        if source.is_dir():
            return sorted(one for one in source.iterdir() if one.is_file() and not one.name.startswith("."))
        if source.exists():
            return [source]
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", source.name, value=str(source), details=details)]) from error
    raise InputError([Problem("source_not_found", source.name, value=str(source))])


def rows_expected(source: Path) -> int:
    """From the length of the first lines; near enough to say how long it will take."""
    return sum(_rows(path) for path in files_of(source))


def _rows(path: Path) -> int:
    head, size = _head(path), path.stat().st_size
    lines = head.count(b"\n")
    if path.suffix.lower() in (".parquet", ".xlsx", ".xlsm") or not lines:
        return size // _ROW_BYTES_PACKED
    return size * lines // len(head)


def _starts(path: Path, mark: bytes) -> bool:
    return _head(path).startswith(mark)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(SAMPLE)
    except OSError:
        return b""  # the reader will say why
