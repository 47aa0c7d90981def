"""The data-warehouse extract: every rule once, in a dozen rows that can be read beside tests/fixtures/dwh."""

from datetime import date

import polars as pl
import pytest
from intake_reading import FIXTURES, PERSONAL, Reading, check_documentation, copied, problems

from puntlanding.intake import readers
from puntlanding.records.findings import Status

pytestmark = pytest.mark.unit

DWH = readers()["dwh"]
FROM, ONGOING = "afgeleid uit subtraject\x1f", "afgeleid uit vervolg\x1f"
HEADER = "PatientNr;SubtrajectNr;AGB_Code;DiagnoseCode;OpeningsDatumDBC;SluitingsDatumDBC;ZorgType"


@pytest.fixture(scope="module")
def reading():
    return Reading(DWH, FIXTURES / "dwh")


def test_trajectories(reading):
    assert reading.rows(
        "subtrajecten", "subtraject_id", "patient", "specialisme", "diagnose", "zorgtype", "openingsdatum", "sluitdatum"
    ) == [
        (2, "1001", "00012345", "0301", "0551", "11", date(2026, 1, 5), date(2026, 4, 5)),
        (3, "1002", "00012345", "0301", "0551", "21", date(2026, 4, 6), None),
        (4, "1003", "00012345", "0313", "0121", "11", date(2026, 2, 1), date(2026, 5, 2)),
        (5, "1004", "P-77", "0316", "0G25", "13", date(2026, 3, 1), None),
        (6, "1005", "00088888", "0307", "0V51", "21", date(2026, 3, 2), None),
        (7, "1006", "00088888", "0307", "0V51", "21", date(2026, 7, 1), None),
        (8, "1007", "00066666", "0320", "0101", "11", date(2026, 3, 3), None),
        (9, "1008", None, "0320", "0101", "21", date(2026, 3, 4), None),
    ]


def test_of_a_birth_date_the_year_is_kept_and_of_two_rows_for_a_patient_the_first(reading):
    assert reading.rows("subtrajecten", "geboortejaar", "geslacht") == [
        (2, 1951, "V"), (3, 1951, "V"), (4, 1951, "V"), (5, 2019, "M"), (6, None, "O"), (7, None, "O"),
        (8, None, None), (9, None, None),
    ]  # fmt: skip


def test_care_paths_are_derived(reading):
    assert reading.rows("subtrajecten", "zorgtraject_id") == [
        (2, FROM + "1001"),
        (3, FROM + "1001"),
        (4, FROM + "1003"),
        (5, FROM + "1004"),
        (6, ONGOING + "00088888\x1f0307\x1f0V51"),
        (7, ONGOING + "00088888\x1f0307\x1f0V51"),
        (8, FROM + "1007"),
        (9, FROM + "1008"),  # without a patient nothing links it to a path
    ]


def test_what_the_extract_lacks_is_empty(reading):
    lacking = ("afsluitreden", "zorgproduct", "declaratiecode", "verzekeraar", "geregistreerd_op", "product_bekend_op")
    frame = reading.tables["subtrajecten"].select(lacking)
    assert frame.null_count().row(0) == (8,) * 6
    assert reading.account.hospitals == {}


def test_activities(reading):
    assert reading.rows(
        "zorgactiviteiten",
        "subtraject_id",
        "za_code",
        "datum",
        "aantal",
        "specialisme_uitvoerder",
        "specialisme_aanvrager",
    ) == [
        (2, "1001", "190060", date(2026, 1, 5), 1, "0301", None),
        (3, "1001", "031241", date(2026, 1, 20), 2, "0301", "0301"),
        (5, "1003", "070116", date(2026, 2, 2), -1, "0386", "0313"),
        (6, "1004", "190013", None, None, "0316", "0316"),
        (7, "4444", "190013", date(2026, 5, 1), 1, "0322", None),  # an orphan; the checks count it
    ]


def test_findings(reading):
    assert reading.found == [
        ("table_not_used", "Opname", 1, 4, []),
        ("key_twice", "Patient.csv: PatientNr", 1, 5, [("Patient.csv", 5, {})]),
        ("patient_not_found", None, 1, 8, [("Subtraject.csv", 8, {})]),
        ("care_path_derived", None, 8, 8, []),
        ("activity_without_trajectory", None, 1, 6, [("Verrichting.csv", 4, {})]),
        ("unreadable", "VerrichtingDatum", 1, 5, [("Verrichting.csv", 6, {"VerrichtingDatum": "## xxxxx"})]),
        ("unreadable", "Aantal", 1, 5, [("Verrichting.csv", 6, {"Aantal": "1,5"})]),
    ]


def test_rules_of_the_format_are_counted_and_no_fault(reading):
    status = {one.check: one.status for one in reading.account.findings if one.count}
    assert status["activity_without_trajectory"] is Status.COUNTED
    assert status["care_path_derived"] is Status.COUNTED
    assert status["table_not_used"] is Status.COUNTED
    assert status["patient_not_found"] is Status.ATTENTION
    assert status["key_twice"] is Status.ATTENTION


