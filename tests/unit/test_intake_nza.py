"""The NZa reference tables as small made-up files: what is read, and what is refused with all reasons at once."""

import csv
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from puntlanding.intake.nza import read_codes, read_folder, summary
from puntlanding.intake.nza_layout import LAYOUTS
from puntlanding.language import Language
from puntlanding.language.sentences import sentence
from puntlanding.problems import InputError
from puntlanding.records.codes import DatedCodes
from puntlanding.records.reference import activity_sets, embedded_codes, profile_classes

pytestmark = pytest.mark.unit

FIXTURES = Path(__file__).parents[1] / "fixtures" / "nza"
REAL = Path(__file__).parents[3] / "shared" / "nza-2017"
needs_real = pytest.mark.skipif(
    not REAL.is_dir(), reason="the NZa tables are not part of the project; put them beside it in shared/nza-2017"
)

ENVELOPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<soapenv:Envelope xmlns:soapenv='
    '"http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><InlezenReferenties><Referenties>\n{tables}'
    "</Referenties></InlezenReferenties></soapenv:Body></soapenv:Envelope>\n"
)
ELEMENTS = {
    "zorgproducten": "Product", "zorgactiviteiten": "ZorgActiviteit", "diagnosen": "Diagnose",
    "specialismen": "Specialisme", "zorgtypen": "ZorgType", "afsluitredenen": "AfsluitReden",
    "vertaal_zorgactiviteiten": "VertaalZorgActiviteit", "zorgvragen": "ZorgVraag",
    "zorgproductgroepen": "ZorgProductGroep",
}  # fmt: skip


def as_xml(folder, doctype=""):
    """The CSV tables of a folder in the form of the NZa's XML, with clusters that are not used."""
    tables = ""
    for stem, element in ELEMENTS.items():
        path = folder / f"{stem}.csv"
        rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        cells = ["".join(f"<{k}>{v}</{k}>" for k, v in row.items() if v) for row in rows]
        cluster = f'<{element}Cluster><{element}ClusterItem Key="1">9</{element}ClusterItem></{element}Cluster>'
        tables += (
            f"<{element}s>" + "".join(f"<{element}>{cluster}{one}</{element}>\n" for one in cells) + f"</{element}s>"
        )
    return ENVELOPE.format(doctype=doctype, tables=tables)


def copied(tmp_path, **changed):
    folder = tmp_path / "nza"
    shutil.copytree(FIXTURES, folder)
    for stem, text in changed.items():
        (folder / f"{stem}.csv").write_text(text, encoding="utf-8")
    return folder


def problems(folder):
    with pytest.raises(InputError) as raised:
        read_codes(folder)
    return raised.value.problems


def frames(tables):
    found = {name.name: getattr(tables, name.name) for name in LAYOUTS}
    return {name: one.frame if isinstance(one, DatedCodes) else one for name, one in found.items()}


def test_products_keep_their_periods_and_only_those():
    products = read_codes(FIXTURES).products
    assert products.frame.select("zorgproduct", "omschrijving", "van", "tot").rows() == [
        ("099150100", "Voorloopnul | Verzonnen", date(2014, 1, 1), None),
        ("991501001", "Uitval | Verzonnen", date(2012, 1, 1), None),
        # two rows that follow each other and say the same are one; the new name is another
        ("991501002", "Klin kort | Verzonnen, dus niet echt", date(2012, 1, 1), date(2015, 12, 31)),
        ("991501002", "Klin kort | Anders genoemd", date(2016, 1, 1), None),
    ]


def test_a_gap_is_not_bridged_and_both_ends_count():
    visits = read_codes(FIXTURES).activities
    days = ["2013-12-31", "2014-01-01", "2017-04-30", "2017-05-01", "2018-01-01", None]
    asked = pl.DataFrame({"c": ["990060"] * 6, "d": days}).with_columns(pl.col("d").str.to_date())
    assert visits.known(asked, ["c"], "d").to_list() == [False, True, True, False, True, True]
    assert visits.value(asked, ["c"], "d", "klasse").to_list() == [None, "1", "1", None, "1", None]


def test_codes_get_their_leading_zeros_and_a_diagnosis_is_one_within_its_specialism():
    tables = read_codes(FIXTURES)
    assert tables.diagnoses.frame.select("specialisme", "diagnose").rows() == [("0301", "0901"), ("0307", "00V9")]
    asked = pl.DataFrame({"s": ["0301", "0307"], "d": ["0901", "0901"], "o": [date(2020, 1, 1)] * 2})
    assert tables.diagnoses.known(asked, ["s", "d"], "o").to_list() == [True, False]
    assert tables.care_questions.frame["zorgvraag"].to_list() == ["007"]
    assert tables.replaced_activities.select("za_code_oud", "za_code").rows() == [("098001", "099001")]


