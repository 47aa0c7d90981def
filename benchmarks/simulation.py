"""10,000 draws × 27 groups × 4,000 products under three agreements. Target: at most 2 s on 4 cores.

    python benchmarks/simulation.py [--products 4000] [--draws 10000] [--threads 4] [--runs 3]

``--products`` are those of all groups together; 108000 is 4,000 of each. Beside it: the floor (drawing that many normals on as many
threads, and nothing else), and the peer (a loop that draws and settles one year at a time in numpy, of some draws, extrapolated).
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from puntlanding.agreement.model import Unpaid
from puntlanding.case import Case, load_case
from puntlanding.case.variants import shared
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.simulation.drawing import Asked
from puntlanding.simulation.result import About, Spread
from puntlanding.simulation.simulate import Proposal, simulate
from puntlanding.simulation.volumes import Spreads, Volumes, spread_volumes

GROUPS, CONTRACTS, LOOPED = 27, 3, 20
AGREEMENT = """[afspraak]
organisatie = "Groot"
jaar = 2026

{contracts}[afrekening]
herverdeling = "naar_rato"
maximum_overproductie = 0.05

[kader]
bedrag = 30_000_000
"""


def write_case(folder: Path, products: int) -> None:
    chance = random.Random(1)
    names = [f"vakgroep {one:02d}" for one in range(GROUPS)]
    contracts = "".join(f'[[contract]]\nnaam = "Contract {c}"\nsoort = "plafond"\n\n' for c in range(CONTRACTS))
    (folder / "afspraak.toml").write_text(AGREEMENT.format(contracts=contracts))
    groups = [f"{name};{300 + at:04d};poort" for at, name in enumerate(names)]
    (folder / "vakgroepen.csv").write_text("\n".join(["vakgroep;specialisme;rol", *groups]))
    (folder / "benchmark.csv").write_text("\n".join(["vakgroep;normuren_per_fte", *(f"{n};1600" for n in names)]))
    norms, rows = ["jaar;specialisme;soort;code;minuten"], ["vakgroep;contract;zorgproduct;aantal"]
    for at in range(products):
        group, code = at % GROUPS, f"{at:09d}"
        norms.append(f"2026;{300 + group:04d};zorgproduct;{code};{chance.randrange(100, 40000) / 100:.2f}")
        rows.append(f"{names[group]};Contract {(at // GROUPS) % CONTRACTS};{code};{chance.randrange(1, 500)}")
    (folder / "normtijden.csv").write_text("\n".join(norms).replace(".", ","))
    for table in ("begroting", "prognose"):
        (folder / f"{table}.csv").write_text("\n".join(rows))


def proposals(case: Case) -> list[Proposal]:
    """Ceiling with redistribution; the same with what is not paid divided; shadow run."""
    agreement, frame = case.agreement, case.agreement.frame
    if frame is None:
        raise SystemExit("no frame")
    divided = replace(agreement, frame=replace(frame, unpaid=Unpaid.IS_DIVIDED))
    run = tuple(replace(one, type=CONTRACT_TYPES["schaduwdraaien"]) for one in agreement.contracts)
    return [
        Proposal(name, replace(case, agreement=one))
        for name, one in (("A", agreement), ("B", divided), ("C", replace(agreement, contracts=run)))
    ]


def floor(products: int, draws: int, threads: int) -> None:
    def fill(seed: np.random.SeedSequence) -> None:
        chance, space = np.random.Generator(np.random.SFC64(seed)), np.empty((128, 500))
        for _ in range(max(1, products // 128)):
            chance.standard_normal(out=space)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, np.random.SeedSequence(1).spawn(draws // 500)))


def peer(volumes: Volumes, count: int) -> None:
    """One draw at a time: volumes by product, ceiling and redistribution per contract, euros; one agreement, no checks."""
    chance = np.random.default_rng(1)
    names = {name: at for at, name in enumerate(volumes.groups)}
    contracts = sorted({part.contract for part in volumes.parts})
    for _ in range(count):
        paid = np.zeros(len(names))
        for contract in contracts:
            own = [part for part in volumes.parts if part.contract == contract]
            done = np.array([
                (np.array(part.means) * chance.gamma(400, 1 / 400, len(part.means))).sum() * chance.gamma(400, 1 / 400)
                for part in own
            ])  # fmt: skip
            planned = np.array([float(part.centre) for part in own])
            over, under = np.maximum(done - planned, 0), np.maximum(planned - done, 0)
            limit = np.minimum(over, 0.05 * planned)
            pool, capped = min(under.sum(), limit.sum()), np.zeros(len(own), bool)
            while True:
                rate = (pool - limit[capped].sum()) / max(over[~capped].sum(), 1e-9)
                more = capped | (limit < rate * over)
                if (more == capped).all():
                    break
                capped = more
            for part, one in zip(own, np.minimum(done, planned) + np.minimum(limit, rate * over), strict=True):
                paid[names[part.group]] += one
        3_000_000_000 * paid / paid.sum()


def median(action: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=4000)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_case(folder, given.products)
        case = load_case(folder).checked()
    case = shared(replace(case, realisation=case.forecast))
    centre = case.realisation
    if centre is None:
        raise SystemExit("no forecast")
    keys = centre.outputs(2026)
    asked = Asked(given.draws, 1, given.threads)

    def volumes() -> Volumes:
        return spread_volumes(centre, 2026, Spreads(dict.fromkeys(keys, 0.05), 0.25))

    planned = volumes()
    print(
        f"{given.draws:,} draws × {given.products:,} products in {GROUPS} groups and {CONTRACTS} contracts, 3 agreements"
    )
    least = median(lambda: floor(given.products, given.draws, given.threads), given.runs)
    whole = median(
        lambda: simulate(proposals(case), volumes(), asked, About("prognose", "", Spread.OPTION, 0.25)), given.runs
    )
    loop = median(lambda: peer(planned, LOOPED), 1) / LOOPED * given.draws * 3
    print(f"{'the simulation, case in memory':<58} {whole:8.2f} s")
    print(f"{'floor: that many normals, the same threads':<58} {least:8.2f} s  {whole / least:8.2f} ×")
    print(
        f"{f'peer: one draw at a time ({LOOPED} draws extrapolated)':<58} {loop:8.1f} s  {loop / whole:8.1f} × slower"
    )


if __name__ == "__main__":
    main()
