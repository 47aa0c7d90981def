"""Only scanning the same files: every column looked at, nothing kept."""

import sys
from pathlib import Path

import polars as pl

for path in sorted(Path(sys.argv[1]).glob("*.csv")):
    print(path.name, pl.scan_csv(path, separator=";", infer_schema=False).select(pl.all().count()).collect().row(0))
