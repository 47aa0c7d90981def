"""Redistribution: what some groups leave under their ceiling pays over-production of others (methods §7, row 2).

extra_i = min(limit_i, λ × over_i); λ is the smallest in [0, 1] with Σ extra = min(Σ under, Σ limit): pro rata to
over-production, and what a capped group cannot take goes to the others. [CB] worked example 4, bijlage 2 table 3.

Who produced over and who is capped differs from draw to draw: many draws at once find λ by themselves (`filled`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Protocol, cast

from puntlanding.contract_types import Position
from puntlanding.contract_types.base import realised
from puntlanding.explain import Node, Unit, difference, excess, minimum, product, quotient, total


def redistribute(positions: Sequence[Position], maximum: Node | None) -> Mapping[str, Node]:
    """The extra norm fte of each group of one pool that produced over its budget; ``maximum`` is a share of the budget.

    Exact: groups whose limit binds are found in order of limit ÷ over, and λ follows from the others.
    """
    over = {p.group: _excess("over", p, realised(p), p.budgeted) for p in positions}
    if any(hasattr(node.value, "filled") for node in over.values()):
        return _redistribute_draws(positions, over, maximum)
    over = {group: node for group, node in over.items() if node.value > 0}
    if not over:
        return {}
    limits = {p.group: _limit(p, over[p.group], maximum) for p in positions if p.group in over}
    under = [_excess("under", p, p.budgeted, realised(p)) for p in positions if p.budgeted.value > realised(p).value]
    allowed = total("total_limit", Unit.FTE, limits.values())
    pool = minimum("pool", Unit.FTE, total("total_under", Unit.FTE, under), allowed)
    capped = _capped(pool, over, limits)
    sharing = [over[group] for group in over if group not in capped]
    if not sharing:  # there is enough for all that may be paid
        return {group: _whole_limit(limits[group], pool, allowed) for group in over}
    rest = pool
    if capped:
        rest = difference(
            "pool_rest", Unit.FTE, pool, total("capped", Unit.FTE, [limits[g] for g in over if g in capped])
        )
    rate = quotient("lambda", Unit.RATIO, rest, total("total_over", Unit.FTE, sharing))
    return {group: _extra(over[group], limits[group], rate, group in capped) for group in over}


class Draws(Protocol):
    """Many draws in place of a number. ``filled``: the extras, one for each of ``limits``, with the λ that each draw needs."""

    def filled(self, over: Sequence[Fraction], limits: Sequence[Fraction]) -> Sequence[Fraction]: ...


def _redistribute_draws(
    positions: Sequence[Position], over: Mapping[str, Node], maximum: Node | None
) -> Mapping[str, Node]:
    limits = {p.group: _limit(p, over[p.group], maximum) for p in positions}
    under = [_excess("under", p, p.budgeted, realised(p)) for p in positions]
    allowed = total("total_limit", Unit.FTE, limits.values())
    pool = minimum("pool", Unit.FTE, total("total_under", Unit.FTE, under), allowed)
    extras = cast(Draws, pool.value).filled(
        [over[group].value for group in over], [limits[group].value for group in over]
    )
    return {group: replace(limits[group], term="extra", value=extra) for group, extra in zip(over, extras, strict=True)}


def _excess(term: str, position: Position, larger: Node, smaller: Node) -> Node:
    return excess(term, Unit.FTE, larger, smaller, subject=position.group, contract=position.contract)


def _limit(position: Position, over: Node, maximum: Node | None) -> Node:
    if maximum is None:
        return over
    names = {"subject": position.group, "contract": position.contract}
    cap = product("cap", Unit.FTE, maximum, position.budgeted, **names)
    return minimum("limit", Unit.FTE, over, cap, **names)


def _capped(pool: Node, over: Mapping[str, Node], limits: Mapping[str, Node]) -> frozenset[str]:
    """The groups whose limit is below their pro rata share of the pool, once the groups capped before them have theirs."""
    left, still = pool.value, sum(node.value for node in over.values())
    capped: set[str] = set()
    for group in sorted(over, key=lambda g: (limits[g].value / over[g].value, g)):
        if limits[group].value * still > left * over[group].value:
            break
        capped.add(group)
        left -= limits[group].value
        still -= over[group].value
    return frozenset(capped)


def _whole_limit(limit: Node, pool: Node, allowed: Node) -> Node:
    """The limit itself; the share of it that can be paid (1) is told, so that nobody has to wonder who pays."""
    if allowed.value == 0:
        return limit.named("extra")
    share = quotient("share_of_limit", Unit.RATIO, pool, allowed)
    return product("extra", Unit.FTE, limit, share, subject=limit.subject, contract=limit.contract)


def _extra(over: Node, limit: Node, rate: Node, is_capped: bool) -> Node:
    names = {"subject": over.subject, "contract": over.contract}
    pro_rata = product("pro_rata", Unit.FTE, rate, over, **names)
    if limit is over and not is_capped:
        return pro_rata.named("extra")
    return minimum("extra", Unit.FTE, limit, pro_rata, **names)
