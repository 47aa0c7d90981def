"""Norm hours per fte of peers: one rate per group, with the whole distribution it is the centre of (methods §2; [CB] bijlage 1).

pooled: Σ norm hours ÷ Σ care fte of the peers; mean and median: of the peers' own rates. All exact.
A group is a peer where it has care fte and output that is known; what is left out is told, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.bulk import in_bulk
from puntlanding.benchmark.output import Output
from puntlanding.benchmark.peers import GroupKey, Own, PeerRule
from puntlanding.benchmark.spread import HALF, Position, Spread, position, quantile, spread
from puntlanding.contribution import About
from puntlanding.problems import Problem, Severity
from puntlanding.quantities import ZERO

HUNDREDTHS_PER_HOUR = 6000


class Lacking(StrEnum):
    """Why a group has no rate of its own, or no benchmark; never a made-up number in its place."""

    FTE = "geen_fte"
    PRODUCTION = "geen_productie"
    NORM_TIMES = "geen_normtijd"
    KIND = "geen_type"
    PEERS = "geen_vergelijking"


@dataclass(frozen=True, slots=True)
class Measure:
    """What counts of one group: hundredths of a minute (None: not known) and care fte."""

    minutes: Fraction | None
    fte: Fraction
    lacking: Lacking | None = None

    @property
    def hours(self) -> Fraction | None:
        return None if self.minutes is None else self.minutes / HUNDREDTHS_PER_HOUR

    @property
    def rate(self) -> Fraction | None:
        """Norm hours per fte, where the group can be a peer."""
        if self.lacking is not None or self.minutes is None:
            return None
        minutes, fte = self.minutes, self.fte
        return Fraction(minutes.numerator * fte.denominator, HUNDREDTHS_PER_HOUR * minutes.denominator * fte.numerator)


@dataclass(frozen=True, slots=True)
class Pool:
    """One peer group: all groups of a specialism and role that are measured together, whoever asks.

    ``members`` are in ascending order of rate; ``hospitals`` counts those that asked for it, peers or not.
    """

    specialism: str
    role: str
    name: str
    members: tuple[GroupKey, ...]
    ordered: tuple[Fraction, ...]
    minutes: Fraction
    fte: Fraction
    rate: Fraction | None
    spread: Spread | None
    hospitals: int


@dataclass(frozen=True, slots=True)
class GroupRate:
    """One group: its own rate, and the benchmark of its peers. ``lacking`` says why ``rate`` is None, and
    ``measure.lacking`` why ``own`` is. With the own group in, ``spread`` counts it; ``position`` is among the others.
    """

    key: GroupKey
    pool: str | None
    measure: Measure
    own: Fraction | None
    rate: Fraction | None
    spread: Spread | None
    position: Position | None
    lacking: Lacking | None = None

    @property
    def norm_fte(self) -> Fraction | None:
        """Norm hours ÷ rate (methods §1); None where either is not known."""
        hours = self.measure.hours
        return None if hours is None or not self.rate else hours / self.rate


@dataclass(frozen=True, slots=True)
class Rates:
    rule: PeerRule
    method: PeerMethod
    groups: Mapping[GroupKey, GroupRate]
    pools: tuple[Pool, ...]

    def of(self, hospital: str) -> tuple[GroupRate, ...]:
        return tuple(one for key, one in self.groups.items() if key.hospital == hospital)


def measures(output: Output, hospitals: Iterable[About]) -> dict[GroupKey, Measure]:
    """Every group that has production or fte, in order."""
    fte = {
        GroupKey(one.hospital, *group): care for one in hospitals for group, care in one.care_fte().items() if care > 0
    }
    return {key: _measure(output, key, fte.get(key, ZERO)) for key in sorted({*output.groups, *fte})}


def _measure(output: Output, key: GroupKey, fte: Fraction) -> Measure:
    found = output.groups.get(key)
    if found is None or not found.volume:
        return Measure(None, fte, Lacking.PRODUCTION)
    if not found.priced:
        return Measure(None, fte, Lacking.NORM_TIMES)
    return Measure(found.minutes, fte, None if fte > 0 else Lacking.FTE)


def rates(
    measured: Mapping[GroupKey, Measure],
    hospitals: Iterable[About],
    rule: PeerRule | None = None,
    method: PeerMethod = PeerMethod.POOLED,
) -> Rates:
    """The benchmark of every group in ``measured``, and of every peer group."""
    rule = rule or PeerRule()
    kinds = {one.hospital: one.kind for one in hospitals}
    asked: dict[tuple[str, str, str], list[GroupKey]] = {}
    for key in sorted(measured):
        name = rule.pool(kinds.get(key.hospital))
        if name is not None:
            asked.setdefault((key.specialism, key.role, name), []).append(key)
    with in_bulk():
        own = {key: one.rate for key, one in measured.items()}
        groups: dict[GroupKey, GroupRate] = {}
        pools = []
        for named, keys in sorted(asked.items()):
            pool = _pool(*named, keys, measured, own, rule, method)
            pools.append(pool)
            places = dict(zip(pool.members, enumerate(_positions(pool.ordered)), strict=True))
            for key in keys:
                groups[key] = _group_rate(key, measured[key], pool, places.get(key), own[key], rule, method)
        for key in set(measured) - set(groups):
            groups[key] = GroupRate(key, None, measured[key], own[key], None, None, None, Lacking.KIND)
        return Rates(rule, method, {key: groups[key] for key in sorted(groups)}, tuple(pools))


def _pool(
    specialism: str, role: str, name: str, keys: Sequence[GroupKey], measured: Mapping[GroupKey, Measure],
    own: Mapping[GroupKey, Fraction | None], rule: PeerRule, method: PeerMethod,
) -> Pool:  # fmt: skip
    known = [(rate, key) for key in sorted(keys) if rule.among(key.hospital) and (rate := own[key]) is not None]
    known.sort(key=_in_order)
    ordered, members = tuple(rate for rate, _ in known), tuple(key for _, key in known)
    minutes = _added(measured[key].minutes or ZERO for key in members)
    fte = _added(measured[key].fte for key in members)
    return Pool(
        specialism, role, name, members, ordered, minutes, fte, _centre(ordered, minutes, fte, method),
        spread(ordered) if ordered else None, len(keys),
    )  # fmt: skip


def _in_order(known: tuple[Fraction, GroupKey]) -> tuple[int, Fraction]:
    """By the rate; its whole part in steps far below a minute nearly always tells which comes first, and compares quicker."""
    rate, _ = known
    return (rate.numerator << 64) // rate.denominator, rate


def _added(values: Iterable[Fraction]) -> Fraction:
    """Numerators over an equal denominator first, of which there are few: fte have two decimals, minutes none."""
    over: dict[int, int] = {}
    for one in values:
        above, below = one.as_integer_ratio()
        over[below] = over.get(below, 0) + above
    return sum((Fraction(above, below) for below, above in over.items()), ZERO)


def _centre(ordered: Sequence[Fraction], minutes: Fraction, fte: Fraction, method: PeerMethod) -> Fraction | None:
    if not ordered:
        return None
    match method:
        case PeerMethod.POOLED:
            return minutes / (HUNDREDTHS_PER_HOUR * fte)
        case PeerMethod.MEAN:
            return sum(ordered, ZERO) / len(ordered)
        case PeerMethod.MEDIAN:
            return quantile(ordered, HALF)


def _positions(ordered: Sequence[Fraction]) -> Iterator[Position]:
    """Of each among the others, from the order they are in already."""
    exact = [one.as_integer_ratio() for one in ordered]  # equal where the fractions are, and compared by whole numbers
    for _, same in groupby(enumerate(exact), key=itemgetter(1)):
        places = [at for at, _ in same]
        for _ in places:
            yield Position(places[0], len(places) - 1, len(ordered) - 1)


def _group_rate(
    key: GroupKey, measure: Measure, pool: Pool, place: tuple[int, Position] | None, own: Fraction | None,
    rule: PeerRule, method: PeerMethod,
) -> GroupRate:  # fmt: skip
    """``place``: where the group stands in the pool; None where it is no peer itself."""
    at, where = place or (None, None)
    if where is None:
        where = position(own, pool.ordered) if own is not None and pool.ordered else None
    elif not where.others:
        where = None
    if at is None or rule.own is Own.IN:
        rate, found = pool.rate, pool.spread
    else:
        minutes = pool.minutes - (measure.minutes or ZERO)
        others = pool.ordered[:at] + pool.ordered[at + 1 :]
        rate = _centre(others, minutes, pool.fte - measure.fte, method)
        found = spread(others) if others else None
    return GroupRate(key, pool.name, measure, own, rate, found, where, None if rate is not None else Lacking.PEERS)


def doubts(found: Rates, file: str = "benchmark") -> tuple[Problem, ...]:
    """What a reader must know of these rates: groups left out or without a benchmark, and peer groups of one or two hospitals.

    Warnings. ``details["hospital"]`` or ``details["pool"]`` names whose it is: `concerning` picks those of one hospital.
    """
    return (*_of_groups(found, file), *_of_pools(found, file))


def concerning(problems: Iterable[Problem], found: Rates, hospital: str) -> tuple[Problem, ...]:
    """What is said of this hospital, of its peer groups or of nobody: no other hospital is named."""
    pools = {one.pool for one in found.of(hospital)}
    return tuple(
        one
        for one in problems
        if one.details.get("hospital", hospital) == hospital
        and ("pool" not in one.details or one.details["pool"] in pools)
    )


_LEFT_OUT = {
    Lacking.FTE: "benchmark_no_fte",
    Lacking.PRODUCTION: "benchmark_no_production",
    Lacking.NORM_TIMES: "benchmark_no_norm_times",
}


def _of_groups(found: Rates, file: str) -> Iterator[Problem]:
    without_kind: set[str] = set()
    for key, one in found.groups.items():
        details: dict[str, object] = {"hospital": key.hospital}
        name = f"{key.hospital} · {key.specialism} {key.role}"
        if one.measure.lacking is not None:
            yield Problem(_LEFT_OUT[one.measure.lacking], file, value=name, details=details, severity=Severity.WARNING)
        if one.lacking is Lacking.PEERS:
            yield Problem("benchmark_no_peers", file, value=name, details=details, severity=Severity.WARNING)
        if one.lacking is Lacking.KIND and key.hospital not in without_kind:
            without_kind.add(key.hospital)
            yield Problem("benchmark_no_kind", file, value=key.hospital, details=details, severity=Severity.WARNING)


def _of_pools(found: Rates, file: str) -> Iterator[Problem]:
    """One warning per kind of hospital, with the specialisms it is true of: 27 equal sentences help nobody."""
    few: dict[tuple[str, str], list[str]] = {}
    for pool in found.pools:
        code = {1: "benchmark_one_hospital", 2: "benchmark_two_hospitals"}.get(len(pool.members))
        if code and (len(pool.members) > 1 or found.rule.own is Own.IN):
            few.setdefault((code, pool.name), []).append(f"{pool.specialism} {pool.role}")
    for (code, name), groups in sorted(few.items()):
        shown = f"{name}: {', '.join(groups)}"
        yield Problem(code, file, value=shown, details={"pool": name}, severity=Severity.WARNING)
