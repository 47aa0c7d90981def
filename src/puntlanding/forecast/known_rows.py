"""The trajectories of one opening year of a store as whole numbers, cut to what was known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from puntlanding.forecast.columns import NOWHERE, codes, days, spelled
from puntlanding.forecast.history import NEVER, STALE, Ints, Mask, day_number
from puntlanding.forecast.known_asked import Asked
from puntlanding.forecast.known_codes import contract_places, minutes_of, states, without_output
from puntlanding.forecast.known_extracts import with_days
from puntlanding.records.store import Records

MOST_UNTOLD = 0.01  # share of rows without a day of recording in a source that tells
ID = "subtraject_id"
_COLUMNS = (
    ID, "specialisme", "diagnose", "zorgtype", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geregistreerd_op", "product_bekend_op",
)  # fmt: skip


class Part:
    """One opening year: its columns as whole numbers, cut to what was known on ``day``; ``row``: place of each kept one.

    ``whole``: the rows are as the file has them, so that what tells of a row by its place can be trusted. ``helped``: the contract
    of rows in which work for others counts, `NOWHERE` for the others; a supporting specialism works for others, so that where its
    trajectory belongs does not matter, but it must exist. ``later``: days of recording after ``day`` of what opened shortly before
    it. They say why there is no forecast, and are used for nothing else.
    """

    def __init__(self, records: Records, day: date, asked: Asked, extracts: Sequence[Records] = ()) -> None:
        """``extracts``: all deliveries of the year up to this one, where they tell what the source does not."""
        self.records, self.at = records, day_number(day)
        frame = records.stored_trajectories.select(_COLUMNS).collect()
        self.whole = frame[ID].is_sorted()  # as the store keeps it
        if not self.whole:
            frame = frame.sort(ID)
        if extracts and not (told(frame["geregistreerd_op"]) and _told_products(frame)):
            frame = with_days(frame, extracts)
        self.ids = frame[ID].to_numpy()
        opened = days(frame["openingsdatum"], NEVER)
        self.recorded = np.maximum(days(frame["geregistreerd_op"], 0), opened)
        self.specialism = codes(frame["specialisme"], 0)
        exists = (self.recorded <= self.at) & (opened < NEVER)
        self.opened_known = told(frame["geregistreerd_op"].filter(pl.Series(exists)))  # of what was there then
        contract = contract_places(frame["verzekeraar"], asked)
        self.helped = np.where(exists, contract, NOWHERE)
        self.later = self._later(opened, asked)
        counts, keep = self._kept(frame, exists, contract == NOWHERE, asked)
        self.row = np.where(keep, np.cumsum(keep) - 1, NOWHERE)
        kept = np.flatnonzero(keep)
        self.count = len(kept)
        self.columns, self.product_known = _columns(
            frame if len(kept) == frame.height else frame[kept],
            (self.specialism.take(kept), opened.take(kept), self.recorded.take(kept), contract.take(kept)),
            self.at,
            asked.times(records.kept.year),
        )
        unpriced = (self.columns["known"] < NEVER) & (self.columns["priced"] == 0)
        self.counts = {**counts, "zonder_normtijd": int(unpriced.sum())}

    def _later(self, opened: Ints, asked: Asked) -> Ints:
        until = min(self.at, day_number(date(asked.year, 12, 31)))
        mine = np.isin(self.specialism, [int(one) for one in asked.gatekeepers])
        return self.recorded[mine & (opened <= until) & (opened >= until - STALE) & (self.recorded > self.at)]

    def _kept(self, frame: pl.DataFrame, exists: Mask, outside: Mask, asked: Asked) -> tuple[dict[str, int], Mask]:
        never = np.isin(codes(frame["zorgtype"], 0), [int(one) for one in states()["zonder_product"]["zorgtypen"]])
        mine = np.isin(self.specialism, [int(one) for one in asked.gatekeepers])
        nobody = self.specialism == 0
        counts = {
            "zonder_product": int((exists & never).sum()),
            "zonder_specialisme": int((exists & ~never & nobody).sum()),
            "andere_groep": int((exists & ~never & ~nobody & ~mine).sum()),
            "buiten_contract": int((exists & ~never & mine & outside).sum()),
        }
        return counts, exists & ~never & mine & ~outside


def told(days: pl.Series) -> bool:
    """Whether the source tells of nearly every row when it was recorded; the few others count as recorded on their own day."""
    return bool(days.null_count() <= MOST_UNTOLD * len(days))


def _told_products(frame: pl.DataFrame) -> bool:
    return told(frame.filter(pl.col("zorgproduct").is_not_null())["product_bekend_op"])


def _columns(
    chosen: pl.DataFrame, of_rows: tuple[Ints, Ints, Ints, Ints], at: int, times: pl.DataFrame
) -> tuple[dict[str, Ints], bool]:
    """``of_rows``: specialism, day of opening, day of recording, place of the contract."""
    specialism, opened, recorded, contract = of_rows
    product = codes(chosen["zorgproduct"], NOWHERE)
    closed = days(chosen["sluitdatum"], NEVER)
    become = np.maximum(np.maximum(days(chosen["product_bekend_op"], 0), closed), recorded)
    known = np.where((product != NOWHERE) & (closed <= at) & (become <= at), become, NEVER)
    then = known < NEVER
    product_known = told(chosen["product_bekend_op"].filter(pl.Series(then)))
    minutes, priced = minutes_of(specialism, product, times)
    nothing = without_output(chosen, product, then)
    minutes, priced = np.where(nothing, 0, minutes), priced | nothing
    # Nobody knows whether a product still comes; so long after the opening it is taken that none does.
    given_up = opened + int(states()["nooit"]["dagen"])
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
        "contract": contract,
        "product": np.where(open_still | never, NOWHERE, product),
    }
    return columns, product_known
