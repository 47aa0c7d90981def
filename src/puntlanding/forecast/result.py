"""What a forecast says: per group and in total the parts, the bounds, and the chance of landing in a band around a budget.

Hours are floats (estimates); what is closed is exact, in hundredths of a norm minute. Codes here become text in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from puntlanding.forecast.student import T80, T95, below

PER_HOUR = 6000  # hundredths of a minute


class Method(StrEnum):
    """How what is still to open was found."""

    POOLED = "pooled"  # openings per effective working day, seasons pooled over the groups
    OPENING_SHARE = "opening_share"  # share of earlier years' openings that came up to this day of the year
    RUN_RATE = "run_rate"  # openings per effective working day so far; no earlier year to lean on


class Reason(StrEnum):
    """Why that method."""

    BACK_TEST = "back_test"  # it had the smaller error on this hospital's own history
    EARLY = "early"  # the simple method would go by a year that has hardly begun
    SHORT_HISTORY = "short_history"  # less than 24 months: too short for seasons or a back-test
    NO_BACK_TEST = "no_back_test"  # asked for without, or no cut-off that could be replayed
    CHOSEN = "chosen"  # by the settings


class Refusal(StrEnum):
    """Why there is no forecast."""

    NO_HISTORY = "no_history"  # nothing known on the date
    TOO_LITTLE = "too_little_history"  # nothing, or next to nothing, had closed: no hours to reckon with
    BEFORE_YEAR = "before_year"  # more than a year before the year begins
    BEHIND_DATE = "stale_records"  # the records end long before the date
    YEAR_DONE = "year_done"  # everything opened in the year is closed long since: the year is known


class Flag(StrEnum):
    """What is special about a group: it gets an answer, and this says how far it goes."""

    SMALL = "small"  # fewer than 30 trajectories in a year: leans on the other groups, wide bounds
    STARTED = "started"  # no openings in the first part of the history: only its own months count
    STOPPED = "stopped"  # no openings in the last months: none expected
    RESUMED = "resumed"  # stopped, and began again: the months between are left out
    GAP = "gap"  # months without any openings between months with: left out
    LUMP = "lump"  # a month in which openings were recorded in one lump (a new system): left out
    SHOCK = "shock"  # months far off the pattern: count little
    CORRECTIONS = "corrections"  # trajectories with norm minutes below zero
    NO_NORM_TIMES = "no_norm_times"  # closed trajectories without a norm time: they count as nothing
    RECORDING_UNKNOWN = "recording_unknown"  # the source does not tell when rows were recorded
    NO_OPENINGS = "no_openings"  # nothing known of this group in the year or before it
    LEVEL_MOVED = "level_moved"  # openings per working day moved more than usual in the last months


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Landing:
    """Chances, adding up to one."""

    under: float
    within: float
    over: float

    @property
    def whole_percents(self) -> tuple[int, int, int]:
        """Under, within and over; together one hundred, as they are shown: what rounding down leaves goes to the largest rests."""
        exact = [share * 100 for share in (self.under, self.within, self.over)]
        found = [int(one) for one in exact]
        order = sorted(range(3), key=lambda at: (found[at] - exact[at], at))
        for at in order[: 100 - sum(found)]:
            found[at] += 1
        return found[0], found[1], found[2]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Hours of a year: ``closed`` (hundredths of a minute, exact) + ``in_flight`` + ``to_open``; ``sd`` of the sum.

    The sum spreads around ``forecast`` as ``sd`` × Student's t(4).
    """

    closed: int
    in_flight: float
    to_open: float
    sd: float

    @property
    def closed_hours(self) -> float:
        return self.closed / PER_HOUR

    @property
    def forecast(self) -> float:
        return self.closed_hours + self.in_flight + self.to_open

    def interval(self, quantile: float) -> Interval:
        """``quantile``: of t(4). Never below what is closed, unless the forecast itself is."""
        low = max(self.forecast - quantile * self.sd, min(self.closed_hours, self.forecast))
        return Interval(low, self.forecast + quantile * self.sd)

    @property
    def interval80(self) -> Interval:
        return self.interval(T80)

    @property
    def interval95(self) -> Interval:
        return self.interval(T95)

    def probability(self, budget: float, band: float = 0.01) -> Landing:
        """Of ending under, within or over ``budget`` (hours) ± ``band`` (a share of it)."""
        low, high = sorted((budget * (1 - band), budget * (1 + band)))
        under, not_over = self._below(low, strictly=True), self._below(high, strictly=False)
        return Landing(under, max(not_over - under, 0.0), 1.0 - max(not_over, under))

    def _below(self, hours: float, *, strictly: bool) -> float:
        floor = min(self.closed_hours, self.forecast)
        if hours < floor or (strictly and hours <= floor):
            return 0.0
        if self.sd <= 0:
            return float(hours > self.forecast or (hours == self.forecast and not strictly))
        return below((hours - self.forecast) / self.sd)


