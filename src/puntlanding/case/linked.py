"""A case of which the store gives what the folder does not: volumes, realisation, efficiency and benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from puntlanding.case.cross import Files, cross_check
from puntlanding.case.estimated import EstimatedProduction
from puntlanding.case.home import Home
from puntlanding.case.linked_file import read_benchmark_file
from puntlanding.case.linked_lists import STRUCTURE, TRENDS, WEIGHTS, CaseLists
from puntlanding.case.linked_production import LinkedProduction, linked_production
from puntlanding.case.linked_scores import LinkedEfficiency, LinkedRates, linked_efficiency, linked_rates
from puntlanding.case.load import Loaded, load_case
from puntlanding.case.model import Case
from puntlanding.case.provenance import TableHash, file_hash, file_hashes
from puntlanding.contribution.model import SUFFIX, read_contribution
from puntlanding.contribution.signing import Verified
from puntlanding.problems import InputError, Problem, Severity, errors, limited, near_miss
from puntlanding.records.store import Store
from puntlanding.records.store.layout import MARK

BENCHMARKS = "benchmark"  # the folder of published benchmarks in a store


@dataclass(frozen=True, slots=True)
class Link:
    """What is asked for. ``case`` None: the store's own place for the year's case; ``benchmark`` None: the newest version there.

    ``trusted`` is a public key, or a folder of them: then a benchmark that is not signed by one of these is refused.
    ``forecast`` False: what was realised is good enough as one, because nobody looks at it.
    """

    store: Path
    hospital: str
    year: int | None = None
    case: Path | None = None
    as_of: date | None = None
    benchmark: Path | None = None
    contributions: Path | None = None
    trusted: Path | None = None
    forecast: bool = True

    @property
    def place(self) -> Path:
        """Where the case is. Raises InputError where neither a case nor a year is given."""
        if self.case is not None:
            return self.case
        if self.year is None:
            raise InputError([Problem("linked_year_needed", "--year")])
        return self.store / self.hospital / f"case-{self.year}"


class From(StrEnum):
    """Where a table of the case came from."""

    CASE = "case"
    RECORDS = "opslag"
    ESTIMATE = "prognose"
    BENCHMARK = "benchmark"
    NATIONAL = "landelijk"
    CONTRIBUTIONS = "bijdragen"
    NOTHING = "niets"


@dataclass(frozen=True, slots=True)
class Origin:
    """``files`` name what it was read from; ``base`` is the year in which the volumes opened, ``day`` when they were known.

    ``verified`` says whose signature the file has, where that was looked at.
    """

    table: str
    source: From
    files: tuple[str, ...] = ()
    base: int | None = None
    day: date | None = None
    verified: Verified | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    loaded: Loaded
    origins: tuple[Origin, ...]


def load_linked(link: Link) -> Linked:
    """The case at ``link.place``, completed from the store. Raises InputError where there is no such store or hospital, or the
    case leaves open what the store's records need; errors in the case's own files are in the answer, as `load_case` gives them.
    """
    store = the_store(link)
    loaded = load_case(link.place)
    if loaded.case is None:
        return Linked(loaded, ())
    case = loaded.case
    if link.year is not None and link.year != case.agreement.year:
        details = {"year": link.year, "found": case.agreement.year}
        raise InputError([Problem("linked_other_year", case.agreement.file, None, "afspraak.jaar", details=details)])
    lists = CaseLists(link.place if link.place.is_dir() else link.place.parent)
    home = Home(store, link.hospital, link.as_of, lists, kind_of(link, lists), forecast=link.forecast)
    production = linked_production(case, home)
    chosen = None if link.benchmark is None else read_benchmark_file(link.benchmark, link.trusted)
    rates = linked_rates(case, home, link.store / BENCHMARKS, chosen, link.trusted)
    efficiency = linked_efficiency(case, home, link.contributions, None if chosen is None else chosen.national)
    whole = replace(
        case,
        budget=case.budget or production.budget,
        realisation=case.realisation or production.realisation,
        forecast=case.forecast or production.forecast,
        rates={**rates.rates, **case.rates},
        efficiency=(*case.efficiency, *efficiency.figures),
    )
    said = [*production.problems, *rates.problems, *efficiency.problems]
    problems = _checked(whole, loaded, said)
    files = (*loaded.files, *own_lists(lists))
    provenance = None if loaded.provenance is None else loaded.provenance.with_tables(_hashes(link, lists, home, rates))
    done = Loaded(None if errors(problems) else whole, tuple(limited(problems)), loaded.notes, files, provenance)
    return Linked(done, tuple(_origins(case, loaded, home, production, rates, efficiency)))


def _hashes(link: Link, lists: CaseLists, home: Home, rates: LinkedRates) -> Iterator[TableHash]:
    """What the store gave: the records of each year that were looked at, lists, the benchmark, contributions of others."""
    yield from home.hashes()
    yield from file_hashes(own_lists(lists))
    if rates.file is not None:
        path = link.benchmark or link.store / BENCHMARKS / rates.file.content.file
        yield TableHash("benchmark", path.name, file_hash(path))
    for path in sorted(link.contributions.glob(f"*{SUFFIX}")) if link.contributions is not None else ():
        yield TableHash(f"bijdrage {path.stem}", path.name, file_hash(path))


def the_store(link: Link) -> Store:
    if not (link.store / MARK).is_file():
        raise InputError([Problem("linked_no_store", link.store.name, value=str(link.store))])
    store = Store(link.store)
    known = store.hospitals()
    if link.hospital not in known:
        details = {"close": near_miss(link.hospital, known), "allowed": ", ".join(known) or "–"}
        raise InputError([Problem("linked_hospital", "--hospital", value=link.hospital, details=details)])
    return store


def kind_of(link: Link, lists: CaseLists) -> str | None:
    """The type of hospital as the list in the case says, or else the hospital's own last contribution in the store."""
    listed = lists.kind(link.hospital)
    if listed is not None:
        return listed
    kept = sorted((link.store / link.hospital).glob(f"bijdrage-*{SUFFIX}"), reverse=True)
    known = read_contribution(kept[0], {}).hospitals if kept else ()
    return next((one.kind for one in known if one.hospital == link.hospital), None)


