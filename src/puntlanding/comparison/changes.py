"""What one column gives more or less than another: per group, in total, and how much goes from group to group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from puntlanding.comparison.columns import Sums
from puntlanding.explain import Node, Unit, difference, excess, minimum, quotient, total


@dataclass(frozen=True, slots=True)
class Change:
    """``groups``, ``total`` and ``unpaid`` are differences in the unit of the sums; ``shares`` divide them by what they differ
    from, None where that is not above zero.

    ``moved`` is what goes from one group to another: the smaller of all that groups gain and all that groups lose. The rest
    of the two is what the groups get more or less together.
    """

    groups: Mapping[str, Node]
    shares: Mapping[str, Node | None]
    total: Node
    total_share: Node | None
    unpaid: Node
    gainers: tuple[str, ...]
    losers: tuple[str, ...]
    moved: Node
    moved_share: Node | None


def change(found: Sums, against: Sums, whole: Node | None = None) -> Change:
    """``found`` less ``against``, for the groups that both have; ``whole`` is what ``moved`` is a share of (none: the total of
    ``against``).
    """
    unit = against.total.unit
    names = [name for name in against.groups if name in found.groups]
    groups = {name: _less(unit, found.groups[name], against.groups[name], name) for name in names}
    gains = [excess("gain", unit, found.groups[n], against.groups[n], subject=n) for n in names if groups[n].value > 0]
    losses = [excess("loss", unit, against.groups[n], found.groups[n], subject=n) for n in names if groups[n].value < 0]
    moved = minimum("moved", unit, total("gains", unit, gains), total("losses", unit, losses))
    together = _less(unit, found.total, against.total, None)
    return Change(
        groups,
        {name: _share("change_share", node, against.groups[name]) for name, node in groups.items()},
        together,
        _share("change_share", together, against.total),
        _less(unit, found.unpaid, against.unpaid, None),
        tuple(name for name in names if groups[name].value > 0),
        tuple(name for name in names if groups[name].value < 0),
        moved,
        _share("moved_share", moved, whole or against.total),
    )


def _less(unit: Unit, found: Node, against: Node, subject: str | None) -> Node:
    return difference("change", unit, found, against, subject=subject)


def _share(term: str, part: Node, whole: Node) -> Node | None:
    return quotient(term, Unit.RATIO, part, whole, subject=part.subject) if whole.value > 0 else None
