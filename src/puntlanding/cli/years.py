"""`puntlanding years`: several years in one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from puntlanding.case import load_case
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem, warnings
from puntlanding.years import Entry, Run, run_years
from puntlanding.years.entries import placed


def years(*, cases: Sequence[Path], options: Options) -> None:
    entries, files = _read(cases)
    _show(run_years(entries), files, options)


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


def _show(run: Run, files: Sequence[Path], options: Options) -> None:
    from puntlanding.report.years_text import as_text, explained

    said = [*run.warnings, *(problem for one in run.outcomes for problem in one.warnings)]
    text = None if options.explain is None else explained(run, options.explain, options.language)
    written = _write(run, files, options)
    if options.json:
        from puntlanding.report.contract import as_json, problems_record
        from puntlanding.report.years_record import as_record

        beside = problems_record(said, options.language, "waarschuwingen") if said else {}
        print(as_json({**as_record(run, options.language, options.explain), **beside}))
        return
    if text is not None:
        print(text)
    elif not written:
        print(as_text(run, options.language))
    for path in written:
        print(say("written", options.language, path))
    sys.stdout.flush()
    show_warnings(said, options.language)


def _write(run: Run, files: Sequence[Path], options: Options) -> list[Path]:
    made: dict[Path, bytes] = {}
    if options.csv is not None:
        from puntlanding.report.years_files import csv_files

        made |= csv_files(run, options.csv, options.language)
    if options.xlsx is not None:
        from puntlanding.report.years_files import workbook_bytes

        made[options.xlsx] = workbook_bytes(run, options.language)
    if made:
        from puntlanding.whole_file import write_whole

        own = {one.resolve() for one in files}
        taken = [Problem("output_is_case", path.name, value=str(path)) for path in made if path.resolve() in own]
        if taken:
            raise InputError(taken)
        write_whole(made)
    return list(made)
