"""Splitting an amount of cents so that every part carries its exact share and the cent that rounding gave or took.

Draws and slopes are not rounded: an amount of many draws has no cents, and a cent has no slope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

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
    if not _exact((amount, whole)):
        return {name: _share(term, amount, weights[name], whole, name) for name in order}
    cents = allocate(int(amount.value), [weights[name].value for name in order], mode)
    return {
        name: _rounded(term, _share(f"{term}_exact", amount, weights[name], whole, name), given, name)
        for name, given in zip(order, cents, strict=True)
    }


def _share(term: str, amount: Node, weight: Node, whole: Node, name: str) -> Node:
    part = quotient("part", Unit.RATIO, weight, whole, subject=name)
    return product(term, Unit.CENTS, amount, part, subject=name)


def _rounded(term: str, exact: Node, cents: int, name: str | None = None, *, how: str = "rounding") -> Node:
    """``exact`` and what rounding added or took; an amount that was whole already has no rounding to tell of."""
    if exact.value == cents:
        return exact.named(term)
    rounding = constant(how, cents - exact.value, Unit.CENTS, subject=name)
    return total(term, Unit.CENTS, (exact, rounding), subject=name)


def split_in_two(first: str, second: str, amount: Node, share: Node, mode: AllocationMode) -> tuple[Node, Node]:
    """``share`` of ``amount`` and the rest, in cents that add up; an odd cent left in a tie goes to the first."""
    rest = difference("other_share", Unit.RATIO, constant("whole", 1, Unit.RATIO), share)
    if not _exact((amount, share)):
        return product(first, Unit.CENTS, amount, share), product(second, Unit.CENTS, amount, rest)
    cents = allocate(int(amount.value), [share.value, rest.value], mode)
    return (
        _rounded(first, product(f"{first}_exact", Unit.CENTS, amount, share), cents[0]),
        _rounded(second, product(f"{second}_exact", Unit.CENTS, amount, rest), cents[1]),
    )


def whole_cents(term: str, exact: Node) -> Node:
    """``exact`` rounded down: what is taken from somewhere is never more than was agreed."""
    if not _exact((exact,)):
        return exact.named(term)
    cents = exact.value.numerator // exact.value.denominator
    return _rounded(term, exact, cents, exact.subject, how="rounded_down")


def _exact(nodes: Iterable[Node]) -> bool:
    return all(type(node.value) is Fraction for node in nodes)
