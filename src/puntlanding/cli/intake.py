"""The intake's commands: map, check, load, and what a store holds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from puntlanding.cli.output import Options, plural, say
from puntlanding.language.notation import Language, number
from puntlanding.problems import InputError, Problem
from puntlanding.whole_file import write_whole

FIRST_YEAR, LAST_YEAR = 2005, 2100  # DBCs began in 2005; what lies outside is a slip of the keyboard

if TYPE_CHECKING:
    from puntlanding.cli.progress import Meter
    from puntlanding.records.codes import CodeTables
    from puntlanding.records.delivery import Delivery
    from puntlanding.records.pseudonyms import Key
    from puntlanding.records.store import Loaded


def check(
    *, source: Path, form: str | None, mapping: Path | None, nza: Path | None, national: Path | None, day: str | None,
    years: str | None, page: Path | None, every: bool, options: Options,
) -> None:  # fmt: skip
    """Read and check a delivery without keeping anything; its pseudonyms are thrown away with their key."""
    from puntlanding.cli.progress import Meter
    from puntlanding.intake.examine import examined
    from puntlanding.records.findings import failed
    from puntlanding.records.pseudonyms import Key

    _keep_apart(page, source)
    delivered = the_day(day) if day else date.today()
    tables = the_codes(nza, national)
    with Meter(options.language) as meter:
        delivery = _received(source, form, mapping, years, delivered, Key.fresh(), meter)
        meter.step("step_check")
        delivery = examined(delivery, tables)
    wrong = failed(delivery.findings)
    _show(delivery, None, page, every, options, _stopped(source, len(wrong)) if wrong else None)


def _stopped(source: Path, count: int) -> Problem:
    return Problem("checks_failed", source.name, details={"count": count})


def _keep_apart(page: Path | None, source: Path, store: Path | None = None) -> None:
    """No page over a file of the delivery, or among the records; nor where none can be, which is known before the load."""
    if page is None:
        return
    place = page.resolve()
    standing = next(one for one in (place, *place.parents) if one.exists())
    if standing.is_dir() == (standing == place) or not os.access(standing, os.W_OK):
        details = {"reason": "EISDIR" if standing == place else "ENOTDIR" if standing.is_file() else "EACCES"}
        raise InputError([Problem("output_failed", page.name, value=str(page), details=details)])
    if (
        place == source.resolve()
        or place.parent == source.resolve()
        or (store and place.is_relative_to(store.resolve()))
    ):
        raise InputError([Problem("page_in_delivery", page.name, value=str(page))])


def load(
    *, source: Path, form: str | None, hospital: str, store: Path, day: str, key: Path | None, mapping: Path | None,
    nza: Path | None, national: Path | None, years: str | None, page: Path | None, every: bool, options: Options,
) -> None:  # fmt: skip
    """Read, pseudonymise, check and store a delivery: all of it or nothing."""
    from puntlanding.cli.progress import Meter
    from puntlanding.intake.examine import load as load_delivery
    from puntlanding.records.findings import failed
    from puntlanding.records.pseudonyms import Key, load_key, save_key
    from puntlanding.records.store import Store
    from puntlanding.records.store.layout import check_hospital

    check_hospital(hospital)
    _keep_apart(page, source, store)
    if source.resolve().is_relative_to(store.resolve()):
        raise InputError([Problem("source_in_store", source.name, value=str(source))])
    delivered = the_day(day)
    place = key or default_key(hospital)
    if place.resolve().is_relative_to(store.resolve()):
        raise InputError([Problem("key_in_store", place.name, value=str(place))])
    kept = Store(store)
    first = kept.index(hospital).key is None and not place.exists()
    secret = Key.fresh() if first else load_key(place)
    tables = the_codes(nza, national)
    with Meter(options.language) as meter:

        def passed() -> None:
            """Only now: a delivery that is refused leaves no key that nobody was told of."""
            meter.step("step_store")
            if first:
                save_key(place, secret)

        delivery = _received(source, form, mapping, years, delivered, secret, meter)
        meter.step("step_check")
        delivery, loaded = load_delivery(delivery, tables, kept, hospital, passed)
    if loaded is None:
        _show(delivery, hospital, page, every, options, _stopped(source, len(failed(delivery.findings))))
        return
    _show(delivery, hospital, page, every, options, None, _loaded_record(loaded, store, place if first else None))
    if not options.json:
        _say_loaded(loaded, hospital, store, options.language)
        if first:
            print(say("key_made", options.language, place))


def _received(
    source: Path, form: str | None, mapping: Path | None, years: str | None, delivered: date, key: Key, meter: Meter
) -> Delivery:
    from puntlanding.intake import READERS, reader
    from puntlanding.intake.base import Options as ReadOptions
    from puntlanding.intake.examine import restricted
    from puntlanding.intake.receive import receive
    from puntlanding.intake.recognise import recognised, rows_expected

    wanted = the_years(years) if years is not None else None
    name = form or recognised(source, mapping, tuple(READERS))
    meter.step("step_read", rows_expected(source))
    return restricted(receive(reader(name), source, ReadOptions(mapping), key, delivered, meter), wanted)


def _show(
    delivery: Delivery, hospital: str | None, page: Path | None, every: bool, options: Options, wrong: Problem | None,
    loaded: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Raises InputError with what stops the delivery; as JSON that is a key of the one record, and an exit status."""
    from puntlanding.report.checked import checked
    from puntlanding.report.contract import as_json, problems_record
    from puntlanding.report.intake_check import as_page, as_record, as_text

    summary = checked(delivery, hospital)
    if page is not None:
        write_whole({page: as_page(summary, options.language).encode()})
    if options.json:
        found = problems_record([wrong] if wrong else [], options.language)
        print(as_json({**found, **as_record(summary, options.language), "geladen": loaded}))
        if wrong:
            raise click.exceptions.Exit(1)
        return
    print(as_text(summary, options.language, every=every))
    if page is not None:
        print(say("written", options.language, page))
    if wrong:
        raise InputError([wrong])


