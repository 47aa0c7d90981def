"""Efficiency per group: what its patients would have taken at the reference ÷ what they took (methods §3; [PZ] bijlage 1).

expected of a unit = Σ strata patients × reference mean. A reference mean is a figure of the benchmark with `strata.DECIMALS` decimals,
rounded half-up, and from there on all is exact: sums of unrounded means over 300 strata have denominators of hundreds of digits,
in which nobody could work a result out again.

A component is expected ÷ actual of its units, added by standard costs. Outpatient = (1 − w) × that ratio + w × (own share of
teleconsults ÷ the reference's, up to a limit): of e-health, more is rewarded. Efficiency is the weighted mean of the components
that are known; `efficiency_weights` has the numbers. 1 means as the reference; above 1, the same patients took less.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np
import polars as pl

from puntlanding.benchmark.bulk import in_bulk
from puntlanding.benchmark.efficiency_weights import (
    COST_SHARE,
    EHEALTH,
    EHEALTH_LIMIT,
    UNITS_OF,
    Component,
    EfficiencyWeights,
)
from puntlanding.benchmark.runs import Column, run_starts
from puntlanding.benchmark.strata import LEVEL, MILLION, NONE, ONE_UNIT, REFERENCE, Comparison, Level, means
from puntlanding.contribution.tables import HOSPITAL, UNITS, Counted
from puntlanding.quantities import ZERO

GROUP = (HOSPITAL, "specialisme")
_AT_HAND, _AT_ONCE = 2**16, 4  # rows, of which what is made fits in a cache; pieces of so many rows


class Reason(StrEnum):
    """Why there is no figure."""

    NO_REFERENCE = "geen_referentie"  # too few patients among the peers, even in the whole specialism
    NOT_KNOWN = "onbekend"  # no cost prices: cents of diagnostics cannot be told
    NOT_DELIVERED = "niet_geleverd"  # nothing to compare: a ratio would divide by zero
    WEIGHTLESS = "gewicht_nul"


@dataclass(frozen=True, slots=True)
class GroupSums:
    """One group's compared strata, added up. ``patients`` by the level they were compared at; ``left_out`` had no reference.

    ``wanted`` is what is expected in whole 10^-`DECIMALS`, as means are. A unit is None in both where it cannot be known in one
    of the strata, or of one of their references.
    """

    hospital: str
    specialism: str
    patients: tuple[int, int, int, int]
    left_out: int
    actual: Mapping[Counted, int | None]
    wanted: Mapping[Counted, int | None]

    @property
    def expected(self) -> Mapping[Counted, Fraction | None]:
        return {unit: None if one is None else Fraction(one, ONE_UNIT) for unit, one in self.wanted.items()}


@dataclass(frozen=True, slots=True)
class ComponentFigure:
    """``weight`` as it counts in the mean, None where it does not; ``reason`` says why there is no ``value`` or no weight.

    ``costs`` are the actual ones at standard costs, in cents.
    """

    value: Fraction | None = None
    weight: Fraction | None = None
    reason: Reason | None = None
    costs: Fraction = ZERO


@dataclass(frozen=True, slots=True)
class EHealth:
    """Shares of teleconsults in all visits. ``ratio`` is own ÷ reference, ``counted`` that up to the limit."""

    own: Fraction
    reference: Fraction
    counted: Fraction
    weight: Fraction

    @property
    def ratio(self) -> Fraction:
        return self.own / self.reference


@dataclass(frozen=True, slots=True)
class GroupEfficiency:
    """``volume`` is outpatient before e-health; ``ehealth`` is None where it does not count."""

    sums: GroupSums
    value: Fraction | None
    reason: Reason | None
    components: Mapping[Component, ComponentFigure]
    volume: Fraction | None = None
    ehealth: EHealth | None = None

    @property
    def known(self) -> Mapping[Component, ComponentFigure]:
        """The components that count."""
        return {name: one for name, one in self.components.items() if one.weight is not None}


def efficiencies(
    comparison: Comparison, weights: EfficiencyWeights | None = None
) -> Mapping[tuple[str, str], GroupEfficiency]:
    """(hospital, specialism) → its efficiency, for every group with a stratum in which something closed.

    Its tree is made when it is asked for: `efficiency_trees.efficiency_node`.
    """
    chosen = weights or EfficiencyWeights()
    scales: dict[str, _Scale] = {}
    found = {}
    with in_bulk():
        for one in group_sums(comparison):
            scale = scales.get(one.specialism) or scales.setdefault(one.specialism, _scale(chosen, one.specialism))
            found[one.hospital, one.specialism] = _efficiency(one, scale)
    return found


def group_sums(comparison: Comparison) -> tuple[GroupSums, ...]:
    """By hospital and specialism, of the hospitals that were asked for."""
    rows = comparison.rows
    starts = run_starts([rows[name] for name in GROUP]) if comparison.starts is None else comparison.starts
    groups = rows.select(GROUP)[starts]
    if not set(groups[HOSPITAL].unique()) <= set(comparison.peers):
        rows = rows.filter(pl.col(HOSPITAL).is_in(list(comparison.peers)))
        starts = run_starts([rows[name] for name in GROUP])
        groups = rows.select(GROUP)[starts]
    if not len(starts):
        return ()
    added = _Adding(comparison, rows, starts).of_runs()
    none = [0] * len(starts)
    columns = [added[name].tolist() if name in added else none for name in _READ]
    found: dict[tuple[str, str], Sequence[int]] = {}
    for key, row in zip(groups.iter_rows(), zip(*columns, strict=True), strict=True):
        found[key] = [mine + more for mine, more in zip(found[key], row, strict=True)] if key in found else row
    return tuple(_sums(*key, found[key]) for key in sorted(found))


@dataclass(frozen=True, slots=True)
class _Adding:
    """Sums of runs of rows of one group: rows of a group stand together, nearly always in one run. A reference is looked up in a
    table of all, of which `NONE` is the last place.
    """

    comparison: Comparison
    rows: pl.DataFrame
    starts: Column

    def of_runs(self) -> dict[str, Column]:
        """By name, of each run. Some runs at a time: what is made of their rows is then still at hand for the next sum."""
        where, patients = self.rows[REFERENCE].to_numpy(), self.rows[Counted.PATIENTS].to_numpy()
        taken = {unit: self.rows[unit].fill_null(0).to_numpy() for unit in UNITS}
        levels = np.append(self.comparison.references[LEVEL].to_numpy(), len(Level))
        wanted = self._means(int(np.add.reduceat(abs(patients), self.starts).max()))
        dark = self._dark()

        def added(piece: tuple[slice, Column]) -> dict[str, Column]:
            rows, starts = piece
            at, own = where[rows], patients[rows]
            level, compared = levels.take(at), at != NONE
            taken_there = {unit: column[rows] for unit, column in taken.items()} | {"onbekend": dark[rows]}
            if not compared.all():
                taken_there = {name: column * compared for name, column in taken_there.items()}
            made = taken_there | {name: own * mean.take(at) for name, mean in wanted.items()}
            summed = {name: np.add.reduceat(column, starts) for name, column in made.items()}
            return _by_level(own, level, starts) | summed

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            parts = list(pool.map(added, _pieces(self.starts, len(where))))
        return {name: np.concatenate([one[name] for one in parts]) for name in parts[0]}

    def _dark(self) -> Column:
        """Rows of which diagnostics cannot be known, or of whose reference."""
        known = self.comparison.references[Counted.DIAGNOSTICS]
        own: Column = self.rows[Counted.DIAGNOSTICS].is_null().to_numpy().astype(np.int64)
        if not known.null_count():
            return own
        theirs: Column = np.append(known.is_null().to_numpy(), False)[self.rows[REFERENCE].to_numpy()]
        return own | theirs

    def _means(self, patients: int) -> dict[str, Column]:
        """Of each reference, in parts whose products with so many patients fit in 64 bits; whole numbers of any length if none do."""
        references = self.comparison.references
        total = references[Counted.PATIENTS].to_numpy()

        def parts(unit: Counted) -> dict[str, Column]:
            mean = means(references[unit].fill_null(0).to_numpy(), total)
            scaled = {1: mean} if _fits(mean, patients) else {MILLION: mean // MILLION, 1: mean % MILLION}
            wide = {scale: part if _fits(part, patients) else part.astype(object) for scale, part in scaled.items()}
            return {_expected(unit, scale): np.append(part, 0) for scale, part in wide.items()}

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return {name: part for found in pool.map(parts, UNITS) for name, part in found.items()}


def _pieces(starts: Column, height: int) -> Iterator[tuple[slice, Column]]:
    """Rows of whole runs, some `_AT_HAND` together where runs are shorter, and where each run starts in them."""
    firsts = np.flatnonzero(np.diff(starts // _AT_HAND, prepend=NONE)).tolist()
    for first, after in pairwise([*firsts, len(starts)]):
        at = int(starts[first])
        yield slice(at, int(starts[after]) if after < len(starts) else height), starts[first:after] - at


def _by_level(patients: Column, level: Column, starts: Column) -> dict[str, Column]:
    """Patients of each run by the level they were compared at; those without a reference are at the level after the last."""
    width = len(Level) + 1
    run = np.repeat(np.arange(len(starts)) * width, np.diff(starts, append=len(level)))
    added = np.zeros(len(starts) * width, dtype=np.int64)
    np.add.at(added, run + level, patients)
    return dict(zip(_LEVELS, added.reshape(-1, width).T, strict=True))


def _fits(means_of: Column, patients: int) -> bool:
    """Whether so many patients × any of these surely fits in 64 bits. Millions and the rest apart do where the whole does not."""
    return not len(means_of) or max(abs(int(means_of.min())), abs(int(means_of.max()))) * patients < 2**62


def _expected(unit: Counted, scale: int) -> str:
    return f"{unit}_{scale}"


_LEVELS = tuple(f"p{one}" for one in (*Level, NONE))
# The order in which a run's sums are read: the dark, patients by level and without one, units, and what is expected of them.
_READ = (
    "onbekend", *_LEVELS, *UNITS,
    *(_expected(unit, MILLION) for unit in UNITS), *(_expected(unit, 1) for unit in UNITS),
)  # fmt: skip


def _sums(hospital: str, specialism: str, row: Sequence[int]) -> GroupSums:
    dark, p0, p1, p2, p3, without, *units = row
    many = len(UNITS)
    actual: dict[Counted, int | None] = dict(zip(UNITS, units, strict=False))
    expected = zip(UNITS, units[many : 2 * many], units[2 * many :], strict=True)
    wanted: dict[Counted, int | None] = {unit: MILLION * millions + ones for unit, millions, ones in expected}
    if dark:
        actual[Counted.DIAGNOSTICS] = wanted[Counted.DIAGNOSTICS] = None
    return GroupSums(hospital, specialism, (p0, p1, p2, p3), without, actual, wanted)


@dataclass(frozen=True, slots=True)
class _Scale:
    """`EfficiencyWeights` of one specialism, looked up once for all its hospitals. ``costs`` are numerators over one denominator."""

    costs: Mapping[Component, tuple[list[int], int]]
    weights: Mapping[Component, Fraction]
    by_costs: bool
    ehealth: Fraction
    limit: Fraction


def _scale(weights: EfficiencyWeights, specialism: str) -> _Scale:
    costs = {one: _over_one([weights.of(specialism, unit).value for unit in UNITS_OF[one]]) for one in Component}
    multipliers = {one: weights.of(specialism, one).value for one in Component}
    share, ehealth, limit = (weights.of(specialism, name).value for name in (COST_SHARE, EHEALTH, EHEALTH_LIMIT))
    return _Scale(costs, multipliers, bool(share), ehealth, limit)


def _efficiency(sums: GroupSums, scale: _Scale) -> GroupEfficiency:
    """A figure is worked out in whole numbers and is a fraction once it is there: making one smaller costs more than the sum."""
    if not any(sums.patients) and not any(sums.actual.values()):
        nothing = {one: ComponentFigure(reason=Reason.NO_REFERENCE) for one in Component}
        return GroupEfficiency(sums, None, Reason.NO_REFERENCE, nothing)
    components = {one: _component(sums, one, scale) for one in Component}
    outpatient = components[Component.OUTPATIENT]
    volume, ehealth = outpatient.value, None
    if volume is not None:
        ehealth = _ehealth(sums, scale)
        if ehealth is not None:
            value = _with_ehealth(volume, ehealth)
            with_ehealth = ComponentFigure(value, outpatient.weight, outpatient.reason, outpatient.costs)
            components[Component.OUTPATIENT] = with_ehealth
    counting = [(one.weight, one.value) for one in components.values() if one.weight and one.value is not None]
    if not counting:
        reasons = {one.reason for one in components.values()}
        why = Reason.WEIGHTLESS if Reason.WEIGHTLESS in reasons else Reason.NOT_DELIVERED
        return GroupEfficiency(sums, None, why, components, volume, ehealth)
    return GroupEfficiency(sums, _mean(counting), None, components, volume, ehealth)


def _component(sums: GroupSums, component: Component, scale: _Scale) -> ComponentFigure:
    """By volume alone."""
    costs, per_cost = scale.costs[component]
    taken = wanted = 0
    for unit, cost in zip(UNITS_OF[component], costs, strict=True):
        own, reference = sums.actual[unit], sums.wanted[unit]
        if own is None or reference is None:
            return ComponentFigure(reason=Reason.NOT_KNOWN)
        taken += cost * own
        wanted += cost * reference
    if taken <= 0:
        return ComponentFigure(reason=Reason.NOT_DELIVERED)
    actual = Fraction(taken) if per_cost == 1 else Fraction(taken, per_cost)
    value = Fraction(wanted, ONE_UNIT * taken)
    weight = scale.weights[component]
    if not weight:
        return ComponentFigure(value, None, Reason.WEIGHTLESS, actual)
    if scale.by_costs:
        weight = actual if weight == 1 else weight * actual
    return ComponentFigure(value, weight, None, actual)


def _mean(weighted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Of (weight, value); made smaller once, at the end."""
    above, below, weights, over = 0, 1, 0, 1
    for weight, value in weighted:
        part, whole = weight.as_integer_ratio()
        numerator, denominator = value.as_integer_ratio()
        above = above * whole * denominator + part * numerator * below
        below *= whole * denominator
        weights, over = weights * whole + part * over, over * whole
    return Fraction(above * over, below * weights)


