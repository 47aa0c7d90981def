"""What stands between a delivery and the store: its years, all checks, and what was known before."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import polars as pl

from puntlanding.intake import reader
from puntlanding.records.check import run_checks
from puntlanding.records.codes import CodeTables
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import EXAMPLES, Example, Finding, failed, merged
from puntlanding.records.store import Loaded, Store
from puntlanding.records.store.write import by_year

OPENED = pl.col("openingsdatum").dt.year()


def restricted(delivery: Delivery, years: range | None) -> Delivery:
    """Only trajectories opened in ``years``, with their activities; the rest is counted. None leaves all."""
    if years is None:
        return delivery
    wanted = OPENED.is_between(years.start, years.stop - 1) | OPENED.is_null()  # without a date: for the checks to find
    kept = delivery.trajectories.filter(wanted)
    left_out = delivery.trajectories.filter(~wanted)
    gone = left_out.join(kept, on="subtraject_id", how="anti").select(
        "subtraject_id"
    )  # a number may stand in two years
    activities = delivery.activities.join(gone, on="subtraject_id", how="anti", maintain_order="left")
    count, of = left_out.height, delivery.trajectories.height
    found = (Finding("other_years", count, of),)
    return replace(delivery, trajectories=kept, activities=activities, findings=(*delivery.findings, *found))


def examined(
    delivery: Delivery, codes: CodeTables | None, store: Store | None = None, hospital: str | None = None
) -> Delivery:
    """The delivery with the outcome of every check. With a store, also compared with what that knows of the hospital."""
    absent = {one.ours for one in reader(delivery.reader).absent}
    found = [
        *delivery.findings,
        *run_checks(delivery, codes, absent),
        _second_hospital(delivery),
        _fewer(delivery, store, hospital),
    ]
    return replace(delivery, findings=merged(found))


def load(
    delivery: Delivery,
    codes: CodeTables | None,
    store: Store,
    hospital: str,
    passed: Callable[[], None] = lambda: None,
) -> tuple[Delivery, Loaded | None]:
    """Check a delivery and put it into the store; where a check failed nothing is stored, and there is no `Loaded`.

    The records are put in order while they are checked. ``passed`` is called before anything is written.
    """
    with ThreadPoolExecutor(1) as beside:
        years = beside.submit(by_year, delivery.trajectories, delivery.activities)
        delivery = examined(delivery, codes, store, hospital)
        if failed(delivery.findings):
            return delivery, None
        passed()
        return delivery, store.load(hospital, delivery, years.result())


def _second_hospital(delivery: Delivery) -> Finding:
    """All rows but those of the institution that has most of them."""
    rows = sorted(delivery.hospitals.values(), reverse=True)
    examples = [Example("", None, {"instelling": f"{code} ({count})"}) for code, count in delivery.hospitals.items()]
    if not rows:
        return Finding("second_hospital", 0, 0, note="no_institution")
    return Finding("second_hospital", sum(rows[1:]), sum(rows), tuple(examples[:EXAMPLES]) if len(rows) > 1 else ())


def _fewer(delivery: Delivery, store: Store | None, hospital: str | None) -> Finding:
    """How many trajectories are missing in the year that lost most of what was known of it.

    A correct export of one year may hold a few trajectories of another: they must not replace that whole year.
    """
    if store is None or hospital is None:
        return Finding("fewer_than_before", 0, 0, note="no_store")
    counts = delivery.trajectories.group_by(OPENED.alias("jaar")).len().drop_nulls().sort("jaar")
    known = [(year, now, store.before(hospital, year, delivery.delivered)) for year, now in counts.iter_rows()]
    missing = [(before - now, before, year, now) for year, now, before in known if before]
    if not missing:
        return Finding("fewer_than_before", 0, 0, note="first_delivery")
    missing.sort(key=lambda one: -one[0] / one[1])
    worst, of = max(missing[0][0], 0), missing[0][1]
    examples = [
        Example("", None, {"jaar": str(year), "nu": str(now), "eerder": str(before)})
        for fewer, before, year, now in missing
        if fewer > 0
    ]
    return Finding("fewer_than_before", worst, of, tuple(examples[:EXAMPLES]))
