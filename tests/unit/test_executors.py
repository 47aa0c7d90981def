"""Names of executors, and a run over workers that fail: in this process and in threads, where nothing has to be killed."""

from __future__ import annotations

import random
import sys
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor

import pytest

from fold_work import Task, divide, refuse_odd, square
from puntlanding.fold import executors
from puntlanding.fold import run as run_module
from puntlanding.fold.executors import QUEUED, InProcess, Workers, cores, workers
from puntlanding.fold.process import Outcome
from puntlanding.fold.run import Event, run_all
from puntlanding.language.notation import Language
from puntlanding.language.sentences import report
from puntlanding.problems import InputError

pytestmark = pytest.mark.unit

LOCAL = Workers(InProcess, 1)


def tasks(folder, count=10):
    return [Task(number, folder) for number in range(count)]


class Frail(Executor):
    """Two threads that take their time, until the ``at``-th job breaks everything: what is not done by then is lost."""

    def __init__(self, at):
        self.at, self.seen, self.given = at, 0, []
        self.pool, self.lock = ThreadPoolExecutor(2), threading.Lock()

    def submit(self, fn, /, *args, **named):
        self.seen += 1
        if self.seen > self.at:
            raise BrokenExecutor
        future = Future()
        self.given.append(future)
        if self.seen == self.at:
            for one in self.given:
                self.settle(one, BrokenExecutor())
        else:
            self.pool.submit(self.do, future, fn, args)
        return future

    def do(self, future, fn, args):
        time.sleep(0.002)
        self.settle(future, fn(*args))

    def settle(self, future, outcome):
        with self.lock:
            if not future.done():
                broken = isinstance(outcome, Exception)
                (future.set_exception if broken else future.set_result)(outcome)

    def shutdown(self, wait=True):
        self.pool.shutdown()


@pytest.mark.parametrize(
    ("name", "at_once"),
    [("lokaal", 1), ("processen", 2 * cores()), ("processen:3", 6), ("dask://127.0.0.1:8786", QUEUED), ("dask://[::1]:1/", QUEUED)],
)  # fmt: skip
def test_names_of_executors(name, at_once):
    assert workers(name).at_once == at_once


def test_no_more_processes_than_jobs():
    assert [workers("processen:4", jobs).at_once for jobs in (0, 1, 3, 70)] == [2, 2, 6, 8]


@pytest.mark.parametrize(
    "name",
    ["", "local", "Lokaal", "processen:0", "processen:", "processen:62", "processen:1000", "processen:-1", "processen:²", "dask://", "dask://huis",
     "dask://huis:0", "dask://huis:99999", "dask://:8786", "dask://huis/pad:1", "dask:huis:8786", "lokaal:2"],
)  # fmt: skip
def test_other_names_are_refused_with_what_there_is(name):
    with pytest.raises(InputError) as caught:
        workers(name)
    assert [problem.code for problem in caught.value.problems] == ["executor_unknown"]


def test_a_near_miss_is_asked_back():
    with pytest.raises(InputError) as caught:
        workers("proccessen:4")
    assert report(caught.value.problems, Language.DUTCH).splitlines() == [
        "--executor: ‘proccessen:4’",
        "  Zo'n rekenplaats is er niet. Bedoelde u ‘processen’? Kies ‘lokaal’, ‘processen’, ‘processen:N’ (N van 1 tot en met 61) of ‘dask://host:poort’.",
    ]


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as caught:
        workers("dask://127.0.0.1:8786").make()
    assert [problem.code for problem in caught.value.problems] == ["dask_not_installed"]


@pytest.mark.parametrize("crew", [LOCAL, Workers(lambda: ThreadPoolExecutor(3), 4)])
def test_results_stand_in_the_order_of_the_jobs(crew, tmp_path):
    jobs = tasks(tmp_path)
    random.Random(4).shuffle(jobs)
    told = []
    found = run_all(jobs, square, crew, lambda event, job: told.append((event, job.number)))
    assert found == [str(job.number**2).encode() for job in jobs]
    assert sorted(told) == [(Event.DONE, number) for number in range(10)]


@pytest.mark.parametrize("crew", [LOCAL, Workers(lambda: ThreadPoolExecutor(1), 1)])
def test_the_largest_are_done_first_and_results_keep_their_order(crew, tmp_path):
    sizes = {0: 5, 1: 70, 2: 5, 3: 900, 4: 0, 5: 70}
    told = []
    found = run_all(
        tasks(tmp_path, 6), square, crew, lambda _, job: told.append(job.number), lambda job: sizes[job.number]
    )
    assert found == [str(number**2).encode() for number in range(6)]
    assert told == [3, 1, 5, 0, 2, 4]


