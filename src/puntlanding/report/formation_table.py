"""Half-days → fte, by group and role: terminal, JSON, and the table that explanations are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from rich.text import Text

from puntlanding.agreement import Agreement
from puntlanding.explain import Unit, total
from puntlanding.formation import Category, Formation, RoleFte
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.report.benchmark_tables import grid, pair
from puntlanding.report.tables import Column, Table, TableRow
from puntlanding.report.terminal import rendered
from puntlanding.stage import Stage

_COLUMNS = (
    Column("zorgverlening_fte", "zorgverlening-fte", "care fte", Unit.FTE, 2),
    Column("werkzame_fte", "werkzame fte", "working fte", Unit.FTE, 2),
)


def formation_table(found: Mapping[str, Formation]) -> Table:
    """As a stage's table, so that it is explained as one."""
    rows = tuple(TableRow(group, (one.care_fte, one.working_fte)) for group, one in found.items())
    whole = TableRow(
        "Totaal",
        (
            total("care_fte", Unit.FTE, [one.care_fte for one in found.values()]),
            total("working_fte", Unit.FTE, [one.working_fte for one in found.values()]),
        ),
    )
    return Table(Stage.SETTLE, "Formatie", "Formation", _COLUMNS, rows, (), whole, "zorgverlening_fte")


def as_text(table: Table, roles: Sequence[RoleFte], agreement: Agreement, language: Language) -> str:
    dutch = language is Language.DUTCH
    titles = (
        ("vakgroep · functie", "regels", "1a", "1b", "2", "3", "gewicht", "zorgverlening-fte", "werkzame fte")
        if dutch
        else ("group · role", "rows", "1a", "1b", "2", "3", "weight", "care fte", "working fte")
    )
    rows = []
    for row in table.rows:
        own = [one for one in roles if one.group == row.name]
        rows.append(_line(row.name, sum(one.returns for one in own), _sums(own), "", row, language))
        if len(own) > 1 or any(one.weight is not None for one in own):
            rows += [_role(one, language) for one in own]
    every = _sums(roles)
    rows.append(
        _line(pair(("Totaal", "Total"), language), sum(one.returns for one in roles), every, "", table.total, language)
    )
    care, working = (number(node.value, 2, language) for node in table.total.cells if node is not None)
    answer = pair(
        ("{0} {1}: {2} zorgverlening-fte (categorie 1a en 1b) van {3} werkzame fte, in {4} vakgroepen.",
         "{0} {1}: {2} care fte (categories 1a and 1b) of {3} working fte, in {4} groups."), language,
    ).format(printable(agreement.organisation), agreement.year, care, working, len(table.rows))  # fmt: skip
    per_fte = precise(agreement.formation.half_days_per_fte.value, language)
    how = pair(
        ("Dagdelen per week zoals opgegeven; {0} dagdelen zijn één fte. Gewicht: hoe zwaar een functie meetelt (lokaal); leeg = volledig. "
         "Wie een deel van het jaar werkte, telt voor dat deel.",
         "Half-days per week as returned; {0} half-days are one fte. Weight: how much a role counts (local); empty = fully. "
         "Who worked part of the year counts for that part."), language,
    ).format(per_fte)  # fmt: skip
    return rendered(Text(answer), "", grid(titles, rows), "", Text(how))


def _sums(roles: Sequence[RoleFte]) -> Mapping[Category, Fraction]:
    return {which: sum((one.half_days[which] for one in roles), Fraction(0)) for which in Category}


def _line(
    name: str, returns: int, half_days: Mapping[Category, Fraction], weight: str, row: TableRow, language: Language
) -> tuple[str, ...]:
    fte = ["–" if node is None else number(node.value, 2, language) for node in row.cells]
    return (name, str(returns), *_shown(half_days, language), weight, *fte)


def _role(one: RoleFte, language: Language) -> tuple[str, ...]:
    weight = "" if one.weight is None else precise(one.weight, language)
    fte = (number(one.care_fte, 2, language), number(one.working_fte, 2, language))
    return (f"  {one.role}", str(one.returns), *_shown(one.half_days, language), weight, *fte)


def _shown(half_days: Mapping[Category, Fraction], language: Language) -> tuple[str, ...]:
    return tuple(precise(half_days[which], language) if half_days[which] else "–" for which in Category)


def as_record(table: Table, roles: Sequence[RoleFte], agreement: Agreement) -> dict[str, Any]:
    def fte(row: TableRow) -> dict[str, str | None]:
        cells = zip(_COLUMNS, row.cells, strict=True)
        return {column.key: None if node is None else fixed(node.value) for column, node in cells}

    groups = [
        {"vakgroep": row.name, **fte(row), "functies": [_role_record(one) for one in roles if one.group == row.name]}
        for row in table.rows
    ]
    per_fte = fixed(agreement.formation.half_days_per_fte.value)
    return {"vakgroepen": groups, "totaal": fte(table.total), "dagdelen_per_fte": per_fte}


def _role_record(one: RoleFte) -> dict[str, Any]:
    return {
        "functie": one.role,
        "regels": one.returns,
        "dagdelen": {which.value: fixed(count) for which, count in one.half_days.items()},
        "gewicht": None if one.weight is None else fixed(one.weight),
        "zorgverlening_fte": fixed(one.care_fte),
        "werkzame_fte": fixed(one.working_fte),
    }
