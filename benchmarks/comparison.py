"""Eight agreements beside the own one, over 27 groups with 4,000 products. Target: at most 1 s.

    python benchmarks/comparison.py [--products 4000] [--runs 7]

Prints the whole command beside the floor (one `puntlanding distribute` of the same case), and in one process what reading costs
once and each agreement after that. Column by column the results are first held equal to `distribute` on a case of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from puntlanding.case import load_case
from puntlanding.case.variants import own_agreement, read_variants, shared, under
from puntlanding.comparison import Kind, Proposal, compare
from puntlanding.comparison.columns import settled
from timing import PYTHON
from timing import compare as timed

GROUPS, CONTRACTS = 27, 3
FLOOR = "puntlanding distribute"
OVERLAYS = {
    "zonder": '[afrekening]\nherverdeling = "geen"\n',
    "maximum": "[afrekening]\nmaximum_overproductie = 0.10\n",
    "ondersteuners": '[afrekening]\nondersteuners = "realisatie"\n',
    "vast": "[kader]\nvaste_component = 0.25\n",
    "verdelen": '[kader]\nniet_uitgekeerd = "verdelen"\n',
    "aanneemsom": '[[contract]]\nnaam = "Contract 0"\nsoort = "aanneemsom"\n',
    "bandbreedte": '[[contract]]\nnaam = "Contract 1"\nsoort = "plafond_bandbreedte"\nbandbreedte = 0.05\n',
    "schaduw": '[[contract]]\nnaam = "Contract 2"\nsoort = "schaduwdraaien"\n',
}
AGREEMENT = """[afspraak]
organisatie = "Groot"
jaar = 2026

{contracts}[afrekening]
herverdeling = "naar_rato"

[kader]
bedrag = 60_000_000
vaste_component = 0.10
"""


def write_case(folder: Path, products: int) -> None:
    chance = random.Random(1)
    contracts = "".join(f'[[contract]]\nnaam = "Contract {c}"\nsoort = "plafond"\n\n' for c in range(CONTRACTS))
    (folder / "afspraak.toml").write_text(AGREEMENT.format(contracts=contracts))
    names = [f"{300 + i:04d}" for i in range(GROUPS)]
    role = {name: "ondersteunend" if i % 9 == 8 else "poort" for i, name in enumerate(names)}
    _write(folder, "vakgroep;specialisme;rol", "vakgroepen", [f"vakgroep {s};{s};{role[s]}" for s in names])  # fmt: skip
    _write(folder, "vakgroep;normuren_per_fte", "benchmark", [f"vakgroep {s};2400" for s in names])
    _write(folder, "vakgroep;functie;categorie;dagdelen_per_week", "formatie", [f"vakgroep {s};medisch specialist;1a;{chance.randrange(40, 120)}" for s in names])  # fmt: skip
    owned = [(names[p % GROUPS], f"{p:09d}") for p in range(products)]
    norms = [f"2026;{s};zorgproduct;{code};{chance.randrange(10, 600)}" for s, code in owned]
    _write(folder, "jaar;specialisme;soort;code;minuten", "normtijden", norms)
    for table in ("begroting", "realisatie"):
        rows = [f"vakgroep {s};Contract {c};{code};{chance.randrange(50, 500)}" for s, code in owned for c in range(CONTRACTS)]  # fmt: skip
        _write(folder, "vakgroep;contract;zorgproduct;aantal", table, rows)


def _write(folder: Path, header: str, table: str, rows: list[str]) -> None:
    (folder / f"{table}.csv").write_text("\n".join([header, *rows]) + "\n")


def median(action: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def proposals(folder: Path, files: list[Path]) -> tuple[Proposal, list[Proposal]]:
    loaded = load_case(folder)
    case = shared(loaded.checked())
    own = own_agreement(folder)
    if own is None:
        raise SystemExit("the case has no agreement")
    others = []
    for one in read_variants(files, own[0], own[1].year):
        other, problems = under(case, one.agreement, loaded)
        others.append(Proposal(one.name, Kind.OVERLAY, other, problems))
    return Proposal("afspraak.toml", Kind.OWN, case), others


def amounts(folder: Path) -> list[int]:
    words = [PYTHON, "-m", "puntlanding", "distribute", str(folder), "--json"]
    found = json.loads(subprocess.run(words, check=True, capture_output=True).stdout)
    return [row["bedrag_cent"] for row in found["vakgroepen"]]


def verify(folder: Path, files: list[Path], place: Path) -> None:
    """Each key that is added to a copy of the case gives what the overlay gives; three of them, because each is a process."""
    own, others = proposals(folder, files)
    found = compare(own, others)
    if [node.value for node in found.own.euros.groups.values()] != amounts(folder):
        raise SystemExit("the own column differs from distribute")
    text = (folder / "afspraak.toml").read_text()
    for name, old, new in (
        ("zonder", 'herverdeling = "naar_rato"', 'herverdeling = "geen"'),
        ("vast", "vaste_component = 0.10", "vaste_component = 0.25"),
        ("aanneemsom", '"Contract 0"\nsoort = "plafond"', '"Contract 0"\nsoort = "aanneemsom"'),
    ):
        copy = place / f"copy-{name}"
        shutil.copytree(folder, copy)
        (copy / "afspraak.toml").write_text(text.replace(old, new))
        (column,) = [one.column for one in found.beside if one.column.proposal.name == f"{name}.toml"]
        if [node.value for node in column.euros.groups.values()] != amounts(copy):
            raise SystemExit(f"{name} differs from distribute")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        folder = place / "case"
        folder.mkdir()
        write_case(folder, arguments.products)
        files = []
        for overlay, text in OVERLAYS.items():
            files.append(place / f"{overlay}.toml")
            files[-1].write_text(text)
        verify(folder, files, place)
        print(
            f"{GROUPS} groups, {arguments.products} products × {CONTRACTS} contracts, {len(files)} agreements; results equal\n"
        )
        reading = median(lambda: load_case(folder), arguments.runs)
        own, others = proposals(folder, files)
        first = median(
            lambda: settled(Proposal("A", Kind.OWN, shared(load_case(folder).checked())), "A"), arguments.runs
        )
        whole = median(lambda: compare(own, others), arguments.runs)
        print(f"{'reading and checking the case, once':<52} {reading:9.3f} s")
        print(f"{'summing, settling and dividing one agreement':<52} {first - reading:9.3f} s")
        print(f"{'each agreement, the sums known':<52} {whole / (len(files) + 1):9.3f} s")
        everything = median(lambda: compare(*proposals(folder, files)), arguments.runs)
        print(f"{'all of it: reading, 8 agreements beside the own one':<52} {everything:9.3f} s\n")
        base = [PYTHON, "-m", "puntlanding"]
        agreements = ["--agreements", *map(str, files)]
        commands = {
            FLOOR: [*base, "distribute", str(folder), "--json"],
            "puntlanding compare, 8 agreements, --json": [*base, "compare", str(folder), *agreements, "--json"],
            "puntlanding compare, 8 agreements": [*base, "compare", str(folder), *agreements],
        }
        timed(commands, FLOOR, arguments.runs)


if __name__ == "__main__":
    main()
