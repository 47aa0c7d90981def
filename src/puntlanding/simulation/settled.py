"""All draws at once under one agreement: settled and divided by the rules that every year is settled and divided by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from puntlanding.case.model import Case
from puntlanding.distribution import Distribution, distribute
from puntlanding.explain import Node, Operation, Unit, total
from puntlanding.norms.production import GroupContract, Measure, Output, Production
from puntlanding.settlement import Settlement
from puntlanding.simulation.draws import Floats, drawn, floats, part_of
from puntlanding.simulation.volumes import Volumes
from puntlanding.year import Year

SLICE = 5_000  # draws


@dataclass(frozen=True, slots=True)
class DrawnProduction:
    """A realisation of which every number is many draws."""

    of: Production
    year: int
    made: Mapping[GroupContract, Output]

    @property
    def file(self) -> str:
        return self.of.file

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        return self.of.measures(year)

    def slice(self, first: int, last: int) -> DrawnProduction:
        return replace(self, made={key: _cut(output, first, last) for key, output in self.made.items()})

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        return self.made if year == self.year else {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One array per quantity, a row per group in the order of ``names`` and a column per draw; or one value per draw.

    In norm fte: ``budgeted`` (one per group), ``realised``, ``paid``, ``extra`` (what redistribution adds) and ``above`` (what is
    paid above the budget of all groups together). In cents: ``euros``, ``shifted`` (what redistribution gives or takes) and ``left``
    (what goes to no group). None where there is no frame, or no redistribution. ``price``: cents of a norm fte at the budget.
    """

    names: tuple[str, ...]
    budgeted: Floats
    realised: Floats
    paid: Floats
    above: Floats
    extra: Floats | None = None
    euros: Floats | None = None
    left: Floats | None = None
    shifted: Floats | None = None
    price: float | None = None


def _cut(output: Output, first: int, last: int) -> Output:
    def cut(node: Node | None) -> Node | None:
        return None if node is None else replace(node, value=part_of(node.value, first, last))

    return Output(cut(output.hours), cut(output.fte))


def drawn_production(
    of: Production, year: int, volumes: Volumes, found: Mapping[GroupContract, Floats]
) -> DrawnProduction:
    made = {}
    for part in volumes.parts:
        hours = part.measure is not Measure.FTE
        unit, term = (Unit.HOURS, "norm_hours") if hours else (Unit.FTE, "norm_fte")
        value = drawn(found[part.group, part.contract])
        node = Node(term, value, unit, Operation.CELL, subject=part.group, contract=part.contract)
        made[part.group, part.contract] = Output(hours=node) if hours else Output(fte=node)
    return DrawnProduction(of, year, made)


def outcome(case: Case, draws: int, *, euros: bool, sliced: Callable[[], None] = lambda: None) -> Outcome:
    """``case`` has drawn volumes as its realisation; ``euros``: it can be distributed; ``sliced`` is told of each slice.

    A slice at a time: while a year is settled every number on the way is kept, and of a million draws that is too much.
    """
    drawn_ = case.realisation
    if not isinstance(drawn_, DrawnProduction):
        raise TypeError("an outcome of many draws needs drawn volumes")
    parts = []
    for first in range(0, draws, SLICE):
        last = min(first + SLICE, draws)
        parts.append(_slice(replace(case, realisation=drawn_.slice(first, last)), last - first, euros=euros))
        sliced()
    return _joined(parts)


def _slice(case: Case, draws: int, *, euros: bool) -> Outcome:
    found = _outcome(Year(case), draws, euros=euros)
    if not _redistributes(case):
        return found
    agreement = replace(case.agreement, redistribute=False)
    without = _outcome(Year(replace(case, agreement=agreement)), draws, euros=euros)
    shifted = None
    if found.euros is not None and without.euros is not None:
        shifted = found.euros - without.euros
    return replace(found, extra=found.paid - without.paid, shifted=shifted)


def _joined(parts: Sequence[Outcome]) -> Outcome:
    first = parts[0]
    if len(parts) == 1:
        return first
    whole: dict[str, Any] = {}
    for name in ("realised", "paid", "above", "extra", "euros", "left", "shifted"):
        own = [getattr(part, name) for part in parts]
        whole[name] = None if own[0] is None else np.concatenate(own, axis=-1)
    return replace(first, **whole)


def _redistributes(case: Case) -> bool:
    return case.agreement.redistribute and any(one.type.redistributes for one in case.agreement.contracts)


def _divided(year: Year, settlement: Settlement) -> Distribution:
    """Without the checks of a year: those were of the centre, and what many draws can pay is not one answer."""
    frame = year.case.agreement.frame
    if frame is None:
        raise AssertionError("a distribution without a frame passed the checks")
    return distribute(settlement, frame, year.formation, year.case.costs, year.agreed)


def _amounts(distribution: Distribution, draws: int) -> Floats:
    return np.stack([floats(row.paid, draws) for row in distribution.rows])


def _outcome(year: Year, draws: int, *, euros: bool) -> Outcome:
    settlement = year.settlement
    divided = _divided(year, settlement) if euros else None
    lines = [row.line for row in settlement.rows]
    nothing = np.zeros(draws)
    budgeted = np.array([float(line.budgeted.value) for line in lines])
    realised = np.stack([nothing if line.realised is None else floats(line.realised, draws) for line in lines])
    paid = np.stack([floats(line.paid, draws) for line in lines])
    left = price = None
    if divided is not None:
        kept = total("unpaid", Unit.CENTS, (divided.unpaid, *divided.stays.values()))
        left = np.array(floats(kept, draws))
        on_norm = floats(total("norm_pot", Unit.CENTS, (divided.total.norm, divided.unpaid)), draws)[0]
        whole = float(budgeted.sum())
        price = float(on_norm) / whole if whole else None
    return Outcome(
        names=tuple(line.group for line in lines),
        budgeted=budgeted,
        realised=realised,
        paid=paid,
        above=np.maximum(summed(paid) - budgeted.sum(), 0.0),
        euros=None if divided is None else _amounts(divided, draws),
        left=left,
        price=price,
    )


def summed(rows: Floats) -> Floats:
    """Over the groups, in their order."""
    whole = np.zeros(rows.shape[1])
    for row in rows:
        whole += row
    return whole
