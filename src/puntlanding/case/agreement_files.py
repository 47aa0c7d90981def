"""Which agreement counts: afspraak.toml, or the last of the versions beside it; and the seals that go with them.

A later version of the year is a whole agreement in afspraak_vanaf_JJJJ-MM-DD.toml. The one with the last effective date counts for
the whole year: a budget is of a year, and so is its settlement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from puntlanding.agreement import read_agreement, read_toml
from puntlanding.agreement.content import Content, content_of
from puntlanding.agreement.seal import SUFFIX, Seal, broken, read_seal, seal_path
from puntlanding.case.layout import AGREEMENT
from puntlanding.files.toml_form import Lines
from puntlanding.problems import Problem, errors

FROM = f"{AGREEMENT}_vanaf_"


@dataclass(frozen=True, slots=True)
class Written:
    """An agreement as it was typed: plain values, the line of each key, and what is wrong with the file."""

    path: Path
    raw: dict[str, Any] | None
    lines: Lines
    problems: list[Problem] = field(default_factory=list)


def read_versions(first: Path) -> tuple[Written, list[Path]]:
    """The version that counts, with the problems of all; and every file that was looked at."""
    written = [_written(first), *(_written(path) for path in sorted(first.parent.glob(f"{FROM}*.toml")) if _own(path))]
    problems = [problem for one in written for problem in one.problems]
    last = written[0]
    if len(written) > 1 and not errors(problems):
        problems += _contradictions(written)
        last = max(written, key=_holds_from)
        problems += [problem for one in written if one is not last for problem in _sealed(one)]
    files = [path for one in written for path in (one.path, seal_path(one.path)) if path.is_file()]
    return Written(last.path, last.raw, last.lines, problems), [*files, *_left_over(first.parent, written, problems)]


def _own(path: Path) -> bool:
    return not path.name.endswith(SUFFIX)


def _written(path: Path) -> Written:
    return Written(path, *read_toml(path))


def _left_over(folder: Path, written: Sequence[Written], problems: list[Problem]) -> Iterator[Path]:
    """A seal whose agreement is gone: what was frozen must not disappear unseen."""
    known = {seal_path(one.path).name for one in written}
    for path in sorted(folder.glob(f"{AGREEMENT}*{SUFFIX}")):
        if path.name not in known:
            details = {"agreement": path.name.removesuffix(SUFFIX) + ".toml"}
            problems.append(Problem("seal_without_agreement", path.name, details=details))
            yield path


def _contradictions(written: Sequence[Written]) -> Iterator[Problem]:
    year = _head(written[0]).get("jaar")
    days: dict[date, str] = {}
    for at, one in enumerate(written):
        line = one.lines.get(("afspraak", 0, "ingangsdatum"), one.lines.get(("afspraak", 0, "")))
        column, holds = "afspraak.ingangsdatum", _holds_from(one)
        if at and _head(one).get("jaar") != year:
            details = {"found": _head(one).get("jaar"), "year": year}
            yield Problem(
                "version_other_year",
                one.path.name,
                one.lines.get(("afspraak", 0, "jaar")),
                "afspraak.jaar",
                None,
                details,
            )
            continue
        if at:
            named = _named(one.path)
            if named is None:
                yield Problem("version_name", one.path.name)
                continue
            if named != holds:
                yield Problem(
                    "version_date", one.path.name, line, column, None, {"named": str(named), "found": str(holds)}
                )
                continue
        if days.setdefault(holds, one.path.name) != one.path.name:
            yield Problem(
                "version_same_day", one.path.name, line, column, None, {"other": days[holds], "day": str(holds)}
            )


def _head(one: Written) -> Mapping[str, Any]:
    head = (one.raw or {}).get("afspraak")
    return head if isinstance(head, dict) else {}


def _holds_from(one: Written) -> date:
    head = _head(one)
    found, year = head.get("ingangsdatum"), head.get("jaar")
    if type(found) is date:
        return found
    return date(year, 1, 1) if type(year) is int and 1 <= year <= 9999 else date.min


def _named(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.stem.removeprefix(FROM))
    except ValueError:
        return None


def _sealed(one: Written) -> list[Problem]:
    """An earlier version counts no more, but what was frozen stays what it was."""
    seal, problems = read_seal(seal_path(one.path))
    if seal is None or one.raw is None:
        return problems
    agreement, found = read_agreement(one.raw, one.lines, one.path.name)
    if agreement is None:
        return [*problems, *errors(found)]
    changed = broken(seal, content_of(one.raw), one.path.name, one.lines)
    return problems if changed is None else [*problems, changed]


def seal_of(path: Path, content: Content, file: str, lines: Lines) -> tuple[Seal | None, list[Problem]]:
    """The seal beside ``path``, where the agreement there still says what was sealed."""
    seal, problems = read_seal(seal_path(path))
    changed = None if seal is None else broken(seal, content, file, lines)
    return seal, problems if changed is None else [*problems, changed]
