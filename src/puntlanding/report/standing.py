"""Where the groups of a collective stand among comparable ones, from the best there is: contributions, a published benchmark, national
figures, or the case itself. One form for all, so that a page or a file tells them alike and says which it is.

Only the own hospital is in it by name; of others it has counts and quartiles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark, Change
from puntlanding.benchmark.explained_among import own_among, rate_among
from puntlanding.benchmark.output import Effects
from puntlanding.benchmark.peers import GroupKey, PeerRule
from puntlanding.benchmark.published import Published
from puntlanding.benchmark.published_tables import CHANGES, GROUPS, RATES, SPREAD_LEAST, fraction, group_key
from puntlanding.benchmark.rates import HUNDREDTHS_PER_HOUR, Lacking
from puntlanding.benchmark.spread import Position, Spread
from puntlanding.case.model import Case
from puntlanding.explain import Node, Source, Unit, cell, quotient
from puntlanding.quantities import ZERO
from puntlanding.stage import Stage
from puntlanding.year import Year

_SPREAD = ("laagste", "kwart", "midden", "driekwart", "hoogste")
Key = tuple[str, str]  # specialism and role


class ToldFrom(StrEnum):
    CONTRIBUTIONS = "bijdragen"
    PUBLISHED = "vastgesteld"
    NATIONAL = "landelijk"
    TYPED = "case"


@dataclass(frozen=True, slots=True)
class Place:
    """The groups of one specialism and role. ``groups`` are those of the case; none where the hospital has it and the case does not.

    ``own`` and ``rate`` in norm hours per fte. ``others``: how many it is compared with besides itself. ``spread`` only from
    `SPREAD_LEAST` groups on. ``change`` is of the peers together, ``own_change`` of the own group; both add up exactly.
    """

    groups: tuple[str, ...]
    specialism: str
    role: str
    own: Node | None
    rate: Node | None
    fte: Fraction | None = None
    count: int = 0
    spread: Spread | None = None
    position: Position | None = None
    change: Change | None = None
    own_change: Change | None = None
    lacking: Lacking | None = None

    @property
    def above(self) -> Fraction | None:
        """Own ÷ benchmark − 1."""
        return (
            None
            if self.own is None or self.rate is None or not self.rate.value
            else self.own.value / self.rate.value - 1
        )

    @property
    def norm_fte(self) -> Fraction | None:
        """Norm hours ÷ benchmark."""
        off = self.above
        return None if off is None or self.fte is None else self.fte * (1 + off)


@dataclass(frozen=True, slots=True)
class Standing:
    """``base_year`` None: typed, so nobody knows. ``contributions``: of how many hospitals; ``file``: what was read.

    ``step``: to how many hours per fte quartiles were rounded for privacy; lowest and highest are not told then.
    """

    told: ToldFrom
    year: int
    places: tuple[Place, ...]
    base_year: int | None = None
    rule: PeerRule | None = None
    method: PeerMethod | None = None
    contributions: int = 0
    file: str = ""
    step: int | None = None


def standing_of_contributions(found: Benchmark, hospital: str, case: Case) -> Standing:
    """As `benchmark ex-ante` computes it."""
    names = _groups(case)
    places = []
    for one in found.rates.of(hospital):
        key = one.key
        groups = names.get((key.specialism, key.role), ())
        subject = _subject(groups, key)
        change = next((c for c in found.changes if (c.specialism, c.role, c.pool) == (*key[1:], one.pool)), None)
        places.append(
            Place(
                groups, key.specialism, key.role, own_among(found, key, subject), rate_among(found, key, subject),
                one.measure.fte if one.measure.fte > 0 else None, 0 if one.spread is None else one.spread.count,
                _told(one.spread), one.position, change, own_change(found, key), one.lacking or one.measure.lacking,
            )
        )  # fmt: skip
    return Standing(
        ToldFrom.CONTRIBUTIONS, found.year, _in_order(places, names), found.base_year, found.rule, found.method,
        len(found.hospitals),
    )  # fmt: skip


def standing_of_published(
    published: Published, own: Benchmark | None, hospital: str, kind: str | None, case: Case
) -> Standing:
    """``own``: the hospital's own contribution by itself, priced as the benchmark is; without it the own figure is not known."""
    names = _groups(case)
    pools = {
        (row["specialisme"], row["rol"], row["vergelijking"]): row
        for row in published.tables[RATES].iter_rows(named=True)
    }
    told = {
        group_key(row): row for row in published.tables[GROUPS].iter_rows(named=True) if row["ziekenhuis"] == hospital
    }
    changes = {
        (row["specialisme"], row["rol"], row["vergelijking"]): _change(row)
        for row in published.tables[CHANGES].iter_rows(named=True)
    }
    there = set(names) | {(key.specialism, key.role) for key in told}
    if own is not None:
        there |= {(one.key.specialism, one.key.role) for one in own.rates.of(hospital)}
    places = []
    for specialism, role in there:
        key = GroupKey(hospital, specialism, role)
        pool = (specialism, role, published.rule.pool(kind))
        row = pools.get(pool)
        measured = None if own is None else own.rates.groups.get(key)
        groups = names.get((specialism, role), ())
        subject = _subject(groups, key)
        rate = _published_rate(published, told.get(key), row, subject)
        mine = None if own is None or measured is None else own_among(own, key, subject)
        shape = None if row is None else _spread_of(row)
        lacking = None if rate is not None else Lacking.KIND if pool[2] is None else Lacking.PEERS
        if lacking is None and mine is None:
            lacking = Lacking.PRODUCTION if measured is None else measured.measure.lacking
        places.append(
            Place(
                groups, specialism, role, mine, rate,
                None if measured is None or measured.measure.fte <= 0 else measured.measure.fte,
                0 if row is None else int(row["vakgroepen"]), shape, None, changes.get(pool),
                None if own is None or measured is None else own_change(own, key), lacking,
            )
        )  # fmt: skip
    return Standing(
        ToldFrom.PUBLISHED, published.year, _in_order(places, names), published.base_year, published.rule,
        published.method, len(published.contributions), published.file,
    )  # fmt: skip


