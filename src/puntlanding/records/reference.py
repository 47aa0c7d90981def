"""The few codes that the program itself knows, for a user who has no NZa tables at hand. Each fact has its source in the file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from puntlanding.records.codes import FROM, TEXT, UNTIL, CodeTables, DatedCodes

SURE = ("C", "D")  # confirmed by a source, or derived from one


@cache
def _facts() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    text = files("puntlanding.records").joinpath("reference.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def embedded_codes() -> CodeTables:
    """Specialisms (``rol``), care types (``max_looptijd``) and closing reasons (``uitzondering``). The lists of specialisms
    and closing reasons are partial: a code that is not in them is not wrong.
    """
    return CodeTables(
        specialisms=_dated("specialisme", ("specialisme",), {"rol": pl.String(), "typeringslijst": pl.Boolean()}),
        care_types=_care_types(),
        closing_reasons=_dated("afsluitreden", ("afsluitreden",), {"uitzondering": pl.Boolean()}),
        partial=frozenset({"specialisms", "closing_reasons"}),
    )


def activity_sets(*, sure: bool = True) -> pl.DataFrame:
    """set, za_code, klasse, from, until: which activities count as what on which days. Not ``sure``: from memory too."""
    extra = {"set": pl.String(), "klasse": pl.String(), "status": pl.String()}
    rows = _dated("activiteitenset", ("za_code",), extra).frame
    return rows.filter(pl.col("status").is_in(SURE)) if sure else rows


def profile_classes() -> Mapping[str, str]:
    """Code of the profile class → its label."""
    return {one["code"]: one["naam"] for one in _facts()["klasse"]}


def _dated(table: str, keys: tuple[str, ...], extra: Mapping[str, pl.DataType]) -> DatedCodes:
    rows = [
        {keys[0]: one["code"], TEXT: one["naam"], **{name: one.get(name) for name in extra}, FROM: one["van"], UNTIL: one.get("tot")}
        for one in _facts()[table]
    ]  # fmt: skip
    types = {keys[0]: pl.String(), TEXT: pl.String(), **extra, FROM: pl.Date(), UNTIL: pl.Date()}
    return DatedCodes(keys, pl.DataFrame(rows, schema=types).sort(*keys, FROM))


def _care_types() -> DatedCodes:
    types = _dated("zorgtype", ("zorgtype",), {"max_looptijd": pl.Int32(), "zonder": pl.List(pl.String())}).frame
    lists = [one["code"] for one in _facts()["specialisme"] if one["typeringslijst"]]
    every = types.join(pl.DataFrame({"specialisme": lists}), how="cross")
    rows = every.filter(~pl.col("specialisme").is_in(pl.col("zonder")))
    columns = ("specialisme", "zorgtype", TEXT, "max_looptijd", FROM, UNTIL)
    return DatedCodes(("specialisme", "zorgtype"), rows.select(columns).sort("specialisme", "zorgtype", FROM))
