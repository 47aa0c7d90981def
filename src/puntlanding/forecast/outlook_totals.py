"""The hospital as a whole: gatekeepers and supporters together. Bounds are joined, never added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt

from puntlanding.forecast.bridge import Bridge, together
from puntlanding.forecast.outlook import Made, Row, course
from puntlanding.forecast.result import Estimate, FanPoint, Forecast


def total_estimate(made: Made) -> Estimate:
    return _joined(
        made.forecast.total,
        made.supporting.total if made.supporting is not None else None,
        made.forecast.correlation,
        sum(one.estimate.sd for one in made.forecast.groups),
        sum(one.estimate.sd for one in made.supporting.groups) if made.supporting is not None else 0.0,
    )


def total_contracts(made: Made) -> dict[str, Estimate]:
    """By contract, of gatekeepers and supporters; their bounds are joined like those of the total."""
    helped = made.supporting.groups if made.supporting is not None else ()
    totals = made.supporting.total_contracts if made.supporting is not None else {}
    return {
        name: _joined(
            one,
            totals.get(name),
            made.forecast.correlation,
            sum(part.contracts[name].sd for part in made.forecast.groups),
            sum(part.contracts[name].sd for part in helped),
        )
        for name, one in made.forecast.total_contracts.items()
    }


def _joined(one: Estimate, other: Estimate | None, correlation: float, sum_one: float, sum_other: float) -> Estimate:
    """Gatekeepers and supporters move together as groups do: their sds are joined by the same correlation, never added up."""
    if other is None:
        return one
    together_ = min(correlation * sum_one * sum_other, one.sd * other.sd)
    return Estimate(
        one.closed + other.closed,
        one.in_flight + other.in_flight,
        one.to_open + other.to_open,
        sqrt(one.sd**2 + other.sd**2 + 2 * together_),
    )


def total_without_events(made: Made) -> Estimate | None:
    bare = made.forecast.without_events
    if bare is None and (made.supporting is None or made.supporting.without_events is None):
        return None
    helped = made.supporting.without_events or made.supporting if made.supporting is not None else None
    return total_estimate(Made(bare or made.forecast, supporting=helped))


def total_fan(made: Made) -> tuple[FanPoint, ...]:
    """Of the cut-offs that both kinds of groups have, and now."""
    found = list(made.forecast.total_fan)
    if made.supporting is not None:
        helped = {one.cut_off: one.estimate for one in made.supporting.total_fan}
        own, theirs = _spreads(made.forecast), _spreads(made.supporting)
        found = [
            FanPoint(
                one.cut_off,
                _joined(
                    one.estimate,
                    helped[one.cut_off],
                    one.correlation,
                    own[one.cut_off],
                    theirs[one.cut_off],
                ),
            )
            for one in found
            if one.cut_off in helped
        ]
    return course(tuple(found), made.forecast.as_of, total_estimate(made))


def _spreads(of: Forecast) -> Mapping[date, float]:
    """Per cut-off the sum of the groups' sds."""
    found: dict[date, float] = {}
    for group in of.groups:
        for one in group.fan:
            found[one.cut_off] = found.get(one.cut_off, 0.0) + one.estimate.sd
    return found


def total_bridge(rows: Sequence[Row]) -> Bridge | None:
    return together(row.bridge for row in rows if row.bridge is not None)
