"""`puntlanding forecast`: of one hospital, or of all of a store beside each other."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from puntlanding.cli.intake import the_day
from puntlanding.cli.made import Made, asked_for
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem, near_miss
from puntlanding.report.question import OWN, YES, Kind, Question

if TYPE_CHECKING:
    from puntlanding.case.linked_forecast import ForecastAsked, LinkedOutlook
    from puntlanding.forecast.outlook import Outlook, Row
    from puntlanding.records.store import Store

EVERY = "alle"
MOST_BAND = 50


def forecast(*, hospital: str, options: Options, **given: Any) -> None:
    if hospital == EVERY:
        found = made_of_all(options=options, **given)
        _show_all(found, options)
    else:
        _show(made_outlook(hospital=hospital, options=options, **given), options)


@dataclass(frozen=True, slots=True)
class Outlooks:
    """Of one hospital or of all; ``refused`` says why of some there is none, ``without`` who has no case of the year."""

    found: Sequence[LinkedOutlook]
    made: Made
    refused: Mapping[str, Sequence[Problem]]
    without: Sequence[str]


def made_outlook(
    *, case: Path | None, store: Path, hospital: str, year: int | None, as_of: str | None, band: str, executor: str = "",
    options: Options,
) -> Outlooks:  # fmt: skip
    """``executor`` is for all hospitals: one is computed here."""
    from puntlanding.case.linked import Link, the_store
    from puntlanding.case.linked_forecast import linked_outlook

    day = None if as_of is None else the_day(as_of, "--as-of")
    share = _share(band)
    kept = the_store(Link(store, hospital))
    if case is None:
        _needed(year)
    found = linked_outlook(_asked(kept, hospital, case, year, day, share))
    row = None if options.explain is None else _row(found.outlook, options.explain)

    def content() -> Mapping[str, Any]:
        from puntlanding.report.outlook_record import as_record

        return as_record(found.outlook)

    outlook = found.outlook
    named = None if options.explain is None else row.name if row is not None else options.explain
    asked = {
        "hospital": hospital, "case": None if case is None else case.name or YES, "year": str(outlook.year), "as-of": outlook.asked.isoformat(), "band": band, "explain": named,
    }  # fmt: skip
    sources = {} if found.provenance is None else {OWN: found.provenance}
    question = Question(Kind.FORECAST, asked_for(asked))
    return Outlooks((found,), Made(question, sources, options.language, content), {}, ())


def _needed(year: int | None) -> int:
    if year is None:
        context = click.get_current_context()
        param = next(one for one in context.command.params if one.name == "year")
        raise click.MissingParameter(ctx=context, param=param)
    return year


def _share(text: str) -> float:
    """Of percent as typed: 1, 0,5 or 2.5."""
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    if not found.is_finite() or not 0 < found <= MOST_BAND:
        raise InputError([Problem("forecast_band", "--band", value=text)])
    return float(found / 100)


def _asked(
    store: Store, hospital: str, case: Path | None, year: int | None, day: date | None, band: float
) -> ForecastAsked:
    from puntlanding.case.linked_forecast import ForecastAsked

    if day is None:
        of = [one for one in store.deliveries(hospital) if year is None or one.year == year]
        if not of:
            there = ", ".join(map(str, sorted({one.year for one in store.deliveries(hospital)}))) or "–"
            raise InputError([Problem("forecast_year_missing", hospital, value=str(year), details={"year": year, "years": there})])  # fmt: skip
        day = max(one.delivered for one in of)
    return ForecastAsked(store.root, hospital, year, day, case, band)


def _show(outlooks: Outlooks, options: Options) -> None:
    from puntlanding.language.sentences import as_record as problem_record
    from puntlanding.report.contract import as_json
    from puntlanding.report.outlook_explained import explained
    from puntlanding.report.outlook_text import as_text

    (found,), language = outlooks.found, options.language
    outlook = found.outlook
    row = None if options.explain is None else _row(outlook, options.explain)
    if options.json:
        said = [dict(problem_record(one, language)) for one in found.problems]
        print(as_json(outlooks.made.record({"waarschuwingen": said})))
        return
    print(as_text(outlook, language) if options.explain is None else explained(outlook, row, language))
    print(*outlooks.made.origin_lines(), sep="\n")
    sys.stdout.flush()
    if found.problems:
        print(file=sys.stderr)
    show_warnings(found.problems, language)


def _row(outlook: Outlook, wanted: str) -> Row | None:
    """None: the total. Raises InputError with what there is to choose from."""
    if wanted.strip().lower() in ("totaal", "total"):
        return None
    found = next((row for row in outlook.rows if row.name.lower() == wanted.strip().lower()), None)
    if found is None:
        names = [*(row.name for row in outlook.rows), "Totaal"]
        details = {"close": near_miss(wanted, names), "allowed": ", ".join(names)}
        raise InputError([Problem("explain_unknown", "--explain", value=wanted, details=details)])
    return found


def made_of_all(
    *, case: Path | None, store: Path, year: int | None, as_of: str | None, band: str, executor: str, options: Options
) -> Outlooks:
    """Each hospital that has a case of the year. One that cannot be forecast does not stop the others: it is told why."""
    from puntlanding.case.linked_forecast import attempted
    from puntlanding.cli.progress import Meter
    from puntlanding.fold.executors import workers
    from puntlanding.fold.run import Event, run_all
    from puntlanding.records.store import Store
    from puntlanding.records.store.layout import MARK

    day = None if as_of is None else the_day(as_of, "--as-of")
    share = _share(band)
    if case is not None:
        raise InputError([Problem("forecast_one_case", case.name, value=str(case))])
    if options.explain is not None:
        raise InputError([Problem("forecast_explain_all", "--explain", value=options.explain)])
    asked_year = _needed(year)
    if not (store / MARK).is_file():
        raise InputError([Problem("linked_no_store", store.name, value=str(store))])
    kept = Store(store.resolve())  # a worker elsewhere has another working folder
    having = [name for name in kept.hospitals() if (store / name / f"case-{asked_year}").is_dir()]
    without = [name for name in kept.hospitals() if name not in having]
    if not having:
        raise InputError([Problem("forecast_nobody", store.name, value=str(store), details={"year": asked_year})])
    jobs = [_asked(kept, name, None, asked_year, day, share) for name in having]
    with Meter(options.language) as meter:

        def watch(event: Event, _: ForecastAsked) -> None:
            if event is Event.DONE:
                meter(1)

        meter.step("step_forecast", len(jobs))
        found = run_all(jobs, attempted, workers(executor, len(jobs)), watch)
    refused = {one.hospital: one.problems for one in found if one.found is None}
    made = [(one.hospital, one.found) for one in found if one.found is not None]
    if not made:
        raise InputError([problem for problems in refused.values() for problem in problems])

    def content() -> Mapping[str, Any]:
        from puntlanding.report.outlook_record import all_record

        return all_record([one.outlook for _, one in made], refused, without, options.language)

    asked = {"hospital": EVERY, "year": str(asked_year), "as-of": as_of, "band": band}
    sources = {name: one.provenance for name, one in made if one.provenance is not None}
    question = Question(Kind.FORECAST, asked_for(asked))
    return Outlooks(tuple(one for _, one in made), Made(question, sources, options.language, content), refused, without)


def _show_all(outlooks: Outlooks, options: Options) -> None:
    from puntlanding.report.contract import as_json
    from puntlanding.report.outlook_all import all_text

    if options.json:
        print(as_json(outlooks.made.record()))
        return
    print(all_text([one.outlook for one in outlooks.found], outlooks.refused, options.language))
    print("", *outlooks.made.origin_lines(), sep="\n")
    if outlooks.without:
        year = outlooks.found[0].outlook.year
        print("\n" + say("forecast_without_case", options.language, year, ", ".join(outlooks.without)))
