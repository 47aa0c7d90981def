"""What reading and checking found: per kind a count and a few examples, never a list of a million rows.

Every kind is an entry of checks.toml. A finding holds no identifier: an example is a place in the source file and, where
the column is not identifying, what stands there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from puntlanding.problems import Severity
from puntlanding.records.tables import PRODUCT_FORM

EXAMPLES = 5
LONGEST_VALUE = 40
EARLIEST = date(2005, 1, 1)  # DBCs began on this day: an older date may be of a birth
_CODE = re.compile(r"(?=\D*\d)[0-9A-Z]{1,6}|[A-Z]{1,4}|[a-z]{1,2}|[-+]?\d{1,6}([.,]\d{1,4})?")
_PRODUCT = re.compile(PRODUCT_FORM)
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2}([T ][\d:.]*)?)?")


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
    """A value as an example shows it: codes and recent dates as they are, of anything else only what it looks like.

    In an export with its columns mixed up a name, a BSN or a birth date may stand anywhere; "xxxxxx" and "#########" say
    enough to find it.
    """
    if isinstance(value, date):
        return value.isoformat() if value.year >= EARLIEST.year else f"{value.year}-…"
    text = str(value).strip()
    if _CODE.fullmatch(text) or (_PRODUCT.fullmatch(text) and not _may_be_bsn(text)):
        return text  # a number as well as a text: a quantity of nine digits may be a BSN in the wrong column
    if _DAY.fullmatch(text) and int(text[:4]) >= EARLIEST.year:
        return text
    form = re.sub(r"[^\W\d_]", "x", re.sub(r"\d", "#", text))
    form = "".join(char if char.isprintable() else "\ufffd" for char in form)
    return form if len(form) <= LONGEST_VALUE else form[: LONGEST_VALUE - 1] + "…"


def _may_be_bsn(digits: str) -> bool:
    """The eleven-test that every BSN passes, and one in eleven other numbers too."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0
