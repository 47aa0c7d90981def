"""Long work: asked once, done once, shown to whom it is for; and whatever ends a worker, nothing is half done or forgotten."""

from __future__ import annotations

import logging
import random
import time
from datetime import timedelta

import pytest

import web_jobs
from puntlanding.problems import InputError
from puntlanding.web.rules import Permission, Role
from web_site import access_as, client_of

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def kind(web):
    web_jobs.register()
    yield
    web_jobs.forget()
    web_jobs.HOOKS.clear()


def asked(role=Role.COLLECTIVE_CONTROLLER, needs=(), **words):
    from puntlanding.web.actions.jobs import start

    return start(access_as(role), "sample", words, needs=needs)


def work():
    from puntlanding.web.work.worker import work

    return work(once=True)


def told(job):
    job.refresh_from_db()
    return job.state


def lines_of(job):
    from puntlanding.web.desk.models import Event

    return [one for one in Event.objects.filter(kind="work_done") if one.details["job"] == str(job.pk)]


def test_what_is_asked_is_done_and_told(any_desk):
    from puntlanding.web.audit import verified
    from puntlanding.web.work import kept

    job = asked(steps=4)
    assert told(job) == "queued"
    assert work() == 1
    assert (told(job), job.attempt, job.lost, job.done) == ("done", 1, 0, job.of)
    assert kept.read(job, "getallen.csv") == b"a;b\n1;4\n"
    assert len(lines_of(job)) == 1
    assert verified().broken is None
    assert work() == 0


def test_the_same_question_is_one_job_as_long_as_it_is_open(desk):
    first = asked(steps=1)
    assert asked(steps=1).pk == first.pk
    assert asked(Role.HOSPITAL_FINANCE, steps=1).pk == first.pk  # who sees as much
    assert asked(steps=2).pk != first.pk
    assert asked(needs=[Permission.SEE_DISTRIBUTION], steps=1).pk != first.pk
    work()
    assert asked(steps=1).pk != first.pk


def test_one_collective_cannot_fill_the_queue(desk):
    from puntlanding.web.actions.jobs import MOST_BUSY, cancel

    jobs = [asked(steps=number) for number in range(MOST_BUSY)]
    with pytest.raises(InputError) as error:
        asked(steps=99)
    assert [one.code for one in error.value.problems] == ["work_too_much"]
    cancel(access_as(Role.COLLECTIVE_CONTROLLER), jobs[0])
    assert told(asked(steps=99)) == "queued"


def test_who_may_not_ask_gets_nothing(desk):
    from puntlanding.web.work.models import Job

    for role in (Role.SPECIALIST, Role.GROUP_REPRESENTATIVE, Role.ADMINISTRATOR):
        with pytest.raises(InputError):
            asked(role)
    with pytest.raises(InputError):
        asked(Role.HOSPITAL_FINANCE, needs=[Permission.SEE_DISTRIBUTION])
    assert not Job.objects.exists()


def test_what_waits_is_cancelled_at_once_and_what_runs_at_its_next_step(desk, monkeypatch):
    from puntlanding.web.actions.jobs import cancel
    from puntlanding.web.work import kept, progress

    monkeypatch.setattr(progress, "PACE", 0)
    access = access_as(Role.HOSPITAL_FINANCE)
    waits, runs = asked(steps=1), asked(ends="cancel")
    web_jobs.HOOKS["cancel"] = lambda: cancel(access, runs)
    assert cancel(access, waits).state == "cancelled"
    work()
    assert (told(waits), told(runs)) == ("cancelled", "cancelled")
    assert not kept.folder_of(runs).exists()
    assert lines_of(runs) == lines_of(waits) == []
    assert cancel(access, runs).state == "cancelled"


