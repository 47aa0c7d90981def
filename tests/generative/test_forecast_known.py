"""What is known on a day: against a plain reading of the rows, and blind for whatever was recorded later."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast_records import (
    DROPPED,
    NORM_TIMES,
    OPERATION,
    SCAN,
    YEAR,
    Row,
    asked,
    some_activities,
    some_trajectories,
    stored,
    trajectory,
)
from puntlanding.forecast.history import NEVER, ActivityClass, History, day_number
from puntlanding.forecast.known import known

pytestmark = pytest.mark.generative
DELIVERED = date(YEAR + 1, 6, 30)
DAYS = st.integers(0, 365 + 180).map(lambda days: date(YEAR, 1, 1) + timedelta(days=days))
CLASSES = {"190060": ActivityClass.VISIT, "190090": ActivityClass.DAY_TREATMENT, "190218": ActivityClass.NURSING_DAY, OPERATION: ActivityClass.OPERATION}  # fmt: skip
FIRST = trajectory(
    900, date(YEAR, 1, 1), specialisme="0301", geregistreerd_op=date(YEAR, 1, 1)
)  # so that the year is there
MINUTES = {(specialism, code): minutes for specialism, _, code, minutes in NORM_TIMES.iter_rows()}


def history(day: date, rows: Sequence[Row], done: Sequence[Row], delivered: date = DELIVERED) -> History:
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), delivered, rows, done)
        return known(store, asked(day)).history


def plainly(history: History) -> dict[str, list[list[object]]]:
    """Everything in it, diagnoses as the groups they make."""
    found = {}
    for name in ("trajectories", "activities", "supporting"):
        part = getattr(history, name)
        found[name] = [
            getattr(part, one.name).tolist() for one in fields(part) if one.name not in ("groups", "diagnosis")
        ]
    group, diagnosis = history.trajectories.group, history.trajectories.diagnosis
    _, alike = np.unique(group * 100 + diagnosis, return_inverse=True)
    found["diagnosis"] = [alike.tolist()]
    return found


@given(st.data(), DAYS)
@settings(max_examples=15)
def test_what_is_known_is_what_a_plain_reading_gives(data: st.DataObject, day: date) -> None:
    rows = [*data.draw(some_trajectories()), FIRST]
    done = data.draw(some_activities(rows))
    found = history(day, rows, done)
    expected = sorted(filter(None, (_plain(row, day) for row in rows)), key=lambda one: (one[0], one[-1]))
    of = found.trajectories
    names = [found.groups[at] for at in of.group]
    contracts = [found.contracts[at] for at in of.contract]
    columns = (of.opened, of.recorded, of.closed, of.known, of.minutes, of.priced, of.care_type)
    listed = list(zip(*(one.tolist() for one in columns), names, contracts, strict=True))
    assert listed == [one[:-1] for one in expected]
    place = {one[-1]: at for at, one in enumerate(expected)}
    telling = [one for one in done if one["za_code"] in CLASSES and one["subtraject_id"] in place and _there(one, day)]
    told = sorted(
        (place[one["subtraject_id"]], day_number(one["datum"]), CLASSES[one["za_code"]], one["aantal"])
        for one in telling
    )
    acts = found.activities
    listed = zip(acts.trajectory.tolist(), acts.day.tolist(), acts.kind.tolist(), acts.quantity.tolist(), strict=True)
    assert sorted(listed) == told
    assert np.all(np.diff(acts.trajectory * 10**6 + acts.day) >= 0)
    assert _supporting(found) == _helped(rows, done, day)


def _there(one: Row, day: date) -> bool:
    return max(one["geregistreerd_op"], one["datum"]) <= day


def _plain(row: Row, day: date) -> tuple | None:
    opened, recorded = row["openingsdatum"], max(row["geregistreerd_op"], row["openingsdatum"])
    if recorded > day or row["zorgtype"] == "51" or row["specialisme"] not in ("0301", "0303"):
        return None
    closed, known_on, minutes, priced = NEVER, NEVER, 0, False
    known = row["product_bekend_op"]
    if row["zorgproduct"] is not None and max(known, row["sluitdatum"], recorded) <= day:
        closed, known_on = day_number(row["sluitdatum"]), day_number(max(known, row["sluitdatum"], recorded))
        nothing = row["zorgproduct"] == DROPPED or row["declaratiecode"] == "16A933"
        time = MINUTES.get((row["specialisme"], row["zorgproduct"]))
        minutes, priced = (0, True) if nothing else (time or 0, time is not None)
    elif opened + timedelta(days=365) <= day:
        closed = known_on = day_number(max(opened + timedelta(days=365), recorded))
        priced = True
    contract = "A" if row["verzekeraar"] == "3311" else "Overige"
    numbers = (day_number(opened), day_number(recorded), closed, known_on, minutes, priced, int(row["zorgtype"]))
    return (*numbers, row["specialisme"], contract, row["subtraject_id"])


def _supporting(found: History) -> list[tuple[int, int, str, int]]:
    one = found.supporting
    contracts = [found.contracts[at] for at in one.contract]
    return sorted(zip(one.day.tolist(), one.recorded.tolist(), contracts, one.minutes.tolist(), strict=True))


def _helped(rows: Iterable[Row], done: Iterable[Row], day: date) -> list[tuple[int, int, str, int]]:
    """What was done in a trajectory is known once both are recorded, and is under its contract."""
    since = {row["subtraject_id"]: max(row["geregistreerd_op"], row["openingsdatum"]) for row in rows}
    contract = {row["subtraject_id"]: "A" if row["verzekeraar"] == "3311" else "Overige" for row in rows}
    sums: dict[tuple[int, int, str], int] = {}
    for one in done:
        recorded = max(one["geregistreerd_op"], since[one["subtraject_id"]])
        if one["za_code"] == SCAN and recorded <= day:
            key = (day_number(one["datum"]), day_number(recorded), contract[one["subtraject_id"]])
            sums[key] = sums.get(key, 0) + one["aantal"] * 1200
    return sorted((*key, minutes) for key, minutes in sums.items())


@given(st.data(), DAYS)
@settings(max_examples=12)
def test_an_earlier_day_can_be_had_from_a_later_history(data: st.DataObject, day: date) -> None:
    rows = [*data.draw(some_trajectories()), FIRST]
    done = data.draw(some_activities(rows))
    assert plainly(history(DELIVERED, rows, done).as_known(day)) == plainly(history(day, rows, done))


@given(st.data(), DAYS)
@settings(max_examples=12)
def test_nothing_that_was_recorded_later_changes_anything(data: st.DataObject, day: date) -> None:
    rows = [*data.draw(some_trajectories()), FIRST]
    done = data.draw(some_activities(rows))
    later = [_altered(data, row, day) for row in rows]
    others = [
        one if _there(one, day) else {**one, "aantal": 99, "za_code": data.draw(st.sampled_from((SCAN, OPERATION)))}
        for one in done
    ]
    fresh = [
        trajectory(2000 + number, day - timedelta(days=30), geregistreerd_op=day + timedelta(days=1))
        for number in range(data.draw(st.integers(0, 3)))
    ]
    ours, theirs = history(day, rows, done), history(day, [*later, *fresh], others)
    assert plainly(ours) == plainly(theirs)
    assert (ours.as_of, ours.first, ours.groups, ours.contracts) == (theirs.as_of, theirs.first, theirs.groups, theirs.contracts)  # fmt: skip


def _altered(data: st.DataObject, row: Row, day: date) -> Row:
    """With whatever was recorded of it after ``day`` another way."""
    if max(row["geregistreerd_op"], row["openingsdatum"]) > day:
        return {**row, "specialisme": "0301", "diagnose": "0999", "verzekeraar": "7029", "zorgproduct": DROPPED}
    known = row["product_bekend_op"]
    if known is not None and max(known, row["sluitdatum"], row["geregistreerd_op"]) <= day:
        return row
    closed = day + timedelta(days=data.draw(st.integers(1, 60)))
    what = data.draw(st.sampled_from(("open", "other", "early")))
    if what == "open":
        gone = ("sluitdatum", "zorgproduct", "product_bekend_op", "declaratiecode", "afsluitreden")
        return {**row, **dict.fromkeys(gone)}
    early = row["openingsdatum"] if what == "early" else closed
    return {**row, "sluitdatum": early, "zorgproduct": DROPPED, "declaratiecode": "16A933", "product_bekend_op": closed}


def test_what_was_delivered_on_the_day_counts_before_what_came_later() -> None:
    row = trajectory(1, date(YEAR, 1, 5))
    with tempfile.TemporaryDirectory() as folder:
        stored(Path(folder), date(YEAR, 5, 31), [row])
        store = stored(Path(folder), date(YEAR, 9, 30), [{**row, "specialisme": "0301"}])
        first = known(store, asked(date(YEAR, 7, 31)))
        second = known(store, asked(date(YEAR, 9, 30)))
        early = known(store, asked(date(YEAR, 4, 30)))
    assert first.history.trajectories.group.tolist() == [1]
    assert first.history.as_of == date(YEAR, 5, 31)  # nothing is known of June and July
    assert [one.stale for one in first.deliveries] == [False]
    assert second.history.trajectories.group.tolist() == [0]
    assert early.history.as_of == date(YEAR, 4, 30)
    assert [one.later for one in early.deliveries] == [True]


def _as_extracted(rows: Sequence[Row], done: Sequence[Row], day: date) -> tuple[list[Row], list[Row]]:
    """What an extract of that day holds, of a source that does not tell when anything was recorded."""
    gone = dict.fromkeys(("geregistreerd_op", "product_bekend_op"))
    blank = dict.fromkeys(("sluitdatum", "zorgproduct", "declaratiecode", "afsluitreden"))
    found = []
    for row in rows:
        if max(row["geregistreerd_op"], row["openingsdatum"]) <= day:
            known_ = row["product_bekend_op"]
            hidden = known_ is None or max(known_, row["sluitdatum"]) > day
            found.append({**row, **(blank if hidden else {}), **gone})
    there = {row["subtraject_id"] for row in found}
    acts = [{**one, "geregistreerd_op": None} for one in done if one["subtraject_id"] in there and _there(one, day)]
    return found, acts


@given(some_trajectories())
@settings(max_examples=3)
def test_monthly_deliveries_tell_what_a_source_without_days_does_not(rows: list[Row]) -> None:
    """On the day of each delivery of the last year, what was known by the last one's history is what that delivery had."""
    rows = [*rows, FIRST]
    ends = [date(YEAR, 1, 31) + timedelta(days=30 * at) for at in range(14)]
    with tempfile.TemporaryDirectory() as folder:
        for end in ends:
            store = stored(Path(folder), end, *_as_extracted(rows, [], end))
        last = known(store, asked(ends[-1]))
        assert (last.opened_known, last.product_known) == (True, True)
        assert last.history.recording_known
        for end in ends[1:-1]:
            then = plainly(known(store, asked(end)).history)
            # An opening that turned up later than its own delivery is recorded on that one's day in both; the days themselves may
            # differ, what was known may not.
            assert _facts(last.history.as_known(end)) == _facts_of(then)


def _facts(history: History) -> list[tuple[object, ...]]:
    return _facts_of(plainly(history))


def _facts_of(plain: dict[str, list[list[object]]]) -> list[tuple[object, ...]]:
    """Group, opened, closed, minutes and whether its product is known, of each trajectory."""
    group, opened, closed, _, known_, minutes, *_ = plain["trajectories"]
    return [(a, b, c, d, e < NEVER) for a, b, c, d, e in zip(group, opened, closed, minutes, known_, strict=True)]  # type: ignore[operator]


def test_a_few_deliveries_tell_nothing() -> None:
    row = trajectory(1, date(YEAR, 1, 5), geregistreerd_op=None, product_bekend_op=None)
    with tempfile.TemporaryDirectory() as folder:
        for end in (date(YEAR, 1, 31), date(YEAR, 6, 30), date(YEAR + 1, 1, 31)):
            store = stored(Path(folder), end, [row])
        found = known(store, asked(date(YEAR + 1, 1, 31)))
    assert (found.opened_known, found.product_known, found.history.recording_known) == (False, False, False)
