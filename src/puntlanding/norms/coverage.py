"""Which production has a norm time and which has none: without one it carries no output, and nobody would see it missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from puntlanding.contribution.model import Contribution
from puntlanding.contribution.tables import HOSPITAL, OPENED, REST
from puntlanding.norms.table import KEYS, NormTable

_GROUP = (HOSPITAL, "specialisme", "rol")


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """Volumes that opened in the year: with a norm time, without, and ``rest``: codes that disclosure control does not tell."""

    hospital: str
    specialism: str
    role: str
    covered: int
    uncovered: int
    rest: int

    @property
    def share(self) -> Fraction | None:
        """Of what has a code; None where nothing has."""
        told = self.covered + self.uncovered
        return Fraction(self.covered, told) if told else None


@dataclass(frozen=True, slots=True)
class Code:
    specialism: str
    kind: str
    code: str
    volume: int = 0
    hospitals: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """``missing``: codes with volume and no norm time, most volume first. ``unused``: norm times of specialisms with
    production whose code nobody has. ``without``: (specialism, kind) with production and not one norm time → its volume.
    """

    year: int
    groups: tuple[GroupCoverage, ...]
    missing: tuple[Code, ...]
    unused: tuple[Code, ...]
    without: Mapping[tuple[str, str], int]

    @property
    def covered(self) -> int:
        return sum(one.covered for one in self.groups)

    @property
    def uncovered(self) -> int:
        return sum(one.uncovered for one in self.groups)

    @property
    def rest(self) -> int:
        return sum(one.rest for one in self.groups)


def coverage(whole: Contribution, table: NormTable, year: int) -> Coverage:
    """Of the production opened in the contribution's year, against the norm times of ``year``."""
    times = table.of(year)
    volumes = whole.production.select(*_GROUP, "soort", "code", pl.sum_horizontal(OPENED).alias("aantal"))
    told = volumes.filter((pl.col("aantal") != 0) & (pl.col("code") != REST))
    rest = volumes.filter(pl.col("code") == REST).with_columns(pl.lit("rest").alias("deel"))
    known = told.join(times, on=KEYS, how="semi").with_columns(pl.lit("met").alias("deel"))
    missing = told.join(times, on=KEYS, how="anti").with_columns(pl.lit("zonder").alias("deel"))
    pairs = told.select("specialisme", "soort").unique()
    unused = times.join(told, on=KEYS, how="anti").join(pairs, on=["specialisme", "soort"], how="semi").sort(KEYS)
    nothing = told.join(times, on=["specialisme", "soort"], how="anti")
    return Coverage(
        year,
        _groups(pl.concat([known, missing, rest])),
        _missing(missing),
        tuple(Code(*row) for row in unused.select(KEYS).rows()),
        _summed(nothing, ("specialisme", "soort")),
    )


def _groups(parts: pl.DataFrame) -> tuple[GroupCoverage, ...]:
    sums = [pl.col("aantal").filter(pl.col("deel") == part).sum().alias(part) for part in ("met", "zonder", "rest")]
    return tuple(GroupCoverage(*row) for row in parts.group_by(_GROUP).agg(sums).sort(_GROUP).rows())


def _missing(rows: pl.DataFrame) -> tuple[Code, ...]:
    summed = rows.group_by(KEYS).agg(pl.col("aantal").sum(), pl.col(HOSPITAL).n_unique().alias("huizen"))
    ranked = summed.sort("aantal", *KEYS, descending=[True, False, False, False])
    return tuple(Code(*row) for row in ranked.select(*KEYS, "aantal", "huizen").rows())


def _summed(rows: pl.DataFrame, keys: tuple[str, str]) -> Mapping[tuple[str, str], int]:
    return {(a, b): volume for a, b, volume in rows.group_by(keys).agg(pl.col("aantal").sum()).sort(keys).rows()}
