"""The forecast below a group, against the same worked out row by row; and that it adds up to the group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from puntlanding.case.linked_pieces import renamed
from puntlanding.forecast.bridge import STEPS
from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import day_number, month_of
from puntlanding.forecast.in_flight import TRAINING_FROM, TRAINING_SNAPSHOTS, expected_hours, train
from puntlanding.forecast.pieces import UNKNOWN, pieces
from puntlanding.forecast.prepared import prepare
from puntlanding.forecast.settings import Settings
from puntlanding.norms.structure import Change, product_structure
from small_history import small_history

pytestmark = pytest.mark.unit

QUICK = Settings(region="noord", back_test=False, fan=False)
AS_OF = date(2025, 6, 30)


def codes_of(history):
    """A product per weight, diagnosis and group, known when the history knows it; diagnoses as the reader spells them."""
    rows = history.trajectories
    known = rows.known <= day_number(history.as_of)
    products = 100_000_000 + rows.group * 100 + rows.diagnosis + (rows.minutes > 30_000) * 10
    spelled = np.array([int.from_bytes(f"{one:04}".encode(), "big") for one in range(20)])
    return np.where(known, products, -1), spelled[rows.diagnosis]


def made(history, products, diagnoses):
    now = forecast(history, QUICK)
    return now, pieces(history, products, diagnoses, now, QUICK)


@pytest.fixture(scope="module")
def usual():
    history = small_history(AS_OF)
    products, diagnoses = codes_of(history)
    return history, products, *made(history, products, diagnoses)


def in_hundredths(parts):
    return sum(one.in_flight for one in parts), sum(one.to_open for one in parts)


def test_each_adds_up_to_its_group(usual):
    _, _, now, found = usual
    assert set(found) == {one.group for one in now.groups}
    for one in now.groups:
        for parts in (found[one.group].products, found[one.group].diagnoses):
            assert sum(part.closed for part in parts) == one.estimate.closed
            assert in_hundredths(parts) == tuple(
                round(hours * STEPS) for hours in (one.estimate.in_flight, one.estimate.to_open)
            )
            assert [part.code for part in parts] == sorted(part.code for part in parts)


def test_what_is_closed_is_counted_row_by_row(usual):
    history, products, now, found = usual
    rows, at = history.trajectories, day_number(AS_OF)
    minutes, counts = defaultdict(int), defaultdict(int)
    for row in range(len(rows)):
        if rows.opened[row] >= day_number(date(2025, 1, 1)) and rows.known[row] <= at:
            key = now.groups[rows.group[row]].group, str(products[row])
            minutes[key] += int(rows.minutes[row])
            counts[key] += 1
    told = {(group, one.code): one for group, parts in found.items() for one in parts.products}
    assert {key: one.closed for key, one in told.items() if one.count} == dict(minutes)
    assert {key: one.count for key, one in told.items() if one.count} == dict(counts)


def test_what_is_open_goes_where_its_cell_went_row_by_row(usual):
    """The plain way: each open trajectory's hours over the products that its cell became, weighed by hours; then what is to come."""
    history, products, now, found = usual
    at = day_number(AS_OF)
    known = prepare(history, QUICK, (), [at])
    rows, cells = known.history.trajectories, known.snapshots
    taught = [(s, f) for s, f in zip(cells.snapshots, cells.fine, strict=True) if s.day <= at - TRAINING_FROM][
        -TRAINING_SNAPSHOTS:
    ]
    became, wider = defaultdict(lambda: defaultdict(float)), defaultdict(lambda: defaultdict(float))
    for snapshot, fine in taught:
        for row, cell in zip(snapshot.rows, fine, strict=True):
            if rows.known[row] <= at and rows.minutes[row] > 0:
                hours = float(rows.minutes[row]) / 6000
                became[int(cell)][int(products[row])] += hours
                wider[int(cells.coarse_of_middle[cells.middle_of[cell]])][int(products[row])] += hours
    usual_of = defaultdict(lambda: defaultdict(float))
    for row in range(len(rows)):
        if rows.known[row] <= at and at - TRAINING_FROM - 365 < rows.opened[row] <= at - TRAINING_FROM:
            usual_of[int(rows.group[row])][int(products[row])] += float(rows.minutes[row]) / 6000
    flying, expected = expected_hours(cells, train(known.history, cells, at), at)
    fine = cells.fine[cells.at(at)]
    start = (2025 - 1970) * 12
    wanted = defaultdict(lambda: defaultdict(float))
    for row, hours, cell in zip(flying, expected, fine, strict=True):
        if start <= int(month_of(rows.opened[row : row + 1])[0]) < start + 12:
            coarse = int(cells.coarse_of_middle[cells.middle_of[cell]])
            shares = became.get(int(cell)) or wider.get(coarse) or usual_of[int(rows.group[row])]
            for product, weight in shares.items():
                wanted[int(rows.group[row])][product] += float(hours) * weight / sum(shares.values())
    for place, one in enumerate(now.groups):
        shares, whole = usual_of[place], sum(usual_of[place].values())
        late = one.estimate.in_flight - sum(wanted[place].values())
        for part in found[one.group].products:
            share = shares.get(int(part.code), 0.0) / whole
            assert abs(part.in_flight / STEPS - wanted[place].get(int(part.code), 0.0) - late * share) < 0.011
            assert abs(part.to_open / STEPS - one.estimate.to_open * share) < 0.011


