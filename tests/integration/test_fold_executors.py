"""Folds on workers that are killed for real: in a pool of processes and on a Dask cluster, on this machine's own address."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from command import run
from small_exports import EXPORTS

import puntlanding
from fold_work import Task, divide, endless, refuse_odd, square, surroundings, threads
from puntlanding.fold import executors
from puntlanding.fold.executors import Workers, cores, workers
from puntlanding.fold.fold import fold_year
from puntlanding.fold.rules import FoldJob, FoldRules
from puntlanding.fold.run import Event, run_all
from puntlanding.problems import InputError

pytestmark = pytest.mark.integration

TESTS = Path(__file__).parents[1]
HOSPITALS = ("noord", "oost", "west", "zuid")
STUB = "__path__.append({!r})\n__version__ = '0.0.9'\n"


@pytest.fixture(scope="module")
def jobs(tmp_path_factory):
    """Four small hospitals in a store, and the same four in another order."""
    root = tmp_path_factory.mktemp("winkel")
    for hospital, write in zip(HOSPITALS, EXPORTS.values(), strict=True):
        write(root / hospital)
        where = ["--hospital", hospital, "--store", root / "opslag", "--key", root / f"{hospital}.sleutel", "--date", "2026-03-31"]  # fmt: skip
        assert run("intake", "load", root / hospital, *where).status == 0
    return [FoldJob(root / "opslag", hospital, FoldRules(2025), date(2026, 4, 1)) for hospital in HOSPITALS]


@pytest.fixture(scope="module")
def expected(jobs):
    found = run_all(jobs, fold_year, workers("lokaal"))
    assert len(set(found)) == len(jobs)
    return {job.hospital: one for job, one in zip(jobs, found, strict=True)}


@contextmanager
def busy():
    """Something else that wants the processor all the time."""
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def attempts(folder, number):
    return len(list(folder.glob(f"{number}-*")))


def victim(folder, number):
    """The process that has just begun with this task."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for one in folder.glob(f"{number}-*"):
            if text := one.read_text():
                return int(text)
        time.sleep(0.01)
    raise AssertionError("it never began")


class TestStarted:
    """Processes that start before there are jobs."""

    def test_they_are_ready_and_set_for_the_fold(self, tmp_path, monkeypatch):
        monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "131072")  # the user's own
        monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
        before = dict(os.environ)
        with executors.started("processen:2", 9, "puntlanding.fold.ready") as crew:
            assert dict(os.environ) == before
            assert len(multiprocessing.active_children()) == 2
            there = {one.pid for one in multiprocessing.active_children()}
            found = run_all([Task(number, tmp_path) for number in range(4)], surroundings, crew(4))
        told = {tuple(one.decode().split(",")) for one in found}
        assert {one[:3] for one in told} == {("1", "131072", "True")}
        assert {int(one[3]) for one in told} <= there
        assert multiprocessing.active_children() == []

    def test_fewer_jobs_get_fewer_processes_with_more_of_the_cores_each(self, tmp_path):
        with executors.started("processen:2", 9) as crew:
            found = run_all([Task(1, tmp_path)], threads, crew(1))
        assert found == [str(cores()).encode()]
        assert multiprocessing.active_children() == []

    def test_they_end_when_there_is_nothing_to_do_after_all(self):
        with pytest.raises(KeyError), executors.started("processen:2", 9):
            raise KeyError
        assert multiprocessing.active_children() == []

    def test_a_broken_pool_is_replaced_by_one_that_is_as_ready(self, tmp_path):
        with executors.started("processen:2", 9) as crew:
            for process in multiprocessing.active_children():
                process.kill()
            assert run_all([Task(number, tmp_path) for number in range(4)], square, crew(4)) == [b"0", b"1", b"4", b"9"]


