"""A plain pandas reader of the same files: text, dates and numbers, no pseudonyms, no checks, no store."""

import sys
from pathlib import Path

import pandas as pd

DATES = ("openingsdatum", "sluitdatum", "datum", "geboortedatum", "geregistreerd_op", "product_bekend_op")
for path in sorted(Path(sys.argv[1]).glob("*.csv")):
    frame = pd.read_csv(path, sep=";", dtype=str)
    for name in frame.columns:
        if name in DATES:
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d")
        elif name == "aantal":
            frame[name] = frame[name].astype("int32")
    print(path.name, len(frame))
