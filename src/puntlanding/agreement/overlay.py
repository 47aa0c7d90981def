"""An overlay: a file with only the keys that differ, put over a whole agreement and read as any agreement is.

A file without a section [afspraak] is an overlay; with one it is whole. Tables in a list, such as [[contract]], are matched by
``naam``. An overlay changes and adds; to leave something out, a whole agreement is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from puntlanding.agreement.keys import CONTRACT, REQUIRED_SECTIONS, contract_settings
from puntlanding.agreement.model import Agreement
from puntlanding.agreement.read import read_agreement
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.explain import Node, Source
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, errors, near_miss

NAME = "naam"
# Lines of the overlay are told from those of what it lies over by this much, until everything is read; no file is as long.
_OWN = 1_000_000_000
_MOVED = re.compile(r"(?<![\d.,])1[0-9]{9}(?![\d.,]*\d)")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole agreement as it was typed: plain values, the line of each, and the file."""

    raw: Mapping[str, Any]
    lines: Lines
    file: str


@dataclass(frozen=True, slots=True)
class Overlaid:
    """``raw`` are the plain values of both together, once there is an agreement."""

    agreement: Agreement | None
    problems: tuple[Problem, ...]
    raw: Mapping[str, Any] = field(default_factory=dict)


def is_overlay(raw: Mapping[str, Any]) -> bool:
    return not any(name in raw for name in REQUIRED_SECTIONS)


def read_overlay(raw: Mapping[str, Any], lines: Lines, file: str, under: Whole) -> Overlaid:
    """The agreement ``under`` with ``raw`` over it; ``under`` is a valid agreement. Every problem is the overlay's own: with its
    line where the key is in the overlay, and without one where it is not.
    """
    merged = _Merge(raw, lines, file, under)
    merged.merge()
    agreement, problems = read_agreement(merged.raw, merged.places, under.file)
    if merged.problems:
        wrong = [_own(problem, lines, file) for problem in errors(problems)]
        return Overlaid(None, (*merged.problems, *wrong))
    known = () if agreement is None else read_agreement(under.raw, under.lines, under.file)[1]
    said = tuple(_own(problem, lines, file) for problem in problems if not _told(problem, known))
    if agreement is None:
        return Overlaid(None, said)

    def move(source: Source) -> Source:
        if source.row is None or source.row < _OWN:
            return source
        return Source(file, source.row - _OWN, source.column)

    return Overlaid(replace(moved(agreement, move), file=file), said, merged.raw)


def _told(problem: Problem, known: Sequence[Problem]) -> bool:
    """Whether ``under`` has the same remark by itself: then it is not the overlay's."""
    return not errors([problem]) and any(
        (one.code, one.column, one.row) == (problem.code, problem.column, problem.row) for one in known
    )


def _own(problem: Problem, lines: Lines, file: str) -> Problem:
    """What was right before the overlay came is wrong by the overlay, wherever the key itself stands."""
    problem = replace(problem, details={name: _own_lines(one) for name, one in problem.details.items()})
    if problem.row is not None and problem.row >= _OWN:
        return replace(problem, file=file, row=problem.row - _OWN)
    section = (problem.column or "").partition(".")[0]
    row = lines.get((section, 0, ""), lines.get(("", 0, section)))
    return replace(problem, file=file, row=row)


def _own_lines(detail: object) -> object:
    """Lines that are named inside what a sentence is filled in with."""
    if isinstance(detail, tuple):
        return tuple(_own_lines(one) for one in detail)
    if isinstance(detail, int) and detail >= _OWN:
        return detail - _OWN
    if isinstance(detail, str):
        return _MOVED.sub(lambda found: str(int(found[0]) - _OWN), detail)
    return detail


