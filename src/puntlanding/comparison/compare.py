"""All columns of a comparison, and what each gives more or less than the case's own agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from puntlanding.comparison.changes import Change, change
from puntlanding.comparison.columns import Column, Kind, Proposal, settled
from puntlanding.comparison.within import Compensation, compensation
from puntlanding.explain import Node


@dataclass(frozen=True, slots=True)
class Beside:
    """One column beside the own: ``fte`` and ``euros`` are its changes, None where one of the two has no such figures."""

    column: Column
    fte: Change | None
    euros: Change | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """``own`` is the case's agreement, ``beside`` the others in the order asked for.

    ``compensations``, by letter, are measured against ``reference``: the old model where it is there, else ``own``. ``parameters``
    is what going from three parameters to two does, ``budgeting`` what going from there to ``own`` does; in euros, or in norm fte
    where there is no frame.
    """

    names: tuple[str, ...]
    own: Column
    beside: tuple[Beside, ...]
    reference: Column
    within: Node | None
    compensations: Mapping[str, Compensation]
    parameters: Change | None
    budgeting: Change | None

    @property
    def columns(self) -> tuple[Column, ...]:
        return (self.own, *(one.column for one in self.beside))

    def of(self, kind: Kind) -> Column | None:
        return next((one for one in self.columns if one.proposal.kind is kind), None)


def compare(own: Proposal, others: Sequence[Proposal], within: Node | None = None) -> Comparison:
    """At most 25 ``others``. A column that cannot be computed is refused by itself; of ``own`` it is the caller who must see to it."""
    first = settled(own, ascii_uppercase[0])
    if len(others) >= len(ascii_uppercase):
        raise ValueError("more columns than letters")
    rest = [settled(one, letter) for one, letter in zip(others, ascii_uppercase[1:], strict=False)]
    old = next((one for one in rest if one.proposal.kind is Kind.OLD), None)
    two = next((one for one in rest if one.proposal.kind is Kind.TWO), None)
    reference = old or first
    return Comparison(
        tuple(group.name for group in own.case.groups),
        first,
        tuple(_beside(one, first) for one in rest),
        reference,
        within,
        {} if within is None else _compensations((first, *rest), reference, within),
        _between(two, old),
        _between(first, two),
    )


def _beside(column: Column, own: Column) -> Beside:
    return Beside(
        column,
        None if column.fte is None or own.fte is None else change(column.fte, own.fte),
        None if column.euros is None or own.euros is None else change(column.euros, own.euros, own.frame),
    )


def _compensations(columns: Sequence[Column], reference: Column, within: Node) -> dict[str, Compensation]:
    found = {}
    for column in columns:
        needed = None if column is reference else compensation(column, reference, within)
        if needed is not None:
            found[column.letter] = needed
    return found


def _between(found: Column | None, against: Column | None) -> Change | None:
    if found is None or against is None or found.fte is None or against.fte is None:
        return None
    if found.euros is None or against.euros is None:
        return change(found.fte, against.fte)
    return change(found.euros, against.euros, against.frame)
