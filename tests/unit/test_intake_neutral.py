"""The neutral reader: our own tables, and a hospital's own with a mapping."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from puntlanding.intake.base import Account, Options
from puntlanding.intake.mapping import KEYS, read_mapping
from puntlanding.intake.mapping_file import as_strftime
from puntlanding.intake.neutral import NEUTRAL
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError
from puntlanding.records.tables import TABLES, TableName, schema

pytestmark = pytest.mark.unit

TRAJECTORIES = """\
subtraject_id;zorgtraject_id;patient;specialisme;diagnose;zorgtype;openingsdatum;sluitdatum;geboortejaar;geslacht;instelling
S1;Z1;P1;305;1701;11;2026-01-02;2026-04-02;1956;V;06010101
S2;Z1;P1;0305;1701;21;2026-04-03;;1956;V;6010101
"""
ACTIVITIES = """\
subtraject_id;za_code;datum;aantal;specialisme_uitvoerder
S1;190060;2026-01-02;1;0305
S2;39839;2026-04-04;2;0322
"""
THEIRS = """\
DBC nr;Traject;Pat;Spec;Diag;Soort;Begin;Eind
S1;Z1;P1;ORT;1701;R;02-01-2026;02-04-2026
S2;Z1;P2;ORT;1701;V;03-04-2026;31-12-9999
"""
PEOPLE = "Pat;Geboren;M/V\nP1;12-03-1956;Vr\nP2;01-02-1980;Mn\nP3;01-02-1990;Mn\n"
DONE = "DBC nr;Code;Dag;N;Door\nS1;190060;20260102;1;ORT\n"
MAPPING = """\
[subtrajecten]
bestand = "dbc.csv"
datumvorm = "dd-mm-jjjj"
leeg = ["31-12-9999"]
[subtrajecten.kolommen]
subtraject_id = "DBC nr"
zorgtraject_id = "Traject"
patient = "Pat"
specialisme = "Spec"
diagnose = "Diag"
zorgtype = "Soort"
openingsdatum = "Begin"
sluitdatum = "Eind"
[subtrajecten.waarden.specialisme]
ORT = "0305"
[subtrajecten.waarden.zorgtype]
R = "11"
V = "21"

[zorgactiviteiten]
bestand = "za.csv"
[zorgactiviteiten.kolommen]
subtraject_id = "DBC nr"
za_code = "Code"
datum = "Dag"
aantal = "N"
specialisme_uitvoerder = "Door"
[zorgactiviteiten.datumvormen]
datum = "jjjjmmdd"
[zorgactiviteiten.waarden]
specialisme_uitvoerder = { ort = "0305" }

