"""Efficiency by hand: references and where they are found, components, e-health, weights, and what is said where there is none."""

from fractions import Fraction

import polars as pl
import pytest

from puntlanding.benchmark.drill_down import by_measure, drill_down, gathered
from puntlanding.benchmark.efficiency import Reason, efficiencies
from puntlanding.benchmark.efficiency_trees import efficiency_node
from puntlanding.benchmark.efficiency_weights import Component, EfficiencyWeights, unit_of
from puntlanding.benchmark.strata import Level, compare, compare_with, mean_of, reference_table
from puntlanding.case.efficiency_list import read_efficiency_weights
from puntlanding.contribution.tables import LAYOUTS, TableName, ordered
from puntlanding.explain import LEAVES, constant, leaves, recompute
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit

LAYOUT = LAYOUTS[TableName.STRATA]
BOTH = ("noord", "zuid")


def row(hospital, patients, group="0121", age="18-64", sex="V", quarter=1, specialism="0303", **units):
    keys = (hospital, specialism, group, age, sex)
    made = dict(zip(LAYOUT.keys, keys, strict=True)) | dict.fromkeys(LAYOUT.counts, 0)
    return made | {f"k{quarter}_{name}": count for name, count in {"patienten": patients, **units}.items()}


def strata(*rows):
    return ordered(TableName.STRATA, pl.DataFrame(list(rows), schema=LAYOUT.schema))


def weights(**given):
    return EfficiencyWeights(
        {(None, name): constant("w", Fraction(value), unit_of(name)) for name, value in given.items()}
    )


def figure(rows, peers=BOTH, quarter=4, minimum=10, given=None):
    comparison = compare(strata(*rows), quarter, {"noord": peers}, minimum)
    return efficiencies(comparison, given)["noord", "0303"]


def test_expected_is_own_patients_times_the_mean_of_the_peers():
    one = figure([row("noord", 10, fysiek=30), row("zuid", 30, fysiek=60)], given=weights(ehealth=0))
    assert one.sums.expected["fysiek"] == 10 * mean_of(90, 40)
    assert one.value == Fraction(3, 4)  # 22.5 ÷ 30
    assert one.components[Component.CLINICAL].reason is Reason.NOT_DELIVERED


def test_own_group_out():
    one = figure([row("noord", 10, fysiek=30), row("zuid", 30, fysiek=60)], peers=("zuid",), given=weights(ehealth=0))
    assert one.value == Fraction(2, 3)


def test_a_mean_is_rounded_to_twelve_decimals_half_up():
    assert mean_of(1, 3) == Fraction(333_333_333_333, 10**12)
    assert mean_of(2, 3) == Fraction(666_666_666_667, 10**12)


def test_a_reference_whose_visits_were_corrected_away_has_no_share_of_teleconsults():
    rows = [row("noord", 10, fysiek=5, teleconsult=5), row("zuid", 10, fysiek=-15, teleconsult=5)]
    assert figure(rows, given=weights(ehealth="1/5")).ehealth is None


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (row("zuid", 10, fysiek=9), Level.STRATUM),
        (row("zuid", 10, sex="M", fysiek=9), Level.AGE),
        (row("zuid", 10, sex="alle", fysiek=9), Level.AGE),
        (row("zuid", 10, age="65+", fysiek=9), Level.DIAGNOSIS),
        (row("zuid", 10, age="alle", sex="alle", fysiek=9), Level.DIAGNOSIS),
        (row("zuid", 10, group="0199", fysiek=9), Level.SPECIALISM),
        (row("zuid", 10, group="overig", age="alle", sex="alle", fysiek=9), Level.SPECIALISM),
    ],
)
def test_the_reference_is_at_the_finest_level_with_enough_patients(other, level):
    one = figure([row("noord", 4, fysiek=8), other], peers=("zuid",))
    assert one.sums.patients == tuple(4 if here is level else 0 for here in Level)


def test_a_rest_row_is_not_compared_finer_than_what_it_tells():
    rest = row("noord", 5, group="overig", age="alle", sex="alle", fysiek=5)
    one = figure([rest, row("zuid", 50, fysiek=50), row("zuid", 50, group="overig", age="alle", sex="alle", fysiek=100)],
                 peers=("zuid",), given=weights(ehealth=0))  # fmt: skip
    assert one.sums.patients == (0, 0, 0, 5)
    assert one.sums.expected["fysiek"] == Fraction(15, 2)  # 150 ÷ 100 × 5: all of the specialism


def test_too_few_patients_even_in_the_specialism():
    one = figure([row("noord", 5, fysiek=5), row("zuid", 9, fysiek=9)], peers=("zuid",))
    assert (one.value, one.reason, one.sums.left_out) == (None, Reason.NO_REFERENCE, 5)


