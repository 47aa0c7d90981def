"""The ex-post model: a year so far, on closing date, with input, output and efficiency [CB hfst 1, bijlage 1; methods §2, §4].

It is kept beside the capacity model so that old and new can be compared: three parameters against two. Figures are cumulative
up to a quarter, and per fte of the whole year, as the rates they are divided by are: the part of the year drops out.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.output import On, Output, own_output
from puntlanding.benchmark.peers import GroupKey, PeerRule, peer_hospitals
from puntlanding.benchmark.rates import HUNDREDTHS_PER_HOUR, GroupRate, Measure, Rates, doubts, measures, rates
from puntlanding.benchmark.strata import compare
from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import ACTIVE, HOSPITAL, NEW_PATIENTS, TableName
from puntlanding.problems import InputError, Problem
from puntlanding.quantities import ONE, fixed


@dataclass(frozen=True, slots=True)
class ExPostWeights:
    """What the collective agrees (defaults are local, no source states them). ``patients`` is the part of input that patients
    weigh, activities the rest; ``output_of_two`` the part of output where input does not count (methods §4: 0.80).
    """

    input: Fraction = Fraction(3, 10)
    output: Fraction = Fraction(1, 2)
    efficiency: Fraction = Fraction(1, 5)
    patients: Fraction = Fraction(1, 2)
    output_of_two: Fraction = Fraction(4, 5)

    def require_one(self) -> None:
        """Raises InputError where the three do not add up to 1."""
        whole = self.input + self.output + self.efficiency
        if whole != 1:
            sums = (fixed(whole, 3).replace(".", ","), fixed(whole, 3))
            raise InputError([Problem("weights_not_one", "--weights", details={"sum": sums})])


@dataclass(frozen=True, slots=True)
class Score:
    """One group, in norm fte. ``efficiency`` None: no figure, so the factor is 1. None elsewhere: not to be computed."""

    patients: Fraction | None
    activities: Fraction | None
    input: Fraction | None
    output: Fraction | None
    efficiency: Fraction | None
    adjusted: Fraction | None
    three: Fraction | None
    two: Fraction | None


@dataclass(frozen=True, slots=True)
class ExPost:
    """``output_rates`` are norm hours per fte; ``patient_rates`` and ``activity_rates`` count patients and activities per fte."""

    year: int
    quarter: int
    weights: ExPostWeights
    output: Output
    output_rates: Rates
    patient_rates: Rates
    activity_rates: Rates
    scores: Mapping[GroupKey, Score]
    problems: tuple[Problem, ...] = field(default=())

    def of(self, hospital: str) -> tuple[GroupRate, ...]:
        return self.output_rates.of(hospital)


def ex_post(
    whole: Contribution,
    quarter: int,
    rule: PeerRule | None = None,
    method: PeerMethod = PeerMethod.POOLED,
    weights: ExPostWeights | None = None,
    efficiency: Mapping[GroupKey, Fraction | None] | None = None,
) -> ExPost:
    """The year up to and including ``quarter`` (1 to 4). Raises InputError where the weights do not add up to 1."""
    chosen = weights or ExPostWeights()
    chosen.require_one()
    return _scored(_measured(whole, quarter, rule, method), chosen, efficiency or {})


def ex_post_realised(
    whole: Contribution,
    quarter: int,
    rule: PeerRule | None = None,
    method: PeerMethod = PeerMethod.POOLED,
    weights: ExPostWeights | None = None,
) -> ExPost:
    """With the efficiency of the same contributions, which is worked out beside the rates."""
    chosen = weights or ExPostWeights()
    chosen.require_one()
    with ThreadPoolExecutor(1) as pool:
        efficiency = pool.submit(realised_efficiency, whole, quarter, rule)
        return _scored(_measured(whole, quarter, rule, method), chosen, efficiency.result())


@dataclass(frozen=True, slots=True)
class _Measured:
    year: int
    quarter: int
    output: Output
    by_output: Rates
    by_patients: Rates
    by_activities: Rates


def _measured(whole: Contribution, quarter: int, rule: PeerRule | None, method: PeerMethod) -> _Measured:
    output = own_output(whole, On.CLOSED, range(1, 3 * quarter + 1))
    measured = measures(output, whole.hospitals)
    by_output = rates(measured, whole.hospitals, rule, method)
    seen = [_counted(whole, columns[: 3 * quarter], measured) for columns in (NEW_PATIENTS, ACTIVE)]
    by_patients, by_activities = (rates(one, whole.hospitals, rule, method) for one in seen)
    return _Measured(whole.basis.year, quarter, output, by_output, by_patients, by_activities)


def _scored(found: _Measured, weights: ExPostWeights, efficiency: Mapping[GroupKey, Fraction | None]) -> ExPost:
    patients, activities = found.by_patients.groups, found.by_activities.groups
    scores = {
        key: _score(one, patients.get(key), activities.get(key), efficiency.get(key), weights)
        for key, one in found.by_output.groups.items()
    }
    return ExPost(
        found.year, found.quarter, weights, found.output, found.by_output, found.by_patients, found.by_activities, scores,
        doubts(found.by_output),
    )  # fmt: skip


def realised_efficiency(
    whole: Contribution, quarter: int, rule: PeerRule | None = None
) -> dict[GroupKey, Fraction | None]:
    """Efficiency of the gatekeeping groups with the peers of ``rule``; supporting groups have none."""
    asked = {name: peer_hospitals(whole.hospitals, rule or PeerRule(), name) for name in whole.names}
    found = efficiencies(compare(whole.strata, quarter, asked, order=whole.order.get(TableName.STRATA)))
    return {GroupKey(*group, "poort"): one.value for group, one in found.items()}


def _counted(
    whole: Contribution, columns: tuple[str, ...], measured: Mapping[GroupKey, Measure]
) -> dict[GroupKey, Measure]:
    """Counts per group as a measure, so that they are compared by the same rule: a count takes the place of an hour."""
    summed = whole.input.select(HOSPITAL, "specialisme", "rol", pl.sum_horizontal(columns).alias("aantal"))
    counts = {GroupKey(*row[:3]): Fraction(row[3]) for row in summed.iter_rows()}
    found = {}
    for key, one in measured.items():
        count = counts.get(key)
        lacking = one.lacking if one.fte <= 0 or count is None else None
        found[key] = Measure(None if count is None else count * HUNDREDTHS_PER_HOUR, one.fte, lacking)
    return found


def _score(
    output: GroupRate, patients: GroupRate | None, activities: GroupRate | None, efficiency: Fraction | None,
    weights: ExPostWeights,
) -> Score:  # fmt: skip
    by_patients = patients.norm_fte if patients else None
    by_activities = activities.norm_fte if activities else None
    whole_input = (
        weights.patients * by_patients + (1 - weights.patients) * by_activities
        if by_patients is not None and by_activities is not None
        else None
    )
    norm_fte = output.norm_fte
    if norm_fte is None:
        return Score(by_patients, by_activities, whole_input, None, efficiency, None, None, None)
    adjusted = norm_fte * (ONE if efficiency is None else efficiency)
    two = weights.output_of_two * norm_fte + (1 - weights.output_of_two) * adjusted
    three = (
        None
        if whole_input is None
        else weights.input * whole_input + weights.output * norm_fte + weights.efficiency * adjusted
    )
    return Score(by_patients, by_activities, whole_input, norm_fte, efficiency, adjusted, three, two)
