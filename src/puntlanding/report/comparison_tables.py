"""The tables of a comparison as people read them: differences first, then amounts and norm fte; in blocks of 100 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.comparison import Change, Column, Comparison, Kind
from puntlanding.comparison.columns import Sums
from puntlanding.explain import Node, Unit
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.report.comparison_words import percent, signed
from puntlanding.report.terminal import HAIRLINES, WIDTH

NAME = 24
BETWEEN = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of text: per group, and below the line by the name of the row. What is not there is a dash."""

    heading: str
    groups: Mapping[str, str]
    below: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """``parts`` are columns that stay together; ``first`` heads every block."""

    title: str
    parts: tuple[tuple[Shown, ...], ...]
    below: tuple[str, ...]
    first: Shown | None = None


def grids(found: Comparison, language: Language) -> Iterator[Grid]:
    words = _Words(language)
    unit = Unit.FTE if found.own.euros is None else Unit.CENTS
    own = _sums(found.own, unit)
    if own is not None:
        parts = []
        for one in found.beside:
            change = one.fte if unit is Unit.FTE else one.euros
            parts.append(words.change(one.column.letter, change))
        yield Grid(words.of("difference", unit), tuple(parts), words.below, words.sums(found.own.letter, own))
    yield from _old(found, words)
    yield from _compensations(found, words)
    if unit is Unit.CENTS:
        yield Grid(words.of("amounts", unit), _every(found, Unit.CENTS, words), words.below)
    yield Grid(words.of("amounts", Unit.FTE), _every(found, Unit.FTE, words), words.below)


def _every(found: Comparison, unit: Unit, words: _Words) -> tuple[tuple[Shown, ...], ...]:
    return tuple((words.sums(column.letter, _sums(column, unit)),) for column in found.columns)


def _sums(column: Column, unit: Unit) -> Sums | None:
    return column.fte if unit is Unit.FTE else column.euros


def _old(found: Comparison, words: _Words) -> Iterator[Grid]:
    """From three parameters to two, and from there to the own agreement."""
    three, two = found.of(Kind.OLD), found.of(Kind.TWO)
    if three is None or two is None or found.parameters is None or found.budgeting is None:
        return
    unit = found.parameters.total.unit
    norm: tuple[Shown, ...] = ()
    if unit is Unit.CENTS:
        norm = (words.sums("3 par. (fte)", three.fte), words.sums("2 (fte)", two.fte))
    mark = words.mark(unit)
    shown = (
        *norm,
        words.sums(f"3 par.{mark}", _sums(three, unit)),
        *words.change("3 → 2", found.parameters),
        *words.change(f"2 → {found.own.letter}", found.budgeting),
    )
    yield Grid(words.of("old", unit), (shown,), words.below)


def _compensations(found: Comparison, words: _Words) -> Iterator[Grid]:
    if found.within is None or not found.compensations:
        return
    share = percent(found.within.value, words.language)
    title = words.pick(
        f"Eenmalige vergoeding (€) om elke vakgroep binnen {share} van {found.reference.letter} te houden",
        f"One-off compensation (€) to keep every group within {share} of {found.reference.letter}",
    )
    total, part = words.total, words.pick("deel van het kader", "share of the frame")
    parts = []
    for column in found.columns:
        needed = found.compensations.get(column.letter)
        if needed is not None:
            below = {total: words.cents(needed.total)}
            if needed.share is not None:
                below[part] = f"{number(needed.share.value * 100, 2, words.language)} %"
            groups = {name: words.cents(node) if node.value else "–" for name, node in needed.groups.items()}
            parts.append((Shown(column.letter, groups, below),))
    yield Grid(title, tuple(parts), (total, part))


