"""The one-off transition compensation that keeps every group within a share of what it got ([CB] hfst 2; methods §8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from puntlanding.comparison.columns import Column
from puntlanding.explain import Node, Unit, constant, difference, excess, product, quotient, total


@dataclass(frozen=True, slots=True)
class Compensation:
    """In cents per group, the fewest that do it; ``share`` is of the frame that is divided now."""

    groups: Mapping[str, Node]
    total: Node
    share: Node | None


def compensation(column: Column, against: Column, within: Node) -> Compensation | None:
    """What the groups of ``column`` need to get at least (1 − ``within``) × what they get in ``against``; None where one of the
    two has no euros.
    """
    if column.euros is None or against.euros is None:
        return None
    before = against.euros.groups
    groups = {
        name: _needed(name, before[name], node, within)
        for name, node in column.euros.groups.items()
        if name in before
    }  # fmt: skip
    whole = total("compensation", Unit.CENTS, groups.values())
    frame = column.frame
    share = quotient("compensation_share", Unit.RATIO, whole, frame) if frame is not None and frame.value > 0 else None
    return Compensation(groups, whole, share)


def _needed(name: str, before: Node, now: Node, within: Node) -> Node:
    """Rounded up to a cent: a cent less and the group would be outside. An amount below zero may fall by its share as well."""
    one = constant("whole", 1, Unit.RATIO)
    kept = difference("within_kept", Unit.RATIO, one, within)
    if before.value < 0:
        kept = total("within_kept", Unit.RATIO, (one, within))
    least = product("least_amount", Unit.CENTS, kept, before, subject=name)
    exact = excess("compensation", Unit.CENTS, least, now, subject=name)
    rounding = ceil(exact.value) - exact.value
    if not rounding:
        return exact
    parts = (exact.named("compensation_exact"), constant("rounding", rounding, Unit.CENTS, subject=name))
    return total("compensation", Unit.CENTS, parts, subject=name)