def test_every_way_to_go_wrong_is_told_in_both_languages(desk, caplog):
    caplog.set_level(logging.INFO, "puntlanding.work")
    logging.getLogger("puntlanding.work").addHandler(caplog.handler)
    jobs = {how: asked(ends=how) for how in ("input", "fault", "memory")}
    work()
    assert {told(one) for one in jobs.values()} == {"failed"}
    (problem,) = jobs["input"].problems
    assert problem == {
        "place_nl": "bestand.csv, rij 3, kolom naam: ‘x’",
        "place_en": "bestand.csv, row 3, column naam: ‘x’",
        "nl": "Dit gremium is er al. Kies het, of geef het nieuwe een andere naam.",
        "en": "This collective is there already. Choose it, or give the new one another name.",
    }
    assert "Er is niets half bewaard" in jobs["fault"].problems[0]["nl"]
    assert "geheugen" in jobs["memory"].problems[0]["nl"]
    assert "ValueError" in caplog.text
    assert "Jansen" not in caplog.text + str(jobs["fault"].problems)


def test_a_disk_that_refuses_is_told(desk, tmp_path):
    from django.test import override_settings

    (tmp_path / "work").write_text("in the way")
    job = asked()
    with override_settings(DATA=tmp_path):
        work()
    assert told(job) == "failed"
    assert job.problems[0]["nl"].startswith("Het resultaat is niet te bewaren: er staat al een bestand")
    assert lines_of(job) == []


def test_a_worker_that_is_killed_is_followed_by_another(any_desk):
    """At a random statement of the database, of all that it sends for one job."""
    from django.db import connection, connections

    from puntlanding.web.work import kept

    database = dict(connection.settings_dict)
    moments = random.Random(20261122).sample(range(3, 24), 4)
    for at in moments:
        job = asked(steps=3, name=str(at))
        connections.close_all()
        process = web_jobs.worker(any_desk, database, at)
        _, wrong = process.communicate(timeout=60)
        assert process.returncode == -9, (at, wrong)
        work()
        assert told(job) == "done", at
        assert len(lines_of(job)) == 1
        assert kept.read(job, "getallen.csv") == b"a;b\n1;3\n"
        assert job.attempt <= 2
        assert job.lost == job.attempt - 1


def test_the_moments_are_of_the_work(any_desk):
    """Otherwise the test above kills nothing, or only what follows."""
    from django.db import connection, connections

    database = dict(connection.settings_dict)
    asked(steps=3)
    connections.close_all()
    process = web_jobs.worker(any_desk, database)
    said, wrong = process.communicate(timeout=60)
    assert process.returncode == 0, wrong
    assert int(said.split()[0]) >= 24
    assert said.split()[1] == "1"


def test_who_is_killed_while_asking_has_asked_or_not(any_desk):
    from django.db import connection, connections
    from django_tasks_db.models import DBTaskResult

    from puntlanding.web.work.models import Job

    database = dict(connection.settings_dict)
    connections.close_all()
    process = web_jobs.worker(any_desk, database, program=web_jobs.STARTER)
    said, wrong = process.communicate(timeout=60)
    assert process.returncode == 0, wrong
    statements = int(said)
    assert statements >= 5
    for at in random.Random(8).sample(range(2, statements + 1), 2):
        connections.close_all()
        process = web_jobs.worker(any_desk, database, at, web_jobs.STARTER)
        process.communicate(timeout=60)
        assert process.returncode == -9
        assert Job.objects.count() == DBTaskResult.objects.count() == 1
    assert work() == 1
    assert Job.objects.get().state == "done"


def test_a_worker_that_is_killed_in_the_middle_of_a_step(desk):
    from django.db import connection, connections

    database = dict(connection.settings_dict)
    job = asked(steps=500, milliseconds=20)
    connections.close_all()
    process = web_jobs.worker(desk, database)
    wait_for(lambda: told(job) == "running")
    process.kill()
    process.communicate(timeout=30)
    assert told(job) == "running"
    from puntlanding.web.work.queue import recover

    assert recover() == 1
    assert (told(job), job.lost) == ("queued", 1)
    assert recover() == 0


def test_what_kills_every_worker_is_given_up(desk):
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.queue import MOST_LOST, recover

    job = asked()
    for time_ in range(1, MOST_LOST + 2):
        Job.objects.filter(pk=job.pk).update(state="running", worker="weg", attempt=time_)
        assert recover() == 1
    assert told(job) == "failed"
    assert job.problems[0]["nl"].startswith("Dit werk is 3 keer begonnen")
    assert recover() == 0
    assert work() == MOST_LOST + 1  # the places in the queue are left, and nobody does anything for them
    assert told(job) == "failed"


