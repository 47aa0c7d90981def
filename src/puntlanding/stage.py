"""What a year is computed in."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The stages in order; the value is the command's name."""

    BUDGET = "budget"
    MONITOR = "monitor"
    SETTLE = "settle"
    DISTRIBUTE = "distribute"
