"""How good a forecast of these made-up hospitals can be at all: the error of one that knows everything but the future.

    .venv/bin/python benchmarks/forecast/ceiling.py --data build/forecast [--held-out] [--hospitals N] [--workers N]

It knows every number of the generator, the variant, each group's level and noise on the day, steps and dips that have begun, the hours
per opening of the year, what is in flight, and which care paths that have begun come back, and when. After the day the generator's
noise, new care paths, steps and dips are drawn anew; its forecast is the median of those draws, and its WAPE their mean distance to it.
No method does better on these hospitals. A second one knows the same, but must tell the levels and the noise on the day from the care
paths that began until then, as anybody must: by the filter that is best for this generator's own numbers. Beside them: ours, and
the opening share × hours per opening.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from make_hospitals import VARIANTS, YEARS, _profile, hospital, seeds
from quality import CUT_OFFS, _plain_share, wape

from puntlanding.demo import openings as drawn
from puntlanding.demo import year_calendar
from puntlanding.demo.calibration import between, number, specialisms
from puntlanding.demo.codebook import codebook
from puntlanding.demo.hospitals import _begun
from puntlanding.demo.pathways import chains, diary, plan, starts_per_year
from puntlanding.demo.profile import Profile, stream
from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import History, day_number, month_end, month_number
from puntlanding.forecast.result import PER_HOUR, Forecast
from puntlanding.forecast.settings import Settings

DRAWS = 400
FINE = 1e6  # the generator counts in whole care paths; rates come out of it as so many times as many
STEP_DAYS = 300
START, END = day_number(date(YEARS[-1], 1, 1)), day_number(date(YEARS[-1], 12, 31))


@dataclass(frozen=True, slots=True)
class Truth:
    """Group × day of the year: care paths per day without noise (planned and urgent), and the noise and dips as they were.

    ``opened``: group × days since a care path began, its openings so far; ``squared``: of their square.
    ``order``: the places of the history's groups.
    """

    planned: np.ndarray
    urgent: np.ndarray
    step: np.ndarray
    hospital: np.ndarray
    groups: np.ndarray
    dip: np.ndarray
    dip_before: bool
    opened: np.ndarray
    squared: np.ndarray
    order: np.ndarray


@dataclass(frozen=True, slots=True)
class Row:
    variant: str
    month: int
    possible: float
    knowable: float
    ours: float
    simple: float


class _Rates:
    """In place of a source of chance: the rate itself."""

    def poisson(self, rate: np.ndarray) -> np.ndarray:
        return rate


def _truth(variant: str, seed: int) -> Truth:
    profile, kind = _profile(seed), drawn.Variant(variant)
    first, last = date(YEARS[0] - int(number("omvang.inloop")), 1, 1), date(YEARS[-1] + 1, 12, 31)
    room = drawn.capacity(profile, first, last, seed, kind)
    days = year_calendar.span(first, last)
    bare = year_calendar.planned(days, profile.region)
    flat = drawn.Capacity(room.first, bare, room.urgent, np.ones_like(room.groups))
    book = codebook(None, (date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)))
    course = plan(profile, book)
    known = {one.code: one for one in specialisms("poort")}
    kept = drawn.stream
    try:
        drawn.stream = lambda of, *key: _Rates() if key[1] == 4 else kept(of, *key)
        starts = starts_per_year(profile, course) * FINE
        planned, urgent = drawn.paths_per_day(profile, known, starts, flat, YEARS[-1], seed, drawn.Variant.STABLE)
    finally:
        drawn.stream = kept
    one = drawn.Capacity(room.first, np.ones_like(bare), room.urgent, room.groups)
    dips = drawn.shocked(one, profile, YEARS[-1], seed).planned if kind is drawn.Variant.SHOCK else one.planned
    year = slice(START - room.first, END - room.first + 1)
    opened, squared = _per_path(profile, course, flat, seed)
    return Truth(
        planned[:, year] / FINE,
        urgent[:, year] / FINE,
        _steps(profile, seed, kind),
        (room.planned / bare)[year],
        room.groups[:, year],
        dips[year],
        bool((dips[: START - room.first] < 1).any()),
        opened,
        squared,
        np.argsort([one.specialism for one in profile.gatekeepers]),
    )


def _steps(profile: Profile, seed: int, kind: drawn.Variant) -> np.ndarray:
    days = np.arange(START, END + 1)
    dates, years = np.datetime64("1970-01-01", "D") + days, np.full(len(days), YEARS[-1])
    groups = range(len(profile.gatekeepers))
    if kind is not drawn.Variant.DRIFT:
        return np.ones((len(groups), len(days)))
    return np.stack([drawn._step(profile, at, years, dates, YEARS[-1], seed) for at in groups])


def _per_path(profile: Profile, course: object, flat: drawn.Capacity, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Of care paths that begin in an ordinary year: how many trajectories each has opened so many days later."""
    begun = _begun(profile, course, flat, date(YEARS[0], 12, 31), 0.3, seed, drawn.Variant.STABLE)
    rows = chains(begun, course, diary(flat.first, flat.planned), END, stream(seed, 0, 99))
    group = course.groups[begun["cluster"]]
    of_year = (begun["opened"] >= day_number(date(YEARS[0], 1, 1))) & (
        begun["opened"] <= day_number(date(YEARS[0], 12, 31))
    )
    size, age = END - START + 1, np.minimum(rows["opened"] - begun["opened"][rows["path"]], END - START + 1)
    rank = np.zeros(len(age), dtype=np.int64)
    order = np.lexsort((rows["opened"], rows["path"]))
    sorted_path = rows["path"][order]
    begins = np.flatnonzero(np.r_[True, sorted_path[1:] != sorted_path[:-1]])
    rank[order] = np.arange(len(order)) - np.repeat(begins, np.diff(np.r_[begins, len(order)]))
    groups = len(profile.gatekeepers)
    use = of_year[rows["path"]] & (age < size)
    place = group[rows["path"]][use] * size + age[use]
    many = np.maximum(np.bincount(group[of_year], minlength=groups), 1)[:, None]
    # A path's n-th opening raises the square of its count by 2n - 1.
    sums = [
        np.bincount(place, weights=weights, minlength=groups * size).reshape(groups, size).cumsum(axis=1) / many
        for weights in (np.ones(int(use.sum())), 2.0 * rank[use] + 1.0)
    ]
    return sums[0], sums[1]


