"""What a forecast rests on, for the terminal: the quality of the records, groups that are special, and the method."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from puntlanding.forecast.outlook import Outlook
from puntlanding.forecast.quality import Judgement
from puntlanding.forecast.result import Flag
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.report.outlook_words import (
    COUNTS,
    FLAGS,
    ITEMS,
    JUDGEMENTS,
    METHODS,
    REASONS,
    counted,
    named,
    of,
    percent,
    wrapped,
)
from puntlanding.report.terminal import WIDTH


def strip_lines(outlook: Outlook, language: Language) -> Iterator[str]:
    dutch = language is Language.DUTCH
    yield "Waar de prognose op rust" if dutch else "What the forecast rests on"
    for finding in outlook.strip:
        mark = of(JUDGEMENTS[finding.judgement], language)
        loud = "! " if finding.judgement is Judgement.ATTENTION else "  "
        yield f"{loud}{of(ITEMS[finding.item], language):<43} {mark:<9} {counted(finding, language)}"
    left = [
        f"{number(count, 0, language)} {of(COUNTS[name], language)}"
        for name, count in outlook.counts.items()
        if count and name != "zonder_normtijd"
    ]
    if left:
        yield ("  Telt niet mee: " if dutch else "  Does not count: ") + "; ".join(left) + "."
    yield from _special(outlook, language)


def _special(outlook: Outlook, language: Language) -> Iterator[str]:
    """Groups that are answered in another way than the others. That the source tells no days is said above already."""
    for flag in Flag:
        names = [printable(row.name) for row in outlook.rows if flag in row.flags]
        if names and flag is not Flag.RECORDING_UNKNOWN:
            yield textwrap.fill(
                f"{named(names)}: {of(FLAGS[flag], language)}.", WIDTH, initial_indent="  ", subsequent_indent="    ",
                break_on_hyphens=False,
            )  # fmt: skip


def method_lines(outlook: Outlook, language: Language) -> Iterator[str]:
    dutch = language is Language.DUTCH
    method, reason = of(METHODS[outlook.method], language), of(REASONS[outlook.reason], language)
    yield wrapped(f"{'Methode' if dutch else 'Method'}: {method}; {reason}.")
    quality = outlook.quality
    if quality is None:
        yield wrapped(
            "Niet nagerekend op eerdere jaren: het interval komt alleen uit het model."
            if dutch
            else "Not tried on earlier years: the interval comes from the model only."
        )
        return
    simple = quality.wape_opening_share
    beside = "" if simple is None else (
        f" (openingsaandeel {percent(simple, 1, language)})" if dutch else f" (opening share {percent(simple, 1, language)})"
    )  # fmt: skip
    cut_offs = len(quality.cut_offs)
    covered = percent(quality.covered80, 0, language)
    off = percent(quality.wape, 1, language)
    if dutch:
        yield wrapped(
            f"Nagerekend op {cut_offs} maanden van eerdere jaren: gemiddeld {off} ernaast per vakgroep{beside}; "
            f"het 80 %-interval bevatte de uitkomst {covered} van de keren."
        )
    else:
        yield wrapped(
            f"Tried on {cut_offs} months of earlier years: {off} off per group on average{beside}; "
            f"the 80 % interval held the outcome {covered} of the times."
        )
