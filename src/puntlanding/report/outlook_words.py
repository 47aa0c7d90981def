"""The words of a forecast's codes: flags, methods, reasons, the quality strip; Dutch and English."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from puntlanding.forecast.quality import LATE_DAYS, LONG_DAYS, Finding, Item, Judgement
from puntlanding.forecast.result import Flag, Method, Reason
from puntlanding.forecast.signals import Signal
from puntlanding.language.notation import Language, number
from puntlanding.quantities import parse_decimal
from puntlanding.report.terminal import WIDTH

Words = tuple[str, str]
MOST_NAMED = 4  # of a longer row: the first ones and how many there are

FLAGS: Mapping[Flag, Words] = {
    Flag.SMALL: (
        "minder dan 30 subtrajecten in een jaar: leunt op de andere vakgroepen, ruim interval",
        "fewer than 30 trajectories in a year: leans on the other groups, wide interval",
    ),
    Flag.STARTED: (
        "begonnen tijdens de historie: alleen de eigen maanden tellen",
        "started during the history: only its own months count",
    ),
    Flag.STOPPED: (
        "de laatste maanden niets geopend: er wordt niets meer verwacht",
        "nothing opened in the last months: nothing more is expected",
    ),
    Flag.RESUMED: (
        "lag een tijd stil en is weer begonnen: de stille maanden tellen niet mee",
        "lay still for a while and began again: the silent months do not count",
    ),
    Flag.GAP: ("maanden zonder één opening, die niet meetellen", "months without any opening, which do not count"),
    Flag.LUMP: (
        "een maand waarvan veel in één keer is vastgelegd (nieuw systeem?), die niet meetelt",
        "a month of which much was recorded at once (a new system?), which does not count",
    ),
    Flag.SHOCK: ("maanden ver buiten het patroon, die weinig wegen", "months far off the pattern, which weigh little"),
    Flag.CORRECTIONS: ("subtrajecten met normminuten onder nul", "trajectories with norm minutes below zero"),
    Flag.NO_NORM_TIMES: (
        "afgesloten subtrajecten zonder normtijd: die tellen als nul",
        "closed trajectories without norm time: they count as zero",
    ),
    Flag.RECORDING_UNKNOWN: (
        "de bron vertelt niet wanneer openingen zijn vastgelegd",
        "the source does not tell when openings were recorded",
    ),
    Flag.NO_OPENINGS: (
        "in het jaar of ervoor is van deze vakgroep niets bekend",
        "nothing is known of this group in the year or before it",
    ),
    Flag.LEVEL_MOVED: (
        "de openingen per werkdag zijn de laatste maanden meer verschoven dan gewoonlijk",
        "openings per working day moved more than usual in the last months",
    ),
}
METHODS: Mapping[Method, Words] = {
    Method.POOLED: (
        "openingen per effectieve werkdag, met het seizoen van alle vakgroepen samen",
        "openings per effective working day, with the season of all groups together",
    ),
    Method.OPENING_SHARE: (
        "het deel van de openingen van eerdere jaren dat op deze dag binnen was",
        "the share of earlier years' openings that was in on this day",
    ),
    Method.RUN_RATE: (
        "openingen per effectieve werkdag tot nu toe",
        "openings per effective working day so far",
    ),
}
METHODS_SHORT: Mapping[Method, Words] = {
    Method.POOLED: ("seizoen", "season"),
    Method.OPENING_SHARE: ("aandeel", "share"),
    Method.RUN_RATE: ("openingstempo", "opening pace"),
}
REASONS: Mapping[Reason, Words] = {
    Reason.BACK_TEST: (
        "die had op uw eigen eerdere jaren de kleinste fout",
        "it had the smallest error on your own earlier years",
    ),
    Reason.EARLY: (
        "het jaar is nog te kort begonnen om van zichzelf uit te gaan",
        "the year has hardly begun, too short to go by itself",
    ),
    Reason.SHORT_HISTORY: (
        "er is minder dan 24 maanden historie, te kort voor seizoenen",
        "there is less than 24 months of history, too short for seasons",
    ),
    Reason.NO_BACK_TEST: (
        "er is geen eerder jaar om de methode op na te rekenen",
        "there is no earlier year to try the method on",
    ),
    Reason.CHOSEN: ("zo gekozen", "so chosen"),
}
SIGNALS: Mapping[Signal, Words] = {
    Signal.OVER: ("boven", "over"),
    Signal.UNDER: ("onder", "under"),
}
JUDGEMENTS: Mapping[Judgement, Words] = {
    Judgement.FINE: ("in orde", "fine"),
    Judgement.ATTENTION: ("let op", "note"),
    Judgement.UNKNOWN: ("onbekend", "unknown"),
}
ITEMS: Mapping[Item, Words] = {
    Item.LATE_OPENINGS: (
        f"meer dan {LATE_DAYS} dagen na opening vastgelegd",
        f"recorded more than {LATE_DAYS} days after opening",
    ),
    Item.LONG_OPEN: (f"langer dan {LONG_DAYS} dagen open", f"open longer than {LONG_DAYS} days"),
    Item.UNPRICED: ("bekende zorgproducten zonder normtijd", "known products without norm time"),
    Item.CLOSING_LAG: ("dagen van sluiten tot zorgproduct bekend", "days from closing until product known"),
    Item.LUMPS: ("maanden grotendeels ineens vastgelegd", "months mostly recorded at once"),
    Item.STALE: ("jaren met een oudere levering dan dit jaar", "years with an older delivery than this year"),
    Item.LATER_DELIVERY: ("jaren uit een latere levering gelezen", "years read from a later delivery"),
}  # fmt: skip
COUNTS: Mapping[str, Words] = {
    "zonder_product": ("intensive care (nooit een product)", "intensive care (never a product)"),
    "zonder_specialisme": ("zonder specialisme", "without specialism"),
    "andere_groep": ("van een specialisme buiten de case", "of a specialism outside the case"),
    "buiten_contract": ("van een verzekeraar buiten de contracten", "of an insurer outside the contracts"),
    "zonder_normtijd": ("zonder normtijd", "without norm time"),
}


def of(words: Words, language: Language) -> str:
    return words[0 if language is Language.DUTCH else 1]


def counted(finding: Finding, language: Language) -> str:
    """What was found, as people read it."""
    dutch = language is Language.DUTCH
    before = "vorig jaar" if dutch else "last year"
    if finding.judgement is Judgement.UNKNOWN:
        return "de bron vertelt het niet" if dutch else "the source does not tell"
    if finding.item in (Item.LUMPS, Item.STALE, Item.LATER_DELIVERY):
        return named(finding.which) or ("geen" if dutch else "none")
    if finding.item is Item.CLOSING_LAG:
        text = number(round(finding.value or 0), 0, language)
        earlier = "" if finding.before is None else f" ({before} {number(round(finding.before), 0, language)})"
        return text + earlier
    share = percent(finding.value or 0.0, 1, language)
    earlier = "" if finding.before is None else f" ({before} {percent(finding.before, 1, language)})"
    count = number(finding.count, 0, language)
    return f"{count} {'van' if dutch else 'of'} {number(finding.of, 0, language)}: {share}{earlier}"


def named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f", … ({len(names)})" if len(names) > MOST_NAMED else "")


def percent(share: float, decimals: int, language: Language) -> str:
    return decimal(share * 100, decimals, language) + " %"


def decimal(value: float, decimals: int, language: Language) -> str:
    """An estimate, half-up like every number that is shown."""
    return number(parse_decimal(f"{value:.6f}"), decimals, language)


def wrapped(text: str) -> str:
    """A number stays with its percent sign."""
    lines = textwrap.wrap(text.replace(" %", "\0%"), WIDTH, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\0", " ")
