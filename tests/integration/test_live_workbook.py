"""The workbook in a real spreadsheet program: recalculated it gives the program's norm fte and cents, also after cells were changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from command import run
from live_cases import (
    CHANGES,
    COLLECTIVE,
    EVERYTHING,
    EXAMPLES,
    HOSTILE,
    MULTI_YEAR,
    SHRINK,
    changed,
    dossier_of,
    hostile_case,
    made,
    outcomes,
    typed_in,
)

from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.language.notation import Language
from puntlanding.report.live_workbook import live_book, workbook_bytes
from puntlanding.report.live_workbook.build import WRITERS
from puntlanding.report.live_workbook.cells import Book
from puntlanding.report.live_workbook.evaluate import Evaluator
from puntlanding.report.live_workbook.settlement_sheets import RULES
from puntlanding.stage import Stage
from spreadsheet import Sheets, needs_program, outcome, planted, recalculated, without_outcomes

pytestmark = pytest.mark.integration

WORKED = tuple(f"handreiking/{number}" for number in (1, 3, 4, 5, 6, 7, 8))
NAMES = {name.replace("/", " "): EXAMPLES / name for name in (*WORKED, "onderdelen")}
PAID = {"Samen": "betaald (norm fte)", "Verdeling": "bedrag (€)"}
NEAR = 1e-9
FALSE = 987654321


@contextmanager
def naming(name: str) -> Iterator[None]:
    """Which of the workbooks an assertion is about; they share a start of LibreOffice, and so a test."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"in the workbook of {name}")
        raise


def column(sheets: Sheets, sheet: str, heading: str) -> dict[str, float]:
    """Name → number below a heading, up to the total."""
    rows = sheets[sheet]
    top, place = next((i, row.index(heading)) for i, row in enumerate(rows) if heading in row)
    found = {}
    for row in rows[top + 1 :]:
        if not row[0] or not row[place]:
            break
        found[row[0]] = float(row[place])
    return found


def assert_outcomes(sheets: Sheets, expected: Mapping[str, Mapping[str, object]]) -> None:
    for sheet, groups in expected.items():
        found = column(sheets, sheet, PAID[sheet])
        for name, value in groups.items():
            assert isinstance(value, Fraction)
            if sheet == "Verdeling":
                assert round(100 * found[name], 4) == value, name
            else:
                assert abs(found[name] - float(value)) < NEAR, name


def assert_every_cell(written: bytes, after: Sheets) -> None:
    compared = 0
    for sheet in openpyxl.load_workbook(io.BytesIO(written), data_only=True):
        for row in sheet.iter_rows():
            for cell in row:
                place, found = (
                    (sheet.title, cell.coordinate),
                    outcome(after, sheet.title, cell.row - 1, cell.column - 1),
                )
                if isinstance(cell.value, int | float):
                    compared += 1
                    assert abs(cell.value - float(found)) <= NEAR * max(1, abs(cell.value)), place
                else:
                    assert found == (cell.value or ""), place
    assert compared > 50


def assert_known(after: Sheets) -> None:
    """No formula is an error, or unknown to the spreadsheet."""
    cells = {cell for rows in after.values() for row in rows for cell in row}
    assert not [cell for cell in cells if re.match(r"#[A-Z]|Err:", cell)]


def verdicts(after: Sheets) -> dict[str, str]:
    """Every check of the sheet Controle and its outcome."""
    rows = after["Controle"]
    top = next(i for i, row in enumerate(rows) if row[:2] == ["controle", "uitkomst"])
    return {row[0]: row[1] for row in rows[top + 1 :] if row[1]}


@needs_program
def test_recalculated_it_gives_the_numbers_of_the_program(tmp_path):
    """In one start of LibreOffice. Every cell is what was written with it; false outcomes planted in the file are gone."""
    written, expected = {}, {}
    for name, case in {**NAMES, "hostile": hostile_case(tmp_path / "case")}.items():
        dossier, _, written[name] = made(case)
        expected[name] = outcomes(dossier)
    false = planted(written["onderdelen"])
    believed = openpyxl.load_workbook(io.BytesIO(false), data_only=True)
    assert FALSE in {cell.value for row in believed["Samen"].iter_rows() for cell in row}
    after = recalculated({**written, "planted": false}, tmp_path / "office")
    assert str(FALSE) not in {cell for rows in after["planted"].values() for row in rows for cell in row}
    assert_outcomes(after["planted"], expected["onderdelen"])
    for name in written:
        with naming(name):
            assert_known(after[name])
            assert_outcomes(after[name], expected[name])
            assert_every_cell(written[name], after[name])
            assert set(verdicts(after[name]).values()) == {"klopt"}


