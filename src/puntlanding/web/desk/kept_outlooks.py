"""A forecast as JSON and back, so that what one process worked out is there for the others and after a restart.

Plain values by the types of the fields: nobody who can write in the data folder can have code run by it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from puntlanding.case.linked_pieces import Below
from puntlanding.forecast.outlook import Outlook
from puntlanding.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Told:
    """``source``: the line below its charts, in Dutch and English. ``problems``: what is to be known beside it."""

    outlook: Outlook
    below: Below
    problems: tuple[Problem, ...]
    source: tuple[str, str]


def as_bytes(one: Told) -> bytes:
    content = {
        "outlook": _plain(one.outlook),
        "below": _plain(one.below),
        "problems": [_problem(problem) for problem in one.problems],
        "source": list(one.source),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def from_bytes(kept: bytes) -> Told:
    """Raises ValueError, KeyError or TypeError for what `as_bytes` did not write."""
    content = json.loads(kept)
    nl, en = content["source"]
    return Told(
        _typed(Outlook, content["outlook"]),
        _typed(Below, content["below"]),
        tuple(_problem_of(one) for one in content["problems"]),
        (nl, en),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(one)] for key, one in value.items()]
    if is_dataclass(value):
        return [_plain(getattr(value, one.name)) for one in fields(value)]
    return [_plain(one) for one in value]


def _typed(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        (only,) = (one for one in get_args(kind) if one is not type(None))
        return None if data is None else _typed(only, data)
    if origin is tuple:
        parts = get_args(kind)
        of = parts[:1] * len(data) if parts[1:] == (Ellipsis,) else parts
        return tuple(_typed(one, part) for one, part in zip(of, data, strict=True))
    if origin is not None:  # a mapping; no other kind of container is in an outlook
        key, value = get_args(kind)
        return {_typed(key, name): _typed(value, one) for name, one in data}
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(*(_typed(one, part) for one, part in zip(_kinds(kind), data, strict=True)))
    if kind is date:
        return date.fromisoformat(data)
    return data if data is None else kind(data)


@cache
def _kinds(of: type) -> tuple[Any, ...]:
    hints = get_type_hints(of)
    return tuple(hints[one.name] for one in fields(of))


def _problem(one: Problem) -> list[Any]:
    """Details are words, numbers, or a text in both languages."""
    details = {name: list(value) if isinstance(value, tuple) else _plain(value) for name, value in one.details.items()}
    return [one.code, one.file, one.row, one.column, one.value, details, one.severity.value]


def _problem_of(data: list[Any]) -> Problem:
    code, file, row, column, value, details, severity = data
    told = {name: tuple(one) if isinstance(one, list) else one for name, one in details.items()}
    return Problem(code, file, row, column, value, told, Severity(severity))
