"""A case of three groups, in the forms that a case can have."""

from __future__ import annotations

from pathlib import Path

import openpyxl

AGREEMENT = {"afspraak": {"organisatie": "MSB Voorbeeld", "jaar": 2026}, "contract": {"naam": "A", "soort": "plafond"}}
GROUPS = [
    ["vakgroep", "specialisme", "rol"],
    ["Heelkunde", "0303", "poort"],
    ["KNO", "0302", "poort"],
    ["Radiologie", "0362", "ondersteunend"],
]
BUDGET = [["vakgroep", "norm_fte"], ["Heelkunde", "12.5"], ["KNO", "6"], ["Radiologie", "4.045"]]
REALISATION = [["vakgroep", "norm_fte"], ["Heelkunde", "13.25"], ["KNO", "5.1"], ["Radiologie", "4.1"]]
TABLES = {"vakgroepen": GROUPS, "begroting": BUDGET, "realisatie": REALISATION}


def toml(agreement: dict[str, dict[str, object]] = AGREEMENT) -> str:
    lines = []
    for section, values in agreement.items():
        lines.append(f"[[{section}]]" if section == "contract" else f"[{section}]")
        lines += [
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in values.items()
        ]
    return "\n".join(lines) + "\n"


def write_folder(folder: Path, **tables: str | bytes) -> Path:
    """The case as CSV; ``tables`` replaces the content of a table, or of a file named with __ for its point."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "afspraak.toml").write_text(toml(), encoding="utf-8")
    for name, rows in TABLES.items():
        text = "\n".join(",".join(row) for row in rows) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    for name, content in tables.items():
        path = folder / (name.replace("__", ".") if "__" in name else f"{name}.csv")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def workbook(tables: dict[str, list[list[object]]] | None = None) -> openpyxl.Workbook:
    """The case as one workbook, with the sheet afspraak; numbers are typed as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = book.create_sheet("afspraak")
    sheet.append(["onderdeel", "sleutel", "waarde"])
    for section, values in AGREEMENT.items():
        for key, value in values.items():
            sheet.append(["contract 1" if section == "contract" else section, key, value])
    for name, rows in (tables or TABLES).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([typed(cell) for cell in row])
    return book


def typed(cell: object) -> object:
    """Amounts become numbers; names and codes (which start with 0) stay text."""
    if isinstance(cell, str) and cell.replace(".", "", 1).isdigit() and not cell.startswith("0"):
        return float(cell)
    return cell


def shared_strings_workbook(path: Path) -> Path:
    """The same as spreadsheet programs write it: texts in one part of their own (openpyxl writes them in the cells)."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for sheet in workbook().worksheets:
            target = book.add_worksheet(sheet.title)
            for i, row in enumerate(sheet.iter_rows(values_only=True)):
                target.write_row(i, 0, row)
    return path
