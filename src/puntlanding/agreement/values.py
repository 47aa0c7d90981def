"""One section of the agreement against its settings: types, choices and bounds, each problem with its key and line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from puntlanding.agreement.keys import REPEATED
from puntlanding.explain import Node, Source, Unit, setting
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, near_miss
from puntlanding.quantities import fixed
from puntlanding.setting import Kind, Setting

MOST_DIGITS = 40  # 1e999999999 is no number anybody means, and working it out would take for ever
MOST_GUESSED = 100  # names that are nobody's: who has more made no typing error


@dataclass(frozen=True, slots=True)
class Reading:
    """The valid values of one section; keys whose value was wrong are absent (and have become a problem)."""

    section: str
    values: Mapping[str, Any]
    sources: Mapping[str, Source]

    def text(self, key: str) -> str:
        return str(self.values.get(key, ""))

    def number(self, key: str, unit: Unit) -> Node:
        return setting(self._term(key), Fraction(self.values.get(key, 0)), unit, self.sources.get(key))

    def optional_number(self, key: str, unit: Unit) -> Node | None:
        return self.number(key, unit) if key in self.values else None

    def pair(self, key: str, unit: Unit) -> tuple[Node, Node] | None:
        if key not in self.values:
            return None
        lower, upper = self.values[key]
        source = self.sources.get(key)
        return setting("lower_bound", lower, unit, source), setting("upper_bound", upper, unit, source)

    def _term(self, key: str) -> str:
        return f"{self.section}.{key}"


def read_section(
    section: str,
    position: int,
    raw: Mapping[str, Any],
    settings: Sequence[Setting],
    lines: Lines,
    file: str,
    problems: list[Problem],
) -> Reading:
    """Read ``raw`` (one table of the file); ``position`` counts repeated tables such as [[contract]]."""
    values: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    by_key = {one.key: one for one in settings}
    section_line = lines.get((section, position, ""))
    for key, value in raw.items():
        line = lines.get((section, position, key), section_line)
        if key not in by_key:
            close = near_miss(key, by_key) if len(problems) < MOST_GUESSED else None
            problems.append(_unknown_key(section, key, by_key, close, line, file))
            continue
        problem, read = _read_value(by_key[key], value)
        if problem is not None:
            code, details = problem
            problems.append(Problem(code, file, line, f"{section}.{key}", _as_typed(value), details))
        else:
            values[key] = read
            sources[key] = Source(file, line, f"{section}.{key}")
    for one in settings:
        if one.key in raw:
            continue
        if one.default is not None:
            values[one.key] = one.default
        elif one.required and (raw or section_line):
            shown = f"[{section}]" if section in REPEATED else section
            details = {"section": shown, "key": one.key, "example": _example(one)}
            problems.append(Problem("key_missing", file, section_line, f"{section}.{one.key}", details=details))
    return Reading(section, values, sources)


def _unknown_key(
    section: str, key: str, known: Mapping[str, Setting], close: str | None, line: int | None, file: str
) -> Problem:
    details: dict[str, object] = {"close": close, "allowed": ", ".join(known)}
    return Problem("key_unknown", file, line, f"{section}.{key}", None, details)


def _example(one: Setting) -> str:
    if one.kind is Kind.CHOICE:
        return f'{one.key} = "{one.example or one.choices[0]}"'
    return f'{one.key} = "{one.example}"' if one.kind is Kind.TEXT else f"{one.key} = {one.example}"


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS):
        return None
    if isinstance(value, int) and value.bit_length() > 4 * MOST_DIGITS:
        return None
    return Fraction(value)


Wrong = tuple[str, dict[str, object]]


def _read_value(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    match one.kind:
        case Kind.TEXT | Kind.CHOICE:
            return _read_text(one, value)
        case Kind.PAIR:
            return _read_pair(one, value)
        case Kind.TEXTS:
            return _read_texts(one, value)
        case Kind.DATE:
            return _read_date(one, value)
        case _:
            return _read_number(one, value)


def _read_text(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    if not isinstance(value, str) or not value.strip():
        return ("value_text", {"example": _example(one)}), None
    if not value.isprintable():
        return ("control_character", {}), None
    if one.kind is Kind.CHOICE and value not in one.choices:
        return ("choice_unknown", {"close": near_miss(value, one.choices), "allowed": ", ".join(one.choices)}), None
    return None, value.strip()


def _read_number(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    number = _number(value)
    if number is None:
        return ("value_number", {"example": one.example or "1"}), None
    if one.kind is Kind.YEAR and number.denominator != 1:
        return ("value_year", {"value": _as_typed(value)}), None
    if (one.minimum is not None and number < one.minimum) or (one.maximum is not None and number > one.maximum):
        bounds: dict[str, object] = {"lowest": _shown(one.minimum), "highest": _shown(one.maximum)}
        return ("value_range" if one.maximum is not None else "value_at_least", bounds), None
    if one.kind is Kind.EUROS:
        cents = number * 100
        return (("euros_decimals", {}), None) if cents.denominator != 1 else (None, cents)
    return None, number


def _read_pair(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    numbers = [_number(part) for part in value] if isinstance(value, list) else []
    if len(numbers) != 2 or any(n is None or n < 0 for n in numbers):
        return ("value_pair", {"example": one.example}), None
    lower, upper = numbers
    if lower is not None and upper is not None and lower > upper:
        return ("pair_order", {"example": one.example}), None
    return None, (lower, upper)


def _read_texts(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    """In code-point order and each once: the order in which a user names them means nothing."""
    texts = [part.strip() for part in value if isinstance(part, str)] if isinstance(value, list) else []
    if not isinstance(value, list) or not value or len(texts) != len(value):
        return ("value_texts", {"example": _example(one)}), None
    wrong = next((part for part in texts if not part.isprintable() or not re.fullmatch(one.pattern, part)), None)
    if wrong is not None:
        return ("value_texts_each", {"found": wrong, "example": _example(one)}), None
    return None, tuple(sorted(set(texts)))


def _read_date(one: Setting, value: object) -> tuple[Wrong | None, Any]:
    if not isinstance(value, date) or isinstance(value, datetime):
        return ("value_date", {"example": _example(one)}), None
    return None, value


def _shown(bound: Fraction | None) -> str | None:
    return None if bound is None else (str(bound.numerator) if bound.denominator == 1 else fixed(bound).rstrip("0"))
