"""Reference tables in the form of the NZa's (data-facts §4.6), holding just the codes that made-up hospitals use.

They are no substitute for the NZa's own tables: descriptions are placeholders, and every code is valid from 2012 on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polars as pl

from puntlanding.demo.exports.base import Written, as_known, claim_code, write_table
from puntlanding.demo.exports.classes import with_class
from puntlanding.demo.truth import Truth

_FROM = "2012-01-01"
_SINCE_120_DAYS = "2015-01-01"  # from then on no trajectory lasts longer (data-facts §4.3)


def write(truths: Iterable[Truth], folder: Path, *, as_of: date | None = None) -> Written:
    return write_codes([codes_met(as_known(truth, as_of)) for truth in truths], folder)


def write_codes(met: list[dict[str, pl.DataFrame]], folder: Path) -> Written:
    """``met``: what `codes_met` found at each hospital."""
    codes = {name: pl.concat([one[name] for one in met]).unique().sort(pl.all()) for name in met[0]}
    period = {"BeginDatum": pl.lit(_FROM), "EindDatum": pl.lit(None, pl.String)}
    tables = {
        "zorgproducten": codes["products"]
        .group_by(ProductCode="zorgproduct")
        .agg(
            DeclaratieCodeVerzekerdeZorg=claim_code("declaratiecode", insured=True),
            DeclaratieCodeOnVerzekerdeZorg=claim_code("declaratiecode", insured=False),
        )
        .sort("ProductCode")
        .select(
            "ProductCode",
            ProductOmschrijving=_text("zorgproduct", "ProductCode"),
            ConsumentenProductOmschrijving=_text("zorgproduct", "ProductCode"),
            DeclaratieCodeVerzekerdeZorg="DeclaratieCodeVerzekerdeZorg",
            DeclaratieCodeOnVerzekerdeZorg="DeclaratieCodeOnVerzekerdeZorg",
            **period,
        ),
        "zorgactiviteiten": with_class(codes["activities"]).select(
            ZorgActiviteitCode="za_code",
            ZorgActiviteitOmschrijving=_text("zorgactiviteit", "za_code"),
            TariefType=pl.lit(None, pl.String),
            Zorgprofielklassecode="klasse",
            **period,
        ),
        "diagnosen": codes["diagnoses"].select(
            SpecialismeCode="specialisme",
            DiagnoseCode=pl.col("diagnose").str.strip_chars_start("0"),
            DiagnoseOmschrijving=_text("diagnose", "diagnose"),
            **period,
        ),
        "specialismen": codes["specialisms"].select(
            SpecialismeCode="specialisme",
            SpecialismeOmschrijving=_text("specialisme", "specialisme"),
            SpecialismeIndicatie=pl.lit("1"),
            **period,
        ),
        "zorgtypen": codes["care_types"].select(
            SpecialismeCode="specialisme",
            ZorgTypeCode="zorgtype",
            ZorgTypeOmschrijving=_text("zorgtype", "zorgtype"),
            MaximaleLooptijd=pl.lit("120"),
            BeginDatum=pl.lit(_SINCE_120_DAYS),
            EindDatum=pl.lit(None, pl.String),
        ),
        "afsluitredenen": codes["closing_reasons"].select(
            AfsluitRedenCode="afsluitreden", AfsluitRedenOmschrijving=_text("afsluitreden", "afsluitreden"), **period
        ),
    }
    return Written(tuple(write_table(frame, folder / f"{name}.csv", separator=",") for name, frame in tables.items()))


def _text(word: str, code: str) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{word} "), code)


def codes_met(known: Truth) -> dict[str, pl.DataFrame]:
    of = known.trajectories
    executed = known.activities["specialisme_uitvoerder"].rename("specialisme")
    return {
        "products": of.select("zorgproduct", "declaratiecode").drop_nulls("zorgproduct").unique(),
        "activities": known.activities.select("za_code").unique(),
        "diagnoses": of.select("specialisme", "diagnose").unique(),
        "specialisms": pl.concat([of["specialisme"], executed]).unique().drop_nulls().to_frame(),
        "care_types": of.select("specialisme", "zorgtype").unique(),
        "closing_reasons": of.select("afsluitreden").drop_nulls().unique(),
    }
