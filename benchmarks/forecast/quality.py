"""How good the forecast is on made-up hospitals it has not seen: errors, bounds and the chance of landing, in one table.

    .venv/bin/python benchmarks/forecast/quality.py --data build/forecast [--held-out] [--hospitals N] [--workers N]

WAPE: Σ over groups of |forecast - outcome| ÷ Σ outcome, in full-year norm hours, per cut-off; means over hospitals.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from make_hospitals import VARIANTS, hospital, seeds

from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.history import History, day_number, month_end, month_number, month_of
from puntlanding.forecast.result import PER_HOUR, Forecast
from puntlanding.forecast.settings import Settings

CUT_OFFS = (2, 4, 6, 8, 10)
BANDS = (0.01, 0.03)
# Budgets as multiples of the year before: so many that every chance between 0 and 1 comes up.
BUDGETS = tuple(round(0.90 + 0.02 * step, 2) for step in range(11))
EDGES = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Case:
    """One hospital at one cut-off; hours per group. ``plain_share``: openings so far ÷ their share in earlier years × hours per
    opening; ``naive``: closed hours × 12 ÷ months passed; ``perfect_openings``: as forecast, but with the openings that came.
    """

    variant: str
    month: int
    outcome: np.ndarray
    forecast: np.ndarray
    sd: np.ndarray
    total: tuple[float, float]
    strong_share: np.ndarray
    plain_share: np.ndarray
    closed_share: np.ndarray
    naive: np.ndarray
    perfect_openings: np.ndarray
    method: str
    chances: list[tuple[float, bool]]


def cases(asked: tuple[str, int, Path]) -> list[Case]:
    variant, seed, folder = asked
    whole = hospital(variant, seed, folder)
    rows, groups = whole.trajectories, len(whole.groups)
    year = (month_of(rows.opened) - (whole.year - 1 - 1970) * 12) // 12  # 0: the year before, 1: the year
    last = year >= 0
    place = year[last] * groups + rows.group[last]
    outcomes = np.bincount(place, weights=rows.minutes[last] / PER_HOUR, minlength=2 * groups).reshape(2, groups)
    found = []
    for month in CUT_OFFS:
        day = month_end(month_number(date(whole.year, month, 1)))
        known = whole.as_known(day)
        made = forecast(known, Settings(fan=False))
        if not isinstance(made, Forecast):
            raise TypeError(str(made))
        found.append(_case(variant, month, whole, known, made, outcomes))
    return found


def _case(variant: str, month: int, whole: History, known: History, made: Forecast, outcomes: np.ndarray) -> Case:
    before, outcome = outcomes
    day = day_number(known.as_of)
    closed = np.array([one.estimate.closed_hours for one in made.groups])
    checks = [one.checks for one in made.groups]
    rows = whole.trajectories
    came = np.bincount(rows.group[rows.opened > day], minlength=len(outcome))
    per_opening = np.array([one.per_opening for one in made.groups])
    rest = np.array([one.estimate.to_open for one in made.groups])
    hours = np.array([one.estimate.forecast for one in made.groups])
    return Case(
        variant,
        month,
        outcome,
        hours,
        np.array([one.estimate.sd for one in made.groups]),
        (made.total.forecast, made.total.sd),
        np.array([one.opening_share or np.nan for one in checks]),
        _plain_share(known, month),
        np.array([one.closed_share or 0.0 for one in checks]),
        closed * 12 / month,
        hours - rest + came * per_opening,
        made.method.value,
        _chances(outcome, before, made),
    )


def _plain_share(known: History, months: int) -> np.ndarray:
    """The simple method as a controller does it: openings recorded so far ÷ their share in the years before (their mean), × hours
    per opening of the last twelve months that are fully closed.
    """
    rows, day, groups = known.trajectories, day_number(known.as_of), len(known.groups)
    month = month_of(rows.opened) - (known.year - 1970) * 12
    opened = np.bincount(rows.group[(month >= 0)], minlength=groups)
    shares = []
    for back in (12, 24, 36):
        year = (month >= -back) & (month < 12 - back)
        upto = year & (month < months - back)
        shares.append(np.bincount(rows.group[upto], minlength=groups) / np.bincount(rows.group[year], minlength=groups))
    ripe = (rows.opened <= day - 150) & (rows.opened > day - 150 - 365)
    hours = np.bincount(rows.group[ripe], weights=rows.minutes[ripe] / PER_HOUR, minlength=groups)
    return opened / np.mean(shares, axis=0) * hours / np.bincount(rows.group[ripe], minlength=groups)


def _chances(outcome: np.ndarray, before: np.ndarray, made: Forecast) -> list[tuple[float, bool]]:
    """Budgets are fixed multiples of what the year before came to, as budgets are. Of each: the chance of ending over it and of
    within the band, and whether that happened.
    """
    found = []
    for one, hours, last in zip(made.groups, outcome, before, strict=True):
        for times in BUDGETS:
            budget = last * times
            for band in BANDS:
                landing = one.estimate.probability(budget, band)
                found.append((landing.over, bool(hours > budget * (1 + band))))
                found.append((landing.within, bool(abs(hours - budget) <= budget * band)))
    return found


def wape(found: np.ndarray, outcome: np.ndarray) -> float:
    return float(np.abs(found - outcome).sum() / outcome.sum() * 100)


def _row(name: str, all_cases: Sequence[Case], of: Callable[[Case], float]) -> list[float]:
    by_month = [float(np.mean([of(case) for case in all_cases if case.month == month])) for month in CUT_OFFS]
    by_variant = [float(np.mean([of(case) for case in all_cases if case.variant == variant])) for variant in VARIANTS]
    row = [*by_month, float(np.mean([of(case) for case in all_cases])), *by_variant]
    print(f"{name:<44}" + "".join(f"{value:8.2f}" for value in row))
    return row


def _table(all_cases: Sequence[Case]) -> None:
    print(f"{'':<44}" + "".join(f"{name:>8}" for name in ("Feb", "Apr", "Jun", "Aug", "Oct", "mean", *VARIANTS)))
    print("WAPE of the groups, %")
    of = {
        "forecast": lambda case: case.forecast,
        "opening share × hours per opening": lambda case: case.plain_share,
        "opening share for what is still to open": lambda case: case.strong_share,
        "closed hours ÷ last year's closed share": lambda case: case.closed_share,
        "closed hours × 12 ÷ months passed": lambda case: case.naive,
        "forecast, had the openings been known": lambda case: case.perfect_openings,
    }
    means = {}
    for name, hours in of.items():
        means[name] = _row("  " + name, all_cases, lambda case, hours=hours: wape(hours(case), case.outcome))[5]
    _row(
        "error of the hospital's total, %",
        all_cases,
        lambda case: abs(case.total[0] / float(case.outcome.sum()) - 1) * 100,
    )
    for share, times in ((80, 1.533206), (95, 2.776445)):
        _row(
            f"groups inside the {share} % interval, %",
            all_cases,
            lambda case, times=times: float((np.abs(case.forecast - case.outcome) <= times * case.sd).mean() * 100),
        )
        _row(
            f"totals inside the {share} % interval, %",
            all_cases,
            lambda case, times=times: 100.0 * (abs(case.total[0] - case.outcome.sum()) <= times * case.total[1]),
        )
    _row(
        "width of the 80 % interval, % of hours",
        all_cases,
        lambda c: float(2 * 1.533 * c.sd.sum() / c.outcome.sum() * 100),
    )
    _row("a simple method was chosen, % of hospitals", all_cases, lambda case: 100.0 * (case.method != "pooled"))
    ours = means["forecast"]
    print("times better than", {name: round(value / ours, 2) for name, value in means.items() if name != "forecast"})


def _reliability(all_cases: Sequence[Case]) -> None:
    print("\nchance of landing (over, or within the band): what was said / how often it happened, %")
    names = ("Feb", "Apr", "Jun", "Aug", "Oct", "all")
    print(f"{'said between':>16}{'cases':>10}" + "".join(f"{name:>14}" for name in names))
    parts = [[case for case in all_cases if case.month == month] for month in CUT_OFFS] + [list(all_cases)]
    pairs = [np.array([pair for case in part for pair in case.chances], dtype=np.float64) for part in parts]
    for low, high in pairwise(EDGES):
        cells = []
        for part in pairs:
            inside = (part[:, 0] >= low) & ((part[:, 0] < high) | (high == 1.0))
            cells.append(part[inside])
        means = [part.mean(axis=0) * 100 if len(part) else (np.nan, np.nan) for part in cells]
        print(
            f"{low:>8.2f}-{high:<7.2f}{len(cells[-1]):>10}"
            + "".join(f"{said:8.1f}/{came:5.1f}" for said, came in means)
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("build/forecast"))
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--hospitals", type=int, default=None, help="per variant")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    chosen = seeds(options.held_out)
    if options.hospitals:
        chosen = [
            one for variant in VARIANTS for one in [pair for pair in chosen if pair[0] == variant][: options.hospitals]
        ]
    with ProcessPoolExecutor(options.workers) as workers:
        parts = workers.map(cases, [(variant, seed, options.data) for variant, seed in chosen])
        all_cases = [case for part in parts for case in part]
    print(f"{len(chosen)} hospitals, seeds {sorted(seed for _, seed in chosen)}")
    _table(all_cases)
    _reliability(all_cases)


if __name__ == "__main__":
    main()
