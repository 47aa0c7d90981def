"""What a store holds: which hospital, as known on which day, opened in which year, read from what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.language.notation import Language, number
from puntlanding.records.findings import Status
from puntlanding.records.store import Store
from puntlanding.records.store.layout import read_manifest
from puntlanding.records.tables import TableName
from puntlanding.report.terminal import HAIRLINES, rendered


@dataclass(frozen=True, slots=True)
class Line:
    hospital: str
    delivered: str
    year: int
    reader: str
    counts: dict[str, int]
    attention: int  # checks that found something
    folder: str


def contents(store: Store) -> tuple[Line, ...]:
    found = []
    for hospital in store.hospitals():
        for kept in store.deliveries(hospital):
            about = read_manifest(store.root / hospital / kept.folder)
            attention = sum(one["uitkomst"] == Status.ATTENTION for one in about["controles"])
            counts = dict(about["jaren"][str(kept.year)])
            reader = str(about["lezer"]["naam"])
            found.append(Line(hospital, kept.delivered.isoformat(), kept.year, reader, counts, attention, kept.folder))
    return tuple(found)


def as_record(lines: tuple[Line, ...]) -> dict[str, Any]:
    return {
        "leveringen": [
            {
                "ziekenhuis": one.hospital, "geleverd_op": one.delivered, "jaar": one.year, "lezer": one.reader,
                **one.counts, "let_op": one.attention, "map": one.folder,
            }
            for one in lines
        ]
    }  # fmt: skip


def as_text(lines: tuple[Line, ...], language: Language) -> str:
    dutch = language is Language.DUTCH
    if not lines:
        return "Deze opslag is leeg." if dutch else "This store is empty."
    titles = (
        ("ziekenhuis", "bekend op", "jaar", "lezer", "subtrajecten", "zorgactiviteiten", "let op")
        if dutch
        else ("hospital", "known on", "year", "reader", "trajectories", "activities", "notes")
    )
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for position, title in enumerate(titles):
        shown.add_column(Text(title), justify="right" if position in (2, 4, 5, 6) else "left", no_wrap=True)
    for one in lines:
        counts = [number(one.counts[name], 0, language) for name in TableName]
        cells = (one.hospital, one.delivered, str(one.year), one.reader, *counts, str(one.attention or "–"))
        shown.add_row(*(Text(cell) for cell in cells))
    return rendered(shown)