def standing_as_typed(year: Year) -> Standing:
    """The benchmark that the case types, beside what its own budget and formation come to; no peers are known then."""
    case, formation = year.case, year.formation
    hours = {} if year.missing(Stage.BUDGET) else {row.name: row.hours for row in year.budget.rows}
    places = []
    for group in case.groups:
        care = formation[group.name].care_fte if group.name in formation else None
        above, own = hours.get(group.name), None
        if above is not None and care is not None and care.value > 0:
            own = quotient("own_rate", Unit.HOURS_PER_FTE, above, care, subject=group.name)
        fte = None if care is None or not care.value else care.value
        lacking = None if own is not None else Lacking.FTE if fte is None else Lacking.PRODUCTION
        rate = case.rates.get(group.name)
        places.append(
            Place(
                (group.name,), group.specialism, group.role.value, own, rate, fte,
                lacking=Lacking.PEERS if rate is None else lacking,
            )
        )  # fmt: skip
    file = next((node.source.file for node in case.rates.values() if node.source), "")
    return Standing(ToldFrom.TYPED, case.agreement.year, tuple(places), file=file)


def used_rates(year: Year) -> Mapping[str, Fraction]:
    """What the budget divides by, per group; nothing where there is no budget."""
    if year.missing(Stage.BUDGET):
        return {}
    return {row.name: row.rate.value for row in year.budget.rows if row.rate is not None}


def own_change(found: Benchmark, key: GroupKey) -> Change | None:
    """What repricing did to the group's own rate: the same parts as of its peers."""
    one, output = found.rates.groups[key], found.output.groups.get(key)
    if output is None or one.own is None or one.measure.fte <= 0:
        return None
    per = HUNDREDTHS_PER_HOUR * one.measure.fte
    parts = Effects(*(part / per for part in output.effects.parts()))
    return Change(key.specialism, key.role, "", output.own / per, parts, output.minutes / per)


