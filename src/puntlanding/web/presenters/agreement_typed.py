"""What was typed in the form → the agreement's file, with what is wrong beside the field it is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.agreement import Agreement, read_agreement
from puntlanding.agreement.edited import Edited, Wanted, edited
from puntlanding.agreement.keys import OPEN_SECTIONS, REPEATED
from puntlanding.files.toml_form import Lines, key_lines
from puntlanding.language.notation import Language
from puntlanding.language.typed import as_typed, typed_number
from puntlanding.problems import Problem, errors
from puntlanding.setting import Kind, Setting
from puntlanding.web.presenters.agreement_state import (
    FIXED,
    NAME,
    WEIGHT,
    State,
    Table,
    optional,
    percent,
    settings_of_table,
)

_SIGN = {Language.DUTCH: ("komma", "comma"), Language.ENGLISH: ("punt", "point")}


@dataclass(frozen=True, slots=True)
class Base:
    """The agreement that the form started from: its file as text and as plain values."""

    file: str
    text: str
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Typed:
    """``agreement`` None: ``problems`` say why, by field (table's mark, a colon and the key; the mark alone for a whole table)."""

    text: str
    raw: Mapping[str, Any]
    agreement: Agreement | None
    problems: tuple[tuple[str, Problem], ...]
    rewritten: bool

    @property
    def wrong(self) -> bool:
        return bool(errors(problem for _, problem in self.problems))


def typed(state: State, base: Base) -> Typed:
    reading = _Reading(state, base)
    wanted = [one for table in state.tables for one in reading.table(table)]
    made: Edited = edited(base.text, wanted)
    raw = tomllib.loads(made.text.removeprefix("\ufeff"), parse_float=Decimal)
    lines = key_lines(made.text)
    agreement, said = read_agreement(raw, lines, base.file)
    own = reading.problems
    spoilt = {name for name, _ in own}
    for problem in said:
        name = reading.field_of(problem, lines)
        if name not in spoilt:  # what could not be read lacks in the file: that echo says nothing more
            own.append((name, problem))
    return Typed(made.text, raw, None if spoilt else agreement, tuple(own), made.rewritten)


@dataclass(slots=True)
class _Reading:
    state: State
    base: Base
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    marks: dict[tuple[str, int], Table] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def table(self, table: Table) -> Iterator[Wanted]:
        origin, was = self._was(table)
        values = self._rows(table, was) if table.section in OPEN_SECTIONS else dict(self._values(table, was))
        if values or origin is not None or optional(table.section):
            at = self.counts.get(table.section, 0)
            self.counts[table.section] = at + 1
            self.marks[table.section, at] = table
            yield Wanted(table.section, values, origin)
        else:
            self.marks[table.section, 0] = table

    def field_of(self, problem: Problem, lines: Lines) -> str:
        """By the line and the key that the problem names; the first table of its section where it names no line."""
        column = problem.column or ""
        known = sorted({section for section, _ in self.marks}, key=len, reverse=True)
        section = next((one for one in known if column == one or column.startswith(f"{one}.")), None)
        if section is None:
            return ""
        key = column.removeprefix(section).removeprefix(".")
        places = [at for name, at in self.marks if name == section]
        at = next((one for one in places if self._stands(problem, lines, section, one, key)), places[0])
        table = self.marks[section, at]
        if section in OPEN_SECTIONS:
            own = [name for name, text in table.texts.items() if name.startswith(f"{NAME}.") and text.strip() == key]
            key = f"{WEIGHT}.{own[0].partition('.')[2]}" if own else ""
        return f"{table.mark}:{key}" if key else table.mark

    @staticmethod
    def _stands(problem: Problem, lines: Lines, section: str, at: int, key: str) -> bool:
        return problem.row is not None and problem.row in (lines.get((section, at, key)), lines.get((section, at, "")))

    def _was(self, table: Table) -> tuple[int | None, Mapping[str, Any]]:
        """What the file has of this table. An origin that it does not have is none: forms can be made up."""
        if table.origin is None:
            return None, {}
        if table.section in REPEATED:
            given = self.base.raw.get(table.section, ())
            return (table.origin, given[table.origin]) if table.origin < len(given) else (None, {})
        value: Any = self.base.raw
        for part in table.section.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        return (0, value) if isinstance(value, Mapping) else (None, {})

    def _values(self, table: Table, was: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for one in settings_of_table(table):
            if (table.section, one.key) in FIXED:
                yield one.key, was.get(one.key)
                continue
            value = self._value(table, one)
            if value is None:
                continue
            if one.key in was and was[one.key] == value:
                yield one.key, was[one.key]
            elif one.key in was or not _is_default(one, value):
                yield one.key, value

    def _value(self, table: Table, one: Setting) -> Any:
        """None where nothing is filled in, and where what is there is wrong (which it says)."""
        name = f"{table.mark}:{one.key}"
        if one.kind is Kind.PAIR:
            return self._pair(table, one)
        text = table.texts.get(one.key, "").strip()
        if not text:
            return None
        match one.kind:
            case Kind.TEXTS:
                return [part.strip() for part in text.split("\n") if part.strip()]
            case Kind.DATE:
                return self._date(name, text)
            case Kind.NUMBER | Kind.EUROS | Kind.YEAR:
                return self._number(name, one, text)
        return text

    def _number(self, name: str, one: Setting, text: str) -> Any:
        bare = text.removeprefix("€").removesuffix("%").strip()
        value = typed_number(bare, self.state.language)
        if value is None:
            self._wrong("typed_number", name, text, self._example(one))
            return None
        if one.kind is Kind.YEAR:
            return int(value) if value == int(value) else value
        if one.kind is Kind.EUROS:
            return value if value.as_tuple().exponent == -2 or value * 100 % 1 else value.quantize(Decimal("0.01"))
        return value.scaleb(-2) if percent(one) else value

    def _pair(self, table: Table, one: Setting) -> Any:
        texts = [table.texts.get(f"{one.key}.{at}", "").strip() for at in (0, 1)]
        if not any(texts):
            return None
        name = f"{table.mark}:{one.key}"
        if not all(texts):
            self._wrong("typed_pair", name, " – ".join(texts), {})
            return None
        values = [typed_number(text, self.state.language) for text in texts]
        for text, value in zip(texts, values, strict=True):
            if value is None:
                self._wrong("typed_number", name, text, self._example(one))
        return None if None in values else values

    def _date(self, name: str, text: str) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._wrong("typed_date", name, text, {})
            return None

    def _rows(self, table: Table, was: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for at in row_numbers(table):
            key = table.texts.get(f"{NAME}.{at}", "").strip()
            text = table.texts.get(f"{WEIGHT}.{at}", "").strip()
            name = f"{table.mark}:{WEIGHT}.{at}"
            if not text:
                continue
            value = typed_number(text, self.state.language)
            if not key:
                self._wrong("typed_name_missing", name, text, {})
            elif value is None:
                self._wrong("typed_number", name, text, self._example(OPEN_SECTIONS[table.section]))
            elif key in found:
                self._wrong("typed_name_twice", name, key, {})
            else:
                found[key] = was[key] if key in was and was[key] == value else value
        return found

    def _example(self, one: Setting) -> dict[str, object]:
        sample = Decimal("2.5") if one.kind is not Kind.EUROS else Decimal("12500.75")
        return {"example": as_typed(sample, self.state.language), "sign": _SIGN[self.state.language]}

    def _wrong(self, code: str, name: str, value: str, details: Mapping[str, object]) -> None:
        column = name.partition(":")[0].rpartition("-")[0] + "." + name.partition(":")[2]
        self.problems.append((name, Problem(code, self.base.file, None, column, value[:80], details)))


def row_numbers(table: Table) -> list[int]:
    """The rows that have anything in them, in order."""
    found = {
        int(key.partition(".")[2])
        for key, text in table.texts.items()
        if key.startswith((f"{NAME}.", f"{WEIGHT}.")) and key.partition(".")[2].isdecimal() and text.strip()
    }
    return sorted(found)


def _is_default(one: Setting, value: Any) -> bool:
    if one.default is None:
        return False
    return value == one.default if isinstance(one.default, str) else Fraction(value) == one.default
