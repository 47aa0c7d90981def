"""The contract types. A new one is a module in this folder and a line in `CONTRACT_TYPES`; the agreement, its schema,
the template and the settlement follow from it.
"""

from __future__ import annotations

from puntlanding.contract_types.base import ContractType, Payment, Position
from puntlanding.contract_types.ceiling import CEILING
from puntlanding.contract_types.ceiling_bandwidth import CEILING_BANDWIDTH
from puntlanding.contract_types.lump_sum import LUMP_SUM
from puntlanding.contract_types.multi_year_lump_sum import MULTI_YEAR_LUMP_SUM
from puntlanding.contract_types.shadow_run import SHADOW_RUN

CONTRACT_TYPES: dict[str, ContractType] = {
    contract_type.name: contract_type
    for contract_type in (CEILING, CEILING_BANDWIDTH, LUMP_SUM, MULTI_YEAR_LUMP_SUM, SHADOW_RUN)
}

__all__ = ["CONTRACT_TYPES", "ContractType", "Payment", "Position"]
