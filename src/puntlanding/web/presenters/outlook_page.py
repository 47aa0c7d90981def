"""The forecast with its bounds: whether the year lands, how sure that is, and what it takes for each group.

Everything here is given an outlook that already holds only what the reader may see (`Scope.of_outlook`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.forecast.bridge import STEPS
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.forecast.quality import Judgement
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_basis import method_lines
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import BRIDGE, headline, landing_sentence, legend
from puntlanding.report.outlook_words import ITEMS, JUDGEMENTS, SIGNALS, counted, decimal
from puntlanding.web.presenters.bars import EDGE, LEAST_SPAN, WIDTH
from puntlanding.web.presenters.scope import Scope

MOST_SPAN = 0.5  # of the budget: a small group's bounds would leave the others no room
NOTHING = "–"
_SHORT = (
    (
        "vakgroep",
        "prognose (% van de begroting)",
        "80 %-interval (%)",
        "kans op landen",
        "nodig om precies te landen",
    ),
    ("group", "forecast (% of the budget)", "80 % interval (%)", "chance of landing", "needed to land exactly"),
)
_HOURS = (
    ("begroting (normuren)", "afgesloten", "onderhanden", "nog te openen", "prognose (normuren)"),
    ("budget (norm hours)", "closed", "in flight", "still to open", "forecast (norm hours)"),
)


@dataclass(frozen=True, slots=True)
class Range:
    """The 80 % interval around the budget, in pixels: ``left`` and ``wide``, the forecast ``at``, the budget at ``mark``."""

    left: int
    wide: int
    at: int
    mark: int
    side: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    cells: tuple[str, ...]
    range: Range | None
    need: str


@dataclass(frozen=True, slots=True)
class Sheet:
    caption: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line
    legend: str


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    hours: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the quality strip; ``loud`` asks for attention."""

    what: str
    judgement: str
    counted: str
    loud: bool


@dataclass(frozen=True, slots=True)
class OutlookPage:
    """``known``: as of which day. ``changes`` is headed by ``since``, and empty where there is no month before."""

    question: str
    answer: str
    known: str
    sheet: Sheet
    hours: Sheet
    since: str
    changes: tuple[Change, ...]
    strip: tuple[Found, ...]
    method: tuple[str, ...]


def outlook_page(found: Outlook, scope: Scope, language: Language) -> OutlookPage:
    which = index(language)
    known = day(found.as_of, language)
    bridge = found.total_bridge
    since = "" if bridge is None else day(bridge.since, language)
    return OutlookPage(
        ("Landen we op de begroting?", "Do we land on the budget?")[which],
        _answer(found, scope, language),
        (f"Uit de registratie, zoals bekend op {known}.", f"From the records, as known on {known}.")[which],
        _sheet(found, language),
        _in_hours(found, language),
        (f"Wat veranderde sinds {since}", f"What changed since {since}")[which],
        tuple(_changes(found, language)),
        tuple(_strip(found, language)),
        tuple(visible(_one_line(text)) for text in (*legend(found, language), *method_lines(found, language))),
    )


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _answer(found: Outlook, scope: Scope, language: Language) -> str:
    """To who sees one group: its own number and the total; who there is to talk with, only to who sees all."""
    if scope.whole:
        return visible(_one_line(headline(found, language)))
    own = (f"{row.name}: {_lower(landing_sentence(row.beside, found.band, language))}" for row in found.rows)
    total = ("Alle vakgroepen samen", "All groups together")[index(language)]
    return visible(" ".join([*own, f"{total}: {_lower(landing_sentence(found.total, found.band, language))}"]))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sheet(found: Outlook, language: Language) -> Sheet:
    which = index(language)
    ones = [*(row.beside for row in found.rows), found.total]
    span = _span(ones)
    band = decimal(found.band * 100, 0 if round(found.band * 1000) % 10 == 0 else 1, language)
    headings = [*_SHORT[which]]
    headings[3] += f" (±{band} %)"
    lines = tuple(_line(row.name, row.beside, span, _need(row, language), language) for row in found.rows)
    width = number(Fraction(round(span * 200)), 0, language)
    told = (
        f"De streep is de begroting, de balk het 80 %-interval, de punt de prognose; gekleurd waar de begroting erbuiten ligt. "
        f"De breedte is {width} %; wat daarbuiten valt, loopt tot de rand.",
        f"The line is the budget, the bar the 80 % interval, the dot the forecast; coloured where the budget lies outside it. "
        f"The width is {width} %; what falls outside it runs to the edge.",
    )[which]
    total = _line(("Totaal", "Total")[which], found.total, span, "", language)
    return Sheet(
        ("Prognose naast de begroting", "Forecast beside the budget")[which], tuple(headings), lines, total, told
    )


