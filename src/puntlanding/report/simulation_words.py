"""A simulation in sentences: what a board wants to know first, and how the draws were made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from puntlanding.language.notation import Language, number
from puntlanding.language.sentences import printable
from puntlanding.simulation.result import Carried, Figures, GroupRisk, Risks, Simulation, Spread, Tried

MOST_NAMED = 4
LEAST_SHOWN = 0.01


class Words:
    """Numbers and sentences in one language. Amounts are rounded to whole euros: draws know no cents."""

    def __init__(self, language: Language) -> None:
        self.language, self.dutch = language, language is Language.DUTCH

    def pick(self, nl: str, en: str) -> str:
        return nl if self.dutch else en

    def number(self, value: float, decimals: int, *, sign: bool = False) -> str:
        rounded = round(value, decimals) + 0.0
        text = number(Fraction(rounded), decimals, self.language)
        return f"+{text}" if sign and rounded > 0 else text

    def euros(self, cents: float, *, sign: bool = False) -> str:
        return self.number(cents / 100, 0, sign=sign)

    def percent(self, share: float, decimals: int = 1) -> str:
        return f"{self.number(share * 100, decimals)} %"

    def chance(self, share: float) -> str:
        """In whole percents; what is not certain is never shown as certain."""
        if 0 < share < 0.005:
            return "< 1 %"
        if 0.995 < share < 1:
            return "> 99 %"
        return self.percent(share, 0)

    def told(self, tried: Tried) -> str:
        return f"{tried.letter} ({printable(tried.name)})"


def of(group: GroupRisk) -> Figures:
    """Euros where there are any."""
    return group.euros if group.euros is not None else group.paid


def headlines(found: Simulation, language: Language) -> Iterator[str]:
    words = Words(language)
    yield _first(found, words)
    for one in found.known:
        if one.risks is not None:
            yield _carries(one, one.risks, words)


def _first(found: Simulation, words: Words) -> str:
    """Under which agreement what a group gets is the least uncertain, and for whom it is most."""
    known = [(one, one.risks) for one in found.known if one.risks is not None]
    if all(risks.group_risk == 0 for _, risks in known):
        return words.pick(
            "In geen enkele trekking krijgt een vakgroep iets anders.", "No draw gives any group anything else."
        )
    least = min(known, key=lambda pair: (pair[1].group_risk, pair[0].letter))
    risk = words.percent(least[1].group_risk)
    if len(known) == 1:
        text = words.pick(
            f"Wat een vakgroep krijgt, is doorgaans tot op {risk} te voorspellen (standaardafwijking).",
            f"What a group gets can usually be told to within {risk} (standard deviation).",
        )
    else:
        others = ", ".join(
            f"{one.letter} {words.percent(risks.group_risk)}" for one, risks in known if one is not least[0]
        )
        text = words.pick(
            f"Onder {words.told(least[0])} weet een vakgroep het best waar zij aan toe is: haar uitkomst wijkt doorgaans {risk} af "
            f"van wat zij mag verwachten ({others}).",
            f"Under {words.told(least[0])} a group knows best where it stands: its outcome is usually {risk} off what it may expect "
            f"({others}).",
        )
    return text + _most_at_risk(known[0][1], words)


def _most_at_risk(risks: Risks, words: Words) -> str:
    """Of the own agreement, in a bad year: one in twenty."""
    rows = [one for one in risks.groups if of(one).mean > 0]
    if not rows:
        return ""
    worst = min(rows, key=lambda one: (of(one).worst / of(one).mean, one.name))
    fall = of(worst).mean - of(worst).worst
    if fall <= 0:
        return ""
    share = words.percent(fall / of(worst).mean)
    amount = f"€ {words.euros(fall)}" if worst.euros is not None else f"{words.number(fall, 2)} norm fte"
    name = printable(worst.name)
    return words.pick(
        f" Onder A loopt {name} het meeste risico: in het slechtste twintigste van de trekkingen {amount} ({share}) minder dan gemiddeld.",
        f" Under A {name} runs the largest risk: {amount} ({share}) less than average in the worst twentieth of the draws.",
    )


def _carries(one: Tried, risks: Risks, words: Words) -> str:
    parts = []
    unpaid = risks.unpaid
    if unpaid.chance:
        worth = "" if unpaid.worth is None else f" (€ {words.euros(unpaid.worth)})"
        fte = words.number(unpaid.figures.mean, 2)
        parts.append(
            words.pick(
                f"gemiddeld wordt {fte} norm fte{worth} gemaakt en niet betaald",
                f"on average {fte} norm fte{worth} is made and not paid",
            )
        )
    if risks.left is not None and risks.left.chance:
        euros = words.euros(risks.left.figures.mean)
        parts.append(
            words.pick(f"gemiddeld gaat € {euros} naar geen vakgroep", f"on average € {euros} goes to no group")
        )
    parts.append(_hospital(risks.above, words))
    return f"{words.told(one)}: " + "; ".join(parts) + "."


def _hospital(above: Carried, words: Words) -> str:
    if not above.chance:
        return words.pick("er wordt nooit meer betaald dan begroot", "never more is paid than was budgeted")
    chance, fte = words.chance(above.chance), words.number(above.figures.mean, 2)
    if above.figures.mean < LEAST_SHOWN:
        fte = words.pick("minder dan ", "less than ") + words.number(LEAST_SHOWN, 2)
    worth = "" if above.worth is None else f" (€ {words.euros(above.worth)})"
    return words.pick(
        f"in {chance} van de trekkingen wordt meer betaald dan begroot, gemiddeld {fte} norm fte{worth}",
        f"in {chance} of the draws more is paid than was budgeted, on average {fte} norm fte{worth}",
    )


def about(found: Simulation, language: Language) -> Iterator[str]:
    """How the draws were made."""
    words, told = Words(language), found.about
    centre = {
        "prognose": ("de prognose", "the forecast"),
        "begroting": ("de begroting", "the budget"),
        "realisatie": ("de realisatie", "the realisation"),
    }[told.centre][0 if words.dutch else 1]
    spread = {
        Spread.OPTION: words.pick(
            f"spreiding {words.percent(told.share or 0)} voor elke vakgroep (--spread)",
            f"spread {words.percent(told.share or 0)} for each group (--spread)",
        ),
        Spread.LIST: words.pick("spreiding uit spreiding.csv (lokaal)", "spread from spreiding.csv (local)"),
        Spread.FORECAST: words.pick("spreiding van de prognose zelf", "spread of the forecast itself"),
    }[told.spread]
    local = words.pick(" (lokale standaard)", " (local default)")
    label = "" if told.correlation_given or told.spread is Spread.FORECAST else local
    yield words.pick(
        f"{words.number(found.draws, 0)} trekkingen (zaad {found.seed}) rond {centre} ({printable(told.file)}); {spread}; "
        f"samenhang tussen vakgroepen {words.number(told.correlation, 2)}{label}.",
        f"{words.number(found.draws, 0)} draws (seed {found.seed}) around {centre} ({printable(told.file)}); {spread}; "
        f"correlation between groups {words.number(told.correlation, 2)}{label}.",
    )
    if told.products:
        count = words.number(told.products, 0)
        each = words.pick("elk met eigen toeval", "each with chance of its own")
        if not told.alone:
            each = words.pick(
                "die met bijna dezelfde normtijd samen getrokken", "those with nearly the same norm time drawn together"
            )
        yield words.pick(f"{count} zorgproducten, {each}.", f"{count} products, {each}.")
    if told.older:
        names = ", ".join(printable(one) for one in told.older[:MOST_NAMED])
        more = "" if len(told.older) <= MOST_NAMED else ", …"
        yield words.pick(
            f"Efficiency van dit jaar is nog niet bekend; die van vorig jaar telt: {names}{more}.",
            f"Efficiency of this year is not known yet; last year's counts: {names}{more}.",
        )
    error = words.percent(1 / math.sqrt(found.draws), 1)
    yield words.pick(
        f"Schattingen, geen afrekening: een ander zaad geeft gemiddelden die rond {error} van een standaardafwijking verschillen.",
        f"Estimates, no settlement: another seed gives averages that differ by around {error} of a standard deviation.",
    )
