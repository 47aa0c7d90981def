"""Codes against the tables: valid on their day, known together, and products that carry their specialism's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from puntlanding.records.checks.activities import EXECUTOR
from puntlanding.records.checks.base import ACTIVITIES, TRAJECTORIES, Found, Material, NotDone, Search, form_of
from puntlanding.records.codes import FROM, CodeTables, DatedCodes
from puntlanding.records.findings import EARLIEST
from puntlanding.records.tables import TableName

# Product groups that are named after a specialism, by their NZa name of 2017: 9903 16 is "Kindergeneeskunde overige
# pediatrie". Interpreted (I): the name says who makes the product, no rule does. Left out are groups by subject (990003
# consults, 990011 home ventilation, 990022, 990040) and those that two specialisms share (9900 30 and 9916 30 child
# neurology, 990356 child surgery).
GROUP_SPECIALISM: Mapping[str, str] = {
    "990004": "0304",
    "990016": "0316",
    "990017": "0316",
    **{f"99{number:02}16": "0316" for number in range(1, 16)},
    "990026": "0326",
    "990027": "0327",
    "990029": "0329",
    "990035": "0335",
    "990061": "0361",
    "990062": "0362",
    "990089": "0389",
    "991900": "1900",
    "998418": "8418",
}
GROUP_WIDTH = 6
_LOW, _HIGH, _BEGIN = "_eerste", "_laatste", "_begin"


def _complete(codes: CodeTables, name: str) -> DatedCodes | None:
    """A table that lists every code; of a partial one, what is not in it may still exist."""
    table: DatedCodes | None = getattr(codes, name)
    return None if name in codes.partial else table


def invalid(frame: pl.DataFrame, codes: DatedCodes, columns: Sequence[str], day: str) -> pl.DataFrame:
    """Rows whose code was not valid on their day. Days before the table begins and impossible ones are left alone.

    Most codes are valid on every day on which they occur, which their first and last day tell: only the rows of the
    others are looked up one by one.
    """
    begin = codes.frame[FROM].min()
    within = (pl.col(day) >= EARLIEST) & (pl.col(day) >= begin)
    spans = (
        frame.lazy()
        .filter(within)
        .group_by(columns)
        .agg(pl.col(day).min().alias(_LOW), pl.col(day).max().alias(_HIGH))
        .collect()
    )
    doubtful = spans.filter(~(codes.covers(spans, columns, _LOW, _HIGH)))
    if doubtful.is_empty():
        return frame.clear()
    rows = frame.filter(within).join(doubtful.select(columns), on=list(columns), how="semi", maintain_order="left")
    return rows.filter(~codes.known(rows, columns, day))


def _search(
    name: str, table: TableName, columns: Sequence[str], day: str, *, own: bool = False
) -> Callable[[Material], Found | NotDone]:
    """Codes against the NZa table ``name``; with ``own``, against the embedded list where the user gave none.

    What has not the form of a code has a check of its own, and so has a first code that no row of the table knows.
    """

    def find(material: Material) -> Found | NotDone:
        codes = _complete(material.known if own else material.codes, name)
        if codes is None:
            return NotDone.NO_TABLES
        frame = material.delivery.table(table)
        wrong = invalid(frame, codes, columns, day).filter(
            pl.col(columns[-1]).str.contains(form_of(table, columns[-1]))
        )
        for key, column in list(zip(codes.keys, columns, strict=True))[: len(columns) - 1]:
            wrong = wrong.filter(pl.col(column).is_in(codes.frame[key].unique().implode()))
        if own:
            last = codes.frame[codes.keys[-1]].unique()
            wrong = wrong.filter(pl.col(columns[-1]).is_in(last.implode()))
        return Found(wrong, frame.height)

    return find


def _not_of_specialism(material: Material) -> Found:
    """By the pairs that occur nationally where they are given; else by product groups named after a specialism."""
    frame = material.trajectories
    product, pairs = pl.col("zorgproduct"), material.codes.product_specialisms
    if pairs is None:
        named = product.str.slice(0, GROUP_WIDTH).replace_strict(GROUP_SPECIALISM, default=None, return_dtype=pl.String)
        return Found(frame.filter(named != pl.col("specialisme")), frame.height)
    judged = frame.filter(product.is_in(pairs["zorgproduct"].unique().implode()) & pl.col("specialisme").is_not_null())
    unusual = judged.join(pairs, on=["zorgproduct", "specialisme"], how="anti", maintain_order="left")
    return Found(unusual, frame.height)


_PRODUCT = ((TRAJECTORIES, "zorgproduct"),)
_PAIR = ("specialisme", "diagnose")

SEARCHES: tuple[Search, ...] = (
    Search(
        "specialism_unknown",
        _search("specialisms", TRAJECTORIES, ("specialisme",), "openingsdatum"),
        ("specialisme", "openingsdatum"),
    ),
    Search(
        "diagnosis_not_valid",
        _search("diagnoses", TRAJECTORIES, _PAIR, "openingsdatum"),
        (*_PAIR, "openingsdatum"),
    ),
    Search(
        "care_type_not_valid",
        _search("care_types", TRAJECTORIES, ("specialisme", "zorgtype"), "openingsdatum", own=True),
        ("specialisme", "zorgtype", "openingsdatum"),
    ),
    Search(
        "closing_reason_unknown",
        _search("closing_reasons", TRAJECTORIES, ("afsluitreden",), "sluitdatum"),
        ("afsluitreden", "sluitdatum"),
        ((TRAJECTORIES, "afsluitreden"),),
    ),
    Search(
        "product_not_valid",
        _search("products", TRAJECTORIES, ("zorgproduct",), "openingsdatum"),
        ("zorgproduct", "openingsdatum"),
        _PRODUCT,
    ),
    Search("product_not_of_specialism", _not_of_specialism, ("specialisme", "zorgproduct"), _PRODUCT),
    Search(
        "activity_not_valid",
        _search("activities", ACTIVITIES, ("za_code",), "datum"),
        ("za_code", "datum"),
    ),
    Search(
        "activity_specialism_unknown",
        _search("specialisms", ACTIVITIES, (EXECUTOR,), "datum"),
        (EXECUTOR, "datum"),
    ),
)
