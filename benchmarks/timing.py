"""Whole-process timing: commands in turn (A B A B …) after a warm-up, medians and the ratio pair by pair."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

# Where Python may not keep compiled modules, every process of ours compiles its own anew, and the libraries' never do.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def wall(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    return time.perf_counter() - start


def measured(command: Sequence[object]) -> tuple[float, float]:
    """Wall seconds and peak memory in MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def compare(commands: Mapping[str, Sequence[str]], floor: str, runs: int) -> None:
    """Print each command's median seconds and its median ratio to ``floor``, run for run."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        wall(command)
    for _ in range(runs):
        for name, command in commands.items():
            seconds[name].append(wall(command))
    print(f"{'':<52} {'median s':>9} {'min s':>8} {'× ' + floor:>24}")
    for name, taken in seconds.items():
        ratio = statistics.median(a / b for a, b in zip(taken, seconds[floor], strict=True))
        print(f"{name:<52} {statistics.median(taken):9.3f} {min(taken):8.3f} {ratio:24.2f}")


PYTHON = sys.executable
