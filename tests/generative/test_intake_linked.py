"""The readers of linked tables against plain dictionaries, on small tables in which numbers meet, miss and repeat often."""

import csv
import random
import tempfile
from collections import Counter
from pathlib import Path

import linked_oracle
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.intake import readers
from puntlanding.intake.base import Account, Options
from puntlanding.intake.care_path import derived_paths
from puntlanding.records.tables import ROW, TableName, schema

pytestmark = pytest.mark.generative

EMPTY = ("", " ", "NULL")
NUMBERS = ("7", "07", " 7", "8 ", "9", *EMPTY)
LOCAL = ("A", "B", "C", *EMPTY)
DOCTORS = ("A1", "B1", "C1", "Z9", *EMPTY)
DAYS = ("2026-01-31 00:00:00.000", "2026-02-01", "2026-02-28 13:59:59.000")


def table(least=0, most=6, **cells):
    """Rows whose every cell is one of a few; ``X`` is never empty, so that no row is."""
    row = st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in cells.items()} | {"X": st.just("x")})
    return st.lists(row, min_size=least, max_size=most)


HIX = st.fixed_dictionaries(
    {
        "PATIENT_PATIENT": table(PATIENTNR=("P1", "P2 "), GESLACHT=("M", "V", "NULL"), GEBDAT=(*DAYS, "NULL")),
        "EPISODE_EPISODE": table(EPISODE=("E1", "E2", "E3"), PATIENTNR=("P1", " P2", "P3", "NULL")),
        "EPISODE_DBCPER": table(
            1, DBCNUMMER=NUMBERS, EPISODE=("E1", " E2", "E3", "NULL"), SPECIALISM=LOCAL, ZORGTYPE=("11", "21", "W", "w"),
            HOOFDDIAG=("1", "G25", "NULL"), BEGINDAT=DAYS, EINDDAT=(*DAYS, "NULL"), AFSLUIT=("NULL",), ZORGPROD=("NULL",),
            VERVALLEN=("0", "0", "1", "J", *EMPTY),
        ),
        "FAKTUUR_VERRICHT": table(1, 9, ID=NUMBERS, DATUM=DAYS, UITVOERDER=DOCTORS, AANVRAGER=DOCTORS, CASENR=NUMBERS),
        "FAKTUUR_VERRSEC": table(
            1, 9, ID=NUMBERS, CTGCODE=("190060", "70116", "14E123", "15A385", "160123", "17B001", "13A123", "18A123", "15a385", "140", "NULL"), AANTAL=("1", "-2", "3"),
            CORRECTIE=("0000", "0001", "1110", "0", "1", "00011", *EMPTY),
        ),
        "CSZISLIB_ARTS": table(ARTSCODE=("A1", "B1", "C1"), SPECIALISM=LOCAL),
        "CSZISLIB_SPEC": table(SPECCODE=("A", "B", "C"), COTGCODE=("301", "0313", "NULL")),
    }
)  # fmt: skip

TRAJECTORY = ("subtraject_id", "zorgtraject_id", "patient", "specialisme", "diagnose", "zorgtype")
TRAJECTORY += ("openingsdatum", "sluitdatum", "geboortejaar", "geslacht")
ACTIVITY = ("subtraject_id", "za_code", "datum", "aantal", "specialisme_uitvoerder", "specialisme_aanvrager")


COLUMNS = {  # of tables that may be empty
    "PATIENT_PATIENT": ("PATIENTNR", "GESLACHT", "GEBDAT"),
    "EPISODE_EPISODE": ("EPISODE", "PATIENTNR"),
    "CSZISLIB_ARTS": ("ARTSCODE", "SPECIALISM"),
    "CSZISLIB_SPEC": ("SPECCODE", "COTGCODE"),
}


def read(tables, order):
    """The canonical tables and the findings, from files whose columns stand in some ``order``."""
    account, found = Account(), {}
    with tempfile.TemporaryDirectory() as folder:
        for stem, rows in tables.items():
            columns = sorted(rows[0] if rows else COLUMNS[stem])
            order.shuffle(columns)
            with (Path(folder) / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns, delimiter=order.choice(",;\t"))
                writer.writeheader()
                writer.writerows(rows)
        for part in readers()["hix"].read(Path(folder), Options(), account, lambda rows: None):
            found |= part.tables
    return found, account.findings


