"""Norm hours ÷ benchmark rate = norm fte; × factor = norm fte after scoring. [CB] worked example 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from puntlanding.collective import Group, by_care_unit, total_or_none
from puntlanding.explain import Node, Unit, product, quotient
from puntlanding.norms.production import GroupContract, Output


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """One group, care unit or the total. A number is None where the files do not give enough to know it.

    ``scored`` is ``norm_fte`` × ``factor`` (factor None = 1); ``contracts`` holds it per contract.
    """

    name: str
    hours: Node | None
    rate: Node | None
    norm_fte: Node | None
    factor: Node | None
    scored: Node | None
    contracts: Mapping[str, Node | None]


@dataclass(frozen=True, slots=True)
class Capacity:
    rows: tuple[CapacityRow, ...]
    care_units: tuple[CapacityRow, ...]
    total: CapacityRow

    def row(self, group: str) -> CapacityRow:
        return next(row for row in self.rows if row.name == group)


def capacity(
    groups: Sequence[Group],
    outputs: Mapping[GroupContract, Output],
    rates: Mapping[str, Node],
    factors: Mapping[str, Node],
    total_name: str = "Totaal",
) -> Capacity:
    """``outputs`` in norm hours or norm fte, ``rates`` in norm hours per fte, ``factors`` without unit; all per group."""
    rows = {g.name: _row(g.name, outputs, rates.get(g.name), factors.get(g.name)) for g in groups}
    units = by_care_unit(groups, rows.__getitem__)
    return Capacity(
        tuple(rows.values()),
        tuple(_sum(name, members) for name, members in units.items()),
        _sum(total_name, rows.values()),
    )


def _row(name: str, outputs: Mapping[GroupContract, Output], rate: Node | None, factor: Node | None) -> CapacityRow:
    own = {contract: output for (group, contract), output in outputs.items() if group == name}
    hours = {contract: _hours(output, rate) for contract, output in own.items()}
    fte = {contract: _fte(output, rate) for contract, output in own.items()}
    scored = {contract: _scored(node, factor) for contract, node in fte.items()}
    return CapacityRow(
        name=name,
        hours=_group_sum("norm_hours", Unit.HOURS, hours, name),
        rate=rate,
        norm_fte=_group_sum("norm_fte", Unit.FTE, fte, name),
        factor=factor,
        scored=_group_sum("scored" if factor else "norm_fte", Unit.FTE, scored, name),
        contracts=scored,
    )


def _group_sum(term: str, unit: Unit, parts: Mapping[str, Node | None], group: str) -> Node | None:
    if len(parts) == 1:
        return next(iter(parts.values()))
    return total_or_none(term, unit, parts.values(), subject=group)


def _hours(output: Output, rate: Node | None) -> Node | None:
    if output.hours is not None or output.fte is None or rate is None:
        return output.hours
    fte = output.fte
    return product("norm_hours", Unit.HOURS, fte, rate, subject=fte.subject, contract=fte.contract)


def _fte(output: Output, rate: Node | None) -> Node | None:
    if output.fte is not None or output.hours is None or rate is None:
        return output.fte
    hours = output.hours
    return quotient("norm_fte", Unit.FTE, hours, rate, subject=hours.subject, contract=hours.contract)


def _scored(fte: Node | None, factor: Node | None) -> Node | None:
    if fte is None or factor is None:
        return fte
    return product("scored", Unit.FTE, fte, factor, subject=fte.subject, contract=fte.contract)


def _sum(name: str, rows: Iterable[CapacityRow]) -> CapacityRow:
    """Rates and factors have no sum: specialisms are not comparable by the hour."""
    kept = list(rows)
    scored = any(row.factor is not None for row in kept)
    contracts = {contract: None for row in kept for contract in row.contracts}
    return CapacityRow(
        name=name,
        hours=total_or_none("norm_hours", Unit.HOURS, [row.hours for row in kept], subject=name),
        rate=None,
        norm_fte=total_or_none("norm_fte", Unit.FTE, [row.norm_fte for row in kept], subject=name),
        factor=None,
        scored=total_or_none("scored" if scored else "norm_fte", Unit.FTE, [row.scored for row in kept], subject=name),
        contracts={
            one: total_or_none(
                "norm_fte", Unit.FTE, [row.contracts[one] for row in kept if one in row.contracts], subject=name
            )
            for one in contracts
        },
    )
