"""One norm hour more at four places around the budget of 27 groups in 3 contracts. Target: under 2 s.

    python benchmarks/incentives.py [--products 400] [--runs 5]

Prints the slopes beside what difference quotients would cost: the whole year settled and divided again for each. The slopes are first
held equal to the quotients of an exact, small step, for every fifth group.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from comparison import CONTRACTS, GROUPS, median, write_case
from puntlanding.case import load_case
from puntlanding.case.model import Case
from puntlanding.case.variants import shared
from puntlanding.incentives import Incentives, Others, Place, incentives
from puntlanding.incentives.curves import situation_of
from puntlanding.incentives.effect import divided, settled
from puntlanding.incentives.slope import sloped
from puntlanding.quantities import ZERO
from puntlanding.year import Year
from timing import PYTHON
from timing import compare as timed

TENTH, STEP = Fraction(1, 10), Fraction(1, 10**12)


def quotients(case: Case, found: Incentives) -> float:
    """Seconds for each whole year; raises SystemExit where a quotient is no slope."""
    situation = situation_of(Year(case), Others.REALISED)
    taken, count = 0.0, 0
    for curve in found.curves[:: 5 * CONTRACTS]:
        at = curve.budget * (1 + TENTH)
        amounts = []
        for point in (at, at + STEP):
            start = time.perf_counter()
            settlement = settled(situation, curve.group, curve.contract.name, sloped(point, ZERO))
            rows = divided(situation, settlement).rows
            taken, count = taken + time.perf_counter() - start, count + 1
            amounts.append(next(row.paid.value.value for row in rows if row.name == curve.group))
        own = curve.effects[Place.FAR_ABOVE].euros
        if own is None or abs((amounts[1] - amounts[0]) / STEP - own[curve.group]) > Fraction(1, 100):
            raise SystemExit(f"{curve.group}: the slope is not the limit of the quotient")
    return taken / count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_case(folder, arguments.products)
        case = shared(load_case(folder).checked())
        found = incentives(case, None, TENTH)
        each = quotients(case, found)
        points = len(found.curves) * len(Place)
        print(f"{GROUPS} groups × {CONTRACTS} contracts × {len(Place)} places = {points} slopes; equal to quotients\n")
        taken = median(lambda: incentives(case, None, TENTH), arguments.runs)
        print(f"{'all slopes, exact':<52} {taken:9.3f} s")
        print(f"{'as quotients: two years each, extrapolated':<52} {2 * points * each:9.3f} s\n")
        base = [PYTHON, "-m", "puntlanding"]
        floor = "puntlanding distribute"
        commands = {
            floor: [*base, "distribute", str(folder), "--json"],
            "puntlanding incentives": [*base, "incentives", str(folder)],
            "puntlanding incentives, --json": [*base, "incentives", str(folder), "--json"],
        }
        timed(commands, floor, arguments.runs)


if __name__ == "__main__":
    main()
