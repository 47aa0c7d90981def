"""How long a forecast takes: one hospital, 15 groups, 125,000 trajectories a year, four years; on one core.

.venv/bin/python benchmarks/forecast/speed.py --data build/forecast [--runs N]
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from make_hospitals import DEVELOPMENT, hospital

from puntlanding.forecast.forecast import forecast
from puntlanding.forecast.result import Forecast
from puntlanding.forecast.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("build/forecast"))
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    known = hospital("stable", DEVELOPMENT[0], options.data).as_known(date(2025, 10, 31))
    made = forecast(known)
    cut_offs = len(made.quality.cut_offs) if isinstance(made, Forecast) and made.quality else 0
    print(f"{len(known.trajectories)} trajectories, {len(known.activities)} activities, {cut_offs} cut-offs replayed")
    for name, settings in (
        ("forecast", Settings(back_test=False, fan=False)),
        ("forecast and back-test", Settings(fan=False)),
        ("forecast, back-test and fan", Settings()),
    ):
        print(f"{name:<30}{_median(lambda settings=settings: forecast(known, settings), options.runs):8.2f} s")


def _median(run: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
