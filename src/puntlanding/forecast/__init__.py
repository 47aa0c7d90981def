"""Following the budget during the year (methods §6)."""

from puntlanding.forecast.monitor import Monitoring, MonitoringRow, monitor

__all__ = ["Monitoring", "MonitoringRow", "monitor"]