[patienten]
bestand = "mensen.csv"
[patienten.kolommen]
patient = "Pat"
geboortedatum = "Geboren"
geslacht = "M/V"
[patienten.waarden.geslacht]
vr = "V"
mn = "M"
"""


def delivery(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def theirs(folder: Path) -> Path:
    return delivery(folder, dbc=THEIRS, za=DONE, mensen=PEOPLE)


def read(source: Path, mapping: str | None = None) -> tuple[pl.DataFrame, pl.DataFrame, Account]:
    account, path = Account(), None
    if mapping is not None:
        path = source.parent / "koppeling.toml"
        path.write_text(mapping, encoding="utf-8")
    frames = {}
    for part in NEUTRAL.read(source, Options(mapping=path), account, lambda rows: None):
        frames |= part.tables
    return frames[TableName.TRAJECTORIES], frames[TableName.ACTIVITIES], account


def refused(source: Path, mapping: str | None = None) -> list[tuple[str, int | None, str | None]]:
    with pytest.raises(InputError) as raised:
        read(source, mapping)
    report(raised.value.problems, Language.ENGLISH)  # every message has all that its sentence needs
    return [(one.code, one.row, one.column or one.file) for one in raised.value.problems]


def test_our_own_tables(tmp_path: Path) -> None:
    trajectories, activities, account = read(
        delivery(tmp_path / "levering", Subtrajecten=TRAJECTORIES, zorgactiviteiten=ACTIVITIES)
    )
    assert trajectories.schema == schema(TableName.TRAJECTORIES, raw=True)
    some = ("_rij", "subtraject_id", "patient", "specialisme", "openingsdatum", "sluitdatum", "geboortejaar")
    assert trajectories.select(some).rows() == [
        (2, "S1", "P1", "0305", date(2026, 1, 2), date(2026, 4, 2), 1956),
        (3, "S2", "P1", "0305", date(2026, 4, 3), None, 1956),
    ]
    assert activities.drop("specialisme_aanvrager", "geregistreerd_op").rows() == [
        (2, "S1", "190060", date(2026, 1, 2), 1, "0305"),
        (3, "S2", "039839", date(2026, 4, 4), 2, "0322"),
    ]
    assert account.hospitals == {"06010101": 2}
    assert account.findings == []
    assert [path.name for path in account.sources] == ["Subtrajecten.csv", "zorgactiviteiten.csv"]


def test_one_workbook_with_a_sheet_for_each_table(tmp_path: Path) -> None:
    path = tmp_path / "levering.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, text in (("Subtrajecten", TRAJECTORIES), ("zorgactiviteiten", ACTIVITIES), ("overig", "x")):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(text.splitlines()):
                sheet.write_row(number, 0, line.split(";"))
    folder = delivery(tmp_path / "map", subtrajecten=TRAJECTORIES, zorgactiviteiten=ACTIVITIES)
    for found, expected in zip(read(path)[:2], read(folder)[:2], strict=True):
        assert found.equals(expected)


def test_a_mapping_names_a_workbook_in_the_folder_and_its_sheet(tmp_path: Path) -> None:
    folder = theirs(tmp_path / "levering")
    with xlsxwriter.Workbook(folder / "dbc.xlsx") as book:
        book.add_worksheet("toelichting").write(0, 0, "x")
        sheet = book.add_worksheet("DBC 2026")
        for number, line in enumerate(THEIRS.splitlines()):
            sheet.write_row(number, 0, line.split(";"))
    mapping = MAPPING.replace('bestand = "dbc.csv"', 'bestand = "dbc.xlsx"\nblad = "dbc 2026"')
    assert read(folder, mapping)[0].equals(read(folder, MAPPING)[0])
    assert refused(folder, mapping.replace("dbc 2026", "dbc 2025")) == [("sheet_not_found", None, "dbc.xlsx")]


def test_one_text_file_is_no_delivery_of_two_tables(tmp_path: Path) -> None:
    folder = theirs(tmp_path / "levering")
    assert refused(folder / "dbc.csv") == [("source_not_folder", None, "dbc.csv")]
    assert refused(folder / "dbc.csv", MAPPING) == [("source_not_folder", None, "dbc.csv")]


def test_another_hospitals_names_dates_and_codes_with_a_mapping(tmp_path: Path) -> None:
    trajectories, activities, account = read(theirs(tmp_path / "levering"), MAPPING)
    some = ("subtraject_id", "specialisme", "zorgtype", "openingsdatum", "sluitdatum", "geboortejaar", "geslacht")
    assert trajectories.select(some).rows() == [
        ("S1", "0305", "11", date(2026, 1, 2), date(2026, 4, 2), 1956, "V"),
        ("S2", "0305", "21", date(2026, 4, 3), None, 1980, "M"),
    ]
    assert activities.select("za_code", "datum", "specialisme_uitvoerder").rows() == [
        ("190060", date(2026, 1, 2), "0305")
    ]
    assert [(one.check, one.count, one.of) for one in account.findings] == [("patient_not_found", 0, 2)]
    assert [one.name for one in account.sources] == ["koppeling.toml", "dbc.csv", "za.csv", "mensen.csv"]


def test_the_date_format_of_a_mapping_is_the_only_one(tmp_path: Path) -> None:
    """Also where all of the column is written in another one that could be guessed."""
    source = theirs(tmp_path / "levering")
    done = (source / "za.csv").read_text(encoding="utf-8")
    assert "20260102" in done
    (source / "za.csv").write_text(done.replace("20260102", "02-01-2026"), encoding="utf-8")
    assert 'datum = "jjjjmmdd"' in MAPPING
    _, activities, account = read(source, MAPPING.replace('datum = "jjjjmmdd"', 'datum = "jjjj-mm-dd"'))
    assert activities["datum"].to_list() == [None]
    assert [(one.check, one.column) for one in account.findings if one.count] == [("unreadable", "Dag")]


def test_a_code_outside_the_mapping_is_left_empty_and_counted(tmp_path: Path) -> None:
    trajectories, _, account = read(theirs(tmp_path / "levering"), MAPPING.replace('V = "21"', ""))
    assert trajectories["zorgtype"].to_list() == ["11", None]
    found = account.findings[0]
    assert (found.check, found.count, found.of, found.column) == ("unmapped_value", 1, 2, "Soort")
    assert [(one.file, one.row, one.values) for one in found.examples] == [("dbc.csv", 3, {"Soort": "V"})]


def test_a_patient_who_stands_twice_doubles_nothing_and_one_who_is_absent_is_counted(tmp_path: Path) -> None:
    folder = delivery(theirs(tmp_path / "levering"), mensen="Pat;Geboren;M/V\nP1;12-03-1956;Vr\nP1;12-03-1957;Vr\n")
    trajectories, _, account = read(folder, MAPPING)
    assert trajectories.select("geboortejaar", "geslacht").rows() == [(1956, "V"), (None, None)]
    found = {one.check: (one.count, one.examples[0].file, one.examples[0].row) for one in account.findings}
    assert found == {"key_twice": (1, "mensen.csv", 3), "patient_not_found": (1, "dbc.csv", 3)}
    assert all("P" not in value for one in account.findings for e in one.examples for value in e.values.values())


def test_everything_that_is_missing_is_said_at_once(tmp_path: Path) -> None:
    short = TRAJECTORIES.replace("geslacht", "opmerking").replace("diagnose", "diagnosse")
    folder = delivery(tmp_path / "levering", subtrajecten=short, zorgactiviteiten=ACTIVITIES.replace("datum", "dag"))
    assert refused(folder) == [
        ("source_column_missing", 1, "diagnose"),
        ("source_column_missing", 1, "datum"),
    ]
    folder = delivery(folder, subtrajecten=TRAJECTORIES.replace("geslacht", "x"), zorgactiviteiten=ACTIVITIES)
    assert refused(folder) == [("source_column_missing", 1, "geslacht")]
    assert refused(tmp_path / "nergens") == [("source_not_found", None, "nergens")]
    (tmp_path / "leeg").mkdir()
    assert refused(tmp_path / "leeg") == [
        ("source_table_missing", None, "subtrajecten.csv"),
        ("source_table_missing", None, "zorgactiviteiten.csv"),
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (('zorgtype = "Soort"', 'zorgtipe = "Soort"'), [("mapping_key_unknown", 11, "zorgtipe")]),
        (('leeg = ["31-12-9999"]', 'leeg = "31-12-9999"'), [("mapping_type", 4, "leeg")]),
        (("datumvorm =", "datumform ="), [("mapping_key_unknown", 3, "datumform")]),
        (('"dd-mm-jjjj"', '"dag-mm-jjjj"'), [("mapping_date_format", 3, "datumvorm")]),
        (('"jjjjmmdd"', '"jjjjmm"'), [("mapping_date_format", 29, "datum")]),
        (('vr = "V"', 'vr = "F"'), [("mapping_sex", 40, "vr")]),
        (('vr = "V"', 'vr = "V"\nVR = "M"'), [("mapping_value_twice", 41, "VR")]),
        (('R = "11"', "R = 11"), [("mapping_type", 17, "R")]),
        (("waarden.zorgtype", "waarden.openingsdatum"), [("mapping_key_unknown", 16, "openingsdatum")]),
        (("[patienten]", "[patiënten]"), [("toml_syntax", 33, "koppeling.toml")]),
        (("[patienten]", "[patient]"), [("mapping_key_unknown", 33, "patient")]),
        (('zorgtype = "Soort"\n', ""), [("mapping_columns_missing", None, "subtrajecten")]),
        (('"Begin"', '"Aanvang"'), [("source_column_missing", 1, "Aanvang")]),
        (('"za.csv"', '"zo.csv"'), [("mapping_file_missing", None, "zo.csv")]),
        (('"za.csv"', '"../za.csv"'), [("mapping_outside", None, "za.csv")]),
        (('"za.csv"', '"/etc/passwd"'), [("mapping_outside", None, "passwd")]),
        (('"za.csv"', "'C:\\za.csv'"), [("mapping_outside", None, "za.csv")]),
        (('"za.csv"', '".."'), [("mapping_outside", None, "..")]),
        (('"za.csv"', '"koppeling"'), [("mapping_outside", None, "koppeling")]),
        (('"za.csv"', '"link.csv"'), [("mapping_outside", None, "link.csv")]),
        (('"za.csv"', '"pijp.csv"'), [("mapping_outside", None, "pijp.csv")]),
        (('"za.csv"', '"nul\\u0000.csv"'), [("mapping_outside", None, "nul\x00.csv")]),
        (('"za.csv"', '"za.csv"\ncodering = "utf-7"'), [("encoding_unknown", None, "za.csv")]),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_with_its_line(
    tmp_path: Path, change: tuple[str, str], expected: list[tuple[str, int | None, str]]
) -> None:
    folder = theirs(tmp_path / "levering")
    (folder / "koppeling").mkdir()
    delivery(tmp_path / "elders", za=DONE)
    (folder / "link.csv").symlink_to(tmp_path / "elders" / "za.csv")
    os.mkfifo(folder / "pijp.csv")
    found = refused(folder, MAPPING.replace(*change))
    assert found == expected


def test_a_mapping_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "k.toml"
    for content, code in (
        (b"\xff", "mapping_encoding"),
        (b"[" * 100_000, "not_a_mapping"),
        (b"#" * 2_000_000, "not_a_mapping"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError) as raised:
            read_mapping(path)
        assert {one.code for one in raised.value.problems} <= {code, "toml_syntax"}


def test_date_formats_in_words_and_in_signs() -> None:
    assert as_strftime("DD-MM-JJJJ") == "%d-%m-%Y"
    assert as_strftime("jjmmdd") == "%y%m%d"
    assert as_strftime("%d.%m.%Y") == "%d.%m.%Y"
    assert [as_strftime(one) for one in ("dd-mm", "dd-dd-jjjj", "%d-%m-%Y %H", "dd-mm-jjjjx", "")] == [None] * 5


def test_the_keys_of_a_mapping_are_documented_and_every_column_has_its_field() -> None:
    documented = {one.name.partition(".")[0] for one in KEYS}
    assert documented == {"bestand", "blad", "codering", "datumvorm", "datumvormen", "leeg", "kolommen", "waarden"}
    assert all(one.nl and one.en and one.example for one in KEYS)
    columns = {f"{table}.{one.name}" for table, columns in TABLES.items() for one in columns}
    assert {one.ours for one in NEUTRAL.fields} == columns
