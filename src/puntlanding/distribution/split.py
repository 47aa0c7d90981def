"""Splitting an amount of cents so that every part carries its exact share and the cent that rounding gave or took."""

from __future__ import annotations

from collections.abc import Mapping

from puntlanding.explain import Node, Unit, constant, difference, product, quotient, total
from puntlanding.quantities import AllocationMode, allocate


def split(
    term: str, amount: Node, weights: Mapping[str, Node], mode: AllocationMode, *, last: str | None = None
) -> dict[str, Node]:
    """``amount`` (cents) over ``weights``, by name; ties go by name in code-point order, ``last`` after all others.

    Each part is its exact share plus a rounding leaf, so that the tree adds up to the cent.
    Raises ValueError where the weights add up to zero.
    """
    order = sorted(weights, key=lambda name: (name == last, name))
    whole = total(f"{term}_key_total", weights[order[0]].unit, [weights[name] for name in order])
    cents = allocate(int(amount.value), [weights[name].value for name in order], mode)
    return {
        name: _part(term, name, amount, weights[name], whole, given) for name, given in zip(order, cents, strict=True)
    }


def _part(term: str, name: str, amount: Node, weight: Node, whole: Node, cents: int) -> Node:
    part = quotient("part", Unit.RATIO, weight, whole, subject=name)
    return _rounded(term, product(f"{term}_exact", Unit.CENTS, amount, part, subject=name), cents, name)


def _rounded(term: str, exact: Node, cents: int, name: str | None = None) -> Node:
    """``exact`` and what rounding added or took; an amount that was whole already has no rounding to tell of."""
    if exact.value == cents:
        return exact.named(term)
    rounding = constant("rounding", cents - exact.value, Unit.CENTS, subject=name)
    return total(term, Unit.CENTS, (exact, rounding), subject=name)


def split_in_two(first: str, second: str, amount: Node, share: Node, mode: AllocationMode) -> tuple[Node, Node]:
    """``share`` of ``amount`` and the rest, in cents that add up; an odd cent left in a tie goes to the first."""
    rest = difference("other_share", Unit.RATIO, constant("whole", 1, Unit.RATIO), share)
    cents = allocate(int(amount.value), [share.value, rest.value], mode)
    return (
        _rounded(first, product(f"{first}_exact", Unit.CENTS, amount, share), cents[0]),
        _rounded(second, product(f"{second}_exact", Unit.CENTS, amount, rest), cents[1]),
    )
