"""Where the figures come from: hashes of agreement and data, in the form that every result has."""

from __future__ import annotations

from puntlanding.report.live_workbook.model import Model
from puntlanding.report.provenance import COLUMNS, provenance_record, rows_of
from puntlanding.stage import Stage

WIDTHS = (14, 26, 26, 26, 70)


def write_origin(model: Model) -> None:
    stages = [stage for stage in Stage if model.dossier.has(stage)]
    record = provenance_record(model.dossier.provenance, stages, model.words.language)
    title = model.words.title("origin")
    model.about.append(
        (
            title,
            (
                "hash van afspraak en gegevens, en de volledige afspraak",
                "hash of agreement and data, and the whole agreement",
            ),
        )
    )
    sheet = model.book.sheet(title)
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.widths[column] = width
        sheet.text(0, column, name, "head")
    for row, cells in enumerate(rows_of(record), start=1):
        for column, cell in enumerate(cells):
            if cell:
                sheet.text(row, column, cell, "wrapped" if column == len(COLUMNS) - 1 else "text")
    sheet.frozen, sheet.repeated = (1, 0), 0
