"""Folding every hospital of a store that `national_data.py` made.

    python benchmarks/national_fold.py DATA EXECUTOR OUT

A file per hospital in OUT, as `puntlanding fold alle` writes. The lists are read here, once, while processes start: so nothing
large is imported at the top, which every process reads again.
"""

from __future__ import annotations

import csv
import sys
import time
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from national_pool import bytes_of, each, hospitals
from puntlanding.fold.executors import started

if TYPE_CHECKING:
    from puntlanding.contribution import GroupFte
    from puntlanding.fold.rules import FoldJob

YEAR = 2025
CONTRACTS = {f"{3300 + 7 * number:04}": f"contract {'ABCD'[number]}" for number in range(4)}
REST = "overig contract"


def jobs(data: Path) -> list[FoldJob]:
    from puntlanding.case.lists import read_cost_prices, read_hospital_kinds, read_norm_table
    from puntlanding.fold.rules import CostPrices, FoldJob, FoldRules

    lists = data / "lists"
    norm_times, prices = read_norm_table(lists / "normtijden.csv"), read_cost_prices(lists / "kostprijzen.csv", YEAR)
    kinds, fte = read_hospital_kinds(lists / "ziekenhuizen.csv"), _fte(lists / "fte.csv")
    return [
        FoldJob(
            data / "store",
            hospital,
            FoldRules(
                YEAR, kinds[hospital], norm_times, CostPrices(prices.cents, prices.fingerprint), None, CONTRACTS, REST,
                fte[hospital],
            ),
        )
        for hospital in hospitals(data / "store")
    ]  # fmt: skip


def _fte(path: Path) -> dict[str, tuple[GroupFte, ...]]:
    from puntlanding.contribution import GroupFte

    found: dict[str, list[GroupFte]] = {}
    with path.open() as file:
        for row in csv.DictReader(file, delimiter=";"):
            care, working = Fraction(int(row["zorg"]), 100), Fraction(int(row["werkzaam"]), 100)
            found.setdefault(row["ziekenhuis"], []).append(GroupFte(row["specialisme"], row["rol"], care, working))
    return {hospital: tuple(groups) for hospital, groups in found.items()}


def fold_to(out: Path, job: FoldJob) -> int:
    from puntlanding.fold.fold import fold_year

    data = fold_year(job)
    return (out / f"{job.hospital}.bijdrage").write_bytes(data)


def size(job: FoldJob) -> int:
    return bytes_of(job.store, YEAR, job.hospital)


def main(place: Path, executor: str, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with started(executor, sum(1 for _ in (place / "store").iterdir()), "puntlanding.fold.ready") as crew:
        made = jobs(place)
        start = time.perf_counter()
        print(sum(each(partial(fold_to, target), made, crew(len(made)), size)))
        (target / "seconds.txt").write_text(f"{time.perf_counter() - start}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
