"""What each writer puts where, on a hospital of two patients; and that nothing changes from one run to the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from small_truth import small_truth

from puntlanding.demo.exports import EXPORTS, dwh, hix, neutraal, neutraal_eigen, nza, opendis, zh308

pytestmark = pytest.mark.unit


def lines(path, encoding="utf-8"):
    return path.read_text(encoding=encoding).splitlines()


def rows(path, *columns, separator):
    """The wanted columns of a file without quotes in it."""
    header, *body = (line.split(separator) for line in lines(path))
    places = [header.index(name) for name in columns]
    return [tuple(row[place] for place in places) for row in body]


def test_neutral_tables_have_our_names_iso_dates_and_the_birth_date_with_the_patient(tmp_path):
    neutraal.write(small_truth(), tmp_path)
    assert lines(tmp_path / "subtrajecten.csv") == [
        "subtraject_id;zorgtraject_id;patient;specialisme;diagnose;zorgtype;openingsdatum;sluitdatum;afsluitreden;"
        "zorgproduct;declaratiecode;geregistreerd_op;product_bekend_op",
        "T1;Z1;P1;0301;0554;11;2025-01-06;2025-03-03;06;070401008;15A385;2025-01-07;2025-03-10",
        "T2;Z1;P1;0301;0554;21;2025-03-04;;;;;2025-03-04;",
        "T3;Z2;P2;0322;1241;11;2025-02-01;2025-05-02;08;100501999;;2025-02-03;2025-05-09",
        "T4;Z3;P2;0307;0G25;11;2025-02-10;2025-05-11;08;149399028;15C853;2025-02-10;2025-05-20",
    ]
    assert lines(tmp_path / "zorgactiviteiten.csv")[:3] == [
        "subtraject_id;za_code;datum;aantal;specialisme_uitvoerder;specialisme_aanvrager;geregistreerd_op",
        "T1;190060;2025-01-06;1;0301;;2025-01-06",
        "T1;031241;2025-01-20;1;0301;0301;2025-01-22",
    ]
    assert lines(tmp_path / "patienten.csv") == [
        "patient;geboortedatum;geslacht;verzekeraar",
        "P1;1950-03-14;V;3311",
        "P2;2001-12-31;M;7119",
    ]


def test_a_table_of_the_hospitals_own_comes_with_the_mapping_that_fits(tmp_path):
    neutraal_eigen.write(small_truth(), tmp_path)
    assert lines(tmp_path / "DBC.csv")[:3] == [
        "DBC nummer;Zorgtraject;Pat.nr.;Spec (AGB);Diagn;Type;Begindatum;Einddatum;Reden sluiten;Product;Declaratie;UZOVI;"
        "Ingevoerd;Afgeleid op",
        "T1;Z1;P1;0301;0554;11;06-01-2025;03-03-2025;06;070401008;15A385;3311;07-01-2025;10-03-2025",
        "T2;Z1;P1;0301;0554;21;04-03-2025;NULL;NULL;NULL;NULL;3311;04-03-2025;NULL",
    ]
    assert lines(tmp_path / "Personen.csv") == ["Pat.nr.;Geb.datum;M/V", "P1;14-03-1950;2", "P2;31-12-2001;1"]
    assert lines(tmp_path / "koppeling.toml")[-13:] == [
        "[patienten]", 'bestand = "Personen.csv"', 'datumvorm = "dd-mm-jjjj"', 'leeg = ["NULL"]', "",
        "[patienten.kolommen]", 'patient = "Pat.nr."', 'geboortedatum = "Geb.datum"', 'geslacht = "M/V"', "",
        "[patienten.waarden.geslacht]", '"1" = "M"', '"2" = "V"', '"9" = "O"',
    ][1:]  # fmt: skip


def test_an_export_of_a_day_holds_what_was_known_by_then(tmp_path):
    neutraal.write(small_truth(), tmp_path, as_of=date(2025, 3, 9))
    # T1 is closed, but its product only known the next day, so it still looks open; T3 and T4 are open indeed
    assert rows(tmp_path / "subtrajecten.csv", "subtraject_id", "sluitdatum", "zorgproduct", separator=";") == [
        ("T1", "", ""), ("T2", "", ""), ("T3", "", ""), ("T4", "", ""),
    ]  # fmt: skip


def test_the_data_warehouse_has_no_products_and_writes_diagnoses_without_zeros(tmp_path):
    dwh.write(small_truth(), tmp_path)
    assert lines(tmp_path / "Subtraject.csv") == [
        "PatientNr;SubtrajectNr;AGB_Code;DiagnoseCode;OpeningsDatumDBC;SluitingsDatumDBC;ZorgType",
        "P1;T1;0301;554;2025-01-06;2025-03-03;11",
        "P1;T2;0301;554;2025-03-04;;21",
        "P2;T3;0322;1241;2025-02-01;2025-05-02;11",
        "P2;T4;0307;G25;2025-02-10;2025-05-11;11",
    ]
    assert lines(tmp_path / "Verrichting.csv")[2] == "P1;T1;;OKT1;031241;zorgactiviteit;2025-01-20;0301;0301;1;5"
    assert lines(tmp_path / "Operatie.csv")[1:] == [
        "OKT1;T1;2025-01-20;2025-01-20 08:30:00;2025-01-20 08:50:00;2025-01-20 10:10:00;2025-01-20 09:50:00;0301;0301;2"
    ]
    assert lines(tmp_path / "Opname.csv")[1:] == ["P2;O1;T3;2025-02-01 08:00:00;2025-02-04 16:00:00;0322;3;0;A1"]
    assert lines(tmp_path / "SEH.csv")[1:] == ["150;O1"]
    assert lines(tmp_path / "Patient.csv")[1:] == ["P1;V;1950-03-14;", "P2;M;2001-12-31;"]


def test_hix_has_local_codes_null_for_empty_and_counts_what_is_no_record(tmp_path):
    written = hix.write(small_truth(), tmp_path)
    assert written.left_out == {
        "hix_cancelled": 1,
        "hix_local_type": 1,
        "hix_of_left_out": 1,
        "hix_correction": 1,
        "hix_local_code": 1,
        "hix_claim_line": 2,
    }
    trajectories = lines(tmp_path / "EPISODE_DBCPER.csv")
    assert trajectories[2] == (
        "T2,Z1,OOG2,OOG,NULL,NULL,21,NULL,554,NULL,NULL,NULL,HOOFD,NULL,NULL,2025-03-04 00:00:00.000,NULL,NULL,3311,NULL,0"
    )
    wanted = ("DBCNUMMER", "ZORGTYPE", "STATUS", "VERVALLEN")
    found = rows(tmp_path / "EPISODE_DBCPER.csv", *wanted, separator=",")
    assert found[:4] == [
        ("T1", "11", "D", "0"),
        ("T2", "21", "NULL", "0"),
        ("T3", "11", "N", "0"),
        ("T4", "11", "D", "0"),
    ]
    assert [(number[0], kind == "W", gone) for number, kind, _, gone in found[4:]] == [
        ("V", False, "1"),
        ("W", True, "0"),
    ]
    coded = rows(tmp_path / "FAKTUUR_VERRSEC.csv", "ID", "AANTAL", "CORRECTIE", separator=",")
    assert [row for row in coded if row[2] != "0000"] == [("CA6", "-1", "0001")]
    assert len(coded) == 7 + 1 + 1 + 1 + 2
    assert [row[0] for row in coded if row[0].startswith("D")] == ["DT1", "DT4"]
    assert rows(tmp_path / "CSZISLIB_SPEC.csv", "SPECCODE", "COTGCODE", separator=",") == [
        ("OOG", "0301"), ("GYN", "0307"), ("LON", "0322"), ("KCL", "0386"),
    ]  # fmt: skip
    assert rows(tmp_path / "FAKTUUR_VERRICHT.csv", "ID", "UITVOERDER", "AANVRAGER", separator=",")[6] == (
        "A7", "KCL1", "GYN1",
    )  # fmt: skip


def cut(line, *places):
    """Positions count from 1 and include both ends, as in the specification (data-facts §5.3)."""
    return tuple(line[start - 1 : end] for start, end in places)


def test_zh308_stands_where_the_specification_says(tmp_path):
    written = zh308.write(small_truth(), tmp_path)
    assert [path.name for path in written.files] == ["zh308-3311.txt", "zh308-7119.txt"]
    file = lines(tmp_path / "zh308-7119.txt", "ascii")
    assert {len(line) for line in file} == {610}
    assert [line[:2] for line in file] == ["01", "02", "04", "06", "16", "16", "99"]
    header, insured, claim, tariff, _, activity, totals = file
    assert cut(header, (3, 5), (6, 7), (27, 30), (55, 62)) == ("101", "09", "7119", "06990001")
    assert cut(insured, (3, 14), (15, 23), (54, 61), (62, 62), (64, 71), (142, 147)) == (
        "000000000001", "999990020", "20011231", "1", "de Vries", "9999ZZ",
    )  # fmt: skip
    assert cut(claim, (70, 75), (76, 83), (84, 91), (94, 102), (134, 135)) == (
        "15C853", "20250210", "20250511", "149399028", "08",
    )  # fmt: skip
    assert cut(claim, (103, 117), (118, 125), (136, 150)) == ("Z3".ljust(15), "20250210", "T4".ljust(15))
    assert cut(claim, (196, 199), (200, 205), (207, 209), (213, 219), (238, 241), (242, 249), (555, 555)) == (
        "0001", "11    ", "101", "0G25   ", "0307", "06990001", "D",
    )  # fmt: skip
    # 149399028 mod 9973 = 3488 (9973 x 14980 = 149395540), x 25 + 7500 = 94700 cents
    assert cut(tariff, (49, 54), (65, 66), (79, 86), (87, 91), (107, 114)) == (
        "15C853", "01", "00094700", "10000", "00094700",
    )  # fmt: skip
    assert cut(activity, (62, 76), (77, 86), (87, 94), (95, 102), (103, 106), (125, 128), (129, 129)) == (
        "A7".ljust(15), "070116    ", "20250210", "20250210", "0002", "0386", "D",
    )  # fmt: skip
    # one insured, no debtor, one claim, one tariff, two activities, no comment; five in all; 947.00 euros debit
    assert cut(totals, (3, 57)) == ("000001000000000001000001000002000000000000500000094700D",)


def test_a_corrected_claim_is_debit_credit_debit_and_counts_once_in_the_total(tmp_path):
    written = zh308.write(small_truth(), tmp_path)
    assert written.left_out == {"zh308_taken_back": 1}
    file = lines(tmp_path / "zh308-3311.txt", "ascii")
    claims = [cut(line, (92, 93), (136, 137), (213, 216), (555, 555)) for line in file if line[:2] == "04"]
    assert claims == [("01", "T1", "0999", "D"), ("02", "T1", "0999", "C"), ("03", "T1", "0554", "D")]
    assert [line[128] for line in file if line[:2] == "16"] == ["D", "D", "C", "C", "D", "D"]
    # 070401008 mod 9973 = 1601 (9973 x 7059 = 70399407), x 25 + 7500 = 47525 cents: 47525 - 47525 + 47525
    assert file[-1][45:57] == "00000047525D"


def test_a_value_too_long_for_its_place_is_not_cut_off(tmp_path):
    truth = small_truth()
    truth.trajectories[0, "subtraject_id"] = "T" * 16
    truth.activities[0, "subtraject_id"] = "T" * 16
    with pytest.raises(ValueError, match="longer than its cell"):
        zh308.write(truth, tmp_path)


def test_open_dis_counts_closed_trajectories_and_their_activities(tmp_path):
    opendis.write([small_truth(), small_truth()], tmp_path)
    volumes = lines(tmp_path / "01_DBC.csv", "utf-8-sig")
    assert volumes[1:] == [
        '"1.0","","",2025,"0301","0554","070401008",2,2,2,2,2,2,',
        '"1.0","","",2025,"0307","0G25","149399028",2,2,2,2,2,2,',
        '"1.0","","",2025,"0322","1241","100501999",2,2,2,2,2,2,',
    ]
    profile = lines(tmp_path / "02_DBC_PROFIEL.csv", "utf-8-sig")
    assert profile[-1] == '"1.0","","",2025,"0322","1241","100501999","190218","3",2,2,2,6'
    assert len(profile) == 1 + 6


def test_nza_tables_hold_the_codes_that_are_used(tmp_path):
    truth = small_truth()
    uninsured = truth.trajectories.with_columns(declaratiecode=pl.col("declaratiecode").replace("15A385", "17A385"))
    nza.write([truth, replace(truth, trajectories=uninsured)], tmp_path)
    claims = ("DeclaratieCodeVerzekerdeZorg", "DeclaratieCodeOnVerzekerdeZorg")
    assert rows(tmp_path / "zorgproducten.csv", "ProductCode", *claims, separator=",") == [
        ("070401008", "15A385", "17A385"), ("100501999", "", ""), ("149399028", "15C853", ""),
    ]  # fmt: skip
    assert rows(tmp_path / "diagnosen.csv", "SpecialismeCode", "DiagnoseCode", separator=",") == [
        ("0301", "554"), ("0307", "G25"), ("0322", "1241"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_hospital_gives_the_same_bytes(name, tmp_path):
    first = EXPORTS[name](small_truth(), tmp_path / "1").files
    second = EXPORTS[name](small_truth(), tmp_path / "2").files
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert first
