"""An empty, commented case: what `puntlanding new` writes, as a folder or as one workbook."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

from puntlanding.agreement.keys import CONTRACT, OPEN_SECTIONS, REQUIRED_SECTIONS, SECTIONS, contract_settings
from puntlanding.case.layout import AGREEMENT, LAYOUTS, ColumnKind, Layout
from puntlanding.contract_types import CONTRACT_TYPES
from puntlanding.quantities import fixed
from puntlanding.setting import Kind, Setting

_TEXTS = {
    "agreement": (
        "De afspraak van dit jaar. Regels met # zijn uitleg; haal de # weg om een keuze te maken.",
        "This year's agreement. Lines with # are explanation; remove the # to make a choice.",
    ),
    "default": ("standaard", "default"),
    "choose": ("kies uit", "choose from"),
    "required": ("verplicht", "required"),
    "optional": ("mag leeg blijven of weg", "may stay empty or go"),
    "only_with": ("alleen bij soort", "only with soort"),
    "new_sheet": (
        "Vul de bladen in; verwijder wat u niet gebruikt. Elke kolomkop heeft een toelichting. Controleer daarna met: puntlanding check",
        "Fill in the sheets; remove what you do not use. Each column heading has a note. Then check with: puntlanding check",
    ),
}


def template_files(year: int, english: bool = False) -> dict[str, bytes]:
    """File name → content of an empty case folder for ``year``."""
    which = 1 if english else 0
    files = {f"{AGREEMENT}.toml": _toml(year, which).encode()}
    for layout in LAYOUTS.values():
        files[f"{layout.name}.csv"] = _csv(layout, which).encode("utf-8-sig")
    return files


def _csv(layout: Layout, which: int) -> str:
    lines = [f"# {layout.name}: {(layout.nl, layout.en)[which]}"]
    for column in layout.columns:
        must = _TEXTS["required" if column.required else "optional"][which]
        lines.append(f"#   {column.name}: {(column.nl, column.en)[which]} ({must})")
    lines.append(";".join(column.name for column in layout.columns))
    return "\r\n".join(line.replace(";", ",") if line.startswith("#") else line for line in lines) + "\r\n"


def _toml(year: int, which: int) -> str:
    lines = [f"# {_TEXTS['agreement'][which]}"]
    for section, settings in SECTIONS.items():
        required = section in REQUIRED_SECTIONS
        header = f"[[{section}]]" if section == CONTRACT else f"[{section}]"
        lines += ["", header if required or section == CONTRACT else f"# {header}"]
        if section == CONTRACT:
            for name, kind in CONTRACT_TYPES.items():
                lines.append(f'#   "{name}" — {(kind.nl, kind.en)[which]}')
        for one in settings:
            lines += _toml_setting(one, which, active=required or section == CONTRACT, year=year)
        if section == CONTRACT:
            for kind_name, kind in CONTRACT_TYPES.items():
                for one in kind.settings:
                    lines.append(f'# {_TEXTS["only_with"][which]} "{kind_name}":')
                    lines += _toml_setting(one, which, active=False, year=year)
    for section, one in OPEN_SECTIONS.items():
        lines += ["", f"# [{section}]", f"# {(one.nl, one.en)[which]}"]
    return "\n".join(lines) + "\n"


def _toml_setting(one: Setting, which: int, *, active: bool, year: int) -> list[str]:
    lines = [f"# {(one.nl, one.en)[which]}"]
    if one.choices:
        lines.append(f"#   {_TEXTS['choose'][which]}: {', '.join(one.choices)}")
    if one.kind is Kind.YEAR:
        value = str(year)
    elif one.kind is Kind.TEXT:
        value = '""'
    elif one.default is not None:
        value = f'"{one.default}"' if isinstance(one.default, str) else _plain(one)
    else:
        value = f'"{one.example}"' if one.kind is Kind.CHOICE else one.example
    lines.append(f"{'' if active else '# '}{one.key} = {value}")
    return lines


def _plain(one: Setting) -> str:
    if isinstance(one.default, str) or one.default is None:
        return str(one.default or "")
    return str(one.default.numerator) if one.default.denominator == 1 else fixed(one.default, 2)


def template_workbook(year: int, english: bool = False) -> bytes:
    """The same as one workbook: a sheet per table and the sheet afspraak."""
    import xlsxwriter

    which = 1 if english else 0
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # the same bytes each time
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959"})
        _agreement_sheet(book.add_worksheet(AGREEMENT), head, wrap, year, which)
        for layout in LAYOUTS.values():
            _table_sheet(book.add_worksheet(layout.name), layout, head, text, which)
    return buffer.getvalue()


def _agreement_sheet(sheet: Any, head: Any, wrap: Any, year: int, which: int) -> None:
    titles = ("onderdeel", "sleutel", "waarde", "toelichting")
    for i, (title, width) in enumerate(zip(titles, (26, 26, 24, 90), strict=True)):
        sheet.write_string(0, i, title, head)
        sheet.set_column(i, i, width)
    row = 1
    for section, settings in SECTIONS.items():
        name = "contract 1" if section == CONTRACT else section
        for one in contract_settings(None) if section == CONTRACT else settings:
            sheet.write_string(row, 0, name)
            sheet.write_string(row, 1, one.key)
            if one.kind is Kind.YEAR:
                sheet.write_number(row, 2, year)
            if one.choices:
                sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": list(one.choices)})
            sheet.write_string(row, 3, _note(one, which), wrap)
            row += 1
    for section, one in OPEN_SECTIONS.items():
        sheet.write_string(row, 0, section)
        sheet.write_string(row, 3, (one.nl, one.en)[which], wrap)
        row += 1
    sheet.freeze_panes(1, 0)


def _note(one: Setting, which: int) -> str:
    parts = [(one.nl, one.en)[which]]
    if one.choices:
        parts.append(f"{_TEXTS['choose'][which]}: {', '.join(one.choices)}.")
    if one.default is not None:
        parts.append(f"{_TEXTS['default'][which]}: {one.default if isinstance(one.default, str) else _plain(one)}.")
    return " ".join(parts)


def _table_sheet(sheet: Any, layout: Layout, head: Any, text: Any, which: int) -> None:
    for i, column in enumerate(layout.columns):
        must = _TEXTS["required" if column.required else "optional"][which]
        sheet.set_column(i, i, 24, text if column.kind in (ColumnKind.CODE, ColumnKind.TEXT) else None)
        sheet.write_string(0, i, column.name, head)
        sheet.write_comment(0, i, f"{(column.nl, column.en)[which]} ({must})", {"author": "puntlanding"})
        if column.choices:
            sheet.data_validation(1, i, 1000, i, {"validate": "list", "source": list(column.choices)})
    sheet.freeze_panes(1, 0)


def write_template(target: Path, year: int, *, workbook: bool, english: bool = False) -> Path:
    """Write an empty case into ``target`` (a new or empty folder; with ``workbook`` also a new .xlsx file).

    Raises FileExistsError where something is there: nothing is ever overwritten.
    """
    if workbook:
        path = target if target.suffix.lower() == ".xlsx" else target / f"{target.resolve().name}.xlsx"
        if path.exists() or (path.parent == target and target.exists() and any(target.iterdir())):
            raise FileExistsError(str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(template_workbook(year, english))
        return path
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(str(target))
    target.mkdir(parents=True, exist_ok=True)
    for name, content in template_files(year, english).items():
        with (target / name).open("xb") as file:
            file.write(content)
    return target
