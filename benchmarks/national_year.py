"""The fold of a made-up national year, against its floor and its peers, on the same data in one run.

    python benchmarks/national_year.py [--scale 1] [--data build/national] [--runs 3] [--executor processen:4]

First that all give the same: the fold one hospital at a time and on processes byte for byte, DuckDB and pandas count for count.
Then, taking turns: only scanning the columns needed (the floor), the fold of all 70 hospitals, DuckDB; pandas on a tenth at
most. Then what follows from 70 contributions, one hospital that delivers again, and growth per row from 1/100.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from national_data import HOSPITALS, TRAJECTORIES, prepare
from national_fold import YEAR
from puntlanding.contribution import read_contribution
from puntlanding.contribution.tables import HOSPITAL, TableName, ordered
from timing import PYTHON, measured

HERE = Path(__file__).parent
LOCAL, SMALL, LARGEST_PANDAS = "lokaal", 0.01, 0.1
Pairs = list[tuple[float, float]]


class Place:
    """The data of one scale, and the commands on it."""

    def __init__(self, root: Path, scale: float, executor: str) -> None:
        self.data, self.scale, self.executor = root / f"{scale:g}", scale, executor
        took = prepare(self.data, scale)
        print(f"scale {scale:g}: {'there already' if not took else f'made in {took:.0f} s'}")

    def out(self, name: str) -> Path:
        folder = self.data / "results" / name
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def scan(self) -> tuple[float, float]:
        return measured([PYTHON, HERE / "peers" / "fold_scan.py", self.data / "store", YEAR, self.executor])

    def fold(self, executor: str | None = None) -> tuple[float, float]:
        used = executor or self.executor
        return measured(
            [PYTHON, HERE / "national_fold.py", self.data, used, self.out(f"fold-{used.partition(':')[0]}")]
        )

    def duckdb(self) -> tuple[float, float]:
        return measured([PYTHON, HERE / "peers" / "fold_duckdb.py", self.data, self.out("duckdb")])

    def pandas(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """With its reading of the records, and without."""
        out = self.out("pandas")
        _, peak = measured([PYTHON, HERE / "peers" / "fold_pandas.py", self.data, out])
        reading, working = map(float, (out / "seconds.txt").read_text().split())
        return (reading + working, peak), (working, peak)

    @property
    def folded(self) -> Path:
        return self.data / "results" / f"fold-{self.executor.partition(':')[0]}"


def require_bytes(one: Path, other: Path) -> None:
    for path in sorted(one.glob("*.bijdrage")):
        if path.read_bytes() != (other / path.name).read_bytes():
            raise SystemExit(f"{path.name}: other bytes on another executor")


def require_equal(place: Place, peer: str) -> None:
    """To the last count; order of rows apart."""
    theirs = place.data / "results" / peer
    found = sorted(place.folded.glob("*.bijdrage"))
    if len(found) != HOSPITALS:
        raise SystemExit(f"{len(found)} contributions")
    for path in found:
        ours = read_contribution(path)
        for name in TableName:
            rows = pl.read_parquet(theirs / f"{path.stem}-{name}.parquet").with_columns(
                pl.lit(path.stem).alias(HOSPITAL)
            )
            assert_frame_equal(ordered(name, rows), ours.tables[name], check_exact=True)


def in_turn(commands: dict[str, Callable[[], tuple[float, float]]], runs: int) -> dict[str, Pairs]:
    """A B C A B C …; what is timed has run once before, so the disk's cache is warm."""
    taken: dict[str, Pairs] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(command())
    return taken


def show(taken: dict[str, Pairs], against: str, label: str) -> None:
    """Seconds, and the ratio of the same turn: its median, least and most."""
    print(f"\n{'':<34} {'median s':>9} {'min s':>7} {'max s':>7} {label:>10} {'least':>6} {'most':>6} {'peak MB':>8}")
    for name, found in taken.items():
        ratios = [a / b for (a, _), (b, _) in zip(found, taken[against], strict=True)]
        seconds, peak = [one for one, _ in found], max(one for _, one in found)
        print(
            f"{name:<34} {statistics.median(seconds):9.2f} {min(seconds):7.2f} {max(seconds):7.2f}"
            f" {statistics.median(ratios):10.2f} {min(ratios):6.2f} {max(ratios):6.2f} {peak:8.0f}"
        )


