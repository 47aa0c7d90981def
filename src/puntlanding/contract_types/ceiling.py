"""Ceiling (plafond, the HLA default): paid is what was realised, at most the budget. [CB] worked examples 3 and 4.

Where the agreement redistributes, `settlement.redistribution` adds the extra from what other groups left over.
"""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.contract_types.base import ContractType, Payment, Position, no_extra, realised
from puntlanding.explain import Node, Unit, minimum


def rule(position: Position, settings: Mapping[str, Node]) -> Payment:
    base = minimum(
        "up_to_budget",
        Unit.FTE,
        realised(position),
        position.budgeted,
        subject=position.group,
        contract=position.contract,
    )
    return Payment(base, no_extra(position))


CEILING = ContractType(
    name="plafond",
    nl="Plafond: realisatie telt tot de begroting",
    en="Ceiling: realisation counts up to the budget",
    rule=rule,
    redistributes=True,
)
