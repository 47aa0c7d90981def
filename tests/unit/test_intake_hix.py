"""The tables of HiX: every rule once, in a dozen rows that can be read beside tests/fixtures/hix."""

from datetime import date

import pytest
from intake_reading import FIXTURES, PERSONAL, Reading, check_documentation, copied, problems

from puntlanding.intake import readers
from puntlanding.records.findings import Status

pytestmark = pytest.mark.unit

HIX = readers()["hix"]
DBC, SESSION, CODING = "EPISODE_DBCPER.csv", "FAKTUUR_VERRICHT.csv", "FAKTUUR_VERRSEC.csv"
NEEDED = (DBC, "EPISODE_EPISODE.csv", "PATIENT_PATIENT.csv", "CSZISLIB_SPEC.csv", "CSZISLIB_ARTS.csv", SESSION, CODING)


@pytest.fixture(scope="module")
def reading():
    return Reading(HIX, FIXTURES / "hix")


def test_trajectories_without_the_cancelled_and_the_local(reading):
    assert reading.rows(
        "subtrajecten", "subtraject_id", "zorgtraject_id", "patient", "specialisme", "diagnose", "zorgtype"
    ) == [
        (2, "1001", "E1", "00012345", "0301", "0551", "11"),
        (3, "1002", "E1", "00012345", "0301", "0551", "21"),
        (5, "1004", "E2", "P-77", "0316", "0G25", "21"),  # VERVALLEN is NULL
        (7, "1006", "E3", "00066666", "0313", "0121", "11"),  # VERVALLEN is J: reported, and it counts
        (8, "1007", "E8", None, None, "0101", "11"),  # neither its path nor its specialism is there
    ]


def test_dates_without_time_and_null_as_open(reading):
    assert reading.rows("subtrajecten", "openingsdatum", "sluitdatum", "geregistreerd_op", "product_bekend_op") == [
        (2, date(2026, 1, 5), date(2026, 4, 5), None, None),
        (3, date(2026, 4, 6), None, None, None),
        (5, date(2026, 3, 1), None, None, None),
        (7, date(2026, 3, 3), None, None, None),
        (8, None, None, None, None),  # 30 February
    ]


def test_closing_product_insurer_and_patient(reading):
    assert reading.rows(
        "subtrajecten", "afsluitreden", "zorgproduct", "declaratiecode", "verzekeraar", "geboortejaar", "geslacht"
    ) == [
        (2, "08", "079899004", "15A123", "0161", 1951, "V"),
        (3, None, None, None, "0161", 1951, "V"),
        (5, None, None, None, None, 2019, "M"),
        (7, None, None, None, None, None, None),
        (8, None, None, None, None, None, None),
    ]


def test_activities(reading):
    """The row is that of the session; a session with two codes is two activities."""
    assert reading.rows(
        "zorgactiviteiten",
        "subtraject_id",
        "za_code",
        "datum",
        "aantal",
        "specialisme_uitvoerder",
        "specialisme_aanvrager",
    ) == [
        (2, "1001", "190060", date(2026, 1, 5), 1, "0301", None),  # requested by a general practitioner
        (3, "1001", "070116", date(2026, 1, 20), 2, "0386", "0301"),
        (3, "1001", "070702", date(2026, 1, 20), 1, "0386", "0301"),
        (7, "1004", "190013", date(2026, 3, 2), None, None, "0316"),  # executor not among the doctors
        (8, "1004", "190013", date(2026, 3, 3), 1, None, None),  # executor's specialism without AGB code
        (11, "4444", "190013", date(2026, 4, 1), 1, "0316", None),  # an orphan; the checks count it
        (14, "1002", "190025", date(2026, 4, 21), 1, None, None),  # executor not given
    ]


