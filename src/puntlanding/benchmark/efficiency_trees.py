"""Where a group's actual and expected units come from: its cells in the contribution, and the peers' sums.

A reference is one leaf per stratum and unit: the peers together, so that an explanation names no other hospital.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

from puntlanding.benchmark.efficiency import GroupEfficiency
from puntlanding.benchmark.efficiency_weights import (
    COST_SHARE,
    EHEALTH,
    EHEALTH_LIMIT,
    UNITS_OF,
    Component,
    EfficiencyWeights,
)
from puntlanding.benchmark.strata import KEYS, MINIMUM, NONE, REFERENCE, Comparison, mean_of
from puntlanding.contribution.tables import HOSPITAL, REST, Counted
from puntlanding.explain import (
    Node,
    Source,
    Unit,
    cell,
    constant,
    difference,
    lazy_total,
    minimum,
    product,
    quotient,
    total,
)
from puntlanding.quantities import ZERO

OF_REFERENCES = ""  # in `Comparison.files`, where no hospital can be called so: the file that tells the references


def efficiency_node(figure: GroupEfficiency, comparison: Comparison, weights: EfficiencyWeights) -> Node:
    """The tree of a figure that has a value; its subject is the specialism unless it is named otherwise."""
    group = _Group(figure, comparison, weights)
    parts, counted = [], []
    for component, one in figure.components.items():
        if one.weight is not None and one.value is not None:
            weight = group.counted_weight(component)
            counted.append(weight)
            parts.append(product("component", weight.unit, weight, group.component(component), subject=component))
    unit = counted[0].unit
    whole = total("component_weights", unit, counted)
    return quotient("efficiency", Unit.RATIO, total("components", unit, parts), whole, subject=group.specialism)


def component_node(
    figure: GroupEfficiency, component: Component, comparison: Comparison, weights: EfficiencyWeights
) -> Node:
    """The tree of one component that has a value."""
    return _Group(figure, comparison, weights).component(component)


class _Group:
    """The nodes of one group; those of a unit and of a cost are made once, so that every walk meets the same."""

    def __init__(self, figure: GroupEfficiency, comparison: Comparison, weights: EfficiencyWeights) -> None:
        self.figure, self.comparison, self.weights = figure, comparison, weights
        self.hospital, self.specialism = figure.sums.hospital, figure.sums.specialism
        self.actual, self.expected, self.cost = cache(self._actual), cache(self._expected), cache(self._cost)

    def weight(self, name: str) -> Node:
        return self.weights.of(self.specialism, name)

    def counted_weight(self, component: Component) -> Node:
        weight = self.weight(component)
        if not self.weight(COST_SHARE).value:
            return weight
        return product("cost_weight", Unit.CENTS, weight, self.cost(component), subject=component)

    def component(self, component: Component) -> Node:
        volume = self._volume(component)
        ehealth = self.figure.ehealth
        if component is not Component.OUTPATIENT or ehealth is None:
            return volume
        weight = self.weight(EHEALTH)
        rest = difference("volume_weight", Unit.RATIO, constant("whole", 1, Unit.RATIO), weight)
        units = UNITS_OF[component]
        own = _share("ehealth_own", [self.actual(unit) for unit in units])
        reference = _share("ehealth_reference", [self.expected(unit) for unit in units])
        ratio = quotient("ehealth_ratio", Unit.RATIO, own, reference)
        counted = minimum("ehealth_counted", Unit.RATIO, ratio, self.weight(EHEALTH_LIMIT))
        parts = (product("volume_part", Unit.RATIO, rest, volume), product("ehealth_part", Unit.RATIO, weight, counted))
        return total("efficiency_component", Unit.RATIO, parts, subject=component)

    def _volume(self, component: Component) -> Node:
        parts = [
            product("cost_expected", Unit.CENTS, self.weight(unit), self.expected(unit), subject=unit)
            for unit in UNITS_OF[component]
        ]
        expected = total("costs_expected", Unit.CENTS, parts, subject=component)
        return quotient("volume_ratio", Unit.RATIO, expected, self.cost(component), subject=component)

    def _cost(self, component: Component) -> Node:
        parts = [
            product("cost_actual", Unit.CENTS, self.weight(unit), self.actual(unit), subject=unit)
            for unit in UNITS_OF[component]
        ]
        return total("costs_actual", Unit.CENTS, parts, subject=component)

    def _actual(self, unit: Counted) -> Node:
        value = Fraction(self.figure.sums.actual[unit] or 0)
        return lazy_total("unit_actual", _unit(unit), value, lambda: self._delivered(unit), subject=unit)

    def _expected(self, unit: Counted) -> Node:
        value = self.figure.sums.expected[unit] or ZERO
        return lazy_total("unit_expected", _unit(unit), value, lambda: self._by_reference(unit), subject=unit)

    @cached_property
    def strata(self) -> list[dict[str, Any]]:
        """The strata that are compared, those with one reference together. Read once: a tree asks for them unit by unit."""
        own = (pl.col(HOSPITAL) == self.hospital) & (pl.col("specialisme") == self.specialism)
        kept = self.comparison.rows.filter(own & (pl.col(REFERENCE) != NONE))
        return kept.sort(REFERENCE, *KEYS).to_dicts()

    @cached_property
    def references(self) -> dict[int, dict[str, Any]]:
        used = sorted({row[REFERENCE] for row in self.strata})
        return dict(zip(used, self.comparison.references[used].to_dicts(), strict=True))

    def _delivered(self, unit: Counted) -> tuple[Node, ...]:
        """A leaf per stratum; what few patients took is one leaf together, so that none tells of one of them."""
        rows = sorted(self.strata, key=lambda row: tuple(row[key] for key in KEYS))
        few = [row[unit] for row in rows if row[Counted.PATIENTS] < MINIMUM]
        told = [
            self._cell("unit_actual", unit, row[unit], _named(row)) for row in rows if row[Counted.PATIENTS] >= MINIMUM
        ]
        if few:
            told.append(self._cell("unit_actual", unit, sum(few), f"{REST} (< {MINIMUM})"))
        return tuple(told)

    def _cell(self, term: str, counted: Counted, count: int, subject: str) -> Node:
        quarter = self.comparison.quarter
        column = f"k1_{counted}" if quarter == 1 else f"k1–k{quarter}_{counted}"
        source = Source(self.comparison.files.get(self.hospital, self.hospital), None, column)
        return cell(term, Fraction(count), _unit(counted), source, subject=subject)

    def _by_reference(self, unit: Counted) -> tuple[Node, ...]:
        """Strata that share a reference, at a coarser level, are counted together."""
        made = []
        for position, found in groupby(self.strata, key=itemgetter(REFERENCE)):
            rows, reference = list(found), self.references[position]
            subject = " · ".join([rows[0][key] for key in KEYS[1 : 4 - reference["niveau"]]]) or self.specialism
            patients = [self._cell("patients", Counted.PATIENTS, row[Counted.PATIENTS], _named(row)) for row in rows]
            counted = total("patients", Unit.COUNT, patients, subject=subject) if len(patients) > 1 else patients[0]
            mean = self._mean(reference, unit, subject)
            made.append(product("unit_expected", _unit(unit), counted, mean, subject=subject))
        return tuple(made)

    def _mean(self, reference: dict[str, Any], unit: Counted, subject: str) -> Node:
        number = len(self.comparison.peers[self.hospital])
        told = self.comparison.files.get(OF_REFERENCES)
        file = told or f"referentie van {number} {'ziekenhuis' if number == 1 else 'ziekenhuizen'}"
        place = "" if told is None else "referenties "
        source = {one: Source(file, None, f"{place}{one}, {subject}") for one in (unit, Counted.PATIENTS)}
        units = cell("reference_units", Fraction(reference[unit]), _unit(unit), source[unit])
        patients = cell("reference_patients", Fraction(reference["patienten"]), Unit.COUNT, source[Counted.PATIENTS])
        exact = quotient("reference_mean", _unit(unit), units, patients, subject=subject)
        shown = mean_of(reference[unit], reference["patienten"])
        if shown == exact.value:
            return exact
        rounding = constant("reference_rounding", shown - exact.value, _unit(unit))
        return total("reference_mean", _unit(unit), (exact, rounding), subject=subject)


def _named(row: dict[str, Any]) -> str:
    return " · ".join([row[key] for key in KEYS[1:]])


def _share(term: str, units: list[Node]) -> Node:
    """Of the second in both: teleconsults in all visits."""
    return quotient(term, Unit.RATIO, units[1], total("visits_all", Unit.COUNT, units))


def _unit(counted: Counted) -> Unit:
    return Unit.CENTS if counted is Counted.DIAGNOSTICS else Unit.COUNT
