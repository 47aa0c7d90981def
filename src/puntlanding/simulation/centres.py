"""From a case's list of spreads, one number for all, or its forecast, to what is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace

from puntlanding.case.drawn_forecast import DrawnForecast
from puntlanding.case.model import Case
from puntlanding.case.spread_list import SpreadList
from puntlanding.forecast.result import PER_HOUR
from puntlanding.norms.production import GroupContract, Measure, Production
from puntlanding.problems import InputError, Problem
from puntlanding.simulation.noise import noise
from puntlanding.simulation.volumes import Drawable, Estimated, Spreads, Volumes, codes_of, spread_volumes


def around(case: Case, centre: Production) -> tuple[Case, tuple[str, ...]]:
    """``case`` with ``centre`` as what is realised. A group that has no efficiency of the year yet is scored with last year's, and named."""
    year = case.agreement.year
    known = {one.group for one in case.efficiency if one.year == year}
    last = [one for one in case.efficiency if one.year == year - 1 and one.group not in known]
    carried = tuple(replace(one, year=year) for one in last)
    counts = case.agreement.weights.efficiency.value != 0
    names = tuple(dict.fromkeys(one.group for one in last)) if counts else ()
    return replace(case, realisation=centre, efficiency=(*case.efficiency, *carried)), names


def one_spread(production: Production, year: int, spread: float, correlation: float) -> Volumes:
    """The same for every group in every contract."""
    pairs = production.measures(year)
    return spread_volumes(production, year, Spreads(dict.fromkeys(pairs, spread), correlation))


def listed(production: Production, year: int, told: SpreadList, correlation: float) -> Volumes:
    """Raises InputError where the list names a product that is not among the volumes."""
    pairs = production.measures(year)
    groups = {pair: float(told.of(*pair) or 0) for pair in pairs}
    products = {}
    if told.products:
        known = codes_of(production, year)
        unknown = list(_strangers(told, known))
        if unknown:
            raise InputError(unknown)
        for group, contract, code in known:
            spread = told.of_product(group, contract, code)
            if spread is not None:
                products[group, contract, code] = float(spread)
    return spread_volumes(production, year, Spreads(groups, correlation, products))


def _strangers(told: SpreadList, known: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    there = {*known, *((group, "", code) for group, _, code in known)}
    for group, contract, code in told.products:
        if (group, contract, code) not in there:
            details = {"group": group}
            yield Problem("spread_product", told.file, None, "zorgproduct", code, details)


def forecast_volumes(told: DrawnForecast) -> Volumes:
    """What a contract has of a group's spread goes by what it still has to come; the rest of its own spread is who comes under which."""
    by_group: dict[str, list[GroupContract]] = {}
    for pair in sorted(told.production.hours):
        by_group.setdefault(pair[0], []).append(pair)
    parts = [
        Drawable(*pair, Measure.HOURS, told.production.outputs(0)[pair].hours.value, noise(0), estimated=one)  # type: ignore[union-attr]
        for pairs in by_group.values()
        for pair, one in zip(pairs, _estimated(told, pairs), strict=True)
    ]
    return Volumes(tuple(parts), told.correlation)


def _estimated(told: DrawnForecast, pairs: list[GroupContract]) -> Iterator[Estimated]:
    whole = told.groups.get(pairs[0][0])
    own = [told.production.hours[pair] for pair in pairs]
    ahead = [max(one.in_flight + one.to_open, 0.0) for one in own]
    together = sum(ahead)
    sd = 0.0 if whole is None else whole.sd
    shares = [one / together if together > 0 else 0.0 for one in ahead]
    left = sum(max(one.sd**2 - (share * sd) ** 2, 0.0) for one, share in zip(own, shares, strict=True))
    apart = sum(share * (1.0 - share) for share in shares)
    split = math.sqrt(left / apart) if apart > 1e-9 else 0.0
    for one, share in zip(own, shares, strict=True):
        least = min(one.closed / PER_HOUR, one.forecast)
        yield Estimated(one.forecast, share * sd, least, share, split)
