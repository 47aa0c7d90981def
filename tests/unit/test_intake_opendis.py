"""Open DIS as six small made-up files: what the national figures are, what is found in them, and what is refused."""

import random
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from small_truth import small_truth

from puntlanding.demo.exports import opendis
from puntlanding.intake.base import Account
from puntlanding.intake.opendis import product_specialisms, read_national, read_national_files, write_national
from puntlanding.intake.opendis_layout import cents, whole
from puntlanding.language import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import InputError
from puntlanding.records.findings import Status, failed
from puntlanding.records.national import YearStatus

pytestmark = pytest.mark.unit

FIXTURES = Path(__file__).parents[1] / "fixtures" / "opendis"
VOLUMES, PROFILES = "01_DBC.csv", "02_DBC_PROFIEL.csv"


def copied(tmp_path, **changes):
    """The fixtures, with a change to the text of 01 (``volumes``) or 02 (``profiles``)."""
    folder = tmp_path / "opendis"
    shutil.copytree(FIXTURES, folder)
    for name, change in changes.items():
        path = folder / {"volumes": VOLUMES, "profiles": PROFILES}[name]
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
    return folder


def read(folder):
    account = Account()
    return read_national_files(folder, account), {one.check: one for one in account.findings}


def problems(folder):
    with pytest.raises(InputError) as raised:
        read_national_files(folder, Account())
    for one in raised.value.problems:
        assert all("{" not in sentence(one, language) for language in Language)
    return [(one.code, one.file, one.row) for one in raised.value.problems]


def with_row(row):
    return lambda text: text + row + "\n"


VOLUME_ROW = (
    '"1.0","2024-02-01","2024-01-15","{year}","0301","901","{product}","1","{count}","1","{count}","1","{count}",""'
)


def test_volumes_in_cents_and_by_key():
    national, findings = read(FIXTURES)
    assert national.volumes.rows() == [
        (2022, "0301", "0901", "991501001", 100, 90, 84500),
        (2022, "0301", "0901", "991501002", 30, 25, 123450),
        (2022, "0301", "0902", "991501001", 50, 45, None),
        (2023, "0301", "0901", "991501001", 8, 7, 85025),
    ]
    assert national.totals.rows() == [(2022, "0301", 180, 150, 180), (2023, "0301", 8, 7, 8)]
    assert list(findings) == ["national_provisional"]
    assert findings["national_provisional"].status is Status.COUNTED


def test_profiles_are_summed_over_diagnoses_and_their_mean_is_exact():
    national, _ = read(FIXTURES)
    assert national.profiles.rows() == [
        (2022, "0301", "991501001", "990060", "1", 200, 115, 150),
        (2022, "0301", "991501002", "099001", "5", 31, 30, 30),
        (2023, "0301", "991501001", "990060", "1", 11, 8, 8),
    ]
    first = national.profiles.row(0, named=True)
    assert Fraction(first["aantal"], first["subtrajecten"]) == Fraction(4, 3)


def test_years_and_names_and_pairs():
    national, _ = read(FIXTURES)
    assert [(one.year, one.as_of, one.version, one.status) for one in national.editions] == [
        (2022, date(2024, 1, 15), "1.0", YearStatus.FINAL),
        (2023, date(2024, 1, 15), "1.0", YearStatus.PROVISIONAL),
    ]
    assert ("diagnose", "0301", "0902", "Verzonnen ooglidkwaal") in national.names.rows()
    assert national.names.height == 6
    assert product_specialisms(national).rows() == [("991501001", "0301"), ("991501002", "0301")]


@pytest.mark.parametrize("quotes", ["never", "always"])
def test_any_order_case_separator_and_a_byte_order_mark(tmp_path, quotes):
    folder = copied(tmp_path)
    for name in (VOLUMES, PROFILES):
        frame = pl.read_csv(FIXTURES / name, infer_schema=False)
        turned = frame.select(reversed(frame.columns)).rename(str.lower)
        turned.write_csv(folder / name, separator=";", include_bom=True, line_terminator="\r\n", quote_style=quotes)
    changed, original = read(folder)[0], read(FIXTURES)[0]
    for name, table in changed.tables().items():
        assert table.equals(original.tables()[name]), name


def test_older_files_are_not_utf8(tmp_path):
    folder = copied(tmp_path)
    text = (FIXTURES / "04_REF_DGN.csv").read_text(encoding="utf-8").replace("ooglidkwaal", "ooglidkwaal (één oog)")
    (folder / "04_REF_DGN.csv").write_bytes(text.encode("latin-1"))
    names = read(folder)[0].names
    assert names.filter(pl.col("code") == "0902")["omschrijving"].to_list() == ["Verzonnen ooglidkwaal (één oog)"]


