"""Frame = fixed share on care fte + the rest on paid norm fte; general costs follow the same split (methods §8).

[CB] bijlage 3, "Vaste component": with a fixed component of 50 %, half of the general costs is charged on care fte too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from puntlanding.agreement.model import Frame, Unpaid
from puntlanding.distribution.split import split, split_in_two
from puntlanding.explain import Node, Unit, constant, difference, excess, total
from puntlanding.formation.care_fte import Formation
from puntlanding.settlement.settle import Settlement

# A line of its own in the norm-fte part; the name cannot be a group's, which the checks see to.
UNPAID_LINE = "niet uitgekeerd"


class CostKey(StrEnum):
    """What a cost item is charged on."""

    AS_FRAME = "als_kader"
    CARE_FTE = "zorgverlening_fte"
    NORM_FTE = "norm_fte"


@dataclass(frozen=True, slots=True)
class Cost:
    """One general cost item of the collective, ``amount`` in cents."""

    name: str
    amount: Node
    key: CostKey


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """All in cents: ``paid`` = ``fixed`` + ``norm`` − ``costs``."""

    name: str
    fixed: Node
    norm: Node
    costs: Node
    paid: Node


@dataclass(frozen=True, slots=True)
class Distribution:
    """The rows' fixed and norm parts and ``unpaid`` add up to ``frame`` exactly."""

    rows: tuple[DistributionRow, ...]
    total: DistributionRow
    frame: Node
    unpaid: Node


def distribute(
    settlement: Settlement,
    frame: Frame,
    formation: Mapping[str, Formation] | None = None,
    costs: Sequence[Cost] = (),
    total_name: str = "Totaal",
) -> Distribution:
    """Cents per group, in the settlement's order.

    Raises ValueError where there is no key to divide on (no paid norm fte, or no care fte for the fixed component);
    `Year.missing` reports both before.
    """
    names = [row.line.group for row in settlement.rows]
    paid = {row.line.group: row.line.paid for row in settlement.rows}
    care = {name: found.care_fte for name, found in (formation or {}).items() if name in paid}
    fixed_pot, norm_pot = split_in_two("fixed_pot", "norm_pot", frame.amount, frame.fixed_component, frame.rounding)
    fixed = _on_care_fte("fixed_part", fixed_pot, care, names, frame)
    keys = dict(paid)
    if frame.unpaid is Unpaid.STAYS:
        keys[UNPAID_LINE] = excess("unpaid_fte", Unit.FTE, settlement.total.budgeted, settlement.total.paid)
    norm = split("norm_part", norm_pot, keys, frame.rounding, last=UNPAID_LINE) if norm_pot.value else {}
    charged = _costs(costs, frame, care, paid, names)
    zero = _zero("norm_part")
    rows = tuple(_row(name, fixed[name], norm.get(name, zero), charged[name]) for name in names)
    return Distribution(
        rows, _total(total_name, rows), frame.amount, norm.get(UNPAID_LINE, _zero("unpaid")).named("unpaid")
    )


def _zero(term: str) -> Node:
    return constant(term, 0, Unit.CENTS)


def _on_care_fte(
    term: str, pot: Node, care: Mapping[str, Node], names: Sequence[str], frame: Frame
) -> Mapping[str, Node]:
    parts = split(term, pot, care, frame.rounding) if pot.value else {}
    return {name: parts.get(name, _zero(term)) for name in names}


def _costs(
    costs: Sequence[Cost], frame: Frame, care: Mapping[str, Node], paid: Mapping[str, Node], names: Sequence[str]
) -> Mapping[str, Node]:
    """Every cost item is charged whole, over the groups alone."""
    charged: dict[str, list[Node]] = {name: [] for name in names}
    for cost in costs:
        on_care, on_norm = _cost_parts(cost, frame)
        for pot, keys in ((on_care, care), (on_norm, paid)):
            if pot is not None and pot.value:
                for name, part in split("cost_part", pot, keys, frame.rounding).items():
                    charged[name].append(part.named("cost_part", subject=cost.name))
    return {name: total("costs", Unit.CENTS, parts, subject=name) for name, parts in charged.items()}


def _cost_parts(cost: Cost, frame: Frame) -> tuple[Node | None, Node | None]:
    if cost.key is CostKey.CARE_FTE:
        return cost.amount, None
    if cost.key is CostKey.NORM_FTE:
        return None, cost.amount
    return split_in_two("cost_on_care", "cost_on_norm", cost.amount, frame.fixed_component, frame.rounding)


def _row(name: str, fixed: Node, norm: Node, costs: Node) -> DistributionRow:
    before = total("before_costs", Unit.CENTS, (fixed, norm), subject=name)
    paid = difference("amount", Unit.CENTS, before, costs, subject=name)
    return DistributionRow(name, fixed, norm, costs, paid)


def _total(name: str, rows: Sequence[DistributionRow]) -> DistributionRow:
    def add(term: str, parts: Sequence[Node]) -> Node:
        return total(term, Unit.CENTS, parts, subject=name)

    return DistributionRow(
        name,
        add("fixed_part", [row.fixed for row in rows]),
        add("norm_part", [row.norm for row in rows]),
        add("costs", [row.costs for row in rows]),
        add("amount", [row.paid for row in rows]),
    )
