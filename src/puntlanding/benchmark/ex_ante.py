"""The ex-ante benchmark of a year: the production and formation of T-1, or T-2, as they would count in year T [CB bijlage 1].

Volumes opened in the base year → product structure of T → local trends → norm times of T → norm hours ÷ care fte of the base
year. Fixed before the year; what it says of a group does not change during it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.agreement import Comparison, PeerMethod
from puntlanding.benchmark.explained import Origins, rate_tree
from puntlanding.benchmark.output import Effects, Output, priced_output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule, PeersBy
from puntlanding.benchmark.rates import HUNDREDTHS_PER_HOUR, Rates, doubts, measures, rates
from puntlanding.contribution import Contribution
from puntlanding.explain import Node
from puntlanding.norms.structure import ProductStructure
from puntlanding.norms.table import NormTable
from puntlanding.norms.trends import Trends
from puntlanding.norms.volumes import exact
from puntlanding.problems import InputError, Problem, Severity
from puntlanding.quantities import ZERO, fixed


@dataclass(frozen=True, slots=True)
class Change:
    """What a peer group's pooled rate was in the base year and is in the new one, in norm hours per fte.

    old + structure + trends + norm times + coverage = new, exactly. Pooled whatever the method, because only then parts add up.
    """

    specialism: str
    role: str
    pool: str
    old: Fraction
    effects: Effects
    new: Fraction


@dataclass(frozen=True, slots=True)
class Missing:
    """A code without a norm time: its volume, and in how many hospitals."""

    specialism: str
    role: str
    kind: str
    code: str
    volume: Fraction
    hospitals: int


@dataclass(frozen=True, slots=True)
class Benchmark:
    """``norm_times`` is the fingerprint of the norm times of ``year``; ``sources`` names the other lists that were used, with
    what they say of it.
    """

    year: int
    base_year: int
    rates: Rates
    output: Output
    changes: tuple[Change, ...]
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]
    hospitals: tuple[str, ...]
    norm_times: str
    sources: Mapping[str, str]
    origins: Origins

    @property
    def rule(self) -> PeerRule:
        return self.rates.rule

    @property
    def method(self) -> PeerMethod:
        return self.rates.method

    def explain(self, key: GroupKey) -> Node | None:
        return rate_tree(self.rates, self.output, key, self.origins)


def as_agreed(comparison: Comparison) -> tuple[PeerRule, PeerMethod]:
    """What the agreement says of the comparison."""
    by = PeersBy.TYPE if comparison.by_type else PeersBy.ALL
    return PeerRule(by, Own.IN if comparison.own_group else Own.OUT), comparison.method


def ex_ante(
    whole: Contribution,
    year: int,
    norms: NormTable,
    rule: PeerRule | None = None,
    method: PeerMethod = PeerMethod.POOLED,
    structure: ProductStructure | None = None,
    trends: Trends | None = None,
    files: Mapping[str, str] | None = None,
) -> Benchmark:
    """The benchmark of ``year`` from the contributions of one base year. ``files``: hospital → file, for the explanations.

    Raises InputError where the base year is not one or two years before, or there are no norm times of ``year``.
    """
    _require_years(whole, year, norms)
    output = priced_output(whole, norms, year, structure=structure, trends=trends)
    found = rates(measures(output, whole.hospitals), whole.hospitals, rule, method)
    missing = tuple(_missing(output.missing))
    effects = (
        structure.file if structure else "", trends.file if trends else "", norms.file, norms.file,
    )  # fmt: skip
    return Benchmark(
        year=year,
        base_year=whole.basis.year,
        rates=found,
        output=output,
        changes=tuple(_changes(found, output)),
        missing=missing,
        problems=(*doubts(found), *_uncovered(output, missing, year, norms.file)),
        hospitals=whole.names,
        norm_times=norms.fingerprint(year),
        sources=_sources(structure, trends, range(whole.basis.year + 1, year + 1)),
        origins=Origins(files or dict.fromkeys(whole.names, whole.file or ""), effects),
    )


def _require_years(whole: Contribution, year: int, norms: NormTable) -> None:
    problems = []
    if whole.basis.year not in (year - 1, year - 2):
        details: dict[str, object] = {"year": year, "first": year - 1, "second": year - 2, "found": whole.basis.year}
        problems.append(Problem("base_year_wrong", whole.file or ", ".join(whole.names), details=details))
    if year not in norms.years:
        known = ", ".join(map(str, norms.years)) or "–"
        problems.append(Problem("norm_times_without_year", norms.file, details={"year": year, "years": known}))
    if problems:
        raise InputError(problems)


def _changes(found: Rates, output: Output) -> Iterator[Change]:
    for pool in found.pools:
        if not pool.members:
            continue
        own, effects = ZERO, Effects()
        for key in pool.members:
            own, effects = own + output.groups[key].own, effects + output.groups[key].effects
        per = HUNDREDTHS_PER_HOUR * pool.fte
        parts = Effects(*(part / per for part in effects.parts()))
        yield Change(pool.specialism, pool.role, pool.name, own / per, parts, pool.minutes / per)


def _missing(frame: pl.DataFrame) -> Iterator[Missing]:
    """By specialism, most volume first."""
    keys = ["specialisme", "rol", "soort", "code"]
    summed = frame.group_by(keys).agg(pl.col("aantal").sum(), pl.len().alias("ziekenhuizen"))
    order = summed.sort(["specialisme", "rol", "aantal", "code"], descending=[False, False, True, False])
    for specialism, role, kind, code, units, hospitals in order.select(*keys, "aantal", "ziekenhuizen").iter_rows():
        yield Missing(specialism, role, kind, code, exact(units), hospitals)


def _uncovered(output: Output, missing: Sequence[Missing], year: int, file: str) -> Iterator[Problem]:
    """One warning per specialism and role: how many codes, which share of the volume."""
    volume: dict[tuple[str, str], Fraction] = {}
    without: dict[tuple[str, str], Fraction] = {}
    for key, one in output.groups.items():
        group = (key.specialism, key.role)
        volume[group] = volume.get(group, ZERO) + one.volume
        without[group] = without.get(group, ZERO) + one.unpriced
    for group in sorted(volume):
        if without[group] and volume[group]:
            count = sum(1 for one in missing if (one.specialism, one.role) == group)
            share = fixed(100 * without[group] / volume[group], 1)
            details: dict[str, object] = {"count": count, "year": year, "share": (share.replace(".", ","), share)}
            yield Problem(
                "benchmark_codes_missing", file, value=" ".join(group), details=details, severity=Severity.WARNING
            )


def _sources(structure: ProductStructure | None, trends: Trends | None, years: range) -> dict[str, str]:
    """Which rows counted, as text: two benchmarks made with other rows are two benchmarks."""
    used: dict[str, str] = {}
    if structure is not None and (rows := sorted(_line(one) for one in structure.changes if one.year in years)):
        used["productstructuur"] = "\n".join(rows)
    if trends is not None and trends.rows:
        used["trends"] = "\n".join(sorted(_line(one) for one in trends.rows))
    return used


def _line(row: object) -> str:
    """Without the row number: the same list in another order says the same."""
    names = [name for name in type(row).__slots__ if name != "row"]  # type: ignore[attr-defined]
    return ";".join("" if (value := getattr(row, name)) is None else str(value) for name in names)