def test_another_specialism_is_no_reference():
    one = figure([row("noord", 5, fysiek=5), row("zuid", 90, fysiek=9, specialism="0313")], peers=("zuid",))
    assert one.reason is Reason.NO_REFERENCE


def test_up_to_a_quarter():
    rows = [
        row("noord", 10, fysiek=10, quarter=2),
        row("noord", 10, sex="M", fysiek=99, quarter=3),
        row("zuid", 10, fysiek=20),
    ]
    one = figure(rows, peers=("zuid",), quarter=2, given=weights(ehealth=0))
    assert one.sums.patients == (10, 0, 0, 0)
    assert one.value == 2


def test_unknown_diagnostics_leave_the_component_out():
    blank = {f"k{quarter}_diagnostiek": None for quarter in (1, 2, 3, 4)}
    one = figure([row("noord", 10, fysiek=10) | blank, row("zuid", 10, fysiek=20) | blank], peers=("zuid",))
    assert one.components[Component.DIAGNOSTIC].reason is Reason.NOT_KNOWN
    assert list(one.known) == [Component.OUTPATIENT]


def test_more_ehealth_than_the_reference_is_rewarded_up_to_the_limit():
    rows = [row("noord", 10, fysiek=5, teleconsult=5), row("zuid", 10, fysiek=9, teleconsult=1)]
    one = figure(rows, peers=("zuid",), given=weights(ehealth="1/5", ehealth_grens=3))
    assert (one.ehealth.own, one.ehealth.reference, one.ehealth.ratio, one.ehealth.counted) == (
        Fraction(1, 2),
        Fraction(1, 10),
        5,
        3,
    )
    volume = Fraction(9 * 100 + 1 * 50, 5 * 100 + 5 * 50)
    assert one.value == Fraction(4, 5) * volume + Fraction(1, 5) * 3


def test_without_teleconsults_in_the_reference_only_volume_counts():
    one = figure([row("noord", 10, fysiek=5, teleconsult=5), row("zuid", 10, fysiek=9)], peers=("zuid",))
    assert one.ehealth is None
    assert one.value == one.volume


def test_by_default_efficiency_is_expected_over_actual_costs():
    rows = [row("noord", 10, fysiek=10, verpleegdag=4), row("zuid", 10, fysiek=20, verpleegdag=2)]
    assert figure(rows, peers=("zuid",), given=weights(ehealth=0)).value == Fraction(
        20 * 100 + 2 * 500, 10 * 100 + 4 * 500
    )


def test_weights_of_components():
    rows = [row("noord", 10, fysiek=10, verpleegdag=4), row("zuid", 10, fysiek=20, verpleegdag=2)]
    fixed = weights(ehealth=0, kostenaandeel=0, poliklinisch=3)
    assert figure(rows, peers=("zuid",), given=fixed).value == (3 * 2 + Fraction(1, 2)) / 4
    off = weights(ehealth=0, klinisch=0)
    found = figure(rows, peers=("zuid",), given=off)
    assert (found.value, found.components[Component.CLINICAL].reason) == (2, Reason.WEIGHTLESS)
    none = weights(klinisch=0, poliklinisch=0, diagnostisch=0)
    assert figure(rows, peers=("zuid",), given=none).reason is Reason.WEIGHTLESS


def test_a_published_reference_gives_the_same():
    rows = strata(row("noord", 12, fysiek=30, teleconsult=3), row("zuid", 30, fysiek=60, teleconsult=9))
    table = reference_table(rows, 4, BOTH)
    own = rows.filter(pl.col("ziekenhuis") == "noord")
    assert efficiencies(compare_with(own, 4, table, BOTH)) == efficiencies(compare(rows, 4, {"noord": BOTH}))


def test_a_mean_over_nobody_is_refused():
    with pytest.raises(ValueError, match="one patient"):
        compare(strata(row("noord", 1)), 4, {"noord": BOTH}, 0)


def test_the_tree_ends_in_own_cells_and_the_reference_and_names_no_peer():
    rows = strata(row("noord", 12, fysiek=30, teleconsult=3), row("zuid", 30, fysiek=60, teleconsult=9))
    comparison = compare(rows, 3, {"noord": BOTH}, files={"noord": "n.bijdrage", "zuid": "z.bijdrage"})
    one = efficiencies(comparison)["noord", "0303"]
    node = efficiency_node(one, comparison, EfficiencyWeights())
    assert recompute(node) == node.value == one.value
    places = {(leaf.source.file, leaf.source.column) for leaf in leaves(node) if leaf.source}
    assert ("n.bijdrage", "k1–k3_fysiek") in places
    assert {file for file, _ in places} == {"n.bijdrage", "referentie van 2 ziekenhuizen"}
    assert all(leaf.operation in LEAVES for leaf in leaves(node))


