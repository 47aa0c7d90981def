"""What the charts of a forecast share: estimates as numbers that can be added up, and how they are told."""

from __future__ import annotations

from fractions import Fraction

from puntlanding.forecast.outlook import Beside, Outlook
from puntlanding.forecast.result import PER_HOUR, Estimate
from puntlanding.forecast.signals import Signal
from puntlanding.language.notation import Language, day, number
from puntlanding.quantities import ZERO

MARKS = {Signal.OVER: "▲", Signal.UNDER: "▼"}  # the second sign beside amber, as in the table of the terminal
LIES = {
    Signal.OVER: ("de begroting ligt onder het 80 %-interval", "the budget lies below the 80 % interval"),
    Signal.UNDER: ("de begroting ligt boven het 80 %-interval", "the budget lies above the 80 % interval"),
}


def whole(value: float) -> Fraction:
    """An estimate is a float: this is the decimal number that it is written as."""
    return Fraction(repr(float(value)))


def parts(estimate: Estimate) -> tuple[Fraction, Fraction, Fraction]:
    """Closed, in flight and still to open."""
    return Fraction(estimate.closed, PER_HOUR), whole(estimate.in_flight), whole(estimate.to_open)


def forecast(estimate: Estimate) -> Fraction:
    """The sum of its `parts`, exactly."""
    return sum(parts(estimate), ZERO)


def percent(share: Fraction, decimals: int, language: Language) -> str:
    return f"{number(share * 100, decimals, language)} %"


def hours_told(value: Fraction | float, language: Language) -> str:
    return number(value if isinstance(value, Fraction) else whole(value), 0, language)


def of_the_budget(one: Beside, language: Language) -> str | None:
    """With the bounds of the 80 % interval; None without a budget."""
    if not one.budget:
        return None
    bounds = one.estimate.interval80
    low, high = (number(100 * whole(hours) / one.budget, 1, language) for hours in (bounds.low, bounds.high))
    told = percent(forecast(one.estimate) / one.budget, 1, language)
    return (
        f"{told} van de begroting (80 %: {low} – {high})",
        f"{told} of the budget (80 %: {low} – {high})",
    )[language is Language.ENGLISH]


def groups_told(count: int, which: int) -> str:
    return (f"{count} vakgroep{'en' if count != 1 else ''}", f"{count} group{'s' if count != 1 else ''}")[which]


def total_name(which: int) -> str:
    return ("Totaal", "Total")[which]


def known_on(outlook: Outlook, which: int, language: Language) -> str:
    """The year and the day, for a subtitle."""
    when = day(outlook.as_of, language)
    return (f"{outlook.year}, bekend op {when}", f"{outlook.year}, known on {when}")[which]
