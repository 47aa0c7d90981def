"""National figures: which are withheld, for what reason, and what else must then be withheld."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
import pytest

from puntlanding.benchmark.dominance import Part, Reason, Thresholds, protected_rates, since
from puntlanding.benchmark.exchange import national, parts_of
from puntlanding.benchmark.national_file import KIND, REFERENCES, national_file, rates_frame
from puntlanding.contribution import merge
from puntlanding.contribution.container import unpack
from puntlanding.contribution.tables import ALL
from small_contribution import small

pytestmark = pytest.mark.unit

EVEN = [100, 110, 120, 130]


def parts(**kinds):
    """Type → minutes of its hospitals; fte goes with them, one in a thousand."""
    return [
        Part("0303", "poort", kind, f"{kind}{at}", 6000 * value, Fraction(value, 1000))
        for kind, values in kinds.items()
        for at, value in enumerate(values)
    ]


def reasons(given, thresholds=None):
    return {one.kind: one.reason for one in protected_rates(given, thresholds or Thresholds())}


def test_what_is_safe_is_told_with_its_rate():
    cells = {one.kind: one for one in protected_rates(parts(algemeen=EVEN, umc=EVEN))}
    assert [one.reason for one in cells.values()] == [None, None, None]
    assert (cells["umc"].minutes, cells["umc"].fte, cells["umc"].rate) == (6000 * 460, Fraction(46, 100), 1000)
    assert cells["umc"].spread is None  # of four hospitals a quartile is nearly one of them
    assert cells[ALL].spread.median == 1000


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([100, 110], Reason.FEW),
        ([1000, 100, 100], Reason.DOMINANCE),
        ([100, 100, 21], Reason.DOMINANCE),
        ([100, 60, 19], None),
        ([700, 130, 60], Reason.DOMINANCE),
    ],
)
def test_a_cell_by_itself(values, reason):
    """With only this type, the total is the same cell."""
    assert reasons(parts(umc=values)) == {"umc": reason, ALL: reason}


def test_what_the_second_could_estimate_closely():
    wide = Thresholds(one_share=Fraction(99, 100), two_share=Fraction(99, 100))
    assert reasons(parts(umc=[1000, 900, 90]), wide)["umc"] is Reason.CLOSE
    assert reasons(parts(umc=[1000, 900, 100]), wide)["umc"] is None


def test_one_withheld_type_takes_the_smallest_other_with_it():
    found = reasons(parts(umc=[100], algemeen=EVEN, topklinisch=[200, 210, 220]))
    assert found == {"umc": Reason.FEW, "algemeen": Reason.COMPLEMENTARY, "topklinisch": None, ALL: None}


def test_two_lone_hospitals_are_not_enough_together():
    """Each would know the other's figures from what the total leaves."""
    found = reasons(parts(umc=[100], zbc=[90], algemeen=EVEN, topklinisch=[200, 210, 220]))
    assert found["algemeen"] is Reason.COMPLEMENTARY
    assert (found["topklinisch"], found[ALL]) == (None, None)


def test_a_lone_hospital_does_not_get_two_others_from_the_total():
    """umc and zbc: three hospitals together, but the one of zbc knows its own and would have the sum of umc."""
    found = reasons(parts(zbc=[100], umc=[120, 130], algemeen=EVEN))
    assert found == {"zbc": Reason.FEW, "umc": Reason.FEW, "algemeen": Reason.COMPLEMENTARY, ALL: None}


def test_what_is_withheld_is_a_sum_too_and_may_not_be_dominated():
    """Each of both types alone would be out of reach of the other; but of their sum 77 % is one hospital."""
    found = reasons(parts(umc=[1200, 50], zbc=[150, 149], algemeen=[400, 420, 430, 440]))
    assert found["algemeen"] is Reason.COMPLEMENTARY
    assert reasons(parts(umc=[1000, 50], zbc=[150, 149], algemeen=[400, 420, 430, 440]))["algemeen"] is None


def test_where_nothing_else_is_left_the_total_is_withheld():
    found = reasons(parts(umc=[5000], algemeen=EVEN))
    assert found["umc"] is Reason.FEW
    assert found[ALL] is not None


def test_groups_without_fte_and_hospitals_without_type():
    given = [*parts(umc=EVEN), Part("0303", "poort", "umc", "x", 600, Fraction(0))]
    assert protected_rates(given)[0].hospitals == 4
    untyped = [Part("0303", "poort", None, f"z{at}", 6000 * v, Fraction(v, 9)) for at, v in enumerate(EVEN)]
    assert [one.kind for one in protected_rates(untyped)] == ["onbekend", ALL]


