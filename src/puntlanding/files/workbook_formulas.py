"""Cells that hold a formula: where its outcome was never stored, there is nothing to read, and an empty cell would be a lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from puntlanding.files.workbook_form import open_workbook, sheet_rows

Formulas = Mapping[int, Mapping[int, str]]  # row → column (from 0) → the formula


def formulas_of(path: Path, titles: Sequence[str]) -> Mapping[str, Formulas]:
    """Cells that hold a formula, by sheet: where the stored value is missing too, nothing can be read there."""
    from openpyxl.worksheet.formula import ArrayFormula

    found: dict[str, Formulas] = {}
    with path.open("rb") as file:
        book = open_workbook(file, data_only=False)
        for title in titles:
            sheet: dict[int, dict[int, str]] = {}
            for row, cells in sheet_rows(book[title], values_only=True):
                for column, value in enumerate(cells):
                    text = value.text if isinstance(value, ArrayFormula) else value
                    if isinstance(text, str) and text.startswith("="):
                        sheet.setdefault(row, {})[column] = text
            found[title] = sheet
    return found


def without_value(cells: Sequence[Any], formulas: Mapping[int, str]) -> dict[int, str]:
    """Formulas whose outcome was not stored; an outcome of no text ("") was, and is an empty cell."""
    found = {}
    for column, formula in formulas.items():
        cell = cells[column] if column < len(cells) else None
        if cell is None or (cell.value is None and cell.data_type != "str"):
            found[column] = formula
    return found
