"""One made-up hospital written in every format: reading them gives the same records, and what differs has a reason."""

from __future__ import annotations

from datetime import date

import pytest

from puntlanding.demo.exports import EXPORTS
from puntlanding.demo.hospitals import generate
from puntlanding.demo.read_back import read_back
from puntlanding.records.pseudonyms import Key

pytestmark = pytest.mark.integration

KEY = Key(bytes(range(32)))
EXTRACTED = date(2025, 9, 30)  # some trajectories are open by then, some products not yet known
# What a format may lack altogether, and nothing else. None: whole rows.
LACKING = {
    "neutraal": set(),
    "neutraal_eigen": set(),
    "dwh": {
        ("subtrajecten", "zorgtraject_id"), ("subtrajecten", "afsluitreden"), ("subtrajecten", "zorgproduct"),
        ("subtrajecten", "declaratiecode"), ("subtrajecten", "verzekeraar"), ("subtrajecten", "geregistreerd_op"),
        ("subtrajecten", "product_bekend_op"), ("zorgactiviteiten", "geregistreerd_op"),
    },
    "hix": {
        ("subtrajecten", "geregistreerd_op"), ("subtrajecten", "product_bekend_op"),
        ("zorgactiviteiten", "geregistreerd_op"),
    },
    "zh308": {
        ("subtrajecten", None), ("zorgactiviteiten", None), ("subtrajecten", "geregistreerd_op"),
        ("subtrajecten", "product_bekend_op"), ("zorgactiviteiten", "specialisme_aanvrager"),
        ("zorgactiviteiten", "geregistreerd_op"),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def truth():
    return next(iter(generate(1, range(2025, 2026), 0.004, 20)))


@pytest.fixture(scope="module", params=EXPORTS)
def read(request, truth, tmp_path_factory):
    return read_back(truth, request.param, tmp_path_factory.mktemp("export"), EXTRACTED, KEY)


def test_a_format_gives_the_true_records_and_every_difference_is_explained(read):
    assert [one for one in read.differences if not one.explained] == []
    assert {(str(one.table), one.column) for one in read.differences} == LACKING[read.format]


def test_what_a_reader_leaves_out_is_what_the_writer_put_in(read):
    found = {one.check: one.count for one in read.delivery.findings}
    put_in = read.written.left_out
    assert {check: found.get(check, 0) for check in put_in} == dict(put_in)
    # What the reader does by rule to records that are right; anything else would be a complaint about a sound export.
    by_rule = {"table_not_used", "care_path_derived", "zh308_activity_left_out"}
    assert {check for check, count in found.items() if count} - put_in.keys() <= by_rule


def test_the_hospital_is_told_where_the_format_says_it(read, truth):
    assert set(read.delivery.hospitals) == ({truth.agb} if read.format == "zh308" else set())


def test_the_hospital_under_test_has_something_of_everything(truth):
    """Otherwise the comparison would say little."""
    known = truth.known_on(EXTRACTED)
    assert known.trajectories.height > 1000
    assert known.trajectories["sluitdatum"].null_count() > 50
    assert known.trajectories["declaratiecode"].count() > 500
    assert known.activities["specialisme_aanvrager"].count() > 500
    assert known.trajectories["verzekeraar"].n_unique() > 3
    assert set(known.trajectories["zorgtype"]) >= {"11", "21"}
