"""One CSV file → a raw table: separator found out, rows counted as a spreadsheet does, every defect with its place."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from puntlanding.case.layout import Layout
from puntlanding.case.raw import Cell, RawTable
from puntlanding.files.text_form import SEPARATORS, SNIFFED, encoding_problem, find_separator, no_line_end, not_text
from puntlanding.problems import Problem, Severity

LARGE = 20_000_000  # bytes
MOST_PROBLEMS = 1000  # a file with more rows that do not fit is not the table it says it is
LONGEST_CELL = 32_767  # what a spreadsheet cell can hold


def read_csv(path: Path, layout: Layout) -> tuple[RawTable | None, list[Problem]]:
    """The table, or None with what is wrong. A file that is not text is refused on its first bytes, whatever its size."""
    problem = not_text(path)
    if problem is None and no_line_end(path):
        problem = Problem("no_table", path.name, row=1, details={"columns": _names(layout)})
    if problem is not None:
        return None, [problem]
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _read_table(lines, path, layout)
    except UnicodeDecodeError:
        return None, [encoding_problem(path)]


def _read_table(lines: TextIO, path: Path, layout: Layout) -> tuple[RawTable | None, list[Problem]]:
    file = path.name
    header_row, start = _skip_to_header(lines)
    header = lines.readline()
    if not header:
        return None, [Problem("empty_file", file)]
    if len(header) > SNIFFED:
        return None, [Problem("no_table", file, row=header_row, details={"columns": _names(layout)})]
    separator = find_separator(header)
    if separator is None and layout.column(header.strip().strip('"')) is None:
        return None, [Problem("no_separator", file, header_row, None, header.strip()[:80], {"columns": _names(layout)})]
    lines.seek(start)
    return _read_rows(lines, separator or ",", path, layout, header_row)


def _skip_to_header(lines: TextIO) -> tuple[int, int]:
    """Past comment lines (#) and empty ones at the top: the number of the line that comes next, and where it starts."""
    number = 1
    while True:
        position = lines.tell()
        line = lines.readline()
        empty = not line.strip("".join(SEPARATORS) + '" \r\n\u00a0')
        if not line or not (empty or line.lstrip('"').startswith("#")):
            lines.seek(position)
            return number, position
        number += 1


def _names(layout: Layout) -> str:
    return ", ".join(column.name for column in layout.columns)


def _read_rows(
    lines: TextIO, separator: str, path: Path, layout: Layout, header_row: int
) -> tuple[RawTable | None, list[Problem]]:
    file, size = path.name, path.stat().st_size
    problems: list[Problem] = []
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    row = header_row
    try:
        header = [_clean(cell) or "" for cell in next(reader)]
        records: list[list[Cell]] = []
        rows: list[int] = []
        if size > LARGE and not _is_table(header, layout):  # the missing columns are message enough
            return RawTable(layout.name, file, {title: [] for title in header if title}, [], separator, header_row), []
        for record in reader:
            row += 1
            cells: list[Cell] = [_clean(cell) for cell in record]
            if not any(cells):
                continue
            if len(cells) != len(header) and any(cells[len(header) :] or [len(cells) < len(header)]):
                shown = separator.join(record)[:80]
                details = {"found": len(cells), "expected": len(header)}
                problems.append(Problem("row_width", file, row, None, shown, details))
                if len(problems) >= MOST_PROBLEMS:
                    return None, problems
                continue
            rows.append(row)
            records.append(cells)
    except csv.Error as error:
        code = "cell_too_long" if "field larger" in str(error) else "quotes"
        return None, [*problems, Problem(code, file, row + 1)]
    columns = {title: [record[i] for record in records] for i, title in enumerate(header) if title}
    problems += header_problems(header, records, file, header_row)
    return RawTable(layout.name, file, columns, rows, separator, header_row), problems


def _is_table(header: Sequence[str], layout: Layout) -> bool:
    """Whether every column that must be there is."""
    measured = not layout.at_least_one or any(name in header for name in layout.at_least_one)
    return measured and all(column.name in header for column in layout.columns if column.required)


def header_problems(header: list[str], records: Sequence[Sequence[Cell]], file: str, row: int) -> list[Problem]:
    """Names that stand twice, and cells under no name at all: they would be left out without a word."""
    twice = {title for title in header if title and header.count(title) > 1}
    problems = [Problem("column_twice", file, row, title) for title in sorted(twice)]
    for i, title in enumerate(header):
        cell = next((record[i] for record in records if not title and record[i] is not None), None)
        if cell is not None:
            details = {"position": i + 1}
            problems.append(Problem("column_nameless", file, row, None, str(cell), details, Severity.WARNING))
    return problems


def _clean(cell: str) -> str | None:
    return cell.replace("\u00a0", " ").strip() or None
