"""Lump sum (aanneemsom): the budget is paid whatever was realised. [CB] worked example 6."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.contract_types.base import ContractType, Payment, Position, no_extra
from puntlanding.explain import Node


def rule(position: Position, settings: Mapping[str, Node]) -> Payment:
    return Payment(position.budgeted, no_extra(position))


LUMP_SUM = ContractType(
    name="aanneemsom",
    nl="Aanneemsom: de begroting wordt betaald",
    en="Lump sum: the budget is paid",
    rule=rule,
    needs_realisation=False,
)
