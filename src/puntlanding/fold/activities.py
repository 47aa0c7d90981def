"""The pass over the activities: the only step that meets millions of rows, and so the only one that is written for speed.

Plain whole-number arrays, some tens of thousands of rows at a time (what fits the processor's cache), added into tables that are
small. Every sum is of 64-bit integers: no order of blocks can make a difference. Generated records hold it equal to a plain
reading of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from puntlanding.contribution.tables import MONTHS, QUARTERS
from puntlanding.fold.arrays import (
    NOWHERE,
    Ints,
    Whole,
    as_codes,
    bits_of,
    counted,
    different,
    heads_of,
    numbers_of,
    places_of,
    texts_of,
    with_patient,
)
from puntlanding.fold.rules import UNIT_NAMES, CountingRules, FoldRules, supporting_specialisms
from puntlanding.fold.trajectories import ID, Source, Trajectories, month_in, month_table
from puntlanding.records.store.write import ROW_OF

COLUMNS = ("za_code", "datum", "aantal", "specialisme_uitvoerder")
BLOCK = 2**16
MONTH_SLOTS = len(MONTHS) + 1  # month 0: done in another year
NOBODY = ""  # who executed what has no executor
_CODED = ("za_code", "specialisme_uitvoerder")
_NO_DAY = -(10**6)
_CODES = 10**6  # activities have six digits, so there are no more
_NO_UNIT = len(UNIT_NAMES)
_UNITS = len(UNIT_NAMES) + 1


@dataclass(frozen=True, slots=True)
class Block:
    """Activities of known trajectories. ``row``: place of the trajectory; ``code``, ``executor``: places in the lists of their file."""

    row: Ints
    code: Whole
    day: Whole
    quantity: Ints
    executor: Whole


@dataclass(frozen=True, slots=True)
class File:
    """The activities of one opening year. ``codes`` and ``executors`` are its lists; what is empty has the place after the last.
    ``first`` and ``last`` are its days since 1970.
    """

    codes: Sequence[str]
    executors: Sequence[str]
    first: int
    last: int
    blocks: Iterator[Block]


@dataclass(frozen=True, slots=True)
class Helped:
    """What supporting specialisms did in trajectories of others, by specialism, code and contract, in that order.

    ``by``: place in the supporting specialisms. ``code``: place in ``codes``, which rise. ``months``: cells × 12. ``people``:
    different patients.
    """

    codes: Sequence[str]
    by: Ints
    code: Ints
    contract: Ints
    months: Ints
    people: Ints


class ActivityPass:
    """`take` each file; the tallies are whole afterwards.

    ``units``: stratum × quarter of closing × unit (the last place is for what is none). ``active``: executor → 13 months, all that was done. ``met``: supporting
    specialism × patient → first month (13: none). ``rows`` and ``assisted`` count activities.
    """

    def __init__(self, found: Trajectories, rules: FoldRules) -> None:
        self.found, self.counting, self.months = found, CountingRules.of(rules), month_table(rules.year)
        self.contracts = len(found.contracts)
        self.supporters = supporting_specialisms()
        quarter = (found.closed.astype(np.int64) + 2) // 3
        nowhere = found.strata.height * len(QUARTERS)
        slot = np.where(found.stratum == NOWHERE, nowhere, found.stratum * len(QUARTERS) + quarter - 1)
        self.slot = slot * _UNITS
        self._units = np.zeros((nowhere + 1) * _UNITS, dtype=np.int64)
        self.active: dict[str, Ints] = {}
        self.met = np.full((len(self.supporters), found.patients), MONTH_SLOTS, dtype=np.int8)
        self.rows = self.assisted = 0
        self._code: dict[
            str, int
        ] = {}  # activities that a supporting specialism did, in the order in which they were met
        self._helped = np.zeros((len(self.supporters), 64, self.contracts, MONTH_SLOTS), dtype=np.int64)
        self._seen: list[Ints] = []

    @property
    def units(self) -> Ints:
        strata = self.found.strata.height
        return self._units[: strata * len(QUARTERS) * _UNITS].reshape(strata, len(QUARTERS), _UNITS)

    def take(self, file: File) -> None:
        always, dated = self._rules_of(file)
        helper = np.array([*(_place(self.supporters, one) for one in file.executors), NOWHERE], dtype=np.int64)
        helps = helper != NOWHERE
        own = np.array([*(_place(self.found.specialism.texts, one) for one in file.executors), NOWHERE], dtype=np.int32)
        active = np.zeros((len(file.executors) + 1, MONTH_SLOTS), dtype=np.int64)
        place = np.full(len(file.codes) + 1, NOWHERE, dtype=np.int64)
        for block in file.blocks:
            self.rows += len(block.row)
            month = month_in(block.day, self.months)
            np.add.at(active.reshape(-1), block.executor * np.int64(MONTH_SLOTS) + month, block.quantity)
            self._count_always(block, always)
            self._count_dated(block, dated)
            self._count_helped(block, np.flatnonzero(helps.take(block.executor)), month, helper, own, place, file.codes)
        for executor, counts in zip([*file.executors, NOBODY], active, strict=True):
            self.active[executor] = self.active.get(executor, 0) + counts

    def _rules_of(self, file: File) -> tuple[Sequence[tuple[Ints, Ints]], Sequence[Whole]]:
        """By code: what counts on every day of the file (unit, `_NO_UNIT` for none, and weight), and the rules that do not."""
        rules = self.counting
        whole = (rules.first <= file.first) & (rules.last >= file.last)
        always, dated = [], []
        for layer in rules.of_codes(file.codes):
            sure = whole.take(layer) & (layer > 0)
            always.append((np.where(sure, rules.unit.take(layer), _NO_UNIT), rules.weight.take(layer)))
            dated.append(np.where(sure, 0, layer))
        return always, [layer for layer in dated if layer.any()]

    def _count_always(self, block: Block, rules: Sequence[tuple[Ints, Ints]]) -> None:
        """Every row counts: what is no unit, or in no stratum, in a place that nobody looks at. That is sooner than leaving it out."""
        slot, code = self.slot.take(block.row), block.code.astype(np.int64)
        for unit, weight in rules:
            np.add.at(self._units, slot + unit.take(code), block.quantity * weight.take(code))

    def _count_dated(self, block: Block, layers: Sequence[Whole]) -> None:
        rules = self.counting
        for layer in layers:
            rule = layer.take(block.code)
            at = np.flatnonzero(rule)
            rule, day = rule[at], block.day[at]
            valid = (day >= rules.first[rule]) & (day <= rules.last[rule])
            at, rule = at[valid], rule[valid]
            key = self.slot.take(block.row[at]) + rules.unit.take(rule)
            np.add.at(self._units, key, block.quantity[at] * rules.weight.take(rule))

    def _count_helped(
        self, block: Block, at: Ints, month: Whole, helper: Ints, own: Whole, place: Ints, codes: Sequence[str]
    ) -> None:
        """A supporting specialism in a trajectory of another; in its own trajectories its work is in the product.

        ``at``: the activities of supporting specialisms. By executor: ``helper``, place in those, and ``own``, place among the
        trajectories' specialisms.
        """
        executor = block.executor.take(at)
        others = own.take(executor) != self.found.specialism.places.take(block.row.take(at))
        kept = np.flatnonzero(others & (month.take(at) > 0) & (block.code.take(at) != len(codes)))
        at = at.take(kept)
        by, row, months = helper.take(executor.take(kept)), block.row.take(at), month.take(at)
        contract, patient = self.found.contract.take(row), self.found.patient.take(row)
        code = self._places(block.code.take(at), place, codes)
        inside = (by * self._helped.shape[1] + code) * self.contracts + contract
        np.add.at(self._helped.reshape(-1), inside * MONTH_SLOTS + months, block.quantity.take(at))
        self.assisted += len(at)
        cell = (by * _CODES + code) * self.contracts + contract
        self._seen.append(with_patient(cell, patient, self.found.patients))
        named = patient != NOWHERE
        if not named.all():
            by, patient, months = (one[named] for one in (by, patient, months))
        np.minimum.at(self.met.reshape(-1), by * self.found.patients + patient, months)

    def _places(self, code: Whole, place: Ints, codes: Sequence[str]) -> Ints:
        """Places of the codes, from ``place``; those that are met for the first time get one, and room."""
        found = place.take(code)
        if not len(found) or found.min() != NOWHERE:
            return found
        for one in np.flatnonzero(np.bincount(code[found == NOWHERE])).tolist():
            place[one] = self._code.setdefault(codes[one], len(self._code))
        while len(self._code) > self._helped.shape[1]:
            self._helped = np.concatenate((self._helped, np.zeros_like(self._helped)), axis=1)
        return place.take(code)

    def helped(self) -> Helped:
        """The cells in which anything was done."""
        texts = sorted(self._code)
        places = np.array([self._code[text] for text in texts], dtype=np.int64)
        table = self._helped[:, places, :, 1:]
        by, at, contract = np.nonzero(table.any(axis=3))
        seen = np.concatenate([np.zeros(0, dtype=np.int64), *self._seen])
        known, counts = counted(different(seen) >> bits_of(self.found.patients))
        people = np.zeros(len(by), dtype=np.int64)
        if len(known):
            cells = (by * _CODES + places[at]) * self.contracts + contract
            found = np.searchsorted(known, cells).clip(max=len(known) - 1)
            people = np.where(known[found] == cells, counts[found], 0)
        return Helped(texts, by, at, contract, table[by, at, contract], people)


def _place(texts: Sequence[str], text: str) -> int:
    return texts.index(text) if text in texts else NOWHERE


def activities(frame: pl.LazyFrame, source: Source) -> File:
    """The activities of the trajectories of ``source``. What is no date is a day long ago, which no rule counts."""
    rows = frame.select(ROW_OF if source.ids is None else ID, *COLUMNS).collect()
    code, executor = (as_codes(rows[name]) for name in _CODED)
    codes, executors = texts_of(code), texts_of(executor)
    days = rows["datum"].to_physical()
    days = days.fill_null(_NO_DAY) if days.null_count() else days
    columns = [
        rows.to_series(0),
        places_of(code, len(codes)),
        days,
        rows["aantal"],
        places_of(executor, len(executors)),
    ]
    return File(
        codes,
        executors,
        _day(days.min()),
        _day(days.max()),
        _blocks(columns, _by_row(source) if source.ids is None else _by_id(source.ids, source.start)),
    )


def _day(extreme: object) -> int:
    return extreme if isinstance(extreme, int) else _NO_DAY


def _blocks(columns: Sequence[pl.Series], place: Callable[[Whole], Ints]) -> Iterator[Block]:
    """Block by block from where they were read: a column may be in several pieces, and putting them together is a pass of its own."""
    for start in range(0, len(columns[0]), BLOCK):
        own, *parts = (numbers_of(column.slice(start, BLOCK), 0) for column in columns)
        row = place(own)
        if len(row) and row.min() == NOWHERE:
            known = np.flatnonzero(row != NOWHERE)
            row, parts = row.take(known), [one.take(known) for one in parts]
        code, day, quantity, executor = parts
        # of one size with the tallies: where it has to convert, numpy adds ten times as slowly
        yield Block(row, code, day, quantity.astype(np.int64, copy=False), executor)


def _by_row(source: Source) -> Callable[[Whole], Ints]:
    """The place of the trajectory in each row of its file; the last is for rows that are not in scope."""
    places = np.full(int(source.rows.max(initial=0)) + 2, NOWHERE, dtype=np.int64)
    places[source.rows] = np.arange(source.start, source.start + len(source.rows))
    return lambda rows: places.take(rows, mode="clip")


def _by_id(ids: Ints, start: int) -> Callable[[Whole], Ints]:
    """Where a store does not tell rows yet. Activities of one trajectory stand together, so each is looked up once."""

    def found(own: Whole) -> Ints:
        if not len(ids):
            return np.full(len(own), NOWHERE, dtype=np.int64)
        heads = np.flatnonzero(heads_of(own))
        asked = own[heads]
        at = np.searchsorted(ids, asked).clip(max=len(ids) - 1)
        place = np.where(ids[at] == asked, at + start, NOWHERE)
        return np.repeat(place, np.diff(heads, append=len(own)))

    return found
