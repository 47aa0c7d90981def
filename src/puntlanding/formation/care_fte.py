"""Care fte = half-days in categories 1a + 1b ÷ half-days per fte; working fte counts every category. [CB] bijlage 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from puntlanding.agreement.model import Formation as FormationTerms
from puntlanding.explain import Node, Unit, product, quotient, total
from puntlanding.quantities import ZERO


class Category(StrEnum):
    PATIENT_RELATED = "1a"
    CONDITIONAL = "1b"
    OTHER_HOSPITAL = "2"
    OTHER = "3"


CARE_CATEGORIES = frozenset({Category.PATIENT_RELATED, Category.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class HalfDays:
    """One person's return for one category: half-days per week, and the weeks worked where it was not the whole year."""

    group: str
    role: str
    category: Category
    half_days: Node
    weeks: Node | None = None


@dataclass(frozen=True, slots=True)
class Formation:
    care_fte: Node
    working_fte: Node


def formation_fte(returns: Iterable[HalfDays], terms: FormationTerms) -> Mapping[str, Formation]:
    """Care and working fte per group that returned half-days."""
    by_group: dict[str, list[HalfDays]] = {}
    for one in returns:
        by_group.setdefault(one.group, []).append(one)
    return {
        group: Formation(
            _fte("care_fte", group, [one for one in own if one.category in CARE_CATEGORIES], terms),
            _fte("working_fte", group, own, terms),
        )
        for group, own in by_group.items()
    }


@dataclass(frozen=True, slots=True)
class RoleFte:
    """One role of one group: how many returned, their half-days as returned, and the fte that follow. ``weight`` None: full."""

    group: str
    role: str
    returns: int
    half_days: Mapping[Category, Fraction]
    weight: Fraction | None
    care_fte: Fraction
    working_fte: Fraction


def role_fte(returns: Iterable[HalfDays], terms: FormationTerms) -> tuple[RoleFte, ...]:
    """By group and role, in the order of the returns; they add up to `formation_fte`."""
    by_role: dict[tuple[str, str], list[HalfDays]] = {}
    for one in returns:
        by_role.setdefault((one.group, one.role.lower()), []).append(one)
    found = []
    for (group, role), own in by_role.items():
        half_days = {
            which: sum((one.half_days.value for one in own if one.category is which), ZERO) for which in Category
        }
        weight = terms.role_weights.get(role)
        care = _fte("care_fte", group, [one for one in own if one.category in CARE_CATEGORIES], terms)
        working = _fte("working_fte", group, own, terms)
        kept = None if weight is None else weight.value
        found.append(RoleFte(group, own[0].role, len(own), half_days, kept, care.value, working.value))
    return tuple(found)


def _fte(term: str, group: str, returns: Iterable[HalfDays], terms: FormationTerms) -> Node:
    half_days = total("half_days", Unit.HALF_DAYS, [_weighted(one, terms) for one in returns], subject=group)
    return quotient(term, Unit.FTE, half_days, terms.half_days_per_fte, subject=group)


def _weighted(one: HalfDays, terms: FormationTerms) -> Node:
    """Roles without a weight count fully; the checks warn of each."""
    factors = [one.half_days]
    if one.role.lower() in terms.role_weights:
        factors.append(terms.role_weights[one.role.lower()])
    if one.weeks is not None:
        factors.append(quotient("part_of_year", Unit.RATIO, one.weeks, terms.weeks_per_year))
    if len(factors) == 1:
        return one.half_days
    return product("half_days_weighted", Unit.HALF_DAYS, *factors, subject=one.role)
