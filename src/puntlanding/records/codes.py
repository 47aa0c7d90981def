"""Code sets as they were on a day: products, activities, diagnoses change every year, so a code is valid on a date or not.

Source: data-facts §4.6: every row of the NZa tables is valid from BeginDatum up to and including EindDatum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

FROM, UNTIL, TEXT = "van", "tot", "omschrijving"
_FOREVER = pl.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class DatedCodes:
    """Codes with their periods. ``keys`` are the columns that make a code (a diagnosis is one within its specialism).

    ``frame`` has ``keys`` (text), `FROM` (Date), `UNTIL` (Date, inclusive; empty: still valid), `TEXT` and whatever else
    the table says of a code in that period.
    """

    keys: tuple[str, ...]
    frame: pl.DataFrame

    def known(self, frame: pl.DataFrame, columns: Sequence[str], day: str) -> pl.Series:
        """For each row of ``frame``: whether the code in ``columns`` was valid on the date in ``day``. Empty counts as valid."""
        asked = frame.select(
            *(pl.col(theirs).alias(ours) for ours, theirs in zip(self.keys, columns, strict=True)),
            pl.col(day).alias("_dag"),
        )
        distinct = asked.unique()
        periods = self.frame.select(*self.keys, FROM, UNTIL)
        valid = (
            distinct.join(periods, on=list(self.keys), how="inner")
            .filter(pl.col("_dag").is_between(FROM, pl.col(UNTIL).fill_null(_FOREVER)))
            .select(*self.keys, "_dag")
            .unique()
            .with_columns(_geldig=True)
        )
        found = asked.join(valid, on=[*self.keys, "_dag"], how="left", maintain_order="left")
        empty = pl.any_horizontal(pl.col(name).is_null() for name in (*self.keys, "_dag"))
        return found.select(pl.col("_geldig").fill_null(value=False) | empty).to_series()

    def on(self, day: object) -> pl.DataFrame:
        """The codes valid on one day, with all their columns."""
        moment = pl.lit(day, pl.Date)
        return self.frame.filter((pl.col(FROM) <= moment) & (pl.col(UNTIL).is_null() | (pl.col(UNTIL) >= moment)))


@dataclass(frozen=True, slots=True)
class CodeTables:
    """What the user's own download of the NZa tables says; a table that is not there is None, and its checks are not done.

    ``products`` key zorgproduct; ``activities`` za_code; ``diagnoses`` specialisme, diagnose (four characters);
    ``specialisms`` specialisme; ``care_types`` specialisme, zorgtype, with ``max_looptijd`` in days; ``closing_reasons``
    afsluitreden. ``replaced_activities``: za_code_oud → za_code with `FROM` and `UNTIL`. ``product_specialisms``: pairs
    zorgproduct, specialisme that occur nationally (Open DIS), where known.
    """

    products: DatedCodes | None = None
    activities: DatedCodes | None = None
    diagnoses: DatedCodes | None = None
    specialisms: DatedCodes | None = None
    care_types: DatedCodes | None = None
    closing_reasons: DatedCodes | None = None
    replaced_activities: pl.DataFrame | None = None
    product_specialisms: pl.DataFrame | None = None
    hashes: Mapping[str, str] = field(default_factory=dict)  # file name → sha256
