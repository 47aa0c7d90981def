"""Whole generated cases: the program and the plain oracle give exactly the same, and every explanation recomputes."""

from fractions import Fraction

import oracle
import pytest
from hypothesis import given
from plain_case import as_objects
from strategies import CONTRACT_KINDS, YEAR, cases

from puntlanding.explain import LEAVES, apply, leaves, recompute, walk
from puntlanding.report.tables import table
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative


def possible(year, stage):
    """Whether the case allows the stage; where it does not, the oracle has nothing to divide by either."""
    return not year.missing(stage)


def followable(case):
    """Supporters that follow need gatekeepers with a budget in each of their contracts."""
    try:
        oracle.settle(case)
    except ZeroDivisionError:
        return False
    return True


@given(cases())
def test_budget(case):
    year = Year(as_objects(case))
    hours, fte = oracle.norm_hours_and_fte(case, case.budget, YEAR)
    scored = oracle.budget(case, YEAR)
    for row in year.budget.rows:
        own = [key for key in fte if key[0] == row.name]
        assert {key[1]: node.value for key, node in zip(own, row.contracts.values(), strict=True)} == {
            key[1]: scored[key] for key in own
        }
        assert row.hours.value == sum(hours[key] for key in own)
        assert row.norm_fte.value == sum(fte[key] for key in own)
        assert row.scored.value == sum(scored[key] for key in own)
        assert (row.factor.value if row.factor else 1) == oracle.budget_factor(case, row.name, YEAR)
    assert year.budget.total.scored.value == sum(scored.values())


@given(cases())
def test_settlement(case):
    year = Year(as_objects(case))
    assert possible(year, Stage.SETTLE) == followable(case)
    if not possible(year, Stage.SETTLE):
        return
    parts, paid = oracle.settle_contracts(case), oracle.settle(case)
    realised, budgeted = oracle.realisation(case), oracle.budget(case, YEAR)
    for row in year.settlement.rows:
        assert row.line.paid.value == paid[row.line.group]
        for line in row.contracts:
            key = (line.group, line.contract)
            assert (line.paid.value, line.extra.value) == parts[key]
            assert (line.realised.value, line.budgeted.value) == (realised[key], budgeted[key])
    assert {row.line.group for row in year.settlement.rows} == set(paid)
    assert year.settlement.total.paid.value == sum(paid.values())


@pytest.mark.parametrize("kind", CONTRACT_KINDS)
def test_settlement_of_one_contract_type(kind):
    @given(cases(kinds=(kind,), scored=False, bands=False))
    def check(case):
        year = Year(as_objects(case))
        if possible(year, Stage.SETTLE):
            assert {row.line.group: row.line.paid.value for row in year.settlement.rows} == oracle.settle(case)

    check()


@given(cases())
def test_distribution(case):
    year = Year(as_objects(case))
    if not followable(case):
        return
    if not possible(year, Stage.DISTRIBUTE):
        care = sum(oracle.care_fte(case, group.name) for group in case.groups)
        assert care == 0 or sum(oracle.settle(case).values()) == 0
        return
    rows, unpaid = oracle.distribute(case)
    found = year.distribution
    assert {row.name: (row.fixed.value, row.norm.value, row.costs.value) for row in found.rows} == rows
    assert {row.name: row.paid.value for row in found.rows} == {n: f + m - c for n, (f, m, c) in rows.items()}
    assert found.unpaid.value == unpaid


@given(cases())
def test_formation(case):
    found = Year(as_objects(case)).formation
    assert {name: one.care_fte.value for name, one in found.items()} == {
        group.name: oracle.care_fte(case, group.name) for group in case.groups
    }
    assert all(one.working_fte.value >= one.care_fte.value for one in found.values())


@given(cases())
def test_every_number_recomputes_from_its_leaves(case):
    year = Year(as_objects(case))
    for stage in (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE):
        if not possible(year, stage):
            continue
        shown = table(stage, year)
        rows = [*shown.rows, *shown.care_units, *shown.contract_totals, shown.total]
        rows += [inner for row in shown.rows for inner in row.contracts]
        cells = [cell for row in rows for cell in row.cells if cell] + list(shown.beside_total.values())
        for root in cells:
            assert recompute(root) == root.value
            for node in walk(root):
                assert isinstance(node.value, Fraction)
                if node.operation not in LEAVES:
                    assert node.value == apply(node.operation, [operand.value for operand in node.operands])
            assert {leaf.operation for leaf in leaves(root)} <= LEAVES


@given(cases())
def test_parts_add_up_to_their_total(case):
    year = Year(as_objects(case))
    for stage in (Stage.BUDGET, Stage.SETTLE, Stage.DISTRIBUTE):
        if not possible(year, stage):
            continue
        shown = table(stage, year)
        for i, column in enumerate(shown.columns):
            whole = shown.total.cells[i]
            if whole is not None:
                assert whole.value == sum(row.cells[i].value for row in shown.rows), column.key
            for one in [row for row in shown.rows if row.contracts and column.key != "bandbreedte_correctie"]:
                parts = sum(inner.cells[i].value for inner in one.contracts)
                if not (column.key == "norm_fte" and case.bandwidth):
                    assert one.cells[i].value == parts
