"""An agreement as it stands in a form: texts, as somebody typed them in their own notation, table by table.

Nothing is thrown away for being wrong: a text that is no number stays a text, and says so beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REPEATED, REQUIRED_SECTIONS, SECTIONS, contract_settings
from puntlanding.agreement.wording import unit_words
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language, number
from puntlanding.language.typed import as_typed, typed_number
from puntlanding.setting import Kind, Setting

MOST_TABLES, MOST_TEXT = 200, 4000
FIXED = (("afspraak", "jaar"),)  # an agreement of another year is another year's
NAME, WEIGHT = "naam", "gewicht"  # of a row whose key somebody makes up
UNREAD = " ?"  # behind a text that is a number in one notation only, and not in the one it was typed in
_MARK = re.compile(r"([a-z_.]+)-(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the agreement: ``origin`` is which of its section it was in the file, None for a new one."""

    section: str
    at: int
    origin: int | None
    texts: Mapping[str, str]

    @property
    def mark(self) -> str:
        return f"{self.section}-{self.at}"

    @property
    def name(self) -> str:
        return self.texts.get(NAME, "")


@dataclass(frozen=True, slots=True)
class State:
    language: Language
    tables: tuple[Table, ...]

    def record(self) -> dict[str, Any]:
        tables = [
            {"section": one.section, "at": one.at, "origin": one.origin, "texts": dict(one.texts)}
            for one in self.tables
        ]
        return {"language": self.language.value, "tables": tables}

    def of(self, section: str) -> tuple[Table, ...]:
        return tuple(one for one in self.tables if one.section == section)

    def with_new(self, section: str) -> State:
        """With one more table of ``section``."""
        at = max((one.at for one in self.of(section)), default=-1) + 1
        return replace(self, tables=(*self.tables, Table(section, at, None, {})))

    def without(self, mark: str) -> State:
        return replace(self, tables=tuple(one for one in self.tables if one.mark != mark))


def from_record(record: Mapping[str, Any]) -> State:
    """Raises KeyError, TypeError or ValueError for anything else than `State.record` writes."""
    tables = tuple(
        Table(str(one["section"]), int(one["at"]), one["origin"], {str(k): str(v) for k, v in one["texts"].items()})
        for one in record["tables"]
    )
    return State(Language(record["language"]), tables)


def optional(section: str) -> bool:
    """Whether it holds only where it is named."""
    if section in OPEN_SECTIONS or section in REQUIRED_SECTIONS:
        return False
    return section in (CONTRACT, *COMPONENTS) or any(one.required for one in SECTIONS[section])


def sections() -> Iterator[str]:
    """In the order of the catalogue, those with made-up keys below the one that they are part of."""
    for section in SECTIONS:
        yield section
        yield from (one for one in OPEN_SECTIONS if one.rpartition(".")[0] == section)


def settings_of_table(table: Table) -> tuple[Setting, ...]:
    """Of a contract without a type yet: those that every contract has."""
    if table.section != CONTRACT:
        return SECTIONS.get(table.section, ())
    kind = table.texts.get("soort", "")
    if kind in CONTRACT_TYPES:
        return contract_settings(kind)
    of_types = {one.key for each in CONTRACT_TYPES.values() for one in each.settings}
    return tuple(one for one in contract_settings(None) if one.key not in of_types)


def percent(one: Setting) -> bool:
    words = unit_words(one.unit)
    return words is not None and words[0].startswith("%")


def started(raw: Mapping[str, Any], language: Language) -> State:
    """As the file says it."""
    found: list[Table] = []
    for section in sections():
        for origin, values in _written(raw, section):
            texts = _rows(values, language) if section in OPEN_SECTIONS else _texts(section, values, language)
            found.append(Table(section, origin or 0, origin, texts))
    return State(language, tuple(found))


def _written(raw: Mapping[str, Any], section: str) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    if section in REPEATED:
        yield from enumerate(raw.get(section, ()))
        return
    value: Any = raw
    for part in section.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        yield 0, {key: one for key, one in value.items() if not isinstance(one, Mapping)}
    elif not optional(section):
        yield None, {}


def _texts(section: str, values: Mapping[str, Any], language: Language) -> dict[str, str]:
    known = contract_settings(None) if section == CONTRACT else SECTIONS[section]
    found: dict[str, str] = {}
    for one in known:
        if one.key in values:
            found |= text_of(one, values[one.key], language)
    return found


def _rows(values: Mapping[str, Any], language: Language) -> dict[str, str]:
    found: dict[str, str] = {}
    for at, (key, value) in enumerate(values.items()):
        found |= {f"{NAME}.{at}": key, f"{WEIGHT}.{at}": as_typed(Decimal(value), language)}
    return found


