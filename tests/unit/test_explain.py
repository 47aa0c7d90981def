"""The tree behind a number: each operation, its leaves, and operands made when asked for."""

from fractions import Fraction

import pytest

from puntlanding.explain import (
    LEAVES,
    Operation,
    Source,
    Unit,
    apply,
    cell,
    constant,
    difference,
    excess,
    lazy_total,
    leaves,
    maximum,
    minimum,
    product,
    quotient,
    recompute,
    setting,
    total,
    walk,
)

pytestmark = pytest.mark.unit


def number(value):
    return constant("whole", value, Unit.FTE)


def n(*values):
    return [number(value) for value in values]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (total("whole", Unit.FTE, n(1, 2, 3)), 6),
        (total("whole", Unit.FTE, []), 0),
        (difference("whole", Unit.FTE, *n(10, 2, 3)), 5),
        (product("whole", Unit.FTE, *n(2, 3, 4)), 24),
        (quotient("whole", Unit.FTE, *n(1, 3)), Fraction(1, 3)),
        (minimum("whole", Unit.FTE, *n(3, 1, 2)), 1),
        (maximum("whole", Unit.FTE, *n(1, 3, 2)), 3),
        (excess("whole", Unit.FTE, *n(5, 3)), 2),
        (excess("whole", Unit.FTE, *n(3, 5)), 0),
        (excess("whole", Unit.FTE, *n(3, 3)), 0),
    ],
)
def test_operations(node, expected):
    assert node.value == expected == recompute(node)
    assert node.operation not in LEAVES


@pytest.mark.parametrize("operation", sorted(LEAVES))
def test_a_leaf_has_no_operation_to_apply(operation):
    with pytest.raises(ValueError, match="no operands"):
        apply(operation, [Fraction(1)])


def test_dividing_by_zero_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        quotient("whole", Unit.FTE, *n(1, 0))


def test_leaves_are_cells_settings_and_constants_once():
    volume = cell("volume", Fraction(3), Unit.COUNT, Source("begroting.csv", 2, "aantal"))
    weight = setting("weging.output", Fraction("0.8"), Unit.RATIO, None)
    twice = total("whole", Unit.COUNT, [product("whole", Unit.COUNT, volume, weight), volume, number(1)])
    assert {leaf.operation for leaf in leaves(twice)} == LEAVES
    assert len(leaves(twice)) == 3
    assert list(walk(twice))[-1] is twice


def test_operands_come_before_what_they_make():
    inner = total("whole", Unit.FTE, n(1, 2))
    order = list(walk(product("whole", Unit.FTE, inner, inner)))
    assert order.index(inner) > max(order.index(one) for one in inner.operands)
    assert len(order) == 4


def test_lazy_operands_are_made_when_asked_for_and_once():
    made = []

    def parts():
        made.append(1)
        return tuple(n(1, 2, 3))

    node = lazy_total("norm_minutes", Unit.MINUTES, Fraction(6), parts)
    assert not made
    assert recompute(node) == 6
    assert len(leaves(node)) == 3
    assert node.operands == node.operands
    assert [id(one) for one in node.operands] == [id(one) for one in walk(node)][:-1]
    assert len(made) == 1


def test_recompute_finds_a_value_that_does_not_follow():
    assert recompute(lazy_total("norm_minutes", Unit.MINUTES, Fraction(7), lambda: tuple(n(1, 2, 3)))) == 6


def test_another_name_is_the_same_number():
    node = total("extra", Unit.FTE, n(1, 2), subject="KNO", contract="A")
    renamed = node.named("paid", subject="Oog")
    assert (renamed.value, renamed.subject, renamed.contract, renamed.term) == (3, "Oog", "A", "paid")
    assert renamed.operands == node.operands
    assert renamed.operation is Operation.SUM
