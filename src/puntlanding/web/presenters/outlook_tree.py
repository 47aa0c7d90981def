"""Where a number of the forecast comes from: its parts down to months, which add up to it before rounding.

These are estimates: what is closed is exact, the rest is told with how it was found. Everything is given an outlook that already holds
only what the reader may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.collective import Role
from puntlanding.forecast.outlook import Beside, Outlook, Row
from puntlanding.forecast.result import PER_HOUR, MonthParts
from puntlanding.forecast.student import T80
from puntlanding.language.notation import Language, day, number
from puntlanding.language.sentences import index, visible
from puntlanding.report.outlook_words import decimal
from puntlanding.web.presenters.tree import Branch

TOTAL = "0"
RATIO, BOUNDS, CHANCE, CLOSED, FLYING, TO_OPEN, FORECAST = (
    "p_verhouding",
    "p_interval",
    "p_kans",
    "p_afgesloten",
    "p_onderhanden",
    "p_nog_te_openen",
    "p_prognose",
)  # fmt: skip; other keys than those of the forecast that was delivered, which may stand on the same page
Pair = tuple[str, str]
_NAMES: Mapping[str, Pair] = {
    RATIO: ("prognose, % van de begroting", "forecast, % of the budget"),
    BOUNDS: ("80 %-interval, % van de begroting", "80 % interval, % of the budget"),
    CHANCE: ("kans op landen", "chance of landing"),
    CLOSED: ("afgesloten, normuren", "closed, norm hours"),
    FLYING: ("onderhanden, normuren", "in flight, norm hours"),
    TO_OPEN: ("nog te openen, normuren", "still to open, norm hours"),
    FORECAST: ("prognose, normuren", "forecast, norm hours"),
}
_HOW: Mapping[str, Pair] = {
    CLOSED: ("normtijd van de bekende zorgproducten: exact", "norm time of the known products: exact"),
    FLYING: (
        "wat trajecten in dezelfde toestand eerder werden, en wat nog niet is vastgelegd",
        "what trajectories in the same state became earlier, and what was not recorded yet",
    ),
    TO_OPEN: ("verwachte openingen × uren per opening", "expected openings × hours per opening"),
}
_OTHERS = ("andere vakgroepen samen", "other groups together")


@dataclass(frozen=True, slots=True)
class AskedOutlook:
    """``whose``, ``what`` and ``value`` head the explanation."""

    whose: str
    what: str
    value: str
    root: Branch


def asked_outlook(found: Outlook, numbers: Mapping[str, int], asks: str, language: Language) -> AskedOutlook | None:
    """``asks``: the number of a group (0: the total), a dot, and which figure; None for what is not there or not for this reader."""
    mark, _, key = asks.partition(".")
    which = index(language)
    if key not in _NAMES:
        return None
    if mark == TOTAL:
        grower = _Grower(found, None, numbers, language)
        return grower.asked(("Totaal", "Total")[which], found.total, key)
    row = next((one for one in found.rows if str(numbers.get(one.name)) == mark), None)
    return None if row is None else _Grower(found, row, numbers, language).asked(visible(row.name), row.beside, key)


@dataclass(frozen=True, slots=True)
class _Grower:
    """``row`` None: the total."""

    found: Outlook
    row: Row | None
    numbers: Mapping[str, int]
    language: Language

    def asked(self, whose: str, one: Beside, key: str) -> AskedOutlook | None:
        grow = {RATIO: self._ratio, BOUNDS: self._bounds, CHANCE: self._chance}.get(key)
        root = self._hours(one, key) if grow is None else grow(one)
        return None if root is None else AskedOutlook(whose, self._say(_NAMES[key]), root.value, root)

    def _say(self, words: Pair) -> str:
        return words[index(self.language)]

    def _dec(self, value: float, decimals: int = 1) -> str:
        return decimal(value, decimals, self.language)

    def _percent(self, share: float | None) -> str:
        return "–" if share is None else f"{self._dec(share * 100)} %"

    def _budget(self, one: Beside) -> Branch:
        told = "–" if one.budget is None else number(one.budget, 1, self.language)
        how = self._say(("uit de begroting van dit jaar", "from this year's budget"))
        return Branch(self._say(("begroting, normuren", "budget, norm hours")), told, how)

    def _ratio(self, one: Beside) -> Branch | None:
        if one.ratio is None:
            return None
        how = self._say(("= prognose ÷ begroting", "= forecast ÷ budget"))
        parts = (self._hours(one, FORECAST), self._budget(one))
        return Branch(self._say(_NAMES[RATIO]), self._percent(one.ratio), how, parts)

    def _bounds(self, one: Beside) -> Branch | None:
        bounds = one.estimate.interval80
        if one.ratio is None:
            return None
        value = " – ".join(self._dec((one.share(hours) or 0.0) * 100) for hours in (bounds.low, bounds.high))
        how = self._say(("= (prognose ± {t} × spreiding) ÷ begroting", "= (forecast ± {t} × spread) ÷ budget")).format(
            t=self._dec(T80, 2)
        )
        return Branch(
            self._say(_NAMES[BOUNDS]), value, how, (self._hours(one, FORECAST), *self._spread(one), self._budget(one))
        )

    def _spread(self, one: Beside) -> Iterator[Branch]:
        words = ("spreiding, normuren", "spread, norm hours")
        why = (
            "de grootste van wat het model zegt en hoe ver het er op uw eigen eerdere jaren naast zat; Student-t met 4 vrijheidsgraden",
            "the larger of what the model says and how far it was off on your own earlier years; Student's t with 4 degrees of freedom",
        )
        if self.row is None:
            why = (
                "van de vakgroepen, die voor een deel samen bewegen: grenzen worden nooit opgeteld",
                "of the groups, which move together in part: bounds are never added up",
            )
        yield Branch(self._say(words), self._dec(one.estimate.sd), self._say(why))

    def _chance(self, one: Beside) -> Branch | None:
        if one.chances is None or one.budget is None:
            return None
        under, within, over = one.chances.whole_percents
        band = self.found.band
        low, high = (
            number(one.budget * part, 1, self.language) for part in (1 - Fraction(repr(band)), 1 + Fraction(repr(band)))
        )
        how = self._say(
            (
                "= de kans dat het jaar eindigt tussen {} en {} normuren",
                "= the chance of the year ending between {} and {} norm hours",
            )
        ).format(low, high)
        parts = (
            Branch(self._say(("eronder", "below")), f"{under} %"),
            Branch(self._say(("erboven", "above")), f"{over} %"),
            self._hours(one, FORECAST),
            *self._spread(one),
        )
        return Branch(self._say(_NAMES[CHANCE]), f"{within} %", how, parts)

    def _hours(self, one: Beside, key: str) -> Branch:
        name, hours = self._say(_NAMES[key]), _hours_of(one, key)
        value = self._dec(hours)
        if key == FORECAST:
            parts = tuple(self._hours(one, part) for part in (CLOSED, FLYING, TO_OPEN))
            return Branch(
                name,
                value,
                self._say(("= afgesloten + onderhanden + nog te openen", "= closed + in flight + still to open")),
                parts,
            )
        parts = tuple(self._by_group(one, key) if self.row is None else self._by_month(self.row, key))
        return Branch(name, value, self._say(_HOW[key]), parts)

    def _by_group(self, one: Beside, key: str) -> Iterator[Branch]:
        left = _hours_of(one, key)
        for row in self.found.rows:
            hours = _hours_of(row.beside, key)
            left -= hours
            yield Branch(visible(row.name), self._dec(hours), elsewhere=self.numbers.get(row.name))
        if abs(left) >= 0.05:  # of groups that this reader does not see
            yield Branch(self._say(_OTHERS), self._dec(left))

    def _by_month(self, row: Row, key: str) -> Iterator[Branch]:
        each = row.own.per_opening if row.own is not None else 0.0
        part: Mapping[str, Callable[[MonthParts], float]] = {
            CLOSED: lambda month: month.closed / PER_HOUR,
            FLYING: lambda month: month.in_flight,
            TO_OPEN: lambda month: month.to_open,
        }
        for month in row.months:
            hours = part[key](month)
            if abs(hours) >= 0.05:
                yield Branch(self._month(month), self._dec(hours), self._how(month, row.role, key, each))

    def _how(self, month: MonthParts, role: Role, key: str, each: float) -> str:
        if key != TO_OPEN or role is not Role.GATEKEEPING or each <= 0:
            return ""
        return self._say(("= {} openingen × {} uur", "= {} openings × {} hours")).format(
            self._dec(month.to_open / each), self._dec(each, 2)
        )

    def _month(self, month: MonthParts) -> str:
        return day(month.month, self.language).partition(" ")[2]


def _hours_of(one: Beside, key: str) -> float:
    estimate = one.estimate
    return {
        CLOSED: estimate.closed_hours,
        FLYING: estimate.in_flight,
        TO_OPEN: estimate.to_open,
        FORECAST: estimate.forecast,
    }[key]
