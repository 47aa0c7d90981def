"""What a contribution holds, for who must say whether it may be sent, or was sent one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import polars as pl
from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.contribution import Contribution
from puntlanding.contribution.tables import HOSPITAL, OPENED, OPENED_MINUTES
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.quantities import fixed
from puntlanding.report.terminal import HAIRLINES, rendered

MINUTES_PER_HOUR = 6000  # hundredths
NAME = 18  # columns


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group. ``untimed``: volume of codes without norm time, which is in no norm hours."""

    hospital: str
    specialism: str
    role: str
    codes: int
    volume: int
    untimed: int
    hours: Fraction
    fte: Fraction | None

    @property
    def rate(self) -> Fraction | None:
        return self.hours / self.fte if self.fte else None


def group_lines(one: Contribution) -> tuple[GroupLine, ...]:
    volume = pl.sum_horizontal(list(OPENED))
    minutes = pl.sum_horizontal(pl.col(list(OPENED_MINUTES)).fill_null(0))
    timed = pl.any_horizontal(pl.col(list(OPENED_MINUTES)).is_not_null())
    sums = (
        one.production.group_by(HOSPITAL, "specialisme", "rol")
        .agg(pl.col("code").n_unique(), volume.sum(), volume.filter(~timed).sum().alias("untimed"), minutes.sum().alias("minutes"))
        .rows()
    )  # fmt: skip
    made = {(name, specialism, role): rest for name, specialism, role, *rest in sums}
    fte = {(about.hospital, *group): care for about in one.hospitals for group, care in about.care_fte().items()}
    found = []
    for group in sorted(made.keys() | fte.keys()):
        hospital, specialism, role = group
        codes, opened, untimed, total = made.get(group, (0, 0, 0, 0))
        found.append(
            GroupLine(
                hospital, specialism, role, codes, opened, untimed, Fraction(total, MINUTES_PER_HOUR), fte.get(group)
            )
        )
    return tuple(found)


def as_record(one: Contribution) -> dict[str, Any]:
    lines = group_lines(one)
    return {
        "basis": one.basis.as_record(),
        "vingerafdruk": one.fingerprint,
        "ondertekend": len(one.signatures),
        "ziekenhuizen": [about.as_record() for about in one.hospitals],
        "vakgroepen": [
            {
                "ziekenhuis": line.hospital, "specialisme": line.specialism, "rol": line.role, "codes": line.codes,
                "aantal": line.volume, "zonder_normtijd": line.untimed, "normuren": fixed(line.hours),
                "fte": None if line.fte is None else fixed(line.fte),
                "normuren_per_fte": None if line.rate is None else fixed(line.rate),
            }
            for line in lines
        ],
        "rijen": {name.value: frame.height for name, frame in one.tables.items()},
    }  # fmt: skip


def as_text(one: Contribution, language: Language) -> str:
    lines = group_lines(one)
    parts = [_first(one, lines, language), _protected(one, language), ""]
    several = len(one.hospitals) > 1
    parts.append(_hospitals(one, lines, language) if several else _groups(lines, language))
    if not several:
        parts += ["", _origins(one, language)]
    return "\n".join(part for part in parts if part is not None)


def _first(one: Contribution, lines: tuple[GroupLine, ...], language: Language) -> str:
    dutch = language is Language.DUTCH
    hours = number(sum((line.hours for line in lines), Fraction(0)), 0, language)
    fte = number(sum((line.fte or Fraction(0) for line in lines), Fraction(0)), 2, language)
    if len(one.hospitals) == 1:
        about = one.hospitals[0]
        who = printable(about.hospital) + (f" ({about.kind})" if about.kind else "")
    else:
        who = f"{len(one.hospitals)} ziekenhuizen" if dutch else f"{len(one.hospitals)} hospitals"
    if dutch:
        return f"Bijdrage {one.basis.year} van {who}: {hours} normuren van {len(lines)} vakgroepen met {fte} fte."
    return f"Contribution {one.basis.year} of {who}: {hours} norm hours of {len(lines)} groups with {fte} fte."


