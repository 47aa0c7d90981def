"""A load that is killed at any moment leaves the store as it was or as it should become, and the next load works."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from plain_export import write_export

from puntlanding.records.store import Store

pytestmark = pytest.mark.integration

MOMENTS = 50
HOSPITAL = "noord"
# Kills itself, as hard as `kill -9` does, just before the n-th time that Python touches a file of the store.
KILLED_AT = """
import os, sys
n, root = int(sys.argv[1]), sys.argv[2]
seen = 0
def hook(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "os.link", "os.listdir", "os.scandir"):
        if any(isinstance(one, (str, bytes)) and root in os.fsdecode(one) for one in arguments):
            seen += 1
            if seen == n:
                os.kill(os.getpid(), 9)
sys.addaudithook(hook)
from puntlanding.cli.main import main
status = main(sys.argv[3:])
print(seen)
sys.exit(status)
"""


def words(source: Path, store: Path, key: Path) -> list[str]:
    return [
        "intake",
        "load",
        str(source),
        "--hospital",
        HOSPITAL,
        "--store",
        str(store),
        "--date",
        "2026-05-31",
        "--key",
        str(key),
    ]


def load(source: Path, store: Path, key: Path, *, at: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", KILLED_AT, str(at), str(store), *words(source, store, key)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def state(store: Path) -> tuple[object, ...]:
    """All that a user of the store can ask: what is known, and the records themselves, read whole."""
    found = Store(store)
    return tuple(
        (
            hospital,
            one.delivered,
            one.year,
            found.records(hospital, one.year, one.delivered).trajectories.collect().hash_rows().sum(),
            found.records(hospital, one.year, one.delivered).activities.collect().hash_rows().sum(),
            found.records(hospital, one.year, one.delivered).manifest["bronnen"][0]["sha256"],
        )
        for hospital in found.hospitals()
        for one in found.deliveries(hospital)
    )


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("levering")
    return write_export(folder / "eerst"), write_export(folder / "verbeterd", diagnose="0122"), folder


def test_before_every_touch_of_the_store(exports, tmp_path):
    first, corrected, _ = exports
    key, store = tmp_path / "sleutel", tmp_path / "opslag"
    assert load(first, store, key).returncode == 0
    before = state(store)
    other = tmp_path / "ander"
    load(first, other, key)
    outcome = load(corrected, other, key)
    after, touches = state(other), int(outcome.stdout.splitlines()[-1])
    assert before != after
    assert touches > 15
    met = set()
    for at in count(
        1
    ):  # what a killed load leaves is swept by the next, which so has more to touch than a load of its own
        outcome = load(corrected, store, key, at=at)
        if outcome.returncode == 0:
            break
        assert outcome.returncode == -9, f"{at}: {outcome.stderr}"
        found = state(store)
        assert found in (before, after), at
        met.add(found)
        if found == after:  # from here on only tidying is left; go back for the moments to come
            assert load(first, store, key).returncode == 0
            assert state(store) == before
    assert at > touches
    assert met == {before, after}
    assert state(store) == after
    assert load(corrected, store, key).returncode == 0
    assert state(store) == after
    left = {one.name for one in (store / HOSPITAL).iterdir()}
    assert len(left) == 3  # the delivery, the index, the lock


def test_at_random_moments(exports, tmp_path):
    first, corrected, _ = exports
    key, store = tmp_path / "sleutel", tmp_path / "opslag"
    assert load(first, store, key).returncode == 0
    before = state(store)
    other = tmp_path / "ander"
    load(first, other, key)
    start = time.perf_counter()
    load(corrected, other, key)
    whole = time.perf_counter() - start
    after = state(other)
    chance = random.Random(20261122)
    killed = 0
    for _ in range(MOMENTS):
        command = [sys.executable, "-m", "puntlanding", *words(corrected, store, key)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 1.0) * whole)
        process.kill()
        killed += process.wait() == -9
        found = state(store)
        assert found in (before, after)
        if found == after:
            assert load(first, store, key).returncode == 0
    assert killed > MOMENTS // 5  # on a machine whose pace varies many loads are over before they can be killed
    assert load(corrected, store, key).returncode == 0
    assert state(store) == after


def test_a_first_load_that_is_killed_leaves_a_store_that_the_next_one_can_use(exports, tmp_path):
    first, _, _ = exports
    reference, key = tmp_path / "goed", tmp_path / "sleutel"
    touches = int(load(first, reference, key).stdout.splitlines()[-1])
    for at in range(1, touches + 1, 2):
        store = tmp_path / f"opslag{at}"
        assert load(first, store, key, at=at).returncode == -9
        assert state(store) in ((), state(reference))
        again = load(first, store, key)
        assert again.returncode == 0, f"{at}: {again.stderr}"
        assert state(store) == state(reference)
