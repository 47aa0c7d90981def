"""afspraak.toml → plain values with exact numbers, and the line of every key (tomllib keeps neither)."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from puntlanding.files.toml_form import Lines, endless, key_lines, syntax_place
from puntlanding.problems import Problem, os_reason

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
LARGEST = 250_000  # bytes; an agreement is a few pages


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
    if endless(text):
        return None, {}, [Problem("not_an_agreement", path.name, details={"size": len(data)})]
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return None, {}, [_syntax_problem(path.name, text, str(error))]
    except (RecursionError, ValueError):  # brackets without end, a number of thousands of digits
        return None, {}, [Problem("not_an_agreement", path.name, details={"size": len(data)})]
    return values, key_lines(text), []


def _syntax_problem(file: str, text: str, message: str) -> Problem:
    """tomllib's message is English and for programmers; the line it names is what a user needs."""
    row, line = syntax_place(text, message)
    return Problem("toml_syntax", file, row=row, value=line)
