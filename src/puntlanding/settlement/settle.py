"""The settlement of a year: each contract by its own rule and within its own pool, then summed per group (methods §7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from puntlanding.agreement.model import Agreement, Contract, Supporting
from puntlanding.budget.capacity import Capacity
from puntlanding.collective import Group, Role, by_care_unit
from puntlanding.contract_types import Payment, Position
from puntlanding.explain import Node, Unit, difference, maximum, minimum, product
from puntlanding.formation.care_fte import Formation
from puntlanding.settlement.lines import Line, line, summed
from puntlanding.settlement.redistribution import redistribute
from puntlanding.settlement.supporting import supporting_payment


@dataclass(frozen=True, slots=True)
class GroupSettlement:
    """``line`` is the group over all contracts, after the bandwidth on norm fte ÷ care fte where one was agreed."""

    line: Line
    contracts: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    rows: tuple[GroupSettlement, ...]
    care_units: tuple[Line, ...]
    total: Line
    contract_totals: tuple[Line, ...]


def settle(
    groups: Sequence[Group],
    agreement: Agreement,
    budget: Capacity,
    realised: Capacity | None = None,
    previous: Capacity | None = None,
    formation: Mapping[str, Formation] | None = None,
    total_name: str = "Totaal",
) -> Settlement:
    """Paid norm fte per group.

    ``budget``, ``realised`` and ``previous`` (last year's budget) are in norm fte after scoring, of the same groups.
    What a contract's rule needs must be there: `Year.missing` says what is missing before this is called.
    """
    lines = [
        one
        for contract in agreement.contracts
        for one in contract_lines(contract, groups, agreement, budget, realised, previous)
    ]
    rows: dict[str, GroupSettlement] = {}
    for group in groups:
        own = tuple(one for one in lines if one.group == group.name)
        if own:
            rows[group.name] = group_row(group.name, own, agreement, (formation or {}).get(group.name))
    settled = [group for group in groups if group.name in rows]
    units = by_care_unit(settled, lambda name: rows[name].line)
    return Settlement(
        rows=tuple(rows.values()),
        care_units=tuple(summed(name, members) for name, members in units.items()),
        total=summed(total_name, [row.line for row in rows.values()]),
        contract_totals=tuple(
            summed(contract.name, [one for one in lines if one.contract == contract.name])
            for contract in agreement.contracts
            if any(one.contract == contract.name for one in lines)
        ),
    )


def positions(
    contract: str, groups: Sequence[Group], budget: Capacity, realised: Capacity | None, previous: Capacity | None
) -> dict[str, Position]:
    """The groups that have a budget in ``contract``, with what is known of each."""

    def known(capacity: Capacity | None, group: str) -> Node | None:
        return None if capacity is None else capacity.row(group).contracts.get(contract)

    found: dict[str, Position] = {}
    for group in groups:
        budgeted = known(budget, group.name)
        if budgeted is not None:
            before, now = known(previous, group.name), known(realised, group.name)
            found[group.name] = Position(
                group.name,
                contract,
                budgeted.named("budgeted"),
                now.named("realised") if now else None,
                before.named("previous_budget") if before else None,
            )
    return found


def contract_lines(
    contract: Contract,
    groups: Sequence[Group],
    agreement: Agreement,
    budget: Capacity,
    realised: Capacity | None,
    previous: Capacity | None,
) -> list[Line]:
    """One contract settled by itself: nothing of another contract counts in it."""
    own = positions(contract.name, groups, budget, realised, previous)
    outside = set()
    if agreement.supporting is not Supporting.AS_OTHERS:
        outside = {group.name for group in groups if group.role is Role.SUPPORTING}
    gatekeepers = [own[group.name] for group in groups if group.name in own and group.role is Role.GATEKEEPING]
    pool = [position for name, position in own.items() if name not in outside]
    extras: Mapping[str, Node] = {}
    if contract.type.redistributes and agreement.redistribute:
        extras = redistribute(pool, agreement.maximum_over_production)
    settled: list[Line] = []
    for name, position in own.items():
        if name in outside:
            payment = supporting_payment(agreement.supporting, position, gatekeepers)
        else:
            payment = contract.type.rule(position, contract.settings)
            payment = Payment(payment.base, extras.get(name, payment.extra))
        settled.append(line(position, payment.extra, payment.paid(position)))
    return settled


def group_row(name: str, lines: tuple[Line, ...], agreement: Agreement, formation: Formation | None) -> GroupSettlement:
    """The contracts of one group together."""
    whole = summed(name, lines)
    if agreement.fte_bandwidth is None:
        return GroupSettlement(whole, lines)
    if formation is None:
        raise ValueError(f"{name}: a bandwidth on fte needs the group's formation")
    lower, upper = (
        product(bound.term, Unit.FTE, bound, formation.care_fte, subject=name) for bound in agreement.fte_bandwidth
    )
    at_least = maximum("at_least", Unit.FTE, whole.paid, lower, subject=name)
    paid = minimum("paid", Unit.FTE, at_least, upper, subject=name)
    correction = difference("bandwidth_correction", Unit.FTE, paid, whole.paid, subject=name)
    return GroupSettlement(replace(whole, contract=None, paid=paid, correction=correction), lines)
