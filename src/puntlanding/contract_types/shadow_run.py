"""Shadow run (schaduwdraaien): paid on realisation, with the budget shown beside it. [CB] worked example 8."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.contract_types.base import ContractType, Payment, Position, no_extra, realised
from puntlanding.explain import Node


def rule(position: Position, settings: Mapping[str, Node]) -> Payment:
    return Payment(realised(position), no_extra(position))


SHADOW_RUN = ContractType(
    name="schaduwdraaien",
    nl="Schaduwdraaien: de realisatie wordt betaald, de begroting staat ernaast",
    en="Shadow run: the realisation is paid, the budget is shown beside it",
    rule=rule,
)
