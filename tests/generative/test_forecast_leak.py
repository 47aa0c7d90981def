"""A forecast sees what was known on its day, and nothing else: whatever is altered of what was recorded later changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import NEVER, day_number
from puntlanding.forecast.settings import Settings
from small_history import small_history

pytestmark = pytest.mark.generative
WHOLE = small_history(as_of=date(2026, 12, 31), per_day=1.5)
WIDE = small_history(  # so many groups and openings that what happened is read in new care paths
    as_of=date(2026, 12, 31), groups=("0301", "0303", "0305", "0313", "0320", "0330"), per_day=3.0, step={"0305": 1.3}
)
PLAIN = Settings(fan=False)
QUICK = Settings(back_test=False, fan=False)


def altered(history, day, seed):
    """Later rows gone, doubled or changed, later products and activities changed; earlier ones as they were."""
    chance = np.random.default_rng(seed)
    rows, done = history.trajectories, history.activities
    later = rows.recorded > day
    unknown = rows.known > day
    size = len(rows)
    rows = replace(
        rows,
        group=np.where(later, chance.integers(0, len(history.groups), size), rows.group),
        care_type=np.where(later, 13, rows.care_type),
        diagnosis=np.where(later, 0, rows.diagnosis),
        closed=np.where(unknown, np.where(chance.random(size) < 0.5, NEVER, day + 7), rows.closed),
        known=np.where(unknown, np.where(chance.random(size) < 0.5, NEVER, day + 9), rows.known),
        minutes=np.where(unknown, chance.integers(-(10**6), 10**6, size), rows.minutes),
        priced=rows.priced ^ unknown,
    )
    late = (done.recorded > day) | (done.day > day)
    done = replace(
        done,
        kind=np.where(late, chance.integers(0, 4, len(done)), done.kind),
        quantity=np.where(late, 99, done.quantity),
        recorded=np.where(late, day + 1 + chance.integers(0, 50, len(done)), done.recorded),
    )
    return replace(history, trajectories=rows, activities=done)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 700), st.integers(0, 10**6))
def test_what_was_recorded_later_changes_nothing(back, seed):
    day = date(2025, 12, 1) - timedelta(days=back)
    other = altered(WHOLE, day_number(day), seed)
    assert repr(forecast(WHOLE.as_known(day), PLAIN)) == repr(forecast(other.as_known(day), PLAIN))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 500), st.integers(0, 10**6))
def test_nor_where_new_care_paths_are_read(back, seed):
    day = date(2025, 12, 1) - timedelta(days=back)
    other = altered(WIDE, day_number(day), seed)
    assert repr(forecast(WIDE.as_known(day), QUICK)) == repr(forecast(other.as_known(day), QUICK))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1400), st.integers(0, 500))
def test_an_earlier_day_is_the_same_through_a_day_between(back, between):
    last = date(2025, 12, 1)
    day = last - timedelta(days=back)
    there = WHOLE.as_known(day)
    through = WHOLE.as_known(day + timedelta(days=between)).as_known(day)
    for table in ("trajectories", "activities"):
        one, other = getattr(there, table), getattr(through, table)
        for name in one.__slots__:
            assert np.array_equal(getattr(one, name), getattr(other, name)), name
