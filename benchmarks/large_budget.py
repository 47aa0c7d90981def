"""The budget of 27 groups × 4,000 products × 5 contracts (540,000 rows). Target: under 0.5 s.

    python benchmarks/large_budget.py [--products 4000] [--runs 5]

Prints the parts in one process (reading and checking, volumes × norm times → norm fte), the same in plain Python as the
peer, and the whole command against the floor: scanning the same file with Polars in a bare process.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from puntlanding.case import load_case
from puntlanding.year import Year
from timing import PYTHON, compare

GROUPS, CONTRACTS = 27, 5
FLOOR = "polars scan"


def write_case(folder: Path, products: int) -> None:
    chance = random.Random(1)
    specialisms = [f"{300 + i:04d}" for i in range(GROUPS)]
    contracts = "".join(f'[[contract]]\nnaam = "Contract {c}"\nsoort = "plafond"\n\n' for c in range(CONTRACTS))
    (folder / "afspraak.toml").write_text(f'[afspraak]\norganisatie = "Groot"\njaar = 2026\n\n{contracts}')
    groups = [f"vakgroep {s};{s};poort" for s in specialisms]
    (folder / "vakgroepen.csv").write_text("\n".join(["vakgroep;specialisme;rol", *groups]))
    rates = [f"vakgroep {s};2400" for s in specialisms]
    (folder / "benchmark.csv").write_text("\n".join(["vakgroep;normuren_per_fte", *rates]))
    norms = [
        f"2026;{s};zorgproduct;{p:09d};{chance.randrange(1, 40000) / 100:.2f}".replace(".", ",")
        for s in specialisms
        for p in range(products)
    ]
    (folder / "normtijden.csv").write_text("\n".join(["jaar;specialisme;soort;code;minuten", *norms]))
    rows = [
        f"vakgroep {s};Contract {c};{p:09d};{chance.randrange(0, 500)}"
        for s in specialisms
        for p in range(products)
        for c in range(CONTRACTS)
    ]
    (folder / "begroting.csv").write_text("\n".join(["vakgroep;contract;zorgproduct;aantal", *rows]))


def plain(folder: Path) -> dict[str, Fraction]:
    """The peer: norm fte per group with the csv module and dictionaries, no checks at all."""
    import csv

    with (folder / "normtijden.csv").open() as file:
        minutes = {
            (r["specialisme"], r["code"]): Fraction(r["minuten"].replace(",", "."))
            for r in csv.DictReader(file, delimiter=";")
        }
    total: dict[str, Fraction] = {}
    with (folder / "begroting.csv").open() as file:
        for r in csv.DictReader(file, delimiter=";"):
            group = r["vakgroep"]
            total[group] = total.get(group, Fraction(0)) + int(r["aantal"]) * minutes[(group[-4:], r["zorgproduct"])]
    return {group: whole / 60 / 2400 for group, whole in total.items()}


def median(action: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_case(folder, arguments.products)
        case = load_case(folder).checked()
        result = {row.name: row.norm_fte.value for row in Year(case).budget.rows if row.norm_fte}
        if result != plain(folder):
            raise SystemExit("the peer and the program differ")
        rows = GROUPS * arguments.products * CONTRACTS
        print(
            f"{GROUPS} groups × {arguments.products} products × {CONTRACTS} contracts = {rows:,} rows; results equal\n"
        )
        compute = median(lambda: Year(case).budget, arguments.runs)
        load = median(lambda: load_case(folder), arguments.runs)
        peer = median(lambda: plain(folder), 1)
        print(f"{'budget stage (rows in memory)':<52} {compute:9.3f} s")
        print(f"{'reading and checking the files':<52} {load:9.3f} s")
        print(
            f"{'both':<52} {compute + load:9.3f} s  {peer / (compute + load):.1f} × faster than plain Python ({peer:.2f} s)\n"
        )
        scan = f"import polars as pl; pl.read_csv(r'{folder / 'begroting.csv'}', separator=';', infer_schema=False)"
        commands = {
            FLOOR: [PYTHON, "-c", scan],
            "puntlanding budget, whole process": [PYTHON, "-m", "puntlanding", "budget", str(folder), "--json"],
        }
        compare(commands, FLOOR, arguments.runs)


if __name__ == "__main__":
    main()
