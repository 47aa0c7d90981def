"""National rates as the coordinator sees them before they are sent: what is told, what not, and why."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.benchmark.dominance import Cell, Reason
from puntlanding.benchmark.national_file import National
from puntlanding.contribution.tables import ALL
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.report.terminal import HAIRLINES, rendered

HUNDREDTHS = 100
_REASONS: dict[Reason, tuple[str, str]] = {
    Reason.FEW: ("te weinig ziekenhuizen", "too few hospitals"),
    Reason.DOMINANCE: ("een of twee te groot", "one or two too large"),
    Reason.CLOSE: ("te goed te schatten", "too easily estimated"),
    Reason.COMPLEMENTARY: ("beschermt een ander", "protects another"),
}


def as_record(one: National) -> dict[str, Any]:
    return {
        "jaar": one.year,
        "basis": one.basis.as_record(),
        "normtijden": one.norm_times,
        "lijsten": dict(one.lists),
        "ziekenhuizen": [hospital for hospital, _ in one.hospitals],
        "tarieven": [
            {
                "specialisme": cell.specialism, "rol": cell.role, "type": cell.kind, "ziekenhuizen": cell.hospitals,
                "minuten": None if cell.minutes is None else fixed(Fraction(cell.minutes, HUNDREDTHS)), "fte": None if cell.fte is None else fixed(cell.fte),
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
    intro = "\n".join(
        rendered(Text(line)) for line in (_first(one, language), _use(one, dutch), _protection(one, language))
    )
    return "\n".join((intro, "", rendered(shown)))


def _first(one: National, language: Language) -> str:
    dutch = language is Language.DUTCH
    told, cells = sum(cell.reason is None for cell in one.cells), len(one.cells)
    strata, count = number(one.references.height, 0, language), len(one.hospitals)
    if one.ahead:
        start = (
            f"Landelijke benchmark voor {one.year} uit bijdragen van {one.basis.year} van {count} ziekenhuizen"
            if dutch
            else f"National benchmark for {one.year} from contributions of {one.basis.year} of {count} hospitals"
        )
    else:
        start = (
            f"Landelijke cijfers {one.year} van {count} ziekenhuizen"
            if dutch
            else f"National figures {one.year} of {count} hospitals"
        )
    told_text = f"{told} van {cells} tarieven gedeeld" if dutch else f"{told} of {cells} rates shared"
    return f"{start}: {told_text}, {strata} strata."


def _use(one: National, dutch: bool) -> str:
    """What the file is for, and with what it was made."""
    base = one.basis.year
    if not one.ahead:
        return (
            f"Om {base} mee te vergelijken, met de normtijden van de bijdragen zelf; niet om een begroting mee te maken (--year)."
            if dutch
            else f"To compare {base} with, by the contributions' own norm times; not to make a budget with (--year)."
        )
    lists = "".join(f", {name}" for name in one.lists)
    prints = (one.norm_times or "")[:12]
    return (
        f"Om {one.year} mee te begroten (puntlanding run --benchmark). Gemaakt met: normtijden {one.year} ({prints}){lists}. "
        f"De strata zijn van {base}."
        if dutch
        else f"To budget {one.year} with (puntlanding run --benchmark). Made with: norm times {one.year} ({prints}){lists}. "
        f"The strata are of {base}."
    )


def _protection(one: National, language: Language) -> str:
    """Exactly what the thresholds do, and against whom; no more than that."""
    limits = one.thresholds
    share = number(100 * limits.p, 0, language)
    return (
        f"Beschermd tegen één deelnemer die zijn eigen cijfers kent: normminuten, fte en patiënten van een ander zijn hieruit niet "
        f"dichter dan {share} % te benaderen. Een kwartiel kan het afgeronde tarief van één ziekenhuis zijn; van welk staat er niet. "
        f"Niet tegen deelnemers die samen rekenen, of naast andere cijfers over dezelfde bijdragen."
        if language is Language.DUTCH
        else f"Protected against one participant who knows his own figures: norm minutes, fte and patients of another cannot be "
        f"estimated from this within {share} %. A quartile can be the rounded rate of one hospital; of which is not told. "
        f"Not against participants who work together, or beside other figures from the same contributions."
    )


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
