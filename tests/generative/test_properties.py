"""What must hold of every year, whatever the numbers: bounds on what is paid, order, and cents that add up."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import oracle
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plain_case import as_objects
from strategies import CONTRACT_KINDS, cases, numbers

from puntlanding.contract_types import Position
from puntlanding.explain import Unit, constant
from puntlanding.quantities import allocate, fixed
from puntlanding.settlement.redistribution import redistribute
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

PAIRS = st.lists(st.tuples(numbers(0, 12), numbers(0, 12)), max_size=7)


def settled(case):
    year = Year(as_objects(case))
    assume(not year.missing(Stage.SETTLE))
    return year.settlement


def lines_of(case, *kinds):
    types = {contract.name: contract for contract in case.contracts}
    for row in settled(case).rows:
        for line in row.contracts:
            if types[line.contract].kind in kinds:
                yield types[line.contract], line


@given(cases(bands=False).map(lambda case: replace(case, supporting="gelijk")))
def test_bounds_of_what_is_paid(case):
    for contract, line in lines_of(case, *CONTRACT_KINDS):
        r, b, paid = line.realised.value, line.budgeted.value, line.paid.value
        assert paid >= 0
        match contract.kind:
            case "plafond" | "plafond_bandbreedte":
                assert min(r, b) <= paid <= r
                if contract.kind == "plafond_bandbreedte":
                    assert paid <= b * (1 + contract.setting)
            case "aanneemsom":
                assert paid == b
            case "meerjaren_aanneemsom":
                assert paid >= b
            case "schaduwdraaien":
                assert paid == r


@given(cases(kinds=("plafond",), bands=False).map(lambda case: replace(case, redistribute=True)))
def test_redistribution_pays_no_more_than_is_left(case):
    supporting = {group.name for group in case.groups if group.role == "ondersteunend"}
    outside = supporting if case.supporting != "gelijk" else set()
    for contract in case.contracts:
        pool = [one for _, one in lines_of(case, "plafond") if one.contract == contract.name]
        pool = [one for one in pool if one.group not in outside]
        assert sum(one.extra.value for one in pool) <= sum(one.under.value for one in pool)
        for one in pool:
            assert one.paid.value <= max(one.realised.value, 0)
            if case.maximum is not None:
                assert one.extra.value <= case.maximum * one.budgeted.value


@given(PAIRS, st.one_of(st.none(), numbers(0, 1)))
def test_redistribution_is_the_brute_force_search(pairs, cap):
    def fte(value):
        return constant("fte", value, Unit.FTE)

    positions = [Position(str(i), "A", fte(b), fte(r)) for i, (r, b) in enumerate(pairs)]
    found = redistribute(positions, None if cap is None else constant("cap", cap, Unit.RATIO))
    expected = oracle.redistribution({str(i): pair for i, pair in enumerate(pairs)}, cap)
    assert {name: node.value for name, node in found.items()} == expected


@given(PAIRS, st.one_of(st.none(), numbers(0, 1)))
def test_lambda_is_the_smallest(pairs, cap):
    over = {str(i): r - b for i, (r, b) in enumerate(pairs) if r > b}
    limit = {str(i): min(r - b, (r if cap is None else cap * b)) for i, (r, b) in enumerate(pairs) if r > b}
    pool = min(sum((b - r for r, b in pairs if b > r), Fraction(0)), sum(limit.values(), Fraction(0)))
    rate = oracle.smallest_lambda(over, limit, pool)
    assert 0 <= rate <= 1
    smaller = rate * Fraction(999, 1000)
    assert rate == 0 or sum(min(limit[g], smaller * over[g]) for g in over) < pool


@pytest.mark.parametrize("kind", CONTRACT_KINDS)
def test_a_year_on_budget_pays_the_budget(kind):
    @given(cases(kinds=(kind,), scored=False, bands=False))
    def check(case):
        last_year = tuple(replace(row, year=case.year - 1) for row in case.budget if row.year == case.year)
        this_year = tuple(row for row in case.budget if row.year == case.year)
        same = {(2025, s, c): case.norm_times[2026, s, c] for _, s, c in case.norm_times}
        on_budget = replace(case, budget=this_year + last_year, realised=this_year, norm_times=case.norm_times | same)
        for row in settled(on_budget).rows:
            assert row.line.paid.value == row.line.budgeted.value

    check()


def outcome(case):
    """Every number that depends on the case, by name."""
    year = Year(as_objects(case))
    found = {}
    if not year.missing(Stage.SETTLE):
        for row in year.settlement.rows:
            found[row.line.group] = [row.line.paid.value, row.line.extra.value]
            found |= {(one.group, one.contract): one.paid.value for one in row.contracts}
    if not year.missing(Stage.DISTRIBUTE):
        for row in year.distribution.rows:
            found[row.name] += [row.fixed.value, row.norm.value, row.costs.value, row.paid.value]
        found["unpaid"] = year.distribution.unpaid.value
    return found


@given(cases(least=2), st.randoms(use_true_random=False))
def test_no_order_changes_any_number(case, chance):
    def shuffled(items):
        return tuple(chance.sample(items, len(items)))

    fields = ("groups", "contracts", "budget", "realised", "efficiency", "formation", "costs")
    assert outcome(replace(case, **{name: shuffled(getattr(case, name)) for name in fields})) == outcome(case)


@given(cases())
def test_cents_add_up_to_the_frame(case):
    year = Year(as_objects(case))
    assume(not year.missing(Stage.DISTRIBUTE))
    found = year.distribution
    assert sum(row.fixed.value + row.norm.value for row in found.rows) + found.unpaid.value == case.frame
    assert sum(row.costs.value for row in found.rows) == sum(cost.cents for cost in case.costs)
    cells = [found.unpaid, *(node for row in found.rows for node in (row.fixed, row.norm, row.costs, row.paid))]
    assert all(node.value.denominator == 1 for node in cells)


@given(cases().map(lambda case: replace(case, costs=())), st.integers(2, 50))
def test_a_larger_frame_pays_in_proportion(case, times):
    """Each pot and each part of it is within a cent of its exact share; two roundings, so a group is within three."""
    small, large = Year(as_objects(case)), Year(as_objects(replace(case, frame=case.frame * times)))
    assume(not small.missing(Stage.DISTRIBUTE))
    for year, factor in ((small, 1), (large, times)):
        paid, frame = oracle.settle(case), case.frame * factor
        keep = case.unpaid == "blijft"
        left = max(sum(oracle.budget(case, case.year).values()) - sum(paid.values()), Fraction(0)) if keep else 0
        care = {name: oracle.care_fte(case, name) for name in paid}
        for row in year.distribution.rows:
            fixed = frame * case.fixed * care[row.name] / sum(care.values()) if case.fixed else Fraction(0)
            norm = frame * (1 - case.fixed) * paid[row.name] / (sum(paid.values()) + left) if case.fixed != 1 else 0
            assert abs(row.fixed.value - fixed) < 2
            assert abs(row.norm.value - norm) < 2
    for a, b in zip(small.distribution.rows, large.distribution.rows, strict=True):
        assert abs(b.fixed.value - times * a.fixed.value) < 2 * (times + 1)
        assert abs(b.norm.value - times * a.norm.value) < 2 * (times + 1)


@given(st.integers(-(10**6), 10**10), st.lists(numbers(0, 30, 3), min_size=1, max_size=8))
def test_allocation(total, weights):
    assume(sum(weights))
    parts = allocate(total, weights)
    names = [chr(97 + i) for i in range(len(weights))]
    assert dict(zip(names, parts, strict=True)) == oracle.hand_out(total, dict(zip(names, weights, strict=True)))
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1
    assert all(a >= b for a, b, u, v in _pairs(parts, weights) if u > v and total >= 0)


def _pairs(parts, weights):
    both = list(zip(parts, weights, strict=True))
    return [(a, b, u, v) for a, u in both for b, v in both]


@given(st.fractions(min_value=-(10**9), max_value=10**9), st.integers(0, 6))
def test_half_up_is_that_of_the_decimal_module(value, decimals):
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        shown = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    expected = format(abs(shown) if shown == 0 else shown, f".{decimals}f")
    assert fixed(value, decimals) == expected


@given(st.integers(-(10**15), 10**15))
def test_halves_are_rounded_away_from_zero(halves):
    """Ties, which a random fraction never hits: n / 2 millionths."""
    shown = (Decimal(halves) / Decimal(2_000_000)).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    assert fixed(Fraction(halves, 2_000_000)) == format(abs(shown) if shown == 0 else shown, "f")
