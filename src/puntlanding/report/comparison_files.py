"""A comparison as CSV (one row per group and column, for a pivot table) and as a workbook (a sheet per quantity)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.comparison import Change, Column, Comparison
from puntlanding.comparison.columns import Sums
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.comparison_words import about, headlines, name
from puntlanding.report.csv_file import harmless
from puntlanding.report.provenance import provenance_csv
from puntlanding.report.question import FOLDERS, Kind
from puntlanding.report.workbook import origin_sheet

FILE_NAME = f"{RESULT_PREFIX}vergelijking.csv"
ORIGIN_NAME = FOLDERS[Kind.COMPARE][0]
TITLES = (
    "vakgroep", "rij", "kolom", "afspraak", "norm_fte", "bedrag_euro", "verschil_norm_fte", "verschil_euro", "verschil_deel",
    "vergoeding_euro",
)  # fmt: skip
UNPAID = "niet_uitgekeerd"

Cells = tuple[Node | None, ...]


def csv_files(found: Comparison, folder: Path, language: Language, origin: Mapping[str, Any]) -> Mapping[Path, bytes]:
    """In Dutch with semicolons and decimal commas, in English with commas and points; with a byte order mark, for Excel."""
    dutch = language is Language.DUTCH
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(TITLES)
    for group, row, column, cells in _rows(found):
        shown = [_shown(cell, dutch=dutch) for cell in cells]
        writer.writerow([harmless(group), row, column.letter, harmless(name(column, language)), *shown])
    content = {FILE_NAME: text.getvalue().encode("utf-8-sig"), ORIGIN_NAME: provenance_csv(origin, language)}
    return {folder / file: data for file, data in content.items()}


def _shown(node: Node | None, *, dutch: bool) -> str:
    if node is None:
        return ""
    text = fixed(node.value / 100, 2) if node.unit is Unit.CENTS else fixed(node.value)
    return text.replace(".", ",") if dutch else text


def _rows(found: Comparison) -> Iterator[tuple[str, str, Column, Cells]]:
    """Every row says in ``rij`` what it is, so that nothing is counted twice; a refused column has none."""
    changes = {one.column.letter: (one.fte, one.euros) for one in found.beside}
    for column in found.columns:
        if column.fte is None:
            continue
        own = changes.get(column.letter, (None, None))
        needed = found.compensations.get(column.letter)
        for group in found.names:
            given = None if needed is None else needed.groups.get(group)
            yield group, "vakgroep", column, (*_of(group, column, own), given)
        total = (*_together(column, own, "total"), None if needed is None else needed.total)
        yield "", "totaal", column, total
        yield "", UNPAID, column, (*_together(column, own, "unpaid"), None)


def _of(group: str, column: Column, changes: tuple[Change | None, Change | None]) -> Cells:
    fte, euros = changes
    told = euros or fte
    return (
        None if column.fte is None else column.fte.groups.get(group),
        None if column.euros is None else column.euros.groups.get(group),
        None if fte is None else fte.groups.get(group),
        None if euros is None else euros.groups.get(group),
        None if told is None else told.shares.get(group),
    )


def _together(column: Column, changes: tuple[Change | None, Change | None], which: str) -> Cells:
    fte, euros = changes
    told = euros or fte
    share = told.total_share if told is not None and which == "total" else None
    return (*(None if one is None else getattr(one, which) for one in (column.fte, column.euros, fte, euros)), share)


def workbook_bytes(
    found: Comparison, organisation: str, year: int, language: Language, origin: Mapping[str, Any]
) -> bytes:
    """The first sheet has the sentences and says what the columns are; text is never a formula."""
    import xlsxwriter

    dutch = language is Language.DUTCH
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # A fixed moment: the same input gives the same bytes.
        book.set_properties({"title": f"{organisation} {year}", "created": datetime(2000, 1, 1)})
        _first(book, found, f"{organisation} · {year}", language)
        for title, unit, table in _sheets(found, dutch=dutch):
            _sheet(book, title, unit, table, found, dutch=dutch)
        origin_sheet(book, origin)
    return buffer.getvalue()


def _first(book: Any, found: Comparison, owner: str, language: Language) -> None:
    sheet = book.add_worksheet("Vergelijking" if language is Language.DUTCH else "Comparison")
    sheet.write_string(0, 0, owner, book.add_format({"bold": True, "font_size": 14}))
    line = 2
    for text in headlines(found, language):
        sheet.write_string(line, 0, text)
        line += 1
    for column in found.columns:
        line += 1
        for at, text in enumerate((column.letter, name(column, language), about(column, found, language))):
            sheet.write_string(line, at, text)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 32)


Sheet = Mapping[str, tuple[Mapping[str, Node], Mapping[str, Node | None]]]


def _sheets(found: Comparison, *, dutch: bool) -> Iterator[tuple[str, Unit, Sheet]]:
    """Title, unit, and by letter the groups and the rows below them."""
    money = found.own.euros is not None
    if money:
        yield "Euro's" if dutch else "Euros", Unit.CENTS, {c.letter: _sums(c.euros) for c in found.columns}
        changes = {one.column.letter: _changed(one.euros) for one in found.beside}
        yield "Verschil in euro's" if dutch else "Difference in euros", Unit.CENTS, changes
    yield "Norm fte", Unit.FTE, {column.letter: _sums(column.fte) for column in found.columns}
    changes = {one.column.letter: _changed(one.fte) for one in found.beside}
    yield "Verschil in norm fte" if dutch else "Difference in norm fte", Unit.FTE, changes
    if found.compensations:
        needed = {letter: (one.groups, {"totaal": one.total}) for letter, one in found.compensations.items()}
        yield "Vergoeding" if dutch else "Compensation", Unit.CENTS, needed


def _sums(sums: Sums | None) -> tuple[Mapping[str, Node], Mapping[str, Node | None]]:
    return ({}, {}) if sums is None else (sums.groups, {"totaal": sums.total, UNPAID: sums.unpaid})


def _changed(change: Change | None) -> tuple[Mapping[str, Node], Mapping[str, Node | None]]:
    return ({}, {}) if change is None else (change.groups, {"totaal": change.total, UNPAID: change.unpaid})


def _sheet(book: Any, title: str, unit: Unit, table: Sheet, found: Comparison, *, dutch: bool) -> None:
    sheet = book.add_worksheet(title)
    bold = book.add_format({"bold": True, "bottom": 1, "align": "right"})
    form = book.add_format({"num_format": "#,##0.00"})
    sheet.write_string(0, 0, "vakgroep" if dutch else "group", book.add_format({"bold": True, "bottom": 1}))
    below = {"totaal": "Totaal" if dutch else "Total", UNPAID: "niet uitgekeerd" if dutch else "not paid out"}
    for line, group in enumerate((*found.names, *below.values()), start=1):
        sheet.write_string(line, 0, group)
    for at, (letter, (groups, rest)) in enumerate(table.items(), start=1):
        sheet.write_string(0, at, letter, bold)
        nodes = [groups.get(group) for group in found.names] + [rest.get(key) for key in below]
        for line, node in enumerate(nodes, start=1):
            if node is not None:
                scale = 100 if unit is Unit.CENTS else 1
                sheet.write_number(line, at, float(node.value / scale), form)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(table), 16)
    sheet.freeze_panes(1, 1)