def test_longest_duration_of_a_care_type_on_the_day_of_opening():
    asked = pl.DataFrame({"s": ["0301"] * 2, "z": ["11"] * 2, "o": [date(2014, 12, 31), date(2015, 1, 1)]})
    assert read_codes(FIXTURES).care_types.value(asked, ["s", "z"], "o", "max_looptijd").to_list() == [365, 120]


def test_xml_and_csv_of_the_same_tables_are_equal(tmp_path):
    (tmp_path / "Referenties.xml").write_text(as_xml(FIXTURES), encoding="utf-8")
    from_xml, from_csv = read_codes(tmp_path), read_codes(FIXTURES)
    for (name, one), other in zip(frames(from_xml).items(), frames(from_csv).values(), strict=True):
        assert one.equals(other), name
    assert list(from_xml.hashes) == ["Referenties.xml"]
    assert len(from_csv.hashes) == 9


def test_xml_tables_under_their_own_names_as_csv(tmp_path):
    for stem, element in ELEMENTS.items():
        shutil.copy(FIXTURES / f"{stem}.csv", tmp_path / f"{element.upper()}.csv")
    assert read_codes(tmp_path).activities.frame.equals(read_codes(FIXTURES).activities.frame)


def test_summary_says_what_is_there_and_what_is_not_used(tmp_path):
    folder = copied(tmp_path)
    (folder / "zorgvragen.csv").unlink()
    (folder / "leesmij.md").write_text("x", encoding="utf-8")
    said = summary(read_folder(folder), date(2017, 5, 1))
    first = said.found[0]
    assert (first.table.name, first.file, first.rows, first.valid) == ("products", "zorgproducten.csv", 6, 3)
    assert (first.first, first.last) == (date(2012, 1, 1), date(2016, 1, 1))
    assert [one.name for one in said.absent] == ["care_questions"]
    assert said.unused == ("leesmij.md",)
    assert [(one.check, one.count, one.of) for one in said.findings] == [("codes_other_product", 1, 6)]


HEAD = "AfsluitRedenCode,AfsluitRedenOmschrijving,BeginDatum,EindDatum\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "04,a,2017-02-30,\n05,b,2017-01-01,31 juni\n", [("codes_date", 2), ("codes_date", 3)]),
        (HEAD + "04,a,2017-01-01,2016-12-31\n", [("codes_end_before_begin", 2)]),
        (HEAD + "04,a,2017-01-01,\n04,b,2018-01-01,\n", [("codes_overlap", 3)]),
        (HEAD + "04,b,2018-01-01,\n04,a,2017-01-01,2018-01-01\n", [("codes_overlap", 2)]),
        (HEAD + ",a,2017-01-01,\n", [("codes_empty", 2)]),
        (HEAD, [("no_rows", None)]),
        ("", [("empty_file", None)]),
        ("AfsluitRedenCode,EindDatum\n04,2017-01-01\n", [("source_column_missing", 1)]),
    ],
)
def test_bad_tables_are_refused_with_their_rows(tmp_path, text, expected):
    found = problems(copied(tmp_path, afsluitredenen=text))
    assert [(one.code, one.row) for one in found] == expected
    for one in found:
        assert all("{" not in sentence(one, language) for language in Language)


def test_overlapping_periods_that_say_the_same_are_one(tmp_path):
    text = HEAD + "04,a,2017-01-01,2019-12-31\n04,a,2018-01-01,2018-12-31\n04,a,2019-06-01,\n"
    rows = read_codes(copied(tmp_path, afsluitredenen=text)).closing_reasons.frame.select("van", "tot").rows()
    assert rows == [(date(2017, 1, 1), None)]


def test_everything_wrong_in_two_tables_is_said_at_once(tmp_path):
    folder = copied(tmp_path, afsluitredenen=HEAD + "04,a,2017-13-01,\n", zorgtypen="x;y\n1;2\n")
    assert {one.file for one in problems(folder)} == {"zorgtypen.csv"}  # form first
    folder = copied(tmp_path / "2", afsluitredenen=HEAD + "04,a,nooit,\n")
    shutil.copy(FIXTURES / "specialismen.csv", folder / "specialisme.csv")
    assert {one.code for one in problems(folder)} == {"codes_twice"}


