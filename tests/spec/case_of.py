"""An example of a page → a case on disk, so that the documented table goes through the whole program."""

from __future__ import annotations

import csv
from pathlib import Path

from pages import Example

YEAR = 2026
HEAD = f'[afspraak]\norganisatie = "Voorbeeld"\njaar = {YEAR}\n\n'

# The table of a case, the page's column and the table's.
PER_GROUP = (
    ("benchmark", "normuren per fte", "normuren_per_fte"),
    ("passende_zorg", "passende zorg", "waarde"),
    ("disutility", "punten", "waarde"),
    ("kwaliteit", "kwaliteit", "waarde"),
    ("vorig_model", "bedrag vorig model", "bedrag"),
    ("vorig_jaar", "bedrag vorig jaar", "bedrag"),
)


def write_case(example: Example, folder: Path) -> None:
    (folder / "afspraak.toml").write_text(HEAD + example.agreement, encoding="utf-8")
    names = list(dict.fromkeys(row["vakgroep"] for row in example.inputs))
    roles = {row["vakgroep"]: row.get("rol") or "poort" for row in example.inputs}
    _write(folder, "vakgroepen", ("vakgroep", "specialisme", "rol"), [(name, "0300", roles[name]) for name in names])
    for column, table in (("begroting", "begroting"), ("realisatie", "realisatie"), ("prognose", "prognose")):
        _production(example, folder, column, table)
    for table, column, name in PER_GROUP:
        _simple(example, folder, table, column, name)
    for table, (header, *rows) in example.lists.items():
        _write(folder, table, tuple(header), [tuple(row) for row in rows])
    _efficiency(example, folder)
    _formation(example, folder)
    if example.has("kosten"):
        total = next(row["kosten"] for row in example.rows if row["vakgroep"] == "Totaal")
        _write(folder, "kosten", ("post", "bedrag", "sleutel"), [("Algemeen", total, "als_kader")])


def _production(example: Example, folder: Path, column: str, table: str) -> None:
    rows = []
    for measure, names in (
        ("norm_fte", {column: YEAR, f"{column} vorig jaar": YEAR - 1}),
        ("normuren", {f"{column} normuren": YEAR}),
    ):
        for name, year in names.items():
            for row in example.inputs:
                if row.get(name):
                    values = {"norm_fte": "", "normuren": "", measure: row[name]}
                    rows.append(
                        (row["vakgroep"], row.get("contract", ""), year, values["normuren"], values["norm_fte"])
                    )
    if rows:
        _write(folder, table, ("vakgroep", "contract", "jaar", "normuren", "norm_fte"), rows)


def _simple(example: Example, folder: Path, table: str, column: str, name: str) -> None:
    if example.has(column):
        rows = {row["vakgroep"]: row[column] for row in example.inputs if row[column]}
        _write(folder, table, ("vakgroep", name), list(rows.items()))


def _efficiency(example: Example, folder: Path) -> None:
    rows = []
    for row in example.inputs:
        if row.get("efficiency vorig jaar"):
            rows.append((row["vakgroep"], YEAR - 1, row["efficiency vorig jaar"], "", ""))
        if row.get("efficiency"):
            correction = row.get("correctie") or ""
            rows.append(
                (row["vakgroep"], YEAR, row["efficiency"], correction, "oorzaak van buiten" if correction else "")
            )
    if rows:
        _write(folder, "efficiency", ("vakgroep", "jaar", "waarde", "correctie", "reden"), rows)


def _formation(example: Example, folder: Path) -> None:
    rows = [
        (
            row["vakgroep"],
            row.get("functie") or "medisch specialist",
            category,
            row[f"dagdelen {category}"],
            row.get("weken", ""),
        )
        for row in example.inputs
        for category in ("1a", "1b", "2", "3")
        if row.get(f"dagdelen {category}")
    ]
    if rows:
        _write(folder, "formatie", ("vakgroep", "functie", "categorie", "dagdelen_per_week", "weken"), rows)


def _write(folder: Path, name: str, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)
