"""The tree behind a number: the number *is* its tree, so the explanation cannot differ from the calculation.

Stages do not compute first and explain later. They build nodes; a node takes its value from its operands. Leaves are
cells of the user's files, keys of the agreement and named constants. `recompute` works a tree out again from its leaves.

A node's number is an exact fraction. The same rules also run on two other kinds of number, so that nothing is written twice:
10,000 draws at once (`simulation.draws`) and a number with its slope (`incentives.slope`). These add, subtract, multiply and
divide like a fraction; `apply` is the only place that must know how several draws have a least and a greatest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from fractions import Fraction
from functools import cache, reduce
from typing import Protocol, Self, cast

from puntlanding.quantities import ONE, ZERO


class Unit(Enum):
    """What a number counts; decides how it is shown."""

    HOURS = "hours"
    MINUTES = "minutes"
    FTE = "fte"
    HOURS_PER_FTE = "hours per fte"
    COUNT = "count"
    HALF_DAYS = "half-days"
    WEEKS = "weeks"
    RATIO = "ratio"
    CENTS = "cents"


class Operation(StrEnum):
    """How a node follows from its operands; the three last are leaves."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    EXCESS = "excess"  # max(a − b, 0)
    CELL = "cell"
    SETTING = "setting"
    CONSTANT = "constant"


LEAVES = frozenset({Operation.CELL, Operation.SETTING, Operation.CONSTANT})


@dataclass(frozen=True, slots=True)
class Source:
    """The place a leaf was read from: a file (or sheet), its row as a spreadsheet counts it, and the column or key."""

    file: str
    row: int | None
    column: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One number with how it came about.

    ``term`` is a key of `language.terms`; ``subject`` names whose number it is (a group, a product), ``contract``
    narrows it. ``expand`` gives the operands; it is a function so that a budget of 100,000 product rows costs nothing
    until somebody asks where it came from.
    """

    term: str
    value: Fraction
    unit: Unit
    operation: Operation
    expand: Callable[[], tuple[Node, ...]] = field(default=tuple, repr=False)
    source: Source | None = None
    subject: str | None = None
    contract: str | None = None

    @property
    def operands(self) -> tuple[Node, ...]:
        return self.expand()

    def named(self, term: str, *, subject: str | None = None, contract: str | None = None) -> Self:
        """The same number under another name."""
        return type(self)(
            term, self.value, self.unit, self.operation, self.expand, self.source,
            subject or self.subject, contract or self.contract,
        )  # fmt: skip


def apply(operation: Operation, values: Sequence[Fraction]) -> Fraction:
    """What ``operation`` makes of ``values``; the one place where arithmetic on nodes is defined."""
    match operation:
        case Operation.SUM:
            return sum(values, ZERO)
        case Operation.PRODUCT:
            product = ONE
            for value in values:
                product *= value
            return product
        case Operation.DIFFERENCE:
            return values[0] - sum(values[1:], ZERO)
        case Operation.QUOTIENT:
            numerator, denominator = values
            return numerator / denominator
        case Operation.MINIMUM:
            return _least(values)
        case Operation.MAXIMUM:
            return _greatest(values)
        case Operation.EXCESS:
            larger, smaller = values
            return _greatest((larger - smaller, ZERO))
        case _:
            raise ValueError(f"{operation} has no operands")


class Many(Protocol):
    """Several numbers that are worked out at once: each has its own least and greatest."""

    @staticmethod
    def least(one: Fraction, other: Fraction) -> Fraction: ...

    @staticmethod
    def greatest(one: Fraction, other: Fraction) -> Fraction: ...


def _many(values: Sequence[Fraction]) -> Many | None:
    for value in values:
        if type(value) is not Fraction and hasattr(value, "least"):
            return cast(Many, value)
    return None


def _least(values: Sequence[Fraction]) -> Fraction:
    many = _many(values)
    return min(values) if many is None else reduce(lambda found, value: many.least(found, value), values)


def _greatest(values: Sequence[Fraction]) -> Fraction:
    many = _many(values)
    return max(values) if many is None else reduce(lambda found, value: many.greatest(found, value), values)


def _derived(
    operation: Operation, term: str, unit: Unit, operands: Iterable[Node], subject: str | None, contract: str | None
) -> Node:
    fixed_operands = tuple(operands)
    value = apply(operation, [operand.value for operand in fixed_operands])
    return Node(term, value, unit, operation, lambda: fixed_operands, None, subject, contract)


def total(
    term: str, unit: Unit, parts: Iterable[Node], *, subject: str | None = None, contract: str | None = None
) -> Node:
    return _derived(Operation.SUM, term, unit, parts, subject, contract)


def difference(term: str, unit: Unit, *operands: Node, subject: str | None = None, contract: str | None = None) -> Node:
    return _derived(Operation.DIFFERENCE, term, unit, operands, subject, contract)


def product(term: str, unit: Unit, *factors: Node, subject: str | None = None, contract: str | None = None) -> Node:
    return _derived(Operation.PRODUCT, term, unit, factors, subject, contract)


def quotient(
    term: str,
    unit: Unit,
    numerator: Node,
    denominator: Node,
    *,
    subject: str | None = None,
    contract: str | None = None,
) -> Node:
    """Raises ZeroDivisionError where the denominator is zero: a check belongs before it."""
    return _derived(Operation.QUOTIENT, term, unit, (numerator, denominator), subject, contract)


def minimum(term: str, unit: Unit, *operands: Node, subject: str | None = None, contract: str | None = None) -> Node:
    return _derived(Operation.MINIMUM, term, unit, operands, subject, contract)


def maximum(term: str, unit: Unit, *operands: Node, subject: str | None = None, contract: str | None = None) -> Node:
    return _derived(Operation.MAXIMUM, term, unit, operands, subject, contract)


def excess(
    term: str, unit: Unit, larger: Node, smaller: Node, *, subject: str | None = None, contract: str | None = None
) -> Node:
    """max(larger − smaller, 0)."""
    return _derived(Operation.EXCESS, term, unit, (larger, smaller), subject, contract)


def cell(
    term: str, value: Fraction, unit: Unit, source: Source, *, subject: str | None = None, contract: str | None = None
) -> Node:
    return Node(term, value, unit, Operation.CELL, source=source, subject=subject, contract=contract)


def setting(term: str, value: Fraction, unit: Unit, source: Source | None) -> Node:
    """A key of the agreement; without a source it is the key's default."""
    return Node(term, value, unit, Operation.SETTING, source=source)