def test_what_is_no_pool_of_processes_is_not_started_ahead(monkeypatch):
    monkeypatch.setattr(executors, "dask_cluster", lambda _: pytest.fail("made"))
    for name in ("lokaal", "dask://127.0.0.1:8786"):
        with executors.started(name, 9) as crew:
            assert crew(3).at_once == workers(name, 3).at_once
    with pytest.raises(InputError), executors.started("ergens", 9):
        pytest.fail("begun")


def test_nothing_to_do_needs_no_workers():
    assert run_all([], square, Workers(lambda: pytest.fail("made"), 1)) == []


def test_no_more_is_given_out_than_is_allowed(tmp_path):
    most = []

    class Counting(Frail):
        def submit(self, fn, /, *args, **named):
            future = super().submit(fn, *args, **named)
            most.append(sum(not one.done() for one in self.given))
            return future

    run_all(tasks(tmp_path, 30), square, Workers(lambda: Counting(1000), 5))
    assert 2 < max(most) <= 5


@pytest.mark.parametrize("at", [2, 3, 5, 8, 16])
def test_executors_that_break_again_and_again_lose_no_result(at, tmp_path):
    made = []

    def make():
        made.append(Frail(at))
        return made[-1]

    told = []
    jobs = tasks(tmp_path, 17)
    found = run_all(jobs, square, Workers(make, 1000), lambda event, job: told.append((event, job.number)))
    assert found == [str(job.number**2).encode() for job in jobs]
    assert sorted(number for event, number in told if event is Event.DONE) == list(range(17))
    assert max(sum(one == (Event.AGAIN, number) for one in told) for number in range(17)) <= run_module.TRIES
    assert len(made) > 1


def test_an_executor_that_always_breaks_leaves_the_work_to_this_process(tmp_path):
    told = []
    found = run_all(tasks(tmp_path, 3), square, Workers(lambda: Frail(1), 2), lambda event, _: told.append(event))
    assert found == [b"0", b"1", b"4"]
    assert told.count(Event.AGAIN) == 3 * run_module.TRIES
    assert (told.count(Event.HERE), told.count(Event.DONE)) == (3, 3)


def test_workers_that_cannot_be_made_again_leave_the_rest_to_this_process(tmp_path):
    made = []

    def make():
        if made:
            raise InputError([])
        made.append(Frail(4))
        return made[0]

    assert run_all(tasks(tmp_path, 9), square, Workers(make, 4)) == [str(n**2).encode() for n in range(9)]


def test_workers_that_are_gone_without_a_word_are_not_waited_for_forever(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "PATIENCE", 0.2)
    monkeypatch.setattr(run_module, "LOOK", 0.05)
    made = []

    class Silent(Executor):
        def submit(self, fn, /, *args, **named):
            return Future()

    def make():
        made.append(Silent() if not made else InProcess())
        return made[-1]

    crew = Workers(make, 4, lambda one: not isinstance(one, Silent))
    assert run_all(tasks(tmp_path, 3), square, crew) == [b"0", b"1", b"4"]
    assert len(made) == 2


@pytest.mark.parametrize("crew", [LOCAL, Workers(lambda: ThreadPoolExecutor(2), 4)])
def test_all_problems_are_raised_together_when_all_is_tried(crew, tmp_path):
    with pytest.raises(InputError) as caught:
        run_all(tasks(tmp_path, 6), refuse_odd, crew)
    assert [problem.file for problem in caught.value.problems] == ["h1", "h3", "h5"]
    assert sorted(one.name[0] for one in tmp_path.iterdir()) == ["0", "2", "4"]


@pytest.mark.parametrize("crew", [LOCAL, Workers(lambda: ThreadPoolExecutor(2), 4)])
def test_a_fault_of_the_program_is_raised_at_once(crew, tmp_path):
    with pytest.raises(ZeroDivisionError):
        run_all(tasks(tmp_path), divide, crew)


def test_a_result_of_other_versions_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "attempt", lambda _, __: Outcome(b"", (), "puntlanding 0.0.1, polars 1.0.0"))
    with pytest.raises(InputError) as caught:
        run_all(tasks(tmp_path, 2), square, LOCAL)
    assert "gevonden: puntlanding 0.0.1, polars 1.0.0." in report(caught.value.problems, Language.DUTCH)


def test_an_error_raised_in_the_code_of_dask_is_no_error_of_the_job():
    """Of a cluster that goes away at the wrong moment its client makes a TypeError."""
    code = compile("def fail():\n    left, right = object()\n", "cfexecutor.py", "exec")
    theirs, ours = {"__name__": "distributed.cfexecutor"}, {"__name__": "puntlanding.fold.fold"}
    found = []
    for names in (theirs, ours):
        exec(code, names)
        with pytest.raises(TypeError) as raised:
            names["fail"]()
        found.append(run_module._lost(raised.value))
    assert found == [True, False]
