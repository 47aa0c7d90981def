"""What the codes in a year of records mean to its forecast. Each different code is looked at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl

from puntlanding.fold.rules import settings
from puntlanding.forecast.columns import NOWHERE, as_number, codes, spelled, starting
from puntlanding.forecast.history import ActivityClass, Ints, Mask
from puntlanding.forecast.known_asked import Asked
from puntlanding.records.codes import FROM, UNTIL
from puntlanding.records.reference import activity_sets

PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_PRODUCTS = 10**9  # nine digits
_CLASSES = {
    "bezoek": ActivityClass.VISIT,
    "dagbehandeling": ActivityClass.DAY_TREATMENT,
    "verpleegdag": ActivityClass.NURSING_DAY,
}


@cache
def states() -> Mapping[str, Any]:
    return tomllib.loads(files("puntlanding.forecast").joinpath("states.toml").read_text(encoding="utf-8"))


@cache
def _classes(first: date, last: date) -> Mapping[str, int]:
    """Code → its class, but for operations; of codes that counted somewhere between these days."""
    sets = activity_sets(sure=False).filter(
        (pl.col(FROM) <= last) & (pl.col(UNTIL).is_null() | (pl.col(UNTIL) >= first))
    )
    rows = list(zip(sets["za_code"].to_list(), sets["set"].to_list(), strict=True))
    return {code: int(kind) for name, kind in _CLASSES.items() for code, of in rows if of in states()["klassen"][name]}


def kinds_of(texts: Sequence[str], first: date, last: date) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    """Per code its `ActivityClass`, `NOWHERE` for none, and that for no code after the last."""
    classes, operations = _classes(first, last), states()["ingreep"]
    in_use = operations["van"] <= last

    def kind(code: str) -> int:
        if in_use and code.startswith(operations["begin"]):
            return NOWHERE if code.startswith(tuple(operations["niet"])) else int(ActivityClass.OPERATION)
        return classes.get(code, NOWHERE)

    return np.array([*map(kind, texts), NOWHERE], dtype=np.int8)


def minutes_of(specialism: Ints, product: Ints, norm_times: pl.DataFrame) -> tuple[Ints, Mask]:
    """Hundredths of a minute of each product; and whether there is a norm time."""
    rows = norm_times.filter(pl.col("soort") == PRODUCT)
    keys = codes(rows["specialisme"], 0) * _PRODUCTS + codes(rows["code"], 0)
    order = np.argsort(keys)
    keys, times = keys[order], rows["minuten"].to_numpy()[order]
    if not len(keys):
        return np.zeros(len(product), dtype=np.int64), np.zeros(len(product), dtype=bool)
    wanted = specialism * _PRODUCTS + np.maximum(product, 0)
    at = np.searchsorted(keys, wanted).clip(max=len(keys) - 1)
    there: Mask = (keys[at] == wanted) & (product != NOWHERE)
    return np.where(there, times[at], 0), there


def prices_of(texts: Sequence[str], asked: Asked, times: pl.DataFrame) -> Ints:
    """Supporter × code (and no code, after the last): hundredths of a minute."""
    found = np.zeros((len(asked.supporters), len(texts) + 1), dtype=np.int64)
    rows = times.filter(pl.col("soort") == ACTIVITY)
    for place, specialism in enumerate(asked.supporters):
        own = rows.filter(pl.col("specialisme") == specialism)
        known = dict(zip(codes(own["code"], 0).tolist(), own["minuten"].to_list(), strict=True))
        found[place, :-1] = [known.get(as_number(text), 0) for text in texts]
    return found


def helpers_of(texts: Sequence[str], asked: Asked) -> Ints:
    """Per executor its place among the supporters, `NOWHERE` for others, and for nobody after the last."""
    place = {int(specialism): at for at, specialism in enumerate(asked.supporters)}
    return np.array([*(place.get(as_number(text), NOWHERE) for text in texts), NOWHERE], dtype=np.int64)


def without_output(chosen: pl.DataFrame, product: Ints, then: Mask) -> Mask:
    """Dropped and uninsured trajectories carry no output (methods §1), as in the fold. ``then``: rows whose product was known, for
    whether the source gives claim codes at all is learned from these.
    """
    rules, claims = settings()["declaratie"], chosen["declaratiecode"]
    found: Mask = np.isin(product // 1000, [int(group) for group in rules["uitval"]])
    uninsured = starting(claims, tuple(rules["onverzekerd"]))
    if claims.filter(pl.Series(then)).is_not_null().any():
        found |= (uninsured == NOWHERE) & (product != NOWHERE)
    found |= uninsured == 1
    return found


def contract_places(insurers: pl.Series, asked: Asked) -> Ints:
    """Place of each one's contract, `NOWHERE` outside all of them."""
    told = {insurer.zfill(4): asked.names.index(name) for insurer, name in (asked.contracts or {}).items()}
    theirs = spelled(insurers)
    found = np.full(len(insurers), NOWHERE if asked.rest is None else asked.names.index(asked.rest), dtype=np.int64)
    for insurer, contract in told.items():
        found[theirs == int.from_bytes(insurer.encode(), "big")] = contract
    return found
