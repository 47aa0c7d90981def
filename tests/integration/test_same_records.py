"""One made-up hospital written in every format: reading them gives the same records, and what differs has a reason."""

from __future__ import annotations

import shutil
from datetime import date

import pytest

from puntlanding.demo.compare import differences
from puntlanding.demo.exports import EXPORTS
from puntlanding.demo.hospitals import generate
from puntlanding.intake import readers
from puntlanding.intake.base import Options
from puntlanding.intake.receive import receive
from puntlanding.records.pseudonyms import Key

pytestmark = pytest.mark.integration

KEY = Key(bytes(range(32)))
EXTRACTED = date(2025, 9, 30)  # some trajectories are open by then, some products not yet known
READ_BY = {"neutraal_eigen": "neutraal"}
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
    """Format, what the writer says, what the reader made of it."""
    name = request.param
    folder = tmp_path_factory.mktemp("export") / name
    written = EXPORTS[name](truth, folder, as_of=EXTRACTED)
    mapping = None
    if name == "neutraal_eigen":
        mapping = shutil.move(folder / "koppeling.toml", folder.parent / "koppeling.toml")
    reader = readers()[READ_BY.get(name, name)]
    return name, written, reader, receive(reader, folder, Options(mapping=mapping), KEY, EXTRACTED)


def test_a_format_gives_the_true_records_and_every_difference_is_explained(read, truth):
    name, _, reader, delivery = read
    found = differences(truth.known_on(EXTRACTED), delivery, reader, KEY)
    assert [one for one in found if not one.explained] == []
    assert {(str(one.table), one.column) for one in found} == LACKING[name]


def test_what_a_reader_leaves_out_is_what_the_writer_put_in(read):
    _, written, _, delivery = read
    found = {one.check: one.count for one in delivery.findings}
    assert {check: found.get(check, 0) for check in written.left_out} == dict(written.left_out)
    unexpected = {one.check: one.count for one in delivery.findings if one.count and one.check not in written.left_out}
    allowed = {"table_not_used", "care_path_derived", "zh308_activity_left_out"}
    assert set(unexpected) <= allowed


def test_the_hospital_is_told_where_the_format_says_it(read, truth):
    name, _, _, delivery = read
    assert set(delivery.hospitals) == ({truth.agb} if name == "zh308" else set())


def test_the_hospital_under_test_has_something_of_everything(truth):
    """Otherwise the comparison would say little."""
    known = truth.known_on(EXTRACTED)
    assert known.trajectories.height > 1000
    assert known.trajectories["sluitdatum"].null_count() > 50
    assert known.trajectories["declaratiecode"].count() > 500
    assert known.activities["specialisme_aanvrager"].count() > 500
    assert known.trajectories["verzekeraar"].n_unique() > 3
    assert set(known.trajectories["zorgtype"]) >= {"11", "21"}
