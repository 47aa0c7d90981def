"""What the products of earlier years are worth with the norm times of a year: old codes by the product structure."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from puntlanding.norms.structure import Change, ProductStructure
from puntlanding.norms.table import KEYS, NormTable
from puntlanding.quantities import ZERO, half_up

Key = tuple[str, str, str]  # specialism, kind, code


def revalued(table: NormTable, structure: ProductStructure, year: int, opened: int, hospital: str) -> pl.DataFrame:
    """specialisme, soort, code, minuten (hundredths, rounded) for what opened in ``opened``, with the norm times of ``year``.

    A code that was replaced since then is worth what took its place, times the factor. One that is gone without a successor keeps
    its last norm time: better than to count as nothing.
    """
    now = table.of(year)
    times: dict[Key, Fraction] = {}
    for later in range(year, opened, -1):
        times = {**times, **_before(structure.of(later), times, now, hospital)}
    rows = [(*key, half_up(minutes, 0)) for key, minutes in sorted(times.items())]
    own = pl.DataFrame(rows, schema=now.schema, orient="row")
    gone = table.frame.filter(pl.col("jaar") < year).sort("jaar").unique(KEYS, keep="last").select(now.columns)
    kept = pl.concat([own, now.join(own, on=KEYS, how="anti")])
    return pl.concat([kept, gone.join(kept, on=KEYS, how="anti")]).sort(KEYS)


def _before(
    changes: tuple[Change, ...], times: dict[Key, Fraction], now: pl.DataFrame, hospital: str
) -> dict[Key, Fraction]:
    """The codes that were replaced, in what replaced them; a row for this hospital goes before the rows for all."""
    replaced = [
        one for one in changes if one.old is not None and one.new is not None and one.hospital in (None, hospital)
    ]
    own = {(one.specialism, one.kind, one.old) for one in replaced if one.hospital is not None}
    wanted = {(one.specialism, one.kind, str(one.new)) for one in replaced}
    codes = pl.DataFrame(sorted(wanted), schema=dict.fromkeys(KEYS, pl.String), orient="row")
    known = {row[:3]: Fraction(row[3]) for row in now.join(codes, on=KEYS, how="semi").iter_rows()}
    found: dict[Key, Fraction] = {}
    for one in replaced:
        key = (one.specialism, one.kind, str(one.old))
        new = (one.specialism, one.kind, str(one.new))
        worth = times.get(new, known.get(new))
        if worth is not None and (one.hospital is not None or key not in own):
            found[key] = found.get(key, ZERO) + one.factor * worth
    return found
