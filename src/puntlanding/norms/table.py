"""Norm times as a table: by year, for all specialisms, in whole hundredths of a minute (methods §1, §7 "sums")."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

import polars as pl

HUNDREDTHS = 100
KEYS = ("specialisme", "soort", "code")
SCHEMA = pl.Schema(
    {"jaar": pl.Int32(), **dict.fromkeys(KEYS, pl.String()), "minuten": pl.Int64()}  # minuten: hundredths of a minute
)


@dataclass(frozen=True, slots=True)
class NormTable:
    """``frame`` has `SCHEMA`, each year × key once; ``file`` is where it was read from.

    What is asked of a year is worked out once. Sent to a worker with every hospital, it is the same table there each time.
    """

    frame: pl.DataFrame
    file: str
    _years: dict[int, tuple[pl.DataFrame, str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _keyed: dict[int, dict[tuple[str, str, str], int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _sent: list[bytes] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(self.frame["jaar"].unique().sort())

    def of(self, year: int) -> pl.DataFrame:
        """specialisme, soort, code, minuten of one year, in order; empty where the table has nothing of it."""
        return self._known(year)[0].clone()

    def by_key(self, year: int) -> Mapping[tuple[str, str, str], int]:
        """(specialism, kind, code) → minutes, of one year."""
        if year not in self._keyed:
            self._keyed[year] = {(of, kind, code): minutes for of, kind, code, minutes in self.of(year).iter_rows()}
        return self._keyed[year]

    def fingerprint(self, year: int) -> str:
        """SHA-256 of what the table says of one year, however its file was written."""
        return self._known(year)[1]

    def _known(self, year: int) -> tuple[pl.DataFrame, str]:
        if year not in self._years:
            rows = self.frame.filter(pl.col("jaar") == year).select(*KEYS, "minuten").sort(KEYS)
            self._years[year] = rows, hashlib.sha256(rows.write_csv(include_header=False).encode()).hexdigest()
        return self._years[year]

    def __reduce__(self) -> tuple[Callable[[bytes, str], NormTable], tuple[bytes, str]]:
        if not self._sent:
            file = BytesIO()
            self.frame.write_ipc(file, compression="lz4")
            self._sent.append(file.getvalue())
        return _received, (self._sent[0], self.file)


@lru_cache(maxsize=2)
def _received(frame: bytes, file: str) -> NormTable:
    return NormTable(pl.read_ipc(BytesIO(frame)), file)
