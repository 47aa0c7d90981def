"""The result of a distribution: cents per group, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from puntlanding.components import Choice
from puntlanding.explain import Node, Unit, difference, total

Nodes = Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class DistributionRow:
    """All in cents: ``paid`` = ``fixed`` + ``norm`` + ``parts`` − ``costs``; ``parts`` by component, in their order."""

    name: str
    fixed: Node
    norm: Node
    parts: Nodes
    costs: Node
    paid: Node


@dataclass(frozen=True, slots=True)
class Distribution:
    """The rows' parts before costs, ``unpaid`` and what ``stays`` are exactly ``frame`` and what components ``brings`` in.

    ``pots`` is what each component took from the frame. ``stays`` and ``brings`` by component.
    """

    rows: tuple[DistributionRow, ...]
    total: DistributionRow
    frame: Node
    unpaid: Node
    pots: Nodes = field(default_factory=dict)
    stays: Nodes = field(default_factory=dict)
    brings: Nodes = field(default_factory=dict)
    components: tuple[Choice, ...] = ()


def row(name: str, fixed: Node, norm: Node, parts: Nodes, costs: Node) -> DistributionRow:
    before = total("before_costs", Unit.CENTS, (fixed, norm, *parts.values()), subject=name)
    return DistributionRow(
        name, fixed, norm, parts, costs, difference("amount", Unit.CENTS, before, costs, subject=name)
    )


def summed(name: str, rows: Sequence[DistributionRow]) -> DistributionRow:
    def add(term: str, parts: Sequence[Node], subject: str = name) -> Node:
        return total(term, Unit.CENTS, parts, subject=subject)

    parts = {
        key: add(
            node.term,
            [one.parts[key].named(node.term, subject=one.name) for one in rows],
            node.subject or name if "." in key else name,
        )
        for key, node in (rows[0].parts if rows else {}).items()
    }
    return DistributionRow(
        name,
        add("fixed_part", [one.fixed for one in rows]),
        add("norm_part", [one.norm for one in rows]),
        parts,
        add("costs", [one.costs for one in rows]),
        add("amount", [one.paid for one in rows]),
    )
