"""Code sets as they were on a day: products, activities, diagnoses change every year, so a code is valid on a date or not.

Source: data-facts §4.6: every row of the NZa tables is valid from BeginDatum up to and including EindDatum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from puntlanding.records.findings import Finding

FROM, UNTIL, TEXT = "van", "tot", "omschrijving"
_DAY = "_dag"
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
        asked = self._asked(frame, columns, day)
        valid = self._valid(asked, self._spans()).select(*self.keys, _DAY).unique().with_columns(_geldig=True)
        found = asked.join(valid, on=[*self.keys, _DAY], how="left", maintain_order="left")
        empty = pl.any_horizontal(pl.col(name).is_null() for name in (*self.keys, _DAY))
        return found.select((pl.col("_geldig").fill_null(value=False) | empty).alias("geldig")).to_series()

    def covers(self, frame: pl.DataFrame, columns: Sequence[str], first: str, last: str) -> pl.Series:
        """For each row of ``frame``: whether the code was valid without a break from ``first`` up to ``last``. Empty is."""
        asked = self._asked(frame, columns, first).with_columns(
            frame[last].alias("_tot"), pl.int_range(pl.len()).alias("_n")
        )
        within = (pl.col(_DAY) >= pl.col(FROM)) & (pl.col("_tot") <= pl.col(UNTIL))
        covered = asked.join(self._spans(), on=list(self.keys), how="inner").filter(within)["_n"]
        empty = pl.any_horizontal(pl.col(name).is_null() for name in (*self.keys, _DAY, "_tot"))
        return asked.select((pl.col("_n").is_in(covered.implode()) | empty).alias("geldig")).to_series()

    def value(self, frame: pl.DataFrame, columns: Sequence[str], day: str, wanted: str) -> pl.Series:
        """For each row: what the table says in column ``wanted`` of the code in ``columns`` on ``day``; empty where unknown.

        The periods of one code must not overlap, or there would be two answers; `intake.nza` refuses such tables.
        """
        asked = self._asked(frame, columns, day)
        periods = self.frame.select(*self.keys, FROM, UNTIL, pl.col(wanted).alias("_gevraagd"))
        said = self._valid(asked, periods).select(*self.keys, _DAY, "_gevraagd")
        found = asked.join(said, on=[*self.keys, _DAY], how="left", maintain_order="left", validate="m:1")
        return found["_gevraagd"].rename(wanted)

    def on(self, day: date) -> pl.DataFrame:
        """The codes valid on one day, with all their columns."""
        moment = pl.lit(day, pl.Date)
        return self.frame.filter(moment.is_between(FROM, pl.col(UNTIL).fill_null(_FOREVER)))

    def _asked(self, frame: pl.DataFrame, columns: Sequence[str], day: str) -> pl.DataFrame:
        return frame.select(
            *(pl.col(theirs).alias(ours) for ours, theirs in zip(self.keys, columns, strict=True)),
            pl.col(day).alias(_DAY),
        )

    def _valid(self, asked: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
        joined = asked.unique().join(periods, on=list(self.keys), how="inner")
        return joined.filter(pl.col(_DAY).is_between(FROM, pl.col(UNTIL).fill_null(_FOREVER)))

    def _spans(self) -> pl.DataFrame:
        """The days on which each code was valid, in as few periods as possible: a new description is a new row every year."""
        ends = self.frame.select(*self.keys, FROM, pl.col(UNTIL).fill_null(_FOREVER)).sort(*self.keys, FROM)
        before = pl.col(UNTIL).cum_max().shift(1).over(self.keys)
        begins = (before.is_null() | (pl.col(FROM) > before.dt.offset_by("1d"))).alias("_nieuw")
        spans = ends.with_columns(begins).with_columns(pl.col("_nieuw").cum_sum().alias("_periode"))
        return spans.group_by(*self.keys, "_periode").agg(pl.col(FROM).min(), pl.col(UNTIL).max())


@dataclass(frozen=True, slots=True)
class CodeTables:
    """What the user's own download of the NZa tables says; a table that is not there is None, and its checks are not done.

    ``products`` key zorgproduct; ``activities`` za_code, with ``klasse`` (zorgprofielklasse); ``diagnoses`` specialisme,
    diagnose (four characters); ``specialisms`` specialisme; ``care_types`` specialisme, zorgtype, with ``max_looptijd``
    in days; ``closing_reasons`` afsluitreden; ``care_questions`` specialisme, zorgvraag; ``product_groups``
    zorgproductgroep. ``replaced_activities``: za_code_oud → za_code with `FROM` and `UNTIL`. ``product_specialisms``:
    pairs zorgproduct, specialisme that occur nationally (Open DIS), where known.

    ``partial`` are the tables that list some codes only (the embedded ones): a code that is not in them is not wrong.
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
    care_questions: DatedCodes | None = None
    product_groups: DatedCodes | None = None
    partial: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()
