"""What must hold of every comparison: differences add up, oneself is zero everywhere, order means nothing, compensation is the least."""

from dataclasses import dataclass, replace
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_case import as_objects
from strategies import cases, numbers

from puntlanding.case.model import Case
from puntlanding.case.variants import Kept, shared
from puntlanding.comparison import Kind, Proposal, compare
from puntlanding.comparison.by_type import by_type
from puntlanding.comparison.old_model import old_model
from puntlanding.explain import Unit, constant, recompute
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative


@dataclass(frozen=True, repr=False)
class Made:
    """A case and what it is compared with; its trees are too large to print."""

    case: Case
    others: tuple[Proposal, ...]

    def __iter__(self):
        return iter((self.case, self.others))


@st.composite
def compared(draw, with_input=False):
    """A case that can be divided, with what it is compared with."""
    case = shared(as_objects(draw(cases())))
    assume(not Year(case).missing(Stage.DISTRIBUTE))
    if with_input:
        amounts = {group.name: draw(numbers(0, 20)) for group in case.groups}
        nodes = {name: constant("input_fte", one, Unit.FTE, subject=name) for name, one in amounts.items()}
        case = replace(case, input_fte=nodes)
    frame = replace(case.agreement.frame, fixed_component=constant("share", draw(numbers(0, 1)), Unit.RATIO))
    several_years = any(contract.type.needs_previous_budget for contract in case.agreement.contracts)
    others = [
        Proposal(name, Kind.TYPE, replace(case, agreement=agreed), (), notes)
        for name, agreed, notes in by_type(case.agreement, {})
        if several_years or not agreed.contracts[0].type.needs_previous_budget
    ]
    others = draw(st.permutations(others))[:2]
    others.append(Proposal("vast", Kind.OVERLAY, replace(case, agreement=replace(case.agreement, frame=frame))))
    return Made(case, tuple(others))


def figures(column):
    if column.fte is None:
        return column.refused
    euros = None if column.euros is None else {name: node.value for name, node in column.euros.groups.items()}
    return {name: node.value for name, node in column.fte.groups.items()}, euros


@settings(max_examples=40)
@given(compared())
def test_differences_add_up(made):
    case, others = made
    found = compare(Proposal("A", Kind.OWN, case), others)
    for one in found.beside:
        for change, sums, own in (
            (one.fte, one.column.fte, found.own.fte), (one.euros, one.column.euros, found.own.euros),
        ):  # fmt: skip
            if change is None:
                continue
            assert sum(node.value for node in change.groups.values()) == change.total.value
            assert change.total.value == sums.total.value - own.total.value
            assert set(change.gainers).isdisjoint(change.losers)
            gained = sum(node.value for node in change.groups.values() if node.value > 0)
            lost = -sum(node.value for node in change.groups.values() if node.value < 0)
            assert change.moved.value == min(gained, lost)
            assert gained - lost == change.total.value
        if one.euros is not None:  # the frame is the same, so what groups lose together is not paid out
            assert one.euros.total.value + one.euros.unpaid.value == 0


@settings(max_examples=40)
@given(compared())
def test_compared_with_itself_nothing_differs(made):
    case, _ = made
    found = compare(Proposal("A", Kind.OWN, case), [Proposal("B", Kind.WHOLE, case)], constant("within", 0, Unit.RATIO))
    (one,) = found.beside
    for change in (one.fte, one.euros):
        assert not any(node.value for node in change.groups.values())
        assert (change.total.value, change.unpaid.value, change.moved.value) == (0, 0, 0)
        assert change.gainers == change.losers == ()
    assert found.compensations["B"].total.value == 0


@settings(max_examples=40)
@given(compared())
def test_the_order_asked_for_changes_the_order_of_columns_only(made):
    case, others = made
    own = Proposal("A", Kind.OWN, case)
    by_name = {one.column.proposal.name: figures(one.column) for one in compare(own, others).beside}
    for order in list(permutations(others))[1::2]:
        found = compare(own, order)
        assert [one.column.proposal.name for one in found.beside] == [one.name for one in order]
        assert {one.column.proposal.name: figures(one.column) for one in found.beside} == by_name


@settings(max_examples=40)
@given(compared(), numbers(0, 1))
def test_compensation_is_the_least_that_keeps_everybody_inside(made, within):
    case, others = made
    found = compare(Proposal("A", Kind.OWN, case), others, constant("within", within, Unit.RATIO))
    before = found.own.euros.groups
    for letter, needed in found.compensations.items():
        column = next(one for one in found.columns if one.letter == letter)
        for name, node in needed.groups.items():
            least = before[name].value - within * abs(before[name].value)
            now = column.euros.groups[name].value
            assert node.value == int(node.value) >= 0
            assert now + node.value >= least
            if node.value:
                assert now + node.value - 1 < least
            assert recompute(node) == node.value
        assert needed.total.value == sum(node.value for node in needed.groups.values())


@settings(max_examples=40)
@given(compared(with_input=True))
def test_the_shadow_run_leaves_nothing_and_its_steps_add_up(made):
    case, _ = made
    case = replace(case, agreement=replace(case.agreement, fte_bandwidth=None))
    found = compare(Proposal("A", Kind.OWN, case), old_model(case))
    three, two = found.of(Kind.OLD), found.of(Kind.TWO)
    realised = {
        group.name: sum(
            (node.value / (1 if output.fte else case.rates[group.name].value))
            for (name, _), output in case.realisation.outputs(case.agreement.year).items()
            if name == group.name and (node := output.fte or output.hours) is not None
        )
        for group in case.groups
    }
    weights = case.agreement.old_model
    for name, node in (three.fte.groups if three.fte else {}).items():
        assert recompute(node) == node.value
        if not any(one.group == name for one in case.efficiency):
            plain = (weights.output.value + weights.efficiency.value) * realised[name]
            assert node.value == weights.input.value * case.input_fte[name].value + plain
    for column in (three, two):
        if column.euros is not None:
            assert column.euros.unpaid.value == 0
            costs = sum(cost.amount.value for cost in case.costs)
            assert column.euros.total.value == case.agreement.frame.amount.value - costs
    if three.euros and two.euros and found.own.euros and found.parameters and found.budgeting:
        for name in found.names:
            steps = found.parameters.groups[name].value + found.budgeting.groups[name].value
            assert steps == found.own.euros.groups[name].value - three.euros.groups[name].value


@settings(max_examples=40)
@given(cases(), st.sampled_from((2025, 2026)))
def test_production_that_is_kept_is_the_same(plain, year):
    case = as_objects(plain)
    kept = Kept(case.budget)
    for _ in range(2):
        assert kept.measures(year) == case.budget.measures(year)
        assert kept.outputs(year).keys() == case.budget.outputs(year).keys()
        for key, output in kept.outputs(year).items():
            other = case.budget.outputs(year)[key]
            assert [n and n.value for n in (output.hours, output.fte)] == [
                n and n.value for n in (other.hours, other.fte)
            ]
