"""Generating one large hospital-year, and its intake from CSV: read, verify, pseudonymise, check, store.

python benchmarks/intake.py [--runs 5] [--trajectories 400000]

Against reading and writing the same columns with Polars (the floor; target at most 4 ×, under 2 GB), only scanning them,
and a plain pandas reader. Target for generating: under 60 s.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from timing import PYTHON, measured

PEERS = Path(__file__).parent / "peers"
FLOOR = "Polars: read and write the same columns"
FULL = 388_000  # trajectories a year of the first generated hospital at scale 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--trajectories", type=int, default=400_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        scale = f"{given.trajectories / FULL:.3f}"
        demo = ["demo", "generate", place / "demo", "--hospitals", 1, "--years", 2025, "--scale", scale, "--seed", 7]
        seconds, peak = measured([PYTHON, "-m", "puntlanding", *demo, "--format", "neutraal"])
        source = place / "demo" / "ziekenhuis-01" / "neutraal"
        rows = {path.stem: path.read_bytes().count(b"\n") - 1 for path in source.glob("*.csv")}
        print(", ".join(f"{count:,} {table}" for table, count in sorted(rows.items())))
        print(f"generating and writing them: {seconds:.1f} s, {peak:.0f} MB\n")
        _compare(source, place, given.runs)


def _compare(source: Path, place: Path, runs: int) -> None:
    load = [
        "intake",
        "load",
        source,
        "--hospital",
        "noord",
        "--date",
        "2026-06-30",
        "--json",
        "--key",
        place / "sleutel",
    ]
    commands = {
        FLOOR: [PYTHON, PEERS / "polars_read_write.py", source, place / "floor"],
        "Polars: scan": [PYTHON, PEERS / "polars_scan.py", source],
        "pandas: read": [PYTHON, PEERS / "pandas_reader.py", source],
        "puntlanding intake load": [PYTHON, "-m", "puntlanding", *load, "--store", place / "store"],
    }
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for turn in range(runs + 1):  # the first warms the disk's cache
        for name, command in commands.items():
            shutil.rmtree(place / "store", ignore_errors=True)
            os.sync()  # a load waits for the disk; it should not wait for what others wrote
            outcome = measured(command)
            if turn:
                taken[name].append(outcome)
    print(f"{'':<42} {'median s':>9} {'min s':>7} {'× floor':>8} {'peak MB':>8}")
    for name, found in taken.items():
        ratio = statistics.median(a / b for (a, _), (b, _) in zip(found, taken[FLOOR], strict=True))
        times = [seconds for seconds, _ in found]
        print(
            f"{name:<42} {statistics.median(times):9.2f} {min(times):7.2f} {ratio:8.2f} {max(p for _, p in found):8.0f}"
        )


if __name__ == "__main__":
    main()
