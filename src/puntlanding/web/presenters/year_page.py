"""The year at a glance: the question it is about, its answer, and each group's figures of every stage on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from puntlanding.language.notation import Language
from puntlanding.language.sentences import index, visible
from puntlanding.report.dossier import Dossier
from puntlanding.report.html.sections import ANSWERS, QUESTIONS
from puntlanding.report.tables import Table, TableRow, table
from puntlanding.report.terminal import shown
from puntlanding.stage import Stage
from puntlanding.web.presenters.bars import Bars, bars
from puntlanding.web.presenters.scope import Scope
from puntlanding.web.presenters.stage_page import Cell, Heading, Line, Sheet, answer, main_of, numbers_of

_PAGES = {
    Stage.BUDGET: "budget",
    Stage.MONITOR: "monitoring",
    Stage.SETTLE: "settlement",
    Stage.DISTRIBUTE: "distribution",
}
_HEADINGS = {
    Stage.BUDGET: ("begroot (norm fte)", "budgeted (norm fte)"),
    Stage.MONITOR: ("prognose (% van de begroting)", "forecast (% of the budget)"),
    Stage.SETTLE: ("betaald (norm fte)", "paid (norm fte)"),
    Stage.DISTRIBUTE: ("bedrag (€)", "amount (€)"),
}
_LANDING = ("Landen we op de begroting?", "Do we land on the budget?")


@dataclass(frozen=True, slots=True)
class YearPage:
    """``pages``: of each column after the first, the page that tells more."""

    question: str
    answer: str
    sheet: Sheet
    pages: tuple[str, ...]


def year_page(dossier: Dossier, scope: Scope, *, euros: bool, settled: bool) -> YearPage | None:
    """``settled``: there is a settlement, and what counts is what is paid; before that, whether the year lands. None where nothing can
    be told.
    """
    stages = [one for one in Stage if dossier.has(one) and (euros or one is not Stage.DISTRIBUTE)]
    tables = {one: scope.narrowed(table(one, dossier.year)) for one in stages}
    if not tables:
        return None
    which = index(dossier.language)
    order = ANSWERS if settled else (Stage.MONITOR, *ANSWERS)
    first = next(one for one in order if one in tables)
    question = _LANDING if first is Stage.MONITOR else QUESTIONS[first]
    return YearPage(
        question[which],
        answer(tables[first], scope, dossier.language),
        _sheet(tables, dossier, which, settled=settled),
        tuple(_PAGES[one] for one in tables),
    )


def _sheet(tables: dict[Stage, Table], dossier: Dossier, which: int, *, settled: bool) -> Sheet:
    """The bar is that of what the page is about: the settlement, or the forecast."""
    numbers = numbers_of(dossier)
    wanted = (Stage.SETTLE, Stage.MONITOR) if settled else (Stage.MONITOR, Stage.SETTLE)
    drawing = next((one for one in wanted if one in tables), None)
    drawn = Bars(None, {}) if drawing is None else bars(tables[drawing], dossier.language)
    names = [row.name for row in next(iter(tables.values())).rows]

    def line(rows: dict[Stage, TableRow | None], name: str, mark: str) -> Line:
        cells = tuple(_cells(tables, rows, mark, dossier.language))
        row = None if drawing is None else rows[drawing]
        return Line(visible(name), cells, None if row is None else drawn.of(row))

    lines = (
        line({stage: _row(one, name) for stage, one in tables.items()}, name, str(numbers[name])) for name in names
    )
    total = line({stage: one.total for stage, one in tables.items()}, ("Totaal", "Total")[which], "0")
    headings = (Heading(_HEADINGS[stage][which], one.main) for stage, one in tables.items())
    first = Heading(("vakgroep", "group")[which])
    return Sheet(
        ("Het jaar per vakgroep", "The year by group")[which],
        (first, *headings),
        tuple(lines),
        total,
        (),
        (),
        drawn.legend,
    )


def _cells(
    tables: dict[Stage, Table], rows: dict[Stage, TableRow | None], mark: str, language: Language
) -> Iterator[Cell]:
    for stage, one in tables.items():
        at, row = main_of(one), rows[stage]
        node = None if row is None else row.cells[at]
        yield Cell(shown(node, one.columns[at], language), "" if node is None else f"{mark}.{one.main}")


def _row(one: Table, name: str) -> TableRow | None:
    return next((row for row in one.rows if row.name == name), None)