@needs_program
def test_a_change_in_yellow_cells_is_settled_by_the_same_rules(tmp_path):
    assert run("demo", "collective", tmp_path / "collective").status == 0
    given, before, expected = {}, {}, {}
    for case, tries in (
        (EVERYTHING, CHANGES),
        (tmp_path / "collective", {"collective": COLLECTIVE}),
        (MULTI_YEAR, {"shrink": SHRINK}),
    ):
        dossier, book, content = made(case)
        for name, changes in tries.items():
            other, wanted, _ = made(changed(case, tmp_path / "cases" / name, changes))
            given[name] = without_outcomes(content, typed_in(book, wanted))
            before[name], expected[name] = outcomes(dossier), outcomes(other)
    after = recalculated(given, tmp_path / "office")
    for name in given:
        with naming(name):
            assert expected[name] != before[name], "a change that changes nothing tests nothing"
            assert_known(after[name])
            told = verdicts(after[name])
            assert "let op" in told.values(), "a change is told"
            assert not [one for one in told if told[one] != "klopt" and "anders uitkomen" not in one]
            assert_outcomes(after[name], expected[name])


def test_every_contract_type_and_component_has_its_formulas():
    assert set(RULES) == set(CONTRACT_TYPES)
    assert {*WRITERS, "disutility"} == set(COMPONENTS)


def test_formulas_are_the_same_whatever_was_agreed(tmp_path):
    """Then a yellow cell can do all that the agreement can: no formula was written for one choice."""
    everything = live_book(dossier_of(EVERYTHING))
    formulas = {key: cell.formula for key, cell in everything.cells().items() if cell.formula}
    for name, changes in CHANGES.items():
        book = live_book(dossier_of(changed(EVERYTHING, tmp_path / name, changes)))
        assert {key: cell.formula for key, cell in book.cells().items() if cell.formula} == formulas, name


def test_the_same_case_gives_the_same_bytes():
    assert workbook_bytes(dossier_of(EVERYTHING)) == workbook_bytes(dossier_of(EVERYTHING))


def test_nothing_is_volatile_or_new():
    """Only functions that every spreadsheet has had for ages; no array formulas, no macros."""
    _, book, content = made(EVERYTHING)
    known = {"IF", "AND", "OR", "MIN", "MAX", "SUM", "SUMIFS", "SUMPRODUCT", "ROUND", "INT"}
    used = {name for cell in book.cells().values() for name in re.findall(r"([A-Z]+)\(", cell.formula or "")}
    assert used <= known
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            assert all(cell.value is None or isinstance(cell.value, str | int | float) for cell in row)


def test_every_sheet_prints_and_stays_in_view():
    _, _, content = made(EVERYTHING)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert sheet.print_area, sheet.title
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.title == "Uitleg" or sheet.freeze_panes


def test_what_cannot_be_settled_asks_for_attention():
    """Typed in yellow cells: pots above the frame, a type without what it needs, a net that nobody can pay."""
    book = live_book(dossier_of(EVERYTHING))
    for name, value, check in (
        ("kwaliteit_aandeel", Fraction(1), "de potten passen in het kader"),
        ("soort_1", "meerjaren_aanneemsom", "zonder begroting vorig jaar"),
        ("vangnet_maximale_daling", Fraction(0), "het vangnet kan worden betaald"),
    ):
        cells, place = book.cells(), book.names[name]
        key = (place.sheet, place.row, place.column)
        cells[key] = replace(cells[key], value=value)
        values = Evaluator(cells, book.names, float)
        row = next(at[1] for at, cell in cells.items() if at[0] == "Controle" and check in str(cell.value))
        assert values.value(("Controle", row, 1)) == "let op"


