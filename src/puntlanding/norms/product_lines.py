"""A budget by product: the volumes and norm times behind the norm hours, read off the numbers themselves.

Whatever engine holds the rows, a group's norm hours are a tree; so what is shown by product cannot differ from what was summed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from puntlanding.explain import Node
from puntlanding.norms.production import (
    MINUTES_PER_HOUR,
    GroupContract,
    Line,
    LineProduction,
    Measure,
    Output,
    Production,
)

ADDED = "added_part"  # what the product structure adds for a group as a whole, as far as it is this contract's


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product of a group in a contract; ``minutes``: its norm time; ``row``: where its volume stands, of what was typed."""

    group: str
    contract: str
    code: str
    volume: Fraction
    minutes: Fraction
    row: int | None = None

    @property
    def hours(self) -> Fraction:
        return self.volume * self.minutes / MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True)
class Patched:
    """``under`` with the rows of ``groups`` from ``own`` instead."""

    under: Production | None
    own: LineProduction
    groups: frozenset[str]

    @property
    def file(self) -> str:
        return self.own.file

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        kept = {} if self.under is None else self.under.measures(year)
        return {key: one for key, one in kept.items() if key[0] not in self.groups} | dict(self.own.measures(year))

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        kept = {} if self.under is None else self.under.outputs(year)
        return {key: one for key, one in kept.items() if key[0] not in self.groups} | dict(self.own.outputs(year))


class Remembered:
    """``production`` with what it was asked before kept: many look at the same budget while one changes a part of it."""

    def __init__(self, production: Production) -> None:
        self._production = production
        self._measures: dict[int, Mapping[GroupContract, Measure]] = {}
        self._outputs: dict[int, Mapping[GroupContract, Output]] = {}
        self._lines: dict[int, Mapping[str, tuple[ProductLine, ...]]] = {}

    @property
    def file(self) -> str:
        return self._production.file

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        if year not in self._measures:
            self._measures[year] = self._production.measures(year)
        return self._measures[year]

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        if year not in self._outputs:
            self._outputs[year] = self._production.outputs(year)
        return self._outputs[year]

    def lines(self, year: int) -> Mapping[str, tuple[ProductLine, ...]]:
        """By group."""
        if year not in self._lines:
            found: dict[str, list[ProductLine]] = {}
            for one in product_lines(self._production, year):
                found.setdefault(one.group, []).append(one)
            self._lines[year] = {group: tuple(lines) for group, lines in found.items()}
        return self._lines[year]


def product_lines(production: Production, year: int, group: str | None = None) -> tuple[ProductLine, ...]:
    """Of one group or of all, in the order of the rows; what is given in norm hours or norm fte has none. What stands twice in
    a contract (counted, and added by the product structure) is one line.
    """
    if isinstance(production, Patched):
        under = () if production.under is None else product_lines(production.under, year, group)
        kept = tuple(one for one in under if one.group not in production.groups)
        return (*kept, *product_lines(production.own, year, group))
    if isinstance(production, Remembered):
        kept_lines = production.lines(year)
        own = kept_lines.values() if group is None else [kept_lines.get(group, ())]
        return tuple(line for lines in own for line in lines)
    if isinstance(production, LineProduction):  # its rows are there: no tree is needed to see them
        return tuple(
            _own(one) for one in production.lines if one.year == year and group in (None, one.group) and one.code
        )
    outputs = production.outputs(year)
    found: list[ProductLine] = []
    for (name, contract), measure in production.measures(year).items():
        if measure is Measure.VOLUME and group in (None, name):
            found += _of(name, contract, outputs[name, contract])
    return tuple(found)


def _own(line: Line) -> ProductLine:
    if line.norm_time is None or line.code is None:
        raise ValueError(f"{line.source}: a product row without a norm time passed the checks")
    return ProductLine(line.group, line.contract, line.code, line.amount, line.norm_time.minutes, line.source.row)


def lines_by_pair(production: Production, year: int) -> Mapping[GroupContract, tuple[ProductLine, ...]]:
    """Of every group and contract with volumes, those without a single line included."""
    found: dict[GroupContract, list[ProductLine]] = {
        pair: [] for pair, measure in production.measures(year).items() if measure is Measure.VOLUME
    }
    for line in product_lines(production, year):
        found[line.group, line.contract].append(line)
    return {pair: tuple(lines) for pair, lines in found.items()}


def _of(group: str, contract: str, output: Output) -> tuple[ProductLine, ...]:
    if output.hours is None:
        raise ValueError("volumes without norm hours passed the checks")
    found: dict[tuple[str, Fraction], ProductLine] = {}
    for line in _lines(group, contract, output.hours):
        known = found.get((line.code, line.minutes))
        found[line.code, line.minutes] = line if known is None else replace(known, volume=known.volume + line.volume)
    return tuple(found.values())


def _lines(group: str, contract: str, hours: Node) -> Iterator[ProductLine]:
    """Norm hours are norm minutes ÷ 60, and norm minutes a sum of volume × norm time."""
    minutes, _per_hour = hours.operands
    for part in minutes.operands:
        share, product = Fraction(1), part
        if part.term == ADDED:
            product, by = part.operands
            share = by.value
        volume, time = product.operands
        row = None if volume.source is None else volume.source.row
        yield ProductLine(group, contract, time.subject or "", volume.value * share, time.value, row)
