"""Codes on their days against a plain reading of the periods, one by one."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from puntlanding.intake.nza import read_codes
from puntlanding.problems import InputError
from puntlanding.records.codes import DatedCodes

pytestmark = pytest.mark.generative

FIRST = date(2015, 12, 25)
days = st.integers(0, 20).map(lambda number: FIRST + timedelta(days=number))
codes = st.sampled_from(["A", "B", "C"])


@st.composite
def periods(draw):
    begin = draw(days)
    return draw(codes), draw(codes), begin, draw(st.none() | st.integers(0, 6).map(lambda n: begin + timedelta(days=n)))


asked = st.lists(st.tuples(st.none() | codes, st.none() | codes, st.none() | days), min_size=1, max_size=12)


@given(st.lists(periods(), max_size=8), asked)
def test_known_is_what_one_reads_in_the_periods(rows, questions):
    table = pl.DataFrame(rows, schema={"s": pl.String, "c": pl.String, "van": pl.Date, "tot": pl.Date}, orient="row")
    frame = pl.DataFrame(questions, schema={"x": pl.String, "y": pl.String, "d": pl.Date}, orient="row")
    expected = [
        None in one
        or any((s, c) == one[:2] and van <= one[2] and (tot is None or one[2] <= tot) for s, c, van, tot in rows)
        for one in questions
    ]
    dated = DatedCodes(("s", "c"), table)
    assert dated.known(frame, ["x", "y"], "d").to_list() == expected
    day = FIRST + timedelta(days=10)
    on = [one for one in rows if one[2] <= day and (one[3] is None or day <= one[3])]
    assert sorted(dated.on(day).rows(), key=str) == sorted(on, key=str)


words = st.sampled_from(["een", "ander"])


@given(rows=st.lists(st.tuples(periods(), words), min_size=1, max_size=7))
def test_a_table_as_read_says_on_every_day_what_its_rows_say(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("nza")
    lines = [f"{code},{word},{begin},{end or ''}" for (_, code, begin, end), word in rows]
    text = "\n".join(["AfsluitRedenCode,AfsluitRedenOmschrijving,BeginDatum,EindDatum", *lines]) + "\n"
    (folder / "afsluitredenen.csv").write_text(text, encoding="utf-8")

    every = [FIRST + timedelta(days=number) for number in range(30)]
    said = {
        (f"0{code}", day): {
            w for (_, c, begin, end), w in rows if c == code and begin <= day and (end is None or day <= end)
        }
        for code in "ABC"
        for day in every
    }
    if any(len(each) > 1 for each in said.values()):
        with pytest.raises(InputError, match="codes_overlap"):
            read_codes(folder)
        return
    table = read_codes(folder).closing_reasons
    frame = pl.DataFrame(list(said), schema={"c": pl.String, "d": pl.Date}, orient="row")
    assert table.value(frame, ["c"], "d", "omschrijving").to_list() == [
        min(each, default=None) for each in said.values()
    ]
    assert table.known(frame, ["c"], "d").to_list() == [bool(each) for each in said.values()]
    assert table.frame.height <= len(rows)
