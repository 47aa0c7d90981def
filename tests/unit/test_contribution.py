"""A contribution's tables and its file: what is written is read back, and the same content is the same bytes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from puntlanding.contribution import About, GroupFte, Origin, contribution, read_contribution
from puntlanding.contribution.container import fingerprint_of, with_signatures
from puntlanding.contribution.model import from_bytes
from puntlanding.contribution.stored import to_stored
from puntlanding.contribution.tables import CLOSED_MINUTES, LAYOUTS, OPENED_MINUTES, TableName, empty, per_quarter
from small_contribution import BASIS, about, small, table

pytestmark = pytest.mark.unit

CARE = {("0303", "poort"): "4.5", ("0362", "ondersteunend"): "7/3"}
FULL = small(
    "noord",
    production=[{"code": "110401020", "open_01": 3, "open_min_01": 4500}, {"open_02": 1, "patienten": 1}],
    strata=[{"k1_patienten": 2, "k1_fysiek": 5}, {"geslacht": "M", "k4_diagnostiek": 0}],
    inputs=[{"activiteiten_12": 9}],
    diagnoses=[{"aantal": 4, "patienten": 3}],
    kind="umc",
    fte=CARE,
    origins=(Origin(2026, date(2027, 1, 31), "b" * 64),),
    counts={"subtrajecten": 12, "zonder_product": 1},
    program="0.1",
    protection={"minimum": 10, "onderdrukt": [1, 2]},
)


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "noord-2026.bijdrage"
    path.write_bytes(FULL.to_bytes())
    found = read_contribution(path)
    assert (found.basis, found.hospitals) == (FULL.basis, FULL.hospitals)
    assert found.hospitals[0].fte[1] == GroupFte("0362", "ondersteunend", Fraction(7, 3), Fraction(7, 3))
    assert found.hospitals[0].origins[0].delivered == date(2027, 1, 31)
    for name in TableName:
        assert found.tables[name].equals(FULL.tables[name])
        assert found.tables[name].schema == LAYOUTS[name].schema
    assert (found.file, found.fingerprint) == ("noord-2026.bijdrage", fingerprint_of(path.read_bytes()))
    assert found.to_bytes() == path.read_bytes()
    assert found.about("noord").care_fte() == {group: Fraction(care) for group, care in CARE.items()}


def test_a_contribution_without_a_row_and_without_anything_known_is_one():
    bare = contribution(BASIS, [About("noord", None)], {name: empty(name) for name in TableName})
    found = from_bytes(bare.to_bytes(), "leeg")
    assert found.names == ("noord",)
    assert found.about("noord").kind is None
    assert found.about("noord").protection is None
    assert all(found.tables[name].is_empty() for name in TableName)


def test_the_order_of_rows_chunks_hospitals_and_counts_does_not_show():
    tables = {
        name: pl.concat([table(name, "zuid", [{}]), *(frame[n] for n in reversed(range(frame.height)))], rechunk=False)
        for name, frame in FULL.tables.items()
    }
    one = contribution(BASIS, [about("zuid", counts={"a": 1, "b": 2}), FULL.hospitals[0]], tables)
    other = contribution(
        BASIS,
        [FULL.hospitals[0], about("zuid", counts={"b": 2, "a": 1})],
        {name: frame.reverse().select(reversed(frame.columns)) for name, frame in tables.items()},
    )
    assert one.to_bytes() == other.to_bytes()
    assert one.names == ("noord", "zuid")


def test_every_part_of_the_content_shows_in_the_bytes():
    changed = [
        small("noord"), small("zuid"), small(kind="umc"), small(kind=None), small(fte=CARE), small(program="0.2"),
        small(counts={"a": 1}), small(counts={"a": 2}), small(protection={}),
        *(small(**{rows: [{}]}) for rows in ("production", "strata", "inputs", "diagnoses")),
        small(production=[{"open_01": 1}]), small(production=[{"open_01": 1, "open_min_01": 0}]),
        small(production=[{"open_min_01": 1}]), small(strata=[{"k1_diagnostiek": 0}]),
    ]  # fmt: skip
    assert len({one.to_bytes() for one in changed}) == len(changed)


def test_only_the_columns_asked_for_are_read_in_the_order_of_the_table():
    asked = {TableName.PRODUCTION: ("open_01", "specialisme", "ziekenhuis")}
    found = from_bytes(FULL.to_bytes(), "x", asked)
    assert set(found.tables) == {TableName.PRODUCTION}
    assert found.production.columns == ["ziekenhuis", "specialisme", "open_01"]
    assert found.production["open_01"].to_list() == [0, 3]


def test_the_part_of_some_hospitals_is_their_contribution():
    both = contribution(
        BASIS,
        [FULL.hospitals[0], about("zuid")],
        {name: pl.concat([frame, table(name, "zuid", [{}])]) for name, frame in FULL.tables.items()},
    )
    assert both.only(["noord"]).to_bytes() == FULL.to_bytes()
    assert both.only([]).hospitals == ()


def test_the_file_is_read_with_any_tool_for_zip_json_and_parquet():
    """Uncompressed entries in a fixed order and without a clock; the hash of each table stands in inhoud.json."""
    tables = to_stored(FULL.tables)
    assert [*tables] == [*TableName, "minuten"]
    with zipfile.ZipFile(io.BytesIO(FULL.to_bytes())) as archive:
        assert archive.namelist() == ["inhoud.json", *(f"{name}.parquet" for name in tables)]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        content = json.loads(archive.read("inhoud.json"))
        assert (content["soort"], content["formaat"]) == ("puntlanding-bijdrage", 1)
        assert content["ziekenhuizen"][0]["formatie"][1]["zorgverlening_fte"] == "7/3"
        for name, frame in tables.items():
            data = archive.read(f"{name}.parquet")
            rows = frame.height
            assert content["tabellen"][name] == {"rijen": rows, "sha256": hashlib.sha256(data).hexdigest()}
            assert pl.read_parquet(io.BytesIO(data)).equals(frame)


def test_a_row_of_the_file_has_a_norm_time_in_place_of_minutes():
    """What is said of minutes in docs/reference/bijdrage.md: 66 minutes of each, nothing known, and what no norm time tells."""
    known = dict.fromkeys((*OPENED_MINUTES, *CLOSED_MINUTES), 0)
    rows = [
        {"code": "1", "open_01": 3, "sluit_02": 2, **known, "open_min_01": 3 * 6600, "sluit_min_02": 2 * 6600},
        {"code": "2", "open_01": 3},
        {"code": "3", **known},
        {"code": "overig", "open_01": 3, **known, "open_min_01": 100},
    ]
    found = to_stored(small(production=rows).tables)
    assert found["productie"]["normtijd"].to_list() == [6600, None, 0, None]
    assert found["minuten"].select("code", "open_min_01", "open_min_02").rows() == [("overig", 100, 0)]


def test_signatures_stand_beside_the_content_and_change_nothing_in_it():
    data = FULL.to_bytes()
    signed = with_signatures(data, [{"naam": "noord", "handtekening": "00"}])
    assert signed != data
    assert fingerprint_of(signed) == fingerprint_of(data)
    found = from_bytes(signed, "x")
    assert found.signatures == ({"naam": "noord", "handtekening": "00"},)
    assert found.to_bytes() == data
    assert with_signatures(signed, []) == data
    assert with_signatures(with_signatures(data, [{"a": "b"}]), found.signatures) == signed


def test_an_unknown_number_stays_apart_from_none_at_all():
    """A product without a norm time has no minutes, and a hospital without cost prices no euros; zero is something else."""
    found = from_bytes(small(production=[{"open_min_01": 0}], strata=[{"k2_diagnostiek": 0}]).to_bytes(), "x")
    assert found.production.select("open_min_01", "open_min_02").row(0) == (0, None)
    cents = tuple(column for column in per_quarter("diagnostiek"))
    assert found.strata.select(cents).row(0) == (None, 0, None, None)
