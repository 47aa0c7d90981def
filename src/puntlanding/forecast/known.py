"""From the store to what was known on a day. The only module of this room that reads files.

A row recorded after the day does not exist, and a product that became known after it is not known. A closing has no recording
time of its own: it is recorded with the product that follows from it, so that without product a trajectory is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from puntlanding.fold.arrays import Whole, dense
from puntlanding.forecast.columns import NOWHERE, in_order
from puntlanding.forecast.history import History, Ints, Trajectories, day_number, day_of
from puntlanding.forecast.known_asked import Asked
from puntlanding.forecast.known_extracts import monthly
from puntlanding.forecast.known_rows import Part
from puntlanding.forecast.known_work import activities_of, supporting_of, work_of
from puntlanding.problems import InputError, Problem
from puntlanding.records.store import Kept, Records, Store

_FOUR_BYTES = 2**32


@dataclass(frozen=True, slots=True)
class Delivered:
    """The delivery a year was read from. ``later``: made after the day asked for, so that only its recording times tell what was
    known then. ``stale``: made before that day, so that what happened since is missing.
    """

    year: int
    day: date
    later: bool
    stale: bool


@dataclass(frozen=True, slots=True)
class Known:
    """``counts``: rows that take no part, by reason: zonder_product (intensive care), andere_groep, zonder_specialisme, buiten_contract, and the
    known products without norm time (zonder_normtijd). ``opened_known``, ``product_known``, ``done_known``: whether the source
    tells when openings, products and activities were recorded. ``missing``: years that the store lacks between others.
    ``recorded_on``: the later day on which most of what opened shortly before the day was recorded; for a refusal only.
    ``products``, ``diagnoses``: codes of the history's trajectories, as numbers; 0 or less where not known.
    """

    history: History
    deliveries: tuple[Delivered, ...]
    counts: Mapping[str, int]
    opened_known: bool
    product_known: bool
    done_known: bool
    missing: tuple[int, ...]
    recorded_on: date | None
    products: Ints
    diagnoses: Ints


def known(store: Store, asked: Asked) -> Known:
    """Raises InputError where nothing is known of the year on that day, or the year had not begun by the hospital's records."""
    kept, missing = _kept(store, asked)
    own = next(one for one in kept if one.year == asked.year)
    day = min(asked.as_of, own.delivered)
    parts = [
        Part(store.records(asked.hospital, one.year, one.delivered), day, asked, _extracts(store, asked, one, day))
        for one in kept
    ]
    rows = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    order = in_order(rows["opened"])
    groups = tuple(sorted(asked.gatekeepers))
    trajectories = Trajectories(
        group=_group_places(groups)[rows["specialism"]][order],
        opened=rows["opened"][order],
        closed=rows["closed"][order],
        recorded=rows["recorded"][order],
        known=rows["known"][order],
        minutes=rows["minutes"][order],
        priced=rows["priced"][order].astype(bool),
        care_type=rows["care_type"][order],
        diagnosis=_within(rows["specialism"], rows["diagnosis"])[order],
        contract=rows["contract"][order],
    )
    if not (trajectories.opened >= day_number(date(asked.year, 1, 1))).any() and asked.as_of.year < asked.year:
        details = {"year": asked.year, "day": asked.as_of.isoformat()}
        raise InputError(
            [Problem("forecast_not_begun", asked.hospital, value=asked.as_of.isoformat(), details=details)]
        )
    work = [work_of(part, places, asked) for part, places in zip(parts, _places(parts, order), strict=True)]
    history = History(
        as_of=day,
        year=asked.year,
        groups=groups,
        contracts=asked.names,
        trajectories=trajectories,
        activities=activities_of(work),
        supporting=supporting_of(work, asked.supporters),
        recording_known=all(part.opened_known for part in parts),
        first=_first(trajectories.opened, kept),
    )
    return Known(
        history,
        tuple(Delivered(one.year, one.delivered, one.delivered > day, one.delivered < day) for one in kept),
        {name: sum(part.counts[name] for part in parts) for name in parts[0].counts},
        all(part.opened_known for part in parts),
        all(part.product_known for part in parts),
        all(part.told for part in work),
        missing,
        _recorded_on(np.concatenate([part.later for part in parts])),
        rows["product"][order],
        rows["diagnosis"][order],
    )


def _recorded_on(later: Ints) -> date | None:
    if not len(later):
        return None
    recorded, counts = np.unique(later, return_counts=True)
    return day_of(int(recorded[counts.argmax()]))


def _kept(store: Store, asked: Asked) -> tuple[list[Kept], tuple[int, ...]]:
    """The delivery that counts for the year and for each one before it without a break, the oldest first; and the years that
    the store lacks before it has others again.
    """
    deliveries = store.deliveries(asked.hospital)
    years = {one.year for one in deliveries if one.year <= asked.year}
    if asked.year not in years:
        there = ", ".join(map(str, sorted({one.year for one in deliveries})))
        details = {"year": asked.year, "years": there or "–"}
        raise InputError([Problem("forecast_year_missing", asked.hospital, value=str(asked.year), details=details)])
    first = asked.year
    while first - 1 in years:
        first -= 1
    lost = tuple(year for year in range(min(years), first) if year not in years)
    found = []
    for year in range(first, asked.year + 1):
        mine = [one for one in deliveries if one.year == year]
        before = [one for one in mine if one.delivered <= asked.as_of]
        found.append(before[-1] if before else mine[0])
    return found, lost


def _extracts(store: Store, asked: Asked, kept: Kept, day: date) -> list[Records]:
    """The deliveries of the year up to ``kept``, where there was one every month; they are opened only where they are needed."""
    deliveries = store.deliveries(asked.hospital)
    if kept.delivered > day or not monthly(deliveries, day):
        return []
    days = [one.delivered for one in deliveries if one.year == kept.year and one.delivered <= kept.delivered]
    return [store.records(asked.hospital, kept.year, one) for one in days]


def _first(opened: Ints, kept: Sequence[Kept]) -> date | None:
    """The first of the month in which the first year has its first opening."""
    if not len(opened):
        return None
    found: date = opened[:1].astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").item(0)
    return max(found, date(kept[0].year, 1, 1))


def _places(parts: Sequence[Part], order: Ints) -> Iterator[Whole]:
    """For each part: row → place of its trajectory in the history, `NOWHERE` for what is not in it."""
    place = np.empty(len(order) + 1, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    place[-1] = NOWHERE
    start = 0
    for part in parts:
        yield place.take(np.where(part.row == NOWHERE, len(order), part.row + start))
        start += part.count


def _group_places(groups: Sequence[str]) -> Ints:
    """Specialism as a number → its place; of others nothing is asked."""
    numbers = [int(one) for one in groups]
    place = np.zeros(max(numbers, default=0) + 1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    return place


def _within(specialism: Ints, diagnosis: Ints) -> Ints:
    """Dense numbers of the diagnoses within each specialism, rising by their text."""
    place, cells = dense(specialism * _FOUR_BYTES + diagnosis)
    of = cells // _FOUR_BYTES
    first = np.searchsorted(of, of)
    return (np.arange(len(cells)) - first)[place]


__all__ = ["Asked", "Delivered", "Known", "known"]
