"""Many draws at once and each by itself: the same rules, so the same answer but for the last digits of floats and whole cents."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from component_strategies import SECTIONS, agreed_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_case import as_objects
from strategies import cases

from puntlanding.norms.production import Output
from puntlanding.simulation.draws import drawn
from puntlanding.simulation.settled import DrawnProduction, outcome
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

DRAWS = 4
FACTORS = st.lists(st.integers(0, 300), min_size=DRAWS, max_size=DRAWS).map(
    lambda found: [Fraction(one, 100) for one in found]
)


def with_output(case, factors):
    """The case with its realisation times a factor, per group and contract in the order of their names."""
    outputs = case.realisation.outputs(case.agreement.year)
    made = {}
    for key, output in outputs.items():
        node = output.hours if output.hours is not None else output.fte
        value = factors(key, node.value)
        named = replace(node, value=value, expand=tuple)
        made[key] = Output(hours=named) if output.hours is not None else Output(fte=named)
    return replace(case, realisation=DrawnProduction(case.realisation, case.agreement.year, made))


def held(case, data):
    """All draws at once against each by itself; ``cents``: how many amounts were rounded on the way to a group's."""
    year = Year(case)
    if year.missing(Stage.DISTRIBUTE):
        return
    factors = {key: data.draw(FACTORS) for key in case.realisation.outputs(case.agreement.year)}
    together = with_output(case, lambda key, value: drawn(np.array([float(value * one) for one in factors[key]])))
    alone = [with_output(case, lambda key, value, at=at: value * factors[key][at]) for at in range(DRAWS)]
    divisible = [not Year(one).missing(Stage.DISTRIBUTE) for one in alone]
    if not all(divisible):
        return
    found = outcome(together, DRAWS, euros=True)
    for at, one in enumerate(alone):
        own = Year(one)
        for row, line in enumerate(own.settlement.rows):
            assert found.paid[row, at] == pytest.approx(float(line.line.paid.value), rel=1e-9, abs=1e-9)
            assert found.realised[row, at] == pytest.approx(float(line.line.realised.value), rel=1e-9, abs=1e-9)
        divided = own.distribution
        roundings = 4 * (len(case.agreement.components) + len(case.costs) + 3)
        for row, share in enumerate(divided.rows):
            assert abs(found.euros[row, at] - float(share.paid.value)) <= roundings + 1e-9 * float(divided.frame.value)


@settings(max_examples=100)
@given(cases(), st.data())
def test_draws_at_once_are_the_exact_engine_draw_by_draw(case, data):
    held(as_objects(case), data)


@settings(max_examples=100)
@given(agreed_cases(), st.data())
def test_components_too(case, data):
    held(as_objects(case), data)


@settings(max_examples=30)
@given(agreed_cases(among=(), always=SECTIONS), st.data())
def test_all_components_together(case, data):
    held(as_objects(case), data)
