"""Exact numbers: rounding to show, and cents that always add up."""

from fractions import Fraction

import pytest

from puntlanding.components.split import split, split_in_two
from puntlanding.explain import Unit, constant, recompute
from puntlanding.language.notation import Language, euros, number, precise
from puntlanding.quantities import AllocationMode, allocate, fixed, half_up, parse_decimal

pytestmark = pytest.mark.unit

MODE = AllocationMode.LARGEST_REMAINDER


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction("4.045"), 2, 405), (Fraction("-4.045"), 2, -405), (Fraction("4.0449999"), 2, 404), (Fraction("0.5"), 0, 1), (Fraction("-0.5"), 0, -1),
        (Fraction("1.5"), 0, 2), (Fraction("2.5"), 0, 3), (Fraction(1, 3), 2, 33), (Fraction(2, 3), 2, 67), (Fraction(0), 2, 0), (Fraction("0.0000005"), 6, 1),
    ],
)  # fmt: skip
def test_half_up(value, decimals, expected):
    assert half_up(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Fraction(0), 6, "0.000000"), (Fraction(-1, 10**9), 6, "0.000000"), (Fraction(1, 3), 6, "0.333333"), (Fraction(-2, 3), 6, "-0.666667"),
        (Fraction(5), 0, "5"), (Fraction("999999.9999995"), 6, "1000000.000000"), (Fraction("-0.004"), 2, "0.00"), (Fraction("-0.005"), 2, "-0.01"),
    ],
)  # fmt: skip
def test_fixed(value, decimals, expected):
    assert fixed(value, decimals) == expected


@pytest.mark.parametrize("text", ["1e3", "1.", ".5", "1,5", "1_000", "", " 1", "1 ", "٣", "inf", "nan", "1\n", "--1"])
def test_only_plain_decimals_are_numbers(text):
    with pytest.raises(ValueError, match="not a plain decimal"):
        parse_decimal(text)


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (100, (1, 1, 1), (34, 33, 33)),  # a tie goes by position
        (101, (1, 1, 1), (34, 34, 33)),
        (100, (1, 0, 1), (50, 0, 50)),
        (1, (1, 1), (1, 0)),
        (10, (Fraction(1, 3), Fraction(2, 3)), (3, 7)),
        (10, (1, 1, 4), (2, 2, 6)),  # 1.67, 1.67, 6.67: all fractions equal, by position
        (-100, (1, 1, 1), (-33, -33, -34)),  # rounded down is away from zero
        (-1, (1, 3), (0, -1)),
        (0, (1, 2), (0, 0)),
        (7, (5,), (7,)),
    ],
)
def test_allocate(total, weights, expected):
    assert allocate(total, [Fraction(weight) for weight in weights]) == expected
    assert sum(expected) == total


@pytest.mark.parametrize(
    ("weights", "mode", "why"),
    [((), MODE, "zero"), ((0, 0), MODE, "zero"), ((1, -1), MODE, "negative"), ((1,), "anders", "unknown")],
)
def test_what_cannot_be_divided(weights, mode, why):
    with pytest.raises(ValueError, match=why):
        allocate(100, [Fraction(weight) for weight in weights], mode)


@pytest.mark.parametrize(
    ("cents", "names", "last", "lucky"),
    [
        (1, ("Één", "KNO", "arts"), None, "KNO"),  # code points: capitals, small letters, accents
        (1, ("Één", "arts"), None, "arts"),
        (2, ("Één", "KNO", "arts"), None, "KNO arts"),
        (1, ("niet uitgekeerd", "Één", "zaal"), "niet uitgekeerd", "zaal"),
        (1, ("niet uitgekeerd", "Één"), "niet uitgekeerd", "Één"),  # last, though n comes before É
        (1, ("a", "B"), None, "B"),
    ],
)
def test_equal_fractions_go_by_name(cents, names, last, lucky):
    weights = {name: constant("paid", 1, Unit.FTE) for name in names}
    for order in (names, names[::-1]):
        parts = split("norm_part", constant("pot", cents, Unit.CENTS), {n: weights[n] for n in order}, MODE, last=last)
        assert {name for name, node in parts.items() if node.value} == set(
            lucky.split(" ") if last is None else [lucky]
        )
        assert all(recompute(node) == node.value for node in parts.values())
        assert all(abs(node.operands[1].value) < 1 for node in parts.values())  # the rounding leaf


@pytest.mark.parametrize(
    ("cents", "share", "expected"),
    [
        (1, "0.5", (1, 0)), (3, "0.5", (2, 1)), (100, "0.5", (50, 50)), (10, "0.25", (3, 7)), (10, "0.75", (8, 2)),
        (10, "0", (0, 10)), (10, "1", (10, 0)), (0, "0.5", (0, 0)), (1, "0.4", (0, 1)), (-1, "0.5", (0, -1)),
    ],
)  # fmt: skip
def test_the_odd_cent_between_two_pots(cents, share, expected):
    """In a tie it goes to the first: the fixed component."""
    nodes = split_in_two(
        "fixed_pot",
        "norm_pot",
        constant("amount", cents, Unit.CENTS),
        constant("share", Fraction(share), Unit.RATIO),
        MODE,
    )
    assert tuple(node.value for node in nodes) == expected
    assert [recompute(node) for node in nodes] == list(expected)


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (Fraction("1234567.895"), 2, "1.234.567,90", "1,234,567.90"),
        (Fraction(-1234), 0, "\u22121.234", "\u22121,234"),
        (Fraction(999), 0, "999", "999"),
        (Fraction("0.004"), 2, "0,00", "0.00"),
        (Fraction("-0.004"), 2, "0,00", "0.00"),
        (Fraction("-0.05"), 1, "\u22120,1", "\u22120.1"),
    ],
)
def test_notation(value, decimals, dutch, english):
    assert number(value, decimals, Language.DUTCH) == dutch
    assert number(value, decimals, Language.ENGLISH) == english


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(5), "5"), (Fraction("1.50"), "1,5"), (Fraction(1, 3), "0,333333\u2026"), (Fraction("0.0000001"), "0,000000\u2026"), (Fraction("1234.5"), "1.234,5")],
)  # fmt: skip
def test_as_many_decimals_as_needed(value, expected):
    assert precise(value, Language.DUTCH) == expected


def test_euros_of_cents():
    assert euros(123456, Language.DUTCH) == "1.234,56"
    assert euros(Fraction(-5), Language.ENGLISH) == "\u22120.05"
