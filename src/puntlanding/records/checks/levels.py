"""Sudden changes of level: a month that was delivered half, or twice, shows in the count per specialism.

Every month of a specialism is compared with the median of its six months before (of the six after it, where fewer than
three come before): a median does not move with one odd month. It is told where the count is under half or over twice
that median and the median is at least 100 openings: there, chance alone makes a factor two less than once in a million
months, and holidays (July, August and December are 20 to 40 % lower) stay inside. Activities come in series (twenty
sessions of radiotherapy are one patient), so that as much certainty takes 500 of them. A new level is told for some three
months, until the median has followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

import polars as pl

from puntlanding.records.checks.activities import EXECUTOR
from puntlanding.records.checks.base import ACTIVITIES, TRAJECTORIES, Found, Material, NotDone, Search
from puntlanding.records.findings import EARLIEST
from puntlanding.records.tables import TableName

NEIGHBOURS, FEWEST = 6, 3  # months
RATIO = 2
OPENINGS_AT_LEAST, ACTIVITIES_AT_LEAST = 100, 500
ENDED = 20  # a last month with less than a twentieth of what is usual lies after the period that was delivered
RUN_IN = 4  # months: until then activities are missing of trajectories that opened before the delivery begins
MONTH, COUNT, USUAL = "maand", "aantal", "gebruikelijk"
_TYPES = {MONTH: pl.String(), COUNT: pl.Int64(), USUAL: pl.Int64()}


def usual(counts: Sequence[int], position: int) -> float | None:
    """What is usual around one month; None where there are too few months to tell."""
    before = counts[max(0, position - NEIGHBOURS) : position]
    around = before if len(before) >= FEWEST else counts[position + 1 : position + 1 + NEIGHBOURS]
    return median(around) if len(around) >= FEWEST else None


def sudden(count: int, level: float, least: int) -> bool:
    return level >= least and (count * RATIO < level or count > level * RATIO)


def period(totals: dict[int, int], delivered: date) -> range:
    """The months (year × 12 + month − 1) that were delivered whole, from the openings of the whole hospital.

    Not before the first month with half of what is the median month: a delivery of one year begins with what was still
    open then. Not after the last month that was over on the day of delivery, nor after the last with any number of
    openings: the delivery may be older news.
    """
    tomorrow = delivered + timedelta(days=1)
    over = {month: total for month, total in totals.items() if month < tomorrow.year * 12 + tomorrow.month - 1}
    if not over:
        return range(0)
    typical = median(over.values())
    first = min(month for month, total in over.items() if 2 * total >= typical)
    return range(first, 1 + max(month for month, total in over.items() if ENDED * total >= typical))


def _per_month(material: Material, table: TableName, specialism: str, day: str) -> pl.DataFrame:
    """Days first: few of them differ, so that months are worked out for some thousand rows."""
    per_day = material.delivery.table(table).group_by(specialism, day).agg(pl.len().alias("_aantal"))
    plausible = per_day.filter(pl.col(day).is_between(EARLIEST, material.delivered) & pl.col(specialism).is_not_null())
    number = pl.col(day).dt.year() * 12 + pl.col(day).dt.month().cast(pl.Int32) - 1
    return plausible.group_by(pl.col(specialism).alias("_wie"), number.alias("_maand")).agg(pl.col("_aantal").sum())


def _compared(per_month: pl.DataFrame, months: range, specialism: str, least: int) -> Found | NotDone:
    if len(months) <= FEWEST:
        return NotDone.TOO_SHORT
    known = {(code, month): count for code, month, count in per_month.iter_rows()}
    rows, judged = [], 0
    for code in per_month["_wie"].unique().sort():
        counts = [known.get((code, month), 0) for month in months]
        for position, count in enumerate(counts):
            level = usual(counts, position)
            judged += level is not None
            if level is not None and sudden(count, level, least):
                rows.append((code, _written(months[position]), count, round(level)))
    return Found(pl.DataFrame(rows, schema={specialism: pl.String(), **_TYPES}, orient="row"), judged)


def _written(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def _openings_per_month(material: Material) -> tuple[pl.DataFrame, range]:
    per_month = _per_month(material, TRAJECTORIES, "specialisme", "openingsdatum")
    totals = dict(per_month.group_by("_maand").agg(pl.col("_aantal").sum()).iter_rows())
    return per_month, period(totals, material.delivered)


def _openings(material: Material) -> Found | NotDone:
    per_month, months = _openings_per_month(material)
    return _compared(per_month, months, "specialisme", OPENINGS_AT_LEAST)


def _activities(material: Material) -> Found | NotDone:
    _, months = _openings_per_month(material)
    per_month = _per_month(material, ACTIVITIES, EXECUTOR, "datum")
    return _compared(per_month, months[RUN_IN:], EXECUTOR, ACTIVITIES_AT_LEAST)


SEARCHES: tuple[Search, ...] = (
    Search("openings_level", _openings, ("specialisme", MONTH, COUNT, USUAL)),
    Search("activities_level", _activities, (EXECUTOR, MONTH, COUNT, USUAL)),
)
