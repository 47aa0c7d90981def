"""What stands beside a forecast: signals, landing, the bridge, the quality strip; each against a small example by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from forecast_records import YEAR, activity, asked, stored, usual_work
from puntlanding.collective import Group, Role
from puntlanding.forecast.bridge import bridges, together
from puntlanding.forecast.history import NEVER, History, day_number
from puntlanding.forecast.known import Known, known
from puntlanding.forecast.landing import SessionSize, landing
from puntlanding.forecast.outlook import Budgets, Made, rows_of, total_budget
from puntlanding.forecast.outlook_totals import total_estimate
from puntlanding.forecast.quality import Item, Judgement, strip
from puntlanding.forecast.result import (
    Checks,
    Estimate,
    Flag,
    Forecast,
    GroupForecast,
    Method,
    MonthParts,
    Reason,
)
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.signals import Signal, signal
from puntlanding.forecast.supporting import supporting_forecast
from puntlanding.forecast.working_days import Event

pytestmark = pytest.mark.unit
AS_OF = date(YEAR, 5, 31)


def months(openings: int = 10, hours: float = 20.0, until: int = 5, days: float = 20.0) -> tuple[MonthParts, ...]:
    """Each month ten openings of two hours; closed up to ``until``."""
    return tuple(
        MonthParts(date(YEAR, at, 1), openings if at <= until else 0, float(openings), int(hours * 6000) if at <= until else 0, 0.0, 0.0 if at <= until else hours, days)
        for at in range(1, 13)
    )  # fmt: skip


def group(parts: tuple[MonthParts, ...], sd: float = 5.0, name: str = "0303", worth: float = 2.0) -> GroupForecast:
    closed = sum(one.closed for one in parts)
    estimate = Estimate(closed, sum(one.in_flight for one in parts), sum(one.to_open for one in parts), sd)
    return GroupForecast(name, estimate, parts, Checks(None, None, None), worth, {}, ())


def of(*groups: GroupForecast, as_of: date = AS_OF) -> Forecast:
    sums = [sum(getattr(one.estimate, name) for one in groups) for name in ("closed", "in_flight", "to_open", "sd")]
    return Forecast(as_of, YEAR, groups, Estimate(*sums), {}, 0.25, Method.POOLED, Reason.BACK_TEST, 40, None, ())


def test_a_signal_is_given_only_where_the_budget_is_outside_the_interval() -> None:
    estimate = Estimate(600_000, 50.0, 90.0, 10.0)  # 240 ± 15.33
    assert estimate.forecast == 240
    assert [signal(estimate, budget) for budget in (224, 225, 240, 255, 256)] == [
        Signal.OVER, None, None, None, Signal.UNDER,
    ]  # fmt: skip


def test_what_it_takes_to_land_is_told_in_openings_and_sessions() -> None:
    one = group(months())
    found = landing(
        one.estimate, 310.0, one.months, AS_OF, 2.0, [SessionSize("spreekuur", openings=5), SessionSize("ok", hours=4)]
    )
    assert found is not None
    # 100 hours are closed, so 210 are needed and 140 expected. June to December have 154 weekdays less Christmas Day.
    assert (found.working_days, found.hours_needed, found.hours_expected) == (153, 210, 140)
    assert (found.openings_needed, found.openings_expected) == (105, 70)
    assert found.openings_per_week == pytest.approx(35 / 153 * 5)
    assert [(need.name, need.per_week) for need in found.sessions] == [
        ("spreekuur", pytest.approx(35 / 153)), ("ok", pytest.approx(70 / 153 * 5 / 4)),
    ]  # fmt: skip
    assert found.reachable


def test_a_budget_that_is_passed_cannot_be_landed_on_by_opening_less() -> None:
    one = group(months())
    found = landing(one.estimate, 90.0, one.months, AS_OF, 2.0)
    assert found is not None
    assert not found.reachable
    assert found.hours_needed == -10


def test_no_working_day_left_is_nothing_to_land_with() -> None:
    one = group(months(until=12))
    assert landing(one.estimate, 100.0, one.months, date(YEAR, 12, 31), 2.0) is None


def test_of_a_month_that_has_begun_the_rest_counts() -> None:
    one = group(months())
    found = landing(one.estimate, 310.0, one.months, date(YEAR, 11, 15), 2.0)
    assert found is not None
    assert found.working_days == 11 + 22  # from 16 November on, and December less Christmas Day


def test_a_week_is_a_week_whatever_a_day_weighs() -> None:
    """Who works on Saturdays too, or opens more in autumn, has other effective days, and the same calendar."""
    one = group(tuple(replace(part, working_days=31.0) for part in months()))
    found = landing(one.estimate, 310.0, one.months, AS_OF, 2.0)
    assert found is not None
    assert found.working_days == 153


def test_days_that_events_leave_out_cannot_be_used() -> None:
    usual = months()
    shut = tuple(replace(part, working_days=0.0 if part.month.month > 6 else 20.0) for part in usual)
    one = group(shut)
    found = landing(one.estimate, 310.0, one.months, AS_OF, 2.0, usual=usual)
    assert found is not None
    assert found.working_days == 22  # June
    half = tuple(replace(part, working_days=10.0) for part in usual)
    left = landing(one.estimate, 310.0, half, AS_OF, 2.0, usual=usual)
    assert left is not None
    assert left.working_days == 153 / 2


def test_the_bridge_tells_what_was_opened_and_adds_up() -> None:
    before = of(group(months(until=4)), as_of=date(YEAR, 4, 30))
    parts = list(months())
    # May: twelve opened instead of ten, worth 25 hours; from June on each month 18 hours, of 19 working days.
    parts[4] = replace(parts[4], openings=12, expected=12.0, closed=150_000)
    parts[5:] = [replace(one, to_open=18.0, working_days=19.0) for one in parts[5:]]
    now = of(group(tuple(parts)))
    found = bridges(before, now)["0303"]
    assert (found.since, found.before, found.now) == (date(YEAR, 4, 30), 24_000, 10_500 + 12_600)
    assert (found.openings, found.mix, found.events) == (400, 100, 0)
    assert found.calendar == -700  # seven months, a twentieth of ten openings of two hours
    assert found.model == -1400 + 700
    assert found.openings + found.mix + found.calendar + found.model + found.events == found.change


def test_what_events_do_is_told_apart() -> None:
    bare = of(group(months()))
    event = tuple(replace(one, to_open=one.to_open / 2) if one.month.month == 10 else one for one in months())
    now = replace(of(group(event)), without_events=bare)
    before = of(group(months(until=4)), as_of=date(YEAR, 4, 30))
    found = bridges(before, now)["0303"]
    assert (found.events, found.openings, found.mix, found.calendar, found.model) == (-1000, 0, 0, 0, 0)
    assert together([found, found]) is not None
    assert together([found, found]).change == -2000  # type: ignore[union-attr]


def test_a_group_without_budget_has_no_ratio_and_leaves_the_total_unknown() -> None:
    groups = (Group("Heelkunde", "0303", Role.GATEKEEPING), Group("Oog", "0301", Role.GATEKEEPING))
    made = Made(of(group(months()), group(months(), name="0301")))
    rows = rows_of(groups, made, Budgets({"Heelkunde": Fraction(250)}), 0.01, {})
    assert rows[0].beside.ratio == pytest.approx(240 / 250)
    assert (rows[1].beside.ratio, rows[1].beside.chances, rows[1].beside.signal) == (None, None, None)
    assert total_budget(rows) is None
    assert total_budget(rows[:1]) == 250


def test_work_without_a_budget_of_its_own_lies_above_a_budget_of_zero() -> None:
    groups = (Group("Heelkunde", "0303", Role.GATEKEEPING), Group("Oog", "0301", Role.GATEKEEPING))
    budgets = Budgets({"Heelkunde": Fraction(0), "Oog": Fraction(0)})
    busy, idle = rows_of(groups, Made(of(group(months()))), budgets, 0.01, {})
    assert (busy.beside.ratio, busy.beside.signal) == (None, Signal.OVER)
    assert busy.beside.chances is not None
    assert busy.beside.chances.over == 1
    assert (idle.beside.ratio, idle.beside.signal) == (None, None)


def test_a_group_of_which_nothing_is_known_counts_as_nothing() -> None:
    groups = (Group("Heelkunde", "0303", Role.GATEKEEPING), Group("Oog", "0301", Role.GATEKEEPING))
    rows = rows_of(groups, Made(of(group(months()))), Budgets({"Heelkunde": Fraction(250)}), 0.01, {})
    assert (rows[1].beside.estimate.forecast, rows[1].flags) == (0.0, (Flag.NO_OPENINGS,))
    assert total_budget(rows) == 250


def test_bounds_of_both_kinds_of_groups_are_joined_and_not_added() -> None:
    made = Made(of(group(months(), sd=3.0)), supporting=of(group(months(), sd=4.0, name="0362", worth=0.0)))
    found = total_estimate(made)
    assert found.forecast == 480
    assert found.sd == pytest.approx((9 + 16 + 2 * 0.25 * 12) ** 0.5)


def test_what_falls_outside_all_contracts_takes_no_part(tmp_path: Path) -> None:
    rows, done = usual_work(date(YEAR - 1, 1, 1), date(YEAR, 12, 31))
    store = stored(tmp_path, date(YEAR + 1, 6, 30), rows, done)
    whole = known(store, asked(AS_OF))
    found = known(store, asked(AS_OF, rest=None))
    assert (whole.history.contracts, found.history.contracts) == (("A", "Overige"), ("A",))
    outside = found.counts["buiten_contract"]
    assert outside == int((whole.history.trajectories.contract == 1).sum())
    assert len(found.history.trajectories) == len(whole.history.trajectories) - outside > 0
    assert found.history.supporting.minutes.sum() < whole.history.supporting.minutes.sum()


# -- the strip -----------------------------------------------------------------------------------------------------------


def usual(tmp_path: Path, change=lambda row: row, as_of: date = AS_OF) -> Known:  # type: ignore[no-untyped-def]
    rows, done = usual_work(date(YEAR - 2, 1, 1), date(YEAR, 12, 31))
    return known(stored(tmp_path, date(YEAR + 1, 6, 30), [change(row) for row in rows], done), asked(as_of))


def found_in(known_: Known) -> dict[Item, tuple[Judgement, int]]:
    return {one.item: (one.judgement, one.count) for one in strip(known_)}


def test_usual_records_raise_no_alarm(tmp_path: Path) -> None:
    found = strip(usual(tmp_path))
    assert [one.item for one in found] == list(Item)
    assert {one.judgement for one in found} == {Judgement.FINE}


def test_openings_recorded_late_are_noted(tmp_path: Path) -> None:
    def late(row):  # type: ignore[no-untyped-def]
        opened = row["openingsdatum"]
        slow = opened >= date(YEAR, 1, 1) and row["subtraject_id"] % 4 == 0
        return {**row, "geregistreerd_op": opened + timedelta(days=20)} if slow else row

    found = {one.item: one for one in strip(usual(tmp_path, late))}[Item.LATE_OPENINGS]
    assert found.judgement is Judgement.ATTENTION
    assert found.value is not None
    assert 0.2 < found.value < 0.3
    assert found.before == 0


def test_slower_closing_and_a_stock_of_old_open_ones_are_noted(tmp_path: Path) -> None:
    def slow(row):  # type: ignore[no-untyped-def]
        if row["openingsdatum"] < date(YEAR - 1, 11, 1):
            return row
        return {**row, "product_bekend_op": row["product_bekend_op"] + timedelta(days=40)}

    found = found_in(usual(tmp_path, slow))
    assert found[Item.CLOSING_LAG][0] is Judgement.ATTENTION
    assert found[Item.LONG_OPEN][0] is Judgement.ATTENTION


def test_a_month_recorded_at_once_is_named(tmp_path: Path) -> None:
    def moved(row):  # type: ignore[no-untyped-def]
        opened = row["openingsdatum"]
        return {**row, "geregistreerd_op": date(YEAR, 3, 15)} if (opened.year, opened.month) == (YEAR, 2) else row

    found = {one.item: one for one in strip(usual(tmp_path, moved))}[Item.LUMPS]
    assert (found.judgement, found.which) == (Judgement.ATTENTION, (f"{YEAR}-02",))


def test_products_without_norm_time_are_noted(tmp_path: Path) -> None:
    found = found_in(usual(tmp_path, lambda row: {**row, "zorgproduct": "110401099"}))
    assert found[Item.UNPRICED][0] is Judgement.ATTENTION


def test_what_the_source_does_not_tell_is_not_judged(tmp_path: Path) -> None:
    known_ = usual(tmp_path, lambda row: {**row, "geregistreerd_op": None, "product_bekend_op": None})
    found = found_in(known_)
    assert (known_.opened_known, known_.product_known, known_.done_known) == (False, False, True)
    assert {found[one][0] for one in (Item.LATE_OPENINGS, Item.CLOSING_LAG, Item.LUMPS)} == {Judgement.UNKNOWN}
    assert found[Item.LATER_DELIVERY][0] is Judgement.ATTENTION


def test_what_a_system_was_filled_with_is_known_from_that_day_on(tmp_path: Path) -> None:
    """Seen from the May before there is nothing; where the days of recording are left out, opening itself counts."""
    filled = date(YEAR + 1, 1, 15)
    rows, done = usual_work(date(YEAR - 2, 1, 1), date(YEAR, 12, 31))
    once = [{**row, "geregistreerd_op": filled, "product_bekend_op": filled} for row in rows]
    acts = [{**one, "geregistreerd_op": filled} for one in done]
    store = stored(tmp_path / "gevuld", date(YEAR + 1, 6, 30), once, acts)
    before, after = (known(store, asked(day)) for day in (AS_OF, filled))
    assert len(before.history.trajectories) == len(before.history.activities) == 0
    assert (before.recorded_on, after.recorded_on) == (filled, None)
    assert (after.opened_known, set(after.history.trajectories.recorded)) == (True, {day_number(filled)})
    empty = dict.fromkeys(("geregistreerd_op", "product_bekend_op"))
    left = [{**row, **empty} for row in rows]
    found = known(stored(tmp_path / "leeg", date(YEAR + 1, 6, 30), left, done), asked(AS_OF))
    assert (found.opened_known, found.product_known, found.recorded_on) == (False, False, None)
    assert len(found.history.trajectories) == sum(row["openingsdatum"] <= AS_OF for row in rows)  # type: ignore[operator]
    assert (found.history.trajectories.known < NEVER).any()


# -- supporting groups ---------------------------------------------------------------------------------------------------


def helping(tmp_path: Path, as_of: date) -> History:
    """A scan in every trajectory."""
    rows, _ = usual_work(date(YEAR - 3, 1, 1), date(YEAR, 12, 31))
    done = [activity(row, "081093", 0, 1, specialisme_uitvoerder="0362") for row in rows]
    return known(stored(tmp_path, date(YEAR + 1, 6, 30), rows, done), asked(as_of)).history


def test_supporting_groups_are_forecast_on_what_they_executed(tmp_path: Path) -> None:
    history = helping(tmp_path, AS_OF)
    found = supporting_forecast(history, of(group(months())), Settings())
    assert found is not None
    assert [one.group for one in found.groups] == ["0362"]
    one = found.groups[0].estimate
    weekdays = [date(YEAR, 1, 1) + timedelta(days=at) for at in range(365)]
    done = sum(4 for day in weekdays if day.weekday() < 5 and day < AS_OF)  # a scan is recorded a day later
    assert one.closed == (done - 4) * 1200  # and those of the 29th are in trajectories that nobody had recorded
    whole = sum(4 for day in weekdays if day.weekday() < 5) * 1200 / 6000
    assert one.forecast == pytest.approx(whole, rel=0.04)
    assert one.interval80.low < whole < one.interval80.high
    assert sum(part.closed for part in found.groups[0].months) == one.closed
    assert [point.cut_off.month for point in found.total_fan] == [1, 2, 3, 4]


def test_what_supporting_groups_do_is_under_the_contract_of_the_trajectory(tmp_path: Path) -> None:
    history = helping(tmp_path, AS_OF)
    found = supporting_forecast(history, of(group(months())), Settings())
    assert found is not None
    own = found.groups[0]
    assert list(own.contracts) == ["A", "Overige"]
    work, begin = history.supporting, day_number(date(YEAR, 1, 1))
    for at, part in enumerate(own.contracts.values()):
        assert part.closed == work.minutes[(work.contract == at) & (work.day >= begin)].sum() > 0
    parts = own.contracts.values()
    assert sum(part.closed for part in parts) == own.estimate.closed
    assert sum(part.forecast for part in parts) == pytest.approx(own.estimate.forecast)
    assert sum(part.sd**2 for part in parts) == pytest.approx(own.estimate.sd**2)
    share = own.contracts["A"].to_open / own.estimate.to_open
    assert share == pytest.approx(own.contracts["A"].closed / own.estimate.closed, abs=0.05)


def test_an_event_takes_from_what_is_still_to_be_done(tmp_path: Path) -> None:
    history = helping(tmp_path, AS_OF)
    event = Event(date(YEAR, 9, 1), date(YEAR, 9, 30), "0362", 50.0)
    found = supporting_forecast(history, of(group(months())), Settings(), [event])
    assert found is not None
    assert found.without_events is not None
    part, bare = (one.groups[0].months[8].to_open for one in (found, found.without_events))
    assert part == pytest.approx(bare / 2, rel=0.02)
    assert found.groups[0].estimate.closed == found.without_events.groups[0].estimate.closed


def test_no_work_for_others_is_no_forecast(tmp_path: Path) -> None:
    rows, _ = usual_work(date(YEAR - 1, 1, 1), date(YEAR, 12, 31))
    history = known(stored(tmp_path, date(YEAR + 1, 6, 30), rows), asked(AS_OF)).history
    assert supporting_forecast(history, of(group(months())), Settings()) is None
