"""Merging is associative and commutative: any order and any grouping gives the same bytes, which are those of the rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.contribution import contribution, merge
from puntlanding.contribution.model import from_bytes
from puntlanding.contribution.tables import LAYOUTS, TableName
from small_contribution import BASIS, small

pytestmark = pytest.mark.generative
FEWER = settings(max_examples=max(20, settings.default.max_examples // 6))  # each makes and reads some ten files

# Names whose order differs between alphabets, cases and lengths: code points decide.
HOSPITALS = ("a", "ab", "a-b", "b", "b2", "z", "0a", "10", "9")
COUNT = st.integers(-(10**11), 10**11)
KEY = st.sampled_from(("a", "b", "B", "é", "", "1", "10", "9"))


@st.composite
def _rows(draw, name: TableName):
    layout = LAYOUTS[name]
    keys = draw(st.lists(st.tuples(*[KEY] * (len(layout.keys) - 1)), unique=True, max_size=4))
    filled = draw(st.lists(st.sampled_from(layout.counts), max_size=3, unique=True))
    return [
        {**dict(zip(layout.keys[1:], key, strict=True)), **{column: draw(COUNT) for column in filled}} for key in keys
    ]


@st.composite
def contributions(draw):
    """Of different hospitals."""
    names = draw(st.lists(st.sampled_from(HOSPITALS), unique=True, min_size=1, max_size=6))
    return [
        small(
            name,
            *(draw(_rows(table)) for table in TableName),
            kind=draw(st.sampled_from((None, "umc", "zbc"))),
            fte=draw(st.dictionaries(st.tuples(KEY, KEY), st.sampled_from(("0", "1/3", "4.25")), max_size=2)),
            counts=draw(st.dictionaries(KEY, st.integers(), max_size=2)),
        )
        for name in names
    ]


@st.composite
def _tree(draw, parts):
    """Merge ``parts`` by a random tree: of any number of branches at a time, in any order, through a file or not."""
    parts = draw(st.permutations(parts))
    while len(parts) > 1:
        size = draw(st.integers(1, len(parts)))
        whole = merge(parts[:size])
        if draw(st.booleans()):
            whole = from_bytes(whole.to_bytes(), "x")
        parts = draw(st.permutations([whole, *parts[size:]]))
    return parts[0]


@FEWER
@given(st.data())
def test_any_order_and_any_grouping_gives_the_same_bytes(data):
    parts = data.draw(contributions())
    whole = merge(parts)
    assert data.draw(_tree(parts)).to_bytes() == whole.to_bytes()
    assert merge(iter(parts)).to_bytes() == whole.to_bytes()


@FEWER
@given(contributions())
def test_the_whole_is_the_rows_of_the_parts(parts):
    """Against plain lists: rows of a merge are those of its parts in the order of their keys."""
    whole = merge(parts)
    for name in TableName:
        width = len(LAYOUTS[name].keys)
        rows = sorted((row for part in parts for row in part.tables[name].rows()), key=lambda row: row[:width])
        assert whole.tables[name].rows() == rows
    assert whole.names == tuple(sorted(part.names[0] for part in parts))
    for part in parts:
        assert whole.only(part.names).to_bytes() == part.to_bytes()


@FEWER
@given(st.data())
def test_the_order_of_rows_does_not_show(data):
    """A contribution is in order from the start, so that the order in which rows were counted is forgotten."""
    parts = data.draw(contributions())
    whole = merge(parts)
    shuffled = {
        name: frame.sample(fraction=1.0, shuffle=True, seed=data.draw(st.integers(0, 9)))
        for name, frame in whole.tables.items()
    }
    again = contribution(BASIS, data.draw(st.permutations(whole.hospitals)), shuffled)
    assert again.to_bytes() == whole.to_bytes()
    assert from_bytes(whole.to_bytes(), "x").to_bytes() == whole.to_bytes()
