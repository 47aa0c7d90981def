"""National rates as the coordinator sees them before they are sent: what is told, what not, and why."""

from __future__ import annotations

from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.benchmark.dominance import Cell, Reason
from puntlanding.benchmark.exchange import National
from puntlanding.contribution.tables import ALL
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.report.terminal import HAIRLINES, rendered

_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.FEW: ("te weinig ziekenhuizen", "too few hospitals"),
    Reason.DOMINANCE: ("een of twee te groot", "one or two too large"),
    Reason.CLOSE: ("te goed te schatten", "too easily estimated"),
    Reason.COMPLEMENTARY: ("beschermt een ander", "protects another"),
}


def as_record(one: National) -> dict[str, Any]:
    return {
        "basis": one.basis.as_record(),
        "ziekenhuizen": [hospital for hospital, _ in one.hospitals],
        "tarieven": [
            {
                "specialisme": cell.specialism, "rol": cell.role, "type": cell.kind, "ziekenhuizen": cell.hospitals,
                "minuten": cell.minutes, "fte": None if cell.fte is None else fixed(cell.fte),
                "normuren_per_fte": None if cell.rate is None else fixed(cell.rate),
                "kwartielen": None if cell.spread is None
                else [int(cell.spread.lower), int(cell.spread.median), int(cell.spread.upper)],
                "niet_gedeeld": None if cell.reason is None else cell.reason.value,
            }
            for cell in one.cells
        ],
        "referenties": one.references.height,
    }  # fmt: skip


def as_text(one: National, language: Language) -> str:
    dutch = language is Language.DUTCH
    told = sum(cell.reason is None for cell in one.cells)
    first = (
        f"Landelijke cijfers {one.basis.year} van {len(one.hospitals)} ziekenhuizen: {told} van {len(one.cells)} tarieven "
        f"gedeeld, {number(one.references.height, 0, language)} strata. Uit geen ervan is een ziekenhuis terug te rekenen."
        if dutch
        else f"National figures {one.basis.year} of {len(one.hospitals)} hospitals: {told} of {len(one.cells)} rates "
        f"shared, {number(one.references.height, 0, language)} strata. From none of them can a hospital be computed back."
    )
    titles = (
        ("specialisme", "rol", "type", "zieken-\nhuizen", "normuren\nper fte", "middelste\nhelft", "niet gedeeld")
        if dutch
        else ("specialism", "role", "type", "hospitals", "norm hours\nper fte", "middle\nhalf", "not shared")
    )
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for at, title in enumerate(titles):
        left = at in (0, 1, 2, 6)
        shown.add_column(Text(title), justify="left" if left else "right", vertical="bottom", no_wrap=True)
    before = ("", "")
    for cell in one.cells:
        group = (cell.specialism, cell.role)
        shown.add_row(*map(Text, _cells(cell, ("", "") if group == before else group, language)))
        before = group
    return "\n".join((rendered(Text(first)), "", rendered(shown)))


def _cells(cell: Cell, group: tuple[str, str], language: Language) -> tuple[str, ...]:
    dutch = language is Language.DUTCH
    kind = ("alle" if dutch else "all") if cell.kind == ALL else printable(cell.kind)
    rate = "–" if cell.rate is None else number(cell.rate, 0, language)
    middle = (
        "–"
        if cell.spread is None
        else f"{number(cell.spread.lower, 0, language)} – {number(cell.spread.upper, 0, language)}"
    )
    reason = "" if cell.reason is None else _REASONS[cell.reason][0 if dutch else 1]
    return (*map(printable, group), kind, str(cell.hospitals), rate, middle, reason)
