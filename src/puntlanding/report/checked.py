"""What was found in a delivery, in words: one list of lines for the terminal, the page and the JSON record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import polars as pl

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.records.checks import NotDone
from puntlanding.records.delivery import Delivery
from puntlanding.records.findings import EARLIEST, Example, Finding, Status, catalogue
from puntlanding.records.tables import TableName

LONGEST_NAME = 80
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_SMALLEST_SHARE = Fraction(1, 10_000)

OUTCOMES: Mapping[Status, tuple[str, str]] = {
    Status.FAILED: ("fout", "in error"),
    Status.ATTENTION: ("om na te gaan", "to look into"),
    Status.COUNTED: ("geteld", "counted"),
    Status.NOT_DONE: ("niet gecontroleerd", "not checked"),
    Status.GOOD: ("in orde", "in order"),
}
HEADINGS: Mapping[Status, tuple[str, str]] = {
    Status.FAILED: ("Dit houdt de levering tegen", "This stops the delivery"),
    Status.ATTENTION: ("Om na te gaan", "To look into"),
    Status.COUNTED: (
        "Geteld: volgens de regels, of te weinig om na te gaan",
        "Counted: by rule, or too few to look into",
    ),
    Status.NOT_DONE: ("Niet gecontroleerd of dit voorkomt", "Not checked whether this occurs"),
    Status.GOOD: ("In orde: dit komt niet voor", "In order: none of this occurs"),
}
# Why a check was not done, by the note on its finding.
NOT_DONE: Mapping[str, tuple[str, str]] = {
    NotDone.NO_TABLES: (
        "Hiervoor zijn de tabellen van de NZa nodig; geef hun map met --nza.",
        "This needs the NZa's tables; give their folder with --nza.",
    ),
    NotDone.COLUMN_EMPTY: (
        "De kolom is in deze levering nergens gevuld.",
        "The column is filled nowhere in this delivery.",
    ),
    NotDone.NO_ACTIVITIES: (
        "De levering heeft geen zorgactiviteiten.",
        "The delivery has no activities.",
    ),
    NotDone.TOO_SHORT: (
        "De levering beslaat te weinig maanden om dit te kunnen zeggen.",
        "The delivery covers too few months to tell.",
    ),
    "no_institution": (
        "De levering noemt geen AGB-code van een instelling.",
        "The delivery names no AGB code of an institution.",
    ),
    "no_store": (
        "Er is niet met eerdere leveringen vergeleken; dat gebeurt bij het laden.",
        "It was not compared with earlier deliveries; that is done when it is loaded.",
    ),
    "first_delivery": (
        "Van deze jaren is nog niets eerder geleverd.",
        "Nothing of these years was delivered before.",
    ),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A delivery as a report tells it. ``per_year``: trajectories by year of opening, activities by year of execution."""

    hospital: str | None
    delivered: date
    reader: str
    sources: tuple[str, ...]
    counts: Mapping[TableName, int]
    per_year: Mapping[int, Mapping[TableName, int]]
    findings: tuple[Finding, ...]

    @property
    def loadable(self) -> bool:
        return all(one.status is not Status.FAILED for one in self.findings)

    @property
    def undated(self) -> Mapping[TableName, int]:
        """Rows that are in no year: their date is empty or impossible."""
        return {one: self.counts[one] - sum(year[one] for year in self.per_year.values()) for one in TableName}

    def with_status(self, status: Status) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.status is status)


def checked(delivery: Delivery, hospital: str | None = None) -> Checked:
    """Years are told as far as they can be: a date of 1900 is a finding, not a year of the hospital."""
    per_year: dict[int, dict[TableName, int]] = {}
    for table, day in ((TableName.TRAJECTORIES, "openingsdatum"), (TableName.ACTIVITIES, "datum")):
        within = pl.col(day).is_between(EARLIEST, delivery.delivered)
        found = (
            delivery.table(table).lazy().filter(within).group_by(pl.col(day).dt.year().alias("jaar")).len().collect()
        )
        for year, count in found.iter_rows():
            per_year.setdefault(year, dict.fromkeys(TableName, 0))[table] = count
    return Checked(
        hospital=hospital,
        delivered=delivery.delivered,
        reader=delivery.reader,
        sources=tuple(one.name for one in delivery.sources),
        counts={table: delivery.table(table).height for table in TableName},
        per_year=dict(sorted(per_year.items())),
        findings=delivery.findings,
    )


