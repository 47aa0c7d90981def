"""The commands of contributions: what leaves a hospital, what a coordinator makes of it, and who vouches for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from puntlanding.cli.output import Options, plural, say, show_warnings
from puntlanding.cli.places import contribution_files
from puntlanding.problems import InputError, Problem, Severity, os_reason
from puntlanding.whole_file import write_whole

if TYPE_CHECKING:
    from puntlanding.benchmark.exchange import Pricing
    from puntlanding.benchmark.protect_policy import Policy
    from puntlanding.contribution import Contribution
    from puntlanding.contribution.signing import Verified

KEY_NAME = "ondertekening"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
# What protects less than this protects nothing; the number is the option's lowest.
LOWEST = {"--minimum": 2, "--units": 1, "--rest-codes": 2, "--base": 2, "--hospitals": 3}


def show(*, file: Path, folder: Path | None, options: Options) -> None:
    from puntlanding.contribution import read_contribution
    from puntlanding.report.contract import as_json
    from puntlanding.report.contribution_csv import csv_files
    from puntlanding.report.contribution_report import as_record, as_text

    found = read_contribution(file)
    written = {} if folder is None else csv_files(found, folder, options.language)
    _require_new(written)
    write_whole(written)
    print(as_json(as_record(found)) if options.json else as_text(found, options.language))
    if not options.json:
        for path in written:
            print(say("written", options.language, path))


def export(
    *, file: Path, out: Path, method: str | None, minimum: int | None, units: int | None, codes: int | None,
    base: int | None, period: str | None, previous: Path | None, norms: Path | None, norms_year: int | None, options: Options,
) -> None:  # fmt: skip
    """Write a protected contribution, and say what was done to it and what that does to the benchmark."""
    from puntlanding.benchmark.protect import protect
    from puntlanding.benchmark.report_protection import rate_effects
    from puntlanding.case.lists import read_norm_table
    from puntlanding.contribution import read_contribution
    from puntlanding.report.contract import as_json
    from puntlanding.report.protection_report import Outcome, as_record, as_text

    policy = _policy(method, minimum, units, codes, base, period)
    _require_new([out])
    full = read_contribution(file)
    table = None if norms is None else read_norm_table(norms)
    year = full.basis.year + 1 if norms_year is None else norms_year
    if table is not None and year not in table.years:
        raise InputError([Problem("list_without_year", table.file, None, "jaar", details={"year": year})])
    protected = protect(full, policy, None if previous is None else read_contribution(previous))
    repriced = () if table is None else rate_effects(full, protected, table, year)
    outcome = Outcome(protected, rate_effects(full, protected), repriced, year)
    write_whole({out: protected.contribution.to_bytes()})
    if options.json:
        print(as_json({**as_record(outcome), "geschreven": str(out)}))
        return
    print(as_text(outcome, options.language))
    print(say("written", options.language, out))


def _policy(
    method: str | None, minimum: int | None, units: int | None, codes: int | None, base: int | None, period: str | None
) -> Policy:
    from dataclasses import replace

    from puntlanding.benchmark.protect_policy import Method, Period, Policy

    numbers = {"--minimum": minimum, "--units": units, "--rest-codes": codes, "--base": base}
    _require_enough(numbers)
    given = {"minimum": minimum, "units": units, "codes": codes, "base": base}
    policy = replace(Policy(), **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    if method is not None:
        policy = replace(policy, method=Method(method))
    return policy if period is None else replace(policy, period=Period(period))


def _require_enough(numbers: dict[str, int | None]) -> None:
    problems = [
        Problem("option_too_small", option, value=str(value), details={"lowest": LOWEST[option]})
        for option, value in numbers.items()
        if value is not None and value < LOWEST[option]
    ]
    if problems:
        raise InputError(problems)


def merge(*, files: Sequence[Path], out: Path, trusted: Path | None, options: Options) -> None:
    """The union of contributions, as a file; signatures are of the parts, so it has none until it is signed itself."""
    _require_new([out])
    whole, _ = _together(files, trusted)
    write_whole({out: whole.to_bytes()})
    count = plural("merged_hospitals", len(whole.names), options.language)
    print(say("merged_file", options.language, count, out))
    _warn_unprotected(whole, options)


def benchmark(
    *, files: Sequence[Path], out: Path, year: int | None, norms: Sequence[Path], structure: Path | None, trends: Path | None,
    least: int | None, previous: Sequence[Path], trusted: Path | None, options: Options,
) -> None:  # fmt: skip
    """National rates and reference strata of which no hospital's own figures can be got."""
    from dataclasses import replace

    from puntlanding.benchmark.dominance import Thresholds
    from puntlanding.benchmark.exchange import national
    from puntlanding.benchmark.national_file import national_file
    from puntlanding.report.contract import as_json
    from puntlanding.report.national_report import as_record, as_text

    _require_enough({"--hospitals": least})
    _require_new([out])
    thresholds = Thresholds() if least is None else replace(Thresholds(), hospitals=least)
    pricing = _pricing(year, norms, structure, trends)
    whole, fingerprints = _together(files, trusted)
    before = _together(previous, None)[0] if previous else None
    with _room_for_factors(structure, trends):
        found = national(whole, thresholds, fingerprints, before, pricing)
    write_whole({out: national_file(found)})
    if options.json:
        print(as_json({**as_record(found), "geschreven": str(out)}))
    else:
        print(as_text(found, options.language))
        print(say("written", options.language, out))
        show_warnings(found.problems, options.language)
    _warn_unprotected(whole, options)


