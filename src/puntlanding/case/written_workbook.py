"""A case as one workbook, to be changed in a spreadsheet; and what of a workbook that comes back differs from the case."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from puntlanding.agreement.content import Content, content_of
from puntlanding.agreement.difference import differences
from puntlanding.agreement.keys import REPEATED
from puntlanding.agreement.read import read_agreement
from puntlanding.case.decimal_text import Value, decimal_text
from puntlanding.case.layout import AGREEMENT, LAYOUTS, ColumnKind
from puntlanding.case.load import load_case
from puntlanding.case.sources import find_sources
from puntlanding.case.standing import StandingTable, as_files, standing, table_of, toml_of
from puntlanding.files.workbook_form import DAMAGE
from puntlanding.problems import InputError, Problem, errors

_MARK, _LARGEST_PART = "puntlanding", 100_000  # bytes: a few properties are a few hundred
_DIGITS = 15  # a spreadsheet keeps no more of a number; a longer one stands there as text
_TEXT = frozenset({ColumnKind.TEXT, ColumnKind.CODE})


def workbook_of(folder: Path, *, without: Collection[str] = (), english: bool = False, mark: str = "") -> bytes:
    """A sheet per table and the sheet afspraak; ``without`` names tables that are not for who asked. ``mark`` goes along unseen, and
    `mark_of` finds it again in what comes back.

    Raises InputError where the case cannot be read.
    """
    import xlsxwriter

    sources, buffer = find_sources(folder), io.BytesIO()
    tables = standing(folder, sources)
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes each time
        if mark:
            book.set_custom_property(_MARK, mark)
        _agreement(book, sources.agreement or {})
        for name in LAYOUTS:
            if name in tables and name not in without:
                _sheet(book, tables[name], 1 if english else 0)
    return buffer.getvalue()


def mark_of(workbook: bytes) -> str:
    """Empty where a program left it out, or it never had one."""
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as book, book.open("docProps/custom.xml") as part:
            found = re.search(
                rf'name="{_MARK}"[^>]*>\s*<vt:lpwstr>([0-9a-f]{{64}})<', part.read(_LARGEST_PART).decode()
            )
    except (*DAMAGE, UnicodeDecodeError):
        return ""
    return "" if found is None else found[1]


def _agreement(book: Any, raw: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(AGREEMENT)
    head = book.add_format({"bold": True, "bottom": 1})
    for at, title in enumerate(("onderdeel", "sleutel", "waarde")):
        sheet.write_string(0, at, title, head)
        sheet.set_column(at, at, 26)
    sheet.freeze_panes(1, 0)
    for row, (section, key, value) in enumerate(_settings(raw), start=1):
        sheet.write_string(row, 0, section)
        sheet.write_string(row, 1, key)
        _write(sheet, row, 2, value)


def _settings(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    for section, given in raw.items():
        if section in REPEATED and isinstance(given, list):
            for number, one in enumerate(given, start=1):
                yield from _section(f"{section} {number}", one)
        elif isinstance(given, Mapping):
            yield from _section(section, given)


def _section(name: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str, Value]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _section(f"{name}.{key}", value)
        else:
            yield name, key, _plain(value)


def _plain(value: object) -> Value:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return Fraction(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return "; ".join(str(_text(_plain(one))) for one in value)
        case _:
            return str(value)


def _text(value: Value) -> str:
    return decimal_text(value, ".") if isinstance(value, int | Fraction) else str(value or "")


def _sheet(book: Any, table: StandingTable, which: int) -> None:
    sheet = book.add_worksheet(table.layout.name)
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
    for at, title in enumerate(table.titles):
        column = table.layout.column(title)
        sheet.set_column(at, at, 22, text if column is not None and column.kind in _TEXT else None)
        sheet.write_string(0, at, title, head)
        if column is not None:
            sheet.write_comment(0, at, (column.nl, column.en)[which], {"author": "puntlanding"})
    sheet.freeze_panes(1, 1)
    for row, (_, cells) in enumerate(table.rows, start=1):
        for at, title in enumerate(table.titles):
            _write(sheet, row, at, cells.get(title))


def _write(sheet: Any, row: int, column: int, value: Value) -> None:
    """Texts never become formulas, and no number loses a digit."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
        return
    text = decimal_text(value, ".")
    if len(text.strip("-").replace(".", "").lstrip("0")) <= _DIGITS:
        sheet.write_number(row, column, float(text))
    else:
        sheet.write_string(row, column, decimal_text(value))


@dataclass(frozen=True, slots=True)
class Merged:
    """``files``: the case as the workbook has it; ``changed``: the tables that say something else than before."""

    files: Mapping[str, bytes]
    changed: tuple[str, ...]


def merged(folder: Path, name: str, workbook: bytes, *, agreement: bool = False) -> Merged:
    """The case in ``folder`` with what ``workbook`` says otherwise. What says the same stays byte for byte what it was, its agreement
    and its lists too; so a workbook that nobody changed gives the same files. ``agreement``: whether it may differ too.

    Raises InputError with everything that is wrong: file, sheet, row and column as in the workbook.
    """
    with tempfile.TemporaryDirectory() as place:
        book = Path(place) / name
        book.write_bytes(workbook)
        found = find_sources(book)
        own = {one: _labelled(raw, table_of(raw)) for one, raw in found.tables.items()}
        raw_agreement, lines = found.agreement, found.lines
        said = list(errors(found.problems))
    files, before = as_files(folder), standing(folder)
    if raw_agreement is not None:
        said += read_agreement(raw_agreement, lines, f"{name}[{AGREEMENT}]")[1]
    if not own and not errors(said):
        said.append(Problem("workbook_without_tables", name, details={"sheets": ", ".join(before)}))
    if errors(said):
        raise InputError(errors(said))
    if raw_agreement is not None:
        files |= _other_agreement(folder, raw_agreement, name, allowed=agreement)
    changed = tuple(one for one, table in own.items() if one not in before or table.said != before[one].said)
    for one in changed:
        files = {key: data for key, data in files.items() if Path(key).stem.lower() != one}
        files[f"{one}.csv"] = own[one].csv()
    _check(files, {f"{one}.csv": own[one].file for one in changed})
    return Merged(files, changed)


def _labelled(raw: Any, table: StandingTable) -> StandingTable:
    return replace(table, file=raw.file)


def _other_agreement(folder: Path, raw: Mapping[str, Any], name: str, *, allowed: bool) -> Mapping[str, bytes]:
    """Nothing where it says the same: then its own file stays, with its remarks and its seal."""
    before, now = content_of(find_sources(folder).agreement or {}), content_of(raw)
    if before.hash == now.hash:
        return {}
    if not allowed:
        raise InputError(list(_moved(before, now, f"{name}[{AGREEMENT}]")))
    return {f"{AGREEMENT}.toml": toml_of(raw)}


def _moved(before: Content, now: Content, file: str) -> Iterator[Problem]:
    for one in differences(before, now):
        yield Problem("workbook_agreement", file, None, ".".join(filter(None, one.key)), details={"said": one.said})


def _check(files: Mapping[str, bytes], sheets: Mapping[str, str]) -> None:
    """As a whole case, because a sheet can be right and contradict another. A sheet's rows stand in the file in the same places."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        found = load_case(folder)
    if found.case is None:
        raise InputError([replace(one, file=sheets.get(one.file, one.file)) for one in errors(found.problems)])
