"""Where the tables of a neutral delivery are: files of a folder, or sheets of one workbook; never outside the delivery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from puntlanding.intake.columns import plain
from puntlanding.intake.mapping_file import PATIENTS, TableMapping
from puntlanding.intake.places import find_tables
from puntlanding.intake.typed_tables import WORKBOOKS, sheet_titles
from puntlanding.problems import InputError, Problem, near_miss, os_reason
from puntlanding.records.tables import TableName


@dataclass(frozen=True, slots=True)
class Place:
    path: Path
    sheet: str | None = None


def locate(source: Path, mappings: Mapping[str, TableMapping] | None) -> dict[str, Place]:
    """Table → its place. Without a mapping files and sheets are called as the tables, and patienten may be absent."""
    said = mappings or {name: TableMapping() for name in TableName}
    try:
        if source.is_file() and source.suffix.lower() in WORKBOOKS:
            places = _in_workbook(source, said)
        else:
            places = _in_folder(source, said)
    except OSError as error:
        raise InputError([Problem("unreadable", source.name, details={"reason": os_reason(error)})]) from error
    if mappings is None and PATIENTS not in places:
        places |= _own_patients(source)
    return places


def _in_workbook(source: Path, said: Mapping[str, TableMapping]) -> dict[str, Place]:
    outside = [m.file for m in said.values() if m.file is not None and m.file != source.name]
    if outside:
        raise InputError([Problem("mapping_outside", source.name, value=name) for name in outside])
    return {name: Place(source, _sheet(source, name, mapping)) for name, mapping in said.items()}


def _sheet(path: Path, table: str, mapping: TableMapping) -> str | None:
    """The sheet that is named, or is called as the table; None leaves the choice to a workbook that has just one."""
    if mapping.sheet is not None:
        return mapping.sheet
    titles = sheet_titles(path)
    return table if len(titles) != 1 or plain(titles[0]) == table else None


def _in_folder(source: Path, said: Mapping[str, TableMapping]) -> dict[str, Place]:
    problems: list[Problem] = []
    places: dict[str, Place] = {}
    own = [name for name, mapping in said.items() if mapping.file is None]
    try:
        places |= {name: Place(path) for name, path in find_tables(source, own).items()}
    except InputError as error:
        problems.extend(error.problems)
    if source.is_dir():
        for name, mapping in said.items():
            if mapping.file is None:
                continue
            found = _inside(source, mapping.file)
            if isinstance(found, Problem):
                problems.append(found)
            elif found.suffix.lower() in WORKBOOKS:
                places[name] = Place(found, _sheet(found, name, mapping))
            else:
                places[name] = Place(found)
    if problems:
        raise InputError(problems)
    return {name: places[name] for name in said}


def _inside(source: Path, name: str) -> Path | Problem:
    """A plain file in the folder of the delivery. A path, a link that leads out of it or a device is refused unopened."""
    path = source / name
    if name in (".", "..") or Path(name).name != name or PureWindowsPath(name).name != name or "\x00" in name:
        return Problem("mapping_outside", PureWindowsPath(name).name or "?", value=name)
    if not path.exists():
        close = near_miss(name, sorted(one.name for one in source.iterdir()))
        return Problem("mapping_file_missing", name, details={"close": close})
    if not path.is_file() or path.resolve().parent != source.resolve():
        return Problem("mapping_outside", name)
    return path


def _own_patients(source: Path) -> dict[str, Place]:
    if source.is_file():
        with_name = any(plain(title) == PATIENTS for title in sheet_titles(source))
        return {PATIENTS: Place(source, PATIENTS)} if with_name else {}
    return {name: Place(path) for name, path in find_tables(source, (), (PATIENTS,)).items()}
