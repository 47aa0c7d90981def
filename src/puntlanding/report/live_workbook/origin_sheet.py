"""Where the figures come from: hashes of agreement and data, with all that every result says of its origin.

Not in the form that `verify` reads: a workbook that somebody may change proves nothing by itself.
"""

from __future__ import annotations

from puntlanding.report.live_workbook.model import Model
from puntlanding.report.live_workbook.table import FIRST, HEADER
from puntlanding.report.provenance import COLUMNS, provenance_record, rows_of
from puntlanding.stage import Stage

WIDTHS = (14, 24, 24, 26, 70)


def write_origin(model: Model) -> None:
    stages = [stage for stage in Stage if model.dossier.has(stage)]
    record = provenance_record(model.dossier.provenance, stages, model.words.language)
    sheet = model.page(
        "origin", ("hash van afspraak en gegevens, en de afspraak zoals zij was", "hash of agreement and data, and the agreement as it was"),
        (("Van deze afspraak en gegevens is de werkmap gemaakt. Wie haar verandert, verandert dit blad niet mee: reken een uitkomst na met "
          "«puntlanding verify» op wat «run», «settle» of «distribute» schreef.",
          "The workbook was made from this agreement and these data. A change in it does not change this sheet: verify a result with "
          "«puntlanding verify» on what «run», «settle» or «distribute» wrote."),),
    )  # fmt: skip
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.widths[column] = width
        sheet.text(HEADER, column, name, "head")
    for row, cells in enumerate(rows_of(record), start=FIRST):
        for column, cell in enumerate(cells):
            if cell:
                sheet.text(row, column, cell)
    sheet.frozen, sheet.repeated = (FIRST, 0), HEADER
