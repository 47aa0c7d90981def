"""The JSON of a result's stages made anew, to lay beside it: in its own language, with the explanation that it has."""

from __future__ import annotations

from typing import Any

from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.report.contract import explanation_record, problems_record, table_record
from puntlanding.report.dossier import Dossier
from puntlanding.report.result_file import Result
from puntlanding.report.tables import Table, TableRow, table


def json_again(found: Result, dossier: Dossier) -> dict[str, Any]:
    """Raises InputError where the case does not allow a stage of ``found``."""
    lacking = [problem for stage in found.signature.stages for problem in dossier.lacking[stage]]
    if lacking:
        raise InputError(lacking)
    records: dict[str, Any] = {}
    for stage in found.signature.stages:
        told = table(stage, dossier.year)
        record = table_record(told)
        if found.explained is not None:
            record["uitleg"] = explanation_record(_row(told, found.explained), told, found.signature.language)
        records[stage.value] = record
    if not found.whole:
        return dict(next(iter(records.values())))
    return {**records, **not_computed(dossier, found.signature.language)}


def not_computed(dossier: Dossier, language: Language) -> dict[str, Any]:
    """As `run --json` says it of what the case lacks; what is only not for this reader is no lack of the case."""
    skipped = {
        stage.value: problems_record(problems, language, "ontbreekt")["ontbreekt"]
        for stage, problems in dossier.lacking.items()
        if problems and stage not in dossier.hidden
    }
    return {"niet_berekend": skipped} if skipped else {}


def _row(told: Table, name: str) -> TableRow:
    if name.lower() in ("totaal", "total"):
        return told.total
    found = next((row for row in (*told.rows, *told.care_units) if row.name == name), None)
    if found is None:
        raise InputError([Problem("explain_unknown", "uitleg", value=name, details={"close": "", "allowed": "–"})])
    return found
