"""Several years as CSV (a row per group and year, for a pivot table; the account; the origin) and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import harmless
from puntlanding.report.provenance import provenance_csv
from puntlanding.report.question import FOLDERS, Kind
from puntlanding.report.workbook import origin_sheet
from puntlanding.report.years_tables import account_lines
from puntlanding.report.years_words import headlines, title
from puntlanding.years import Figures, Overview, Run, overview

YEARS_NAME = f"{RESULT_PREFIX}jaren.csv"
ACCOUNT_NAME = f"{RESULT_PREFIX}jaren_rekening.csv"
ORIGIN_NAME = FOLDERS[Kind.YEARS][0]
TITLES = ("vakgroep", "rij", "jaar", "begroting", "realisatie", "norm_fte", "bedrag_euro")
ACCOUNT_TITLES = ("regel", "jaar", "bedrag_euro")
TOGETHER = "samen"


def csv_files(run: Run, folder: Path, language: Language, origin: Mapping[str, Any]) -> Mapping[Path, bytes]:
    """In Dutch with semicolons and decimal commas, in English with commas and points; with a byte order mark, for Excel."""
    content = {YEARS_NAME: _csv(TITLES, _rows(run, language), language), ORIGIN_NAME: provenance_csv(origin, language)}
    if account_lines(run):
        content[ACCOUNT_NAME] = _csv(ACCOUNT_TITLES, _account(run, language), language)
    return {folder / name: data for name, data in content.items()}


def _csv(titles: Sequence[str], rows: Iterable[Sequence[str]], language: Language) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if language is Language.DUTCH else ",", lineterminator="\r\n")
    writer.writerow(titles)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _shown(node: Node | None, language: Language) -> str:
    if node is None:
        return ""
    text = fixed(node.value / 100, 2) if node.unit is Unit.CENTS else fixed(node.value)
    return text.replace(".", ",") if language is Language.DUTCH else text


def _rows(run: Run, language: Language) -> Iterator[Sequence[str]]:
    """Every row says in ``rij`` what it is, so that nothing is counted twice; sums over the years are left to the reader."""
    found = overview(run)
    every = (found.budget, found.realised, found.paid, found.euros)
    for year in run.years:
        for name in run.names:
            cells = [one.groups[name].get(year) for one in every]
            if any(cell is not None for cell in cells):
                yield (harmless(name), "vakgroep", str(year), *(_shown(cell, language) for cell in cells))
        yield ("", "totaal", str(year), *(_shown(one.totals.get(year), language) for one in every))


def _account(run: Run, language: Language) -> Iterator[Sequence[str]]:
    for one in account_lines(run):
        key = one.key.removesuffix("_cent")
        for year, node in one.years.items():
            yield key, str(year), _shown(node, language)
        if one.together is not None:
            yield key, TOGETHER, _shown(one.together, language)


def workbook_bytes(run: Run, language: Language, origin: Mapping[str, Any]) -> bytes:
    """The first sheet has the sentences and the account; then a sheet per quantity, and the origin. Text is never a formula."""
    import xlsxwriter

    dutch = language is Language.DUTCH
    found = overview(run)
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # A fixed moment: the same input gives the same bytes.
        book.set_properties({"title": title(run), "created": datetime(2000, 1, 1)})
        _first(book, run, found, language)
        for name, figures in _sheets(found, dutch=dutch):
            _sheet(book, name, figures, run, dutch=dutch)
        origin_sheet(book, origin)
    return buffer.getvalue()


def _sheets(found: Overview, *, dutch: bool) -> Iterator[tuple[str, Figures]]:
    for name, figures in (
        ("Euro's" if dutch else "Euros", found.euros),
        ("Betaald" if dutch else "Paid", found.paid),
        ("Begroot" if dutch else "Budgeted", found.budget),
        ("Gerealiseerd" if dutch else "Realised", found.realised),
    ):
        if figures.years:
            yield name, figures


def _first(book: Any, run: Run, found: Overview, language: Language) -> None:
    dutch = language is Language.DUTCH
    sheet = book.add_worksheet("Jaren" if dutch else "Years")
    form = book.add_format({"num_format": "#,##0.00"})
    sheet.write_string(0, 0, title(run), book.add_format({"bold": True, "font_size": 14}))
    line = 2
    for text in headlines(run, found, language):
        sheet.write_string(line, 0, text)
        line += 1
    line += 1
    lines = account_lines(run)
    for at, year in enumerate(lines[0].years if lines else (), start=1):
        sheet.write_number(line, at, year)
    for one in lines:
        line += 1
        sheet.write_string(line, 0, one.nl if dutch else one.en)
        for at, node in enumerate(one.years.values(), start=1):
            sheet.write_number(line, at, float(node.value / 100), form)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, max(2, len(run.years)), 18)


def _sheet(book: Any, name: str, figures: Figures, run: Run, *, dutch: bool) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1, "align": "right"})
    form = book.add_format({"num_format": "#,##0.00"})
    scale = 100 if figures.unit is Unit.CENTS else 1
    sheet.write_string(0, 0, "vakgroep" if dutch else "group", book.add_format({"bold": True, "bottom": 1}))
    headings = [*map(str, figures.years), TOGETHER if dutch else "together"]
    for at, heading in enumerate(headings, start=1):
        sheet.write_string(0, at, heading, bold)
    rows = [(group, figures.groups[group], figures.sums.get(group)) for group in run.names]
    rows.append(("Totaal" if dutch else "Total", figures.totals, figures.sum))
    for line, (label, own, together) in enumerate(rows, start=1):
        sheet.write_string(line, 0, label)
        for at, node in enumerate([*(own.get(year) for year in figures.years), together], start=1):
            if node is not None:
                sheet.write_number(line, at, float(node.value / scale), form)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(headings), 16)
    sheet.freeze_panes(1, 1)
