"""How far the records can be leaned on: counts beside those of a year before, each with a judgement by a stated threshold.

The thresholds are this project's own judgement; none is in a source. An item is an alarm, never an input of the forecast.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from puntlanding.forecast.history import NEVER, History, Trajectories, day_number, month_of, month_start
from puntlanding.forecast.known import Known

YEAR = 365
LATE_DAYS, LATE_SHARE = 14, 0.15
LONG_DAYS, LONG_SHARE = 120, 0.10
UNPRICED_SHARE = 0.01
LAG_MORE = 3.0  # days
WORSE, WORSE_LEAST = 1.5, 0.01  # times the share of the year before, and at least so much more
LUMP_DAYS, LUMP_SHARE = 7, 0.25  # a day that recorded so large a part of a month's openings, so long after they opened


class Item(StrEnum):
    """What is looked at."""

    LATE_OPENINGS = "late_openings"  # opened 30 to 120 days ago, recorded more than `LATE_DAYS` after the opening
    LONG_OPEN = "long_open"  # of the open trajectories, those open longer than `LONG_DAYS`
    UNPRICED = "unpriced"  # known products of the year without a norm time
    CLOSING_LAG = "closing_lag"  # days from closing until the product is known, of the last three months (median)
    LUMPS = "lumps"  # months of the last two years of which many openings were recorded on one later day
    STALE = "stale"  # opening years of which the newest delivery is older than the year's own
    LATER_DELIVERY = "later_delivery"  # opening years that are read from a delivery made after the day


class Judgement(StrEnum):
    FINE = "fine"
    ATTENTION = "attention"
    UNKNOWN = "unknown"  # the source does not tell


@dataclass(frozen=True, slots=True)
class Finding:
    """``count`` out of ``of``; ``value``: the share (or the days), ``before`` the same a year earlier. ``which``: months, years."""

    item: Item
    judgement: Judgement
    count: int
    of: int
    value: float | None
    before: float | None
    threshold: float
    which: tuple[str, ...] = ()


def strip(known: Known) -> tuple[Finding, ...]:
    """In the order in which they are read."""
    return tuple(_findings(known))


def _findings(known: Known) -> Iterator[Finding]:
    history = known.history
    at = day_number(history.as_of)
    rows = history.trajectories
    yield _compared(Item.LATE_OPENINGS, _late(rows, at), _late(rows, at - YEAR), LATE_SHARE, told=known.opened_known)
    yield _compared(Item.LONG_OPEN, _long_open(rows, at), _long_open(rows, at - YEAR), LONG_SHARE, told=True)
    yield _unpriced(history)
    yield _lag(rows, at, told=known.product_known)
    yield _lumps(rows, at, told=known.opened_known)
    stale = tuple(str(one.year) for one in known.deliveries if one.stale)
    yield Finding(Item.STALE, _judged(bool(stale)), len(stale), len(known.deliveries), None, None, 0, stale)
    later = tuple(str(one.year) for one in known.deliveries if one.later)
    blind = bool(later) and not (known.opened_known and known.product_known and known.done_known)
    yield Finding(Item.LATER_DELIVERY, _judged(blind), len(later), len(known.deliveries), None, None, 0, later)


def _judged(attention: bool) -> Judgement:
    return Judgement.ATTENTION if attention else Judgement.FINE


def _compared(item: Item, now: tuple[int, int], before: tuple[int, int], threshold: float, *, told: bool) -> Finding:
    share, earlier = _share(*now), _share(*before)
    if not told or share is None:
        return Finding(item, Judgement.UNKNOWN, *now, None, None, threshold)
    worse = earlier is not None and share > max(WORSE * earlier, earlier + WORSE_LEAST)
    return Finding(item, _judged(share > threshold or worse), *now, share, earlier, threshold)


def _share(count: int, of: int) -> float | None:
    return count / of if of else None


def _late(rows: Trajectories, at: int) -> tuple[int, int]:
    here = (rows.opened > at - LONG_DAYS) & (rows.opened <= at - 30) & (rows.recorded <= at)
    late = here & (rows.recorded - rows.opened > LATE_DAYS)
    return int(late.sum()), int(here.sum())


def _long_open(rows: Trajectories, at: int) -> tuple[int, int]:
    open_then = (rows.recorded <= at) & (rows.known > at)
    return int((open_then & (rows.opened < at - LONG_DAYS)).sum()), int(open_then.sum())


def _unpriced(history: History) -> Finding:
    rows = history.trajectories
    year = rows.opened >= day_number(date(history.year, 1, 1))
    known = year & (rows.known < NEVER)
    count, of = int((known & ~rows.priced).sum()), int(known.sum())
    share = _share(count, of)
    judgement = Judgement.UNKNOWN if share is None else _judged(share > UNPRICED_SHARE)
    return Finding(Item.UNPRICED, judgement, count, of, share, None, UNPRICED_SHARE)


def _lag(rows: Trajectories, at: int, *, told: bool) -> Finding:
    def median(day: int) -> tuple[int, float | None]:
        here = (rows.known <= day) & (rows.known > day - 91)
        return int(here.sum()), float(np.median((rows.known - rows.closed)[here])) if here.any() else None

    count, now = median(at)
    _, before = median(at - YEAR)
    if not told or now is None:
        return Finding(Item.CLOSING_LAG, Judgement.UNKNOWN, count, count, None, None, LAG_MORE)
    slower = before is not None and now > before + LAG_MORE
    return Finding(Item.CLOSING_LAG, _judged(slower), count, count, now, before, LAG_MORE)


def _lumps(rows: Trajectories, at: int, *, told: bool) -> Finding:
    """By opening month: the day, other than at once, that recorded most of it."""
    if not told:
        return Finding(Item.LUMPS, Judgement.UNKNOWN, 0, 0, None, None, LUMP_SHARE)
    here = np.flatnonzero(rows.opened > at - 2 * YEAR)
    month = month_of(rows.opened[here])
    if not len(month):
        return Finding(Item.LUMPS, Judgement.UNKNOWN, 0, 0, None, None, LUMP_SHARE)
    first, sizes = int(month.min()), np.bincount(month - month.min())
    late = rows.recorded[here] - rows.opened[here] > LUMP_DAYS
    cells, counts = np.unique(np.stack([month[late] - first, rows.recorded[here][late]]), axis=1, return_counts=True)
    enough = counts > LUMP_SHARE * np.maximum(sizes[cells[0]], 4)
    found = tuple(month_start(int(one) + first).isoformat()[:7] for one in np.unique(cells[0][enough]))
    return Finding(Item.LUMPS, _judged(bool(found)), len(found), len(sizes), None, None, LUMP_SHARE, found)
