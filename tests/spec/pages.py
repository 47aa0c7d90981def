"""Reads the examples on the pages of docs/reference/rekenregels and onderdelen: what is documented is what is tested here.

An example is a TOML block (agreement, without [afspraak]) followed by a table. Columns whose name starts with → are
expected outcomes, rounded half-up to the decimals that the cell shows; the others are input. A table that begins with "stap" has
the groups beside each other instead. A table after a line with a list's name and a colon is that list, as its file is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
PAGES = sorted([*REFERENCE.glob("rekenregels/*.md"), *REFERENCE.glob("onderdelen/*.md")])
BESIDE = ("niet uitgekeerd", " blijft", " erbij")  # rows that are no group's
_EXAMPLE = re.compile(r"^### (?P<title>.+?)\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_LIST = re.compile(r"`(\w+)`:")
_TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    page: str
    title: str
    agreement: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lists: dict[str, list[list[str]]]

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"

    @property
    def inputs(self) -> list[dict[str, str]]:
        """The rows that are input: those with any input cell besides the name."""
        return [
            row
            for row in self.rows
            if row["vakgroep"] != "Totaal" and not row["vakgroep"].endswith(BESIDE) and row.get("contract") != "samen"
        ]

    def has(self, column: str) -> bool:
        return column in self.columns


def examples() -> list[Example]:
    return [example for page in PAGES for example in _examples(page)]


def _examples(page: Path) -> list[Example]:
    found = []
    for match in _EXAMPLE.finditer(page.read_text(encoding="utf-8")):
        toml = _TOML.search(match["body"])
        tables = _tables(match["body"])
        main = tables.pop("", None)
        if main is None or toml is None:
            raise ValueError(f"{page.name}: the example ‘{match['title']}’ has no agreement or no table")
        if main[0][0] == "stap":
            main = [list(line) for line in zip(*main, strict=True)]
            main[0][0] = "vakgroep"
        columns = main[0]
        rows = [dict(zip(columns, line, strict=True)) for line in main[1:]]
        found.append(Example(page.stem, match["title"], toml[1], tuple(columns), tuple(rows), tables))
    if not found:
        raise ValueError(f"{page.name}: no example on this page")
    return found


def _tables(body: str) -> dict[str, list[list[str]]]:
    """Every table by the list that it is; "" is the example's own."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for line in body.splitlines():
        if line.startswith("|"):
            if not set(line) <= set("|-: "):
                found.setdefault(name, []).append(_cells(line))
        elif line.strip():
            named = _LIST.fullmatch(line.strip())
            name = named[1] if named else ""
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
