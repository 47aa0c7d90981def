"""The empty case as one workbook: a sheet per table and the sheet afspraak, with notes, choices and yellow input cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from puntlanding.agreement.keys import (
    CONTRACT,
    OPEN_SECTIONS,
    REPEATED,
    REQUIRED_SECTIONS,
    SECTIONS,
    contract_settings,
)
from puntlanding.case.layout import AGREEMENT, LAYOUTS, ONLY_WHEN_AGREED, ColumnKind, Layout
from puntlanding.case.template_texts import TEXTS, component_sentences, plain_default
from puntlanding.components import COMPONENTS
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.setting import Kind, Setting

_TITLES = ("onderdeel", "sleutel", "waarde", "toelichting")
_WIDTHS = (24, 24, 26, 100)
_LINE = 15  # points
_A4 = 9


def template_workbook(year: int, english: bool = False) -> bytes:
    import xlsxwriter

    which = 1 if english else 0
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes each time
        _agreement_sheet(book, year, which)
        for layout in LAYOUTS.values():
            if layout.name in ONLY_WHEN_AGREED:
                continue
            _table_sheet(book, layout, which)
    return buffer.getvalue()


def _agreement_sheet(book: Any, year: int, which: int) -> None:
    sheet = book.add_worksheet(AGREEMENT)
    head = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"valign": "top"})
    note = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959"})
    entry = book.add_format({"bg_color": "#FFF7CC", "border": 1, "border_color": "#D9D2A6", "valign": "top"})
    for i, (title, width) in enumerate(zip(_TITLES, _WIDTHS, strict=True)):
        sheet.write_string(0, i, title, head)
        sheet.set_column(i, i, width)
    row, before = 1, ""
    for section, one, text in _settings(which):
        row += section != before and row > 1  # an empty line between sections
        before = section
        sheet.write_string(row, 0, section, plain)
        sheet.write_string(row, 1, one.key.replace("*", ""), plain)
        if one.kind is Kind.YEAR and section in REQUIRED_SECTIONS:
            sheet.write_number(row, 2, year, entry)
        else:
            sheet.write_blank(row, 2, None, entry)
        if one.choices:
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": list(one.choices)})
        sheet.write_string(row, 3, text, note)
        sheet.set_row(row, _LINE * (1 + len(text) // 112))
        row += 1
    _page(sheet)


def _settings(which: int) -> Iterator[tuple[str, Setting, str]]:
    """Every setting with its section as the sheet names it, and the sentence beside it."""
    only = {one.key: name for name, kind in CONTRACT_TYPES.items() for one in kind.settings}
    for section, settings in SECTIONS.items():
        for one in contract_settings(None) if section == CONTRACT else settings:
            condition = (
                f" ({TEXTS['only_with'][which]} {only[one.key]})" if section == CONTRACT and one.key in only else ""
            )
            first = section in COMPONENTS and one is settings[0]
            head = " ".join((*component_sentences(COMPONENTS[section], which), "")) if first else ""
            yield (f"{section} 1" if section in REPEATED else section), one, head + _note(one, which) + condition
    for section, one in OPEN_SECTIONS.items():
        yield section, one, (one.nl, one.en)[which]


def _note(one: Setting, which: int) -> str:
    parts = [(one.nl, one.en)[which]]
    if one.choices:
        parts.append(f"{TEXTS['choose'][which].capitalize()}: {', '.join(one.choices)}.")
    if one.default is not None:
        default = one.default if isinstance(one.default, str) else plain_default(one)
        parts.append(f"{TEXTS['default'][which].capitalize()}: {default}.")
    return " ".join(parts)


def _table_sheet(book: Any, layout: Layout, which: int) -> None:
    sheet = book.add_worksheet(layout.name)
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for i, column in enumerate(layout.columns):
        must = TEXTS["required" if column.required else "optional"][which]
        sheet.set_column(i, i, 24, text if column.kind in (ColumnKind.CODE, ColumnKind.TEXT) else None)
        sheet.write_string(0, i, column.name, head)
        sheet.write_comment(0, i, f"{(column.nl, column.en)[which]} ({must})", {"author": "puntlanding"})
        if column.choices:
            sheet.data_validation(1, i, 1000, i, {"validate": "list", "source": list(column.choices)})
    _page(sheet)


def _page(sheet: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
