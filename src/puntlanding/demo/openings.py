"""How many care paths each group opens on each day: level × growth × room of the day × noise, and what a variant adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from puntlanding.demo import year_calendar
from puntlanding.demo.calibration import Specialism, between, number
from puntlanding.demo.profile import Profile, stream

Days = NDArray[np.float64]
Numbers = NDArray[np.int64]
_FIRST_YEAR = 1990  # noise of a year is the same whatever years are asked for: a stream per year, counted from here


class Variant(StrEnum):
    """What happens in the last years: nothing; a shift and steps; or a dip as in 2020. For the forecast's benchmark."""

    STABLE = "stable"
    DRIFT = "drift"
    SHOCK = "shock"


@dataclass(frozen=True, slots=True)
class Capacity:
    """Room per day, from ``first`` (a day number) on: of the hospital for planned and urgent care, and of each group."""

    first: int
    planned: Days
    urgent: Days
    groups: NDArray[np.float64]  # group × day, around 1


def capacity(profile: Profile, first: date, last: date, seed: int, variant: Variant) -> Capacity:
    days = year_calendar.span(first, last)
    hospital = _noise(profile, range(first.year, last.year + 1), seed, 1, 1, number("ritme.ruis_ziekenhuis"))[0]
    groups = _noise(
        profile, range(first.year, last.year + 1), seed, 2, len(profile.gatekeepers), number("ritme.ruis_vakgroep")
    )
    start = int(days[0]) - year_calendar.day_number(date(first.year, 1, 1))
    cut = slice(start, start + len(days))
    planned = year_calendar.planned(days, profile.region) * hospital[cut]
    return Capacity(int(days[0]), planned, year_calendar.urgent(days), groups[:, cut])


def shocked(room: Capacity, profile: Profile, last_year: int, seed: int) -> Capacity:
    """Planned care falls away for some weeks in the last year or the one before, and a little again in the last autumn."""
    chance = stream(seed, profile.number - 1, 3)
    planned = room.planned.copy()
    year = last_year - int(chance.integers(0, 2))
    for name, of_year in (("schok", year), ("naschok", last_year)):
        at = (
            year_calendar.day_number(date(of_year, 1, 1)) - room.first + _whole_between(f"variant.{name}_begin", chance)
        )
        length = 7 * _whole_between(f"variant.{name}_weken", chance)
        planned[max(at, 0) : max(at + length, 0)] *= 1 - chance.uniform(*between(f"variant.{name}"))
    return Capacity(room.first, planned, room.urgent, room.groups)


def _whole_between(name: str, chance: np.random.Generator) -> int:
    low, high = between(name)
    return int(chance.integers(int(low), int(high) + 1))


def paths_per_day(
    profile: Profile,
    known: dict[str, Specialism],
    starts: Days,
    room: Capacity,
    last_year: int,
    seed: int,
    variant: Variant,
) -> tuple[Numbers, Numbers]:
    """Planned and urgent care paths, group × day. ``starts``: care paths that each group begins per year in the base year."""
    chance = stream(seed, profile.number - 1, 4)
    count = len(room.planned)
    dates = np.datetime64("1970-01-01", "D") + room.first + np.arange(count)
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    bare = year_calendar.planned(np.arange(room.first, room.first + count), profile.region)
    per_year = len(bare) / 365.2425
    planned = np.empty((len(starts), count), dtype=np.int64)
    urgent = np.empty_like(planned)
    for at, group in enumerate(profile.gatekeepers):
        level = starts[at] * (1 + group.growth) ** (years - number("omvang.basisjaar"))
        level = level * _yearly(profile, at, years, seed)
        if variant is Variant.DRIFT:
            level = level * _step(profile, at, years, dates, last_year, seed)
        acute = known[group.specialism].acute
        share = room.planned * room.groups[at] / (bare.sum() / per_year)
        planned[at] = chance.poisson(level * (1 - acute) * share)
        urgent[at] = chance.poisson(level * acute * room.urgent / (room.urgent.sum() / per_year))
    return planned, urgent


def _yearly(profile: Profile, group: int, years: Numbers, seed: int) -> Days:
    levels = {
        int(year): float(
            np.exp(stream(seed, profile.number - 1, 5, group, int(year)).normal(0, number("omvang.jaar_spreiding")))
        )
        for year in np.unique(years)
    }
    return np.array([levels[int(year)] for year in years])


def _step(
    profile: Profile, group: int, years: Numbers, dates: NDArray[np.datetime64], last_year: int, seed: int
) -> Days:
    """Some groups move to another level on some day of the last year, and stay there."""
    chance = stream(seed, profile.number - 1, 6, group)
    level = np.ones(len(years))
    size = chance.uniform(*between("variant.sprong")) * (1 if chance.random() < 0.5 else -1)
    day = np.datetime64(f"{last_year}-01-01", "D") + _whole_between("variant.sprong_dag", chance)
    if chance.random() < number("variant.sprong_aandeel"):
        level[dates >= day] = 1 + size
    return level


def _noise(profile: Profile, years: range, seed: int, purpose: int, count: int, sd: float) -> NDArray[np.float64]:
    """exp(AR(1)) per day around 1, ``count`` rows; drawn per year, so that other years asked change nothing but the start."""
    memory = number("ritme.ruis_geheugen")
    parts = []
    for year in years:
        length = 366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365
        parts.append(stream(seed, profile.number - 1, 7, purpose, year - _FIRST_YEAR).normal(0, 1, (count, length)))
    shocks = np.concatenate(parts, axis=1) * np.sqrt(1 - memory**2)
    state = shocks[:, 0] / np.sqrt(1 - memory**2)
    found = np.empty_like(shocks)
    for day in range(shocks.shape[1]):
        state = memory * state + shocks[:, day]
        found[:, day] = state
    around_one: NDArray[np.float64] = np.exp(sd * found - sd * sd / 2)
    return around_one