def test_a_worker_elsewhere_is_given_a_minute(desk):
    from django.utils import timezone

    from puntlanding.web.work.models import Job, Worker
    from puntlanding.web.work.queue import LEASE, recover

    job = asked()
    now = timezone.now()
    Worker.objects.create(name="elders", place="een andere machine", pid=1, born="1", started=now, seen=now)
    Job.objects.filter(pk=job.pk).update(state="running", worker="elders", attempt=1)
    assert recover() == 0
    Worker.objects.filter(name="elders").update(seen=now - LEASE - timedelta(seconds=1))
    assert recover() == 1
    assert told(job) == "queued"


def test_who_was_taken_for_dead_changes_nothing_any_more(desk, monkeypatch):
    from puntlanding.web.work import kept, progress
    from puntlanding.web.work.models import Job

    monkeypatch.setattr(progress, "PACE", 0)
    job = asked(ends="overtaken", steps=1)
    web_jobs.HOOKS["overtaken"] = lambda: Job.objects.filter(pk=job.pk).update(attempt=2, worker="een ander")
    work()
    assert (told(job), job.attempt, job.files) == ("running", 2, {})
    assert lines_of(job) == []
    assert not list(kept.root().glob(f"{job.pk}.*"))


def test_two_workers_never_do_the_same(any_desk, tmp_path):
    from django.db import connection, connections

    database = dict(connection.settings_dict)
    trace = tmp_path / "begonnen"
    jobs = [asked(steps=3, milliseconds=20, name=str(at), trace=str(trace)) for at in range(8)]
    connections.close_all()
    processes = [web_jobs.worker(any_desk, database) for _ in range(2)]
    done = 0
    for one in processes:
        said, wrong = one.communicate(timeout=60)
        assert one.returncode == 0, wrong
        done += int(said.split()[1])
    assert {told(one) for one in jobs} == {"done"}
    begun = [line.split() for line in trace.read_text().splitlines()]
    assert sorted(name for name, _ in begun) == [str(at) for at in range(8)]
    assert len({pid for _, pid in begun}) == 2
    assert [len(lines_of(one)) for one in jobs] == [1] * 8
    assert done == 8


def test_a_database_that_goes_away_costs_time_and_nothing_else(web):
    """The server ends every connection of the worker, several times, while it works."""
    from django.db import connection, connections

    from web_site import on

    data, prepared = web
    server, _, demo = prepared("postgresql")
    with on(server.database(demo), data):
        database = dict(connection.settings_dict)
        job = asked(steps=50, milliseconds=40)
        connections.close_all()
        process = web_jobs.worker(data, database)
        wait_for(lambda: told(job) == "running")
        ended = 0
        for _ in range(3):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
                ended += cursor.fetchone()[0]
            time.sleep(0.6)
        _, wrong = process.communicate(timeout=60)
        assert process.returncode == 0, wrong
        assert ended >= 2
        assert (told(job), len(lines_of(job))) == ("done", 1)


def test_what_was_kept_just_before_the_database_went_is_not_thrown_away(desk, monkeypatch):
    from django.db import OperationalError

    from puntlanding.web.work import kept, tasks

    finished, tries = tasks._finished, []

    def unheard(*given):
        finished(*given)
        if not tries:
            tries.append(1)
            raise OperationalError("the answer did not come")

    monkeypatch.setattr(tasks, "_finished", unheard)
    job = asked(steps=2)
    work()
    assert tries
    assert told(job) == "done"
    assert kept.read(job, "getallen.csv") == b"a;b\n1;2\n"
    assert len(lines_of(job)) == 1


def test_a_worker_that_is_told_to_end_gives_its_job_back(desk):
    from django.db import connection, connections

    database = dict(connection.settings_dict)
    job = asked(steps=500, milliseconds=20)
    connections.close_all()
    process = web_jobs.worker(desk, database)
    wait_for(lambda: told(job) == "running")
    process.terminate()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert (told(job), job.lost) == ("queued", 0)


