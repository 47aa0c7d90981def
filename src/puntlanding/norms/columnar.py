"""The column engine of `Production`: exact sums over hundreds of thousands of product rows with Polars.

Volumes and minutes are integers in millionths, products and sums 128-bit: no float, no overflow within the bounds that
the reader keeps (values below 10**9; 10**15 × 10**15 × 10**8 rows is below 2**127).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from puntlanding.explain import Node, Source, Unit, cell
from puntlanding.norms.production import GroupContract, Measure, Output, hours_of, norm_minutes

if TYPE_CHECKING:
    import polars as pl

MILLIONTHS = 10**6


@dataclass(frozen=True, slots=True)
class FrameProduction:
    """``frame`` has a row per product row: row, group, contract, year, code, volume, minutes, norm_row.

    ``volume`` and ``minutes`` are Int64 in millionths; ``row`` and ``norm_row`` the spreadsheet rows they came from in
    ``file`` and ``norm_file``.
    """

    file: str
    norm_file: str
    frame: pl.DataFrame

    def measures(self, year: int) -> Mapping[GroupContract, Measure]:
        import polars as pl

        pairs = self.frame.filter(pl.col("year") == year).select("group", "contract").unique()
        return dict.fromkeys(sorted(pairs.rows()), Measure.VOLUME)

    def outputs(self, year: int) -> Mapping[GroupContract, Output]:
        import polars as pl

        minutes = (pl.col("volume").cast(pl.Int128) * pl.col("minutes").cast(pl.Int128)).sum()
        sums = (
            self.frame.lazy()
            .filter(pl.col("year") == year)
            .group_by("group", "contract")
            .agg(minutes.alias("minutes"))
            .collect()
        )
        return {
            (group, contract): Output(hours=self._total(group, contract, year, scaled))
            for group, contract, scaled in sorted(sums.rows())
        }

    def _total(self, group: str, contract: str, year: int, scaled: int) -> Node:
        minutes = Fraction(scaled, MILLIONTHS * MILLIONTHS)
        return hours_of(minutes, lambda: self._parts(group, contract, year), group, contract)

    def _parts(self, group: str, contract: str, year: int) -> tuple[Node, ...]:
        import polars as pl

        mine = self.frame.filter(
            (pl.col("group") == group) & (pl.col("contract") == contract) & (pl.col("year") == year)
        )
        columns = ("row", "code", "volume", "minutes", "norm_row")
        return tuple(self._line(*values) for values in mine.sort("row").select(columns).rows())

    def _line(self, row: int, code: str, volume: int, minutes: int, norm_row: int) -> Node:
        here, there = Source(self.file, row, "aantal"), Source(self.norm_file, norm_row, "minuten")
        return norm_minutes(
            code,
            cell("volume", Fraction(volume, MILLIONTHS), Unit.COUNT, here, subject=code),
            cell("norm_time", Fraction(minutes, MILLIONTHS), Unit.MINUTES, there, subject=code),
        )  # fmt: skip
