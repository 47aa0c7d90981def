"""A group's forecast by product and by diagnosis: points that add up to the group's own parts, without bounds of their own.

What is closed has a product. What is in flight goes to the products that trajectories in the same cell got earlier; what is still to
open to the products and diagnoses of a year that is old enough to have closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from puntlanding.fold.arrays import dense
from puntlanding.forecast.bridge import STEPS
from puntlanding.forecast.history import History, Ints, Mask, day_number, month_of
from puntlanding.forecast.in_flight import TRAINING_FROM, TRAINING_SNAPSHOTS, Cells, Floats, expected_hours, train
from puntlanding.forecast.prepared import Prepared, prepare
from puntlanding.forecast.result import PER_HOUR, Forecast, GroupForecast
from puntlanding.forecast.settings import Settings

UNKNOWN = ""  # of what nothing that closed earlier tells of
YEAR, DAYS, DIGITS = 12, 365, 9


@dataclass(frozen=True, slots=True)
class Piece:
    """``closed``: hundredths of a minute, exact, of ``count`` trajectories; ``in_flight`` and ``to_open``: hundredths of an hour."""

    code: str
    closed: int
    count: int
    in_flight: int
    to_open: int

    @property
    def closed_hours(self) -> Fraction:
        return Fraction(self.closed, PER_HOUR)

    @property
    def forecast(self) -> Fraction:
        return self.closed_hours + Fraction(self.in_flight + self.to_open, STEPS)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Each adds up to the group: what is closed exactly, the rest to the hundredth of an hour. By code."""

    products: tuple[Piece, ...]
    diagnoses: tuple[Piece, ...]


def pieces(
    history: History, products: Ints, diagnoses: Ints, made: Forecast, settings: Settings
) -> Mapping[str, Pieces]:
    """By group. ``products`` and ``diagnoses``: per trajectory the code as a number, 0 or less where it is not known."""
    at = day_number(history.as_of)
    known = prepare(history, settings, (), [at])
    if known is None:
        return {}
    reader = _Reader.of(known, at)
    by_product = _Table.of(reader, products, _numbered)
    by_diagnosis = _Table.of(reader, diagnoses, _spelling)
    flying = reader.product_shares(by_product)
    open_now = reader.summed(reader.flying, by_diagnosis.place, reader.expected, by_diagnosis.size)
    return {
        one.group: Pieces(
            tuple(by_product.pieces(one, place, flying[place])), tuple(by_diagnosis.pieces(one, place, open_now[place]))
        )
        for place, one in enumerate(made.groups)
    }


def _numbered(code: int) -> str:
    return str(code).zfill(DIGITS)


def _spelling(code: int) -> str:
    return int(code).to_bytes(4, "big").lstrip(b"\0").decode(errors="replace")


@dataclass(frozen=True, slots=True)
class _Reader:
    """``flying``: positions of what is open and opened in the year, and its ``expected`` hours, in ``fine`` cells."""

    known: Prepared
    at: int
    in_year: Mask
    done: Mask
    flying: Ints
    expected: Floats
    fine: Ints

    @classmethod
    def of(cls, known: Prepared, at: int) -> _Reader:
        rows, start = known.history.trajectories, (known.history.year - 1970) * YEAR
        month = month_of(rows.opened) - start
        in_year = (month >= 0) & (month < YEAR)
        seen = rows.recorded <= at
        flying, expected = expected_hours(known.snapshots, train(known.history, known.snapshots, at), at)
        here = in_year[flying]
        fine = known.snapshots.fine[known.snapshots.at(at)]
        return cls(known, at, in_year & seen, seen & (rows.known <= at), flying[here], expected[here], fine[here])

    @property
    def groups(self) -> int:
        return len(self.known.history.groups)

    @property
    def hours(self) -> Floats:
        """Of each trajectory; corrections tell nothing of what is to come."""
        found: Floats = np.maximum(self.known.history.trajectories.minutes, 0) / PER_HOUR
        return found

    def summed(self, rows: Ints, place: Ints, weights: Floats, size: int) -> Floats:
        """Group × code."""
        key = self.known.history.trajectories.group[rows] * size + place[rows]
        found = np.bincount(key, weights=weights, minlength=self.groups * size).astype(np.float64)
        return found.reshape(self.groups, size)

    def usual(self, place: Ints, size: int) -> Floats:
        """Group × code: hours of a year that is old enough to have closed, and for a group without that, of all that is known."""
        opened = self.known.history.trajectories.opened
        old = (opened <= self.at - TRAINING_FROM) & (opened > self.at - TRAINING_FROM - DAYS)
        lately, ever = (
            self.summed(rows, place, self.hours[rows], size)
            for rows in (np.flatnonzero(self.done & old), np.flatnonzero(self.done))
        )
        return np.asarray(np.where(lately.sum(axis=1, keepdims=True) > 0, lately, ever))

    def product_shares(self, table: _Table) -> Floats:
        """Group × product: the expected hours of what is open, by what trajectories in the same cell became."""
        rows, cells = self.known.history.trajectories, self.known.snapshots
        taught, fine = self._taught(cells)
        coarse_of = cells.coarse_of_middle[cells.middle_of]
        left: Mask = np.ones(len(self.flying), dtype=np.bool_)
        found = np.zeros((self.groups, table.size), dtype=np.float64)
        for own, theirs in ((self.fine, fine), (coarse_of[self.fine], coarse_of[fine])):
            left = left & ~self._shared(found, table, (own, left), (theirs, taught))
        rest = np.flatnonzero(left)
        hours = np.bincount(rows.group[self.flying[rest]], weights=self.expected[rest], minlength=self.groups)
        return np.asarray(found + hours[:, None] * _shares(table.usual))

    def _taught(self, cells: Cells) -> tuple[Ints, Ints]:
        """Positions and cells of what was open on the days that the model learns from, and has a product with hours by now."""
        none = np.zeros(0, dtype=np.int64)
        old = [at for at, one in enumerate(cells.snapshots) if one.day <= self.at - TRAINING_FROM][-TRAINING_SNAPSHOTS:]
        taught = np.concatenate([none, *(cells.snapshots[at].rows for at in old)])
        fine = np.concatenate([none, *(cells.fine[at] for at in old)])
        use = self.done[taught] & (self.hours[taught] > 0)
        return taught[use], fine[use]

    def _shared(self, found: Floats, table: _Table, own: tuple[Ints, Mask], taught: tuple[Ints, Ints]) -> Mask:
        """Add to ``found`` what open trajectories in cells that tell of products come to; which these are."""
        (cell, left), (theirs, rows) = own, taught
        group = self.known.history.trajectories.group
        if not len(rows):
            return np.zeros(len(cell), dtype=bool)
        size = int(max(cell.max(initial=0), theirs.max())) + 1
        keys, pairs = dense(theirs * table.size + table.place[rows])
        hours = np.bincount(keys, weights=self.hours[rows], minlength=len(pairs))
        of_cell, product = pairs // table.size, pairs % table.size
        whole = np.bincount(of_cell, weights=hours, minlength=size)
        told: Mask = left & (whole[cell] > 0)
        open_hours = np.bincount(cell[told], weights=self.expected[told], minlength=size)
        of_group = np.zeros(size, dtype=np.int64)
        of_group[theirs] = group[rows]  # a cell lies within a group
        np.add.at(found, (of_group[of_cell], product), open_hours[of_cell] * hours / np.maximum(whole[of_cell], 1e-12))
        return told