def test_reference_files_are_optional(tmp_path):
    folder = copied(tmp_path)
    for path in folder.glob("*_REF_*.csv"):
        path.unlink()
    assert read(folder)[0].names.height == 0


def test_the_newest_of_several_reference_dates_is_used_and_said(tmp_path):
    older = VOLUME_ROW.format(year=2022, product="991501001", count=999).replace("2024-01-15", "2023-07-01")
    stale = '"1.0","x","2023-07-01","2022","0301","901","991501001","990060","1","9","9","9","999"'
    national, findings = read(copied(tmp_path, volumes=with_row(older), profiles=with_row(stale)))
    assert national.volumes["subtrajecten"].to_list() == [100, 30, 50, 8]
    assert national.profiles["aantal"].to_list() == [200, 31, 11]
    assert findings["national_older_edition"].count == 1
    assert findings["national_older_edition"].examples[0].values == {"JAAR": "2022", "PEILDATUM": "2023-07-01"}


def replaced(old, new):
    return lambda text: text.replace(old, new)


@pytest.mark.parametrize(
    ("changes", "check", "count", "of", "fails"),
    [
        ({"volumes": replaced('"100"', '"90"')}, "national_totals", 1, 3, False),
        ({"volumes": replaced('"150","180","845"', '"150","181","845"')}, "national_totals_differ", 1, 2, False),
        ({"volumes": replaced('"100"', '""')}, "national_empty", 1, 4, False),
        ({"volumes": replaced('"100"', '"-100"')}, "unreadable", 1, 4, True),
        ({"volumes": replaced('"1234.5"', '"1234.555"')}, "unreadable", 1, 4, True),
        ({"profiles": replaced('"140"', '"veel"')}, "unreadable", 1, 4, True),
        ({"profiles": replaced('"140"', '""')}, "national_empty", 1, 4, False),
        ({"profiles": replaced('"2023","0301"', '"vorig jaar","0301"')}, "unreadable", 1, 4, True),
        ({"profiles": replaced('"2024-01-15","2023"', '"2023-12-01","2023"')}, "national_editions_differ", 1, 2, False),
        ({"profiles": replaced('"202', '"ooit 202')}, "unreadable", 4, 4, True),
        ({"volumes": replaced('"202', '"ooit 202')}, "unreadable", 4, 4, True),
        ({"profiles": replaced("991501002", "991501009")}, "national_profile_without_volume", 1, 3, False),
        ({"profiles": replaced('"25","30"', '"25","31"')}, "national_profile_too_large", 1, 3, False),
        ({"profiles": replaced('"099001","5"', '"099001","77"')}, "national_unknown_class", 1, 3, False),
    ],
)
def test_what_is_found(tmp_path, changes, check, count, of, fails):
    national, findings = read(copied(tmp_path, **changes))
    found = findings[check]
    assert (found.count, found.of) == (count, of)
    assert found.examples
    assert bool(failed(national.findings)) is fails


def test_whole_numbers_with_a_decimal_point_are_whole_in_both_files(tmp_path):
    folder = copied(tmp_path, volumes=replaced('"100"', '"100.0"'), profiles=replaced('"140"', '"140.0"'))
    national, findings = read(folder)
    assert list(findings) == ["national_provisional"]
    assert national.profiles["aantal"].to_list() == [200, 31, 11]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"volumes": lambda text: text + text.splitlines()[1] + "\n"}, [("national_twice", VOLUMES, None)]),
        ({"profiles": lambda text: text[:-30]}, [("cut_off", PROFILES, 5)]),
        ({"profiles": replaced('"60","70","70"', '"60","70"')}, [("row_width", PROFILES, 2)]),
        ({"profiles": replaced("SOM_AANTAL_ZAT", "SOM")}, [("source_column_missing", PROFILES, 1)]),
        ({"volumes": replaced("PEILDATUM", "STAND")}, [("source_column_missing", VOLUMES, 1)]),
        ({"profiles": lambda text: ""}, [("empty_file", PROFILES, None)]),
        ({"profiles": lambda text: text.splitlines()[0] + "\n"}, [("no_rows", PROFILES, None)]),
        ({"volumes": lambda text: text.splitlines()[0] + "\n"}, [("no_rows", VOLUMES, None)]),
        ({"profiles": lambda text: "geen tabel\n"}, [("no_separator", PROFILES, 1)]),
    ],
)
def test_what_is_refused(tmp_path, changes, expected):
    assert problems(copied(tmp_path, **changes)) == expected


