"""Where a group differs from its reference, how many patients that concerns, and how much it weighs.

Efficiency − 1 is split without remainder over strata and units. With c a component and W(c) its weight ÷ the sum of weights:

- a unit's difference: W(c) × v(c) × standard cost × (expected − actual of the stratum) ÷ the group's actual costs in c, where
  v(c) is what volume weighs in it: 1 − w for outpatient where e-health counts, and 1 elsewhere;
- e-health: W × w × (own teleconsults of the stratum ÷ own visits of the group − the same at the reference) ÷ reference share;
  and, where the limit on e-health holds, one line for what it takes off.

Each of these is linear in the strata, so the sums are exact (methods §3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.benchmark.efficiency import GroupEfficiency
from puntlanding.benchmark.efficiency_weights import EHEALTH, UNITS_OF, Component, EfficiencyWeights
from puntlanding.benchmark.strata import KEYS, NONE, REFERENCE, Comparison, Level, mean_of
from puntlanding.contribution.tables import ALL, HOSPITAL, REST, Counted
from puntlanding.quantities import ZERO

LIMIT = "grens"


@dataclass(frozen=True, slots=True)
class Line:
    """``measure`` is a unit, "ehealth", or "grens"; the last has no stratum. ``level`` is where the reference was found.

    ``effect`` is in points of efficiency, ``within`` in those of the component; both positive where the group took less, or had
    more teleconsults. ``expected`` − ``actual`` is in units (of e-health: teleconsults).
    """

    stratum: tuple[str, str, str] | None
    measure: str
    component: Component
    level: Level | None
    patients: int
    actual: Fraction
    expected: Fraction
    within: Fraction
    effect: Fraction
    weight: Fraction | None = None


@dataclass(frozen=True, slots=True)
class DrillDown:
    """``lines`` by the size of their effect; they add up to ``gap``, exactly: efficiency − 1."""

    lines: tuple[Line, ...]
    gap: Fraction

    def within(self, component: Component) -> Fraction:
        """The component − 1."""
        return sum((line.within for line in self.lines if line.component is component), ZERO)


def gathered(found: DrillDown, least: int) -> DrillDown:
    """To show: per measure, strata with fewer than ``least`` patients together, so that no line is about a few people."""
    small: dict[str, list[Line]] = {}
    kept = []
    for line in found.lines:
        if line.stratum is None or line.patients >= least:
            kept.append(line)
        else:
            small.setdefault(line.measure, []).append(line)
    kept += [_together(lines) for lines in small.values()]
    return DrillDown(tuple(sorted(kept, key=_order)), found.gap)


def by_measure(found: DrillDown) -> tuple[Line, ...]:
    """One line per measure, in the order of the components."""
    names = (*(unit.value for units in UNITS_OF.values() for unit in units), EHEALTH, LIMIT)
    split = [[line for line in found.lines if line.measure == name] for name in names]
    return tuple(_together(lines) for lines in split if lines)


def _together(lines: list[Line]) -> Line:
    weights = [line.weight for line in lines if line.weight is not None]
    return Line(
        (REST, ALL, ALL), lines[0].measure, lines[0].component, None, sum(line.patients for line in lines),
        sum((line.actual for line in lines), ZERO), sum((line.expected for line in lines), ZERO),
        sum((line.within for line in lines), ZERO), sum((line.effect for line in lines), ZERO),
        sum(weights, ZERO) if weights else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stratum:
    keys: tuple[str, str, str]
    level: Level
    patients: int
    actual: Mapping[Counted, int]
    expected: Mapping[Counted, Fraction]


def drill_down(figure: GroupEfficiency, comparison: Comparison, weights: EfficiencyWeights) -> DrillDown:
    """Of a figure that has a value. Components that do not count have no lines."""
    whole = sum((one.weight for one in figure.known.values() if one.weight is not None), ZERO)
    strata = tuple(_strata(figure, comparison))
    lines: list[Line] = []
    for component, one in figure.known.items():
        share = (one.weight or ZERO) / whole
        lines += _volume(figure, component, strata, weights, share)
        if component is Component.OUTPATIENT:
            lines += _ehealth(figure, strata, share)
    gap = sum((line.effect for line in lines), ZERO)
    return DrillDown(tuple(sorted(lines, key=_order)), gap)


def _order(line: Line) -> tuple[Fraction, str, tuple[str, ...]]:
    return -abs(line.effect), line.measure, line.stratum or ()


def _strata(figure: GroupEfficiency, comparison: Comparison) -> Iterator[_Stratum]:
    own = (pl.col(HOSPITAL) == figure.sums.hospital) & (pl.col("specialisme") == figure.sums.specialism)
    known = [unit for unit, value in figure.sums.actual.items() if value is not None]
    for row in comparison.rows.filter(own & (pl.col(REFERENCE) != NONE)).iter_rows(named=True):
        reference = comparison.references.row(row[REFERENCE], named=True)
        patients = row[Counted.PATIENTS]
        expected = {unit: patients * mean_of(reference[unit], reference[Counted.PATIENTS]) for unit in known}
        group, age, sex = (str(row[key]) for key in KEYS[1:])
        yield _Stratum(
            (group, age, sex), Level(reference["niveau"]), patients, {unit: row[unit] for unit in known}, expected
        )


def _volume(
    figure: GroupEfficiency,
    component: Component,
    strata: tuple[_Stratum, ...],
    weights: EfficiencyWeights,
    share: Fraction,
) -> Iterator[Line]:
    ehealth = figure.ehealth if component is Component.OUTPATIENT else None
    counts = 1 - ehealth.weight if ehealth else Fraction(1)
    for unit in UNITS_OF[component]:
        of_one = counts * weights.of(figure.sums.specialism, unit).value / figure.components[component].costs
        for one in strata:
            actual, expected = Fraction(one.actual[unit]), one.expected[unit]
            if actual or expected:
                within = of_one * (expected - actual)
                effect, weight = share * within, share * of_one * actual
                yield Line(
                    one.keys, unit, component, one.level, one.patients, actual, expected, within, effect, weight
                )  # fmt: skip


def _ehealth(figure: GroupEfficiency, strata: tuple[_Stratum, ...], share: Fraction) -> Iterator[Line]:
    ehealth = figure.ehealth
    if ehealth is None:
        return
    component = Component.OUTPATIENT
    visits = sum(figure.sums.actual[unit] or 0 for unit in UNITS_OF[component])
    there = sum((figure.sums.expected[unit] or ZERO for unit in UNITS_OF[component]), ZERO)
    for one in strata:
        actual, expected = Fraction(one.actual[Counted.REMOTE]), one.expected[Counted.REMOTE]
        if actual or expected:
            within = ehealth.weight * (actual / visits - expected / there) / ehealth.reference
            yield Line(one.keys, EHEALTH, component, one.level, one.patients, actual, expected, within, share * within)
    if ehealth.counted != ehealth.ratio:
        off = ehealth.weight * (ehealth.counted - ehealth.ratio)
        yield Line(None, LIMIT, component, None, 0, ZERO, ZERO, off, share * off)
