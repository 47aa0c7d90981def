"""How a volume came about: counted in a base year, replaced or added by the product structure, with the local trend on it.

`norms.structure` and `norms.trends` work by column and keep no trail; this works one cell out again with its sources, for who
asks where a number came from. Both must come to the same, which `explain.recompute` holds them to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from puntlanding.contribution.tables import HOSPITAL
from puntlanding.explain import Node, Source, Unit, cell, product, total
from puntlanding.norms.structure import Change, ProductStructure, restructured
from puntlanding.norms.trends import Trend, Trends, with_trends
from puntlanding.norms.volumes import VOLUME, exact

MONTH_COLUMNS = "open_01:open_12"  # the cells of a contribution's row that are a volume together


@dataclass(frozen=True)
class CountedVolumes:
    """Volumes of one hospital as a contribution counts them, and what makes them those of ``year``.

    ``counted`` is `norms.volumes.VOLUMES`; ``file`` names the contribution. Without changes and trends they are ``year``'s own.
    With ``before``, ``counted`` is what is expected there: a structure of a year between goes first.
    """

    year: int
    file: str
    hospital: str
    counted: pl.DataFrame
    structure: ProductStructure = field(default_factory=ProductStructure)
    trends: Trends = field(default_factory=Trends)
    before: CountedVolumes | None = None

    @cached_property
    def expected(self) -> pl.DataFrame:
        """`VOLUMES` of ``year``; what the structure adds stands under contract "alle"."""
        return with_trends(restructured(self.counted, self.structure, self.year), self.trends)

    def volume(self, specialism: str, role: str, kind: str, code: str, contract: str) -> Node:
        """One cell of ``expected``, with the cells of the contribution, the structure and the trends that it comes from."""
        parts: list[Node] = []
        before = self._cells(specialism, role, contract)
        if (kind, code) in before and (specialism, kind, code) not in self._moves:
            parts.append(self._counted((specialism, role, kind, code, contract), before[kind, code]))
        for change in self._arrivals.get((specialism, kind, code), ()):
            if change.old is not None and (kind, change.old) in before:
                old = self._counted((specialism, role, kind, change.old, contract), before[kind, change.old])
                factor = cell("replacement_factor", change.factor, Unit.RATIO, self._changed(change, "factor"))
                parts.append(product("replaced_volume", Unit.COUNT, old, factor, subject=code))
            elif change.old is None and change.volume is not None:
                place = self._changed(change, "aantal")
                parts.append(cell("added_volume", change.volume, Unit.COUNT, place, subject=code))
        volume = parts[0] if len(parts) == 1 else total("volume", Unit.COUNT, parts, subject=code)
        trend = self._trend(specialism, role, code)
        if trend is None:
            return volume
        factor = cell("trend", trend.factor, Unit.RATIO, Source(self.trends.file, trend.row, "factor"))
        return product("expected_volume", Unit.COUNT, volume, factor, subject=code)

    def _counted(self, key: tuple[str, str, str, str, str], units: int) -> Node:
        if self.before is not None:
            return self.before.volume(*key)
        specialism, _, _, code, contract = key
        place = Source(self.file, None, f"{specialism} {code} {MONTH_COLUMNS}")
        return cell("volume", exact(units), Unit.COUNT, place, subject=code, contract=contract or None)

    def _changed(self, change: Change, column: str) -> Source:
        return Source(self.structure.file, change.row, column)

    def _cells(self, specialism: str, role: str, contract: str) -> Mapping[tuple[str, str], int]:
        """(kind, code) → volume as counted, of one group in one contract."""
        key = (specialism, role, contract)
        if key not in self._by_group:
            mine = self.counted.filter(
                (pl.col("specialisme") == specialism) & (pl.col("rol") == role) & (pl.col("contract") == contract)
            )
            self._by_group[key] = {
                (kind, code): int(units) for kind, code, units in mine.select("soort", "code", VOLUME).iter_rows()
            }
        return self._by_group[key]

    @cached_property
    def _by_group(self) -> dict[tuple[str, str, str], Mapping[tuple[str, str], int]]:
        return {}

    @cached_property
    def _moves(self) -> Mapping[tuple[str, str, str], tuple[Change, ...]]:
        """(specialism, kind, old code) → where it goes; rows of the hospital's own take the place of those for each hospital."""
        return self._own_first("old")

    @cached_property
    def _arrivals(self) -> Mapping[tuple[str, str, str], tuple[Change, ...]]:
        """(specialism, kind, new code) → where it comes from."""
        found: dict[tuple[str, str, str], tuple[Change, ...]] = {}
        moved = [change for changes in self._moves.values() for change in changes]
        added = [change for changes in self._own_first("new").values() for change in changes if change.old is None]
        for change in (*moved, *added):
            if change.new is not None:
                key = (change.specialism, change.kind, change.new)
                found[key] = (*found.get(key, ()), change)
        return found

    def _own_first(self, named: str) -> dict[tuple[str, str, str], tuple[Change, ...]]:
        by_code: dict[tuple[str, str, str], list[Change]] = {}
        for change in self.structure.of(self.year):
            code = change.old if named == "old" else change.new if change.old is None else None
            if code is not None and change.hospital in (None, self.hospital):
                by_code.setdefault((change.specialism, change.kind, code), []).append(change)
        return {key: tuple([one for one in same if one.hospital is not None] or same) for key, same in by_code.items()}

    def _trend(self, specialism: str, role: str, code: str) -> Trend | None:
        """The row that says most of this cell; `local_trends` has seen to it that there is one."""
        at = {"rol": role, "code": code, HOSPITAL: self.hospital}
        said = [
            one for one in self.trends.rows if one.specialism == specialism and one.narrowed().items() <= at.items()
        ]
        return max(said, key=lambda one: len(one.narrowed()), default=None)
