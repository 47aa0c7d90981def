"""The trajectories of a year as whole numbers: what each counts as, and the cells that they make together.

A trajectory counts on the month it opened and on the month it closed; that may be in two years. In scope are those opened in the
year, and those opened the year before that were still open when it began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from puntlanding.contribution.tables import MONTHS
from puntlanding.fold.arrays import NOWHERE, Flags, Ints, coded, dense, numbers_of
from puntlanding.fold.rules import UNKNOWN, FoldRules, age_bands, settings

# What becomes of a trajectory's product, in the order in which it is decided (methods §1).
FATES = ("in_behandeling", "zonder_zorgproduct", "uitval", "onverzekerd", "met_output")
IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED, OUTPUT = range(len(FATES))
COLUMNS = (
    "subtraject_id", "patient", "specialisme", "diagnose", "openingsdatum", "sluitdatum", "zorgproduct", "declaratiecode",
    "verzekeraar", "geboortejaar", "geslacht",
)  # fmt: skip
SEXES = ("M", "V", "O")
EPOCH = date(1970, 1, 1)
_OLDEST = 200


@dataclass(frozen=True, slots=True)
class Trajectories:
    """Arrays with a place for each trajectory, in the order of ``ids``, which rises.

    ``patient``: dense numbers from 0, `NOWHERE` where nobody is named. ``specialism``: its code as a number, 0 unknown. ``product``, ``diagnosis``, ``contract``:
    places in the lists of that name, `NOWHERE` where empty. ``opened``, ``closed``: month in the year, 0 outside it. ``fate``:
    place in `FATES`. ``stratum``: row of ``strata``, `NOWHERE` where it did not close in the year.
    """

    ids: Ints
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
    products: Sequence[str]
    diagnoses: Sequence[str]
    contracts: Sequence[str]
    strata: pl.DataFrame

    @property
    def with_output(self) -> Flags:
        output: Flags = (self.fate == OUTPUT) & (self.specialism > 0)
        return output


def trajectories(records: pl.LazyFrame, before: pl.LazyFrame | None, rules: FoldRules) -> Trajectories:
    """``before``: the trajectories opened in the year before, where the store has them."""
    rows = _in_scope(records, before, rules.year)
    product, products = coded(rows["zorgproduct"])
    diagnosis, diagnoses = coded(rows["diagnose"])
    contract, contracts = _contracts(rows["verzekeraar"], rules)
    patient, patients = _patients(rows["patient"])
    specialism = numbers_of(rows["specialisme"], 0)
    shut = rows["sluitdatum"]
    closed = _month(shut, rules.year)
    stratum, strata = _strata(rows, specialism, diagnosis, diagnoses, closed, rules)
    return Trajectories(
        ids=rows["subtraject_id"].to_numpy(),
        patient=patient,
        specialism=specialism,
        product=product,
        diagnosis=diagnosis,
        contract=contract,
        opened=_month(rows["openingsdatum"], rules.year),
        closed=closed,
        fate=_fates(product, products, rows["declaratiecode"], shut.is_null().to_numpy()),
        stratum=stratum,
        patients=patients,
        products=products,
        diagnoses=diagnoses,
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
    return table[np.clip(days, 0, len(table) - 1)]


def _in_scope(records: pl.LazyFrame, before: pl.LazyFrame | None, year: int) -> pl.DataFrame:
    found = records.select(COLUMNS)
    if before is not None:
        began = pl.lit(date(year, 1, 1))
        open_still = pl.col("sluitdatum").is_null() | (pl.col("sluitdatum") >= began)
        found = pl.concat([found, before.select(COLUMNS).filter(open_still)])
    rows = found.collect()
    return rows if rows["subtraject_id"].is_sorted() else rows.sort("subtraject_id")


def _month(days: pl.Series, year: int) -> Ints:
    return month_in(numbers_of(days.to_physical(), 0), month_table(year))


def _patients(pseudonyms: pl.Series) -> tuple[Ints, int]:
    """A trajectory without a patient counts as production, but as nobody."""
    if not pseudonyms.null_count():
        place, known = dense(pseudonyms.to_numpy())
        return place, len(known)
    named = pseudonyms.is_not_null().to_numpy()
    place, known = dense(pseudonyms.drop_nulls().to_numpy())
    whole = np.full(len(pseudonyms), NOWHERE, dtype=np.int64)
    whole[named] = place
    return whole, len(known)


def _contracts(insurers: pl.Series, rules: FoldRules) -> tuple[Ints, Sequence[str]]:
    """Who has no insurer, or one that no contract names, is in the contract for all others."""
    contracts = sorted({*rules.contracts.values(), rules.rest})
    rest = contracts.index(rules.rest)
    if not rules.contracts:
        return np.full(len(insurers), rest, dtype=np.int64), contracts
    insurer, names = coded(insurers)
    places = np.array(
        [*(contracts.index(rules.contracts.get(name, rules.rest)) for name in names), rest], dtype=np.int64
    )
    return places[insurer], contracts


def _fates(product: Ints, products: Sequence[str], claims: pl.Series, still_open: Flags) -> Ints:
    """Where an export carries no claim codes at all, the product alone decides."""
    rules = settings()["declaratie"]
    claim, codes = coded(claims)
    dropped = np.array([*(code[:6] in rules["uitval"] for code in products), False])[product]
    if codes:
        dropped = dropped | (claim == NOWHERE)
    uninsured = np.array([*(code[:2] in rules["onverzekerd"] for code in codes), False])[claim]
    none = product == NOWHERE
    return np.select([none & still_open, none, dropped, uninsured], [IN_FLIGHT, NO_PRODUCT, DROPPED, UNINSURED], OUTPUT)


def _strata(
    rows: pl.DataFrame, specialism: Ints, diagnosis: Ints, diagnoses: Sequence[str], closed: Ints, rules: FoldRules
) -> tuple[Ints, pl.DataFrame]:
    """For each trajectory the row of its stratum, and the strata in which one closed in the year."""
    bands = [*(label for _, label in age_bands()), UNKNOWN]
    sex, sexes = coded(rows["geslacht"])
    sex_place = np.array([*(SEXES.index(one) for one in sexes), SEXES.index("O")], dtype=np.int64)
    band = _bands(numbers_of(rows["geboortejaar"], rules.year + 1), rules.year)
    here = (closed > 0) & (specialism > 0)
    keys = ((specialism * (len(diagnoses) + 1) + diagnosis + 1) * len(bands) + band) * len(SEXES) + sex_place[sex]
    cell, known = dense(keys[here])
    parts = known // (len(SEXES) * len(bands))
    names = [UNKNOWN, *diagnoses]
    frame = pl.DataFrame(
        {
            "specialisme": [f"{one:04}" for one in (parts // len(names)).tolist()],
            "diagnosegroep": [names[one] for one in (parts % len(names)).tolist()],
            "leeftijd": [bands[one] for one in (known // len(SEXES) % len(bands)).tolist()],
            "geslacht": [SEXES[one] for one in (known % len(SEXES)).tolist()],
        },
        schema=dict.fromkeys(("specialisme", "diagnosegroep", "leeftijd", "geslacht"), pl.String()),
    )
    stratum = np.full(len(keys), NOWHERE, dtype=np.int64)
    if rules.diagnosis_groups is None:
        stratum[here] = cell
        return stratum, frame
    grouped = _in_groups(frame, rules)
    merged = grouped.unique().sort(grouped.columns)
    place = grouped.join(merged.with_row_index("_rij"), on=grouped.columns, how="left", maintain_order="left")["_rij"]
    stratum[here] = place.cast(pl.Int64).to_numpy()[cell]
    return stratum, merged


def _in_groups(strata: pl.DataFrame, rules: FoldRules) -> pl.DataFrame:
    groups = rules.diagnosis_groups.groups if rules.diagnosis_groups is not None else {}
    pairs = strata.select("specialisme", "diagnosegroep").iter_rows()
    names = [groups.get((of, diagnosis), diagnosis) for of, diagnosis in pairs]
    return strata.with_columns(pl.Series("diagnosegroep", names, dtype=pl.String))


def _bands(born: Ints, year: int) -> Ints:
    """By the age reached in the year: only the year of birth is known. The last place is for who has no age."""
    starts = np.array([first for first, _ in age_bands()])
    ages = np.arange(_OLDEST)
    place = np.append(np.searchsorted(starts, ages, side="right") - 1, len(starts))
    age = year - born
    return place[np.where((age < 0), _OLDEST, np.minimum(age, _OLDEST - 1))]
