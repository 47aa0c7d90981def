"""What every export writer shares. Writers know nothing of the readers: what both say of a format is a real agreement."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

from puntlanding.demo.truth import Truth


@dataclass(frozen=True, slots=True)
class Written:
    """``left_out`` counts, per kind, the rows in these files that are no record: a reader must leave out just as many."""

    files: tuple[Path, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


# Writes one hospital in one format, as extracted on a day (None: everything that ever became known).
Export = Callable[..., Written]


def as_known(truth: Truth, as_of: date | None) -> Truth:
    return truth if as_of is None else truth.known_on(as_of)


def chance(truth: Truth, what: str) -> np.random.Generator:
    """Seeded by what is written, so that one format's noise does not depend on which others are written too."""
    return np.random.default_rng(zlib.crc32(f"{truth.slug}/{truth.agb}/{what}".encode()))


def some(frame: pl.DataFrame, share: float, generator: np.random.Generator) -> pl.DataFrame:
    """A random ``share`` of the rows, at least one where there are any, in their order."""
    if not frame.height:
        return frame
    count = max(1, round(share * frame.height))
    chosen = np.sort(generator.choice(frame.height, size=count, replace=False))
    return frame[chosen]


def claim_code(column: str, *, insured: bool) -> pl.Expr:
    """The lowest claim code met of a product: 14 and 15 for insured care, 16 and 17 for other (data-facts §4.1)."""
    code = pl.col(column)
    return code.filter(code.str.contains("^1[45]" if insured else "^1[67]")).min()


def write_table(
    frame: pl.DataFrame,
    path: Path,
    *,
    separator: str = ";",
    null: str = "",
    quotes: Literal["necessary", "never"] = "necessary",
    header: bool = True,
) -> Path:
    """CSV with the line ends that Windows programs write."""
    path.parent.mkdir(parents=True, exist_ok=True)
    frame.write_csv(
        path, separator=separator, null_value=null, quote_style=quotes, include_header=header, line_terminator="\r\n"
    )
    return path
