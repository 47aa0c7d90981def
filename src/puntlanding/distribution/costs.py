"""General costs of the collective, charged to the groups: on care fte, on norm fte, or as the honorarium is paid (methods §8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from puntlanding.components.split import split, split_in_two
from puntlanding.explain import Node, Unit, total
from puntlanding.quantities import AllocationMode

Nodes = Mapping[str, Node]


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


def charge(
    costs: Sequence[Cost], share_on_care: Node, rounding: AllocationMode, care: Nodes, norm: Nodes, names: Sequence[str]
) -> Nodes:
    """Every cost item is charged whole, over the groups alone."""
    charged: dict[str, list[Node]] = {name: [] for name in names}
    for cost in costs:
        on_care, on_norm = _parts(cost, share_on_care, rounding)
        for pot, keys in ((on_care, care), (on_norm, norm)):
            if pot is not None and pot.value:
                for name, part in split("cost_part", pot, keys, rounding).items():
                    charged[name].append(part.named("cost_part", subject=cost.name))
    return {name: total("costs", Unit.CENTS, parts, subject=name) for name, parts in charged.items()}


def _parts(cost: Cost, share_on_care: Node, rounding: AllocationMode) -> tuple[Node | None, Node | None]:
    if cost.key is CostKey.CARE_FTE:
        return cost.amount, None
    if cost.key is CostKey.NORM_FTE:
        return None, cost.amount
    return split_in_two("cost_on_care", "cost_on_norm", cost.amount, share_on_care, rounding)
