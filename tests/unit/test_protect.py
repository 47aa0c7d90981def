"""What leaves a hospital: no small cells, the same norm hours, and nothing lost without being said."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from puntlanding.benchmark.protect import protect
from puntlanding.benchmark.protect_policy import Method, Period, Policy
from puntlanding.benchmark.protect_production import REST_UNTIMED
from puntlanding.benchmark.report_protection import rate_effects
from puntlanding.contribution import Origin
from puntlanding.contribution.tables import (
    ALL,
    CLOSED,
    CLOSED_MINUTES,
    HOSPITAL,
    LAYOUTS,
    OPENED,
    OPENED_MINUTES,
    REST,
    TableName,
)  # fmt: skip
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.problems import InputError
from small_contribution import BASIS, small

pytestmark = pytest.mark.unit

TIME = 1500  # hundredths of a minute
POLICY = Policy(codes=2)


def code(name, volumes, patients=None, time=TIME, **rest):
    """A row with these volumes by month opened, and the same closed."""
    months = {f"{kind}_{month:02}": count for kind in ("open", "sluit") for month, count in volumes.items()}
    minutes = {} if time is None else dict.fromkeys((*OPENED_MINUTES, *CLOSED_MINUTES), 0)
    if time is not None:
        minutes |= {f"{kind}_min_{m:02}": n * time for kind in ("open", "sluit") for m, n in volumes.items()}
    return {
        "code": name,
        "patienten": sum(volumes.values()) if patients is None else patients,
        **months,
        **minutes,
        **rest,
    }


def stratum(diagnosis, age, sex, patients, quarter=1, **units):
    counts = {f"k{quarter}_{unit}": count for unit, count in {"patienten": patients, **units}.items()}
    return {"diagnosegroep": diagnosis, "leeftijd": age, "geslacht": sex, **counts}


def told(production, policy=POLICY, **rest):
    return protect(small(production=production, **rest), policy).contribution


def codes(one):
    return dict(one.production.select("code", pl.sum_horizontal(list(OPENED))).iter_rows())


def minutes(one):
    return one.production.select(pl.sum_horizontal(pl.col(list(OPENED_MINUTES)).fill_null(0)).sum()).item()


def test_a_small_code_and_the_smallest_other_stand_together():
    one = told([code("A", {1: 100}), code("B", {2: 40}), code("C", {3: 3})])
    assert codes(one) == {"A": 100, REST: 43}
    assert minutes(one) == 143 * TIME


def test_a_code_that_is_large_in_the_year_but_small_in_a_quarter_is_not_told():
    one = told([code("A", {1: 100, 4: 90}), code("B", {1: 50, 4: 4}), code("C", {1: 60, 4: 60})])
    assert codes(one) == {"A": 190, REST: 174}


def test_no_cell_of_the_rest_is_of_one_code_while_others_have_it():
    """B and C are small in the second quarter; in the first the rest would be B alone."""
    rows = [code("A", {1: 100, 4: 100}), code("B", {1: 30, 4: 6}), code("C", {4: 6}), code("D", {1: 50, 4: 50})]
    assert codes(told(rows)) == {"A": 200, REST: 142}


def test_many_activities_of_few_patients_are_small():
    one = told([code("A", {1: 100}), code("B", {1: 50}), code("C", {1: 80}, patients=4)])
    assert codes(one) == {"A": 100, REST: 130}


def test_a_quarter_in_which_patients_can_only_be_few_is_small():
    """60 acts of 20 patients in the year; 12 of them in the fourth quarter are of some four."""
    one = told([code("A", {1: 200, 10: 200}), code("B", {1: 100, 10: 100}), code("C", {1: 48, 10: 12}, patients=20)])
    assert set(codes(one)) == {"A", REST}


def test_quarters_stand_in_their_last_month():
    one = told([code("A", {1: 10, 2: 20, 3: 30, 4: 40, 12: 50})]).production
    assert [one.item(0, name) for name in OPENED] == [0, 0, 60, 0, 0, 40, 0, 0, 0, 0, 0, 50]
    assert one.item(0, "sluit_min_03") == 60 * TIME


def test_by_year_less_is_hidden():
    rows = [code("A", {1: 30, 4: 4, 7: 4, 10: 4}), code("B", {1: 100, 4: 100, 7: 100, 10: 100})]
    assert set(codes(told(rows))) == {REST}
    yearly = told(rows, Policy(codes=2, period=Period.YEAR))
    assert codes(yearly) == {"A": 42, "B": 400}
    assert yearly.production["open_12"].to_list() == [42, 400]


def test_contracts_are_told_together():
    one = told([code("A", {1: 8}, contract="X"), code("A", {1: 9}, contract="Y")])
    assert one.production.select("contract", "open_03", "patienten").rows() == [(ALL, 17, 17)]


def test_without_a_norm_time_a_code_keeps_its_volume_and_makes_no_minutes():
    rows = [code("A", {1: 100}), code("B", {1: 4}, None), code("C", {1: 40}, None)]
    one = told([*rows, code("U", {1: 3}, time=None), code("V", {1: 30}, time=None)])
    assert codes(one) == {"A": 100, REST: 44, REST_UNTIMED: 33} or codes(one) == {REST: 144, REST_UNTIMED: 33}
    untimed = one.production.filter(pl.col("code") == REST_UNTIMED)
    assert all(untimed.item(0, name) is None for name in OPENED_MINUTES)


def test_too_few_without_a_norm_time_count_with_the_others():
    result = protect(small(production=[code("A", {1: 100}), code("B", {1: 40}), code("U", {1: 3}, time=None)]), POLICY)
    assert codes(result.contribution) == {"A": 100, REST: 43}
    assert minutes(result.contribution) == 140 * TIME
    assert result.groups[0].untimed == 1


def test_a_group_that_is_too_small_is_left_out_with_its_fte():
    fte = {("0303", "poort"): "4.5", ("0301", "poort"): "1"}
    full = small(production=[code("A", {1: 50}), code("B", {1: 9}, specialisme="0301")], fte=fte)
    result = protect(full, POLICY)
    assert result.contribution.production["specialisme"].to_list() == ["0303"]
    about = result.contribution.about("noord")
    assert about.care_fte() == {("0303", "poort"): Fraction(9, 2)}
    assert about.protection["niet_gedeeld"] == [["0301", "poort"]]
    assert [one.withheld for one in result.groups] == [True, False]


def test_a_quarter_of_the_group_that_is_too_small_counts_in_the_next():
    result = protect(small(production=[code("A", {1: 2, 5: 40}), code("B", {1: 1, 5: 30, 12: 4})]), POLICY)
    assert result.groups[0].moved
    production = result.contribution.production
    assert production.select(pl.col(["open_03", "open_06", "open_09", "open_12"]).sum()).row(0) == (0, 77, 0, 0)
    assert minutes(result.contribution) == 77 * TIME


def test_tables_about_people_do_not_leave():
    full = small(
        production=[code("A", {1: 50})], diagnoses=[{"aantal": 3, "patienten": 2}], counts={"a": 3, "b": 0, "c": 500},
        origins=(Origin(2026, date(2026, 2, 1), "1" * 64), Origin(2026, date(2026, 3, 1), "2" * 64)),
    )  # fmt: skip
    one = protect(full, POLICY).contribution
    assert one.diagnoses.is_empty()
    about = one.about("noord")
    assert dict(about.counts) == {"b": 0, "c": 500}
    assert [(origin.year, origin.delivered) for origin in about.origins] == [(2026, date(2026, 3, 1))]
    assert about.origins[0].content not in {"1" * 64, "2" * 64}
    assert about.protection["methode"] == "samenvoegen"


def test_input_has_the_same_minimum():
    rows = [
        {"activiteiten_01": 40, "patienten_01": 20, "activiteiten_06": 6, "patienten_06": 5},
        {"specialisme": "0301", "activiteiten_01": 400, "patienten_02": 8},
    ]
    one = protect(small(inputs=rows), POLICY).contribution.input
    assert one.select(HOSPITAL, "specialisme", "activiteiten_03", "patienten_03").rows() == [("noord", "0303", 46, 25)]


def strata_of(rows, policy=POLICY, **rest):
    one = protect(small(strata=rows), policy, **rest).contribution.strata
    return {row[:3]: row[3] for row in one.select("diagnosegroep", "leeftijd", "geslacht", "k1_patienten").iter_rows()}


def test_a_small_stratum_joins_the_other_sex_then_other_ages_then_the_specialism():
    large = [stratum("9", "65+", sex, 30) for sex in "MV"]
    assert strata_of([*large, stratum("1", "0-17", "M", 4), stratum("1", "0-17", "V", 30)]) == {
        ("1", "0-17", ALL): 34, ("9", "65+", "M"): 30, ("9", "65+", "V"): 30,
    }  # fmt: skip
    assert strata_of([*large, stratum("1", "0-17", "M", 4), stratum("1", "65+", "V", 30)]) == {
        ("1", ALL, ALL): 34, ("9", "65+", "M"): 30, ("9", "65+", "V"): 30,
    }  # fmt: skip
    assert strata_of([*large, stratum("1", "0-17", "M", 4)]) == {(REST, ALL, ALL): 34, ("9", "65+", "V"): 30}


def test_too_few_patients_in_a_whole_specialism_are_not_told():
    result = protect(small(strata=[stratum("1", "0-17", "M", 4), stratum("1", "65+", "M", 4)]), POLICY)
    assert result.contribution.strata.is_empty()
    assert result.strata[0].withheld


def test_one_or_two_units_tell_too_much():
    rows = [
        stratum("1", "0-17", "M", 40, ic_dag=2),
        stratum("1", "0-17", "V", 40, ic_dag=9),
        stratum("1", "65+", "V", 40),
    ]
    assert set(strata_of(rows)) == {("1", "0-17", ALL), ("1", "65+", "V")}
    one = protect(small(strata=rows), POLICY).contribution.strata
    assert one["k1_ic_dag"].sum() == 11


def test_strata_are_told_for_the_year_so_far_in_the_last_quarter():
    rows = [stratum("1", "0-17", "M", 8), stratum("1", "0-17", "V", 20, quarter=2)]
    rows[0]["k2_patienten"] = 7
    one = protect(small(strata=rows), POLICY).contribution.strata
    assert one.select("k1_patienten", "k2_patienten", "k3_patienten").rows() == [(0, 15, 0), (0, 20, 0)]


def test_cents_that_are_not_known_stay_unknown():
    one = protect(small(strata=[stratum("1", "0-17", "M", 20)]), POLICY).contribution.strata
    assert one["k1_diagnostiek"].to_list() == [None]


def test_rounding_rounds_minutes_with_volumes():
    policy = Policy(Method.ROUND, base=5)
    one = protect(small(production=[code("A", {1: 12, 4: 13}), code("B", {1: 2})]), policy).contribution
    assert one.production.select("code", "open_03", "open_06", "open_min_03", "patienten").rows() == [
        ("A", 10, 15, 10 * TIME, 25)
    ]
    strata = protect(
        small(strata=[stratum("1", "0-17", "M", 13, fysiek=8, diagnostiek=1234)]), policy
    ).contribution.strata
    assert strata.select("k1_patienten", "k1_fysiek", "k1_diagnostiek").rows() == [(15, 10, 1000)]


def test_own_rates_stay_exactly_equal_and_repriced_ones_are_said():
    full = small(production=[code("A", {1: 100}), code("B", {2: 40}, time=3000), code("C", {3: 3}, time=777)])
    result = protect(full, POLICY)
    assert [(one.before, one.after) for one in rate_effects(full, result)] == [(one.before, one.before) for one in rate_effects(full, result)]  # fmt: skip
    rows = [(2027, "0303", "zorgproduct", name, time) for name, time in (("A", 3000), ("B", 3000), ("C", 777))]
    effect = rate_effects(full, result, NormTable(pl.DataFrame(rows, schema=SCHEMA, orient="row"), "n"), 2027)[0]
    assert effect.before == Fraction(100 * 3000 + 40 * 3000 + 3 * 777, 6000) / Fraction("4.5")
    assert effect.after == Fraction(100 * 3000 + 2 * (40 * 3000 + 3 * 777), 6000) / Fraction("4.5")


def test_what_changed_little_since_it_was_shared_is_not_told_again():
    first = small(production=[code("A", {1: 100}), code("B", {1: 50}), code("C", {1: 70})], strata=[stratum("1", "65+", "M", 30), stratum("1", "65+", "V", 30)])  # fmt: skip
    again = small(production=[code("A", {1: 100}), code("B", {1: 52}), code("C", {1: 70})], strata=[stratum("1", "65+", "M", 31), stratum("1", "65+", "V", 30)])  # fmt: skip
    shared = protect(first, POLICY).contribution
    assert codes(shared) == {"A": 100, "B": 50, "C": 70}
    second = protect(again, POLICY, shared).contribution
    assert codes(second) == {"A": 100, REST: 122}
    assert second.strata["geslacht"].to_list() == [ALL]


@pytest.mark.parametrize(
    ("previous", "problem"),
    [
        (small(basis=type(BASIS)(2025, "e" * 64, ("0-17",))), "previous_year"),
        (small("zuid"), "previous_hospital"),
    ],
)
def test_another_previous_contribution_is_refused(previous, problem):
    with pytest.raises(InputError, match=problem):
        protect(small(production=[code("A", {1: 50})]), POLICY, previous)


def test_a_protected_contribution_is_not_protected_again():
    one = protect(small(production=[code("A", {1: 50})]), POLICY).contribution
    with pytest.raises(InputError, match="protected_twice"):
        protect(one, POLICY)


def test_the_order_of_rows_does_not_matter_and_the_tables_keep_their_form():
    rows = [code(name, {1: 5 * at, 6: 7 * at}) for at, name in enumerate("ABCDEFG", start=1)]
    both = [told(rows), told(rows[::-1])]
    assert both[0].to_bytes() == both[1].to_bytes()
    assert all(dict(both[0].tables[name].schema) == dict(LAYOUTS[name].schema) for name in TableName)
    assert set(CLOSED) < set(both[0].production.columns)
