"""Half-days → fte."""

from __future__ import annotations

from pathlib import Path

from puntlanding.cli.output import Options, find_row, show_warnings
from puntlanding.problems import InputError, Problem, warnings


def formation(*, case: Path, options: Options) -> None:
    from puntlanding.case import load_case
    from puntlanding.formation import role_fte
    from puntlanding.report.contract import as_json, explanation_record, problems_record
    from puntlanding.report.explanation import explanation
    from puntlanding.report.formation_table import as_record, as_text, formation_table
    from puntlanding.year import Year

    loaded = load_case(case)
    checked = loaded.checked()
    if not checked.formation:
        raise InputError([Problem("formation_none", "formatie")])
    agreement = checked.agreement
    table = formation_table(Year(checked).formation)
    row = None if options.explain is None else find_row(table, options.explain)
    noted = tuple(one for one in warnings(loaded.problems) if one.file.startswith("formatie"))
    if options.json:
        record = as_record(table, role_fte(checked.formation, agreement.formation), agreement)
        if row is not None:
            record["uitleg"] = explanation_record(row, table, options.language)
        print(as_json({**record, **problems_record(noted, options.language, "waarschuwingen")} if noted else record))
        return
    if row is not None:
        print(explanation(row, table, options.language))
    else:
        print(as_text(table, role_fte(checked.formation, agreement.formation), agreement, options.language))
    show_warnings(noted, options.language)