def constant(term: str, value: Fraction | int, unit: Unit, *, subject: str | None = None) -> Node:
    return Node(term, Fraction(value), unit, Operation.CONSTANT, subject=subject)


def lazy_total(
    term: str, unit: Unit, value: Fraction, parts: Callable[[], tuple[Node, ...]], *,
    subject: str | None = None, contract: str | None = None,
) -> Node:  # fmt: skip
    """A sum whose value was computed elsewhere (column by column); ``parts`` must add up to it, which `recompute` tests.

    The parts are made once: every walk over the tree meets the same nodes.
    """
    return Node(term, value, unit, Operation.SUM, cache(parts), None, subject, contract)


def walk(*roots: Node) -> Iterator[Node]:
    """Every node under ``roots`` once, operands before what they make."""
    entered: dict[int, Node] = {}  # holds on to lazily made operands, so that no id is used twice
    under: list[
        tuple[Node, Iterator[Node]]
    ] = []  # the way down to where we are; no recursion, because trees are wide and deep
    for root in roots:
        if id(root) in entered:
            continue
        entered[id(root)] = root
        under.append((root, iter(root.operands)))
        while under:
            node, rest = under[-1]
            for operand in rest:
                if id(operand) not in entered:
                    entered[id(operand)] = operand
                    under.append((operand, iter(operand.operands)))
                    break
            else:
                under.pop()
                yield node


def leaves(root: Node) -> tuple[Node, ...]:
    """The source cells, settings and constants that ``root`` comes from."""
    return tuple(node for node in walk(root) if node.operation in LEAVES)


def recompute(root: Node) -> Fraction:
    """The value of ``root`` worked out from its leaves alone, ignoring the value that every other node carries."""
    known: dict[int, tuple[Node, Fraction]] = {}  # the node beside its value keeps its id in use

    def evaluate(node: Node) -> Fraction:
        if id(node) not in known:
            if node.operation in LEAVES:
                value = node.value
            else:
                value = apply(node.operation, [evaluate(operand) for operand in node.operands])
            known[id(node)] = (node, value)
        return known[id(node)][1]

    return evaluate(root)
