"""Steps and dips in new care paths, and what their follow-ups make of them; all figures made up."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from puntlanding.forecast.history import day_number, month_of
from puntlanding.forecast.new_paths import carried, course, follow_ups, thirds

pytestmark = pytest.mark.unit

FIRST, CUT_OFF, LAST = (day_number(date(*day)) for day in ((2022, 1, 1), (2025, 6, 30), (2025, 12, 31)))
MONTHS = month_of(np.arange(FIRST, LAST + 1))
PASSED = CUT_OFF - FIRST + 1
DAYS = np.tile(np.where((np.arange(FIRST, LAST + 1) + 3) % 7 < 5, 1.0, 0.0), (8, 1))
EVERY = np.ones(8, dtype=bool)
RAGGED = 1 + 0.03 * np.sin(
    np.arange(PASSED)[None] / 9 + np.arange(8)[:, None]
)  # groups that differ, each in its own way


def new_paths(times=1.0):
    return 20 * DAYS[:, :PASSED] * RAGGED * times


def of_day(*day):
    return day_number(date(*day)) - FIRST


def test_thirds_of_months_by_hand():
    found = thirds(MONTHS)
    assert [int(found[of_day(2022, 1, day)]) for day in (1, 10, 11, 20, 21, 31)] == [0, 0, 1, 1, 2, 2]
    assert found[of_day(2022, 2, 1)] == 3
    assert found[of_day(2022, 2, 28)] == 5
    assert found[-1] == 4 * 36 - 1


def test_calm_groups_have_no_course():
    found, dip = course(new_paths(), DAYS, MONTHS, EVERY)
    assert not dip
    assert np.abs(found[:, PASSED:]).max() < 0.03


@pytest.mark.parametrize("size", [0.75, 1.3])
def test_a_step_of_one_group_is_found_where_it_was_and_stays(size):
    times = np.ones((8, PASSED))
    times[3, of_day(2025, 3, 1) :] = size
    found, dip = course(new_paths(times), DAYS, MONTHS, EVERY)
    assert not dip
    assert found[3, -1] == pytest.approx(np.log(size), abs=0.05)
    assert np.abs(found[3, : of_day(2025, 2, 1)]).max() < 0.05
    assert np.abs(np.delete(found, 3, axis=0)[:, -1]).max() < 0.03


def test_a_group_with_a_year_of_its_own_makes_no_step():
    times = np.ones((8, PASSED))
    times[3] = 1 + 0.25 * np.sin(2 * np.pi * np.arange(PASSED) / 365.25)
    found, dip = course(new_paths(times), DAYS, MONTHS, EVERY)
    assert not dip
    assert np.abs(found[:, -1]).max() < 0.03


def test_a_dip_of_the_hospital_is_no_step_and_does_not_last():
    times = np.ones((8, PASSED))
    times[:, of_day(2025, 3, 1) : of_day(2025, 4, 11)] = 0.6
    found, dip = course(new_paths(times), DAYS, MONTHS, EVERY)
    assert dip
    assert found[:, of_day(2025, 3, 15)] == pytest.approx(np.full(8, 0.8 * np.log(0.6)), abs=0.06)
    assert np.abs(found[:, -1]).max() < 0.03


def test_a_dip_that_is_there_on_the_day_fades():
    times = np.ones((8, PASSED))
    times[:, of_day(2025, 6, 1) :] = 0.6
    found, dip = course(new_paths(times), DAYS, MONTHS, EVERY)
    assert dip
    next_third, month_later = found[:, PASSED], found[:, PASSED + 40]
    assert (next_third < -0.15).all()
    assert (np.abs(month_later) < np.abs(next_third)).all()
    assert np.abs(found[:, -1]).max() < 0.03


def test_what_lasts_longer_than_a_dip_is_a_new_level_of_the_hospital():
    times = np.ones((8, PASSED))
    times[:, of_day(2025, 1, 1) :] = 0.8
    _, dip = course(new_paths(times), DAYS, MONTHS, EVERY)
    assert not dip


@pytest.mark.parametrize("which", ["few groups", "few openings", "short history", "not whole"])
def test_where_too_little_tells_nothing_happened(which):
    times = np.ones((8, PASSED))
    times[3, of_day(2025, 3, 1) :] = 1.3
    new, days, months, whole = new_paths(times), DAYS, MONTHS, EVERY
    if which == "few groups":
        new, days, whole = new[:4], days[:4], whole[:4]
    elif which == "few openings":
        new = new / 100
    elif which == "short history":
        since = of_day(2024, 3, 1)
        new, days, months = new[:, since:], days[:, since:], months[since:]
    else:
        whole = np.zeros(8, dtype=bool)
    found, dip = course(new, days, months, whole)
    assert not dip
    assert not found.any()


def test_as_many_follow_ups_as_the_share_says_and_about_when():
    found = follow_ups(np.array([0.0, 0.5]), 60.0)
    assert found[0].sum() == pytest.approx(1.0)
    assert found[1].sum() == pytest.approx(2.0, rel=0.05)  # 1 + ½ + ¼ + …, but for what comes after a year
    assert found[:, 0] == pytest.approx([1.0, 1.0])
    assert found[1, 30:95].sum() > 0.35


def test_a_step_reaches_all_openings_only_with_its_follow_ups():
    days = np.ones((1, 1000))
    logs = np.where(np.arange(1000) < 600, 0.0, np.log(1.2))[None]
    moved, bare = carried(logs, days, follow_ups(np.array([0.5]), 100.0))
    ratio = (moved / bare)[0]
    assert ratio[599] == pytest.approx(1.0)
    assert ratio[600] == pytest.approx(1.1, abs=0.01)  # half of what opens is new
    assert 1.1 < ratio[720] < ratio[999] == pytest.approx(1.2, abs=0.01)


def test_no_course_changes_nothing_to_the_last_bit():
    moved, bare = carried(np.zeros_like(DAYS), DAYS, follow_ups(np.full(8, 0.4), 100.0))
    assert (moved == bare).all()
