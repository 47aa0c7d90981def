"""With which production agreements are compared before a year is over: what was realised, else the forecast, else the budget itself."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from puntlanding.case.model import Case


class Measure(StrEnum):
    REALISED = "realisatie"
    FORECAST = "prognose"
    BUDGET = "begroting"


def measured(case: Case) -> tuple[Case, Measure] | None:
    """The case with that production as its realisation; None where it has none at all."""
    if case.realisation is not None:
        return case, Measure.REALISED
    if case.forecast is not None:
        return replace(case, realisation=case.forecast), Measure.FORECAST
    if case.budget is not None:
        return replace(case, realisation=case.budget), Measure.BUDGET
    return None
