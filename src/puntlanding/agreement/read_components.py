"""The sections of the components → choices, in the order in which they apply, and what is wrong between their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from puntlanding.agreement.model import Frame
from puntlanding.agreement.values import Reading, read_section
from puntlanding.components import COMPONENTS, Choice, Component, Wrong
from puntlanding.components.base import AMOUNT, SHARE, column_name, in_euros
from puntlanding.explain import Unit
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, Severity
from puntlanding.quantities import ZERO, fixed
from puntlanding.setting import Kind

UNITS = {Kind.EUROS: Unit.CENTS, Kind.YEAR: Unit.COUNT, Kind.NUMBER: Unit.RATIO}


def read_components(raw: Mapping[str, Any], lines: Lines, file: str, problems: list[Problem]) -> tuple[Choice, ...]:
    found: list[Choice] = []
    for section, component in COMPONENTS.items():
        for position, values in enumerate(_tables(raw, component, lines, file, problems)):
            before = len(problems)
            reading = read_section(section, position, values, component.settings, lines, file, problems)
            if len(problems) == before:
                choice = _choice(component, position, reading, lines)
                problems += [as_problem(wrong, choice, file) for wrong in component.check(choice)]
                found.append(choice)
    problems += _names_twice(found, file)
    return tuple(found)


def _tables(
    raw: Mapping[str, Any], component: Component, lines: Lines, file: str, problems: list[Problem]
) -> Sequence[Mapping[str, Any]]:
    """The section as often as it stands there. What has the wrong brackets is a problem already, or becomes one here."""
    section = component.section
    value = raw.get(section)
    if not component.repeated:
        return [{k: v for k, v in value.items() if not isinstance(v, dict)}] if isinstance(value, dict) else []
    if value is not None and not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
        line = lines.get((section, 0, ""), lines.get(("", 0, section)))
        problems.append(Problem("repeated_brackets", file, line, section, None, {"section": section}))
        return []
    return value or []


def _choice(component: Component, position: int, reading: Reading, lines: Lines) -> Choice:
    settings = {one.key: one for one in component.settings if one.key in reading.values}
    numbers = {key: reading.number(key, UNITS[one.kind]) for key, one in settings.items() if one.kind in UNITS}
    texts = {key: reading.text(key) for key, one in settings.items() if one.kind in (Kind.TEXT, Kind.CHOICE)}
    lists = {key: reading.values[key] for key, one in settings.items() if one.kind is Kind.TEXTS}
    places = {key: lines.get((component.section, position, key)) for key in ("", *settings)}
    return Choice(component, numbers, texts, lists, texts.get("naam") if component.repeated else None, places)


def as_problem(wrong: Wrong, choice: Choice, file: str) -> Problem:
    """With the key and the line that it is about."""
    section = choice.component.section
    column = f"{section}.{wrong.key}" if wrong.key else section
    details = {"section": choice.key, **wrong.details}
    value = _as_typed(choice, wrong.key)
    severity = Severity.WARNING if wrong.warning else Severity.ERROR
    return Problem(wrong.code, file, choice.line(wrong.key), column, value, details, severity)


def _as_typed(choice: Choice, key: str) -> str | None:
    if key in choice.texts:
        return choice.texts[key]
    node = choice.numbers.get(key)
    if node is None:
        return None
    value = node.value / 100 if node.unit is Unit.CENTS else node.value
    return str(value.numerator) if value.denominator == 1 else fixed(value).rstrip("0")


def _names_twice(choices: Sequence[Choice], file: str) -> Iterator[Problem]:
    """Pots of one kind are told apart by name, in the agreement and in the columns of every result."""
    first: dict[str, Choice] = {}
    for choice in choices:
        column = column_name(choice.key)
        if choice.name is not None and first.setdefault(column, choice) is not choice:
            section = choice.component.section
            details = {"section": section, "first": first[column].line("naam")}
            yield Problem("pot_name_twice", file, choice.line("naam"), f"{section}.naam", choice.name, details)


def check_frame(choices: Sequence[Choice], frame: Frame | None, year: int, file: str) -> Iterator[Problem]:
    """Pots together take at most the whole frame; without a frame there is nothing to take them from.

    A pot of another year (the one-off transition) takes nothing from the frame of this one.
    """
    taking = [choice for choice in choices if choice.component.takes or choice.component.gives]
    if frame is None:
        for choice in taking:
            yield as_problem(Wrong("component_without_frame", "", warning=True), choice, file)
        return
    sizes = [(choice, key, _size(choice, key, frame)) for choice in taking if choice.component.takes for key in _KEYS]
    sizes = [one for one in sizes if one[0].numbers.get(one[1]) is not None and _in(year, one[0])]
    taken = sum((size for _, _, size in sizes), ZERO)
    if taken > frame.amount.value:
        last = max(sizes, key=lambda one: one[0].line(one[1]) or 0)
        parts = tuple("; ".join(_told(one, which) for one in sizes) for which in (0, 1))
        details = {"parts": parts, "taken": in_euros(taken), "frame": in_euros(frame.amount.value)}
        yield as_problem(Wrong("pots_exceed_frame", last[1], details), last[0], file)


def _in(year: int, choice: Choice) -> bool:
    own = choice.numbers.get("jaar")
    return own is None or own.value == year


def _told(size: tuple[Choice, str, Fraction], which: int) -> str:
    choice, key, cents = size
    line = f" ({('regel', 'line')[which]} {choice.line(key)})" if choice.line(key) else ""
    return f"{choice.key}.{key}{line}: € {in_euros(cents)[which]}"


_KEYS = (SHARE.key, AMOUNT.key)


def _size(choice: Choice, key: str, frame: Frame) -> Fraction:
    node = choice.numbers.get(key)
    if node is None:
        return ZERO
    return node.value if key == AMOUNT.key else node.value * frame.amount.value
