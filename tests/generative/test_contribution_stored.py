"""Minutes stand in the file as a norm time, and are read back to the last empty cell whatever they were."""

import io
import zipfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from puntlanding.contribution.model import LARGEST_COUNT, from_bytes
from puntlanding.contribution.stored import VOLUME_OF
from puntlanding.contribution.tables import LAYOUTS, TableName
from small_contribution import small

pytestmark = pytest.mark.generative

LAYOUT = LAYOUTS[TableName.PRODUCTION]
COUNT = st.one_of(st.integers(-3, 3), st.integers(-LARGEST_COUNT, LARGEST_COUNT))
NORM_TIME = st.one_of(st.integers(-9, 9), st.integers(0, LARGEST_COUNT))
_THERE = st.sampled_from(tuple(VOLUME_OF.values()))


@st.composite
def a_row(draw):
    """Volumes, and minutes that are volume × norm time, that nobody knows, or that something was done to."""
    volumes = draw(st.dictionaries(_THERE, COUNT, max_size=5))
    norm_time = draw(st.one_of(st.none(), NORM_TIME))
    minutes = {
        one: None if norm_time is None else volumes.get(volume, 0) * norm_time for one, volume in VOLUME_OF.items()
    }
    minutes |= draw(st.dictionaries(st.sampled_from(tuple(VOLUME_OF)), st.one_of(st.none(), COUNT), max_size=3))
    fits = all(one is None or abs(one) <= LARGEST_COUNT for one in minutes.values())
    return {**volumes, **(minutes if fits else {})}


def told_by_a_norm_time(row) -> bool:
    pairs = [(row.get(minutes), row.get(volume, 0)) for minutes, volume in VOLUME_OF.items()]
    if any(minutes is None for minutes, _ in pairs):
        return all(minutes is None for minutes, _ in pairs)
    times = {minutes / volume for minutes, volume in pairs if volume}
    first = next((minutes // volume for minutes, volume in pairs if volume), 0)
    return len(times) < 2 and all(minutes == volume * first for minutes, volume in pairs)


@settings(max_examples=80, deadline=None)
@given(st.lists(a_row(), max_size=5))
def test_what_is_written_is_read_back(rows):
    whole = small(production=[{"code": f"{at:09}", **row} for at, row in enumerate(rows)])
    data = whole.to_bytes()
    found = from_bytes(data, "x")
    assert found.production.equals(whole.production)
    assert found.production.schema == LAYOUT.schema
    assert found.to_bytes() == data
    own = [f"{at:09}" for at, row in enumerate(rows) if not told_by_a_norm_time(row)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert ("minuten.parquet" in archive.namelist()) == bool(own)
        if own:
            assert pl.read_parquet(io.BytesIO(archive.read("minuten.parquet")))["code"].to_list() == own


@settings(max_examples=60, deadline=None)
@given(st.lists(a_row(), max_size=3), st.sets(st.sampled_from(tuple(LAYOUT.schema)), min_size=1, max_size=6))
def test_any_part_of_the_columns_is_that_part_of_the_whole(rows, asked):
    whole = small(production=[{"code": f"{at:09}", **row} for at, row in enumerate(rows)])
    found = from_bytes(whole.to_bytes(), "x", {TableName.PRODUCTION: asked})
    assert found.production.equals(whole.production.select(one for one in LAYOUT.schema if one in asked))
