"""factor = w_output + w_efficiency × efficiency + w_appropriate × appropriate care (methods §4; [CB] bijlage 1 and 3).

The budget takes the efficiency of the year before; the realisation that of the year itself, with a correction where an
external cause was recorded, and capped at last year's where the agreement does not honour a rise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from puntlanding.agreement.model import Weights
from puntlanding.explain import Node, Unit, constant, minimum, product, quotient, total


@dataclass(frozen=True, slots=True)
class EfficiencyFigure:
    """Efficiency of one group in one year (1.05 = 5 % better than the reference), whole or one component of it."""

    group: str
    year: int
    value: Node
    component: str | None = None
    correction: Node | None = None


@dataclass(frozen=True, slots=True)
class ScoreInputs:
    weights: Weights
    figures: tuple[EfficiencyFigure, ...] = ()
    appropriate_care: Mapping[str, Node] = field(default_factory=dict)


def budget_factors(
    inputs: ScoreInputs, groups: Iterable[str], year: int, otherwise: int | None = None
) -> Mapping[str, Node]:
    """The factor of each group that has figures, for the budget of ``year``; a group without any has no entry: factor 1.

    A group without efficiency for ``year`` is scored with that for the budget of the year ``otherwise``.
    """
    known = {group: _efficiency(inputs, group, year - 1) for group in groups}
    if otherwise is not None:
        known = {group: node or _efficiency(inputs, group, otherwise - 1) for group, node in known.items()}
    return _factors(inputs, groups, known)


def realisation_factors(inputs: ScoreInputs, groups: Iterable[str], year: int) -> Mapping[str, Node]:
    """As `budget_factors`, for what was realised in ``year``."""
    return _factors(inputs, groups, {group: realised_efficiency(inputs, group, year) for group in groups})


def _factors(inputs: ScoreInputs, groups: Iterable[str], efficiencies: Mapping[str, Node | None]) -> Mapping[str, Node]:
    weights = inputs.weights
    factors: dict[str, Node] = {}
    for group in groups:
        efficiency, care = efficiencies[group], inputs.appropriate_care.get(group)
        care_counts = weights.appropriate_care.value != 0 and care is not None
        if (efficiency is None or weights.efficiency.value == 0) and not care_counts:
            continue
        known = efficiency or constant("no_efficiency", 1, Unit.RATIO, subject=group)
        parts = [weights.output, product("efficiency_part", Unit.RATIO, weights.efficiency, known, subject=group)]
        if care_counts and care is not None:
            parts.append(product("appropriate_care_part", Unit.RATIO, weights.appropriate_care, care, subject=group))
        factors[group] = total("factor", Unit.RATIO, parts, subject=group)
    return factors


def realised_efficiency(inputs: ScoreInputs, group: str, year: int) -> Node | None:
    """The efficiency that a realisation of ``year`` is scored with; None for a group without figures."""
    realised = _efficiency(inputs, group, year, corrected=True)
    before = _efficiency(inputs, group, year - 1)
    if inputs.weights.rise_counts or realised is None or before is None:
        return realised
    return minimum("efficiency_capped", Unit.RATIO, realised, before, subject=group)


def _efficiency(inputs: ScoreInputs, group: str, year: int, *, corrected: bool = False) -> Node | None:
    own = [figure for figure in inputs.figures if (figure.group, figure.year) == (group, year)]
    if not any(weighs(figure, inputs.weights) for figure in own):
        return None
    values = [_value(figure, corrected=corrected) for figure in own]
    if len(own) == 1 and own[0].component is None:
        return values[0]
    return _weighted_mean(group, own, values, inputs.weights.components)


def weighs(figure: EfficiencyFigure, weights: Weights) -> bool:
    """Whether a figure counts: a component that the agreement gives weight 0 is as good as not there (methods §3)."""
    if figure.component is None or not weights.components:
        return True
    weight = weights.components.get(figure.component)
    return weight is not None and weight.value != 0


def _value(figure: EfficiencyFigure, *, corrected: bool) -> Node:
    if not corrected or figure.correction is None:
        return figure.value
    return total("efficiency_corrected", Unit.RATIO, (figure.value, figure.correction), subject=figure.group)


def _weighted_mean(
    group: str, figures: Iterable[EfficiencyFigure], values: Iterable[Node], weights: Mapping[str, Node]
) -> Node:
    """The mean of the components a group has, by the agreement's weights (local), equally where it gives none."""
    weighted = [
        (weights.get(figure.component or "") if weights else constant("equal_weight", 1, Unit.RATIO), value)
        for figure, value in zip(figures, values, strict=True)
    ]
    known = [(weight, value) for weight, value in weighted if weight is not None]
    parts = [product("component", Unit.RATIO, weight, value, subject=value.subject) for weight, value in known]
    return quotient(
        "efficiency", Unit.RATIO,
        total("components", Unit.RATIO, parts, subject=group),
        total("component_weights", Unit.RATIO, [weight for weight, _ in known], subject=group),
        subject=group,
    )  # fmt: skip