def _loaded_record(loaded: Loaded, store: Path, key: Path | None) -> dict[str, object]:
    return {
        "opslag": str(store),
        "bekend_op": loaded.delivered.isoformat(),
        "nieuw": list(loaded.added),
        "ongewijzigd": list(loaded.unchanged),
        "vervangen": {
            str(year): {str(name): one.as_record() for name, one in tables.items()}
            for year, tables in loaded.changes.items()
        },
        "sleutel_gemaakt": None if key is None else str(key),
    }


def _say_loaded(loaded: Loaded, hospital: str, store: Path, language: Language) -> None:
    when = loaded.delivered.isoformat()
    if loaded.added:
        print(say("loaded_new", language, hospital, _list(loaded.added), when, store))
    if loaded.unchanged:
        print(say("loaded_same", language, _list(loaded.unchanged), when))
    for year, tables in loaded.changes.items():
        print(say("loaded_changed", language, year, when))
        for name, one in tables.items():
            parts = [plural(key, count, language) for key, count in _counts(one.added, one.removed, one.altered)]
            columns = ", ".join(f"{column} {number(count, 0, language)}" for column, count in one.columns.items())
            line = ", ".join(parts) or say("changed_none", language)
            print(f"  {name}: {line}{f' ({columns})' if columns else ''}")


def _counts(added: int, removed: int, altered: int) -> list[tuple[str, int]]:
    found = [("changed_added", added), ("changed_removed", removed), ("changed_altered", altered)]
    return [(key, count) for key, count in found if count]


def _list(years: tuple[int, ...]) -> str:
    return ", ".join(str(year) for year in years)


def draft(*, source: Path, output: Path | None, options: Options) -> None:
    """A mapping for the user to correct, on standard output or in a file; never over another."""
    from puntlanding.intake.mapping import draft_mapping

    text = draft_mapping(source)
    if output is None:
        print(text, end="")
        return
    if output.exists():
        raise InputError([Problem("output_exists", output.name, value=str(output))])
    write_whole({output: text.encode()})
    print(say("draft_done", options.language, output, source))


def formats(*, options: Options) -> None:
    from puntlanding.intake import readers

    dutch = options.language is Language.DUTCH
    for one in readers().values():
        print(f"{one.name:<10} {one.nl if dutch else one.en}\n{'':<10} {one.files}")


def deliveries(*, store: Path, options: Options) -> None:
    """What a store holds, by hospital, delivery and year."""
    from puntlanding.records.store import Store
    from puntlanding.report.contract import as_json
    from puntlanding.report.store_contents import as_record, as_text, contents

    if not store.is_dir():
        raise InputError([Problem("source_not_found", store.name, value=str(store))])
    found = contents(Store(store))
    print(as_json(as_record(found)) if options.json else as_text(found, options.language))


def codes(*, source: Path, day: str | None, options: Options) -> None:
    from puntlanding.intake.nza import read_folder, summary
    from puntlanding.report.code_tables import as_text

    print(as_text(summary(read_folder(source), the_day(day) if day else date.today()), options.language))


def national(*, source: Path, target: Path, options: Options) -> None:
    from puntlanding.cli.progress import Meter
    from puntlanding.intake.base import Account
    from puntlanding.intake.opendis import read_national_files
    from puntlanding.intake.recognise import rows_expected
    from puntlanding.records.findings import failed
    from puntlanding.records.national import write_national
    from puntlanding.report.intake_check import findings_text

    account = Account()
    with Meter(options.language) as meter:
        meter.step("step_read", rows_expected(source))
        found = read_national_files(source, account, meter)
        wrong = failed(account.findings)
        if not wrong:
            meter.step("step_store")
            write_national(found, target)
    print(findings_text(account.findings, options.language))
    if wrong:
        raise InputError([Problem("checks_failed", source.name, details={"count": len(wrong)})])
    print(say("written", options.language, target))


def default_key(hospital: str) -> Path:
    """Beside the user's other settings, never beside the records."""
    return Path(click.get_app_dir("puntlanding")) / "sleutels" / f"{hospital}.sleutel"


def the_day(text: str, option: str = "--date") -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise InputError([Problem("date_option", option, value=text)]) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise InputError([Problem("date_range", option, value=text, details={"first": FIRST_YEAR, "last": LAST_YEAR})])
    return found


def the_years(text: str) -> range:
    first, dash, last = text.partition("-")
    until = last if dash else first
    if all(part.isascii() and part.isdigit() and len(part) == 4 for part in (first, until)):
        found = range(int(first), int(until) + 1)
        if len(found):
            return found
    raise InputError([Problem("years_option", "--years", value=text)])


def the_codes(nza: Path | None, national: Path | None) -> CodeTables | None:
    if nza is None and national is None:
        return None
    from dataclasses import replace

    from puntlanding.intake.nza import read_codes
    from puntlanding.records.codes import CodeTables
    from puntlanding.records.national import product_specialisms, read_national

    found = CodeTables() if nza is None else read_codes(nza)
    return (
        found if national is None else replace(found, product_specialisms=product_specialisms(read_national(national)))
    )
