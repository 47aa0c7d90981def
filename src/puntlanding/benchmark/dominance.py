"""National figures of which no hospital's can be got: minimum number, dominance, p %-rule, complementary suppression.

Attacker: one participating hospital. It knows its own figures, everything published, and who else takes part with which type;
nothing else. Per specialism and role there is one table: the types of hospital, and their total.

- A cell is unsafe with fewer than ``hospitals`` in it, where the largest has more than ``one_share`` or the two largest more
  than ``two_share`` of it, or where all but the two largest are together less than ``p`` of the largest (then the second
  could estimate the largest within p).
- What was withheld is known together: the total less what is told. So that sum must be safe as a cell is, and of each
  unsafe cell in it the attacker must not come closer than p: what else is in the sum, less the attacker's own part of it, is at
  least p of the cell. Until that holds the smallest type that is still told is withheld too, and at last the total.

All of it for norm minutes and for fte, each by itself; a cell is told with both or with neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from puntlanding.benchmark.spread import Spread, spread
from puntlanding.contribution.tables import ALL

UNKNOWN = "onbekend"  # the type of a hospital that states none
MINUTES_PER_HOUR = 6000  # hundredths


class Reason(StrEnum):
    """Why a cell is withheld."""

    FEW = "te_weinig_ziekenhuizen"
    DOMINANCE = "een_of_twee_overheersen"
    CLOSE = "te_nauwkeurig_te_schatten"
    COMPLEMENTARY = "anders_terug_te_rekenen"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Local defaults. ``spread_hospitals``: from so many on quartiles are told; ``step``: to how many hours per fte they are
    rounded, because a quartile is often the figure of one hospital.
    """

    hospitals: int = 3
    spread_hospitals: int = 5
    one_share: Fraction = Fraction(75, 100)
    two_share: Fraction = Fraction(90, 100)
    p: Fraction = Fraction(10, 100)
    step: int = 10


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one hospital's group. ``minutes`` in hundredths."""

    specialism: str
    role: str
    kind: str | None
    hospital: str
    minutes: Fraction | int
    fte: Fraction


@dataclass(frozen=True, slots=True)
class Cell:
    """One specialism and role, of one type of hospital or of all. With a ``reason`` it holds no figures but the number of
    hospitals, which is no secret: who takes part is known.
    """

    specialism: str
    role: str
    kind: str
    hospitals: int
    minutes: Fraction | int | None
    fte: Fraction | None
    rate: Fraction | None
    spread: Spread | None
    reason: Reason | None = None


def protected_rates(parts: Iterable[Part], thresholds: Thresholds = Thresholds()) -> tuple[Cell, ...]:
    """Every cell, told or withheld with the reason, in order of specialism, role and type. Groups without fte do not count."""
    tables: dict[tuple[str, str], dict[str, list[Part]]] = {}
    for one in parts:
        if one.fte > 0:
            table = tables.setdefault((one.specialism, one.role), {})
            table.setdefault(one.kind or UNKNOWN, []).append(one)
    found: list[Cell] = []
    for (specialism, role), table in sorted(tables.items()):
        reasons = _withheld(table, thresholds)
        everybody = [one for kind in sorted(table) for one in table[kind]]
        for kind, members in [*sorted(table.items()), (ALL, everybody)]:
            found.append(_cell(specialism, role, kind, members, reasons.get(kind), thresholds))
    return tuple(found)


def since(parts: Iterable[Part], before: Iterable[Part], thresholds: Thresholds) -> tuple[Part, ...]:
    """What to publish where ``before`` was published already: a table that only a few hospitals changed stays as it was.

    Otherwise one publication less the other would be the change of one hospital, or all of it where it is new. A table changes
    when the changes, taken as figures, may be told themselves.
    """
    now, then = _tables(parts), _tables(before)
    found: list[Part] = []
    for key in sorted(now.keys() | then.keys()):
        ours, theirs = now.get(key, {}), then.get(key, {})
        changes = _changes(ours, theirs)
        keep = bool(theirs) and bool(changes) and _unsafe(changes, thresholds) is not None
        found += (theirs if keep else ours).values()
    return tuple(found)


def _tables(parts: Iterable[Part]) -> dict[tuple[str, str], dict[str, Part]]:
    found: dict[tuple[str, str], dict[str, Part]] = {}
    for one in parts:
        found.setdefault((one.specialism, one.role), {})[one.hospital] = one
    return found


def _changes(ours: Mapping[str, Part], theirs: Mapping[str, Part]) -> list[Part]:
    """How far each hospital's figures are from what they were; one that is in or out, or of another type, by all of them."""
    found = []
    for hospital in sorted(ours.keys() | theirs.keys()):
        now, then = ours.get(hospital), theirs.get(hospital)
        if now == then:
            continue
        if now and then and now.kind == then.kind:
            found.append(replace(now, minutes=abs(Fraction(now.minutes) - then.minutes), fte=abs(now.fte - then.fte)))
        else:
            found += [one for one in (now or then,) if one]
    return found


def _withheld(table: Mapping[str, Sequence[Part]], thresholds: Thresholds) -> dict[str, Reason]:
    """Type, or the total → why it is not told."""
    everybody = [one for members in table.values() for one in members]
    unsafe = {kind: reason for kind, members in table.items() if (reason := _unsafe(members, thresholds))}
    reasons = dict(unsafe)
    whole = _unsafe(everybody, thresholds)
    if whole:
        return {**reasons, ALL: whole}
    told = sorted(set(table) - set(reasons), key=lambda kind: (sum(one.minutes for one in table[kind]), kind))
    while reasons and not _safe_together(table, reasons, unsafe, thresholds):
        reasons[told.pop(0) if told else ALL] = Reason.COMPLEMENTARY
        if ALL in reasons:
            # The total is told of nothing any more, so the types that were only withheld for its sake could be; they are not:
            # which were needed would tell of what size the others are.
            break
    return reasons


def _unsafe(members: Sequence[Part], thresholds: Thresholds) -> Reason | None:
    return unsafe(_measures(members), thresholds)


def unsafe(measures: Iterable[Sequence[Fraction | int]], thresholds: Thresholds) -> Reason | None:
    """Why a sum may not be told, or None. A measure holds one figure per hospital in the sum."""
    for values in measures:
        if len(values) < thresholds.hospitals:
            return Reason.FEW
        largest, second, *rest = sorted(values, reverse=True)
        whole = largest + second + sum(rest)
        if largest > thresholds.one_share * whole or largest + second > thresholds.two_share * whole:
            return Reason.DOMINANCE
        if sum(rest) < thresholds.p * largest:
            return Reason.CLOSE
    return None


def _safe_together(
    table: Mapping[str, Sequence[Part]],
    withheld: Iterable[str],
    unsafe: Iterable[str],
    thresholds: Thresholds,
) -> bool:
    """Whether the sum of what is withheld, which the total tells, tells nothing of an unsafe cell in it."""
    kinds = sorted(withheld)
    if _unsafe([one for kind in kinds for one in table[kind]], thresholds):
        return False
    for kind in unsafe:
        others = [one for other in kinds if other != kind for one in table[other]]
        for ours, theirs in zip(_measures(table[kind]), _measures(others), strict=True):
            beyond = sum(theirs) - max(theirs, default=Fraction(0))
            if beyond <= 0 or beyond < thresholds.p * sum(ours):
                return False
    return True


def _measures(members: Sequence[Part]) -> tuple[list[Fraction], list[Fraction]]:
    return [Fraction(one.minutes) for one in members], [one.fte for one in members]


def _cell(
    specialism: str, role: str, kind: str, members: Sequence[Part], reason: Reason | None, thresholds: Thresholds
) -> Cell:
    if reason is not None:
        return Cell(specialism, role, kind, len(members), None, None, None, None, reason)
    minutes, fte = sum((one.minutes for one in members), Fraction(0)), sum((one.fte for one in members), Fraction(0))
    rates = sorted(Fraction(one.minutes) / MINUTES_PER_HOUR / one.fte for one in members)
    shown = None
    if len(members) >= thresholds.spread_hospitals:
        # Lowest and highest are each one hospital's: not told.
        exact = spread(rates)
        lower, median, upper = (_stepped(one, thresholds.step) for one in (exact.lower, exact.median, exact.upper))
        shown = Spread(len(members), lower, lower, median, upper, upper)
    rate = Fraction(minutes) / MINUTES_PER_HOUR / fte
    return Cell(specialism, role, kind, len(members), minutes, fte, rate, shown)


def _stepped(value: Fraction, step: int) -> Fraction:
    return Fraction((2 * value.numerator + value.denominator * step) // (2 * value.denominator * step) * step)
