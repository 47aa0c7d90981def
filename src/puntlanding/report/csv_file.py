"""Results as CSV. Text is written so that no spreadsheet takes it for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.explain import Node, Unit
from puntlanding.files.formulas import harmless as harmless
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.tables import Column, Table
from puntlanding.stage import Stage

FILE_NAMES = {
    Stage.BUDGET: f"{RESULT_PREFIX}begroting",
    Stage.MONITOR: f"{RESULT_PREFIX}volgen",
    Stage.SETTLE: f"{RESULT_PREFIX}afrekening",
    Stage.DISTRIBUTE: f"{RESULT_PREFIX}verdeling",
}


def csv_files(tables: Sequence[Table], folder: Path, language: Language) -> dict[Path, bytes]:
    """One file per table: in Dutch with semicolons and decimal commas, in English with commas and decimal points."""
    return {folder / f"{FILE_NAMES[table.stage]}.csv": csv_bytes(table, language) for table in tables}


def csv_bytes(table: Table, language: Language) -> bytes:
    """Every row says in the column ``rij`` what it is, so that nothing is counted twice in a pivot table.

    With a byte order mark: without it a Dutch Excel reads UTF-8 as something else.
    """
    dutch = language is Language.DUTCH
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(["vakgroep", "contract", "rij", *(_csv_key(column) for column in table.columns)])
    for kind, name, contract, row in flat_rows(table, language):
        cells = [_csv_cell(cell, column, dutch=dutch) for cell, column in zip(row, table.columns, strict=True)]
        writer.writerow([harmless(name), harmless(contract), kind, *cells])
    return text.getvalue().encode("utf-8-sig")


def flat_rows(table: Table, language: Language) -> Iterator[tuple[str, str, str, tuple[Node | None, ...]]]:
    """What a row is, its group (or care unit), its contract, and its cells."""
    for row in table.rows:
        yield "vakgroep", row.name, "", row.cells
        for one in row.contracts:
            yield "vakgroep_contract", row.name, one.name, one.cells
    for row in table.care_units:
        yield "zorgeenheid", row.name, "", row.cells
    for row in table.contract_totals:
        yield "contract", "", row.name, row.cells
    yield "totaal", "Totaal" if language is Language.DUTCH else "Total", "", table.total.cells
    for key, node in table.beside_total.items():
        cells = tuple(node if column.key == table.main else None for column in table.columns)
        yield key.removesuffix("_cent"), "", "", cells


def _csv_key(column: Column) -> str:
    return column.key.removesuffix("_cent") + "_euro" if column.unit is Unit.CENTS else column.key


def _csv_cell(node: Node | None, column: Column, *, dutch: bool) -> str:
    if node is None:
        return ""
    shown = fixed(node.value / 100, 2) if column.unit is Unit.CENTS else fixed(node.value)
    return shown.replace(".", ",") if dutch else shown
