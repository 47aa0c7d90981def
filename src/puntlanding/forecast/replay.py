"""The method on the hospital's own past: what it would have said at month-ends of earlier years, against what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from puntlanding.forecast.cut_off import View, view
from puntlanding.forecast.history import Mask, day_number, day_of, month_end, month_number
from puntlanding.forecast.in_flight import train
from puntlanding.forecast.intervals import Scale, bounds, scale, untested
from puntlanding.forecast.prepared import Prepared
from puntlanding.forecast.result import PER_HOUR, CutOffQuality, Method, Quality, Reason
from puntlanding.forecast.student import T80, T95

Floats = NDArray[np.float64]
YEARS, MONTHS = 2, 11
HALF_A_YEAR, MONTHS_OF_YEAR = 6, 12
LEAST_MONTHS = 15  # of history before a cut-off, or it says nothing of how the method does by now
SHORT = 24  # months of history under which only simple methods have ground
# A simpler method wins where its error is less than so much of the pooled one. Two years are few: on the hospitals of development,
# how the two compared in them told next to nothing of how they did in the year after.
CLEARLY = 0.90


@dataclass(frozen=True, slots=True)
class Replayed:
    """``outcome``: hours per group of that year as known on a later day, what is still open as expected. ``tells``: groups that
    were there all that year and half a year before the day: of others a miss says nothing of the method.
    """

    view: View
    outcome: Floats
    tells: Mask

    def by(self, method: Method) -> Floats:
        found = {
            Method.POOLED: self.view.forecast,
            Method.OPENING_SHARE: self.view.share,
            Method.RUN_RATE: self.view.pace,
        }
        return np.where(np.isfinite(found[method]), found[method], self.view.forecast)

    def misses(self, method: Method) -> Floats:
        sd = self.view.spread.model
        return np.where(self.tells & (sd > 0), (self.outcome - self.by(method)) / np.where(sd > 0, sd, 1.0), np.nan)


def cut_offs(first: int, as_of: int, year: int, told_from: int) -> list[tuple[int, int]]:
    """Day and year, rising: month-ends January to November of the two years before, with enough before them."""
    begin = month_number(day_of(first))
    found = []
    over = min(year, day_of(as_of + 1).year)  # a year that is not over has no outcome
    for past in range(over - YEARS, over):
        for month in range(MONTHS):
            at = (past - 1970) * 12 + month
            day = day_number(month_end(at))
            if at - begin + 1 >= LEAST_MONTHS and day < as_of and day >= told_from:
                found.append((day, past))
    return found


def replay(known: Prepared, asked: Sequence[tuple[int, int]]) -> list[Replayed]:
    return held_against(known, [view(known, day, year, Method.POOLED) for day, year in asked], known.as_of)


def held_against(known: Prepared, replayed: Sequence[View], day: int) -> list[Replayed]:
    """What the views say beside the outcomes as known on ``day``, of which there is a snapshot."""
    if not replayed:
        return []
    outcomes: dict[int, tuple[Floats, Mask]] = {}
    means = train(known.history, known.snapshots, day)
    for year in sorted({one.year for one in replayed}):
        now = view(known, day, year, Method.POOLED, means)
        outcomes[year] = (
            now.closed / PER_HOUR + now.in_flight,
            np.asarray(np.all(now.presence.weights[:, -MONTHS_OF_YEAR:] > 0, axis=1)),
        )
    found = [(seen, *outcomes[seen.year]) for seen in replayed]
    return [Replayed(seen, outcome, _tells(seen, outcome, there)) for seen, outcome, there in found]


def _tells(seen: View, outcome: Floats, there: Mask) -> Mask:
    enough = (seen.presence.weights > 0).sum(axis=1) >= HALF_A_YEAR
    return np.asarray(there & enough & (outcome > 0) & ~seen.presence.stopped)


def wape(forecast: Floats, outcome: Floats) -> float:
    """Σ |forecast - outcome| ÷ Σ |outcome| over the groups."""
    return float(np.abs(forecast - outcome).sum() / max(float(np.abs(outcome).sum()), 1e-9))


def chosen(months: int, replayed: Sequence[Replayed], asked: Method | None) -> tuple[Method, Reason]:
    if asked is not None:
        return asked, Reason.CHOSEN
    if months < SHORT:
        return Method.OPENING_SHARE, Reason.SHORT_HISTORY
    if not replayed:
        return Method.POOLED, Reason.NO_BACK_TEST
    errors = {
        method: _mean(wape(one.by(method)[one.tells], one.outcome[one.tells]) for one in replayed) for method in Method
    }
    simple = min((Method.OPENING_SHARE, Method.RUN_RATE), key=lambda method: errors[method])
    wins = errors[simple] < CLEARLY * errors[Method.POOLED]
    return simple if wins else Method.POOLED, Reason.BACK_TEST


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)


def scale_of(replayed: Sequence[Replayed], method: Method, groups: int) -> Scale:
    return scale([one.misses(method) for one in replayed]) if replayed else untested(groups)


def quality(replayed: Sequence[Replayed], method: Method) -> Quality | None:
    """Coverage of a year by bounds that were learned from the other year, so that no miss widens its own bounds."""
    if not replayed:
        return None
    groups = len(replayed[0].outcome)
    years = {one.view.year for one in replayed}
    learned = {year: scale_of([one for one in replayed if one.view.year != year], method, groups) for year in years}
    rows = tuple(_quality(one, method, learned[one.view.year]) for one in replayed)
    return Quality(
        rows,
        _mean(row.wape for row in rows),
        _mean_known(row.wape_opening_share for row in rows),
        _mean_known(row.wape_run_rate for row in rows),
        _mean(row.covered80 for row in rows),
        _mean(row.covered95 for row in rows),
    )


def _quality(one: Replayed, method: Method, learned: Scale) -> CutOffQuality:
    forecast, sd = one.by(method), bounds(one.view.spread, learned).groups
    off = np.abs(forecast - one.outcome)
    tells = one.tells
    total = float(one.outcome[tells].sum())
    return CutOffQuality(
        day_of(one.view.day),
        wape(forecast[tells], one.outcome[tells]),
        _wape_known(one.view.share[tells], one.outcome[tells]),
        _wape_known(one.view.pace[tells], one.outcome[tells]),
        float(forecast[tells].sum() - total) / total if total else 0.0,
        float((off[tells] <= T80 * sd[tells]).mean()) if tells.any() else 0.0,
        float((off[tells] <= T95 * sd[tells]).mean()) if tells.any() else 0.0,
    )


def _wape_known(forecast: Floats, outcome: Floats) -> float | None:
    return wape(forecast, outcome) if np.isfinite(forecast).all() else None


def _mean_known(values: Iterable[float | None]) -> float | None:
    found = [value for value in values if value is not None]
    return sum(found) / len(found) if found else None


__all__ = ["Replayed", "chosen", "cut_offs", "held_against", "quality", "replay", "scale_of"]
