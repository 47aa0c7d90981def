"""An agreement's file with other values in it: what stays the same keeps its lines, with their comments, byte for byte.

Lines are changed one statement at a time, and the outcome is read back. Where it does not say what was asked (tables written in one
line, keys with dots), the file is written anew, whole and without its comments.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from puntlanding.agreement.keys import OPEN_SECTIONS, REPEATED, SECTIONS

_HEADER = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One table as it must become. ``origin``: which of its name it was in the file, None for a new one."""

    section: str
    values: Mapping[str, Any]
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """``rewritten``: the file could not be kept, so that its comments are gone."""

    text: str
    rewritten: bool = False


def edited(text: str, wanted: Sequence[Wanted]) -> Edited:
    """``text`` is valid TOML; tables that are not wanted leave it."""
    mark = _BOM if text.startswith(_BOM) else ""
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.removeprefix(_BOM).replace("\r\n", "\n").split("\n")
    aim = as_values(wanted)
    made = "\n".join(_lines(lines, wanted))
    if not lines[-1] and not made.endswith("\n"):  # its last table went, and the end of the last line with it
        made += "\n"
    try:
        kept = tomllib.loads(made, parse_float=Decimal) == aim
    except tomllib.TOMLDecodeError:
        kept = False
    if not kept:
        made = written(wanted)
    return Edited(mark + made.replace("\n", ends), not kept)


def as_values(wanted: Sequence[Wanted]) -> dict[str, Any]:
    """As `tomllib` would read the file."""
    found: dict[str, Any] = {}
    for one in wanted:
        if one.section in REPEATED:
            found.setdefault(one.section, []).append(dict(one.values))
            continue
        table = found
        for part in one.section.split("."):
            table = table.setdefault(part, {})
        table |= one.values
    return found


def written(wanted: Sequence[Wanted]) -> str:
    """The whole file, in the order of the catalogue."""
    blocks = []
    for one in sorted(wanted, key=lambda each: _rank(each.section)):
        blocks.append("\n".join([_header(one.section), *_statements(one.values)]))
    return "\n\n".join(blocks) + "\n"


@dataclass(slots=True)
class _Block:
    """A table in the file: the comment lines right above its header, the header, and all until the next."""

    section: str
    position: int
    above: list[str] = field(default_factory=list)
    header: str = ""
    body: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [*self.above, *([self.header] if self.header else []), *self.body]


def _lines(lines: Sequence[str], wanted: Sequence[Wanted]) -> Iterator[str]:
    blocks = list(_blocks(lines))
    by_origin = {(one.section, one.origin): one for one in wanted if one.origin is not None}
    kept = [blocks[0]]
    for block in blocks[1:]:
        found = by_origin.get((block.section, block.position))
        if found is not None:
            block.body = list(_body(block.body, found.values))
            kept.append(block)
    for one in wanted:
        if one.origin is None:
            _insert(kept, one)
    for block in kept:
        yield from block.lines()


def _blocks(lines: Sequence[str]) -> Iterator[_Block]:
    """The first is what stands above any header."""
    seen: dict[str, int] = {}
    block = _Block("", 0)
    for line in lines:
        header = _HEADER.match(line)
        if header is None:
            block.body.append(line)
            continue
        section = ".".join(part.strip().strip("\"'") for part in header[2].split("."))
        position = seen.get(section, 0) if header[1] else 0
        seen[section] = position + 1
        above: list[str] = []
        while block.body and block.body[-1].lstrip().startswith("#"):
            above.insert(0, block.body.pop())
        if not block.body and not block.header:  # the first lines of the file are about the file
            block.body, above = above, []
        yield block
        block = _Block(section, position, above, line)
    yield block


def _insert(blocks: list[_Block], one: Wanted) -> None:
    """After the last table that comes before it in the catalogue."""
    at = max((i for i, block in enumerate(blocks) if i == 0 or _rank(block.section) <= _rank(one.section)), default=0)
    before = blocks[at]
    while before.body and not before.body[-1].strip():
        before.body.pop()
    if before.header or before.body:
        before.body.append("")
    blocks.insert(at + 1, _Block(one.section, -1, [], _header(one.section), [*_statements(one.values), ""]))


def _body(lines: Sequence[str], values: Mapping[str, Any]) -> Iterator[str]:
    """The statements of one table, with those that change in their place and new ones after the last."""
    out: list[str] = []
    after, known = 0, set[str]()
    at = 0
    while at < len(lines):
        count, found = _statement(lines, at)
        part = list(lines[at : at + count])
        at += count
        if found is None:
            out += part
            continue
        key, value = found
        known.add(key)
        if isinstance(value, dict) or (key in values and values[key] == value and type(values[key]) is type(value)):
            out += part
        elif key in values:
            out.append(_changed(part, values[key]))
        else:
            continue
        after = len(out)
    out[after:after] = _statements({key: value for key, value in values.items() if key not in known})
    return iter(out)


def _statement(lines: Sequence[str], at: int) -> tuple[int, tuple[str, Any] | None]:
    """How many lines it takes, with its key and value; None for what is no statement."""
    if not lines[at].strip() or lines[at].lstrip().startswith("#"):
        return 1, None
    for end in range(at + 1, len(lines) + 1):
        try:
            read = tomllib.loads("\n".join(lines[at:end]), parse_float=Decimal)
        except tomllib.TOMLDecodeError:
            continue
        return end - at, next(iter(read.items()), None)
    return 1, None


def _changed(lines: Sequence[str], value: Any) -> str:
    """With the key as it was written, and the remark behind it."""
    head, _, rest = lines[0].partition("=")
    return f"{head.rstrip()} = {as_toml(value)}{_remark(lines, head) if rest else ''}"


def _remark(lines: Sequence[str], head: str) -> str:
    """What stands behind the value on the last line, from its # on, with the blanks before it."""
    last = lines[-1]
    for at, sign in enumerate(last):
        if sign != "#":
            continue
        cut = "\n".join([*lines[:-1], last[:at]])
        try:
            tomllib.loads(cut)
        except tomllib.TOMLDecodeError:
            continue
        shown = last[:at].rstrip()
        return last[len(shown) :] if len(lines) > 1 or len(shown) > len(head) else ""
    return ""


def _statements(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {as_toml(value)}" for key, value in values.items()]


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _header(section: str) -> str:
    return f"[[{section}]]" if section in REPEATED else f"[{section}]"


def as_toml(value: Any) -> str:
    """A value of the agreement as its file writes it."""
    match value:
        case str():
            return _text(value)
        case list():
            return "[" + ", ".join(as_toml(one) for one in value) + "]"
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case int():
            return str(value)
    raise TypeError(type(value).__name__)


def _text(value: str) -> str:
    """JSON's escapes are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _rank(section: str) -> tuple[int, int]:
    order = list(SECTIONS)
    parent = section.partition(".")[0]
    inner = list(OPEN_SECTIONS).index(section) + 1 if section in OPEN_SECTIONS else 0
    return (order.index(parent) if parent in order else -1, inner)
