"""The pass over the activities: the only step that meets millions of rows, and so the only one that is written for speed.

Plain whole-number arrays, some tens of thousands of rows at a time (what fits the processor's cache), added into tables that are
small. Every sum is of 64-bit integers: no order of blocks can make a difference. Generated records hold it equal to a plain
reading of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from puntlanding.contribution.tables import MONTHS, QUARTERS
from puntlanding.fold.arrays import NOWHERE, Ints, counted, different, heads_of, numbers_of
from puntlanding.fold.rules import CODES, UNIT_NAMES, CountingRules, FoldRules, supporting_specialisms
from puntlanding.fold.trajectories import Source, Trajectories, month_in, month_table

Block = Mapping[str, Ints]
COLUMNS = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder")
BLOCK = 2**16
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
        self._place = np.full(CODES, NOWHERE, dtype=np.int64)
        self._helper = np.full(_SPECIALISMS, NOWHERE, dtype=np.int64)
        self._helper[[int(one) for one in self.supporters]] = np.arange(len(self.supporters))

    def take(self, block: Block) -> None:
        if not len(block["rij"]):
            return
        self.rows += len(block["rij"])
        month = month_in(block["datum"], self.months)
        np.add.at(self.active.reshape(-1), block["uitvoerder"] * MONTH_SLOTS + month, block["aantal"])
        self._count_units(block)
        self._count_helped(block, month)

    def _count_units(self, block: Block) -> None:
        rules, day = self.counting, block["datum"]
        always = (rules.first <= day.min()) & (rules.last >= day.max())
        for layer in rules.layers:
            rule = layer.take(block["za"])
            at = np.flatnonzero(rule)
            rule, slot = rule[at], self.slot.take(block["rij"][at])
            valid = slot != NOWHERE
            if not always.take(rule).all():
                valid &= (day[at] >= rules.first[rule]) & (day[at] <= rules.last[rule])
            if not valid.all():
                at, rule, slot = at[valid], rule[valid], slot[valid]
            key = slot * len(UNIT_NAMES) + rules.unit.take(rule)
            np.add.at(self.units.reshape(-1), key, block["aantal"][at] * rules.weight.take(rule))

    def _count_helped(self, block: Block, month: Ints) -> None:
        """A supporting specialism in a trajectory of another; in its own trajectories its work is in the product."""
        by = self._helper.take(block["uitvoerder"])
        at = np.flatnonzero(by != NOWHERE)
        own = block["uitvoerder"][at] == self.found.specialism.take(block["rij"][at])
        at = at[~own & (month[at] > 0) & (block["za"][at] > 0)]
        by, row, month, za = by[at], block["rij"][at], month[at], block["za"][at]
        contract, patient = self.found.contract.take(row), self.found.patient.take(row)
        place = self._code_places(za)
        cell = (by * self.helped.shape[1] + place) * self.contracts + contract
        np.add.at(self.helped.reshape(-1), cell * MONTH_SLOTS + month, block["aantal"][at])
        self.assisted += len(at)
        named = patient != NOWHERE
        if not named.all():
            by, za, contract, patient, month = (one[named] for one in (by, za, contract, patient, month))
        np.minimum.at(self.met.reshape(-1), by * self.found.patients + patient, month.astype(np.int8))
        cells = (by * CODES + za) * self.contracts + contract
        self._seen.append(different(cells * self.found.patients + patient))

    def _code_places(self, codes: Ints) -> Ints:
        places = self._place.take(codes)
        fresh = different(codes[places == NOWHERE])
        if not len(fresh):
            return places
        self._place[fresh] = np.arange(len(self.codes), len(self.codes) + len(fresh))
        self.codes += fresh.tolist()
        while len(self.codes) > self.helped.shape[1]:
            self.helped = np.concatenate((self.helped, np.zeros_like(self.helped)), axis=1)
        return self._place.take(codes)

    def helped_cells(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Place of the supporting specialism, code, place of the contract, number per month (12 columns), different patients;
        of the cells in which anything was done.
        """
        table = self.helped[..., 1:]
        by, place, contract = np.nonzero(table.any(axis=3))
        code = np.array(self.codes, dtype=np.int64)[place]
        seen = np.concatenate([np.zeros(0, dtype=np.int64), *self._seen])
        known, counts = counted(different(seen) // max(self.found.patients, 1))
        people = np.zeros(len(by), dtype=np.int64)
        if len(known):
            cells = (by * CODES + code) * self.contracts + contract
            at = np.searchsorted(known, cells).clip(max=len(known) - 1)
            people = np.where(known[at] == cells, counts[at], 0)
        return by, code, contract, table[by, place, contract], people


def blocks(frame: pl.LazyFrame, source: Source) -> Iterator[Block]:
    """The activities of the trajectories of ``source`` as whole numbers, with the place of their trajectory as ``rij``.

    What is no code is 0 and what is no date a day long ago, which no rule counts.
    """
    rows = frame.select(COLUMNS).collect()
    for start in range(0, rows.height, BLOCK):
        part = rows[start : start + BLOCK]
        row = _rows(part["subtraject_id"].to_numpy(), source)
        known = row != NOWHERE
        if not known.all():
            part, row = part.filter(pl.Series(known)), row[known]
        yield {
            "rij": row,
            "za": numbers_of(part["za_code"], 0),
            "datum": numbers_of(part["datum"].to_physical(), _NO_DAY),
            "aantal": numbers_of(part["aantal"], 0),
            "uitvoerder": numbers_of(part["specialisme_uitvoerder"], 0),
        }


def _rows(own: Ints, source: Source) -> Ints:
    """For each activity the place of its trajectory. Activities of one stand together, so each is looked up once."""
    if not len(source.ids):
        return np.full(len(own), NOWHERE, dtype=np.int64)
    heads = np.flatnonzero(heads_of(own))
    asked = own[heads]
    found = np.searchsorted(source.ids, asked).clip(max=len(source.ids) - 1)
    place = np.where(source.ids[found] == asked, found + source.start, NOWHERE)
    return np.repeat(place, np.diff(heads, append=len(own)))
