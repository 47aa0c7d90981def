"""What a folder of the NZa's code tables holds: how many codes, how many valid on a day, and what was not found."""

from __future__ import annotations

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.intake.nza import CodesSummary
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import printable
from puntlanding.report.intake_check import findings_text
from puntlanding.report.terminal import HAIRLINES, rendered


def as_text(found: CodesSummary, language: Language) -> str:
    dutch = language is Language.DUTCH
    when = day(found.day, language)
    title = f"Codetabellen van de NZa · geldig op {when}" if dutch else f"The NZa's code tables · valid on {when}"
    titles = (
        ("tabel", "bestand", "rijen", "geldig", "laatste begin")
        if dutch
        else ("table", "file", "rows", "valid", "last begin")
    )
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for position, one in enumerate(titles):
        shown.add_column(Text(one), justify="right" if position in (2, 3) else "left", no_wrap=True, min_width=8)
    for table in found.found:
        name = table.table.nl if dutch else table.table.en
        counts = (number(table.rows, 0, language), number(table.valid, 0, language))
        shown.add_row(*map(Text, (name, printable(table.file, 30), *counts, str(table.last))))
    lines = []
    if found.absent:
        names = ", ".join(one.nl if dutch else one.en for one in found.absent)
        lines.append(f"{'Niet gevonden' if dutch else 'Not found'}: {names}.")
    if found.unused:
        lines.append(f"{'Niet gebruikt' if dutch else 'Not used'}: {', '.join(map(printable, found.unused))}.")
    if found.findings:
        lines.append(findings_text(found.findings, language))
    return rendered(Text(title, style="bold"), shown, *(Text(f"\n{line}") for line in lines))
