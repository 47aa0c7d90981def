"""The specialty groups of a collective: who is budgeted, settled and paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from puntlanding.explain import Node, Unit, total

T = TypeVar("T")


class Role(StrEnum):
    GATEKEEPING = "poort"
    SUPPORTING = "ondersteunend"


@dataclass(frozen=True, slots=True)
class Group:
    """``specialism`` is the 4-digit AGB code that norm times are looked up with; ``care_unit`` clusters groups."""

    name: str
    specialism: str
    role: Role
    care_unit: str | None = None


def total_or_none(
    term: str, unit: Unit, parts: Iterable[Node | None], *, subject: str | None = None, contract: str | None = None
) -> Node | None:
    """The sum of ``parts``, or None where one of them is unknown or there are none: an unknown is never counted as zero."""
    known: list[Node] = []
    for part in parts:
        if part is None:
            return None
        known.append(part)
    return total(term, unit, known, subject=subject, contract=contract) if known else None


def by_care_unit(groups: Iterable[Group], value: Callable[[str], T]) -> dict[str, list[T]]:
    """The values of the groups in each care unit, units in order of first mention."""
    units: dict[str, list[T]] = {}
    for group in groups:
        if group.care_unit:
            units.setdefault(group.care_unit, []).append(value(group.name))
    return units
