"""How a benchmark came about, as a tree: peers, their norm hours, and what changed these. Made when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from puntlanding.agreement import PeerMethod
from puntlanding.benchmark.output import GroupOutput, Output
from puntlanding.benchmark.peers import GroupKey, Own
from puntlanding.benchmark.rates import Pool, Rates
from puntlanding.explain import Node, Source, Unit, cell, constant, lazy_total, quotient, total

_EFFECT_TERMS = ("effect_structure", "effect_trends", "effect_norm_times", "effect_coverage")
_MINUTE = 100


@dataclass(frozen=True, slots=True)
class Origins:
    """Where leaves come from: hospital → file of its contribution; and the files behind the four effects."""

    files: Mapping[str, str]
    effects: tuple[str, str, str, str] = ("", "", "", "")

    def place(self, key: GroupKey) -> Source:
        return Source(self.files.get(key.hospital, key.hospital), None, f"{key.hospital}/{key.specialism}/{key.role}")

    def formation(self, key: GroupKey) -> Source:
        place = self.place(key)
        return Source(place.file, None, f"formatie {place.column}")


def hours_tree(key: GroupKey, one: GroupOutput, origins: Origins) -> Node:
    """Norm hours of one group: its minutes and what repricing did to them."""
    own = cell("norm_minutes", one.own / _MINUTE, Unit.MINUTES, origins.place(key), subject=key.hospital)
    parts = [own]
    for term, effect, file in zip(_EFFECT_TERMS, one.effects.parts(), origins.effects, strict=True):
        if effect:
            parts.append(cell(term, effect / _MINUTE, Unit.MINUTES, Source(file, None, None), subject=key.hospital))
    minutes = own if len(parts) == 1 else total("norm_minutes", Unit.MINUTES, parts, subject=key.hospital)
    hour = constant("minutes_per_hour", 60, Unit.MINUTES)
    return quotient("norm_hours", Unit.HOURS, minutes, hour, subject=key.hospital)


def fte_tree(key: GroupKey, fte: Fraction, origins: Origins) -> Node:
    return cell("care_fte", fte, Unit.FTE, origins.formation(key), subject=key.hospital)


def rate_tree(found: Rates, output: Output, key: GroupKey, origins: Origins) -> Node | None:
    """The benchmark of ``key``; None where it has none. `recompute` gives its value.

    A median shows the rates in the middle only: which they are, the order of all rates says.
    """
    one = found.groups[key]
    if one.rate is None or one.pool is None:
        return None
    pool = next(
        pool for pool in found.pools if (pool.specialism, pool.role, pool.name) == (key.specialism, key.role, one.pool)
    )
    left_out = key if found.rule.own is Own.OUT else None
    return _centre(pool, found, output, origins, left_out)


def pool_tree(found: Rates, output: Output, pool: Pool, origins: Origins) -> Node | None:
    """The benchmark of a whole peer group."""
    return None if pool.rate is None else _centre(pool, found, output, origins, None)


def _centre(pool: Pool, found: Rates, output: Output, origins: Origins, left_out: GroupKey | None) -> Node:
    peers = [key for key in pool.members if key != left_out]
    in_order = sorted(peers)

    def hours(key: GroupKey) -> Node:
        return hours_tree(key, output.groups[key], origins)

    def fte(key: GroupKey) -> Node:
        return fte_tree(key, found.groups[key].measure.fte, origins)

    def own(key: GroupKey) -> Node:
        return quotient("own_rate", Unit.HOURS_PER_FTE, hours(key), fte(key), subject=key.hospital)

    match found.method:
        case PeerMethod.POOLED:
            exact = sum((found.groups[key].measure.hours or Fraction(0) for key in peers), Fraction(0))
            weight = sum((found.groups[key].measure.fte for key in peers), Fraction(0))
            above = lazy_total("peer_hours", Unit.HOURS, exact, lambda: tuple(hours(key) for key in in_order))
            below = lazy_total("peer_fte", Unit.FTE, weight, lambda: tuple(fte(key) for key in in_order))
            return quotient("rate", Unit.HOURS_PER_FTE, above, below)
        case PeerMethod.MEAN:
            exact = sum((found.groups[key].own or Fraction(0) for key in peers), Fraction(0))
            whole = lazy_total("peer_rates", Unit.HOURS_PER_FTE, exact, lambda: tuple(own(key) for key in in_order))
            return quotient("rate", Unit.HOURS_PER_FTE, whole, constant("peers_counted", len(peers), Unit.COUNT))
        case PeerMethod.MEDIAN:
            middle = peers[(len(peers) - 1) // 2 : len(peers) // 2 + 1]
            exact = sum((found.groups[key].own or Fraction(0) for key in middle), Fraction(0))
            whole = lazy_total("middle_rates", Unit.HOURS_PER_FTE, exact, lambda: tuple(own(key) for key in middle))
            return quotient("rate", Unit.HOURS_PER_FTE, whole, constant("middle_counted", len(middle), Unit.COUNT))
