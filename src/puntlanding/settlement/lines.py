"""One line of a settlement: a group in a contract, or a sum of such lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from puntlanding.collective import total_or_none
from puntlanding.contract_types import Position
from puntlanding.explain import Node, Unit, excess


@dataclass(frozen=True, slots=True)
class Line:
    """All in norm fte after scoring. ``realised``, ``under`` and ``over`` are None where no realisation was reported.

    ``correction`` is what a bandwidth on norm fte ÷ care fte added or took away; None where none was agreed, and per
    contract, because it applies to the contracts together.
    """

    group: str
    contract: str | None
    realised: Node | None
    budgeted: Node
    under: Node | None
    over: Node | None
    extra: Node
    paid: Node
    correction: Node | None = None


def line(position: Position, extra: Node, paid: Node) -> Line:
    under = over = None
    names = {"subject": position.group, "contract": position.contract}
    if position.realised is not None:
        under = excess("under", Unit.FTE, position.budgeted, position.realised, **names)
        over = excess("over", Unit.FTE, position.realised, position.budgeted, **names)
    return Line(position.group, position.contract, position.realised, position.budgeted, under, over, extra, paid)


def summed(group: str, lines: Sequence[Line]) -> Line:
    """The sum of ``lines``; one line is its own sum."""
    if len(lines) == 1 and lines[0].group == group:
        return lines[0]

    def add(term: str, parts: Sequence[Node | None]) -> Node | None:
        return total_or_none(term, Unit.FTE, parts, subject=group)

    def add_known(term: str, parts: Sequence[Node]) -> Node:
        found = add(term, parts)
        if found is None:
            raise ValueError(f"{group}: nothing to add up")
        return found

    return Line(
        group, None,
        add("realised", [one.realised for one in lines]),
        add_known("budgeted", [one.budgeted for one in lines]),
        add("under", [one.under for one in lines]),
        add("over", [one.over for one in lines]),
        add_known("extra", [one.extra for one in lines]),
        add_known("paid", [one.paid for one in lines]),
        add("bandwidth_correction", [one.correction for one in lines]),
    )  # fmt: skip
