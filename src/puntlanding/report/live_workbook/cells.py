"""Sheets as they will be written: texts, numbers, formulas, and which cells somebody may change.

Rows and columns count from 0. A formula names a cell as `str` of its `Ref`; within its own sheet the sheet's name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Scalar = Fraction | str | None
Key = tuple[str, int, int]
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def column_letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def quoted(title: str) -> str:
    return title if _PLAIN.fullmatch(title) else "'" + title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Ref:
    sheet: str
    row: int
    column: int

    @property
    def place(self) -> str:
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def fixed(self) -> str:
        return f"{quoted(self.sheet)}!${column_letters(self.column)}${self.row + 1}"

    def to(self, last: Ref) -> str:
        """The range from here to ``last``, which stays put when a formula is copied."""
        return f"{self.fixed}:${column_letters(last.column)}${last.row + 1}"

    def __str__(self) -> str:
        return f"{quoted(self.sheet)}!{self.place}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be typed in a cell: one of ``choices``, or a number within bounds."""

    choices: tuple[str, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` of a formula is None until it has been worked out, unless it was given with the formula."""

    value: Scalar
    look: str
    formula: str | None = None
    is_input: bool = False
    allowed: Allowed | None = None


@dataclass
class Sheet:
    """``frozen``: rows and columns that stay in view; ``repeated``: the row that heads every page; ``breaks``: rows with which a page
    begins; ``helpers``: columns that are folded away; ``links``: cells that lead to a sheet.
    """

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    frozen: tuple[int, int] = (0, 0)
    repeated: int | None = None
    helpers: list[tuple[int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)

    def text(self, row: int, column: int, text: str, look: str = "text") -> Ref:
        self.cells[row, column] = Cell(text, look)
        return Ref(self.title, row, column)

    def number(self, row: int, column: int, value: Fraction | int | None, look: str) -> Ref:
        self.cells[row, column] = Cell(None if value is None else Fraction(value), look)
        return Ref(self.title, row, column)

    def entry(self, row: int, column: int, value: Scalar, look: str, allowed: Allowed | None = None) -> Ref:
        """A yellow cell: an input that may be changed."""
        self.cells[row, column] = Cell(value, look, is_input=True, allowed=allowed)
        return Ref(self.title, row, column)

    def formula(self, row: int, column: int, formula: str, look: str, value: Fraction | None = None) -> Ref:
        own = formula.replace(f"{quoted(self.title)}!", "")
        self.cells[row, column] = Cell(value, look, formula=own)
        return Ref(self.title, row, column)


@dataclass
class Book:
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, Ref] = field(default_factory=dict)

    def sheet(self, title: str) -> Sheet:
        made = Sheet(title)
        self.sheets.append(made)
        return made

    def named(self, name: str, ref: Ref) -> Ref:
        self.names[name] = ref
        return ref

    def cells(self) -> dict[Key, Cell]:
        return {(sheet.title, *place): cell for sheet in self.sheets for place, cell in sheet.cells.items()}

    def entries(self) -> dict[Key, Cell]:
        return {key: cell for key, cell in self.cells().items() if cell.is_input}


def added(terms: Sequence[object]) -> str:
    """``terms`` added up in a formula; 0 for none."""
    return "+".join(str(term) for term in terms) or "0"
