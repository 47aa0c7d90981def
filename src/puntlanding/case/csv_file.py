"""One CSV file → a raw table: separator found out, rows counted as a spreadsheet does, every defect with its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from puntlanding.case.layout import Layout
from puntlanding.case.raw import Cell, RawTable
from puntlanding.problems import Problem, Severity

SEPARATORS = (";", ",", "\t")
SNIFFED = 65_536
LONGEST_CELL = 32_767  # what a spreadsheet cell can hold
_OTHER_FORMATS = {
    b"PK\x03\x04": "xlsx/zip",
    b"PAR1": "Parquet",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "xls",
    b"\x1f\x8b": "gzip",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(path: Path, layout: Layout) -> tuple[RawTable | None, list[Problem]]:
    """The table, or None with what is wrong. A file that is not text is refused on its first bytes, whatever its size."""
    problem = not_text(path)
    if problem is None and no_line_end(path):
        problem = Problem("no_table", path.name, row=1, details={"columns": _names(layout)})
    if problem is not None:
        return None, [problem]
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_encoding_problem(path.name, data, error.start)]
    lines = io.StringIO(text, newline="")
    header_row = _skip_to_header(lines)
    start = lines.tell()
    header = lines.readline()
    if not header:
        return None, [Problem("empty_file", path.name)]
    if len(header) > SNIFFED:
        return None, [Problem("no_table", path.name, row=header_row, details={"columns": _names(layout)})]
    separator = find_separator(header)
    if separator is None and len(layout.columns) > 1:
        return None, [
            Problem("no_separator", path.name, header_row, None, header.strip()[:80], {"columns": _names(layout)})
        ]
    lines.seek(start)
    return _read_rows(lines, separator or ",", path.name, layout.name, header_row)


def not_text(path: Path) -> Problem | None:
    """What the first and last bytes say against this being a CSV file; None where it may be one."""
    size = path.stat().st_size
    if size == 0:
        return Problem("empty_file", path.name)
    with path.open("rb") as file:
        head = file.read(SNIFFED)
        file.seek(max(0, size - SNIFFED))
        tail = file.read(SNIFFED)
    if head.startswith(_UTF16):
        return Problem("encoding_utf16", path.name)
    for magic, name in _OTHER_FORMATS.items():
        if head.startswith(magic):
            return Problem("other_format", path.name, details={"format": name, "size": size})
    if b"\x00" in head or b"\x00" in tail:
        return Problem("binary", path.name, details={"size": size})
    return None


def no_line_end(path: Path) -> bool:
    """A first line longer than any header: said before the rest of a large file is read."""
    with path.open("rb") as file:
        head = file.read(SNIFFED)
    return len(head) == SNIFFED and b"\n" not in head and b"\r" not in head


def find_separator(header: str) -> str | None:
    """The separator of a header line: the one that occurs most, semicolon before comma before tab; None without any."""
    counts = {separator: header.count(separator) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: counts[separator])
    return best if counts[best] else None


def _encoding_problem(file: str, data: bytes, position: int) -> Problem:
    line_start = data.rfind(b"\n", 0, position) + 1
    line = data[line_start : data.find(b"\n", position) if b"\n" in data[position:] else len(data)]
    row = data.count(b"\n", 0, position) + 1
    shown = line.decode("cp1252", errors="replace").strip()[:80]
    return Problem("encoding", file, row, None, shown, {"byte": f"0x{data[position]:02X}"})


def _skip_to_header(lines: io.StringIO) -> int:
    """Move past comment lines (#) and empty ones at the top; the number of the line that comes next."""
    number = 1
    while True:
        position = lines.tell()
        line = lines.readline()
        empty = not line.strip("".join(SEPARATORS) + '" \r\n\u00a0')
        if not line or not (empty or line.lstrip('"').startswith("#")):
            lines.seek(position)
            return number
        number += 1


def _names(layout: Layout) -> str:
    return ", ".join(column.name for column in layout.columns)


def _read_rows(
    lines: io.StringIO, separator: str, file: str, name: str, header_row: int
) -> tuple[RawTable | None, list[Problem]]:
    problems: list[Problem] = []
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    row = header_row
    try:
        header = [_clean(cell) or "" for cell in next(reader)]
        records: list[list[Cell]] = []
        rows: list[int] = []
        for record in reader:
            row += 1
            cells: list[Cell] = [_clean(cell) for cell in record]
            if not any(cells):
                continue
            if len(cells) != len(header) and any(cells[len(header) :] or [len(cells) < len(header)]):
                shown = separator.join(record)[:80]
                details = {"found": len(cells), "expected": len(header)}
                problems.append(Problem("row_width", file, row, None, shown, details))
                continue
            rows.append(row)
            records.append(cells)
    except csv.Error as error:
        code = "cell_too_long" if "field larger" in str(error) else "quotes"
        return None, [*problems, Problem(code, file, row + 1)]
    columns = {title: [record[i] for record in records] for i, title in enumerate(header) if title}
    problems += header_problems(header, records, file, header_row)
    return RawTable(name, file, columns, rows, separator, header_row), problems


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
