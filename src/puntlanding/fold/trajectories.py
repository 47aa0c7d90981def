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
    NOWHERE,
    Coded,
    Flags,
    Ints,
    Whole,
    as_codes,
    coded,
    dense,
    joined,
    numbers_of,
    picked,
    told,
)
from puntlanding.fold.rules import UNKNOWN, FoldRules, age_bands, settings

# What becomes of a trajectory's product, in the order in which it is decided (methods §1).
FATES = ("in_behandeling", "zonder_zorgproduct", "uitval", "onverzekerd", "met_output")
IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED, OUTPUT = range(len(FATES))
COLUMNS = (
    "patient", "specialisme", "diagnose", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geboortejaar", "geslacht",
)  # fmt: skip
CODES = ("specialisme", "diagnose", "zorgproduct", "declaratiecode", "verzekeraar", "geslacht")
DATED = ("patient", "openingsdatum", "sluitdatum", "geboortejaar")
SEXES = ("M", "O", "V")
ID, ROW = "subtraject_id", "_rij"
EPOCH = date(1970, 1, 1)
_OLDEST = 200


@dataclass(frozen=True, slots=True)
class Source:
    """The trajectories of one opening year: their rows in the file, the place of the first, and where they are asked their
    identifiers, which rise.
    """

    rows: Whole
    start: int
    ids: Ints | None


@dataclass(frozen=True, slots=True)
class Trajectories:
    """Arrays with a place for each trajectory, source after source.

    ``patient``: dense numbers from 0, `NOWHERE` where nobody is named. ``specialism``, ``product``, ``diagnosis``: codes.
    ``contract``: place in ``contracts``. ``opened``, ``closed``: month in the year, 0 outside it. ``fate``: place in `FATES`.
    ``stratum``: row of ``strata``, `NOWHERE` where it did not close in the year.
    """

    sources: tuple[Source, ...]
    patient: Whole
    specialism: Coded
    product: Coded
    diagnosis: Coded
    contract: Whole
    opened: Whole
    closed: Whole
    fate: Whole
    stratum: Ints
    patients: int
    contracts: Sequence[str]
    strata: pl.DataFrame

    @property
    def with_output(self) -> Flags:
        output: Flags = (self.fate == OUTPUT) & self.with_specialism
        return output

    @property
    def with_specialism(self) -> Flags:
        known: Flags = self.specialism.places != self.specialism.empty
        return known


def trajectories(
    records: pl.LazyFrame, before: pl.LazyFrame | None, rules: FoldRules, *, with_ids: bool = False
) -> Trajectories:
    """``before``: the trajectories opened in the year before, where the store has them; they come first."""
    parts = _in_scope(records, before, rules.year, [ID] * with_ids)
    if with_ids:  # the store keeps them in order; a sort would be the dearest step of all this
        parts = [part if part[ID].is_sorted() else part.sort(ID) for part in parts]
    starts = np.cumsum([0, *(part.height for part in parts)]).tolist()
    sources = [
        Source(part[ROW].to_numpy(), start, part[ID].to_numpy() if with_ids else None)
        for part, start in zip(parts, starts, strict=False)
    ]
    code = {name: [coded(as_codes(part[name])) for part in parts] for name in CODES}
    specialism, product, diagnosis = (joined(code[name]) for name in ("specialisme", "zorgproduct", "diagnose"))
    rows = {name: pl.concat([part[name] for part in parts]) for name in DATED}
    contract, contracts = _contracts(code["verzekeraar"], rules)
    patient, patients = _patients(rows["patient"])
    closed = _month(rows["sluitdatum"], rules.year)
    person = (_bands(numbers_of(rows["geboortejaar"], rules.year + 1), rules.year), _sexes(code["geslacht"]))
    stratum, strata = _strata(specialism, diagnosis, person, closed, rules)
    return Trajectories(
        sources=tuple(sources),
        patient=patient,
        specialism=specialism,
        product=product,
        diagnosis=diagnosis,
        contract=contract,
        opened=_month(rows["openingsdatum"], rules.year),
        closed=closed,
        fate=_fates(product, code["declaratiecode"], rows["sluitdatum"].is_null().to_numpy()),
        stratum=stratum,
        patients=patients,
        contracts=contracts,
        strata=strata,
    )


