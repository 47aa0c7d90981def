"""Incentives in sentences: the verdict, and three findings with the keys of the agreement they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.incentives import Finding, Incentives, Others, Place, Point, Reading, reading
from puntlanding.incentives.effect import COSTS, NORM
from puntlanding.language.notation import Language, number, precise
from puntlanding.language.sentences import printable
from puntlanding.problems import Problem
from puntlanding.quantities import ZERO
from puntlanding.report.comparison_words import reasons

MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One agreement as it is told: ``letter`` is "" where there is only one. ``findings`` are title and text."""

    letter: str
    name: str
    found: Incentives
    reading: Reading
    verdict: str
    findings: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def notes(every: Sequence[Told]) -> list[str]:
    """Each once; with the letters where it is not of all."""
    whose: dict[str, list[str]] = {}
    for one in every:
        for note in one.notes:
            whose.setdefault(note, []).append(one.letter)
    return [note if len(letters) == len(every) else f"{', '.join(letters)}: {note}" for note, letters in whose.items()]


@dataclass(frozen=True, slots=True)
class Refused:
    """An agreement that cannot be settled with this case, and why."""

    letter: str
    name: str
    problems: tuple[Problem, ...]


def refusal(one: Refused, words: Words) -> str:
    return f"{one.letter}  {printable(one.name)}: {words.pick('niet berekend', 'not computed')}: " + reasons(
        one.problems, words.language
    )


def told(letter: str, found: Incentives, language: Language) -> Told:
    words = Words(language, found)
    read = reading(found)
    return Told(
        letter, printable(found.agreement), found, read, words.verdict(read), tuple(words.findings(read)),
        tuple(words.notes(read)),
    )  # fmt: skip


