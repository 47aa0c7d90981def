"""Results as a workbook: a sheet per stage with its title, first sentence, table and total. Text is never a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from puntlanding.explain import Unit
from puntlanding.language.notation import Language
from puntlanding.report.headline import headline
from puntlanding.report.provenance import COLUMNS, SHEET, rows_of
from puntlanding.report.tables import Column, Table, TableRow
from puntlanding.stage import Stage

SHEET_NAMES = {
    Stage.BUDGET: "Begroting",
    Stage.MONITOR: "Volgen",
    Stage.SETTLE: "Afrekening",
    Stage.DISTRIBUTE: "Verdeling",
}
_HEADER_ROW = 3
_A4 = 9


def workbook_bytes(
    tables: Sequence[Table], organisation: str, year: int, language: Language, origin: Mapping[str, Any] | None = None
) -> bytes:
    """``origin`` is what the result says of itself (`provenance_record`); it gets a sheet of its own, the last."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # A fixed moment: the same input gives the same bytes.
        book.set_properties({"title": f"{organisation} {year}", "created": datetime(2000, 1, 1)})
        for table in tables:
            _Sheet(book, table, f"{organisation} · {year}", language).write()
        if origin is not None:
            origin_sheet(book, origin)
    return buffer.getvalue()


def origin_sheet(book: Any, origin: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "bottom": 1})
    for column, (title, width) in enumerate(zip(COLUMNS, (12, 26, 26, 26, 70), strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for line, row in enumerate(rows_of(origin), start=1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(line, column, cell)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


class _Sheet:
    """One table on one sheet. xlsxwriter has no types, hence Any."""

    def __init__(self, book: Any, table: Table, owner: str, language: Language) -> None:
        self.book, self.table, self.owner, self.language = book, table, owner, language
        self.dutch = language is Language.DUTCH
        self.sheet: Any = book.add_worksheet(SHEET_NAMES[table.stage])

    def write(self) -> None:
        table, sheet = self.table, self.sheet
        sheet.write_string(
            0, 0, f"{table.nl if self.dutch else table.en} · {self.owner}", self._look(bold=True, font_size=14)
        )
        sheet.write_string(1, 0, headline(table, self.language))
        self._header()
        plain: dict[str, Any] = {}
        bold: dict[str, Any] = {"bold": True, "top": 1}
        line = _HEADER_ROW + 1
        for row in table.rows:
            line = self._row(line, row, row.name, plain)
            for one in row.contracts:
                line = self._row(line, one, one.name, {"indent": 1, "font_color": "#595959"})
        line = self._row(line, table.total, "Totaal" if self.dutch else "Total", bold)
        for key, node in table.beside_total.items():
            sheet.write_string(line, 0, key.removesuffix("_cent").replace("_", " ") + " (€)", self._look())
            sheet.write_number(line, len(table.columns), float(node.value / 100), self._look(num_format="#,##0.00"))
            line += 1
        for title, rows in (("per zorgeenheid" if self.dutch else "by care unit", table.care_units),
                            ("per contract", table.contract_totals)):  # fmt: skip
            if rows:
                sheet.write_string(line + 1, 0, title, self._look(italic=True, font_color="#595959"))
                line += 2
                for row in rows:
                    line = self._row(line, row, row.name, plain)
        self._page()

    def _look(self, **properties: Any) -> Any:
        return self.book.add_format(properties)

    def _header(self) -> None:
        look: dict[str, Any] = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.sheet.write_string(_HEADER_ROW, 0, "vakgroep" if self.dutch else "group", self._look(**look))
        right = self._look(**look, align="right")
        for i, column in enumerate(self.table.columns, start=1):
            heading = column.nl if self.dutch else column.en
            self.sheet.write_string(_HEADER_ROW, i, heading.replace(" (", "\n("), right)

    def _row(self, line: int, row: TableRow, name: str, look: dict[str, Any]) -> int:
        self.sheet.write_string(line, 0, name, self._look(**look))
        rest = {key: value for key, value in look.items() if key != "indent"}
        for i, (cell, column) in enumerate(zip(row.cells, self.table.columns, strict=True), start=1):
            number_look = self._look(**rest, num_format=_number_format(column))
            if cell is None:
                self.sheet.write_blank(line, i, None, number_look)
            else:
                scale = 100 if column.unit is Unit.CENTS else 1
                self.sheet.write_number(line, i, float(cell.value / scale), number_look)
        return line + 1

    def _page(self) -> None:
        self.sheet.set_column(0, 0, 32)
        self.sheet.set_column(1, len(self.table.columns), 16)
        self.sheet.freeze_panes(_HEADER_ROW + 1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(_HEADER_ROW)


def _number_format(column: Column) -> str:
    if column.key == "verhouding":
        return "0.0%"
    return "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