def _with_ehealth(volume: Fraction, ehealth: EHealth) -> Fraction:
    part, whole = ehealth.weight.as_integer_ratio()
    by_volume, one = volume.as_integer_ratio()
    counted, other = ehealth.counted.as_integer_ratio()
    return Fraction((whole - part) * by_volume * other + part * counted * one, whole * one * other)


def _over_one(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Numerators over one denominator."""
    denominator = lcm(*[one.denominator for one in values])
    return [one.numerator * (denominator // one.denominator) for one in values], denominator


def _ehealth(sums: GroupSums, scale: _Scale) -> EHealth | None:
    """None where it has no weight, or where either side has no visits or the reference no teleconsults."""
    visits, remote = (sums.actual[unit] or 0 for unit in UNITS_OF[Component.OUTPATIENT])
    there, remote_there = (sums.wanted[unit] or 0 for unit in UNITS_OF[Component.OUTPATIENT])
    both, both_there = visits + remote, there + remote_there
    if not scale.ehealth or both <= 0 or remote_there <= 0 or both_there <= 0:
        return None
    limit, over = scale.limit.as_integer_ratio()
    above, below = remote * both_there, both * remote_there
    counted = scale.limit if above * over > limit * below else Fraction(above, below)
    return EHealth(Fraction(remote, both), Fraction(remote_there, both_there), counted, scale.ehealth)