def test_findings(reading):
    assert reading.found == [
        ("table_not_used", "OPNAME_OPNAME", 1, 8, []),
        ("hix_flag_unknown", "VERVALLEN", 1, 8, [(DBC, 7, {"VERVALLEN": "J"})]),
        ("hix_cancelled", None, 2, 8, [(DBC, 4, {}), (DBC, 9, {})]),
        ("hix_local_type", None, 1, 6, [(DBC, 6, {})]),
        ("key_twice", "EPISODE_EPISODE.csv: EPISODE", 1, 4, [("EPISODE_EPISODE.csv", 5, {})]),
        ("hix_path_not_found", None, 1, 5, [(DBC, 8, {})]),
        ("hix_specialism_unknown", "SPECIALISM", 1, 5, [(DBC, 8, {"SPECIALISM": "XYZ"})]),
        ("unreadable", "BEGINDAT", 1, 5, [(DBC, 8, {"BEGINDAT": "2026-02-30 00:00:00.000"})]),
        ("patient_not_found", None, 1, 5, [(DBC, 7, {})]),
        ("key_twice", "FAKTUUR_VERRICHT.csv: ID", 1, 13, [(SESSION, 12, {})]),
        ("hix_session_without_code", None, 1, 12, [(SESSION, 10, {})]),
        ("hix_code_without_session", None, 1, 14, [(CODING, 15, {})]),
        ("activity_without_trajectory", None, 1, 12, [(SESSION, 5, {})]),
        ("hix_of_left_out", None, 2, 11, [(SESSION, 6, {}), (SESSION, 9, {})]),
        ("hix_flag_unknown", "CORRECTIE", 1, 14, [(CODING, 9, {"CORRECTIE": "1"})]),
        ("hix_correction", None, 1, 14, [(CODING, 5, {})]),
        ("hix_claim_line", None, 1, 13, [(CODING, 12, {"CTGCODE": "15A123"})]),
        ("hix_local_code", None, 1, 12, [(CODING, 13, {})]),
        ("hix_executor_unknown", "UITVOERDER", 2, 6, [(SESSION, 7, {}), (SESSION, 8, {})]),
        ("hix_requester_unknown", "AANVRAGER", 1, 6, [(SESSION, 2, {})]),
        ("unreadable", "AANTAL", 1, 7, [(CODING, 8, {"AANTAL": "xxx"})]),
    ]


def test_rules_of_the_format_are_counted_and_what_is_missing_asks_attention(reading):
    status = {(one.check, one.column): one.status for one in reading.account.findings if one.count}
    counted = {
        "table_not_used", "hix_cancelled", "hix_local_type", "activity_without_trajectory", "hix_of_left_out",
        "hix_correction", "hix_claim_line", "hix_local_code", "hix_requester_unknown",
    }  # fmt: skip
    assert {check for (check, _), each in status.items() if each is Status.COUNTED} == counted
    assert {check for (check, _), each in status.items() if each is Status.ATTENTION} == {
        "hix_flag_unknown", "key_twice", "hix_path_not_found", "hix_specialism_unknown", "patient_not_found",
        "hix_session_without_code", "hix_code_without_session", "hix_executor_unknown",
    }  # fmt: skip


def test_no_person_in_what_is_found_or_kept(reading):
    told = repr(reading.account.findings) + repr(reading.account.hospitals)
    kept = "".join(frame.write_csv() for frame in reading.tables.values())
    assert [word for word in PERSONAL if word in told or word in kept] == []
    numbers = (
        "00012345",
        "P-77",
        "P-99",
        "00066666",
        "1001",
        "4444",
        "777",
        "E1",
        "E8",
        "OOG1",
        "HA77",
        "ZON1",
        "ANI9",
    )
    assert [number for number in numbers if number in told] == []


def test_two_hospitals_are_told_apart(reading):
    assert reading.account.hospitals == {"06010101": 6, "06020202": 1}


def test_files_and_progress(reading):
    assert reading.files == {"subtrajecten": DBC, "zorgactiviteiten": SESSION}
    assert tuple(path.name for path in reading.account.sources) == NEEDED
    assert reading.read_rows == 8 + 4 + 3 + 5 + 5 + 13 + 14


def test_without_the_columns_that_need_not_be_there(tmp_path):
    folder = copied(
        "hix",
        tmp_path,
        EPISODE_DBCPER="DBCNUMMER,EPISODE,SPECIALISM,ZORGTYPE,HOOFDDIAG,BEGINDAT,EINDDAT,AFSLUIT,ZORGPROD,VERVALLEN\n"
        "1001,E1,OOG,11,551,2026-01-05,NULL,NULL,NULL,0\n",
        FAKTUUR_VERRICHT="ID,DATUM,UITVOERDER,CASENR\n501,2026-01-05,OOG1,1001\n",
        FAKTUUR_VERRSEC="ID,CTGCODE,AANTAL,CORRECTIE\n501,190060,1,0000\n",
        OPNAME_OPNAME=None,
    )
    reading = Reading(HIX, folder)
    assert reading.rows("subtrajecten", "subtraject_id", "declaratiecode", "verzekeraar") == [(2, "1001", None, None)]
    assert reading.rows("zorgactiviteiten", "za_code", "specialisme_aanvrager") == [(2, "190060", None)]
    assert [check for check, *_ in reading.found] == ["key_twice"]
    assert reading.account.hospitals == {}


