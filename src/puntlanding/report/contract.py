"""The JSON contract: quantities as strings with exactly 6 decimals (half-up), euros as integers of cents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from puntlanding.explain import LEAVES, Node, Operation, Unit, walk
from puntlanding.language.notation import Language
from puntlanding.language.sentences import as_record
from puntlanding.language.terms import term
from puntlanding.problems import Problem
from puntlanding.quantities import fixed
from puntlanding.report.tables import Column, Table, TableRow


def as_json(content: Mapping[str, Any]) -> str:
    """Readable as it stands, exact for programs: what does not print is escaped, so that no cell can steer a terminal."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    if text.replace("\n", "").isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) != 0x7F else "\\u007f"


def value(node: Node | None, unit: Unit) -> str | int | None:
    """null where the files do not tell."""
    if node is None:
        return None
    return int(node.value) if unit is Unit.CENTS else fixed(node.value)


def table_record(table: Table) -> dict[str, Any]:
    """``vakgroepen`` in the order of the file, ``totaal``, and ``zorgeenheden`` and ``contracten`` where there are any."""
    record: dict[str, Any] = {"vakgroepen": [_row(row, table.columns, "vakgroep") for row in table.rows]}
    if table.care_units:
        record["zorgeenheden"] = [_row(row, table.columns, "zorgeenheid") for row in table.care_units]
    if table.contract_totals:
        record["contracten"] = [_row(row, table.columns, "contract") for row in table.contract_totals]
    record["totaal"] = _cells(table.total, table.columns) | {
        key: value(node, Unit.CENTS) for key, node in table.beside_total.items()
    }
    return record


def _row(row: TableRow, columns: Sequence[Column], name: str) -> dict[str, Any]:
    record: dict[str, Any] = {name: row.name} | _cells(row, columns)
    if row.contracts:
        record["contracten"] = [_row(one, columns, "contract") for one in row.contracts]
    return record


def _cells(row: TableRow, columns: Sequence[Column]) -> dict[str, Any]:
    return {column.key: value(cell, column.unit) for column, cell in zip(columns, row.cells, strict=True)}


def problems_record(problems: Sequence[Problem], language: Language, key: str = "fouten") -> dict[str, Any]:
    return {key: [as_record(problem, language) for problem in problems]}


def explanation_record(row: TableRow, table: Table, language: Language) -> dict[str, Any]:
    cells = {column.key: cell for column, cell in zip(table.columns, row.cells, strict=True) if cell is not None}
    return {"vakgroep": row.name, **nodes_record(cells, language)}


def nodes_record(roots: Mapping[str, Node], language: Language) -> dict[str, Any]:
    """Each number of ``roots`` as a numbered graph: ``knopen`` with exact values (n/d), ``delen`` naming their operands.

    An operation stands for what it does to its parts, so that anybody can recompute it: som, verschil, product, quotiënt,
    minimum, maximum, overschot = max(a − b, 0).
    """
    numbers: dict[int, int] = {}
    kept: list[Node] = []
    nodes: list[dict[str, Any]] = []

    def add(node: Node) -> int:
        for one in walk(node):
            if id(one) not in numbers:
                kept.append(one)
                numbers[id(one)] = len(nodes) + 1
                nodes.append({"knoop": len(nodes) + 1, **_node(one, numbers, language)})
        return numbers[id(node)]

    return {"getallen": {name: add(root) for name, root in roots.items()}, "knopen": nodes}


_OPERATIONS = {
    Operation.SUM: "som", Operation.DIFFERENCE: "verschil", Operation.PRODUCT: "product", Operation.QUOTIENT: "quotiënt",
    Operation.MINIMUM: "minimum", Operation.MAXIMUM: "maximum", Operation.EXCESS: "overschot",
    Operation.CELL: "bron", Operation.SETTING: "afspraak", Operation.CONSTANT: "constante",
}  # fmt: skip

_UNITS = {
    Unit.HOURS: "normuren", Unit.MINUTES: "minuten", Unit.FTE: "fte", Unit.HOURS_PER_FTE: "normuren per fte",
    Unit.COUNT: "aantal", Unit.HALF_DAYS: "dagdelen", Unit.WEEKS: "weken", Unit.RATIO: "verhouding", Unit.CENTS: "cent",
}  # fmt: skip


def _node(node: Node, numbers: Mapping[int, int], language: Language) -> dict[str, Any]:
    record: dict[str, Any] = {
        "term": term(node.term, language),
        "waarde": str(node.value),
        "eenheid": _UNITS[node.unit],
        "bewerking": _OPERATIONS[node.operation],
    }
    if node.subject:
        record["onderwerp"] = node.subject
    if node.contract:
        record["contract"] = node.contract
    if node.source:
        record["bron"] = {"bestand": node.source.file, "rij": node.source.row, "kolom": node.source.column}
    if node.operation not in LEAVES:
        record["delen"] = [numbers[id(operand)] for operand in node.operands]
    return record
