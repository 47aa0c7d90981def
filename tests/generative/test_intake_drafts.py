"""A drafted mapping reads another hospital's export as our own tables read; a damaged delivery or mapping is refused, or told."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.intake.base import Account, Options
from puntlanding.intake.mapping import draft_mapping
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from puntlanding.records.tables import TableName

pytestmark = pytest.mark.generative

ROWS = 60
# What two hospitals might call the same columns.
TITLES = (
    {
        "subtraject_id": "SubtrajectNr", "zorgtraject_id": "ZorgtrajectNr", "patient": "PatNr", "specialisme": "Spec",
        "diagnose": "Diagnosecode", "zorgtype": "ZT", "openingsdatum": "Openingsdatum", "sluitdatum": "Einddatum",
        "afsluitreden": "Reden sluiting", "zorgproduct": "ZORGPRODUCT_CODE", "declaratiecode": "Declaratiecode",
        "verzekeraar": "UZOVI", "geboortedatum": "Geboortedatum", "geslacht": "Geslacht", "za_code": "Zorgactiviteit",
        "datum": "Uitvoerdatum", "aantal": "Aantal", "specialisme_uitvoerder": "Uitvoerend specialisme",
    },
    {
        "subtraject_id": "DBCNUMMER", "zorgtraject_id": "EPISODENR", "patient": "PATIENTNR", "specialisme": "SPECIALISME",
        "diagnose": "DIAG", "zorgtype": "ZTYPE", "openingsdatum": "BEGINDAT", "sluitdatum": "EINDDAT",
        "afsluitreden": "AFSLUITCODE", "zorgproduct": "PRODUCTCODE", "declaratiecode": "DECLCODE",
        "verzekeraar": "UZOVICODE", "geboortedatum": "GEBDAT", "geslacht": "SEXE", "za_code": "VERRICHTING",
        "datum": "VERRDATUM", "aantal": "AANTAL", "specialisme_uitvoerder": "UITVOERDER",
    },
)  # fmt: skip
SEXES = ({"M": "M", "V": "V"}, {"M": "1", "V": "2"}, {"M": "Man", "V": "Vrouw"}, {"M": "Mnl", "V": "Vrl"})
SPECIALISMS = ({}, {"0305": "305", "0313": "313"}, {"0305": "ORT", "0313": "INT"})
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%Y%m%d", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y", "%Y-%m-%d 00:00:00.000")
WORDS = {"subtrajecten": "DBC export", "zorgactiviteiten": "verrichtingen", "patienten": "Patiënten"}


def hospital(chance: random.Random) -> dict[str, pl.DataFrame]:
    """Made up, with days beyond the twelfth so that day and month can be told apart."""
    start = date(2025, 1, 13)
    opened = [start + timedelta(days=7 * i) for i in range(ROWS)]
    patients = [f"P{chance.randrange(10**6):06}" for _ in range(ROWS)]
    trajectories = {
        "subtraject_id": [f"{70_000_000 + i}" for i in range(ROWS)],
        "zorgtraject_id": [f"{9_000_000 + i}" for i in range(ROWS)],
        "patient": patients,
        "specialisme": [chance.choice(["0305", "0313"]) for _ in range(ROWS)],
        "diagnose": [f"{chance.randrange(100, 9999):04}" for _ in range(ROWS)],
        "zorgtype": [chance.choice(["11", "21"]) for _ in range(ROWS)],
        "openingsdatum": opened,
        "sluitdatum": [None if i % 5 == 0 else day + timedelta(days=90) for i, day in enumerate(opened)],
        "afsluitreden": [None if i % 5 == 0 else "08" for i in range(ROWS)],
        "zorgproduct": [None if i % 5 == 0 else f"{chance.randrange(10**8, 10**9)}" for i in range(ROWS)],
        "declaratiecode": [None if i % 5 == 0 else "15A123" for i in range(ROWS)],
        "verzekeraar": [chance.choice(["3311", "0101"]) for _ in range(ROWS)],
    }
    people = {
        "patient": patients,
        "geboortedatum": [date(1930 + chance.randrange(90), 1 + i % 12, 13 + i % 15) for i in range(ROWS)],
        "geslacht": [chance.choice("MV") for _ in range(ROWS)],
    }
    activities = {
        "subtraject_id": trajectories["subtraject_id"],
        "za_code": [chance.choice(["190060", "190013", "039839"]) for _ in range(ROWS)],
        "datum": [day + timedelta(days=3) for day in opened],
        "aantal": [str(chance.randint(1, 3)) for _ in range(ROWS)],
        "specialisme_uitvoerder": trajectories["specialisme"],
    }
    tables = {"subtrajecten": trajectories, "zorgactiviteiten": activities, "patienten": people}
    return {name: pl.DataFrame(columns) for name, columns in tables.items()}


def read(source: Path, mapping: Path | None = None) -> dict[TableName, pl.DataFrame]:
    found: dict[TableName, pl.DataFrame] = {}
    for part in NEUTRAL.read(source, Options(mapping=mapping), Account(), lambda rows: None):
        found |= part.tables
    return found


def write_own(folder: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    for name, frame in tables.items():
        frame.write_csv(folder / f"{name}.csv")


@st.composite
def habits(draw: st.DrawFn) -> dict[str, object]:
    return {
        "titles": draw(st.sampled_from(TITLES)),
        "sexes": draw(st.sampled_from(SEXES)),
        "specialisms": draw(st.sampled_from(SPECIALISMS)),
        "dates": draw(st.sampled_from(DATES)),
        "open": draw(st.sampled_from(["", "NULL", "9999"])),
        "suffix": draw(st.sampled_from([".csv", ".txt", ".parquet"])),
        "encoding": draw(st.sampled_from(["utf-8", "cp1252"])),
        "separator": draw(st.sampled_from(";,\t")),
        "joined": draw(st.booleans()),
        "seed": draw(st.integers(0, 10**6)),
    }


def write_theirs(folder: Path, tables: Mapping[str, pl.DataFrame], habit: Mapping) -> None:
    tables = dict(tables)
    if habit["joined"]:
        tables["subtrajecten"] = tables["subtrajecten"].join(
            tables.pop("patienten"), on="patient", maintain_order="left"
        )
    for name, frame in tables.items():
        texts = frame.with_columns(pl.col(pl.Date).dt.strftime(habit["dates"]))
        if "geslacht" in texts.columns:
            texts = texts.with_columns(pl.col("geslacht").replace(habit["sexes"]))
        specialisms = [one for one in texts.columns if one.startswith("specialisme")]
        texts = texts.with_columns(pl.col(one).replace(habit["specialisms"]) for one in specialisms)
        if "sluitdatum" in texts.columns and habit["open"]:
            never = date(9999, 12, 31).strftime(habit["dates"]) if habit["open"] == "9999" else habit["open"]
            texts = texts.with_columns(pl.col("sluitdatum").fill_null(never))
        texts = texts.rename({one: habit["titles"][one] for one in texts.columns})
        texts = texts.with_columns(Naam=pl.lit("Geheim-Énigme"), Opmerking=pl.lit('zei "au"; toen'))
        path = folder / (WORDS[name] + habit["suffix"])
        if habit["suffix"] == ".parquet":
            texts.write_parquet(path)
        else:
            text = texts.write_csv(separator=habit["separator"])
            path.write_bytes(text.encode(habit["encoding"]))


@settings(max_examples=40, deadline=None)
@given(habits())
def test_a_drafted_mapping_needs_no_change_where_its_guesses_are_right(habit) -> None:
    tables = hospital(random.Random(habit["seed"]))
    tables["patienten"] = tables["patienten"].unique("patient", keep="first", maintain_order=True)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        ours.mkdir()
        theirs.mkdir()
        write_own(ours, tables)
        write_theirs(theirs, tables, habit)
        text = draft_mapping(theirs)
        mapping = Path(folder) / "koppeling.toml"
        mapping.write_text(text, encoding="utf-8")
        found, expected = read(theirs, mapping), read(ours)
    for name in TableName:
        assert found[name].equals(expected[name]), text
    assert "Geheim" not in text
    assert not any(patient in text for patient in tables["patienten"]["patient"])
    assert not any(number in text for number in tables["subtrajecten"]["subtraject_id"])


SECRETS = [
    str(value)
    for frame in hospital(random.Random(1)).values()
    for column in ("patient", "subtraject_id", "zorgtraject_id", "geboortedatum")
    if column in frame.columns
    for value in frame[column]
]


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_own(folder, hospital(random.Random(1)))
        (folder / "koppeling.toml").write_text(draft_mapping(folder), encoding="utf-8")
        return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(max_examples=80, deadline=None)
@given(st.integers(), st.sampled_from(["subtrajecten.csv", "zorgactiviteiten.csv", "patienten.csv", "koppeling.toml"]))
def test_a_damaged_delivery_or_mapping_is_refused_or_read_with_all_its_rows(whole, seed, victim) -> None:
    chance = random.Random(seed)
    data = bytearray(whole[victim])
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 3)] = bytes(chance.choices(b'",;\n-90Z=[]#\xe9\x00', k=chance.randint(0, 3)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in {**whole, victim: bytes(data)}.items():
            (folder / file).write_bytes(content)
        said, found = "", {}
        try:
            found = read(folder, folder / "koppeling.toml")
        except InputError as error:
            said = report(error.problems, Language.DUTCH)
    assert not any(secret in said for secret in SECRETS)
    for table, frame in found.items():
        lines = (bytes(data) if victim == f"{table}.csv" else whole[f"{table}.csv"]).split(b"\n")[1:]
        assert frame.height == sum(bool(line.strip(b",")) for line in lines) or b'"' in data
