"""What each command does, once its options are read."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.case import Loaded, load_case
from puntlanding.case.load import TableNote
from puntlanding.cli.linked import Asked, about, from_files, from_store, origins_record, origins_text, with_warnings
from puntlanding.cli.output import Options, plural, say, show_origin, show_tables, show_warnings
from puntlanding.cli.places import new_place
from puntlanding.language.notation import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import InputError, Problem, errors, warnings
from puntlanding.report.tables import Table, table
from puntlanding.stage import Stage
from puntlanding.year import Year

if TYPE_CHECKING:
    from puntlanding.case.linked import Origin


def stage(which: Stage, *, options: Options, **asked: Any) -> None:
    """One stage of a case: all of its errors, or its table."""
    loaded, origins = _loaded(Asked(**asked), options, forecast=which is Stage.MONITOR)
    case, loaded = loaded.checked(), about(which, loaded)
    with with_warnings(loaded):
        tables = [table(which, Year(case))]
    show_tables(tables, loaded, options, beside=origins_record(origins))
    _say_origins(origins, options)


def _loaded(asked: Asked, options: Options, *, forecast: bool = True) -> tuple[Loaded, tuple[Origin, ...]]:
    """``forecast`` False: it is not looked at, so that it need not be made."""
    alone = from_files(asked)
    if alone is not None:
        return load_case(alone), ()
    return from_store(asked, (options.csv, options.xlsx), forecast=forecast)


def run(*, options: Options, **asked: Any) -> None:
    """Every stage that the case allows, and why the others are left out."""
    loaded, origins = _loaded(Asked(**asked), options)
    year = Year(loaded.checked())
    lacking = {one: year.missing(one) for one in Stage}
    tables: list[Table] = [table(one, year) for one in Stage if not lacking[one]]
    if not tables:
        with with_warnings(loaded):
            found = [problem for problems in lacking.values() for problem in problems]
            raise InputError([one for at, one in enumerate(found) if one not in found[:at]])
    show_tables(tables, loaded, options, lacking, origins_record(origins))
    for one in Stage:
        if lacking[one] and not options.json:
            print(_skipped(one, lacking[one], options.language), file=sys.stderr)
    _say_origins(origins, options)


def _say_origins(origins: Sequence[Origin], options: Options) -> None:
    if origins and not options.json:
        print("\n" + origins_text(origins, options.language))


def _skipped(which: Stage, problems: tuple[Problem, ...], language: Language) -> str:
    reasons = " ".join(dict.fromkeys(sentence(problem, language) for problem in problems))
    return say("skipped", language, f"{which.value}. {reasons}")


def check(*, case: Path, options: Options) -> None:
    """Validate a case and say what was read, how, and what can be computed."""
    loaded = load_case(case)
    if errors(loaded.problems):
        raise InputError(loaded.problems)
    year = Year(loaded.checked())
    if options.json:
        _check_json(loaded, year, options.language)
        return
    language = options.language
    print(say("check_title", language, case))
    print(say("check_ok", language) + "\n")
    print(say("check_tables", language))
    for note in loaded.notes:
        print(f"  {note.file:<28} {_detected(note, language)}")
    if year.case.agreement.components:
        print("\n" + say("check_components", language))
    for choice in year.case.agreement.components:
        print(f"  {choice.key:<28} {say('reads', language, ', '.join(choice.component.needs(choice)))}")
    show_origin(loaded, language)
    print("\n" + say("check_stages", language))
    for one in Stage:
        lacking = year.missing(one)
        word = say("cannot" if lacking else "can", language)
        reasons = " ".join(dict.fromkeys(sentence(problem, language) for problem in lacking))
        print(_hanging(f"  {one.value:<12} {word:<9} ", reasons))
    if warnings(loaded.problems):
        print()
        sys.stdout.flush()
        show_warnings(loaded.problems, language)


def _hanging(head: str, text: str) -> str:
    """Below the first line the text stands under itself, within the width that everything is set for."""
    return textwrap.fill(text, 100, initial_indent=head, subsequent_indent=" " * len(head)) if text else head.rstrip()


def _detected(note: TableNote, language: Language) -> str:
    if not note.rows:
        return say("not_used_empty", language)
    parts = [plural("rows", note.rows, language)]
    if note.separator:
        names = {";": "semicolon", ",": "comma", "\t": "tab"}
        parts.append(say("separator", language, say(names[note.separator], language)))
    if note.decimal_sign:
        parts.append(say("decimal_point" if note.decimal_sign == "." else "decimal_comma", language))
    return ", ".join(parts)


def _check_json(loaded: Loaded, year: Year, language: Language) -> None:
    from puntlanding.report.contract import as_json, problems_record

    stages = {}
    for one in Stage:
        lacking = year.missing(one)
        stages[one.value] = {"kan": not lacking, **problems_record(lacking, language, "ontbreekt")}
    tables = [
        {"tabel": note.name, "bestand": note.file, "rijen": note.rows, "scheidingsteken": note.separator,
         "decimaalteken": note.decimal_sign}
        for note in loaded.notes
    ]  # fmt: skip
    content = {"fouten": [], **problems_record(warnings(loaded.problems), language, "waarschuwingen")}
    parts = [
        {"onderdeel": choice.key, "lijsten": list(choice.component.needs(choice))}
        for choice in year.case.agreement.components
    ]
    told = {"onderdelen": parts} if parts else {}
    print(as_json({**content, "tabellen": tables, **told, "stappen": stages}))


def new(*, target: Path, workbook: bool, options: Options) -> None:
    from puntlanding.case.template import write_template

    english = options.language is Language.ENGLISH
    with new_place(target):
        written = write_template(target, date.today().year, workbook=workbook, english=english)
    print(say("new_done", options.language, written))


def demo_collective(*, target: Path, options: Options) -> None:
    from puntlanding.demo.collective import write_collective

    with new_place(target):
        write_collective(target)
    print(say("demo_done", options.language, target))