@settings(max_examples=settings().max_examples // 2)  # each writes and reads seven files
@given(HIX, st.randoms(use_true_random=False))
def test_hix_against_dictionaries(tables, order):
    frames, findings = read(tables, order)
    trajectories, activities, counts = linked_oracle.hix(tables)
    assert frames[TableName.TRAJECTORIES].select(ROW, *TRAJECTORY).rows() == trajectories
    got = frames[TableName.ACTIVITIES].select(ROW, *ACTIVITY).rows()
    assert sorted(got, key=repr) == sorted(activities, key=repr)
    found = Counter()
    for one in findings:
        found[one.check] += one.count
    assert {check: count for check, count in found.items() if count} == counts


CHAIN = st.tuples(
    st.sampled_from(("P1", "P2", None)),
    st.sampled_from(("0301", "0303")),
    st.sampled_from(("0001", "0002", None)),
    st.sampled_from(("11", "21", "21", "13", "51")),
    st.integers(0, 3),
)


@given(st.lists(CHAIN, max_size=12), st.randoms(use_true_random=False))
def test_derived_care_paths_against_dictionaries(chains, order):
    """The same trajectories share a path, whatever the order of the rows."""
    rows = [(at, f"s{at:02}", *chain) for at, chain in enumerate(chains)]
    expected = linked_oracle.care_paths(rows)
    order.shuffle(rows)
    names = (ROW, "subtraject_id", "patient", "specialisme", "diagnose", "zorgtype", "openingsdatum")
    types = schema(TableName.TRAJECTORIES, raw=True)
    frame = pl.DataFrame(
        rows, {name: types[name] if name != "openingsdatum" else pl.Int32 for name in names}, orient="row"
    )
    frame = frame.with_columns(pl.col("openingsdatum").cast(pl.Date))
    path = dict(
        derived_paths(frame.with_columns(zorgtraject_id=pl.lit(None, pl.String))).select(ROW, "zorgtraject_id").rows()
    )
    assert None not in path.values()
    assert {row: frozenset(each for each in path if path[each] == name) for row, name in path.items()} == expected


def test_shuffled_rows_and_columns_give_the_same_records():
    """With numbers that stand once, nothing depends on the order of the files."""
    tables = _hospital(random.Random(7))
    first, _ = read(tables, random.Random(0))
    expected = {name: sorted(frame.drop(ROW).rows(), key=repr) for name, frame in first.items()}
    assert [len(rows) for rows in expected.values()] == [60, 300]
    for seed in range(10):
        order = random.Random(seed)
        shuffled = {name: order.sample(rows, len(rows)) for name, rows in tables.items()}
        again, _ = read(shuffled, order)
        assert {name: sorted(frame.drop(ROW).rows(), key=repr) for name, frame in again.items()} == expected


def _hospital(chance):
    trajectories = [
        {"DBCNUMMER": f"{1000 + n}", "EPISODE": f"E{n // 2}", "SPECIALISM": chance.choice("AB"), "ZORGTYPE": "11"}
        | {"HOOFDDIAG": f"{n}", "BEGINDAT": chance.choice(DAYS), "EINDDAT": "NULL", "AFSLUIT": "NULL"}
        | {"ZORGPROD": "NULL", "VERVALLEN": "0"}
        for n in range(60)
    ]
    sessions = [
        {"ID": f"{n}", "DATUM": chance.choice(DAYS), "UITVOERDER": chance.choice(("A1", "B1")), "AANVRAGER": "NULL"}
        | {"CASENR": chance.choice(trajectories)["DBCNUMMER"]}
        for n in range(300)
    ]
    return {
        "PATIENT_PATIENT": [{"PATIENTNR": f"P{n}", "GESLACHT": "MV"[n % 2], "GEBDAT": DAYS[n % 3]} for n in range(10)],
        "EPISODE_EPISODE": [{"EPISODE": f"E{n}", "PATIENTNR": f"P{n % 10}"} for n in range(30)],
        "EPISODE_DBCPER": trajectories,
        "FAKTUUR_VERRICHT": sessions,
        "FAKTUUR_VERRSEC": [
            {"ID": each["ID"], "CTGCODE": "190060", "AANTAL": f"{chance.randint(1, 9)}", "CORRECTIE": "0000"}
            for each in sessions
        ],
        "CSZISLIB_ARTS": [{"ARTSCODE": "A1", "SPECIALISM": "A"}, {"ARTSCODE": "B1", "SPECIALISM": "B"}],
        "CSZISLIB_SPEC": [{"SPECCODE": "A", "COTGCODE": "301"}, {"SPECCODE": "B", "COTGCODE": "302"}],
    }