def test_wrong_encoding_and_no_tables(tmp_path):
    folder = copied(tmp_path)
    (folder / "diagnosen.csv").write_bytes(
        (FIXTURES / "diagnosen.csv").read_bytes().replace(b"oog", "oög".encode("cp1252"))
    )
    assert [(one.code, one.file) for one in problems(folder)] == [("text_encoding", "diagnosen.csv")]
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert [one.code for one in problems(empty)] == ["codes_none_found"]
    assert [one.code for one in problems(tmp_path / "nergens")] == ["source_not_found"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/hostname">'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE])
def test_a_document_type_is_refused_before_anything_is_expanded(tmp_path, doctype):
    (tmp_path / "Referenties.xml").write_text(as_xml(FIXTURES, doctype), encoding="utf-8")
    assert [(one.code, one.row) for one in problems(tmp_path)] == [("codes_xml_doctype", 2)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text[: len(text) // 2], "codes_xml_damaged"),
        (
            lambda text: text.replace("<BeginDatum>", "<Begin>").replace("</BeginDatum>", "</Begin>"),
            "codes_column_missing",
        ),
        (lambda text: text.replace("Verzonnen oogklacht", "x" * 30_000), "cell_too_long"),
        (lambda text: "<a>" * 200 + "</a>" * 200, "codes_xml_damaged"),
        (lambda text: text.replace("2012-01-01", "2012-02-30", 1), "codes_date"),
        (lambda text: text.replace("InlezenReferenties", "InlezenBoomBestanden"), "codes_none_found"),
    ],
)
def test_damaged_xml(tmp_path, change, code):
    (tmp_path / "Referenties.xml").write_text(change(as_xml(FIXTURES)), encoding="utf-8")
    assert code in {one.code for one in problems(tmp_path)}


@needs_real
def test_the_real_tables_of_2017():
    read = read_folder(REAL)
    day = date(2017, 1, 1)
    valid = {one.table.name: one.valid for one in summary(read, day).found}
    # 4,032 activities are valid without an end; two more end on 30 April 2017
    assert valid == {
        "products": 5356, "activities": 4034, "diagnoses": 2650, "specialisms": 562, "care_types": 156,
        "closing_reasons": 48, "replaced_activities": 0, "care_questions": 120, "product_groups": 141,
    }  # fmt: skip
    tables = read.tables
    assert tables.activities.on(day).filter(pl.col("tot").is_null()).height == 4032
    per = tables.diagnoses.on(day).group_by("specialisme").len().sort("len", "specialisme", descending=[True, False])
    assert per.head(6).rows() == [
        ("0313", 301), ("0305", 283), ("0303", 265), ("0316", 259), ("0304", 214), ("0328", 144),
    ]  # fmt: skip
    insured = tables.products.on(day)["declaratiecode"].drop_nulls().str.head(2).value_counts()
    assert dict(insured.rows()) == {"15": 3311, "14": 1005}
    classes = dict(tables.activities.on(day)["klasse"].value_counts().rows())
    assert (classes["5"], classes["8"], classes["19"]) == (1659, 389, 5)
    assert tables.findings[0].count == 764


@needs_real
def test_the_embedded_codes_are_those_of_the_real_tables():
    real, own, day = read_codes(REAL), embedded_codes(), date(2017, 1, 1)
    columns = ["specialisme", "zorgtype", "max_looptijd"]
    assert own.care_types.on(day).select(columns).equals(real.care_types.on(day).select(columns).sort(columns))
    for table, key in (("specialisms", "specialisme"), ("closing_reasons", "afsluitreden")):
        mine = getattr(own, table).on(day).with_columns(dag=pl.lit(day))
        assert getattr(real, table).known(mine, [key], "dag").all()
    sets = activity_sets().filter(pl.col("tot").is_null()).with_columns(dag=pl.lit(day))
    assert real.activities.known(sets, ["za_code"], "dag").all()
    assert real.activities.value(sets, ["za_code"], "dag", "klasse").to_list() == sets["klasse"].to_list()


def test_embedded_facts():
    own = embedded_codes()
    assert own.partial == {"specialisms", "closing_reasons"}
    reasons = own.closing_reasons.frame
    assert reasons.filter("uitzondering")["afsluitreden"].to_list()[:3] == ["22", "24", "26"]
    assert own.care_types.on(date(2014, 12, 31))["max_looptijd"].unique().to_list() == [365]
    sets = activity_sets()
    first = sets.filter((pl.col("set") == "poli_eerste") & pl.col("tot").is_null())
    assert first["za_code"].to_list() == ["190007", "190060"]
    assert set(sets["status"]) == {"D"}
    assert set(activity_sets(sure=False)["status"]) == {"D", "I", "M"}
    assert profile_classes()["1"] == "Polikliniekbezoek / consult"


def test_a_large_xml_is_read_in_constant_steps_and_its_progress_is_told(tmp_path):
    row = "<Diagnose><SpecialismeCode>0301</SpecialismeCode><DiagnoseCode>{}</DiagnoseCode><BeginDatum>2012-01-01</BeginDatum></Diagnose>"
    tables = "<Diagnosen>" + "".join(row.format(number) for number in range(2500)) + "</Diagnosen>"
    (tmp_path / "Referenties.xml").write_text(ENVELOPE.format(doctype="", tables=tables), encoding="utf-8")
    told = []
    assert read_codes(tmp_path, told.append).diagnoses.frame.height == 2500
    assert told == [1000, 1000, 500]


def test_a_products_table_without_products_is_refused(tmp_path):
    folder = copied(tmp_path, zorgproducten="ProductCode,BeginDatum,EindDatum\n990001,2012-01-01,\n")
    assert [(one.code, one.file) for one in problems(folder)] == [("codes_no_product", "zorgproducten.csv")]