def test_pages_show_it_to_whom_it_is_for(desk):
    job, secret = asked(steps=2), asked(steps=2, needs=[Permission.SEE_DISTRIBUTION])
    work()
    for role, sees_secret in ((Role.AUDITOR, True), (Role.HOSPITAL_BOARD, False)):
        client = client_of(role)
        page = client.get(f"/werk/{job.pk}/").content.decode()
        assert "Proefwerk" in page
        assert "getallen.csv" in page
        answer = client.get(f"/werk/{job.pk}/bestand/getallen.csv")
        assert answer.content == b"a;b\n1;2\n"
        assert answer["Content-Disposition"] == 'attachment; filename="getallen.csv"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert (client.get(f"/werk/{secret.pk}/").status_code == 200) is sees_secret
        assert (client.get(f"/werk/{secret.pk}/bestand/getallen.csv").status_code == 200) is sees_secret
        assert (str(secret.pk) in client.get("/werk").content.decode()) is sees_secret
        assert client.get(f"/werk/{job.pk}/bestand/anders.csv").status_code == 404
    assert client_of(Role.SPECIALIST).get(f"/werk/{job.pk}/").status_code == 403


def test_a_running_job_asks_for_itself_and_stops_on_request(desk):
    from puntlanding.web.work.models import Job

    job, client = asked(), client_of(Role.COLLECTIVE_CONTROLLER, enforce_csrf_checks=False)
    Job.objects.filter(pk=job.pk).update(state="running", done=1, of=4, what=["telt", "counts"], worker="x", attempt=1)
    page = client.get(f"/werk/{job.pk}/").content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert "25" in page
    assert "telt" in page
    said = client.post(f"/werk/{job.pk}/annuleren", follow=True).content.decode()
    assert "Dit stopt bij de volgende stap" in said
    assert told(job) == "running"
    assert job.cancel_asked


def test_nobody_who_works_is_told_and_watched(desk):
    from django.utils import timezone

    from puntlanding.web.work.models import Job

    client = client_of(Role.COLLECTIVE_CONTROLLER)
    assert client.get("/gezondheid").json()["onderdelen"]["werk"] == "goed"
    job = asked()
    assert "puntlanding-web worker" in client.get("/werk").content.decode()
    assert client.get("/gezondheid").json()["onderdelen"]["werk"] == "goed"
    Job.objects.filter(pk=job.pk).update(at=timezone.now() - timedelta(minutes=11))
    answer = client.get("/gezondheid")
    assert (answer.status_code, answer.json()["onderdelen"]["werk"]) == (503, "fout")
    work()
    assert client.get("/gezondheid").json()["onderdelen"]["werk"] == "goed"
    assert "puntlanding-web worker" not in client.get("/werk").content.decode()


def test_old_results_are_cleared_and_say_so(desk):
    import os

    from django.conf import settings
    from django.utils import timezone

    from puntlanding.web.work import kept
    from puntlanding.web.work.models import Job
    from puntlanding.web.work.worker import clear_old_files

    old, new = asked(steps=1), asked(steps=2)
    work()
    before = timezone.now() - timedelta(days=settings.WORK_KEPT_DAYS + 1)
    Job.objects.filter(pk=old.pk).update(finished=before)
    stray = kept.root() / "0.0"
    stray.mkdir()
    os.utime(stray, (0, 0))
    assert clear_old_files() == 1
    kept.sweep()
    told(old), told(new)
    assert not kept.folder_of(old).exists()
    assert kept.folder_of(new).exists()
    assert not stray.exists()
    client = client_of(Role.COLLECTIVE_CONTROLLER)
    assert "opgeruimd" in client.get(f"/werk/{old.pk}/").content.decode()
    assert client.get(f"/werk/{old.pk}/bestand/getallen.csv").status_code == 404


def test_a_result_that_was_changed_is_not_given(desk):
    from puntlanding.web.work import kept

    job = asked()
    work()
    told(job)
    path = kept.folder_of(job) / "getallen.csv"
    path.chmod(0o600)
    path.write_bytes(b"anders")
    assert client_of(Role.COLLECTIVE_CONTROLLER).get(f"/werk/{job.pk}/bestand/getallen.csv").status_code == 404


def wait_for(what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
