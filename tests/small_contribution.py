"""Contributions of a few rows by hand: what a row does not say is a plain key, zero, or empty where it cannot be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import polars as pl

from puntlanding.contribution import About, Basis, Contribution, GroupFte, contribution
from puntlanding.contribution.tables import ALL, HOSPITAL, LAYOUTS, TableName

BASIS = Basis(2026, "e" * 64, ("0-17", "18-64", "65+"), norm_times="a" * 64, cost_prices="c" * 64)

PLAIN: Mapping[TableName, Mapping[str, str]] = {
    TableName.PRODUCTION: {
        "specialisme": "0303", "rol": "poort", "soort": "zorgproduct", "code": "110401019", "contract": ALL,
    },
    TableName.STRATA: {"specialisme": "0303", "diagnosegroep": "0121", "leeftijd": "18-64", "geslacht": "V"},
    TableName.INPUT: {"specialisme": "0303", "rol": "poort"},
    TableName.DIAGNOSES: {"specialisme": "0303", "diagnose": "0121", "zorgproduct": "110401019"},
}  # fmt: skip

Rows = Iterable[Mapping[str, object]]


def table(name: TableName, hospital: str, rows: Rows = ()) -> pl.DataFrame:
    layout = LAYOUTS[name]
    zeros = {column: None if column in layout.unknown else 0 for column in layout.counts}
    return pl.DataFrame([{HOSPITAL: hospital, **PLAIN[name], **zeros, **row} for row in rows], schema=layout.schema)


def about(
    hospital: str = "noord",
    kind: str | None = "algemeen",
    fte: Mapping[tuple[str, str], str] | None = None,
    **rest: object,
) -> About:
    """``fte``: (specialism, role) → care fte as text, which is the working fte too."""
    groups = {("0303", "poort"): "4.5"} if fte is None else fte
    made = tuple(GroupFte(*group, Fraction(care), Fraction(care)) for group, care in sorted(groups.items()))
    return About(hospital, kind, fte=made, **rest)


def small(
    hospital: str = "noord",
    production: Rows = (),
    strata: Rows = (),
    inputs: Rows = (),
    diagnoses: Rows = (),
    *,
    basis: Basis = BASIS,
    kind: str | None = "algemeen",
    fte: Mapping[tuple[str, str], str] | None = None,
    **rest: object,
) -> Contribution:
    """The contribution of one hospital; ``rest`` goes to its `About`."""
    rows = dict(zip(TableName, (production, strata, inputs, diagnoses), strict=True))
    tables = {name: table(name, hospital, given) for name, given in rows.items()}
    return contribution(basis, [about(hospital, kind, fte, **rest)], tables)
