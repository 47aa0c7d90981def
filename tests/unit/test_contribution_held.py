"""Contributions that are held are those that stand on the disk: what changed in any way is read again."""

from __future__ import annotations

import os
import time

import pytest

from puntlanding.contribution import held as module
from puntlanding.contribution.held import HeldContributions
from puntlanding.contribution.tables import OPENED, TableName
from puntlanding.problems import InputError
from small_contribution import small

pytestmark = pytest.mark.unit


def bytes_of(hospital, count):
    return small(hospital, production=[{"code": "1", "open_01": count}]).to_bytes()


@pytest.fixture
def paths(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SETTLED", -(10**12))  # as if they stood there for long
    found = [tmp_path / f"{hospital}.bijdrage" for hospital in ("noord", "zuid")]
    for path in found:
        path.write_bytes(bytes_of(path.stem, 3))
    return found


def test_what_did_not_change_is_held_and_what_did_is_read(paths):
    held = HeldContributions()
    first = held.read(paths)
    assert [one.names for one in first] == [("noord",), ("zuid",)]
    again = held.read(paths[::-1])
    assert (again[1] is first[0], again[0] is first[1]) == (True, True)
    paths[0].write_bytes(bytes_of("noord", 4))
    north, south = held.read(paths)
    assert (north.production["open_01"].to_list(), south is first[1]) == ([4], True)


def test_the_same_size_and_time_in_another_place_is_another_file(paths):
    held = HeldContributions()
    held.read(paths)
    before = paths[0].stat()
    beside = paths[0].with_suffix(".nieuw")
    beside.write_bytes(bytes_of("noord", 4))
    os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert beside.stat().st_size == before.st_size
    beside.replace(paths[0])
    assert held.read(paths)[0].production["open_01"].to_list() == [4]


def test_a_file_written_over_with_its_time_put_back_is_read_again(paths):
    held = HeldContributions()
    held.read(paths)
    before = paths[0].stat()
    time.sleep(0.02)  # longer than a tick of the clock of a disk
    paths[0].write_bytes(bytes_of("noord", 4))
    os.utime(paths[0], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert held.read(paths)[0].production["open_01"].to_list() == [4]


def test_a_file_that_has_only_just_changed_is_not_held(paths, monkeypatch):
    monkeypatch.setattr(module, "SETTLED", 10**12)
    held = HeldContributions()
    assert held.read(paths)[0] is not held.read(paths)[0]


def test_held_is_what_was_asked_last_and_no_more(paths):
    held = HeldContributions()
    first = held.read(paths)
    assert held.read(paths[:1])[0] is first[0]
    assert held.read(paths)[1] is not first[1]
    narrow = held.read(paths, {TableName.PRODUCTION: OPENED})[0]
    assert narrow.production.columns == list(OPENED)
    assert held.read(paths)[0].production.width > len(OPENED)


def test_a_file_that_went_bad_or_away_is_told_and_the_others_stay(paths):
    held = HeldContributions()
    first = held.read(paths)
    paths[0].write_bytes(bytes_of("noord", 4)[:-1])
    for code in ("sealed_broken", "unreadable"):
        with pytest.raises(InputError) as caught:
            held.read(paths)
        assert [one.code for one in caught.value.problems] == [code]
        paths[0].unlink(missing_ok=True)
    paths[0].write_bytes(bytes_of("noord", 5))
    north, south = held.read(paths)
    assert (north.production["open_01"].to_list(), south is first[1]) == ([5], True)
