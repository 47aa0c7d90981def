"""`puntlanding years`: several years in one run."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from puntlanding.case import load_case
from puntlanding.cli.made import Files, Made, asked_for
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.report.question import Kind, Question
from puntlanding.years import Entry, Run, run_years
from puntlanding.years.entries import placed


def years(*, options: Options, **given: Any) -> None:
    _show(made_years(options=options, **given), options)


@dataclass(frozen=True, slots=True)
class Computed:
    run: Run
    made: Made
    files: Sequence[Path]


def made_years(*, cases: Sequence[Path], options: Options) -> Computed:
    entries, files = _read(cases)
    run, language = run_years(entries), options.language

    def content() -> Mapping[str, Any]:
        from puntlanding.report.years_record import as_record

        return as_record(run, language, options.explain)

    def in_csv(folder: Path, origin: Mapping[str, Any]) -> Files:
        from puntlanding.report.years_files import csv_files

        return csv_files(run, folder, language, origin)

    def workbook(origin: Mapping[str, Any]) -> bytes:
        from puntlanding.report.years_files import workbook_bytes

        return workbook_bytes(run, language, origin)

    names = [Path(one.entry.name).name for one in run.outcomes]
    question = Question(Kind.YEARS, asked_for({"cases": names, "explain": options.explain}))
    sources = {str(one.year): one.entry.provenance for one in run.outcomes if one.entry.provenance is not None}
    return Computed(run, Made(question, sources, language, content, in_csv, workbook), files)


def _read(cases: Sequence[Path]) -> tuple[list[Entry], list[Path]]:
    """Every case, or all that is wrong in all of them."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    files: list[Path] = []
    names = [path.name or path.resolve().name for path in cases]
    for path, own in zip(cases, names, strict=True):
        name = own if names.count(own) == 1 else str(path)
        loaded = load_case(path, alone=False)
        files += loaded.files
        if loaded.case is None:
            problems += [placed(problem, name) for problem in loaded.problems]
        else:
            said = tuple(placed(problem, name) for problem in warnings(loaded.problems))
            entries.append(Entry(name, loaded.case, said, loaded.provenance))
    if problems:
        raise InputError(problems)
    return entries, files


def _show(computed: Computed, options: Options) -> None:
    from puntlanding.report.years_text import as_text, explained

    run, made = computed.run, computed.made
    said = [*run.warnings, *(problem for one in run.outcomes for problem in one.warnings)]
    text = None if options.explain is None else explained(run, options.explain, options.language)
    written = made.write(options.csv, options.xlsx, computed.files)
    if options.json:
        from puntlanding.report.contract import as_json, problems_record

        print(as_json(made.record(problems_record(said, options.language, "waarschuwingen") if said else {})))
        return
    if text is not None:
        print(text)
    elif not written:
        print(as_text(run, options.language))
    for path in written:
        print(say("written", options.language, path))
    sys.stdout.flush()
    show_warnings(said, options.language)
