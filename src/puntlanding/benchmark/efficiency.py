"""Efficiency per group: what its patients would have taken at the reference ÷ what they took (methods §3; [PZ] bijlage 1).

expected of a unit = Σ strata patients × reference mean. A reference mean is a figure of the benchmark with `strata.DECIMALS` decimals,
rounded half-up, and from there on all is exact: sums of unrounded means over 300 strata have denominators of hundreds of digits,
in which nobody could work a result out again.

A component is expected ÷ actual of its units, added by standard costs. Outpatient = (1 − w) × that ratio + w × (own share of
teleconsults ÷ the reference's, up to a limit): of e-health, more is rewarded. Efficiency is the weighted mean of the components
that are known; `efficiency_weights` has the numbers. 1 means as the reference; above 1, the same patients took less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.efficiency_weights import (
    COST_SHARE,
    EHEALTH,
    EHEALTH_LIMIT,
    UNITS_OF,
    Component,
    EfficiencyWeights,
)
from puntlanding.benchmark.strata import LEVEL, NONE, ONE_UNIT, REFERENCE, Comparison, Level, mean
from puntlanding.contribution.tables import HOSPITAL, UNITS, Counted
from puntlanding.quantities import ZERO

GROUP = (HOSPITAL, "specialisme")


class Reason(StrEnum):
    """Why there is no figure."""

    NO_REFERENCE = "geen_referentie"  # too few patients among the peers, even in the whole specialism
    NOT_KNOWN = "onbekend"  # no cost prices: cents of diagnostics cannot be told
    NOT_DELIVERED = "niet_geleverd"  # nothing to compare: a ratio would divide by zero
    WEIGHTLESS = "gewicht_nul"


@dataclass(frozen=True, slots=True)
class GroupSums:
    """One group's compared strata, added up. ``patients`` by the level they were compared at; ``left_out`` had no reference.

    A unit is None in both where it cannot be known in one of the strata, or of one of their references.
    """

    hospital: str
    specialism: str
    patients: tuple[int, int, int, int]
    left_out: int
    actual: Mapping[Counted, int | None]
    expected: Mapping[Counted, Fraction | None]


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
    return {(one.hospital, one.specialism): _efficiency(one, chosen) for one in group_sums(comparison)}


def group_sums(comparison: Comparison) -> tuple[GroupSums, ...]:
    """By hospital and specialism, of the hospitals that were asked for."""
    rows = comparison.rows
    if not set(rows[HOSPITAL].unique()) <= set(comparison.peers):
        rows = rows.filter(pl.col(HOSPITAL).is_in(list(comparison.peers)))
    without = pl.col(REFERENCE) == NONE
    means = comparison.references.select(LEVEL, *(mean(unit).alias(f"ref_{unit}") for unit in UNITS))
    position = rows[REFERENCE].replace(NONE, None)
    found = pl.concat([rows, means.select(pl.all().gather(position))], how="horizontal")
    patients = pl.col(Counted.PATIENTS)
    expected = [(patients.cast(pl.Int128) * pl.col(f"ref_{unit}")).sum().alias(f"ref_{unit}") for unit in UNITS]
    unknown = pl.col(Counted.DIAGNOSTICS).is_null() | pl.col(f"ref_{Counted.DIAGNOSTICS}").is_null()
    table = found.group_by(GROUP).agg(
        *(patients.filter(pl.col(LEVEL) == level).sum().alias(f"p{level}") for level in Level),
        patients.filter(without).sum().alias("zonder"),
        (unknown & ~without).any().alias("onbekend"),
        *(pl.col(unit).filter(~without).sum() for unit in UNITS),
        *expected,
    )
    return tuple(_sums(row) for row in table.sort(GROUP).iter_rows(named=True))


def _sums(row: Mapping[str, int]) -> GroupSums:
    dark = {Counted.DIAGNOSTICS} if row["onbekend"] else set()
    actual: dict[Counted, int | None] = {unit: None if unit in dark else row[unit] for unit in UNITS}
    expected: dict[Counted, Fraction | None] = {
        unit: None if unit in dark else Fraction(row[f"ref_{unit}"], ONE_UNIT) for unit in UNITS
    }
    p0, p1, p2, p3 = (row[f"p{level}"] for level in Level)
    return GroupSums(str(row[HOSPITAL]), str(row["specialisme"]), (p0, p1, p2, p3), row["zonder"], actual, expected)


def _efficiency(sums: GroupSums, weights: EfficiencyWeights) -> GroupEfficiency:
    if not any(sums.patients) and not any(sums.actual.values()):
        nothing = {one: ComponentFigure(reason=Reason.NO_REFERENCE) for one in Component}
        return GroupEfficiency(sums, None, Reason.NO_REFERENCE, nothing)
    components = {one: _component(sums, one, weights) for one in Component}
    outpatient = components[Component.OUTPATIENT]
    volume, ehealth = outpatient.value, None
    if volume is not None:
        ehealth = _ehealth(sums, weights)
        if ehealth is not None:
            value = (1 - ehealth.weight) * volume + ehealth.weight * ehealth.counted
            components[Component.OUTPATIENT] = replace(outpatient, value=value)
    counting = [(one.weight, one.value) for one in components.values() if one.weight and one.value is not None]
    if not counting:
        reasons = {one.reason for one in components.values()}
        why = Reason.WEIGHTLESS if Reason.WEIGHTLESS in reasons else Reason.NOT_DELIVERED
        return GroupEfficiency(sums, None, why, components, volume, ehealth)
    whole = sum((weight for weight, _ in counting), ZERO)
    value = sum((weight * value for weight, value in counting), ZERO) / whole
    return GroupEfficiency(sums, value, None, components, volume, ehealth)


def _component(sums: GroupSums, component: Component, weights: EfficiencyWeights) -> ComponentFigure:
    """By volume alone."""
    actual = expected = ZERO
    for unit in UNITS_OF[component]:
        own, reference = sums.actual[unit], sums.expected[unit]
        if own is None or reference is None:
            return ComponentFigure(reason=Reason.NOT_KNOWN)
        cost = weights.of(sums.specialism, unit).value
        actual += cost * own
        expected += cost * reference
    if actual <= 0:
        return ComponentFigure(reason=Reason.NOT_DELIVERED)
    weight = weights.of(sums.specialism, component).value
    if not weight:
        return ComponentFigure(expected / actual, None, Reason.WEIGHTLESS, actual)
    share = weights.of(sums.specialism, COST_SHARE).value
    return ComponentFigure(expected / actual, weight * actual if share else weight, None, actual)


def _ehealth(sums: GroupSums, weights: EfficiencyWeights) -> EHealth | None:
    """None where it has no weight, or where either side has no visits or the reference no teleconsults."""
    weight = weights.of(sums.specialism, EHEALTH).value
    visits, remote = (sums.actual[unit] or 0 for unit in UNITS_OF[Component.OUTPATIENT])
    there, remote_there = (sums.expected[unit] or ZERO for unit in UNITS_OF[Component.OUTPATIENT])
    if not weight or visits + remote <= 0 or remote_there <= 0:
        return None
    own, reference = Fraction(remote, visits + remote), remote_there / (there + remote_there)
    return EHealth(own, reference, min(own / reference, weights.of(sums.specialism, EHEALTH_LIMIT).value), weight)
