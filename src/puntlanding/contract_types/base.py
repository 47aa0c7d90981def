"""The interface of a contract type: one rule from realised and budgeted norm fte to paid norm fte (methods §7)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from puntlanding.explain import Node, Unit, constant, total
from puntlanding.setting import Setting


@dataclass(frozen=True, slots=True)
class Position:
    """One group in one contract, in norm fte after scoring (methods §4).

    ``realised`` is None where nothing was reported (a lump sum does not need it); ``previous`` is the budget of the year
    before, for a multi-year contract.
    """

    group: str
    contract: str
    budgeted: Node
    realised: Node | None = None
    previous: Node | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What a rule pays: ``base`` plus ``extra``, both in norm fte."""

    base: Node
    extra: Node

    def paid(self, position: Position) -> Node:
        parts = (self.base, self.extra)
        return total("paid", Unit.FTE, parts, subject=position.group, contract=position.contract)


@dataclass(frozen=True, slots=True)
class ContractType:
    """``name`` is what the agreement writes; ``settings`` are the keys this type adds to ``[[contract]]``."""

    name: str
    nl: str
    en: str
    rule: Callable[[Position, Mapping[str, Node]], Payment]
    settings: tuple[Setting, ...] = ()
    needs_realisation: bool = True
    needs_previous_budget: bool = False
    redistributes: bool = False


def realised(position: Position) -> Node:
    """The realisation of a position whose rule needs it; the checks have made sure that it is there."""
    if position.realised is None:
        raise ValueError(
            f"{position.group}: contract {position.contract} is settled on a realisation that is not there"
        )
    return position.realised


def no_extra(position: Position) -> Node:
    return constant("extra", 0, Unit.FTE, subject=position.group)
