"""One opening year of a store as whole numbers, cut to what was known on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import polars as pl

from puntlanding.fold.rules import settings
from puntlanding.forecast.columns import NOWHERE, codes, days, dense, heads_of, spelled, starting, whole
from puntlanding.forecast.history import NEVER, Activities, ActivityClass, Ints, Mask, day_number
from puntlanding.forecast.known_extracts import with_days
from puntlanding.records.codes import FROM, UNTIL
from puntlanding.records.reference import activity_sets
from puntlanding.records.store import Records
from puntlanding.records.store.write import ROW_OF

Sums = tuple[Ints, Ints, Ints, Ints]  # place of the specialism, day, day of recording, minutes
PRODUCT, ACTIVITY = "zorgproduct", "zorgactiviteit"
_PRODUCTS = 10**9  # nine digits
_SPECIALISMS = 10**4
MOST_UNTOLD = 0.01  # share of rows without a day of recording in a source that tells
LUMP_SHARE, LUMP_LEAST = 0.5, 15  # of a year's rows; rows under which it says nothing
_CODES = 10**6  # activities have six digits
_CLASSES = {
    "bezoek": ActivityClass.VISIT,
    "dagbehandeling": ActivityClass.DAY_TREATMENT,
    "verpleegdag": ActivityClass.NURSING_DAY,
}
_TRAJECTORY = (
    "subtraject_id", "specialisme", "diagnose", "zorgtype", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geregistreerd_op", "product_bekend_op",
)  # fmt: skip
_ACTIVITY = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder", "geregistreerd_op")
_BLOCK = 2**17  # activities at a time: what the processor's cache holds


@dataclass(frozen=True, slots=True)
class Asked:
    """``norm_times``: specialisme, soort, code, minuten (hundredths) of ``year``. ``contracts``: insurer → contract; ``rest`` is
    the contract of all others, None: they take part in nothing. ``gatekeepers``: the specialisms that are forecast. ``earlier``:
    opening year → norm times for what opened in it, where those of ``year`` do not know its codes.
    """

    hospital: str
    year: int
    as_of: date
    norm_times: pl.DataFrame
    gatekeepers: tuple[str, ...]
    supporters: tuple[str, ...] = ()
    contracts: Mapping[str, str] | None = None
    rest: str | None = "alle"
    earlier: Mapping[int, pl.DataFrame] | None = None

    def times(self, opened: int) -> pl.DataFrame:
        """Norm times of what opened in that year."""
        return (self.earlier or {}).get(opened, self.norm_times)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the contracts, rising."""
        return tuple(sorted({*(self.contracts or {}).values(), *([] if self.rest is None else [self.rest])}))


@cache
def _states() -> Mapping[str, Any]:
    return tomllib.loads(files("puntlanding.forecast").joinpath("states.toml").read_text(encoding="utf-8"))


@cache
def _class_table(first: date, last: date) -> Ints:
    """Code as a number → place of its class from 1, 0 for none; of codes that counted somewhere between these days."""
    table = np.zeros(_CODES, dtype=np.int64)
    sets = activity_sets(sure=False)
    for name, kind in _CLASSES.items():
        rows = sets.filter(
            pl.col("set").is_in(_states()["klassen"][name])
            & (pl.col(FROM) <= last)
            & (pl.col(UNTIL).is_null() | (pl.col(UNTIL) >= first))
        )
        table[rows["za_code"].cast(pl.Int64).to_numpy()] = int(kind) + 1
    operations = _states()["ingreep"]
    if operations["van"] <= last:
        place = _range(operations["begin"])
        table[place] = int(ActivityClass.OPERATION) + 1
        for start in operations["niet"]:
            table[_range(start)] = 0
    return table


def _range(start: str) -> slice:
    wide = 10 ** (6 - len(start))
    return slice(int(start) * wide, (int(start) + 1) * wide)


