"""The ex-ante and the ex-post year by hand."""

from fractions import Fraction

import polars as pl
import pytest

from puntlanding.benchmark.ex_ante import ex_ante
from puntlanding.benchmark.ex_post import ExPostWeights, ex_post
from puntlanding.benchmark.output import RestPriced, priced_output
from puntlanding.benchmark.peers import GroupKey, PeerRule, PeersBy
from puntlanding.contribution import merge
from puntlanding.norms.structure import Change, product_structure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.problems import InputError
from small_contribution import BASIS, small

pytestmark = pytest.mark.unit

ALL = PeerRule(PeersBy.ALL)


def key(hospital, specialism="0303", role="poort"):
    return GroupKey(hospital, specialism, role)


def norms(**minutes):
    rows = [(2027, "0303", "zorgproduct", code[1:], time) for code, time in minutes.items()]
    return NormTable(pl.DataFrame(rows, schema=SCHEMA, orient="row"), "normtijden.csv")


def row(code, volume, time):
    return {"code": code, "open_03": volume, "open_min_03": None if time is None else volume * time}


def test_what_changes_a_rate_adds_up():
    """100 × 60 min; 50 × 60 min replaced by 0,5 × 90 min; 10 × 60 min without a norm time next year; 4 fte."""
    whole = small(
        "noord",
        [row("1", 100, 6000), row("2", 50, 6000), row("3", 10, 6000), row("4", 7, None)],
        fte={("0303", "poort"): "4"},
    )
    structure = product_structure([Change(2027, "0303", "zorgproduct", "2", "5", Fraction(1, 2))], "structuur.csv")
    found = ex_ante(whole, 2027, norms(_1=6600, _5=9000), ALL, structure=structure)
    (change,) = found.changes
    assert change.old == 40
    assert change.effects.parts() == (Fraction(-25, 8), 0, Fraction(5, 2), Fraction(-5, 2))
    assert change.new == Fraction(110 + Fraction(75, 2), 4) == found.rates.groups[key("noord")].rate
    assert [(one.code, one.volume, one.hospitals) for one in found.missing] == [("3", 10, 1), ("4", 7, 1)]
    assert [one.code for one in found.problems] == ["benchmark_one_hospital", "benchmark_codes_missing"]
    assert found.explain(key("noord")).value == change.new


@pytest.mark.parametrize(("base", "year"), [(2026, 2026), (2023, 2026), (2027, 2026)])
def test_a_base_year_is_one_or_two_years_before(base, year):
    whole = small(basis=BASIS.__class__(base, BASIS.units, BASIS.age_bands))
    table = NormTable(pl.DataFrame([(year, "0303", "zorgproduct", "1", 1)], schema=SCHEMA, orient="row"), "n.csv")
    with pytest.raises(InputError, match="base_year_wrong"):
        ex_ante(whole, year, table)


def test_two_years_back_takes_both_structures():
    changes = [
        Change(2027, "0303", "zorgproduct", "1", "2"),
        Change(2028, "0303", "zorgproduct", "2", "3", Fraction(2)),
    ]
    table = NormTable(pl.DataFrame([(2028, "0303", "zorgproduct", "3", 6000)], schema=SCHEMA, orient="row"), "n.csv")
    found = ex_ante(small("noord", [row("1", 10, 3000)]), 2028, table, ALL, structure=product_structure(changes))
    assert found.rates.groups[key("noord")].measure.hours == 20
    assert not found.missing


def test_norm_times_of_another_year_only():
    with pytest.raises(InputError) as caught:
        ex_ante(small(), 2028, norms(_1=1))
    assert [(one.code, one.details["years"]) for one in caught.value.problems if "years" in one.details] == [
        ("norm_times_without_year", "2027")
    ]


def test_what_stands_in_overig_follows_the_other_rows():
    noord = small("noord", [row("1", 100, 6000), row("9", 20, 6000), row("overig", 10, 3000)])
    zuid = small("zuid", [row("overig", 10, 5000)])
    found = priced_output(merge([noord, zuid]), norms(_1=9000), 2027)
    one, other = found.groups[key("noord")], found.groups[key("zuid")]
    assert (one.rest, one.minutes) == (RestPriced.GROUP, 100 * 9000 + Fraction(10 * 3000 * 3, 2))
    assert (other.rest, other.minutes) == (RestPriced.SPECIALISM, Fraction(10 * 5000 * 3, 2))
    assert one.effects.coverage == -20 * 6000
    alone = priced_output(zuid, norms(_1=9000), 2027)
    assert (alone.groups[key("zuid")].rest, alone.groups[key("zuid")].priced) == (RestPriced.UNKNOWN, False)
    assert alone.missing.select("code").to_series().to_list() == ["overig"]


def closed(volume, patients, activities, fte, hospital):
    production = [{"sluit_01": volume, "sluit_min_01": volume * 6000, "sluit_07": 1000, "sluit_min_07": 1000 * 6000}]
    inputs = [{"patienten_02": patients, "patienten_09": 500, "activiteiten_03": activities, "activiteiten_12": 500}]
    return small(hospital, production, inputs=inputs, fte={("0303", "poort"): fte})


YEAR = merge([closed(300, 100, 400, "2", "noord"), closed(100, 100, 1200, "2", "zuid")])


def test_three_parameters_beside_two():
    """Per fte, pooled: 100 hours, 50 patients, 400 activities, up to and including the second quarter."""
    found = ex_post(YEAR, 2, ALL, efficiency={key("noord"): Fraction(11, 10)})
    noord = found.scores[key("noord")]
    assert (noord.patients, noord.activities, noord.input, noord.output) == (2, 1, Fraction(3, 2), 3)
    assert noord.adjusted == Fraction(33, 10)
    assert noord.three == Fraction(3, 10) * Fraction(3, 2) + Fraction(1, 2) * 3 + Fraction(1, 5) * Fraction(33, 10)
    assert noord.two == Fraction(4, 5) * 3 + Fraction(1, 5) * Fraction(33, 10)
    zuid = found.scores[key("zuid")]
    assert (zuid.efficiency, zuid.adjusted, zuid.two) == (None, zuid.output, zuid.output)


def test_quarters_are_cumulative():
    hours = [ex_post(YEAR, quarter, ALL).output_rates.groups[key("noord")].measure.hours for quarter in (1, 2, 3, 4)]
    assert hours == [300, 300, 1300, 1300]
    patients = [ex_post(YEAR, quarter, ALL).patient_rates.groups[key("noord")].own for quarter in (1, 2, 3, 4)]
    assert patients == [50, 50, 300, 300]


def test_a_group_without_input_has_no_score_on_three():
    bare = small("oost", [{"sluit_01": 10, "sluit_min_01": 60000}])
    found = ex_post(merge([YEAR, bare]), 4, ALL).scores[key("oost")]
    assert (found.input, found.three) == (None, None)
    assert found.two is not None


def test_weights_add_up_to_one():
    with pytest.raises(InputError, match="weights_not_one"):
        ex_post(YEAR, 4, ALL, weights=ExPostWeights(Fraction(1, 2), Fraction(1, 2), Fraction(1, 2)))
