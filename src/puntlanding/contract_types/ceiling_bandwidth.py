"""Ceiling with bandwidth: over-production is paid up to a share of the budget. [CB] worked example 5 (5 %)."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.contract_types.base import ContractType, Payment, Position, realised
from puntlanding.explain import Node, Unit, excess, minimum, product
from puntlanding.setting import share


def rule(position: Position, settings: Mapping[str, Node]) -> Payment:
    names = {"subject": position.group, "contract": position.contract}
    base = minimum("up_to_budget", Unit.FTE, realised(position), position.budgeted, **names)
    over = excess("over", Unit.FTE, realised(position), position.budgeted, **names)
    band = product("band", Unit.FTE, settings["bandbreedte"], position.budgeted, **names)
    return Payment(base, minimum("extra", Unit.FTE, over, band, **names))


CEILING_BANDWIDTH = ContractType(
    name="plafond_bandbreedte",
    nl="Plafond met bandbreedte: meerproductie telt tot een deel van de begroting",
    en="Ceiling with bandwidth: over-production counts up to a share of the budget",
    rule=rule,
    settings=(
        share(
            "bandbreedte",
            "Meerproductie wordt betaald tot dit deel van de begroting.",
            "Over-production is paid up to this share of the budget.",
            example="0.05",
        ),
    ),
)
