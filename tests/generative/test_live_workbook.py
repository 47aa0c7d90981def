"""The workbook's formulas, worked out with exact numbers and with those of a spreadsheet: the program's norm fte and its cents."""

from datetime import date
from fractions import Fraction

import pytest
from component_strategies import agreed_cases, whole_cases
from hypothesis import given, settings
from plain_case import as_objects
from strategies import cases

from puntlanding.agreement.content import Content
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook import live_book
from puntlanding.report.live_workbook.evaluate import Evaluator
from puntlanding.stage import Stage
from puntlanding.year import Year

pytestmark = pytest.mark.generative

FEW = settings(max_examples=settings().max_examples // 3)
ORIGIN = Provenance("afspraak.toml", Content({}), date(2026, 1, 1), "", ())
NINE = Fraction(1, 10**9)


def book_of(case):
    year = Year(as_objects(case))
    return year, live_book(Dossier(year, ORIGIN, Language.DUTCH))


def column(book, values, title, heading):
    """Name → value of a column of a sheet, of every line that has a name and a number there."""
    sheet = next(one for one in book.sheets if one.title == title)
    header, column = max(place for place, cell in sheet.cells.items() if cell.value == heading)
    found = {}
    row = header + 1
    while (row, column) in sheet.cells:
        found[values[title, row, 0]] = values[title, row, column]
        row += 1
    return found


def assert_same(year, book):
    for convert in (Fraction, float):
        values = Evaluator(book.cells(), book.names, convert).all()
        if not year.missing(Stage.SETTLE):
            paid = column(book, values, "Samen", "betaald (norm fte)")
            for row in year.settlement.rows:
                assert abs(Fraction(paid[row.line.group]) - row.line.paid.value) <= NINE
        if not year.missing(Stage.DISTRIBUTE):
            euros = column(book, values, "Verdeling", "bedrag (€)")
            assert {row.name: row.paid.value for row in year.distribution.rows} == {
                row.name: Fraction(round(100 * euros[row.name])) for row in year.distribution.rows
            }


@given(agreed_cases())
def test_every_cent_of_every_component(case):
    assert_same(*book_of(case))


@FEW
@given(whole_cases())
def test_every_cent_where_all_that_comes_before_counts_too(case):
    assert_same(*book_of(case))


@given(cases())
def test_every_norm_fte(case):
    assert_same(*book_of(case))
