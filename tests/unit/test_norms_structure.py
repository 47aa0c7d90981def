"""The product structure of a year and local trends, on small volumes that can be checked by hand."""

from fractions import Fraction

import polars as pl
import pytest

from puntlanding.norms.structure import Change, ProductStructure, idle, product_structure, restructured
from puntlanding.norms.trends import Trend, idle_trends, local_trends, with_trends
from puntlanding.norms.volumes import SCALE, VOLUMES, exact, times
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit


def volumes(*rows):
    """Rows of hospital, code, volume: products of 0301, or of another specialism where a fourth names it."""
    full = [
        (hospital, (*more, "0301")[0], "poort", "zorgproduct", code, "alle", int(Fraction(volume) * SCALE))
        for hospital, code, volume, *more in rows
    ]
    return pl.DataFrame(full, schema=VOLUMES, orient="row")


def plain(frame):
    return {(row[0], row[4]): exact(row[-1]) for row in frame.rows()}


def change(old, new, factor="1", volume=None, hospital=None, year=2026, row=None):
    amount = None if volume is None else Fraction(volume)
    return Change(year, "0301", "zorgproduct", old, new, Fraction(factor), amount, hospital, row)


def codes(raised):
    return [problem.code for problem in raised.value.problems]


BASE = volumes(("A", "p1", 10), ("A", "p2", 7), ("A", "p3", 4), ("B", "p1", 3))


def test_replaced_split_added_and_dropped():
    structure = product_structure(
        [change("p1", "p1", "0.6"), change("p1", "q", "0.4"), change("p2", "q", "2"), change("p3", None), change(None, "n", volume=5)]
    )  # fmt: skip
    assert plain(restructured(BASE, structure, 2026)) == {
        ("A", "p1"): 6, ("A", "q"): 4 + 14, ("A", "n"): 5,
        ("B", "p1"): Fraction("1.8"), ("B", "q"): Fraction("1.2"), ("B", "n"): 5,
    }  # fmt: skip


def test_what_is_said_of_one_hospital_goes_before_what_is_said_of_all():
    structure = product_structure(
        [change("p1", "q", "0.5"), change("p1", None, hospital="B"), change(None, "n", volume=5), change(None, "n", volume="0.25", hospital="B")]
    )  # fmt: skip
    changed = plain(restructured(BASE, structure, 2026))
    assert changed["A", "q"] == 5
    assert ("B", "q") not in changed
    assert (changed["A", "n"], changed["B", "n"]) == (5, Fraction(1, 4))


def test_another_year_changes_nothing():
    assert restructured(BASE, product_structure([change("p1", "q", year=2027)]), 2026).equals(BASE)
    assert restructured(BASE, ProductStructure(), 2026).equals(BASE)


def test_a_code_is_added_where_there_is_a_group_of_the_specialism():
    base = volumes(("A", "p1", 10), ("B", "x", 3, "0303"))
    changed = restructured(base, product_structure([change(None, "n", volume=5)]), 2026)
    assert plain(changed) == {("A", "p1"): 10, ("A", "n"): 5, ("B", "x"): 3}


def test_rows_that_meet_nothing_are_told():
    rows = [
        change("p9", "q"),
        change("p1", "q", hospital="C"),
        change("p2", "r", hospital="A"),
        change(None, "n", volume=1),
    ]
    assert idle(BASE, product_structure(rows), 2026) == (rows[0], rows[1])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([change(None, None)], ["structure_row_empty"]),
        ([change(None, "n")], ["structure_added_without_volume"]),
        ([change("p1", "q", volume=3)], ["structure_volume_of_old"]),
        ([change("p1", None, "0.5")], ["structure_factor_alone"]),
        ([change("p1", "q", "0.1234567")], ["factor_too_fine"]),
        ([change("p1", "q", 1001)], ["factor_too_fine"]),
        ([change(None, "n", volume="0.0000001")], ["factor_too_fine"]),
        ([change("p1", "q"), change("p1", "q")], ["row_twice"]),
        ([change("p1", "q"), change("p1", None)], ["structure_replaced_and_dropped"]),
        ([change("p1", "p1", "0.9")], ["structure_same"]),
        ([change("p1", "q"), change("q", "r")], ["structure_chain"]),
        ([change(None, "q", volume=1), change("q", None)], ["structure_chain"]),
        ([change("p1", "q"), change("q", "p1")], ["structure_cycle", "structure_cycle"]),
        ([change("p1", "q"), change("q", "r"), change("r", "p1")], ["structure_cycle"] * 3),
        ([change("p1", "q"), change(None, "q", volume=1)], ["structure_added_and_replacing"]),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_together(rows, expected):
    with pytest.raises(InputError) as raised:
        product_structure(rows, "productstructuur.csv")
    assert codes(raised) == expected


def test_rows_that_only_look_alike_are_fine():
    product_structure([change("p1", "q"), change("q", "r", year=2027)])
    product_structure([change("p1", "q", hospital="A"), change("q", "r", hospital="B")])
    product_structure([change("p1", "q"), change("p1", None, hospital="B")])
    product_structure([change("p1", "p1", "0.5"), change("p1", "q", "0.5")])


def test_an_added_code_that_occurs_is_refused():
    structure = product_structure([change(None, "p2", volume=5, row=3)], "productstructuur.csv")
    with pytest.raises(InputError) as raised:
        restructured(BASE, structure, 2026)
    (problem,) = raised.value.problems
    assert (problem.code, problem.row, problem.value) == ("structure_added_exists", 3, "p2")


def trend(factor, code=None, hospital=None, role=None, row=None):
    return Trend("0301", role, code, hospital, Fraction(factor), "groei", row)


def test_the_row_that_says_most_wins():
    rows = [trend("1.02"), trend("0.9", code="p1"), trend("1.5", code="p1", hospital="B")]
    for order in (rows, rows[::-1]):
        assert plain(with_trends(BASE, local_trends(order))) == {
            ("A", "p1"): 9, ("A", "p2"): Fraction("7.14"), ("A", "p3"): Fraction("4.08"), ("B", "p1"): Fraction("4.5"),
        }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "undecided"),
    [
        ([trend(1), trend(2)], 1),
        ([trend(1, code="p1"), trend(2, hospital="A")], 1),
        ([trend(1, code="p1"), trend(2, hospital="A"), trend(3, code="p1", hospital="A")], 0),
        ([trend(1, code="p1"), trend(2, code="p2")], 0),
        ([trend(1, code="p1"), trend(2, role="poort"), trend(3, hospital="A")], 3),
        ([trend(1, code="p1"), trend(2, role="poort"), trend(3, code="p1", role="poort")], 0),
    ],
)
def test_rows_between_which_nothing_decides(rows, undecided):
    if not undecided:
        local_trends(rows)
        return
    with pytest.raises(InputError) as raised:
        local_trends(rows, "trends.csv")
    assert codes(raised) == ["trend_undecided"] * undecided


def test_a_trend_that_meets_nothing_is_told():
    rows = (trend(2, code="p1"), trend(2, code="p9"))
    assert idle_trends(BASE, local_trends(rows)) == rows[1:]


def test_two_factors_of_six_decimals_stay_exact_and_a_third_is_a_fault():
    structure = product_structure([change("p1", "q", "0.333333")])
    once = restructured(volumes(("A", "p1", 1)), structure, 2026)
    twice = with_trends(once, local_trends([trend("1.000001")]))
    assert plain(twice) == {("A", "q"): Fraction("0.333333") * Fraction("1.000001")}
    with pytest.raises(ValueError, match="two factors"):
        times(twice, pl.Series([999_999]))
