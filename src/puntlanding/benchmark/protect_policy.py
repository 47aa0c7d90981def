"""How a contribution is protected before it leaves a hospital: what the hospitals of a benchmark agree on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

RULES = 1  # a number of its own in the file: what was done may change, and then a reader can tell


class Method(StrEnum):
    """Values are what users type: rows that are too small are told together, or every number is rounded."""

    MERGE = "samenvoegen"
    ROUND = "afronden"


class Period(StrEnum):
    QUARTER = "kwartaal"
    YEAR = "jaar"


@dataclass(frozen=True, slots=True)
class Policy:
    """All defaults are local choices: no source gives them.

    ``minimum``: patients in each cell; ``units``: of a care unit in a stratum, where it has any (what one or two days tell);
    ``codes``: at least told together (norm times are public, so minutes are a sum that can be taken apart: ADR 0016); ``base``: what is rounded to; ``period``: of production.
    """

    method: Method = Method.MERGE
    minimum: int = 10
    units: int = 3
    codes: int = 12
    base: int = 5
    period: Period = Period.QUARTER

    def as_record(self) -> dict[str, Any]:
        used = (
            {"minimum": self.minimum, "minimum_eenheden": self.units, "minimum_codes": self.codes}
            if self.method is Method.MERGE
            else {"veelvoud": self.base}
        )
        return {"regels": RULES, "methode": self.method.value, "periode": self.period.value, **used}
