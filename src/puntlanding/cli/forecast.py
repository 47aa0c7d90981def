"""`puntlanding forecast`: of one hospital, or of all of a store beside each other."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

import click

from puntlanding.cli.intake import the_day
from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.problems import InputError, Problem, near_miss

if TYPE_CHECKING:
    from puntlanding.case.linked_forecast import ForecastAsked, LinkedOutlook
    from puntlanding.forecast.outlook import Outlook, Row
    from puntlanding.records.store import Store

EVERY = "alle"
MOST_BAND = 50


def forecast(
    *, case: Path | None, store: Path, hospital: str, year: int | None, as_of: str | None, band: str, executor: str,
    options: Options,
) -> None:  # fmt: skip
    from puntlanding.case.linked import Link, the_store
    from puntlanding.case.linked_forecast import linked_outlook

    day = None if as_of is None else the_day(as_of, "--as-of")
    share = _share(band)
    if hospital == EVERY:
        if case is not None:
            raise InputError([Problem("forecast_one_case", case.name, value=str(case))])
        if options.explain is not None:
            raise InputError([Problem("forecast_explain_all", "--explain", value=options.explain)])
        _every(store, _needed(year), day, share, executor, options)
        return
    kept = the_store(Link(store, hospital))
    if case is None:
        _needed(year)
    asked = _asked(kept, hospital, case, year, day, share)
    _show(linked_outlook(asked), options)


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


def _show(found: LinkedOutlook, options: Options) -> None:
    from puntlanding.language.sentences import as_record as problem_record
    from puntlanding.report.contract import as_json
    from puntlanding.report.outlook_explained import explained
    from puntlanding.report.outlook_record import as_record
    from puntlanding.report.outlook_text import as_text

    outlook, language = found.outlook, options.language
    row = None if options.explain is None else _row(outlook, options.explain)
    if options.json:
        said = [dict(problem_record(one, language)) for one in found.problems]
        print(as_json({**as_record(outlook), "waarschuwingen": said}))
        return
    print(as_text(outlook, language) if options.explain is None else explained(outlook, row, language))
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


def _every(store: Path, year: int, day: date | None, band: float, executor: str, options: Options) -> None:
    """Each hospital that has a case of the year. One that cannot be forecast does not stop the others: it is told why."""
    from puntlanding.case.linked_forecast import attempted
    from puntlanding.cli.progress import Meter
    from puntlanding.fold.executors import workers
    from puntlanding.fold.run import Event, run_all
    from puntlanding.records.store import Store
    from puntlanding.records.store.layout import MARK
    from puntlanding.report.contract import as_json
    from puntlanding.report.outlook_all import all_text
    from puntlanding.report.outlook_record import all_record

    if not (store / MARK).is_file():
        raise InputError([Problem("linked_no_store", store.name, value=str(store))])
    kept = Store(store.resolve())  # a worker elsewhere has another working folder
    having = [name for name in kept.hospitals() if (store / name / f"case-{year}").is_dir()]
    without = [name for name in kept.hospitals() if name not in having]
    if not having:
        raise InputError([Problem("forecast_nobody", store.name, value=str(store), details={"year": year})])
    jobs = [_asked(kept, name, None, year, day, band) for name in having]
    with Meter(options.language) as meter:

        def watch(event: Event, _: ForecastAsked) -> None:
            if event is Event.DONE:
                meter(1)

        meter.step("step_forecast", len(jobs))
        found = run_all(jobs, attempted, workers(executor, len(jobs)), watch)
    outlooks = [one.found.outlook for one in found if one.found is not None]
    refused = {one.hospital: one.problems for one in found if one.found is None}
    if not outlooks:
        raise InputError([problem for problems in refused.values() for problem in problems])
    if options.json:
        print(as_json(all_record(outlooks, refused, without, options.language)))
        return
    print(all_text(outlooks, refused, options.language))
    if without:
        print("\n" + say("forecast_without_case", options.language, year, ", ".join(without)))
