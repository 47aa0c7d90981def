"""A store of a few records by hand and the case beside it: what a year computed from a store starts from.

Hospital noord, year 2026. Opened in 2025: ten of 0303 (six insured by 3311, four by others) and two of 0301; in 2026: seven of
0303 (four and three), one of them without product, and one of 0301. Radiology (0362) did an activity in each of 0303.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.store import Store
from puntlanding.records.tables import ROW, TableName, schema

YEAR, HOME = 2026, "noord"
DELIVERED = date(2027, 1, 31)
PRODUCT, OTHER, SCAN = "110401019", "110401020", "081093"
AGREEMENT = """[afspraak]
organisatie = "MSB Noord"
jaar = 2026

[[contract]]
naam = "A"
soort = "plafond"
verzekeraars = ["3311"]

[[contract]]
naam = "Overige"
soort = "aanneemsom"

[kader]
bedrag = 1_000_000.00
"""
TABLES: Mapping[str, str] = {
    "vakgroepen": "vakgroep;specialisme;rol\nHeelkunde;0303;poort\nRadiologie;0362;ondersteunend\n",
    "normtijden": (
        "jaar;specialisme;soort;code;minuten\n"
        f"2025;0303;zorgproduct;{PRODUCT};25\n"
        f"2026;0303;zorgproduct;{PRODUCT};30\n"
        f"2026;0303;zorgproduct;{OTHER};45,5\n"
        f"2026;0362;zorgactiviteit;{SCAN};12\n"
        f"2026;0301;zorgproduct;{PRODUCT};15\n"
    ),
    "benchmark": "vakgroep;normuren_per_fte\nHeelkunde;2\nRadiologie;1\n",
    "formatie": (
        "vakgroep;functie;categorie;dagdelen_per_week\n"
        "Heelkunde;medisch specialist;1a;20\nRadiologie;medisch specialist;1a;10\n"
    ),
}  # fmt: skip


def trajectory(
    number: int, year: int, specialism: str = "0303", insurer: str | None = "3311", **rest: object
) -> dict[str, object]:
    plain = {
        "subtraject_id": 1000 * year + number, "zorgtraject_id": 5000 * year + number, "patient": 100 * year + number,
        "specialisme": specialism, "diagnose": "0121", "zorgtype": "11", "openingsdatum": date(year, 1 + number % 12, 5),
        "sluitdatum": date(year, 12, 28), "afsluitreden": "08", "zorgproduct": PRODUCT, "declaratiecode": "15A933",
        "verzekeraar": insurer, "geboortejaar": 1960, "geslacht": "V",
    }  # fmt: skip
    return {**plain, **rest}


def opened(year: int, insured: int, others: int, strangers: int) -> list[dict[str, object]]:
    whose = ["3311"] * insured + ["3313", None] * (others // 2) + ["3313"] * (others % 2)
    own = [trajectory(number, year, insurer=insurer) for number, insurer in enumerate(whose)]
    return own + [trajectory(100 + number, year, "0301") for number in range(strangers)]


def scans(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """One by radiology in each trajectory of 0303, and one visit to the own group."""
    found: list[dict[str, object]] = []
    for row in rows:
        plain = {"subtraject_id": row["subtraject_id"], "datum": row["openingsdatum"], "aantal": 1}
        found.append({**plain, "za_code": "190060", "specialisme_uitvoerder": row["specialisme"]})
        if row["specialisme"] == "0303":
            found.append({**plain, "za_code": SCAN, "specialisme_uitvoerder": "0362"})
    return found


def load(root: Path, rows: list[dict[str, object]] | None = None, hospital: str = HOME, day: date = DELIVERED) -> Path:
    """``rows`` None: those that the top of this module tells."""
    if rows is None:
        rows = [*opened(2025, 6, 4, 2), *opened(2026, 4, 3, 1)]
        rows[-2] = {**rows[-2], "zorgproduct": None, "declaratiecode": None, "sluitdatum": None, "afsluitreden": None}
    delivery = Delivery(
        trajectories=_frame(TableName.TRAJECTORIES, rows), activities=_frame(TableName.ACTIVITIES, scans(rows)),
        files={TableName.TRAJECTORIES: "a.csv", TableName.ACTIVITIES: "b.csv"}, delivered=day, reader="neutraal",
        reader_version=1, key_fingerprint="0a0b0c", sources=(SourceFile("a.csv", 10, "ff"),),
    )  # fmt: skip
    Store(root).load(hospital, delivery)
    return root


def _frame(table: TableName, rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    types = pl.Schema({ROW: pl.UInt32(), **schema(table)})
    return pl.DataFrame([{ROW: number, **row} for number, row in enumerate(rows, start=2)], schema=types)


def case(root: Path, hospital: str = HOME, agreement: str = AGREEMENT, **tables: str | None) -> Path:
    """The year's case in its place in the store; ``tables`` put others in, or with None leave one out."""
    folder = root / hospital / f"case-{YEAR}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "afspraak.toml").write_text(agreement, encoding="utf-8")
    for name, text in {**TABLES, **tables}.items():
        if text is not None:
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder
