"""Parquet files and workbooks: types become the text that a CSV of the same table would hold."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from puntlanding.intake.delimited import read_text_table
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit


def codes(path: Path, *needed: str, sheet: str | None = None) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_text_table(path, needed or ("a",), sheet=sheet)
    return [one.code for one in raised.value.problems]


def test_parquet_types_become_text(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame(
        {
            "Code": [305, 313, None],
            "gaten": [12.0, None, float("nan")],
            "Deel": [1.5, 1e20, -0.0],
            "dag": [date(2026, 1, 2), None, date(9999, 12, 31)],
            "moment": [datetime(2026, 1, 2), None, datetime(2026, 1, 3)],
            "tijd": [datetime(2026, 1, 2, 13, 5), None, datetime(2026, 1, 3)],
            "geld": [Decimal("12.00"), Decimal("12.50"), None],
            "soort": pl.Series(["x", "", None], dtype=pl.Categorical),
            "tekst": ["a", "", None],
            "ja": [True, False, None],
        }
    ).write_parquet(path)
    wanted = ("code", "gaten", "deel", "dag", "moment", "tijd", "geld", "tekst", "ja")
    assert read_text_table(path, wanted, ("niet",)).rows() == [
        (2, "305", "12", "1.5", "2026-01-02", "2026-01-02", "2026-01-02T13:05:00", "12", "a", "true"),
        (3, "313", None, "1e+20", None, None, None, "12.50", None, "false"),
        (4, None, None, "0", "9999-12-31", "2026-01-03", "2026-01-03T00:00:00", None, None, None),
    ]


def test_parquet_that_is_damaged_or_has_lists_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    pl.DataFrame({"a": [[1], [2]], "b": [b"x", b"y"]}).write_parquet(path)
    assert codes(path, "a", "b") == ["column_type", "column_type"]
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert codes(path) == ["not_parquet"]
    path.write_bytes(whole[:4] + b"\xff" * (len(whole) - 12) + whole[-8:])
    assert codes(path) == ["not_parquet"]
    path.write_bytes(b"")
    assert codes(path) == ["empty_file"]


def test_a_sheet_is_text_with_the_rows_that_a_user_sees(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("Export"), book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, ["ID", " Datum ", "aantal", "rest"])
        sheet.write_row(1, 0, ["0012", None, 3, "x"])
        sheet.write_datetime(1, 1, datetime(2026, 1, 2), day)
        sheet.write_row(4, 0, [12.0, "2026-01-03", 1.5])
    found = read_text_table(path, ("id", "datum", "aantal"))
    assert found.rows() == [(2, "0012", "2026-01-02", "3"), (5, "12", "2026-01-03", "1.5")]


def test_a_formula_without_outcome_is_not_an_empty_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.active.append(["=1+1", "=2+2"])
    book.save(path)
    with pytest.raises(InputError) as raised:
        read_text_table(path, ("a",))
    assert [(one.code, one.row, one.column) for one in raised.value.problems] == [("formula_without_value", 2, "a")]


def test_one_of_several_sheets_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("een", "Twee"):
            book.add_worksheet(name).write_row(0, 0, ["a", name])
    assert codes(path) == ["sheet_not_named"]
    assert codes(path, sheet="drie") == ["sheet_not_found"]
    assert codes(path, "b", sheet="een") == ["source_column_missing"]
    assert read_text_table(path, ("a", "twee"), sheet=" TWEE ").height == 0


def test_a_workbook_that_is_none_or_unpacks_too_large_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"a;b\n1;2\n")
    assert codes(path) == ["not_workbook"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(50_000_000))
    assert codes(path) == ["workbook_unpacks_too_large"]