class _Words:
    """Cells, headings and titles in one language."""

    def __init__(self, language: Language) -> None:
        self.language, self.dutch = language, language is Language.DUTCH
        self.total = self.pick("Totaal", "Total")
        self.unpaid = self.pick("niet uitgekeerd", "not paid out")
        self.below = (self.total, self.unpaid)

    def pick(self, nl: str, en: str) -> str:
        return nl if self.dutch else en

    def mark(self, unit: Unit) -> str:
        return " (€)" if unit is Unit.CENTS else " (fte)"

    def of(self, what: str, unit: Unit) -> str:
        money = unit is Unit.CENTS
        match what:
            case "difference" if money:
                return self.pick("Verschil met A, in euro's", "Difference from A, in euros")
            case "difference":
                return self.pick("Verschil met A, in norm fte", "Difference from A, in norm fte")
            case "old":
                return self.pick("Van drie parameters naar twee, en naar A", "From three parameters to two, and to A")
            case _ if money:
                return self.pick("Bedrag per vakgroep, in euro's", "Amount by group, in euros")
            case _:
                return self.pick("Betaalde norm fte", "Paid norm fte")

    def cents(self, node: Node) -> str:
        return number(node.value / 100, 2, self.language)

    def value(self, node: Node) -> str:
        if node.unit is Unit.CENTS:
            return number(node.value / 100, 0, self.language)
        return number(node.value, 2, self.language)

    def sums(self, heading: str, sums: Sums | None) -> Shown:
        if sums is None:
            return Shown(heading, {}, {})
        groups = {name: self.value(node) for name, node in sums.groups.items()}
        return Shown(heading, groups, {self.total: self.value(sums.total), self.unpaid: self.value(sums.unpaid)})

    def change(self, heading: str, change: Change | None) -> tuple[Shown, Shown]:
        if change is None:
            return Shown(heading, {}, {}), Shown("%", {}, {})
        groups = {name: self._signed(node) for name, node in change.groups.items()}
        shares = {name: self._share(node) for name, node in change.shares.items()}
        below = {self.total: self._signed(change.total), self.unpaid: self._signed(change.unpaid)}
        return Shown(heading, groups, below), Shown("%", shares, {self.total: self._share(change.total_share)})

    def _signed(self, node: Node) -> str:
        if node.unit is Unit.CENTS:
            return signed(node.value / 100, 0, self.language)
        return signed(node.value, 2, self.language)

    def _share(self, node: Node | None) -> str:
        return "–" if node is None else signed(node.value * 100, 1, self.language)


def blocks(grid: Grid, names: Sequence[str], language: Language) -> Iterator[RichTable]:
    """As many tables as it takes to stay within the width."""
    longest = max(len(printable(name)) for name in (*names, *grid.below))
    room = WIDTH - min(NAME, longest)
    first = () if grid.first is None else (grid.first,)
    fixed = sum(_width(one, names) + BETWEEN for one in first)
    line: list[Shown] = []
    taken = fixed
    for part in grid.parts:
        wide = sum(_width(one, names) + BETWEEN for one in part)
        if line and taken + wide > room:
            yield _table(grid, (*first, *line), names, language)
            line, taken = [], fixed
        line += part
        taken += wide
    if line or first:
        yield _table(grid, (*first, *line), names, language)


def _width(shown: Shown, names: Sequence[str]) -> int:
    cells = [shown.groups.get(name, "–") for name in names] + list(shown.below.values())
    return max(len(text) for text in (shown.heading, *cells))


def _table(grid: Grid, columns: Sequence[Shown], names: Sequence[str], language: Language) -> RichTable:
    table = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    title = "vakgroep" if language is Language.DUTCH else "group"
    table.add_column(title, no_wrap=True, overflow="ellipsis", max_width=NAME)
    for one in columns:
        table.add_column(Text(one.heading), justify="right", no_wrap=True)
    for name in names:
        table.add_row(Text(printable(name)), *(Text(one.groups.get(name, "–")) for one in columns))
    table.add_section()
    for row in grid.below:
        table.add_row(Text(row), *(Text(one.below.get(row, "")) for one in columns))
    return table
