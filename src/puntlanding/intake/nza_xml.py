"""The NZa's "Grouper Tabellen / Referenties" as XML → tables of text, in one pass and without trusting the file.

The form (data-facts §4.6): a SOAP envelope, `InlezenReferenties/Referenties`, one element per table in the plural, and in
it one element per row whose children are the cells. Names are compared without prefix and case, so that a release that
moves the tables still reads. expat is used directly, because it lets a document type be refused where it begins: no
entity is ever declared, so none can grow or reach outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

import polars as pl

from puntlanding.intake.base import Progress
from puntlanding.intake.nza_layout import BY_ELEMENT, CodeTable
from puntlanding.problems import InputError, Problem, os_reason
from puntlanding.records.tables import ROW

BLOCK = 1 << 20  # bytes per step
LONGEST_TEXT = 20_000  # characters in one cell; descriptions are at most a few hundred
DEEPEST = 100  # levels; the tables have seven
OTHER_CONTENT = "inlezenboombestanden"  # the grouper's decision trees, which come in the same download
_STEP = 1000  # rows between two reports


def read_xml(path: Path, progress: Progress) -> Mapping[str, pl.DataFrame]:
    """Name of the table → its rows as text with `ROW` (the line). A column that no row has is not there.

    Raises InputError where the file is damaged, declares a document type or holds cells of an unreasonable length.
    """
    rows = _Rows(path, progress)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = rows.doctype
    parser.StartElementHandler = rows.start
    parser.EndElementHandler = rows.end
    parser.CharacterDataHandler = rows.text
    rows.parser = parser
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        details = {"reason": expat.ErrorString(error.code)}
        raise InputError([Problem("codes_xml_damaged", path.name, error.lineno, details=details)]) from error
    except OSError as error:
        raise InputError([Problem("unreadable", path.name, details={"reason": os_reason(error)})]) from error
    progress(rows.counted % _STEP)
    return {name: table.frame() for name, table in rows.tables.items()}


class _Table:
    """The cells of one table, column by column: half the memory of a dictionary per row."""

    def __init__(self, layout: CodeTable) -> None:
        self.wanted = {column.theirs.lower(): column.theirs for column in layout.columns}
        self.cells: dict[str, list[str | None]] = {theirs: [] for theirs in self.wanted.values()}
        self.lines: list[int] = []

    def add(self, cells: Mapping[str, str], line: int) -> None:
        self.lines.append(line)
        for theirs, column in self.cells.items():
            column.append(cells.get(theirs))

    def frame(self) -> pl.DataFrame:
        there = {theirs: cells for theirs, cells in self.cells.items() if any(cell is not None for cell in cells)}
        schema = {ROW: pl.UInt32(), **dict.fromkeys(there, pl.String())}
        return pl.DataFrame({ROW: self.lines, **there}, schema=schema)


class _Rows:
    """What the parser tells, turned into rows. A row of a known table holds cells; what is deeper (clusters) is not used."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self.path, self.progress = path, progress
        self.parser: expat.XMLParserType | None = None
        self.tables: dict[str, _Table] = {}
        self.counted = 0
        self._depth = 0
        self._other = False
        self._row: tuple[_Table, int, int] | None = None  # the table, its depth and the line it began on
        self._cells: dict[str, str] = {}
        self._cell: str | None = None
        self._parts: list[str] = []
        self._length = 0

    def doctype(self, *declared: object) -> None:
        raise InputError([Problem("codes_xml_doctype", self.path.name, self._line())])

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            details = {"reason": expat.errors.XML_ERROR_INVALID_TOKEN}
            raise InputError([Problem("codes_xml_damaged", self.path.name, self._line(), details=details)])
        name = tag.rpartition(":")[2].lower()
        if self._row is None:
            layout = BY_ELEMENT.get(name)
            self._other = self._other or name == OTHER_CONTENT
            if layout is not None and not self._other:
                table = self.tables.setdefault(layout.name, _Table(layout))
                self._row, self._cells = (table, self._depth, self._line()), {}
            return
        table, depth, _ = self._row
        if self._depth == depth + 1:
            self._cell, self._parts, self._length = table.wanted.get(name), [], 0

    def text(self, data: str) -> None:
        if self._cell is None or self._row is None or self._depth != self._row[1] + 1:
            return
        self._length += len(data)
        if self._length > LONGEST_TEXT:
            raise InputError([Problem("cell_too_long", self.path.name, self._line())])
        self._parts.append(data)

    def end(self, tag: str) -> None:
        if self._row is not None:
            table, depth, line = self._row
            if self._depth == depth + 1 and self._cell is not None:
                self._cells[self._cell] = "".join(self._parts)
                self._cell = None
            elif self._depth == depth:
                table.add(self._cells, line)
                self._row = None
                self._count()
        self._depth -= 1

    def _count(self) -> None:
        self.counted += 1
        if self.counted % _STEP == 0:
            self.progress(_STEP)

    def _line(self) -> int:
        return self.parser.CurrentLineNumber if self.parser is not None else 0
