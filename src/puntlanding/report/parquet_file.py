"""A stage's table as Parquet: one row per row of the CSV, quantities as exact text, euros as whole cents."""

from __future__ import annotations

import io

import polars as pl

from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import flat_rows
from puntlanding.report.tables import Column, Table

ROW_GROUP = 2**16  # fixed, so that equal rows are equal bytes


def parquet_bytes(table: Table, language: Language) -> bytes:
    """``vakgroep``, ``contract``, ``rij`` and the columns by their names in the JSON contract; null where the files do not tell."""
    rows = list(flat_rows(table, language))
    columns: dict[str, pl.Series] = {
        "vakgroep": pl.Series([name for _, name, _, _ in rows], dtype=pl.String),
        "contract": pl.Series([contract for _, _, contract, _ in rows], dtype=pl.String),
        "rij": pl.Series([kind for kind, _, _, _ in rows], dtype=pl.String),
    }
    for at, column in enumerate(table.columns):
        dtype = pl.Int64 if column.unit is Unit.CENTS else pl.String
        columns[column.key] = pl.Series([_cell(cells[at], column) for *_, cells in rows], dtype=dtype)
    buffer = io.BytesIO()
    pl.DataFrame(columns).rechunk().write_parquet(
        buffer, compression="zstd", statistics=False, row_group_size=ROW_GROUP
    )
    return buffer.getvalue()


def _cell(node: Node | None, column: Column) -> str | int | None:
    if node is None:
        return None
    return int(node.value) if column.unit is Unit.CENTS else fixed(node.value)
