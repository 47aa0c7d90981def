"""What the words of the pages mean, from help.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from puntlanding.web.presenters.stage_page import Heading

_AFTER = re.compile(r"( \([^()]*\)| \d{4}|, (was|were|wordt|becomes|become))+$")  # a unit, a year, which of two


@dataclass(frozen=True, slots=True)
class Meaning:
    """``term`` is the word as the glossary has it, ``english`` how it reads in English; ``text`` in both languages. ``columns`` by their keys, ``heads`` as they are read."""

    term: str
    english: str
    text: tuple[str, str]
    columns: tuple[str, ...]
    heads: tuple[str, ...]


@cache
def meanings() -> tuple[Meaning, ...]:
    text = files("puntlanding.web.presenters").joinpath("help.toml").read_text(encoding="utf-8")
    return tuple(
        Meaning(
            term, one["english"], (one["nl"], one["en"]), tuple(one.get("columns", ())), tuple(one.get("heads", ()))
        )
        for term, one in tomllib.loads(text).items()
    )


def meaning_of(head: Heading) -> Meaning | None:
    """By its key, or by what it says: the same words mean the same in every table."""
    return _by_column().get(head.key) or _by_head().get(said(head.text))


def said(head: str) -> str:
    """A head without its unit, its year and the hyphens that a browser may break it at."""
    return _AFTER.sub("", head.replace("\u00ad", "").strip())


@cache
def _by_column() -> dict[str, Meaning]:
    return {column: one for one in meanings() for column in one.columns}


@cache
def _by_head() -> dict[str, Meaning]:
    return {head: one for one in meanings() for head in one.heads}
