"""The fast reader of a list of norm times: by column, and only for what is beyond doubt, as `columnar` does for production.

It accepts a file or it does not. Whatever it does not accept is read by row, which is the reference and words every error.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from puntlanding.case.column_files import DoubtError, read_columns, require
from puntlanding.case.columnar import CODE, millionths, only, with_year
from puntlanding.norms.columnar import MILLIONTHS
from puntlanding.norms.table import HUNDREDTHS, KEYS, SCHEMA

_FINER = MILLIONTHS // HUNDREDTHS


def norm_frame(path: Path, largest: int) -> pl.DataFrame | None:
    """The rows with `SCHEMA`, in their order; None where a row may be wrong. ``largest``: minutes that are still accepted."""
    try:
        frame, separator = read_columns(path, "normtijden")
        require(frame.height)
        frame = with_year(frame, None)
        only(frame, "specialisme", CODE)
        only(frame, "code", CODE)
        only(frame, "soort", r"^(zorgproduct|zorgactiviteit)$")
        frame, _ = millionths(frame, "minuten", separator)
        time = frame["minuten"]
        require((time % _FINER == 0).all() and (time <= largest * MILLIONTHS).all())
    except (DoubtError, OSError):
        return None
    found = frame.select(pl.col("year").alias("jaar"), *KEYS, pl.col("minuten") // _FINER).cast(SCHEMA)
    return None if found.select("jaar", *KEYS).is_duplicated().any() else found
