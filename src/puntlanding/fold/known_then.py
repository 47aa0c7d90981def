"""A delivery cut to what had been recorded on a day before it: for a year of which no delivery of that day or before is kept.

What is known then is as in the forecast: a row that was recorded later does not exist, a product that became known later is not
known, and a closing is recorded with the product that follows from it. A row without a recording time counts from its own day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from puntlanding.records.store import Records

_FOLLOWS = ("sluitdatum", "zorgproduct", "declaratiecode", "afsluitreden")  # known with the product, and not before


def known_then(records: Records, day: date) -> Records:
    """Activities of trajectories that did not exist are still there; they belong to nothing, and nothing counts them."""
    rows = records.stored_trajectories.filter(_recorded("openingsdatum") <= day)
    since = pl.max_horizontal("product_bekend_op", "sluitdatum", _recorded("openingsdatum"))
    product = pl.col("zorgproduct").is_not_null() & pl.col("sluitdatum").is_not_null() & (since <= day)
    rows = rows.with_columns(pl.when(product).then(pl.col(name)).alias(name) for name in _FOLLOWS)
    done = records.stored_activities.filter(_recorded("datum") <= day)
    return replace(records, stored_trajectories=rows, stored_activities=done, by_row=False)


def _recorded(own: str) -> pl.Expr:
    """Nothing is recorded before it happens; what has no day at all never is."""
    return pl.when(pl.col(own).is_not_null()).then(pl.max_horizontal("geregistreerd_op", own))
