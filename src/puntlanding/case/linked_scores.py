"""Benchmark rates and efficiency of a case from a benchmark file and the contributions of peers; what the case types wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from puntlanding.agreement import Agreement
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.efficiency_trees import efficiency_node
from puntlanding.benchmark.ex_ante import as_agreed
from puntlanding.benchmark.national_file import National
from puntlanding.benchmark.peers import GroupKey, PeersBy, peer_hospitals
from puntlanding.benchmark.published import Published, versions
from puntlanding.benchmark.published_tables import RATES, fraction
from puntlanding.benchmark.strata import compare
from puntlanding.case.home import Home, warn
from puntlanding.case.linked_file import BenchmarkFile, read_benchmark_file
from puntlanding.case.linked_national import efficiency_of, rates_of, require_agreed
from puntlanding.case.model import Case
from puntlanding.collective import Group, Role
from puntlanding.contribution import Contribution, merge, read_contribution
from puntlanding.contribution.model import SUFFIX
from puntlanding.explain import Node, Source, Unit, cell
from puntlanding.problems import InputError, Problem
from puntlanding.scoring import EfficiencyFigure

WHOLE_YEAR = 4  # quarters


@dataclass(frozen=True, slots=True)
class LinkedRates:
    """``rates``: norm hours per fte of the groups that have no row of their own in the case; ``file``: what gave them."""

    rates: Mapping[str, Node]
    file: BenchmarkFile | None
    problems: tuple[Problem, ...]


def linked_rates(
    case: Case, home: Home, folder: Path, chosen: BenchmarkFile | None, trusted: Path | None = None
) -> LinkedRates:
    """From ``chosen``, or else the newest version for the year in ``folder``. Raises InputError where it is damaged, of another
    year, compares in another way than the agreement says, or is not of whom is ``trusted``.
    """
    if chosen is not None and chosen.national is not None:
        require_agreed(chosen.national, case.agreement)
    wanting = [group for group in case.groups if group.name not in case.rates]
    if not wanting:
        return LinkedRates({}, chosen, ())
    year = case.agreement.year
    file = chosen or _newest(folder, year, trusted)
    if file is None:
        names = ", ".join(group.name for group in wanting)
        return LinkedRates({}, None, (warn("linked_no_benchmark", "benchmark", names, year=year, folder=str(folder)),))
    if isinstance(file.content, National):
        rates, told = rates_of(file.content, case, home, wanting)
        return LinkedRates(rates, file, told)
    return _published_rates(file, file.content, case, home, wanting)


def _published_rates(
    file: BenchmarkFile, published: Published, case: Case, home: Home, wanting: Sequence[Group]
) -> LinkedRates:
    problems = list(_other_rule(published, case.agreement))
    if problems:
        raise InputError(problems)
    known, found, said = published.rates(), {}, list[Problem]()
    for group in wanting:
        key = GroupKey(home.hospital, group.specialism, group.role.value)
        value, column = known.get(key), f"vakgroepen {' '.join(key)}"
        if value is None:
            value, column = _of_pool(published, key, home.kind)
        if value is None or not value:
            details = {"specialism": group.specialism, "role": group.role.value}
            said.append(warn("linked_rate_missing", published.file, group.name, **details))
        else:
            source = Source(published.file, None, column)
            found[group.name] = cell("rate", value, Unit.HOURS_PER_FTE, source, subject=group.name)
    return LinkedRates(found, file, tuple(said))


def _newest(folder: Path, year: int, trusted: Path | None) -> BenchmarkFile | None:
    found = versions(folder, year)
    if not found:
        return None
    return BenchmarkFile(found[-1], None) if trusted is None else read_benchmark_file(folder / found[-1].file, trusted)


def _other_rule(published: Published, agreement: Agreement) -> Iterator[Problem]:
    """A benchmark of another year, or made in another way than was agreed, must not decide about money unseen."""
    year, back = agreement.year, agreement.comparison.years_back
    if published.year != year:
        details: dict[str, object] = {"year": year, "found": published.year}
        yield Problem("linked_benchmark_year", published.file, details=details)
        return
    rule, method = as_agreed(agreement.comparison)
    pairs = [
        ("basisjaar", f"T-{back}", f"T-{year - published.base_year}"),
        ("methode", method.value, published.method.value),
        ("eigen_vakgroep", rule.own.value, published.rule.own.value),
    ]
    if published.rule.by is not PeersBy.LIST:  # a list is made for the occasion; the agreement has no word for it
        pairs.append(("vergelijking", rule.by.value, published.rule.by.value))
    for key, agreed, found in pairs:
        if agreed != found:
            details = {"agreed": agreed, "found": found, "key": key}
            yield Problem("linked_benchmark_rule", published.file, None, f"benchmark.{key}", details=details)


def _of_pool(published: Published, key: GroupKey, kind: str | None) -> tuple[Fraction | None, str]:
    """A hospital that was not in the benchmark itself is measured against the peers that it would have had."""
    pool = published.rule.pool(kind)
    for row in published.tables[RATES].iter_rows(named=True):
        if (row["specialisme"], row["rol"], row["vergelijking"]) == (key.specialism, key.role, pool):
            return fraction(row, "benchmark"), f"tarieven {key.specialism} {key.role} {pool}"
    return None, ""


@dataclass(frozen=True, slots=True)
class LinkedEfficiency:
    """``years`` are those that have figures of their own; ``files`` what they were compared with."""

    figures: tuple[EfficiencyFigure, ...]
    years: tuple[int, ...]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def linked_efficiency(
    case: Case, home: Home, folder: Path | None, national: National | None = None
) -> LinkedEfficiency:
    """Of T-1 for the budget and of T for the realisation, against the contributions in ``folder``, or without these against the
    reference strata of the ``national`` file, which are of T-1. A group and year that the case has a figure for is left alone.
    Raises InputError where the contributions cannot be compared.
    """
    agreement, year = case.agreement, case.agreement.year
    gates = {group.specialism: group.name for group in case.groups if group.role is Role.GATEKEEPING}
    typed = {(figure.group, figure.year) for figure in case.efficiency}
    wanted = [one for one in (year - 1, year) if any((name, one) not in typed for name in gates.values())]
    if not agreement.weights.efficiency.value or not wanted:
        return LinkedEfficiency((), (), (), ())
    if folder is None and (national is None or national.basis.year not in wanted):
        return LinkedEfficiency((), (), (), () if typed else (warn("linked_no_efficiency", "efficiency", None),))
    peers = [] if folder is None else peers_in(folder, home.hospital)
    if agreement.comparison.by_type and _kind(home, national) is None:
        return LinkedEfficiency((), (), (), (warn("linked_no_kind", "ziekenhuizen", home.hospital),))
    said, files = list[Problem](), dict[str, None]()
    nodes: dict[int, Mapping[str, Node]] = {}
    if folder is not None:
        nodes = _against_peers(case, home, folder.name, peers, wanted, files, said)
    elif national is not None:
        nodes[national.basis.year], told = efficiency_of(national, case, home)
        said += told
        files[national.file] = None
    figures, years = list[EfficiencyFigure](), list[int]()
    for of, own in nodes.items():
        new = [
            EfficiencyFigure(gates[specialism], of, node.named("efficiency", subject=gates[specialism]))
            for specialism, node in own.items()
            if specialism in gates and (gates[specialism], of) not in typed
        ]
        years += [of] if new else []
        figures += new
    figures += _carried(figures, typed, year, said)
    return LinkedEfficiency(tuple(figures), tuple(years), tuple(files), tuple(said))


def _kind(home: Home, national: National | None) -> str | None:
    return home.kind if home.kind is not None or national is None else national.kind(home.hospital)


def _against_peers(
    case: Case, home: Home, folder: str, peers: Sequence[Contribution], wanted: Sequence[int],
    files: dict[str, None], said: list[Problem],
) -> dict[int, Mapping[str, Node]]:  # fmt: skip
    """Year → specialism → efficiency. Adds to ``files`` and ``said``."""
    found = dict[int, Mapping[str, Node]]()
    for of in wanted:
        others = [one for one in peers if one.basis.year == of]
        if not others or home.kept(of) is None:
            said.append(warn("linked_no_peers", folder, str(of), year=of, hospital=home.hospital))
            continue
        found[of] = _own_figures(case, home, of, others)
        files |= dict.fromkeys(one.file or "" for one in others)
    return found


def _carried(
    figures: list[EfficiencyFigure], typed: set[tuple[str, int]], year: int, said: list[Problem]
) -> list[EfficiencyFigure]:
    """A group with a figure of one of the two years keeps it for the other: a score that is known once must not look like a rise
    or a fall.
    """
    known = {(one.group, one.year) for one in figures} | typed
    found = []
    for one in figures:
        other = year if one.year == year - 1 else year - 1
        if (one.group, other) not in known:
            found.append(replace(one, year=other))
    for missing in (year - 1, year):
        names = ", ".join(one.group for one in found if one.year == missing)
        if names:
            other = year if missing == year - 1 else year - 1
            said.append(warn("linked_efficiency_kept", "efficiency", names, year=missing, other=other))
    return found


def peers_in(folder: Path, hospital: str) -> list[Contribution]:
    """Every contribution in ``folder``, less the hospital's own: that comes from its records."""
    if not folder.is_dir():
        raise InputError([Problem("source_not_found", folder.name, value=str(folder))])
    found, problems = list[Contribution](), list[Problem]()
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        try:
            found.append(read_contribution(path))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    without = ((one, [name for name in one.names if name != hospital]) for one in found)
    return [one if len(names) == len(one.names) else _less(one, names) for one, names in without if names]


