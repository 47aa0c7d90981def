"""The result of a question made anew: from what it says was asked, and from where case, agreements and store are now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from puntlanding.cli.linked import Asked
from puntlanding.cli.made import Made
from puntlanding.cli.output import Options
from puntlanding.problems import InputError, Problem
from puntlanding.report.question import FOLDERS, Kind, Question
from puntlanding.report.result_file import Cell, Form, Result, csv_cells, json_cells, workbook_cells

EVERY = "alle"


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to `verify`: ``by`` without a case. ``place``: the folder of the result, ``beside``: the case there."""

    by: Asked
    cases: Sequence[Path]
    agreements: Sequence[Path]
    place: Path
    beside: Path | None


def made_again(result: Result, given: Given, file: str = "") -> Made:
    """What was not given again is looked for with the result and with the case; ``file`` is the result's, for what is wrong in it.

    Raises InputError with what is to be given, or as the command itself.
    """
    try:
        return _made(result, given)
    except InputError as error:
        raise InputError([_of_the_result(one, result.signature.question, file) for one in error.problems]) from error


def _of_the_result(problem: Problem, question: Question | None, file: str) -> Problem:
    """An option that the result gave, and nobody typed."""
    key = problem.file.removeprefix("--")
    if question is None or not problem.file.startswith("--") or key not in {*question.asked} - {"agreements"}:
        return problem
    if problem.code.startswith("result_") and problem.code != "result_question":
        return problem
    return Problem("result_question", file, None, f"vraag.{key}", problem.value, {"key": key})


def _made(result: Result, given: Given) -> Made:
    question = result.signature.question
    if question is None:
        raise AssertionError("a result of stages")
    options = Options(result.signature.language, explain=question.text("explain"))
    takes = _COMMANDS.get(question.kind)
    if given.agreements and takes is None:
        raise InputError([Problem("result_no_agreements", "--agreements", value=str(given.agreements[0]))])
    if question.kind is Kind.YEARS:
        from puntlanding.cli.years import made_years

        return made_years(cases=_cases(question, given.cases, given.place), options=options).made
    if len(given.cases) > 1:
        raise InputError([Problem("result_one_case", "--case", value=str(given.cases[1]))])
    # A case that the store has was not named then: what happens to be beside the result is not it.
    beside = given.beside if question.text("hospital") is None or question.text("case") is not None else None
    by = replace(given.by, case=given.cases[0] if given.cases else beside)
    if question.kind is Kind.FORECAST:
        return _forecast(question, by, options)
    by = _linked(question, by)
    if takes is not None:
        return takes(question, _agreements(question, given.agreements, _folder(by), given.place), options, _options(by))
    from puntlanding.cli.formation import made_formation

    return made_formation(case=_case(by), options=options).made


def _compare(question: Question, agreements: Sequence[Path], options: Options, by: Mapping[str, Any]) -> Made:
    from puntlanding.cli.compare import made_comparison

    return made_comparison(
        agreements=agreements, types=question.flag("types"), values=question.texts("value"),
        old=question.flag("old-model"), within=question.text("within"), options=options, **by,
    ).made  # fmt: skip


def _simulate(question: Question, agreements: Sequence[Path], options: Options, by: Mapping[str, Any]) -> Made:
    from puntlanding.cli.simulate import made_simulation

    asked = {key: question.text(key) for key in ("spread", "correlation", "volumes", "draws", "seed")}
    return made_simulation(agreements=agreements, threads=None, options=options, **asked, **by).made


def _incentives(question: Question, agreements: Sequence[Path], options: Options, by: Mapping[str, Any]) -> Made:
    from puntlanding.cli.incentives import made_incentives

    return made_incentives(
        agreements=agreements, others=question.text("others"), distance=question.text("distance") or "",
        groups=question.texts("group"), options=options, **by,
    ).made  # fmt: skip


_COMMANDS: Mapping[Kind, Callable[[Question, Sequence[Path], Options, Mapping[str, Any]], Made]] = {
    Kind.COMPARE: _compare, Kind.SIMULATE: _simulate, Kind.INCENTIVES: _incentives,
}  # fmt: skip


def _forecast(question: Question, given: Asked, options: Options) -> Made:
    from puntlanding.cli.forecast import made_of_all, made_outlook
    from puntlanding.cli.forecast_options import DEFAULT

    by = _linked(question, given, day=False)
    if by.store is None:
        raise InputError([_store_needed(question)])
    named: dict[str, Any] = {
        "store": by.store, "year": by.year, "as_of": by.as_of, "band": question.text("band") or "", "options": options,
        "executor": DEFAULT,
    }  # fmt: skip
    if by.hospital == EVERY:
        return made_of_all(case=None, **named).made
    # Beside a case that was given the year is known; without one it is that of the store.
    return made_outlook(case=by.case, hospital=by.hospital or "", **named).made


