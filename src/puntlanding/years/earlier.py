"""A number of another year, with the year before the file of each leaf: every year has a begroting.csv of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from puntlanding.explain import Node, Source

_PLACED = re.compile(r"\d{4}/")


class Earlier:
    """The nodes of one year as a later one shows them; the same node gives the same node, so that nothing is told twice."""

    def __init__(self, year: int) -> None:
        self.year = year
        self._made: dict[int, tuple[Node, Node]] = {}  # the first keeps its id in use

    def __call__(self, node: Node) -> Node:
        if id(node) not in self._made:
            moved = Node(
                node.term, node.value, node.unit, node.operation, cache(self._expand(node)), self._source(node.source),
                node.subject, node.contract,
            )  # fmt: skip
            self._made[id(node)] = (node, moved)
        return self._made[id(node)][1]

    def _expand(self, node: Node) -> Callable[[], tuple[Node, ...]]:
        return lambda: tuple(self(operand) for operand in node.operands)

    def _source(self, source: Source | None) -> Source | None:
        if source is None or _PLACED.match(source.file):  # of a year earlier still
            return source
        return Source(f"{self.year}/{source.file}", source.row, source.column)
