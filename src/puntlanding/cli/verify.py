"""`puntlanding verify`: a result worked out again from its case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from puntlanding.case import Loaded, load_case
from puntlanding.case.sources import TOML
from puntlanding.cli.linked import Asked, about, from_files, from_store, origins_record
from puntlanding.cli.output import Options, find_row, json_content
from puntlanding.cli.verify_again import Given, cells_again, made_again
from puntlanding.problems import InputError, Problem
from puntlanding.report.contract import as_json
from puntlanding.report.csv_file import csv_files
from puntlanding.report.question import OWN
from puntlanding.report.result_file import Cell, Form, Result, csv_cells, json_cells, read_result, workbook_cells
from puntlanding.report.tables import table
from puntlanding.report.verification import Verification, verification, verification_record, verification_text
from puntlanding.report.workbook import workbook_bytes
from puntlanding.stage import Stage
from puntlanding.year import Year

DIFFERENT = 1


def verify(*, result: Path, cases: Sequence[Path], agreements: Sequence[Path], options: Options, **asked: Any) -> None:
    """Exit status 1 where anything differs. Raises InputError where the result or the case cannot be read."""
    found = read_result(result)
    if found.signature.question is None:
        compared = _of_stages(found, Asked(case=_one(cases) or _beside(result), **asked), agreements)
    else:
        place = result if result.is_dir() else result.parent
        given = Given(Asked(**asked), cases, agreements, place, _beside(result))
        made = made_again(found, given, result.name)
        compared = verification(found, made.sources, cells_again(found, made))
    if options.json:
        print(as_json(verification_record(compared, options.language)))
    else:
        print(verification_text(compared, options.language))
    if not compared.equal:
        click.get_current_context().exit(DIFFERENT)


def _beside(result: Path) -> Path | None:
    """The case that a result was written into, or beside."""
    folder = result if result.is_dir() else result.parent
    return next((one for one in (folder, folder.parent) if (one / TOML).is_file()), None)


def _one(cases: Sequence[Path]) -> Path | None:
    if len(cases) > 1:
        raise InputError([Problem("result_one_case", "--case", value=str(cases[1]))])
    return cases[0] if cases else None


def _of_stages(found: Result, asked: Asked, agreements: Sequence[Path]) -> Verification:
    if agreements:
        raise InputError([Problem("result_no_agreements", "--agreements", value=str(agreements[0]))])
    loaded, beside = _loaded(asked, found.signature.stages)
    provenance = loaded.provenance
    if loaded.case is None or provenance is None:
        raise InputError(loaded.problems)
    return verification(found, {OWN: provenance}, _again(found, loaded, beside))


def _loaded(asked: Asked, stages: Sequence[Stage]) -> tuple[Loaded, Mapping[str, Any]]:
    if asked.store is None and asked.case is None:
        raise InputError([Problem("result_case_needed", "--case")])
    alone = from_files(asked)
    if alone is not None:
        return load_case(alone), {}
    loaded, origins = from_store(asked, forecast=Stage.MONITOR in stages)
    return loaded, origins_record(origins)


def _again(found: Result, loaded: Loaded, beside: Mapping[str, Any]) -> dict[tuple[object, ...], Cell]:
    """The same result, made anew in the same form and language."""
    case, signature = loaded.checked(), found.signature
    year, language = Year(case), signature.language
    tables = [table(stage, year) for stage in signature.stages]
    match found.form:
        case Form.CSV:
            return csv_cells({path.name: data for path, data in csv_files(tables, Path(), language).items()})
        case Form.WORKBOOK:
            return workbook_cells(workbook_bytes(tables, case.agreement.organisation, case.agreement.year, language))
        case Form.JSON:
            rows = {one.stage: find_row(one, found.explained) for one in tables} if found.explained is not None else {}
            lacking = {stage: year.missing(stage) for stage in Stage} if found.whole else None
            shown = loaded if found.whole else about(signature.stages[0], loaded)
            content = json_content(tables, rows, shown, language, lacking, beside)
            return json_cells(content)
