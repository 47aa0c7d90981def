"""Supporting groups: as the others, on realisation, or following the gatekeepers (methods §7; [CB] bijlage 2 table 3)."""

from __future__ import annotations

from collections.abc import Sequence

from puntlanding.agreement.model import Supporting
from puntlanding.contract_types import Payment, Position
from puntlanding.contract_types.base import no_extra, realised
from puntlanding.explain import Node, Unit, product, quotient, total


def supporting_payment(mode: Supporting, position: Position, gatekeepers: Sequence[Position]) -> Payment:
    """What a supporting group outside the pool is paid in one contract.

    ``gatekeepers`` are the gatekeeping positions of the same contract; their budgets must not add up to zero.
    """
    if mode is Supporting.ON_REALISATION:
        return Payment(realised(position), no_extra(position))
    return Payment(
        product(
            "follows_gatekeepers", Unit.FTE, position.budgeted, _gatekeepers_ratio(gatekeepers),
            subject=position.group, contract=position.contract,
        ),
        no_extra(position),
    )  # fmt: skip


def _gatekeepers_ratio(gatekeepers: Sequence[Position]) -> Node:
    return quotient(
        "gatekeepers_ratio", Unit.RATIO,
        total("gatekeepers_realised", Unit.FTE, [realised(one) for one in gatekeepers]),
        total("gatekeepers_budgeted", Unit.FTE, [one.budgeted for one in gatekeepers]),
    )  # fmt: skip
