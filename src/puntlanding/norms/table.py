"""Norm times as a table: by year, for all specialisms, in whole hundredths of a minute (methods §1, §7 "sums")."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import polars as pl

HUNDREDTHS = 100
KEYS = ("specialisme", "soort", "code")
SCHEMA = pl.Schema(
    {"jaar": pl.Int32(), **dict.fromkeys(KEYS, pl.String()), "minuten": pl.Int64()}  # minuten: hundredths of a minute
)


@dataclass(frozen=True, slots=True)
class NormTable:
    """``frame`` has `SCHEMA`, each year × key once; ``file`` is where it was read from."""

    frame: pl.DataFrame
    file: str

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.frame["jaar"].unique().sort())

    def of(self, year: int) -> pl.DataFrame:
        """specialisme, soort, code, minuten of one year, in order; empty where the table has nothing of it."""
        return self.frame.filter(pl.col("jaar") == year).select(*KEYS, "minuten").sort(KEYS)

    def fingerprint(self, year: int) -> str:
        """SHA-256 of what the table says of one year, however its file was written."""
        lines = self.of(year).write_csv(include_header=False)
        return hashlib.sha256(lines.encode()).hexdigest()
