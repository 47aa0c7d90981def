"""The sheets → bytes of a workbook, every formula with its value. Text is never a formula; the same input gives the same bytes."""

from __future__ import annotations

import io
import textwrap
from datetime import datetime
from fractions import Fraction
from typing import Any

from puntlanding.report.dossier import Dossier
from puntlanding.report.live_workbook.cells import Allowed, Book, Cell, Sheet
from puntlanding.report.live_workbook.evaluate import Evaluator
from puntlanding.report.live_workbook.guide_sheet import link
from puntlanding.report.live_workbook.words import Words

_A4 = 9
_GREY, _PETROL, _YELLOW = "#595959", "#00566B", "#FFF2B3"
NUMBERS = {
    "fte": "#,##0.00", "precise": "#,##0.000000000", "hours": "#,##0.0", "euro": "#,##0.00", "cent": "#,##0.000000",
    "ratio": "0.0000", "whole": "#,##0", "points": "#,##0.##", "year": "0",
}  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "text": {},
    "choice": {"align": "right"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "across": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True},
    "heading": {"bold": True, "font_size": 14, "font_color": _PETROL},
    "lead": {"font_color": _GREY, "text_wrap": True, "valign": "top"},
    "note": {"font_color": _GREY, "text_wrap": True, "valign": "top"},
    "link": {"font_color": _PETROL, "underline": 1},
    "head": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1},
    "head_number": {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "align": "right"},
    "verdict": {"align": "right"},
}
RUNNING = ("lead", "across")  # text that runs on over all columns of the page
PAGE, COLUMN, LINE = (
    118.0,
    8.43,
    15.0,
)  # characters in a page's width and in a column of no given width; points of a line
_STARTS_A_FORMULA = ("=", "+", "-", "@")


def written(book: Book, dossier: Dossier) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as made:
        # A fixed moment: the same input gives the same bytes.
        made.set_properties({"title": dossier.title, "created": datetime(2000, 1, 1)})
        made.set_calc_mode("auto")
        writer = _Writer(made, Evaluator(book.cells(), book.names), Words(dossier.language), dossier.title)
        for sheet in book.sheets:
            writer.sheet(sheet)
        for name, ref in book.names.items():
            made.define_name(name, f"={ref.fixed}")
    return buffer.getvalue()