class Part:
    """One opening year: its columns as whole numbers, cut to what was known on ``day``; ``row``: place of each kept one."""

    def __init__(self, records: Records, day: date, asked: Asked, extracts: Sequence[Records] = ()) -> None:
        """``extracts``: all deliveries of the year up to this one, where they tell what the source does not."""
        self.records, self.at = records, day_number(day)
        frame = records.stored_trajectories.select(_TRAJECTORY).collect()
        self.whole = frame["subtraject_id"].is_sorted()  # as the store keeps it
        if not self.whole:
            frame = frame.sort("subtraject_id")
        frame = _without_lumps(frame, ("geregistreerd_op", "product_bekend_op"), self.at)
        if extracts and not (_told(frame["geregistreerd_op"]) and _told_products(frame)):
            frame = with_days(frame, extracts)
        self.ids = frame["subtraject_id"].to_numpy()
        opened = days(frame["openingsdatum"], NEVER)
        recorded = np.maximum(days(frame["geregistreerd_op"], 0), opened)
        self.opened_known = _told(frame["geregistreerd_op"])
        specialism = codes(frame["specialisme"], 0)
        self.specialism = specialism
        # A supporting specialism works for others, so that where its trajectory belongs does not matter; but it must exist.
        exists = (recorded <= self.at) & (opened < NEVER)
        self.exists, self.recorded = exists, recorded
        counts, keep = self._kept(frame, exists, asked)
        self.row = np.where(keep, np.cumsum(keep) - 1, NOWHERE)
        self.count = int(keep.sum())
        chosen = frame.filter(pl.Series(keep))
        self.columns, self.product_known = _columns(
            chosen, opened[keep], recorded[keep], self.at, asked, asked.times(records.kept.year)
        )
        unpriced = (self.columns["known"] < NEVER) & (self.columns["priced"] == 0)
        self.counts = {**counts, "zonder_normtijd": int(unpriced.sum())}
        self.done_known = True

    def _kept(self, frame: pl.DataFrame, exists: Mask, asked: Asked) -> tuple[dict[str, int], Mask]:
        never = np.isin(codes(frame["zorgtype"], 0), [int(one) for one in _states()["zonder_product"]["zorgtypen"]])
        mine = np.isin(self.specialism, [int(one) for one in asked.gatekeepers])
        nobody = self.specialism == 0
        outside = contract_places(frame["verzekeraar"], asked) == NOWHERE
        self.outside = outside
        counts = {
            "zonder_product": int((exists & never).sum()),
            "zonder_specialisme": int((exists & ~never & nobody).sum()),
            "andere_groep": int((exists & ~never & ~nobody & ~mine).sum()),
            "buiten_contract": int((exists & ~never & mine & outside).sum()),
        }
        return counts, exists & ~never & mine & ~outside

    def activities(self, place: Ints, start: int, asked: Asked) -> tuple[Activities, Sums]:
        """Those that tell of a state, with the place of their trajectory in the history; and the sums of what supporters did:
        place of the specialism, day, day of recording, minutes.
        """
        stored = self.records.stored_activities
        told = self.whole and ROW_OF in stored.collect_schema()
        frame = stored.select(*(ROW_OF if told and name == "subtraject_id" else name for name in _ACTIVITY)).collect()
        frame = _without_lumps(frame, ("geregistreerd_op",), self.at)
        self.done_known = _told(frame["geregistreerd_op"])
        year = self.records.kept.year
        classes = _class_table(date(year, 1, 1), date(year + 1, 12, 31))
        helper, prices = _prices(asked, asked.times(self.records.kept.year))
        supporters = np.array([int(one) for one in asked.supporters], dtype=np.int64)
        to_history = np.where(self.row == NOWHERE, NOWHERE, place[np.maximum(self.row, 0) + start] if len(place) else 0)
        found, helped = [], []
        for at in range(0, frame.height, _BLOCK):
            part = frame[at : at + _BLOCK]
            row = whole(part[ROW_OF], NOWHERE) if told else _rows(part["subtraject_id"].to_numpy(), self.ids)
            code = codes(part["za_code"], 0)
            kind = classes.take(code)
            # Most activities tell nothing: what is costly is asked of the others only.
            telling = np.flatnonzero((kind > 0) & (row != NOWHERE))
            telling = telling[to_history[row[telling]] != NOWHERE]
            telling, day, recorded, quantity = self._known_then(part, telling)
            found.append((to_history[row[telling]], kind[telling] - 1, day, recorded, quantity))
            if len(asked.supporters):
                by = helper[codes(part["specialisme_uitvoerder"], 0)]
                helping = np.flatnonzero((by != NOWHERE) & (row != NOWHERE))
                of = row[helping]
                own = supporters[by[helping]] == self.specialism[of]
                helping, day, recorded, quantity = self._known_then(
                    part, helping[~own & ~self.outside[of] & self.exists[of]]
                )
                minutes = quantity * prices[by[helping], code[helping]]
                # What was done in a trajectory that nobody had recorded yet was not known either.
                since = np.maximum(recorded, self.recorded[row[helping]])
                helped.append(together(by[helping], day, since, minutes))
        return Activities(*columns_of(found, 5)), together(*columns_of(helped, 4))

    def _known_then(self, part: pl.DataFrame, rows: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """Of ``rows`` those that were recorded by the day; their day, that of their recording, and their quantity."""
        day = days(part["datum"], NEVER, rows)
        recorded = np.maximum(days(part["geregistreerd_op"], 0, rows), day)
        there = np.flatnonzero(recorded <= self.at)
        return rows[there], day[there], recorded[there], whole(part["aantal"], 0, rows[there])


def _without_lumps(frame: pl.DataFrame, names: Sequence[str], at: int) -> pl.DataFrame:
    """A day after ``at`` that more than half of a year bears says when a system was filled, not when things were recorded."""
    for name in names:
        later = frame[name].to_physical()
        later = later.filter(later > at)
        if len(later) > LUMP_SHARE * frame.height >= LUMP_LEAST:
            day, count = later.value_counts(sort=True).row(0)
            if count > LUMP_SHARE * frame.height:
                frame = frame.with_columns(pl.when(pl.col(name).to_physical() != day).then(pl.col(name)).alias(name))
    return frame


def _told(days: pl.Series) -> bool:
    """Whether the source tells of nearly every row when it was recorded; the few others count as recorded on their own day."""
    return bool(days.null_count() <= MOST_UNTOLD * len(days))


def _told_products(frame: pl.DataFrame) -> bool:
    return _told(frame.filter(pl.col("zorgproduct").is_not_null())["product_bekend_op"])


def _columns(
    chosen: pl.DataFrame, opened: Ints, recorded: Ints, at: int, asked: Asked, times: pl.DataFrame
) -> tuple[dict[str, Ints], bool]:
    specialism = codes(chosen["specialisme"], 0)
    product = codes(chosen["zorgproduct"], NOWHERE)
    closed = days(chosen["sluitdatum"], NEVER)
    told = days(chosen["product_bekend_op"], 0)
    become = np.maximum(np.maximum(told, closed), recorded)
    known = np.where((product != NOWHERE) & (closed <= at) & (become <= at), become, NEVER)
    product_known = _told_products(chosen)
    minutes, priced = _minutes(specialism, product, times)
    nothing = _without_output(chosen, product)
    minutes, priced = np.where(nothing, 0, minutes), priced | nothing
    # Nobody knows whether a product still comes; so long after the opening it is taken that none does.
    given_up = opened + int(_states()["nooit"]["dagen"])
    never = (known == NEVER) & (given_up <= at)
    known = np.where(never, np.maximum(given_up, recorded), known)
    open_still = known == NEVER
    columns = {
        "specialism": specialism,
        "opened": opened,
        "recorded": recorded,
        "closed": np.where(open_still, NEVER, np.where(never, known, closed)),
        "known": known,
        "minutes": np.where(open_still | never, 0, minutes),
        "priced": np.where(never, True, priced & ~open_still).astype(np.int64),
        "care_type": codes(chosen["zorgtype"], 0),
        "diagnosis": spelled(chosen["diagnose"]),
        "contract": contract_places(chosen["verzekeraar"], asked),
    }
    return columns, product_known


def _minutes(specialism: Ints, product: Ints, norm_times: pl.DataFrame) -> tuple[Ints, Mask]:
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


def _without_output(chosen: pl.DataFrame, product: Ints) -> Mask:
    """Dropped and uninsured trajectories carry no output (methods §1), as in the fold."""
    rules, claims = settings()["declaratie"], chosen["declaratiecode"]
    found: Mask = np.isin(product // 1000, [int(group) for group in rules["uitval"]])
    uninsured = starting(claims, tuple(rules["onverzekerd"]))
    if claims.null_count() < len(claims):
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


def _prices(asked: Asked, times: pl.DataFrame) -> tuple[Ints, Ints]:
    """Specialism → place among the supporters, `NOWHERE` for others; place and code → hundredths of a minute."""
    helper = np.full(_SPECIALISMS, NOWHERE, dtype=np.int64)
    prices = np.zeros((len(asked.supporters), _CODES), dtype=np.int64)
    rows = times.filter(pl.col("soort") == ACTIVITY)
    for place, specialism in enumerate(asked.supporters):
        helper[int(specialism)] = place
        own = rows.filter(pl.col("specialisme") == specialism)
        prices[place, codes(own["code"], 0)] = own["minuten"].to_numpy()
    return helper, prices


def _rows(own: Ints, ids: Ints) -> Ints:
    """For each activity the place of its trajectory among ``ids``. Activities of one stand together, so each is looked up once."""
    if not len(ids):
        return np.full(len(own), NOWHERE, dtype=np.int64)
    heads = np.flatnonzero(heads_of(own)) if len(own) else np.zeros(0, dtype=np.int64)
    asked = own[heads]
    at = np.searchsorted(ids, asked).clip(max=len(ids) - 1)
    return np.repeat(np.where(ids[at] == asked, at, NOWHERE), np.diff(heads, append=len(own)))


def together(by: Ints, day: Ints, recorded: Ints, minutes: Ints) -> Sums:
    """Sums per specialism, day and day of recording, in that order. Whole numbers below 2**53, which floats add exactly."""
    span = 2**21  # days
    cell, cells = dense((by * span + day) * span + recorded)
    sums = np.bincount(cell, weights=minutes, minlength=len(cells)).astype(np.int64)
    rest, late = np.divmod(cells, span)
    whose, when = np.divmod(rest, span)
    return whose, when, late, sums


def columns_of(parts: Sequence[Sequence[Ints]], many: int) -> Iterator[Ints]:
    for at in range(many):
        yield np.concatenate([np.zeros(0, dtype=np.int64), *(part[at] for part in parts)])
