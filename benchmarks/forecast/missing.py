"""What a better forecast of these made-up hospitals would have to know: its error when it is told one true thing at a time.

    .venv/bin/python benchmarks/forecast/missing.py --data build/forecast [--held-out] [--hospitals N] [--workers N]

The pooled model stays as it is, and its number of openings is put right for what it is told: the generator's calendar, growth, levels of
years, steps, dips and noise, carried through from new care paths to all openings by how many each care path opens. Steps, dips and noise up
to the cut-off are what a forecaster could have found out at best; those after it nobody can know.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from ceiling import _truth
from make_hospitals import VARIANTS, YEARS, _profile, hospital, seeds
from quality import CUT_OFFS, _plain_share, wape

from puntlanding.demo import openings as drawn
from puntlanding.demo import year_calendar
from puntlanding.demo.calibration import number, specialisms
from puntlanding.forecast import level
from puntlanding.forecast import openings as o
from puntlanding.forecast.cut_off import _months, view
from puntlanding.forecast.day_weights import daily_openings, fit_weights, monthly, still_ahead
from puntlanding.forecast.history import day_number, month_end, month_number, month_of
from puntlanding.forecast.new_paths import Turns, carried
from puntlanding.forecast.prepared import Prepared, prepare
from puntlanding.forecast.result import PER_HOUR, Method
from puntlanding.forecast.settings import Settings

FIRST, LAST = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)
OF_PLANNED = ("dips", "departures", "dips to come")  # urgent care goes on
PAST = ("growth and levels", "steps", "dips", "departures")
TOLD = {
    "nothing of it": (),
    "the calendar": (),
    "growth and levels of years": ("growth and levels",),
    "departures so far": ("departures",),
    "dips so far": ("dips",),
    "steps so far": ("steps",),
    "all that has happened": PAST,
    "that and what steps and dips come": (*PAST, "steps to come", "dips to come"),
}


@dataclass(frozen=True, slots=True)
class Paths:
    """Group × day of all years: new care paths by the calendar alone, planned and urgent, and what multiplies them."""

    planned: np.ndarray
    urgent: np.ndarray
    level: np.ndarray
    step: np.ndarray
    dip: np.ndarray
    noise: np.ndarray
    follow: np.ndarray

    def factors(self, passed: int) -> dict[str, np.ndarray]:
        days = self.step.shape[1]
        step = np.where(np.arange(days) < passed, self.step, self.step[:, passed - 1 : passed])
        ends = np.flatnonzero(np.diff(self.dip[passed - 1 :])) if self.dip[passed - 1] < 1 else np.zeros(1, dtype=int)
        dip = np.where(np.arange(days) < passed + (ends[0] if len(ends) else days), self.dip, 1.0)
        left = number("ritme.ruis_geheugen") ** np.maximum(np.arange(days) - passed + 1, 0)
        noise = np.where(np.arange(days) < passed, self.noise, self.noise[:, passed - 1 : passed]) * left
        return {
            "growth and levels": self.level,
            "steps": step,
            "dips": dip[None],
            "departures": np.exp(noise),
            "steps to come": self.step / step,
            "dips to come": (self.dip / dip)[None],
        }


def paths(variant: str, seed: int) -> Paths:
    profile, kind = _profile(seed), drawn.Variant(variant)
    begin = date(YEARS[0] - int(number("omvang.inloop")), 1, 1)
    room = drawn.capacity(profile, begin, date(YEARS[-1] + 1, 12, 31), seed, kind)
    here = slice(day_number(FIRST) - room.first, day_number(LAST) - room.first + 1)
    days = np.arange(room.first, room.first + len(room.planned))
    bare = year_calendar.planned(days, profile.region)
    one = replace(room, planned=np.ones_like(bare))
    dips = drawn.shocked(one, profile, YEARS[-1], seed).planned if kind is drawn.Variant.SHOCK else one.planned
    dates = np.datetime64("1970-01-01", "D") + days
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    known = {one.code: one for one in specialisms("poort")}
    acute = np.array([known[group.specialism].acute for group in profile.gatekeepers])[:, None]
    many = range(len(profile.gatekeepers))
    growth = np.array([group.growth for group in profile.gatekeepers])[:, None]
    level = (1 + growth) ** (years - YEARS[-1]) * np.stack([drawn._yearly(profile, at, years, seed) for at in many])
    step = np.ones_like(level)
    if kind is drawn.Variant.DRIFT:
        step = np.stack([drawn._step(profile, at, years, dates, YEARS[-1], seed) for at in many])
    truth = _truth(variant, seed)
    noise = np.log(room.groups) + np.log(room.planned / bare)
    parts = ((1 - acute) * bare / bare.mean(), acute * room.urgent / room.urgent.mean(), level, step)
    planned, urgent, level, step, noise = (part[truth.order][:, here] for part in (*parts, noise))
    return Paths(planned, urgent, level, step, dips[here], noise, np.diff(truth.opened, axis=1, prepend=0.0))


def rows(asked: tuple[str, int, Path]) -> list[dict[str, object]]:
    variant, seed, folder = asked
    whole, truth = hospital(variant, seed, folder), paths(variant, seed)
    table = whole.trajectories
    month_of_year = month_of(table.opened) - (YEARS[-1] - 1970) * 12
    of_year = (month_of_year >= 0) & (month_of_year < 12)
    groups = len(whole.groups)
    outcome = np.bincount(table.group[of_year], weights=table.minutes[of_year] / PER_HOUR, minlength=groups)
    found = []
    for month in CUT_OFFS:
        day = month_end(month_number(date(YEARS[-1], month, 1)))
        known, at = whole.as_known(day), day_number(day)
        ready = prepare(known, Settings(), (), [at])
        if ready is None:
            raise ValueError(day)
        seen = view(ready, at, YEARS[-1], Method.POOLED)
        came = np.bincount(table.group[of_year & (table.opened > at)], minlength=groups)
        counted = _told(ready, truth, at)
        counted["the openings themselves"] = came
        sure = seen.forecast - seen.to_open.sum(axis=1)
        row: dict[str, object] = {"variant": variant, "month": month}
        row["opening share × hours per opening"] = wape(_plain_share(known, month), outcome)
        row["forecast"] = wape(seen.forecast, outcome)
        row |= {name: wape(sure + count * seen.hours.per_opening, outcome) for name, count in counted.items()}
        found.append(row)
    return found


def _told(ready: Prepared, truth: Paths, at: int) -> dict[str, np.ndarray]:
    daily = daily_openings(ready.history.trajectories, len(ready.history.groups), ready.first, at, at)
    size = daily.seen.shape[1]
    weights = fit_weights(daily.developed, ready.kinds[:size], ready.months[:size], ready.room[:, :size])
    own_days = weights.days(ready.kinds, ready.room)
    true_days, _ = carried(np.zeros_like(truth.planned), truth.planned + truth.urgent, truth.follow)
    start = (YEARS[-1] - 1970) * 12
    ahead = np.arange(int(ready.months[size - 1]) + 1, start + 12, dtype=np.int64)
    factors, usual = truth.factors(size), level.TREND_SHARE
    found = {}
    for name, told in TOLD.items():
        days = own_days if name == "nothing of it" else true_days
        past = _months(ready, daily, days[:, :size], days, at)
        rates = [truth.planned, truth.urgent]
        for one in told:
            rates = [rates[0] * factors[one], rates[1] * (1.0 if one in OF_PLANNED else factors[one])]
        with_it, _ = carried(np.zeros_like(rates[0]), rates[0] + rates[1], truth.follow)
        ratio = [
            np.log(some(with_it) / some(true_days))
            for some in (
                lambda part: monthly(part[:, :size], ready.months[:size]),
                lambda part: still_ahead(part, ready.months, ahead, size),
            )
        ]
        turns = Turns(ratio[0], ratio[1], np.zeros(len(days), dtype=bool))
        rest = still_ahead(days, ready.months, ahead, size)
        level.TREND_SHARE = 0.0 if "growth and levels" in told else usual  # what is told has not to be guessed again
        found[name] = o.pooled(past, ahead, rest, o.presence(past), turns).openings.sum(axis=1)
    level.TREND_SHARE = usual
    return found


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
    print(f"{len(chosen)} hospitals; WAPE of the groups, %")
    print(f"{'':<36}" + "".join(f"{name:>8}" for name in ("Feb", "Apr", "Jun", "Aug", "Oct", "mean", *VARIANTS)))
    for name in [key for key in found[0] if key not in ("variant", "month")]:
        values = [np.mean([row[name] for row in found if row["month"] == month]) for month in CUT_OFFS]
        values.append(np.mean([row[name] for row in found]))
        values += [np.mean([row[name] for row in found if row["variant"] == variant]) for variant in VARIANTS]
        print(f"{name:<36}" + "".join(f"{value:8.2f}" for value in values))


if __name__ == "__main__":
    main()
