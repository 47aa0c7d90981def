"""When there is something to talk about: only where the budget lies outside the 80 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from puntlanding.forecast.result import Estimate, FanPoint


class Signal(StrEnum):
    """Where the forecast lies, the budget being outside its 80 % interval."""

    OVER = "over"
    UNDER = "under"


def signal(estimate: Estimate, budget: float) -> Signal | None:
    bounds = estimate.interval80
    if budget < bounds.low:
        return Signal.OVER
    return Signal.UNDER if budget > bounds.high else None


def since(course: Sequence[FanPoint], budget: float) -> date | None:
    """The first day of the last unbroken run of forecasts, up to the newest, that had the same signal as it; None without one."""
    found = None
    now = signal(course[-1].estimate, budget) if course else None
    for point in reversed(course):
        if now is None or signal(point.estimate, budget) is not now:
            break
        found = point.cut_off
    return found
