"""Records of small hospitals that have every turn the fold takes: what opened and closed when, who did what for whom."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from fold_oracle import NO_UNIT, UNITS, Plain, PlainRules
from puntlanding import __version__
from puntlanding.contribution import About, Contribution, GroupFte, Origin, contribution
from puntlanding.contribution.tables import HOSPITAL, LAYOUTS
from puntlanding.contribution.tables import TableName as Table
from puntlanding.fold.rules import CostPrices, DiagnosisGroups, FoldRules
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.records.delivery import Delivery, SourceFile
from puntlanding.records.tables import ROW, TableName, schema

YEARS = (2014, 2018)  # on whose first day codes changed meaning
PRODUCTS = ("110401019", "110401020", "990416015", "888888001")
CLAIMS = ("15A933", "14B001", "16A933", "17A933")
SPECIALISMS = ("0303", "0313", "0362", "0389")
EXECUTORS = ("0303", "0313", "0362", "0363", "0389", "1900")
INSURERS = ("3311", "7029", "0101")
DIAGNOSES = ("0121", "0122", "0G25")
CODES = (*UNITS, *NO_UNIT)
IDS = (*range(1, 9), 2**63 - 1)
PATIENTS = (0, 5, 2**62 + 1, 2**62 + 2)  # as large and as close as pseudonyms can be
ORPHAN = 99

FTE = (GroupFte("0303", "poort", Fraction(9, 2), Fraction(5)),)

Row = dict[str, Any]


def maybe(values: Sequence[Any], empty: int = 1) -> list[Any]:
    """``values``, and empty as often as one of them ``empty`` times over."""
    return [*values, *[None] * empty]


def days(year: int) -> list[date]:
    """Around every boundary: of the years, of months and of quarters."""
    firsts = [date(year, month, 1) for month in (1, 2, 4, 7, 10, 12)] + [date(year + 1, 1, 1), date(year - 1, 11, 1)]
    return sorted({*firsts, *(day - timedelta(days=1) for day in firsts), date(year, 2, 15), date(year + 1, 3, 31)})


def trajectory_values(year: int) -> Mapping[str, Sequence[Any]]:
    return {
        "zorgtraject_id": range(11, 14), "patient": maybe(PATIENTS), "specialisme": maybe(SPECIALISMS), "diagnose": maybe(DIAGNOSES),
        "zorgtype": ["11"], "openingsdatum": [*days(year), date(year - 2, 12, 31), *[date(year, 3, 1)] * 4],
        "sluitdatum": maybe(days(year), 4), "afsluitreden": ["08"], "zorgproduct": maybe((*PRODUCTS[:2] * 3, *PRODUCTS)),
        "declaratiecode": maybe((*CLAIMS[:2] * 3, *CLAIMS)), "verzekeraar": maybe(INSURERS),
        "geboortejaar": maybe([year - age for age in (-1, 0, 17, 18, 39, 40, 64, 65, 74, 75, 110)]),
        "geslacht": maybe(("M", "V", "O")),
    }  # fmt: skip


def activity_values(year: int, ids: Sequence[int]) -> Mapping[str, Sequence[Any]]:
    return {
        "subtraject_id": [*ids, ORPHAN], "za_code": maybe([*CODES, *("190060", "089090") * 4]), "datum": maybe(days(year)),
        "aantal": maybe((1, 1, 1, 2, 10, -1, 0)), "specialisme_uitvoerder": maybe(EXECUTORS),
    }  # fmt: skip


def _one(values: Mapping[str, Sequence[Any]]) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries({name: st.sampled_from(list(several)) for name, several in values.items()})


@st.composite
def records(draw, year: int) -> tuple[list[Row], list[Row]]:
    """Trajectories and activities as delivered. Some exports carry no claim codes at all."""
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
    without = draw(st.integers(0, 5)) == 0
    first = [{"subtraject_id": number, **draw(_one(trajectory_values(year)))} for number in ids]
    if without:
        first = [{**one, "declaratiecode": None} for one in first]
    return first, draw(st.lists(_one(activity_values(year, ids)), max_size=14))


def many_records(random: Random, year: int, size: int) -> tuple[list[Row], list[Row]]:
    """As many as make cells of several patients, products and months. Without corrections, so that no cell is below zero."""
    ids = list(dict.fromkeys(random.getrandbits(63) for _ in range(size)))
    values = {
        **trajectory_values(year),
        "patient": [*maybe(PATIENTS), *(random.getrandbits(63) for _ in range(size // 4))],
    }
    first = [{"subtraject_id": one, **{name: random.choice(of) for name, of in values.items()}} for one in ids]
    values = {**activity_values(year, ids), "aantal": maybe((0, 1, 2, 3, 10))}
    values["za_code"] = [*values["za_code"], *(f"{number:06}" for number in range(80_001, 80_201))]
    return first, [{name: random.choice(of) for name, of in values.items()} for _ in range(5 * size)]


@st.composite
def plain_rules(draw) -> PlainRules:
    year = draw(st.sampled_from(YEARS))
    products = st.tuples(st.sampled_from(SPECIALISMS), st.just("zorgproduct"), st.sampled_from(PRODUCTS))
    executed = st.tuples(
        st.sampled_from(EXECUTORS), st.just("zorgactiviteit"), st.sampled_from((*CODES, *PRODUCTS[:2]))
    )
    groups = st.dictionaries(
        st.tuples(st.sampled_from(SPECIALISMS), st.sampled_from(DIAGNOSES)), st.sampled_from(("heup", "knie", "0122"))
    )
    return PlainRules(
        year,
        draw(st.dictionaries(st.sampled_from(INSURERS), st.sampled_from(("Noord", "Zuid", "overige")), max_size=2)),
        draw(st.sampled_from(("alle", "overige"))),
        draw(st.none() | st.dictionaries(products | executed, st.integers(0, 10**6), max_size=8)),
        draw(st.none() | st.dictionaries(st.sampled_from(CODES), st.integers(0, 10**5), max_size=4)),
        draw(st.none() | groups),
    )


def fold_rules(plain: PlainRules, kind: str | None = "algemeen", fte: tuple[GroupFte, ...] = ()) -> FoldRules:
    """The same rules as the program has them. The list of norm times also has another year, with other minutes."""
    times = None
    if plain.norm_times is not None:
        rows = [
            (year, *key, minutes + extra)
            for year, extra in ((plain.year - 1, 7), (plain.year, 0))
            for key, minutes in plain.norm_times.items()
        ]
        times = NormTable(pl.DataFrame(rows, schema=SCHEMA, orient="row"), "normtijden.csv")
    cents = None if plain.cents is None else CostPrices(plain.cents, _hash(plain.cents))
    groups = None if plain.groups is None else DiagnosisGroups(plain.groups, _hash(plain.groups))
    return FoldRules(plain.year, kind, times, cents, groups, plain.contracts, plain.rest, fte)


def _hash(given: Mapping[Any, Any]) -> str:
    return hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()


def delivery(first: Sequence[Row], second: Sequence[Row], delivered: date) -> Delivery:
    return Delivery(
        _frame(TableName.TRAJECTORIES, first), _frame(TableName.ACTIVITIES, second),
        {name: f"{name}.csv" for name in TableName}, delivered, "neutraal", 1, "0a0b0c", (SourceFile("a.csv", 10, "ff"),),
    )  # fmt: skip


def _frame(name: TableName, rows: Sequence[Row]) -> pl.DataFrame:
    types = pl.Schema({ROW: pl.UInt32(), **schema(name)})
    return pl.DataFrame([{ROW: number, **row} for number, row in enumerate(rows, start=2)], schema=types)


def as_contribution(plain: Plain, origins: Sequence[Origin], hospital: str = "noord") -> Contribution:
    """What the fold should make, of the oracle's numbers."""
    tables = {}
    for name in Table:
        keys = LAYOUTS[name].keys[1:]
        rows = [
            {HOSPITAL: hospital, **dict(zip(keys, key, strict=True)), **row}
            for key, row in plain.tables()[name].items()
        ]
        tables[name] = pl.DataFrame(rows, schema=LAYOUTS[name].schema)
    told = fold_rules(plain.rules, "umc", FTE)
    about = About(hospital, "umc", tuple(origins), FTE, plain.counts(before=len(origins) > 1), __version__)
    return contribution(told.basis(), [about], tables)
