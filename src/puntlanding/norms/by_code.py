"""A production's norm hours by group and code, out of the trees that every engine makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from puntlanding.explain import LEAVES, Node, Operation
from puntlanding.norms.production import MINUTES_PER_HOUR, Production

_OF_CODE = frozenset({"norm_minutes", "added_part"})


def hours_by_code(production: Production, year: int) -> Mapping[str, Mapping[str, Fraction]]:
    """Group → code → norm hours of all contracts together. Groups that are given in hours or fte have no codes."""
    found: dict[str, dict[str, Fraction]] = {}
    for (group, _), output in production.outputs(year).items():
        for line in () if output.hours is None else _lines(output.hours):
            of = found.setdefault(group, {})
            code = line.subject or ""
            of[code] = of.get(code, Fraction(0)) + line.value / MINUTES_PER_HOUR
    return found


def _lines(node: Node) -> Iterator[Node]:
    """Volume × norm time, or the part of it that is in the contract."""
    if node.operation in LEAVES:
        return
    if node.term in _OF_CODE and node.operation is Operation.PRODUCT:
        yield node
        return
    for part in node.operands:
        yield from _lines(part)
