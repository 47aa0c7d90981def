"""An explanation that fits a page: what thousands of rows make stands as one number, with the command that writes it out."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from puntlanding.explain import Node, Operation, Source, walk
from puntlanding.language.notation import Language
from puntlanding.report.explanation import MOST_PARTS, explanation
from puntlanding.report.tables import Table, TableRow
from puntlanding.stage import Stage

LONG = 2_000  # numbers behind a row: more than these nobody reads on a page
ON_PAGE = 600_000  # signs of the explanations of a stage: a page of more groups is not longer by them
CLOSED = frozenset({"efficiency", "norm_hours"})  # made of the patient groups of every peer, and of every product


def short_explanation(row: TableRow, table: Table, language: Language) -> str:
    """The whole one where it is not long."""
    roots = [one for one in row.cells if one is not None]
    if sum(1 for _ in islice(walk(*roots), LONG)) < LONG:
        whole = explanation(row, table, language)
        if len(whole) * len(table.rows) < ON_PAGE:
            return whole
    place = Source("--explain", None, None)
    made: dict[int, tuple[Node, Node]] = {}  # the node itself beside what stands for it keeps its id in use
    # A distribution starts from paid norm fte; how that came about stands with the settlement.
    closed = CLOSED | {"paid"} if table.stage is Stage.DISTRIBUTE else CLOSED
    cells = tuple(None if one is None else _closed(one, place, made, closed) for one in row.cells)
    text = explanation(replace(row, cells=cells), table, language)
    most = MOST_PARTS
    if language is Language.DUTCH:
        return f"{text}\nWat uit meer dan {most} regels bestaat, staat hier als één getal; de opdracht met --explain schrijft het uit."
    return f"{text}\nWhat is made of more than {most} lines stands here as one number; the command with --explain writes it out."


def _closed(node: Node, place: Source, made: dict[int, tuple[Node, Node]], closed: frozenset[str] = CLOSED) -> Node:
    """``node`` with every long sum below it as a leaf: the same numbers, so that the explanation still adds up."""
    if id(node) in made:
        return made[id(node)][1]
    if node.operation in (Operation.CELL, Operation.SETTING, Operation.CONSTANT):
        made[id(node)] = (node, node)
        return node
    parts = () if node.term in closed else node.operands
    if not parts or (node.operation is Operation.SUM and len(parts) > MOST_PARTS and node.subject is not None):
        found = replace(node, operation=Operation.CELL, expand=tuple, source=place)
    else:
        inner = tuple(_closed(part, place, made, closed) for part in parts)
        found = replace(node, expand=lambda: inner)
    made[id(node)] = (node, found)
    return found
