"""Following the budget during the year (methods §6)."""

from puntlanding.forecast.monitor import Monitoring, MonitoringRow, comparable, monitor

__all__ = ["Monitoring", "MonitoringRow", "comparable", "monitor"]