def total_fte(places: Sequence[Place]) -> tuple[Fraction, Fraction]:
    """Norm fte and care fte of the groups of which both are known."""
    known = [(one.norm_fte, one.fte) for one in places if one.norm_fte is not None and one.fte is not None]
    return sum((norm for norm, _ in known), ZERO), sum((fte for _, fte in known), ZERO)


def _groups(case: Case) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, tuple[str, ...]] = {}
    for group in case.groups:
        key = (group.specialism, group.role.value)
        found[key] = (*found.get(key, ()), group.name)
    return found


def _subject(groups: tuple[str, ...], key: GroupKey) -> str:
    return groups[0] if len(groups) == 1 else f"{key.specialism} {key.role}"


def _in_order(places: Sequence[Place], names: Mapping[Key, tuple[str, ...]]) -> tuple[Place, ...]:
    """Of the case first, in its order; then what the case does not have."""
    order = {key: at for at, key in enumerate(names)}
    ranked = sorted(
        places, key=lambda one: (order.get((one.specialism, one.role), len(order)), one.specialism, one.role)
    )
    return tuple(ranked)


def _told(shape: Spread | None) -> Spread | None:
    return shape if shape is not None and shape.count >= SPREAD_LEAST else None


def _spread_of(row: Mapping[str, object]) -> Spread | None:
    values = [fraction(row, name) for name in _SPREAD]
    known = [one for one in values if one is not None]
    count = int(str(row["vakgroepen"]))
    return Spread(count, *known) if len(known) == len(_SPREAD) and count >= SPREAD_LEAST else None


def _change(row: Mapping[str, object]) -> Change | None:
    numbers = [fraction(row, name) for name in ("oud", "structuur", "trends", "normtijden", "dekking", "nieuw")]
    known = [one for one in numbers if one is not None]
    if len(known) != len(numbers):
        return None
    old, *parts, new = known
    return Change(str(row["specialisme"]), str(row["rol"]), str(row["vergelijking"]), old, Effects(*parts), new)


def _published_rate(
    published: Published, told: Mapping[str, object] | None, row: Mapping[str, object] | None, subject: str
) -> Node | None:
    """The group's own row where the hospital was in the benchmark, and else that of the peers it would have had."""
    own = None if told is None else fraction(told, "benchmark")
    pooled = None if row is None else fraction(row, "benchmark")
    if row is not None and (own is None or own == pooled) and pooled is not None:
        place = f"tarieven {row['specialisme']} {row['rol']} {row['vergelijking']}"
        hours, fte = fraction(row, "uren"), fraction(row, "fte")
        if hours is not None and fte and hours / fte == pooled:
            parts = (
                cell(term, value, unit, Source(published.file, None, f"{place} {column}"), subject=subject)
                for term, value, unit, column in (
                    ("peer_hours", hours, Unit.HOURS, "uren"),
                    ("peer_fte", fte, Unit.FTE, "fte"),
                )
            )
            return quotient("rate", Unit.HOURS_PER_FTE, *parts, subject=subject)
        return cell("rate", pooled, Unit.HOURS_PER_FTE, Source(published.file, None, place), subject=subject)
    if own is None:
        return None
    return cell("rate", own, Unit.HOURS_PER_FTE, Source(published.file, None, "vakgroepen"), subject=subject)


def rates_that_differ(places: Sequence[Place], other: Mapping[Key, Fraction]) -> tuple[tuple[Place, Fraction], ...]:
    """Places whose benchmark is not ``other``'s, with by how much (this ÷ other − 1), the largest first."""
    found = []
    for one in places:
        beside = other.get((one.specialism, one.role))
        if one.rate is not None and beside and one.rate.value != beside:
            found.append((one, one.rate.value / beside - 1))
    return tuple(sorted(found, key=lambda pair: (-abs(pair[1]), pair[0].specialism, pair[0].role)))


def rates_of(found: Standing) -> Mapping[Key, Fraction]:
    return {(one.specialism, one.role): one.rate.value for one in found.places if one.rate is not None}


def narrowed(found: Standing, sees: frozenset[str] | None) -> Standing:
    """With the places of which every group is among ``sees``; None: all."""
    if sees is None:
        return found
    return replace(found, places=tuple(one for one in found.places if one.groups and sees.issuperset(one.groups)))
