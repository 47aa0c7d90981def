"""One table on a sheet: a line per group (or per row of a list), its total, and below it the figures that hold for all of them.

Every sheet has its table in the same place, so that a group stands in the same row on all sheets that list the groups.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from puntlanding.report.live_workbook.cells import Allowed, Book, Ref, Scalar, Sheet
from puntlanding.report.live_workbook.words import Pair, Words

HEADER = 4
FIRST = HEADER + 1
NAME_WIDTH, WIDTH = 42.0, 14.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A yellow cell."""

    value: Scalar
    allowed: Allowed | None = None


@dataclass(frozen=True, slots=True)
class Plain:
    """A text that is no formula, or a number that is not to be changed."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Known:
    """A formula whose value is known already."""

    formula: str
    value: Fraction


Content = str | Entry | Plain | Known | None  # a str is a formula; None leaves the cell empty


def put(sheet: Sheet, row: int, column: int, content: Content, look: str) -> Ref:
    match content:
        case str():
            return sheet.formula(row, column, content, look)
        case Known(formula, value):
            return sheet.formula(row, column, formula, look, value)
        case Entry(value, allowed):
            return sheet.entry(row, column, value, look, allowed)
        case Plain(str() as text):
            return sheet.text(row, column, text, "text" if look != "strong" else look)
        case Plain(Fraction() as number):
            return sheet.number(row, column, number, look)
    return Ref(sheet.title, row, column)


def page(book: Book, title: str, heading: str, lead: Sequence[str]) -> Sheet:
    """A sheet with its heading and at most two lines that say what is worked out on it, and how."""
    sheet = book.sheet(title)
    sheet.text(0, 0, heading, "heading")
    for row, text in enumerate(lead, start=1):
        sheet.text(row, 0, text, "lead")
    return sheet


@dataclass
class Table:
    sheet: Sheet
    words: Words
    names: Sequence[str]
    first_title: Pair = ("vakgroep", "group")
    header: int = HEADER
    columns: dict[str, int] = field(default_factory=dict)
    _below: int = 0
    used: int = 1

    def __post_init__(self) -> None:
        self.sheet.widths.setdefault(0, NAME_WIDTH)
        self.sheet.text(self.header, 0, self.words.of(self.first_title), "head")
        for i, name in enumerate(self.names):
            self.sheet.text(self.first + i, 0, name, "text")
        if self.header == HEADER:
            self.sheet.frozen, self.sheet.repeated = (self.first, 1), self.header

    @property
    def first(self) -> int:
        return self.header + 1

    @property
    def total_row(self) -> int:
        return self.first + len(self.names)

    @property
    def end(self) -> int:
        """The row after the last figure below the table."""
        return self.total_row + 2 + self._below

    def column(
        self, key: str, title: Pair, look: str, fill: Callable[[int], Content], *, total: bool = False, width: float = 0
    ) -> str:
        """A column further to the right; ``total`` adds it up below. Gives ``key`` back."""
        column = self.columns[key] = self.used
        self.used += 1
        self.sheet.widths[column] = max(self.sheet.widths.get(column, 0), width or WIDTH)
        self.sheet.text(self.header, column, self.words.of(title), "head" if look == "text" else "head_number")
        for i in range(len(self.names)):
            put(self.sheet, self.first + i, column, fill(i), look)
        if total:
            self.sheet.text(self.total_row, 0, self.words("Totaal", "Total"), "strong")
            self.sheet.formula(self.total_row, column, f"SUM({self.span(key)})", look + "!")
        return key

    def helpers(self, first: str, last: str) -> None:
        """Columns of working that can be folded away."""
        self.sheet.helpers.append((self.columns[first], self.columns[last]))

    def at(self, key: str, i: int) -> Ref:
        return Ref(self.sheet.title, self.first + i, self.columns[key])

    def span(self, key: str) -> str:
        column = self.columns[key]
        last = self.first + max(len(self.names) - 1, 0)
        return Ref(self.sheet.title, self.first, column).to(Ref(self.sheet.title, last, column))

    def total(self, key: str) -> str:
        return Ref(self.sheet.title, self.total_row, self.columns[key]).fixed

    def below(self, title: Pair, look: str, content: Content) -> str:
        """A figure for the whole table; gives its place, which stays put when a formula is copied."""
        row = self.end
        self._below += 1
        self.sheet.text(row, 0, self.words.of(title), "text")
        return put(self.sheet, row, 1, content, look).fixed

    def space(self) -> None:
        self._below += 1
