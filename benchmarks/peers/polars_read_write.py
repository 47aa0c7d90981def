"""The floor: the columns of the neutral export read with their types and written as Parquet, nothing checked or hashed."""

import sys
from pathlib import Path

import polars as pl

DATES = ("openingsdatum", "sluitdatum", "datum", "geboortedatum", "geregistreerd_op", "product_bekend_op")
source, target = Path(sys.argv[1]), Path(sys.argv[2])
target.mkdir(parents=True, exist_ok=True)
for path in sorted(source.glob("*.csv")):
    with path.open(encoding="utf-8") as lines:
        names = lines.readline().strip().split(";")
    types = {name: pl.Date if name in DATES else pl.Int32 if name == "aantal" else pl.String for name in names}
    frame = pl.read_csv(path, separator=";", schema=types)
    frame.write_parquet(target / f"{path.stem}.parquet", compression="zstd", compression_level=1)
