"""A year's forecast as a table: one row per group and the total, with its parts, bounds and chances. Names are those of the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from puntlanding.case.linked_pieces import Below, BudgetedPiece
from puntlanding.forecast.bridge import STEPS
from puntlanding.forecast.outlook import Outlook
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import harmless
from puntlanding.report.outlook_record import as_record
from puntlanding.report.parquet_file import ROW_GROUP

_NUMBERS = (
    "begroting", "afgesloten", "onderhanden", "nog_te_openen", "prognose", "laag_80", "hoog_80", "laag_95", "hoog_95", "verhouding",
    "kans_eronder", "kans_band", "kans_erboven",
)  # fmt: skip
COLUMNS = ("vakgroep", "rij", "bekend_op", *_NUMBERS, "signaal")
TOTAL, GROUP = "totaal", "vakgroep"


def outlook_csv(outlook: Outlook, language: Language) -> bytes:
    """Semicolons and decimal commas in Dutch, commas and points in English; with a byte order mark, as every CSV here."""
    dutch = language is Language.DUTCH
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(outlook):
        cells = {name: (row[name] or "").replace(".", "," if dutch else ".") for name in _NUMBERS}
        told = {**row, **cells, "vakgroep": harmless(row["vakgroep"] or "")}
        writer.writerow([told[name] or "" for name in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def outlook_parquet(outlook: Outlook) -> bytes:
    """Estimates as text with six decimals, as all quantities."""
    rows = list(_rows(outlook))
    columns = {name: pl.Series([row[name] for row in rows], dtype=pl.String) for name in COLUMNS}
    buffer = io.BytesIO()
    pl.DataFrame(columns).rechunk().write_parquet(
        buffer, compression="zstd", statistics=False, row_group_size=ROW_GROUP
    )
    return buffer.getvalue()


def below_record(below: Below) -> dict[str, Any]:
    """What stands below the groups: products beside their budget, diagnosis groups, and the year without each event."""
    return {
        "onderverdeling": [
            {
                "vakgroep": name,
                "zorgproducten": [_piece(one, "zorgproduct") for one in parts.products],
                "diagnosegroepen": [_piece(one, "diagnosegroep") for one in parts.diagnoses],
            }
            for name, parts in below.groups.items()
        ],
        "zonder_gebeurtenis": [
            {
                "van": one.event.first.isoformat(),
                "tot": one.event.last.isoformat(),
                "vakgroep": one.event.group,
                "reden": one.event.reason,
                "prognose": f"{one.total:.6f}",
            }
            for one in below.events
        ],
    }


def _piece(one: BudgetedPiece, name: str) -> dict[str, Any]:
    piece = one.piece
    found = {
        name: piece.code or None,
        "afgesloten": fixed(piece.closed_hours),
        "aantal_afgesloten": piece.count,
        "onderhanden": f"{piece.in_flight / STEPS:.6f}",
        "nog_te_openen": f"{piece.to_open / STEPS:.6f}",
        "prognose": fixed(piece.forecast),
    }
    return (
        found if name == "diagnosegroep" else found | {"begroting": None if one.budget is None else fixed(one.budget)}
    )


def _rows(outlook: Outlook) -> Iterator[Mapping[str, str | None]]:
    record = as_record(outlook)
    day = record["bekend_op"]
    for one in record["vakgroepen"]:
        yield {"vakgroep": one["vakgroep"], "rij": GROUP, "bekend_op": day, **_cells(one)}
    yield {"vakgroep": "", "rij": TOTAL, "bekend_op": day, **_cells(record["totaal"])}


def _cells(one: Mapping[str, Any]) -> dict[str, str | None]:
    chances = one["kans"] or {"eronder": None, "band": None, "erboven": None}
    return {
        **{
            name: one[name]
            for name in ("begroting", "afgesloten", "onderhanden", "nog_te_openen", "prognose", "verhouding", "signaal")
        },
        **{f"{side}_{bound}": one[f"interval_{bound}"][side] for bound in ("80", "95") for side in ("laag", "hoog")},
        **{f"kans_{name}": chances[name] for name in ("eronder", "band", "erboven")},
    }