def _checked(case: Case, loaded: Loaded, said: Iterable[Problem]) -> list[Problem]:
    """What was said of the case before, what the store has to say, and the checks between tables now that all are there."""
    typed = {note.name: note.file for note in loaded.notes if note.rows and note.name != "benchmark"}
    files = Files(typed | dict(_labels(case)))  # a group without a rate is told with where it was looked for
    known = [problem for problem in loaded.problems if problem.severity is Severity.WARNING]
    found = [*known, *said]
    return [*found, *(problem for problem in cross_check(case, files) if problem not in found)]


def _labels(case: Case) -> Iterator[tuple[str, str]]:
    for name, production in (("begroting", case.budget), ("realisatie", case.realisation), ("prognose", case.forecast)):
        if production is not None:
            yield name, production.file


def own_lists(lists: CaseLists) -> Iterator[Path]:
    """No result is written over these either."""
    for name in (STRUCTURE, TRENDS, WEIGHTS, "kostprijzen", "diagnosegroepen", "ziekenhuizen"):
        path = lists.path(name)
        if path is not None:
            yield path


def _origins(
    case: Case,
    loaded: Loaded,
    home: Home,
    production: LinkedProduction,
    rates: LinkedRates,
    efficiency: LinkedEfficiency,
) -> Iterator[Origin]:
    """By table, in the order in which a year uses them."""
    files = {note.name: note.file for note in loaded.notes if note.rows}
    year = case.agreement.year
    back = case.agreement.comparison.years_back
    lists = [path.name for name in (STRUCTURE, TRENDS) if (path := home.lists.path(name))]
    for name, typed, made, base in (
        ("begroting", case.budget, production.budget, year - back),
        ("realisatie", case.realisation, production.realisation, year),
        ("prognose", case.forecast, production.forecast, year),
    ):
        day = home.known_on(base)
        if typed is not None:
            yield Origin(name, From.CASE, (files.get(name, name),))
        elif made is not None and day is not None:
            beside = tuple(lists) if name == "begroting" else ()
            source = From.ESTIMATE if isinstance(made, EstimatedProduction) else From.RECORDS
            yield Origin(name, source, beside, base, day)
        else:
            yield Origin(name, From.NOTHING)
    yield from _scores(case, files, rates, efficiency)
    for name in ("normtijden", "formatie", "kosten"):
        yield Origin(name, From.CASE, (files[name],)) if name in files else _list_origin(name, home)


def _scores(case: Case, files: dict[str, str], rates: LinkedRates, efficiency: LinkedEfficiency) -> Iterator[Origin]:
    """A table can be typed for some groups and found for others: then it has two origins."""
    if case.rates:
        yield Origin("benchmark", From.CASE, (files.get("benchmark", "benchmark"),))
    if rates.rates and rates.file is not None:
        source = From.BENCHMARK if rates.file.national is None else From.NATIONAL
        yield Origin("benchmark", source, (rates.file.content.file,), verified=rates.file.verified)
    if not case.rates and not rates.rates:
        yield Origin("benchmark", From.NOTHING)
    if case.efficiency:
        yield Origin("efficiency", From.CASE, (files.get("efficiency", "efficiency"),))
    if efficiency.figures:
        yield Origin("efficiency", From.CONTRIBUTIONS, efficiency.files)
    if not case.efficiency and not efficiency.figures:
        yield Origin("efficiency", From.NOTHING)


def _list_origin(name: str, home: Home) -> Origin:
    path = home.lists.path(name)
    return Origin(name, From.NOTHING) if path is None else Origin(name, From.CASE, (path.name,))
