"""Volumes as long tables that stay exact while factors are put on them: one row per hospital, group, code and contract.

A volume is a whole number of 10**-12 in 128 bits: room for two factors of six decimals one after the other (the product
structure, then a trend), for 10**9 times a factor of 1,000, and for sums over a million rows times norm minutes.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import polars as pl

from puntlanding.contribution.model import Contribution
from puntlanding.contribution.tables import HOSPITAL, MONTHS

GROUP = (HOSPITAL, "specialisme", "rol")
KEYS = (*GROUP, "soort", "code", "contract")
VOLUME = "aantal"
VOLUMES = pl.Schema({**dict.fromkeys(KEYS, pl.String()), VOLUME: pl.Int128()})
SCALE = 10**12
FACTOR_STEPS = 10**6  # a factor has at most six decimals
LARGEST_FACTOR, LARGEST_VOLUME = 1000, 10**9
_OF_A_FACTOR = "_factor"


def exact(units: int) -> Fraction:
    """The number behind a cell of `VOLUME`."""
    return Fraction(units, SCALE)


def volumes_of(whole: Contribution, basis: str = "open", months: Collection[int] = MONTHS) -> pl.DataFrame:
    """`VOLUMES` of ``months``; ``basis`` is "open" or "sluit". Rows without volume in those months are left out."""
    columns = [f"{basis}_{month:02}" for month in months]
    summed = whole.production.select(*KEYS, pl.sum_horizontal(columns).alias(VOLUME))
    return summed.filter(pl.col(VOLUME) != 0).with_columns(pl.col(VOLUME).cast(pl.Int128) * _int128(SCALE)).sort(KEYS)


def is_factor(value: Fraction) -> bool:
    return (value * FACTOR_STEPS).denominator == 1 and 0 <= value <= LARGEST_FACTOR


def steps(factor: Fraction) -> int:
    return int(factor * FACTOR_STEPS)


def times(volumes: pl.DataFrame, factors: pl.Series) -> pl.DataFrame:
    """Each volume × its factor (in steps). Raises ValueError where that is finer than a volume can be: a third factor."""
    product = volumes[VOLUME].to_frame().with_columns(factors.cast(pl.Int128).alias(_OF_A_FACTOR))
    product = product.select((pl.col(VOLUME) * pl.col(_OF_A_FACTOR)).alias(VOLUME))
    if product.select((pl.col(VOLUME) % _int128(FACTOR_STEPS) != 0).any()).item():
        raise ValueError("a volume has room for two factors of six decimals, and this is one more")
    return volumes.with_columns(product.select(pl.col(VOLUME) // _int128(FACTOR_STEPS)).to_series())


def together(*parts: pl.DataFrame) -> pl.DataFrame:
    """Rows of one key added up, in order."""
    whole = pl.concat([part.select(*KEYS, VOLUME) for part in parts])
    return whole.group_by(KEYS).agg(pl.col(VOLUME).sum()).filter(pl.col(VOLUME) != 0).sort(KEYS)


def _int128(value: int) -> pl.Expr:
    return pl.lit(value, pl.Int128)
