"""afspraak.toml → plain values with exact numbers, and the line of every key (tomllib keeps neither)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from puntlanding.problems import Problem, os_reason

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_PART = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*(?==)")
_PARTS = re.compile(_PART)
_INLINE = re.compile(rf"[{{,]\s*({_PART})\s*(?==)")
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
LARGEST = 1_000_000  # bytes; an agreement is a few pages

Lines = Mapping[tuple[str, int, str], int]


def read_toml(path: Path) -> tuple[dict[str, Any] | None, Lines, list[Problem]]:
    """The file's values, the line of each (section, position, key) — key "" is the section's own line — and what is wrong."""
    try:
        if path.stat().st_size > LARGEST:
            return None, {}, [Problem("not_an_agreement", path.name, details={"size": path.stat().st_size})]
        data = path.read_bytes()
    except OSError as error:
        return None, {}, [Problem("unreadable", path.name, details={"reason": os_reason(error)})]
    if not data.strip():
        return None, {}, [Problem("empty_agreement", path.name)]
    if data.startswith(_UTF16):
        return None, {}, [Problem("agreement_encoding", path.name, row=1, details={"found": "UTF-16"})]
    if b"\x00" in data:
        return None, {}, [Problem("not_an_agreement", path.name, details={"size": len(data)})]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        details = {"found": f"byte 0x{error.object[error.start]:02X}"}
        return None, {}, [Problem("agreement_encoding", path.name, row=line, details=details)]
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return None, {}, [_syntax_problem(path.name, text, str(error))]
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        return None, {}, [Problem("not_an_agreement", path.name, details={"size": len(data)})]
    return values, _lines(text), []


def _syntax_problem(file: str, text: str, message: str) -> Problem:
    """tomllib's message is English and for programmers; the line it names is what a user needs."""
    lines = text.split("\n")
    found = _SYNTAX_PLACE.search(message)
    row = int(found[1]) if found and found[1] else len(lines)
    return Problem("toml_syntax", file, row=row, value=lines[row - 1].strip() if 0 < row <= len(lines) else None)


def _lines(text: str) -> Lines:
    places: dict[tuple[str, int, str], int] = {}
    seen: dict[str, int] = {}
    section, position = "", 0
    for number, line in enumerate(text.split("\n"), start=1):  # TOML knows no other line ends
        if header := _HEADER.match(line):
            section = ".".join(part.strip().strip("\"'") for part in header[2].split("."))
            position = seen.get(section, 0) if header[1] else 0
            seen[section] = position + 1
            places.setdefault((section, position, ""), number)
        elif key := _KEY.match(line):
            *tables, name = (part.strip("\"'") for part in _PARTS.findall(key[1]))
            inside = ".".join([section, *tables] if section else tables)
            places.setdefault((inside, position, name), number)
            table = f"{inside}.{name}" if inside else name
            for inner in _INLINE.finditer(line, key.end()):  # key = { inner = …, inner = … }
                places.setdefault((table, 0, ""), number)
                places.setdefault((table, 0, inner[1].strip("\"'")), number)
    return places
