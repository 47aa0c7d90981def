"""Multi-year lump sum: the budget, plus a share of what the budget shrank since last year. [CB] worked example 7 (50 %)."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.contract_types.base import ContractType, Payment, Position
from puntlanding.explain import Node, Unit, excess, product
from puntlanding.setting import share


def rule(position: Position, settings: Mapping[str, Node]) -> Payment:
    if position.previous is None:
        raise ValueError(f"{position.group}: a multi-year lump sum needs last year's budget")
    names = {"subject": position.group, "contract": position.contract}
    shrink = excess("shrink", Unit.FTE, position.previous, position.budgeted, **names)
    return Payment(position.budgeted, product("extra", Unit.FTE, settings["krimpvergoeding"], shrink, **names))


MULTI_YEAR_LUMP_SUM = ContractType(
    name="meerjaren_aanneemsom",
    nl="Meerjaren aanneemsom: de begroting, plus een deel van de krimp sinds vorig jaar",
    en="Multi-year lump sum: the budget, plus a share of the shrink since last year",
    rule=rule,
    settings=(
        share(
            "krimpvergoeding",
            "Dit deel van de krimp van de begroting sinds vorig jaar wordt extra betaald.",
            "This share of the budget's shrink since last year is paid as an extra.",
            example="0.5",
        ),
    ),
    needs_realisation=False,
    needs_previous_budget=True,
)
