"""Forecast ÷ budget per group: the ratio the year is steered on. [CB] worked example 2."""

from __future__ import annotations

from dataclasses import dataclass

from puntlanding.budget.capacity import Capacity, CapacityRow
from puntlanding.explain import Node, Unit, quotient


@dataclass(frozen=True, slots=True)
class MonitoringRow:
    """``ratio`` is forecast ÷ budget, on norm hours where both are known, else on norm fte; None where the budget is zero."""

    name: str
    forecast_hours: Node | None
    budget_hours: Node | None
    ratio: Node | None


@dataclass(frozen=True, slots=True)
class Monitoring:
    rows: tuple[MonitoringRow, ...]
    care_units: tuple[MonitoringRow, ...]
    total: MonitoringRow


def monitor(forecast: Capacity, budget: Capacity) -> Monitoring:
    """Both of the same groups in the same order, before scoring: the forecast of volumes says nothing of efficiency."""
    return Monitoring(
        tuple(_row(f, b) for f, b in zip(forecast.rows, budget.rows, strict=True)),
        tuple(_row(f, b) for f, b in zip(forecast.care_units, budget.care_units, strict=True)),
        _row(forecast.total, budget.total),
    )


def comparable(forecast: CapacityRow, budget: CapacityRow) -> tuple[Node, Node] | None:
    """Both in norm hours, else both in norm fte; None where the two share no measure."""
    for pair in ((forecast.hours, budget.hours), (forecast.norm_fte, budget.norm_fte)):
        expected, agreed = pair
        if expected is not None and agreed is not None:
            return expected, agreed
    return None


def _row(forecast: CapacityRow, budget: CapacityRow) -> MonitoringRow:
    ratio, pair = None, comparable(forecast, budget)
    if pair is not None and pair[1].value != 0:
        expected, agreed = pair[0].named("forecast"), pair[1].named("budgeted")
        ratio = quotient("forecast_ratio", Unit.RATIO, expected, agreed, subject=budget.name)
    return MonitoringRow(budget.name, forecast.hours, budget.hours, ratio)
