"""The cases of a run over several years: one per year, years in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from puntlanding.case.model import Case
from puntlanding.case.provenance import Provenance
from puntlanding.problems import InputError, Problem, Severity

MOST = 12  # years in one run; more nobody reads side by side


@dataclass(frozen=True, slots=True)
class Entry:
    """One case; ``name`` is its folder or workbook, ``warnings`` what was said of it when it was read."""

    name: str
    case: Case
    warnings: tuple[Problem, ...] = ()
    provenance: Provenance | None = None

    @property
    def year(self) -> int:
        return self.case.agreement.year

    def placed(self, problem: Problem) -> Problem:
        return placed(problem, self.name)


def placed(problem: Problem, name: str) -> Problem:
    """The same problem with the case before its file: every year has a begroting."""
    if problem.file.startswith((name, "--")):
        return problem
    return replace(problem, file=f"{name}/{problem.file}")


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By year. Raises InputError where a year is there twice, or one between is missing."""
    found = tuple(sorted(entries, key=lambda one: (one.year, one.name)))
    problems = [*_number(found), *_twice(found), *_gaps(found)]
    if problems:
        raise InputError(problems)
    return found


def _number(entries: Sequence[Entry]) -> Iterator[Problem]:
    if len(entries) == 1:
        yield Problem("years_one", entries[0].name, value=str(entries[0].year))
    elif len(entries) > MOST:
        yield Problem("years_many", "CASE", value=str(len(entries)), details={"most": MOST})


def _twice(entries: Sequence[Entry]) -> Iterator[Problem]:
    first: dict[int, str] = {}
    for one in entries:
        if one.year in first:
            details = {"other": first[one.year], "year": one.year}
            yield Problem("years_twice", f"{one.name}/{one.case.agreement.file}", None, "afspraak.jaar", None, details)
        first.setdefault(one.year, one.name)


def _gaps(entries: Sequence[Entry]) -> Iterator[Problem]:
    for before, one in pairwise(entries):
        lacking = range(before.year + 1, one.year)
        if lacking:
            details = {"lacking": ", ".join(map(str, lacking)), "before": before.year, "other": before.name}
            yield Problem("years_gap", one.name, value=str(one.year), details=details)


def odd(entries: Sequence[Entry]) -> Iterator[Problem]:
    """What deserves attention between the years: they need not be of one organisation."""
    for before, one in pairwise(entries):
        ours, theirs = one.case.agreement, before.case.agreement
        if ours.organisation != theirs.organisation:
            details = {"other": theirs.organisation, "before": before.year}
            yield Problem(
                "years_organisation", f"{one.name}/{ours.file}", None, "afspraak.organisatie", ours.organisation, details,
                Severity.WARNING,
            )  # fmt: skip
