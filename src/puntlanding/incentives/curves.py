"""The marginal norm hour around every budget: below it, just below, just above and above it, by group and contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from puntlanding.agreement import Contract, Supporting
from puntlanding.case.model import Case
from puntlanding.collective import Group, Role
from puntlanding.incentives.effect import Effect, Situation, effect, nothing
from puntlanding.problems import InputError, Problem
from puntlanding.quantities import ONE
from puntlanding.stage import Stage
from puntlanding.year import Year


class Others(StrEnum):
    """Where everybody stands but the one whose hour is looked at; the value is the table it comes from."""

    REALISED = "realisatie"
    FORECAST = "prognose"
    BUDGET = "begroting"


class Place(StrEnum):
    """``BELOW`` and ``ABOVE`` are the two sides of the budget itself."""

    FAR_BELOW = "onder"
    BELOW = "net_onder"
    ABOVE = "net_boven"
    FAR_ABOVE = "boven"


UNDER = (Place.FAR_BELOW, Place.BELOW)
OVER = (Place.ABOVE, Place.FAR_ABOVE)


@dataclass(frozen=True, slots=True)
class Curve:
    """One group in one contract. ``budget`` is norm fte after scoring; ``fte_per_hour`` what a realised norm hour is in norm fte
    after scoring, None where there is no benchmark. ``effects`` are per norm fte; ``by_hour`` says whether it is told by the hour.

    A place is not there where a group cannot come (below nothing), or where nothing is left to divide on.
    """

    group: str
    contract: Contract
    role: Role
    budget: Fraction
    fte_per_hour: Fraction | None
    effects: Mapping[Place, Effect]
    by_hour: bool = True

    @property
    def scale(self) -> Fraction:
        """From cents for a norm fte to cents for what is told."""
        return self.fte_per_hour if self.by_hour and self.fte_per_hour is not None else ONE

    def own(self, place: Place) -> Fraction | None:
        """Cents for one norm hour (or one norm fte) more; norm fte paid per norm fte where there is no frame."""
        found = self._at(place)
        return None if found is None else found[0][self.group] * found[1]

    def others(self, place: Place) -> Mapping[str, Fraction] | None:
        """As `own`, of everybody else who gains or loses."""
        found = self._at(place)
        if found is None:
            return None
        return {name: value * found[1] for name, value in found[0].items() if value and name != self.group}

    def together(self, place: Place) -> Fraction | None:
        """The sum of `others`."""
        found = self._at(place)
        return None if found is None else self.effects[place].of_others(self.group) * found[1]

    def _at(self, place: Place) -> tuple[Mapping[str, Fraction], Fraction] | None:
        found = self.effects.get(place)
        if found is None:
            return None
        return (found.paid, ONE) if found.euros is None else (found.euros, self.scale)


@dataclass(frozen=True, slots=True)
class Incentives:
    """``in_euros`` False: there is no frame, or `without_euros` says why nothing can be divided; then all is in norm fte.

    ``by_hour`` False: at least one group has no benchmark, so that an hour has no price; then all is by the norm fte.
    """

    agreement: str
    case: Case
    others: Others
    distance: Fraction
    curves: tuple[Curve, ...]
    in_euros: bool
    by_hour: bool = True
    without_euros: tuple[Problem, ...] = ()


def incentives(case: Case, others: Others | None, distance: Fraction, groups: Sequence[str] = ()) -> Incentives:
    """``distance`` is a share of the budget; ``groups`` empty: all. Without ``others``: realised, else the forecast, else the budget.

    Raises InputError with what lacks to settle the case.
    """
    where = others or _known(case)
    placed = _placed(case, where)
    year = Year(placed)
    lacking = year.missing(Stage.SETTLE)
    if lacking:
        raise InputError(lacking)
    without = year.missing(Stage.DISTRIBUTE)
    situation = situation_of(year, where)
    euros = not without
    wanted = [group for group in case.groups if not groups or group.name in groups]
    curves = tuple(curve for group in wanted for curve in _curves(situation, year, group, distance, euros))
    by_hour = euros and all(curve.fte_per_hour is not None for curve in curves)
    curves = tuple(replace(curve, by_hour=by_hour) for curve in curves)
    told = () if case.agreement.frame is None else without
    return Incentives(case.agreement.file, case, where, distance, curves, euros, by_hour, told)


def _known(case: Case) -> Others:
    if case.realisation is not None:
        return Others.REALISED
    return Others.BUDGET if case.forecast is None else Others.FORECAST


def _placed(case: Case, where: Others) -> Case:
    """The case as if its realisation were what the others are put at."""
    table = {Others.REALISED: case.realisation, Others.FORECAST: case.forecast, Others.BUDGET: case.budget}[where]
    if table is None:
        raise InputError([Problem("incentives_no_table", "--others", value=where.value)])
    placed = replace(case, realisation=table)
    if where is not Others.FORECAST or case.budget is None:
        return placed
    year = case.agreement.year
    known = table.measures(year)
    needed = {contract.name for contract in case.agreement.contracts if contract.type.needs_realisation}
    lacking = [key for key in case.budget.measures(year) if key not in known and key[1] in needed]
    if lacking:
        details = [(group, {"contract": contract}) for group, contract in lacking]
        raise InputError(
            [Problem("incentives_forecast_lacks", table.file, None, "vakgroep", name, more) for name, more in details]
        )
    return placed


def situation_of(year: Year, where: Others) -> Situation:
    realised = year.budget if where is Others.BUDGET or year.realised is None else year.realised
    case = year.case
    return Situation(
        case.groups, case.agreement, year.budget, realised, year.previous, year.formation, case.costs, year.agreed
    )  # fmt: skip


def _curves(situation: Situation, year: Year, group: Group, distance: Fraction, euros: bool) -> Iterator[Curve]:
    budget = situation.budget.row(group.name)
    scored = budget if year.realised is None else year.realised.row(group.name)
    rate, factor = budget.rate, scored.factor
    price = None
    if rate is not None and rate.value:
        price = (ONE if factor is None else factor.value) / rate.value
    for contract in situation.agreement.contracts:
        budgeted = budget.contracts.get(contract.name)
        if budgeted is not None:
            yield Curve(
                group.name, contract, group.role, budgeted.value, price,
                dict(_effects(situation, group, contract, budgeted.value, distance, euros)),
            )  # fmt: skip


def _effects(
    situation: Situation, group: Group, contract: Contract, budget: Fraction, distance: Fraction, euros: bool
) -> Iterator[tuple[Place, Effect]]:
    points = {
        Place.FAR_BELOW: (budget * (ONE - distance), True),
        Place.BELOW: (budget, False),
        Place.ABOVE: (budget, True),
        Place.FAR_ABOVE: (budget * (ONE + distance), True),
    }
    reported = situation.realised.row(group.name).contracts.get(contract.name) is not None
    for place, (at, more) in points.items():
        if not budget and place in UNDER:
            continue
        if not reported and not _counts(situation, group, contract):
            yield (
                place,
                nothing([row.line.group for row in situation.settlement.rows], euros=euros),
            )  # nobody asks for it
            continue
        try:
            yield place, effect(situation, group.name, contract.name, at, more=more, euros=euros)
        except ZeroDivisionError:
            continue


def _counts(situation: Situation, group: Group, contract: Contract) -> bool:
    by_role = situation.agreement.supporting is not Supporting.AS_OTHERS
    return contract.type.needs_realisation or (by_role and group.role is Role.SUPPORTING)
