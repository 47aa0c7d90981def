"""The trajectories of a year as whole numbers: what each counts as, and the strata that they make together.

A trajectory counts on the month it opened and on the month it closed; that may be in two years. In scope are those opened in the
year, and those opened the year before that were still open when it began.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from puntlanding.contribution.tables import MONTHS
from puntlanding.fold.arrays import (
    FOUR_BYTES,
    NOWHERE,
    Flags,
    Ints,
    as_four_characters,
    dense,
    digits,
    four_characters,
    numbers_of,
)
from puntlanding.fold.rules import UNKNOWN, FoldRules, age_bands, settings

# What becomes of a trajectory's product, in the order in which it is decided (methods §1).
FATES = ("in_behandeling", "zonder_zorgproduct", "uitval", "onverzekerd", "met_output")
IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED, OUTPUT = range(len(FATES))
COLUMNS = (
    "subtraject_id", "patient", "specialisme", "diagnose", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geboortejaar", "geslacht",
)  # fmt: skip
SEXES = ("M", "O", "V")
PRODUCTS = 10**9  # nine digits
EPOCH = date(1970, 1, 1)
_OLDEST = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The trajectories of one opening year: their identifiers, which rise, and the place of the first."""

    ids: Ints
    start: int


@dataclass(frozen=True, slots=True)
class Trajectories:
    """Arrays with a place for each trajectory, source after source.

    ``patient``: dense numbers from 0, `NOWHERE` where nobody is named. ``specialism``, ``product``: codes as numbers, 0 and
    `NOWHERE` where empty. ``diagnosis``: as `four_characters` gives it. ``contract``: place in ``contracts``. ``opened``,
    ``closed``: month in the year, 0 outside it. ``fate``: place in `FATES`. ``stratum``: row of ``strata``, `NOWHERE` where it
    did not close in the year.
    """

    sources: tuple[Source, ...]
    patient: Ints
    specialism: Ints
    product: Ints
    diagnosis: Ints
    contract: Ints
    opened: Ints
    closed: Ints
    fate: Ints
    stratum: Ints
    patients: int
    contracts: Sequence[str]
    strata: pl.DataFrame

    @property
    def with_output(self) -> Flags:
        output: Flags = (self.fate == OUTPUT) & (self.specialism > 0)
        return output


def trajectories(records: pl.LazyFrame, before: pl.LazyFrame | None, rules: FoldRules) -> Trajectories:
    """``before``: the trajectories opened in the year before, where the store has them; they come first."""
    parts = [_rising(one) for one in _in_scope(records, before, rules.year)]
    rows = pl.concat(parts)
    starts = np.cumsum([0, *(part.height for part in parts)]).tolist()
    sources = [Source(part["subtraject_id"].to_numpy(), start) for part, start in zip(parts, starts, strict=False)]
    contract, contracts = _contracts(rows["verzekeraar"], rules)
    patient, patients = _patients(rows["patient"])
    specialism, product = numbers_of(rows["specialisme"], 0), numbers_of(rows["zorgproduct"], NOWHERE)
    diagnosis, closed = four_characters(rows["diagnose"]), _month(rows["sluitdatum"], rules.year)
    stratum, strata = _strata(rows, specialism, diagnosis, closed, rules)
    return Trajectories(
        sources=tuple(sources),
        patient=patient,
        specialism=specialism,
        product=product,
        diagnosis=diagnosis,
        contract=contract,
        opened=_month(rows["openingsdatum"], rules.year),
        closed=closed,
        fate=_fates(product, rows["declaratiecode"], rows["sluitdatum"].is_null().to_numpy()),
        stratum=stratum,
        patients=patients,
        contracts=contracts,
        strata=strata,
    )


