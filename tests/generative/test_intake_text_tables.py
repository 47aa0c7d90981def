"""Any table in any dialect reads back the same; any damaged file is read as the csv module reads it, or refused."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from puntlanding.files import rows_form
from puntlanding.intake import delimited
from puntlanding.intake.convert import SPACE
from puntlanding.intake.delimited import read_text_table
from puntlanding.problems import InputError
from puntlanding.records.tables import ROW

pytestmark = pytest.mark.generative

CODE = st.from_regex(r"[A-Z0-9]{1,9}", fullmatch=True)
DAY = st.dates().map(str)
TEXT = st.text(alphabet=st.sampled_from('ab;,\t"é€\n 0'), max_size=6).filter(lambda text: "\r" not in text)
CELL = st.one_of(CODE, DAY, st.just(""), TEXT)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    width = draw(st.integers(2, 6))
    header = [f"kolom{i}" for i in range(width)]
    return header, draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=8))


def write(header: Sequence[str], rows: Sequence[Sequence[str]], separator: str, end: str, quoting: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([header, *rows])
    return text.getvalue()


def read(data: bytes, header: Sequence[str], block: int = 1 << 20) -> pl.DataFrame:
    """With a small ``block`` every quote and line end stands at the edge of one, sooner or later."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.csv"
        path.write_bytes(data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(delimited, "BLOCK", block)
            return read_text_table(path, header)


def expected(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[object, ...]]:
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(row)]
    return [(number, *(cell or None for cell in row)) for number, row in filled]


@settings(max_examples=100, deadline=None)
@given(
    tables(),
    st.sampled_from(";,\t"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.booleans(),
    st.sampled_from([3, 7, 64, 1 << 20]),
)
def test_every_table_reads_back_the_same_in_every_dialect(table, separator, end, quoting, mark, block) -> None:
    header, rows = table
    text = write(header, rows, separator, end, quoting)
    found = read(("\ufeff" * mark + text).encode(), header, block)
    assert found.rows() == expected(header, rows)
    assert found.columns == [ROW, *header]


@settings(max_examples=40, deadline=None)
@given(tables(), st.data())
def test_a_selection_of_columns_is_the_same_as_all_of_them(table, data) -> None:
    header, rows = table
    some = data.draw(st.lists(st.sampled_from(header), min_size=1, unique=True))
    encoded = write(header, rows, ";", "\n", csv.QUOTE_MINIMAL).encode()
    assert read(encoded, some).rows() == read(encoded, header).select(ROW, *some).rows()


def by_csv_module(data: bytes) -> list[list[str]]:
    """The oracle: every row, read strictly."""
    separator = max(";,\t", key=data.split(b"\n")[0].decode("utf-8-sig", "replace").count)
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator, strict=True))


@settings(max_examples=200, deadline=None)
@given(tables(), st.integers(), st.sampled_from([5, 1 << 20]))
@example((["kolom0", "kolom1"], [["a", "b"]]), 0, 5)
def test_a_damaged_file_is_read_as_the_csv_module_reads_it_or_refused(table, seed, block) -> None:
    header, rows = table
    chance = random.Random(seed)
    data = bytearray(write(header, rows, ";", chance.choice(["\n", "\r\n"]), chance.choice([0, 1])).encode())
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at:at] = chance.choice(
                    [b'"', b";", b"\n", b"\r", b"\x00", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"x"]
                )
            case 1:
                del data[at : at + chance.randint(1, 4)]
            case 2:
                del data[at:]
            case 3 if at < len(data):
                data[at] = chance.choice(b'";\n\r\x00a\xe9,')
    wanted = header[:1]
    try:
        found = read(bytes(data), wanted, block)
    except InputError:
        return
    rows_read = by_csv_module(bytes(data))
    title = [cell.strip(SPACE + "\r\n\ufeff").lower() for cell in rows_read[0]].index(wanted[0])
    width = len(rows_read[0])
    assert all(len(row) in (0, width) for row in rows_read)
    kept = [(n, row[title] or None) for n, row in enumerate(rows_read[1:], 2) if any(row)]
    assert found.rows() == kept


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["t.csv", "t.txt", "t.parquet", "t.xlsx"]))
def test_bytes_of_any_kind_are_refused_or_read_and_nothing_else(data, name) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with pytest.raises(InputError) as raised:
            read_text_table(path, ("kolom0", "kolom1"))
        assert raised.value.problems


def test_the_places_of_blocks_do_not_change_what_is_said() -> None:
    """The same message whatever the size of a block, for a file that has every kind of row."""
    lines = ["a;b;c", "1;2;3", '"x;\ny";2;"3"', "", "1;2", "1;2;3;4", '"";;""', '1;"2"" ";3', "5;6"]
    data = "\r\n".join(lines).replace(";\r\ny", ";\ny").encode()
    said = {
        tuple(
            (one.code, one.row)
            for one in rows_form.scan(
                (data[at : at + size] for at in range(0, len(data), size)), "t.csv", ";", 3
            ).problems
        )
        for size in range(1, len(data) + 1)
    }
    assert said == {(("row_width", 5), ("row_width", 6), ("cut_off", 9))}
