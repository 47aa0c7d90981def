"""Two budgets side by side: what changes per group in norm hours and norm fte, and which products make it so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.budget.capacity import Capacity, CapacityRow
from puntlanding.explain import Node
from puntlanding.norms.product_lines import ProductLine


@dataclass(frozen=True, slots=True)
class GroupChange:
    """None: not known, or the group was not there. ``fte`` is after scoring, which is what is paid on."""

    name: str
    hours: tuple[Fraction | None, Fraction | None]
    fte: tuple[Fraction | None, Fraction | None]

    @property
    def changed(self) -> bool:
        return self.hours[0] != self.hours[1] or self.fte[0] != self.fte[1]


@dataclass(frozen=True, slots=True)
class BudgetChange:
    rows: tuple[GroupChange, ...]
    total: GroupChange


def budget_change(before: Capacity | None, after: Capacity) -> BudgetChange:
    """In the order of ``after``; groups that are gone stand below."""
    old = {} if before is None else {row.name: row for row in before.rows}
    names = [row.name for row in after.rows]
    new = {row.name: row for row in after.rows}
    rows = [_change(name, old.get(name), new.get(name)) for name in (*names, *(one for one in old if one not in new))]
    total = None if before is None else before.total
    return BudgetChange(tuple(rows), _change(after.total.name, total, after.total))


def _change(name: str, before: CapacityRow | None, after: CapacityRow | None) -> GroupChange:
    def pair(key: str) -> tuple[Fraction | None, Fraction | None]:
        return _value(before, key), _value(after, key)

    return GroupChange(name, pair("hours"), pair("scored"))


def _value(row: CapacityRow | None, key: str) -> Fraction | None:
    node: Node | None = None if row is None else getattr(row, key)
    return None if node is None else node.value


@dataclass(frozen=True, slots=True)
class ProductChange:
    """A product of a group over all contracts. ``minutes``: its norm time then and now; None where it was not or is not there."""

    group: str
    code: str
    volume: tuple[Fraction, Fraction]
    minutes: tuple[Fraction | None, Fraction | None]
    hours: tuple[Fraction, Fraction]

    @property
    def change(self) -> Fraction:
        """Norm hours: how heavy the product weighs × how much it changes."""
        return self.hours[1] - self.hours[0]


def product_changes(before: Iterable[ProductLine], after: Iterable[ProductLine]) -> tuple[ProductChange, ...]:
    """Every product of either, those that change the norm hours most first."""
    sums = [_by_product(lines) for lines in (before, after)]
    found = []
    for key in dict.fromkeys((*sums[1], *sums[0])):
        one, other = (each.get(key) for each in sums)
        volumes = (Fraction(0) if one is None else one[0], Fraction(0) if other is None else other[0])
        hours = (Fraction(0) if one is None else one[1], Fraction(0) if other is None else other[1])
        minutes = (None if one is None else one[2], None if other is None else other[2])
        found.append(ProductChange(*key, volumes, minutes, hours))
    return tuple(sorted(found, key=lambda one: (-abs(one.change), -max(one.hours), one.group, one.code)))


def _by_product(lines: Iterable[ProductLine]) -> dict[tuple[str, str], tuple[Fraction, Fraction, Fraction]]:
    found: dict[tuple[str, str], tuple[Fraction, Fraction, Fraction]] = {}
    for line in lines:
        volume, hours, _ = found.get((line.group, line.code), (Fraction(0), Fraction(0), Fraction(0)))
        found[line.group, line.code] = (volume + line.volume, hours + line.hours, line.minutes)
    return found