def moved(value: Any, move: Callable[[Source], Source]) -> Any:
    """``value`` with the source of every number in it replaced; what has none stays the very same object."""
    if isinstance(value, Node):
        source = None if value.source is None else move(value.source)
        return value if source is value.source else replace(value, source=source)
    if isinstance(value, Mapping):
        found = {key: moved(one, move) for key, one in value.items()}
        return found if any(found[key] is not value[key] for key in value) else value
    if isinstance(value, tuple) and type(value) is tuple:
        parts = tuple(moved(one, move) for one in value)
        return parts if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for one in fields(value):
            before = getattr(value, one.name)
            after = moved(before, move)
            if after is not before:
                changes[one.name] = after
        return replace(value, **changes) if changes else value
    return value


class _Merge:
    """The merging of one overlay; ``raw`` and ``places`` grow from those of the agreement under it."""

    def __init__(self, over: Mapping[str, Any], lines: Lines, file: str, under: Whole) -> None:
        self.over, self.lines, self.file = over, lines, file
        self.raw: dict[str, Any] = dict(under.raw)
        self.places: dict[tuple[str, int, str], int] = dict(under.lines)
        self.problems: list[Problem] = []

    def merge(self) -> None:
        for name, value in self.over.items():
            before = self.raw.get(name)
            if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
                self.raw[name] = self._tables(name, before if isinstance(before, list) else [], value)
            elif isinstance(value, dict):
                self.raw[name] = self._section(name, before if isinstance(before, dict) else {}, value)
            else:
                self.raw[name] = value
                self._place("", 0, "", 0, name)
        if not any(self.over.values()) and not self.problems:
            self.problems.append(Problem("overlay_empty", self.file))

    def _section(self, name: str, before: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(before)
        self._place(name, 0, name, 0, "")
        for key, value in over.items():
            own = found.get(key)
            if isinstance(value, dict):
                found[key] = self._section(f"{name}.{key}", own if isinstance(own, dict) else {}, value)
                continue
            found[key] = value
            self._place(name, 0, name, 0, key)
        return found

    def _tables(self, name: str, before: list[Any], over: list[Any]) -> list[Any]:
        found = [dict(one) if isinstance(one, dict) else one for one in before]
        names = {
            one[NAME]: at for at, one in enumerate(found) if isinstance(one, dict) and isinstance(one.get(NAME), str)
        }
        known, seen = dict(names), set[str]()
        for position, values in enumerate(over):
            called = values.get(NAME)
            at = names.get(called) if isinstance(called, str) else None
            if at is None:
                if self._of_nobody(name, position, values, known):
                    continue
                at = len(found)
                found.append({})
            if isinstance(called, str):
                if called in seen:
                    line = self.lines.get((name, position, NAME))
                    self.problems.append(Problem("contract_twice", self.file, line, f"{name}.{NAME}", called))
                seen.add(called)
                names[called] = at
            self._table(name, position, at, found[at], values)
        return found

    def _table(self, name: str, position: int, at: int, found: dict[str, Any], values: Mapping[str, Any]) -> None:
        kind = values.get("soort")
        if name == CONTRACT and kind in CONTRACT_TYPES:  # another type: the keys of the old one go with it
            own = {one.key for one in contract_settings(kind)}
            foreign = {one.key for one in contract_settings(None)} - own
            for key in foreign & found.keys():
                del found[key]
        found.update(values)
        for key in ("", *values):
            self._place(name, position, name, at, key)

    def _of_nobody(self, name: str, position: int, values: Mapping[str, Any], known: Mapping[str, int]) -> bool:
        """A contract that is not whole and matches none: more often a name mistyped than a new contract."""
        called = values.get(NAME)
        if name != CONTRACT or "soort" in values or not isinstance(called, str):
            return False
        details = {"close": near_miss(called, known), "allowed": ", ".join(known) or "–"}
        line = self.lines.get((name, position, NAME))
        self.problems.append(Problem("overlay_contract", self.file, line, f"{name}.{NAME}", called, details))
        return True

    def _place(self, section: str, position: int, to: str, at: int, key: str) -> None:
        line = self.lines.get((section, position, key), self.lines.get((section, position, "")))
        if line is not None:
            self.places[to, at, key] = line + _OWN