def _pricing(year: int | None, norms: Sequence[Path], structure: Path | None, trends: Path | None) -> Pricing | None:
    """What makes it a benchmark of ``year``; without a year the figures are of the contributions' own."""
    from puntlanding.benchmark.exchange import Pricing
    from puntlanding.case.norm_lists import read_norm_tables, read_product_structure, read_trends

    given = {"--norms": bool(norms), "--structure": structure, "--trends": trends}
    if year is None:
        lacking = [Problem("national_without_year", option) for option, one in given.items() if one]
        if lacking:
            raise InputError(lacking)
        return None
    if not norms:
        raise InputError([Problem("national_without_norms", "--norms", details={"year": year})])
    changes = read_product_structure(structure) if structure else None
    if changes is not None and not set(changes.years) & {year, year - 1}:
        raise InputError([Problem("list_without_year", changes.file, None, "jaar", details={"year": year})])
    return Pricing(year, read_norm_tables(norms), changes, read_trends(trends) if trends else None)


@contextmanager
def _room_for_factors(*lists: Path | None) -> Iterator[None]:
    """A volume is exact to twelve decimals; factors of two lists together can be finer."""
    try:
        yield
    except ValueError as error:
        names = ", ".join(one.name for one in lists if one is not None)
        if not names:
            raise
        raise InputError([Problem("linked_too_fine", names)]) from error


def _together(files: Sequence[Path], trusted: Path | None) -> tuple[Contribution, list[str]]:
    """The union, and the fingerprints of the files. Raises InputError with every file's problems: it cannot be read, is
    not trusted, or does not go with the others.
    """
    from puntlanding.contribution import merge as union
    from puntlanding.contribution.model import from_bytes
    from puntlanding.contribution.signing import load_trusted, require_trusted, verify

    found, problems = [], list[Problem]()
    keys = None if trusted is None else load_trusted(trusted)
    for path in contribution_files(files, problems):
        try:
            data = _read(path)
            if keys is not None:
                require_trusted([verify(data, path.name, keys)])
            found.append(from_bytes(data, path.name))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    return union(found), [one.fingerprint or "" for one in found]


def _warn_unprotected(whole: Contribution, options: Options) -> None:
    open_ones = [one.hospital for one in whole.hospitals if one.protection is None]
    problems = [Problem("not_protected", name, severity=Severity.WARNING) for name in open_ones]
    if not options.json:
        show_warnings(problems, options.language)


def key(*, target: Path, name: str | None, options: Options) -> None:
    from puntlanding.contribution.signing import make_keys

    chosen = KEY_NAME if name is None else name
    if not _NAME.fullmatch(chosen):
        raise InputError([Problem("key_name", "--name", value=chosen)])
    print(say("signing_key_made", options.language, *make_keys(target, chosen)))


def sign(*, file: Path, key: Path, out: Path | None, options: Options) -> None:
    """In the file itself, unless another place is named: the content stays what it was, a signature comes with it."""
    from puntlanding.contribution.signing import load_private
    from puntlanding.contribution.signing import sign as signed

    if out is not None:
        _require_new([out])
    write_whole({out or file: signed(_read(file), file.name, load_private(key))})
    print(say("signed_file", options.language, out or file))


def verify(*, files: Sequence[Path], trusted: Path | None, options: Options) -> None:
    """One line per file. Exit status 0 only where every file is signed by a known key."""
    from puntlanding.contribution.signing import Verdict, load_trusted
    from puntlanding.report.contract import as_json
    from puntlanding.report.signatures_report import as_record, as_text

    keys = {} if trusted is None else load_trusted(trusted)
    found: list[Verified] = []
    problems: list[Problem] = []
    for path in contribution_files(files, problems):
        _verify_one(path, keys, found, problems)
    if options.json:
        print(as_json(as_record(found, problems, options.language)))
    else:
        print(as_text(found, options.language, len(problems)))
    if problems and not options.json:
        raise InputError(problems)
    if problems or any(one.verdict is not Verdict.KNOWN for one in found):
        raise click.exceptions.Exit(1)


def _verify_one(path: Path, keys: Mapping[bytes, str], found: list[Verified], problems: list[Problem]) -> None:
    from puntlanding.contribution.signing import verify as verified

    try:
        found.append(verified(_read(path), path.name, keys))
    except InputError as error:
        problems += error.problems


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        details = {"reason": os_reason(error)}
        raise InputError([Problem("unreadable", path.name, value=str(path), details=details)]) from error


def _require_new(paths: Iterable[Path]) -> None:
    taken = [Problem("output_exists", path.name, value=str(path)) for path in paths if path.exists()]
    if taken:
        raise InputError(taken)
