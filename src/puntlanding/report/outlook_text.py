"""A year's forecast for the terminal: first whether it lands, then the groups, then why and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from rich.table import Table as RichTable
from rich.text import Text

from puntlanding.forecast.bridge import STEPS, Bridge
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.forecast.result import Estimate, Interval
from puntlanding.forecast.signals import Signal
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import printable
from puntlanding.report.outlook_basis import method_lines, strip_lines
from puntlanding.report.outlook_need import needed
from puntlanding.report.outlook_words import (
    SIGNALS,
    Words,
    decimal,
    named,
    of,
    percent,
    wrapped,
)
from puntlanding.report.terminal import HAIRLINES, rendered

CUT = "…"
UNCHANGED = 0.05  # norm hours
MARKS = {Signal.OVER: "▲", Signal.UNDER: "▼"}


def as_text(outlook: Outlook, language: Language) -> str:
    parts = [
        title(outlook, language),
        headline(outlook, language),
        "",
        main_table(outlook, language),
        *legend(outlook, language),
        *(["", *needed(outlook.signals, language)] if any(row.need for row in outlook.signals) else []),
        *(["", *bridge_lines(outlook.total_bridge, language)] if outlook.total_bridge is not None else []),
        "",
        *strip_lines(outlook, language),
        "",
        *method_lines(outlook, language),
    ]
    return "\n".join(parts)


def title(outlook: Outlook, language: Language) -> str:
    word = of(("Prognose", "Forecast"), language)
    known = of(("bekend op", "known on"), language)
    return f"{word} · {printable(outlook.organisation)} · {outlook.year} · {known} {day(outlook.as_of, language)}"


def headline(outlook: Outlook, language: Language) -> str:
    """Whether it lands: the total's ratio and the chance, then who there is to talk with."""
    lines = [landing_sentence(outlook.total, outlook.band, language), _signals(outlook, language)]
    without = outlook.total_without_events
    if without is not None:
        lines.insert(1, _without_events(outlook.total, without, language))
    return "\n".join(map(wrapped, lines))


def _without_events(total: Beside, without: Estimate, language: Language) -> str:
    if abs(total.estimate.forecast - without.forecast) < UNCHANGED:
        return of(
            ("De opgegeven gebeurtenissen veranderen het totaal niet.", "The events given do not change the total."),
            language,
        )
    share = total.share(without.forecast)
    hours = _hours(without.forecast, language)
    if language is Language.DUTCH:
        much = f"{hours} normuren" if share is None else f"{percent(share, 1, language)} ({hours} normuren)"
        return f"De opgegeven gebeurtenissen tellen mee; zonder die zou het {much} zijn."
    much = f"{hours} norm hours" if share is None else f"{percent(share, 1, language)} ({hours} norm hours)"
    return f"The events given count; without them it would be {much}."


NO_RATIO: Words = (
    "Zonder hele begroting in normuren is er geen verhouding.",
    "Without a whole budget in norm hours there is no ratio.",
)
NOTHING_BUDGETED: Words = (
    "Er is niets begroot, dus er is geen verhouding.",
    "Nothing was budgeted, so there is no ratio.",
)


def landing_sentence(one: Beside, band: float, language: Language) -> str:
    dutch = language is Language.DUTCH
    bounds = one.estimate.interval80
    if one.ratio is None or one.chances is None:
        hours, between = _hours(one.estimate.forecast, language), _between(bounds, language)
        why = of(NO_RATIO if one.budget is None else NOTHING_BUDGETED, language)
        if dutch:
            return f"De prognose is {hours} normuren (80 %: {between}). {why}"
        return f"The forecast is {hours} norm hours (80 %: {between}). {why}"
    ratio = percent(one.ratio, 1, language)
    low, high = (decimal((one.share(hours) or 0.0) * 100, 1, language) for hours in (bounds.low, bounds.high))
    under, within, over = (f"{chance} %" for chance in one.chances.whole_percents)
    width = _band(band, language)
    if dutch:
        return (
            f"De prognose is {ratio} van de begroting (80 %: {low} – {high}). "
            f"Kans op puntlanding (±{width}): {within}; erboven {over}, eronder {under}."
        )
    return (
        f"The forecast is {ratio} of the budget (80 %: {low} – {high}). "
        f"Chance of landing within ±{width}: {within}; above {over}, below {under}."
    )


def _band(band: float, language: Language) -> str:
    return percent(band, 0 if round(band * 1000) % 10 == 0 else 1, language)


def _signals(outlook: Outlook, language: Language) -> str:
    dutch, rows = language is Language.DUTCH, outlook.signals
    if all(row.beside.budget is None for row in outlook.rows):
        return "Er is geen begroting om mee te vergelijken." if dutch else "There is no budget to compare with."
    if outlook.as_of >= date(outlook.year, 12, 31):
        return (
            "Het jaar is voorbij: er komt alleen nog bij wat onderhanden is, dus er valt niets meer bij te sturen."
            if dutch
            else "The year is over: only what is in flight is still added, so there is nothing left to steer."
        )
    if not rows:
        return (
            "Bij elke vakgroep ligt de begroting binnen het 80 %-interval: er is geen reden om bij te sturen."
            if dutch
            else "Every group's budget lies within its 80 % interval: there is no reason to steer."
        )
    names = named([f"{printable(row.name)} ({_side(row, language)})" for row in rows])
    if dutch:
        return f"Om over te praten, want de begroting ligt buiten het 80 %-interval: {names}."
    return f"To talk about, because the budget lies outside the 80 % interval: {names}."


def _side(row: Row, language: Language) -> str:
    return "" if row.beside.signal is None else of(SIGNALS[row.beside.signal], language)


