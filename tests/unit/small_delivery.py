"""A delivery of a few rows by hand, for tests of the store and of what is known when."""

from __future__ import annotations

from datetime import date

import polars as pl

from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.tables import ROW, TableName, schema


def trajectories(*rows: dict[str, object]) -> pl.DataFrame:
    """Each row over a plain one; ids are pseudonyms already."""
    plain = {
        "subtraject_id": 1, "zorgtraject_id": 11, "patient": 111, "specialisme": "0303", "diagnose": "0121",
        "zorgtype": "11", "openingsdatum": date(2026, 1, 5), "sluitdatum": date(2026, 4, 4), "afsluitreden": "08",
        "zorgproduct": "110401019", "declaratiecode": "15A933", "verzekeraar": "3311", "geboortejaar": 1960, "geslacht": "V",
    }  # fmt: skip
    return _frame(TableName.TRAJECTORIES, plain, rows)


def activities(*rows: dict[str, object]) -> pl.DataFrame:
    plain = {
        "subtraject_id": 1, "za_code": "190060", "datum": date(2026, 1, 5), "aantal": 1, "specialisme_uitvoerder": "0303",
    }  # fmt: skip
    return _frame(TableName.ACTIVITIES, plain, rows)


def _frame(table: TableName, plain: dict[str, object], rows: tuple[dict[str, object], ...]) -> pl.DataFrame:
    types = pl.Schema({ROW: pl.UInt32(), **schema(table)})
    return pl.DataFrame([{ROW: number, **plain, **row} for number, row in enumerate(rows, start=2)], schema=types)


def delivery(first: pl.DataFrame, second: pl.DataFrame, day: date = date(2026, 5, 31), **rest: object) -> Delivery:
    given = {
        "trajectories": first, "activities": second, "files": {TableName.TRAJECTORIES: "a.csv", TableName.ACTIVITIES: "b.csv"},
        "delivered": day, "reader": "neutraal", "reader_version": 1, "key_fingerprint": "0a0b0c",
        "sources": (SourceFile("a.csv", 10, "ff"),),
    }  # fmt: skip
    return Delivery(**{**given, **rest})