def test_the_lowest_and_highest_are_not_told_and_quartiles_are_rounded():
    values = [Part("0303", "poort", "umc", str(v), 6000 * v, Fraction(1)) for v in (904, 1003, 1014, 1026, 1188)]
    spread = protected_rates(values)[0].spread
    assert (spread.minimum, spread.lower, spread.median, spread.upper, spread.maximum) == (1000, 1000, 1010, 1030, 1030)


def test_one_hospital_that_delivers_again_changes_nothing_published():
    first = parts(umc=EVEN)
    second = [*parts(umc=[101, *EVEN[1:]])]
    assert since(second, first, Thresholds()) == tuple(first)
    everyone = parts(umc=[value + 7 for value in EVEN])
    assert since(everyone, first, Thresholds()) == tuple(everyone)


def test_a_hospital_that_comes_later_waits_for_others():
    first = parts(umc=EVEN)
    assert since(parts(umc=[*EVEN, 125]), first, Thresholds()) == tuple(first)
    more = parts(umc=[*EVEN, 125, 126, 127])
    assert since(more, first, Thresholds()) == tuple(more)
    assert since(more, [], Thresholds()) == tuple(more)


def hospital(name, kind, volume, patients, **sexes):
    row = {"code": "A", "open_01": volume, "open_min_01": volume * 6000, "patienten": volume}
    row |= {f"open_min_{month:02}": 0 for month in range(2, 13)}
    strata = [
        {"geslacht": sex, "k1_patienten": count, "k1_fysiek": 2 * count}
        for sex, count in {"V": patients, **sexes}.items()
    ]
    return small(name, production=[row], strata=strata, kind=kind)


def test_reference_strata_are_of_classes_that_do_not_overlap():
    everyone = merge(
        [hospital(f"a{at}", "algemeen", 100, 20 + at, M=30 + at) for at in range(3)]
        + [hospital("u", "umc", 100, 40)]
        + [hospital(f"t{at}", "topklinisch", 100, 50) for at in range(3)]
    )
    found = national(everyone, Thresholds())
    rows = found.references.select("type", "geslacht", "ziekenhuizen", "patienten", "fysiek").rows()
    assert rows == [
        ("algemeen", "M", 3, 93, 186),
        ("algemeen", "V", 3, 63, 126),
        ("topklinisch+umc", "V", 4, 190, 380),
    ]
    assert found.references["patienten"].sum() == everyone.strata["k1_patienten"].sum()


def test_a_stratum_of_one_hospital_joins_a_coarser_one():
    everyone = merge([hospital("a", "umc", 100, 20, M=15), *(hospital(name, "umc", 100, 20) for name in "bc")])
    rows = national(everyone, Thresholds()).references.select("geslacht", "ziekenhuizen", "patienten").rows()
    assert rows == [(ALL, 3, 75)]


def test_references_stay_where_one_hospital_delivered_again():
    first = merge([hospital(name, "umc", 100, 20) for name in "abc"])
    again = merge([hospital("a", "umc", 100, 21), *(hospital(name, "umc", 100, 20) for name in "bc")])
    before, after = national(first, Thresholds()), national(again, Thresholds(), previous=first)
    assert after.references.equals(before.references)
    assert not national(again, Thresholds()).references.equals(before.references)


def test_the_file_holds_what_was_told_and_names_no_figures_of_a_hospital():
    everyone = merge([hospital(name, "umc", 100 + at, 20) for at, name in enumerate("abcd")])
    found = national(everyone, Thresholds(), ["f" * 64])
    data = national_file(found)
    assert data == national_file(national(everyone, Thresholds(), ["f" * 64]))
    schemas = {"tarieven": rates_frame(found.cells).schema, "referenties": REFERENCES}
    sealed = unpack(data, "x", KIND, 1, schemas)
    rate = sealed.tables["tarieven"].row(0, named=True)
    assert rate["minuten"] == str(406 * 6000)
    assert Fraction(rate["normuren_per_fte"]) == Fraction(406) / 18
    assert "ziekenhuis" not in sealed.tables["tarieven"].columns
    assert [one.minutes for one in parts_of(everyone)] == [(100 + at) * 6000 for at in range(4)]
    assert sealed.tables["referenties"].select(pl.col("patienten").sum()).item() == 80