COLUMNS: tuple[Words, ...] = (
    ("afge-\nsloten", "closed"),
    ("onder-\nhanden", "in\nflight"),
    ("nog te\nopenen", "still to\nopen"),
    ("prognose", "forecast"),
    ("80 %-interval", "80 % interval"),
    ("begro-\nting", "budget"),
    ("% van\nbegr.", "% of\nbudget"),
    ("kans", "chance"),
    ("", ""),
)


def main_table(outlook: Outlook, language: Language) -> str:
    """Norm hours; a mark where the budget lies outside the interval. Without room between the columns where a number would be cut."""
    roomy = _main_table(outlook, language, 1)
    return _main_table(outlook, language, 0) if CUT in roomy else roomy


def _main_table(outlook: Outlook, language: Language, left: int) -> str:
    shown = RichTable(box=HAIRLINES, header_style="dim", pad_edge=False, padding=(0, 0, 0, left), show_edge=False)
    name = of(("vakgroep (normuren)", "group (norm hours)"), language)
    shown.add_column(name, no_wrap=True, overflow="ellipsis", vertical="bottom", max_width=26)
    for at, words in enumerate(COLUMNS):
        left = at == len(COLUMNS) - 1
        shown.add_column(
            Text(of(words, language)), justify="left" if left else "right", vertical="bottom", no_wrap=True
        )
    for row in outlook.rows:
        shown.add_row(*_cells(row.beside, language))
    contracts = outlook.total_contracts if len(outlook.total_contracts) > 1 else ()
    for words, parts in (
        (("per zorgeenheid", "by care unit"), outlook.care_units),
        (("per contract", "by contract"), contracts),
    ):
        if parts:
            shown.add_section()
            shown.add_row(Text(of(words, language), style="dim italic"))
            for one in parts:
                shown.add_row(*_cells(one, language))
    shown.add_section()
    total = _cells(outlook.total, language)
    total[0] = Text(of(("Totaal", "Total"), language))
    shown.add_row(*total, style="bold")
    return rendered(shown)


def _cells(one: Beside, language: Language) -> list[Text]:
    estimate = one.estimate
    ratio = "–" if one.ratio is None else decimal(one.ratio * 100, 1, language)
    chance = "–" if one.chances is None or one.ratio is None else f"{one.chances.whole_percents[1]} %"
    texts = [
        printable(one.name),
        _hours(estimate.closed_hours, language),
        _hours(estimate.in_flight, language),
        _hours(estimate.to_open, language),
        _hours(estimate.forecast, language),
        _between(estimate.interval80, language),
        "–" if one.budget is None else number(one.budget, 0, language),
        ratio,
        chance,
        "" if one.signal is None else MARKS[one.signal],
    ]
    return [Text(text) for text in texts]


def legend(outlook: Outlook, language: Language) -> Iterator[str]:
    """What the columns do not say themselves, and where a budget that nobody typed comes from."""
    width = _band(outlook.band, language)
    if language is Language.DUTCH:
        text = (
            f"kans: om binnen ±{width} van de begroting te eindigen. ▲ ▼: de begroting ligt buiten het 80 %-interval. "
            "Nog te openen: bij ondersteuners nog uit te voeren. De grenzen van een totaal zijn geen som: vakgroepen vallen "
            "niet allemaal tegelijk mee of tegen. Gerekend is met onafgeronde uren."
        )
    else:
        text = (
            f"chance: of ending within ±{width} of the budget. ▲ ▼: the budget lies outside the 80 % interval. "
            "Still to open: for supporting groups still to be done. The bounds of a total are no sum: groups do not all turn "
            "out high or low at once. Hours are shown rounded, and reckoned with unrounded."
        )
    yield wrapped(text)
    if outlook.budget_known is not None:
        since, dutch = day(outlook.budget_known, language), language is Language.DUTCH
        later = outlook.budget_known > outlook.as_of
        after = (", dus na de dag van de prognose", ", so after the day of the forecast") if later else ("", "")
        yield wrapped(
            f"De begroting is berekend uit de opslag, zoals bekend op {since}{after[0]}."
            if dutch
            else f"The budget was computed from the store, as known on {since}{after[1]}."
        )


def _hours(hours: float, language: Language) -> str:
    return decimal(hours, 0, language)


def _between(bounds: Interval, language: Language) -> str:
    return f"{_hours(bounds.low, language)}–{_hours(bounds.high, language)}"


BRIDGE: tuple[tuple[str, Words], ...] = (
    ("openings", ("meer of minder geopend of uitgevoerd dan verwacht", "more or less opened or done than expected")),
    ("mix", ("zwaarder of lichter dan verwacht", "heavier or lighter than expected")),
    ("calendar", ("werkdagen die nog komen", "working days to come")),
    ("events", ("gebeurtenissen", "events")),
    ("model", ("bijgestelde verwachting, en afronding", "revised expectation, and rounding")),
)


def bridge_lines(bridge: Bridge, language: Language) -> Iterator[str]:
    dutch = language is Language.DUTCH
    since = day(bridge.since, language)
    yield f"Wat veranderde sinds {since} (normuren)" if dutch else f"What changed since {since} (norm hours)"
    yield f"  {of(('prognose toen', 'forecast then'), language):<52}{_exact(bridge.before, language):>12}"
    for name, words in BRIDGE:
        amount = getattr(bridge, name)
        if amount:
            yield f"  {of(words, language):<52}{_signed(amount, language):>12}"
    yield f"  {of(('prognose nu', 'forecast now'), language):<52}{_exact(bridge.now, language):>12}"


def _exact(steps: int, language: Language) -> str:
    return number(Fraction(steps, STEPS), 2, language)


def _signed(steps: int, language: Language) -> str:
    return ("+" if steps > 0 else "") + _exact(steps, language)
