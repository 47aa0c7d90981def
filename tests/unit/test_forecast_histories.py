"""Whole forecasts of small made-up histories: sums that close, replays that see no more than they may, and odd records with a stated answer."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from puntlanding.forecast.cut_off import view
from puntlanding.forecast.forecast import forecast, refused
from puntlanding.forecast.history import NEVER, History, day_number
from puntlanding.forecast.prepared import prepare
from puntlanding.forecast.replay import cut_offs, replay
from puntlanding.forecast.result import Flag, Forecast, Method, NoForecast, Reason, Refusal
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.working_days import Event
from small_history import outcome, small_history

pytestmark = pytest.mark.unit
QUICK = Settings(back_test=False, fan=False, region="midden")


@pytest.fixture(scope="module")
def known() -> History:
    return small_history()


@pytest.fixture(scope="module")
def whole(known) -> Forecast:
    return made(known, Settings(region="midden"))


def made(history, settings=QUICK, events=()) -> Forecast:
    found = forecast(history, settings, events)
    assert isinstance(found, Forecast)
    for one in [*[group.estimate for group in found.groups], found.total, *found.total_contracts.values()]:
        assert all(math.isfinite(value) for value in (one.in_flight, one.to_open, one.sd))
        assert one.sd >= 0
        assert one.interval95.low <= one.interval80.low <= one.forecast <= one.interval80.high <= one.interval95.high
    for group in found.groups:
        assert all(math.isfinite(month.expected + month.to_open + month.in_flight) for month in group.months)
        assert math.isfinite(group.per_opening)
    return found


def kept(history, keep):
    place = np.cumsum(keep) - 1
    done = history.activities.take(keep[history.activities.trajectory])
    done = replace(done, trajectory=place[done.trajectory])
    return replace(history, trajectories=history.trajectories.take(keep), activities=done)


def changed(history, **columns):
    return replace(history, trajectories=replace(history.trajectories, **columns))


def without(history, group, first, last):
    rows = history.trajectories
    gone = (rows.group == group) & (rows.opened >= day_number(first)) & (rows.opened <= day_number(last))
    return kept(history, ~gone)


def flags(found, group=0):
    return set(found.groups[group].flags)


def test_a_year_lands_near_what_came_of_it(whole):
    came = outcome(small_history(as_of=date(2026, 12, 31)))
    hours = np.array([one.estimate.forecast for one in whole.groups])
    assert np.abs(hours - came).sum() / came.sum() < 0.04
    assert whole.total.interval95.low < came.sum() < whole.total.interval95.high
    assert (whole.method, whole.reason, whole.months) == (Method.POOLED, Reason.BACK_TEST, 42)


def test_closed_is_exact(whole, known):
    rows = known.trajectories
    for at, group in enumerate(whole.groups):
        mine = (rows.group == at) & (rows.opened >= day_number(date(2025, 1, 1)))
        assert group.estimate.closed == int(rows.minutes[mine].sum())
        assert type(group.estimate.closed) is int


def test_months_and_contracts_add_up_to_the_group_and_groups_to_the_total(whole):
    for group in whole.groups:
        one = group.estimate
        assert sum(month.closed for month in group.months) == one.closed
        assert sum(month.in_flight for month in group.months) == pytest.approx(one.in_flight)
        assert sum(month.to_open for month in group.months) == pytest.approx(one.to_open)
        parts = group.contracts.values()
        assert sum(part.closed for part in parts) == one.closed
        assert sum(part.in_flight for part in parts) == pytest.approx(one.in_flight)
        assert sum(part.to_open for part in parts) == pytest.approx(one.to_open)
        assert group.months[11].expected * group.per_opening == pytest.approx(group.months[11].to_open)
        assert all(month.to_open == 0 for month in group.months[:6])
    assert whole.total.closed == sum(group.estimate.closed for group in whole.groups)
    assert whole.total.forecast == pytest.approx(sum(group.estimate.forecast for group in whole.groups))
    spreads = [group.estimate.sd for group in whole.groups]
    assert math.hypot(*spreads) < whole.total.sd < sum(spreads)


def test_the_back_test_stands_beside_the_simple_methods(whole):
    quality = whole.quality
    assert quality is not None
    assert [row.cut_off for row in quality.cut_offs][:2] == [date(2023, 3, 31), date(2023, 4, 30)]
    assert len(quality.cut_offs) == 20
    assert quality.wape < 0.04
    assert quality.wape_opening_share is not None
    assert quality.wape_run_rate is not None
    assert 0.5 < quality.covered80 <= quality.covered95 <= 1


def test_the_fan_is_what_was_said_then_and_it_closes(whole, known):
    fan = whole.groups[3].fan
    assert [point.cut_off.month for point in fan] == [1, 2, 3, 4, 5]
    assert fan[0].estimate.sd > fan[-1].estimate.sd > whole.groups[3].estimate.sd
    then = made(known.as_known(date(2025, 3, 31)))
    assert fan[2].estimate.forecast == pytest.approx(then.groups[3].estimate.forecast, rel=1e-9)


def test_a_replay_sees_no_more_than_a_forecast_made_on_that_day(known):
    asked = cut_offs(day_number(date(2022, 1, 1)), day_number(known.as_of), 2025, 0)
    ready = prepare(known, QUICK, (), [day_number(known.as_of), *(day for day, _ in asked)])
    for one, (day, year) in list(zip(replay(ready, asked), asked, strict=True))[::6]:
        then = replace(known.as_known(date.fromordinal(719163 + day)), year=year)
        alone = view(prepare(then, QUICK, (), [day]), day, year, Method.POOLED)
        assert one.view.forecast == pytest.approx(alone.forecast, rel=1e-12)
        assert one.view.spread.model == pytest.approx(alone.spread.model, rel=1e-12)
        assert one.view.spread.steps == pytest.approx(alone.spread.steps, rel=1e-12)
        assert one.view.closed.tolist() == alone.closed.tolist()


def test_only_years_that_are_over_are_replayed():
    first = day_number(date(2020, 1, 1))
    years = {year for _, year in cut_offs(first, day_number(date(2024, 11, 30)), 2025, 0)}
    assert years == {2022, 2023}
    assert {year for _, year in cut_offs(first, day_number(date(2024, 12, 31)), 2025, 0)} == {2023, 2024}
    assert not cut_offs(first, day_number(date(2025, 6, 30)), 2025, day_number(date(2025, 1, 1)))
    assert len(cut_offs(first, day_number(date(2025, 6, 30)), 2025, 0)) == 22


def test_whatever_the_threads_the_same_bytes(known):
    alone = repr(made(known))
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: repr(made(known)), range(4))) == {alone}


def test_an_event_takes_its_share_of_the_days_and_is_shown_with_and_without(known):
    event = Event(date(2025, 7, 1), date(2025, 12, 31), "0303", 50.0)
    found = made(known, QUICK, [event])
    plain = found.without_events
    assert plain is not None
    assert found.groups[0].estimate.to_open == pytest.approx(plain.groups[0].estimate.to_open / 2, rel=1e-6)
    assert found.groups[1].estimate.to_open == pytest.approx(plain.groups[1].estimate.to_open, rel=1e-6)
    assert made(known).without_events is None


def test_a_method_may_be_chosen(known):
    for method in Method:
        found = made(known, replace(QUICK, method=method))
        assert (found.method, found.reason) == (method, Reason.CHOSEN)
    assert made(known).reason is Reason.NO_BACK_TEST


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        (date(2025, 1, 1), 36),
        (date(2025, 6, 14), 41),
        (date(2024, 11, 30), 35),
        (date(2025, 12, 31), 48),
        (date(2026, 3, 9), 50),
    ],
)
def test_any_day_around_the_year_has_an_answer(as_of, months):
    found = made(small_history(as_of=as_of))
    came = outcome(small_history(as_of=date(2026, 12, 31)))
    assert abs(found.total.forecast / came.sum() - 1) < 0.06
    assert found.months == months
    assert Flag.STOPPED not in flags(found)


@pytest.mark.parametrize("first", [date(2024, 1, 1), date(2024, 6, 1)])
@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 1, 1), date(2025, 1, 5), date(2025, 1, 10)])
def test_a_year_that_has_hardly_begun_does_not_tell_of_itself(first, day):
    later = small_history(first=first, as_of=date(2025, 12, 31))
    found = made(small_history(first=first, as_of=day), Settings())
    assert (found.method, found.reason) == (Method.POOLED, Reason.EARLY)
    for group, expected in zip(found.groups, outcome(later), strict=True):
        assert group.estimate.interval80.low < group.estimate.forecast < group.estimate.interval80.high
        assert 0.6 * expected < group.estimate.forecast < 1.5 * expected


@pytest.mark.parametrize(
    ("first", "method"),
    [
        (date(2023, 10, 1), Method.OPENING_SHARE),
        (date(2024, 4, 1), Method.RUN_RATE),
        (date(2025, 3, 1), Method.RUN_RATE),
    ],
)
def test_under_two_years_the_simpler_method_and_it_says_so(first, method):
    found = made(small_history(first=first), Settings())
    assert (found.method, found.reason, found.quality) == (method, Reason.SHORT_HISTORY, None)


@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        (lambda: kept(small_history(), np.zeros(len(small_history().trajectories), dtype=bool)), Refusal.NO_HISTORY),
        (lambda: small_history(first=date(2025, 6, 1)), Refusal.TOO_LITTLE),
        (lambda: small_history(as_of=date(2023, 12, 31)), Refusal.BEFORE_YEAR),
        (lambda: replace(small_history(as_of=date(2025, 3, 31)), as_of=date(2025, 6, 30)), Refusal.BEHIND_DATE),
        (lambda: small_history(as_of=date(2027, 1, 1)), Refusal.YEAR_DONE),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_a_reason(history, refusal):
    found = forecast(history())
    assert isinstance(found, NoForecast)
    assert found.refusal is refusal


def test_a_group_that_started_counts_from_there(known):
    found = made(without(known, 0, date(2022, 1, 1), date(2024, 8, 31)), Settings(fan=False))
    assert Flag.STARTED in flags(found)
    assert found.groups[0].estimate.forecast == pytest.approx(made(known).groups[0].estimate.forecast, rel=0.06)
    late = made(without(known, 0, date(2022, 1, 1), date(2025, 2, 28)))
    assert late.groups[0].estimate.forecast < 1.3 * made(known).groups[0].estimate.forecast


def test_a_group_that_moved_to_another_level_is_forecast_there():
    names = ("0301", "0303", "0305", "0313", "0320", "0330")
    step = {"0305": 1.3}
    later = small_history(as_of=date(2027, 1, 1), groups=names, step=step)
    moved = made(small_history(as_of=date(2025, 4, 30), groups=names, step=step))
    plain = made(small_history(as_of=date(2025, 4, 30), groups=names))
    ratio = [
        one.estimate.to_open / other.estimate.to_open for one, other in zip(moved.groups, plain.groups, strict=True)
    ]
    assert ratio[2] == pytest.approx(1.3, rel=0.08)
    assert moved.groups[2].estimate.forecast == pytest.approx(outcome(later)[2], rel=0.08)
    assert Flag.LEVEL_MOVED in flags(moved, 2)
    assert Flag.LEVEL_MOVED not in flags(plain, 2)


def test_a_group_that_stopped_opens_nothing_more(known):
    found = made(without(known, 0, date(2025, 2, 21), date(2025, 12, 31)))
    assert Flag.STOPPED in flags(found)
    assert found.groups[0].estimate.to_open == 0


def test_months_without_records_are_left_out(known):
    found = made(without(known, 0, date(2024, 2, 1), date(2024, 6, 30)))
    assert flags(found) == {Flag.GAP}
    assert found.groups[0].estimate.forecast == pytest.approx(made(known).groups[0].estimate.forecast, rel=0.05)


def test_a_group_that_began_again_is_named_as_such(known):
    found = made(without(known, 0, date(2025, 1, 1), date(2025, 4, 30)))
    assert flags(found) == {Flag.RESUMED}
    assert found.groups[0].estimate.to_open > 0


def test_a_new_system_that_recorded_the_past_in_one_lump(known):
    rows, day = known.trajectories, day_number(date(2024, 3, 1))
    moved = changed(
        known,
        recorded=np.maximum(rows.recorded, np.where(rows.opened < day, day, 0)),
        known=np.maximum(rows.known, day),
    )
    found = made(moved, Settings(fan=False))
    assert Flag.LUMP in flags(found)
    assert Flag.LUMP in found.flags
    assert found.total.forecast == pytest.approx(made(known).total.forecast, rel=0.02)
    assert found.quality is not None
    assert all(row.cut_off >= date(2024, 3, 1) for row in found.quality.cut_offs)


def test_a_month_opened_in_one_lump_is_left_out(known):
    rows = known.trajectories
    first, last = day_number(date(2023, 10, 1)), day_number(date(2024, 3, 1))
    opened = np.where((rows.group == 0) & (rows.opened >= first) & (rows.opened < last), last, rows.opened)
    order = np.argsort(opened, kind="stable")
    done = known.activities
    done = replace(done, trajectory=np.argsort(order)[done.trajectory])
    done = done.take(np.lexsort((done.day, done.trajectory)))
    lump = replace(known, trajectories=replace(rows, opened=opened).take(order), activities=done)
    found = made(lump)
    assert Flag.LUMP in flags(found)
    assert Flag.LUMP not in flags(found, 1)
    assert found.groups[0].estimate.forecast == pytest.approx(made(known).groups[0].estimate.forecast, rel=0.05)


def test_everything_recorded_on_one_day_is_read_as_recorded_in_time_and_it_says_so(known):
    rows, day = known.trajectories, day_number(known.as_of)
    loaded = changed(known, recorded=np.full(len(rows), day), known=np.where(rows.known <= day, day, rows.known))
    for history in (loaded, replace(known, recording_known=False)):
        found = made(history, Settings(fan=False))
        assert Flag.RECORDING_UNKNOWN in flags(found)
        assert found.flags == (Flag.RECORDING_UNKNOWN,)
        assert found.quality is not None
        assert found.total.forecast == pytest.approx(made(known).total.forecast, rel=0.03)


def test_fewer_than_thirty_trajectories_lean_on_the_others_with_wide_bounds(known):
    rows = known.trajectories
    few = kept(known, (rows.group != 0) | (np.arange(len(rows)) % 300 == 0))
    found = made(few)
    assert flags(found) == {Flag.SMALL}
    one, other = found.groups[0].estimate, found.groups[1].estimate
    assert one.sd / one.forecast > 4 * other.sd / other.forecast
    all_small = made(small_history(per_day=0.01))
    assert all(Flag.SMALL in group.flags for group in all_small.groups[:2])


def test_a_group_without_anything_is_nought_and_says_so(known):
    found = made(kept(known, known.trajectories.group != 0))
    assert flags(found) == {Flag.NO_OPENINGS}
    assert found.groups[0].estimate.forecast == 0


def test_corrections_and_products_without_norm_time_are_said(known):
    rows = known.trajectories
    some = np.arange(len(rows)) % 40 == 0
    found = made(changed(known, minutes=np.where(some, -rows.minutes, rows.minutes)))
    assert flags(found) == {Flag.CORRECTIONS}
    assert found.groups[0].estimate.closed < made(known).groups[0].estimate.closed
    none = made(changed(known, minutes=np.where(some, 0, rows.minutes), priced=rows.priced & ~some))
    assert flags(none) == {Flag.NO_NORM_TIMES}
    assert made(changed(known, minutes=-rows.minutes)).total.forecast < 0
    assert refused(changed(known, minutes=rows.minutes * 0)) is Refusal.TOO_LITTLE  # zero would be no forecast


def test_a_level_that_moved_is_followed_and_said():
    found = made(small_history(step={"0313": 1.4}))
    came = outcome(small_history(as_of=date(2026, 12, 31), step={"0313": 1.4}))
    assert Flag.LEVEL_MOVED in flags(found, 2)
    assert found.groups[2].estimate.forecast == pytest.approx(came[2], rel=0.06)


def test_without_contracts_activities_or_a_first_day_there_is_a_forecast(known):
    rows = known.trajectories
    assert made(replace(changed(known, contract=rows.contract * 0), contracts=())).total_contracts == {}
    assert made(replace(known, activities=known.activities.take(np.zeros(len(known.activities), dtype=bool))))
    assert made(replace(known, first=None)).total.forecast == pytest.approx(made(known).total.forecast)


def test_what_never_gets_a_product_is_not_expected_to(known):
    """Intensive care is recorded as a trajectory of its own, without a product."""
    rows = known.trajectories
    bare = np.arange(len(rows)) % 3 == 0
    given = {"care_type": np.where(bare, 51, rows.care_type), "minutes": np.where(bare, 0, rows.minutes)}
    told = made(changed(known, **given, priced=rows.priced & ~bare))
    silent = made(
        changed(known, **given, known=np.where(bare, NEVER, rows.known), closed=np.where(bare, NEVER, rows.closed))
    )
    assert silent.total.forecast == pytest.approx(told.total.forecast, rel=0.02)
    assert silent.total.in_flight == pytest.approx(told.total.in_flight, rel=0.03)