def _noise(state: np.ndarray, days: int, sd: float, chance: np.random.Generator) -> np.ndarray:
    """Draws × rows × days of exp(AR(1)) from the state on the day."""
    memory = number("ritme.ruis_geheugen")
    now = np.broadcast_to((np.log(state) + sd * sd / 2) / sd, (DRAWS, len(state)))
    found = np.empty((DRAWS, len(state), days))
    for day in range(days):
        now = memory * now + np.sqrt(1 - memory**2) * chance.normal(0, 1, now.shape)
        found[:, :, day] = now
    return np.exp(sd * found - sd * sd / 2)


def _posterior(truth: Truth, passed: int, year_before: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Covariance of the logs of noise of the hospital and the groups, and of the groups' levels of the year, after counting the care
    paths of the year before and of ``passed`` days. Kalman; it does not depend on what was counted, only on how much.

    State: hospital, groups, levels. A day's planned care paths tell of all three together, with 1 ÷ their number as variance.
    """
    groups, memory = len(truth.planned), number("ritme.ruis_geheugen")
    fresh = np.r_[number("ritme.ruis_ziekenhuis"), np.full(groups, number("ritme.ruis_vakgroep"))] ** 2
    level = number("omvang.jaar_spreiding") ** 2
    found = np.diag(np.r_[fresh, np.full(groups, level)])
    seen = np.hstack([np.ones((groups, 1)), np.eye(groups), np.eye(groups)])
    fade = np.r_[np.full(groups + 1, memory), np.ones(groups)]
    planned, urgent = (
        np.concatenate([before, now[:, :passed]], axis=1)
        for before, now in zip(year_before, (truth.planned, truth.urgent), strict=True)
    )
    for day in range(planned.shape[1]):
        found = found * np.outer(fade, fade)
        found[np.arange(groups + 1), np.arange(groups + 1)] += fresh * (1 - memory**2)
        if day == year_before[0].shape[1]:  # a new year, with new levels
            found[groups + 1 :, :] = 0.0
            found[:, groups + 1 :] = 0.0
            found[np.arange(groups + 1, 2 * groups + 1), np.arange(groups + 1, 2 * groups + 1)] = level
        noise = (planned[:, day] + urgent[:, day]) / np.maximum(planned[:, day], 1e-6) ** 2
        of_sum = seen @ found @ seen.T + np.diag(noise)
        gain = np.linalg.solve(of_sum, seen @ found).T
        found = found - gain @ seen @ found
    return (found + found.T) / 2


def _later_steps(truth: Truth, passed: int, chance: np.random.Generator) -> np.ndarray:
    """Draws × groups × days to come. Days of a step are drawn evenly over the first STEP_DAYS of the year."""
    groups, days = truth.step.shape
    left = max(STEP_DAYS - passed, 0) / STEP_DAYS
    share = number("variant.sprong_aandeel")
    still = truth.step[:, passed - 1] == 1
    comes = (chance.random((DRAWS, groups)) < share * left / (1 - share * (1 - left))) & still
    size = chance.uniform(*between("variant.sprong"), (DRAWS, groups)) * np.where(
        chance.random((DRAWS, groups)) < 0.5, 1, -1
    )
    day = chance.integers(passed, max(STEP_DAYS, passed) + 1, (DRAWS, groups))
    later = np.where(comes[..., None] & (np.arange(passed, days) >= day[..., None]), 1 + size[..., None], 1.0)
    return later * truth.step[:, passed - 1][None, :, None]


def _later_dips(truth: Truth, passed: int, chance: np.random.Generator) -> np.ndarray:
    """Draws × days to come. What has begun is known to its end; what has not, is drawn."""
    days = len(truth.dip)
    found = np.ones((DRAWS, days - passed))
    begun = np.flatnonzero(np.diff(np.r_[1.0, truth.dip]) < 0)  # first days of dips
    names = ["naschok"] if truth.dip_before else ["schok", "naschok"]
    for at, name in enumerate(names):
        if at < len(begun) and begun[at] < passed:
            after = begun[at + 1] if at + 1 < len(begun) else days
            found *= np.where(np.arange(passed, days) < after, truth.dip[passed:], 1.0)
            continue
        low, high = between(f"variant.{name}_begin")
        begin = chance.integers(max(int(low), passed), max(int(high), passed) + 1, DRAWS)[:, None]
        low, high = between(f"variant.{name}_weken")
        end = begin + 7 * chance.integers(int(low), int(high) + 1, DRAWS)[:, None]
        depth = chance.uniform(*between(f"variant.{name}"), DRAWS)[:, None]
        day = np.arange(passed, days)
        found *= np.where((day >= begin) & (day < end), 1 - depth, 1.0)
    return found


def _possible(truth: Truth, whole: History, day: int, variant: str, unsure: np.ndarray | None = None) -> float:
    """The mean distance of what may come to the median of it, as % of the year's hours. ``unsure``: covariance of what is known of
    the hospital's noise, the groups' and their levels.
    """
    passed = day - START + 1
    days = END - day
    chance = np.random.default_rng([day, int(truth.planned.sum())])
    rates = truth.planned[:, passed:] * _noise(truth.groups[:, passed - 1], days, number("ritme.ruis_vakgroep"), chance)
    rates *= _noise(truth.hospital[passed - 1 : passed], days, number("ritme.ruis_ziekenhuis"), chance)
    if unsure is not None:
        off = chance.multivariate_normal(np.zeros(len(unsure)), unsure, DRAWS, method="eigh")
        groups, fading = len(truth.planned), number("ritme.ruis_geheugen") ** np.arange(1, days + 1)
        noise = (off[:, :1] + off[:, 1 : groups + 1])[..., None] * fading
        rates *= np.exp(noise + off[:, groups + 1 :, None])
    if variant == drawn.Variant.SHOCK:
        rates *= _later_dips(truth, passed, chance)[:, None]
    rates += truth.urgent[:, passed:]
    if variant == drawn.Variant.DRIFT:
        rates *= _later_steps(truth, passed, chance)
    reach = np.arange(days)[::-1]
    openings, squares = (np.einsum("rgd,gd->rg", rates, part[:, reach]) for part in (truth.opened, truth.squared))
    rows = whole.trajectories
    of_year = (rows.opened >= START) & (rows.opened <= END)
    hours, group = rows.minutes[of_year] / PER_HOUR, rows.group[of_year]
    count = np.bincount(group, minlength=len(whole.groups))
    total = np.bincount(group, weights=hours, minlength=len(count))
    each = total / count
    spread = np.bincount(group, weights=hours**2, minlength=len(count)) / count - each**2
    openings, squares = openings[:, truth.order], squares[:, truth.order]
    came = openings * each + np.sqrt(squares * each**2 + openings * spread) * chance.normal(0, 1, openings.shape)
    return float(np.abs(came - np.median(came, axis=0)).mean(axis=0).sum() / total.sum() * 100)


def rows(asked: tuple[str, int, Path]) -> list[Row]:
    variant, seed, folder = asked
    whole, truth = hospital(variant, seed, folder), _truth(variant, seed)
    table = whole.trajectories
    of_year = (table.opened >= START) & (table.opened <= END)
    outcome = np.bincount(table.group[of_year], weights=table.minutes[of_year] / PER_HOUR, minlength=len(whole.groups))
    found = []
    for month in CUT_OFFS:
        day = month_end(month_number(date(whole.year, month, 1)))
        known = whole.as_known(day)
        made = forecast(known, Settings(back_test=False, fan=False))
        if not isinstance(made, Forecast):
            raise TypeError(str(made))
        ours = wape(np.array([one.estimate.forecast for one in made.groups]), outcome)
        simple = wape(_plain_share(known, month), outcome)
        at = day_number(day)
        unsure = _posterior(truth, at - START + 1, (truth.planned, truth.urgent))
        known_all, known_counts = (_possible(truth, whole, at, variant, part) for part in (None, unsure))
        found.append(Row(variant, month, known_all, known_counts, ours, simple))
    return found


def _print(name: str, found: Sequence[Row], of: str) -> list[float]:
    values = [[getattr(row, of) for row in found if row.month == month] for month in CUT_OFFS]
    values += [[getattr(row, of) for row in found]]
    values += [[getattr(row, of) for row in found if row.variant == variant] for variant in VARIANTS]
    means = [float(np.mean(part)) for part in values]
    print(f"{name:<44}" + "".join(f"{value:8.2f}" for value in means))
    return means


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("build/forecast"))
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--hospitals", type=int, default=None, help="per variant")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    chosen = seeds(options.held_out)
    chosen = [one for name in VARIANTS for one in [pair for pair in chosen if pair[0] == name][: options.hospitals]]
    with ProcessPoolExecutor(options.workers) as workers:
        parts = workers.map(rows, [(variant, seed, options.data) for variant, seed in chosen])
        found = [row for part in parts for row in part]
    print(f"{len(chosen)} hospitals")
    print(f"{'':<44}" + "".join(f"{name:>8}" for name in ("Feb", "Apr", "Jun", "Aug", "Oct", "mean", *VARIANTS)))
    possible = _print("WAPE of one that knows all but the future, %", found, "possible")
    knowable = _print("WAPE, the state told from what was counted, %", found, "knowable")
    _print("WAPE of the forecast, %", found, "ours")
    simple = _print("WAPE of opening share × hours per opening, %", found, "simple")
    for name, best in (("all but the future", possible), ("told from what was counted", knowable)):
        times = [one / other for one, other in zip(simple, best, strict=True)]
        print(f"{'times better than it: ' + name:<44}" + "".join(f"{value:8.2f}" for value in times))


if __name__ == "__main__":
    main()
