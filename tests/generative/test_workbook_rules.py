"""The workbook's formulas, worked out with exact numbers and with those of a spreadsheet: the program's norm fte and its cents."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from component_strategies import agreed_cases, lean_cases, whole_cases
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from plain_case import as_objects
from strategies import cases

from puntlanding.agreement.content import Content
from puntlanding.case.provenance import Provenance
from puntlanding.language.notation import Language
from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook import live_book, workbook_bytes
from puntlanding.report.live_workbook.evaluate import Evaluator
from puntlanding.stage import Stage
from puntlanding.year import Year
from spreadsheet import needs_program, outcome, recalculated, without_outcomes

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


@FEW
@given(cases())
def test_every_norm_fte(case):
    assert_same(*book_of(case))


@st.composite
def changed_cases(draw):
    """A case, and the same case after somebody changed what yellow cells hold: nothing came or went."""
    case, other = draw(agreed_cases()), draw(lean_cases())
    more = st.sampled_from((Fraction(1), Fraction(1), Fraction(9, 10), Fraction(5, 4), Fraction(0)))
    back = any(one.kind == "meerjaren_aanneemsom" for one in case.contracts)
    kinds = (
        "plafond",
        "plafond_bandbreedte",
        "aanneemsom",
        "schaduwdraaien",
        *(("meerjaren_aanneemsom",) if back else ()),
    )
    contracts = []
    for i, one in enumerate(case.contracts):
        kind = one.kind if back and i == 0 and one.kind == "meerjaren_aanneemsom" else draw(st.sampled_from(kinds))
        setting = Fraction(draw(st.integers(0, 100)), 100) if "band" in kind or "meer" in kind else None
        contracts.append(replace(one, kind=kind, setting=setting))
    looks_back = any(one.kind == "meerjaren_aanneemsom" for one in contracts)
    return case, replace(
        case,
        contracts=tuple(contracts if looks_back == back else case.contracts),
        redistribute=other.redistribute,
        maximum=other.maximum,
        supporting=other.supporting,
        bandwidth=other.bandwidth,
        frame=other.frame if not case.agreed else case.frame,
        fixed=other.fixed,
        unpaid=other.unpaid,
        budget=tuple(replace(row, amount=row.amount * draw(more)) for row in case.budget),
        realised=tuple(replace(row, amount=row.amount * draw(more)) for row in case.realised),
        formation=tuple(replace(one, half_days=one.half_days * draw(more)) for one in case.formation),
    )


@FEW
@given(changed_cases())
def test_a_change_in_yellow_cells_is_settled_by_the_same_rules(cases):
    """Typed in the workbook of the one, the values of the other give the other's outcome."""
    one, other = (Year(as_objects(case)) for case in cases)
    if one.missing(Stage.DISTRIBUTE) or other.missing(Stage.DISTRIBUTE):
        return
    book, changed = (live_book(Dossier(year, ORIGIN, Language.DUTCH)) for year in (one, other))
    old, new = book.entries(), changed.entries()
    assert set(old) == set(new)
    for sheet in book.sheets:
        sheet.cells |= {key[1:]: cell for key, cell in new.items() if key[0] == sheet.title}
        sheet.cells = {
            place: replace(cell, value=None) if cell.formula else cell for place, cell in sheet.cells.items()
        }
    assert_same(other, book)


def drawn(strategy, count):
    """The first so many of what is generated, the same every time."""
    found = []

    @settings(max_examples=count, derandomize=True, database=None, phases=[Phase.generate])
    @given(strategy)
    def collect(one):
        found.append(one)

    collect()
    return found


@needs_program
def test_a_real_spreadsheet_comes_to_the_same(tmp_path):
    """Made-up cases, some with more than the evaluator above can get wrong: every number that was written with a formula."""
    books = {}
    for i, case in enumerate((*drawn(agreed_cases(), 8), *drawn(whole_cases(), 4))):
        dossier = Dossier(Year(as_objects(case)), ORIGIN, Language.DUTCH)
        if dossier.has(Stage.DISTRIBUTE):
            books[f"case {i}"] = workbook_bytes(dossier)
    assert len(books) > 4
    after = recalculated({name: without_outcomes(content) for name, content in books.items()}, tmp_path)
    for name, content in books.items():
        for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True):
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)):
                found = float(outcome(after[name], sheet.title, cell.row - 1, cell.column - 1))
                assert abs(found - cell.value) <= 1e-9 * max(1, abs(cell.value)), (name, sheet.title, cell.coordinate)
