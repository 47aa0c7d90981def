"""The table vakgroepen → groups, in the file's order, and the checks every other table makes against them."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.case.typed import Row, TypedTable
from puntlanding.collective import Group, Role
from puntlanding.distribution import UNPAID_LINE
from puntlanding.problems import Problem, near_miss

RESERVED = frozenset({"totaal", "total", UNPAID_LINE})


def build_groups(table: TypedTable, problems: list[Problem]) -> dict[str, Group]:
    """The groups by name. A broken row still gives its name, so that other tables are not blamed for it."""
    groups: dict[str, Group] = {}
    first_row: dict[str, int] = {}
    for row in table.rows:
        name = row.get("vakgroep")
        if name is None:
            continue
        if name.lower() in RESERVED:
            problems.append(table.problem("group_reserved", row, "vakgroep"))
        if name in groups:
            problems.append(table.problem("group_twice", row, "vakgroep", first=first_row[name]))
            continue
        first_row[name] = row.number
        groups[name] = Group(
            name, row.get("specialisme") or "", Role(row.get("rol") or Role.GATEKEEPING), row.get("zorgeenheid")
        )
    if not table.rows:
        problems.append(Problem("no_rows", table.file))
    return groups


def group_of(table: TypedTable, row: Row, groups: Mapping[str, Group], problems: list[Problem]) -> str | None:
    """The row's group, or None — with a problem where it names one that does not exist."""
    name = row.get("vakgroep")
    if name is None:
        return None
    if name not in groups:
        problems.append(table.problem("group_unknown", row, "vakgroep", close=near_miss(name, groups)))
        return None
    return str(name)


class Once:
    """Keys that may occur once in a table; the second time is a problem that names the first."""

    def __init__(self, table: TypedTable, column: str, code: str = "row_twice") -> None:
        self._table, self._column, self._code = table, column, code
        self._rows: dict[object, int] = {}

    def claim(self, key: object, row: Row, problems: list[Problem], **details: object) -> bool:
        """True the first time ``key`` is seen."""
        first = self._rows.setdefault(key, row.number)
        if first == row.number:
            return True
        problems.append(self._table.problem(self._code, row, self._column, first=first, **details))
        return False