def _protected(one: Contribution, language: Language) -> str:
    dutch = language is Language.DUTCH
    full = [about.hospital for about in one.hospitals if about.protection is None]
    if not full:
        ways = sorted({_policy(about.protection or {}) for about in one.hospitals})
        shown = "; ".join(ways)
        return f"Beschermd: {shown}." if dutch else f"Protected: {shown}."
    if len(full) < len(one.hospitals):
        names = ", ".join(map(printable, full))
        return f"NIET beschermd: {names}." if dutch else f"NOT protected: {names}."
    return (
        "NIET beschermd: bedoeld voor binnen het ziekenhuis. Delen kan na ‘puntlanding contribution export’."
        if dutch
        else "NOT protected: meant for inside the hospital. It can be shared after ‘puntlanding contribution export’."
    )


def _policy(record: Any) -> str:
    kept = {key: value for key, value in record.items() if key not in ("regels", "niet_gedeeld")}
    return printable(", ".join(f"{key} {value}" for key, value in kept.items()), 200)


def _table(titles: tuple[str, ...], left: int) -> RichTable:
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, 1), show_edge=False)
    for at, title in enumerate(titles):
        shown.add_column(
            Text(title), justify="left" if at < left else "right", vertical="bottom", no_wrap=True, overflow="ellipsis"
        )
    return shown


def _groups(lines: tuple[GroupLine, ...], language: Language) -> str:
    titles = (
        ("specialisme", "rol", "codes", "geopend", "zonder\nnormtijd", "normuren", "fte", "normuren\nper fte")
        if language is Language.DUTCH
        else ("specialism", "role", "codes", "opened", "without\nnorm time", "norm hours", "fte", "norm hours\nper fte")
    )
    shown = _table(titles, 2)
    for one in lines:
        counts = (number(one.codes, 0, language), number(one.volume, 0, language))
        untimed = number(one.untimed, 0, language) if one.untimed else "–"
        cells = (printable(one.specialism), printable(one.role), *counts, untimed, number(one.hours, 0, language))
        shown.add_row(*map(Text, (*cells, _maybe(one.fte, 2, language), _maybe(one.rate, 0, language))))
    return rendered(shown)


def _hospitals(one: Contribution, lines: tuple[GroupLine, ...], language: Language) -> str:
    dutch = language is Language.DUTCH
    titles = (
        ("ziekenhuis", "type", "vakgroepen", "normuren", "fte", "beschermd")
        if dutch
        else ("hospital", "type", "groups", "norm hours", "fte", "protected")
    )
    shown = _table(titles, 2)
    for about in one.hospitals:
        own = [line for line in lines if line.hospital == about.hospital]
        hours = sum((line.hours for line in own), Fraction(0))
        fte = sum((line.fte or Fraction(0) for line in own), Fraction(0))
        told = ("ja" if dutch else "yes") if about.protection is not None else ("nee" if dutch else "no")
        cells = (
            printable(about.hospital, 40),
            about.kind or "–",
            number(len(own), 0, language),
            number(hours, 0, language),
        )
        shown.add_row(*map(Text, (*cells, number(fte, 2, language), told)))
    return rendered(shown)


def _origins(one: Contribution, language: Language) -> str:
    about = one.hospitals[0]
    told = ", ".join(f"{origin.year} ({origin.delivered.isoformat()})" for origin in about.origins) or "–"
    rows = ", ".join(f"{name.value} {number(frame.height, 0, language)}" for name, frame in one.tables.items())
    signed = len(one.signatures)
    if language is Language.DUTCH:
        return f"Uit leveringen: {told}\nRijen: {rows}\nHandtekeningen: {signed} (na te gaan met ‘puntlanding contribution verify’)"
    return f"From deliveries: {told}\nRows: {rows}\nSignatures: {signed} (check them with ‘puntlanding contribution verify’)"


def _maybe(value: Fraction | None, decimals: int, language: Language) -> str:
    return "–" if value is None else number(value, decimals, language)