class Words:
    def __init__(self, language: Language, found: Incentives) -> None:
        self.language, self.found = language, found
        self.dutch = language is Language.DUTCH
        # Without euros an hour of one specialism is not an hour of another: what is compared is norm fte.
        self.one = self.pick("normuur", "norm hour") if found.by_hour else "norm fte"
        self.distance = f"{precise(found.distance * 100, language, 2)} %"

    def pick(self, nl: str, en: str) -> str:
        return nl if self.dutch else en

    def place(self, place: Place) -> str:
        return {
            Place.FAR_BELOW: self.pick(f"{self.distance} onder", f"{self.distance} below"),
            Place.BELOW: self.pick("net onder", "just below"),
            Place.ABOVE: self.pick("net boven", "just above"),
            Place.FAR_ABOVE: self.pick(f"{self.distance} boven", f"{self.distance} above"),
        }[place]

    def amount(self, value: Fraction) -> str:
        """Of one norm hour: euros; or of one norm fte: norm fte that are paid."""
        if self.found.in_euros:
            return f"€ {self.euros(value)}"
        return f"{self._plain(value)} norm fte"

    def euros(self, cents: Fraction) -> str:
        """An hour to the cent, a norm fte in whole euros."""
        return number(cents / 100, 2 if self.found.by_hour else 0, self.language)

    def _plain(self, value: Fraction) -> str:
        return number(value, 2, self.language)

    def range(self, points: Sequence[Point]) -> str:
        values = [point.own for point in points]
        low, high = min(values), max(values)
        if self.amount(low) == self.amount(high):
            return self.amount(high)
        bare = self.amount(low) if self.found.in_euros else self._plain(low)
        return f"{bare} {self.pick('tot', 'to')} {self.amount(high)}"

    def verdict(self, read: Reading) -> str:
        over, under, cost = (
            self._by(len(one.groups), read) for one in (read.over, read.under, read.at_cost)
        )  # fmt: skip
        if not any(curve.effects for curve in self.found.curves):
            return self.pick(
                "Rond deze begrotingen is niets te berekenen: er wordt niemand iets betaald.",
                "Nothing can be computed around these budgets: nobody is paid anything.",
            )
        if read.no_money:
            return self.pick(
                f"Er is niets te verdelen: het kader is € 0. Dus verandert een {self.one} meer of minder niets.",
                f"There is nothing to divide: the frame is € 0. So a {self.one} more or less changes nothing.",
            )
        if read.nothing_budgeted:
            return self.pick(
                f"Er is niets begroot: wat een {self.one} meer of minder dan begroot doet, is niet te zeggen.",
                f"Nothing is budgeted: what a {self.one} more or less than budgeted does cannot be told.",
            )
        if not (read.over.points or read.under.points):
            return self.pick(
                f"Deze afspraak beloont geen volume en straft geen krimp: een {self.one} meer of minder verandert niets.",
                f"This agreement rewards no volume and punishes no shrink: a {self.one} more or less changes nothing.",
            )
        first = self.pick(
            f"Meer doen dan begroot loont bij {over}", f"Doing more than budgeted pays for {over}"
        )  # fmt: skip
        second = self.pick(f"minder doen kost geld bij {under}", f"doing less costs {under} money")
        if not self.found.in_euros:
            second = self.pick(f"minder doen kost norm fte bij {under}", f"doing less costs {under} norm fte")
        third = self.pick(
            f"een uur van de een gaat ten koste van een ander bij {cost}",
            f"an hour of one is at the cost of another for {cost}",
        )
        if not read.at_cost.points:
            third = self.pick("niemand wint ten koste van een ander", "nobody gains at the cost of another")
        return f"{first}; {second}; {third}."

    def _by(self, count: int, read: Reading) -> str:
        every = len(read.groups)
        if not count:
            return self.pick("geen enkele vakgroep", "no group")
        if count == every:
            name = printable(read.groups[0])
            if every == 2:
                return self.pick("beide vakgroepen", "both groups")
            return name if every == 1 else self.pick(f"alle {every} vakgroepen", f"all {every} groups")
        return self.pick(f"{count} van de {every} vakgroepen", f"{count} of the {every} groups")

    def findings(self, read: Reading) -> Iterator[tuple[str, str]]:
        yield self.pick("Meer dan begroot", "More than budgeted"), self._over(read)
        yield self.pick("Minder dan begroot", "Less than budgeted"), self._under(read)
        yield self.pick("Van wie het komt", "Who pays it"), self._cost(read)

    def _over(self, read: Reading) -> str:
        one = read.over
        if not one.points:
            return self.pick(
                f"Een {self.one} boven de begroting levert nergens iets op.",
                f"A {self.one} above the budget pays nothing.",
            )
        parts = []
        for place in (Place.ABOVE, Place.FAR_ABOVE):
            points = one.at(place)
            text = self.pick("nergens iets", "nothing")
            if points:
                text = f"{self.range(points)} {self._pairs(points, read)}"
            parts.append(f"{self.place(place)} {text}")
        parts[0] += self._most(one.at(Place.ABOVE) or one.points)
        head = self.pick(f"Een {self.one} meer levert ", f"One {self.one} more pays ")
        return head + "; ".join(parts) + ". " + self._keys(one)

    def _under(self, read: Reading) -> str:
        one = read.under
        if not one.points:
            return self.pick(f"Een {self.one} minder kost niemand iets.", f"A {self.one} less costs nobody anything.")
        points = one.at(Place.BELOW) or one.points
        head = self.pick(
            f"Een {self.one} minder dan begroot kost {self.range(points)} {self._pairs(points, read)}",
            f"A {self.one} less than budgeted costs {self.range(points)} {self._pairs(points, read)}",
        )
        return head + self._most(points) + ". " + self._keys(one)

    def _pairs(self, points: Sequence[Point], read: Reading) -> str:
        count = len({(point.curve.group, point.curve.contract.name) for point in points})
        if count == read.pairs:
            return self.pick("overal", "everywhere")
        return self.pick(
            f"in {count} van {read.pairs} vakgroepen × contracten", f"in {count} of {read.pairs} groups × contracts"
        )

    def _most(self, points: Sequence[Point]) -> str:
        """Whose it is most, where they differ."""
        most = max(points, key=lambda point: point.own)
        if len(points) < 2 or self.amount(min(point.own for point in points)) == self.amount(most.own):
            return ""
        return self.pick(f", het meest bij {self._whose(most)}", f", most for {self._whose(most)}")

    def _whose(self, point: Point) -> str:
        return f"{printable(point.curve.group)}, {printable(point.curve.contract.name)}"

    def _cost(self, read: Reading) -> str:
        one = read.at_cost
        if not (read.over.points or read.under.points):
            return self.pick("Niemand betaalt voor een ander.", "Nobody pays for another.")
        if not one.points:
            return self.pick(
                f"Nergens betalen andere vakgroepen een {self.one} meer; het komt uit wat anders niet wordt uitgekeerd.",
                f"Nowhere do other groups pay for a {self.one} more; it comes from what is otherwise not paid out.",
            )
        return self._example(one, read) + " " + self._keys(one)

    def _example(self, one: Finding, read: Reading) -> str:
        point = min(one.points, key=lambda found: found.together)
        together, largest = self.amount(-point.together), point.largest
        text = self.pick(
            f"{self._pairs(one.points, read).capitalize()} betalen anderen mee. Het meest bij {self._whose(point)}, "
            f"{self.place(point.place)}: de vakgroep krijgt {self.amount(point.own)} en anderen leveren {together} in",
            f"{self._pairs(one.points, read).capitalize()} others pay. Most for {self._whose(point)}, "
            f"{self.place(point.place)}: the group gets {self.amount(point.own)} and others give up {together}",
        )
        if largest is not None:
            who, lost = printable(largest[0]), self.amount(-largest[1])
            text += self.pick(f", {who} het meest ({lost})", f", {who} the most ({lost})")
        for key, value in point.kept.items():
            text += "; " + self._kept(key, value)
        return text + "."

    def _kept(self, key: str, value: Fraction) -> str:
        amount, less = self.amount(abs(value)), value < 0
        where = f"[{key}]" if key else self.pick("wat niet wordt uitgekeerd", "what is not paid out")
        if less:
            return self.pick(f"{amount} komt uit {where}", f"{amount} comes from {where}")
        return self.pick(f"{amount} gaat naar {where}", f"{amount} goes to {where}")

    def _keys(self, one: Finding) -> str:
        shown = [printable(key) for key in one.keys[:MOST_KEYS]]
        more = len(one.keys) - len(shown)
        rest = self.pick(f" en nog {more}", f" and {more} more") if more > 0 else ""
        return self.pick("Door ", "By ") + "; ".join(shown) + rest + "."

    def notes(self, read: Reading) -> Iterator[str]:
        yield self._where()
        yield from self._idle(read)
        yield from self._perverse()
        gained = self._gained()
        if gained:
            yield self.pick(
                f"Wat anderen erbij krijgen, komt door: {'; '.join(gained)}.",
                f"What others gain comes by: {'; '.join(gained)}.",
            )
        if not self.found.in_euros:
            yield self.pick(
                "In betaalde norm fte per norm fte: er is geen kader dat in euro's te verdelen is.",
                "In norm fte paid per norm fte: there is no frame that can be divided in euros.",
            )
        if self.found.without_euros:
            yield reasons(self.found.without_euros, self.language)
        unknown = dict.fromkeys(curve.group for curve in self.found.curves if curve.fte_per_hour is None)
        if self.found.in_euros and unknown:
            every = len(unknown) == len({curve.group for curve in self.found.curves})
            names = "" if every else ": " + ", ".join(map(printable, unknown))
            yield self.pick(
                f"Per norm fte, want zonder benchmark heeft een normuur geen prijs{names}.",
                f"By the norm fte, because without a benchmark a norm hour has no price{names}.",
            )

    def _idle(self, read: Reading) -> Iterator[str]:
        """Without money or a budget nothing changes either; that says nothing of the contract."""
        if read.no_money:
            yield self.pick(
                "Of de hoeveelheid ergens telt, is bij een kader van € 0 niet te zien: er is geen geld om te verdelen.",
                "Whether volume counts anywhere cannot be seen with a frame of € 0: there is no money to divide.",
            )
            return
        empty = ", ".join(map(printable, read.unbudgeted))
        if empty:
            yield self.pick(
                f"Of de hoeveelheid telt in {empty}, is niet te zien: daar is niets begroot.",
                f"Whether volume counts in {empty} cannot be seen: nothing is budgeted there.",
            )
        names = ", ".join(printable(name) for name in read.idle if name not in read.unbudgeted)
        if names:
            yield self.pick(
                f"De hoeveelheid telt niet in {names}: een {self.one} meer of minder verandert daar niets.",
                f"Volume does not count in {names}: a {self.one} more or less changes nothing there.",
            )

    def _perverse(self) -> Iterator[str]:
        """Where an hour more leaves the group itself with less."""
        own = [(curve.group, curve.own(place) or ZERO) for curve in self.found.curves for place in curve.effects]
        groups = ", ".join(map(printable, dict.fromkeys(group for group, value in own if value < 0)))
        if groups:
            yield self.pick(
                f"Onder 0: een {self.one} meer kost de vakgroep zelf ({groups}).",
                f"Below 0: one {self.one} more costs the group itself ({groups}).",
            )

    def _gained(self) -> list[str]:
        """By what others get more, where they do."""
        keys: dict[str, None] = {}
        for curve in self.found.curves:
            for found in curve.effects.values():
                for name, value in (found.euros or {}).items():
                    if name != curve.group and value > 0:
                        own = (found.sources or {}).get(name, {})
                        keys |= dict.fromkeys(key for key, cents in own.items() if cents > 0)
        words = {
            COSTS: self.pick("minder van de algemene kosten", "less of the general costs"),
            NORM: self.pick("meer betaalde norm fte", "more paid norm fte"),
        }
        return [words.get(key, f"[{printable(key)}]") for key in keys]

    def _where(self) -> str:
        nl, en = {
            Others.REALISED: ("hun realisatie", "what they realised"),
            Others.FORECAST: ("hun prognose", "their forecast"),
            Others.BUDGET: ("hun begroting", "their budget"),
        }[self.found.others]
        return self.pick(
            f"Per vakgroep en contract rond de eigen begroting; al het andere staat op {nl}. Exact, vóór afronding op centen.",
            f"By group and contract around its own budget; everything else stands at {en}. Exact, before rounding to cents.",
        )