def months_of(year: int) -> Ints:
    """Day of the year, from 0 → month."""
    lengths = [(date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days for month in MONTHS]
    return np.repeat(np.array(MONTHS, dtype=np.int64), lengths)


def month_table(year: int) -> Ints:
    """Day since 1970 → month of ``year``, 0 on any other day; day 0 and the last stand for all days outside the table."""
    months, began = months_of(year), (date(year, 1, 1) - EPOCH).days
    return np.concatenate((np.zeros(began, dtype=np.int64), months, np.zeros(1, dtype=np.int64)))


def month_in(days: Ints, table: Ints) -> Ints:
    return table.take(days, mode="clip")


def _in_scope(records: pl.LazyFrame, before: pl.LazyFrame | None, year: int) -> list[pl.DataFrame]:
    asked = [records.select(COLUMNS)]
    if before is not None:
        began = pl.lit(date(year, 1, 1))
        open_still = pl.col("sluitdatum").is_null() | (pl.col("sluitdatum") >= began)
        asked.insert(0, before.select(COLUMNS).filter(open_still))
    return pl.collect_all(asked)


def _rising(rows: pl.DataFrame) -> pl.DataFrame:
    """The store keeps them so; a sort would be the dearest step of all this."""
    return rows if rows["subtraject_id"].is_sorted() else rows.sort("subtraject_id")


def _patients(pseudonyms: pl.Series) -> tuple[Ints, int]:
    """A trajectory without a patient counts as production, but as nobody."""
    named = pseudonyms.is_not_null().to_numpy()
    place, known = dense(pseudonyms.drop_nulls().to_numpy())
    if len(place) == len(named):
        return place, len(known)
    whole = np.full(len(named), NOWHERE, dtype=np.int64)
    whole[named] = place
    return whole, len(known)


def _month(days: pl.Series, year: int) -> Ints:
    return month_in(numbers_of(days.to_physical(), 0), month_table(year))


def _contracts(insurers: pl.Series, rules: FoldRules) -> tuple[Ints, Sequence[str]]:
    """Who has no insurer, or one that no contract names, is in the contract for all others."""
    contracts = sorted({*rules.contracts.values(), rules.rest})
    whole = np.full(len(insurers), contracts.index(rules.rest), dtype=np.int64)
    if rules.contracts:
        told = sorted((insurer.zfill(4), contracts.index(name)) for insurer, name in rules.contracts.items())
        named = four_characters(pl.Series([insurer for insurer, _ in told], dtype=pl.String))
        insurer = four_characters(insurers)
        place = np.searchsorted(named, insurer).clip(max=len(named) - 1)
        whole = np.where(named[place] == insurer, np.array([contract for _, contract in told])[place], whole)
    return whole, contracts


def _fates(product: Ints, claims: pl.Series, still_open: Flags) -> Ints:
    """Where an export carries no claim codes at all, the product alone decides."""
    rules = settings()["declaratie"]
    dropped = np.isin(product // 1000, [int(group) for group in rules["uitval"]])
    if claims.null_count() < len(claims):
        dropped = dropped | claims.is_null().to_numpy()
    uninsured = np.zeros(len(claims), dtype=bool)
    for start in rules["onverzekerd"]:
        uninsured |= claims.str.starts_with(start).fill_null(value=False).to_numpy()
    none = product == NOWHERE
    return np.select([none & still_open, none, dropped, uninsured], [IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED], OUTPUT)


def _strata(
    rows: pl.DataFrame, specialism: Ints, diagnosis: Ints, closed: Ints, rules: FoldRules
) -> tuple[Ints, pl.DataFrame]:
    """For each trajectory the row of its stratum, and the strata in which one closed in the year."""
    bands = [*(label for _, label in age_bands()), UNKNOWN]
    sex = np.full(len(closed), SEXES.index("O"), dtype=np.int64)
    for known_sex in ("M", "V"):
        sex[(rows["geslacht"] == known_sex).fill_null(value=False).to_numpy()] = SEXES.index(known_sex)
    band = _bands(numbers_of(rows["geboortejaar"], rules.year + 1), rules.year)
    here = (closed > 0) & (specialism > 0)
    keys = ((specialism * FOUR_BYTES + diagnosis + 1) * len(bands) + band) * len(SEXES) + sex
    cell, known = dense(keys[here])
    of, which = np.divmod(known // (len(SEXES) * len(bands)), FOUR_BYTES)
    frame = pl.DataFrame(
        {
            "specialisme": digits(of, 4),
            "diagnosegroep": pl.select(
                pl.when(pl.Series(which > 0))
                .then(as_four_characters(np.maximum(which - 1, 0)))
                .otherwise(pl.lit(UNKNOWN))
            ).to_series(),
            "leeftijd": pl.Series(bands, dtype=pl.String).gather(known // len(SEXES) % len(bands)),
            "geslacht": pl.Series(SEXES, dtype=pl.String).gather(known % len(SEXES)),
        }
    )
    stratum = np.full(len(keys), NOWHERE, dtype=np.int64)
    if rules.diagnosis_groups is not None:
        place, frame = _in_groups(frame, rules.diagnosis_groups.groups)
        cell = place[cell]
    stratum[here] = cell
    return stratum, frame


def _in_groups(strata: pl.DataFrame, groups: Mapping[tuple[str, str], str]) -> tuple[Ints, pl.DataFrame]:
    """For each stratum the row of that of its diagnosis group, and those."""
    pairs = strata.select("specialisme", "diagnosegroep").iter_rows()
    names = [groups.get((of, diagnosis), diagnosis) for of, diagnosis in pairs]
    grouped = strata.with_columns(pl.Series("diagnosegroep", names, dtype=pl.String))
    merged = grouped.unique().sort(grouped.columns)
    place = grouped.join(merged.with_row_index("_rij"), on=grouped.columns, how="left", maintain_order="left")["_rij"]
    return place.cast(pl.Int64).to_numpy(), merged


def _bands(born: Ints, year: int) -> Ints:
    """By the age reached in the year: only the year of birth is known. The last place is for who has no age."""
    starts = np.array([first for first, _ in age_bands()])
    place = np.append(np.searchsorted(starts, np.arange(_OLDEST), side="right") - 1, len(starts))
    age = year - born
    return place[np.where(age < 0, _OLDEST, np.minimum(age, _OLDEST - 1))]
