"""The numbers behind the generated hospitals, and the small parts they are put together from."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pytest

from puntlanding.demo import year_calendar
from puntlanding.demo.calibration import calibration, closing_exceptions, rows, specialisms
from puntlanding.demo.codebook import codebook, uninsured
from puntlanding.demo.ledger import Ledger
from puntlanding.demo.pathways import diary
from puntlanding.demo.people import _numbers
from puntlanding.demo.profile import profiles
from puntlanding.records.reference import embedded_codes

pytestmark = pytest.mark.unit

PERIOD = (date(2025, 1, 1), date(2025, 12, 31))


def test_every_number_has_a_unit_and_a_source_or_is_called_an_assumption():
    for section, entries in calibration().items():
        for name, entry in entries.items():
            assert ("bron" in entry) != ("aanname" in entry), f"{section}.{name}"
            assert entry.get("aanname", True) is True
            assert section == "uitzondering" or entry["eenheid"], f"{section}.{name}"


def test_the_published_figures_stand_as_published():
    national = calibration()["landelijk"]
    assert {name: national[name]["waarde"] for name in ("klinisch", "ligduur", "op_afstand", "dag_per_opname")} == {
        "klinisch": 0.07,
        "ligduur": 5.2,
        "op_afstand": 0.273,
        "dag_per_opname": 0.895,
    }
    closing = calibration()["sluiten"]
    days = {name: closing[name]["waarde"] for name in ("na_gebeurtenis", "regulier", "vervolg", "langst")}
    assert days == {"na_gebeurtenis": 42, "regulier": 90, "vervolg": 120, "langst": 120}


def test_each_exception_of_a_cluster_is_a_rule_and_its_closing_reason_is_one_of_the_nza():
    named = {row["uitzondering"] for row in rows("clusters.csv")} - {""}
    assert named == set(closing_exceptions())
    assert {one.reason for one in closing_exceptions().values()} == {
        "22", "24", "26", "38", "43", "45", "56", "70", "74",
    }  # fmt: skip


def test_diagnoses_of_clusters_have_four_characters_and_products_nine():
    for row in rows("clusters.csv"):
        assert row["diagnosen"]
        assert all(len(code) == 4 for code in row["diagnosen"].split()), row
        assert re.fullmatch(r"\d{6}", row["productgroep"])
    for row in rows("products.csv"):
        assert re.fullmatch(r"\d{9}", row["zorgproduct"])
        assert re.fullmatch(r"1[45][A-Z]\d{3}", row["declaratiecode"]), row


def test_every_gatekeeping_specialism_has_clusters_and_the_products_that_its_mix_asks_for():
    listed = {row["specialisme"] for row in rows("clusters.csv")}
    settings = {(row["specialisme"], row["setting"]) for row in rows("products.csv")}
    assert listed == {one.code for one in specialisms("poort")}
    assert all((code, "poli") in settings for code in listed)


def test_specialisms_of_the_generator_are_known_ones():
    table = embedded_codes().specialisms
    assert table is not None
    known = set(table.frame["specialisme"])
    assert {one.code for role in ("poort", "ondersteunend") for one in specialisms(role)} <= known


def test_without_nza_tables_only_the_lists_of_the_project_are_used():
    book = codebook(None, PERIOD)
    assert set(book.products) <= {row["zorgproduct"] for row in rows("products.csv")}
    assert set(book.activities) == {row["za_code"] for row in rows("activities.csv")}


@pytest.mark.parametrize(("insured", "without"), [("15B904", "17B904"), ("14E528", "16E528")])
def test_a_claim_without_insurance_has_the_sister_code(insured, without):
    assert uninsured(insured) == without


def test_numbers_of_patients_are_nobodys():
    numbers = _numbers(120_000)
    assert len(set(numbers.tolist())) == 120_000
    assert str(numbers[0]).startswith("9999")
    digits = [[int(char) for char in str(number)] for number in numbers[:5000]]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    assert all(sum(w * d for w, d in zip(weights, one, strict=True)) % 11 for one in digits)


def test_a_day_has_room_by_weekday_holiday_and_school_holiday():
    days = year_calendar.span(date(2025, 1, 1), date(2025, 12, 31))
    room = year_calendar.planned(days, "midden")

    def on(month, day):
        return room[(date(2025, month, day) - date(2025, 1, 1)).days]

    assert on(3, 11) == 1.0  # an ordinary Tuesday
    assert on(3, 14) == 0.9  # Friday
    assert on(3, 15) == 0.02  # Saturday
    assert on(5, 5) == 0.02  # Liberation Day, in a lustrum year
    assert on(4, 26) == 0.02  # King's Day
    assert on(8, 5) == 0.75  # summer holiday
    assert on(5, 30) == 0.9 * 0.7  # the Friday after Ascension Day
    assert on(4, 18) == 0.9  # Good Friday: hospitals work


def test_liberation_day_is_a_working_day_in_other_years():
    assert date(2025, 5, 5) in year_calendar.public_holidays(2025)
    assert date(2026, 5, 5) not in year_calendar.public_holidays(2026)


def test_regions_have_their_own_school_holidays():
    days = year_calendar.span(date(2025, 7, 8), date(2025, 7, 8))
    assert [year_calendar.planned(days, region)[0] for region in ("noord", "midden", "zuid")] == [1.0, 1.0, 0.75]


def test_a_year_outside_the_table_of_school_holidays_borrows_the_nearest():
    days = year_calendar.span(date(2031, 8, 5), date(2031, 8, 5))
    assert year_calendar.planned(days, "midden")[0] == 0.75


def test_an_appointment_lands_where_there_is_room():
    book = diary(100, np.array([0.0, 0.0, 1.0, 0.0]))
    found = book.between(np.full(50, 100), np.full(50, 103), np.random.default_rng(1))
    assert set(found.tolist()) == {102}


def test_the_ledger_gives_back_what_was_put_in_sorted_and_doubles_as_a_quantity():
    ledger = Ledger(first=1000)
    ledger.add(np.array([7, 3, 7]), 5, np.array([1002, 1001, 1002]), 2, np.array([1, 0, 1]))
    found = {name: column.tolist() for name, column in ledger.sorted().items()}
    assert found == {
        "day": [1001, 1002],
        "trajectory": [3, 7],
        "code": [5, 5],
        "executor": [2, 2],
        "requester": [0, 1],
        "quantity": [1, 2],
    }


def test_the_ledger_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="day does not fit in 14 bits: -1 to -1"):
        Ledger(first=1000).add(np.array([1]), 1, np.array([999]), 1, 1)


def test_the_row_of_hospitals_is_endless_and_does_not_depend_on_how_many_are_asked_for():
    many = profiles(70, 3)
    assert profiles(3, 3) == many[:3]
    assert profiles(3, 4) != many[:3]
    assert sum(one.kind == "umc" for one in many) == 8
    assert len({one.slug for one in many}) == len({one.agb for one in many}) == len({one.name for one in many}) == 70


def test_hospitals_have_as_many_specialisms_as_their_kind():
    count = {one.kind: len({group.specialism for group in one.groups}) for one in profiles(9, 3)}
    assert count == {"topklinisch": 27, "algemeen": 24, "umc": 29, "zbc": 6}
