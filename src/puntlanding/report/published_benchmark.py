"""A published benchmark and its versions: when, why, from what, and the rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from puntlanding.benchmark.published import Published
from puntlanding.benchmark.published_tables import RATES, SPREAD_LEAST, SUMS_LEAST, fraction
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import printable
from puntlanding.report.benchmark_tables import compared, grid, group_name, hospitals, maybe, of_rate, pair
from puntlanding.report.terminal import rendered

_SHORT = 12
_NUMBERS = ("benchmark", "laagste", "kwart", "midden", "driekwart", "hoogste")
_WITHHELD = (
    "De verdeling staat er bij ten minste {0} vakgroepen, sommen van uren en fte bij ten minste {1} (lokale keuze).",
    "The spread is there with at least {0} groups, sums of hours and fte with at least {1} (local choice).",
)


def as_text(one: Published, language: Language) -> str:
    titles = (
        ("specialisme", "vergelijking", "n", "benchmark", "laagste", "kwart", "midden", "driekwart", "hoogste")
        if language is Language.DUTCH
        else ("specialism", "peers", "n", "benchmark", "lowest", "quarter", "middle", "3 quarters", "highest")
    )
    rows = [_row(row, language) for row in one.tables[RATES].iter_rows(named=True)]
    lines = [Text(line) for line in _lines(one, language)]
    note = Text(pair(_WITHHELD, language).format(SPREAD_LEAST, SUMS_LEAST))
    return rendered(*lines, "", grid(titles, rows, 2), "", note)


def _lines(one: Published, language: Language) -> list[str]:
    dutch = language is Language.DUTCH
    when, reason, houses = (
        day(one.day, language),
        printable(one.reason, 200),
        hospitals(len(one.contributions), language),
    )
    how = compared(one.rule, one.method, language)
    follows = "–" if one.previous is None else one.previous[:_SHORT]
    if dutch:
        return [
            f"De ex-ante benchmark van {one.year}, versie {one.version}, is vastgesteld op {when}: {reason}.",
            f"Uit {one.base_year} van {houses}. {how}",
            f"Vingerafdruk {one.fingerprint[:_SHORT]}; volgt op {follows}; handtekeningen: {len(one.signatures)}.",
        ]
    return [
        f"The ex-ante benchmark of {one.year}, version {one.version}, was published on {when}: {reason}.",
        f"From {one.base_year} of {houses}. {how}",
        f"Fingerprint {one.fingerprint[:_SHORT]}; follows {follows}; signatures: {len(one.signatures)}.",
    ]


def _row(row: Mapping[str, Any], language: Language) -> tuple[str, ...]:
    names = (
        group_name(row["specialisme"], row["rol"], language),
        row["vergelijking"],
        number(row["vakgroepen"], 0, language),
    )
    return (*names, *(of_rate(fraction(row, name), language) for name in _NUMBERS))


def as_record(one: Published) -> dict[str, Any]:
    return {
        **version_record(one),
        "basisjaar": one.base_year,
        **one.rule.as_record(),
        "methode": one.method.value,
        "bijdragen": dict(one.contributions),
        "vergelijkingsgroepen": [
            {
                **{key: row[key] for key in ("specialisme", "rol", "vergelijking", "vakgroepen")},
                **{name: maybe(fraction(row, name)) for name in _NUMBERS},
            }
            for row in one.tables[RATES].iter_rows(named=True)
        ],
    }


def version_record(one: Published) -> dict[str, Any]:
    return {
        "bestand": one.file,
        "jaar": one.year,
        "versie": one.version,
        "datum": one.day.isoformat(),
        "reden": one.reason,
        "vingerafdruk": one.fingerprint,
        "vorige": one.previous,
        "handtekeningen": len(one.signatures),
    }


def versions_text(found: Sequence[Published], language: Language) -> str:
    dutch = language is Language.DUTCH
    last = found[-1]
    count = number(len(found), 0, language)
    one = len(found) == 1
    if dutch:
        told = (
            "1 vastgestelde versie, ongewijzigd" if one else f"{count} vastgestelde versies, ongewijzigd en op volgorde"
        )
        answer = f"{told}; de laatste is {last.file}."
    else:
        told = "1 published version, unchanged" if one else f"{count} published versions, unchanged and in order"
        answer = f"{told}; the last one is {last.file}."
    titles = (
        ("jaar", "versie", "datum", "reden", "vingerafdruk", "volgt op")
        if dutch
        else ("year", "version", "day", "reason", "fingerprint", "follows")
    )
    rows = [
        (
            str(one.year), str(one.version), one.day.isoformat(), printable(one.reason, 40), one.fingerprint[:_SHORT],
            "–" if one.previous is None else one.previous[:_SHORT],
        )
        for one in found
    ]  # fmt: skip
    return rendered(Text(answer), "", grid(titles, rows, 6))
