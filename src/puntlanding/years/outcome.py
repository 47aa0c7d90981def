"""One year of a run: how far it could be computed, what it took from the year before, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from puntlanding.agreement import Balance
from puntlanding.budget import Capacity
from puntlanding.case.model import Case
from puntlanding.distribution import Distribution
from puntlanding.explain import Node, Unit, constant, difference, total
from puntlanding.problems import Problem
from puntlanding.settlement import Settlement
from puntlanding.stage import Stage
from puntlanding.year import Year
from puntlanding.years.earlier import Earlier
from puntlanding.years.entries import Entry
from puntlanding.years.groups import Changes

_OF_OWN_ROWS = frozenset({"efficiency_before_missing"})


@dataclass(frozen=True, slots=True)
class Account:
    """A year's euros, in cents: ``opening`` + ``frame`` + ``brings`` − ``paid`` − ``lapses`` = ``closing``.

    ``paid`` is before general costs; ``brings`` is what components bring in from outside the frame.
    """

    opening: Node
    frame: Node
    brings: Node
    paid: Node
    lapses: Node
    closing: Node


@dataclass(frozen=True)
class Outcome:
    """``lacking`` says of each stage why it could not be computed; ``changes`` how the groups differ from the year before."""

    entry: Entry
    stages: Year
    lacking: Mapping[Stage, tuple[Problem, ...]]
    account: Account | None
    changes: Changes
    moved: Earlier = field(repr=False)

    @property
    def year(self) -> int:
        return self.entry.year

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What was said of its case, but for what is about a budget of last year that it did not need to score."""
        return tuple(one for one in self.entry.warnings if one.code not in _OF_OWN_ROWS or not self.stages.before)

    @property
    def case(self) -> Case:
        return self.stages.case

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.case.groups)

    @property
    def budget(self) -> Capacity | None:
        return None if self.lacking[Stage.BUDGET] else self.stages.budget

    @property
    def settlement(self) -> Settlement | None:
        return None if self.lacking[Stage.SETTLE] else self.stages.settlement

    @property
    def distribution(self) -> Distribution | None:
        return None if self.lacking[Stage.DISTRIBUTE] else self.stages.distribution


def account(found: Distribution, frame: Node, opening: Node, balance: Balance) -> Account:
    """``frame`` is the year's own, without what was carried."""
    parts = [node for row in found.rows for node in (row.fixed, row.norm, *row.parts.values())]
    paid = total("paid_before_costs", Unit.CENTS, parts)
    brings = total("brought", Unit.CENTS, found.brings.values())
    left = total("left", Unit.CENTS, (found.unpaid, *found.stays.values()))
    lapses = constant("lapses", 0, Unit.CENTS)
    if balance is Balance.LAPSES:
        lapses = left.named("lapses")
        closing = difference("closing", Unit.CENTS, left, lapses)
    else:
        closing = left.named("closing")
    return Account(opening, frame, brings, paid, lapses, closing)
