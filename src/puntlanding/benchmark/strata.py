"""What a patient of this kind takes elsewhere: the reference of each efficiency stratum (methods §3; [PZ] bijlage 2 §1.C).

A stratum with too few patients among the peers is compared at a coarser level, by one rule: its reference is taken at the
finest level at which the peers have at least ``minimum`` patients. The sum of a level is of every row that can be placed in
it, so rest rows that disclosure control left (sex or age "alle", diagnosis group "overig") count from their own level up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

import numpy as np
import polars as pl

from puntlanding.benchmark.runs import Column
from puntlanding.benchmark.strata_cells import Blocks, Cells, Sums, cells, coded, placed
from puntlanding.contribution.order import Order
from puntlanding.contribution.tables import ALL, HOSPITAL, REST, Counted, per_quarter

MINIMUM = 10  # patients among the peers; local: no source gives a number
KEYS = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
LEVEL = "niveau"
REFERENCE = "referentie"
NONE = -1  # no reference
DECIMALS = 12  # of a reference mean
ONE_UNIT = 10**DECIMALS
MILLION = 10**6
COUNTS = tuple(one.value for one in Counted)
_EMPTY = "leeg"  # rows in which diagnostics cannot be known: then their sum cannot be known either
_SUMMED = (*COUNTS, _EMPTY)
_PATIENTS = _SUMMED.index(Counted.PATIENTS)
_PLACE = "plaats"


class Level(IntEnum):
    """What strata are told apart by; a row's own level is the finest that it still tells."""

    STRATUM = 0
    AGE = 1
    DIAGNOSIS = 2
    SPECIALISM = 3

    @property
    def keys(self) -> tuple[str, ...]:
        return KEYS[: 4 - self]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``rows``: `to_quarter` of all, with ``referentie``: the position in ``references``, or `NONE`. ``references``: `LEVEL`
    and the sums of the peers. Diagnostics are null where they cannot be known, in either.

    ``peers`` are the hospitals behind the references of each hospital that was asked for; ``files`` name the contributions.
    ``starts``: the rows at which those of another hospital or specialism begin, where that is known already.
    """

    rows: pl.DataFrame
    references: pl.DataFrame
    quarter: int
    minimum: int
    peers: Mapping[str, Collection[str]]
    files: Mapping[str, str] = field(default_factory=dict)
    starts: Column | None = field(default=None, repr=False, compare=False)


def to_quarter(strata: pl.DataFrame, quarter: int) -> pl.DataFrame:
    """Hospital, the four keys and each of `Counted`, from the start of the year up to and with ``quarter``.

    A stratum in which nothing closed yet is left out. Where there is none the texts are not copied, which would cost more than
    the sums.
    """
    sums = [
        pl.sum_horizontal(per_quarter(one)[:quarter], ignore_nulls=False).cast(pl.Int64).alias(one) for one in Counted
    ]
    added = strata.select(sums).rechunk()
    keys = strata.select(HOSPITAL, *KEYS)
    if (added[Counted.PATIENTS] != 0).all():
        return keys.hstack(added)
    anything = added.select(pl.any_horizontal(pl.col(COUNTS).fill_null(0) != 0)).to_series()
    return keys.hstack(added) if anything.all() else keys.filter(anything).hstack(added.filter(anything))


def compare(
    strata: pl.DataFrame,
    quarter: int,
    peers: Mapping[str, Collection[str]],
    minimum: int = MINIMUM,
    files: Mapping[str, str] | None = None,
    order: Order | None = None,
) -> Comparison:
    """``strata`` of a (merged) contribution and the ``order`` of its rows, if that is known; ``peers`` says for each hospital that is
    asked for whom it is compared with, itself among them or not. Raises ValueError for a minimum under 1: a mean over nobody is none.
    """
    _require(minimum)
    rows = to_quarter(strata, quarter)
    known = order if rows.height == strata.height else None
    runs = known.starts if known is not None else None
    (house, houses), *keys = coded([rows[key] for key in (HOSPITAL, *KEYS)], known)
    asked = {name: frozenset(own) & frozenset(houses) for name, own in peers.items()}
    strata_of = cells(keys, (None, REST, ALL, ALL))
    counted = rows.select(*COUNTS).with_columns(_filled())
    columns = [counted[name].to_numpy() for name in _SUMMED]
    search = _Search(house, strata_of, columns, minimum, np.full(rows.height, NONE, np.int64))
    specialisms, told = keys[0]
    if runs is None:
        runs = np.flatnonzero(np.diff(house.astype(np.int64) * len(told) + specialisms, prepend=NONE))
    blocks = _blocks(house, houses, runs)
    for pool, members in _pools({name: own for name, own in asked.items() if name in houses}):
        sums = strata_of.sums(_rows_of(blocks, pool), columns)
        alike = [name for name in members if name in asked[name] or name not in pool]
        search.resolve(_rows_of(blocks, alike), sums)
        search.resolve_less_own(_rows_of(blocks, set(members) - set(alike)), sums)
    found = rows.with_columns(pl.Series(REFERENCE, search.found))
    return Comparison(found, search.references(), quarter, minimum, asked, files or {}, runs)


def reference_table(strata: pl.DataFrame, quarter: int, peers: Collection[str]) -> pl.DataFrame:
    """Sums of the peers at every level, to publish: ``niveau``, the keys ("alle" where a level does not tell), the counts."""
    rows = to_quarter(strata.filter(pl.col(HOSPITAL).is_in(list(peers))), quarter).with_columns(
        _own_level(), *_filled()
    )
    levels = [
        rows.filter(pl.col(LEVEL) <= level).group_by(level.keys).agg(pl.col(_SUMMED).sum())
        .with_columns(pl.lit(level.value, pl.Int64).alias(LEVEL), *(pl.lit(ALL).alias(key) for key in KEYS[4 - level :]))
        for level in Level
    ]  # fmt: skip
    together = pl.concat([one.select(LEVEL, *KEYS, *_SUMMED) for one in levels]).sort(LEVEL, *KEYS)
    return together.with_columns(_unknown()).drop(_EMPTY)


def compare_with(
    strata: pl.DataFrame,
    quarter: int,
    table: pl.DataFrame,
    peers: Collection[str],
    minimum: int = MINIMUM,
    files: Mapping[str, str] | None = None,
) -> Comparison:
    """Every hospital of ``strata`` against a published `reference_table` of ``peers``, as it stands."""
    _require(minimum)
    rows = to_quarter(strata, quarter)
    pending = rows.with_columns(_own_level()).with_row_index(_PLACE).select(_PLACE, *KEYS, LEVEL)
    found = np.full(rows.height, NONE, np.int64)
    known = table.filter(pl.col(Counted.PATIENTS) >= minimum).with_row_index(REFERENCE)
    for level in Level:
        here = known.filter(pl.col(LEVEL) == level).select(*level.keys, pl.col(REFERENCE).cast(pl.Int64))
        hits = pending.filter(pl.col(LEVEL) <= level).join(here, on=level.keys)
        found[hits[_PLACE].to_numpy()] = hits[REFERENCE].to_numpy()
        pending = pending.join(hits, on=_PLACE, how="anti")
    placed = rows.with_columns(pl.Series(REFERENCE, found))
    names = placed[HOSPITAL].unique()
    return Comparison(placed, known.select(LEVEL, *COUNTS), quarter, minimum, dict.fromkeys(names, peers), files or {})


def _require(minimum: int) -> None:
    if minimum < 1:
        raise ValueError("a mean is over one patient at least")


def _own_level() -> pl.Expr:
    told = pl.when(pl.col("diagnosegroep") == REST).then(3).when(pl.col("leeftijd") == ALL).then(2)
    return told.when(pl.col("geslacht") == ALL).then(1).otherwise(0).cast(pl.Int64).alias(LEVEL)


def _filled() -> tuple[pl.Expr, pl.Expr]:
    unknown = pl.col(Counted.DIAGNOSTICS)
    return unknown.is_null().cast(pl.Int64).alias(_EMPTY), unknown.fill_null(0)


def _unknown() -> pl.Expr:
    return pl.when(pl.col(_EMPTY) == 0).then(Counted.DIAGNOSTICS.value).alias(Counted.DIAGNOSTICS)


def _blocks(house: Column, houses: Sequence[str], runs: Column) -> Mapping[str, Blocks]:
    """The rows of each hospital, from ``runs`` of its groups. They stand together in a contribution; where they do not, there are
    more blocks.
    """
    starts = runs[np.diff(house[runs], prepend=NONE) != 0]
    found: dict[str, list[slice]] = {}
    for code, at, to in zip(house[starts], starts, np.append(starts, len(house))[1:], strict=True):
        found.setdefault(houses[code], []).append(slice(at, to))
    return found


def _rows_of(blocks: Mapping[str, Blocks], names: Collection[str]) -> Blocks:
    return [block for name in names for block in blocks[name]]


def _pools(asked: Mapping[str, frozenset[str]]) -> Iterator[tuple[frozenset[str], list[str]]]:
    """Hospitals by the pool their references are made from, so that each pool is summed once.

    A hospital that does not count among its own peers is taken from a pool's sums afterwards, where others share that pool.
    """
    uses = Counter(one for name, own in asked.items() for one in {own, own | {name}})
    pools: dict[frozenset[str], list[str]] = {}
    for name, own in asked.items():
        pool = max((own, own | {name}), key=lambda one: uses[one])
        pools.setdefault(pool, []).append(name)
    return iter(pools.items())


@dataclass(frozen=True, slots=True)
class _Search:
    """References of rows, pool after pool: ``found`` is the position of each row's in ``tables`` put together."""

    house: Column
    cells: Cells
    columns: Sequence[Column]
    minimum: int
    found: Column
    tables: list[tuple[Level, Sums]] = field(default_factory=list)

    def resolve(self, rows: Blocks, pool: Sequence[Sums]) -> None:
        """The references of ``rows`` in the sums of their pool by level: those of one stratum have the same, so strata are asked.

        References are in order of level and stratum.
        """
        told = self.cells.told[0]
        answer = np.full(len(told), NONE, np.int64)
        pending = self.cells.among(rows)
        for level, sums in zip(Level, pool, strict=True):
            if not pending.any():
                break
            enough = (self.cells.told[level] <= level) & (sums[_PATIENTS] >= self.minimum)
            asking = np.flatnonzero(pending & (told <= level))
            answer[asking] = self._added(level, sums, enough)[self.cells.above[level][asking]]
            pending &= answer == NONE
        for block in rows:
            self.found[block] = answer[self.cells.of_row[block]]

    def resolve_less_own(self, blocks: Blocks, pool: Sequence[Sums]) -> None:
        """As `resolve`, without what each hospital itself has in the pool, which differs: hospital comes before stratum."""
        if not blocks:
            return
        rows = np.concatenate([np.arange(one.start, one.stop) for one in blocks])
        pending, told = rows, self.cells.told[0][self.cells.of_row]
        for level in Level:
            if not pending.size:
                return
            asking = pending[told[pending] <= level]
            places, sums = self._without_own(level, rows, asking, pool[level])
            self.found[asking] = self._added(level, sums, sums[_PATIENTS] >= self.minimum)[places]
            pending = pending[self.found[pending] == NONE]

    def _without_own(self, level: Level, rows: Column, asking: Column, pool: Sums) -> tuple[Column, Sums]:
        """Sums by hospital and stratum, of those that are asked for, and the place there of each row that asks."""
        count = pool.shape[1]
        named = self.house.astype(np.int64) * count + self.cells.above[level][self.cells.of_row]
        present, places = placed(named[asking], (int(self.house.max(initial=0)) + 1) * count)
        at = np.searchsorted(present, named[rows])
        there = np.append(present, NONE)[at] == named[rows]
        sums = pool[:, present % count]
        for total, column in zip(sums, self.columns, strict=True):
            np.subtract.at(total, at[there], column[rows[there]])
        return places, sums

    def _added(self, level: Level, sums: Sums, enough: Column) -> Column:
        """Keeps those that are ``enough``; the position of each, or `NONE`."""
        position = np.full(len(enough), NONE, np.int64)
        position[enough] = self._known() + np.arange(np.count_nonzero(enough))
        self.tables.append((level, sums[:, enough]))
        return position

    def _known(self) -> int:
        return sum(one.shape[1] for _, one in self.tables)

    def references(self) -> pl.DataFrame:
        told = [np.full(one.shape[1], level.value, np.int64) for level, one in self.tables]
        sums = np.concatenate([np.zeros((len(_SUMMED), 0), np.int64), *(one for _, one in self.tables)], axis=1)
        levels = np.concatenate([np.zeros(0, np.int64), *told])
        known = pl.DataFrame({LEVEL: levels, **dict(zip(_SUMMED, sums, strict=True))})
        return known.with_columns(_unknown()).drop(_EMPTY)


def means(units: Column, patients: Column) -> Column:
    """Units per patient in whole 10^-`DECIMALS`, rounded half-up: a figure of the benchmark, the same for who knows only sums.

    By long division, six decimals at a time, so that products fit in 64 bits; else with whole numbers of any length.
    """
    whole = units // patients
    if max(_largest(patients), _largest(whole) * MILLION) * MILLION >= 2**62:
        units, patients, whole = units.astype(object), patients.astype(object), whole.astype(object)
    rest = (units - whole * patients) * MILLION
    millionths = rest // patients
    rest = (rest - millionths * patients) * MILLION
    last = rest // patients
    up = 2 * (rest - last * patients) >= patients
    found: Column = (whole * MILLION + millionths) * MILLION + last + up
    return found


def _largest(column: Column) -> int:
    return max(abs(int(column.min())), abs(int(column.max()))) if len(column) else 0


def mean_of(units: int, patients: int) -> Fraction:
    """As `mean`, of one pair of sums."""
    return Fraction((2 * ONE_UNIT * units + patients) // (2 * patients), ONE_UNIT)
