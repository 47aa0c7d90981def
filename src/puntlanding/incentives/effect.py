"""What one norm fte more of one group in one contract does to everybody, at one point; exact, before rounding to cents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from puntlanding.agreement import Agreement, Contract, Supporting
from puntlanding.budget import Capacity
from puntlanding.collective import Group
from puntlanding.components.harmonisation import HARMONISATION
from puntlanding.distribution import Agreed, Cost, CostKey, Distribution, DistributionRow, distribute
from puntlanding.explain import Node, Operation, Unit, total
from puntlanding.formation import Formation
from puntlanding.incentives.slope import slope_of, sloped
from puntlanding.quantities import ONE, ZERO
from puntlanding.settlement import GroupSettlement, Settlement, contract_lines, group_row, settle
from puntlanding.settlement.lines import Line

# What a group's euros are made of, beside the components: these two are not sections of the agreement.
NORM, COSTS = "norm_fte", "kosten"


@dataclass(frozen=True)
class Situation:
    """Everything that settlement and distribution need. ``realised`` is where everybody stands; what is None was not reported."""

    groups: tuple[Group, ...]
    agreement: Agreement
    budget: Capacity
    realised: Capacity
    previous: Capacity | None
    formation: Mapping[str, Formation]
    costs: tuple[Cost, ...]
    agreed: Agreed

    @cached_property
    def settlement(self) -> Settlement:
        """As everybody stands: what one group does changes only some of it."""
        return settle(self.groups, self.agreement, self.budget, self.realised, self.previous, self.formation)

    @cached_property
    def costs_that_move(self) -> tuple[Cost, ...]:
        """The general costs as few items as they can be, unrounded: what is charged on care fte moves with nobody's production.
        Which part of costs "as the frame" that is, harmonisation changes; without it, it is the fixed component.
        """
        frame = self.agreement.frame
        if frame is None or any(choice.component is HARMONISATION for choice in self.agreement.components):
            return self.costs
        on_norm = {CostKey.CARE_FTE: ZERO, CostKey.NORM_FTE: ONE, CostKey.AS_FRAME: ONE - frame.fixed_component.value}
        amount = sum((cost.amount.value * on_norm[cost.key] for cost in self.costs), ZERO)
        if not amount:
            return ()
        node = Node("cost", sloped(amount, ZERO), Unit.CENTS, Operation.CONSTANT)
        return (Cost(COSTS, node, CostKey.NORM_FTE),)

    def shared(self, contract: Contract) -> bool:
        """Whether what one group makes in ``contract`` can change what another is paid in it."""
        pool = contract.type.redistributes and self.agreement.redistribute
        return pool or self.agreement.supporting is Supporting.FOLLOWING_GATEKEEPERS


@dataclass(frozen=True, slots=True)
class Effect:
    """Per norm fte (after scoring) more. ``paid``: norm fte that the settlement pays more, by group; of the group itself ``base``,
    ``extra`` and ``correction`` are its parts.

    ``euros``, ``unpaid``, ``stays`` and ``brings`` are cents: by group, left in the frame, kept back and brought in by each
    component; None and empty where there is no frame. ``sources`` says what of the agreement the group's own cents come from.
    """

    paid: Mapping[str, Fraction]
    base: Fraction
    extra: Fraction
    correction: Fraction
    euros: Mapping[str, Fraction] | None = None
    unpaid: Fraction = ZERO
    stays: Mapping[str, Fraction] | None = None
    brings: Mapping[str, Fraction] | None = None
    sources: Mapping[str, Mapping[str, Fraction]] | None = None

    def of_others(self, group: str) -> Fraction:
        """What all but ``group`` get together. Of cents that is what the group and the frame do not: none comes from elsewhere, and
        to add these up is much shorter.
        """
        if self.euros is None:
            return sum((value for name, value in self.paid.items() if name != group), ZERO)
        brought, stays = (sum((of or {}).values(), ZERO) for of in (self.brings, self.stays))
        return brought - self.unpaid - stays - self.euros[group]

    def times(self, factor: Fraction) -> Effect:
        def each(found: Mapping[str, Fraction] | None) -> Mapping[str, Fraction] | None:
            return None if found is None else {key: factor * value for key, value in found.items()}

        sources = None
        if self.sources is not None:
            sources = {key: {n: factor * value for n, value in of.items()} for key, of in self.sources.items()}
        return Effect(
            {name: factor * value for name, value in self.paid.items()},
            factor * self.base, factor * self.extra, factor * self.correction,
            each(self.euros), factor * self.unpaid, each(self.stays), each(self.brings), sources,
        )  # fmt: skip


def effect(situation: Situation, group: str, contract: str, at: Fraction, *, more: bool, euros: bool) -> Effect:
    """The slope to the right of ``at`` (``more``) or to the left of it, of one norm fte more either way.

    Raises ZeroDivisionError where there is nothing to divide on.
    """
    number = sloped(at, ONE if more else -ONE)
    settlement = settled(situation, group, contract, number)
    found = _settled(settlement, group, contract)
    if euros:
        still = (
            not any(found.paid.values()) and not situation.agreement.components
        )  # components may look at what was realised
        found = nothing(found.paid, euros=True) if still else _divided(found, divided(situation, settlement))
    return found if more else found.times(-ONE)


def settled(situation: Situation, group: str, contract: str, number: Fraction) -> Settlement:
    """The year with ``number`` as realised norm fte of ``group`` in ``contract``. Only what can move is worked out again; care units
    and totals by contract stay as they were.
    """
    agreement, base = situation.agreement, situation.settlement
    agreed = agreement.contract(contract)
    moved = [one for one in situation.groups if one.name == group or situation.shared(agreed)]
    realised = _moved(situation.realised, group, contract, number)
    lines = contract_lines(agreed, moved, agreement, situation.budget, realised, situation.previous)
    new = {line.group: line for line in lines}
    rows = tuple(_row(row, new.get(row.line.group), group, situation) for row in base.rows)
    paid = total("paid", Unit.FTE, [row.line.paid for row in rows])
    return replace(base, rows=rows, total=replace(base.total, paid=paid))


def divided(situation: Situation, settlement: Settlement) -> Distribution:
    """In cents and parts of cents; an agreement without a frame has nothing to divide. General costs that do not move are left out."""
    frame = situation.agreement.frame
    if frame is None:
        raise ValueError("there is no frame to divide")
    whole = replace(frame, amount=replace(frame.amount, value=sloped(frame.amount.value, ZERO)))
    return distribute(settlement, whole, situation.formation, situation.costs_that_move, situation.agreed)


def nothing(groups: Iterable[str], *, euros: bool) -> Effect:
    """Where an hour more changes nothing for anybody."""
    none = dict.fromkeys(groups, ZERO)
    return Effect(none, ZERO, ZERO, ZERO, none, ZERO, {}, {}, {}) if euros else Effect(none, ZERO, ZERO, ZERO)


def _row(row: GroupSettlement, new: Line | None, group: str, situation: Situation) -> GroupSettlement:
    """``row`` with its line in the contract that was settled again. Of anybody but ``group`` only what is paid can be another."""
    if new is None:
        return row
    name = row.line.group
    old = next(one for one in row.contracts if one.contract == new.contract)
    if name != group and old.paid.value == new.paid.value:
        return row
    own = tuple(new if one is old else one for one in row.contracts)
    if name == group or situation.agreement.fte_bandwidth is not None:
        return group_row(name, own, situation.agreement, situation.formation.get(name))
    paid = total("paid", Unit.FTE, [one.paid for one in own], subject=name)
    return GroupSettlement(replace(row.line, paid=paid), own)


def _moved(realised: Capacity, group: str, contract: str, number: Fraction) -> Capacity:
    node = Node("realised", number, Unit.FTE, Operation.CONSTANT, subject=group, contract=contract)
    rows = tuple(
        replace(row, contracts={**row.contracts, contract: node}) if row.name == group else row for row in realised.rows
    )
    return replace(realised, rows=rows)


def _settled(settlement: Settlement, group: str, contract: str) -> Effect:
    own = next(row for row in settlement.rows if row.line.group == group)
    line = next(one for one in own.contracts if one.contract == contract)
    extra = slope_of(line.extra)
    correction = ZERO if own.line.correction is None else slope_of(own.line.correction)
    paid = {row.line.group: slope_of(row.line.paid) for row in settlement.rows}
    return Effect(paid, slope_of(line.paid) - extra, extra, correction)


def _divided(found: Effect, distribution: Distribution) -> Effect:
    return replace(
        found,
        euros={row.name: slope_of(row.paid) for row in distribution.rows},
        unpaid=slope_of(distribution.unpaid),
        stays=_slopes(distribution.stays),
        brings=_slopes(distribution.brings),
        sources={row.name: dict(_parts(row)) for row in distribution.rows},
    )


def _slopes(nodes: Mapping[str, Node]) -> dict[str, Fraction]:
    return {key: slope_of(node) for key, node in nodes.items()}


def _parts(row: DistributionRow) -> Iterable[tuple[str, Fraction]]:
    yield NORM, slope_of(row.norm)
    yield from ((key, slope_of(node)) for key, node in row.parts.items())
    yield COSTS, -slope_of(row.costs)