@dataclass(frozen=True, slots=True)
class _Table:
    """Codes numbered densely: ``place`` of each trajectory, ``names`` of each place; per group × code what is known and usual."""

    place: Ints
    names: tuple[str, ...]
    closed: Ints
    count: Ints
    usual: Floats

    @property
    def size(self) -> int:
        return len(self.names)

    @classmethod
    def of(cls, reader: _Reader, codes: Ints, spelled: Callable[[int], str]) -> _Table:
        rows = reader.known.history.trajectories
        place, different = dense(np.append(np.maximum(codes, 0), 0))  # 0: of nothing that is known
        place, size = place[:-1], len(different)
        names = tuple(UNKNOWN if code == 0 else spelled(int(code)) for code in different)
        closed = np.flatnonzero(reader.done & reader.in_year)
        # Whole numbers below 2**53 are exact as floats: a year's hundredths of minutes are far below.
        minutes = reader.summed(closed, place, rows.minutes[closed].astype(np.float64), size)
        counts = reader.summed(closed, place, np.ones(len(closed)), size)
        usual = reader.usual(place, size)
        return cls(place, names, np.rint(minutes).astype(np.int64), np.rint(counts).astype(np.int64), usual)

    def pieces(self, one: GroupForecast, group: int, flying: Floats) -> Iterator[Piece]:
        """``flying``: hours of what is open, per code; what was opened and not recorded yet goes with what is still to open."""
        share = _shares(self.usual[group : group + 1])[0]
        late = one.estimate.in_flight - float(flying.sum())
        nowhere = np.array([name == UNKNOWN for name in self.names], dtype=np.float64)
        share = share if share.sum() > 0 else nowhere
        in_flight = _in_steps(flying + late * share, one.estimate.in_flight, nowhere)
        to_open = _in_steps(one.estimate.to_open * share, one.estimate.to_open, nowhere)
        for at in sorted(range(self.size), key=lambda at: self.names[at]):
            if self.closed[group, at] or self.count[group, at] or in_flight[at] or to_open[at]:
                yield Piece(
                    self.names[at], int(self.closed[group, at]), int(self.count[group, at]), in_flight[at], to_open[at]
                )


def _shares(hours: Floats) -> Floats:
    """Of each row; nothing where a row has nothing."""
    whole = hours.sum(axis=1, keepdims=True)
    found: Floats = np.divide(hours, whole, out=np.zeros_like(hours), where=whole > 0)
    return found


def _in_steps(hours: Floats, whole: float, nowhere: Floats) -> list[int]:
    """Hundredths that add up to those of ``whole``: rounded down, and what is left one each to the largest rests."""
    total = round(whole * STEPS)
    exact = hours * STEPS
    if not exact.any():
        return [int(part) for part in total * nowhere]
    parts = np.floor(exact).astype(np.int64)
    left = total - int(parts.sum())
    each, extra = divmod(left, len(parts))
    order = np.lexsort((np.arange(len(parts)), parts - exact))
    parts[order[:extra]] += 1
    return [int(part) + each for part in parts]
