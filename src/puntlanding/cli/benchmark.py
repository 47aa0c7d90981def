"""The benchmark's commands: compute, publish, measure, show."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from puntlanding.cli.output import Options, say, show_warnings
from puntlanding.cli.places import contribution_files
from puntlanding.problems import InputError, Problem, Severity, limited, near_miss

if TYPE_CHECKING:
    from puntlanding.benchmark.ex_ante import Benchmark
    from puntlanding.benchmark.ex_post import ExPostWeights
    from puntlanding.benchmark.peers import PeerRule
    from puntlanding.benchmark.published import Outcome, Published
    from puntlanding.benchmark.rates import Rates
    from puntlanding.contribution import Contribution
    from puntlanding.contribution.tables import TableName
    from puntlanding.norms.structure import ProductStructure
    from puntlanding.norms.trends import Trends

Columns = Mapping["TableName", Collection[str]]
MOST_FILES = 4  # named in a line; of seventy contributions the number is enough


def ex_ante(
    *, year: int, contributions: tuple[Path, ...], norms: tuple[Path, ...], structure: Path | None, trends: Path | None,
    base_year: int | None, peers: str | None, own: str, method: str, hospital: str | None, publish: Path | None,
    day: str | None, reason: str | None, options: Options,
) -> None:  # fmt: skip
    """The benchmark of a year; with ``publish`` it is written as the next version."""
    from puntlanding.agreement import PeerMethod
    from puntlanding.benchmark.ex_ante import ex_ante as compute
    from puntlanding.case.norm_lists import read_norm_tables, read_product_structure, read_trends
    from puntlanding.contribution import merge
    from puntlanding.contribution.tables import LAYOUTS, OPENED, OPENED_MINUTES, TableName

    if publish is not None and day is None:
        raise InputError([Problem("publish_needs_date", "--date")])
    keys = LAYOUTS[TableName.PRODUCTION].keys
    parts = read_all(contributions, {TableName.PRODUCTION: (*keys, *OPENED, *OPENED_MINUTES)})
    _require_year(parts, base_year, "base_year_other")
    whole = merge(parts)
    rule = the_rule(peers, own, whole)
    _require_hospital(hospital, whole)
    changes = read_product_structure(structure) if structure else None
    local = read_trends(trends) if trends else None
    if changes is not None and not set(changes.years) & set(range(whole.basis.year + 1, year + 1)):
        raise InputError([Problem("list_without_year", changes.file, None, "jaar", details={"year": year})])
    table, files = read_norm_tables(norms), {name: part.file or "" for part in parts for name in part.names}
    with _room_for_factors(changes, local):
        found = compute(whole, year, table, rule, PeerMethod(method), changes, local, files)
    written = None if publish is None or day is None else _publish(publish, found, parts, day, reason)
    _show_ex_ante(found, hospital, written, options, _idle(whole, year, changes, local))


@contextmanager
def _room_for_factors(changes: ProductStructure | None, local: Trends | None) -> Iterator[None]:
    """A volume is exact to twelve decimals: two factors of six, and of a base year two years back there can be three."""
    try:
        yield
    except ValueError as error:
        if changes is None or local is None:
            raise
        raise InputError([Problem("linked_too_fine", f"{changes.file}, {local.file}")]) from error


def _idle(
    whole: Contribution, year: int, changes: ProductStructure | None, local: Trends | None
) -> tuple[Problem, ...]:
    """Rows of the lists that change nothing, because what they speak of is not there: a slip in a code or a hospital's name."""
    from puntlanding.norms.structure import idle
    from puntlanding.norms.trends import idle_trends
    from puntlanding.norms.volumes import volumes_of

    if changes is None and local is None:
        return ()
    volumes = volumes_of(whole)
    first, problems = whole.basis.year + 1, list[Problem]()
    if changes is not None and first == year:  # of two years the second may change what the first brought
        problems += [_nothing(changes.file, one.row, one.hospital or one.old) for one in idle(volumes, changes, year)]
    if local is not None:
        new = {one.new for one in changes.changes} if changes is not None else set()
        met_nothing = [one for one in idle_trends(volumes, local) if one.code is None or one.code not in new]
        problems += [_nothing(local.file, one.row, one.hospital or one.code or one.specialism) for one in met_nothing]
    return limited(problems, 10)


def _nothing(file: str, row: int | None, value: str | None) -> Problem:
    return Problem("list_row_idle", file, row, value=value, severity=Severity.WARNING)


def _publish(folder: Path, found: Benchmark, parts: Sequence[Contribution], day: str, reason: str | None) -> Outcome:
    from puntlanding import __version__
    from puntlanding.benchmark.published import publish
    from puntlanding.cli.intake import the_day

    prints = {name: part.fingerprint or "" for part in parts for name in part.names}
    return publish(folder, found, prints, the_day(day), reason, __version__)


def _show_ex_ante(
    found: Benchmark, hospital: str | None, written: Outcome | None, options: Options, idle: Sequence[Problem]
) -> None:
    from puntlanding.report import benchmark_hospital, benchmark_tables
    from puntlanding.report.published_benchmark import version_record

    noted = (*idle, *_for(found.problems, found.rates, hospital))
    if options.json:
        record = (
            benchmark_tables.as_record(found) if hospital is None else benchmark_hospital.as_record(found, hospital)
        )
        if written is not None:
            record["vastgesteld"] = {**version_record(written.published), "geschreven": written.written}
        _print(record, noted, options)
        return
    if hospital is None:
        print(benchmark_tables.as_text(found, options.language))
    else:
        print(benchmark_hospital.as_text(found, hospital, options.language))
    if written is not None:
        key = "published_done" if written.written else "published_same"
        print("\n" + say(key, options.language, written.path, written.published.fingerprint[:12]))
    show_warnings(noted, options.language)


