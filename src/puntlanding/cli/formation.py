"""Half-days → fte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.cli.made import Made, asked_for, sources_of
from puntlanding.cli.output import Options, find_row, show_warnings
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.report.question import Kind, Question

if TYPE_CHECKING:
    from puntlanding.agreement import Agreement
    from puntlanding.formation import RoleFte
    from puntlanding.report.tables import Table, TableRow


@dataclass(frozen=True, slots=True)
class Counted:
    """``row`` is the one to be explained; ``said`` is what deserves attention."""

    table: Table
    roles: Sequence[RoleFte]
    agreement: Agreement
    row: TableRow | None
    made: Made
    said: Sequence[Problem]


def formation(*, case: Path, options: Options) -> None:
    from puntlanding.report.contract import as_json, problems_record
    from puntlanding.report.explanation import explanation
    from puntlanding.report.formation_table import as_text

    found = made_formation(case=case, options=options)
    if options.json:
        said = found.said
        print(as_json(found.made.record(problems_record(said, options.language, "waarschuwingen") if said else {})))
        return
    if found.row is not None:
        print(explanation(found.row, found.table, options.language))
    else:
        print(as_text(found.table, found.roles, found.agreement, options.language))
    print("", *found.made.origin_lines(), sep="\n")
    show_warnings(found.said, options.language)


def made_formation(*, case: Path, options: Options) -> Counted:
    from puntlanding.case import load_case
    from puntlanding.formation import role_fte
    from puntlanding.report.formation_table import formation_table
    from puntlanding.year import Year

    loaded = load_case(case)
    checked = loaded.checked()
    if not checked.formation:
        raise InputError([Problem("formation_none", "formatie")])
    agreement = checked.agreement
    table = formation_table(Year(checked).formation)
    roles = role_fte(checked.formation, agreement.formation)
    row = None if options.explain is None else find_row(table, options.explain)

    def content() -> Mapping[str, Any]:
        from puntlanding.report.contract import explanation_record
        from puntlanding.report.formation_table import as_record

        record = as_record(table, roles, agreement)
        return record if row is None else record | {"uitleg": explanation_record(row, table, options.language)}

    noted = tuple(one for one in warnings(loaded.problems) if one.file.startswith("formatie"))
    question = Question(Kind.FORMATION, asked_for({"explain": options.explain}))
    made = Made(question, sources_of(loaded), options.language, content)
    return Counted(table, roles, agreement, row, made, noted)
