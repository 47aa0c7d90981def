"""A delivery cut to an earlier day against a plain oracle: what was recorded by then, and of it what was known by then."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast_records import HOSPITAL, YEAR, Row, some_activities, some_trajectories, stored
from puntlanding.fold.known_then import known_then

pytestmark = pytest.mark.generative


@st.composite
def some_work(draw: st.DrawFn) -> tuple[list[Row], list[Row], date]:
    """Of some rows nobody tells when they were recorded, or when their product became known."""
    rows = draw(some_trajectories())
    for row in rows:
        for name in ("geregistreerd_op", "product_bekend_op"):
            if draw(st.integers(0, 4)) == 0:
                row[name] = None
    done = draw(some_activities(rows))
    for one in done:
        if draw(st.integers(0, 4)) == 0:
            one["geregistreerd_op"] = None
    return rows, done, date(YEAR - 1, 1, 1) + timedelta(days=draw(st.integers(0, 800)))


def then(row: Row, own: str, *rest: str) -> date:
    return max(day for name in (own, *rest) if isinstance(day := row[name], date))


def plain(rows: Sequence[Row], day: date) -> dict[object, tuple[object, object]]:
    found: dict[object, tuple[object, object]] = {}
    for row in rows:
        if then(row, "openingsdatum", "geregistreerd_op") > day:
            continue
        since = then(row, "openingsdatum", "geregistreerd_op", "sluitdatum", "product_bekend_op")
        known = row["zorgproduct"] is not None and since <= day
        found[row["subtraject_id"]] = (row["sluitdatum"], row["zorgproduct"]) if known else (None, None)
    return found


@settings(max_examples=40, deadline=None)
@given(some_work())
def test_a_delivery_cut_to_a_day_is_what_was_known_on_it(work: tuple[list[Row], list[Row], date]) -> None:
    rows, done, day = work
    found: dict[object, tuple[object, object]] = {}
    acts = 0
    with tempfile.TemporaryDirectory() as folder:
        store = stored(Path(folder), date(YEAR + 2, 1, 1), rows, done)
        for kept in store.deliveries(HOSPITAL):
            records = known_then(store.records(HOSPITAL, kept.year), day)
            part = records.trajectories.select("subtraject_id", "sluitdatum", "zorgproduct").collect()
            found |= {own: (closed, product) for own, closed, product in part.iter_rows()}
            acts += records.activities.collect().height
    assert found == plain(rows, day)
    assert acts == sum(then(one, "datum", "geregistreerd_op") <= day for one in done)
