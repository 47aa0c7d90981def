"""A case written back as it was read: volumes, a workbook, what a store gave, and the year after."""

from __future__ import annotations

import subprocess
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from command import ROOT

from linked_store import AGREEMENT, HOME, YEAR, case, load
from puntlanding.case import load_case
from puntlanding.case.decimal_text import csv_file, decimal_text
from puntlanding.case.linked import Link, load_linked
from puntlanding.case.linked_lists import CaseLists
from puntlanding.case.next_year import next_year
from puntlanding.case.small_tables import build_norm_times
from puntlanding.case.standing import as_files, standing
from puntlanding.case.volume_edits import edited_case, edited_files
from puntlanding.case.written import typed_files
from puntlanding.case.written_workbook import mark_of, merged, workbook_of
from puntlanding.problems import InputError
from puntlanding.stage import Stage
from puntlanding.year import Year
from spreadsheet import PROGRAM, needs_program

pytestmark = pytest.mark.integration

EXAMPLES = ROOT / "examples"
CASES = sorted(
    one.parent for one in EXAMPLES.rglob("afspraak.toml") if load_case(one.parent).case is not None
)  # each published example, and those of the components


def put(folder: Path, files) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def results(folder: Path):
    year = Year(load_case(folder).checked())
    rows = {
        one.name: (one.norm_fte and one.norm_fte.value, one.scored and one.scored.value) for one in year.budget.rows
    }
    paid = None if year.missing(Stage.SETTLE) else {one.line.group: one.line.paid.value for one in year.settlement.rows}
    return rows, paid


def times(folder: Path):
    return build_norm_times(standing(folder)["normtijden"].typed, [])


@pytest.mark.parametrize("folder", CASES, ids=lambda one: one.name)
def test_a_workbook_that_nobody_changed_changes_nothing(folder):
    book = workbook_of(folder)
    assert book == workbook_of(folder)
    found = merged(folder, "begroting.xlsx", book)
    assert found.changed == ()
    assert found.files == as_files(folder)


@needs_program
def test_nor_does_one_that_a_spreadsheet_program_saved_again(demo, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "begroting.xlsx").write_bytes(workbook_of(demo, mark="a" * 64))
    profile = (tmp_path / "profile").as_uri()
    command = [PROGRAM, "--headless", f"-env:UserInstallation={profile}", "--convert-to", "xlsx", "--outdir", tmp_path]
    subprocess.run([*command, tmp_path / "in" / "begroting.xlsx"], check=True, capture_output=True, timeout=240)
    saved = (tmp_path / "begroting.xlsx").read_bytes()
    found = merged(demo, "begroting.xlsx", saved)
    assert found.changed == ()
    assert found.files == as_files(demo)
    assert mark_of(saved) == "a" * 64


def changed_book(demo, tmp_path, change):
    path = tmp_path / "begroting.xlsx"
    path.write_bytes(workbook_of(demo))
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path.read_bytes()


def test_a_cell_that_is_changed_is_one_table_that_differs(demo, tmp_path):
    def change(book):
        book["begroting"]["D2"].value = 1500

    found = merged(demo, "begroting.xlsx", changed_book(demo, tmp_path, change))
    assert found.changed == ("begroting",)
    same = {name: data for name, data in as_files(demo).items() if name != "begroting.csv"}
    assert {name: data for name, data in found.files.items() if name != "begroting.csv"} == same
    key = ("Oogheelkunde", "Verzekeraar Noord", "070401016")
    own = load_case(demo).checked()
    by_hand = put(tmp_path / "hand", edited_files(demo, own, {key: Fraction(1500)}))
    assert results(put(tmp_path / "book", found.files)) == results(by_hand)
    assert results(by_hand)[0] != results(demo)[0]


def test_everything_that_is_wrong_in_a_workbook_is_told_with_its_place(demo, tmp_path):
    def change(book):
        book["begroting"]["D2"].value = "veel"
        book["begroting"]["A5"].value = "Oogheelkundig"
        book["begroting"].delete_rows(9, 1)
        book["begroting"].insert_rows(9)
        book["begroting"]["D10"].value = -3

    with pytest.raises(InputError) as told:
        merged(demo, "begroting.xlsx", changed_book(demo, tmp_path, change))
    places = {(one.file, one.row, one.column, one.value) for one in told.value.problems}
    assert ("begroting.xlsx[begroting]", 2, "aantal", "veel") in places
    assert ("begroting.xlsx[begroting]", 5, "vakgroep", "Oogheelkundig") in places
    assert ("begroting.xlsx[begroting]", 10, "aantal", "-3") in places  # an empty row keeps its place


def test_the_agreement_is_not_changed_along_the_way(demo, tmp_path):
    def change(book):
        for row in book["afspraak"].iter_rows():
            if row[1].value == "bandbreedte":
                row[2].value = 0.04

    book = changed_book(demo, tmp_path, change)
    with pytest.raises(InputError) as told:
        merged(demo, "begroting.xlsx", book)
    assert [one.code for one in told.value.problems] == ["workbook_agreement"]
    found = merged(demo, "begroting.xlsx", book, agreement=True)
    assert b"0.04" in found.files["afspraak.toml"]


def test_a_workbook_with_nothing_of_the_case(demo, tmp_path):
    book = openpyxl.Workbook()
    book.save(tmp_path / "leeg.xlsx")
    with pytest.raises(InputError) as told:
        merged(demo, "leeg.xlsx", (tmp_path / "leeg.xlsx").read_bytes())
    assert {one.code for one in told.value.problems} <= {"workbook_without_tables", "sheet_missing"}