def test_a_diagnosis_that_is_open_more_often_is_expected_more(usual):
    _, _, _, found = usual
    by_code = {one.code: one for one in found["0303"].diagnoses}
    assert set(by_code) == {f"000{one}" for one in range(6)}
    heavy = sum(by_code[f"000{one}"].in_flight for one in (3, 4, 5))
    assert heavy > sum(by_code[f"000{one}"].in_flight for one in (0, 1, 2))  # a fifth of them, ten times as long


def test_a_group_of_which_nothing_closed_keeps_its_hours():
    """A product is not made up: what nothing tells of is shown as not known yet."""
    history = small_history(AS_OF)
    rows = history.trajectories
    young = (rows.group != 0) | (rows.opened >= day_number(date(2025, 5, 15)))
    place = np.cumsum(young) - 1
    done = history.activities.take(young[history.activities.trajectory])
    history = replace(
        history, trajectories=rows.take(young), activities=replace(done, trajectory=place[done.trajectory])
    )
    products, diagnoses = codes_of(history)
    products = np.where(history.trajectories.group == 0, -1, products)
    now, found = made(history, products, diagnoses)
    own = now.group("0303")
    assert own.estimate.in_flight > 0
    (only,) = found["0303"].products
    assert only.code == UNKNOWN
    assert in_hundredths([only]) == (round(own.estimate.in_flight * STEPS), round(own.estimate.to_open * STEPS))


def test_a_product_that_was_replaced_stands_under_what_took_its_place():
    history = small_history(AS_OF)
    rows = history.trajectories
    products = np.full(len(rows), 100)
    changes = (
        Change(2024, "0303", "zorgproduct", "000000100", "000000200"),
        Change(2025, "0303", "zorgproduct", "000000200", "000000300"),
        Change(2025, "0305", "zorgproduct", "000000100", "000000400"),
        Change(2025, "0305", "zorgproduct", "000000100", "000000500"),  # split: nobody knows which
        Change(2025, "0313", "zorgproduct", "000000100", "000000600"),
        Change(2025, "0313", "zorgproduct", "000000100", "000000700", hospital="hier"),
        Change(2026, "0320", "zorgproduct", "000000100", "000000800"),
        Change(2025, "0320", "zorgactiviteit", "000100", "000900"),
    )
    found = renamed(history, products, product_structure(changes), "hier")
    at, this_year = day_number(date(2024, 1, 1)), day_number(date(2025, 1, 1))
    expected = {0: lambda opened: 300 if opened < at else 100, 1: lambda _: 100, 3: lambda _: 100}
    expected[2] = lambda opened: 700 if opened < this_year else 100
    assert found.tolist() == [expected[int(of)](opened) for of, opened in zip(rows.group, rows.opened, strict=True)]


def test_the_forecast_of_a_piece_is_its_parts(usual):
    found = usual[3]
    one = found["0305"].products[0]
    assert one.forecast == Fraction(one.closed, 6000) + Fraction(one.in_flight + one.to_open, 100)
    assert one.closed_hours == Fraction(one.closed, 6000)
