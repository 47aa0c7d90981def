"""The activities of one opening year of a store: what tells of the state of trajectories, and what supporters did for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from puntlanding.fold.arrays import Whole, as_codes, heads_of, numbers_of, places_of, texts_of
from puntlanding.forecast.columns import DAY_BITS, NOWHERE, in_order
from puntlanding.forecast.history import NEVER, Activities, Ints, Supporting
from puntlanding.forecast.known_asked import Asked
from puntlanding.forecast.known_codes import helpers_of, kinds_of, prices_of
from puntlanding.forecast.known_rows import ID, Part, told
from puntlanding.records.store.write import ROW_OF

_COLUMNS = ("za_code", "datum", "aantal", "specialisme_uitvoerder", "geregistreerd_op")
_BLOCK = 2**16  # activities at a time: what the processor's cache holds
Columns = tuple[Whole, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """``telling``, of each block: place of the trajectory in the history, kind, day, day of recording, quantity; in the order of
    the file. ``helping``: sums of minutes by supporter, contract, day and day of recording. ``told``: whether the source tells when
    activities were recorded.
    """

    telling: Sequence[Columns]
    helping: Columns
    told: bool


def work_of(part: Part, to_history: Whole, asked: Asked) -> Work:
    """``to_history``: row of ``part`` → place of the trajectory in the history, `NOWHERE` for what is not in it."""
    stored, year = part.records.stored_activities, part.records.kept.year
    by_row = part.whole and part.records.by_row
    frame = stored.select(ROW_OF if by_row else ID, *_COLUMNS).collect()
    code, executor = (as_codes(frame[name]) for name in ("za_code", "specialisme_uitvoerder"))
    codes, executors = texts_of(code), texts_of(executor)
    columns = (
        frame.to_series(0),
        places_of(code, len(codes)),
        places_of(executor, len(executors)),
        _filled(frame["datum"], NEVER),
        _filled(frame["geregistreerd_op"], 0),
        _filled(frame["aantal"], 0),
    )
    reader = _Reader(
        part,
        to_history,
        kinds_of(codes, date(year, 1, 1), date(year + 1, 12, 31)),
        helpers_of(executors, asked),
        np.array([*(int(one) for one in asked.supporters), NOWHERE], dtype=np.int64),
        prices_of(codes, asked, asked.times(year)),
    )
    rows = (lambda own: own) if by_row else _by_id(part.ids)
    telling, helping = [], []
    for own, *rest in _blocks(columns):
        block = _Block(rows(own), *rest)
        telling.append(reader.telling(block))
        if asked.supporters:
            helping.append(reader.helping(block))
    return Work(telling, _summed(helping), _told_then(frame, part.at))


def _told_then(frame: pl.DataFrame, at: int) -> bool:
    """Whether the source tells when activities were recorded, by those that were there on day ``at``."""
    if not frame["geregistreerd_op"].null_count():
        return True
    recorded, day = frame["geregistreerd_op"].to_physical(), frame["datum"].to_physical()
    return told(frame["geregistreerd_op"].filter((day <= at) & (recorded.is_null() | (recorded <= at))))


def _filled(column: pl.Series, empty: int) -> pl.Series:
    numbers = column.to_physical()
    return numbers.fill_null(empty) if numbers.null_count() else numbers


def _blocks(columns: Sequence[pl.Series]) -> Iterator[list[Whole]]:
    """From where they were read: a column may be in several pieces, and putting them together is a pass of its own."""
    for start in range(0, len(columns[0]), _BLOCK):
        yield [numbers_of(column.slice(start, _BLOCK), 0) for column in columns]


def _by_id(ids: Ints) -> Callable[[Whole], Whole]:
    """Where a store does not tell rows: activities of one trajectory stand together, so each is looked up once."""

    def found(own: Whole) -> Whole:
        if not len(ids):
            return np.full(len(own), NOWHERE, dtype=np.int64)
        heads = np.flatnonzero(heads_of(own)) if len(own) else np.zeros(0, dtype=np.int64)
        asked = own[heads]
        at = np.searchsorted(ids, asked).clip(max=len(ids) - 1)
        return np.repeat(np.where(ids[at] == asked, at, NOWHERE), np.diff(heads, append=len(own)))

    return found


@dataclass(frozen=True, slots=True)
class _Block:
    row: Whole
    code: Whole
    executor: Whole
    day: Whole
    recorded: Whole
    quantity: Whole


@dataclass(frozen=True, slots=True)
class _Reader:
    """By code: ``kinds``, and ``prices`` per supporter. By executor: ``helpers``. ``supporters``: their codes as numbers."""

    part: Part
    to_history: Whole
    kinds: Whole
    helpers: Ints
    supporters: Ints
    prices: Ints

    def telling(self, block: _Block) -> Columns:
        """Most activities tell nothing: what is costly is asked of the others only."""
        at = np.flatnonzero((self.kinds != NOWHERE).take(block.code))
        place = self._of(self.to_history, block.row.take(at), NOWHERE)
        day, since = self._days(block, at)
        kept = np.flatnonzero((place != NOWHERE) & (since <= self.part.at))
        at = at.take(kept)
        return (
            place.take(kept),
            self.kinds.take(block.code.take(at)),
            day.take(kept),
            since.take(kept),
            block.quantity.take(at),
        )

    def helping(self, block: _Block) -> Columns:
        """What was done in a trajectory that nobody had recorded yet was not known either."""
        at = np.flatnonzero((self.helpers != NOWHERE).take(block.executor))
        row, by = block.row.take(at), self.helpers.take(block.executor.take(at))
        own = self.supporters.take(by) == self._of(self.part.specialism, row, NOWHERE)
        day, since = self._days(block, at)
        contract = self._of(self.part.helped, row, NOWHERE)
        kept = np.flatnonzero((contract != NOWHERE) & ~own & (since <= self.part.at))
        at, by = at.take(kept), by.take(kept)
        minutes = block.quantity.take(at) * self.prices[by, block.code.take(at)]
        recorded = np.maximum(since.take(kept), self.part.recorded.take(row.take(kept)))
        return by, contract.take(kept), day.take(kept), recorded, minutes

    def _days(self, block: _Block, at: Ints) -> tuple[Whole, Whole]:
        """The day, and that of its recording."""
        day = np.maximum(block.day.take(at), 0)
        return day, np.maximum(block.recorded.take(at), day)

    @staticmethod
    def _of(values: Whole, rows: Whole, empty: int) -> Whole:
        """Of each row; ``empty`` where there is no such row."""
        if not len(values):
            return np.full(len(rows), empty, dtype=values.dtype)
        found: Whole = values.take(rows, mode="clip")
        if len(rows) and (rows.min() < 0 or int(rows.max()) >= len(values)):
            found[(rows < 0) | (rows >= len(values))] = empty
        return found


def activities_of(parts: Sequence[Work]) -> Activities:
    """By trajectory and day; what is of one day as the years and their files have it."""
    place, kind, day, recorded, quantity = _stacked([block for part in parts for block in part.telling], 5)
    keys = place.astype(np.int64) << DAY_BITS | day
    order = in_order(keys)
    rising = keys.take(order)
    return Activities(
        rising >> DAY_BITS,
        kind.take(order).astype(np.int64),
        rising & (1 << DAY_BITS) - 1,
        recorded.take(order).astype(np.int64),
        quantity.take(order).astype(np.int64),
    )


def supporting_of(parts: Sequence[Work], supporters: Sequence[str]) -> Supporting:
    """Sums per specialism, day, day of recording and contract, in that order."""
    by, contract, day, recorded, minutes = _summed([part.helping for part in parts if len(part.helping[0])])
    return Supporting(tuple(supporters), by, day, recorded, minutes, contract)


def _summed(blocks: Sequence[Columns]) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """A file at a time, and then all: memory that is used again is had for nothing, and fresh memory is not."""
    by, contract, day, recorded, minutes = (one.astype(np.int64, copy=False) for one in _stacked(blocks, 5))
    if not len(by):
        return by, contract, day, recorded, minutes
    first = int(day.min())
    days, contracts = int(day.max()) - first + 1, int(contract.max()) + 1
    late = recorded - day
    delays = int(late.max()) + 1
    keys = ((by * days + day - first) * delays + late) * contracts + contract
    order = in_order(keys)
    rising = keys.take(order)
    heads = np.flatnonzero(heads_of(rising))
    rest, contract = np.divmod(rising.take(heads), contracts)
    rest, late = np.divmod(rest, delays)
    by, day = np.divmod(rest, days)
    day += first
    return by, contract, day, day + late, np.add.reduceat(minutes.take(order), heads)


def _stacked(blocks: Sequence[Columns], many: int) -> list[Whole]:
    return [np.concatenate([np.zeros(0, dtype=np.int8), *(block[at] for block in blocks)]) for at in range(many)]
