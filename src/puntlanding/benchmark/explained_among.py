"""The benchmark of one hospital's group as that hospital may see it made: its own part apart, all others as one sum, nobody named.

A sum of others is told from `SUMS_LEAST` of them on, by the same rule as in a published benchmark; of fewer the rate is one number.
"""

from __future__ import annotations

from fractions import Fraction

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.ex_ante import Benchmark
from puntlanding.benchmark.explained import fte_tree, hours_tree
from puntlanding.benchmark.peers import GroupKey, Own
from puntlanding.benchmark.published_tables import SUMS_LEAST
from puntlanding.benchmark.rates import HUNDREDTHS_PER_HOUR, Pool
from puntlanding.explain import Node, Source, Unit, cell, constant, quotient, total
from puntlanding.quantities import ZERO


def own_among(found: Benchmark, key: GroupKey, subject: str) -> Node | None:
    """Norm hours per fte of the group itself; None where it is not known."""
    one = found.rates.groups[key]
    if one.own is None:
        return None
    hours, fte = _own_parts(found, key, subject)
    return quotient("own_rate", Unit.HOURS_PER_FTE, hours, fte, subject=subject)


def rate_among(found: Benchmark, key: GroupKey, subject: str) -> Node | None:
    """The benchmark of the group; None where it has none."""
    one = found.rates.groups[key]
    if one.rate is None or one.pool is None:
        return None
    pool = next(pool for pool in found.rates.pools if (pool.specialism, pool.role, pool.name) == (*key[1:], one.pool))
    counted = key in pool.members and found.rule.own is Own.IN
    others = len(pool.members) - (key in pool.members)
    source = Source(f"{others} × *-{found.base_year}.bijdrage", None, f"{key.specialism} {key.role}")
    if others < SUMS_LEAST or found.method is PeerMethod.MEDIAN:
        return cell("rate", one.rate, Unit.HOURS_PER_FTE, source, subject=subject)
    if found.method is PeerMethod.MEAN:
        own = own_among(found, key, subject) if counted else None
        return _mean(one.rate, others, own, source, subject)
    return _pooled(found, key, pool, source, subject, counted=counted)


def _mean(rate: Fraction, others: int, own: Node | None, source: Source, subject: str) -> Node:
    count = others + (own is not None)
    rest = rate * count - (ZERO if own is None else own.value)
    parts = [*([] if own is None else [own]), cell("other_rates", rest, Unit.HOURS_PER_FTE, source, subject=subject)]
    whole = total("peer_rates", Unit.HOURS_PER_FTE, parts, subject=subject)
    return quotient("rate", Unit.HOURS_PER_FTE, whole, constant("peers_counted", count, Unit.COUNT), subject=subject)


def _pooled(found: Benchmark, key: GroupKey, pool: Pool, source: Source, subject: str, *, counted: bool) -> Node:
    minutes, fte = pool.minutes, pool.fte
    if key in pool.members:  # the own part is told by itself, or does not count
        measure = found.rates.groups[key].measure
        minutes, fte = minutes - (measure.minutes or ZERO), fte - measure.fte
    hours = cell("other_hours", minutes / HUNDREDTHS_PER_HOUR, Unit.HOURS, source, subject=subject)
    people = cell("other_fte", fte, Unit.FTE, source, subject=subject)
    if not counted:
        return quotient("rate", Unit.HOURS_PER_FTE, hours, people, subject=subject)
    mine, my_fte = _own_parts(found, key, subject)
    above = total("peer_hours", Unit.HOURS, (mine, hours), subject=subject)
    below = total("peer_fte", Unit.FTE, (my_fte, people), subject=subject)
    return quotient("rate", Unit.HOURS_PER_FTE, above, below, subject=subject)


def _own_parts(found: Benchmark, key: GroupKey, subject: str) -> tuple[Node, Node]:
    hours = hours_tree(key, found.output.groups[key], found.origins)
    fte = fte_tree(key, found.rates.groups[key].measure.fte, found.origins)
    return hours.named("norm_hours", subject=subject), fte.named("care_fte", subject=subject)
