"""One small hospital as neutral tables and as the declarations it sent: what each carries is the same, to the last column."""

from __future__ import annotations

from datetime import date

import pytest
from intake_reading import FIXTURES, Reading

from puntlanding.intake import readers

pytestmark = pytest.mark.unit

BOTH = ("subtraject_id", "zorgtraject_id", "specialisme", "diagnose", "zorgtype", "openingsdatum", "sluitdatum",
        "afsluitreden", "zorgproduct", "declaratiecode", "geboortejaar", "geslacht")  # fmt: skip
FIRST = (
    "D-001",
    "Z-01",
    "0303",
    "0121",
    "11",
    date(2026, 1, 5),
    date(2026, 4, 5),
    "08",
    "110401019",
    "15A933",
    1951,
    "M",
)
THIRD = (
    "D-003",
    "Z-02",
    "0322",
    "1241",
    "11",
    date(2026, 1, 31),
    date(2026, 5, 31),
    "12",
    "100501021",
    "15A870",
    1966,
    "V",
)
DONE = [
    ("D-001", "190060", date(2026, 1, 5), 1, "0303"),
    ("D-001", "085002", date(2026, 1, 6), 2, "0362"),
    ("D-003", "190060", date(2026, 1, 31), 1, "0322"),
    ("D-003", "039839", date(2026, 2, 14), 1, "0322"),
]
ACTIVITY = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder")


def rows(reading: Reading, table: str, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return [row[1:] for row in reading.rows(table, *columns)]


def test_neutral_tables_also_hold_what_is_still_open():
    reading = Reading(readers()["neutraal"], FIXTURES / "neutraal")
    open_one = ("D-002", "Z-01", "0303", "0121", "21", date(2026, 4, 6), None, None, None, None, 1951, "M")
    assert rows(reading, "subtrajecten", BOTH) == [FIRST, open_one, THIRD]
    assert rows(reading, "zorgactiviteiten", ACTIVITY) == DONE
    assert rows(reading, "subtrajecten", ("patient", "verzekeraar")) == [
        ("P-1", "9901"),
        ("P-1", "9901"),
        ("P-2", "9902"),
    ]
    assert reading.found == []


def test_declarations_hold_what_was_closed_and_not_taken_back():
    reading = Reading(readers()["zh308"], FIXTURES / "zh308")
    assert rows(reading, "subtrajecten", BOTH) == [FIRST, THIRD]
    assert rows(reading, "zorgactiviteiten", ACTIVITY) == DONE
    assert rows(reading, "subtrajecten", ("patient", "verzekeraar")) == [("999900006", "7777"), ("999900018", "7777")]
    assert [(check, count) for check, _, count, _, _ in reading.found] == [("zh308_taken_back", 1)]
