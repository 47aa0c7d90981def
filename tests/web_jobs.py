"""Jobs to test with: a kind of work that does as it is told, one that is done, and workers in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

# A worker with the kind of work below; kills itself just before the n-th statement that it sends to the database (0: never).
WORKER = """
import os, sys
n, data, url, here = int(sys.argv[1]), *sys.argv[2:5]
os.environ |= {"PUNTLANDING_DATA": data, "PUNTLANDING_LOCAL": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "puntlanding.web.settings"}
sys.path.insert(0, here)
import django
django.setup()
import web_jobs
web_jobs.register()
from django.db import connection
from puntlanding.web.work.worker import work
seen = 0
def counted(execute, sql, params, many, context):
    global seen
    seen += 1
    if seen == n:
        os.kill(os.getpid(), 9)
    return execute(sql, params, many, context)
with connection.execute_wrapper(counted):
    done = work(once=True)
print(seen, done)
"""


# Asks for a job; kills itself just before the n-th statement.
STARTER = """
import os, sys
n, data, url, here = int(sys.argv[1]), *sys.argv[2:5]
os.environ |= {"PUNTLANDING_DATA": data, "PUNTLANDING_LOCAL": "1", "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "puntlanding.web.settings"}
sys.path.insert(0, here)
import django
django.setup()
import web_jobs
web_jobs.register()
from django.db import connection
from web_site import access_as
from puntlanding.web.actions.jobs import start
access, seen = access_as("collective_controller"), 0
def counted(execute, sql, params, many, context):
    global seen
    seen += 1
    if seen == n:
        os.kill(os.getpid(), 9)
    return execute(sql, params, many, context)
with connection.execute_wrapper(counted):
    start(access, "sample", {"name": str(n)})
print(seen)
"""


def register():
    """The kind of this module among the real ones."""
    from puntlanding.web.work import kinds

    kinds._PLACES["sample"] = "web_jobs:SAMPLE"


def forget():
    from puntlanding.web.work import kinds

    kinds._PLACES.pop("sample", None)


def sample():
    """A job that is done, with one file."""
    from django.utils import timezone

    from puntlanding.web.desk.models import Collective, Membership
    from puntlanding.web.work import kept
    from puntlanding.web.work.models import Job

    register()
    where = Collective.objects.get(name="MSB Voorbeeld")
    found = Job.objects.filter(collective=where, work="sample", key="sample").first()
    if found is None:
        by = Membership.objects.filter(collective=where, role="collective_controller").get().user
        now = timezone.now()
        found = Job(work="sample", collective=where, by=by, at=now, key="sample", detail="all", attempt=1)
        found.state, found.started, found.finished = "done", now, now
        found.files = kept.keep(found, {"getallen.csv": b"a;b\n1;2\n"})
        found.save()
    return found


def url_of(database):
    if "sqlite" in database["ENGINE"]:
        return f"sqlite://{database['NAME']}"
    return f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def worker(data, database, at=0, program=WORKER):
    """A worker that does what waits, in a process of its own."""
    command = [sys.executable, "-c", program, str(at), str(data), url_of(database), str(Path(__file__).parent)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _run(progress, asked):
    """``asked``: how many steps, the milliseconds each takes, how it ends, and a file to note every beginning in."""
    from puntlanding.problems import InputError, Problem

    steps, ends = int(asked.get("steps", 3)), asked.get("ends")
    if "trace" in asked:
        with Path(asked["trace"]).open("a") as trace:
            trace.write(f"{asked.get('name')} {os.getpid()}\n")
    for at in range(steps):
        progress.step(at, steps, ("telt", "counts"))
        time.sleep(int(asked.get("milliseconds", 0)) / 1000)
        if ends == "input":
            raise InputError([Problem("collective_exists", "bestand.csv", 3, "naam", "x")])
        if ends == "fault":
            raise ValueError("Jansen, 123456782")
        if ends == "memory":
            raise MemoryError
        if ends in HOOKS:
            HOOKS[ends]()
    return {"getallen.csv": f"a;b\n1;{steps}\n".encode()}


HOOKS = {}  # what a test wants to happen in the middle


def __getattr__(name):
    if name != "SAMPLE":
        raise AttributeError(name)
    from puntlanding.web.rules import Permission
    from puntlanding.web.work.kinds import Work

    return Work("sample", ("Proefwerk", "Trial work"), Permission.CALCULATE, _run)
