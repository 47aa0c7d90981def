"""Where things stand in a TOML file: tomllib keeps no lines."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_PART = r"(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*(?==)")
_PARTS = re.compile(_PART)
_INLINE = re.compile(rf"[{{,]\s*({_PART})\s*(?==)")
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")

Lines = Mapping[tuple[str, int, str], int]
MOST_DOTS = 100  # in a line


def endless(text: str) -> bool:
    """Whether keys in it may have so many parts that reading them takes minutes: what tomllib does grows with their square."""
    return any(line.count(".") > MOST_DOTS for line in text.split("\n"))


def syntax_place(text: str, message: str) -> tuple[int, str | None]:
    """The line that tomllib's message is about, and what stands there; the message itself is for programmers."""
    lines = text.split("\n")
    found = _SYNTAX_PLACE.search(message)
    row = int(found[1]) if found and found[1] else len(lines)
    return row, lines[row - 1].strip() if 0 < row <= len(lines) else None


def key_lines(text: str) -> Lines:
    """The line of each (section, position, key) — key "" is the section's own line."""
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
