"""The pass over the activities: the only step that meets millions of rows, and so the only one that is written for speed.

Plain whole-number arrays, a quarter of a million rows at a time (what fits the processor's cache), added into tables that are
small. Every sum is of 64-bit integers: no order of blocks can make a difference. Generated records hold it equal to a plain
reading of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from puntlanding.contribution.tables import MONTHS, QUARTERS
from puntlanding.fold.arrays import NOWHERE, Ints, counted, different, heads_of
from puntlanding.fold.rules import CODES, UNIT_NAMES, CountingRules, FoldRules, supporting_specialisms
from puntlanding.fold.trajectories import Trajectories, month_in, month_table

Block = Mapping[str, Ints]
COLUMNS = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder")
BLOCK = 2**18
MONTH_SLOTS = len(MONTHS) + 1  # month 0: done in another year
_SPECIALISMS = 10**4  # they have four digits
_NO_DAY = -(10**6)


class ActivityPass:
    """Feed it `blocks`; the tallies are whole afterwards.

    ``units``: stratum × quarter of closing × unit. ``active``: specialism × month, all that was done. ``helped``: supporting
    specialism × code (in the order of ``codes``) × contract × month, what was done in trajectories of others. ``met``:
    supporting specialism × patient → first month (13: none). ``rows`` and ``assisted`` count activities.
    """

    def __init__(self, found: Trajectories, rules: FoldRules) -> None:
        self.found, self.counting, self.months = found, CountingRules.of(rules), month_table(rules.year)
        self.contracts = len(found.contracts)
        self.supporters = supporting_specialisms()
        quarter = (found.closed + 2) // 3
        self.slot = np.where(found.stratum == NOWHERE, NOWHERE, found.stratum * len(QUARTERS) + quarter - 1)
        self.units = np.zeros((found.strata.height, len(QUARTERS), len(UNIT_NAMES)), dtype=np.int64)
        self.active = np.zeros((_SPECIALISMS, MONTH_SLOTS), dtype=np.int64)
        self.helped = np.zeros((len(self.supporters), 64, self.contracts, MONTH_SLOTS), dtype=np.int64)
        self.met = np.full((len(self.supporters), found.patients), MONTH_SLOTS, dtype=np.int8)
        self.codes: list[int] = []
        self.rows = self.assisted = 0
        self._seen: list[Ints] = []
        self._place = np.full(CODES, NOWHERE, dtype=np.int32)
        self._helper = np.full(_SPECIALISMS, NOWHERE, dtype=np.int8)
        self._helper[[int(one) for one in self.supporters]] = np.arange(len(self.supporters))

    def take(self, block: Block) -> None:
        self.rows += len(block["rij"])
        month = month_in(block["datum"], self.months)
        np.add.at(self.active.reshape(-1), block["uitvoerder"] * MONTH_SLOTS + month, block["aantal"])
        self._count_units(block)
        self._count_helped(block, month)

    def _count_units(self, block: Block) -> None:
        for layer in self.counting.layers:
            rule = layer[block["za"]]
            at = np.flatnonzero(rule)
            rule, day, slot = rule[at], block["datum"][at], self.slot[block["rij"][at]]
            valid = (day >= self.counting.first[rule]) & (day <= self.counting.last[rule]) & (slot != NOWHERE)
            at, rule = at[valid], rule[valid]
            key = slot[valid] * len(UNIT_NAMES) + self.counting.unit[rule]
            np.add.at(self.units.reshape(-1), key, block["aantal"][at] * self.counting.weight[rule])

    def _count_helped(self, block: Block, month: Ints) -> None:
        """A supporting specialism in a trajectory of another; in its own trajectories its work is in the product."""
        by = self._helper[block["uitvoerder"]]
        at = np.flatnonzero(by != NOWHERE)
        own = block["uitvoerder"][at] == self.found.specialism[block["rij"][at]]
        at = at[~own & (month[at] > 0) & (block["za"][at] > 0)]
        by, row, month, za = by[at].astype(np.int64), block["rij"][at], month[at], block["za"][at]
        contract, patient = self.found.contract[row], self.found.patient[row]
        place = self._code_places(za).astype(np.int64)
        cell = (by * self.helped.shape[1] + place) * self.contracts + contract
        np.add.at(self.helped.reshape(-1), cell * MONTH_SLOTS + month, block["aantal"][at])
        self.assisted += len(at)
        named = patient != NOWHERE
        if not named.all():
            by, za, contract, patient, month = (one[named] for one in (by, za, contract, patient, month))
        np.minimum.at(self.met.reshape(-1), by * self.found.patients + patient, month.astype(np.int8))
        cells = (by * CODES + za) * self.contracts + contract
        self._seen.append(different(cells * self.found.patients + patient))

    def _code_places(self, codes: Ints) -> npt.NDArray[np.int32]:
        fresh = different(codes[self._place[codes] == NOWHERE])
        if len(fresh):
            self._place[fresh] = np.arange(len(self.codes), len(self.codes) + len(fresh))
            self.codes += fresh.tolist()
            while len(self.codes) > self.helped.shape[1]:
                self.helped = np.concatenate((self.helped, np.zeros_like(self.helped)), axis=1)
        return self._place[codes]

    def patients_helped(self) -> Mapping[tuple[str, int, int], int]:
        """(specialism, code, place of the contract) → different patients."""
        if not self._seen:
            return {}
        cells, counts = counted(different(np.concatenate(self._seen)) // max(self.found.patients, 1))
        found = {}
        for cell, count in zip(cells.tolist(), counts.tolist(), strict=True):
            rest, contract = divmod(cell, self.contracts)
            by, code = divmod(rest, CODES)
            found[self.supporters[by], code, contract] = count
        return found

    def active_rows(self) -> Iterator[tuple[str, int, int]]:
        """specialism, month, number of activities done."""
        for specialism, month in zip(*(one.tolist() for one in np.nonzero(self.active)), strict=True):
            if specialism and month:
                yield f"{specialism:04}", month, int(self.active[specialism, month])

    def helped_rows(self) -> Iterator[tuple[str, int, int, Sequence[int]]]:
        """specialism, code, place of the contract, number per month; cells in which nothing was done are left out."""
        table = self.helped[..., 1:]
        for by, code, contract in zip(*(one.tolist() for one in np.nonzero(table.any(axis=3))), strict=True):
            yield self.supporters[by], self.codes[code], contract, table[by, code, contract].tolist()


def blocks(frame: pl.LazyFrame, ids: Ints) -> Iterator[Block]:
    """The activities of the trajectories ``ids`` as whole numbers, with the place of their trajectory as ``rij``.

    What is no code is 0 and what is no date a day long ago, which no rule counts.
    """
    rows = frame.select(COLUMNS).collect()
    for start in range(0, rows.height, BLOCK):
        part = rows[start : start + BLOCK]
        row = _rows(part["subtraject_id"].to_numpy(), ids)
        known = row != NOWHERE
        if not known.all():
            part, row = part.filter(pl.Series(known)), row[known]
        numbers = part.select(
            pl.col("za_code").cast(pl.UInt32, strict=False).fill_null(0).cast(pl.Int64).alias("za"),
            pl.col("datum").to_physical().fill_null(_NO_DAY).cast(pl.Int64),
            pl.col("aantal").fill_null(0).cast(pl.Int64),
            pl.col("specialisme_uitvoerder")
            .cast(pl.UInt16, strict=False)
            .fill_null(0)
            .cast(pl.Int64)
            .alias("uitvoerder"),
        )
        yield {"rij": row, **{name: numbers[name].to_numpy() for name in numbers.columns}}


def _rows(own: Ints, ids: Ints) -> Ints:
    """For each activity the place of its trajectory. Activities of one stand together, so each is looked up once."""
    if not len(ids):
        return np.full(len(own), NOWHERE, dtype=np.int64)
    heads = np.flatnonzero(heads_of(own))
    found = np.minimum(np.searchsorted(ids, own[heads]), len(ids) - 1)
    return np.repeat(np.where(ids[found] == own[heads], found, NOWHERE), np.diff(heads, append=len(own)))
