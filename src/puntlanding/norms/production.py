"""Production by group and contract: product volumes with their norm time, norm hours, or norm fte.

`Production` has two engines behind one interface: `LineProduction` here, plain Python and the reference, and
`norms.columnar.FrameProduction` for files of hundreds of thousands of rows. Generated cases hold them equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from puntlanding.explain import Node, Source, Unit, cell, constant, lazy_total, product, quotient
from puntlanding.norms.norm_times import NormTime
from puntlanding.quantities import ZERO

MINUTES_PER_HOUR = 60

GroupContract = tuple[str, str]


class Measure(StrEnum):
    """What a row gives; the value is the column's name in files.md."""

    VOLUME = "aantal"
    HOURS = "normuren"
    FTE = "norm_fte"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of begroting, realisatie or prognose."""

    group: str
    contract: str
    year: int
    measure: Measure
    amount: Fraction
    source: Source
    code: str | None = None
    norm_time: NormTime | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """Norm hours or norm fte of one group in one contract; exactly one of the two is given."""

    hours: Node | None = None
    fte: Node | None = None


class Production(Protocol):
    """Rows of one file, whatever engine holds them."""

    @property
    def file(self) -> str: ...

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        """Which (group, contract) pairs one year has, and in what measure."""
        ...

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        """The output per (group, contract) of one year, each with the tree down to its source cells."""
        ...


def norm_minutes(code: str, volume: Node, minutes: Node) -> Node:
    """Volume × norm time of one product."""
    return product("norm_minutes", Unit.MINUTES, volume, minutes, subject=code)


def hours_of(minutes: Fraction, parts: Callable[[], tuple[Node, ...]], group: str, contract: str) -> Node:
    """Norm hours of a group in a contract from its summed norm minutes; ``parts`` gives the minutes per product."""
    whole = lazy_total("norm_minutes", Unit.MINUTES, minutes, parts, subject=group, contract=contract)
    per_hour = constant("minutes_per_hour", MINUTES_PER_HOUR, Unit.COUNT)
    return quotient("norm_hours", Unit.HOURS, whole, per_hour, subject=group, contract=contract)


@dataclass(frozen=True, slots=True)
class LineProduction:
    file: str
    lines: tuple[Line, ...]

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        return {(line.group, line.contract): line.measure for line in self.lines if line.year == year}

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        by_key: dict[GroupContract, list[Line]] = {}
        for line in self.lines:
            if line.year == year:
                by_key.setdefault((line.group, line.contract), []).append(line)
        return {key: _output(key, lines) for key, lines in by_key.items()}


def _output(key: GroupContract, lines: list[Line]) -> Output:
    group, contract = key
    first = lines[0]
    if first.measure is Measure.HOURS:
        return Output(
            hours=cell("norm_hours", first.amount, Unit.HOURS, first.source, subject=group, contract=contract)
        )
    if first.measure is Measure.FTE:
        return Output(fte=cell("norm_fte", first.amount, Unit.FTE, first.source, subject=group, contract=contract))
    return Output(hours=_summed(group, contract, lines))


def _summed(group: str, contract: str, lines: Iterable[Line]) -> Node:
    kept = tuple(lines)
    minutes = sum((line.amount * line.norm_time.minutes for line in kept if line.norm_time), ZERO)
    return hours_of(minutes, lambda: tuple(_line_minutes(line) for line in kept), group, contract)


def _line_minutes(line: Line) -> Node:
    if line.norm_time is None or line.code is None:
        raise ValueError(f"{line.source}: a product row without a norm time passed the checks")
    volume = cell("volume", line.amount, Unit.COUNT, line.source, subject=line.code)
    minutes = cell("norm_time", line.norm_time.minutes, Unit.MINUTES, line.norm_time.source, subject=line.code)
    return norm_minutes(line.code, volume, minutes)
