"""What folding gave: per hospital how many trajectories, which of them carry no output and why, and the norm hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl
from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.contribution.model import read_contribution
from puntlanding.contribution.tables import OPENED_MINUTES, TableName
from puntlanding.language.notation import Language, number
from puntlanding.quantities import fixed
from puntlanding.report.terminal import HAIRLINES, rendered

# Counts of the contribution, in the order in which they are shown, with their headings.
COUNTS = {
    "geopend": ("geopend", "opened"),
    "met_output": ("met\noutput", "with\noutput"),
    "in_behandeling": ("in be-\nhandeling", "in\ntreatment"),
    "zonder_zorgproduct": ("zonder\nproduct", "without\nproduct"),
    "uitval": ("uitval", "dropped"),
    "onverzekerd": ("onver-\nzekerd", "uninsured"),
}
UNPRICED = "zonder_normtijd"
HUNDREDTHS_OF_AN_HOUR = 6000  # of a minute


@dataclass(frozen=True, slots=True)
class Line:
    """``hours``: norm hours of what opened in the year; ``unpriced``: how many products and activities have no norm time. Both are
    None where there were no norm times at all. ``fte``: care fte of all groups together, to see that they are there.
    """

    hospital: str
    folded: bool
    file: Path
    fingerprint: str
    counts: Mapping[str, int]
    hours: Fraction | None
    unpriced: Fraction | None
    fte: Fraction | None
    kind: str | None
    year_before: bool


def line(path: Path, *, folded: bool) -> Line:
    """Read from the file itself: what is told is what stands there."""
    found = read_contribution(path, {TableName.PRODUCTION: OPENED_MINUTES})
    (about,) = found.hospitals
    minutes = found.production.select(pl.sum_horizontal(OPENED_MINUTES).sum()).item()
    priced = found.basis.norm_times is not None
    return Line(
        about.hospital,
        folded,
        path,
        found.fingerprint or "",
        {name: about.counts.get(name, 0) for name in COUNTS},
        Fraction(int(minutes), HUNDREDTHS_OF_AN_HOUR) if priced else None,
        Fraction(about.counts.get(UNPRICED, 0)) if priced else None,
        sum((one.care for one in about.fte), Fraction(0)) if about.fte else None,
        about.kind,
        bool(about.counts.get("jaar_ervoor_in_opslag")),
    )


def as_record(year: int, lines: Sequence[Line], without: Sequence[str]) -> dict[str, Any]:
    return {
        "jaar": year,
        "bijdragen": [
            {
                "ziekenhuis": one.hospital,
                "type": one.kind,
                "uitkomst": "gevouwen" if one.folded else "ongewijzigd",
                "bestand": str(one.file),
                "vingerafdruk": one.fingerprint,
                **one.counts,
                UNPRICED: None if one.unpriced is None else int(one.unpriced),
                "jaar_ervoor_in_opslag": one.year_before,
                "normuren": None if one.hours is None else fixed(one.hours),
                "zorgverlening_fte": None if one.fte is None else fixed(one.fte),
            }
            for one in lines
        ],
        "zonder_jaar": list(without),
    }


def as_text(year: int, lines: Sequence[Line], language: Language) -> str:
    return f"{sentence(year, lines, language)}\n\n{_table(lines, language)}"


def sentence(year: int, lines: Sequence[Line], language: Language) -> str:
    dutch = language is Language.DUTCH
    folded = sum(one.folded for one in lines)
    same = len(lines) - folded
    done = f"{_hospitals(folded, language)} {'gevouwen' if dutch else 'folded'}" if folded else ""
    if same and folded:
        done += f", {same} {'ongewijzigd' if dutch else 'unchanged'}"
    elif same:
        nothing = "Niets te vouwen, {} ongewijzigd" if dutch else "Nothing to fold, {} unchanged"
        done = nothing.format(_hospitals(same, language))
    opened = number(sum(one.counts["geopend"] for one in lines), 0, language)
    if dutch:
        return f"{done}: {opened} subtrajecten geopend in {year}, {_hours(lines, language)}."
    return f"{done}: {opened} trajectories opened in {year}, {_hours(lines, language)}."


def _hospitals(count: int, language: Language) -> str:
    if language is Language.DUTCH:
        return f"{count} {'ziekenhuis' if count == 1 else 'ziekenhuizen'}"
    return f"{count} {'hospital' if count == 1 else 'hospitals'}"


def _hours(lines: Sequence[Line], language: Language) -> str:
    """Never a sum that leaves some out without saying so."""
    dutch = language is Language.DUTCH
    known = [one.hours for one in lines if one.hours is not None]
    if not known:
        return "geen normuren, want er zijn geen normtijden" if dutch else "no norm hours, for want of norm times"
    hours = f"{number(sum(known, Fraction(0)), 0, language)} {'normuren' if dutch else 'norm hours'}"
    missing = len(lines) - len(known)
    if not missing:
        return hours
    return f"{hours} ({_hospitals(missing, language)} {'zonder normtijden' if dutch else 'without norm times'})"


def _table(lines: Sequence[Line], language: Language) -> str:
    which = 0 if language is Language.DUTCH else 1
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    shown.add_column(
        ("ziekenhuis", "hospital")[which], no_wrap=True, overflow="ellipsis", vertical="bottom", min_width=10
    )
    last = (("normuren", "norm\nhours"), ("zonder\nnormtijd", "without\nnorm time"), ("zorg-\nfte", "care\nfte"))
    for titles in (*COUNTS.values(), *last):
        shown.add_column(Text(titles[which]), justify="right", vertical="bottom", no_wrap=True)
    for one in lines:
        shown.add_row(*_cells(one.hospital, one.counts, one.hours, one.unpriced, one.fte, language))
    if len(lines) > 1:
        shown.add_section()
        sums = {name: sum(one.counts[name] for one in lines) for name in COUNTS}
        hours, unpriced = _total([one.hours for one in lines]), _total([one.unpriced for one in lines])
        fte = _total([one.fte for one in lines])
        shown.add_row(*_cells(("Totaal", "Total")[which], sums, hours, unpriced, fte, language), style="bold")
    return rendered(shown)


def _cells(
    name: str, counts: Mapping[str, int], hours: Fraction | None, unpriced: Fraction | None, fte: Fraction | None,
    language: Language,
) -> list[Text]:  # fmt: skip
    numbers = [_shown(Fraction(counts[one]) or None, 0, language) for one in COUNTS]
    rest = (_shown(hours, 0, language), _shown(unpriced, 0, language), _shown(fte, 1, language))
    return [Text(name), *map(Text, (*numbers, *rest))]


def _total(values: Sequence[Fraction | None]) -> Fraction | None:
    """Unknown where one of them is."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


def _shown(value: Fraction | None, decimals: int, language: Language) -> str:
    return "–" if value is None else number(value, decimals, language)