def test_no_person_in_what_is_found_or_kept(reading):
    told = repr(reading.account.findings) + repr(reading.account.hospitals)
    kept = "".join(frame.write_csv() for frame in reading.tables.values())
    assert [word for word in PERSONAL if word in told or word in kept] == []
    numbers = ("00012345", "P-77", "00088888", "00066666", "1001", "4444")
    assert [number for number in numbers if number in told] == []


def test_files_and_progress(reading):
    assert reading.files == {"subtrajecten": "Subtraject.csv", "zorgactiviteiten": "Verrichting.csv"}
    assert [path.name for path in reading.account.sources] == ["Patient.csv", "Subtraject.csv", "Verrichting.csv"]
    assert reading.read_rows == 5 + 8 + 6


def test_columns_that_a_hospital_added_are_taken(tmp_path):
    added = "ZorgtrajectNr;ZorgProduct;DeclaratieCode;AfsluitReden;Verzekeraar;RegistratieDatum;ProductDatum;Instelling"
    folder = copied(
        "dwh",
        tmp_path,
        Subtraject=f"{HEADER};{added}\n"
        "00012345;1001;0301;551;2026-01-05;2026-04-05;11;Z9;79899004;15A123;8;161;2026-01-06;2026-04-07;6010101\n"
        "00012345;1002;0301;551;2026-04-06;;21;NULL;;;;;;;06020202\n"
        "00012345;1003;0301;551;2026-04-07;;21;Z9;;;;;;;06010101\n",
    )
    reading = Reading(DWH, folder)
    assert reading.rows(
        "subtrajecten", "zorgtraject_id", "zorgproduct", "declaratiecode", "afsluitreden", "verzekeraar",
        "geregistreerd_op", "product_bekend_op",
    ) == [
        (2, "Z9", "079899004", "15A123", "08", "0161", date(2026, 1, 6), date(2026, 4, 7)),
        (3, None, None, None, None, None, None, None),
        (4, "Z9", None, None, None, None, None, None),
    ]  # fmt: skip
    assert reading.account.hospitals == {"06010101": 2, "06020202": 1}
    assert "care_path_derived" not in {one.check for one in reading.account.findings}


def test_the_same_from_parquet(tmp_path, reading):
    for path in (FIXTURES / "dwh").glob("*.csv"):
        pl.read_csv(path, separator=";", infer_schema=False).write_parquet(tmp_path / f"{path.stem.upper()}.parquet")
    again = Reading(DWH, tmp_path)
    for name, frame in reading.tables.items():
        assert again.tables[name].rows() == frame.rows()


def test_no_rows_at_all(tmp_path):
    folder = copied(
        "dwh",
        tmp_path,
        Patient="PatientNr;Geslacht;GeboorteDatum\n",
        Subtraject=HEADER + "\n",
        Verrichting="SubtrajectNr;ZACode;VerrichtingDatum;AGB_CodeUitvoerder;Aantal\n",
        Opname=None,
    )
    reading = Reading(DWH, folder)
    assert reading.rows("subtrajecten") == []
    assert reading.rows("zorgactiviteiten") == []
    assert reading.found == []


def test_missing_files_are_named_together(tmp_path):
    assert problems(DWH, copied("dwh", tmp_path, Patient=None, Verrichting=None)) == [
        ("source_table_missing", "Patient.csv", None),
        ("source_table_missing", "Verrichting.csv", None),
    ]


def test_missing_columns_of_all_tables_are_named_together(tmp_path):
    folder = copied(
        "dwh",
        tmp_path,
        Patient="PatientNr;Naam;Geboren\n00012345;Jansen-de Proef;1951-03-07\n",
        Verrichting="SubtrajectNr;ZACode;Datum;AGB_CodeUitvoerder\n1001;190060;2026-01-05;0301\n",
    )
    assert problems(DWH, folder) == [
        ("source_column_missing", "Patient.csv", "GeboorteDatum"),
        ("source_column_missing", "Patient.csv", "Geslacht"),
        ("source_column_missing", "Verrichting.csv", "VerrichtingDatum"),
        ("source_column_missing", "Verrichting.csv", "Aantal"),
    ]


def test_a_truncated_file_is_refused(tmp_path):
    text = (FIXTURES / "dwh" / "Verrichting.csv").read_text(encoding="utf-8")
    found = problems(DWH, copied("dwh", tmp_path, Verrichting=text[: text.rindex("Herhaalbezoek")]))
    assert {file for _, file, _ in found} == {"Verrichting.csv"}


def test_columns_under_each_others_names_show_no_person(tmp_path):
    """Numbers of patients and trajectories as specialisms and as each other: what is found about them names none."""
    trajectory, activity = (
        (FIXTURES / "dwh" / f"{name}.csv").read_text(encoding="utf-8") for name in ("Subtraject", "Verrichting")
    )
    folder = copied(
        "dwh",
        tmp_path,
        Subtraject=trajectory.replace("PatientNr;SubtrajectNr;AGB_Code", "AGB_Code;PatientNr;SubtrajectNr", 1),
        Verrichting=activity.replace("PatientNr;SubtrajectNr", "SubtrajectNr;PatientNr", 1),
    )
    told = repr(Reading(DWH, folder).found)
    assert [word for word in (*PERSONAL, "00012345", "00088888") if word in told] == []


def test_documentation():
    check_documentation(DWH)
