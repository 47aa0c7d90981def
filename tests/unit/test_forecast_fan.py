"""The fan of a year: a point of an earlier day is the forecast made on that day, its method and bounds as well, whenever it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import History, Supporting, day_number
from puntlanding.forecast.outlook import Made
from puntlanding.forecast.outlook_totals import total_estimate, total_fan
from puntlanding.forecast.result import Estimate, Flag, Forecast, Method
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.supporting import supporting_forecast
from puntlanding.forecast.working_days import Event
from small_history import small_history

pytestmark = pytest.mark.unit
NORTH = Settings(region="noord")
SHUT = Event(date(2025, 3, 10), date(2025, 9, 30), None, 50.0)


def helped(as_of: date, first: date = date(2022, 1, 1)) -> History:
    """Two supporting groups beside the four; the work of one swings, which a back-test sees, and some is recorded late."""
    history = small_history(as_of=date(2026, 12, 31), first=first)
    chance = np.random.default_rng(5)
    days = np.arange(day_number(first), day_number(date(2025, 12, 31)) + 1)
    days = days[(days + 3) % 7 < 5]
    swing = 1 + 0.3 * np.sin(days / 97.0)
    minutes = np.concatenate([chance.poisson(40 * swing), chance.poisson(25, len(days))]) * 6_000
    day, late = np.tile(days, 2), chance.geometric(0.4, 2 * len(days))
    group = np.repeat([0, 1], len(days))
    work = Supporting(("0362", "0386"), group, day, day + late, minutes, chance.integers(0, 2, len(day)))
    return replace(history, supporting=work).as_known(as_of)


def made(history: History, settings: Settings = NORTH, events: tuple[Event, ...] = ()) -> Made:
    now = forecast(history, settings, events)
    assert isinstance(now, Forecast)
    return Made(now, supporting=supporting_forecast(history, now, settings, events))


def alike(one: Estimate, other: Estimate) -> None:
    assert one.closed == other.closed
    assert [one.in_flight, one.to_open, one.sd] == pytest.approx(
        [other.in_flight, other.to_open, other.sd], rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize("as_of", [date(2025, 8, 31), date(2026, 6, 30)])
@pytest.mark.parametrize("first", [date(2022, 1, 1), date(2023, 7, 1)])
def test_a_point_is_the_forecast_of_that_day_however_much_later_it_is_drawn(as_of: date, first: date) -> None:
    """The younger history has its second winter in the year itself: its first points are of another method than its last."""
    history = helped(as_of, first)
    found = made(history)
    assert found.supporting is not None
    course = total_fan(found)
    assert [one.cut_off.month for one in course] == ([*range(1, 9)] if as_of.year == 2025 else [*range(1, 13), 6])
    methods = set()
    for place, point in list(enumerate(course[:-1]))[::3]:
        then = made(history.as_known(point.cut_off), replace(NORTH, fan=False))
        assert then.supporting is not None
        methods.add(then.forecast.method)
        for now_of, then_of in ((found.forecast, then.forecast), (found.supporting, then.supporting)):
            for mine, theirs in zip(now_of.groups, then_of.groups, strict=True):
                assert mine.fan[place].cut_off == point.cut_off
                alike(mine.fan[place].estimate, theirs.estimate)
            alike(now_of.total_fan[place].estimate, then_of.total)
        alike(point.estimate, total_estimate(then))
    assert len(methods) == (1 if first.year == 2022 else 2)


def test_events_are_of_today_and_change_no_earlier_point() -> None:
    history = helped(date(2025, 4, 30))
    usual, shut = made(history), made(history, events=(SHUT,))
    assert total_fan(shut)[:-1] == total_fan(usual)[:-1]
    assert total_fan(shut)[-1].estimate.forecast < total_fan(usual)[-1].estimate.forecast
    assert usual.supporting is not None
    assert shut.supporting is not None
    assert [one.fan for one in shut.supporting.groups] == [one.fan for one in usual.supporting.groups]


def test_no_point_of_a_day_on_which_there_was_no_forecast() -> None:
    """Nothing was opened from the middle of 2024 to April: up to the end of March the records seem to have ended."""
    history = helped(date(2025, 8, 31))
    rows = history.trajectories
    gap = (rows.opened > day_number(date(2024, 7, 1))) & (rows.opened < day_number(date(2025, 4, 1)))
    place = np.cumsum(~gap) - 1
    done = history.activities.take(~gap[history.activities.trajectory])
    quiet = replace(history, trajectories=rows.take(~gap), activities=replace(done, trajectory=place[done.trajectory]))
    found = forecast(quiet, NORTH)
    assert isinstance(found, Forecast)
    assert [one.cut_off.month for one in found.total_fan] == [4, 5, 6, 7]
    assert Flag.RESUMED in found.groups[0].flags


def test_without_a_back_test_the_fan_has_the_bounds_of_the_model_as_well() -> None:
    history, plain = helped(date(2025, 8, 31)), replace(NORTH, back_test=False, method=Method.OPENING_SHARE)
    point = made(history, plain).forecast.total_fan[2]
    alike(point.estimate, made(history.as_known(point.cut_off), replace(plain, fan=False)).forecast.total)
