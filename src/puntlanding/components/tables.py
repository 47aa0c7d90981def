"""What the components divide on: rows of the case's own lists (files.md), with the cell each number was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from puntlanding.explain import Node


@dataclass(frozen=True, slots=True)
class Roster:
    """One kind of duty of a group: ``frequency`` a year, ``hours`` each, as heavy as ``intensity`` says."""

    group: str
    duty: str
    frequency: Node
    intensity: str
    hours: Node


@dataclass(frozen=True, slots=True)
class DutyWeight:
    """How much an hour of an intensity counts, from a year on (local)."""

    intensity: str
    since: int
    weight: Node


@dataclass(frozen=True, slots=True)
class Decision:
    """What the boards gave a group from the mutation reserve, in cents, and why."""

    group: str
    amount: Node
    reason: str


@dataclass(frozen=True, slots=True)
class Saving:
    """What an initiative would have cost and what it cost, in cents; ``group`` None: everybody's."""

    initiative: str
    group: str | None
    baseline: Node
    actual: Node


@dataclass(frozen=True, slots=True)
class ComponentTables:
    """``values``: list → group → number, of lists with one number per group. ``scores``: pot → group → score.

    ``labels`` has the file of each list that was there with rows.
    """

    values: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, Node]] = field(default_factory=dict)
    rosters: tuple[Roster, ...] = ()
    duty_weights: tuple[DutyWeight, ...] = ()
    decisions: tuple[Decision, ...] = ()
    savings: tuple[Saving, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str) -> Mapping[str, Node]:
        return self.values.get(name, {})
