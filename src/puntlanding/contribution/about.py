"""What a contribution says of itself: of which year, made with which tables, of which hospitals, from which deliveries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from puntlanding.problems import InputError
from puntlanding.records.store.layout import check_hospital

HOSPITAL_KINDS = ("umc", "topklinisch", "algemeen", "zbc")
_FRACTION = re.compile(r"-?[0-9]{1,40}(/[0-9]{1,40})?")  # and no 1e999999999, which takes all memory there is


@dataclass(frozen=True, slots=True)
class Basis:
    """What two contributions must share to be added or compared. Hashes are SHA-256 of what was used; None: not used.

    ``units``: the dated code sets that say what counts as a visit, a nursing day, …; ``norm_times``: the minutes in the file;
    ``cost_prices``: the cents of diagnostics; ``diagnosis_groups``: None where each diagnosis is a group by itself.
    """

    year: int
    units: str
    age_bands: tuple[str, ...]
    norm_times: str | None = None
    cost_prices: str | None = None
    diagnosis_groups: str | None = None

    def as_record(self) -> dict[str, Any]:
        return {
            "jaar": self.year,
            "eenheden": self.units,
            "leeftijden": list(self.age_bands),
            "normtijden": self.norm_times,
            "kostprijzen": self.cost_prices,
            "diagnosegroepen": self.diagnosis_groups,
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Basis:
        return cls(
            _whole(record["jaar"]), _text(record["eenheden"]), tuple(_text(one) for one in _list(record["leeftijden"])),
            _maybe(record["normtijden"]), _maybe(record["kostprijzen"]), _maybe(record["diagnosegroepen"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """One store unit that was folded: opening year, day of delivery, and the hash of its records."""

    year: int
    delivered: date
    content: str

    def as_record(self) -> dict[str, Any]:
        return {"jaar": self.year, "geleverd_op": self.delivered.isoformat(), "inhoud": self.content}

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Origin:
        return cls(_whole(record["jaar"]), date.fromisoformat(record["geleverd_op"]), _text(record["inhoud"]))


@dataclass(frozen=True, slots=True)
class GroupFte:
    """Care fte (categories 1a and 1b) and working fte (all categories) of one group, exact."""

    specialism: str
    role: str
    care: Fraction
    working: Fraction

    def as_record(self) -> dict[str, Any]:
        return {
            "specialisme": self.specialism,
            "rol": self.role,
            "zorgverlening_fte": str(self.care),
            "werkzame_fte": str(self.working),
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> GroupFte:
        care, working = _fraction(record["zorgverlening_fte"]), _fraction(record["werkzame_fte"])
        return cls(_text(record["specialisme"]), _text(record["rol"]), care, working)


@dataclass(frozen=True, slots=True)
class About:
    """One hospital in a contribution. ``counts`` are the counts for the checks (docs/reference/bijdrage.md), by name.

    ``protection`` is what disclosure control did before the contribution left the house; None: nothing was withheld.
    """

    hospital: str
    kind: str | None  # type of hospital: the peer group of the benchmark
    origins: tuple[Origin, ...] = ()
    fte: tuple[GroupFte, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    program: str = ""
    protection: Mapping[str, Any] | None = None

    def as_record(self) -> dict[str, Any]:
        return {
            "ziekenhuis": self.hospital,
            "type": self.kind,
            "programma": self.program,
            "bronnen": [one.as_record() for one in self.origins],
            "formatie": [one.as_record() for one in self.fte],
            "tellingen": dict(sorted(self.counts.items())),
            "bescherming": None if self.protection is None else dict(self.protection),
        }

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> About:
        return cls(
            hospital=_name(record["ziekenhuis"]),
            kind=_kind(record["type"]),
            origins=tuple(Origin.of(one) for one in _list(record["bronnen"])),
            fte=tuple(GroupFte.of(one) for one in _list(record["formatie"])),
            counts={_text(name): _whole(count) for name, count in record["tellingen"].items()},
            program=_text(record["programma"]),
            protection=_maybe_table(record["bescherming"]),
        )

    def care_fte(self) -> Mapping[tuple[str, str], Fraction]:
        """(specialism, role) → care fte."""
        return {(one.specialism, one.role): one.care for one in self.fte}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected: {value!r}")
    return value


def _name(value: object) -> str:
    """As the store has them: a file from elsewhere must not name a path with it."""
    found = _text(value)
    try:
        check_hospital(found)
    except InputError as error:
        raise ValueError(f"name of a hospital expected: {value!r}") from error
    return found


def _kind(value: object) -> str | None:
    if value is not None and value not in HOSPITAL_KINDS:
        raise ValueError(f"type of hospital expected: {value!r}")
    return _maybe(value)


def _maybe(value: object) -> str | None:
    return None if value is None else _text(value)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"whole number expected: {value!r}")
    return value


def _fraction(value: object) -> Fraction:
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        raise ValueError(f"fraction expected: {value!r}")
    above, _, below = value.partition("/")  # of two whole numbers: quicker than of a text, and there are thousands
    return Fraction(int(above), int(below or 1))


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"list expected: {value!r}")
    return value


def _maybe_table(value: object) -> Mapping[str, Any] | None:
    if value is not None and not isinstance(value, dict):
        raise TypeError(f"table expected: {value!r}")
    return value
