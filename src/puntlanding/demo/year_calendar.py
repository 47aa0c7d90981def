"""How much care a day has room for: weekdays, public holidays, bridge days and the school holidays of the region."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np
from numpy.typing import NDArray

from puntlanding.demo.calibration import number, rows

Days = NDArray[np.float64]
EPOCH = date(1970, 1, 1)
_WORKING = "Good Friday"


def day_number(day: date) -> int:
    return (day - EPOCH).days


def span(first: date, last: date) -> NDArray[np.int64]:
    """Day numbers from ``first`` up to and including ``last``."""
    return np.arange(day_number(first), day_number(last) + 1, dtype=np.int64)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """As hospitals keep them: Liberation Day once in five years (the library knows), and at work on Good Friday."""
    return frozenset(day for day, name in holidays.country_holidays("NL", years=year).items() if name != _WORKING)


def planned(days: NDArray[np.int64], region: str) -> Days:
    """Room for planned care per day; an ordinary weekday is 1."""
    weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
    room = np.where(weekday >= 5, number("ritme.weekend"), 1.0)
    room[weekday == 4] = number("ritme.vrijdag")
    dates = [EPOCH + timedelta(days=int(day)) for day in days]
    off = np.array([day in public_holidays(day.year) for day in dates])
    after = np.array([day - timedelta(days=1) in public_holidays((day - timedelta(days=1)).year) for day in dates])
    before = np.array([day + timedelta(days=1) in public_holidays((day + timedelta(days=1)).year) for day in dates])
    for name, first, last in _school_holidays(dates[0].year, dates[-1].year, region):
        inside = (days >= day_number(first)) & (days <= day_number(last))
        room[inside] *= number(f"ritme.{name}")
    bridge = ((weekday == 4) & after) | ((weekday == 0) & before)
    room[bridge] *= number("ritme.brugdag")
    room[off] = number("ritme.feestdag")
    return room


def urgent(days: NDArray[np.int64]) -> Days:
    """Room for care that cannot wait: a little less at weekends, a little more in winter."""
    weekday = (days + 3) % 7
    level = np.where(weekday >= 5, number("ritme.spoed_weekend"), 1.0)
    by_season: Days = level * (1 + number("ritme.spoed_winter") * np.cos(2 * np.pi * (days % 365.25) / 365.25))
    return by_season


def _school_holidays(first_year: int, last_year: int, region: str) -> list[tuple[str, date, date]]:
    """Those that touch the years. A year outside the table borrows the nearest one's, moved by whole weeks."""
    table = [
        (row["vakantie"], date.fromisoformat(row["van"]), date.fromisoformat(row["tot"]))
        for row in rows("school_holidays.csv")
        if row["regio"] == region
    ]
    known = sorted({first.year for _, first, _ in table})
    found = []
    for year in range(first_year - 1, last_year + 1):
        near = min(max(year, known[0]), known[-1])
        weeks = timedelta(weeks=round((year - near) * 365.2425 / 7))
        found += [(name, first + weeks, last + weeks) for name, first, last in table if first.year == near]
    return found
