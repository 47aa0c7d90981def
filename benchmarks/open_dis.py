"""Reading the national profile file (about 750 MB), against counting its lines and against parsing every cell of it.

    python benchmarks/open_dis.py [MB]

The file is made up and written to a temporary folder: 9 years, one specialism and four diagnoses per product, 85
activities per diagnosis, as many rows as it takes.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import polars as pl

from timing import PYTHON, measured

DIAGNOSES, ACTIVITIES, CODES, YEARS = 4, 85, 4500, range(2015, 2024)
BYTES_PER_ROW = 89
READ = """
from pathlib import Path
from puntlanding.intake.base import Account
from puntlanding.intake.opendis import read_national_files, write_national
import sys
write_national(read_national_files(Path(sys.argv[1]), Account()), Path(sys.argv[2]))
"""
COUNT = "import polars as pl, sys; pl.scan_csv(sys.argv[1] + '/02_DBC_PROFIEL.csv').select(pl.len()).collect()"
PARSE = (
    "import polars as pl, sys; pl.scan_csv(sys.argv[1] + '/02_DBC_PROFIEL.csv')"
    ".select(pl.all().count()).collect(engine='streaming')"
)


def write(folder: Path, megabytes: int) -> None:
    random = np.random.default_rng(7)
    products = max(1, megabytes * 1_000_000 // (BYTES_PER_ROW * len(YEARS) * DIAGNOSES * ACTIVITIES))
    product = np.repeat(np.arange(products), DIAGNOSES * ACTIVITIES)
    diagnosis = np.tile(np.repeat(np.arange(DIAGNOSES), ACTIVITIES), products)
    activity = (product * 37 + np.tile(np.arange(ACTIVITIES), DIAGNOSES * products) * 3) % CODES
    keys = pl.DataFrame({"p": product, "d": diagnosis, "a": activity}).select(
        VERSIE=pl.lit("1.0"), DATUM_BESTAND=pl.lit("2024-02-01"), PEILDATUM=pl.lit("2024-01-15"), JAAR=pl.lit(0),
        BEHANDELEND_SPECIALISME_CD=pl.format("03{}", (pl.col("p") % 30).cast(pl.String).str.zfill(2)),
        TYPERENDE_DIAGNOSE_CD=pl.format("{}{}", pl.col("d") + 1, (pl.col("p") % 90).cast(pl.String).str.zfill(3)),
        ZORGPRODUCT_CD=((pl.col("p") * 7919 + 990_000_000) % 1_000_000_000).cast(pl.String).str.zfill(9),
        ZORGACTIVITEIT_CD=(pl.col("a") + 190_000).cast(pl.String),
        ZORGPROFIELKLASSE_CD=pl.col("a") % 19 + 1,
    )  # fmt: skip
    volumes = []
    with (folder / "02_DBC_PROFIEL.csv").open("wb") as file:
        for year in YEARS:
            some = pl.Series(random.integers(1, 300, keys.height))
            rows = keys.with_columns(
                JAAR=pl.lit(year), AANTAL_PAT=some, AANTAL_SUBTRAJECT=some, AANTAL_ZAT=some, SOM_AANTAL_ZAT=some * 3
            )
            rows.write_csv(file, include_header=year == YEARS[0], quote_style="non_numeric")
            volumes.append(rows.unique(["ZORGPRODUCT_CD", "TYPERENDE_DIAGNOSE_CD"]).with_columns(
                AANTAL_SUBTRAJECT_PER_ZPD=pl.lit(300), GEMIDDELDE_VERKOOPPRIJS=pl.lit(850)
            ))  # fmt: skip
    pl.concat(volumes).write_csv(folder / "01_DBC.csv", quote_style="non_numeric")


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 750
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, megabytes)
        size = (folder / "02_DBC_PROFIEL.csv").stat().st_size / 1e6
        print(f"{size:.0f} MB{'':<36} {'seconds':>9} {'peak MB':>9}")
        for label, code in (
            ("count the lines (Polars)", COUNT),
            ("parse every cell (Polars)", PARSE),
            ("read, check, store", READ),
        ):
            seconds, peak = measured([PYTHON, "-c", code, name, folder / "store"])
            print(f"{label:<42} {seconds:9.2f} {peak:9.0f}")


if __name__ == "__main__":
    main()