def ex_post(
    *, year: int, contributions: tuple[Path, ...], quarter: int, peers: str | None, own: str, method: str,
    weights: str | None, hospital: str | None, options: Options,
) -> None:  # fmt: skip
    """The year so far, with the efficiency of the same contributions."""
    from puntlanding.agreement import PeerMethod
    from puntlanding.benchmark.ex_post import ex_post_realised
    from puntlanding.contribution import merge
    from puntlanding.contribution.tables import CLOSED, CLOSED_MINUTES, LAYOUTS, TableName
    from puntlanding.report.ex_post_tables import as_record, as_text

    chosen = _weights(weights)
    keys = LAYOUTS[TableName.PRODUCTION].keys
    whole_tables = {name: tuple(LAYOUTS[name].schema) for name in (TableName.STRATA, TableName.INPUT)}
    parts = read_all(contributions, {TableName.PRODUCTION: (*keys, *CLOSED, *CLOSED_MINUTES), **whole_tables})
    _require_year(parts, year, "ex_post_year")
    whole = merge(parts)
    rule = the_rule(peers, own, whole)
    _require_hospital(hospital, whole)
    found = ex_post_realised(whole, quarter, rule, PeerMethod(method), chosen)
    noted = _for(found.problems, found.output_rates, hospital)
    if options.json:
        _print(as_record(found, hospital), noted, options)
        return
    print(as_text(found, options.language, hospital))
    show_warnings(noted, options.language)


def show(*, file: Path, options: Options) -> None:
    from puntlanding.benchmark.published import read_benchmark
    from puntlanding.report.contract import as_json
    from puntlanding.report.published_benchmark import as_record, as_text

    one = read_benchmark(file)
    print(as_json(as_record(one)) if options.json else as_text(one, options.language))


def versions(*, folder: Path, options: Options) -> None:
    """Every version of every year, once all of them fit together."""
    from puntlanding.benchmark.published import versions as read_versions
    from puntlanding.benchmark.published import years
    from puntlanding.report.contract import as_json
    from puntlanding.report.published_benchmark import version_record, versions_text

    if not folder.is_dir():
        raise InputError([Problem("source_not_found", folder.name, value=str(folder))])
    problems: list[Problem] = []
    found: list[Published] = []
    for year in years(folder):
        try:
            found += read_versions(folder, year)
        except InputError as error:
            problems += error.problems
    if not found and not problems:
        problems.append(Problem("published_none", folder.name, value=str(folder)))
    if problems:
        raise InputError(problems)
    if options.json:
        print(as_json({"versies": [version_record(one) for one in found]}))
        return
    print(versions_text(found, options.language))


def read_all(paths: Sequence[Path], columns: Columns | None = None) -> list[Contribution]:
    """The contributions at ``paths``; of a folder, all in it. Raises InputError with what is wrong in any of them."""
    from puntlanding.contribution import read_contributions

    found: list[Contribution] = []
    problems: list[Problem] = []
    try:
        found = read_contributions(contribution_files(paths, problems), columns)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def the_rule(peers: str | None, own: str, whole: Contribution) -> PeerRule:
    """Of the options --peers and --own. Raises InputError where the list cannot be read or names a hospital that is not there."""
    from puntlanding.benchmark.peers import Own, PeerRule, PeersBy, require_listed
    from puntlanding.case.lists import read_hospital_kinds

    if peers in (None, PeersBy.TYPE.value, PeersBy.ALL.value):
        return PeerRule(PeersBy(peers or PeersBy.TYPE), Own(own))
    path = Path(str(peers))
    rule = PeerRule(PeersBy.LIST, Own(own), tuple(sorted(read_hospital_kinds(path))))
    require_listed(rule, whole.names, path.name)
    return rule


def _require_year(parts: Sequence[Contribution], year: int | None, code: str) -> None:
    wrong = [one for one in parts if year is not None and one.basis.year != year]
    if wrong:
        problems = []
        for found in sorted({one.basis.year for one in wrong}):
            files = [one.file or "" for one in wrong if one.basis.year == found]
            named = ", ".join(files[:MOST_FILES]) + (f", … ({len(files)})" if len(files) > MOST_FILES else "")
            problems.append(Problem(code, named, details={"asked": year, "found": found}))
        raise InputError(problems)


def _require_hospital(hospital: str | None, whole: Contribution) -> None:
    if hospital is not None and hospital not in whole.names:
        details = {"close": near_miss(hospital, whole.names), "allowed": ", ".join(whole.names)}
        raise InputError([Problem("hospital_not_there", "--hospital", value=hospital, details=details)])


def _weights(text: str | None) -> ExPostWeights:
    from puntlanding.benchmark.ex_post import ExPostWeights
    from puntlanding.quantities import parse_decimal

    if text is None:
        return ExPostWeights()
    parts: list[Fraction] = []
    try:
        parts = [parse_decimal(part.strip().replace(",", ".")) for part in text.split("/")]
    except ValueError:
        parts = []
    if len(parts) != 3 or min(parts) < 0:
        raise InputError([Problem("weights_form", "--weights", value=text)])
    chosen = ExPostWeights(*parts)
    chosen.require_one()
    return chosen


def _for(problems: Sequence[Problem], rates: Rates, hospital: str | None) -> tuple[Problem, ...]:
    from puntlanding.benchmark.rates import concerning

    return limited(problems if hospital is None else concerning(problems, rates, hospital), 10)


def _print(record: Mapping[str, Any], found: Sequence[Problem], options: Options) -> None:
    from puntlanding.report.contract import as_json, problems_record

    print(as_json({**record, **problems_record(found, options.language, "waarschuwingen")} if found else record))
