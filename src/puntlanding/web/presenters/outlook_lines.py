"""The lines of a forecast: beside the budget with its bounds, in norm hours by part, and what changed since the month before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.forecast.bridge import STEPS, Bridge
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_need import need_text
from puntlanding.report.outlook_text import BRIDGE
from puntlanding.report.outlook_words import SIGNALS, decimal
from puntlanding.web.presenters.bars import EDGE, LEAST_SPAN, WIDTH
from puntlanding.web.presenters.outlook_tree import BOUNDS, CHANCE, CLOSED, FLYING, FORECAST, RATIO, TO_OPEN, TOTAL
from puntlanding.web.presenters.stage_page import Cell

MOST_SPAN = 0.5  # of the budget: a small group's bounds would leave the others no room
NOTHING = "–"
_SHORT = (
    (
        "vakgroep",
        "begroting (normuren)",
        "prognose (normuren)",
        "prognose (% van de begroting)",
        "80 %-interval (%)",
        "kans op landen",
        "nodig om precies te landen",
    ),
    (
        "group",
        "budget (norm hours)",
        "forecast (norm hours)",
        "forecast (% of the budget)",
        "80 % interval (%)",
        "chance of landing",
        "needed to land exactly",
    ),
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
    """``number``: of the group, for the page of its own; None for the total."""

    name: str
    cells: tuple[Cell, ...]
    range: Range | None
    need: str
    number: int | None = None


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


def beside_budget(found: Outlook, language: Language, numbers: Mapping[str, int], asks: str) -> Sheet:
    which = index(language)
    ones = [*(row.beside for row in found.rows), found.total]
    span = _span(ones)
    band = decimal(found.band * 100, 0 if round(found.band * 1000) % 10 == 0 else 1, language)
    headings = [*_SHORT[which]]
    headings[5] += f" (±{band} %)"
    lines = tuple(
        _line(row.name, row.beside, span, _need(row, language), _Ask(numbers.get(row.name), asks), language)
        for row in found.rows
    )
    width = number(Fraction(round(span * 200)), 0, language)
    told = (
        f"De streep is de begroting, de balk het 80 %-interval, de punt de prognose; gekleurd waar de begroting erbuiten ligt. "
        f"De breedte is {width} %; wat daarbuiten valt, loopt tot de rand.",
        f"The line is the budget, the bar the 80 % interval, the dot the forecast; coloured where the budget lies outside it. "
        f"The width is {width} %; what falls outside it runs to the edge.",
    )[which]
    total = _line(("Totaal", "Total")[which], found.total, span, "", _of_total(numbers, asks), language)
    return Sheet(
        ("Prognose naast de begroting", "Forecast beside the budget")[which], tuple(headings), lines, total, told
    )


def _need(row: Row, language: Language) -> str:
    """Only where there is something to talk about: elsewhere the budget lies within the interval."""
    return "" if row.need is None or row.beside.signal is None else visible(need_text(row, language))


@dataclass(frozen=True, slots=True)
class _Ask:
    """``number`` None: of this line nothing can be asked."""

    number: int | None
    asks: str

    def cell(self, text: str, key: str) -> Cell:
        if self.number is None or text == NOTHING:
            return Cell(text)
        name = f"{self.number}.{key}"
        return Cell(text, name, name == self.asks)


def _of_total(numbers: Mapping[str, int], asks: str) -> _Ask:
    return _Ask(int(TOTAL) if numbers else None, asks)


def _line(name: str, one: Beside, span: float, need: str, ask: _Ask, language: Language) -> Line:
    ratio = one.ratio
    hours = (
        Cell(NOTHING if one.budget is None else number(one.budget, 0, language)),
        ask.cell(decimal(one.estimate.forecast, 0, language), FORECAST),
    )
    if ratio is None:
        return Line(visible(name), (*hours, *(Cell(NOTHING),) * 3), None, need, ask.number or None)
    low, high = _bounds(one)
    between = f"{decimal(low * 100, 1, language)} – {decimal(high * 100, 1, language)}"
    chance = NOTHING if one.chances is None else f"{one.chances.whole_percents[1]} %"
    told = (decimal(ratio * 100, 1, language), RATIO), (between, BOUNDS), (chance, CHANCE)
    cells = tuple(ask.cell(text, key) for text, key in told)
    return Line(visible(name), (*hours, *cells), _range(one, ratio, span, language), need, ask.number or None)


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


def in_hours(found: Outlook, language: Language, numbers: Mapping[str, int], asks: str) -> Sheet:
    which = index(language)

    def line(name: str, one: Beside, ask: _Ask) -> Line:
        estimate = one.estimate
        hours = (
            (estimate.closed_hours, CLOSED),
            (estimate.in_flight, FLYING),
            (estimate.to_open, TO_OPEN),
            (estimate.forecast, FORECAST),
        )
        budget = NOTHING if one.budget is None else number(one.budget, 0, language)
        cells = (ask.cell(decimal(part, 0, language), key) for part, key in hours)
        return Line(visible(name), (Cell(budget), *cells), None, "", ask.number or None)

    return Sheet(
        ("Waar de prognose uit bestaat", "What the forecast is made of")[which],
        (_SHORT[which][0], *_HOURS[which]),
        tuple(line(row.name, row.beside, _Ask(numbers.get(row.name), asks)) for row in found.rows),
        line(("Totaal", "Total")[which], found.total, _of_total(numbers, asks)),
        "",
    )


def changes(bridge: Bridge | None, language: Language) -> Iterator[Change]:
    which = index(language)
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
