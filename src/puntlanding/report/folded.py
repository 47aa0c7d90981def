"""What folding gave: per hospital how many trajectories, which of them carry no output and why, and the norm hours."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
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
from puntlanding.report.terminal import HAIRLINES, HEADING, rendered

# Counts of the contribution, in the order in which they are shown, with their headings.
COUNTS = {
    "geopend": ("geopend", "opened"),
    "met_output": ("met output", "with output"),
    "in_behandeling": ("in behandeling", "in treatment"),
    "zonder_zorgproduct": ("zonder zorgproduct", "without product"),
    "uitval": ("uitval", "dropped"),
    "onverzekerd": ("onverzekerd", "uninsured"),
    "zonder_normtijd": ("zonder normtijd", "without norm time"),
}
HUNDREDTHS_OF_AN_HOUR = 6000  # of a minute


@dataclass(frozen=True, slots=True)
class Line:
    """``hours``: norm hours of what opened in the year; None where there were no norm times."""

    hospital: str
    folded: bool
    file: Path
    fingerprint: str
    counts: dict[str, int]
    hours: Fraction | None
    fte: Fraction | None
    year_before: bool


def line(path: Path, *, folded: bool) -> Line:
    """Read from the file itself: what is told is what stands there."""
    found = read_contribution(path, {TableName.PRODUCTION: OPENED_MINUTES})
    (about,) = found.hospitals
    minutes = found.production.select(pl.sum_horizontal(OPENED_MINUTES).sum()).item()
    hours = Fraction(int(minutes), HUNDREDTHS_OF_AN_HOUR) if found.basis.norm_times is not None else None
    counts = {name: about.counts.get(name, 0) for name in COUNTS}
    fte = sum((one.care for one in about.fte), Fraction(0)) if about.fte else None
    before = bool(about.counts.get("jaar_ervoor_in_opslag"))
    return Line(about.hospital, folded, path, found.fingerprint or "", counts, hours, fte, before)


def as_record(year: int, lines: Sequence[Line], without: Sequence[str]) -> dict[str, Any]:
    return {
        "jaar": year,
        "bijdragen": [
            {
                "ziekenhuis": one.hospital,
                "uitkomst": "gevouwen" if one.folded else "ongewijzigd",
                "bestand": str(one.file),
                "vingerafdruk": one.fingerprint,
                **one.counts,
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
    opened = number(sum(one.counts["geopend"] for one in lines), 0, language)
    known = [one.hours for one in lines if one.hours is not None]
    hours = number(sum(known, Fraction(0)), 0, language) if known else None
    if dutch:
        done = f"{folded} {'ziekenhuis' if folded == 1 else 'ziekenhuizen'} gevouwen, {same} ongewijzigd"
        rest = f"{hours} normuren" if hours else "geen normuren, want er zijn geen normtijden"
        return f"{done}: {opened} subtrajecten geopend in {year}, {rest}."
    done = f"{folded} {'hospital' if folded == 1 else 'hospitals'} folded, {same} unchanged"
    rest = f"{hours} norm hours" if hours else "no norm hours, because there are no norm times"
    return f"{done}: {opened} trajectories opened in {year}, {rest}."


def _table(lines: Sequence[Line], language: Language) -> str:
    dutch = language is Language.DUTCH
    which = 0 if dutch else 1
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    shown.add_column(("ziekenhuis", "hospital")[which], no_wrap=True, overflow="ellipsis", vertical="bottom")
    for titles in (*COUNTS.values(), ("normuren", "norm hours"), ("fte zorg", "care fte")):
        wrapped = textwrap.wrap(titles[which], HEADING, break_long_words=False)
        shown.add_column(Text("\n".join(wrapped)), justify="right", vertical="bottom", no_wrap=True)
    for one in lines:
        counts = [number(one.counts[name], 0, language) for name in COUNTS]
        shown.add_row(
            *map(Text, (one.hospital, *counts, _or_dash(one.hours, 0, language), _or_dash(one.fte, 1, language)))
        )
    if len(lines) > 1:
        shown.add_section()
        sums = [number(sum(one.counts[name] for one in lines), 0, language) for name in COUNTS]
        totals = (_total([one.hours for one in lines]), _total([one.fte for one in lines]))
        shown.add_row(
            *map(
                Text,
                (("Totaal", "Total")[which], *sums, _or_dash(totals[0], 0, language), _or_dash(totals[1], 1, language)),
            ),
            style="bold",
        )
    return rendered(shown)


def _total(values: Sequence[Fraction | None]) -> Fraction | None:
    """Unknown where one of them is."""
    known = [value for value in values if value is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(values) else None


def _or_dash(value: Fraction | None, decimals: int, language: Language) -> str:
    return "–" if value is None else number(value, decimals, language)
