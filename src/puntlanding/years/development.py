"""The figures of several years side by side: per group, in total, over the years together, and from the first to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from puntlanding.explain import Node, Unit, difference, quotient, total
from puntlanding.years.run import Run


@dataclass(frozen=True, slots=True)
class Development:
    """From the first to the last year that could be computed; ``share`` None where there was nothing to begin with."""

    change: Node
    share: Node | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One quantity. ``groups``: group → year → number; a year that could not be computed, or has no such group, is not there.

    ``sums`` are over the years that are there. ``developments`` only has groups that are in the first year and in the last.
    """

    unit: Unit
    years: tuple[int, ...]
    groups: Mapping[str, Mapping[int, Node]]
    totals: Mapping[int, Node]
    sums: Mapping[str, Node]
    sum: Node
    developments: Mapping[str, Development]
    development: Development | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``budget``, ``realised`` and ``paid`` in norm fte after scoring; ``euros`` in cents, after general costs."""

    budget: Figures
    realised: Figures
    paid: Figures
    euros: Figures


Cells = dict[int, tuple[Mapping[str, Node], Node]]


def overview(run: Run) -> Overview:
    budget: Cells = {}
    realised: Cells = {}
    paid: Cells = {}
    euros: Cells = {}
    for one in run.outcomes:
        if one.settlement is not None:
            lines = {row.line.group: row.line for row in one.settlement.rows}
            whole = one.settlement.total
            paid[one.year] = {name: line.paid for name, line in lines.items()}, whole.paid
            budget[one.year] = {name: line.budgeted for name, line in lines.items()}, whole.budgeted
            told = {name: line.realised for name, line in lines.items() if line.realised is not None}
            if whole.realised is not None:
                realised[one.year] = told, whole.realised
        elif one.budget is not None:
            known = {row.name: row.scored for row in one.budget.rows if row.scored is not None}
            if one.budget.total.scored is not None:
                budget[one.year] = known, one.budget.total.scored
        if one.distribution is not None:
            euros[one.year] = {row.name: row.paid for row in one.distribution.rows}, one.distribution.total.paid
    return Overview(
        _figures(run, budget, Unit.FTE), _figures(run, realised, Unit.FTE), _figures(run, paid, Unit.FTE),
        _figures(run, euros, Unit.CENTS),
    )  # fmt: skip


def _figures(run: Run, cells: Cells, unit: Unit) -> Figures:
    years = tuple(cells)
    groups = {
        name: {year: found[name] for year, (found, _) in cells.items() if name in found} for name in run.names
    }  # fmt: skip
    totals = {year: whole for year, (_, whole) in cells.items()}
    first, last = (years[0], years[-1]) if len(years) > 1 else (None, None)
    developments = {}
    for name, own in groups.items():
        if first in own and last in own and first is not None and last is not None:
            developments[name] = _development(own[first], own[last], unit, name)
    whole = None
    if first is not None and last is not None:
        whole = _development(totals[first], totals[last], unit, None)
    return Figures(
        unit, years, groups, totals,
        {name: total("over_years", unit, own.values(), subject=name) for name, own in groups.items() if own},
        total("over_years", unit, totals.values()), developments, whole,
    )  # fmt: skip


def _development(first: Node, last: Node, unit: Unit, name: str | None) -> Development:
    change = difference("change", unit, last, first, subject=name)
    share = quotient("change_share", Unit.RATIO, change, first, subject=name) if first.value > 0 else None
    return Development(change, share)
