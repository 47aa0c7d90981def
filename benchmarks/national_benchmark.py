"""From 70 contributions to the national benchmark: rates with their spread, norm fte and efficiency of every group.

    python benchmarks/national_benchmark.py DATA FOLDED

One JSON object: seconds of each step, in one warm process, medians of five; and of one hospital that delivered again, from its
records to the new national benchmark, where the process has the other contributions at hand (`…_whole`) and where it reads all
of them (`…_whole_read`). DATA as `national_data.py` made it, FOLDED as `national_fold.py` wrote it.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from national_data import deliver, hospitals
from national_fold import YEAR, fold_to, jobs
from puntlanding.benchmark.efficiency import efficiencies
from puntlanding.benchmark.output import On, own_output
from puntlanding.benchmark.peers import GroupKey, PeerRule, peer_hospitals
from puntlanding.benchmark.rates import measures, rates
from puntlanding.benchmark.strata import compare
from puntlanding.contribution import Contribution, merge, read_contributions
from puntlanding.contribution.held import SETTLED, HeldContributions
from puntlanding.contribution.tables import HOSPITAL, LAYOUTS, OPENED, OPENED_MINUTES, TableName
from puntlanding.records.store import Store

RUNS = 5
RULE = PeerRule()
NEEDED = {
    TableName.PRODUCTION: (HOSPITAL, "specialisme", "rol", "soort", "code", "contract", *OPENED, *OPENED_MINUTES),
    TableName.STRATA: tuple(LAYOUTS[TableName.STRATA].schema),
}


def read(folder: Path, held: HeldContributions | None = None) -> list[Contribution]:
    """``held``: of a process that read most of them before."""
    paths = sorted(folder.glob("*.bijdrage"))
    return read_contributions(paths, NEEDED) if held is None else held.read(paths, NEEDED)


def settle(folder: Path) -> None:
    """Files are held once they stand for a while: these were copied just now."""
    latest = max(path.stat().st_ctime_ns for path in folder.glob("*.bijdrage"))
    time.sleep(max(0, (latest + SETTLED - time.time_ns()) / 10**9) + 0.1)


def norm_fte(whole: Contribution) -> Mapping[GroupKey, Fraction | None]:
    found = rates(measures(own_output(whole, On.OPENED), whole.hospitals), whole.hospitals, RULE)
    return {key: one.norm_fte for key, one in found.groups.items()}


def efficiency(whole: Contribution) -> Mapping[tuple[str, str], Any]:
    peers = {name: peer_hospitals(whole.hospitals, RULE, name) for name in whole.names}
    return efficiencies(compare(whole.strata, 4, peers, order=whole.order.get(TableName.STRATA)))


def main(data: Path, folded: Path) -> None:
    parts = read(folded)
    whole = merge(parts)
    taken = {
        "read": seconds(lambda: read(folded)),
        "merge": seconds(lambda: merge(parts)),
        "norm_fte": seconds(lambda: norm_fte(whole)),
        "efficiency": seconds(lambda: efficiency(whole)),
        "in_memory": seconds(lambda: computed(parts)),
        "from_files": seconds(lambda: computed(read(folded))),
        "rows": {name.value: whole.tables[name].height for name in NEEDED},
        "megabytes": sum(path.stat().st_size for path in folded.glob("*.bijdrage")) / 1e6,
        "groups": len(norm_fte(whole)),
    }
    every = hospitals(json.loads((data / "gemaakt.json").read_text())["schaal"])
    for label, hospital in (("median", every[len(every) // 2]), ("largest", every[0])):
        again = data / "again"
        shutil.rmtree(again, ignore_errors=True)
        deliver(Store(again / "store"), hospital, again=1)
        (job,) = [replace(one, store=again / "store") for one in jobs(data) if one.hospital == hospital.name]
        beside = again / "folded"
        shutil.copytree(folded, beside)
        taken[f"{label}_refold"] = seconds(lambda job=job, to=beside: fold_to(to, job))
        taken[f"{label}_whole_read"] = seconds(lambda job=job, to=beside: (fold_to(to, job), computed(read(to))))
        settle(beside)
        held = HeldContributions()
        taken[f"{label}_whole"] = seconds(
            lambda job=job, to=beside, held=held: (fold_to(to, job), computed(read(to, held)))
        )
        shutil.rmtree(again)
    print(json.dumps({"year": YEAR, **taken}))


def computed(parts: list[Contribution]) -> tuple[object, object]:
    """As `benchmark ex-post` does: efficiency beside the rates."""
    whole = merge(parts)
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(efficiency, whole)
        return norm_fte(whole), found.result()


def seconds(action: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
