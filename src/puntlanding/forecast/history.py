"""What was known of one hospital on a day, as arrays of whole numbers: all that a forecast may rest on."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
EPOCH = date(1970, 1, 1)
NEVER = 1_000_000  # of a day: not yet; later than any day, so that ``known <= day`` needs no second question
STALE = 35  # days without any opening in the whole hospital: its records end
REGULAR, FOLLOW_UP = 11, 21


class ActivityClass(IntEnum):
    """The kinds of activity that say in what state an open trajectory is."""

    VISIT = 0
    DAY_TREATMENT = 1
    NURSING_DAY = 2
    OPERATION = 3


@dataclass(frozen=True, slots=True)
class Trajectories:
    """One row per gatekeeping trajectory, rising by ``opened``. Days since 1970; NEVER where it has not happened yet.

    ``group``, ``contract`` and ``diagnosis`` are positions (of ``groups``, of ``contracts``, dense within a group's diagnosis
    groups). ``closed`` only where the closing was known; ``recorded``: first seen, equal to ``opened`` where the source does not
    tell. ``known``: the day its product became known. ``minutes``: hundredths of a minute of that product with year T's norm
    times, 0 while unknown or without norm time (``priced`` False); below zero in a correction.
    """

    group: Ints
    opened: Ints
    closed: Ints
    recorded: Ints
    known: Ints
    minutes: Ints
    priced: Mask
    care_type: Ints
    diagnosis: Ints
    contract: Ints

    def __len__(self) -> int:
        return len(self.opened)

    def take(self, rows: Ints | Mask) -> Trajectories:
        return Trajectories(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Activities:
    """Sorted by trajectory (a position in `Trajectories`), then day. ``kind``: an `ActivityClass`."""

    trajectory: Ints
    kind: Ints
    day: Ints
    recorded: Ints
    quantity: Ints

    def __len__(self) -> int:
        return len(self.trajectory)

    def take(self, rows: Ints | Mask) -> Activities:
        return Activities(*(getattr(self, field.name)[rows] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class Supporting:
    """Work of supporting groups in trajectories of others: sums per specialism (a position in ``groups``), day of execution, day
    of recording and contract of the trajectory (a position in the history's). ``minutes``: hundredths, with year T's norm times.
    """

    groups: tuple[str, ...]
    group: Ints
    day: Ints
    recorded: Ints
    minutes: Ints
    contract: Ints

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: Ints | Mask) -> Supporting:
        columns = (self.group, self.day, self.recorded, self.minutes, self.contract)
        return Supporting(self.groups, *(column[rows] for column in columns))


NO_SUPPORTING = Supporting((), *(np.zeros(0, dtype=np.int64) for _ in range(5)))


@dataclass(frozen=True, slots=True)
class History:
    """``groups``: specialism codes, sorted. ``first``: the first day from which the source has all openings.

    ``recording_known`` False: the source does not tell when rows were recorded, so that an earlier day cannot be told apart by it
    and a back-test sees openings and activities on the day itself.
    """

    as_of: date
    year: int
    groups: tuple[str, ...]
    contracts: tuple[str, ...]
    trajectories: Trajectories
    activities: Activities
    supporting: Supporting = NO_SUPPORTING
    recording_known: bool = True
    first: date | None = None

    def as_known(self, day: date) -> History:
        """What a history read on that earlier day would be, by the recording times. ``year`` and norm times stay."""
        if day >= self.as_of:
            return self
        at = day_number(day)
        rows = self.trajectories
        keep = rows.recorded <= at
        seen = rows.take(keep)
        place = np.cumsum(keep) - 1
        known = seen.known <= at
        # A closing is recorded with the product that follows from it; one that never gets a product is closed on its day.
        closed = (seen.closed <= at) & (known | (seen.known == NEVER))
        seen = replace(
            seen,
            closed=np.where(closed, seen.closed, NEVER),
            known=np.where(known, seen.known, NEVER),
            minutes=np.where(known, seen.minutes, 0),
            priced=seen.priced & known,
        )
        done = self.activities
        done = done.take((done.recorded <= at) & (done.day <= at) & keep[done.trajectory])
        done = replace(done, trajectory=place[done.trajectory])
        helped = self.supporting
        helped = helped.take((helped.recorded <= at) & (helped.day <= at))
        return replace(self, as_of=day, trajectories=seen, activities=done, supporting=helped)


def day_number(day: date) -> int:
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def month_of(days: Ints) -> Ints:
    """Months since January 1970 of each day number. From a table where that is less work: a calendar is slow."""
    first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    if last - first >= len(days):
        return _by_calendar(days)
    return _by_calendar(np.arange(first, last + 1, dtype=np.int64)).take(days - first)


def _by_calendar(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def month_number(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def month_start(month: int) -> date:
    return date(1970 + month // 12, month % 12 + 1, 1)


def month_end(month: int) -> date:
    return month_start(month + 1) - timedelta(days=1)
