"""The forecast beside the budget: what a hospital's board, a group and a chart need of one year on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import sqrt

from puntlanding.collective import Group, Role, by_care_unit
from puntlanding.forecast.bridge import Bridge, bridges
from puntlanding.forecast.known import Delivered
from puntlanding.forecast.landing import Landing as Need
from puntlanding.forecast.landing import SessionSize, landing
from puntlanding.forecast.quality import Finding
from puntlanding.forecast.result import (
    Checks,
    Estimate,
    FanPoint,
    Flag,
    Forecast,
    GroupForecast,
    Landing,
    Method,
    MonthParts,
    Quality,
    Reason,
)
from puntlanding.forecast.signals import Signal, signal
from puntlanding.forecast.working_days import Event


@dataclass(frozen=True, slots=True)
class Budgets:
    """Norm hours: by name of the group, and by name and contract. A group that is not there has no budget in norm hours."""

    groups: Mapping[str, Fraction] = field(default_factory=dict)
    contracts: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Beside:
    """An estimate beside its budget in hours; ``chances`` and ``signal`` are None without one."""

    name: str
    estimate: Estimate
    budget: Fraction | None
    chances: Landing | None
    signal: Signal | None

    @property
    def ratio(self) -> float | None:
        return self.estimate.forecast / float(self.budget) if self.budget else None

    def share(self, hours: float) -> float | None:
        """Of the budget."""
        return hours / float(self.budget) if self.budget else None


@dataclass(frozen=True, slots=True)
class Row:
    """One group of the collective. ``own`` None: nothing is known of it, so that it counts as nothing."""

    beside: Beside
    specialism: str
    role: Role
    contracts: tuple[Beside, ...]
    own: GroupForecast | None
    need: Need | None
    bridge: Bridge | None
    without_events: Estimate | None
    fan: tuple[FanPoint, ...] = ()

    @property
    def name(self) -> str:
        return self.beside.name

    @property
    def flags(self) -> tuple[Flag, ...]:
        return self.own.flags if self.own is not None else (Flag.NO_OPENINGS,)

    @property
    def months(self) -> tuple[MonthParts, ...]:
        return self.own.months if self.own is not None else ()

    @property
    def checks(self) -> Checks:
        return self.own.checks if self.own is not None else Checks(None, None, None)


@dataclass(frozen=True, slots=True)
class Outlook:
    """``asked``: the day asked for; ``as_of``: the day up to which the records go, which may be earlier. ``band``: a share."""

    hospital: str
    organisation: str
    year: int
    asked: date
    as_of: date
    band: float
    rows: tuple[Row, ...]
    total: Beside
    total_contracts: tuple[Beside, ...]
    total_bridge: Bridge | None
    total_fan: tuple[FanPoint, ...]
    total_without_events: Estimate | None
    method: Method
    reason: Reason
    history_months: int
    quality: Quality | None
    strip: tuple[Finding, ...]
    deliveries: tuple[Delivered, ...]
    counts: Mapping[str, int]
    events: tuple[Event, ...]
    budget_known: date | None = None
    care_units: tuple[Beside, ...] = ()
    region: str | None = None  # whose school holidays count; None where too short a history tells of none

    @property
    def signals(self) -> tuple[Row, ...]:
        """The groups that there is something to talk about with, the largest difference in hours first."""
        found = [row for row in self.rows if row.beside.signal is not None]
        return tuple(sorted(found, key=lambda row: (-_distance(row.beside), row.name)))


def _distance(one: Beside) -> float:
    return abs(one.estimate.forecast - float(one.budget or 0))


@dataclass(frozen=True, slots=True)
class Made:
    """What the engine gave: now, at the end of the month before (for the bridge), and of the supporting groups the same."""

    forecast: Forecast
    before: Forecast | None = None
    supporting: Forecast | None = None
    supporting_before: Forecast | None = None
    region: str | None = None

    def of(self, role: Role) -> tuple[Forecast | None, Forecast | None]:
        return (self.supporting, self.supporting_before) if role is Role.SUPPORTING else (self.forecast, self.before)


def beside(name: str, estimate: Estimate, budget: Fraction | None, band: float) -> Beside:
    """Of a budget of zero there is no ratio, but work that was not budgeted lies above it."""
    if budget is None or budget < 0:
        return Beside(name, estimate, budget, None, None)
    hours = float(budget)
    return Beside(name, estimate, budget, estimate.probability(hours, band), signal(estimate, hours))


def rows_of(
    groups: Sequence[Group], made: Made, budgets: Budgets, band: float, sizes: Mapping[str, Sequence[SessionSize]]
) -> tuple[Row, ...]:
    """In the order of the collective's groups."""
    steps = {
        role: bridges(then, now) if now is not None and then is not None else {}
        for role in Role
        for now, then in [made.of(role)]
    }
    return tuple(_row(group, made, budgets, band, sizes.get(group.name, ()), steps[group.role]) for group in groups)


def _row(
    group: Group,
    made: Made,
    budgets: Budgets,
    band: float,
    sizes: Sequence[SessionSize],
    steps: Mapping[str, Bridge],
) -> Row:
    forecast, _ = made.of(group.role)
    own = _own(forecast, group)
    budget = budgets.groups.get(group.name)
    estimate = own.estimate if own is not None else Estimate(0, 0.0, 0.0, 0.0)
    contracts = {} if own is None else own.contracts
    bare = _own(forecast.without_events if forecast is not None else None, group)
    need = None
    if own is not None and budget is not None and forecast is not None:
        worth = own.per_opening if group.role is Role.GATEKEEPING else None
        usual = bare.months if bare is not None else None
        need = landing(estimate, float(budget), own.months, forecast.as_of, worth, sizes, usual)
    return Row(
        beside(group.name, estimate, budget, band),
        group.specialism,
        group.role,
        tuple(
            beside(name, one, budgets.contracts.get((group.name, name)), band)
            for name, one in sorted(contracts.items())
        ),
        own,
        need,
        steps.get(group.specialism),
        bare.estimate if bare is not None else None,
        course(own.fan, forecast.as_of, estimate) if own is not None and forecast is not None else (),
    )


def course(fan: tuple[FanPoint, ...], as_of: date, estimate: Estimate) -> tuple[FanPoint, ...]:
    """The past forecasts of the year, and now."""
    return (*(one for one in fan if one.cut_off < as_of), FanPoint(as_of, estimate))


def _own(forecast: Forecast | None, group: Group) -> GroupForecast | None:
    if forecast is None:
        return None
    return next((one for one in forecast.groups if one.group == group.specialism), None)


def total_budget(rows: Sequence[Row]) -> Fraction | None:
    """Unknown where a group that has production has no budget: an unknown is never counted as zero."""
    if any(row.beside.budget is None and row.beside.estimate.forecast for row in rows):
        return None
    return sum((row.beside.budget or Fraction(0) for row in rows), Fraction(0))


def care_units(groups: Sequence[Group], rows: Sequence[Row], correlation: float, band: float) -> tuple[Beside, ...]:
    """Of each cluster of groups; its bounds are joined like those of the total."""
    by_name = {row.name: row for row in rows}
    found = []
    for name, members in by_care_unit(groups, by_name.__getitem__).items():
        parts = [row.beside.estimate for row in members]
        sds = [part.sd for part in parts]
        spread = sqrt((1 - correlation) * sum(sd * sd for sd in sds) + correlation * sum(sds) ** 2)
        whole = Estimate(
            sum(part.closed for part in parts),
            sum(part.in_flight for part in parts),
            sum(part.to_open for part in parts),
            spread,
        )
        found.append(beside(name, whole, total_budget(members), band))
    return tuple(found)
