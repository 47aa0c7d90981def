"""One hospital in a store: the deliveries that count, and its own contributions of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl

from puntlanding.case.fold_rules import care_fte_of, contracts_of
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.model import Case
from puntlanding.case.production_rows import NO_CONTRACT
from puntlanding.case.provenance import TableHash
from puntlanding.contribution import Contribution, read_contribution
from puntlanding.contribution.model import SUFFIX
from puntlanding.contribution.tables import ALL
from puntlanding.fold.fold import fold, fold_records
from puntlanding.fold.kept import is_current
from puntlanding.fold.known_then import known_then
from puntlanding.fold.rules import FoldJob, FoldRules
from puntlanding.forecast.known_codes import states
from puntlanding.norms.contributed import OUTSIDE
from puntlanding.norms.volumes import KEYS, volumes_of
from puntlanding.problems import Problem, Severity
from puntlanding.records.store import Kept, Records, Store

if TYPE_CHECKING:
    from puntlanding.forecast.known import Delivered


@dataclass(frozen=True)
class Home:
    """One hospital in a store, as known on ``as_of`` (None: now). ``forecast`` False: nobody asks for one, and it takes seconds.

    Of a year without a delivery of that day or before, the first later one counts, cut to what had been recorded on that day:
    what was recorded afterwards changes nothing.
    """

    store: Store
    hospital: str
    as_of: date | None
    lists: CaseLists
    kind: str | None
    folded: dict[int, Contribution] = field(default_factory=dict)
    forecast: bool = True
    found: dict[int, Kept | None] = field(default_factory=dict)

    def kept(self, year: int) -> Kept | None:
        """The delivery that counts; None where nothing is known of the year, or was on that day."""
        if year not in self.found:
            self.found[year] = self._kept(year)
        return self.found[year]

    def _kept(self, year: int) -> Kept | None:
        there = [one for one in self.store.deliveries(self.hospital) if one.year == year]
        before = [one for one in there if self.as_of is None or one.delivered <= self.as_of]
        if before or not there:
            return before[-1] if before else None
        return there[0] if _count(self._records(there[0]).stored_trajectories) else None

    def hashes(self) -> Iterator[TableHash]:
        """Of the records of each year that were looked at."""
        for year, kept in sorted(self.found.items()):
            if kept is not None:
                yield TableHash(f"records {year}", f"{self.hospital} {kept.delivered.isoformat()}", kept.content)

    def known_on(self, year: int) -> date | None:
        """The day up to which what counts of the year was known."""
        kept = self.kept(year)
        return None if kept is None else min(kept.delivered, self.as_of or kept.delivered)

    def open_then(self, year: int) -> Fraction:
        """The share of trajectories whose product was not known on the day, or else by the delivery that counts."""
        kept = self.kept(year)
        if kept is None:
            return Fraction(0)
        without = list(states()["zonder_product"]["zorgtypen"])
        never = pl.col("zorgtype").cast(pl.String).is_in(without).fill_null(value=False)
        known = min(kept.delivered, self.as_of or kept.delivered)
        still = pl.col("openingsdatum") > known - timedelta(days=states()["nooit"]["dagen"])
        rows = self._records(kept).stored_trajectories.filter(~never)
        return Fraction(_count(rows.filter(still & pl.col("zorgproduct").is_null())), max(_count(rows), 1))

    def contribution(self, year: int, case: Case) -> Contribution:
        """The hospital's own contribution of ``year``, by the contracts of ``case``, whatever year that is of: the file in the store
        where it is just that, and otherwise folded here, which takes a second.
        """
        if year not in self.folded:
            contracts, rest = contracts_of(case.agreement)
            rules = FoldRules(
                year, self.kind, self.lists.norm_times, self.lists.cost_prices(year), self.lists.diagnosis_groups(year),
                contracts, rest, care_fte_of(case),
            )  # fmt: skip
            found = self._folded(rules)
            self.folded[year] = replace(found, file=found.file or f"{self.hospital} {year}")
        return self.folded[year]

    def _folded(self, rules: FoldRules) -> Contribution:
        own, before = self.kept(rules.year), self.kept(rules.year - 1)
        if own is not None and any(self._later(one) for one in (own, before) if one is not None):
            earlier = None if before is None else self._records(before)
            return fold_records(self.hospital, self._records(own), earlier, rules).contribution()
        job = FoldJob(self.store.root, self.hospital, rules, self.as_of)
        path = self.store.root / self.hospital / f"bijdrage-{rules.year}{SUFFIX}"
        return read_contribution(path) if is_current(job, path) else fold(job)

    def delivered_later(self, year: int) -> bool:
        """Whether what counts of the year was delivered after the day, and cut to what was known on it."""
        kept = self.kept(year)
        return kept is not None and self._later(kept)

    def _later(self, kept: Kept) -> bool:
        return self.as_of is not None and kept.delivered > self.as_of

    def _records(self, kept: Kept) -> Records:
        records = self.store.records(self.hospital, kept.year, kept.delivered)
        if self.as_of is None or not self._later(kept):
            return records
        return known_then(records, self.as_of)

    def volumes(self, year: int, case: Case) -> pl.DataFrame:
        """What opened in ``year``, in the contracts of ``case``; what falls under none of them is `OUTSIDE`."""
        rest = OUTSIDE if case.agreement.contracts else NO_CONTRACT
        counted = volumes_of(self.contribution(year, case))
        return counted.with_columns(pl.col("contract").replace({ALL: rest})).sort(KEYS)


def _count(rows: pl.LazyFrame) -> int:
    return int(rows.select(pl.len()).collect().item())


def warn(code: str, file: str, value: str | None, **details: object) -> Problem:
    return Problem(code, file, value=value, details=details, severity=Severity.WARNING)


def record_hashes(store: Store, hospital: str, read: Iterable[Delivered]) -> tuple[TableHash, ...]:
    """Of each year's records that were read, the hash that the store keeps."""
    kept = {(one.year, one.delivered): one for one in store.deliveries(hospital)}
    return tuple(
        TableHash(f"records {one.year}", f"{hospital} {one.day.isoformat()}", kept[one.year, one.day].content)
        for one in read
    )
