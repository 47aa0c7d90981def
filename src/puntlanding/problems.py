"""Problems in what a user typed: values, not exceptions, collected all at once, each with its place and its remedy."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

SHORT = 6  # letters: one wrong in such a name weighs more
LONGEST_GUESS = 200  # letters: what is longer was not mistyped


class Severity(StrEnum):
    ERROR = "fout"
    WARNING = "waarschuwing"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``code`` names its sentence in `language.messages`, ``details`` fill it in.

    ``row`` counts as a spreadsheet does (the header is row 1); in the agreement it is the line. ``value`` is what stands
    there, as typed.
    """

    code: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR


class InputError(Exception):
    """Raised once, with everything that is wrong, when a case or a stage cannot go on. The doors turn it into text."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(sorted({problem.code for problem in problems})))
        self.problems = tuple(problems)


def near_miss(text: str, options: Iterable[str]) -> str | None:
    """The option that ``text`` was probably meant to be; none rather than a wild guess. Case does not matter."""
    return _near(text, tuple(options)) if len(text) <= LONGEST_GUESS else None


@lru_cache(4096)  # a column that is wrong throughout asks the same on every row
def _near(text: str, options: tuple[str, ...]) -> str | None:
    by_lower = {option.lower(): option for option in reversed(options)}
    least = 0.6 if len(text) <= SHORT else 0.8
    close = difflib.get_close_matches(text.lower(), by_lower, 1, least)
    return by_lower[close[0]] if close else None


def os_reason(error: OSError) -> str:
    """Why the system refused: the name of its error number, which `language` puts into words."""
    return errno.errorcode.get(error.errno or 0) or error.strerror or type(error).__name__


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def warnings(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.severity is Severity.WARNING)


def limited(problems: Sequence[Problem], most: int = 50) -> tuple[Problem, ...]:
    """At most ``most`` problems of one kind per file, then one line that counts the rest: 500,000 equal sentences help nobody."""
    seen: dict[tuple[str, str], int] = {}
    kept: list[Problem] = []
    for problem in problems:
        kind = (problem.file, problem.code)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= most:
            kept.append(problem)
    for (file, code), count in seen.items():
        if count > most:
            severity = next(p.severity for p in problems if (p.file, p.code) == (file, code))
            kept.append(Problem("and_more", file, details={"count": count - most, "of": code}, severity=severity))
    return tuple(kept)
