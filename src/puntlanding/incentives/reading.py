"""What the slopes say of an agreement: where it rewards volume, punishes shrink, or makes one group's gain another's loss.

And by which of its keys: of each euro it is known which part of the settlement or the distribution it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.agreement import Agreement, Supporting, Unpaid
from puntlanding.collective import Role
from puntlanding.incentives.curves import OVER, UNDER, Curve, Incentives, Place
from puntlanding.incentives.effect import COSTS, NORM, Effect
from puntlanding.quantities import ZERO


@dataclass(frozen=True, slots=True)
class Point:
    """One norm hour more of one group in one contract at one place: cents, or norm hours paid where there is no frame.

    ``others`` are those who gain or lose by it, ``together`` their sum, ``kept`` what is not paid out, or stays in a pot, the less
    (by its name in the agreement); all in the same unit.
    """

    curve: Curve
    place: Place
    own: Fraction
    others: Mapping[str, Fraction]
    together: Fraction
    kept: Mapping[str, Fraction]

    @property
    def largest(self) -> tuple[str, Fraction] | None:
        """Who loses most."""
        losers = [(value, name) for name, value in self.others.items() if value < 0]
        return (min(losers)[1], min(losers)[0]) if losers else None


@dataclass(frozen=True, slots=True)
class Finding:
    """``points`` in the order of the groups; ``keys`` of the agreement that make it so, as they are typed."""

    points: tuple[Point, ...]
    keys: tuple[str, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(point.curve.group for point in self.points))

    @property
    def pairs(self) -> int:
        """Of a group and a contract."""
        return len({(point.curve.group, point.curve.contract.name) for point in self.points})

    def at(self, place: Place) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.place is place)


@dataclass(frozen=True, slots=True)
class Reading:
    """``over``: an hour more than the budget pays. ``under``: an hour less costs. ``at_cost``: what one gets, others lose.

    ``idle`` are the contracts in which an hour more or less changes nothing for anybody; of these, nothing is budgeted in those that
    are ``unbudgeted``. ``no_money``: nothing changes anywhere, in a frame of 0.
    """

    groups: tuple[str, ...]
    pairs: int
    contracts: int
    over: Finding
    under: Finding
    at_cost: Finding
    idle: tuple[str, ...]
    unbudgeted: tuple[str, ...]
    no_money: bool

    @property
    def nothing_budgeted(self) -> bool:
        """In any contract, so that there is nothing to do more or less than."""
        return bool(self.unbudgeted) and len(self.unbudgeted) == self.contracts


Why = Callable[[Point, Agreement], Iterable[str]]


def reading(found: Incentives) -> Reading:
    points = [point for curve in found.curves for place in Place if (point := point_at(curve, place)) is not None]
    agreement = found.case.agreement
    rewarded = [point for point in points if point.own > 0]
    costing = [point for point in rewarded if point.together < 0]
    moving = {point.curve.contract.name for point in points if point.own or point.others}
    names = dict.fromkeys(point.curve.contract.name for point in points)
    idle = tuple(name for name in names if name not in moving)
    budgeted = {curve.contract.name for curve in found.curves if curve.budget}
    empty = found.in_euros and agreement.frame is not None and not agreement.frame.amount.value
    return Reading(
        tuple(dict.fromkeys(curve.group for curve in found.curves)),
        len(found.curves),
        len(names),
        _finding([point for point in rewarded if point.place in OVER], agreement, own_keys),
        _finding([point for point in rewarded if point.place in UNDER], agreement, own_keys),
        _finding(costing, agreement, others_keys),
        idle,
        tuple(name for name in idle if name not in budgeted),
        bool(names) and empty and not moving,
    )


def point_at(curve: Curve, place: Place) -> Point | None:
    """None where a group cannot be there."""
    own, others, together = curve.own(place), curve.others(place), curve.together(place)
    if own is None or others is None or together is None:
        return None
    kept: dict[str, Fraction] = {}
    found = curve.effects[place]
    if found.euros is not None:
        every = {"": found.unpaid, **(found.stays or {})}
        kept = {key: curve.scale * value for key, value in every.items() if value}
    return Point(curve, place, own, others, together, kept)


def _finding(points: Sequence[Point], agreement: Agreement, why: Why) -> Finding:
    keys: dict[str, None] = {}
    for point in points:
        keys |= dict.fromkeys(why(point, agreement))
    return Finding(tuple(points), tuple(keys))


def own_keys(point: Point, agreement: Agreement) -> Iterator[str]:
    """The keys by which the group itself gets more."""
    curve, found = point.curve, point.curve.effects[point.place]
    yield from _settling(curve, found, agreement)
    own = (found.sources or {}).get(curve.group, {})
    yield from (f"[{key}]" for key, cents in own.items() if cents > 0 and key not in (NORM, COSTS))


def _settling(curve: Curve, found: Effect, agreement: Agreement) -> Iterator[str]:
    if agreement.supporting is not Supporting.AS_OTHERS and curve.role is Role.SUPPORTING:
        if found.base:
            yield _typed("afrekening", "ondersteuners", agreement.supporting.value)
    else:
        if found.base:
            yield f'[[contract]] "{curve.contract.name}" soort = "{curve.contract.type.name}"'
        if found.extra and curve.contract.type.redistributes:
            yield _typed("afrekening", "herverdeling", "naar_rato")
        elif found.extra:
            yield from (f'[[contract]] "{curve.contract.name}" {key}' for key in curve.contract.settings)
    if found.correction:
        yield "[afrekening] bandbreedte_fte"


def others_keys(point: Point, agreement: Agreement) -> Iterator[str]:
    """The keys by which others get less."""
    curve, found = point.curve, point.curve.effects[point.place]
    losers = [name for name, value in point.others.items() if value < 0]
    if any(found.paid[name] < 0 for name in losers):
        pooled = curve.contract.type.redistributes and agreement.redistribute
        yield (
            _typed("afrekening", "herverdeling", "naar_rato")
            if pooled
            else _typed("afrekening", "ondersteuners", agreement.supporting.value)
        )
    sources = found.sources or {}
    frame = agreement.frame
    if (
        sources
        and frame is not None
        and any(sources[name].get(NORM, ZERO) < 0 and found.paid[name] >= 0 for name in losers)
    ):
        divided = frame.unpaid is Unpaid.IS_DIVIDED
        yield _typed("kader", "niet_uitgekeerd", "verdelen") if divided else "[kader] bedrag"
    lost = {key: None for name in losers for key, cents in sources.get(name, {}).items() if cents < 0}
    yield from (f"[{key}]" for key in lost if key not in (NORM, COSTS))


def _typed(section: str, key: str, value: str) -> str:
    return f'[{section}] {key} = "{value}"'
