"""Small made-up histories for tests of the forecast: openings by weekday, closing after 90 days, all recorded in time or a bit late."""

from __future__ import annotations

from datetime import date

import numpy as np

from puntlanding.forecast.history import NEVER, Activities, ActivityClass, History, Trajectories, day_number

GROUPS = ("0303", "0305", "0313", "0320")


def small_history(
    as_of: date = date(2025, 6, 30),
    first: date = date(2022, 1, 1),
    year: int = 2025,
    groups: tuple[str, ...] = GROUPS,
    per_day: float = 4.0,
    seed: int = 1,
    step: dict[str, float] | None = None,
    contracts: tuple[str, ...] = ("a", "b"),
) -> History:
    """``per_day``: openings of a group on a working day; the second group opens twice as many as the first, and so on.

    ``step``: group → factor on its openings in ``year``.
    """
    chance = np.random.default_rng(seed)
    begin, end = day_number(first), day_number(date(year, 12, 31))
    days = np.arange(begin, end + 1)
    working = (days + 3) % 7 < 5
    parts = []
    for at, name in enumerate(groups):
        rate = per_day * (1 + at) * np.where(working, 1.0, 0.1)
        rate = np.where(days >= day_number(date(year, 1, 1)), rate * (step or {}).get(name, 1.0), rate)
        opened = np.repeat(days, chance.poisson(rate))
        parts.append(np.stack([opened, np.full(len(opened), at)]))
    opened, group = np.concatenate(parts, axis=1) if parts else np.zeros((2, 0), dtype=np.int64)
    order = np.lexsort((group, opened))
    opened, group = opened[order], group[order]
    size = len(opened)
    late = np.where(chance.random(size) < 0.1, chance.geometric(0.15, size), 0)
    closed = opened + np.where(chance.random(size) < 0.3, 50, 90)
    heavy = chance.random(size) < 0.2
    minutes = np.where(heavy, 60_000, 6_000) * (1 + group)
    rows = Trajectories(
        group=group.astype(np.int64),
        opened=opened.astype(np.int64),
        closed=closed.astype(np.int64),
        recorded=(opened + late).astype(np.int64),
        known=(closed + chance.integers(2, 14, size)).astype(np.int64),
        minutes=minutes.astype(np.int64),
        priced=np.ones(size, dtype=bool),
        care_type=np.where(chance.random(size) < 0.4, 21, 11).astype(np.int64),
        diagnosis=(chance.integers(0, 3, size) + 3 * heavy).astype(np.int64),
        contract=chance.integers(0, len(contracts), size).astype(np.int64),
    )
    who = np.flatnonzero(heavy | (chance.random(size) < 0.5))
    day = rows.opened[who] + chance.integers(0, 45, len(who))
    done = Activities(
        trajectory=who.astype(np.int64),
        kind=np.where(heavy[who], ActivityClass.OPERATION, ActivityClass.VISIT).astype(np.int64),
        day=day.astype(np.int64),
        recorded=(day + chance.integers(0, 3, len(who))).astype(np.int64),
        quantity=np.ones(len(who), dtype=np.int64),
    )
    whole = History(date(year + 2, 1, 1), year, groups, contracts, rows, done, first=first)
    return whole.as_known(as_of)


def outcome(history: History) -> np.ndarray:
    """Hours per group of the year; of a history that knows it all."""
    rows = history.trajectories
    inside = (rows.opened >= day_number(date(history.year, 1, 1))) & (rows.known < NEVER)
    return np.bincount(rows.group[inside], weights=rows.minutes[inside] / 6000, minlength=len(history.groups))
