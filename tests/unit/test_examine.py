"""What stands between a delivery and the store."""

from __future__ import annotations

from datetime import date

import pytest
from small_delivery import activities, delivery, trajectories

from puntlanding.intake.examine import examined, load, restricted
from puntlanding.records.findings import Finding, Status
from puntlanding.records.store import Store

pytestmark = pytest.mark.unit

MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


def finding(made, name: str) -> Finding:
    return next(one for one in made.findings if one.check == name)


def many(count: int, year: int, first: int = 1):
    return trajectories(*({"subtraject_id": first + n, "openingsdatum": date(year, 3, 2)} for n in range(count)))


def test_a_year_that_lost_more_than_half_is_not_replaced(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(many(10, 2025).vstack(many(100, 2026, 50)), activities(), MAY))
    for count, status in [(4, Status.FAILED), (5, Status.ATTENTION), (10, Status.GOOD)]:
        made = examined(
            delivery(many(count, 2025).vstack(many(100, 2026, 50)), activities(), JUNE), None, kept, "noord"
        )
        assert finding(made, "fewer_than_before").status is status
    made = examined(delivery(many(4, 2025), activities(), JUNE), None, kept, "noord")
    assert finding(made, "fewer_than_before").examples[0].values == {"jaar": "2025", "nu": "4", "eerder": "10"}
    assert load(delivery(many(4, 2025), activities(), JUNE), None, kept, "noord")[1] is None
    assert {one.delivered for one in kept.deliveries("noord")} == {MAY}


def test_nothing_to_compare_with_is_said(tmp_path):
    made = delivery(many(4, 2025), activities(), MAY)
    assert finding(examined(made, None), "fewer_than_before").note == "no_store"
    assert finding(examined(made, None, Store(tmp_path), "noord"), "fewer_than_before").note == "first_delivery"


def test_two_hospitals_in_one_delivery(tmp_path):
    made = examined(delivery(many(3, 2026), activities(), MAY, hospitals={"06010101": 2, "06020202": 1}), None)
    found = finding(made, "second_hospital")
    assert (found.count, found.of, found.status) == (1, 3, Status.FAILED)
    assert load(made, None, Store(tmp_path), "noord")[1] is None
    assert Store(tmp_path).hospitals() == ()
    one = examined(delivery(many(3, 2026), activities(), MAY, hospitals={"06010101": 3}), None)
    assert finding(one, "second_hospital").status is Status.GOOD


def test_years_that_were_not_asked_for_are_counted_and_left_out():
    both = many(2, 2025).vstack(many(3, 2026, 50))
    acts = activities({"subtraject_id": 1}, {"subtraject_id": 50}, {"subtraject_id": 999})
    made = restricted(delivery(both, acts, MAY), range(2026, 2027))
    assert made.trajectories["subtraject_id"].to_list() == [50, 51, 52]
    assert made.activities["subtraject_id"].to_list() == [50, 999]  # an orphan is for the checks to find
    assert (finding(made, "other_years").count, finding(made, "other_years").of) == (2, 5)
    assert restricted(made, None) is made


def test_a_number_of_two_years_keeps_its_activities_in_the_year_that_is_kept():
    both = many(1, 2025).vstack(many(1, 2026))
    made = restricted(delivery(both, activities({}, {}), MAY), range(2026, 2027))
    assert made.trajectories["openingsdatum"].to_list() == [date(2026, 3, 2)]
    assert made.activities.height == 2


def test_the_year_that_lost_most_of_itself_decides_not_the_one_that_lost_most(tmp_path):
    kept = Store(tmp_path)
    kept.load("noord", delivery(many(10, 2025).vstack(many(100, 2026, 50)), activities(), MAY))
    made = examined(delivery(many(2, 2025).vstack(many(80, 2026, 50)), activities(), JUNE), None, kept, "noord")
    found = finding(made, "fewer_than_before")
    assert (found.count, found.of, found.status) == (8, 10, Status.FAILED)
    assert [dict(one.values) for one in found.examples] == [
        {"jaar": "2025", "nu": "2", "eerder": "10"},
        {"jaar": "2026", "nu": "80", "eerder": "100"},
    ]
