"""What the words of the pages mean, from help.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Meaning:
    """``term`` is the word as the glossary has it; ``text`` in both languages."""

    term: str
    text: tuple[str, str]
    columns: tuple[str, ...]


@cache
def meanings() -> tuple[Meaning, ...]:
    text = files("puntlanding.web.presenters").joinpath("help.toml").read_text(encoding="utf-8")
    return tuple(
        Meaning(term, (one["nl"], one["en"]), tuple(one["columns"])) for term, one in tomllib.loads(text).items()
    )


@cache
def _by_column() -> dict[str, Meaning]:
    return {column: one for one in meanings() for column in one.columns}


def of_column(key: str) -> Meaning | None:
    return _by_column().get(key)
