"""What the command that makes reports says of itself, in Dutch and English."""

from __future__ import annotations

TEXTS_REPORT: dict[str, tuple[str, str]] = {
    "report": (
        "Maak de verslagen van een jaar: werkmap die rekent, verklaringen, bestuursverslag, pagina.\n\n"
        "Wat de case niet toelaat, blijft weg en wordt gezegd. Niets wordt overschreven.",
        "Make the reports of a year: a workbook that calculates, statements, board report, page.\n\n"
        "What the case does not allow is left out, and said. Nothing is overwritten.",
    ),
    "opt_report_xlsx": (
        "Een werkmap die zelf rekent: invoer, afspraak, elke stap als formule, en de uitkomst.",
        "A workbook that calculates: inputs, agreement, every step as a formula, and the outcome.",
    ),
    "opt_report_statements": (
        "Een verklaring per vakgroep (PDF), om te ondertekenen.",
        "A statement for each group (PDF), to be signed.",
    ),
    "opt_report_board": ("Het jaar voor het bestuur, in zes bladzijden (PDF).", "The year for the board, in six pages (PDF)."),
    "opt_report_html": (
        "Het jaar als één pagina met alle beelden en tabellen, die zonder internet opent.",
        "The year as one page with all charts and tables, which opens without the internet.",
    ),
    "opt_report_all": ("Alle verslagen, in een nieuwe map.", "All reports, in a new folder."),
    "opt_report_group": ("Verklaringen van alleen deze vakgroep.", "Statements of this group only."),
    "report_done": ("Er is 1 bestand geschreven:|Er zijn {} bestanden geschreven:", "1 file was written:|{} files were written:"),
    "report_left_out": ("Niet in de verslagen: {0}", "Not in the reports: {0}"),
}  # fmt: skip
