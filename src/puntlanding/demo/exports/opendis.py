"""The six Open DIS files (data-facts §4.7) as the NZa would publish them if the demonstration hospitals were the country.

Counted are closed trajectories with a product, in the year of their opening. Descriptions are placeholders.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, claim_code
from puntlanding.demo.exports.classes import with_class
from puntlanding.demo.truth import Truth

VERSION = "1.0"
_KEYS = {
    "JAAR": pl.col("openingsdatum").dt.year(),
    "BEHANDELEND_SPECIALISME_CD": pl.col("specialisme"),
    "TYPERENDE_DIAGNOSE_CD": pl.col("diagnose"),
    "ZORGPRODUCT_CD": pl.col("zorgproduct"),
}
_YEAR, _SPECIALISM, _DIAGNOSIS, _PRODUCT = _KEYS
_LEVELS = {"ZPD": list(_KEYS), "DIAG": [_YEAR, _SPECIALISM, _DIAGNOSIS], "SPC": [_YEAR, _SPECIALISM]}


def write(truths: Iterable[Truth], folder: Path, *, as_of: date | None = None) -> Written:
    """All hospitals together; one at a time is taken from ``truths``."""
    return write_counts([counted(as_known(truth, as_of)) for truth in truths], folder, as_of=as_of)


def write_counts(counts: list[dict[str, pl.DataFrame]], folder: Path, *, as_of: date | None = None) -> Written:
    """``counts``: what `counted` made of each hospital. A patient is one per hospital: nobody knows that two treated the same."""
    levels = {level: _sum([one[level] for one in counts]) for level in (*_LEVELS, "profile")}
    volumes = levels["ZPD"]
    for level in ("DIAG", "SPC"):
        volumes = volumes.join(levels[level], on=_LEVELS[level], how="left", maintain_order="left")
    profile = levels["profile"]
    tables = {
        "01_DBC": volumes.with_columns(GEMIDDELDE_VERKOOPPRIJS=pl.lit(None, pl.Int64)),
        "02_DBC_PROFIEL": profile,
        "03_REF_ZAT": _activities(profile),
        "04_REF_DGN": _named(volumes, "DIAGNOSE_CD", _DIAGNOSIS, "DIAGNOSE_OMSCHRIJVING", "diagnose"),
        "05_REF_ZPD": pl.concat([one["products"] for one in counts])
        .group_by("ZORGPRODUCT_CD")
        .agg(
            DECLARATIE_VERZEKERD_CD=claim_code("declaratiecode", insured=True),
            DECLARATIE_ONVERZEKERD_CD=claim_code("declaratiecode", insured=False),
        )
        .sort("ZORGPRODUCT_CD")
        .select(
            "ZORGPRODUCT_CD",
            LATIJN_OMS=pl.concat_str(pl.lit("zorgproduct | "), "ZORGPRODUCT_CD"),
            CONSUMENT_OMS=pl.concat_str(pl.lit("zorgproduct "), "ZORGPRODUCT_CD"),
            DECLARATIE_VERZEKERD_CD="DECLARATIE_VERZEKERD_CD",
            DECLARATIE_ONVERZEKERD_CD="DECLARATIE_ONVERZEKERD_CD",
        ),
        "06_REF_SPC": _specialisms(volumes),
    }
    return Written(tuple(_write(frame, folder / f"{name}.csv", as_of) for name, frame in tables.items()))


def counted(known: Truth) -> dict[str, pl.DataFrame]:
    """Numbers of patients and trajectories per level, and of activities per product."""
    closed = known.trajectories.filter(pl.col("sluitdatum").is_not_null() & pl.col("zorgproduct").is_not_null())
    rows = closed.select("subtraject_id", "patient", "declaratiecode", **_KEYS)
    found = {
        level: rows.group_by(keys).agg(
            pl.col("patient").n_unique().alias(f"AANTAL_PAT_PER_{level}"),
            pl.len().alias(f"AANTAL_SUBTRAJECT_PER_{level}"),
        )
        for level, keys in _LEVELS.items()
    }
    done = known.activities.select("subtraject_id", "za_code", "aantal").join(rows, on="subtraject_id")
    keys = [*_KEYS, "ZORGACTIVITEIT_CD", "ZORGPROFIELKLASSE_CD"]
    named = with_class(done).rename({"za_code": "ZORGACTIVITEIT_CD", "klasse": "ZORGPROFIELKLASSE_CD"})
    found["profile"] = named.group_by(keys).agg(
        AANTAL_PAT=pl.col("patient").n_unique(),
        AANTAL_SUBTRAJECT=pl.col("subtraject_id").n_unique(),
        AANTAL_ZAT=pl.len(),
        SOM_AANTAL_ZAT=pl.col("aantal").sum(),
    )
    found["products"] = rows.select("ZORGPRODUCT_CD", "declaratiecode").unique()
    return found


def _sum(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Hospitals added up: counts are summed, codes are the keys."""
    whole = pl.concat(frames, how="vertical_relaxed")
    keys = [name for name in whole.columns if not whole[name].dtype.is_integer() or name == _YEAR]
    return whole.group_by(keys).agg(pl.all().sum()).sort(keys)


def _activities(profile: pl.DataFrame) -> pl.DataFrame:
    return (
        profile.select("ZORGACTIVITEIT_CD", "ZORGPROFIELKLASSE_CD")
        .unique()
        .sort("ZORGACTIVITEIT_CD")
        .select(
            "ZORGACTIVITEIT_CD",
            OMSCHRIJVING=pl.concat_str(pl.lit("zorgactiviteit "), "ZORGACTIVITEIT_CD"),
            ZORGPROFIELKLASSE_CD="ZORGPROFIELKLASSE_CD",
            ZORGPROFIELKLASSE_OMS=pl.concat_str(pl.lit("klasse "), "ZORGPROFIELKLASSE_CD"),
        )
    )


def _named(volumes: pl.DataFrame, code: str, source: str, text: str, word: str) -> pl.DataFrame:
    """Diagnoses: a code means something within its specialism only."""
    return (
        volumes.select(pl.col(source).alias(code), pl.col(_SPECIALISM).alias("SPECIALISME_CD"))
        .unique()
        .sort("SPECIALISME_CD", code)
        .with_columns(pl.concat_str(pl.lit(f"{word} "), code).alias(text))
    )


def _specialisms(volumes: pl.DataFrame) -> pl.DataFrame:
    return (
        volumes.select(SPECIALISME_CD=_SPECIALISM)
        .unique()
        .sort("SPECIALISME_CD")
        .with_columns(OMSCHRIJVING=pl.concat_str(pl.lit("specialisme "), "SPECIALISME_CD"))
    )


def _write(frame: pl.DataFrame, path: Path, as_of: date | None) -> Path:
    """With the three leading columns, a byte order mark and quotes, as the NZa's files have them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    day = "" if as_of is None else as_of.isoformat()
    dated = frame.select(
        pl.lit(VERSION).alias("VERSIE"), pl.lit(day).alias("DATUM_BESTAND"), pl.lit(day).alias("PEILDATUM"), pl.all()
    )
    dated.write_csv(path, include_bom=True, quote_style="non_numeric", line_terminator="\r\n")
    return path
