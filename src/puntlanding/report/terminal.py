"""Tables in the terminal: quiet, 100 columns, the same first sentence as everywhere."""

from __future__ import annotations

import io
import textwrap
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, euros, number
from puntlanding.language.sentences import printable
from puntlanding.report.headline import headline
from puntlanding.report.tables import Column, Table, TableRow

WIDTH = 100
HEADING = 11
# Hairlines under the header and above the total, nothing else.
HAIRLINES = box.Box("    \n    \n ── \n    \n ── \n    \n    \n    \n")


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Rich would end the program with an error; who reads no further (`| head`) has what they wanted."""
        raise BrokenPipeError


def console(file: TextIO) -> Console:
    """Colour only on a terminal; a fixed width elsewhere, so that the same input gives the same bytes."""
    if file.isatty():
        return _Console(file=file, highlight=False, soft_wrap=False)
    return _Console(file=file, width=WIDTH, highlight=False, color_system=None, legacy_windows=False)


def rendered(*shown: RenderableType) -> str:
    """As text of 100 columns without colour, lines without blanks at their end: for what is not a stage's table."""
    out = io.StringIO()
    page = Console(file=out, width=WIDTH, highlight=False, color_system=None, legacy_windows=False)
    page.print(*shown, sep="\n")
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().splitlines())


def print_table(table: Table, owner: str, language: Language, out: Console) -> None:
    """``owner`` is the organisation and year that head the table."""
    dutch = language is Language.DUTCH
    out.print(Text(f"{table.nl if dutch else table.en} · {printable(owner)}", style="bold"))
    out.print(Text(printable(headline(table, language), 400)))
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    shown.add_column("vakgroep" if dutch else "group", no_wrap=True, overflow="ellipsis", min_width=18)
    for column in table.columns:
        heading = column.nl if dutch else column.en
        lines = "\n".join(textwrap.wrap(heading, HEADING, break_long_words=False, break_on_hyphens=False))
        shown.add_column(Text(lines), justify="right", vertical="bottom", no_wrap=True)
    for row in table.rows:
        shown.add_row(*_cells(row, table.columns, language))
    _extra_rows(shown, table, language, dutch)
    shown.add_section()
    shown.add_row(*_cells(table.total, table.columns, language, "Totaal" if dutch else "Total"), style="bold")
    out.print(shown)
    out.print()


def _extra_rows(shown: RichTable, table: Table, language: Language, dutch: bool) -> None:
    for title, rows in (
        ("per zorgeenheid" if dutch else "by care unit", table.care_units),
        ("per contract" if dutch else "by contract", table.contract_totals),
    ):
        if rows:
            shown.add_section()
            shown.add_row(Text(title, style="dim italic"))
            for row in rows:
                shown.add_row(*_cells(row, table.columns, language))


def _cells(row: TableRow, columns: tuple[Column, ...], language: Language, name: str | None = None) -> list[Text]:
    numbers = [Text(shown(cell, column, language)) for cell, column in zip(row.cells, columns, strict=True)]
    return [Text(printable(name or row.name)), *numbers]


def shown(node: Node | None, column: Column, language: Language) -> str:
    """A cell as people read it; a dash where there is nothing, or where it is zero beside what matters."""
    if node is None:
        return "–"
    if column.unit is Unit.CENTS:
        return euros(node.value, language)
    if column.key in ("onder", "over", "extra", "bandbreedte_correctie") and node.value == 0:
        return "–"
    factor = 100 if column.key == "verhouding" else 1
    return number(node.value * factor, column.decimals, language)