def against_pandas(place: Place, runs: int) -> None:
    """Of pandas its start, the lists and what is written are not counted; so the fold is shown without its start and lists too."""
    fold, command = f"fold ({place.executor}), first job to last", "the same, whole command"
    taken: dict[str, Pairs] = {fold: [], command: [], "pandas": [], "pandas, reading not counted": []}
    for _ in range(runs):
        whole, peak = place.fold()
        taken[command].append((whole, peak))
        taken[fold].append((float((place.folded / "seconds.txt").read_text()), peak))
        for name, one in zip(("pandas", "pandas, reading not counted"), place.pandas(), strict=True):
            taken[name].append(one)
    show(taken, fold, "× fold")


def after_the_fold(place: Place) -> None:
    command: Sequence[object] = [PYTHON, HERE / "national_benchmark.py", place.data, place.folded]
    told = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    found = json.loads(told.stdout)
    rows = ", ".join(f"{count:,} rows of {name}" for name, count in found["rows"].items())
    print(f"\n70 contributions, {found['megabytes']:.0f} MB, {rows}, {found['groups']:,} groups; warm process, medians")
    for label, name in (
        ("read and verify the files", "read"),
        ("merge", "merge"),
        ("benchmark with spread, norm fte", "norm_fte"),
        ("efficiency", "efficiency"),
        ("all but reading (target 0.5)", "in_memory"),
        ("all from the files", "from_files"),
        ("one hospital again, median: fold", "median_refold"),
        ("… to a new benchmark (target 1)", "median_whole"),
        ("one hospital again, largest: fold", "largest_refold"),
        ("… to a new benchmark", "largest_whole"),
    ):
        print(f"{label:<34} {found[name]:9.3f} s")


def growth(places: Sequence[Place], runs: int) -> None:
    """Time per row, of the fold and of the floor, in turn over the scales."""
    commands = {f"{place.scale:g} {what}": getattr(place, what) for place in places for what in ("scan", "fold")}
    taken = in_turn(commands, runs)
    print(f"\n{'nanoseconds per trajectory':<34} {'scan':>9} {'fold':>9}")
    for place in places:
        each = [
            statistics.median(one for one, _ in taken[f"{place.scale:g} {what}"]) / (TRAJECTORIES * place.scale) * 1e9
            for what in ("scan", "fold")
        ]
        print(f"scale {place.scale:<28g} {each[0]:9,.0f} {each[1]:9,.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=SMALL)
    parser.add_argument("--data", type=Path, default=HERE.parent / "build" / "national")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--executor", default="processen:4")
    parser.add_argument("--keep", action="store_true", help="leave the data for a next run")
    given = parser.parse_args()
    scales = sorted({SMALL, min(given.scale, LARGEST_PANDAS), given.scale})
    places = {scale: Place(given.data, scale, given.executor) for scale in scales}
    whole, tenth = places[given.scale], places[min(given.scale, LARGEST_PANDAS)]
    whole.scan()
    whole.fold(LOCAL)
    whole.fold()
    tenth.fold()
    require_bytes(whole.data / "results" / "fold-lokaal", whole.folded)
    whole.duckdb()
    require_equal(whole, "duckdb")
    tenth.pandas()
    require_equal(tenth, "pandas")
    print(
        f"equal: {LOCAL} and {given.executor} byte for byte, DuckDB and pandas (scale {tenth.scale:g}) count for count"
    )
    print(f"{TRAJECTORIES * given.scale:,.0f} trajectories, {6 * TRAJECTORIES * given.scale:,.0f} activities")
    floor = f"scan ({given.executor})"
    commands = {
        floor: whole.scan, f"fold ({given.executor})": whole.fold, f"fold ({LOCAL})": lambda: whole.fold(LOCAL),
        "DuckDB": whole.duckdb,
    }  # fmt: skip
    show(in_turn(commands, given.runs), floor, "× floor")
    against_pandas(tenth, given.runs)
    after_the_fold(whole)
    if len(scales) > 1:
        growth([places[scale] for scale in scales], 1)
    if not given.keep:
        for place in places.values():
            shutil.rmtree(place.data)


if __name__ == "__main__":
    main()