@dataclass(frozen=True, slots=True)
class MonthParts:
    """One opening month. ``openings``: known so far; ``expected``: of the whole month, with what is recorded late or to come."""

    month: date
    openings: int
    expected: float
    closed: int
    in_flight: float
    to_open: float
    working_days: float  # effective, of the whole month


@dataclass(frozen=True, slots=True)
class Checks:
    """Other ways to the same full year, in hours, beside the forecast; None where the history does not carry it."""

    opening_share: float | None
    closed_rate: float | None  # closed hours × 12 ÷ months passed
    closed_share: float | None  # closed hours ÷ the share closed on this day last year


@dataclass(frozen=True, slots=True)
class FanPoint:
    """The forecast as it was, or would have been, on ``cut_off``: only with what was known then, its bounds as well.

    ``correlation``: of the groups on that day, in a total.
    """

    cut_off: date
    estimate: Estimate
    correlation: float = 0.0


@dataclass(frozen=True, slots=True)
class GroupForecast:
    """``per_opening``: hours per opening still to come. ``contracts``: by name; the parts add up to ``estimate``'s."""

    group: str
    estimate: Estimate
    months: tuple[MonthParts, ...]
    checks: Checks
    per_opening: float
    contracts: Mapping[str, Estimate]
    flags: tuple[Flag, ...]
    fan: tuple[FanPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class CutOffQuality:
    """What a replay at one cut-off of an earlier year gave. Errors are sums of absolute errors over the groups ÷ their hours."""

    cut_off: date
    wape: float
    wape_opening_share: float | None
    wape_run_rate: float | None
    total_error: float  # (forecast - outcome) ÷ outcome of all groups together
    covered80: float  # share of the groups
    covered95: float


@dataclass(frozen=True, slots=True)
class Quality:
    """The method on this hospital's own history, and the simple ones beside it: means over the cut-offs."""

    cut_offs: tuple[CutOffQuality, ...]
    wape: float
    wape_opening_share: float | None
    wape_run_rate: float | None
    covered80: float
    covered95: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """``total`` is not the sum of bounds: ``correlation`` says how much groups move together. ``months``: of history used.

    ``without_events``: the same forecast without the events that the user gave; None where there were none.
    """

    as_of: date
    year: int
    groups: tuple[GroupForecast, ...]
    total: Estimate
    total_contracts: Mapping[str, Estimate]
    correlation: float
    method: Method
    reason: Reason
    months: int
    quality: Quality | None
    flags: tuple[Flag, ...]
    total_fan: tuple[FanPoint, ...] = ()
    without_events: Forecast | None = None

    def group(self, name: str) -> GroupForecast:
        return next(one for one in self.groups if one.group == name)


@dataclass(frozen=True, slots=True)
class NoForecast:
    """A clear no: only the hospital's own prognosis file can say something."""

    as_of: date
    year: int
    refusal: Refusal
