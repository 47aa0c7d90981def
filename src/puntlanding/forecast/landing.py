"""What it takes to end on budget: openings or hours per working day that are left, and that in sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from puntlanding.forecast.history import day_number
from puntlanding.forecast.result import Estimate, MonthParts
from puntlanding.forecast.working_days import BRIDGE, SATURDAY, SCHOOL, kinds

WORKING_DAYS_PER_WEEK = 5


@dataclass(frozen=True, slots=True)
class SessionSize:
    """One clinic or operating session: new trajectories opened in it, or norm hours; one of the two."""

    name: str
    openings: float | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class SessionNeed:
    """``per_week``: more than is expected (below zero: fewer), until the end of the year."""

    name: str
    per_week: float


@dataclass(frozen=True, slots=True)
class Landing:
    """``working_days``: those of the calendar from the day after the cut-off to 31 December, less what events leave out, so that
    five of them are a week to everybody. ``hours_needed``: still to open to end on budget, below zero where the budget is passed
    already; ``hours_expected``: what the forecast has. Openings are None for groups that are forecast on work done.
    """

    working_days: float
    hours_needed: float
    hours_expected: float
    openings_needed: float | None
    openings_expected: float | None
    sessions: tuple[SessionNeed, ...] = ()

    @property
    def reachable(self) -> bool:
        """Whether fewer openings can still bring the year down to its budget."""
        return self.hours_needed >= 0

    def per_day(self, amount: float) -> float:
        return amount / self.working_days if self.working_days > 0 else 0.0

    @property
    def hours_per_week(self) -> float:
        return self.per_day(self.hours_needed - self.hours_expected) * WORKING_DAYS_PER_WEEK

    @property
    def openings_per_week(self) -> float | None:
        if self.openings_needed is None or self.openings_expected is None:
            return None
        return self.per_day(self.openings_needed - self.openings_expected) * WORKING_DAYS_PER_WEEK


def landing(
    estimate: Estimate,
    budget: float,
    months: Sequence[MonthParts],
    as_of: date,
    per_opening: float | None,
    sizes: Sequence[SessionSize] = (),
    usual: Sequence[MonthParts] | None = None,
) -> Landing | None:
    """None where no working day is left. ``per_opening``: hours per opening still to come; None: not forecast on openings.
    ``usual``: the months without events.
    """
    days = sum(
        _left(one, as_of) * _room(one, bare)
        for one, bare in zip(months, months if usual is None else usual, strict=True)
    )
    if days <= 0:
        return None
    needed = budget - estimate.closed_hours - estimate.in_flight
    counts: tuple[float | None, float | None] = (None, None)
    if per_opening is not None and per_opening > 0:
        counts = needed / per_opening, estimate.to_open / per_opening
    found = Landing(days, needed, estimate.to_open, *counts)
    sessions = [need for size in sizes if (need := _sessions(found, size)) is not None]
    return Landing(days, needed, estimate.to_open, *counts, tuple(sessions))


def _sessions(found: Landing, size: SessionSize) -> SessionNeed | None:
    if size.openings and found.openings_per_week is not None:
        return SessionNeed(size.name, found.openings_per_week / size.openings)
    if size.hours:
        return SessionNeed(size.name, found.hours_per_week / size.hours)
    return None


def _left(month: MonthParts, as_of: date) -> int:
    """Working days of the month after ``as_of``, by the calendar."""
    first = max(day_number(month.month), day_number(as_of) + 1)
    last = day_number(date(month.month.year + month.month.month // 12, month.month.month % 12 + 1, 1)) - 1
    if last < first:
        return 0
    kind = kinds(first, last, None) // len(SCHOOL)
    return int(((kind < SATURDAY) | (kind == BRIDGE)).sum())


def _room(month: MonthParts, usual: MonthParts) -> float:
    """The share of the month that events leave."""
    return month.working_days / usual.working_days if usual.working_days > 0 else 1.0
