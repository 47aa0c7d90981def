"""What kind of day each day is: weekday, public holiday, bridge day, and within which school holiday it falls."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import holidays
import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.history import EPOCH, Ints, day_number

Floats = NDArray[np.float64]
REGIONS = ("noord", "midden", "zuid")
SCHOOL = ("geen", "voorjaar", "mei", "zomer", "herfst", "kerst")  # the place is the number of the kind
SATURDAY, SUNDAY, PUBLIC, BRIDGE = 5, 6, 7, 8  # Monday to Friday are 0 to 4
DAY_KINDS = 9
CELLS = DAY_KINDS * len(SCHOOL)
_AT_WORK = "Good Friday"  # hospitals keep it as a working day


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    name: str
    region: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Event:
    """Capacity other than usual, from ``first`` to ``last``, both included: ``percent`` of it is left. ``group`` None: of all."""

    first: date
    last: date
    group: str | None
    percent: float
    reason: str = ""


@cache
def school_holidays() -> tuple[SchoolHoliday, ...]:
    """The table that comes along; a hospital may give its own."""
    text = files("puntlanding.forecast").joinpath("data", "school_holidays.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        SchoolHoliday(row["vakantie"], row["regio"], date.fromisoformat(row["van"]), date.fromisoformat(row["tot"]))
        for row in rows
    )


def kinds(first: int, last: int, region: str | None, table: Sequence[SchoolHoliday] | None = None) -> Ints:
    """Per day from day number ``first`` to ``last``: kind of day × len(SCHOOL) + kind of school holiday. No region: no school."""
    days = np.arange(first, last + 1, dtype=np.int64)
    kind = (days + 3) % 7  # 1 January 1970 was a Thursday
    weekday = kind.copy()
    off = np.zeros(len(days) + 2, dtype=bool)  # one day more on each side
    for year in range((EPOCH + timedelta(days=first - 1)).year, (EPOCH + timedelta(days=last + 1)).year + 1):
        for day in _public(year):
            at = day_number(day) - first + 1
            if 0 <= at < len(off):
                off[at] = True
    bridge = ((weekday == 4) & off[:-2]) | ((weekday == 0) & off[2:])
    kind[bridge] = BRIDGE
    kind[off[1:-1] & (weekday < SATURDAY)] = PUBLIC
    school = np.zeros(len(days), dtype=np.int64)
    if region is not None:
        for one in _covering(school_holidays() if table is None else table, region, days):
            inside = (days >= day_number(one.first)) & (days <= day_number(one.last))
            school[inside] = SCHOOL.index(one.name) if one.name in SCHOOL else SCHOOL.index("herfst")
    return np.asarray(kind * len(SCHOOL) + school, dtype=np.int64)


@cache
def _public(year: int) -> frozenset[date]:
    return frozenset(day for day, name in holidays.country_holidays("NL", years=year).items() if name != _AT_WORK)


def _covering(table: Iterable[SchoolHoliday], region: str, days: Ints) -> list[SchoolHoliday]:
    """Those of the region, and for years outside the table the nearest year's moved by whole weeks."""
    mine = [one for one in table if one.region == region]
    if not mine or not len(days):
        return mine
    count = Counter(one.last.year for one in mine)
    known = sorted(year for year in count if count[year] == max(count.values()))  # the others are not whole
    begin, end = (EPOCH + timedelta(days=int(day)) for day in (days[0], days[-1]))
    found = list(mine)
    for year in range(begin.year, end.year + 2):
        if year in known:
            continue
        near = min(max(year, known[0]), known[-1])
        weeks = timedelta(weeks=round((year - near) * 365.2425 / 7))
        found += [
            SchoolHoliday(one.name, region, one.first + weeks, one.last + weeks)
            for one in mine
            if one.last.year == near
        ]
    return found


def room_of(events: Sequence[Event], groups: Sequence[str], first: int, last: int) -> Floats:
    """Group × day: the share of usual capacity that the events leave; 1 where there is none. Events on one day multiply."""
    left = np.ones((len(groups), last - first + 1))
    for event in events:
        low, high = day_number(event.first) - first, day_number(event.last) - first + 1
        for at, name in enumerate(groups):
            if event.group is None or event.group == name:
                left[at, max(low, 0) : max(high, 0)] *= max(event.percent, 0.0) / 100
    return left


def nearest_region(daily: Floats, first: int, table: Sequence[SchoolHoliday] | None = None) -> str | None:
    """The region whose holidays fit what was opened: least spread of working days around their weeks before and after.

    ``daily``: openings of the whole hospital per day. None under a year of days.
    """
    if len(daily) < 365:
        return None
    found = {}
    for region in REGIONS:
        cell = kinds(first, first + len(daily) - 1, region, table)
        kind, school = cell // len(SCHOOL), cell % len(SCHOOL)
        working = np.flatnonzero(kind < SATURDAY)
        count, within = np.log(daily[working] + 1), school[working]
        count = count - np.array([count[kind[working] == one].mean() for one in range(5)])[kind[working]]
        width = 60  # working days: holidays are measured against the months around them
        smooth = np.convolve(count, np.ones(width), "same") / np.convolve(np.ones(len(count)), np.ones(width), "same")
        rest = count - smooth
        means = np.array([rest[within == one].mean() if (within == one).any() else 0.0 for one in range(len(SCHOOL))])
        found[region] = float(np.median(np.abs(rest - means[within])))
    return min(REGIONS, key=lambda region: (round(found[region], 9), region))
