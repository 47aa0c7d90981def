"""Problems → text for people, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from puntlanding.language.messages import CLOSE, MESSAGES, WORDS
from puntlanding.language.notation import Language
from puntlanding.problems import Problem, Severity

_ROW = ("rij", "row")
_LINE = ("regel", "line")
_COLUMN = ("kolom", "column")
_KEY = ("sleutel", "key")
_WARNING = ("let op", "note")


def index(language: Language) -> int:
    return 0 if language is Language.DUTCH else 1


def sentence(problem: Problem, language: Language) -> str:
    """What is wrong and what to do about it."""
    which = index(language)
    fields: dict[str, object] = {"column": problem.column, "value": problem.value}
    for name, detail in problem.details.items():
        if name == "close":
            fields[name] = CLOSE[which].format(detail) if detail else ""
        elif isinstance(detail, tuple):
            fields[name] = detail[which]
        elif name in ("stage", "use"):
            fields[name] = WORDS[str(detail)][which]
        elif name == "reason":
            fields[name] = WORDS[str(detail)][which] if detail in WORDS else detail
        elif name in ("lowest", "highest"):
            fields[name] = "…" if detail is None else detail
        else:
            fields[name] = detail
    return visible(MESSAGES[problem.code][which].format_map(fields))


def place(problem: Problem, language: Language) -> str:
    """File, row and column, then the value as typed."""
    which = index(language)
    in_toml = problem.file.endswith(".toml")
    in_agreement = in_toml or problem.file.endswith("[afspraak]")
    parts = [problem.file]
    if problem.row is not None:
        parts.append(f"{(_LINE if in_toml else _ROW)[which]} {problem.row}")
    if problem.column is not None:
        parts.append(f"{(_KEY if in_agreement else _COLUMN)[which]} {problem.column}")
    shown = visible(", ".join(parts))
    return shown if problem.value is None else f"{shown}: ‘{printable(problem.value)}’"


def report(problems: Sequence[Problem], language: Language) -> str:
    """Every problem as two lines: where, then what and the remedy."""
    which = index(language)
    lines = []
    for problem in problems:
        mark = f"{_WARNING[which]}: " if problem.severity is Severity.WARNING else ""
        lines.append(f"{mark}{place(problem, language)}\n  {sentence(problem, language)}")
    return "\n".join(lines)


def as_record(problem: Problem, language: Language) -> Mapping[str, object]:
    """The form of the JSON contract: bestand, rij, kolom, waarde, melding."""
    return {
        "bestand": problem.file,
        "rij": problem.row,
        "kolom": problem.column,
        "waarde": problem.value,
        "melding": sentence(problem, language),
    }


def printable(text: str, most: int = 80) -> str:
    """Safe to print: no control characters (a cell must not steer the terminal), not too long."""
    shown = visible(text)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def visible(text: str) -> str:
    """Every character that does not print (escapes, bells, text direction) as a question mark in a box."""
    return "".join(char if char.isprintable() else "�" for char in text)
