"""Tables as a page shows them: text in cells, a plain number to sort on, and the same rows as CSV."""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from puntlanding.charts.picture import Picture
from puntlanding.components import COMPONENTS
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import visible
from puntlanding.language.terms import term
from puntlanding.quantities import fixed
from puntlanding.report.csv_file import csv_bytes, harmless
from puntlanding.report.tables import Table, TableRow
from puntlanding.report.terminal import shown

_BESIDE = {
    "niet_uitgekeerd_cent": ("niet uitgekeerd", "not paid out"),
    "kader_cent": ("kader", "frame"),
    "_blijft_cent": ("blijft staan: {}", "stays: {}"),
    "_erbij_cent": ("van buiten het kader: {}", "from outside the frame: {}"),
}
_SORTING = 6  # decimals of the number that rows are sorted on


def readable(text: str) -> str:
    """Signs that do not print are shown as such; a blank that holds two words together is one that prints."""
    return visible(text.replace("\u00a0", " "))


class Kind(StrEnum):
    """What a line of a table is: only groups are sorted."""

    GROUP = "group"
    HEADING = "heading"
    PART = "part"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cell:
    """``sort`` is the number as a script reads it; empty where there is none."""

    text: str
    sort: str = ""
    words: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: tuple[Cell, ...] = ()
    kind: Kind = Kind.GROUP


@dataclass(frozen=True, slots=True)
class Grid:
    """``csv`` is the address of the rows as a file, inside the page itself."""

    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    csv: str = ""
    file: str = ""

    def of(self, *kinds: Kind) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind in kinds)


def stage_grid(table: Table, language: Language) -> Grid:
    """A stage's table as the terminal has it; euros that go with the total only are lines below it."""
    dutch = language is Language.DUTCH
    lines = [_line(row, table, language) for row in table.rows]
    for title, rows in (
        ("per zorgeenheid" if dutch else "by care unit", table.care_units),
        ("per contract" if dutch else "by contract", table.contract_totals),
    ):
        if rows:
            lines.append(Line(title, kind=Kind.HEADING))
            lines += [_line(row, table, language, Kind.PART) for row in rows]
    lines.append(_line(table.total, table, language, Kind.TOTAL, "Totaal" if dutch else "Total"))
    main = [column.key for column in table.columns].index(table.main)
    for key, node in table.beside_total.items():
        if not node.value and key.endswith(("_blijft_cent", "_erbij_cent")):  # a component that leaves nothing
            continue
        cells = [Cell("")] * len(table.columns)
        cells[main] = Cell(shown(node, table.columns[main], language))
        lines.append(Line(beside_name(key, language), tuple(cells), Kind.PART))
    return Grid(
        table.nl if dutch else table.en,
        ("vakgroep" if dutch else "group", *(column.nl if dutch else column.en for column in table.columns)),
        tuple(lines), _address(csv_bytes(table, language)), f"{(table.nl if dutch else table.en).lower()}.csv",
    )  # fmt: skip


def contracts_grid(row: TableRow, table: Table, language: Language) -> Grid:
    """One group by contract; ``row`` has more than one."""
    dutch = language is Language.DUTCH
    lines = [
        *(_line(one, table, language) for one in row.contracts),
        _line(row, table, language, Kind.TOTAL, "samen" if dutch else "together"),
    ]
    headings = ("contract", *(column.nl if dutch else column.en for column in table.columns))
    return Grid(f"{visible(row.name)} {'per contract' if dutch else 'by contract'}", headings, tuple(lines))


def picture_grid(picture: Picture) -> Grid:
    """The table behind a chart, with its exact numbers as CSV."""
    first, *others = picture.columns
    lines = []
    for row in picture.rows:
        cells = tuple(_cell(row.get(column.key), column.decimals, picture.language) for column in others)
        lines.append(Line(_text(row.get(first.key), first.decimals, picture.language), cells))
    return Grid(
        readable(picture.title), tuple(readable(column.title) for column in picture.columns), tuple(lines),
        _address(_csv(picture)), f"{picture.name}.csv",
    )  # fmt: skip


def beside_name(key: str, language: Language) -> str:
    which = 0 if language is Language.DUTCH else 1
    suffix = next(one for one in _BESIDE if key.endswith(one))
    name = key.removesuffix(suffix)
    kind = next((one for one in COMPONENTS if name == one or name.startswith(f"{one}_")), name)
    own = name.removeprefix(kind).replace("_", " ").strip()  # pots of one kind have names of their own
    return _BESIDE[suffix][which].format(own or (term(COMPONENTS[kind].term, language) if kind in COMPONENTS else name))


def _line(row: TableRow, table: Table, language: Language, kind: Kind = Kind.GROUP, name: str | None = None) -> Line:
    cells = (
        Cell(shown(node, column, language), "" if node is None else fixed(Fraction(node.value), _SORTING))
        for node, column in zip(row.cells, table.columns, strict=True)
    )
    return Line(visible(name or row.name), tuple(cells), kind)


def _cell(value: Fraction | str | None, decimals: int | None, language: Language) -> Cell:
    text = _text(value, decimals, language)
    if isinstance(value, Fraction):
        return Cell(text, fixed(value, _SORTING))
    return Cell(text, words=value is not None)


def _text(value: Fraction | str | None, decimals: int | None, language: Language) -> str:
    if value is None:
        return "–"
    return readable(value) if isinstance(value, str) else number(value, decimals or 0, language)


def _csv(picture: Picture) -> bytes:
    dutch = picture.language is Language.DUTCH
    rows: Iterable[Sequence[Fraction | str | None]] = (
        [row.get(column.key) for column in picture.columns] for row in picture.rows
    )
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if dutch else ",", lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in picture.columns])
    writer.writerows([_plain(value, dutch=dutch) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(value: Fraction | str | None, *, dutch: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    digits = fixed(value, _SORTING)
    return digits.replace(".", ",") if dutch else digits


def _address(content: bytes) -> str:
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(content).decode()
