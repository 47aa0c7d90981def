"""The whole set of reports of the demonstration collective. Target: at most 10 s on 4 cores.

    python benchmarks/report.py [--case FOLDER] [--runs 3]

Prints what each report takes by itself, as a command of its own, beside the set as one command and the floor: `puntlanding run` of
the same case, which computes all that they tell. Every report of the set is there, and twice the same.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from puntlanding.demo.collective import write_collective
from puntlanding.report.outputs import OUTPUTS
from timing import PYTHON, measured

TARGET = 10.0


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--case", type=Path)
    words.add_argument("--runs", type=int, default=3)
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = asked.case or folder / "case"
        if asked.case is None:
            write_collective(case)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {asked.runs} runs, medians")
        floor = _median([PYTHON, "-m", "puntlanding", "run", case], asked.runs)
        print(f"{'puntlanding run':<24}{floor[0]:8.2f} s {floor[1]:8.0f} MB")
        for one in OUTPUTS.values():
            seconds, memory = _report(case, folder, one.option, one.name, asked.runs)
            print(f"{'--' + one.option:<24}{seconds:8.2f} s {memory:8.0f} MB {seconds / floor[0]:8.1f} ×")
        seconds, memory = _report(case, folder, "all", "all", asked.runs)
        said = "within" if seconds <= TARGET else "ABOVE"
        print(
            f"{'--all':<24}{seconds:8.2f} s {memory:8.0f} MB {seconds / floor[0]:8.1f} ×   {said} the target of {TARGET:.0f} s"
        )
        _same(case, folder)


def _report(case: Path, folder: Path, option: str, name: str, runs: int) -> tuple[float, float]:
    found = []
    for run in range(runs):
        target = folder / f"{run}" / name
        found.append(measured([PYTHON, "-m", "puntlanding", "report", case, f"--{option}", target]))
        if option != "all" or run > 1:
            shutil.rmtree(target, ignore_errors=True)
            target.unlink(missing_ok=True)
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)


def _median(command: list[object], runs: int) -> tuple[float, float]:
    found = [measured(command) for _ in range(runs)]
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)


def _same(case: Path, folder: Path) -> None:
    """Raises SystemExit where two sets differ, or a report is missing."""
    sets = [_hashes(folder / f"{run}" / "all") for run in (0, 1) if (folder / f"{run}" / "all").exists()]
    missing = [one.name for one in OUTPUTS.values() if not any(name.startswith(one.name) for name in sets[0])]
    if missing or any(other != sets[0] for other in sets[1:]):
        raise SystemExit(f"not the same twice, or missing: {missing}")
    print(f"{len(sets[0])} files in the set of {case.name}, the same bytes twice")


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    main()
