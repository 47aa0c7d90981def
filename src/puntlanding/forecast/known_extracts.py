"""Where a source does not tell when things were recorded, a row of monthly deliveries does: by the first one that had them.

Exact on the days of the deliveries, and never early in between: what turned up in a delivery was known on its day.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from puntlanding.forecast.columns import days, whole
from puntlanding.forecast.history import NEVER, Ints, day_number
from puntlanding.forecast.prepared import ADMINISTRATION
from puntlanding.records.store import Kept, Records

LONGEST_GAP = 45  # days between deliveries: then they are monthly
COVERED = 365  # days back from the cut-off


def monthly(deliveries: Sequence[Kept], day: date) -> bool:
    """Whether there was a delivery every month of the year before ``day``."""
    ends = sorted({one.delivered for one in deliveries if one.delivered <= day})
    begin = day - timedelta(days=COVERED)
    before = [one for one in ends if one <= begin]
    within = [*before[-1:], *(one for one in ends if one > begin), day]
    return bool(before) and all((b - a).days <= LONGEST_GAP for a, b in itertools.pairwise(within))


def with_days(frame: pl.DataFrame, extracts: Sequence[Records]) -> pl.DataFrame:
    """``frame`` (of the last of ``extracts``, rising by identifier) with the days of recording that it lacks.

    What opened after the delivery before counts as recorded at once. A product that the first delivery had already counts as
    known some days after closing, as in sources that do not tell.
    """
    ids = frame["subtraject_id"].to_numpy()
    ends = np.array([day_number(one.kept.delivered) for one in extracts], dtype=np.int64)
    seen, done = (np.full(len(ids), len(extracts) - 1, dtype=np.int64) for _ in range(2))
    for place in range(len(extracts) - 2, -1, -1):
        there, closed = _in(extracts[place], ids)
        seen[there], done[closed] = place, place
    opened, closing = days(frame["openingsdatum"], NEVER), days(frame["sluitdatum"], NEVER)
    prompt = (seen == 0) | (opened > ends[np.maximum(seen - 1, 0)])
    recorded = np.where(prompt, opened, ends[seen])
    product = np.where(done == 0, np.minimum(closing + ADMINISTRATION, ends[0]), ends[done])
    return frame.with_columns(
        _told(frame["geregistreerd_op"], recorded),
        pl.when(pl.col("zorgproduct").is_not_null()).then(_told(frame["product_bekend_op"], product)).alias("product_bekend_op"),
    )  # fmt: skip


def _told(own: pl.Series, instead: Ints) -> pl.Series:
    found = np.where(own.is_null().to_numpy(), instead, whole(own.to_physical(), 0))
    return pl.Series(own.name, found.astype(np.int32)).cast(pl.Date)


def _in(extract: Records, ids: Ints) -> tuple[Ints, Ints]:
    """Places in ``ids`` of what the delivery had, and of what it had with a product and a closing."""
    columns = ("subtraject_id", "zorgproduct", "sluitdatum")
    rows = extract.stored_trajectories.select(
        columns[0], pl.all_horizontal(pl.col(one).is_not_null() for one in columns[1:]).alias("klaar")
    ).collect()
    own, ready = rows["subtraject_id"].to_numpy(), rows["klaar"].to_numpy()
    if not len(own):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = np.argsort(own)
    at = np.searchsorted(own[order], ids).clip(max=len(own) - 1)
    there = own[order][at] == ids
    return np.flatnonzero(there), np.flatnonzero(there & ready[order][at])