def _linked(question: Question, given: Asked, *, day: bool = True) -> Asked:
    """What was given now goes before what the result says."""
    if question.text("hospital") is None:
        return given
    if given.store is None:
        raise InputError([_store_needed(question)])
    lacking = [
        Problem("result_option_needed", f"--{key}", details={"option": f"--{key}", "files": ", ".join(wanted)})
        for key, again in (("benchmark", given.benchmark), ("contributions", given.contributions))
        if (wanted := question.texts(key)) and again is None
    ]
    if lacking:
        raise InputError(lacking)
    year = question.text("year")
    by = replace(
        given, hospital=given.hospital or question.text("hospital"), as_of=given.as_of or question.text("as-of"),
        year=given.year if given.year is not None or year is None else _whole(year),
    )  # fmt: skip
    return replace(by, as_of=_day(question, by)) if day and by.as_of is None else by


def _store_needed(question: Question) -> Problem:
    return Problem("result_store_needed", "--store", details={"hospital": question.text("hospital") or "–"})


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise InputError([Problem("result_question", "--year", value=text, details={"key": "year"})])
    return int(text)


def _day(question: Question, by: Asked) -> str | None:
    """No day was asked for: if the store holds more by now, what it held then."""
    from puntlanding.case.linked import Link, the_store

    last = question.text("delivered")
    if last is None or by.store is None or by.hospital is None:
        return None
    try:
        then = date.fromisoformat(last)
    except ValueError as error:
        raise InputError(
            [Problem("result_question", "--delivered", value=last, details={"key": "delivered"})]
        ) from error
    deliveries = the_store(Link(by.store, by.hospital)).deliveries(by.hospital)
    return last if any(one.delivered > then for one in deliveries) else None


def _case(by: Asked) -> Path:
    if by.case is None:
        raise InputError([Problem("result_case_needed", "--case")])
    return by.case


def _folder(by: Asked) -> Path:
    from puntlanding.cli.made import place_of

    case = _case(by) if by.store is None else place_of(by)
    return case if case.is_dir() else case.parent


def _options(by: Asked) -> dict[str, Any]:
    return {key: getattr(by, key) for key in Asked.__dataclass_fields__}


def _agreements(question: Question, given: Sequence[Path], case: Path, place: Path) -> list[Path]:
    """In the order of the result, which is that of its columns."""
    wanted = question.texts("agreements")
    names = [Path(name).name for name in wanted]
    by_name = {path.name: path for path in given}
    found: list[Path] = []
    problems: list[Problem] = []
    for name in wanted:
        bare = Path(name).name
        if (
            len(by_name) < len(given) == len(wanted)
        ):  # two folders with a file of one name: then in the order of the result
            there = [given[len(found)]]
        elif bare in by_name:
            there = [by_name[bare]]
        else:
            there = [one for one in (case / name, place / bare, place.parent / bare) if one.is_file()]
        found += there[:1]
        if not there:
            problems.append(Problem("result_agreement_needed", bare, details={"file": bare}))
    problems += [
        Problem("result_agreement_other", path.name, value=str(path), details={"files": ", ".join(names) or "–"})
        for path in given
        if path.name not in names
    ]
    if problems:
        raise InputError(problems)
    return found


def _cases(question: Question, given: Sequence[Path], place: Path) -> list[Path]:
    """Those that were given, one for each year; otherwise by their names, beside the result or the folder it is in."""
    wanted = question.texts("cases")
    if given:
        if len(given) != len(wanted):
            details = {"count": len(wanted), "cases": ", ".join(wanted)}
            raise InputError([Problem("result_cases_count", "--case", details=details)])
        return list(given)
    found = [next((one for one in (place / name, place.parent / name) if one.exists()), None) for name in wanted]
    lacking = [name for name, one in zip(wanted, found, strict=True) if one is None]
    if lacking or len(set(wanted)) < len(wanted):
        details = {"cases": ", ".join(lacking or wanted)}
        raise InputError([Problem("result_cases_needed", "--case", details=details)])
    return [one for one in found if one is not None]


def cells_again(result: Result, made: Made) -> dict[tuple[object, ...], Cell]:
    """The same form and language. What a form has not, holds no cells: then everything differs, and nothing is hidden."""
    match result.form:
        case Form.JSON:
            return json_cells({**made.content(), **made.beside})
        case Form.CSV:
            origin, _, _ = FOLDERS[made.question.kind]
            files = {} if made.csv is None else made.csv(Path(), made.origin)
            return csv_cells({path.name: data for path, data in files.items() if path.name != origin})
        case Form.WORKBOOK:
            return {} if made.workbook is None else workbook_cells(made.workbook(made.origin))