def test_small_strata_are_shown_together_and_nothing_is_lost():
    rows = [row("noord", 3, fysiek=9), row("noord", 4, sex="M", fysiek=4), row("noord", 20, age="65+", fysiek=10),
            row("zuid", 50, fysiek=80), row("zuid", 50, sex="M", fysiek=90), row("zuid", 50, age="65+", fysiek=50)]  # fmt: skip
    comparison = compare(strata(*rows), 4, {"noord": ("zuid",)})
    found = drill_down(efficiencies(comparison)["noord", "0303"], comparison, EfficiencyWeights())
    shown = gathered(found, 10)
    assert {(line.stratum, line.patients) for line in shown.lines} == {
        (("0121", "65+", "V"), 20),
        (("overig", "alle", "alle"), 7),
    }
    for lines in (shown.lines, by_measure(found)):
        assert sum(line.effect for line in lines) == found.gap
    assert [line.effect for line in shown.lines] == sorted(
        (line.effect for line in shown.lines), key=lambda one: -abs(one)
    )


def write(path, *lines):
    path.write_text("\n".join(("specialisme;onderdeel;waarde", *lines)) + "\n", encoding="utf-8")
    return path


def test_weights_from_a_list(tmp_path):
    found = read_efficiency_weights(write(tmp_path / "w.csv", ";fysiek;120", "0303;klinisch;0", ";diagnostiek;0,5"))
    assert (found.of("0303", "fysiek").value, found.of("0301", "fysiek").value) == (12000, 12000)
    assert (found.of("0303", "klinisch").value, found.of("0301", "klinisch").value) == (0, 1)
    assert found.of("0301", "diagnostiek").value == Fraction(1, 2)
    assert found.of("0303", "klinisch").source.row == 3


def test_a_list_with_errors_is_refused_whole(tmp_path):
    with pytest.raises(InputError) as error:
        read_efficiency_weights(write(tmp_path / "w.csv", ";ehealth;1,5", ";fysiek;1", ";fysiek;2"))
    assert [(one.code, one.row) for one in error.value.problems] == [
        ("efficiency_share", 2), ("row_twice", 4),
    ]  # fmt: skip


def test_an_explanation_tells_nothing_of_a_few_patients_alone():
    rows = [row("noord", 3, fysiek=9), row("noord", 4, sex="M", fysiek=4), row("noord", 20, age="65+", fysiek=10),
            row("zuid", 50, fysiek=80), row("zuid", 50, sex="M", fysiek=90), row("zuid", 50, age="65+", fysiek=50)]  # fmt: skip
    comparison = compare(strata(*rows), 4, {"noord": ("zuid",)})
    node = efficiency_node(efficiencies(comparison)["noord", "0303"], comparison, EfficiencyWeights())
    told = {(leaf.subject, leaf.value) for leaf in leaves(node) if leaf.source and leaf.source.column == "k1–k4_fysiek"}
    assert told == {("0121 · 65+ · V", 10), ("overig (< 10)", 13)}
    assert recompute(node) == node.value


def test_each_hospital_against_the_others_from_one_sum():
    rows = strata(row("noord", 10, fysiek=10), row("oost", 10, fysiek=20), row("zuid", 10, fysiek=60))
    names = {"noord", "oost", "zuid"}
    found = efficiencies(compare(rows, 4, {name: names - {name} for name in names}), weights(ehealth=0))
    assert {hospital: one.value for (hospital, _), one in found.items()} == {
        "noord": 4, "oost": Fraction(35, 20), "zuid": Fraction(15, 60),
    }  # fmt: skip


def test_what_is_unknown_in_one_stratum_is_unknown_of_the_group():
    blank = {f"k{quarter}_diagnostiek": None for quarter in (1, 2, 3, 4)}
    rows = [row("noord", 10, fysiek=10, diagnostiek=5), row("noord", 10, sex="M", fysiek=10) | blank]
    one = figure([*rows, row("zuid", 10, diagnostiek=9), row("zuid", 10, sex="M", diagnostiek=9)], peers=("zuid",))
    assert one.sums.actual["diagnostiek"] is None


@pytest.mark.parametrize("limit", [1, 9])
def test_the_gap_is_split_without_remainder_with_ehealth_and_its_limit(limit):
    rows = [row("noord", 10, fysiek=5, teleconsult=5), row("noord", 10, sex="M", fysiek=7),
            row("zuid", 10, fysiek=9, teleconsult=1), row("zuid", 10, sex="M", fysiek=9, teleconsult=2)]  # fmt: skip
    given = weights(ehealth="1/5", ehealth_grens=limit)
    comparison = compare(strata(*rows), 4, {"noord": ("zuid",)})
    one = efficiencies(comparison, given)["noord", "0303"]
    found = drill_down(one, comparison, given)
    assert found.gap == one.value - 1
    assert any(line.measure == "grens" for line in found.lines) is (limit == 1)
