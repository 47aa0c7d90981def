"""The list efficiencygewichten → weights."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from puntlanding.benchmark.efficiency_weights import COST_SHARE, EHEALTH, STANDARD_COSTS, EfficiencyWeights, unit_of
from puntlanding.case.groups import Once
from puntlanding.case.lists import read_list, require
from puntlanding.contribution.tables import Counted
from puntlanding.explain import Node, cell
from puntlanding.problems import Problem


def read_efficiency_weights(path: Path) -> EfficiencyWeights:
    """Raises InputError where a weight stands twice, or where a share is more than 1."""
    table = read_list(path, "efficiencygewichten")
    once, problems = Once(table, "onderdeel"), list[Problem]()
    given: dict[tuple[str | None, str], Node] = {}
    for row in table.rows:
        key, value = (row.get("specialisme"), row.get("onderdeel")), row.get("waarde")
        if key[1] is None or value is None or not once.claim(key, row, problems):
            continue
        if key[1] in (EHEALTH, COST_SHARE) and value > 1:
            problems.append(table.problem("efficiency_share", row, "waarde"))
        in_euros = key[1] in STANDARD_COSTS and key[1] != Counted.DIAGNOSTICS
        exact = Fraction(value) * (100 if in_euros else 1)
        given[key] = cell("given_weight", exact, unit_of(key[1]), table.source(row, "waarde"), subject=key[1])
    require(problems)
    return EfficiencyWeights(given)
