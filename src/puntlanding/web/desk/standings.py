"""Where a year's groups stand among comparable ones, and in what they differ: read beside the files that were approved.

It comes from the year's source: contributions in `STORE/bijdragen`, published benchmarks and national figures in `STORE/benchmark`; without these from what
the case types. Kept by snapshot, source and what stands in those folders, so that a new contribution is seen: in memory, and on disk
what takes long to make.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from django.conf import settings

from puntlanding import __version__
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.national_file import SUFFIX as NATIONAL
from puntlanding.benchmark.published import Published
from puntlanding.benchmark.published import versions as published_versions
from puntlanding.case.home import Home
from puntlanding.case.linked import BENCHMARKS, Link, kind_of, the_store
from puntlanding.case.linked_file import read_benchmark_file
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.linked_own import own_priced
from puntlanding.case.linked_standing import Differences, linked_differences, linked_standing
from puntlanding.case.model import Case
from puntlanding.contribution.model import SUFFIX
from puntlanding.contribution.signing import PUBLIC, Verified
from puntlanding.language.notation import Language
from puntlanding.problems import InputError, Problem
from puntlanding.records.store.layout import INDEX
from puntlanding.report.dossier import Dossier
from puntlanding.report.standing import (
    Key,
    Standing,
    rates_of,
    standing_as_typed,
    standing_of_contributions,
    standing_of_published,
)
from puntlanding.report.standing_national import standing_of_national
from puntlanding.web.cached import Recent
from puntlanding.web.desk.dossiers import KEPT_IN_MEMORY, cached, snapshots
from puntlanding.web.desk.kept_standings import differences_bytes, differences_of, standing_bytes, standing_of
from puntlanding.web.desk.models import Kind, Source, Version, Year
from puntlanding.web.desk.queries import current, dossier_of, source_of

KEYS = "sleutels"  # the folder beside the benchmarks for public keys of who may sign national figures
CONTRIBUTIONS = "bijdragen"  # the folder in a store for the contributions of all hospitals, the own one among them


@dataclass(frozen=True, slots=True)
class Stood:
    """``published``: this year's versions, the first one first.
    ``rates``: what its last version says of the own groups. ``problems`` say why there is nothing better than this; they may name
    files. ``key`` names everything it was made from; ``verified`` says whose signature national figures have.
    """

    standing: Standing
    hospital: str
    published: tuple[Published, ...]
    rates: Mapping[Key, Fraction]
    problems: tuple[Problem, ...]
    key: str
    verified: Verified | None = None


@dataclass(frozen=True, slots=True)
class Differed:
    """``found`` None: ``problems`` say why, and the case may still type figures."""

    found: Differences | None
    problems: tuple[Problem, ...] = ()
    key: str = ""


_stood: Recent[Stood] = Recent(KEPT_IN_MEMORY)
_differed: Recent[Differences] = Recent(KEPT_IN_MEMORY)


def stood(version: Version, dossier: Dossier) -> Stood:
    """The best there is, of the year of ``version``."""
    source = source_of(version.year)
    key = _key(source, version.snapshot)
    return _recent_stood(key, source, version.snapshot, dossier)


def _recent_stood(key: str, source: Source | None, snapshot: str, dossier: Dossier) -> Stood:
    if source is None:
        return Stood(standing_as_typed(dossier.year), "", (), {}, (), key)
    return _stood.get(
        (str(settings.DATA), key), lambda: _made(key, _link(source, snapshot, dossier), snapshot, dossier)
    )


def differed(version: Version, dossier: Dossier) -> Differed:
    source = source_of(version.year)
    if source is None or _contributions(source) is None:
        return Differed(None)
    snapshot, case = version.snapshot, dossier.case
    key, link = _key(source, snapshot), _link(source, snapshot, dossier)

    def made() -> Differences:
        kept = cached().get(
            snapshot, f"verschillen-{key[:32]}", lambda: differences_bytes(linked_differences(link, case))
        )
        return differences_of(kept, CaseLists(link.place).efficiency_weights)

    try:
        return Differed(_differed.get((str(settings.DATA), key), made), (), key)
    except InputError as error:
        return Differed(None, tuple(error.problems), key)


def prepare(year: Year) -> None:
    """Of every version that counts, ahead of who asks: for whoever puts contributions into the store, or chooses it. What cannot be
    read is told when somebody opens the page.
    """
    for version in {one.snapshot: one for kind in Kind if (one := current(year, kind)) is not None}.values():
        with contextlib.suppress(InputError):
            dossier = dossier_of(version, Language.DUTCH)
            stood(version, dossier)
            differed(version, dossier)


def _made(key: str, link: Link, snapshot: str, dossier: Dossier) -> Stood:
    problems: list[Problem] = []
    case, versions = dossier.case, _published(link, dossier.agreement.year, problems)
    last, computed = None, _computed(key, link, snapshot, case, problems)
    if versions:
        own, kind = _own(link, dossier, versions[-1].base_year, problems)
        last = standing_of_published(versions[-1], own, link.hospital, kind, case)
    rates = {} if last is None else rates_of(last)
    best = computed or last
    if best is not None:
        return Stood(best, link.hospital, versions, rates, tuple(problems), key)
    national = _national(link, case, problems)
    if national is not None:
        standing, verified = national
        return Stood(standing, link.hospital, (), {}, tuple(problems), key, verified)
    return Stood(standing_as_typed(dossier.year), link.hospital, (), {}, tuple(problems), key)


def _national(link: Link, case: Case, problems: list[Problem]) -> tuple[Standing, Verified | None] | None:
    """The last by name of the files of this year that stand beside published benchmarks. With keys in `sleutels` it must be signed by
    one of these.
    """
    keys = link.store / BENCHMARKS / KEYS
    trusted = keys if any(keys.glob(f"*{PUBLIC}")) else None
    for path in sorted((link.store / BENCHMARKS).glob(f"*{NATIONAL}"), reverse=True):
        try:
            file = read_benchmark_file(path, trusted)
            if file.national is None or file.national.year != case.agreement.year:
                continue
            lists = CaseLists(link.place)
            home = Home(the_store(link), link.hospital, link.as_of, lists, kind_of(link, lists), forecast=False)
            own = own_priced(link, case, file.national.basis.year)
            standing, said = standing_of_national(file.national, own, home, case)
        except InputError as error:
            problems += error.problems
            continue
        problems += said
        return standing, file.verified
    return None


def _computed(key: str, link: Link, snapshot: str, case: Case, problems: list[Problem]) -> Standing | None:
    """Kept on disk: reading the contributions of all hospitals takes seconds."""
    if link.contributions is None:
        return None

    def made() -> bytes:
        return standing_bytes(standing_of_contributions(linked_standing(link, case), link.hospital, case))

    try:
        return standing_of(cached().get(snapshot, f"standplaats-{key[:32]}", made))
    except InputError as error:
        problems += error.problems
        return None


def _published(link: Link, year: int, problems: list[Problem]) -> tuple[Published, ...]:
    """A chain that does not fit together is no benchmark: then it is said, and none is shown."""
    try:
        return published_versions(link.store / BENCHMARKS, year)
    except InputError as error:
        problems += error.problems
        return ()


def _own(link: Link, dossier: Dossier, base: int, problems: list[Problem]) -> tuple[Benchmark | None, str | None]:
    try:
        the_store(link)
        kind = kind_of(link, CaseLists(link.place))
        return own_priced(link, dossier.case, base), kind
    except InputError as error:
        problems += error.problems
        return None, None


def _link(source: Source, snapshot: str, dossier: Dossier) -> Link:
    folder = snapshots().folder(snapshot)
    return Link(
        Path(source.store), source.hospital, dossier.agreement.year, folder, source.as_of,
        contributions=_contributions(source), forecast=False,
    )  # fmt: skip


def _contributions(source: Source) -> Path | None:
    folder = Path(source.store) / CONTRIBUTIONS
    return folder if any(folder.glob(f"*{SUFFIX}")) else None


def _key(source: Source | None, snapshot: str) -> str:
    there = () if source is None else _there(source)
    return hashlib.sha256("\n".join((__version__, snapshot, *there)).encode()).hexdigest()


def _there(source: Source) -> Iterator[str]:
    """What a folder of others holds goes in by a hash only: the names of files are names of hospitals."""
    store = Path(source.store)
    own = store / source.hospital
    yield from (str(store), source.hospital, str(source.as_of))
    try:
        yield hashlib.sha256((own / INDEX).read_bytes()).hexdigest()
        folders = (own.glob(f"*{SUFFIX}"), (store / BENCHMARKS).rglob("*"), (store / CONTRIBUTIONS).glob(f"*{SUFFIX}"))
        for folder in folders:
            for path in sorted(folder):
                about = path.stat()
                yield f"{path.name} {about.st_size} {about.st_mtime_ns}"
    except OSError:
        yield "-"