def text_of(one: Setting, value: Any, language: Language) -> dict[str, str]:
    """The text of a value, by the name of its field."""
    match one.kind:
        case Kind.PAIR:
            return {f"{one.key}.{at}": as_typed(Decimal(part), language) for at, part in enumerate(value)}
        case Kind.TEXTS:
            return {one.key: "\n".join(value)}
        case Kind.EUROS:
            return {one.key: number(Fraction(value), 2, language)}
        case Kind.NUMBER:
            shown = Decimal(value) * (100 if percent(one) else 1)
            return {one.key: as_typed(shown, language)}
        case _:
            return {one.key: value.isoformat() if isinstance(value, date) else str(value)}


def in_language(state: State, language: Language) -> State:
    """The same numbers in another notation. What was no number stays what was typed, and no number: read otherwise it would be another."""
    if state.language is language:
        return state
    tables = tuple(replace(one, texts=_retold(one, state.language, language)) for one in state.tables)
    return State(language, tables)


def _retold(table: Table, was: Language, language: Language) -> dict[str, str]:
    found = dict(table.texts)
    for key in found:
        if not _is_number(table, key):
            continue
        value = typed_number(found[key], was)
        if value is not None:
            found[key] = as_typed(value, language)
        elif typed_number(found[key], language) is not None:
            found[key] += UNREAD
    return found


def _is_number(table: Table, key: str) -> bool:
    if table.section in OPEN_SECTIONS:
        return key.startswith(f"{WEIGHT}.")
    known = contract_settings(None) if table.section == CONTRACT else SECTIONS.get(table.section, ())
    kinds = {one.key: one.kind for one in known}
    return kinds.get(key.partition(".")[0]) in (Kind.NUMBER, Kind.EUROS, Kind.PAIR)


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of a form; ``state`` None where it was no such form."""

    state: State | None
    asked: str = ""
    mark: str = ""
    window: str = ""


def posted(given: Mapping[str, Sequence[str]], language: Language) -> Posted:
    """``given``: each name with its values, as they were sent. Tables stand in ``tabel`` as mark and origin."""
    texts: dict[str, dict[str, str]] = {}
    for name, values in given.items():
        mark, _, key = name.partition(":")
        if _MARK.fullmatch(mark) and key and values:
            texts.setdefault(mark, {})[key] = values[-1][:MOST_TEXT].replace("\r\n", "\n").replace("\x00", "")
    known = set(sections())
    tables: dict[str, Table] = {}
    for sent in list(given.get("tabel", ()))[:MOST_TABLES]:
        mark, _, origin = sent.partition(":")
        form = _MARK.fullmatch(mark)
        if form and form[1] in known:
            own = texts.get(mark, {})
            tables[mark] = Table(form[1], int(form[2]), int(origin) if origin.isdecimal() else None, own)
    last = {name: values[-1] for name, values in given.items() if values}
    state = State(language, tuple(tables.values())) if tables else None
    return Posted(state, last.get("doe", ""), last.get("kenmerk", ""), last.get("venster", "")[:40])


def rebased(state: State, old: Mapping[str, Any], new: Mapping[str, Any]) -> State:
    """What was changed since ``old``, on ``new``. Contracts and pots are known by their names."""
    before = {(one.section, one.origin): one for one in started(old, state.language).tables}
    own = {(one.section, one.origin): one for one in state.tables if one.origin is not None}
    gone = {(one.section, one.name) for place, one in before.items() if one.origin is not None and place not in own}
    changed = {
        (was.section, was.name): {key: own[place].texts.get(key, "") for key in _differing(was, own[place])}
        for place, was in before.items()
        if place in own
    }
    loose = {one.section: one.texts for one in state.tables if one.origin is None}
    tables: list[Table] = []
    for one in started(new, state.language).tables:
        if (one.section, one.name) in gone:
            continue
        more = changed.get((one.section, one.name), {})
        if one.section not in REPEATED and not more:
            more = dict(loose.get(one.section, {}))
        tables.append(replace(one, texts={**one.texts, **more}))
    found = State(state.language, tuple(tables))
    there = {one.section for one in tables}
    for one in state.tables:
        if one.origin is None and (one.section in REPEATED or one.section not in there):
            found = found.with_new(one.section)
            found = replace(found, tables=(*found.tables[:-1], replace(found.tables[-1], texts=one.texts)))
    return found


def _differing(was: Table, now: Table) -> Iterator[str]:
    return (key for key in {**was.texts, **now.texts} if was.texts.get(key, "") != now.texts.get(key, ""))
