"""Where a case's tables are: a folder of CSV and Parquet files, or one workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from puntlanding.case.agreement_files import read_versions
from puntlanding.case.agreement_sheet import agreement_from_sheet
from puntlanding.case.layout import AGREEMENT, LAYOUTS, NOT_YET_USED, RESULT_PREFIX
from puntlanding.case.raw import RawTable
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, Severity, near_miss, os_reason

TOML = f"{AGREEMENT}.toml"


@dataclass(slots=True)
class Sources:
    """What was found: CSV and Parquet paths still to be read, sheets already read, and the agreement's plain values; ``files`` are all of it."""

    paths: dict[str, Path] = field(default_factory=dict)
    tables: dict[str, RawTable] = field(default_factory=dict)
    agreement: dict[str, Any] | None = None
    agreement_file: str = TOML
    agreement_path: Path | None = None
    lines: Lines = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)


def find_sources(path: Path) -> Sources:
    found = Sources()
    name = path.name or str(path)
    try:
        if path.is_dir():
            _from_folder(path, found)
        elif path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm"):
            _from_workbook(path, found)
        else:
            code = "case_not_folder" if path.exists() else "case_not_found"
            found.problems.append(Problem(code, name, value=str(path)))
    except OSError as error:
        found.problems.append(Problem("unreadable", name, value=str(path), details={"reason": os_reason(error)}))
    return found


def _from_folder(folder: Path, found: Sources) -> None:
    files = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith((".", "~$")))
    workbooks = [one for one in files if one.suffix.lower() in (".xlsx", ".xlsm")]
    for file in files:
        stem, suffix = file.stem.lower(), file.suffix.lower()
        if suffix not in (".csv", ".parquet") or stem.startswith(RESULT_PREFIX) or _beside_the_case(stem):
            continue
        if stem not in LAYOUTS:
            _unknown(file.name, stem, found)
        elif stem in found.paths:
            found.problems.append(Problem("file_twice", file.name, details={"other": found.paths[stem].name}))
        else:
            found.paths[stem] = file
            found.files.append(file)
    if not found.paths and len(workbooks) == 1:
        _from_workbook(workbooks[0], found)
        return
    for book in workbooks:
        found.problems.append(Problem("workbook_beside_files", book.name, severity=Severity.WARNING))
    _read_toml(folder / TOML, found)


def _beside_the_case(stem: str) -> bool:
    """A list that other commands read. Asked only of a file that is no table: the lists know rooms that take long to load."""
    if stem in LAYOUTS:
        return False
    from puntlanding.case.list_layouts import LISTS

    return stem in LISTS


def _unknown(file: str, stem: str, found: Sources) -> None:
    if stem in NOT_YET_USED:
        found.problems.append(Problem("file_not_used", file, severity=Severity.WARNING))
        return
    details = {"close": near_miss(stem, LAYOUTS), "known": ", ".join(LAYOUTS)}
    found.problems.append(Problem("file_unknown", file, details=details, severity=Severity.WARNING))


def _read_toml(path: Path, found: Sources) -> None:
    if not path.is_file():
        found.problems.append(Problem("file_missing", TOML, details={"needed_for": "agreement"}))
        return
    version, files = read_versions(path)
    found.files += files
    found.agreement, found.lines = version.raw, version.lines
    found.agreement_file, found.agreement_path = version.path.name, version.path
    found.problems += version.problems


def _from_workbook(path: Path, found: Sources) -> None:
    from puntlanding.case.workbook_file import read_workbook

    found.files.append(path)
    tables, problems = read_workbook(path, (*LAYOUTS, AGREEMENT, *NOT_YET_USED))
    found.problems += problems
    for name in NOT_YET_USED:
        if tables.pop(name, None) is not None:
            found.problems.append(Problem("file_not_used", f"{path.name}[{name}]", severity=Severity.WARNING))
    sheet = tables.pop(AGREEMENT, None)
    found.tables = tables
    if sheet is not None:
        found.agreement_file, found.agreement_path = sheet.file, path
        found.agreement, found.lines, more = agreement_from_sheet(sheet)
        found.problems += more
    elif (path.parent / TOML).is_file():
        _read_toml(path.parent / TOML, found)
    elif not problems:
        found.problems.append(Problem("sheet_missing", path.name, details={"sheet": AGREEMENT}))


def provisional(raw: Mapping[str, Any] | None) -> tuple[tuple[str, ...] | None, int | None]:
    """Contracts and year as far as a broken agreement still tells them, so that the other files can be checked too."""
    if not isinstance(raw, Mapping):
        return None, None
    contracts = raw.get("contract")
    names = None
    if isinstance(contracts, list):
        names = tuple(str(one["naam"]) for one in contracts if isinstance(one, Mapping) and one.get("naam"))
    head = raw.get("afspraak")
    year = head.get("jaar") if isinstance(head, Mapping) else None
    return names, year if isinstance(year, int) and not isinstance(year, bool) else None
