"""A result that the program wrote, read back: JSON, a folder of CSV or a workbook, as cells that can be compared one by one."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from puntlanding.files.workbook_form import DAMAGE, not_a_workbook, open_workbook, sheet_rows
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.report.csv_file import FILE_NAMES
from puntlanding.report.provenance import COLUMNS, FILE, KEY, SHEET, record_of
from puntlanding.report.question import FOLDERS
from puntlanding.report.signature import Signature, damaged, not_one, signature_of
from puntlanding.stage import Stage

LARGEST = 1 << 28
NAMES = ("vakgroep", "zorgeenheid", "contract", "tabel", "term")
# Sentences may be worded anew in a later version, and a case may be kept under another name, without a figure being another.
SENTENCES = frozenset({"melding", "term", "case"})
NO_RESULT = frozenset({KEY, "waarschuwingen"})  # where it comes from is compared by itself; warnings are no result


class Form(StrEnum):
    JSON = "json"
    CSV = "csv"
    WORKBOOK = "xlsx"


@dataclass(frozen=True, slots=True)
class Cell:
    """``label`` says where it is, for people: stage, group, figure."""

    label: tuple[str, ...]
    value: str | None


Cells = Mapping[tuple[object, ...], Cell]


@dataclass(frozen=True, slots=True)
class Result:
    """``explained`` is the group of --explain, in JSON only; ``whole`` says that the JSON is that of `run`."""

    form: Form
    signature: Signature
    cells: Cells
    explained: str | None = None
    whole: bool = False


def read_result(path: Path) -> Result:
    """Raises InputError where it is no result, is damaged, or is of a newer program."""
    try:
        if path.is_dir():
            return _from_folder(path)
        if not path.is_file():
            raise InputError([Problem("result_not_found", path.name, value=str(path))])
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError([Problem("result_too_large", path.name, details={"size": size})])
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            return _from_workbook(path)
        if path.name.lower() in _ORIGIN_FILES:
            return _from_folder(path.parent, path.name.lower())
        return _from_json(path.read_bytes(), path.name)
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error


def result_from(data: bytes, file: str) -> Result:
    """JSON that somebody sent; as `read_result`."""
    return _from_json(data, file)


def _from_json(data: bytes, file: str) -> Result:
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        raise not_one(file)
    try:
        content = json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise damaged(file, "dit is geen hele JSON", "this is no whole JSON") from error
    if not isinstance(content, dict) or KEY not in content:
        raise not_one(file)
    signature = signature_of(content[KEY], file)
    rest = {key: value for key, value in content.items() if key not in NO_RESULT}
    whole = any(stage.value in rest for stage in Stage)
    try:
        return Result(Form.JSON, signature, json_cells(rest), _explained(rest), whole)
    except RecursionError as error:
        raise damaged(file, "dit is geen hele JSON", "this is no whole JSON") from error


def _explained(content: Mapping[str, Any]) -> str | None:
    for one in (content, *(content.get(stage.value) for stage in Stage)):
        told = one.get("uitleg") if isinstance(one, dict) else None
        if isinstance(told, dict) and isinstance(told.get("vakgroep"), str):
            return str(told["vakgroep"])
    return None


def json_cells(content: Mapping[str, Any]) -> dict[tuple[object, ...], Cell]:
    return dict(_flat({key: value for key, value in content.items() if key not in NO_RESULT}, (), ()))


def _flat(value: object, path: tuple[object, ...], label: tuple[str, ...]) -> Iterator[tuple[tuple[object, ...], Cell]]:
    if isinstance(value, dict):
        name = next((str(value[key]) for key in NAMES if isinstance(value.get(key), str)), None)
        inside = label if name is None else (*label, name)
        yield (*path, "{}"), Cell(label, str(len(value)))
        for key, one in value.items():
            if key not in SENTENCES:
                yield from _flat(
                    one, (*path, key), inside if isinstance(one, list | dict) and key in LISTS else (*inside, key)
                )
    elif isinstance(value, list):
        yield (*path, "[]"), Cell(label, str(len(value)))
        for at, one in enumerate(value):
            yield from _flat(one, (*path, at), label)
    else:
        yield path, Cell(label, None if value is None else json.dumps(value) if not isinstance(value, str) else value)


LISTS = frozenset({"vakgroepen", "contracten", "zorgeenheden"})


_ORIGIN_FILES = (FILE, *(origin for origin, _, _ in FOLDERS.values()))


def _from_folder(folder: Path, chosen: str | None = None) -> Result:
    """``chosen``: the file of the origin that was named; more than one result can be in a folder."""
    there = [one for one in _ORIGIN_FILES if (folder / one).is_file()] if chosen is None else [chosen]
    if not there:
        raise not_one(folder.name or str(folder))
    if len(there) > 1:
        raise InputError([Problem("result_several", folder.name or str(folder), details={"files": ", ".join(there)})])
    (origin,) = there
    try:
        rows = _csv_rows((folder / origin).read_bytes())
    except FileNotFoundError as error:
        raise not_one(folder.name or str(folder)) from error
    except (ValueError, csv.Error) as error:
        raise damaged(origin, "de herkomst is niet te lezen", "the origin cannot be read") from error
    signature = signature_of(_record(rows, origin), origin)
    files = dict(_folder_files(folder, signature, origin))
    try:
        return Result(Form.CSV, signature, csv_cells(files))
    except (ValueError, csv.Error) as error:
        raise damaged(folder.name, "een bestand is niet te lezen", "a file cannot be read") from error


def _folder_files(folder: Path, signature: Signature, origin: str) -> Iterator[tuple[str, bytes]]:
    """The CSV that belong to the result; those that it need not have where they are there."""
    perhaps: tuple[str, ...] = ()
    if signature.question is None:
        _of_another_time(folder, signature)
        names = tuple(f"{FILE_NAMES[stage]}.csv" for stage in signature.stages)
    else:
        known = FOLDERS.get(signature.question.kind)
        if known is None or known[0] != origin:
            raise damaged(origin, "de herkomst is van een andere uitkomst", "the origin is of another result")
        names, perhaps = known[1], tuple(one for one in known[2] if (folder / one).is_file())
    for name in (*names, *perhaps):
        try:
            yield name, (folder / name).read_bytes()
        except FileNotFoundError as error:
            raise damaged(name, f"{name} ontbreekt", f"{name} is missing") from error


def _of_another_time(folder: Path, signature: Signature) -> None:
    stages = ", ".join(stage.value for stage in signature.stages)
    strange = [
        one for stage, one in FILE_NAMES.items() if stage not in signature.stages and (folder / f"{one}.csv").is_file()
    ]
    if strange:
        raise InputError([Problem("result_other_file", f"{one}.csv", details={"stages": stages}) for one in strange])


def _record(rows: Sequence[Sequence[str]], file: str) -> object:
    if not rows or tuple(rows[0]) != COLUMNS:
        raise not_one(file)
    try:
        return record_of([row for row in rows[1:] if row])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(file, "de herkomst is niet te lezen", "the origin cannot be read") from error


def _csv_rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ","))


def csv_cells(files: Mapping[str, bytes]) -> dict[tuple[object, ...], Cell]:
    found: dict[tuple[object, ...], Cell] = {}
    for name, data in files.items():
        rows = _csv_rows(data)
        titles = rows[0] if rows else []
        found[name, "rows"] = Cell((name,), str(len(rows)))
        for at, row in enumerate(rows):
            who = tuple(part for part in row[:2] if part) or tuple(row[2:3])
            for i, cell in enumerate(row):
                title = titles[i] if i < len(titles) else str(i + 1)
                found[name, at, i] = Cell((name, *who, title), cell)
    return found


def _from_workbook(path: Path) -> Result:
    problem = not_a_workbook(path)
    if problem is not None:
        raise damaged(path.name, "dit is geen hele werkmap", "this is no whole workbook")
    data = path.read_bytes()
    try:
        sheets = _sheets(data)
    except DAMAGE as error:
        raise damaged(path.name, "dit is geen hele werkmap", "this is no whole workbook") from error
    if SHEET not in sheets:
        raise not_one(path.name)
    rows = [["" if cell is None else str(cell) for cell in (*row, *[None] * 5)[:5]] for _, row in sheets[SHEET]]
    signature = signature_of(_record(rows, path.name), path.name)
    return Result(Form.WORKBOOK, signature, _sheet_cells(sheets))


def _sheets(data: bytes) -> dict[str, list[tuple[int, Sequence[Any]]]]:
    book = open_workbook(io.BytesIO(data), data_only=True)
    return {sheet.title: list(sheet_rows(sheet, values_only=True)) for sheet in book.worksheets}


def workbook_cells(data: bytes) -> dict[tuple[object, ...], Cell]:
    return _sheet_cells(_sheets(data))


def _sheet_cells(sheets: Mapping[str, Sequence[tuple[int, Sequence[Any]]]]) -> dict[tuple[object, ...], Cell]:
    """Empty cells are left out: a spreadsheet program may keep them or not."""
    found: dict[tuple[object, ...], Cell] = {}
    for name, rows in sheets.items():
        if name == SHEET:
            continue
        titles = next((row for _, row in rows if sum(cell is not None for cell in row) > 1), ())
        for number, row in rows:
            who = str(row[0]) if row and row[0] is not None else str(number)
            for i, cell in enumerate(row):
                if cell is not None and cell != "":
                    title = str(titles[i] if i < len(titles) else i + 1).replace("\n", " ")
                    found[name, number, i] = Cell((name, who, title), _plain(cell))
    return found


def _plain(cell: object) -> str:
    """A whole number may be kept as 12 or as 12.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
