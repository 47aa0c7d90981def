"""When there is something to talk about: only where the budget lies outside the 80 % interval."""

from __future__ import annotations

from enum import StrEnum

from puntlanding.forecast.result import Estimate


class Signal(StrEnum):
    """Where the forecast lies, the budget being outside its 80 % interval."""

    OVER = "over"
    UNDER = "under"


def signal(estimate: Estimate, budget: float) -> Signal | None:
    bounds = estimate.interval80
    if budget < bounds.low:
        return Signal.OVER
    return Signal.UNDER if budget > bounds.high else None
