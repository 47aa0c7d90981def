"""The rules of a year on many draws at once and on a number with its slope, against the plain oracle without any rounding."""

import random
from dataclasses import replace
from fractions import Fraction

import component_oracle
import numpy as np
import pytest
from component_strategies import SECTIONS, agreed_cases
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_case import as_objects

from puntlanding.budget import Capacity
from puntlanding.budget.capacity import CapacityRow
from puntlanding.distribution import Agreed, distribute
from puntlanding.explain import Source, Unit, cell
from puntlanding.incentives.slope import Sloped, sloped
from puntlanding.settlement import settle
from puntlanding.simulation.draws import drawn, floats
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

DRAWS = 20
FEW = settings(max_examples=settings().max_examples // 15)
SOME = settings(max_examples=settings().max_examples // 3)
STEP = Fraction(1, 10**40)


def capacity_of(case, rows, year, value_of):
    """Typed norm fte of a lean case, which no score changes, with ``value_of`` in place of each."""
    found = {group.name: {} for group in case.groups}
    for row in rows:
        if row.year == year:
            value = value_of(row.group, row.contract, row.amount)
            source = Source("productie.csv", 2, "norm_fte")
            node = cell("norm_fte", value, Unit.FTE, source, subject=row.group, contract=row.contract)
            found[row.group][row.contract] = node
    rows = tuple(CapacityRow(name, None, None, None, None, None, own) for name, own in found.items())
    return Capacity(rows, (), CapacityRow("Totaal", None, None, None, None, None, {}))


def as_typed(group, contract, amount):
    return amount


def divided(case, realised, lifted=lambda node: node):
    """The settlement and distribution with ``realised`` in place of what was; ``lifted`` changes every amount of money and key."""
    objects = as_objects(case)
    agreement, year = objects.agreement, Year(objects)
    assume(not year.missing(Stage.DISTRIBUTE))
    settlement = settle(
        objects.groups,
        agreement,
        capacity_of(case, case.budget, case.year, as_typed),
        capacity_of(case, case.realised, case.year, realised),
        capacity_of(case, case.budget, case.year - 1, as_typed),
        year.formation,
    )
    frame = replace(agreement.frame, amount=lifted(agreement.frame.amount))
    choices = [
        replace(one, numbers={k: n if "jaar" in k else lifted(n) for k, n in one.numbers.items()})
        for one in agreement.components
    ]
    tables = objects.components
    tables = replace(
        tables,
        values={name: {g: lifted(n) for g, n in own.items()} for name, own in tables.values.items()},
        decisions=tuple(replace(one, amount=lifted(one.amount)) for one in tables.decisions),
        savings=tuple(replace(one, baseline=lifted(one.baseline), actual=lifted(one.actual)) for one in tables.savings),
    )
    costs = [replace(one, amount=lifted(one.amount)) for one in objects.costs]
    return distribute(settlement, frame, year.formation, costs, Agreed(choices, tables, case.year))


def with_realised(case, values):
    return replace(case, realised=tuple(replace(row, amount=values[row.group, row.contract]) for row in case.realised))


def unrounded(case):
    try:
        return component_oracle.distribute(case, cents=False)
    except (ZeroDivisionError, component_oracle.NobodyError):
        assume(False)


def keys_of(case):
    return [(row.group, row.contract) for row in case.realised]


def assert_draws(case, seed):
    chance = random.Random(seed)
    found = {
        key: [
            Fraction(chance.choice((0, chance.randrange(20_481), chance.randrange(20_481))), 1024) for _ in range(DRAWS)
        ]
        for key in keys_of(case)
    }
    wanted = [unrounded(with_realised(case, {key: own[i] for key, own in found.items()})) for i in range(DRAWS)]
    got = divided(case, lambda group, contract, _: drawn(np.array([float(v) for v in found[group, contract]])))
    # a cent for every split, and the cents that later parts make of those before them
    cents = 4 * (len(wanted[0].parts) + len(case.costs) + 3) + 1e-9 * case.frame
    for row in got.rows:
        for part, of in ((row.paid, "paid"), (row.fixed, "fixed"), (row.norm, "norm"), (row.costs, "costs")):
            expected = np.array([float(getattr(one, of)[row.name]) for one in wanted])
            assert np.abs(floats(part, DRAWS) - expected).max() <= cents, of
        for key, node in row.parts.items():
            expected = np.array([float(one.parts[key][row.name]) for one in wanted])
            assert np.abs(floats(node, DRAWS) - expected).max() <= cents, key
    for mine, of in ((got.stays, "stays"), (got.brings, "brings")):
        for key, node in mine.items():
            expected = np.array([float(getattr(one, of).get(key, 0)) for one in wanted])
            assert np.abs(floats(node, DRAWS) - expected).max() <= cents, key
    # nothing is lost: what the rows have, what is left and what stays are the frame and what was brought
    left = floats(got.unpaid, DRAWS) + sum(floats(node, DRAWS) for node in got.stays.values())
    whole = sum(floats(node, DRAWS) for row in got.rows for node in (row.fixed, row.norm, *row.parts.values()))
    brought = sum(floats(node, DRAWS) for node in got.brings.values())
    assert np.abs(whole + left - brought - case.frame).max() <= 1e-2 + 1e-9 * case.frame


@FEW
@given(agreed_cases().map(lambda case: replace(case, redistribute=False)), st.integers(0, 10**6))
def test_draws_are_the_oracle_draw_by_draw(case, seed):
    assert_draws(case, seed)


@FEW
@given(agreed_cases().map(lambda case: replace(case, redistribute=True)), st.integers(0, 10**6))
def test_draws_with_redistribution_too(case, seed):
    assert_draws(case, seed)


@FEW
@given(agreed_cases(among=(), always=SECTIONS), st.integers(0, 10**6))
def test_draws_with_all_components_together(case, seed):
    assert_draws(case, seed)


def lifted(node):
    """With a slope of nothing: numbers with a slope are not rounded."""
    return replace(node, value=sloped(node.value, Fraction(0)))


def parts_of(value):
    return (value.value, value.slope) if isinstance(value, Sloped) else (value, Fraction(0))


@SOME
@given(agreed_cases(), st.integers(0, 100), st.sampled_from((1, -1)), st.sampled_from(("own", "budget", "nothing")))
def test_slopes_are_what_the_oracle_moves_by(case, which, side, where):
    """Just above and just below: anywhere, on a budget (where ceilings and pools have their kinks) and at nothing."""
    keys = keys_of(case)
    key = keys[which % len(keys)]
    values = {(row.group, row.contract): row.amount for row in case.realised}
    budgets = {(row.group, row.contract): row.amount for row in case.budget if row.year == case.year}
    values[key] = {"own": values[key], "budget": budgets[key], "nothing": Fraction(0)}[where]
    assume(side == 1 or values[key])
    case = with_realised(case, values)
    here, there = unrounded(case), unrounded(with_realised(case, values | {key: values[key] + side * STEP}))

    def moving(group, contract, amount):
        return sloped(amount, Fraction(side if (group, contract) == key else 0))

    found = divided(case, moving, lifted)
    pairs = [(f"paid {row.name}", row.paid, here.paid[row.name], there.paid[row.name]) for row in found.rows]
    pairs += [
        (f"{part} {row.name}", node, here.parts[part][row.name], there.parts[part][row.name])
        for row in found.rows
        for part, node in row.parts.items()
    ]
    pairs += [(name, node, here.stays[name], there.stays[name]) for name, node in found.stays.items()]
    pairs.append(("unpaid", found.unpaid, here.unpaid, there.unpaid))
    for name, node, before, after in pairs:
        value, slope = parts_of(node.value)
        assert value == before, name
        assert abs((after - before) / STEP - slope) <= Fraction(1, 10**9), name
