"""The same records give the same file to the byte: whatever the order of rows, the threads, the workers, and what else is busy."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from datetime import date
from random import Random

import pytest
from test_fold_executors import Cluster, busy

from fold_oracle import Plain, PlainRules
from fold_records import FTE, as_contribution, delivery, fold_rules, many_records
from puntlanding.contribution import Origin, merge
from puntlanding.contribution.model import from_bytes
from puntlanding.fold.executors import workers
from puntlanding.fold.fold import fold_year
from puntlanding.fold.rules import FoldJob
from puntlanding.fold.run import run_all
from puntlanding.records.store import Store

pytestmark = pytest.mark.integration

SIZES = {"noord": 1_200, "oost": 400, "zuid": 40}
RULES = PlainRules(
    2018,
    {"3311": "Noord", "7029": "Zuid"},
    "overige",
    {("0303", "zorgproduct", "110401019"): 4_550, ("0362", "zorgactiviteit", "089090"): 725},
    {"089090": 11_250, "070116": 195},
    {("0303", "0121"): "heup", ("0313", "0121"): "knie"},
)
EARLIER, LATER = date(2019, 1, 31), date(2019, 4, 30)
ELSEWHERE = """
import hashlib, pickle, sys
import polars
from puntlanding.fold.fold import fold_year
for job in pickle.load(sys.stdin.buffer):
    print(polars.thread_pool_size(), hashlib.sha256(fold_year(job)).hexdigest())
"""


@pytest.fixture(scope="module")
def records():
    return {hospital: many_records(Random(hospital), 2018, size) for hospital, size in SIZES.items()}


@pytest.fixture(scope="module")
def stores(records, tmp_path_factory):
    """Two stores with the same records, delivered in another order of rows."""
    found = []
    for seed in range(2):
        store, random = Store(tmp_path_factory.mktemp("opslag")), Random(seed)
        for hospital, (first, second) in records.items():
            rows = (random.sample(one, len(one)) for one in (first, second))
            store.load(hospital, delivery(*rows, LATER))
        found.append(store)
    return found


def jobs(store: Store) -> list[FoldJob]:
    return [FoldJob(store.root, hospital, fold_rules(RULES, "umc", FTE)) for hospital in SIZES]


@pytest.fixture(scope="module")
def expected(records, stores):
    """By the plain reading of the rules."""
    made = []
    for hospital, (first, second) in records.items():
        kept = {one.year: one.content for one in stores[0].deliveries(hospital)}
        origins = [Origin(year, LATER, kept[year]) for year in (2017, 2018)]
        made.append(as_contribution(Plain(first, second, RULES), origins, hospital).to_bytes())
    return made


def test_here_as_plain_python_has_it_whatever_the_order_of_rows(stores, expected):
    for store in stores:
        assert run_all(jobs(store), fold_year, workers("lokaal")) == expected


def test_in_other_processes_under_load(stores, expected):
    with busy(), busy():
        assert run_all(jobs(stores[1])[::-1], fold_year, workers("processen:2")) == expected[::-1]


def test_on_a_dask_cluster_under_load(stores, expected, tmp_path):
    cluster = Cluster(tmp_path)
    try:
        cluster.hire(2)
        with busy(), busy():
            assert run_all(jobs(stores[1]), fold_year, workers(cluster.name)) == expected
    finally:
        cluster.close()


@pytest.mark.parametrize("threads", [1, 4])
def test_with_any_number_of_threads_under_load(stores, expected, threads):
    given = pickle.dumps(jobs(stores[0]) + jobs(stores[1]))
    environment = os.environ | {"POLARS_MAX_THREADS": str(threads), "PYTHONHASHSEED": str(threads)}
    with busy(), busy():
        done = subprocess.run(
            [sys.executable, "-c", ELSEWHERE], input=given, env=environment, capture_output=True, check=True
        )
    hashes = [hashlib.sha256(one).hexdigest() for one in expected]
    assert done.stdout.decode().splitlines() == [f"{threads} {one}" for one in hashes * 2]


def test_merged_in_any_order_they_are_one_file(expected):
    parts = [from_bytes(data, "x") for data in expected]
    whole = merge(parts).to_bytes()
    assert merge([parts[2], merge([parts[1], parts[0]])]).to_bytes() == whole
    assert from_bytes(whole, "x").names == tuple(SIZES)


def test_what_was_known_on_a_day_is_folded_as_it_was_then(records, tmp_path):
    """A later delivery changes what is folded now, not what was folded then."""
    store, (first, second) = Store(tmp_path / "opslag"), records["zuid"]
    half = len(first) // 2
    store.load("zuid", delivery(first[:half], second, EARLIER))
    then = fold_year(FoldJob(store.root, "zuid", fold_rules(RULES)))
    store.load("zuid", delivery(first, second, LATER))
    now = fold_year(FoldJob(store.root, "zuid", fold_rules(RULES)))
    assert now != then
    assert fold_year(FoldJob(store.root, "zuid", fold_rules(RULES), EARLIER)) == then
    assert fold_year(FoldJob(store.root, "zuid", fold_rules(RULES), LATER)) == now
    told = from_bytes(then, "x").hospitals[0]
    assert told.counts["geopend"] == sum(one["openingsdatum"].year == 2018 for one in first[:half])
    assert {one.delivered for one in told.origins} == {EARLIER}
