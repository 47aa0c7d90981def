"""A simulation as CSV (a row per agreement and group, for a pivot table) and as a workbook (a sheet per agreement)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from puntlanding.case.layout import RESULT_PREFIX
from puntlanding.language.notation import Language
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import harmless
from puntlanding.report.provenance import provenance_csv
from puntlanding.report.question import FOLDERS, Kind
from puntlanding.report.simulation_record import NAMES
from puntlanding.report.simulation_words import about, headlines
from puntlanding.report.workbook import origin_sheet
from puntlanding.simulation.result import Difference, GroupRisk, Simulation, Tried

FILE_NAME = f"{RESULT_PREFIX}simulatie.csv"
ORIGIN_NAME = FOLDERS[Kind.SIMULATE][0]
_EUROS = tuple(f"bedrag_euro_{name}" for name in NAMES.values())
_FTE = tuple(f"betaald_norm_fte_{name}" for name in NAMES.values())
_CHANGE = tuple(f"verschil_met_a_{name}" for name in ("gemiddeld", "p5", "mediaan", "p95", "kans_meer", "kans_minder"))
TITLES = (
    "begroot_norm_fte", "gerealiseerd_norm_fte_gemiddeld", *_FTE, *_EUROS, "kans_meerproductie", "kans_minderproductie",
    "herverdeling_norm_fte", "herverdeling_euro", *_CHANGE,
)  # fmt: skip

Row = tuple[str, str, str, tuple[float | None, ...]]


def csv_files(found: Simulation, folder: Path, language: Language, origin: Mapping[str, Any]) -> Mapping[Path, bytes]:
    """In Dutch with semicolons and decimal commas, in English with commas and points; with a byte order mark, for Excel."""
    dutch = language is Language.DUTCH
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow(("kolom", "afspraak", "rij", "vakgroep", *TITLES))
    for one in found.known:
        for kind, name, cells in _rows(one):
            writer.writerow([one.letter, harmless(one.name), kind, harmless(name), *(_shown(c, dutch) for c in cells)])
    content = {FILE_NAME: text.getvalue().encode("utf-8-sig"), ORIGIN_NAME: provenance_csv(origin, language)}
    return {folder / file: data for file, data in content.items()}


def _shown(value: float | None, dutch: bool) -> str:
    if value is None:
        return ""
    text = fixed(Fraction(value))
    return text.replace(".", ",") if dutch else text


def _rows(one: Tried) -> Iterator[tuple[str, str, tuple[float | None, ...]]]:
    """``rij`` says what a row is, so that nothing is counted twice."""
    if one.risks is None:
        return
    changes = {each.name: each for each in one.differences}
    for group in one.risks.groups:
        yield "vakgroep", group.name, _cells(group, changes.get(group.name))
    yield "totaal", "", _cells(one.risks.total, None)


def _cells(one: GroupRisk, change: Difference | None) -> tuple[float | None, ...]:
    """Euros, not cents: what somebody puts in a pivot table."""
    money = one.euros is not None
    scale = 100 if money else 1
    fte = [getattr(one.paid, key) for key in NAMES]
    euros = [None if one.euros is None else getattr(one.euros, key) / 100 for key in NAMES]
    moved: list[float | None] = [None] * len(_CHANGE)
    if change is not None:
        told = change.figures
        moved = [*(value / scale for value in (told.mean, told.p5, told.median, told.p95)), change.more, change.less]
    shifted = None if one.shifted is None else one.shifted / 100
    return (one.budgeted, one.realised.mean, *fte, *euros, one.over, one.under, one.extra, shifted, *moved)


def workbook_bytes(found: Simulation, owner: str, language: Language, origin: Mapping[str, Any]) -> bytes:
    """The first sheet has the sentences and what the draws rest on; text is never a formula."""
    import xlsxwriter

    dutch = language is Language.DUTCH
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        # A fixed moment: the same input gives the same bytes.
        book.set_properties({"title": owner, "created": datetime(2000, 1, 1)})
        sheet = book.add_worksheet("Simulatie" if dutch else "Simulation")
        sheet.write_string(0, 0, owner, book.add_format({"bold": True, "font_size": 14}))
        texts = [*headlines(found, language), "", *about(found, language)]
        for line, text in enumerate(texts, start=2):
            sheet.write_string(line, 0, text)
        for one in found.known:
            _sheet(book, one, dutch=dutch)
        origin_sheet(book, origin)
    return buffer.getvalue()


def _sheet(book: Any, one: Tried, *, dutch: bool) -> None:
    sheet = book.add_worksheet(one.letter)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    form = book.add_format({"num_format": "#,##0.00"})
    for at, title in enumerate(("vakgroep" if dutch else "group", *TITLES)):
        sheet.write_string(0, at, title, bold)
    for line, (kind, name, cells) in enumerate(_rows(one), start=1):
        total = "Totaal" if dutch else "Total"
        sheet.write_string(line, 0, total if kind == "totaal" else name)
        for at, value in enumerate(cells, start=1):
            if value is not None:
                sheet.write_number(line, at, round(value, 6), form)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, len(TITLES), 14)
    sheet.freeze_panes(1, 1)
