"""Why the forecast is another than at the end of the month before: five causes that add up to the change exactly.

In whole hundredths of an hour. Each cause is rounded by itself; what rounding leaves goes with the model, which is the rest by
its nature.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from puntlanding.forecast.result import Forecast, GroupForecast, MonthParts

STEPS = 100  # hundredths of an hour


@dataclass(frozen=True, slots=True)
class Bridge:
    """Hundredths of an hour. ``openings``: more or fewer opened (or more or less done for others) than was expected, at
    the hours per opening of then. ``mix``: what
    is known turned out heavier or lighter. ``calendar``: other effective working days ahead. ``events``: as the user gave them.
    ``model``: another level, season or hours per opening for what is still to open, and the rounding.
    """

    since: date
    before: int
    openings: int
    mix: int
    calendar: int
    model: int
    events: int
    now: int

    @property
    def change(self) -> int:
        return self.now - self.before


def bridges(before: Forecast, now: Forecast) -> dict[str, Bridge]:
    """By group, for the groups that are in both."""
    plain_before, plain_now = before.without_events or before, now.without_events or now
    there = {one.group: one for one in before.groups}
    plain = {one.group: one for one in plain_before.groups}
    found = {}
    for one in now.groups:
        if one.group in there:
            bare = plain_now.group(one.group)
            found[one.group] = _bridge(before.as_of, there[one.group], one, plain[one.group], bare, now.as_of)
    return found


def together(parts: Iterable[Bridge]) -> Bridge | None:
    """Of all groups: sums of whole numbers, so that they add up too."""
    every = list(parts)
    if not every:
        return None
    names = ("before", "openings", "mix", "calendar", "model", "events", "now")
    return Bridge(every[0].since, *(sum(getattr(one, name) for one in every) for name in names))


def _bridge(
    since: date, before: GroupForecast, now: GroupForecast, plain_before: GroupForecast, plain_now: GroupForecast, day: date
) -> Bridge:  # fmt: skip
    first, last = _steps(before.estimate.forecast), _steps(now.estimate.forecast)
    events = _steps(_by_events(now, plain_now) - _by_events(before, plain_before))
    then = {one.month: one for one in plain_before.months}
    begun = [one for one in plain_now.months if one.month <= day]
    ahead = [one for one in plain_now.months if one.month > day]
    worth = plain_before.per_opening
    fresh = [(one, then[one.month]) for one in begun if one.month in then and _month_after(one.month, since)]
    settled = _steps(_hours(begun) - _hours([then[one.month] for one in begun if one.month in then]))
    # What is forecast on work done has no openings: more or less of it was done than was expected.
    openings = _steps(sum(new.expected - old.expected for new, old in fresh) * worth) if worth > 0 else settled
    mix = settled - openings
    calendar = _steps(sum(_by_calendar(one, then.get(one.month)) * worth for one in ahead))
    return Bridge(
        since, first, openings, mix, calendar, last - first - openings - mix - calendar - events, events, last
    )


def _month_after(month: date, since: date) -> bool:
    """Whether the month was not over on ``since``, so that it still had openings to come."""
    return (month.year, month.month) > (since.year, since.month) or month <= since < _next(month)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _by_events(with_them: GroupForecast, without: GroupForecast) -> float:
    return with_them.estimate.forecast - without.estimate.forecast


def _by_calendar(now: MonthParts, before: MonthParts | None) -> float:
    """Openings more or fewer because the month has other effective working days than was thought."""
    if before is None or before.working_days <= 0:
        return 0.0
    return before.expected / before.working_days * (now.working_days - before.working_days)


def _hours(months: Sequence[MonthParts]) -> float:
    return sum(one.closed for one in months) / 6000 + sum(one.in_flight + one.to_open for one in months)


def _steps(hours: float) -> int:
    return round(hours * STEPS)