def _need(row: Row, language: Language) -> str:
    """Only where there is something to talk about: elsewhere the budget lies within the interval."""
    return "" if row.need is None or row.beside.signal is None else visible(need_text(row, language))


def _line(name: str, one: Beside, span: float, need: str, language: Language) -> Line:
    ratio = one.ratio
    if ratio is None:
        return Line(visible(name), (NOTHING, NOTHING, NOTHING), None, need)
    low, high = _bounds(one)
    between = f"{decimal(low * 100, 1, language)} – {decimal(high * 100, 1, language)}"
    chance = NOTHING if one.chances is None else f"{one.chances.whole_percents[1]} %"
    drawn = _range(one, ratio, span, language)
    return Line(visible(name), (decimal(ratio * 100, 1, language), between, chance), drawn, need)


def _bounds(one: Beside) -> tuple[float, float]:
    bounds = one.estimate.interval80
    return one.share(bounds.low) or 0.0, one.share(bounds.high) or 0.0


def _span(ones: Sequence[Beside]) -> float:
    ends = [abs(end - 1) for one in ones if one.ratio is not None for end in _bounds(one)]
    return min(MOST_SPAN, max([float(LEAST_SPAN), *ends]))


def _range(one: Beside, ratio: float, span: float, language: Language) -> Range:
    which, middle = index(language), WIDTH // 2
    low, high = _bounds(one)

    def at(share: float) -> int:
        return middle + round(max(-1.0, min(1.0, (share - 1) / span)) * (middle - EDGE))

    shown = [decimal(value * 100, 1, language) for value in (ratio, low, high)]
    words = (
        "{} % van de begroting, 80 %-interval {} tot {} %",
        "{} % of the budget, 80 % interval {} to {} %",
    )[which].format(*shown)
    if one.signal is not None:
        words += f", {SIGNALS[one.signal][which]}"
    side = "within" if one.signal is None else one.signal.value
    return Range(at(low), max(at(high) - at(low), 1), at(ratio), middle, side, words)


def _in_hours(found: Outlook, language: Language) -> Sheet:
    which = index(language)

    def line(name: str, one: Beside) -> Line:
        estimate = one.estimate
        hours = (estimate.closed_hours, estimate.in_flight, estimate.to_open, estimate.forecast)
        budget = NOTHING if one.budget is None else number(one.budget, 0, language)
        return Line(visible(name), (budget, *(decimal(part, 0, language) for part in hours)), None, "")

    return Sheet(
        ("Waar de prognose uit bestaat", "What the forecast is made of")[which],
        (_SHORT[which][0], *_HOURS[which]),
        tuple(line(row.name, row.beside) for row in found.rows),
        line(("Totaal", "Total")[which], found.total),
        "",
    )


def _changes(found: Outlook, language: Language) -> Iterator[Change]:
    bridge, which = found.total_bridge, index(language)
    if bridge is None:
        return

    def hours(steps: int) -> str:
        return number(Fraction(steps, STEPS), 2, language)

    yield Change(("prognose toen", "forecast then")[which], hours(bridge.before), whole=True)
    for name, words in BRIDGE:
        amount = getattr(bridge, name)
        if amount:
            yield Change(words[which], ("+" if amount > 0 else "") + hours(amount))
    yield Change(("prognose nu", "forecast now")[which], hours(bridge.now), whole=True)


def _strip(found: Outlook, language: Language) -> Iterator[Found]:
    which = index(language)
    for one in found.strip:
        loud = one.judgement is Judgement.ATTENTION
        yield Found(ITEMS[one.item][which], JUDGEMENTS[one.judgement][which], visible(counted(one, language)), loud)
