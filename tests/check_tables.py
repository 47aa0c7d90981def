"""Deliveries for the tests of the checks: clean ones, and what a test changes in them."""

from datetime import date

import polars as pl

from puntlanding.records.check import run_checks
from puntlanding.records.delivery import Delivery
from puntlanding.records.tables import ROW, TableName, schema

DELIVERED = date(2026, 12, 31)
TYPES = {table: pl.Schema({ROW: pl.UInt32(), **schema(table)}) for table in TableName}
FILES = {TableName.TRAJECTORIES: "subtrajecten.csv", TableName.ACTIVITIES: "zorgactiviteiten.csv"}


def trajectory(number, **changed):
    """A conservative first trajectory of surgery: ninety days, derived, and recorded the day after it opened."""
    return {
        ROW: number + 1,
        "subtraject_id": number,
        "zorgtraject_id": 1_000_000 + number,
        "patient": 2_000_000 + number,
        "specialisme": "0303",
        "diagnose": "0121",
        "zorgtype": "11",
        "openingsdatum": date(2026, 3, 2),
        "sluitdatum": date(2026, 5, 31),
        "afsluitreden": "08",
        "zorgproduct": "110401019",
        "declaratiecode": "15A933",
        "verzekeraar": "3311",
        "geboortejaar": 1970,
        "geslacht": "V",
        "geregistreerd_op": date(2026, 3, 3),
        "product_bekend_op": date(2026, 6, 1),
        **changed,
    }


def activity(number, **changed):
    return {
        ROW: number + 1,
        "subtraject_id": number,
        "za_code": "190060",
        "datum": date(2026, 3, 2),
        "aantal": 1,
        "specialisme_uitvoerder": "0303",
        "specialisme_aanvrager": "0303",
        "geregistreerd_op": date(2026, 3, 3),
        **changed,
    }


def delivery(trajectories, activities, delivered=DELIVERED, findings=()):
    return Delivery(
        trajectories=pl.DataFrame(trajectories, schema=TYPES[TableName.TRAJECTORIES], orient="row"),
        activities=pl.DataFrame(activities, schema=TYPES[TableName.ACTIVITIES], orient="row"),
        files=FILES,
        delivered=delivered,
        reader="neutraal",
        reader_version=1,
        key_fingerprint="0123456789ab",
        sources=(),
        findings=findings,
    )


def clean(count=3):
    return delivery([trajectory(n) for n in range(1, count + 1)], [activity(n) for n in range(1, count + 1)])


def one(findings, check, column=None):
    """The finding of one check; with ``column``, that on one column."""
    found = [finding for finding in findings if finding.check == check and column in (None, finding.column)]
    assert len(found) == 1, found
    return found[0]


def checked(check, trajectories, activities=None, delivered=DELIVERED, codes=None):
    """The finding of one check on these trajectories, each with one activity on the day it opened."""
    if activities is None:
        activities = [activity(row["subtraject_id"], datum=row["openingsdatum"]) for row in trajectories]
    return one(run_checks(delivery(trajectories, activities, delivered), codes), check)
