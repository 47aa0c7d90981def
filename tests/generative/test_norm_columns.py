"""Norm times by column against by row: what is accepted by column, the row reader finds nothing wrong with, and gives the same."""

from __future__ import annotations

import csv
import io
import pickle
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from puntlanding.case.lists import LARGEST_TIME, norm_table_by_row, read_norm_table
from puntlanding.case.norm_columns import norm_frame
from puntlanding.norms.table import SCHEMA, NormTable
from puntlanding.problems import InputError

pytestmark = pytest.mark.generative

HEADER = ["jaar", "specialisme", "soort", "code", "minuten"]
PLAIN = {
    "jaar": ["2024", "2025"],
    "specialisme": ["0301", "0303"],
    "soort": ["zorgproduct", "zorgactiviteit"],
    "code": ["P1", "012345", "990040007"],
    "minuten": ["0", "12", "30,5", "30,25", "1,234", "100000"],
}
ODD = {
    "jaar": ["", "2101", "1990", " 2025", "02025", "2025,0", "٢٠٢٥", "2025.0"],
    "specialisme": ["", " 0301", "03 01", "é", "0301\u00a0", "#0301", "\x07"],
    "soort": ["", "Zorgproduct", "zorgproduct ", "overig"],
    "code": ["", "P 1", "p1", '"', "P1\n", "=1"],
    "minuten": ["", "-1", "30,255", "1.234", "1,2345678", "30.5", "1e3", "100000,01", "12 ", "٣", "1.000,5", "+3", "9" * 41],
}  # fmt: skip


def row(*, plain: bool):
    cells = {name: st.sampled_from(PLAIN[name] if plain else [*PLAIN[name], *ODD[name]]) for name in HEADER}
    return st.fixed_dictionaries(cells)


def text(rows, header=HEADER, separator=";", end="\n", start=""):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator=end)
    writer.writerow(header)
    writer.writerows([one[name] for name in header] for one in rows)
    return (start + file.getvalue()).encode()


def outcome(read):
    try:
        return read()
    except InputError as error:
        return [(one.code, one.row, one.column, one.value) for one in error.problems]


def compare(content: bytes, suffix="csv"):
    """Whether the file was accepted by column; by row it is then the same."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"normtijden.{suffix}"
        path.write_bytes(content)
        fast = norm_frame(path, LARGEST_TIME)
        slow, whole = outcome(lambda: norm_table_by_row(path)), outcome(lambda: read_norm_table(path))
    if fast is not None:
        assert isinstance(slow, NormTable), slow
        assert_frame_equal(fast, slow.frame)
    if isinstance(slow, NormTable):
        assert_frame_equal(whole.frame, slow.frame)
        assert whole.file == slow.file
    else:
        assert whole == slow
    return fast is not None


def once(rows):
    return list({tuple(one[name] for name in HEADER[:4]): one for one in rows}.values())


@given(
    st.lists(row(plain=True), min_size=1, max_size=12).map(once),
    st.sampled_from([";", "\t"]), st.permutations(HEADER), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]),
)  # fmt: skip
def test_a_plain_file_is_accepted_and_read_the_same(rows, separator, header, end, start):
    assert compare(text(rows, header, separator, end, start)) is not any(one["minuten"] == "1,234" for one in rows)


@given(
    st.lists(row(plain=True), max_size=6), st.lists(row(plain=False), min_size=1, max_size=4),
    st.sampled_from([";", ",", "\t"]), st.sampled_from(["", "# door ons\n", "\n"]), st.booleans(),
)  # fmt: skip
def test_what_is_odd_is_never_accepted_unless_it_is_right(rows, odd, separator, start, commas):
    found = [*rows, *odd]
    if not commas:
        found = [one | {"minuten": one["minuten"].replace(",", ".")} for one in found]
    compare(text(found, separator=separator, start=start))


@given(
    st.lists(row(plain=False), min_size=1, max_size=6), st.sampled_from([pl.String, pl.Float64, pl.Int64, pl.Float32])
)
def test_a_parquet_file_with_typed_or_with_text_columns(rows, dtype):
    frame = pl.DataFrame(rows, schema=dict.fromkeys(HEADER, pl.String))
    if dtype != pl.String:
        minutes = pl.col("minuten").str.replace(",", ".").cast(pl.Float64, strict=False).cast(dtype, strict=False)
        frame = frame.with_columns(pl.col("jaar").cast(pl.Int32, strict=False), minutes)
    file = io.BytesIO()
    frame.write_parquet(file)
    compare(file.getvalue(), "parquet")


def test_neither_a_year_nor_a_time_that_is_out_of_bounds_is_accepted():
    fine = {"jaar": "2025", "specialisme": "0301", "soort": "zorgproduct", "code": "P1", "minuten": "100000,00"}
    assert compare(text([fine]))
    for name, value in (("minuten", "100000,01"), ("minuten", "0,001"), ("minuten", "-1"), ("jaar", "2101")):
        assert not compare(text([fine | {name: value}]))
    assert not compare(text([fine, fine]))
    assert not compare(text([]))


@given(st.lists(row(plain=True), min_size=1, max_size=12).map(once), st.sampled_from([2024, 2025, 2026]))
def test_a_table_that_was_sent_says_the_same(rows, year):
    keys = [(int(one["jaar"]), one["specialisme"], one["soort"], one["code"], i) for i, one in enumerate(rows)]
    table = NormTable(pl.DataFrame(keys, schema=SCHEMA, orient="row"), "normtijden.csv")
    sent = pickle.dumps(table)
    received = pickle.loads(sent)
    assert_frame_equal(received.frame, table.frame)
    assert (received.file, received.years) == (table.file, table.years)
    assert_frame_equal(received.of(year), table.of(year))
    assert received.fingerprint(year) == table.fingerprint(year)
    assert received.of(year).rows() == sorted(one[1:] for one in keys if one[0] == year)
    assert pickle.loads(sent) is received
    assert pickle.dumps(received) == sent
