"""What the draws say: per agreement and group what may come, and how two agreements differ in the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from puntlanding.problems import Problem
from puntlanding.simulation.draws import Floats
from puntlanding.simulation.settled import Outcome, summed

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
WORST = 0.05  # of the draws
SAME = 1e-9  # as a share: less is no difference but the last digit of a float
CENT = 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one quantity over all draws. ``worst``: the mean of the lowest twentieth, of what falls on somebody of the highest."""

    mean: float
    sd: float
    p5: float
    p25: float
    median: float
    p75: float
    p95: float
    worst: float


@dataclass(frozen=True, slots=True)
class GroupRisk:
    """``over`` and ``under``: the chance of realising more, or less, than budgeted. ``extra`` norm fte and ``shifted`` cents: what
    redistribution gives or takes on average; None where it was not agreed.
    """

    name: str
    budgeted: float
    realised: Figures
    paid: Figures
    euros: Figures | None
    over: float
    under: float
    extra: float | None
    shifted: float | None


@dataclass(frozen=True, slots=True)
class Carried:
    """Something that falls on somebody: how much, how often at all, and what it is worth in cents on average."""

    figures: Figures
    chance: float
    worth: float | None = None


@dataclass(frozen=True, slots=True)
class Risks:
    """Of one agreement. ``group_risk``: the groups' standard deviations together ÷ their amounts (or norm fte) together.

    ``unpaid`` norm fte were made and are not paid; ``left`` cents go to no group: both fall on the collective. ``above`` norm fte are
    paid above the budget: the hospital's. ``redistributed`` norm fte, and the cents that change hands for it.
    """

    groups: tuple[GroupRisk, ...]
    total: GroupRisk
    group_risk: float
    unpaid: Carried
    above: Carried
    left: Carried | None
    redistributed: Carried | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a group gets more under one agreement than under another in the same draw; cents, or norm fte without a frame."""

    name: str
    figures: Figures
    more: float
    less: float


class Spread(StrEnum):
    """Where the spread of volumes comes from; the value is the word of the JSON contract."""

    OPTION = "optie"
    LIST = "lijst"
    FORECAST = "prognose"


@dataclass(frozen=True, slots=True)
class About:
    """The volumes: ``centre`` is the table they vary around, ``file`` where it was read. ``share``: the one spread for all.

    ``correlation_given`` False: the local default, or the forecast's own. ``products`` 0: there are none to draw by themselves;
    ``alone`` False: those with nearly the same norm time were drawn together. ``older``: groups whose efficiency of this year is not
    known yet, so that last year's counts. ``list_hash``: of the list of spreads, where it was used.
    """

    centre: str
    file: str
    spread: Spread
    correlation: float
    correlation_given: bool = False
    share: float | None = None
    products: int = 0
    alone: bool = True
    older: tuple[str, ...] = ()
    list_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """One agreement. ``risks`` None: refused, for the reasons in ``refused``. ``differences`` from the first; empty for itself."""

    letter: str
    name: str
    hash: str | None = None
    changed: tuple[tuple[str, str], ...] = ()
    risks: Risks | None = None
    differences: tuple[Difference, ...] = ()
    refused: tuple[Problem, ...] = ()
    without_euros: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    tried: tuple[Tried, ...]
    draws: int
    seed: int
    about: About

    @property
    def known(self) -> tuple[Tried, ...]:
        return tuple(one for one in self.tried if one.risks is not None)


def figures(values: Floats, *, highest: bool = False) -> Figures:
    """``highest``: the worst are the highest."""
    rising = np.sort(values)
    count = max(1, int(len(rising) * WORST))
    worst = rising[-count:] if highest else rising[:count]
    mean = float(rising.mean())
    # The same in all draws: what is left of a standard deviation is the last digit of a float.
    sd = 0.0 if rising[-1] - rising[0] <= SAME * max(abs(mean), 1.0) else float(rising.std())
    p5, p25, median, p75, p95 = (_quantile(rising, share) for share in SHARES)
    return Figures(mean, sd, p5, p25, median, p75, p95, float(worst.mean()))


def _quantile(rising: Floats, share: float) -> float:
    """Between the two draws on either side, in proportion."""
    place = share * (len(rising) - 1)
    low = int(place)
    high = min(low + 1, len(rising) - 1)
    return float(rising[low] + (place - low) * (rising[high] - rising[low]))


def risks(found: Outcome) -> Risks:
    groups = tuple(_group(found, at) for at in range(len(found.names)))
    whole = _total(found)
    told = [one.euros if one.euros is not None else one.paid for one in groups]
    together = sum(one.mean for one in told)
    return Risks(
        groups=groups,
        total=whole,
        group_risk=sum(one.sd for one in told) / together if together > 0 else 0.0,
        unpaid=_carried(summed(np.maximum(found.realised - found.paid, 0.0)), found.price),
        above=_carried(found.above, found.price),
        left=None if found.left is None else _carried(found.left, least=CENT),
        redistributed=None if found.extra is None else _redistributed(found),
    )


def _group(found: Outcome, at: int) -> GroupRisk:
    return _risk(
        found.names[at], float(found.budgeted[at]), found.realised[at], found.paid[at],
        None if found.euros is None else found.euros[at],
        None if found.extra is None else found.extra[at],
        None if found.shifted is None else found.shifted[at],
    )  # fmt: skip


def _total(found: Outcome) -> GroupRisk:
    own = (None if one is None else summed(one) for one in (found.euros, found.extra, found.shifted))
    return _risk("Totaal", float(found.budgeted.sum()), summed(found.realised), summed(found.paid), *own)


def _risk(
    name: str, budgeted: float, realised: Floats, paid: Floats, euros: Floats | None, extra: Floats | None,
    shifted: Floats | None,
) -> GroupRisk:  # fmt: skip
    edge = SAME * max(abs(budgeted), 1.0)
    return GroupRisk(
        name=name,
        budgeted=budgeted,
        realised=figures(realised),
        paid=figures(paid),
        euros=None if euros is None else figures(euros),
        over=float((realised > budgeted + edge).mean()),
        under=float((realised < budgeted - edge).mean()),
        extra=None if extra is None else float(extra.mean()),
        shifted=None if shifted is None else float(shifted.mean()),
    )


def _carried(values: Floats, price: float | None = None, least: float = SAME) -> Carried:
    told = figures(values, highest=True)
    return Carried(told, float((values > least).mean()), None if price is None else told.mean * price)


def _redistributed(found: Outcome) -> Carried:
    """The norm fte, and as its worth the cents that some get for it; who pays them is in the groups."""
    if found.extra is None:
        raise AssertionError("nothing is redistributed")
    whole = _carried(summed(found.extra))
    gained = None if found.shifted is None else float(summed(np.maximum(found.shifted, 0.0)).mean())
    return Carried(whole.figures, whole.chance, gained)


def differences(found: Outcome, first: Outcome) -> tuple[Difference, ...]:
    """Per group, the groups of ``first`` in their order; euros where both have them."""
    money = found.euros is not None and first.euros is not None
    mine, theirs = (one.euros if money else one.paid for one in (found, first))
    if mine is None or theirs is None:
        raise AssertionError("euros of one and not of the other")
    places = {name: at for at, name in enumerate(found.names)}
    rows = [
        (name, mine[places[name]] - theirs[at], theirs[at]) for at, name in enumerate(first.names) if name in places
    ]
    return tuple(_difference(name, change, before, money=money) for name, change, before in rows)


def _difference(name: str, change: Floats, before: Floats, *, money: bool) -> Difference:
    edge = CENT if money else SAME * max(float(np.abs(before).max()), 1.0)
    return Difference(name, figures(change), float((change > edge).mean()), float((change < -edge).mean()))


def letters(count: int) -> Sequence[str]:
    return [chr(ord("A") + at) for at in range(count)]