def _less(one: Contribution, names: list[str]) -> Contribution:
    return replace(one.only(names), file=one.file)


def with_peers(
    case: Case, home: Home, year: int, others: Sequence[Contribution]
) -> tuple[Contribution, dict[str, str]]:
    """The hospital's own contribution of ``year`` and those of ``others`` as one, as if all norm times were the same: for what does
    not hang on norm times. And the file of each hospital.
    """
    own = home.contribution(year, case)
    shared = others[0].basis
    own = replace(own, basis=replace(own.basis, norm_times=shared.norm_times))
    others = [replace(one, basis=replace(one.basis, norm_times=shared.norm_times)) for one in others]
    whole = merge([own, *others])
    return whole, {name: one.file or "" for one in (own, *others) for name in one.names}


def _own_figures(case: Case, home: Home, year: int, others: list[Contribution]) -> dict[str, Node]:
    """Specialism → efficiency of the hospital's own group. Norm times do not matter here, so peers may have made theirs with others."""
    whole, files = with_peers(case, home, year, others)
    rule, _ = as_agreed(case.agreement.comparison)
    hospitals = [one if one.hospital != home.hospital else replace(one, kind=home.kind) for one in whole.hospitals]
    peers = peer_hospitals(hospitals, rule, home.hospital)
    weights = home.lists.efficiency_weights
    comparison = compare(whole.strata, WHOLE_YEAR, {home.hospital: peers}, files=files)
    return {
        specialism: efficiency_node(figure, comparison, weights)
        for (hospital, specialism), figure in efficiencies(comparison, weights).items()
        if hospital == home.hospital and figure.value is not None
    }
