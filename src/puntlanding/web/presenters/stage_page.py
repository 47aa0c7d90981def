"""One stage of the year as a page: a question, the answer in a sentence, the table with a bar in each row, and where a number comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from puntlanding.explain import Node
from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.report.dossier import Dossier
from puntlanding.report.headline import headline
from puntlanding.report.html.grid import beside_name
from puntlanding.report.html.sections import QUESTIONS, SHORT
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.report.terminal import shown
from puntlanding.stage import Stage
from puntlanding.web.presenters.bars import Bar, bars
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.tree import Explained, explained

TOTAL, UNIT, CONTRACT, BESIDE = "0", "u", "c", "b"


@dataclass(frozen=True, slots=True)
class Cell:
    """``asks``: what a reader asks for to see where it comes from; empty where there is nothing to tell."""

    text: str
    asks: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: tuple[Cell, ...]
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under a heading of their own, below the groups."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """``key`` finds what the column means."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``legend`` says what the bars show; None where there are none."""

    caption: str
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    total: Line
    parts: tuple[Part, ...]
    beside: tuple[Line, ...]
    legend: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """``whose`` and ``what`` head the explanation of the number that was asked for."""

    whose: str
    what: str
    value: str
    tree: Explained


@dataclass(frozen=True, slots=True)
class StagePage:
    question: str
    answer: str
    sheet: Sheet
    asked: Asked | None


def stage_page(dossier: Dossier, stage: Stage, scope: Scope, asks: str = "") -> StagePage:
    """``asks`` is as a cell of the page has it; what is not there, or not for this reader, is not answered.

    Raises InputError where the case does not allow the stage.
    """
    language = dossier.language
    whole = table(stage, dossier.year)
    seen = scope.narrowed(whole)
    numbers = numbers_of(dossier)
    return StagePage(
        QUESTIONS[stage][index(language)],
        answer(seen, scope, language),
        _sheet(seen, numbers, asks, language),
        _asked(dossier, seen, numbers, scope, asks),
    )


def why_not(dossier: Dossier, stage: Stage, scope: Scope) -> str:
    """What is missing; whose it is, only to who sees all groups."""
    if scope.whole:
        return dossier.why_not(stage)
    return ("Daarvoor ontbreken nog gegevens.", "Data for that are still missing.")[index(dossier.language)]


def numbers_of(dossier: Dossier) -> dict[str, int]:
    """Names of groups may hold any sign: in addresses they are numbered."""
    return {group.name: at for at, group in enumerate(dossier.case.groups, start=1)}


def answer(seen: Table, scope: Scope, language: Language) -> str:
    """To who sees one group: its number first, then the total; never who is highest or lowest."""
    if scope.whole:
        return visible(headline(seen, language))
    which = index(language)
    told = [f"{visible(row.name)}: {_short(row, seen, which, language)}." for row in seen.rows]
    total = ("Alle vakgroepen samen", "All groups together")[which]
    return " ".join([*told, f"{total}: {_short(seen.total, seen, which, language)}."])


def _short(row: TableRow, seen: Table, which: int, language: Language) -> str:
    at = main_of(seen)
    return SHORT[seen.stage][which].format(shown(row.cells[at], seen.columns[at], language))


def main_of(seen: Table) -> int:
    return [column.key for column in seen.columns].index(seen.main)


def _sheet(seen: Table, numbers: dict[str, int], asks: str, language: Language) -> Sheet:
    which = index(language)
    drawn = bars(seen, language)

    def line(row: TableRow, mark: str, name: str | None = None) -> Line:
        cells = (
            Cell(shown(node, column, language), *_link(node, f"{mark}.{column.key}", asks))
            for node, column in zip(row.cells, seen.columns, strict=True)
        )
        return Line(visible(name or row.name), tuple(cells), drawn.of(row))

    parts = (
        Part(title[which], tuple(line(row, f"{letter}{at}") for at, row in enumerate(rows, start=1)))
        for title, letter, rows in (
            (("per zorgeenheid", "by care unit"), UNIT, seen.care_units),
            (("per contract", "by contract"), CONTRACT, seen.contract_totals),
        )
        if rows
    )
    headings = (Heading(column.en if which else column.nl, column.key) for column in seen.columns)
    return Sheet(
        (seen.nl, seen.en)[which],
        (Heading(("vakgroep", "group")[which]), *headings),
        tuple(line(row, str(numbers[row.name])) for row in seen.rows),
        line(seen.total, TOTAL, ("Totaal", "Total")[which]),
        tuple(parts),
        tuple(_beside(seen, asks, language)),
        drawn.legend,
    )


def _beside(seen: Table, asks: str, language: Language) -> Iterator[Line]:
    """Euros that go with the total only."""
    at = main_of(seen)
    for key, node in seen.beside_total.items():
        cells = [Cell("")] * len(seen.columns)
        cells[at] = Cell(shown(node, seen.columns[at], language), *_link(node, f"{BESIDE}.{key}", asks))
        yield Line(beside_name(key, language), tuple(cells))


def _link(node: Node | None, name: str, asks: str) -> tuple[str, bool]:
    return ("", False) if node is None else (name, name == asks)


def _asked(dossier: Dossier, seen: Table, numbers: dict[str, int], scope: Scope, asks: str) -> Asked | None:
    found = _found(seen, numbers, asks, dossier.language)
    if found is None:
        return None
    whose, what, value, node = found
    keys = frozenset(choice.key for choice in dossier.agreement.components)
    return Asked(visible(whose), visible(what), value, explained(node, whose, numbers, scope, keys, dossier.language))


def _found(seen: Table, numbers: dict[str, int], asks: str, language: Language) -> tuple[str, str, str, Node] | None:
    mark, _, key = asks.partition(".")
    which = index(language)
    if mark == BESIDE:
        node = seen.beside_total.get(key)
        column = seen.columns[main_of(seen)]
        whole = ("Totaal", "Total")[which]
        return None if node is None else (whole, beside_name(key, language), shown(node, column, language), node)
    row = _row(seen, numbers, mark)
    at = next((i for i, column in enumerate(seen.columns) if column.key == key), None)
    if row is None or at is None:
        return None
    node, column = row.cells[at], seen.columns[at]
    name = ("Totaal", "Total")[which] if mark == TOTAL else row.name
    return None if node is None else (name, (column.nl, column.en)[which], shown(node, column, language), node)


def _row(seen: Table, numbers: dict[str, int], mark: str) -> TableRow | None:
    if mark == TOTAL:
        return seen.total
    rows = {
        **{f"{UNIT}{at}": row for at, row in enumerate(seen.care_units, start=1)},
        **{f"{CONTRACT}{at}": row for at, row in enumerate(seen.contract_totals, start=1)},
        **{str(numbers[row.name]): row for row in seen.rows},
    }
    return rows.get(mark)