def test_a_case_that_is_a_workbook_becomes_files_that_say_the_same(demo, tmp_path):
    folder = put(tmp_path / "book", {"case.xlsx": workbook_of(demo)})
    whole = put(tmp_path / "files", as_files(folder))
    assert results(whole) == results(demo)
    one, other = (load_case(each).provenance.content.hash for each in (whole, demo))
    assert one == other


def test_volumes_in_memory_are_those_in_the_file(demo, tmp_path):
    own = load_case(demo).checked()
    edits = {
        ("Oogheelkunde", "Verzekeraar Noord", "070401016"): Fraction("1500.25"),
        ("Oogheelkunde", "Verzekeraar Zuid", "070401008"): None,
        ("KNO", "Verzekeraar West", next(line for line in codes(own, "KNO"))): Fraction(0),
    }
    told = Year(edited_case(own, edits, times(demo)))
    read = Year(load_case(put(tmp_path / "new", edited_files(demo, own, edits))).checked())
    assert [one.scored.value for one in told.budget.rows] == [one.scored.value for one in read.budget.rows]
    assert told.budget.total.hours.value != Year(own).budget.total.hours.value


def codes(own, group):
    from puntlanding.norms.product_lines import product_lines

    return [line.code for line in product_lines(own.budget, 2026, group)]


def test_no_edits_change_no_byte(demo):
    assert edited_files(demo, load_case(demo).checked(), {}) == as_files(demo)


def test_a_code_without_a_norm_time_is_told_with_what_it_may_be(demo):
    own = load_case(demo).checked()
    with pytest.raises(InputError) as told:
        edited_case(own, {("Cardiologie", "Verzekeraar Noord", "99499004"): Fraction(1)}, times(demo))
    (problem,) = told.value.problems
    assert (problem.code, problem.details["close"]) == ("edit_code_unknown", "099499004")


def test_what_a_store_gave_becomes_files_that_say_the_same(tmp_path):
    root = load(tmp_path / "opslag")
    folder = case(root)
    linked = load_linked(Link(root, HOME, YEAR, forecast=False))
    found = linked.loaded.checked()
    made = typed_files(found, ("begroting", "realisatie", "benchmark"), CaseLists(folder).norm_times, standing(folder))
    alone = put(tmp_path / "alone", {**as_files(folder), **made})
    one, other = Year(found), Year(load_case(alone).checked())
    assert [row.scored.value for row in one.budget.rows] == [row.scored.value for row in other.budget.rows]
    assert [row.line.paid.value for row in one.settlement.rows] == [
        row.line.paid.value for row in other.settlement.rows
    ]
    assert linked.loaded.provenance.content.hash == load_case(alone).provenance.content.hash
    assert made["benchmark.csv"].decode("utf-8-sig").splitlines()[1:] == ["Heelkunde;2", "Radiologie;1"]


def test_a_store_with_an_added_product_keeps_the_group_s_volume(tmp_path):
    """A third of seven has no decimals: contracts are rounded, the group is not."""
    root = load(tmp_path / "opslag")
    folder = case(
        root,
        agreement=AGREEMENT.replace(
            'naam = "Overige"',
            'naam = "B"\nsoort = "plafond"\nverzekeraars = ["3313"]\n\n[[contract]]\nnaam = "Overige"',
        ),
        productstructuur=f"jaar;specialisme;soort;oud;nieuw;aantal\n{YEAR};0303;zorgproduct;;110401020;7\n",
    )
    linked = load_linked(Link(root, HOME, YEAR, forecast=False)).loaded
    found = linked.checked()
    made = typed_files(found, ("begroting", "realisatie"), CaseLists(folder).norm_times, standing(folder))
    alone = Year(load_case(put(tmp_path / "alone", {**as_files(folder), **made})).checked())
    for row, other in zip(Year(found).budget.rows, alone.budget.rows, strict=True):
        assert row.hours.value == other.hours.value
        for contract, node in row.contracts.items():
            assert abs(node.value - other.contracts[contract].value) < Fraction(1, 10**9)


def test_the_year_after_is_a_case_that_can_be_computed(demo, tmp_path):
    found = next_year(demo, 2026, 2027)
    folder = put(tmp_path / "2027", found.files)
    loaded = load_case(folder).checked()
    assert loaded.agreement.year == 2027
    assert loaded.realisation is None
    assert loaded.forecast is None
    hours = [[one.hours.value for one in Year(each).budget.rows] for each in (loaded, load_case(demo).checked())]
    assert hours[0] == hours[1]
    assert any("normtijden" in nl.lower() for nl, _ in found.told)
    assert all(nl != en for nl, en in found.told)


def test_a_contract_that_looks_back_has_its_year_before(tmp_path):
    folder = EXAMPLES / "handreiking" / "7"
    was = load_case(folder).checked()
    found = next_year(folder, was.agreement.year, was.agreement.year + 1)
    now = load_case(put(tmp_path / "now", found.files)).checked()
    assert now.budget.measures(was.agreement.year).keys() == was.budget.measures(was.agreement.year).keys()


@pytest.mark.parametrize("text", ["0", "1", "-3", "1273", "0.5", "12.345678", "99999999.000001"])
def test_numbers_come_back_as_they_went(text):
    value = Fraction(Decimal(text))
    assert Fraction(decimal_text(value).replace(",", ".")) == value


def test_a_number_without_an_end_is_not_written_unseen():
    with pytest.raises(ValueError, match="1/3"):
        decimal_text(Fraction(1, 3))


def test_rows_stand_where_they_stood():
    text = csv_file(("a", "b"), [(2, {"a": "x;y", "b": 1}), (5, {"a": None, "b": Fraction("1.5")})]).decode("utf-8-sig")
    assert text.splitlines() == ["a;b", '"x;y";1', "", "", ";1,5"]
