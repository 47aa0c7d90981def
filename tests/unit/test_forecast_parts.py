"""Each formula of the forecast against a small example by hand or a plain loop."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from puntlanding.forecast.day_weights import daily_openings, fit_weights, recorded_share
from puntlanding.forecast.history import (
    NEVER,
    Activities,
    ActivityClass,
    History,
    Trajectories,
    day_number,
    month_end,
    month_number,
    month_of,
)
from puntlanding.forecast.in_flight import AGES, CARE_TYPES, Cells, cell_means, cells, expected_hours, snapshot, train
from puntlanding.forecast.intervals import (
    DIP_LEAST,
    DIP_MOST,
    DIP_YEARS,
    DIPS_A_YEAR,
    LEAST,
    MOST,
    STEP_LEAST,
    STEP_MOST,
    STEPS_A_YEAR,
    Scale,
    Spread,
    bounds,
    dip_sd,
    scale,
    sd_of_sum,
    step_sd,
    untested,
)
from puntlanding.forecast.level import ALIKE, GRID, START_VARIANCE, WARM_UP, damped, levels, trend
from puntlanding.forecast.openings import Months, by_pace, by_share, earlier_shares, pooled, presence
from puntlanding.forecast.result import Estimate
from puntlanding.forecast.seasons import centred, seasons, shrunk
from puntlanding.forecast.student import T80, T95, below, quantile
from puntlanding.forecast.working_days import BRIDGE, PUBLIC, SCHOOL, Event, kinds, nearest_region, room_of

pytestmark = pytest.mark.unit


def ints(*values):
    return np.array(values, dtype=np.int64)


def test_students_t_is_that_of_the_tables_and_of_its_density():
    assert pytest.approx(1.5332, abs=1e-4) == T80
    assert pytest.approx(2.7764, abs=1e-4) == T95
    grid = np.linspace(-60, 1.3, 400_001)
    density = 0.375 * (1 + grid**2 / 4) ** -2.5
    assert below(1.3) == pytest.approx(np.trapezoid(density, grid), abs=1e-5)
    for chance in (0.001, 0.1, 0.4, 0.5, 0.77, 0.999):
        assert below(quantile(chance)) == pytest.approx(chance, abs=1e-12)
    assert below(-1e12) == pytest.approx(0.0)
    assert below(1e12) == 1.0


def test_an_estimate_is_the_sum_of_its_parts_and_never_falls_below_what_is_closed():
    one = Estimate(closed=6000 * 100, in_flight=20.0, to_open=30.0, sd=40.0)
    assert one.forecast == 150.0
    assert one.interval80.low == 100.0
    assert one.interval80.high == pytest.approx(150 + T80 * 40)
    assert one.probability(99.0, 0.0).over == 1.0


def test_the_chances_of_landing_by_hand():
    one = Estimate(closed=0, in_flight=0.0, to_open=1000.0, sd=10.0)
    landing = one.probability(1000.0, 0.01)
    assert landing.within == pytest.approx(below(1.0) - below(-1.0))
    assert landing.under == pytest.approx(landing.over)
    assert landing.under + landing.within + landing.over == pytest.approx(1.0)
    assert one.probability(2000.0).under > 0.999
    sure = Estimate(closed=6000, in_flight=0.0, to_open=0.0, sd=0.0)
    assert [sure.probability(budget).within for budget in (1.0, 2.0)] == [1.0, 0.0]
    assert sure.probability(2.0).under == 1.0
    assert sure.probability(0.5).over == 1.0


def test_totals_are_correlated_sums():
    sd = np.array([3.0, 4.0])
    assert sd_of_sum(sd, 0.0) == 5.0
    assert sd_of_sum(sd, 1.0) == 7.0
    assert sd_of_sum(sd, 0.25) == pytest.approx(math.sqrt(0.75 * 25 + 0.25 * 49))


def test_bounds_grow_with_what_was_missed_and_groups_that_miss_together_are_correlated():
    calm = scale([np.array([0.1, -0.1, 0.1]), np.array([-0.1, 0.1, -0.1])])
    assert (calm.groups == LEAST).all()
    far = scale([np.array([3.0, 3.0, 3.0])] * 4)
    assert (far.groups > 2).all()
    assert far.correlation > calm.correlation
    one = scale([np.array([4.0, 0.1, 0.1, np.nan])] * 4)
    assert one.groups[0] > one.groups[1]
    assert np.isfinite(one.groups).all()
    assert (scale([np.full(3, 1e9)]).groups <= MOST).all()
    assert scale([np.full(3, np.nan)]).groups == pytest.approx(np.full(3, math.sqrt(0.5)).clip(LEAST))
    assert (untested(2).groups > 1).all()


@pytest.mark.parametrize(("ahead", "left"), [(0.0, 0.84), (0.0, 0.5), (0.0, 0.1), (0.3, 1.0)])
def test_steps_and_dips_spread_what_is_to_open_as_drawing_them_does(ahead, left):
    chance, many = np.random.default_rng(8), 400_000
    size = chance.uniform(STEP_LEAST, STEP_MOST, many)
    day = chance.uniform(-ahead, left, many)  # of a step, that comes for certain
    counts = size * np.minimum((left - day) / left, 1.0)
    assert step_sd(ahead, left) ** 2 == pytest.approx(STEPS_A_YEAR * (ahead + left) * (counts**2).mean(), rel=0.01)
    depth = chance.uniform(DIP_LEAST, DIP_MOST, many)
    begin = chance.uniform(0, left, many)
    falls_away = depth * np.minimum(DIP_YEARS, left - begin) / left
    assert dip_sd(left) ** 2 == pytest.approx(DIPS_A_YEAR * left * (falls_away**2).mean(), rel=0.01)


def test_a_year_that_is_over_has_no_steps_or_dips_to_come():
    assert step_sd(0.0, 0.0) == 0.0
    assert dip_sd(0.0) == 0.0


def test_bounds_have_the_variance_of_what_they_are_made_of_and_so_has_their_sum():
    model, steps, dips = np.array([3.0, 4.0, 1.0]), np.array([3.0, 9.0, 0.5]), np.array([2.0, 1.0, 1.0])
    found = bounds(Spread(model, steps, dips), Scale(np.array([1.0, 2.0, 1.0]), 0.3))
    scaled = np.array([3.0, 8.0, 1.0])
    variance = scaled**2 + steps**2 + dips**2
    assert 2 * found.groups**2 == pytest.approx(variance)
    model_total = sum(a * b * (1.0 if at == to else 0.3) for at, a in enumerate(scaled) for to, b in enumerate(scaled))
    total = model_total + (steps**2).sum() + dips.sum() ** 2
    assert 2 * sd_of_sum(found.groups, found.correlation) ** 2 == pytest.approx(total)
    assert bounds(Spread(model[:1], steps[:1], dips[:1]), Scale(np.ones(1), 0.25)).correlation == 0.25


def test_where_nothing_but_the_ordinary_course_is_to_come_the_80_bounds_are_the_normal_ones():
    model = np.array([3.0, 4.0, 0.0])
    found = bounds(Spread(model, 0 * model, 0 * model), Scale(np.ones(3), 0.3))
    assert found.correlation == pytest.approx(0.3)
    assert T80 * found.groups == pytest.approx(1.281552 * model)
    assert bounds(Spread(0 * model, 0 * model, 0 * model), Scale(np.ones(3), 0.25)).groups.tolist() == [0.0] * 3


def kind_of(day, region=None):
    at = day_number(day)
    return divmod(int(kinds(at, at, region)[0]), len(SCHOOL))


def test_holidays_move_and_bridge_days_stand_between():
    assert kind_of(date(2025, 4, 26))[0] == 5  # King's Day 2025 is kept on Saturday: no working day lost
    assert kind_of(date(2026, 4, 27))[0] == PUBLIC
    assert kind_of(date(2025, 5, 5))[0] == PUBLIC  # Liberation Day once in five years
    assert kind_of(date(2026, 5, 5))[0] == 1
    assert kind_of(date(2025, 4, 18))[0] == 4  # Good Friday is worked
    assert kind_of(date(2025, 5, 30))[0] == BRIDGE  # the Friday after Ascension Day
    assert kind_of(date(2025, 7, 21), "midden")[1] == SCHOOL.index("zomer")
    assert kind_of(date(2025, 7, 14), "midden")[1] == 0
    assert kind_of(date(2025, 7, 14), "noord")[1] == SCHOOL.index("zomer")
    assert kind_of(date(2035, 8, 1), "noord")[1] == SCHOOL.index("zomer")  # borrowed from the nearest year
    assert kind_of(date(2015, 12, 28), "zuid")[1] == SCHOOL.index("kerst")


def test_events_leave_room_per_group_and_multiply():
    first = day_number(date(2025, 1, 1))
    events = (
        Event(date(2025, 1, 2), date(2025, 1, 3), None, 50.0),
        Event(date(2025, 1, 3), date(2025, 2, 9), "b", 0.0),
    )
    room = room_of(events, ("a", "b"), first, first + 3)
    assert room.tolist() == [[1, 0.5, 0.5, 1], [1, 0.5, 0, 0]]


def test_the_region_is_the_one_whose_holidays_were_kept():
    first, last = day_number(date(2022, 1, 1)), day_number(date(2024, 12, 31))
    chance = np.random.default_rng(3)
    for region in ("noord", "midden", "zuid"):
        cell = kinds(first, last, region)
        rate = np.where(cell // len(SCHOOL) < 5, 300, 20) * np.where(cell % len(SCHOOL) == 0, 1.0, 0.8)
        assert nearest_region(chance.poisson(rate).astype(float), first) == region
    assert nearest_region(np.ones(200), first) is None


def test_late_recording_is_added_by_the_share_recorded_at_that_age():
    group, delay = np.zeros(1000, dtype=np.int64), np.repeat([0, 10], [900, 100])
    opened = np.full(1000, 800)
    share = recorded_share(group, delay, opened, 1, 1000)
    assert share[0, 0] == pytest.approx(0.9, abs=1e-9)
    assert share[0, 9] == pytest.approx(0.9, abs=1e-9)
    assert share[0, 10] == pytest.approx(1.0)


def table(**columns):
    size = len(columns["opened"])
    given = {
        "group": np.zeros(size),
        "closed": np.full(size, NEVER),
        "recorded": columns["opened"],
        "known": np.full(size, NEVER),
        "minutes": np.zeros(size),
        "priced": np.ones(size, dtype=bool),
        "care_type": np.full(size, 11),
        "diagnosis": np.zeros(size),
        "contract": np.zeros(size),
    }
    given |= columns
    kept = {
        name: np.asarray(one) if name == "priced" else np.asarray(one, dtype=np.int64) for name, one in given.items()
    }
    return Trajectories(**kept)


def test_what_was_seen_and_what_it_will_grow_to():
    opened = np.sort(np.repeat(np.arange(0, 1001), 10))
    delay = np.tile([0] * 9 + [5], 1001)
    rows = table(opened=opened, recorded=opened + delay)
    found = daily_openings(rows, 1, 0, 1000, 1000)
    assert found.seen[0, 990] == 10
    assert found.seen[0, 1000] == 9
    assert found.developed[0, 1000] == pytest.approx(10, rel=1e-3)
    assert found.developed.sum() == pytest.approx(10010, rel=1e-3)


def test_days_are_weighed_by_contrasts_within_months():
    first, last = day_number(date(2023, 1, 1)), day_number(date(2024, 12, 31))
    cell = kinds(first, last, "midden")
    months = month_of(np.arange(first, last + 1))
    weight = np.where(cell // len(SCHOOL) >= 5, 0.1, np.where(cell // len(SCHOOL) == 4, 0.8, 1.0))
    weight = weight * np.where(cell % len(SCHOOL) == SCHOOL.index("zomer"), 0.7, 1.0)
    growth = np.where(months % 2 == 0, 1000.0, 3000.0)  # the level of a month is not taken for the kind of its days
    found = fit_weights(np.stack([weight * growth] * 2), cell, months, np.ones((2, len(cell))))
    zomer = SCHOOL.index("zomer")
    assert found.weights[0, zomer] / found.weights[0, 0] == pytest.approx(0.7, abs=0.01)
    assert found.weights[0, 5 * len(SCHOOL)] / found.weights[0, 0] == pytest.approx(0.1, abs=0.01)
    assert found.weights[0, 4 * len(SCHOOL)] / found.weights[0, 0] == pytest.approx(0.8, abs=0.01)


def plain_means(known, fine, group, hours, closed, k=15.0):
    """The formula in words, with dictionaries: ĥ_c = (Σ h + K ĥ_parent) ÷ (n + K)."""

    def sums(keys):
        found = {}
        for key, value in zip(keys, hours, strict=True):
            count, total = found.get(key, (0, 0.0))
            found[key] = (count + 1, total + value)
        return found

    middle_of = [int(one) for one in known.middle_of]
    coarse_of = [int(one) for one in known.coarse_of_middle]
    by_fine = sums([int(one) for one in fine])
    by_middle = sums([middle_of[int(one)] for one in fine])
    by_coarse = sums([coarse_of[middle_of[int(one)]] for one in fine])
    by_group = sums([int(one) for one in group])

    def lean(found, parent):
        count, total = found
        return (total + k * parent) / (count + k)

    means = []
    for cell in range(known.count):
        middle = middle_of[cell]
        coarse = coarse_of[middle]
        of_group = coarse // (CARE_TYPES * 12)
        mean = lean(by_group.get(of_group, (0, 0.0)), closed[of_group])
        mean = lean(by_coarse.get(coarse, (0, 0.0)), mean)
        mean = lean(by_middle.get(middle, (0, 0.0)), mean)
        means.append(lean(by_fine.get(cell, (0, 0.0)), mean))
    return means


def test_cell_means_are_those_of_plain_loops():
    chance = np.random.default_rng(5)
    groups, middles = 2, 2 * CARE_TYPES * 12 * AGES * 4
    middle_of = np.sort(chance.choice(middles, 30, replace=False))
    known = Cells(groups, (), (), middle_of, np.arange(middles) // (AGES * 4), 30)
    fine = chance.integers(0, 25, 400)  # five cells never trained
    group = known.coarse_of_middle[middle_of[fine]] // (CARE_TYPES * 12)
    hours = chance.gamma(1.0, 3.0, 400)
    balance = group * CARE_TYPES * AGES + chance.integers(0, 5, 400)
    closed = np.array([3.0, 4.0])
    found = cell_means(known, fine, balance, group, hours, closed)
    expected = plain_means(known, fine, group, hours, closed)
    assert found.fine == pytest.approx(expected, rel=1e-12)
    for cell in set(balance.tolist()):
        inside = balance == cell
        factor = (hours[inside].sum() + 50) / (sum(expected[at] for at in fine[inside]) + 50)
        assert found.calibration[cell] == pytest.approx(factor, rel=1e-12)


def test_a_state_is_what_was_recorded_by_the_day():
    rows = table(opened=[100, 100, 110], recorded=[100, 130, 110], known=[NEVER, NEVER, 115])
    done = Activities(
        ints(0, 0, 0, 2), ints(ActivityClass.OPERATION, ActivityClass.VISIT, ActivityClass.VISIT, 0),
        ints(105, 105, 106, 111), ints(105, 106, 125, 111), ints(1, 1, 1, 1),
    )  # fmt: skip
    history = History(date(2000, 1, 1), 1970, ("g",), (), rows, done)
    early, late = snapshot(history, 112), snapshot(history, 131)
    assert early.rows.tolist() == [0, 2]
    assert late.rows.tolist() == [0, 1]
    assert (early.coarse[0] % 12, early.coarse[1] % 12) == (6, 0)  # operation done; nothing
    assert early.middle[0] % 4 == 0
    assert late.middle[0] % 4 == 1  # the second visit was recorded on day 125
    assert late.balance[0] % AGES == 2


def test_open_trajectories_get_what_their_likes_came_to():
    days = np.arange(0, 900)
    rows = table(
        opened=days,
        known=days + 100,
        closed=days + 95,
        minutes=np.where(days % 2 == 0, 6000, 18000),
        diagnosis=days % 2,
    )
    known_by = 700
    kept = rows.take(rows.opened <= known_by)
    none = Activities(*(np.zeros(0, dtype=np.int64) for _ in range(5)))
    history = History(date(1971, 12, 2), 1971, ("g",), (), kept, none)
    ends = [day_number(month_end(month)) for month in range(2, 17)]
    ready = cells(history, [*ends, known_by])
    at, hours = expected_hours(ready, train(history, ready, known_by), known_by)
    assert len(at) == 100
    assert hours[rows.diagnosis[at] == 0].mean() == pytest.approx(1.0, abs=0.2)
    assert hours[rows.diagnosis[at] == 1].mean() == pytest.approx(3.0, abs=0.2)


def test_months_count_as_far_as_years_agree():
    month = np.arange(36) % 12
    effect = np.where(month == 7, -0.3, np.where(month == 1, 0.2, 0.0))
    found, _ = shrunk(effect[None], np.ones((1, 36)), month)
    assert found[0, [7, 1, 4]] == pytest.approx([-0.3, 0.2, 0.0], abs=1e-6)
    noise = np.random.default_rng(2).normal(0, 0.1, (1, 36))
    assert np.abs(shrunk(noise, np.ones((1, 36)), month)[0]).max() < 0.08
    assert shrunk(effect[None, :12], np.ones((1, 12)), month[:12])[0].any() == np.False_


def test_a_shock_does_not_become_a_season():
    month = np.arange(36) % 12
    logs = np.tile(np.where(month == 7, -0.2, 0.0), (5, 1)) + np.random.default_rng(1).normal(0, 0.01, (5, 36))
    logs[:, 15:17] -= 0.5
    found = seasons(logs, month, np.ones((5, 36)))
    assert (found.weights[:, 15:17] < 0.1).all()
    assert np.abs(found.effects[:, 3:5]).max() < 0.05
    assert found.effects[:, 7].mean() == pytest.approx(-0.18, abs=0.04)


def test_the_middle_of_the_months_around_by_hand():
    logs, weights = np.arange(20.0)[None], np.ones((1, 20))
    weights[0, 3] = 0
    found = centred(logs, weights)
    assert found[0, 0] == pytest.approx(np.mean([0, 1, 2, 4, 5, 6]))
    assert found[0, 10] == pytest.approx(10.0)


def plain_filter(logs, noise, setting):
    """One group, one setting of the grid: the textbook filter with matrices."""
    slow, fast, memory = setting
    state = np.array([np.mean(logs[:6]), 0.0])
    spread = np.diag([START_VARIANCE, fast / (1 - memory**2)])
    move, fresh, see = np.diag([1.0, memory]), np.diag([slow, fast]), np.ones(2)
    likelihood = 0.0
    for at, value in enumerate(logs):
        if at:
            state, spread = move @ state, move @ spread @ move.T + fresh
        total = see @ spread @ see + noise[at]
        surprise = value - see @ state
        if at >= WARM_UP:
            likelihood -= 0.5 * (np.log(total) + min(surprise**2 / total, 12.0))
        gain = spread @ see / total
        state, spread = state + gain * surprise, spread - np.outer(gain, gain) * total
    return state, spread, likelihood


def test_levels_are_those_of_the_filter_in_matrices():
    logs = 1 + np.cumsum(np.random.default_rng(4).normal(0, 0.03, 30))
    noise = np.full(30, 0.001)
    found = levels(logs[None], noise[None], np.ones((1, 30)))
    plain = [plain_filter(logs, noise, setting) for setting in GRID]
    chance = np.exp((np.array([one[2] for one in plain]) - max(one[2] for one in plain)) / ALIKE)
    assert found.chance == pytest.approx(chance / chance.sum(), rel=1e-9)
    for at, (state, spread, _) in enumerate(plain):
        assert (found.level[at, 0], found.departure[at, 0]) == pytest.approx(tuple(state), rel=1e-9, abs=1e-12)
        assert found.covariance[at, 0] == pytest.approx(spread[0, 1], rel=1e-9, abs=1e-15)


def test_ahead_is_level_and_fading_departure_and_grows_uncertain():
    logs = np.full((2, 24), 0.7)
    found = levels(logs, np.full((2, 24), 0.001), np.ones((2, 24)))
    mean, spread = found.ahead(np.array([0.0, 1.0, 6.0, 12.0]))
    assert mean == pytest.approx(np.full((2, 4), 0.7), abs=1e-9)
    along = np.diagonal(spread, axis1=1, axis2=2)
    assert (np.diff(along, axis=1) > 0).all()
    assert (np.linalg.eigvalsh(spread[0]) > -1e-12).all()


def test_a_trend_counts_in_part_and_fades():
    logs = 0.01 * np.arange(30.0)[None]
    slope, error = trend(logs, np.ones((1, 30)))
    assert slope[0] == pytest.approx(0.35 * 0.01)
    assert error[0] == pytest.approx(0.0, abs=1e-9)
    assert trend(logs[:, :20], np.ones((1, 20)))[0][0] == 0
    assert damped(np.array([0.0, 1.0, 2.0])) == pytest.approx([0, 0.9, 0.9 + 0.81])


def months(counts, days=20.0, part=1.0, peak=None):
    counts = np.asarray(counts, dtype=float)
    top = counts / 20 if peak is None else np.asarray(peak, dtype=float)
    return Months(month_number(date(2022, 1, 1)), counts, np.full_like(counts, days), top, part)


def test_the_opening_share_by_hand():
    counts = np.tile(np.repeat([10.0, 20.0], 6), 2)[None]  # a third of each year's openings up to June
    of_year, passed = np.full((1, 12), 20.0), np.array([[20.0] * 6 + [0.0] * 6])
    share = earlier_shares(months(counts), 2024, of_year, passed)
    assert share == pytest.approx([1 / 3])
    rest = by_share(np.array([60.0]), share, np.array([[0.0] * 6 + [20.0] * 6]))
    assert rest.sum() == pytest.approx(120.0)
    assert np.isnan(earlier_shares(months(counts[:, :9]), 2023, of_year, passed)).all()
    assert by_pace(np.array([60.0]), passed, np.array([[0.0] * 6 + [10.0] * 6])).sum() == pytest.approx(30.0)
    assert np.isnan(by_pace(np.array([0.0]), passed * 0, of_year)).all()


def test_what_a_group_is_follows_from_its_months():
    steady = np.full(24, 100.0)
    begun, ended, broken, lump, tiny, none, again = (steady.copy() for _ in range(7))
    begun[:10], ended[20:], broken[8:11], tiny[:], none[:], again[18:21] = 0, 0, 0, 1, 0, 0
    lump[5] = 900
    counts = np.stack([steady, begun, ended, broken, lump, tiny, none, again])
    peak = counts / 20
    peak[4, 5] = 850
    found = presence(months(counts, peak=peak))
    for flag, row in (("started", 1), ("stopped", 2), ("lump", 4), ("small", 5), ("empty", 6), ("resumed", 7)):
        assert np.flatnonzero(getattr(found, flag)).tolist() == [row], flag
    assert np.flatnonzero(found.gap).tolist() == [3, 7]
    assert found.weights[1, :10].sum() == 0
    assert found.weights[3].sum() == 21
    assert found.weights[4, 5] == 0


def test_steady_openings_go_on_and_stopped_groups_stay_stopped():
    counts = np.full((3, 36), 100.0)
    counts[1, 30:] = 0
    counts[2] = 1.0
    of = months(counts)
    ahead = np.arange(of.first + 36, of.first + 42)
    coming = pooled(of, ahead, np.full((3, 6), 10.0), presence(of))
    assert coming.openings[0] == pytest.approx(np.full(6, 50.0), rel=0.03)
    assert coming.openings[1].sum() == 0
    assert coming.openings[2] == pytest.approx(np.full(6, 0.5), rel=0.1)