def month_table(year: int) -> tuple[Whole, int]:
    """Month of each day of ``year`` with a 0 on either side, for all other days; and the day since 1970 of its first place."""
    lengths = [(date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days for month in MONTHS]
    months = np.repeat(np.array([0, *MONTHS, 0], dtype=np.int8), [1, *lengths, 1])
    return months, (date(year, 1, 1) - EPOCH).days - 1


def month_in(days: Whole, table: tuple[Whole, int]) -> Whole:
    months, first = table
    return months.take(days - first, mode="clip")


def _in_scope(records: pl.LazyFrame, before: pl.LazyFrame | None, year: int, more: Sequence[str]) -> list[pl.DataFrame]:
    asked = [records.select(*COLUMNS, *more).with_row_index(ROW)]
    if before is not None:
        began = pl.lit(date(year, 1, 1))
        open_still = pl.col("sluitdatum").is_null() | (pl.col("sluitdatum") >= began)
        asked.insert(0, before.select(*COLUMNS, *more).with_row_index(ROW).filter(open_still))
    return pl.collect_all(asked)


def _patients(pseudonyms: pl.Series) -> tuple[Ints, int]:
    """A trajectory without a patient counts as production, but as nobody."""
    named = pseudonyms.is_not_null().to_numpy()
    place, known = dense(pseudonyms.drop_nulls().to_numpy())
    if len(place) == len(named):
        return place, len(known)
    whole = np.full(len(named), NOWHERE, dtype=np.int64)
    whole[named] = place
    return whole, len(known)


def _month(days: pl.Series, year: int) -> Whole:
    return month_in(numbers_of(days.to_physical(), 0), month_table(year))


def _contracts(insurers: Sequence[Coded], rules: FoldRules) -> tuple[Whole, Sequence[str]]:
    """Who has no insurer, or one that no contract names, is in the contract for all others."""
    contracts = sorted({*rules.contracts.values(), rules.rest})
    place = {name: number for number, name in enumerate(contracts)}
    named = {insurer.zfill(4): place[name] for insurer, name in rules.contracts.items()}
    rest = place[rules.rest]
    return told(insurers, lambda insurer: named.get(insurer, rest), rest), contracts


def _fates(product: Coded, claims: Sequence[Coded], still_open: Flags) -> Whole:
    """The first in `FATES` that holds. Where an export carries no claim codes at all, the product alone decides."""
    rules = settings()["declaratie"]
    dropped, uninsured = tuple(rules["uitval"]), tuple(rules["onverzekerd"])
    any_claim = any((claim.places != claim.empty).any() for claim in claims)
    by_product = product.starting(dropped, yes=DROPPED, no=OUTPUT, empty=NO_PRODUCT)
    unclaimed = DROPPED if any_claim else OUTPUT
    by_claim = np.concatenate([one.starting(uninsured, yes=UNINSURED, no=OUTPUT, empty=unclaimed) for one in claims])
    fate: Whole = np.minimum(by_product, by_claim)
    fate[still_open & (fate == NO_PRODUCT)] = IN_FLIGHT
    return fate


def _sexes(sexes: Sequence[Coded]) -> Whole:
    return told(sexes, SEXES.index, SEXES.index("O"))


def _strata(
    specialism: Coded, diagnosis: Coded, person: tuple[Whole, Whole], closed: Whole, rules: FoldRules
) -> tuple[Ints, pl.DataFrame]:
    """For each trajectory the row of its stratum, and the strata in which one closed in the year, in order.

    ``person``: places in `_labels` and `SEXES`.
    """
    diagnoses = sorted({*diagnosis.texts, UNKNOWN})
    place = {text: number for number, text in enumerate(diagnoses)}
    which = diagnosis.told(place.__getitem__, place[UNKNOWN])
    here = np.flatnonzero((closed > 0) & (specialism.places != specialism.empty))
    texts = (specialism.texts, diagnoses, _labels(), SEXES)
    sizes = (len(specialism.texts) + 1, *map(len, texts[1:]))
    parts = tuple(part.take(here) for part in (specialism.places, which, *person))
    cell, known = dense(np.ravel_multi_index(parts, sizes).astype(np.int64, copy=False))
    names = ("specialisme", "diagnosegroep", "leeftijd", "geslacht")
    found = np.unravel_index(known, sizes)
    frame = pl.DataFrame({name: picked(text, at) for name, text, at in zip(names, texts, found, strict=True)})
    if rules.diagnosis_groups is not None:
        row, frame = _in_groups(frame, rules.diagnosis_groups.groups)
        cell = row[cell]
    stratum = np.full(len(closed), NOWHERE, dtype=np.int64)
    stratum[here] = cell
    return stratum, frame


def _in_groups(strata: pl.DataFrame, groups: Mapping[tuple[str, str], str]) -> tuple[Ints, pl.DataFrame]:
    """For each stratum the row of that of its diagnosis group, and those."""
    pairs = strata.select("specialisme", "diagnosegroep").iter_rows()
    names = [groups.get((of, diagnosis), diagnosis) for of, diagnosis in pairs]
    grouped = strata.with_columns(pl.Series("diagnosegroep", names, dtype=pl.String))
    merged = grouped.unique().sort(grouped.columns)
    place = grouped.join(merged.with_row_index(ROW), on=grouped.columns, how="left", maintain_order="left")[ROW]
    return place.cast(pl.Int64).to_numpy(), merged


def _labels() -> list[str]:
    """Of age bands, and of who has no age, in the order of their text."""
    return sorted([*(label for _, label in age_bands()), UNKNOWN])


def _bands(born: Whole, year: int) -> Whole:
    """Place in `_labels` by the age reached in the year: only the year of birth is known."""
    starts, labels = np.array([first for first, _ in age_bands()]), _labels()
    own = np.array([*(labels.index(label) for _, label in age_bands()), labels.index(UNKNOWN)], dtype=np.int8)
    bands = np.searchsorted(starts, np.arange(_OLDEST), side="right") - 1
    place = own[np.append(bands, len(starts))]
    age = year - born
    found: Whole = place.take(np.where(age < 0, _OLDEST, np.minimum(age, _OLDEST - 1)))
    return found
