"""A history made ready to be looked at on many days: oddities of recording set aside, kinds of days known, snapshots taken once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.history import (
    NEVER,
    History,
    Ints,
    Mask,
    Trajectories,
    day_number,
    day_of,
    month_end,
    month_number,
    month_of,
    month_start,
)
from puntlanding.forecast.in_flight import Cells, cells
from puntlanding.forecast.settings import Settings
from puntlanding.forecast.working_days import Event, kinds, nearest_region, room_of

Floats = NDArray[np.float64]
LUMP_DELAY, LUMP_SHARE = 45, 0.02  # days late, in the middle; of all rows, recorded on one day
ALL = 0.95  # so much of it on such days: the source does not tell when it recorded
ADMINISTRATION = 8  # days from closing to a known product, where the source does not tell
_LONG_AGO = 20 * 365  # a history does not begin before: what is older is a mistyped date


@dataclass(frozen=True, slots=True)
class Prepared:
    """``history``: with days of recording that mean something. ``first``: the first day of which the openings count.

    ``cells``: kind of each day from ``first`` to ``last``; ``room``: group × day, what events leave.
    ``told_from``: before this day nothing was recorded, so that no forecast can be replayed.
    """

    history: History
    first: int
    last: int
    kinds: Ints
    months: Ints
    room: Floats
    snapshots: Cells
    region: str | None
    lump: Mask
    recording_known: bool
    told_from: int

    @property
    def as_of(self) -> int:
        return day_number(self.history.as_of)


def prepare(history: History, settings: Settings, events: Sequence[Event], days: Sequence[int]) -> Prepared | None:
    """``days``: the cut-offs that will be asked for. None where nothing was opened."""
    rows, lump, told, told_from = _told(history.trajectories, len(history.groups), history.recording_known)
    as_of = day_number(history.as_of)
    since = max(_first_day(history, as_of), as_of - _LONG_AGO)
    opened = rows.opened[(rows.opened >= since) & (rows.recorded <= as_of)]
    if not len(opened) or since > as_of:
        return None
    last = day_number(date(max(history.year, history.as_of.year), 12, 31))
    seen = replace(history, trajectories=rows, recording_known=told)
    if not told:  # then nor does it tell when activities were recorded
        seen = replace(seen, activities=replace(history.activities, recorded=history.activities.day))
    daily = np.bincount(opened - since, minlength=as_of - since + 1).astype(np.float64)
    region = settings.region or nearest_region(daily, since, settings.school_holidays)
    wanted = [*days, *(day for day in _month_ends(since, as_of) if _trains(day, days))]
    return Prepared(
        seen,
        since,
        last,
        kinds(since, last, region, settings.school_holidays),
        month_of(np.arange(since, last + 1, dtype=np.int64)),
        room_of(events, history.groups, since, last),
        cells(seen, wanted),
        region,
        lump,
        told,
        told_from,
    )


def _first_day(history: History, as_of: int) -> int:
    """The first day of the first whole month: from a source that says so, else where the openings begin to be many."""
    if history.first is not None:
        begin = day_number(history.first)
    else:
        opened = history.trajectories.opened
        opened = opened[(opened <= as_of) & (opened > as_of - _LONG_AGO)]
        if not len(opened):
            return as_of + 1
        months, counts = np.unique(month_of(opened), return_counts=True)
        many = months[counts >= 0.2 * np.median(counts)]
        begin = day_number(month_start(int(many[0])))
    month = month_number(day_of(begin))
    start = day_number(month_start(month))
    return start if begin == start else day_number(month_start(month + 1))


def _month_ends(first: int, last: int) -> list[int]:
    months = range(month_number(day_of(first)), month_number(day_of(last)) + 1)
    ends = [day_number(month_end(month)) for month in months]
    return [day for day in ends if day <= last]


def _trains(day: int, cut_offs: Sequence[int]) -> bool:
    """Whether some cut-off learns from this month-end: half a year to a year and a half before it, and a month to spare."""
    return any(-(183 + 13 * 31) <= day - cut_off <= -183 for cut_off in cut_offs)


def _told(rows: Trajectories, groups: int, known: bool) -> tuple[Trajectories, Mask, bool, int]:
    """What was recorded in one lump, long after, counts as recorded in time; which groups had such, whether the source
    tells at all, and the day of the last lump.
    """
    delay = rows.recorded - rows.opened
    lump = _lumps(rows.recorded, delay)
    late = np.isin(rows.recorded, lump) & (delay > LUMP_DELAY)
    told = known and late.mean() < ALL if len(late) else known
    if not told:
        late = np.ones(len(rows), dtype=bool)
    of_group = np.bincount(rows.group[late], minlength=groups) > 0 if told else np.zeros(groups, dtype=bool)
    product = (rows.known != NEVER) & (rows.closed != NEVER)
    wait = np.where(product, rows.known - rows.closed, 0)
    loaded = _lumps(rows.known[product], wait[product])
    moved = product & np.isin(rows.known, loaded) & (wait > LUMP_DELAY)
    if not told:
        moved = product
    from_day = int(lump.max()) if told and len(lump) else int(np.iinfo(np.int32).min)
    return (
        replace(
            rows,
            recorded=np.where(late, rows.opened, rows.recorded),
            known=np.where(moved, np.minimum(rows.known, rows.closed + ADMINISTRATION), rows.known),
        ),
        of_group,
        bool(told),
        from_day,
    )


def _lumps(days: Ints, delay: Ints) -> Ints:
    """Days on which a good part of everything was recorded that had been so for a while."""
    late = delay > LUMP_DELAY
    if not late.any():
        return np.zeros(0, dtype=np.int64)
    different, counts = np.unique(days[late], return_counts=True)
    found: Ints = different[counts >= max(LUMP_SHARE * len(days), 30)]
    return found
