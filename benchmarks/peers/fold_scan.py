"""The floor of the fold: every value of every column that it needs, read and looked at once, and nothing kept.

python benchmarks/peers/fold_scan.py STORE YEAR EXECUTOR

Numbers and dates are added up, and of codes the numbers that they are kept as, so that no column and no row can be left unread. Processes start as early,
and the largest hospitals go as first, as in the fold.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))
from national_pool import bytes_of, each, files, hospitals
from puntlanding.fold.executors import started

if TYPE_CHECKING:
    import polars as pl

NEEDED = {
    "subtrajecten": (
        "subtraject_id", "patient", "specialisme", "diagnose", "openingsdatum", "sluitdatum", "zorgproduct",
        "declaratiecode", "verzekeraar", "geboortejaar", "geslacht",
    ),
    "zorgactiviteiten": ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder"),
}  # fmt: skip


def scan(store: Path, year: int, hospital: str) -> int:
    import polars as pl

    found = files(store, hospital, year)
    plans = [
        _looked_at(pl.scan_parquet(path).select(columns)) for table, columns in NEEDED.items() for path in found[table]
    ]
    return sum(int(value or 0) for frame in pl.collect_all(plans, engine="streaming") for value in frame.row(0))


def _looked_at(frame: pl.LazyFrame) -> pl.LazyFrame:
    import polars as pl

    return frame.select(
        (pl.col(name).str.len_bytes() if dtype == pl.String else pl.col(name).to_physical()).sum().alias(name)
        for name, dtype in frame.collect_schema().items()
    )


if __name__ == "__main__":
    place, year, executor = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    with started(executor, sum(1 for _ in place.iterdir()), "polars") as crew:
        names = hospitals(place)
        sums = each(partial(scan, place, year), names, crew(len(names)), partial(bytes_of, place, year))
    print(sum(sums) % 2**64)