class TestProcesses:
    def test_each_has_its_share_of_the_cores(self, tmp_path):
        found = run_all([Task(1, tmp_path), Task(2, tmp_path)], threads, workers("processen:2"))
        assert found == [str(max(1, cores() // 2)).encode()] * 2

    def test_workers_that_kill_themselves_cost_time_and_no_result(self, tmp_path):
        """One breaks its pool as often as it is given out there, and is done here in the end."""
        given = [
            Task(0, tmp_path),
            Task(1, tmp_path, fatal=1),
            Task(2, tmp_path),
            Task(3, tmp_path, fatal=99),
            Task(4, tmp_path),
        ]
        told = []
        found = run_all(given, square, workers("processen:2"), lambda event, job: told.append((event, job.number)))
        assert found == [b"0", b"1", b"4", b"9", b"16"]
        assert sorted(number for event, number in told if event is Event.DONE) == [0, 1, 2, 3, 4]
        assert [number for event, number in told if event is Event.HERE] == [3]
        assert (tmp_path / f"3-{attempts(tmp_path, 3) - 1}").read_text() == str(os.getpid())

    def test_a_worker_killed_from_outside(self, tmp_path):
        given = [Task(number, tmp_path, seconds=0.3) for number in range(6)]
        killer = threading.Thread(target=lambda: os.kill(victim(tmp_path, 2), signal.SIGKILL))
        killer.start()
        told = []
        found = run_all(given, square, workers("processen:2"), lambda event, _: told.append(event))
        killer.join()
        assert found == [str(number**2).encode() for number in range(6)]
        assert Event.AGAIN in told

    def test_problems_and_faults_come_back(self, tmp_path):
        with pytest.raises(InputError) as caught:
            run_all([Task(number, tmp_path) for number in range(4)], refuse_odd, workers("processen:2"))
        assert [(one.code, one.file, one.details["year"]) for one in caught.value.problems] == [
            ("year_not_in_store", "h1", 2026),
            ("year_not_in_store", "h3", 2026),
        ]
        with pytest.raises(ZeroDivisionError):
            run_all([Task(0, tmp_path)], divide, workers("processen:1"))

    def test_no_worker_outlives_a_program_that_was_killed(self, tmp_path):
        code = (
            "from pathlib import Path; from fold_work import *; from puntlanding.fold.executors import workers; "
            "from puntlanding.fold.run import run_all\n"
            "if __name__ == '__main__': run_all([Task(1, Path(__import__('sys').argv[1]))], endless, workers('processen:1'))"
        )
        parent = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(TESTS)}
        )
        worker = victim(tmp_path, 1)
        parent.kill()
        parent.wait()
        gone(worker)

    def test_an_interrupt_ends_workers_too(self, tmp_path):
        def interrupt():
            worker.append(victim(tmp_path, 1))
            os.kill(os.getpid(), signal.SIGINT)

        worker: list[int] = []
        presser = threading.Thread(target=interrupt)
        presser.start()
        begun = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            run_all([Task(1, tmp_path)], endless, workers("processen:1"))
        presser.join()
        assert time.monotonic() - begun < 30
        gone(worker[0])

    def test_folds_are_the_same_bytes_under_load_in_any_order_with_a_worker_killed(self, jobs, expected):
        shuffled = jobs * 3
        random.Random(1).shuffle(shuffled)
        made = []

        def make():
            made.append(executors.Processes(2))
            return made[-1]

        def watch(event, _):
            if event is Event.DONE and len(made) == 1:
                next(iter(made[0]._processes.values())).kill()

        with busy():
            found = run_all(shuffled, fold_year, Workers(make, 4), watch)
        assert found == [expected[job.hospital] for job in shuffled]
        assert len(made) > 1


def gone(process):
    """Nobody has this number any more, or only as the name of a grave."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":
            return
        time.sleep(0.05)
    raise AssertionError(f"{process} is still there")


class Cluster:
    """A scheduler and workers as processes of their own, as on a cluster."""

    def __init__(self, folder):
        self.folder, self.workers = folder, []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.scheduler = self.start(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show"
        )

    @property
    def name(self):
        return f"dask://127.0.0.1:{self.port}"

    def start(self, *words, path=()):
        paths = os.pathsep.join(map(str, [*path, TESTS]))
        command = [sys.executable, "-m", "dask", *words]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the scheduler never listened")

    def hire(self, count=1, path=()):
        for _ in range(count):
            words = [
                "worker",
                f"tcp://127.0.0.1:{self.port}",
                "--host",
                "127.0.0.1",
                "--no-nanny",
                "--nthreads",
                "1",
                "--no-dashboard",
            ]
            self.workers.append(self.start(*words, path=path))
        return self

    def close(self):
        for one in [*self.workers, self.scheduler]:
            one.kill()
            one.wait()


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    """Its scheduler listens. Patience for a machine on which much else is done; who tests impatience has less."""
    monkeypatch.setattr(executors, "REACHED_WITHIN", 60)
    found = Cluster(tmp_path)
    try:
        found.wait()
        yield found
    finally:
        found.close()


class TestDask:
    def test_folds_are_the_same_bytes_in_any_order_under_load(self, cluster, jobs, expected):
        cluster.hire(2)
        shuffled = jobs * 2
        random.Random(2).shuffle(shuffled)
        with busy():
            found = run_all(shuffled, fold_year, workers(cluster.name))
        assert found == [expected[job.hospital] for job in shuffled]
        with pytest.raises(InputError) as caught:  # problems travel too
            run_all([FoldJob(jobs[0].store, "noord", FoldRules(2031))], fold_year, workers(cluster.name))
        assert [one.code for one in caught.value.problems] == ["year_not_in_store"]

    def test_a_worker_killed_halfway_costs_no_result(self, cluster, tmp_path):
        cluster.hire(2)
        given = [Task(number, tmp_path, seconds=0.2) for number in range(8)]
        killed = []

        def kill():
            killed.append(victim(tmp_path, 3))
            os.kill(killed[0], signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        found = run_all(given, square, workers(cluster.name))
        killer.join()
        assert found == [str(number**2).encode() for number in range(8)]
        assert killed[0] in {one.pid for one in cluster.workers}

    def test_a_cluster_that_is_gone_halfway_leaves_the_rest_to_this_process(self, cluster, tmp_path, monkeypatch):
        cluster.hire(1)
        given = [Task(number, tmp_path, seconds=0.2) for number in range(5)]

        def kill():
            victim(tmp_path, 1)
            monkeypatch.setattr(executors, "REACHED_WITHIN", 1)
            cluster.close()

        killer = threading.Thread(target=kill)
        killer.start()
        told = []
        found = run_all(given, square, workers(cluster.name), lambda event, _: told.append(event))
        killer.join()
        assert found == [str(number**2).encode() for number in range(5)]
        assert Event.AGAIN in told

    def test_nobody_there(self, monkeypatch):
        monkeypatch.setattr(executors, "REACHED_WITHIN", 0.3)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # and does not listen
            assert refusal(f"dask://127.0.0.1:{taken.getsockname()[1]}") == "dask_unreachable"

    def test_no_workers(self, cluster, monkeypatch):
        monkeypatch.setattr(executors, "REACHED_WITHIN", 2)
        assert refusal(cluster.name) == "dask_no_workers"

    def test_workers_of_another_version_or_without_the_program(self, cluster, tmp_path):
        package = tmp_path / "anders" / "puntlanding"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(STUB.format(str(Path(puntlanding.__file__).parent)))
        cluster.hire(1, path=[package.parent])
        assert refusal(cluster.name, "0.0.9") == "dask_versions"
        shutil.rmtree(package)
        package.with_suffix(".py").write_text("raise ModuleNotFoundError('No module named puntlanding')")
        dismissed = cluster.workers.pop()
        dismissed.kill()
        dismissed.wait()
        cluster.hire(1, path=[package.parent])
        assert refusal(cluster.name, "No module named puntlanding") == "dask_versions"


def refusal(name, words=""):
    with pytest.raises(InputError) as caught:
        workers(name).make()
    (problem,) = caught.value.problems
    assert words in str(problem.details)
    return problem.code
