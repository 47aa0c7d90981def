"""Coverage, construction, effect and balance of norm times, on small tables that can be checked by hand."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from puntlanding.contribution import merge
from puntlanding.explain import Source, leaves, recompute
from puntlanding.language.notation import Language
from puntlanding.norms.build import MissingActivity, build
from puntlanding.norms.coverage import coverage
from puntlanding.norms.effect import effect
from puntlanding.norms.neutrality import Outcome, neutrality, worked_minutes
from puntlanding.norms.profiles import (
    PROFILES,
    Profiles,
    Route,
    Surcharge,
    Surcharges,
    national_classes,
    national_profiles,
    profile_year,
    routes_from,
)  # fmt: skip
from puntlanding.norms.structure import Change, product_structure
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.norms.volumes import volumes_of
from puntlanding.records.national import Edition, National, YearStatus
from puntlanding.report.norm_sheet import MOST, change, covered, percent, sheet
from small_contribution import small

pytestmark = pytest.mark.unit


def norm_table(*rows):
    """Rows of year, code, minutes; six characters are an activity. A fourth names another specialism than 0303."""
    full = [
        (
            year,
            (*more, "0303")[0],
            "zorgactiviteit" if len(code) == 6 else "zorgproduct",
            code,
            int(Fraction(minutes) * 100),
        )
        for year, code, minutes, *more in rows
    ]
    return NormTable(pl.DataFrame(full, schema=SCHEMA, orient="row"), "normtijden.csv")


def produced(**volumes):
    """`p1=3` is product p1, opened in February and March."""
    return [{"code": code, "open_02": volume - 1, "open_03": 1} for code, volume in volumes.items()]


def scans(volume):
    return {
        "specialisme": "0362",
        "rol": "ondersteunend",
        "soort": "zorgactiviteit",
        "code": "081093",
        "open_01": volume,
    }


def profiles(*rows):
    """Rows of product, activity, mean."""
    full = [
        ("0303", product, activity, int(Fraction(mean) * 10**6), 10**6, row)
        for row, (product, activity, mean) in enumerate(rows, 2)
    ]
    return Profiles(pl.DataFrame(full, schema=PROFILES, orient="row"), "profielen.csv")


# Coverage


def test_coverage_counts_what_has_a_norm_time_and_names_what_has_none():
    whole = merge(
        [
            small("noord", [*produced(p1=90, p2=10, overig=7), scans(400)]),
            small("zuid", produced(p1=50, p3=30)),
        ]
    )
    found = coverage(
        whole, norm_table((2026, "p1", 30), (2026, "p9", 5), (2025, "p2", 5), (2026, "0x", 1, "0301")), 2026
    )
    assert [(one.hospital, one.specialism, one.covered, one.uncovered, one.rest) for one in found.groups] == [
        ("noord", "0303", 90, 10, 7), ("noord", "0362", 0, 400, 0), ("zuid", "0303", 50, 30, 0),
    ]  # fmt: skip
    assert [one.share for one in found.groups] == [Fraction(9, 10), 0, Fraction(5, 8)]
    assert [(one.code, one.volume, one.hospitals) for one in found.missing] == [
        ("081093", 400, 1),
        ("p3", 30, 1),
        ("p2", 10, 1),
    ]
    assert [one.code for one in found.unused] == ["p9"]  # not the one of a specialism without production
    assert found.without == {("0362", "zorgactiviteit"): 400}


def test_a_group_of_merged_codes_only_has_no_share():
    found = coverage(small("noord", produced(overig=7)), norm_table((2026, "p1", 30)), 2026)
    assert (found.groups[0].share, found.missing, found.rest) == (None, (), 7)


def test_a_norm_time_of_zero_is_a_norm_time():
    assert coverage(small("noord", produced(p1=7)), norm_table((2026, "p1", 0)), 2026).missing == ()


# Construction


TIMES = norm_table((2026, "190060", 15), (2026, "035700", "100.25"), (2026, "081093", 0))


def test_a_norm_time_is_built_from_its_profile_and_surcharge_and_rounded_once():
    means = profiles(("p1", "190060", "1.9"), ("p1", "035700", "1.000033"), ("p1", "081093", "3"))
    extra = Surcharges({(2026, "0303", "p1"): Surcharge(Fraction(5), Source("toeslagen.csv", 2, "minuten"))})
    (one,) = build(TIMES, means, extra, 2026).times
    exact = Fraction("1.9") * 15 + Fraction("1.000033") * Fraction("100.25") + 5
    assert exact == Fraction("133.75330825")
    assert one.hundredths == 13375
    assert recompute(one.node) == one.node.value == Fraction("133.75")
    rows = {leaf.source.row for leaf in leaves(one.node) if leaf.source and leaf.source.file == "profielen.csv"}
    assert rows == {2, 3, 4}


def test_half_a_hundredth_goes_up():
    (one,) = build(norm_table((2026, "190060", "0.01")), profiles(("p1", "190060", "0.5")), Surcharges(), 2026).times
    assert one.hundredths == 1


def test_a_surcharge_of_the_product_goes_before_that_of_the_specialism():
    here = Source("toeslagen.csv", 2, "minuten")
    extra = Surcharges(
        {
            (2026, "0303", None): Surcharge(Fraction(5), here),
            (2026, "0303", "p2"): Surcharge(Fraction(0), here),
            (2027, "0303", "p1"): Surcharge(Fraction(99), here),
        }
    )
    built = build(TIMES, profiles(("p1", "190060", 1), ("p2", "190060", 1)), extra, 2026)
    assert [(one.product, one.hundredths) for one in built.times] == [("p1", 2000), ("p2", 1500)]


def test_a_product_with_an_activity_without_a_norm_time_is_not_built_but_reported():
    means = profiles(
        ("p1", "190060", 1), ("p2", "190060", 1), ("p2", "070116", "0.1"), ("p3", "070116", 1), ("p3", "070117", 1)
    )
    built = build(TIMES, means, Surcharges(), 2026)
    assert [one.product for one in built.times] == ["p1"]
    assert built.not_built == {("0303", "p2"): ("070116",), ("0303", "p3"): ("070116", "070117")}
    assert built.missing == (MissingActivity("0303", "070116", 2), MissingActivity("0303", "070117", 1))
    assert build(TIMES, means, Surcharges(), 2027).times == ()


def test_what_is_stated_to_take_no_time_counts_zero_only_where_it_has_no_norm_time():
    means = replace(
        profiles(("p1", "190060", 1), ("p1", "070116", 3), ("p2", "070117", 1)), no_time=frozenset({"070116", "190060"})
    )
    built = build(TIMES, means, Surcharges(), 2026)
    assert [(one.product, one.hundredths) for one in built.times] == [("p1", 1500)]
    assert (built.stated, built.not_built) == (1, {("0303", "p2"): ("070117",)})
    assert {leaf.source.file for leaf in leaves(built.times[0].node)} == {
        "normtijden.csv",
        "profielen.csv",
        "--no-time",
    }


def national(**changed):
    rows = [
        (2024, "0303", "p1", "190060", "01", 200, 90, 100),
        (2024, "0303", "p1", "035700", "05", 50, 50, 100),
        (2024, "0303", "p2", "190060", "01", 10, 10, None),
        (2025, "0303", "p1", "190060", "01", 999, 9, 10),
    ]
    names = ["jaar", "specialisme", "zorgproduct", "za_code", "klasse", "aantal", "subtrajecten_met", "subtrajecten"]
    empty = pl.DataFrame()
    editions = (
        Edition(2024, date(2026, 1, 1), "1", YearStatus.FINAL),
        Edition(2025, date(2026, 1, 1), "1", YearStatus.PROVISIONAL),
    )
    return National(
        empty, empty, pl.DataFrame(rows, schema=names, orient="row"), empty, changed.get("editions", editions), ()
    )


def test_national_profiles_are_of_the_last_final_year_and_say_what_they_cannot():
    figures = national()
    assert profile_year(figures) == 2024
    assert profile_year(national(editions=figures.editions[1:])) == 2025
    assert profile_year(national(editions=())) is None
    means = national_profiles(figures, 2024, "landelijk")
    assert means.frame.drop("rij").rows() == [("0303", "p1", "035700", 50, 100), ("0303", "p1", "190060", 200, 100)]
    assert means.unknown == (("0303", "p2"),)
    built = build(TIMES, means, Surcharges(), 2026)
    assert [(one.product, one.hundredths) for one in built.times] == [("p1", 8013)]  # 2 × 15 + 0.5 × 100.25 = 80.125
    assert built.not_built == {("0303", "p2"): ()}
    assert recompute(built.times[0].node) == Fraction("80.13")


def test_a_product_is_operative_from_one_operation_per_two_trajectories():
    figures = national()
    means = national_profiles(figures, 2024, "landelijk")
    classes = national_classes(figures, 2024)
    assert classes == {"190060": "1", "035700": "5"}
    assert routes_from(means, classes) == {("0303", "p1"): Route.OPERATIVE}
    fewer = profiles(("p1", "035700", "0.499999"), ("p2", "035700", "0.3"), ("p2", "035701", "0.2"))
    assert routes_from(fewer, {"035700": "5", "035701": "5"}) == {
        ("0303", "p1"): Route.CONSERVATIVE,
        ("0303", "p2"): Route.OPERATIVE,
    }


# Effect


def test_the_effect_of_new_norm_times_is_the_sum_of_its_parts():
    whole = merge([small("noord", produced(p1=60, p2=30)), small("zuid", produced(p1=12))])
    table = norm_table((2026, "p1", 30), (2026, "p2", 20), (2027, "p1", 35), (2027, "p2", "14.5"))
    found = effect(volumes_of(whole), (table, 2026), (table, 2027))
    noord, zuid = found.groups
    assert (noord.old, noord.new, noord.difference) == (40, Fraction("42.25"), Fraction("2.25"))
    assert [(part.name, part.difference) for part in noord.parts] == [("p1", 5), ("p2", Fraction("-2.75"))]
    assert (zuid.difference, zuid.share) == (1, Fraction(1, 6))
    (all_of_it,) = found.specialisms
    assert (all_of_it.difference, all_of_it.hospital) == (noord.difference + zuid.difference, "")
    assert found.not_compared == ()


def test_codes_that_the_structure_ties_together_are_one_part():
    structure = product_structure(
        [
            Change(2027, "0303", "zorgproduct", "p1", "q1"),
            Change(2027, "0303", "zorgproduct", "p2", "q1", Fraction("0.5")),
            Change(2027, "0303", "zorgproduct", "p2", "q2", Fraction("0.5")),
            Change(2027, "0303", "zorgproduct", "p3", None),
            Change(2027, "0303", "zorgproduct", None, "n", volume=Fraction(6)),
        ]
    )
    table = norm_table(
        (2026, "p1", 30), (2026, "p2", 20), (2026, "p3", 10), (2027, "q1", 36), (2027, "q2", 12), (2027, "n", 10)
    )  # fmt: skip
    found = effect(volumes_of(small("noord", produced(p1=60, p2=30, p3=6))), (table, 2026), (table, 2027), structure)
    (group,) = found.groups
    assert [(part.name, part.old, part.new) for part in group.parts] == [
        ("p1, p2 → q1, q2", 40, 48), ("n", 0, 1), ("p3", 1, 0),
    ]  # fmt: skip
    assert group.difference == 8


def test_what_lacks_a_norm_time_on_one_side_is_in_neither():
    table = norm_table((2026, "p1", 30), (2026, "p2", 20), (2027, "p1", 35), (2027, "p3", 5))
    whole = small("noord", produced(p1=60, p2=30, p3=20, p4=10, overig=5))
    found = effect(volumes_of(whole), (table, 2026), (table, 2027))
    assert [part.name for part in found.groups[0].parts] == ["p1"]
    assert [(one.code, one.volume, one.lacks) for one in found.not_compared] == [
        ("p2", 30, (2027,)), ("p3", 20, (2026,)), ("p4", 10, (2026, 2027)), ("overig", 5, ()),
    ]  # fmt: skip


# Balance between routes


ROUTES = {("0303", "cons"): Route.CONSERVATIVE, ("0303", "oper"): Route.OPERATIVE, ("0303", "dag"): Route.OPERATIVE}
WORK = norm_table(
    (2026, "cons", 30), (2026, "oper", 240), (2026, "dag", 100), (2026, "los", 5), (2026, "190060", 15), (2026, "035700", 90)
)  # fmt: skip
MEANS = profiles(("cons", "190060", 2), ("oper", "190060", 2), ("oper", "035700", 1))


def treated(*rows):
    """Rows of product, trajectories and perhaps a diagnosis."""
    return [
        {"zorgproduct": product, "aantal": count, "patienten": count // 2, "diagnose": (*more, "0121")[0]}
        for product, count, *more in rows
    ]


def judged(rows, **options):
    worked = worked_minutes(WORK, MEANS, options.pop("surcharges", Surcharges()), 2026)
    return neutrality(
        small("noord", diagnoses=treated(*rows)), WORK, 2026, ROUTES, options.pop("worked", worked), **options
    )


def test_a_heavier_route_with_as_much_paid_per_minute_worked_is_in_balance():
    doubled = norm_table((2026, "cons", 60), (2026, "oper", 240), (2026, "190060", 15), (2026, "035700", 90))
    worked = worked_minutes(doubled, MEANS, Surcharges(), 2026)
    whole = small("noord", diagnoses=treated(("cons", 20), ("oper", 10)))
    found = neutrality(whole, doubled, 2026, ROUTES, worked)
    (one,) = found.diagnoses
    assert (one.ratio, one.balance, one.outcome) == (4, 1, Outcome.BALANCED)
    assert found.departing() == ()


def test_a_route_that_is_paid_more_per_minute_worked_departs():
    found = judged([("cons", 20), ("oper", 10)])
    (one,) = found.departing()
    assert (one.operative.per_trajectory, one.conservative.per_trajectory) == (4, Fraction(1, 2))
    assert (one.operative.per_patient, one.ratio) == (8, 8)
    assert one.balance == 2  # 240 for 120 worked, against 30 for 30
    assert one.outcome is Outcome.OPERATIVE_MORE
    (group,) = found.groups
    assert (group.hospital, group.operative_share) == ("noord", Fraction(40, 50))


def test_a_surcharge_is_time_worked():
    here = Source("toeslagen.csv", 2, "minuten")
    found = judged(
        [("cons", 20), ("oper", 10)], surcharges=Surcharges({(2026, "0303", "oper"): Surcharge(Fraction(120), here)})
    )
    assert found.diagnoses[0].balance == 1


@pytest.mark.parametrize(
    ("rows", "options", "expected"),
    [
        ([("cons", 10), ("oper", 9)], {}, Outcome.TOO_FEW),
        ([("cons", 10), ("oper", 9)], {"minimum": 9}, Outcome.OPERATIVE_MORE),
        ([("cons", 10), ("oper", 10)], {"margin": Fraction(1)}, Outcome.BALANCED),
        ([("cons", 10), ("oper", 10)], {"worked": None}, Outcome.NO_WORKED),
        ([("cons", 10), ("oper", 9), ("dag", 9)], {}, Outcome.NO_WORKED),  # of enough trajectories, not enough known
    ],
)
def test_when_a_diagnosis_is_judged(rows, options, expected):
    (one,) = judged(rows, **options).diagnoses
    assert one.outcome is expected


def test_what_has_no_norm_time_no_route_or_no_profile_is_told():
    found = judged([("cons", 20), ("oper", 10), ("dag", 10), ("los", 7), ("weg", 3), ("cons", 4, "0200")])
    assert found.unplaced == {("0303", "los"): 7, ("0303", "weg"): 3}
    assert found.unworked == (("0303", "dag"),)
    assert [one.diagnosis for one in found.diagnoses] == ["0121"]  # 0200 has one route only
    assert found.diagnoses[0].balance == 2  # of what is known


def test_norm_times_built_from_the_profiles_are_neutral():
    """The construction and the check are two sides of one rule."""
    table = norm_table((2026, "190060", 15), (2026, "035700", 90))
    built = NormTable(pl.concat([table.frame, build(table, MEANS, Surcharges(), 2026).frame()]), "gebouwd.csv")
    found = neutrality(
        small("noord", diagnoses=treated(("cons", 20), ("oper", 10))),
        built,
        2026,
        ROUTES,
        worked_minutes(built, MEANS, Surcharges(), 2026),
    )
    assert found.diagnoses[0].balance == 1


def test_farthest_from_balance_comes_first_either_way():
    rows = [("cons", 20, "0001"), ("oper", 10, "0001"), ("cons", 20, "0002"), ("dag", 10, "0002")]
    means = profiles(("cons", "190060", 2), ("oper", "190060", 2), ("oper", "035700", 1), ("dag", "190060", 20))
    worked = worked_minutes(WORK, means, Surcharges(), 2026)
    found = neutrality(small("noord", diagnoses=treated(*rows)), WORK, 2026, ROUTES, worked)
    assert [(one.diagnosis, one.balance) for one in found.departing()] == [("0002", Fraction(1, 3)), ("0001", 2)]


# How it is shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0.99999", "99,9 %"), ("0.9995", "99,9 %"), ("0.9994", "99,9 %"), ("1", "100,0 %"), ("0", "0,0 %")],
)
def test_coverage_is_never_shown_as_whole_while_something_is_missing(share, shown):
    assert covered(Fraction(share), Language.DUTCH) == shown


def test_a_change_that_does_not_show_has_no_sign():
    assert change(Fraction("0.04"), 1, Language.DUTCH) == "0,0"
    assert change(Fraction("0.05"), 1, Language.DUTCH) == "+0,1"
    assert percent(Fraction("-0.021"), Language.ENGLISH, signed=True) == "−2.1 %"


def test_lines_beyond_the_first_are_counted():
    text = sheet("Titel", [("code", False)], [(str(n),) for n in range(20)], Language.DUTCH, MOST)
    assert text.endswith("14\n… en nog 5 (--all toont alles)")
    assert sheet("Titel", [("code", False)], [], Language.DUTCH, MOST) == ""