def test_a_number_that_is_cancelled_and_valid_keeps_its_activities(tmp_path):
    folder = copied(
        "hix",
        tmp_path,
        EPISODE_DBCPER="DBCNUMMER,EPISODE,SPECIALISM,ZORGTYPE,HOOFDDIAG,BEGINDAT,EINDDAT,AFSLUIT,ZORGPROD,VERVALLEN\n"
        "1001,E1,OOG,11,551,2026-01-05,NULL,NULL,NULL,1\n"
        "1001,E1,OOG,11,552,2026-01-06,NULL,NULL,NULL,0\n",
        FAKTUUR_VERRICHT="ID,DATUM,UITVOERDER,CASENR\n501,2026-01-05,OOG1,1001\n",
        FAKTUUR_VERRSEC="ID,CTGCODE,AANTAL,CORRECTIE\n501,190060,1,0000\n",
    )
    reading = Reading(HIX, folder)
    assert reading.rows("subtrajecten", "subtraject_id", "diagnose") == [(3, "1001", "0552")]
    assert reading.rows("zorgactiviteiten", "subtraject_id") == [(2, "1001")]


def test_no_rows_at_all(tmp_path):
    headers = {
        path.stem: path.read_text(encoding="utf-8").partition("\n")[0] + "\n" for path in (FIXTURES / "hix").iterdir()
    }
    reading = Reading(HIX, copied("hix", tmp_path, **headers | {"OPNAME_OPNAME": None}))
    assert reading.rows("subtrajecten") == []
    assert reading.rows("zorgactiviteiten") == []
    assert reading.found == []


def test_missing_files_are_named_together(tmp_path):
    assert problems(HIX, copied("hix", tmp_path, CSZISLIB_SPEC=None, FAKTUUR_VERRSEC=None)) == [
        ("source_table_missing", "CSZISLIB_SPEC.csv", None),
        ("source_table_missing", CODING, None),
    ]


def test_missing_columns_of_all_tables_are_named_together(tmp_path):
    folder = copied(
        "hix",
        tmp_path,
        PATIENT_PATIENT="PATIENTNR,ACHTERNAAM,BSN\n00012345,Jansen-de Proef,999912340\n",
        FAKTUUR_VERRSEC="ID,CTGCODE,AANTAL\n501,190060,1\n",
    )
    assert problems(HIX, folder) == [
        ("source_column_missing", "PATIENT_PATIENT.csv", "GESLACHT"),
        ("source_column_missing", "PATIENT_PATIENT.csv", "GEBDAT"),
        ("source_column_missing", CODING, "CORRECTIE"),
    ]


def test_columns_under_each_others_names_show_no_person(tmp_path):
    """A patient's number as a specialism, another as a mark: counted, and not shown."""
    path = (FIXTURES / "hix" / "EPISODE_EPISODE.csv").read_text(encoding="utf-8")
    folder = copied(
        "hix",
        tmp_path,
        EPISODE_EPISODE=path.replace("EPISODE,PATIENTNR", "PATIENTNR,EPISODE", 1),
        EPISODE_DBCPER="DBCNUMMER,EPISODE,SPECIALISM,ZORGTYPE,HOOFDDIAG,BEGINDAT,EINDDAT,AFSLUIT,ZORGPROD,VERVALLEN\n"
        "1001,E1,00012345,11,551,2026-01-05,NULL,NULL,NULL,Bedacht\n",
    )
    found = Reading(HIX, folder).found
    assert ("hix_specialism_unknown", "SPECIALISM", 1, 1, [(DBC, 2, {})]) in found
    assert ("hix_flag_unknown", "VERVALLEN", 1, 1, [(DBC, 2, {})]) in found
    assert [word for word in (*PERSONAL, "00012345") if word in repr(found)] == []


def test_documentation():
    check_documentation(HIX)
