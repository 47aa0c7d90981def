"""Reads the examples on the pages of docs/reference/rekenregels: what is documented there is what is tested here.

An example is a TOML block (agreement, without [afspraak]) followed by a table. Columns whose name starts with → are
expected outcomes, rounded half-up to the decimals that the cell shows; the others are input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGES = Path(__file__).parents[2] / "docs" / "reference" / "rekenregels"
_EXAMPLE = re.compile(r"^### (?P<title>.+?)\n(?P<body>.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    page: str
    title: str
    agreement: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"

    @property
    def inputs(self) -> list[dict[str, str]]:
        """The rows that are input: those with any input cell besides the name."""
        return [
            row
            for row in self.rows
            if row["vakgroep"] not in ("Totaal", "niet uitgekeerd") and row.get("contract") != "samen"
        ]

    def has(self, column: str) -> bool:
        return column in self.columns


def examples() -> list[Example]:
    return [example for page in sorted(PAGES.glob("*.md")) for example in _examples(page)]


def _examples(page: Path) -> list[Example]:
    found = []
    for match in _EXAMPLE.finditer(page.read_text(encoding="utf-8")):
        table = [line for line in match["body"].splitlines() if line.startswith("|")]
        toml = _TOML.search(match["body"])
        if len(table) < 3 or toml is None:
            raise ValueError(f"{page.name}: the example ‘{match['title']}’ has no agreement or no table")
        columns = _cells(table[0])
        rows = [dict(zip(columns, _cells(line), strict=True)) for line in table[2:]]
        found.append(Example(page.stem, match["title"], toml[1], tuple(columns), tuple(rows)))
    if not found:
        raise ValueError(f"{page.name}: no example on this page")
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
