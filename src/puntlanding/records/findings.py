"""What reading and checking found: per kind a count and a few examples, never a list of a million rows.

Every kind is an entry of checks.toml. A finding holds no identifier: an example is a place in the source file and, where
the column is not identifying, what stands there.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from puntlanding.problems import Severity

EXAMPLES = 5
LONGEST_VALUE = 40


class Step(StrEnum):
    READ = "lezen"  # found by a reader, while it maps
    CHECK = "controle"  # found by a check on the canonical tables


class Status(StrEnum):
    """``FAILED`` stops a load; ``ATTENTION`` travels along with the records; ``COUNTED`` is said, and by rule."""

    GOOD = "goed"
    COUNTED = "geteld"
    ATTENTION = "let op"
    FAILED = "fout"
    NOT_DONE = "niet gecontroleerd"


@dataclass(frozen=True, slots=True)
class Check:
    """One entry of the catalogue. ``threshold`` is the share of rows that an error tolerates, or that a warning stays silent for.

    ``severity`` None: a rule of the format (cancelled rows left out), counted and never a fault.
    """

    id: str
    table: str
    step: Step
    severity: Severity | None
    threshold: float
    nl: str
    en: str
    why_nl: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Example:
    """``values`` are column → text as shown; identifying columns are never among them."""

    file: str
    row: int | None
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """``count`` of ``of`` rows. ``column`` is the user's column where the kind is about one. ``note`` says why a check was not done."""

    check: str
    count: int
    of: int
    examples: tuple[Example, ...] = ()
    column: str | None = None
    note: str | None = None

    @property
    def status(self) -> Status:
        check = catalogue()[self.check]
        if self.note is not None:
            return Status.NOT_DONE
        if not self.count:
            return Status.GOOD
        if check.severity is None:
            return Status.COUNTED
        above = self.count > check.threshold * self.of
        if check.severity is Severity.ERROR:
            return Status.FAILED if above else Status.ATTENTION
        return Status.ATTENTION if above else Status.COUNTED


@cache
def catalogue() -> Mapping[str, Check]:
    """Id → check, in the order of the file."""
    text = files("puntlanding.records").joinpath("checks.toml").read_text(encoding="utf-8")
    found = {}
    for name, entry in tomllib.loads(text).items():
        severity = None if entry["ernst"] == "telling" else Severity(entry["ernst"])
        found[name] = Check(
            name, entry["tabel"], Step(entry["stap"]), severity, entry.get("drempel", 0.0),
            entry["nl"], entry["en"], entry["waarom"], entry["why"],
        )  # fmt: skip
    return found


def failed(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.status is Status.FAILED)


def merged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings of the same kind on the same column, from the parts of a delivery, as one; in catalogue order."""
    order = {name: position for position, name in enumerate(catalogue())}
    together: dict[tuple[str, str | None], Finding] = {}
    for one in findings:
        key = (one.check, one.column)
        before = together.get(key)
        if before is not None:
            one = replace(
                before,
                count=before.count + one.count,
                of=before.of + one.of,
                examples=(before.examples + one.examples)[:EXAMPLES],
            )
        together[key] = one
    return tuple(sorted(together.values(), key=lambda one: (order[one.check], one.column or "")))


def shown(value: object) -> str:
    """A value as an example shows it: short, on one line."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in str(value))
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