def test_names_that_look_like_formulas_are_texts(tmp_path):
    """And stay so when somebody edits the cell; no name ends up in a formula."""
    book = openpyxl.load_workbook(io.BytesIO(made(hostile_case(tmp_path / "case"))[2]))
    assert len({sheet.title for sheet in book}) == len(book.sheetnames)
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    of_ours = re.compile(r"=[-A-Za-z0-9_'!$:.,;()+*/<>=\" ]*")
    for cell in texts:
        if cell.data_type == "f":
            assert of_ours.fullmatch(cell.value), cell.value
            assert not [name for name in HOSTILE if f'"{name}"' in cell.value]
        elif cell.value[:1] in ("=", "+", "-", "@"):
            assert cell.quotePrefix, cell.value
    shown = {cell.value for cell in texts if cell.data_type != "f"}
    assert {*HOSTILE, "=reden", "@idee", "-post", "=dienst"} <= shown


def test_a_part_that_the_case_lacks_has_no_sheets_and_is_told(tmp_path):
    case = changed(EVERYTHING, tmp_path / "case", ())
    (case / "realisatie.csv").unlink()
    dossier, book, _ = made(case)
    titles = [sheet.title for sheet in book.sheets]
    assert titles == ["Uitleg", "Afspraak", "Formatie", "Vakgroepen", "Score", "Begroting", "Controle", "Herkomst"]
    told = {cell.value for cell in book.sheets[0].cells.values()}
    assert f"Afrekening: {dossier.why_not(Stage.SETTLE)}" in told


def test_without_a_frame_there_are_no_euros():
    _, book, _ = made(EXAMPLES / "handreiking" / "4")
    titles = [sheet.title for sheet in book.sheets]
    assert titles[-4:] == ["Afrekening", "Samen", "Controle", "Herkomst"]
    assert not {"Potten", "Hoofddeel", "Verdeling"} & set(titles)


def test_in_english_too():
    _, book, _ = made(EVERYTHING, Language.ENGLISH)
    titles = [sheet.title for sheet in book.sheets]
    assert titles[:3] == ["Guide", "Agreement", "Formation"]
    dutch = {
        cell.value
        for sheet in made(EVERYTHING)[1].sheets
        for cell in sheet.cells.values()
        if isinstance(cell.value, str)
    }
    english = {cell.value for sheet in book.sheets for cell in sheet.cells.values() if isinstance(cell.value, str)}
    assert not [text for text in dutch & english if text.count(" ") > 3 and not text.endswith("2026")]


def test_products_stand_in_the_sheet_up_to_a_number_that_is_told(tmp_path):
    case = changed(EXAMPLES / "handreiking" / "4", tmp_path / "case", ())
    rows = [row.split(",") for row in (case / "vakgroepen.csv").read_text(encoding="utf-8").splitlines()[1:]]
    groups, specialisms = [row[0] for row in rows], sorted({row[1] for row in rows})

    def write(table: str, header: str, lines: list[str]) -> None:
        (case / f"{table}.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")

    def book_with(products: int) -> Book:
        lines = [f"{group};15{n:07};{3 + n % 7}" for group in groups for n in range(products)]
        write("begroting", "vakgroep;zorgproduct;aantal", lines)
        return made(case)[1]

    write("benchmark", "vakgroep;normuren_per_fte", [f"{group};1000" for group in groups])
    times = [f"2019;{of};zorgproduct;15{n:07};{20 + n % 50},5" for of in specialisms for n in range(400)]
    write("normtijden", "jaar;specialisme;soort;code;minuten", times)
    few, many = book_with(20), book_with(400)
    assert "Productie begroting" in {sheet.title for sheet in few.sheets}
    assert "Productie begroting" not in {sheet.title for sheet in many.sheets}
    assert "5.000" in " ".join(str(cell.value) for cell in many.sheets[0].cells.values())
    for book in (few, many):
        assert Evaluator(book.cells(), book.names, float).value(("Controle", *_total(book))) == 0


def _total(book: Book) -> tuple[int, int]:
    """How many checks ask for attention."""
    sheet = next(sheet for sheet in book.sheets if sheet.title == "Controle")
    return max(place for place, cell in sheet.cells.items() if cell.look == "whole!")


@pytest.mark.parametrize(("language", "sheet"), [("nl", "Uitleg"), ("en", "Guide")])
def test_the_command_writes_it_whole_or_not(tmp_path, language, sheet):
    target = tmp_path / "werkmap.xlsx"
    outcome_of = run("report", EVERYTHING, "--xlsx", target, "--lang", language)
    assert outcome_of.status == 0
    assert openpyxl.load_workbook(target).sheetnames[0] == sheet
    before = target.read_bytes()
    assert run("report", EVERYTHING, "--xlsx", target).status == 1
    assert target.read_bytes() == before
