"""What a hospital may set of its forecast; everything has a default that works without knowing anything."""

from __future__ import annotations

from dataclasses import dataclass

from puntlanding.forecast.result import Method
from puntlanding.forecast.working_days import SchoolHoliday


@dataclass(frozen=True, slots=True)
class Settings:
    """``region`` None: the region of which the school holidays fit the openings best. ``school_holidays`` None: the table that
    comes along. ``method`` None: what does best on the own history. ``back_test`` False: bounds from the model only. ``fan``: past
    forecasts of this year, one per month-end. Weeks in which the hospital closes are events, also those of the past.
    """

    region: str | None = None
    school_holidays: tuple[SchoolHoliday, ...] | None = None
    method: Method | None = None
    back_test: bool = True
    fan: bool = True
