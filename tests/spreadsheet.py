"""A workbook recalculated by a real spreadsheet program. What it had stored as outcomes counts for nothing: see `planted`."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
LONGEST = 240  # seconds for all workbooks of one call
# Always recalculate what Excel wrote; by default stored outcomes of a file are believed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

# Comma, quotes, UTF-8, from line 1, en-US; all texts quoted, numbers with all their digits, every sheet.
_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,true,false,false,false,false,-1"

Sheets = dict[str, list[list[str]]]

needs_program = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed on this machine")


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Sheets]:
    """The values of every workbook after LibreOffice opened it and calculated all of it; one start for all.

    It writes text, a file per sheet with all digits: that takes half the time of a workbook.
    """
    assert PROGRAM is not None
    profile, before, after = folder / "profile", folder / "before", folder / "after"
    for path in (profile / "user", before, after):
        path.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    for name, content in books.items():
        (before / f"{name}.xlsx").write_bytes(content)
    command = [PROGRAM, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", _TEXT]
    files = [str(before / f"{name}.xlsx") for name in books]
    subprocess.run([*command, "--outdir", str(after), *files], check=True, capture_output=True, timeout=LONGEST)
    found: dict[str, Sheets] = {name: {} for name in books}
    for path in after.iterdir():
        name = max((one for one in books if path.name.startswith(f"{one}-")), key=len)
        with path.open(encoding="utf-8", newline="") as file:
            found[name][path.stem.removeprefix(f"{name}-")] = list(csv.reader(file))
    return found


def without_outcomes(content: bytes, typed: Mapping[tuple[str, str], object] | None = None) -> bytes:
    """The workbook with its formulas, no stored outcomes, and ``typed`` by sheet and place: as if somebody had changed those cells."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (sheet, place), value in (typed or {}).items():
        book[sheet][place].value = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def planted(content: bytes, false: str = "987654321") -> bytes:
    """The workbook with a false outcome stored for every formula that has a number."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            data = source.read(part)
            if part.startswith("xl/worksheets/sheet"):
                text = data.decode()
                text = re.sub(r"(</f><v>)-?[0-9.E+-]+(</v>)", rf"\g<1>{false}\g<2>", text)
                data = text.encode()
            target.writestr(part, data)
    return buffer.getvalue()


def outcome(sheets: Sheets, sheet: str, row: int, column: int) -> str:
    """As text, "" where the sheet ends before; rows and columns from 0."""
    rows = sheets[sheet]
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