def headline(checked: Checked, language: Language) -> str:
    """Can this delivery be loaded?"""
    dutch = language is Language.DUTCH
    failed, attention = (len(checked.with_status(one)) for one in (Status.FAILED, Status.ATTENTION))
    points = _points(attention, dutch)
    if failed:
        if dutch:
            stops = "1 fout houdt haar tegen" if failed == 1 else f"{failed} fouten houden haar tegen"
            return f"Deze levering kan niet worden geladen: {stops}, en er {points}."
        stops = "1 error stops it" if failed == 1 else f"{failed} errors stop it"
        return f"This delivery cannot be loaded: {stops}, and there {points}."
    trajectories, activities = (number(checked.counts[one], 0, language) for one in TableName)
    years = _years(tuple(year for year, counts in checked.per_year.items() if counts[TableName.TRAJECTORIES]))
    if dutch:
        of = f" van {years}" if years else ""
        content = f"{trajectories} subtrajecten en {activities} zorgactiviteiten{of}"
        return f"Deze levering kan worden geladen: {content}. Er {points}."
    of = f" of {years}" if years else ""
    content = f"{trajectories} trajectories and {activities} activities{of}"
    return f"This delivery can be loaded: {content}. There {points}."


def _points(count: int, dutch: bool) -> str:
    if dutch:
        return (
            "is niets om na te gaan"
            if not count
            else f"{'is 1 punt' if count == 1 else f'zijn {count} punten'} om na te gaan"
        )
    return (
        "is nothing to look into"
        if not count
        else f"{'is 1 point' if count == 1 else f'are {count} points'} to look into"
    )


def _years(years: Sequence[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else "".join(map(str, years))


@dataclass(frozen=True, slots=True)
class Line:
    """One check as people read it: what was found, what to do, why it matters."""

    finding: Finding
    title: str
    remedy: str
    why: str
    count: str
    of: str
    share: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    status: Status
    heading: str
    lines: tuple[Line, ...]


def sections(findings: Iterable[Finding], language: Language) -> tuple[Section, ...]:
    """By status, what matters most first; within one the order of the catalogue. Empty ones are left out."""
    which = 0 if language is Language.DUTCH else 1
    kept = tuple(findings)
    found = []
    for status, heading in HEADINGS.items():
        lines = tuple(line(one, language) for one in kept if one.status is status)
        if lines:
            found.append(Section(status, heading[which], lines))
    return tuple(found)


def line(finding: Finding, language: Language) -> Line:
    dutch = language is Language.DUTCH
    check = catalogue()[finding.check]
    title, *rest = _SENTENCES.split(check.nl if dutch else check.en, 1)
    if finding.column:
        title = f"{title.rstrip('.')} ({printable(finding.column, LONGEST_NAME)})."
    remedy = "".join(rest)
    if finding.note is not None:
        remedy = NOT_DONE[finding.note][0 if dutch else 1]
    return Line(
        finding, title, remedy, check.why_nl if dutch else check.why_en,
        number(finding.count, 0, language) if finding.note is None else "–",
        number(finding.of, 0, language) if finding.of else "–",
        share(finding, language),
        tuple(filter(None, (example(one, language) for one in finding.examples))),
    )  # fmt: skip


def share(finding: Finding, language: Language) -> str:
    """In hundredths of a percent; what is less is said to be less, not nil."""
    if not finding.count or not finding.of:
        return "–"
    exact = Fraction(finding.count, finding.of)
    under = "< " if exact < _SMALLEST_SHARE else ""
    return f"{under}{number(max(exact, _SMALLEST_SHARE) * 100, 2, language)} %"


def example(one: Example, language: Language) -> str:
    """subtrajecten.csv rij 12: openingsdatum 2026-03-01, sluitdatum 2026-02-01."""
    row = "rij" if language is Language.DUTCH else "row"
    place = " ".join(filter(None, (one.file, f"{row} {one.row}" if one.row is not None else "")))
    values = ", ".join(f"{name} {value}" for name, value in one.values.items())
    return printable(": ".join(filter(None, (place, values))), 240)