class _Writer:
    """xlsxwriter has no types, hence Any."""

    def __init__(self, book: Any, values: Evaluator, words: Words, owner: str) -> None:
        self.book, self.values, self.words, self.owner = book, values, words, owner
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def sheet(self, sheet: Sheet) -> None:
        made = self.book.add_worksheet(sheet.title)
        folded = {column for first, last in sheet.helpers for column in range(first, last + 1)}
        for column, width in sheet.widths.items():
            hidden = {"level": 1, "hidden": True} if column in folded else {}
            made.set_column(column, column, width, None, hidden)
        for _, last in sheet.helpers:  # the column after folded ones carries the plus sign
            made.set_column(last + 1, last + 1, sheet.widths.get(last + 1, 13.5), None, {"collapsed": True})
        across = self._across(sheet, folded)
        for row, lines in _head_lines(sheet).items():
            made.set_row(row, LINE * lines)
        for (row, column), cell in sheet.cells.items():
            if cell.look in RUNNING and column < across[0]:
                made.merge_range(row, column, row, across[0], "", self._look(cell.look, False, False))
                made.set_row(row, LINE * _lines(cell, across[1]))
            elif cell.look == "note":
                made.set_row(row, LINE * _lines(cell, sheet.widths.get(column, 0)))
            self._cell(made, sheet, row, column, cell)
        self._paper(made, sheet, across[0])

    def _across(self, sheet: Sheet, folded: set[int]) -> tuple[int, float]:
        """The last column of the page, and how many characters fit in those that show: at least a page's width."""
        last = max(column for _, column in sheet.cells)
        shown = sum(sheet.widths.get(column, COLUMN) for column in range(last + 1) if column not in folded)
        while shown < PAGE:
            last, shown = last + 1, shown + sheet.widths.get(last + 1, COLUMN)
        return last, shown

    def _cell(self, made: Any, sheet: Sheet, row: int, column: int, cell: Cell) -> None:
        look = self._look(
            cell.look, cell.is_input, isinstance(cell.value, str) and cell.value.startswith(_STARTS_A_FORMULA)
        )
        value = self.values.value((sheet.title, row, column))
        if cell.formula is not None:
            made.write_formula(row, column, f"={cell.formula}", look, _shown(value))
        elif isinstance(value, str):
            if (row, column) in sheet.links:
                made.write_url(row, column, link(sheet.links[row, column]), look, value)
            else:
                made.write_string(row, column, value, look)
        elif value is None:
            made.write_blank(row, column, None, look)
        else:
            made.write_number(row, column, float(value), look)
        if cell.allowed is not None:
            self._validate(made, row, column, cell.allowed)

    def _look(self, look: str, is_input: bool, quoted: bool) -> Any:
        key = (look, is_input, quoted)
        if key not in self._formats:
            name = look.removesuffix("!").removesuffix(" beside")
            properties = dict(LOOKS[name]) if name in LOOKS else {"num_format": NUMBERS[name]}
            if not name.startswith("head"):
                properties |= {"valign": "top"}
            if look.endswith(" beside"):
                properties |= {"indent": 2 if name == "note" else 1}
            if look.endswith("!"):
                properties |= {"bold": True, "top": 1}
            if is_input:
                properties |= {"bg_color": _YELLOW, "locked": False}
            if quoted:
                properties |= {"quote_prefix": True}
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def _validate(self, made: Any, row: int, column: int, allowed: Allowed) -> None:
        rule: dict[str, Any] = {"error_title": self.words("Dit kan hier niet", "Not possible here")}
        if allowed.choices:
            rule |= {"validate": "list", "source": list(allowed.choices)}
            rule["error_message"] = self.words("Kies uit de lijst.", "Choose from the list.")
        else:
            low, high = allowed.minimum, allowed.maximum
            between = low is not None and high is not None
            if low is None:
                return
            rule |= {"validate": "decimal", "criteria": "between" if between else ">="}
            rule |= {"minimum": float(low), "maximum": float(high)} if high is not None else {"value": float(low)}
            said = f"{low}" + (f" – {high}" if high is not None else "")
            rule["error_message"] = self.words(f"Een getal vanaf {said}.", f"A number from {said}.")[:255]
        made.data_validation(row, column, row, column, rule)

    def _paper(self, made: Any, sheet: Sheet, last: int) -> None:
        made.print_area(0, 0, max(row for row, _ in sheet.cells), last)
        if sheet.frozen != (0, 0):
            made.freeze_panes(*sheet.frozen)
        if sheet.repeated is not None:
            made.repeat_rows(sheet.repeated)
        made.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are texts, leading zeros and all
        made.set_h_pagebreaks(sheet.breaks)
        made.set_landscape()
        made.set_paper(_A4)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        made.fit_to_pages(1, 0)
        made.hide_gridlines(2)
        owner = self.owner.replace("&", "&&")[:150]
        made.set_footer(f"&L&8{owner}&C&8&A&R&8&P / &N")


def _head_lines(sheet: Sheet) -> dict[int, int]:
    """How many lines the longest heading of each row takes."""
    found: dict[int, int] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.look in ("head", "head_number") and isinstance(cell.value, str):
            lines = textwrap.wrap(cell.value, max(int(sheet.widths.get(column, COLUMN)) - 3, 4))
            found[row] = max(found.get(row, 1), len(lines))
    return found


def _lines(cell: Cell, width: float) -> int:
    return 1 if not isinstance(cell.value, str) else max(1, -(-len(cell.value) * 100 // int(width * 116)))


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return float(value) if isinstance(value, Fraction | int) else value
