"""What a command shows: tables, JSON, files, explanations, problems."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.cli.texts import TEXTS
from puntlanding.language.notation import Language
from puntlanding.language.sentences import printable, report
from puntlanding.problems import InputError, Problem, errors, near_miss, warnings
from puntlanding.stage import Stage

if TYPE_CHECKING:
    from puntlanding.case import Loaded
    from puntlanding.report.tables import Table, TableRow

NOT_OF_THE_CASE = frozenset({"output_exists", "output_failed", "output_is_case", "explain_unknown"})


@dataclass(frozen=True, slots=True)
class Options:
    """What every command that computes takes; ``source`` is the case, which no result may overwrite."""

    language: Language
    source: Path | None = None
    json: bool = False
    csv: Path | None = None
    xlsx: Path | None = None
    explain: str | None = None


def say(key: str, language: Language, *fields: object) -> str:
    return TEXTS[key][0 if language is Language.DUTCH else 1].format(*fields)


def plural(key: str, count: int, language: Language) -> str:
    one, _, more = TEXTS[key][0 if language is Language.DUTCH else 1].partition("|")
    return one if count == 1 else more.format(count)


def show_problems(problems: Sequence[Problem], language: Language, *, as_json: bool, summary: str = "errors") -> None:
    """Errors for people on standard error, or as the JSON contract on standard output; ``summary`` says what was not done."""
    found = errors(problems)
    if as_json:
        from puntlanding.report.contract import as_json as dump
        from puntlanding.report.contract import problems_record

        print(dump(problems_record(found, language)))
        return
    print(report([*found, *warnings(problems)], language), file=sys.stderr)
    elsewhere = summary == "errors" and all(_not_of_the_case(problem) for problem in found)
    count = plural("error_count", len(found), language)
    print("\n" + say("errors_elsewhere" if elsewhere else summary, language, count), file=sys.stderr)


def _not_of_the_case(problem: Problem) -> bool:
    return problem.code in NOT_OF_THE_CASE or problem.code.startswith(("compare_", "overlay_"))


def show_warnings(problems: Sequence[Problem], language: Language) -> None:
    found = warnings(problems)
    if found:
        print(report(found, language), file=sys.stderr)


def show_tables(
    tables: Sequence[Table], loaded: Loaded, options: Options, lacking: Mapping[Stage, Sequence[Problem]] | None = None,
    beside: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """``lacking`` says what the other stages miss; with it (for `run`) the JSON is grouped by stage. ``beside``: more JSON."""
    agreement = loaded.checked().agreement
    rows = {table.stage: find_row(table, options.explain) for table in tables} if options.explain is not None else {}
    written = _write_files(tables, loaded, options)
    if options.json:
        from puntlanding.report.contract import as_json

        print(as_json(json_content(tables, rows, loaded, options.language, lacking, beside or {})))
        return
    if options.explain is not None:
        from puntlanding.report.explanation import explanation

        text = "\n\n".join(explanation(rows[table.stage], table, options.language) for table in tables)
        title, _, rest = text.partition("\n")
        print("\n".join([title, *_origin_lines(loaded, options.language), rest]))
    elif not written:
        from puntlanding.report.terminal import console, print_table

        out = console(sys.stdout)
        for table in tables:
            print_table(table, f"{agreement.organisation} · {agreement.year}", options.language, out)
        print(*_origin_lines(loaded, options.language), sep="\n")
    for path in written:
        print(say("written", options.language, path))
    show_warnings(loaded.problems, options.language)


def _write_files(tables: Sequence[Table], loaded: Loaded, options: Options) -> list[Path]:
    """All files that the options ask for, or none; never over the case itself."""
    agreement = loaded.checked().agreement
    origin = origin_of(tables, loaded, options.language)
    files: dict[Path, bytes] = {}
    if options.csv is not None:
        from puntlanding.report.csv_file import csv_files
        from puntlanding.report.provenance import FILE, provenance_csv

        files |= csv_files(tables, options.csv, options.language)
        if origin is not None:
            files[options.csv / FILE] = provenance_csv(origin, options.language)
    if options.xlsx is not None:
        from puntlanding.report.workbook import workbook_bytes

        files[options.xlsx] = workbook_bytes(tables, agreement.organisation, agreement.year, options.language, origin)
    if files:
        from puntlanding.whole_file import write_whole

        own = {one.resolve() for one in loaded.files}
        taken = [Problem("output_is_case", path.name, value=str(path)) for path in files if path.resolve() in own]
        if taken:
            raise InputError(taken)
        write_whole(files)
    return list(files)


def origin_of(tables: Sequence[Table], loaded: Loaded, language: Language) -> dict[str, Any] | None:
    """What a result of these tables says of where it comes from."""
    from puntlanding.report.provenance import provenance_record

    if loaded.provenance is None:
        return None
    return provenance_record(loaded.provenance, [table.stage for table in tables], language)


def _origin_lines(loaded: Loaded, language: Language) -> list[str]:
    from puntlanding.report.provenance import provenance_text

    return [] if loaded.provenance is None else provenance_text(loaded.provenance, language).splitlines()


def show_origin(loaded: Loaded, language: Language) -> None:
    print("", *_origin_lines(loaded, language), sep="\n")


def json_content(
    tables: Sequence[Table],
    rows: Mapping[Stage, TableRow],
    loaded: Loaded,
    language: Language,
    lacking: Mapping[Stage, Sequence[Problem]] | None,
    beside: Mapping[str, Any],
) -> dict[str, Any]:
    """``rows`` are those to be explained; ``lacking`` and ``beside`` as in `show_tables`."""
    from puntlanding.report.contract import explanation_record, problems_record, table_record
    from puntlanding.report.provenance import KEY

    records: dict[str, Any] = {}
    for table in tables:
        record = table_record(table)
        if table.stage in rows:
            record["uitleg"] = explanation_record(rows[table.stage], table, language)
        records[table.stage.value] = record
    content = records if lacking is not None else next(iter(records.values()))
    skipped = {stage: problems for stage, problems in (lacking or {}).items() if problems}
    if skipped:
        content["niet_berekend"] = {
            stage.value: problems_record(problems, language, "ontbreekt")["ontbreekt"]
            for stage, problems in skipped.items()
        }
    found = warnings(loaded.problems)
    if found:
        content = content | problems_record(found, language, "waarschuwingen")
    origin = origin_of(tables, loaded, language)
    return {**content, **beside, **({} if origin is None else {KEY: origin})}


def find_row(table: Table, name: str | None) -> TableRow:
    """The row that --explain names: a group, a care unit or the total; case matters only where it tells two names apart.

    Raises InputError with what there is to choose from.
    """
    wanted = (name or "").strip().lower()
    if wanted in ("totaal", "total"):
        return table.total
    rows = [*table.rows, *table.care_units]
    same = [row for row in rows if row.name.lower() == wanted]
    if same:
        return next((row for row in same if row.name == (name or "").strip()), same[0])
    names = [row.name for row in rows] + ["Totaal"]
    details = {"close": near_miss(name or "", names), "allowed": ", ".join(map(printable, names))}
    raise InputError([Problem("explain_unknown", "--explain", value=name, details=details)])
