"""Tables in the terminal: quiet, 100 columns, the same first sentence as everywhere."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TextIO

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, euros, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import ZERO
from puntlanding.report.headline import headline
from puntlanding.report.tables import Column, Table, TableRow

WIDTH = 100
HEADING = 11
NAME = 18
BETWEEN = 2
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column as it is printed: its heading in lines, and the text of any row."""

    heading: str
    text: Callable[[TableRow], str]


def print_table(table: Table, owner: str, language: Language, out: Console) -> None:
    """``owner`` is the organisation and year that head the table."""
    dutch = language is Language.DUTCH
    out.print(Text(f"{table.nl if dutch else table.en} · {printable(owner)}", style="bold"))
    out.print(Text(printable(headline(table, language), 500)))
    columns = [_column(table, i, language) for i in range(len(table.columns))]
    apart = [i for i, column in enumerate(table.columns) if column.key in table.apart]
    if not apart or _width(table, columns) <= out.width:
        for some in _chunks(table, columns, out.width):
            out.print(_grid(table, some, language, out.width))
            out.print()
        return
    together = _Shown("onderdelen\n(€)" if dutch else "components\n(€)", lambda row: _sum(row, apart, language))
    main = [column for i, column in enumerate(columns) if i not in apart]
    for some in _chunks(table, [*columns[: apart[0]], together, *main[apart[0] :]], out.width):
        out.print(_grid(table, some, language, out.width))
        out.print()
    out.print(Text("De onderdelen, in hun volgorde" if dutch else "The components, in their order", style="bold"))
    for some in _chunks(table, [columns[i] for i in apart], out.width):
        out.print(_grid(table, some, language, out.width))
        out.print()


def _column(table: Table, i: int, language: Language) -> _Shown:
    column = table.columns[i]
    heading = column.nl if language is Language.DUTCH else column.en
    lines = "\n".join(textwrap.wrap(printable(heading), HEADING, break_long_words=False, break_on_hyphens=False))
    return _Shown(lines, lambda row: shown(row.cells[i], column, language))


def _sum(row: TableRow, apart: Sequence[int], language: Language) -> str:
    return euros(sum((node.value for i in apart if (node := row.cells[i]) is not None), ZERO), language)


def _rows(table: Table) -> Iterator[TableRow]:
    yield from (*table.rows, *table.care_units, *table.contract_totals, table.total)


def _width(table: Table, columns: Iterable[_Shown]) -> int:
    """With names as short as they may become; two blanks before each column."""
    return NAME + sum(BETWEEN + _width_of(table, column) for column in columns)


def _width_of(table: Table, column: _Shown) -> int:
    return max(len(text) for text in (*column.heading.splitlines(), *map(column.text, _rows(table))))


def _chunks(table: Table, columns: Sequence[_Shown], width: int) -> list[list[_Shown]]:
    """As few tables as fit, each about as wide as the others."""
    fewest = next(n for n in range(1, len(columns) + 1) if n == len(columns) or _fits(table, columns, n, width))
    return _dealt(columns, fewest)


def _fits(table: Table, columns: Sequence[_Shown], tables: int, width: int) -> bool:
    return all(_width(table, some) <= width for some in _dealt(columns, tables))


def _dealt(columns: Sequence[_Shown], tables: int) -> list[list[_Shown]]:
    each, more = divmod(len(columns), tables)
    starts = [i * each + min(i, more) for i in range(tables + 1)]
    return [list(columns[a:b]) for a, b in pairwise(starts)]


def _grid(table: Table, columns: Sequence[_Shown], language: Language, width: int) -> RichTable:
    """Where not everything fits, names are cut and never a number."""
    dutch = language is Language.DUTCH
    grid = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    room = max(NAME, width - sum(BETWEEN + _width_of(table, column) for column in columns))
    grid.add_column("vakgroep" if dutch else "group", no_wrap=True, overflow="ellipsis", min_width=NAME, max_width=room)
    for column in columns:
        grid.add_column(Text(column.heading), justify="right", vertical="bottom", no_wrap=True)
    for row in table.rows:
        grid.add_row(*_cells(row, columns))
    _extra_rows(grid, table, columns, dutch)
    grid.add_section()
    grid.add_row(*_cells(table.total, columns, "Totaal" if dutch else "Total"), style="bold")
    return grid


def _extra_rows(grid: RichTable, table: Table, columns: Sequence[_Shown], dutch: bool) -> None:
    for title, rows in (
        ("per zorgeenheid" if dutch else "by care unit", table.care_units),
        ("per contract" if dutch else "by contract", table.contract_totals),
    ):
        if rows:
            grid.add_section()
            grid.add_row(Text(title, style="dim italic"))
            for row in rows:
                grid.add_row(*_cells(row, columns))


def _cells(row: TableRow, columns: Iterable[_Shown], name: str | None = None) -> list[Text]:
    return [Text(printable(name or row.name)), *(Text(column.text(row)) for column in columns)]


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