def test_every_missing_file_is_named(tmp_path):
    assert [one[:2] for one in problems(tmp_path)] == [
        ("source_table_missing", "01_DBC.csv"),
        ("source_table_missing", "02_DBC_PROFIEL.csv"),
    ]


def test_the_store_gives_back_what_was_written(tmp_path):
    national, _ = read(FIXTURES)
    write_national(national, tmp_path / "store")
    again = read_national(tmp_path / "store")
    for name, table in national.tables().items():
        assert table.equals(again.tables()[name]), name
    assert (again.editions, again.sources, again.findings) == (national.editions, national.sources, national.findings)


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_shuffled_rows_give_the_same_bytes(tmp_path):
    folder = copied(tmp_path)
    for name in (VOLUMES, PROFILES):
        head, *rows = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
        random.Random(3).shuffle(rows)
        (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    for source, target in ((FIXTURES, "een"), (folder, "twee")):
        write_national(read(source)[0], tmp_path / target)
    one, two = bytes_of(tmp_path / "een"), bytes_of(tmp_path / "twee")
    assert list(one) == list(two)
    assert [name for name in one if one[name] != two[name]] == ["manifest.json"]  # it holds the hashes of the sources


def test_a_new_edition_takes_the_place_of_the_old_one(tmp_path):
    store = tmp_path / "store"
    write_national(read(FIXTURES)[0], store)
    before = bytes_of(store)
    write_national(read(FIXTURES)[0], store)
    assert bytes_of(store) == before
    changed = copied(tmp_path, profiles=replaced('"140"', '"141"'))
    write_national(read(changed)[0], store)
    assert len(bytes_of(store)) == len(before)
    assert read_national(store).profiles["aantal"].to_list() == [201, 31, 11]


def damage_table(store):
    next(store.glob("profielen-*.parquet")).write_bytes(b"PAR1")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (damage_table, "national_store_damaged"),
        (lambda store: next(store.glob("totalen-*")).unlink(), "national_store_damaged"),
        (lambda store: (store / "manifest.json").write_text("{", encoding="utf-8"), "national_store_damaged"),
        (lambda store: (store / "manifest.json").write_text("{}", encoding="utf-8"), "national_store_damaged"),
        (lambda store: (store / "manifest.json").unlink(), "unreadable"),
    ],
)
def test_a_damaged_store_is_said(tmp_path, damage, code):
    write_national(read(FIXTURES)[0], tmp_path / "store")
    damage(tmp_path / "store")
    with pytest.raises(InputError) as raised:
        read_national(tmp_path / "store")
    assert [one.code for one in raised.value.problems] == [code]


def test_prices_and_numbers_are_read_exactly_or_not_at_all():
    texts = ["845", "1234.5", "1234,56", "0.07", "10.", "12.300", "12.345", "-1", "1e3", "1.234,56", " 7 ", ""]
    frame = pl.DataFrame({"x": texts}).select(cents(pl.col("x")).alias("c"), whole(pl.col("x")).alias("n"))
    assert frame["c"].to_list() == [84500, 123450, 123456, 7, 1000, 1230, None, None, None, None, 700, None]
    assert frame["n"].to_list() == [845, None, None, None, None, None, None, None, None, None, 7, None]


def test_generated_files_are_read_as_what_they_were_made_of(tmp_path):
    """A byte order mark before a quote, returns at line ends, no reference date."""
    opendis.write([small_truth()], tmp_path)
    national, findings = read(tmp_path)
    assert national.volumes.select("jaar", "specialisme", "diagnose", "zorgproduct", "subtrajecten").rows() == [
        (2025, "0301", "0554", "070401008", 1),
        (2025, "0307", "0G25", "149399028", 1),
        (2025, "0322", "1241", "100501999", 1),
    ]
    assert national.profiles.filter(pl.col("klasse") == "3").select("za_code", "aantal", "subtrajecten").rows() == [
        ("190218", 3, 1),
    ]
    assert [one.status for one in national.editions] == [YearStatus.UNKNOWN]
    assert findings == {}


def test_a_write_that_was_killed_before_its_manifest_leaves_what_was_there(tmp_path):
    write_national(read(FIXTURES)[0], tmp_path / "oud")
    write_national(read(copied(tmp_path, profiles=replaced('"140"', '"141"')))[0], tmp_path / "nieuw")
    for path in (tmp_path / "nieuw").glob("*.parquet"):
        shutil.copy(path, tmp_path / "oud")
    assert read_national(tmp_path / "oud").profiles["aantal"].to_list() == [200, 31, 11]
